"""The inverted index: for every form of a word, its posting list. Values only.

Texts are many and their words few: the words of a text are only counted through, and whatever there
is to know of a word is worked out once for all its occurrences. The index of one essay holds what
the index of all says of it, so that an essay can be taken out and put in again.

The weight of a form in a record is the part of BM25 that does not depend on the query (Robertson
and Zaragoza, “The Probabilistic Relevance Framework”, 2009), in quarters, so that the browser has
nothing to divide. The mean length it compares with is rounded to steps of a fifth, so that an essay
more does not change the weights in all others.
"""

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from crossclaim.language.abbreviations import abbreviations
from crossclaim.language.stemmer import primary_language
from crossclaim.language.stopwords import STOP_WORDS
from crossclaim.language.words import PARTS, Form, forms, whole_words
from crossclaim.site.search.packing import character, encoded, numbers_in, steps

_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b; paragraphs differ less in length than pages
_QUARTERS, _MAX_WEIGHT = 4, 9
_FIRST_WEIGHTS, _FURTHER_WEIGHTS = "0123456789", "`abcdefghi"
_OF_ONE_SLOT = re.compile("[1-9][a-i]*")
_STEPS_OF_MEAN = 4  # to its double
LATER_PARTS = 1 << 16
_LAST_POSITION = 60_000  # that of all words beyond it; they are found, but in no phrase
_ONE = character(1)


class Text(NamedTuple):
    """A text in a language; `deciding` are the starts and ends of words that count twice."""

    words: str
    language: str
    deciding: tuple[tuple[int, int], ...] = ()


# Texts of a slot, in order.
Texts = Sequence[Text]
# Second halves with which a form is somewhere written as one word.
Joinable = Mapping[str, Sequence[str]]


class Postings(NamedTuple):
    """One form's posting list, as it is written; rows of numbers are characters.

    `slots`: the steps from slot to slot that have it. For each record: `steps` from record to
    record, of each slot anew from 0, and `weights`, of which a digit begins a slot's records and
    letters go on (1 is as much as a). `positions` count a record's words from 0; that of a
    compound's later part is its place beyond `LATER_PARTS`, so that most are small. `frequencies`
    are how many positions each record has, or "" where all have one.
    """

    slots: str
    steps: str
    weights: str
    positions: str
    frequencies: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, in one language: its forms, and its numbers.

    Words are numbered through all texts, so that a number is one place in one of them.
    """

    language: str
    forms: tuple[Form, ...]
    numbers: "array[int]"


# A form's source: the words' numbers, and which part of each of them the form is.
_Source = tuple["array[int]", int]


class InvertedIndex:
    """The inverted index of texts in slots; the slots rise.

    Of words it knows only which there are until `join` and `weigh` have told what depends on all.
    """

    def __init__(self, texts: Iterable[tuple[int, Texts]]) -> None:
        self._record, self._position = array("I"), array("H")
        self._slot, self._within, self._length = array("I"), array("I"), array("I")
        self._slot_ends: list[tuple[int, int]] = []  # (slot, its last word's number + 1)
        self._deciding: set[int] = set()  # numbers of words
        self.words = self._read(texts)
        self.sources: dict[str, list[_Source]] = defaultdict(list)
        for word in self.words:
            for form in word.forms:
                self.sources[form.form].append((word.numbers, form.place))
            if len(word.forms) != 1:
                for number in word.numbers:
                    self._length[self._record[number]] += len(word.forms) - 1
        self._mean = 1.0

    def _read(self, texts: Iterable[tuple[int, Texts]]) -> list[Word]:
        """All words of the texts, each once; this alone is done text by text."""
        languages: dict[str, dict[str, array[int]]] = {}
        short: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(_numbers))
        for slot, of_slot in texts:
            for within, text in enumerate(of_slot):
                tag = primary_language(text.language)
                of_language = languages.setdefault(tag, defaultdict(_numbers))
                words = whole_words(text.words)
                before = len(self._record)
                self._deciding.update(_deciding_words(text, before))
                for number, form in abbreviations(words, STOP_WORDS.get(tag, frozenset())):
                    short[tag][form].append(before + number)
                for number, word in enumerate(words, len(self._record)):
                    of_language[word].append(number)
                self._record.extend(array("I", (len(self._slot),)) * len(words))
                self._position.extend(range(min(len(words), _LAST_POSITION)))
                self._position.extend((_LAST_POSITION,) * (len(words) - _LAST_POSITION))
                self._slot.append(slot)
                self._within.append(within)
                self._length.append(len(words))
            self._slot_ends.append((slot, len(self._record)))
        written = [
            Word(language, _forms(word), numbers)
            for language, of_language in languages.items()
            for word, numbers in of_language.items()
        ]
        abbreviated = [
            Word(language, (Form(form, "", 0, whole=True),), array("I", sorted({*numbers})))
            for language, of_language in short.items()
            for form, numbers in of_language.items()
        ]
        return written + abbreviated

    def lengths(self) -> dict[int, int]:
        """How many forms the records of each slot have together."""
        lengths: Counter[int] = Counter()
        for slot, length in zip(self._slot, self._length, strict=True):
            lengths[slot] += length
        return lengths

    def weigh(self, mean_length: float) -> None:
        """Weights are to be told by this mean length of records in forms."""
        self._mean = mean_length

    def join(self, joinable: Joinable) -> None:
        """Two words in a row that are somewhere written as one stand for that as well."""
        silent: set[int] = set()
        begins: dict[str, list[array[int]]] = defaultdict(list)
        ends: dict[str, list[_Source]] = defaultdict(list)
        for word in self.words:
            parts = [form for form in word.forms if not form.whole]
            if parts:
                begins[parts[0].form].append(word.numbers)
                ends[parts[-1].form].append((word.numbers, parts[-1].place))
            elif not word.forms or word.forms[0].written:
                silent.update(word.numbers)
        for one in ends.keys() & joinable.keys():
            before = {self._next_word(n, silent): (n, part) for ns, part in ends[one] for n in ns}
            for other in joinable[one]:
                numbers = chain.from_iterable(begins.get(other, ()))
                firsts = [before[n] for n in numbers if n in before]
                for part, of_part in _by_part(firsts).items():
                    self.sources[one + other].append((array("I", sorted(of_part)), part))

    def _next_word(self, number: int, silent: Set[int]) -> int:
        """The next word of the same record that is not silent; -1 where there is none."""
        number += 1
        while number < len(self._position) and self._position[number]:
            if number not in silent:
                return number
            number += 1
        return -1

    def occurrences(self, form: str) -> int:
        """How often a form stands in all records."""
        return sum(len(numbers) for numbers, _ in self.sources[form])

    def occurrences_in(self, form: str, slots: range) -> int:
        """How often it stands in some slots."""
        first, end = self._numbers_of(slots)
        return sum(
            bisect_left(numbers, end) - bisect_left(numbers, first)
            for numbers, _ in self.sources[form]
        )

    def _numbers_of(self, slots: range) -> tuple[int, int]:
        """The first number of the words in some slots, and that after the last."""
        first = bisect_left(self._slot_ends, (slots.start, 0))
        end = bisect_left(self._slot_ends, (slots.stop, 0))
        before = self._slot_ends[first - 1][1] if first else 0
        return before, self._slot_ends[end - 1][1] if end > first else before

    def postings(self, form: str) -> Postings:
        """A form's posting list."""
        return self._postings(*self._occurrences(form))

    def postings_by_range(self, form: str, ranges: Iterable[range]) -> Iterator[Postings]:
        """A form's posting list in several, one for each range of slots."""
        numbers, positions = self._occurrences(form)
        for slots in ranges:
            first, end = (bisect_left(numbers, number) for number in self._numbers_of(slots))
            yield self._postings(numbers[first:end], positions[first:end])

    def _occurrences(self, form: str) -> tuple[list[int], list[int]]:
        """The numbers of the words that have a form, and the positions of it."""
        sources = self.sources[form]
        if any(part for _, part in sources):
            places = sorted(n * PARTS + part for numbers, part in sources for n in numbers)
            return [place // PARTS for place in places], [*map(self._place, places)]
        numbers = [*sources[0][0]]
        if len(sources) > 1:
            numbers = sorted(chain.from_iterable(numbers for numbers, _ in sources))
        return numbers, [*map(self._position.__getitem__, numbers)]

    def _place(self, place: int) -> int:
        number, part = divmod(place, PARTS)
        position = self._position[number]
        return LATER_PARTS + position * PARTS + part if part else position

    def _postings(self, numbers: Sequence[int], positions: Sequence[int]) -> Postings:
        frequencies = Counter(map(self._record.__getitem__, numbers))
        deciding = Counter(self._record[n] for n in self._deciding.intersection(numbers))
        lengths, slots, within, mean = self._length, self._slot, self._within, self._mean
        own_slots, own_steps, weights = [], [], []
        slot, last = -1, 0
        for record, frequency in frequencies.items():
            weight = _weight(frequency + deciding[record], lengths[record], mean)
            number = within[record]
            if slots[record] == slot:
                own_steps.append(number - last)
                weights.append(_FURTHER_WEIGHTS[weight])
            else:
                slot = slots[record]
                own_slots.append(slot)
                own_steps.append(number)
                weights.append(_FIRST_WEIGHTS[weight])
            last = number
        each_once = len(frequencies) == len(numbers)
        return Postings(
            encoded(steps(own_slots)),
            encoded(own_steps),
            "".join(weights),
            encoded(positions),
            "" if each_once else encoded(frequencies.values()),
        )


def _deciding_words(text: Text, first: int) -> Iterator[int]:
    """The numbers of a text's deciding words, of which the first word has this number."""
    for start, end in text.deciding:
        before, after = (len(whole_words(text.words[:place])) for place in (start, end))
        yield from range(first + before, first + after)


def _numbers() -> "array[int]":
    return array("I")


@lru_cache(maxsize=1 << 15)
def _forms(word: str) -> tuple[Form, ...]:
    return tuple(forms(word))


@cache
def _weight(frequency: int, length: int, mean_length: float) -> int:
    share = frequency * (_SATURATION + 1)
    share /= frequency + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean_length)
    return min(_MAX_WEIGHT, max(1, round(share * _QUARTERS)))


def _by_part(firsts: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    by_part: dict[int, list[int]] = defaultdict(list)
    for number, part in firsts:
        by_part[part].append(number)
    return by_part


def rounded_mean(length: int, records: int) -> float:
    """The mean length of records, rounded in steps of a fifth so that it seldom changes."""
    mean = length / max(records, 1) or 1.0
    return float(2 ** (round(_STEPS_OF_MEAN * math.log2(mean)) / _STEPS_OF_MEAN))


class _OneSlot(NamedTuple):
    steps: str
    weights: str
    positions: str
    frequencies: str


def merged_postings(lists: Sequence[Postings], changes: Mapping[int, Postings | None]) -> Postings:
    """Posting lists as one, in which some slots have others than there, or none."""
    merged = lists[0] if lists else Postings("", "", "", "", "")
    if len(lists) > 1:
        merged = _of_slots({slot: own for each in lists for slot, own in _by_slot(each)})
    for slot, changed in changes.items():
        merged = _spliced(merged, slot, changed or Postings("", "", "", "", ""))
    return merged


def _spliced(whole: Postings, slot: int, own: Postings) -> Postings:
    """A posting list in which a slot has another than there, found without reading all of it."""
    slots = [*accumulate(numbers_in(whole.slots))]
    number = bisect_left(slots, slot)
    end_number = number + (number < len(slots) and slots[number] == slot)
    lengths = [*map(len, _OF_ONE_SLOT.findall(whole.weights))]
    first, end = sum(lengths[:number]), sum(lengths[:end_number])
    slots[number:end_number] = [slot] if own.slots else []
    every, its = (p.frequencies or _ONE * len(p.steps) for p in (whole, own))
    place, after = first, end
    if whole.frequencies:
        place = sum(numbers_in(every[:first]))
        after = place + sum(numbers_in(every[first:end]))
    positions = whole.positions[:place] + own.positions + whole.positions[after:]
    frequencies = every[:first] + its + every[end:]
    return Postings(
        encoded(steps(slots)),
        whole.steps[:first] + own.steps + whole.steps[end:],
        whole.weights[:first] + own.weights + whole.weights[end:],
        positions,
        "" if len(positions) == len(frequencies) else frequencies,
    )


def split_postings(postings: Postings, ranges: Iterable[range]) -> list[Postings]:
    """A posting list in several, one for each range of slots."""
    by_slot = dict(_by_slot(postings))
    return [_of_slots({n: own for n, own in by_slot.items() if n in r}) for r in ranges]


def _of_slots(by_slot: dict[int, _OneSlot]) -> Postings:
    numbers = sorted(by_slot)
    own = [by_slot[number] for number in numbers]
    positions, frequencies = "".join(s.positions for s in own), "".join(s.frequencies for s in own)
    return Postings(
        encoded(steps(numbers)),
        "".join(s.steps for s in own),
        "".join(s.weights for s in own),
        positions,
        "" if len(positions) == len(frequencies) else frequencies,
    )


def _by_slot(postings: Postings) -> Iterator[tuple[int, _OneSlot]]:
    """Each slot with its part of a posting list; the frequencies are always said."""
    frequencies = postings.frequencies or _ONE * len(postings.steps)
    slot = place = 0
    matches = _OF_ONE_SLOT.finditer(postings.weights)
    for step, match in zip(numbers_in(postings.slots), matches, strict=True):
        slot += step
        first, end = match.span()
        own = frequencies[first:end]
        after = place + (sum(numbers_in(own)) if postings.frequencies else end - first)
        yield (
            slot,
            _OneSlot(
                postings.steps[first:end],
                postings.weights[first:end],
                postings.positions[place:after],
                own,
            ),
        )
        place = after
