"""The story of the program, step by step.

original ──import──▶ document ──write──▶ essays/*.md            add
untagged paragraphs ──rank──▶ suggestions in essays/*.md        suggest, review
essays/*.md + claims.yml ──load──▶ collection                    check
collection ──edition──▶ what may be shown ──▶ index             build, serve
index ──▶ pages, search ──write──▶ docs/ ──render──▶ site/      build, serve
"""

from dataclasses import dataclass, replace
from pathlib import Path

from crossclaim import files
from crossclaim.content.check import check_collection, without_consequences
from crossclaim.content.collection import ESSAYS, essay_files, load, read_text
from crossclaim.content.edition import edition_of
from crossclaim.content.essay_edit import with_ids
from crossclaim.content.settings import SETTINGS, Settings, read_settings
from crossclaim.findings import Finding, errors, in_order
from crossclaim.importing.add import Addition, Request, plan_addition, write_addition
from crossclaim.importing.document import Step
from crossclaim.model import Edition
from crossclaim.site import pages, publish, renderer
from crossclaim.site.index import Index
from crossclaim.site.search.index_files import FOLDER
from crossclaim.site.search.records import search_records
from crossclaim.site.search.update import data_files


@dataclass(frozen=True, slots=True)
class Checked:
    """A collection after `check`: all its findings, and what its edition's pages are made from."""

    findings: tuple[Finding, ...]
    settings: Settings
    index: Index

    @property
    def buildable(self) -> bool:
        """Whether pages can be made: there is no error, at most warnings."""
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
    findings: list[Finding] = []
    for path in essay_files(root):
        file = path.relative_to(root).as_posix()
        text, unreadable = read_text(root, file)
        findings += unreadable
        if unreadable:
            continue
        changed, ids = with_ids(text)
        if ids:
            files.write(path.resolve(), changed)
            given[file] = ids
    return given, findings


def check(root: Path, edition: Edition = Edition.READING) -> Checked:
    """Load and check everything, shown in this edition or not; write nothing."""
    text, findings = read_text(root, SETTINGS)
    settings = Settings()
    if not findings:
        settings, findings = read_settings(text, root.resolve(), ESSAYS)
    collection, unsound = load(root)
    findings += [*unsound, *check_collection(collection)]
    findings = without_consequences(findings)
    settings = replace(settings, edition=edition)
    index = Index(edition_of(collection, edition), settings.language)
    if not errors(findings):
        docs, paths = settings.docs, pages.page_paths(index)
        findings += publish.conflicts(root / docs, paths, docs, own_folder=FOLDER)
    return Checked(in_order(findings), settings, index)


def write_docs(root: Path, checked: Checked) -> tuple[int, int]:
    """Write the pages of a collection without errors; how many were written and removed."""
    index, settings = checked.index, checked.settings
    search = data_files(search_records(index, settings.language))
    written = {**pages.render_pages(index, settings), **pages.assets(), **search}
    return publish.write_pages(root / settings.docs, written)


def build(root: Path, edition: Edition = Edition.READING) -> tuple[Checked, list[Finding]]:
    """Check, write, render. On an error nothing is written and the last good site stays."""
    checked = check(root, edition)
    if not checked.buildable:
        return checked, []
    site = root / checked.settings.site
    obstacles = renderer.preflight(root, site)
    if obstacles:
        return checked, obstacles
    write_docs(root, checked)
    return checked, renderer.render_site(root, site, pages.shown_passages(checked.index))
