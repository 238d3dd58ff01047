"""The inverted index: for every word, the records that have it. Values only.

The weight of a word in a record is the part of BM25 that does not depend on the query (Robertson
and Zaragoza, “The Probabilistic Relevance Framework”, 2009), in quarters, so that the browser has
nothing to divide.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crossclaim.language.stemmer import STEMMERS, stem
from crossclaim.language.words import PARTS, Form, fold, forms, written_words

_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b; paragraphs differ less in length than pages
_QUARTERS, _MOST = 4, 9
_SHORTEST_PART = 3  # letters; “a” and “way” are not “away”
_COMMON_ENDING = 2


@dataclass(slots=True)
class Word:
    """One form: the records that have it, how often, and at which places; all in order."""

    records: "array[int]" = field(default_factory=lambda: array("I"))
    counts: "array[int]" = field(default_factory=lambda: array("H"))
    places: "array[int]" = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every form that the records hold.

    `stems` says of a stem which forms have it, and `stems_of` the reverse; `endings` is what forms
    have beyond their stems. `joined` says of a form which others follow it in a form that somebody
    writes as one word. `spelling` is how a form is mostly written. `lengths` are the records' in
    forms, `usual` their mean.
    """

    words: dict[str, Word]
    stems: dict[str, set[str]]
    stems_of: dict[str, set[str]]
    endings: tuple[str, ...]
    joined: dict[str, list[str]]
    spelling: dict[str, str]
    lengths: "array[int]"
    usual: float

    def weights(self, form: str) -> Iterator[int]:
        """The form's weight in each of its records, from 1 to 9, in the order of its records."""
        word = self.words[form]
        for record, count in zip(word.records, word.counts, strict=True):
            long = 1 - _LENGTH + _LENGTH * self.lengths[record] / self.usual
            share = count * (_SATURATION + 1) / (count + _SATURATION * long)
            yield min(_MOST, max(1, round(share * _QUARTERS)))


def read(texts: Sequence[tuple[str, str]]) -> Vocabulary:
    """The vocabulary of texts, each with its language; a text's record is its place in the row.

    The texts are gone through twice, since no record's words can be told before all are known.
    """
    met = _written(texts)
    joined = _joined({fold(word) for ways in met.values() for word, _ in ways} - {""})
    words: dict[str, Word] = defaultdict(Word)
    lengths = array("I")
    for record, (text, _) in enumerate(texts):
        at: dict[str, list[int]] = defaultdict(list)
        for found in _with_pairs(list(forms(text)), joined):
            at[found.form].append(found.place)
        for form, places in at.items():
            entry = words[form]
            entry.records.append(record)
            entry.counts.append(min(len(places), 0xFFFF))
            entry.places.extend(places[:0xFFFF])
        lengths.append(sum(map(len, at.values())))
    stems = _stems(met)
    stems_of: dict[str, set[str]] = defaultdict(set)
    for shared, family in stems.items():
        for form in family:
            stems_of[form].add(shared)
    return Vocabulary(
        words=dict(words),
        stems=stems,
        stems_of=dict(stems_of),
        endings=_endings(stems),
        joined=joined,
        spelling=_spelling(met),
        lengths=lengths,
        usual=sum(lengths) / max(len(lengths), 1) or 1.0,
    )


# Every word as it is written, by language, and how often; True for a compound written as one.
_Written = dict[str, Counter[tuple[str, bool]]]


def _written(texts: Iterable[tuple[str, str]]) -> _Written:
    counted: _Written = defaultdict(Counter)
    for text, language in texts:
        counted[language.split("-")[0].casefold()].update(written_words(text))
    return dict(counted)


def _joined(known: set[str]) -> dict[str, list[str]]:
    """Pairs of words that are also met as one: “front” to “line”, if there is a “frontline”."""
    pairs: dict[str, list[str]] = defaultdict(list)
    for whole in sorted(known):
        for cut in range(_SHORTEST_PART, len(whole) - _SHORTEST_PART + 1):
            if whole[:cut] in known and whole[cut:] in known:
                pairs[whole[:cut]].append(whole[cut:])
    return dict(pairs)


def _with_pairs(met: list[Form], joined: dict[str, list[str]]) -> Iterator[Form]:
    """The forms, and with two words that somebody writes as one, that one."""
    yield from met
    single = [form for form in met if not form.whole]
    for one, other in pairwise(single):
        if other.place // PARTS > one.place // PARTS and other.form in joined.get(one.form, ()):
            yield Form(one.form + other.form, one.written + other.written, one.place, whole=True)


def _stems(met: _Written) -> dict[str, set[str]]:
    """The forms of every stem, folded, in whatever language they were met in."""
    stems: dict[str, set[str]] = defaultdict(set)
    for language, ways in met.items():
        if language in STEMMERS:
            for word in {word for word, _ in ways}:
                stems[stem(word, language)].add(fold(word))
    return {name: family - {""} for name, family in stems.items() if name and family - {""}}


def _endings(stems: dict[str, set[str]]) -> tuple[str, ...]:
    """What words of the collection have beyond their stems; such as few have are accidents."""
    counted = Counter(
        form.removeprefix(stem)
        for stem, family in stems.items()
        for form in family
        if form.startswith(stem)
    )
    return tuple(sorted(e for e, times in counted.items() if e and times >= _COMMON_ENDING))


def _spelling(met: _Written) -> dict[str, str]:
    """How each form is mostly written; compounds written as one are left to their parts."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for ways in met.values():
        for (word, whole), times in ways.items():
            if not whole and fold(word):
                counted[fold(word)][word] += times
    return {form: min(ways, key=lambda way: (-ways[way], way)) for form, ways in counted.items()}
