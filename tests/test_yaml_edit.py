"""YAML edited in place: what is put in reads back, and everything else stays to the byte."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossclaim.content.yaml import read_entries
from crossclaim.content.yaml_edit import CannotEdit, dump_yaml, scalar, with_entry, with_field

# A line of text as an editor may type it: what YAML forbids in a file is left out.
lines = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))).map(
    lambda text: " ".join(text.split())
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("tea-wakes", "tea-wakes"),
        ("Tea – isn’t it?", "Tea – isn’t it?"),
        ("Tea: a drink", "'Tea: a drink'"),
        ("it's #1: tea", "'it''s #1: tea'"),
        ("[tea]", "'[tea]'"),
        ("one, two [and more]", "one, two [and more]"),
        ("null", "'null'"),
        ("1984", "'1984'"),
        ("", "''"),
        ("bell\x07", '"bell\\a"'),
    ],
)
def test_a_scalar_is_bare_where_it_can_be(text: str, written: str) -> None:
    assert scalar(text) == written


def test_a_scalar_in_brackets_is_quoted_where_a_sign_would_part_it() -> None:
    assert scalar("one two", flow=True) == "one two"
    assert scalar("one, two", flow=True) == "'one, two'"


def test_a_scalar_can_be_asked_to_be_quoted() -> None:
    assert scalar('say "tea"', quote='"') == '"say \\"tea\\""'
    assert scalar("it's tea", quote="'") == "'it''s tea'"


@given(lines, st.sampled_from(["", "'", '"']))
def test_a_scalar_reads_back_alone_in_a_list_and_as_a_key(text: str, quote: str) -> None:
    alone, listed = scalar(text, quote), scalar(text, quote, flow=True)
    assert "\n" not in alone + listed
    read = yaml.safe_load(f"{listed}: {alone}\nlist: [a, {listed}]\n")
    assert read == {text: text, "list": ["a", text]}


ENTRIES = """\
# who writes
  - name: Ada   # first

  - name: Ben
"""


def names(text: str) -> list[object]:
    entries, findings = read_entries(text, "")
    assert findings == []
    return [entry.values["name"] for entry in entries]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- name: Cy\n  about: x\n"),
        ("[]\n", "- name: Cy\n  about: x\n"),
        ("# nobody\r\n[ ]\r\n", "# nobody\r\n\r\n- name: Cy\r\n  about: x\r\n"),
        ("- name: Ada", "- name: Ada\n\n- name: Cy\n  about: x\n"),
        ("- name: Ada\n\n", "- name: Ada\n\n- name: Cy\n  about: x\n"),
        ("- {name: Ada}\r\n", "- {name: Ada}\r\n\r\n- name: Cy\r\n  about: x\r\n"),
        (ENTRIES, ENTRIES + "\n  - name: Cy\n    about: x\n"),
        ("- name: >-\n    Ada\n", "- name: >-\n    Ada\n\n- name: Cy\n  about: x\n"),
    ],
)
def test_an_entry_comes_last_looking_like_the_others(before: str, after: str) -> None:
    assert with_entry(before, "- name: Cy\n  about: x\n") == after
    assert names(after) == [*names(before), "Cy"]


@pytest.mark.parametrize(
    ("before", "gap"),
    [
        ("- name: Ada\n", ""),
        ("- name: Ada\n- name: Ben\n", ""),
        ("- name: Ada\n\n- name: Ben\n", "\n"),
        ("# nobody\n", "\n"),
    ],
)
def test_an_entry_can_keep_the_distance_of_the_others(before: str, gap: str) -> None:
    assert with_entry(before, "- name: Cy", like_others=True) == f"{before}{gap}- name: Cy\n"


@pytest.mark.parametrize(
    "text", ["[{name: Ada}]\n", "name: Ada\n", "Ada\n", "- name: [\n", "- name: Ada\n...\nx\n"]
)
def test_a_list_that_takes_no_entry_is_refused(text: str) -> None:
    with pytest.raises(CannotEdit, match="cannot be added at its end"):
        with_entry(text, "- name: Cy\n")


FIELDS = """\
title: On tea  # for now
rights: >-
  All of them,
  and more.
place:{blank}
# who
author:
- Ada Byron

date: 1999
""".format(blank=" ")


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("title", "Tea: a drink", "On tea  #", "'Tea: a drink'  #"),
        ("rights", "None", ">-\n  All of them,\n  and more.", "None"),
        ("author", "Ben", "author:\n- Ada Byron", "author: Ben"),
        ("date", "2001", "1999", "'2001'"),
        ("place", "London", "place: ", "place: London"),
        ("language", "de", "date: 1999\n", "date: 1999\nlanguage: de\n"),
    ],
)
def test_one_field_is_set_and_all_else_stays(key: str, value: str, before: str, after: str) -> None:
    assert with_field(FIELDS, key, value) == FIELDS.replace(before, after)


@given(st.sampled_from(["title", "author", "rights", "place", "date", "new"]), lines.filter(bool))
def test_whatever_is_set_is_what_the_field_holds(key: str, value: str) -> None:
    before = yaml.load(FIELDS, Loader=yaml.BaseLoader)
    after = yaml.load(with_field(FIELDS, key, value), Loader=yaml.BaseLoader)
    assert after == {**before, key: value}


@pytest.mark.parametrize("text", ["", "- title: x\n", "{title: x}\n", "title: [\n"])
def test_what_is_no_list_of_fields_takes_none(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_field(text, "language", "de")


def test_a_mapping_is_written_in_its_order_with_long_texts_folded() -> None:
    written = dump_yaml(
        {"title": "On tea", "author": ["Ada", "Ben"], "about": "word " * 30 + "end"}
    )
    assert written.startswith("title: On tea\nauthor:\n- Ada\n- Ben\nabout: word word")
    assert "word\n  word" in written
