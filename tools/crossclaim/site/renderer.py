"""The renderer, MkDocs, as one replaceable step: pages in, site out. It adds no meaning."""

import html
import logging
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossclaim.content.settings import SETTINGS
from crossclaim.findings import Finding, errors
from crossclaim.model import Place
from crossclaim.site.quick_markdown import NAME as QUICK_MARKDOWN

# Material announces its end on every run; the pages do not depend on it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


THEME = ".theme"  # in the docs folder: the frame of the pages and the fragments they include
# A passage as Python-Markdown writes it; attributes may stand in any order.
_PASSAGE = re.compile(r'<p\b[^>]*\bid="(?P<id>[^"]+)"[^>]*>(?P<inside>.*?)</p>', re.DOTALL)
# What stands in a passage and is none of its words: a footnote's number, a tag.
_NO_WORDS = re.compile(r"<sup\b.*?</sup>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as its page must show it: id, words, place in the essay's file."""

    id: str
    words: str
    place: Place


class _MessageHandler(logging.Handler):
    """A logging handler that keeps the messages of warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def preflight(root: Path, site: Path) -> list[Finding]:
    """Why this collection cannot be rendered to this place; nothing is written to find out."""
    findings = _check_config(root)
    if site.is_dir() and any(site.iterdir()) and not _is_generated(site):
        message = f"“{site.name}” holds files that no build wrote"
        hint = "empty it, or name another site_dir"
        findings.append(Finding("page-in-the-way", Place(SETTINGS), message, hint))
    return findings


def _is_generated(site: Path) -> bool:
    """Whether a folder is a site that a generator made, and nothing else."""
    generated = (site / "sitemap.xml").is_file() and (site / "404.html").is_file()
    return generated and not (site / ".git").exists()


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
    overrides["markdown_extensions"] = [*extensions, QUICK_MARKDOWN]
    return overrides if "plugins" in settings else {**overrides, "plugins": []}


def _check_config(root: Path) -> list[Finding]:
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    # The docs folder may not be there before the first build.
    with _captured_messages() as captured, tempfile.TemporaryDirectory() as docs:
        try:
            load_config(str(root / SETTINGS), docs_dir=docs, **_overrides(root, docs))
        except MkDocsException as error:
            return [_mkdocs_finding(message) for message in captured.messages or [str(error)]]
        except Exception as error:
            return [_mkdocs_finding(f"{type(error).__name__}: {error}")]
    return []


def render_site(root: Path, site: Path, passages: Mapping[str, Iterable[Shown]]) -> list[Finding]:
    """Render the docs folder to `site`; on an error, the site stays as it was.

    The new site is made beside the old one, the passages of every page are looked for in it, and
    then it takes the old one's place. Raises OSError.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    try:
        with _captured_messages() as captured:
            try:
                build(load_config(str(root / SETTINGS), site_dir=str(fresh), **_overrides(root)))
                findings = [_mkdocs_finding(message) for message in captured.messages]
            except MkDocsException as error:
                messages = captured.messages or [str(error)]
                findings = [_mkdocs_finding(message) for message in messages]
            except OSError:
                raise
            except Exception as error:  # a theme's template or a hook, of which we know nothing
                findings = [_mkdocs_finding(f"{type(error).__name__}: {error}")]
        findings = findings or _check_passages(fresh, passages)
        if not errors(findings):
            fresh.chmod(0o755)
            _swap(fresh, site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return findings


def _check_passages(fresh: Path, passages: Mapping[str, Iterable[Shown]]) -> list[Finding]:
    """Passages that are not on their page as a paragraph of their own, once and word for word."""
    findings = []
    for page, expected in passages.items():
        matches = list(_PASSAGE.finditer((fresh / page).read_text("utf-8")))
        inside = {match["id"]: match["inside"] for match in matches}
        count = Counter(match["id"] for match in matches)
        for passage in expected:
            if count[passage.id] != 1:
                times = f"stands on its page {count[passage.id]} times as a paragraph"
                hint = "look in it, or in the lines above, for signs that Markdown reads as a block"
                message = f"“{passage.id}” {times}"
                findings.append(Finding("lost-passage", passage.place, message, hint))
            elif not _same_words(passage.words, _text(inside[passage.id])):
                message = f"“{passage.id}” has other words on its page than in its file"
                hint = "look for signs that an extension in mkdocs.yml reads as its own"
                findings.append(Finding("changed-words", passage.place, message, hint))
    return findings


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


def _swap(fresh: Path, site: Path) -> None:
    """The fresh site takes the old one's place; if it cannot, the old one comes back."""
    old = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    try:
        if site.exists():
            site.replace(old / site.name)
        try:
            fresh.replace(site)
        except OSError:
            (old / site.name).replace(site)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
