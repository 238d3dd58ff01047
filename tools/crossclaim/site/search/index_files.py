"""The search's data as small files that a browser asks for one by one. Values only.

All are compressed JSON, since few hosts compress what they do not know, and read in the browser by
`assets/search/store.js`. Rows of numbers are characters in them.

- `index`: the names that facets list, who wrote which essay when, and where each shard begins;
- `words-<hash>`, `places-<hash>`: a shard, a range of the alphabet: the dictionary with its posting
  lists; positions, for phrases only;
- `tags-<number>`: the tags of the essays in a block of slots, a number each;
- `text-<slot>-<number>`: the document store, a few passages of an essay to be shown;
- `titles`, `sentences`, `spelling`: all titles; the claims in full; all words. Asked for only when
  needed;
- `near-<hash>`, `claim-words`: what is near in meaning, as `near_words` says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from crossclaim.language.stemmer import primary_language
from crossclaim.language.stopwords import ENDINGS, small_words
from crossclaim.language.words import fold
from crossclaim.model import Stance
from crossclaim.site.search.inverted_index import Text
from crossclaim.site.search.packing import encoded, numbers_in, steps
from crossclaim.site.search.records import EssayRecord, PassageRecord, SearchRecords, TagRecord
from crossclaim.site.search.shards import Terms
from crossclaim.site.search.slots import ESSAYS

FOLDER = "assets/search/data"
_STORED_TOGETHER = 10  # passages whose texts share a file, at most
_TAGGED_TOGETHER = 512  # slots whose tags share a file; up to half of them are essays'

_STANCES = len(Stance)

Tags = Sequence[tuple[TagRecord, ...]]


@dataclass(slots=True)
class EssayRow:
    """What is remembered of an essay, or of the texts in one of the slots that are none's.

    `key` is that of its record; `words` a digest of its texts, `length` their forms, and
    `languages` counts them by language. The rest is the record's own.
    """

    key: str
    slot: int
    words: str
    length: int
    languages: dict[str, int]
    title: str
    authors: list[int]
    date: str
    sort_date: int
    passages: int


def table_of_contents(
    records: SearchRecords, rows: Mapping[str, EssayRow], words: Mapping[str, object]
) -> dict[str, object]:
    """What the browser reads first, but for the version; `words` are those of `of_words`."""
    essays = [rows[essay.id] for essay in records.essays]
    return {
        **words,
        "slots": encoded(essay.slot for essay in essays),
        "shown": _STORED_TOGETHER,
        "tagged": _TAGGED_TOGETHER,
        "passages": [essay.passages for essay in essays],
        "by": [essay.authors[0] if len(essay.authors) == 1 else essay.authors for essay in essays],
        "dates": [essay.sort_date for essay in essays],
        "authors": records.authors,
        "themes": records.themes,
        "claims": [claim[:3] for claim in records.claims],
        "relations": records.relations,
    }


def languages_of(rows: Iterable[EssayRow]) -> dict[str, int]:
    """How many passages of essays there are in each language."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.slot >= ESSAYS:
            counts.update(row.languages)
    return dict(sorted(counts.items()))


def of_words(
    starts: list[str],
    forms: Mapping[str, int],
    endings: Iterable[str],
    languages: Mapping[str, int],
    own_language: str,
) -> dict[str, object]:
    """What the table of contents says of words."""
    main = max(languages, key=languages.__getitem__, default=own_language)
    small = small_words(main)
    listed = (ENDINGS.get(primary_language(tag), frozenset()) for tag in languages)
    all_endings = {fold(ending) for of_language in listed for ending in of_language}
    return {
        "starts": starts,
        # Only those of the language most passages are in: in another they may carry meaning.
        "small": " ".join(sorted(word for word in small if forms.get(word))),
        "endings": " ".join(sorted(all_endings.union(endings))),
    }


def spelling(terms: Terms, order: Iterable[str]) -> list[object]:
    """All words but numbers and single letters, as mostly written, and how common each is.

    Without those that no text has but the claims' `also`: they are there to be looked for, and
    never shown.
    """
    counts, hidden, spelled = terms.counts, terms.hidden, terms.spelled
    forms = [
        form
        for form in order
        if len(form) > 2 and counts[form] > hidden.get(form, 0) and not form.isdigit()
    ]
    written = [(spelled.get(form, form), counts[form]) for form in forms]
    return [
        " ".join(word for word, _ in written if word),
        [number for word, number in written if word],
    ]


def text_names(row: EssayRow) -> list[str]:
    """The names of the files with an essay's texts; one where the slot is no essay's."""
    files = -(-row.passages // _STORED_TOGETHER) if row.slot >= ESSAYS else 1
    return [f"text-{row.slot}-{number}" for number in range(files)]


def text_files(essay: EssayRecord, row: EssayRow) -> dict[str, dict[str, object]]:
    """The passages in order, a few a file, and the essay's title.

    A passage is [id, text, language, deciding words], without empty ends; of these, a row of
    numbers: by how much each start and end is beyond the one before.
    """
    names = text_names(row)
    each = _STORED_TOGETHER if row.slot >= ESSAYS else len(essay.passages)
    return {
        name: {
            "essay": [essay.id, essay.title, essay.date],
            "passages": [_shown(p) for p in essay.passages[number * each : (number + 1) * each]],
        }
        for number, name in enumerate(names)
    }


def _shown(passage: PassageRecord) -> list[str]:
    places = encoded(steps([place for span in passage.deciding for place in span]))
    shown = [passage.id, passage.text, passage.language, places]
    while not shown[-1] and len(shown) > 2:
        shown.pop()
    return shown


def texts_in(file: Mapping[str, Any], own_language: str) -> list[Text]:
    """The texts in such a file."""
    return [_text(own_language, *shown) for shown in file["passages"]]


def _text(own_language: str, _id: str, text: str, language: str = "", places: str = "") -> Text:
    reached = iter(accumulate(numbers_in(places)))
    return Text(text, language or own_language, tuple(zip(reached, reached, strict=True)))


def tag_file(slot: int) -> str:
    """The name of the file with an essay's tags."""
    return f"tags-{slot // _TAGGED_TOGETHER}"


def tag_file_content(by_slot: Mapping[int, Tags]) -> list[str]:
    """How many tags each passage has, by slot, and all their codes."""
    passages = [tags for slot in sorted(by_slot) for tags in by_slot[slot]]
    codes = (_code(tag) for tags in passages for tag in tags)
    return [encoded(map(len, passages)), encoded(codes)]


def _code(tag: TagRecord) -> int:
    claim, stance, reviewed = tag
    return (claim * _STANCES + stance) * 2 + reviewed


def _tag(code: int) -> TagRecord:
    claim, stance = divmod(code // 2, _STANCES)
    return claim, stance, code % 2


def tags_in(file: Sequence[str], passages: Mapping[int, int]) -> dict[int, Tags]:
    """The tags in such a file by slot; `passages` says how many each slot has."""
    counts, codes = map(numbers_in, file)
    return {
        slot: [tuple(_tag(next(codes)) for _ in range(next(counts))) for _ in range(passages[slot])]
        for slot in sorted(passages)
    }


def slots_with(names: Set[str], rows: Iterable[EssayRow]) -> dict[str, dict[int, int]]:
    """How many passages each essay has whose tags are in one of these files, by file and slot."""
    slots: dict[str, dict[int, int]] = {name: {} for name in names}
    for row in rows:
        if row.slot >= ESSAYS and (name := tag_file(row.slot)) in slots:
            slots[name][row.slot] = row.passages
    return slots
