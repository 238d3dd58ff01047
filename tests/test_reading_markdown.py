"""Markdown: front matter, and the text as it renders, lists as most programs read them."""

import pytest

from crossclaim.importing.document import Document, Kind, Unreadable
from crossclaim.importing.markup.markdown import read_markdown

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."


def read(text: str) -> Document:
    return read_markdown(text.encode())


def shape(document: Document) -> list[tuple[str, str, int, int, str]]:
    return [(b.kind.value, b.marker, b.level, b.quoted, b.text) for b in document.blocks]


def test_front_matter_says_what_it_says() -> None:
    document = read(
        "---\ntitle: On tea\nauthor: Ada Byron\ndate: 2014-03-02\nlang: en-GB\nsource: https://example.org/tea\n"
        f"publication: The Kettle\nlicense: CC BY 4.0\n---\n\n{ONE}\n\n{TWO}\n"
    )
    assert (document.title, document.author, document.date) == ("On tea", "Ada Byron", "2014-03-02")
    assert (document.language, document.publication) == ("en", "The Kettle")
    assert (document.address, document.rights) == ("https://example.org/tea", "CC BY 4.0")
    assert [b.text for b in document.blocks] == [ONE, TWO]


@pytest.mark.parametrize(
    "front",
    [
        "title: [",
        "a: &a [x, x]\ntitle: *b",
        "title: !!python/object/apply:os.getcwd []",
        "- a\n- b",
        "",
        "title:\n  x: y",
    ],
)
def test_front_matter_that_says_nothing_is_no_fault(front: str) -> None:
    document = read(f"---\n{front}\n---\n\n# On tea\n\n{ONE}\n\n{TWO}\n")
    assert document.title == "On tea"
    assert [b.text for b in document.blocks][-2:] == [ONE, TWO]


def test_heading_and_byline_are_found_without_front_matter() -> None:
    document = read(f"# On tea\n\nby Ada Byron\n\n{ONE}\n\n## Water\n\n{TWO}\n")
    assert (document.title, document.author) == ("On tea", "Ada Byron")
    assert [b.text for b in document.blocks] == [ONE, "Water", TWO]
    assert [(left.line, left.text) for left in document.left_out] == [
        (1, "On tea"),
        (3, "by Ada Byron"),
    ]


def test_the_text_is_read_as_it_renders() -> None:
    document = read(
        f"{ONE}\n\n> Quoted *here*\n> again.\n>\n> > Twice.\n\nVerse line  \nsecond line[^a]\n\n"
        f"1986\\. A great year. \\# hash [link](https://example.org/a) ![pot](p.png)\n\n"
        f"```\ncode( x )\n```\n\n{TWO}\n\n[^a]: Not *always*.\n"
    )
    assert shape(document)[1:-1] == [
        ("paragraph", "", 0, 1, "Quoted here again."),
        ("paragraph", "", 0, 2, "Twice."),
        ("paragraph", "", 0, 0, "Verse line\nsecond line"),
        ("paragraph", "", 0, 0, "1986. A great year. # hash link"),
        ("paragraph", "", 0, 0, "code( x )"),
    ]
    assert [left.text for left in document.left_out] == ["pot"]
    assert document.blocks[3].runs[-1].note == document.notes[0].label
    assert "".join(run.text for run in document.notes[0].runs) == "Not always."


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_lists_are_nested_however_they_are_indented(indent: int) -> None:
    deep = " " * indent
    document = read(
        f"{ONE}\n- one\n- two\n{deep}- deep\n{deep * 2}- deeper\n- three\n\n3. third\n4. fourth\n\n{TWO}\n"
    )
    assert shape(document)[1:-1] == [
        ("bullet", "", 1, 0, "one"),
        ("bullet", "", 1, 0, "two"),
        ("bullet", "", 2, 0, "deep"),
        ("bullet", "", 3, 0, "deeper"),
        ("bullet", "", 1, 0, "three"),
        ("numbered", "3.", 1, 0, "third"),
        ("numbered", "4.", 1, 0, "fourth"),
    ]


def test_a_hyphen_in_wrapped_prose_is_no_list_inside_code() -> None:
    document = read(f"{ONE}\n\n```\na\n- b\n```\n\n{TWO}\n")
    assert all(block.kind is Kind.PARAGRAPH for block in document.blocks)


def test_what_is_nested_without_end_is_told_in_one_line() -> None:
    with pytest.raises(Unreadable) as told:
        read("".join(" " * 2 * n + "- x\n" for n in range(400)))
    assert "nested" in told.value.message
    with pytest.raises(Unreadable) as told:
        read("[" * 20_000)
    assert "brackets" in told.value.message
