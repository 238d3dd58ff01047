"""The whole story, step by step.

original ──read──▶ document ──write──▶ essays/*.md              add
essays/*.md + claims.yml ──load──▶ collection ──▶ index         check
index ──▶ pages ──write──▶ docs/ ──render──▶ site/              build, serve
"""

from dataclasses import dataclass
from pathlib import Path

from crossclaim import collection, files, pages, publish, renderer
from crossclaim.check import check as check_across
from crossclaim.essay_file import with_ids
from crossclaim.findings import Finding, errors, in_order
from crossclaim.index import Index
from crossclaim.settings import SETTINGS, Settings, read_settings


@dataclass(frozen=True, slots=True)
class Checked:
    """A collection's pages, and everything that was found on the way to them.

    With an error among the findings there are no pages.
    """

    findings: tuple[Finding, ...]
    pages: dict[str, str]
    settings: Settings
    index: Index

    @property
    def docs(self) -> str:
        """The folder the pages belong in, relative to the root."""
        return self.settings.docs


def check(root: Path) -> Checked:
    """Load and check everything; make the pages, write nothing."""
    text, found = collection.read_text(root, SETTINGS)
    settings, wrong = read_settings(text) if not found else (Settings(), [])
    found += wrong
    loaded, wrong = collection.load(root)
    found += wrong
    found += check_across(loaded)
    found = _without_consequences(found)
    index = Index(loaded)
    made = {} if errors(found) else pages.pages(index, settings)
    found += publish.obstacles(root / settings.docs, made, settings.docs)
    return Checked(in_order(found), {} if errors(found) else made, settings, index)


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
    return publish.write_pages(root / checked.docs, checked.pages)


def build(root: Path) -> tuple[Checked, list[Finding]]:
    """Check, write, render. On an error nothing is written and the last good site stays."""
    checked = check(root)
    if errors(checked.findings):
        return checked, []
    write(root, checked)
    return checked, renderer.render(root, root / checked.settings.site)


def give_ids(root: Path) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """Write an id for every passage that has none; the ids given, by file."""
    given: dict[str, tuple[str, ...]] = {}
    found: list[Finding] = []
    for path in sorted((root / collection.ESSAYS).glob("*.md")):
        file = path.relative_to(root).as_posix()
        text, wrong = collection.read_text(root, file)
        found += wrong
        if wrong:
            continue
        changed, ids = with_ids(text)
        if ids:
            files.write(path, changed)
            given[file] = ids
    return given, found
