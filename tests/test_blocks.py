from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from crossclaim.content.blocks import (
    Block,
    HeadingBlock,
    Line,
    ListBlock,
    OtherBlock,
    ParagraphBlock,
    QuoteBlock,
    StrayTagLine,
    scan,
)


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]


def shape(blocks: tuple[Block, ...]) -> list[object]:
    """Blocks as nested lists of words, easy to compare."""
    made: list[object] = []
    for block in blocks:
        match block:
            case ParagraphBlock():
                tag = block.tag_line.text.strip() if block.tag_line else None
                made.append(("p", block.text, tag) if tag else ("p", block.text))
            case HeadingBlock():
                made.append((f"h{block.level}", block.text))
            case OtherBlock():
                made.append(("other", block.text))
            case StrayTagLine():
                made.append(("stray", block.line.number))
            case QuoteBlock():
                made.append(("quote", shape(block.blocks)))
            case ListBlock():
                kind = f"ol{block.start}" if block.ordered else "ul"
                made.append((kind, [shape(item) for item in block.items]))
    return made


def of(text: str) -> list[object]:
    return shape(scan(lines(text)))


def test_paragraphs_and_their_tag_lines() -> None:
    assert of("one\nstill one\n{: #a }\n\ntwo") == [
        ("p", "one\nstill one", "{: #a }"),
        ("p", "two"),
    ]


def test_a_tag_line_ends_its_paragraph_even_without_a_blank_line() -> None:
    assert of("one\n{: #a }\ntwo\n{: #b }") == [("p", "one", "{: #a }"), ("p", "two", "{: #b }")]


def test_a_tag_line_apart_is_stray() -> None:
    assert of("one\n\n{: #a }") == [("p", "one"), ("stray", 3)]


def test_headings_of_both_kinds_break_paragraphs() -> None:
    assert of("one\n# two #\nthree\n===\n\nfour\n---") == [
        ("p", "one"),
        ("h1", "two"),
        ("h1", "three"),
        ("h2", "four"),
    ]


def test_a_hashtag_is_no_heading_and_a_year_no_list() -> None:
    assert of("#tag\n\n1986\\. A year") == [("p", "#tag"), ("p", "1986\\. A year")]


def test_list_items_tight_loose_and_nested() -> None:
    text = "3. a\n   more\n   {: #a }\n4. b\n\n   b again\n   {: #b }\n\n5. c\n    - d\n      {: #d }\n    - e"
    assert of(text) == [
        (
            "ol3",
            [
                [("p", "a\nmore", "{: #a }")],
                [("p", "b"), ("p", "b again", "{: #b }")],
                [("p", "c"), ("ul", [[("p", "d", "{: #d }")], [("p", "e")]])],
            ],
        )
    ]


def test_a_list_ends_at_text_that_is_not_indented() -> None:
    assert of("- a\n\nb") == [("ul", [[("p", "a")]]), ("p", "b")]
    assert of("- a\n- b\n\n1. c") == [("ul", [[("p", "a")], [("p", "b")]]), ("ol1", [[("p", "c")]])]


def test_a_tag_line_without_indentation_still_belongs_to_the_item_above() -> None:
    assert of("- a\n{: #a }\n- b") == [("ul", [[("p", "a", "{: #a }")], [("p", "b")]])]
    assert of("- a\n{: #a }\nb") == [("ul", [[("p", "a", "{: #a }")]]), ("p", "b")]


def test_quotations_hold_passages() -> None:
    assert of("> one\n> {: #a }\n>\n> - two\n\nthree") == [
        ("quote", [("p", "one", "{: #a }"), ("ul", [[("p", "two")]])]),
        ("p", "three"),
    ]


def test_what_is_no_passage() -> None:
    assert of(
        "```\n{: #a }\n\nx\n```\n\n***\n\n<div>\nhi\n</div>\n\n![a](b)\n\n[^1]: note\n    more"
    ) == [
        ("other", "```\n{: #a }\n\nx\n```"),
        ("other", "***"),
        ("other", "<div>\nhi\n</div>"),
        ("other", "![a](b)"),
        ("other", "[^1]: note\n    more"),
    ]


def test_a_small_heart_is_text() -> None:
    assert of("<3 tea") == [("p", "<3 tea")]


def lines_of(blocks: tuple[Block, ...]) -> Iterator[int]:
    for block in blocks:
        match block:
            case ParagraphBlock():
                yield from (line.number for line in block.lines)
                if block.tag_line:
                    yield block.tag_line.number
            case OtherBlock():
                yield from (line.number for line in block.lines)
            case StrayTagLine():
                yield block.line.number
            case QuoteBlock():
                yield from lines_of(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from lines_of(item)


pieces = st.sampled_from(
    ["", "", "word", "more words", "- item", "  - inner", "1. one", "2. two", "> quote", ">", "   in",
     "{: #a }", "  {: #b }", "```", "***", "    code", "<div>", "[^1]: x", "* * *", "\ttab", "10. ten"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25))
def test_every_line_with_text_belongs_to_exactly_one_block(parts: list[str]) -> None:
    given_lines = lines("\n".join(parts))
    found = list(lines_of(scan(given_lines)))
    assert found == sorted(set(found)), "in order, each once"
    bare = {line.number for line in given_lines if line.text.strip(" \t>") == ""}
    marked = {line.number for line in given_lines} - bare
    assert marked <= set(found)


@given(st.text(alphabet="ab#>-*+1.`~<{}:[]^! \n\t=_", max_size=200))
def test_any_text_is_scanned_in_order_without_failing(text: str) -> None:
    found = list(lines_of(scan(lines(text))))
    assert found == sorted(set(found))
