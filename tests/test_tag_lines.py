"""Changing tags in an essay's file: what was asked for changes, every other byte stays."""

from hypothesis import given
from hypothesis import strategies as st

from crossclaim.content.essay_edit import (
    as_aside,
    retagged,
    tagged,
    tags_of,
    with_attributes,
    with_tag,
    without_tag,
)
from crossclaim.content.tag_line import Attributes, parse
from crossclaim.model import Stance

ESSAY = """\
---
title: On tea
---

Tea wakes everybody.
{: #tea asserts="tea-wakes tea-cheers?" }

> Quoted words.
> {: #quoted reports=tea-wakes }

- An item
  {: #item .aside }

Untouched, without a line of its own.

Broken.
{: #broken asserts="never closed }
"""


def test_passages_are_found_with_their_attributes() -> None:
    found = tagged(ESSAY)
    assert [p.line for p in found] == [5, 8, 11, 14, 16]
    assert [p.attributes.id if p.attributes else None for p in found] == [
        "tea", "quoted", "item", "", None,
    ]  # fmt: skip


def test_one_passage_changes_and_nothing_else() -> None:
    changed = with_attributes(ESSAY, {2: Attributes("quoted", (), (("rejects", "tea-wakes"),))})
    assert changed == ESSAY.replace(
        "{: #quoted reports=tea-wakes }", '{: #quoted rejects="tea-wakes" }'
    )


def test_a_tag_line_is_made_where_there_was_none() -> None:
    changed = with_attributes(ESSAY, {4: Attributes("new", ("aside",))})
    own = "Untouched, without a line of its own.\n"
    assert changed == ESSAY.replace(own, own + "{: #new .aside }\n")


def test_windows_line_ends_stay() -> None:
    windows = ESSAY.replace("\n", "\r\n")
    changed = with_attributes(windows, {2: Attributes("quoted"), 4: Attributes("new")})
    assert changed.count("\r\n") == changed.count("\n") == windows.count("\n") + 1


def test_an_unreadable_tag_line_is_left_alone() -> None:
    changed = retagged(ESSAY, lambda a: with_tag(a, "new", Stance.ASSERTS))
    assert '{: #broken asserts="never closed }' in changed
    assert changed.count("new") == 4


def test_accepting_replaces_the_suggestion_where_it_stands() -> None:
    before = parse('{: #a asserts="one? two" reports="three" }')
    assert str(with_tag(before, "one", Stance.ASSERTS)) == (
        '{: #a asserts="one two" reports="three" }'
    )
    assert str(without_tag(before, "three", Stance.REPORTS)) == '{: #a asserts="one? two" }'
    assert str(as_aside(Attributes("a"))) == "{: #a .aside }"
    assert as_aside(as_aside(before), aside=False) == before


claims = st.sampled_from(["one", "two", "three"])
stances = st.sampled_from(list(Stance))


@given(st.lists(st.tuples(claims, stances, st.booleans()), max_size=6), claims, stances)
def test_a_tag_put_in_is_there_once_and_can_be_taken_out(
    tags: list[tuple[str, Stance, bool]], claim: str, stance: Stance
) -> None:
    found = Attributes("a")
    for other, how, reviewed in tags:
        found = with_tag(found, other, how, reviewed)
    put = with_tag(found, claim, stance)
    assert tags_of(put).count((stance, claim, True)) == 1
    assert (stance, claim, False) not in tags_of(put)
    gone = without_tag(put, claim, stance)
    others = {t for t in tags_of(found) if (t[0], t[1]) != (stance, claim)}
    assert set(tags_of(gone)) == others
    assert parse(str(put)) == put
