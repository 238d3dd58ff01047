"""The renderer, MkDocs, as one replaceable step: pages in, site out. It adds no meaning."""

import gc
import gzip
import html
import json
import logging
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from crossclaim import files
from crossclaim.content.collection import ESSAYS
from crossclaim.content.memory import Memory
from crossclaim.content.settings import SETTINGS
from crossclaim.findings import Finding
from crossclaim.model import Place, Step
from crossclaim.site.publish import Stat, file_stats
from crossclaim.site.render_keys import (
    THEME,
    Docs,
    Shown,
    file_keys,
    untitled_pages,
    whole_key,
)

# Material announces its end on every run; the pages do not depend on it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


# A passage as Python-Markdown writes it; attributes may stand in any order.
_PASSAGE = re.compile(r'<p\b[^>]*\bid="(?P<id>[^"]+)"[^>]*>(?P<inside>.*?)</p>', re.DOTALL)
# What stands in a passage and is none of its words: a footnote's number, a tag.
_NO_WORDS = re.compile(r"<sup\b.*?</sup>|<[^>]*>", re.DOTALL)


_REMEMBERED = "site"
_SITEMAP = "sitemap.xml"
# Values in the settings that stand in another file, in the environment, or are code.
_ELSEWHERE = re.compile(r"^INHERIT\b|!(?:ENV|relative|!python)", re.MULTILINE)
_QUICK_MARKDOWN = "crossclaim.site.quick_markdown:QuickMarkdown"


class _MessageHandler(logging.Handler):
    """A logging handler that keeps the messages of warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def preflight(root: Path, site: Path, memory: Memory) -> list[Finding]:
    """Why this collection cannot be rendered to this place; nothing is written to find out."""
    findings = _check_config(root)
    if not (_is_generated(site) or _is_ours(site, memory)):
        message = f"“{site.name}” holds files that no build wrote"
        hint = "empty it, or name another site_dir"
        findings.append(Finding("page-in-the-way", Place(SETTINGS), message, hint))
    return findings


def _is_generated(site: Path) -> bool:
    """Whether a folder is a site that a generator made, and nothing else."""
    generated = (site / "assets/crossclaim.css").is_file() and (site / "404.html").is_file()
    return generated and not (site / ".git").exists()


def _is_ours(site: Path, memory: Memory) -> bool:
    """Whether a folder holds nothing but what the last build put there, if anything."""
    known = _remembered(site.resolve(), memory).files
    return all(path in known for path, _ in file_stats(site))


def _overrides(root: Path, frame: str = "") -> dict[str, Any]:
    """Options that override the settings: one search, ours, and the frame that our pages need.

    Where no plugins are named, MkDocs would bring in its own search. The frame is a theme of its
    own: of the one that is named, no template is used, so that none of its files is carried along.
    `frame` is a folder that stands in for one not yet written; then the theme that is named is
    kept, since a name that is no theme’s is better said.
    """
    from mkdocs.utils.yaml import yaml_load

    settings = yaml_load((root / SETTINGS).read_text("utf-8-sig"))
    theme = settings.get("theme")
    options = {"name": theme} if isinstance(theme, str) else dict(theme or {"name": None})
    if frame:
        options |= {"custom_dir": frame}
    else:
        frame = str(root.resolve() / settings.get("docs_dir", "docs") / THEME)
        options |= {"name": None, "custom_dir": frame, "static_templates": ["404.html"]}
    overrides: dict[str, Any] = {"theme": options}
    extensions = settings.get("markdown_extensions", [])
    if isinstance(extensions, dict):
        extensions = [{name: options or {}} for name, options in extensions.items()]
    overrides["markdown_extensions"] = [*extensions, _QUICK_MARKDOWN]
    return overrides if "plugins" in settings else {**overrides, "plugins": []}


def _check_config(root: Path) -> list[Finding]:
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    # The docs folder may not be there before the first build; any other that is there will do.
    docs = str(root.resolve() / ESSAYS)
    with _captured_messages() as captured:
        try:
            load_config(str(root / SETTINGS), docs_dir=docs, **_overrides(root, docs))
        except MkDocsException as error:
            return [_mkdocs_finding(message) for message in captured.messages or [str(error)]]
        except Exception as error:
            return [_mkdocs_finding(f"{type(error).__name__}: {error}")]
    return []


def findings_if_current(
    site: Path,
    digests: Mapping[str, str],
    settings: str,
    passages: Callable[[str], Iterable[Shown]],
    memory: Memory,
) -> list[Finding] | None:
    """The findings about a site that is what rendering would make of it; None about any other."""
    record = _remembered(site.resolve(), memory)
    stats = {path: stat for path, (_, stat) in record.files.items()}
    if record.key != whole_key(digests, settings) or dict(file_stats(site)) != stats:
        return None
    return _changed_words(record.changed_words, passages)


def render_site(
    root: Path, site: Path, docs: Docs, memory: Memory, step: Step | None = None
) -> list[Finding]:
    """Render the docs folder to `site`; on an error, the site stays as it was.

    A file whose result in the site is made from the same as before is not rendered again. The new
    site is made beside the old one, with its unchanged files, the passages of every new page are
    looked for in it, and then it takes the old one's place. Raises OSError.
    """
    site = site.resolve()
    settings = (root / SETTINGS).read_text("utf-8-sig")
    record = _remembered(site, memory)
    present = dict(file_stats(site))
    current = {path: key for path, (key, stat) in record.files.items() if present.get(path) == stat}
    selection = _Selection(file_keys(docs, settings), current, untitled_pages(settings))
    memory.remove(_REMEMBERED, [str(site)])
    try:
        with files.taking_the_place_of(site) as fresh:
            changed_words = _fill(root, site, fresh, selection, docs, step)
    except _NotRendered as error:
        return error.findings
    kept = selection.kept & record.changed_words.keys()
    changed_words |= {page: record.changed_words[page] for page in kept}
    if selection.accountable:
        keys = selection.keys_of_results
        made = {path: (keys.get(path, ""), stat) for path, stat in file_stats(site)}
        _remember(_SiteRecord(whole_key(docs.digests, settings), made, changed_words), site, memory)
    return _changed_words(changed_words, docs.passages)


@dataclass(frozen=True, slots=True)
class _SiteRecord:
    """What is remembered of a site: its files, and the ids of passages whose words changed.

    A file has the key of what it was made from and its stat, a page the ids.
    """

    key: str = ""
    files: Mapping[str, tuple[str, Stat]] = field(default_factory=dict)
    changed_words: Mapping[str, Sequence[str]] = field(default_factory=dict)


def _remembered(site: Path, memory: Memory) -> _SiteRecord:
    key, value = memory.read(_REMEMBERED, [str(site)]).get(str(site), ("", b"[{}, {}]"))
    made, changed_words = json.loads(value)
    rows = {path: (of_file, (size, time)) for path, (of_file, size, time) in made.items()}
    return _SiteRecord(key, rows, changed_words)


def _remember(record: _SiteRecord, site: Path, memory: Memory) -> None:
    made = {path: (key, *stat) for path, (key, stat) in record.files.items()}
    value = json.dumps([made, record.changed_words])
    memory.write(_REMEMBERED, {str(site): (record.key, value.encode())})


def render_page(root: Path, site: Path, path: str, page: str) -> bool:
    """Render one page of the docs folder into a site that is there; whether that went well."""
    selection = _Selection({}, {}, frozenset(), [path])
    with tempfile.TemporaryDirectory() as folder:
        if _run_mkdocs(root, Path(folder), selection):
            return False
        return files.write(site.resolve() / page, (Path(folder) / page).read_bytes())


class _NotRendered(Exception):
    """The site cannot be made; why is in `findings`."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


class _Selection:
    """An event of MkDocs by which it leaves out what the site has already.

    It carries no meaning: all that it leaves out would come out as it is. What is left to render
    comes in batches, so that memory does not grow with the collection. `accountable` is whether the
    settings name nothing that might look elsewhere than into the docs folder; otherwise everything
    is rendered, and at once.
    """

    def __init__(
        self,
        keys: Mapping[str, str],
        current: Mapping[str, str],
        always: Set[str],
        pages: Sequence[str] | None = None,
    ) -> None:
        self.keys, self.current, self.always = keys, current, always
        self.accountable = True
        self.keys_of_results: dict[str, str] = {}
        self.kept: set[str] = set()
        self.urls: list[str] = []
        self.waiting = [*pages] if pages else []
        self._looked = pages is not None

    @property
    def has_own_sitemap(self) -> bool:
        """Whether somebody wrote a sitemap by hand."""
        return _SITEMAP in self.keys

    def judge(self, config: Any) -> None:
        """Look through the settings for what cannot be accounted for."""
        own = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
        unknown = own - {*_ACCOUNTABLE_EXTENSIONS, _QUICK_MARKDOWN}
        elsewhere = _ELSEWHERE.search(Path(config.config_file_path).read_text("utf-8-sig"))
        # Whether a page has an anchor is only known while it is rendered.
        anchors = config.validation.links.anchors > logging.INFO
        others = bool(unknown or elsewhere or anchors or len(config.plugins))
        self.accountable = not others and config.nav is not None

    def on_files(self, files: Any, config: Any) -> Any:
        """Exclude what need not be rendered, or not yet."""
        from mkdocs.structure.files import InclusionLevel

        template = files.get_file_from_path(_SITEMAP)
        if template and not self.has_own_sitemap:  # else it would be copied as it is
            files.remove(template)
        included = [file for file in files if not file.inclusion.is_excluded()]
        rendered = set() if self._looked else self._look_through(included)
        size = _BATCH if self.accountable else len(self.waiting)
        rendered.update(self.waiting[:size], self.always)
        self.waiting = self.waiting[size:]
        for file in included:
            if file.src_uri not in rendered:
                file.inclusion = InclusionLevel.EXCLUDED
        return files

    def _look_through(self, files: Iterable[Any]) -> set[str]:
        """Tell the pages to render from those the site has; the other files that it has not."""
        self._looked = True
        others = set()
        for file in files:
            key = self.keys.get(file.src_uri, "")
            self.keys_of_results[file.dest_uri] = key
            kept = self.accountable and key and self.current.get(file.dest_uri) == key
            if kept:
                self.kept.add(file.dest_uri)
            if file.is_documentation_page():
                self.urls.append(file.url)
                self.waiting += [] if kept else [file.src_uri]
            elif not kept:
                others.add(file.src_uri)
        return others


_BATCH = 1000  # pages
_OBJECTS = 20_000  # are made before those that nobody uses are looked for among them
# Extensions that read nothing but their page.
_ACCOUNTABLE_EXTENSIONS = frozenset(
    {"abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"}
    | {"footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists"}
    | {"smarty", "tables", "toc", "wikilinks"}
)


def _fill(
    root: Path, site: Path, fresh: Path, selection: _Selection, docs: Docs, step: Step | None
) -> dict[str, Sequence[str]]:
    """Put into `fresh` what is rendered anew, and from `site` what is not.

    The ids of passages whose words changed on a new page, by page. Raises _NotRendered where the
    old site has to stay.
    """
    made = fresh / ".made"
    folders: set[str] = set()
    placed: set[str] = set()
    changed_words: dict[str, Sequence[str]] = {}

    def place(path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (fresh / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        placed.add(path)
        return f"{fresh}/{path}"  # as text: there may be many thousands

    for changed in _batches(root, made, selection, docs):
        changed_words |= changed
        for path, _ in list(file_stats(made)):
            (made / path).replace(place(path))
        if step:
            step(len(placed), len(placed) + len(selection.waiting), "files rendered")
    shutil.rmtree(made)
    for path in selection.kept - placed:
        files.same_file_at(f"{site}/{path}", place(path))
    return changed_words


def _batches(
    root: Path, made: Path, selection: _Selection, docs: Docs
) -> Iterator[Mapping[str, Sequence[str]]]:
    """Render batch after batch to a folder, with the words that each shows otherwise.

    Raises _NotRendered.
    """
    gc.freeze()  # the collection is not looked through for what each batch leaves behind
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.enable()
    gc.set_threshold(_OBJECTS)
    try:
        while True:
            findings = _run_mkdocs(root, made, selection)
            changed: Mapping[str, Sequence[str]] = {}
            if not findings:
                findings, changed = _check_passages(made, selection.kept, docs.passages)
            if findings:
                raise _NotRendered(findings)
            yield changed
            if not selection.waiting:
                return
            gc.collect()
    finally:
        gc.set_threshold(*thresholds)
        if not enabled:
            gc.disable()
        gc.unfreeze()


def _run_mkdocs(root: Path, made: Path, selection: _Selection) -> list[Finding]:
    """Render the next of what is to be rendered to a folder of its own."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _captured_messages() as captured:
        try:
            config = load_config(str(root / SETTINGS), site_dir=str(made), **_overrides(root))
            selection.judge(config)
            config.plugins["crossclaim"] = selection  # type: ignore[assignment]  # has one event
            config.theme.static_templates.discard(_SITEMAP)  # it has the day of the build
            build(config)
            if config.site_url and not selection.has_own_sitemap:
                _write_sitemap(made, config.site_url, selection.urls)
            return [_mkdocs_finding(message) for message in captured.messages]
        except MkDocsException as error:
            return [_mkdocs_finding(message) for message in captured.messages or [str(error)]]
        except OSError:
            raise
        except Exception as error:  # a theme's template or a hook, of which we know nothing
            return [_mkdocs_finding(f"{type(error).__name__}: {error}")]


def _write_sitemap(made: Path, address: str, urls: Iterable[str]) -> None:
    """The sitemap of a site with an address; it says of no page when it was built."""
    lines = [f"<url><loc>{html.escape(urljoin(address, url))}</loc></url>" for url in urls]
    opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *lines, "</urlset>", ""])
    (made / _SITEMAP).write_text(text, "utf-8")
    (made / f"{_SITEMAP}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _check_passages(
    made: Path, kept: Set[str], passages: Callable[[str], Iterable[Shown]]
) -> tuple[list[Finding], dict[str, list[str]]]:
    """Passages that are not on their page as a paragraph of their own, once and word for word.

    Findings for those that are lost; the ids of those with other words, by page.
    """
    findings: list[Finding] = []
    changed: dict[str, list[str]] = {}
    for page, _ in sorted(file_stats(made)):
        expected = [*passages(page)] if page not in kept else []
        if not expected:
            continue
        matches = list(_PASSAGE.finditer((made / page).read_text("utf-8")))
        inside = {match["id"]: match["inside"] for match in matches}
        count = Counter(match["id"] for match in matches)
        for passage in expected:
            if count[passage.id] != 1:
                times = f"stands on its page {count[passage.id]} times as a paragraph"
                hint = "look in it, or in the lines above, for signs that Markdown reads as a block"
                message = f"“{passage.id}” {times}"
                findings.append(Finding("lost-passage", passage.place, message, hint))
            elif not _same_words(passage.words, _text(inside[passage.id])):
                changed.setdefault(page, []).append(passage.id)
    return findings, changed


def _changed_words(
    changed: Mapping[str, Sequence[str]], passages: Callable[[str], Iterable[Shown]]
) -> list[Finding]:
    """Findings for the passages of these ids, by page, where they stand now."""
    hint = "look for signs that an extension in mkdocs.yml reads as its own"
    return [
        Finding(
            "changed-words",
            passage.place,
            f"“{passage.id}” has other words on its page than in its file",
            hint,
        )
        for page, ids in sorted(changed.items())
        for passage in passages(page)
        if passage.id in ids
    ]


def _text(inside: str) -> str:
    """The text of a paragraph, from its HTML."""
    return html.unescape(_NO_WORDS.sub("", inside))


def _same_words(one: str, other: str) -> bool:
    """Whether letters and digits agree: themes may set quotation marks and dashes otherwise."""
    return one == other or [*filter(str.isalnum, one)] == [*filter(str.isalnum, other)]


@contextmanager
def _captured_messages() -> Iterator[_MessageHandler]:
    """The handler that keeps what MkDocs warns of, and keeps it from being printed."""
    handler = _MessageHandler()
    logger = logging.getLogger("mkdocs")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _mkdocs_finding(message: str) -> Finding:
    hint = "mend the page or setting it names; the last good site was kept"
    return Finding("not-rendered", Place(SETTINGS), f"MkDocs: {message}", hint)
