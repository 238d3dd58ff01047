"""The dictionary in shards: ranges of the alphabet, each a file of words and one of positions.

A file is made of pieces: a few terms with all that is known of them, or one frequent term in a
range of slots. An update makes only the pieces anew that a change touches.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, Protocol

from crossclaim.site.search.division import Division, Range, browser_order, file_names
from crossclaim.site.search.inverted_index import (
    InvertedIndex,
    Joinable,
    Postings,
    merged_postings,
    split_postings,
)
from crossclaim.site.search.lexicon import Lexicon
from crossclaim.site.search.memory import SearchMemory
from crossclaim.site.search.packing import piece, put_together, value_of

WORDS, PLACES = "search-words", "search-places"
# Sizes are letters, four for each time a form stands somewhere, and some for a list of forms.
_OCCURRENCE, _FAMILY = 4, 20
_SHARD_SIZE, _PIECE_SIZE = 20_000, 6_000


@dataclass(slots=True)
class Terms:
    """All forms, and stems that are none, with their counts.

    `counts` are of all records, 0 for a stem; `hidden` of those whose text is never shown.
    `spelled` is how a form is mostly written, where that is not the form itself.
    """

    counts: dict[str, int] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Terms of a range, in one of several blocks of slots."""

    start: str
    terms: tuple[str, ...]
    block: int = 0
    blocks: int = 1

    @property
    def name(self) -> str:
        return f"{self.start}\n{self.block}/{self.blocks}"


class Shards:
    """Where each term is: in which range, and in which pieces of it."""

    def __init__(self, counts: Mapping[str, int], slot_bits: int) -> None:
        self.terms = browser_order([*counts])
        self._counts, self._slot_bits = counts, slot_bits
        sizes = [
            len(term) + (_OCCURRENCE * number if (number := counts[term]) else _FAMILY)
            for term in self.terms
        ]
        self._division = Division(self.terms, sizes)
        self.ranges = self._division.ranges(_SHARD_SIZE)
        self.starts = [part.start for part in self.ranges]
        self.names = file_names(self.starts)
        self._pieces: dict[int, list[_Piece]] = {}
        self._by_term: dict[int, dict[str, list[_Piece]]] = {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self.terms, count(), strict=False))

    @cached_property
    def _firsts(self) -> list[int]:
        return [part.first for part in self.ranges]

    def range_of(self, term: str) -> int | None:
        """The number of the range that a term is in."""
        number = self._numbers.get(term)
        return None if number is None else bisect_right(self._firsts, number) - 1

    def key(self, number: int) -> tuple[object, ...]:
        """What tells a range with the same terms."""
        part = self.ranges[number]
        ends = self.terms[part.first], self.terms[part.end - 1]
        return self.names[number], part.start, part.depth, part.end - part.first, ends

    def pieces(self, number: int) -> list[_Piece]:
        """The pieces of a range."""
        if number not in self._pieces:
            parts = self._division.parts(self.ranges[number], _PIECE_SIZE)
            self._pieces[number] = [own for part in parts for own in self._in_blocks(part)]
        return self._pieces[number]

    def _in_blocks(self, part: Range) -> Iterator[_Piece]:
        terms = tuple(self.terms[part.first : part.end])
        halvings = ((self._division.size(part) - 1) // _PIECE_SIZE).bit_length()
        one_form = len(terms) == 1 and self._counts[terms[0]]
        blocks = 1 << min(halvings, self._slot_bits) if one_form else 1
        for block in range(blocks):
            yield _Piece(part.start, terms, block, blocks)

    def pieces_of(self, term: str) -> list[_Piece]:
        """The pieces that a term is in."""
        number = self.range_of(term)
        if number is None:
            return []
        if number not in self._by_term:
            by_term = self._by_term[number] = defaultdict(list)
            for own in self.pieces(number):
                for each in own.terms:
                    by_term[each].append(own)
        return self._by_term[number][term]

    def slots(self, block: int, blocks: int) -> range:
        """The slots of a block."""
        each = (1 << self._slot_bits) // blocks
        return range(block * each, (block + 1) * each)


class Source(Protocol):
    """Where posting lists come from."""

    def unchanged(self, own: _Piece) -> bool:
        """Whether a piece is in memory as it shall be."""

    def postings(self, form: str, block: int, blocks: int) -> Postings:
        """A form's posting list, in a block of slots."""

    def notes(self, form: str) -> list[list[str]]:
        """[its stems that others share, what it is written with as one], without empty ends."""

    def family(self, stem: str) -> list[str]:
        """The forms of a stem, if it says more than the form it is."""


class Notes:
    """What is noted of forms and stems beside the posting lists, as the lexicon has it now."""

    def __init__(self, lexicon: Lexicon, joinable: Joinable) -> None:
        self._lexicon, self._joinable = lexicon, joinable

    def notes(self, form: str) -> list[list[str]]:
        """[its stems that others share, what it is written with as one], without empty ends."""
        stems, joined = self._lexicon.shared_stems(form), [*self._joinable.get(form, ())]
        return [stems, joined] if joined else [stems] if stems else []

    def family(self, stem: str) -> list[str]:
        """The forms of a stem, if it says more than the form it is."""
        return self._lexicon.family(stem) if self._lexicon.is_listed(stem) else []


class FromTexts(Notes):
    """Posting lists from the texts themselves."""

    def __init__(
        self, inverted: InvertedIndex, shards: Shards, lexicon: Lexicon, joinable: Joinable
    ) -> None:
        super().__init__(lexicon, joinable)
        self._inverted, self._shards = inverted, shards
        self._in_blocks: tuple[str, list[Postings]] = ("", [])

    def unchanged(self, own: _Piece) -> bool:
        """Nothing is in memory."""
        return False

    def postings(self, form: str, block: int, blocks: int) -> Postings:
        """A form's posting list, in a block of slots."""
        if blocks == 1:
            return self._inverted.postings(form)
        if self._in_blocks[0] != form:
            ranges = (self._shards.slots(number, blocks) for number in range(blocks))
            self._in_blocks = form, [*self._inverted.postings_by_range(form, ranges)]
        return self._in_blocks[1][block]


# For a form its posting list in some slots, None where none of it is left there.
SlotChanges = Mapping[str, Mapping[int, Postings | None]]


class FromMemory:
    """Posting lists as they were, with changes."""

    def __init__(
        self,
        memory: SearchMemory,
        shards: tuple[Shards, Shards],
        changes: SlotChanges,
        touched: Set[str],
        told: Notes,
    ) -> None:
        self._memory, (self._old, self._new) = memory, shards
        self._changes, self._touched, self._told = changes, touched, told
        self._values: dict[str, tuple[Any, Any]] = {}
        self._in_blocks: tuple[str, list[Postings]] = ("", [])

    def unchanged(self, own: _Piece) -> bool:
        """Whether a piece is in memory as it shall be."""
        if own not in self._old.pieces_of(own.terms[0]):
            return False
        if self._touched.isdisjoint(own.terms):
            return True
        slots = self._new.slots(own.block, own.blocks)
        return own.block > 0 and not any(s in slots for s in self._changes.get(own.terms[0], ()))

    def _value(self, own: _Piece) -> tuple[Any, Any]:
        if own.name not in self._values:
            words, places = (self._memory.read(kind, [own.name]) for kind in (WORDS, PLACES))
            values = value_of(words[own.name][1]), value_of(places[own.name][1])
            self._values[own.name] = values
        return self._values[own.name]

    def _was(self, form: str, own: _Piece) -> Postings | None:
        """What was in a piece of a form."""
        (forms, _), places = self._value(own)
        if form not in forms:
            return None
        positions, *frequencies = places[form]
        own_slots, steps, weights, *_ = forms[form]
        return Postings(own_slots, steps, weights, positions, "".join(frequencies))

    def postings(self, form: str, block: int, blocks: int) -> Postings:
        """A form's posting list, in a block of slots."""
        pieces, slots = self._old.pieces_of(form), self._new.slots(block, blocks)
        changes = {n: own for n, own in self._changes.get(form, {}).items() if n in slots}
        if len(pieces) == blocks:
            before = self._was(form, pieces[block])
            if before and not changes:
                return before
            return merged_postings([before] if before else [], changes)
        if self._in_blocks[0] != form:
            whole = merged_postings(
                filter(None, (self._was(form, p) for p in pieces)), self._changes.get(form, {})
            )
            ranges = (self._new.slots(number, blocks) for number in range(blocks))
            self._in_blocks = form, split_postings(whole, ranges)
        return self._in_blocks[1][block]

    def notes(self, form: str) -> list[list[str]]:
        """[its stems that others share, what it is written with as one], without empty ends."""
        if form in self._touched:
            return self._told.notes(form)
        (forms, _), _ = self._value(self._old.pieces_of(form)[0])
        notes: list[list[str]] = forms[form][3:]
        return notes

    def family(self, stem: str) -> list[str]:
        """The forms of a stem, if it says more than the form it is."""
        if stem in self._touched:
            return self._told.family(stem)
        (_, stems), _ = self._value(self._old.pieces_of(stem)[0])
        family: list[str] = stems.get(stem, [])
        return family


@dataclass(slots=True)
class Made:
    """The files of ranges, by name; and those of their pieces that are not in memory yet."""

    files: dict[str, bytes] = field(default_factory=dict)
    words: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, bytes] = field(default_factory=dict)

    def remember(self, memory: SearchMemory) -> None:
        """Keep the pieces in memory."""
        for kind, pieces in ((WORDS, self.words), (PLACES, self.places)):
            memory.write(kind, {name: ("", data) for name, data in pieces.items()})


def make_shards(
    shards: Shards,
    numbers: Iterable[int],
    counts: Mapping[str, int],
    source: Source,
    memory: SearchMemory,
) -> Made:
    """The files of some ranges."""
    made = Made()
    for number in numbers:
        pieces = shards.pieces(number)
        kept = [own.name for own in pieces if source.unchanged(own)]
        words = {name: data for name, (_, data) in memory.read(WORDS, kept).items()}
        places = {name: data for name, (_, data) in memory.read(PLACES, kept).items()}
        for own in pieces:
            if own.name not in words:
                both = words[own.name], places[own.name] = _made(own, counts, source)
                made.words[own.name], made.places[own.name] = both
        name = shards.names[number]
        made.files[f"words-{name}"] = put_together([words[own.name] for own in pieces])
        made.files[f"places-{name}"] = put_together([places[own.name] for own in pieces])
    return made


def _made(own: _Piece, counts: Mapping[str, int], source: Source) -> tuple[bytes, bytes]:
    """A piece: [forms with posting lists, stems with families]; and the forms' positions."""
    forms: dict[str, list[object]] = {}
    places: dict[str, list[str]] = {}
    for form in (term for term in own.terms if counts[term]):
        postings = source.postings(form, own.block, own.blocks)
        notes = source.notes(form) if own.block == 0 else []
        forms[form] = [*postings[:3], *notes]
        places[form] = [postings.positions, *filter(None, [postings.frequencies])]
    families = {term: source.family(term) for term in own.terms} if own.block == 0 else {}
    listed = {stem: family for stem, family in families.items() if family}
    return piece([forms, listed]), piece(places)


def forget_pieces(
    memory: SearchMemory, old: tuple[Shards, Iterable[int]], new: tuple[Shards, Iterable[int]]
) -> None:
    """Remove what is in memory of ranges that are no more, but for what those made now have."""
    names = [{own.name for n in numbers for own in of.pieces(n)} for of, numbers in (old, new)]
    for kind in (WORDS, PLACES):
        memory.remove(kind, sorted(names[0] - names[1]))
