"""The search's records: every passage and every claim, out of the same index as the pages.

The browser numbers records: the passages of all essays in reading order from 0, then the claims by
their sentences, then the claims by their notes for taggers, then the claims by their labels and the
other words people look for them by. All that it knows of a collection is in these tables; nothing
else is asked for.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from crossclaim.model import Essay, Passage, Stance
from crossclaim.site.index import Index

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_STANCES = tuple(Stance)

# A tag for the browser: the claim's number, the stance's number, 1 if somebody reviewed it.
TagRecord = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage as a search result: its text without markup, its id, its language and its tags."""

    text: str
    id: str
    language: str
    tags: tuple[TagRecord, ...]


@dataclass(frozen=True, slots=True)
class EssayRecord:
    """An essay as the search knows it.

    `authors` are numbers; `sort_date` is its date as 20110519, with 0 for what is not known.
    """

    id: str
    title: str
    authors: tuple[int, ...]
    date: str
    sort_date: int
    passages: tuple[PassageRecord, ...]


@dataclass(frozen=True, slots=True)
class EssaySource:
    """An essay whose record is made when it is asked for.

    `key` is another whenever the record is; where it is "", the record has to be looked at.
    """

    id: str
    key: str
    record: Callable[[], EssayRecord]


@dataclass(frozen=True, slots=True)
class SearchRecords:
    """The whole collection: essays with passages, and the names that facets list.

    `authors` are (id, name); `claims` are (id, name, number of the theme, sentence). `abouts` are
    the claims' notes for taggers; `keywords` their labels and `also`, which nobody is shown.
    """

    essays: tuple[EssaySource, ...]
    authors: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    claims: tuple[tuple[str, str, int, str], ...]
    abouts: tuple[str, ...]
    keywords: tuple[str, ...]
    language: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """The text and language of every record, in order."""
        for essay in self.essays:
            for passage in essay.record().passages:
                yield passage.text, passage.language or self.language
        for of_claims in self.texts_of_claims():
            for text in of_claims:
                yield text, self.language

    def texts_of_claims(self) -> tuple[tuple[str, ...], ...]:
        """The claims' texts: their sentences, their notes, what they are called."""
        return tuple(sentence for _, _, _, sentence in self.claims), self.abouts, self.keywords


def search_records(
    index: Index, language: str, keys: Mapping[str, str] | None = None
) -> SearchRecords:
    """The records of a collection; `language` is its claims', and that of essays that name none.

    `keys` are, by the essays' ids, digests of all that the collection says of an essay.
    """
    authors = {author: number for number, author in enumerate(index.authors)}
    claims = {claim: number for number, claim in enumerate(index.claims)}
    themes = {theme: number for number, theme in enumerate(index.themes)}
    return SearchRecords(
        essays=tuple(
            EssaySource(
                essay.id,
                _key((keys or {}).get(essay.id, ""), essay, authors, claims),
                partial(_essay, essay, authors, claims),
            )
            for essay in index.collection.essays
        ),
        authors=tuple((a.id, a.name) for a in index.authors.values()),
        themes=tuple(themes),
        claims=tuple((c.id, c.name, themes[c.theme], c.sentence) for c in index.claims.values()),
        abouts=tuple(index.own_about(c) for c in index.claims.values()),
        keywords=tuple("\n".join(filter(None, (c.label, *c.also))) for c in index.claims.values()),
        language=language,
    )


def _key(key: str, essay: Essay, authors: dict[str, int], claims: dict[str, int]) -> str:
    """The key of an essay's record, which has the numbers of authors and claims."""
    if not key:
        return ""
    numbers = [claims[tag.claim] for passage in essay.passages for tag in passage.tags]
    return f"{key} {[authors[author] for author in essay.authors]} {numbers}"


def _essay(essay: Essay, authors: dict[str, int], claims: dict[str, int]) -> EssayRecord:
    return EssayRecord(
        id=essay.id,
        title=essay.title,
        authors=tuple(authors[author] for author in essay.authors),
        date=essay.date,
        sort_date=_sort_date(essay.date),
        passages=tuple(_passage(p, essay.language, claims) for p in essay.passages),
    )


def _sort_date(date: str) -> int:
    """The first date in a text as a number that sorts, with 0 for a month or day not given."""
    match = _DATE.search(date)
    return int("".join(part or "00" for part in match.groups())) if match else 0


def _passage(passage: Passage, language: str, claims: dict[str, int]) -> PassageRecord:
    tags = (
        (claims[tag.claim], _STANCES.index(tag.stance), int(tag.reviewed)) for tag in passage.tags
    )
    return PassageRecord(passage.words, passage.id, language, tuple(sorted(tags)))
