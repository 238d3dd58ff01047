"""The search's records: every passage and every claim, out of the same index as the pages.

The browser numbers records: the passages of all essays in reading order from 0, then the claims by
their sentences, then the claims by their notes for taggers, then the claims by their labels, the
other words people look for them by, and their ids; then the essays by their titles. All that it
knows of a collection is in these tables; nothing else is asked for.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from crossclaim.content.deciding_words import locate_words
from crossclaim.model import Essay, Passage, Stance
from crossclaim.site.index import Index

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_STANCES = tuple(Stance)

# A tag for the browser: the claim's number, the stance's number, 1 if somebody reviewed it.
TagRecord = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage as a search result: its text without markup, its id, its language and its tags.

    `deciding` says where its deciding words are: start and end, in order, none in another.
    """

    text: str
    id: str
    language: str
    tags: tuple[TagRecord, ...]
    deciding: tuple[tuple[int, int], ...] = ()


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
    title: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecords:
    """The whole collection: essays with passages, and the names that facets list.

    `authors` are (id, name); `claims` are (id, name, number of the theme, sentence). `abouts` are
    the claims' notes for taggers; `names` their labels and `also`, which nobody is shown; `ids`
    what they are or were called in files and addresses; `relations` (the claims that they support,
    those that they oppose), as numbers.
    """

    essays: tuple[EssaySource, ...]
    authors: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    claims: tuple[tuple[str, str, int, str], ...]
    abouts: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    ids: tuple[tuple[str, ...], ...]
    relations: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    language: str

    def texts_of_claims(self) -> tuple[tuple[str, ...], ...]:
        """The claims' texts: their sentences, their notes, what they are called."""
        called = zip(self.names, self.ids, strict=True)
        return (
            tuple(sentence for _, _, _, sentence in self.claims),
            self.abouts,
            tuple(
                "\n".join((*names, *(id.replace("-", " ") for id in ids))) for names, ids in called
            ),
        )


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
                essay.title,
                essay.language,
            )
            for essay in index.collection.essays
        ),
        authors=tuple((a.id, a.name) for a in index.authors.values()),
        themes=tuple(themes),
        claims=tuple((c.id, c.name, themes[c.theme], c.sentence) for c in index.claims.values()),
        abouts=tuple(index.own_about(c) for c in index.claims.values()),
        names=tuple(tuple(filter(None, (c.label, *c.also))) for c in index.claims.values()),
        ids=tuple((c.id, *c.was) for c in index.claims.values()),
        relations=tuple(
            (_numbers(claims, c.supports), _numbers(claims, c.opposes))
            for c in index.claims.values()
        ),
        language=language,
    )


def _numbers(claims: Mapping[str, int], ids: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(claims[id] for id in ids if id in claims))


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
    return PassageRecord(
        passage.words, passage.id, language, tuple(sorted(tags)), _deciding(passage)
    )


def _deciding(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Where the deciding words of reviewed tags are, those that overlap as one."""
    spans = sorted(
        span for tag in passage.reviewed for span in locate_words(passage.words, tag.words) or ()
    )
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return tuple(apart)
