"""The search index as small files that a browser asks for one by one: paths to bytes. Pure.

All are JSON, compressed here since few hosts compress what they do not know, and read in the
browser by `assets/search/store.js`. Rows of numbers are characters in them, as `_character` says:

- `index`: the names that facets list, who wrote which essay when, and where each shard begins;
- `words-N`, `places-N`: a shard, a range of the alphabet: the dictionary with its posting lists;
  positions, for phrases only;
- `tags-N`: the tags of some thousand passages;
- `text-N`: the document store, a few passages to be shown;
- `titles`, `spelling`: all titles; all words. Asked for only when needed.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import sub

from crossclaim.language.stemmer import primary_language
from crossclaim.language.stopwords import ENDINGS, STOP_WORDS
from crossclaim.language.words import fold
from crossclaim.site.search.inverted_index import InvertedIndex, inverted_index
from crossclaim.site.search.records import PassageRecord, SearchRecords, TagRecord

FOLDER = "assets/search/data"
_SHARD_SIZE = 20_000  # of one file: letters of its words, and four for each record of theirs
_STORED_TOGETHER = 8  # passages whose texts share a file
_TAGGED_TOGETHER = 4096  # passages whose tags share a file, at most, unless one essay has more
_FIRST_CODE, _BACKSLASH = 35, 92  # code points for numbers begin after the quotation mark
_FIRST_SURROGATE, _SURROGATES = 0xD800, 0x800  # and leave out what stands for halves of others
_LAST_POINT = 0x10FFFF


def data_files(records: SearchRecords) -> dict[str, bytes]:
    """Every file of the search's data, by its path under the docs folder."""
    inverted = inverted_index(records.texts())
    shards, essay_ranges = list(_term_shards(inverted)), list(_essay_ranges(records))
    # Compressed one by one: as plain text they would be many times the collection.
    compressed = {
        name: _compressed(value)
        for contents in (
            _dictionary(inverted, shards),
            _tag_files(records, essay_ranges),
            _document_store(records),
            [("titles", [[essay.id, essay.title] for essay in records.essays])],
            [("spelling", _spelling(inverted, records.shown))],
        )
        for name, value in contents
    }
    first_terms, first_essays = [shard[0] for shard in shards], [first for first, _ in essay_ranges]
    index = _table_of_contents(records, inverted, first_terms, first_essays)
    index["version"] = _version(compressed, index)
    compressed["index"] = _compressed(index)
    return {f"{FOLDER}/{name}.idx": data for name, data in compressed.items()}


def _table_of_contents(
    records: SearchRecords, inverted: InvertedIndex, first_terms: list[str], first_essays: list[int]
) -> dict[str, object]:
    """What the browser reads first, but for the version."""
    essays = records.essays
    languages = Counter(p.language or records.language for e in essays for p in e.passages)
    main = max(languages, key=languages.__getitem__, default=records.language)
    small = {fold(word) for word in STOP_WORDS.get(primary_language(main), ())}
    listed = (ENDINGS.get(primary_language(tag), frozenset()) for tag in languages)
    endings = {fold(ending) for of_language in listed for ending in of_language}
    return {
        "starts": first_terms,
        "blocks": first_essays,
        "shown": _STORED_TOGETHER,
        "passages": [len(essay.passages) for essay in essays],
        "by": [essay.authors[0] if len(essay.authors) == 1 else essay.authors for essay in essays],
        "dates": [essay.sort_date for essay in essays],
        "authors": records.authors,
        "themes": records.themes,
        "claims": [
            [name, label, theme, *([sentence] if sentence.rstrip(".") != label else [])]
            for name, label, theme, sentence in records.claims
        ],
        # Only those of the language most passages are in: in another they may carry meaning.
        "small": " ".join(sorted(small & inverted.postings.keys())),
        "endings": " ".join(sorted(endings.union(inverted.endings))),
    }


def _version(compressed: dict[str, bytes], index: dict[str, object]) -> str:
    """Changes with the data, so that no browser mixes two builds."""
    digest = hashlib.sha256(_compressed(index))
    for name in sorted(compressed):
        digest.update(compressed[name])
    return digest.hexdigest()[:12]


def _compressed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 6, mtime=0)


def _term_shards(inverted: InvertedIndex) -> Iterator[list[str]]:
    """Forms and stems in the order in which a browser compares strings, cut into shards."""
    shard: list[str] = []
    size = 0
    postings = inverted.postings
    terms = postings.keys() | set(_listed_stems(inverted, inverted.forms_of))
    for term in sorted(terms, key=lambda term: term.encode("utf-16-be")):
        shard.append(term)
        size += len(term) + (4 * len(postings[term].records) if term in postings else 20)
        if size >= _SHARD_SIZE:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _listed_stems(inverted: InvertedIndex, terms: Iterable[str]) -> Iterator[str]:
    """The stems that say more than the form they are: those of several forms, or of another one."""
    for stem in terms:
        family = inverted.forms_of.get(stem, set())
        if len(family) > 1 or (family and stem not in inverted.postings):
            yield stem


def _dictionary(
    inverted: InvertedIndex, shards: list[list[str]]
) -> Iterator[tuple[str, dict[str, object]]]:
    """For each shard, its forms with their posting lists and its stems; then the positions."""
    for number, shard in enumerate(shards):
        forms = [term for term in shard if term in inverted.postings]
        yield (
            f"words-{number}",
            {
                "forms": {form: _posting_list(inverted, form) for form in forms},
                "stems": {
                    stem: sorted(inverted.forms_of[stem]) for stem in _listed_stems(inverted, shard)
                },
            },
        )
        yield f"places-{number}", {form: _positions(inverted, form) for form in forms}


def _posting_list(inverted: InvertedIndex, form: str) -> list[object]:
    """[steps from record to record, weights as digits, its stems, what it is written with as one].

    The last two are left out where there is nothing to say.
    """
    steps = _encoded(_steps(inverted.postings[form].records))
    families = inverted.stems_of.get(form, set())
    stems = sorted(stem for stem in families if len(inverted.forms_of[stem]) > 1)
    joined = inverted.joined_with.get(form, [])
    return [
        steps,
        inverted.weights(form),
        *([stems, joined] if joined else [stems] if stems else []),
    ]


def _positions(inverted: InvertedIndex, form: str) -> list[str]:
    """The positions of all records in a row, and how many each has, unless it is one each."""
    postings = inverted.postings[form]
    positions = _encoded(postings.positions)
    if len(postings.positions) == len(postings.records):
        return [positions]
    return [positions, _encoded(postings.frequencies)]


def _steps(numbers: Sequence[int]) -> Iterator[int]:
    """Rising numbers as the first of them and the differences after it, which compress better."""
    return chain(numbers[:1], map(sub, numbers[1:], numbers))


def _encoded(numbers: Iterable[int]) -> str:
    """Numbers as characters: less to write, to compress and to send than their digits."""
    return "".join(map(_character, numbers))


@cache
def _character(number: int) -> str:
    """A character that JSON and UTF-8 write as itself; there are a million of them."""
    point = _FIRST_CODE + number
    point += point >= _BACKSLASH
    point += _SURROGATES if point >= _FIRST_SURROGATE else 0
    return chr(min(point, _LAST_POINT))


def _essay_ranges(records: SearchRecords) -> Iterator[tuple[int, int]]:
    """Runs of essays, (first, one past the last), each with few enough passages for one file."""
    first, passages = 0, 0
    for number, essay in enumerate(records.essays):
        if passages and passages + len(essay.passages) > _TAGGED_TOGETHER:
            yield first, number
            first, passages = number, 0
        passages += len(essay.passages)
    if records.essays:
        yield first, len(records.essays)


def _tag_files(
    records: SearchRecords, essay_ranges: list[tuple[int, int]]
) -> Iterator[tuple[str, dict[str, object]]]:
    for number, (first, end) in enumerate(essay_ranges):
        passages = [p for essay in records.essays[first:end] for p in essay.passages]
        yield f"tags-{number}", _tag_sets(passages)


def _tag_sets(passages: list[PassageRecord]) -> dict[str, object]:
    """The different sets of tags, and one character a passage that names its set."""
    counts = Counter(passage.tags for passage in passages)
    sets: list[tuple[TagRecord, ...]] = [tags for tags, _ in counts.most_common()]
    codes = {tags: _character(number) for number, tags in enumerate(sets)}
    return {"sets": sets, "of": "".join(codes[passage.tags] for passage in passages)}


def _document_store(records: SearchRecords) -> Iterator[tuple[str, dict[str, object]]]:
    """The passages in order, a few a file: [essay, id, text, language], and the essays' titles."""
    passages = [(n, p) for n, essay in enumerate(records.essays) for p in essay.passages]
    for number, first in enumerate(range(0, len(passages), _STORED_TOGETHER)):
        stored = passages[first : first + _STORED_TOGETHER]
        rows = [[n, p.id, p.text, *([p.language] if p.language else [])] for n, p in stored]
        essays = {n: records.essays[n] for n, _ in stored}
        titles = {n: [essay.id, essay.title, essay.date] for n, essay in essays.items()}
        yield f"text-{number}", {"passages": rows, "essays": titles}


def _spelling(inverted: InvertedIndex, shown: int) -> list[object]:
    """All words but numbers and single letters, as mostly written, and how common each is.

    Without those that no text has but the claims' `also`: they are there to be looked for, and
    never shown.
    """
    forms = [
        form
        for form in sorted(inverted.spelling)
        if len(form) > 2 and not form.isdigit() and inverted.postings[form].records[0] < shown
    ]
    spellings = " ".join(inverted.spelling[form] for form in forms)
    return [spellings, [len(inverted.postings[form].records) for form in forms]]
