"""The search's files after any changes are those that a clean build makes, byte for byte."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossclaim.language.vocabulary import Family, Vocabulary
from crossclaim.site.search import near_words, packing, shards, update
from crossclaim.site.search.division import Division, browser_order
from crossclaim.site.search.records import EssayRecord, EssaySource, PassageRecord, SearchRecords
from crossclaim.site.search.slots import slots

Kept = dict[str, tuple[str, bytes]]


@dataclass
class Remembering:
    """A memory as that of a collection: what was written and not committed can be forgotten."""

    kinds: dict[str, Kept] = field(default_factory=dict)

    def read(self, kind: str, names: Iterable[str] | None = None) -> Kept:
        own = self.kinds.get(kind, {})
        return dict(own) if names is None else {name: own[name] for name in names if name in own}

    def write(self, kind: str, values: Mapping[str, tuple[str, bytes]]) -> None:
        self.kinds.setdefault(kind, {}).update(values)

    def remove(self, kind: str, names: Iterable[str]) -> None:
        for name in names:
            self.kinds.get(kind, {}).pop(name, None)

    def keep(self, kind: str, names: Iterable[str]) -> None:
        own, kept = self.kinds.get(kind, {}), set(names)
        self.kinds[kind] = {name: value for name, value in own.items() if name in kept}

    def copy(self) -> "Remembering":
        return Remembering({kind: dict(values) for kind, values in self.kinds.items()})


# Words that are joined, share stems, have accents, are compounds, are of other languages or small.
WORDS = (
    *("front", "line", "frontline", "front-line", "Front", "lines", "lined", "lining", "without"),
    *("with", "out", "the", "there", "fore", "therefore", "café", "cafe", "Café", "don’t", "dont"),
    *("customer", "customers", "Kunde", "Kunden", "客户", "客", "\u00ad", "a", "1", "𐐀b", "ﷺ"),
    *("teaparty", "tea", "party", "parties", "office-line", "front-office"),
    *("Total", "Quality", "Management", "TQM", "of", "clients", "buyer"),
)
FAMILIES = (
    Family("custom", ("customer", "customers")),
    Family("client", ("client", "clients")),
    Family("buyer", ("buyer", "buyers")),
    Family("parti", ("party", "parties")),
    Family("line", ("line", "lines", "lined", "lining")),
)
VECTORS = np.array([[100, 0, 50], [90, 0, 60], [110, 10, 20], [0, 100, 0], [0, 90, 60]], np.int8)
VOCABULARY = Vocabulary(FAMILIES, VECTORS)
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
TAGS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 1)), max_size=2)


def passage(text: str, language: str, tags: list[Any], deciding: tuple[int, int]) -> PassageRecord:
    start, end = sorted(place % (len(text) + 1) for place in deciding)
    spans = ((start, end),) if start < end else ()
    return PassageRecord(text, "p", language, tuple(sorted(tags)), spans)


PLACE = st.integers(0, 60)
PASSAGE = st.builds(
    passage, TEXT, st.sampled_from(("", "", "en", "de", "fr", "xx")), TAGS, st.tuples(PLACE, PLACE)
)
PASSAGES = st.lists(PASSAGE, max_size=4)
NAMES = st.sampled_from([f"e{number}" for number in range(7)])
CLAIMS = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=3, max_size=4)
CHANGE = st.one_of(
    st.tuples(st.just("passages"), NAMES, PASSAGES),
    st.tuples(st.just("passage"), NAMES, PASSAGE),
    st.tuples(st.just("title"), NAMES, TEXT),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("remove"), NAMES, st.none()),
    st.tuples(st.just("claims"), NAMES, CLAIMS),
    st.tuples(st.just("language"), NAMES, st.sampled_from(("en", "de"))),
    st.tuples(st.just("lost"), NAMES, st.integers(0, 100)),
    st.tuples(st.just("killed"), NAMES, PASSAGES),
)
Essays = dict[str, EssayRecord]


def records_of(essays: Essays, claims: Any, language: str) -> SearchRecords:
    return SearchRecords(
        essays=tuple(
            EssaySource(name, repr(essay), partial(lambda own: own, essay), essay.title, "en")
            for name, essay in sorted(essays.items())
        ),
        authors=(("ann", "Ann"),),
        themes=("Theme",),
        claims=tuple((f"c{n}", f"Claim {n}", 0, claim[0]) for n, claim in enumerate(claims)),
        abouts=tuple(claim[1] for claim in claims),
        names=tuple((claim[2],) for claim in claims),
        ids=tuple((f"c{n}",) for n, _ in enumerate(claims)),
        relations=tuple(((), ()) for _ in claims),
        language=language,
    )


def changed(essays: Essays, kind: str, name: str, value: Any) -> Essays:
    essays = dict(essays)
    old = essays.get(name, EssayRecord(name, "", (0,), "1788", 17880000, ()))
    if kind in ("passages", "killed"):
        essays[name] = replace(old, passages=tuple(value))
    elif kind == "passage":
        essays[name] = replace(old, passages=(*old.passages[:1], value, *old.passages[2:]))
    elif kind == "title":
        essays[name] = replace(old, title=value)
    elif kind == "rename" and name in essays:
        essays[value] = replace(essays.pop(name), id=value)
    elif kind == "remove":
        essays.pop(name, None)
    return essays


@pytest.fixture(scope="module", autouse=True)
def in_small() -> Iterator[None]:
    """Files and pieces so small that few words fill several; and few changes reach everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_SHARD_SIZE", 60)
        patch.setattr(shards, "_PIECE_SIZE", 16)
        patch.setattr(update, "rounded_mean", lambda length, records: 8.0 if length < 400 else 16.0)
        patch.setattr(update, "slot_bits", lambda essays: 5)
        patch.setattr(near_words, "_SHARD_SIZE", 20)
        patch.setattr(near_words, "vocabulary", lambda language: VOCABULARY)
        yield


def updated(
    disk: dict[str, bytes], records: SearchRecords, memory: Remembering, lost: set[str]
) -> dict[str, bytes]:
    """The files after an update, which are those of a clean build, as is what is remembered."""
    fresh = Remembering()
    expected = update.update_search(records, fresh).files
    made = update.update_search(records, memory, lost)
    assert set(made.paths) == expected.keys()
    disk = {path: data for path, data in (disk | made.files).items() if path in expected}
    assert not [path for path in expected if disk.get(path) != expected[path]]
    assert values(memory) == values(fresh)
    return disk


def values(memory: Remembering) -> dict[tuple[str, str], object]:
    """What is remembered; the order of what has none does not matter."""
    return {
        (kind, name): json.loads(value) if kind in ("search", "search-forms") else value
        for kind, own in memory.kinds.items()
        for name, (_, value) in own.items()
    }


@settings(deadline=None)
@given(st.lists(CHANGE, min_size=1, max_size=12))
def test_files_after_any_changes_are_those_of_a_clean_build(
    changes: list[tuple[str, str, Any]],
) -> None:
    memory, disk = Remembering(), dict[str, bytes]()
    essays: Essays = {}
    claims: Any = [("tea party", "front", "hidden")] * 3
    language = "en"
    for kind, name, value in changes:
        lost: set[str] = set()
        if kind == "claims":
            claims = value
        elif kind == "language":
            language = value
        elif kind == "lost" and disk:
            lost = {sorted(disk)[value % len(disk)]}
            disk |= dict.fromkeys(lost, b"spoiled")
        elif kind == "killed":
            # Some files are written, nothing is remembered, and the essay is put back.
            other = records_of(changed(essays, kind, name, value), claims, language)
            written = dict([*update.update_search(other, memory.copy()).files.items()][::2])
            lost = {*written}
            disk |= written
        if kind != "killed":
            essays = changed(essays, kind, name, value)
        disk = updated(disk, records_of(essays, claims, language), memory, lost)


def test_a_changed_word_leaves_most_files_alone() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghij", k=5)) for _ in range(400)]
    essays: Essays = {}
    for name in (f"essay-{number}" for number in range(20)):
        texts = [" ".join(chance.choices(words, k=20)) for _ in range(5)]
        passages = tuple(PassageRecord(text, text[:5], "", ()) for text in texts)
        essays[name] = EssayRecord(name, name, (0,), "", 0, passages)
    memory = Remembering()
    disk = updated({}, records_of(essays, [], "en"), memory, set())
    old = essays["essay-3"]
    longer = replace(old.passages[2], text=f"{old.passages[2].text} {words[0]}")
    after = essays | {
        "essay-3": replace(old, passages=(*old.passages[:2], longer, *old.passages[3:]))
    }
    made = update.update_search(records_of(after, [], "en"), memory.copy())
    assert len(made.files) < len(made.paths) / 4
    assert updated(disk, records_of(after, [], "en"), memory, set()) == disk | made.files
    nothing = update.update_search(records_of(after, [], "en"), memory)
    assert not nothing.files and nothing.paths == made.paths


def test_an_essay_that_did_not_change_is_not_asked_for_its_record() -> None:
    essays = {"a": EssayRecord("a", "", (0,), "", 0, (PassageRecord("tea", "p", "", ()),))}
    records, memory = records_of(essays, [], "en"), Remembering()
    update.update_search(records, memory)

    def unasked() -> EssayRecord:
        raise AssertionError

    again = replace(records, essays=tuple(replace(e, record=unasked) for e in records.essays))
    assert not update.update_search(again, memory).files


def test_essays_keep_their_slots_when_others_come_and_go() -> None:
    names = [f"essay-{number}" for number in range(300)]
    before = slots(names)
    assert len({*before.values()}) == len(names) and min(before.values()) >= 4
    moved = []
    for gone in names[:50]:
        after = slots([name for name in names if name != gone])
        moved.append(sum(after[name] != before[name] for name in after))
    assert sum(moved) < len(moved)


TERMS = st.lists(st.text("ab\ue000𐐀", min_size=1, max_size=5), unique=True)


@given(TERMS, st.integers(1, 40))
def test_ranges_are_small_and_neighbours_begin_as_they_say(terms: list[str], limit: int) -> None:
    ordered = browser_order(terms)
    division = Division(ordered, [len(term) for term in ordered])
    ranges = division.ranges(limit)
    assert [n for part in ranges for n in range(part.first, part.end)] == [*range(len(terms))]
    starts = [part.start.encode("utf-16-be") for part in ranges]
    for part, start, end in zip(ranges, starts, [*starts[1:], b"\xff" * 9], strict=False):
        assert division.size(part) <= limit or part.end - part.first == 1
        for term in ordered[part.first : part.end]:
            assert start <= term.encode("utf-16-be") < end


@given(st.lists(st.one_of(st.text(), st.lists(st.integers())), max_size=5))
def test_pieces_are_one_file(contents: list[object]) -> None:
    pieces = [packing.piece(value) for value in contents]
    assert packing.unpacked(packing.put_together(pieces)) == contents
    assert [packing.value_of(own) for own in pieces] == contents


@given(st.lists(st.integers(0, 1_000_000)))
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    assert [*packing.numbers_in(packing.encoded(numbers))] == numbers
