import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from crossclaim.content.tag_line import Attributes, BadAttributes, is_broken, is_tag_line, parse

words = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
stances = st.sampled_from(["asserts", "illustrates", "concedes", "reports", "rejects"])
values = st.lists(words, max_size=3).map(" ".join)


def test_reads_id_class_and_stances() -> None:
    found = parse("  {: #one .aside asserts=\"a b?\" rejects='c' reports=d }")
    assert found == Attributes(
        "one", ("aside",), (("asserts", "a b?"), ("rejects", "c"), ("reports", "d"))
    )
    assert found.aside


@given(
    st.builds(
        Attributes,
        words,
        st.lists(words, max_size=2).map(tuple),
        st.lists(st.tuples(words, values), max_size=4).map(tuple),
    )
)
def test_what_is_written_is_read_back(attributes: Attributes) -> None:
    assert is_tag_line(str(attributes))
    assert parse(str(attributes)) == attributes


@given(
    st.builds(
        Attributes,
        words,
        st.just(()),
        st.lists(st.tuples(stances, values), max_size=3, unique_by=lambda p: p[0]).map(tuple),
    )
)
def test_python_markdown_reads_the_same(attributes: Attributes) -> None:
    html = Markdown(extensions=["attr_list"]).convert(f"Text.\n{attributes}")
    assert f'id="{attributes.id}"' in html
    for key, value in attributes.pairs:
        assert f'{key}="{value}"' in html


@pytest.mark.parametrize(
    "line", ["{: #a", "{ a }", "text {: #a }", "{}", "{: #a } more", "{{ x }}", "{a: b}"]
)
def test_what_is_no_tag_line(line: str) -> None:
    assert not is_tag_line(line)


@pytest.mark.parametrize(
    "line", ["{: #a }", "{:.aside}", "{ #a }", "\t{: asserts=x }", "{ .aside }"]
)
def test_what_is_a_tag_line(line: str) -> None:
    assert is_tag_line(line)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{: #a asserts="b c }', 'cannot read “asserts="b c”'),
        ("{: #a #b }", "two ids, “a” and “b”$"),
        ("{: #b #a #c }", "two ids, “b” and “a”$"),
        ("{: #a = }", "cannot read “=”"),
        ("{: #a #b='c' }", "cannot read “#b='c'”"),
        ("  Tea.  ", "no tag line: Tea.$"),
        ("{: #a asserts }", "cannot read “asserts”"),
        ("{: a, b }", "cannot read “a, b”"),
    ],
)
def test_an_unreadable_tag_line_says_where(line: str, complaint: str) -> None:
    with pytest.raises(BadAttributes, match=complaint):
        parse(line)


@pytest.mark.parametrize(
    ("line", "message", "meant"),
    [
        ('{: #a asserts="b c', 'its closing “" }” is missing', '{: #a asserts="b c" }'),
        ("{: #a .aside", "its closing “}” is missing", "{: #a .aside }"),
        (': #a asserts="b" }', "its opening “{:” is missing", '{: #a asserts="b" }'),
        ('tea-wakes="Tea wakes" }', "its opening “{:” is missing", '{: tea-wakes="Tea wakes" }'),
        ("{: asserts=b", "its closing “}” is missing", '{: asserts="b" }'),
        ("{: #a asserts=“b c” }", "with curly quotation marks", '{: #a asserts="b c" }'),
        ("{: #a asserts=‘b’ }", "with curly quotation marks", '{: #a asserts="b" }'),
        ('{: #a asserts=b" }', 'cannot read “asserts=b"”', '{: #a asserts="b" }'),
        ('{: #a asserts: "b" }', 'cannot read “asserts: "b"”', '{: #a asserts="b" }'),
        ('{: # a asserts="b" }', "cannot read “# a", '{: #a asserts="b" }'),
        ("{: #a asserts='b ? c' }", "a “?” stands apart from its claim", '{: #a asserts="b? c" }'),
        ("{: #a asserts='b; c/d' }", "“;” stands between claims", '{: #a asserts="b c d" }'),
        ("{: #a aside }", "cannot read “aside”", "{: #a .aside }"),
        ('{: #a } {: asserts="b" }', "stands behind its “}”", "{: #a }"),
        ("{: asserts=a is b, c", "is missing", '{: asserts="a is b, c" }'),
        ("{: a b c }", "cannot read “a b c”", '{: #id asserts="claim-id other-claim-id" }'),
    ],
)
def test_a_broken_line_is_known_and_written_as_it_was_meant(
    line: str, message: str, meant: str
) -> None:
    assert is_broken(line) != is_tag_line(line)
    with pytest.raises(BadAttributes) as caught:
        parse(line)
    assert message in str(caught.value)
    assert caught.value.hint == f"write {meant}"
    parse(meant)


@given(
    st.builds(
        Attributes,
        words,
        st.sampled_from([(), ("aside",)]),
        st.lists(st.tuples(stances, st.lists(words, min_size=1, max_size=3).map(" ".join))).map(
            tuple
        ),
    ),
    st.sampled_from(
        [("}", ""), (" }", ""), ('" }', ""), ("{: ", ": "), ('="', "=“"), ('="', ": ")]
    ),
)
def test_whatever_sign_is_lost_the_line_is_meant_as_it_was(
    attributes: Attributes, lost: tuple[str, str]
) -> None:
    line = str(attributes).replace(*lost)
    if line != str(attributes):
        assert is_broken(line) or is_tag_line(line)
        with pytest.raises(BadAttributes) as caught:
            parse(line)
        assert caught.value.hint == f"write {attributes}"


@pytest.mark.parametrize(
    "line",
    ["Tea = water", "reports: they say", "x = {y}", "{x} = y", "#tea is a word", "was it so?", "}",
     ": so it is", "a {: b", "He said “asserts”", "{pots}"],
)  # fmt: skip
def test_what_is_text(line: str) -> None:
    assert not is_broken(line)
    assert not is_tag_line(line)


def test_former_ids_are_what_every_was_lists() -> None:
    line = """{: #a was="b  c" asserts=x was='d' wasp="e" will="f" }"""
    assert parse(line).was == ("b", "c", "d")


def test_a_value_with_quotation_marks_stands_in_the_other_kind() -> None:
    attributes = Attributes("a", (), (("asserts", "it's"), ("reports", 'a "b"')))
    assert str(attributes) == """{: #a asserts="it's" reports='a "b"' }"""
    assert parse(str(attributes)) == attributes
    assert str(Attributes()) == "{:  }"


@pytest.mark.parametrize(
    ("line", "attributes"),
    [
        ("{:}", Attributes()),
        ("{::}", None),
        ("{:#a}  \t", Attributes("a")),
        ("{ asserts = b }", Attributes("", (), (("asserts", "b"),))),
        ("{asserts =''}", Attributes("", (), (("asserts", ""),))),
        ("{: .x .aside #ä-1 .y }", Attributes("ä-1", ("x", "aside", "y"))),
        ("{: #a.b }", Attributes("a.b")),
        ("{: data-x='}' }", None),
        ("{: #a\n}", None),
        ("{: #a }\n", None),
        ("{#}", None),
        ("{.}", None),
    ],
)
def test_the_edges_of_the_syntax(line: str, attributes: Attributes | None) -> None:
    try:
        assert parse(line) == attributes
    except BadAttributes:
        assert attributes is None


@pytest.mark.parametrize(
    ("further", "misplaced"),
    [
        ("{: x='y' was='z' .b .c #d }", "#d"),
        ("{: x='y' was='z' .b .c }", ".b"),
        ("{: x='y' was='z' rejects='w' }", "was"),
    ],
)
def test_what_is_misplaced_on_a_further_line_is_named(further: str, misplaced: str) -> None:
    with pytest.raises(BadAttributes, match=f"^“{misplaced}” belongs on the passage’s first"):
        parse("{: #a }", "{: x='y' }", further)
