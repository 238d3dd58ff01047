"""The records as small files that a browser asks for one by one: paths to bytes. Pure.

All are JSON, compressed here since few hosts compress what they do not know, and read in the
browser by `assets/search/store.js`:

- `index`: the names that facets list, who wrote which essay when, and where the words are;
- `words-N`, `places-N`: a stretch of the alphabet: where each word stands; places for phrases only;
- `tags-N`: the tags of some thousand passages;
- `text-N`: a few passages to be shown;
- `titles`, `spelling`: all titles; all words. Asked for only when needed.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from crossclaim.language.stopwords import ENDINGS, STOP_WORDS
from crossclaim.language.words import fold
from crossclaim.site.search.records import Found, Mark, Records
from crossclaim.site.search.vocabulary import Vocabulary, read

FOLDER = "assets/search/data"
_STRETCH = 20_000  # characters of words and numbers in one file, before compression
_SHOWN = 5  # passages whose texts share a file
_BLOCK = 4096  # passages whose tags share a file, at most, unless one essay has more
_FIRST, _QUOTE, _STROKE = 35, 34, 92  # code points for tags begin after the quotation mark


def data_files(records: Records) -> dict[str, bytes]:
    """Every file of the search's data, by its path under the docs folder."""
    vocabulary = read(list(records.texts()))
    stretches, blocks = list(_stretches(vocabulary)), list(_blocks(records))
    # Packed one by one: unpacked they would be many times the collection.
    packed = {
        name: _packed(value)
        for contents in (
            _words(vocabulary, stretches),
            _tag_blocks(records, blocks),
            _texts(records),
            [("titles", [[shelf.id, shelf.title] for shelf in records.shelves])],
            [("spelling", _spelling(vocabulary))],
        )
        for name, value in contents
    }
    index = _index(records, vocabulary, [s[0] for s in stretches], [start for start, _ in blocks])
    index["version"] = _version(packed, index)
    packed["index"] = _packed(index)
    return {f"{FOLDER}/{name}.idx": data for name, data in packed.items()}


def _words(vocabulary: Vocabulary, stretches: list[list[str]]) -> Iterator[tuple[str, object]]:
    for at, stretch in enumerate(stretches):
        words = [form for form in stretch if form in vocabulary.words]
        yield (
            f"words-{at}",
            {
                "forms": {form: _word(vocabulary, form) for form in words},
                "stems": {
                    stem: sorted(vocabulary.stems[stem]) for stem in _told(vocabulary, stretch)
                },
            },
        )
        yield f"places-{at}", {form: _places(vocabulary, form) for form in words}


def _tag_blocks(
    records: Records, blocks: list[tuple[int, int]]
) -> Iterator[tuple[str, dict[str, object]]]:
    for at, block in enumerate(blocks):
        passages = [p for shelf in records.shelves[slice(*block)] for p in shelf.passages]
        yield f"tags-{at}", _tags(passages)


def _told(vocabulary: Vocabulary, stretch: list[str]) -> Iterator[str]:
    """The stems that tell more than the form they are: families, and what is no word itself."""
    for stem in stretch:
        family = vocabulary.stems.get(stem, set())
        if len(family) > 1 or (family and stem not in vocabulary.words):
            yield stem


def _index(
    records: Records, vocabulary: Vocabulary, starts: list[str], blocks: list[int]
) -> dict[str, object]:
    shelves = records.shelves
    spoken = Counter(p.language or records.language for s in shelves for p in s.passages)
    most = max(spoken, key=spoken.__getitem__, default=records.language)
    small = {fold(word) for word in STOP_WORDS.get(_tongue(most), ())}
    known = (ENDINGS.get(_tongue(language), frozenset()) for language in spoken)
    endings = {fold(ending) for of_one in known for ending in of_one}
    return {
        "starts": starts,
        "blocks": blocks,
        "shown": _SHOWN,
        "passages": [len(shelf.passages) for shelf in shelves],
        "by": [shelf.authors[0] if len(shelf.authors) == 1 else shelf.authors for shelf in shelves],
        "dates": [shelf.when for shelf in shelves],
        "authors": records.authors,
        "themes": records.themes,
        "claims": records.claims,
        # Only those of the language most passages are in: in another they may be telling.
        "small": " ".join(sorted(small & vocabulary.words.keys())),
        "endings": " ".join(sorted(endings.union(vocabulary.endings))),
    }


def _tongue(language: str) -> str:
    """A language without its country: “en” for “en-GB”."""
    return language.split("-")[0].casefold()


def _version(packed: dict[str, bytes], index: dict[str, object]) -> str:
    """Changes with the data, so that no browser mixes two builds."""
    digest = hashlib.sha256(_packed(index))
    for name in sorted(packed):
        digest.update(packed[name])
    return digest.hexdigest()[:12]


def _packed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _stretches(vocabulary: Vocabulary) -> Iterator[list[str]]:
    """Forms and stems in the order in which a browser compares strings, cut into stretches."""
    stretch: list[str] = []
    size = 0
    words = vocabulary.words
    names = words.keys() | set(_told(vocabulary, list(vocabulary.stems)))
    for name in sorted(names, key=lambda name: name.encode("utf-16-be")):
        stretch.append(name)
        size += len(name) + (4 * len(words[name].records) if name in words else 20)
        if size >= _STRETCH:
            yield stretch
            stretch, size = [], 0
    if stretch:
        yield stretch


def _word(vocabulary: Vocabulary, form: str) -> list[object]:
    """[steps from record to record, weights as digits, its stems, what it is written with as one].

    The last two are left out where there is nothing to say.
    """
    records = vocabulary.words[form].records
    steps = [records[0], *(b - a for a, b in pairwise(records))]
    entry: list[object] = [steps, "".join(map(str, vocabulary.weights(form)))]
    families = vocabulary.stems_of.get(form, set())
    stems = sorted(stem for stem in families if len(vocabulary.stems[stem]) > 1)
    joined = vocabulary.joined.get(form, [])
    return [*entry, stems, joined] if joined else [*entry, stems] if stems else entry


def _places(vocabulary: Vocabulary, form: str) -> list[list[int]]:
    """For each record, the steps from place to place."""
    word = vocabulary.words[form]
    found, at = [], 0
    for count in word.counts:
        places = word.places[at : at + count]
        found.append([places[0], *(b - a for a, b in pairwise(places))])
        at += count
    return found


def _blocks(records: Records) -> Iterator[tuple[int, int]]:
    """Runs of essays, (first, one past the last), each with few enough passages for one file."""
    first, passages = 0, 0
    for at, shelf in enumerate(records.shelves):
        if passages and passages + len(shelf.passages) > _BLOCK:
            yield first, at
            first, passages = at, 0
        passages += len(shelf.passages)
    if records.shelves:
        yield first, len(records.shelves)


def _tags(passages: list[Found]) -> dict[str, object]:
    """The different sets of tags, and one character a passage that names its set."""
    counted = Counter(passage.tags for passage in passages)
    kinds = {tags: at for at, (tags, _) in enumerate(counted.most_common())}
    signs = "".join(_sign(kinds[passage.tags]) for passage in passages)
    sets: list[tuple[Mark, ...]] = list(kinds)
    return {"sets": sets, "of": signs}


def _sign(number: int) -> str:
    """A character that JSON writes as itself; surrogates begin after 55,000 of them."""
    point = _FIRST + number
    return chr(point if point < _STROKE else point + 1)


def _texts(records: Records) -> Iterator[tuple[str, object]]:
    """The passages in order, a few a file: [essay, id, text, language], and the essays' titles."""
    rows: list[list[object]] = []
    about: dict[int, list[str]] = {}
    at = 0
    for number, shelf in enumerate(records.shelves):
        for passage in shelf.passages:
            row: list[object] = [number, passage.id, passage.text]
            rows.append([*row, passage.language] if passage.language else row)
            about[number] = [shelf.id, shelf.title, shelf.date]
            if len(rows) == _SHOWN:
                yield f"text-{at}", {"passages": rows, "essays": about}
                rows, about, at = [], {}, at + 1
    if rows:
        yield f"text-{at}", {"passages": rows, "essays": about}


def _spelling(vocabulary: Vocabulary) -> list[object]:
    """All words but numbers and single letters, as mostly written, and how common each is."""
    known = [f for f in sorted(vocabulary.spelling) if len(f) > 2 and not f.isdigit()]
    written = " ".join(vocabulary.spelling[form] for form in known)
    return [written, [len(vocabulary.words[form].records) for form in known]]
