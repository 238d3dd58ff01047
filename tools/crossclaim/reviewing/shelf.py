"""The editor's files as they are now: read at every request, and only then parsed again.

Nothing here trusts what was read before; only what was made of a file is kept, while its text is
the same.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from crossclaim.content import collection
from crossclaim.content.collection import AUTHORS, CLAIMS, ESSAYS
from crossclaim.content.essay import read_essay
from crossclaim.content.registry import read_authors, read_claims
from crossclaim.findings import Finding
from crossclaim.model import Author, Claim, Place
from crossclaim.reviewing.actions import Refusal
from crossclaim.reviewing.sheet import Progress, Sheet, sheet_of

# With one of these an essay's file, or the registry's, is not what its editor meant: nothing is
# written to it until it is mended.
_UNSOUND = {"not-utf-8", "missing-file", "bad-yaml", "too-deep", "wrong-shape", "no-front-matter"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Open:
    """An essay on the desk: its sheet, the registry, and how its file stands."""

    sheet: Sheet
    claims: Mapping[str, Claim]
    file: str
    text: str
    registry: str

    @property
    def version(self) -> str:
        """The same for the same text of the essay's file."""
        told = self.text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=9).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """An essay in the list: its progress, or None where its file cannot be reviewed."""

    id: str
    title: str
    authors: str
    progress: Progress | None


class Shelf:
    """A collection's files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._parsed: dict[str, tuple[object, object]] = {}

    def essays(self) -> list[str]:
        """The essays' ids, in the order of their files."""
        return [path.stem for path in collection.essay_files(self.root)]

    def listed(self, essay: str) -> Listed:
        """An essay for the list."""
        try:
            sheet = self.open(essay).sheet
        except Refusal:
            return Listed(essay, essay, "", None)
        names = {author.id: author.name for author in self._authors()}
        who = ", ".join(names.get(author, author) for author in sheet.essay.authors)
        return Listed(essay, sheet.essay.title or essay, who, sheet.progress)

    def open(self, essay: str) -> Open:
        """An essay as its file is now. Raises Refusal where it, or the registry, is unsound."""
        claims, registry = self.claims()
        file = file_of(essay)
        if essay not in self.essays():
            raise Refusal(f"{file} is not there: was it renamed or deleted?")
        text = self.text(file)
        sheet = self._sheet(file, essay, text)
        return Open(sheet, {claim.id: claim for claim in claims}, file, text, registry)

    def text(self, file: str) -> str:
        """A file's text. Raises Refusal where it cannot be read."""
        text, found = collection.read_text(self.root, file)
        if found:
            raise Refusal(_sentence(found[0]))
        return text

    def claims(self) -> tuple[tuple[Claim, ...], str]:
        """The registry's claims and its text. Raises Refusal where it is unsound."""
        text = self.text(CLAIMS)
        claims, found = self._once(CLAIMS, text, lambda: read_claims(text, CLAIMS))
        _sound(found)
        return claims, text

    def _authors(self) -> tuple[Author, ...]:
        text, found = collection.read_text(self.root, AUTHORS)
        return () if found else self._once(AUTHORS, text, lambda: read_authors(text, AUTHORS)[0])

    def _sheet(self, file: str, essay: str, text: str) -> Sheet:
        def read() -> tuple[Sheet, list[Finding]]:
            names = {a.id: a.id for a in authors} | {a.name: a.id for a in authors}
            try:
                found, wrong = read_essay(text, file, essay, names)
                return sheet_of(found, text), wrong
            except RecursionError:
                raise Refusal(f"{file} nests lists or quotations too deeply.") from None

        authors = self._authors()
        sheet, found = self._once(file, (text, authors), read)
        _sound(found)
        if leaf := sheet.repeated_id():
            place = Place(file, leaf.spot.line)
            name = leaf.spot.attributes.id if leaf.spot.attributes else ""
            raise Refusal(f"{place}: the id “{name}” stands here again; take one of the two out.")
        return sheet

    def _once(self, file: str, source: object, parse: Callable[[], T]) -> T:
        """What was made of a file before, if it was made of the same."""
        known = self._parsed.get(file)
        if known is None or known[0] != source:
            self._parsed[file] = known = (source, parse())
        return cast(T, known[1])


def _sound(found: Sequence[Finding]) -> None:
    for finding in found:
        if finding.code in _UNSOUND:
            raise Refusal(_sentence(finding))


def _sentence(finding: Finding) -> str:
    return f"{finding.place}: {finding.message} — {finding.hint}."


def file_of(essay: str) -> str:
    """An essay's file, below the collection's root."""
    return f"{ESSAYS}/{essay}.md"
