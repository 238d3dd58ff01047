"""Store of the editor's files as they are now: read at every request, parsed when they changed.

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
from crossclaim.content.registry import author_ids, read_authors, read_claims
from crossclaim.findings import Finding
from crossclaim.model import Author, Claim, Place
from crossclaim.reviewing.actions import Refusal
from crossclaim.reviewing.essay_view import EssayView, ReviewProgress, essay_view

# With one of these an essay's file, or the registry's, is not what its editor meant: nothing is
# written to it until it is mended.
_UNSOUND = {"not-utf-8", "missing-file", "bad-yaml", "too-deep", "wrong-shape", "no-front-matter"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenEssay:
    """An essay opened for review: its view, the registry, and how its file stands."""

    view: EssayView
    claims: Mapping[str, Claim]
    file: str
    text: str
    registry: str

    @property
    def version(self) -> str:
        """The same for the same text of the essay's file."""
        data = self.text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=9).hexdigest()


@dataclass(frozen=True, slots=True)
class EssaySummary:
    """An essay in the list: its progress, or None where its file cannot be reviewed."""

    id: str
    title: str
    authors: str
    progress: ReviewProgress | None


class CollectionStore:
    """A collection's files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._parsed: dict[str, tuple[object, object]] = {}

    def essays(self) -> list[str]:
        """The essays' ids, in the order of their files."""
        return [path.stem for path in collection.essay_files(self.root)]

    def summary(self, essay: str) -> EssaySummary:
        """An essay for the list."""
        try:
            view = self.open(essay).view
        except Refusal:
            return EssaySummary(essay, essay, "", None)
        names = {author.id: author.name for author in self._authors()}
        authors = ", ".join(names.get(author, author) for author in view.essay.authors)
        return EssaySummary(essay, view.essay.title or essay, authors, view.progress)

    def open(self, essay: str) -> OpenEssay:
        """An essay as its file is now. Raises Refusal where it, or the registry, is unsound."""
        claims, registry = self.claims()
        file = file_of(essay)
        if essay not in self.essays():
            raise Refusal(f"{file} is not there: was it renamed or deleted?")
        text = self.text(file)
        view = self._view(file, essay, text)
        return OpenEssay(view, {claim.id: claim for claim in claims}, file, text, registry)

    def text(self, file: str) -> str:
        """A file's text. Raises Refusal where it cannot be read."""
        text, findings = collection.read_text(self.root, file)
        if findings:
            raise Refusal(_sentence(findings[0]))
        return text

    def claims(self) -> tuple[tuple[Claim, ...], str]:
        """The registry's claims and its text. Raises Refusal where it is unsound."""
        text = self.text(CLAIMS)
        claims, findings = self._cached(CLAIMS, text, lambda: read_claims(text, CLAIMS))
        _refuse_unsound(findings)
        return claims, text

    def _authors(self) -> tuple[Author, ...]:
        text, findings = collection.read_text(self.root, AUTHORS)
        if findings:
            return ()
        return self._cached(AUTHORS, text, lambda: read_authors(text, AUTHORS)[0])

    def _view(self, file: str, essay: str, text: str) -> EssayView:
        authors = self._authors()

        def read() -> tuple[EssayView, list[Finding]]:
            names = author_ids(authors)
            try:
                loaded, findings = collection.read_one(self.root, file, text, names)
                return essay_view(loaded, text), findings
            except RecursionError:
                raise Refusal(f"{file} nests lists or quotations too deeply.") from None

        view, findings = self._cached(file, (text, authors), read)
        _refuse_unsound(findings)
        if again := view.repeated_id():
            place = Place(file, again.in_file.line)
            name = again.in_file.attributes.id if again.in_file.attributes else ""
            raise Refusal(f"{place}: the id “{name}” stands here again; take one of the two out.")
        return view

    def _cached(self, file: str, source: object, parse: Callable[[], T]) -> T:
        """What was made of a file before, if it was made of the same source."""
        cached = self._parsed.get(file)
        if cached is None or cached[0] != source:
            self._parsed[file] = cached = (source, parse())
        return cast(T, cached[1])


def _refuse_unsound(findings: Sequence[Finding]) -> None:
    for finding in findings:
        if finding.code in _UNSOUND:
            raise Refusal(_sentence(finding))


def _sentence(finding: Finding) -> str:
    return f"{finding.place}: {finding.message} — {finding.hint}."


def file_of(essay: str) -> str:
    """An essay's file, below the collection's root."""
    return f"{ESSAYS}/{essay}.md"


def essay_of(file: str) -> str:
    """The essay's id whose file this is."""
    return file.removeprefix(f"{ESSAYS}/").removesuffix(".md")
