"""The values everything else speaks in."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from importlib import import_module

import pytest

from crossclaim.model import (
    LONGEST_LABEL,
    STANCE_MEANINGS,
    Claim,
    Heading,
    Items,
    Passage,
    Place,
    Quotation,
    Stance,
    Tag,
    Verbatim,
    walk,
)


def records(module: str) -> Iterator[type]:
    """The dataclasses that a module defines."""
    for value in vars(import_module(f"crossclaim.{module}")).values():
        if isinstance(value, type) and is_dataclass(value) and value.__module__.endswith(module):
            yield value


def passage(name: str, tags: tuple[Tag, ...] = ()) -> Passage:
    return Passage(id=name, text=name, number=1, tags=tags, aside=not tags, place=Place("a.md"))


def test_the_stances_in_the_order_of_display_and_which_make_a_claim() -> None:
    assert [*Stance] == ["asserts", "illustrates", "concedes", "reports", "rejects"]
    assert [stance for stance in Stance if stance.makes] == [Stance.ASSERTS, Stance.ILLUSTRATES]
    assert [*STANCE_MEANINGS] == [*Stance]
    assert len(set(STANCE_MEANINGS.values())) == len(Stance)


def test_places_are_ordered_by_file_then_line() -> None:
    places = [Place("b.md", 1), Place("a.md", 10), Place("a.md"), Place("a.md", 9)]
    assert [str(place) for place in sorted(places)] == ["a.md:1", "a.md:9", "a.md:10", "b.md:1"]


def test_passages_are_found_however_deep_in_reading_order() -> None:
    one, two, three, four, five = (passage(name) for name in ("1", "2", "3", "4", "5"))
    parts = (
        Heading("A head", 2),
        one,
        Items(False, ((two, Quotation((three, Verbatim("***")))), (Items(True, ((four,),), 3),))),
        Verbatim("code"),
        Quotation((Quotation((five,)),)),
    )
    walked = list(walk(parts))
    assert [part for kind, part in walked if kind == "passage"] == [one, two, three, four, five]
    assert [part for kind, part in walked if kind == "heading"] == [parts[0]]
    assert [part for kind, part in walked if kind == "verbatim"] == [Verbatim("***"), parts[3]]
    assert [(kind, part) for kind, part in walked if kind in ("open", "close")] == [
        *(("open", element) for element in ("ul", "li", "blockquote")),
        *(("close", element) for element in ("blockquote", "li")),
        *(("open", element) for element in ("li", "ol", "li")),
        *(("close", element) for element in ("li", "ol", "li", "ul")),
        *(("open", element) for element in ("blockquote", "blockquote")),
        *(("close", element) for element in ("blockquote", "blockquote")),
    ]
    assert list(walk(())) == []
    assert Items(True, ()).start == 1


def test_a_passages_tags_are_reviewed_or_suggested() -> None:
    place = Place("a.md", 2)
    kept, doubted = Tag("a", Stance.ASSERTS, True, place), Tag("b", Stance.REJECTS, False, place)
    assert passage("1", (doubted, kept)).reviewed == (kept,)
    assert passage("1", (doubted, kept)).suggestions == (doubted,)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Tea wakes people up.", "Tea wakes people up"),
        ("Tea wakes people up in the morning, often.", "Tea wakes people up in the morning, often"),
        ("Tea wakes people up in the morning, oftener", "Tea wakes people up in the morning …"),
        ("Tea wakes people up in the mornings, as all know", "Tea wakes people up in the mornings, as …"),
        ("Tea wakes people up in these mornings, as we say", "Tea wakes people up in these mornings …"),
        ("Tea wakes people up in the early mornings too, I think.", "Tea wakes people up in the early …"),
    ],
)  # fmt: skip
def test_a_claims_name_is_its_sentence_cut_after_a_word(sentence: str, name: str) -> None:
    claim = Claim(id="a", sentence=sentence, theme="T", about="x", place=Place("claims.yml"))
    assert claim.name == name
    assert len(claim.name) <= LONGEST_LABEL
    assert replace(claim, label="A label").name == "A label"
    assert replace(claim, label="A label " * 9).name == "A label " * 9, "too long is a finding"


def test_a_name_is_as_long_as_it_may_be() -> None:
    claim = Claim(id="a", sentence="", theme="T", about="x", place=Place("claims.yml"))
    assert replace(claim, sentence=f"{'a' * 20} {'b' * 21}.").name == f"{'a' * 20} {'b' * 21}"
    assert replace(claim, sentence=f"{'a' * 20} {'b' * 22}.").name == f"{'a' * 20} …"
    assert (
        replace(claim, sentence=f"{'a' * 20} {'b' * 19} c d e").name == f"{'a' * 20} {'b' * 19} …"
    )
    assert replace(claim, sentence=f"{'a' * 20} {'b' * 20} c d e").name == f"{'a' * 20} …"


@pytest.mark.parametrize("module", ["model", "findings", "content.tag_line", "site.index"])
def test_a_record_cannot_change_or_be_given_more(module: str) -> None:
    for record in records(module):
        value: object = object.__new__(record)
        for name in ("of_its_own", fields(record)[0].name):
            with pytest.raises((FrozenInstanceError, TypeError)):  # TypeError: Python 3.11's slots
                setattr(value, name, "x")
        assert not hasattr(value, "__dict__"), record
    assert list(records(module))
