"""The inverted index: for every form of a word, its posting list. Values only.

Texts are many and their words few: the words of a text are only counted through, and whatever there
is to know of a word is worked out once for all its occurrences.

The weight of a form in a record is the part of BM25 that does not depend on the query (Robertson
and Zaragoza, “The Probabilistic Relevance Framework”, 2009), in quarters, so that the browser has
nothing to divide.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat

from crossclaim.language.stemmer import STEMMERS, primary_language, stem
from crossclaim.language.words import PARTS, Form, forms, whole_words

_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b; paragraphs differ less in length than pages
_QUARTERS, _MAX_WEIGHT = 4, 9
_MIN_PART = 3  # letters; “a” and “way” are not “away”
_MIN_ENDING_COUNT = 2
LATER_PARTS = 1 << 16
_LAST_POSITION = 60_000  # that of all words beyond it; they are found, but in no phrase


@dataclass(frozen=True, slots=True)
class PostingList:
    """One form's postings: the records that have it, how often, and where, record by record.

    `positions` count a record's words from 0. That of a compound's later part is its place beyond
    `LATER_PARTS`, so that most are small.
    """

    records: "array[int]"
    frequencies: "array[int]"
    positions: "array[int]"


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

    def weights(self, form: str) -> str:
        """The form's weight in each of its records, a digit from 1 to 9, in their order."""
        postings = self.postings[form]
        lengths = map(self.lengths.__getitem__, postings.records)
        return "".join(map(_weight, postings.frequencies, lengths, repeat(self.mean_length)))


@cache
def _weight(frequency: int, length: int, mean_length: float) -> str:
    share = frequency * (_SATURATION + 1)
    share /= frequency + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean_length)
    return str(min(_MAX_WEIGHT, max(1, round(share * _QUARTERS))))


def inverted_index(texts: Iterable[tuple[str, str]]) -> InvertedIndex:
    """The inverted index of texts, each with its language; records are numbered in their order."""
    words, axis = _read(texts)
    sources = _sources(words)
    joined_with = _joinable_pairs(sources.keys())
    for form, source in _joined_pairs(words, joined_with, axis):
        sources[form].append(source)
    postings = {form: _posting_list(of_form, axis) for form, of_form in sources.items()}
    lengths = _lengths(chain.from_iterable(sources.values()), axis)
    forms_of = _forms_by_stem(words)
    stems_of: dict[str, set[str]] = defaultdict(set)
    for shared, family in forms_of.items():
        for name in family:
            stems_of[name].add(shared)
    return InvertedIndex(
        postings=postings,
        forms_of=forms_of,
        stems_of=dict(stems_of),
        endings=_endings(forms_of),
        joined_with=joined_with,
        spelling=_usual_spellings(words),
        lengths=lengths,
        mean_length=sum(lengths) / max(len(lengths), 1) or 1.0,
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written, in one language: its forms, and its numbers.

    Words are numbered through all texts, so that a number is one place in one of them.
    """

    language: str
    forms: tuple[Form, ...]
    numbers: "array[int]"


@dataclass(frozen=True, slots=True)
class _Axis:
    """The words of all texts in a row: which record each is in, and which of its words it is."""

    records: int
    record: "array[int]"
    position: "array[int]"

    def next_word(self, number: int, silent: Set[int]) -> int:
        """The next word of the same record that is not silent; -1 where there is none."""
        number += 1
        while number < len(self.position) and self.position[number]:
            if number not in silent:
                return number
            number += 1
        return -1


# A form's source: the words' numbers, and which part of each of them the form is.
_Source = tuple["array[int]", int]


def _read(texts: Iterable[tuple[str, str]]) -> tuple[list[_Word], _Axis]:
    """All words of the texts, each once; this alone is done text by text."""
    languages: dict[str, dict[str, array[int]]] = {}
    record, position, records = _numbers(), _numbers(), 0
    for text, tag in texts:
        of_language = languages.setdefault(primary_language(tag), defaultdict(_numbers))
        words = whole_words(text)
        for number, word in enumerate(words, len(record)):
            of_language[word].append(number)
        record.extend(array("I", (records,)) * len(words))
        position.extend(range(min(len(words), _LAST_POSITION)))
        position.extend((_LAST_POSITION,) * (len(words) - _LAST_POSITION))
        records += 1
    read = [
        _Word(language, tuple(forms(word)), numbers)
        for language, of_language in languages.items()
        for word, numbers in of_language.items()
    ]
    return read, _Axis(records, record, position)


def _numbers() -> "array[int]":
    return array("I")


def _sources(words: Iterable[_Word]) -> dict[str, list[_Source]]:
    sources: dict[str, list[_Source]] = defaultdict(list)
    for word in words:
        for form in word.forms:
            sources[form.form].append((word.numbers, form.place))
    return sources


def _posting_list(sources: Sequence[_Source], axis: _Axis) -> PostingList:
    if any(part for _, part in sources):
        places = sorted(n * PARTS + part for numbers, part in sources for n in numbers)
        numbers = [place // PARTS for place in places]
        positions = array("I", (_position(place, axis) for place in places))
    else:
        numbers = [*sources[0][0]] if len(sources) == 1 else sorted(_all_numbers(sources))
        positions = array("I", map(axis.position.__getitem__, numbers))
    frequencies = Counter(map(axis.record.__getitem__, numbers))
    return PostingList(array("I", frequencies), array("I", frequencies.values()), positions)


def _position(place: int, axis: _Axis) -> int:
    number, part = divmod(place, PARTS)
    position = axis.position[number]
    return LATER_PARTS + position * PARTS + part if part else position


def _lengths(sources: Iterable[_Source], axis: _Axis) -> "array[int]":
    lengths = Counter(map(axis.record.__getitem__, _all_numbers(sources)))
    return array("I", map(lengths.__getitem__, range(axis.records)))


def _all_numbers(sources: Iterable[_Source]) -> Iterator[int]:
    return chain.from_iterable(numbers for numbers, _ in sources)


def _joinable_pairs(known: Iterable[str]) -> dict[str, list[str]]:
    """Pairs of words that also stand as one: “front” to “line”, if there is a “frontline”."""
    names = set(known)
    pairs: dict[str, list[str]] = defaultdict(list)
    for whole in sorted(names):
        for cut in range(_MIN_PART, len(whole) - _MIN_PART + 1):
            if whole[:cut] in names and whole[cut:] in names:
                pairs[whole[:cut]].append(whole[cut:])
    return dict(pairs)


def _joined_pairs(
    words: Sequence[_Word], joined_with: dict[str, list[str]], axis: _Axis
) -> Iterator[tuple[str, _Source]]:
    """The form of two words in a row that are somewhere written as one, and where it stands."""
    silent: set[int] = set()
    begins: dict[str, list[array[int]]] = defaultdict(list)
    ends: dict[str, list[_Source]] = defaultdict(list)
    for word in words:
        parts = [form for form in word.forms if not form.whole]
        if parts:
            begins[parts[0].form].append(word.numbers)
            ends[parts[-1].form].append((word.numbers, parts[-1].place))
        else:
            silent.update(word.numbers)
    for one, others in joined_with.items():
        before = {axis.next_word(n, silent): (n, part) for ns, part in ends[one] for n in ns}
        for other in others:
            firsts = (before[n] for n in chain.from_iterable(begins[other]) if n in before)
            for part, numbers in _by_part(firsts).items():
                yield one + other, (numbers, part)


def _by_part(firsts: Iterable[tuple[int, int]]) -> dict[int, "array[int]"]:
    by_part: dict[int, array[int]] = defaultdict(_numbers)
    for number, part in firsts:
        by_part[part].append(number)
    return by_part


def _forms_by_stem(words: Iterable[_Word]) -> dict[str, set[str]]:
    """The forms of every stem, folded, each stemmed in the language it stands in."""
    forms_of: dict[str, set[str]] = defaultdict(set)
    for word in words:
        if word.language in STEMMERS:
            for form in word.forms:
                forms_of[stem(form.written.lower(), word.language)].add(form.form)
    forms_of.pop("", None)
    return dict(forms_of)


def _endings(forms_of: dict[str, set[str]]) -> tuple[str, ...]:
    """What words of the collection have beyond their stems; such as few have are accidents."""
    counts = Counter(
        form.removeprefix(stem)
        for stem, family in forms_of.items()
        for form in family
        if form.startswith(stem)
    )
    return tuple(sorted(e for e, count in counts.items() if e and count >= _MIN_ENDING_COUNT))


def _usual_spellings(words: Iterable[_Word]) -> dict[str, str]:
    """How each form is mostly written; compounds written as one are left to their parts."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for word in words:
        for form in word.forms:
            if not form.whole:
                ways = counts[form.form]
                ways[form.written] = ways.get(form.written, 0) + len(word.numbers)
    return {form: min(ways, key=lambda way: (-ways[way], way)) for form, ways in counts.items()}
