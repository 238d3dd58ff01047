"""The story of the program, step by step.

original ──import──▶ document ──write──▶ essays/*.md            add
untagged paragraphs ──rank──▶ suggestions in essays/*.md        suggest, review
essays/*.md + claims.yml ──load──▶ collection                    check
collection ──edition──▶ what may be shown ──▶ index             build, serve
index ──▶ pages, search ──write──▶ docs/ ──render──▶ site/      build, serve
"""

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crossclaim import files
from crossclaim.content.check import check_collection, without_consequences
from crossclaim.content.collection import (
    ESSAYS,
    EditorFiles,
    Loaded,
    essay_files,
    load_collection,
    read_editor_files,
    read_text,
    too_deep,
)
from crossclaim.content.edition import edition_of, held_back
from crossclaim.content.essay import parse_essay
from crossclaim.content.essay_edit import with_ids
from crossclaim.content.markdown import NestedTooDeeply
from crossclaim.content.memory import Memory, alone, digest, remembering
from crossclaim.content.settings import SETTINGS, Settings, read_settings
from crossclaim.findings import Finding, errors, in_order
from crossclaim.model import Edition, Place, Step
from crossclaim.site import pages
from crossclaim.site.index import Index
from crossclaim.site.page_keys import PageKeys
from crossclaim.site.publish import DocsFolder, Written, conflicts
from crossclaim.site.search.index_files import FOLDER
from crossclaim.site.search.records import search_records
from crossclaim.site.search.update import Changes, update_search

if TYPE_CHECKING:
    from crossclaim.importing.add import Ask, Original, Plan

# What reads originals and what renders are imported where they are used: `check` needs neither.


# Seconds after which nobody is still writing a file of the editor's, the review for example.
_SURELY_ENDED = 60.0


@dataclass(frozen=True, slots=True)
class First:
    """A page that somebody waits for, by its path in the site; `shown` is told when it is there."""

    page: str
    shown: Callable[[], None]


class Counts(NamedTuple):
    """How many essays and claims an edition shows, and how many essays a public one withholds."""

    essays: int = 0
    claims: int = 0
    held_back: int = 0


class Checked:
    """A collection after `check`: all its findings, and what its edition's pages are made from.

    `key` is a digest of all that was read, `paths` are those of all pages under the docs folder.
    `changes` is what a build then changed in the index, in sentences. What was not needed to say
    so is only loaded when it is asked for.
    """

    def __init__(
        self,
        key: str,
        findings: tuple[Finding, ...],
        settings: Settings,
        paths: frozenset[str],
        counts: Counts,
        load: Callable[[], Loaded],
    ) -> None:
        self.key = key
        self.findings = findings
        self.settings = settings
        self.paths = paths
        self.counts = counts
        self.changes: tuple[str, ...] = ()
        self._load = load

    @property
    def buildable(self) -> bool:
        """Whether pages can be made: there is no error, at most warnings."""
        return not errors(self.findings)

    @cached_property
    def loaded(self) -> Loaded:
        """The collection, whole."""
        return self._load()

    @cached_property
    def index(self) -> Index:
        """The index of what the edition shows."""
        shown = edition_of(self.loaded.collection, self.settings.edition)
        return Index(shown, self.settings.language)

    @cached_property
    def keys(self) -> PageKeys:
        """What the edition's pages are made from."""
        return PageKeys(self.index, self.settings, self.loaded)


def add(
    root: Path,
    originals: "Sequence[Original]",
    dry_run: bool = False,
    strict: bool = False,
    ask: "Ask | None" = None,
) -> "Plan":
    """Write originals as essays, all of them planned before; what cannot be added is in the plan.

    With `strict` nothing is written where one cannot be.
    """
    from crossclaim.importing.add import plan_additions, write_additions

    plan = plan_additions(root, originals, strict, ask)
    if not dry_run and not (strict and plan.failed):
        write_additions(root, plan)
    return plan


# Where an essay has one of these, a new tag line may not be what is lacking.
_UNSURE = (
    "bad-attributes", "stray-tag-line", "unclosed-comment", "unclosed-fence", "no-front-matter",
)  # fmt: skip


def give_ids(root: Path) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """Write an id for every passage that has none; the ids given, by file.

    Nothing is written where one of the essays has to be mended first.
    """
    given: dict[str, tuple[str, ...]] = {}
    writes: dict[str, str] = {}
    findings: list[Finding] = []
    for path in essay_files(root):
        file = path.relative_to(root).as_posix()
        text, unreadable = read_text(root, file)
        findings += unreadable
        try:
            read = parse_essay(text, file, path.stem)
            writes[file], ids = with_ids(text)
        except NestedTooDeeply:
            findings.append(too_deep(file))
            continue
        findings += [f for f in read.findings if f.code in _UNSURE and not unreadable]
        if ids:
            given[file] = ids
    if findings:
        return {}, findings
    files.write_all(root, writes)
    return given, []


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looks for objects that nobody uses: nearly all are in use, and looking takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def check(
    root: Path,
    edition: Edition = Edition.READING,
    memory: Memory | None = None,
    step: Step | None = None,
) -> Checked:
    """Load and check everything, shown in this edition or not; write nothing but the memory."""
    with _memory(root, memory) as remembered:
        return _check(root, read_editor_files(root), edition, remembered, step)[0]


def _check(
    root: Path, editor_files: EditorFiles, edition: Edition, memory: Memory, step: Step | None
) -> tuple[Checked, DocsFolder]:
    findings = [f for f in editor_files.findings if f.place.file == SETTINGS]
    settings = Settings()
    if not findings:
        settings, findings = read_settings(editor_files.texts[SETTINGS], root.resolve(), ESSAYS)
    settings = replace(settings, edition=edition)
    key = digest(editor_files.digest, str(root.resolve()), edition)
    record = memory.get("check", edition, key)
    if record is not None:
        remembered, paths, counts = _from_json(record)

        def load() -> Loaded:
            with remembering(root) as again:
                return load_collection(editor_files, again)

        checked = Checked(key, remembered, settings, paths, counts, load)
    else:
        loaded = load_collection(editor_files, memory, step)
        findings += [*loaded.findings, *check_collection(loaded.collection)]
        findings = without_consequences(findings)
        checked = Checked(key, in_order(findings), settings, frozenset(), Counts(), lambda: loaded)
        if checked.buildable:
            checked.paths = pages.page_paths(checked.index)
            withheld = held_back(loaded.collection)
            shown = checked.index.collection
            checked.counts = Counts(len(shown.essays), len(shown.claims), len(withheld))
        memory.write("check", {edition: (key, _to_json(checked))})
    folder = DocsFolder(root / settings.docs, memory)
    if checked.buildable:
        conflicting = conflicts(folder, checked.paths, settings.docs, own_folder=FOLDER)
        checked.findings = in_order([*checked.findings, *conflicting])
    return checked, folder


def _to_json(checked: Checked) -> bytes:
    rows = [(f.code, f.place.file, f.place.line, f.message, f.hint) for f in checked.findings]
    return json.dumps([rows, sorted(checked.paths), checked.counts]).encode()


def _from_json(data: bytes) -> tuple[tuple[Finding, ...], frozenset[str], Counts]:
    rows, paths, counts = json.loads(data)
    findings = tuple(Finding(code, Place(file, line), *told) for code, file, line, *told in rows)
    return findings, frozenset(paths), Counts(*counts)


@contextmanager
def _memory(root: Path, memory: Memory | None) -> Iterator[Memory]:
    """The memory at hand, else the collection's own for a while; kept unless something fails."""
    if memory:
        with memory.transaction():
            yield memory
    else:
        with remembering(root) as own:
            yield own


def write_docs(root: Path, checked: Checked, memory: Memory | None = None) -> tuple[int, int]:
    """Write the pages of a collection without errors; how many were written and removed."""
    with alone(root), _memory(root, memory) as remembered:
        folder = DocsFolder(root / checked.settings.docs, remembered)
        written = _write_docs(checked, folder, None)
    return written.changed, written.removed


def _write_docs(checked: Checked, folder: DocsFolder, step: Step | None) -> Written:
    settings = checked.settings
    if folder.is_whole(checked.key):
        return folder.written()
    keys = checked.keys
    made = [(page, page.key(keys)) for page in pages.all_pages(checked.index, settings)]
    outdated = [(p, key) for p, key in made if not folder.is_made_from(key, p.paths)]
    search = _search(checked, folder)
    paths = {*checked.paths, *search.paths}
    folder.list_own(paths)
    for count, (page, key) in enumerate(outdated, start=1):
        folder.write(page.make(), key)
        if step:
            step(count, len(outdated), "pages made")
    folder.write(pages.assets())
    folder.write(search.files)
    return folder.finish(paths, checked.key)


def _search(checked: Checked, folder: DocsFolder) -> Changes:
    """The search's files, those made anew that a change touches or that are not as they were."""
    settings = checked.settings
    keys = {essay: f"{settings.edition} {key}" for essay, key in checked.loaded.digests.items()}
    records = search_records(checked.index, settings.language, keys)
    lost = {p for p in folder.records if p.startswith(FOLDER) and not folder.intact(p)}
    changes = update_search(records, folder.memory, lost)
    lost = {p for p in changes.paths if p not in changes.files and not folder.intact(p)}
    if not lost:
        return changes
    again = update_search(records, folder.memory, lost)
    return Changes({**changes.files, **again.files}, again.paths)


def _show_first(root: Path, site: Path, checked: Checked, page: str) -> bool:
    """Put one essay's page as it will be into the site as it is; whether that could be done."""
    from crossclaim.site import renderer

    path = page.removesuffix("html") + "md"
    made = pages.make_essay_page(checked.index, path) if (site / page).is_file() else None
    if made is None:
        return False
    for name, text in made.items():
        files.write(root / checked.settings.docs / name, text)
    return renderer.render_page(root, site, path, page)


def _findings_if_current(
    root: Path, site: Path, checked: Checked, folder: DocsFolder, memory: Memory
) -> list[Finding] | None:
    """The renderer's findings where docs folder and site are what building would make of them."""
    from crossclaim.site import renderer

    if not folder.is_whole(checked.key):
        return None
    settings, digests = (root / SETTINGS).read_text("utf-8-sig"), folder.written().digests
    return renderer.findings_if_current(
        site, digests, settings, lambda page: pages.shown_passages(checked.index, page), memory
    )


@_uncollected()
def build(
    root: Path,
    edition: Edition = Edition.READING,
    memory: Memory | None = None,
    clean: bool = False,
    step: Step | None = None,
    first: First | None = None,
) -> tuple[Checked, list[Finding]]:
    """Check, write, render; redo what a change touches, or with `clean` everything.

    On an error nothing is written and the last good site stays. Should `first` be an essay's page,
    it is put into the old site before all else. While another program builds, this one waits.
    """
    from crossclaim.site import renderer
    from crossclaim.site.render_keys import Docs

    with alone(root), _memory(root, memory) as remembered:
        if clean:
            remembered.clear()
        editor_files = read_editor_files(root)
        leftovers = editor_files.leftovers
        checked, folder = _check(root, editor_files, edition, remembered, step)
        del editor_files  # a fifth of the memory that a build takes
        remembered.commit()
        site = root / checked.settings.site
        if not any(finding.place.file == SETTINGS for finding in checked.findings):
            files.put_back(site.resolve())
        if not checked.buildable:
            return checked, []
        folder.remove_leftovers()
        files.remove_leftovers(root, leftovers, _SURELY_ENDED)
        unchanged = _findings_if_current(root, site, checked, folder, remembered)
        if unchanged is not None:
            return checked, unchanged
        obstacles = renderer.preflight(root, site, remembered)
        if obstacles:
            return checked, obstacles
        if first and _show_first(root, site, checked, first.page):
            first.shown()
            folder = DocsFolder(root / checked.settings.docs, remembered)
        written = _write_docs(checked, folder, step)
        docs = Docs(
            written.digests,
            written.own,
            pages.page_fragments(checked.index),
            partial(pages.shown_passages, checked.index),
        )
        failed = renderer.render_site(root, site, docs, remembered, step)
        if not errors(failed):
            checked.changes = _changes(checked, remembered)
        return checked, failed


def _changes(checked: Checked, memory: Memory) -> tuple[str, ...]:
    """What changed in the index since the last build, in sentences."""
    from crossclaim.site.index_changes import changes_since

    edition, key = checked.settings.edition, checked.keys.overview
    before, previous = memory.read("summary", [edition]).get(edition, ("", b""))
    if before == key:
        return ()
    changes, summary = changes_since(previous.decode() or None, checked.index)
    memory.write("summary", {edition: (key, summary.encode())})
    return changes
