"""The inverted index: for every form of a word, its posting list. Values only.

The weight of a form in a record is the part of BM25 that does not depend on the query (Robertson
and Zaragoza, “The Probabilistic Relevance Framework”, 2009), in quarters, so that the browser has
nothing to divide.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crossclaim.language.stemmer import STEMMERS, primary_language, stem
from crossclaim.language.words import PARTS, Form, fold, forms, written_words

_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b; paragraphs differ less in length than pages
_QUARTERS, _MAX_WEIGHT = 4, 9
_MIN_PART = 3  # letters; “a” and “way” are not “away”
_MIN_ENDING_COUNT = 2


@dataclass(slots=True)
class PostingList:
    """One form's postings: the records that have it, how often, and its positions; all in order."""

    records: "array[int]" = field(default_factory=lambda: array("I"))
    frequencies: "array[int]" = field(default_factory=lambda: array("H"))
    positions: "array[int]" = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """The posting list of every form in the records, and what is known of the forms.

    `forms_of` names the forms that share a stem, `stems_of` the reverse; `endings` is what forms
    have beyond their stems. `joined_with` lists the second halves with which a form is somewhere
    written as one word. `spelling` is how a form is mostly written. `lengths` are the records' in
    forms, `mean_length` their mean.
    """

    postings: dict[str, PostingList]
    forms_of: dict[str, set[str]]
    stems_of: dict[str, set[str]]
    endings: tuple[str, ...]
    joined_with: dict[str, list[str]]
    spelling: dict[str, str]
    lengths: "array[int]"
    mean_length: float

    def weights(self, form: str) -> Iterator[int]:
        """The form's weight in each of its records, from 1 to 9, in the order of its records."""
        postings = self.postings[form]
        for record, frequency in zip(postings.records, postings.frequencies, strict=True):
            length = 1 - _LENGTH + _LENGTH * self.lengths[record] / self.mean_length
            share = frequency * (_SATURATION + 1) / (frequency + _SATURATION * length)
            yield min(_MAX_WEIGHT, max(1, round(share * _QUARTERS)))


def inverted_index(texts: Sequence[tuple[str, str]]) -> InvertedIndex:
    """The inverted index of texts, each with its language; a text's record is its place in the row.

    The texts are gone through twice, since a record has the joined spelling of two words only if
    that spelling stands in some record.
    """
    spellings = _count_spellings(texts)
    known = {fold(word) for counts in spellings.values() for word, _ in counts} - {""}
    joined_with = _joinable_pairs(known)
    postings: dict[str, PostingList] = defaultdict(PostingList)
    lengths = array("I")
    for record, (text, _) in enumerate(texts):
        positions_of: dict[str, list[int]] = defaultdict(list)
        for form in _with_joined_pairs(list(forms(text)), joined_with):
            positions_of[form.form].append(form.place)
        for name, positions in positions_of.items():
            entry = postings[name]
            entry.records.append(record)
            entry.frequencies.append(min(len(positions), 0xFFFF))
            entry.positions.extend(positions[:0xFFFF])
        lengths.append(sum(map(len, positions_of.values())))
    forms_of = _forms_by_stem(spellings)
    stems_of: dict[str, set[str]] = defaultdict(set)
    for shared, family in forms_of.items():
        for name in family:
            stems_of[name].add(shared)
    return InvertedIndex(
        postings=dict(postings),
        forms_of=forms_of,
        stems_of=dict(stems_of),
        endings=_endings(forms_of),
        joined_with=joined_with,
        spelling=_usual_spellings(spellings),
        lengths=lengths,
        mean_length=sum(lengths) / max(len(lengths), 1) or 1.0,
    )


# By language: every word as it is written, and how often; True for a compound written as one.
_Spellings = dict[str, Counter[tuple[str, bool]]]


def _count_spellings(texts: Iterable[tuple[str, str]]) -> _Spellings:
    counts: _Spellings = defaultdict(Counter)
    for text, language in texts:
        counts[primary_language(language)].update(written_words(text))
    return dict(counts)


def _joinable_pairs(known: set[str]) -> dict[str, list[str]]:
    """Pairs of words that also stand as one: “front” to “line”, if there is a “frontline”."""
    pairs: dict[str, list[str]] = defaultdict(list)
    for whole in sorted(known):
        for cut in range(_MIN_PART, len(whole) - _MIN_PART + 1):
            if whole[:cut] in known and whole[cut:] in known:
                pairs[whole[:cut]].append(whole[cut:])
    return dict(pairs)


def _with_joined_pairs(
    of_text: Sequence[Form], joined_with: dict[str, list[str]]
) -> Iterator[Form]:
    """The forms of a text, and for two words that are somewhere written as one, that one."""
    yield from of_text
    single = [form for form in of_text if not form.whole]
    for one, other in pairwise(single):
        if other.place // PARTS > one.place // PARTS and other.form in joined_with.get(
            one.form, ()
        ):
            yield Form(one.form + other.form, one.written + other.written, one.place, whole=True)


def _forms_by_stem(spellings: _Spellings) -> dict[str, set[str]]:
    """The forms of every stem, folded, each stemmed in the language it stands in."""
    forms_of: dict[str, set[str]] = defaultdict(set)
    for language, counts in spellings.items():
        if language in STEMMERS:
            for word in {word for word, _ in counts}:
                forms_of[stem(word, language)].add(fold(word))
    return {name: family - {""} for name, family in forms_of.items() if name and family - {""}}


def _endings(forms_of: dict[str, set[str]]) -> tuple[str, ...]:
    """What words of the collection have beyond their stems; such as few have are accidents."""
    counts = Counter(
        form.removeprefix(stem)
        for stem, family in forms_of.items()
        for form in family
        if form.startswith(stem)
    )
    return tuple(sorted(e for e, count in counts.items() if e and count >= _MIN_ENDING_COUNT))


def _usual_spellings(spellings: _Spellings) -> dict[str, str]:
    """How each form is mostly written; compounds written as one are left to their parts."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for of_language in spellings.values():
        for (word, whole), count in of_language.items():
            if not whole and fold(word):
                counts[fold(word)][word] += count
    return {form: min(ways, key=lambda way: (-ways[way], way)) for form, ways in counts.items()}
