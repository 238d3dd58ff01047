"""The whole story, step by step.

original ──import──▶ document ──write──▶ essays/*.md            add
untagged paragraphs ──rank──▶ suggestions in essays/*.md        suggest
essays/*.md + claims.yml ──load──▶ collection ──▶ index         check
index ──▶ pages, search ──write──▶ docs/ ──render──▶ site/      build, serve
"""

from dataclasses import dataclass
from pathlib import Path

from crossclaim import files
from crossclaim.content import collection
from crossclaim.content.check import check as check_across
from crossclaim.content.essay_edit import with_ids
from crossclaim.content.settings import SETTINGS, Settings, read_settings
from crossclaim.findings import Finding, errors, in_order
from crossclaim.importing.add import Addition, Request, plan_addition, write_addition
from crossclaim.importing.document import Step
from crossclaim.site import pages, publish, renderer
from crossclaim.site.index import Index
from crossclaim.site.search.index_files import FOLDER, data_files
from crossclaim.site.search.records import search_records


@dataclass(frozen=True, slots=True)
class Checked:
    """A collection, checked: everything that was found, and what pages are made from."""

    findings: tuple[Finding, ...]
    settings: Settings
    index: Index

    @property
    def good(self) -> bool:
        """Whether pages can be made."""
        return not errors(self.findings)


def add(
    root: Path, request: Request, dry_run: bool = False, step: Step | None = None
) -> tuple[Addition | None, list[Finding]]:
    """Read an original and write it as an essay; None and why where it cannot be added."""
    addition, findings = plan_addition(root, request, step)
    if addition and not dry_run:
        write_addition(root, addition)
    return addition, findings


def give_ids(root: Path) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """Write an id for every passage that has none; the ids given, by file."""
    given: dict[str, tuple[str, ...]] = {}
    found: list[Finding] = []
    for path in collection.essay_files(root):
        file = path.relative_to(root).as_posix()
        text, wrong = collection.read_text(root, file)
        found += wrong
        if wrong:
            continue
        changed, ids = with_ids(text)
        if ids:
            files.write(path.resolve(), changed)
            given[file] = ids
    return given, found


def check(root: Path) -> Checked:
    """Load and check everything; write nothing."""
    text, found = collection.read_text(root, SETTINGS)
    settings = Settings()
    if not found:
        settings, found = read_settings(text, root.resolve(), collection.ESSAYS)
    loaded, wrong = collection.load(root)
    found += wrong
    found += check_across(loaded)
    found = _without_consequences(found)
    index = Index(loaded)
    if not errors(found):
        paths = pages.page_paths(index)
        found += publish.conflicts(root / settings.docs, paths, settings.docs, own_folder=FOLDER)
    return Checked(in_order(found), settings, index)


def _without_consequences(found: list[Finding]) -> list[Finding]:
    """The findings less those that only follow from a registry nobody could read."""
    unreadable = {
        f.place.file for f in found if f.code in ("missing-file", "not-utf-8", "bad-yaml")
    }
    follow: set[str] = set()
    if collection.CLAIMS in unreadable:
        follow |= {"unknown-claim", "broken-relation", "renamed-claim"}
    if collection.AUTHORS in unreadable:
        follow |= {"unknown-author"}
    return [f for f in found if f.code not in follow]


def write(root: Path, checked: Checked) -> tuple[int, int]:
    """Write the pages of a collection without errors; how many were written and removed."""
    rendered = pages.render_pages(checked.index, checked.settings)
    search = data_files(search_records(checked.index, checked.settings.language))
    return publish.write_pages(root / checked.settings.docs, {**rendered, **search})


def build(root: Path) -> tuple[Checked, list[Finding]]:
    """Check, write, render. On an error nothing is written and the last good site stays."""
    checked = check(root)
    if not checked.good:
        return checked, []
    site = root / checked.settings.site
    obstacles = renderer.preflight(root, site)
    if obstacles:
        return checked, obstacles
    write(root, checked)
    return checked, renderer.render_site(root, site, pages.shown_passages(checked.index))
