"""What can be found: every passage and every claim, out of the same index as the pages.

Records are numbered: the passages of all essays in reading order from 0, then the claims by their
sentences, then the claims by what a tagger is told of them. All that the browser knows of a
collection is in these tables; nothing else is asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossclaim.model import Essay, Passage, Stance
from crossclaim.site.index import Index

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_STANCES = tuple(Stance)

# A tag for the browser: the claim's number, the stance's number, 1 if somebody reviewed it.
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as a result: its text without marks, its id and its tags."""

    text: str
    id: str
    language: str
    tags: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """An essay as the search knows it.

    `authors` are numbers; `when` is its date as 20110519, with 0 for what is not known.
    """

    id: str
    title: str
    authors: tuple[int, ...]
    date: str
    when: int
    passages: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The whole collection: essays with passages, and the names that facets list.

    `claims` are (id, sentence, number of the theme), `abouts` what is said of each for taggers.
    """

    shelves: tuple[Shelf, ...]
    authors: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    claims: tuple[tuple[str, str, int], ...]
    abouts: tuple[str, ...]
    language: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """The text and language of every record, in order."""
        for shelf in self.shelves:
            for passage in shelf.passages:
                yield passage.text, passage.language or self.language
        for _, sentence, _ in self.claims:
            yield sentence, self.language
        for about in self.abouts:
            yield about, self.language


def records(index: Index, language: str) -> Records:
    """The records of a collection; `language` is its claims', and that of essays that say none."""
    authors = {author: at for at, author in enumerate(index.authors)}
    claims = {claim: at for at, claim in enumerate(index.claims)}
    themes = {theme: at for at, theme in enumerate(index.themes)}
    return Records(
        shelves=tuple(_shelf(essay, authors, claims) for essay in index.collection.essays),
        authors=tuple((a.id, a.name) for a in index.authors.values()),
        themes=tuple(themes),
        claims=tuple((c.id, c.sentence, themes[c.theme]) for c in index.claims.values()),
        abouts=tuple(c.about for c in index.claims.values()),
        language=language,
    )


def _shelf(essay: Essay, authors: dict[str, int], claims: dict[str, int]) -> Shelf:
    return Shelf(
        id=essay.id,
        title=essay.title,
        authors=tuple(authors[author] for author in essay.authors),
        date=essay.date,
        when=_when(essay.date),
        passages=tuple(_found(p, essay.language, claims) for p in essay.passages),
    )


def _when(date: str) -> int:
    """A date that sorts; what is not said of it is 0."""
    said = _DATE.search(date)
    return int("".join((said[part] or "00") for part in ("year", "month", "day"))) if said else 0


def _found(passage: Passage, language: str, claims: dict[str, int]) -> Found:
    tags = (
        (claims[tag.claim], _STANCES.index(tag.stance), int(tag.reviewed)) for tag in passage.tags
    )
    return Found(passage.words, passage.id, language, tuple(sorted(tags)))
