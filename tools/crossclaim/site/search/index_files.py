"""The search's data as small files that a browser asks for one by one. Values only.

All are compressed JSON, since few hosts compress what they do not know, and read in the browser by
`assets/search/store.js`. Rows of numbers are characters in them.

- `index`: the names that facets list, who wrote which essay when, and where each shard begins;
- `words-<hash>`, `places-<hash>`: a shard, a range of the alphabet: the dictionary with its posting
  lists; positions, for phrases only;
- `tags-<number>`: the tags of the essays in a block of slots;
- `text-<slot>-<number>`: the document store, a few passages of an essay to be shown;
- `titles`, `spelling`: all titles; all words. Asked for only when needed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from crossclaim.language.stemmer import primary_language
from crossclaim.language.stopwords import ENDINGS, STOP_WORDS
from crossclaim.language.words import fold
from crossclaim.site.search.packing import character, encoded, numbers_in
from crossclaim.site.search.records import EssayRecord, PassageRecord, SearchRecords, TagRecord
from crossclaim.site.search.shards import Terms
from crossclaim.site.search.slots import CLAIMS

FOLDER = "assets/search/data"
_STORED_TOGETHER = 10  # passages whose texts share a file, at most
_TAGGED_TOGETHER = 512  # slots whose tags share a file; up to half of them are essays'

Tags = Sequence[tuple[TagRecord, ...]]


@dataclass(slots=True)
class EssayRow:
    """What is remembered of an essay, or of the claims' texts in one slot.

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
        "claims": [
            [name, label, theme, *([sentence] if sentence.rstrip(".") != label else [])]
            for name, label, theme, sentence in records.claims
        ],
    }


def languages_of(rows: Iterable[EssayRow]) -> dict[str, int]:
    """How many passages of essays there are in each language."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.slot >= CLAIMS:
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
    small = {fold(word) for word in STOP_WORDS.get(primary_language(main), ())}
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
    """The names of the files with an essay's texts, or the claims'."""
    files = -(-row.passages // _STORED_TOGETHER) if row.slot >= CLAIMS else 1
    return [f"text-{row.slot}-{number}" for number in range(files)]


def text_files(essay: EssayRecord, row: EssayRow) -> dict[str, dict[str, object]]:
    """The passages in order, a few a file: [id, text, language], and the essay's title."""
    names = text_names(row)
    each = _STORED_TOGETHER if row.slot >= CLAIMS else len(essay.passages)
    return {
        name: {
            "essay": [essay.id, essay.title, essay.date],
            "passages": [_shown(p) for p in essay.passages[number * each : (number + 1) * each]],
        }
        for number, name in enumerate(names)
    }


def _shown(passage: PassageRecord) -> list[str]:
    language = [passage.language] if passage.language else []
    return [passage.id, passage.text, *language]


def texts_in(file: Mapping[str, Any], own_language: str) -> list[tuple[str, str]]:
    """The texts in such a file, each with its language."""
    return [(text, *(language or [own_language])) for _, text, *language in file["passages"]]


def tag_file(slot: int) -> str:
    """The name of the file with an essay's tags."""
    return f"tags-{slot // _TAGGED_TOGETHER}"


def tag_sets(by_slot: Mapping[int, Tags]) -> dict[str, object]:
    """The different sets of tags, and one character a passage that names its set, by slot."""
    passages = [tags for slot in sorted(by_slot) for tags in by_slot[slot]]
    counts = Counter(passages)
    sets: list[tuple[TagRecord, ...]] = [tags for tags, _ in counts.most_common()]
    codes = {tags: character(number) for number, tags in enumerate(sets)}
    return {"sets": sets, "of": "".join(codes[tags] for tags in passages)}


def tags_in(file: Mapping[str, Any], passages: Mapping[int, int]) -> dict[int, Tags]:
    """The tags in such a file by slot; `passages` says how many each slot has."""
    sets = [tuple((tag[0], tag[1], tag[2]) for tag in tags) for tags in file["sets"]]
    numbers = numbers_in(file["of"])
    return {slot: [sets[next(numbers)] for _ in range(passages[slot])] for slot in sorted(passages)}


def slots_with(names: Set[str], rows: Iterable[EssayRow]) -> dict[str, dict[int, int]]:
    """How many passages each essay has whose tags are in one of these files, by file and slot."""
    slots: dict[str, dict[int, int]] = {name: {} for name in names}
    for row in rows:
        if row.slot >= CLAIMS and (name := tag_file(row.slot)) in slots:
            slots[name][row.slot] = row.passages
    return slots
