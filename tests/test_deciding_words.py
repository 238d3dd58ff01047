"""Deciding words: quoted by the editor, found again in the passage, kept with their claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossclaim.content.claim_changes import retag
from crossclaim.content.deciding_words import locate_words, pieces_of
from crossclaim.content.essay import read_essay
from crossclaim.content.essay_edit import retagged, tagged, with_attributes, with_ids, without_tag
from crossclaim.content.tag_line import Attributes, BadAttributes, parse
from crossclaim.model import Stance

ESSAY = """\
---
title: On tea
author: Ada
---

> - Tea wakes everybody, and then it calms them.\r
>   {: #tea asserts="wakes" rejects='calms'  }\r
>   {: wakes='Tea wakes' }\r
>   {: calms="it … calms" }\r

Next.
"""


def test_pieces_are_what_stands_between_ellipses() -> None:
    assert pieces_of("one  two … three") == ("one two", "three")
    assert pieces_of("… one…") == ("one",)
    assert pieces_of("") == ()


@pytest.mark.parametrize(
    ("text", "quotation", "places"),
    [
        ("Tea wakes us all.", "wakes us", ("wakes us",)),
        ("He said: “Tea’s dear”.", '"Tea\'s dear"', ("“Tea’s dear”",)),
        ("Tea – as\nwe know – *wakes* us.", "as we know - wakes us", ("as\nwe know – *wakes* us",)),
        ("One and one and two.", "one … two", ("one", "two")),
        ("Tea wakes us.", "us … Tea", None),
        ("Tea wakes us.", "Tea calms", None),
    ],
)
def test_words_are_located_however_they_are_typed(
    text: str, quotation: str, places: tuple[str, ...] | None
) -> None:
    located = locate_words(text, pieces_of(quotation))
    pieces = None if located is None else tuple(text[start:end] for start, end in located)
    assert pieces == places


@given(st.text(alphabet="ab '’“\"…\n", min_size=1, max_size=30), st.data())
def test_any_stretch_of_whole_words_is_located(text: str, data: st.DataObject) -> None:
    words = text.replace("…", " ").split()
    if words:
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first, len(words) - 1))
        assert locate_words(text.replace("…", " "), pieces_of(" ".join(words[first : last + 1])))


def test_a_tag_has_its_words() -> None:
    essay, _ = read_essay(ESSAY, "essays/t.md", "t", {"Ada": "ada"})
    tags = essay.passages[0].tags
    assert [(t.claim, t.words) for t in tags] == [
        ("wakes", ("Tea wakes",)),
        ("calms", ("it", "calms")),
    ]
    assert essay.passages[0].place.line == 6
    assert essay.passages[1].tags == ()


def test_words_stay_with_their_claim_and_other_lines_stay_as_they_are() -> None:
    renamed = retagged(ESSAY, lambda old: retag(old, {"wakes": ["rouses"]}))
    assert renamed == ESSAY.replace("'  }", "' }").replace('"wakes"', '"rouses"').replace(
        "rejects='calms'", 'rejects="calms"'
    ).replace("wakes='Tea wakes'", 'rouses="Tea wakes"')
    merged = retagged(
        ESSAY.replace("rejects='calms'", "asserts='calms'"),
        lambda old: retag(old, {"calms": ["wakes"]}),
    )
    (first, second) = tagged(merged)
    assert first.attributes == Attributes(
        "tea", (), (("asserts", "wakes"),), (("wakes", "Tea wakes … it … calms"),)
    )
    assert second.line == 10
    gone = retagged(ESSAY, lambda old: without_tag(old, "calms", Stance.REJECTS))
    assert "it … calms" not in gone
    assert "{: wakes='Tea wakes' }\r\n" in gone


def test_what_is_not_changed_is_not_written() -> None:
    (first, _) = tagged(ESSAY)
    assert first.attributes is not None
    assert with_attributes(ESSAY, {1: first.attributes}) == ESSAY
    added = Attributes("tea", (), first.attributes.pairs, (*first.attributes.words, ("x", "Tea")))
    assert with_attributes(ESSAY, {1: added}) == ESSAY.replace(
        'calms" }\r\n', 'calms" }\r\n>   {: x="Tea" }\r\n'
    )
    assert with_ids(ESSAY)[0] == ESSAY.replace("Next.", "Next.\n{: #next }")


@pytest.mark.parametrize("line", ["{: #b }", "{: .aside }", '{: asserts="x" }', '{: was="y" }'])
def test_what_belongs_on_the_first_line_is_no_words(line: str) -> None:
    with pytest.raises(BadAttributes, match="first tag line"):
        parse("{: #a }", line)
    attributes = parse("{: #a }", '{: x="one" y="two" }', "{: z='\"three\"' }")
    assert attributes.words == (("x", "one"), ("y", "two"), ("z", '"three"'))
    assert parse(*attributes.lines) == attributes
