"""Markdown as the program reads it: blocks, words, and what is written for the renderer."""

import re
import sys
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from crossclaim.content import markdown
from crossclaim.content.essay import read_essay
from crossclaim.content.markdown import (
    Block,
    HeadingBlock,
    Leaf,
    Line,
    ListBlock,
    NestedTooDeeply,
    ParagraphBlock,
    QuotationBlock,
    StrayTagLine,
    VerbatimBlock,
    addresses,
    as_html,
    excerpt,
    for_renderer,
    leaves,
    literal,
    open_comment,
    paragraphs,
    parse_blocks,
    plain_words,
    raw_html,
    shown_words,
)
from crossclaim.importing.compose import essay_text
from crossclaim.importing.document import Block as DocumentBlock
from crossclaim.importing.document import Document, Kind, Run
from crossclaim.model import Definitions, Heading, Items, Part, Passage, Quotation, Verbatim


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]


def shape(blocks: Sequence[Block]) -> list[object]:
    """Blocks as nested lists of words, easy to compare."""
    made: list[object] = []
    for block in blocks:
        match block:
            case ParagraphBlock():
                tag = "\n".join(line.text.strip() for line in block.tag_lines)
                made.append(("p", block.text, tag) if tag else ("p", block.text))
            case HeadingBlock():
                made.append((f"h{block.level}", block.text))
            case VerbatimBlock():
                made.append(("other", block.text))
            case StrayTagLine():
                made.append(("stray", block.first))
            case QuotationBlock():
                made.append(("quote", shape(block.blocks)))
            case ListBlock():
                kind = f"ol{block.start}" if block.ordered else "ul"
                made.append((kind, [shape(item) for item in block.items]))
    return made


def of(text: str) -> list[object]:
    return shape(parse_blocks(lines(text)).blocks)


def test_paragraphs_and_their_tag_lines() -> None:
    assert of("one\nstill one\n{: #a }\n\ntwo") == [
        ("p", "one\nstill one", "{: #a }"),
        ("p", "two"),
    ]


def test_a_tag_line_ends_its_paragraph_even_without_a_blank_line() -> None:
    assert of("one\n{: #a }\ntwo\n{: #b }") == [("p", "one", "{: #a }"), ("p", "two", "{: #b }")]


def test_tag_lines_under_one_another_belong_to_one_paragraph() -> None:
    assert of("> - one\n>   {: #a }\n>   {: b='c' }\n\ntwo") == [
        ("quote", [("ul", [[("p", "one", "{: #a }\n{: b='c' }")]])]),
        ("p", "two"),
    ]


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
        ("other", "&lt;div>\nhi\n&lt;/div>"),
        ("other", "![a](b)"),
        ("other", "[^1]: note\n    more"),
    ]


def test_a_small_heart_is_text() -> None:
    assert of("<3 tea") == [("p", "<3 tea")]


def lines_of(blocks: Sequence[Block]) -> list[int]:
    numbers = [number for leaf, _ in leaves(blocks) for number in range(leaf.first, end(leaf) + 1)]
    return numbers


def end(leaf: Leaf) -> int:
    return leaf.end if isinstance(leaf, ParagraphBlock) else leaf.last


pieces = st.sampled_from(
    ["", "", "word", "more words", "- item", "  - inner", "1. one", "2. two", "> quote", ">", "   in",
     "{: #a }", "  {: #b }", "```", "***", "    code", "<div>", "[^1]: x", "* * *", "\ttab", "10. ten"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25))
def test_every_line_with_text_belongs_to_exactly_one_block(parts: list[str]) -> None:
    given_lines = lines("\n".join(parts))
    found = lines_of(parse_blocks(given_lines).blocks)
    assert found == sorted(set(found)), "in order, each once"
    bare = {line.number for line in given_lines if line.text.strip(" \t>") == ""}
    marked = {line.number for line in given_lines} - bare
    assert marked <= set(found)


@given(st.text(alphabet="ab#>-*+1.`~<{}:[]^! \n\t=_", max_size=200))
def test_any_text_is_scanned_in_order_without_failing(text: str) -> None:
    found = lines_of(parse_blocks(lines(text)).blocks)
    assert found == sorted(set(found))


DEFINED = Definitions((("1", "https://x.org", ""),), ("n",))


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Tea *wakes* **us** _all_ `now`.", "Tea wakes us all now."),
        (r"first.\* and snake_case \[x] &lt;3 &amp; on", "first.* and snake_case [x] <3 & on"),
        ("See [the *pot*](http://x.org/a_b) and [that][1].[^n]", "See the pot and that."),
        ("<b>Bold</b>  \nand <https://x.org/_a_>", "Bold and https://x.org/_a_"),
    ],
)
def test_plain_words(markdown: str, words: str) -> None:
    assert plain_words(markdown, DEFINED) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`x*y` and `<b>`", "x*y and <b>"),
        ("Ask <mailto:a@b.example> or <a@b.example>.", "Ask a@b.example or a@b.example."),
        ("See <https://x.org/a_b_c>.", "See https://x.org/a_b_c."),
        ("Tea <!-- not yet --> wakes.", "Tea wakes."),
        ("un*frigging*believable", "unfriggingbelievable"),
        ("a*b is a product", "a*b is a product"),
        ("*all of **it** is* ***loud***", "all of it is loud"),
        (r"\{: #no } and \# and \"", '{: #no } and # and "'),
        ("[tea](javascript:x) and [pot](tel:1)", "[tea](javascript:x) and [pot](tel:1)"),
        ("one\\\ntwo", "one two"),
        ("[nobody][x] and [^x]", "[nobody][x] and [^x]"),
    ],
)
def test_words_once_read_wrong(markdown: str, words: str) -> None:
    assert plain_words(markdown, DEFINED) == words
    assert rendered(for_renderer(markdown, DEFINED)) == words


def test_html_is_shown_and_a_comment_is_not() -> None:
    assert rendered(for_renderer('<b onclick="x">Tea</b> <br>')) == '<b onclick="x">Tea</b> <br>'
    assert rendered(for_renderer("Tea <!-- private --> wakes.")) == "Tea wakes."
    assert of("<!-- private\n\nnotes -->\n\nTea.") == [("other", ""), ("p", "Tea.")]
    assert raw_html("Tea <i>wakes</i>") == "<i>"
    assert raw_html("Tea `<i>` <!-- x --> a < b") == ""
    assert raw_html("Tea <!-- <i> --> wakes") == ""


@pytest.mark.parametrize(
    "comment",
    ["<!-- private -->", "<!--private-->", "<!-- private -- private --->", "<!-- private\nprivate -->",
     "<!-->", "<!--->", "<!-- <b>private</b> `private` -->"],
)  # fmt: skip
@pytest.mark.parametrize(
    "around",
    ["Tea {} wakes.", "*Tea*{} wakes.", "{} Tea wakes.", "Tea wakes. {}", "[Tea {}](x.md) wakes.",
     "> Tea {} wakes.", "Tea\nwakes {}\nus.", "{} - Tea wakes.", "{}     Tea wakes.", "{} 12. Tea."],
)  # fmt: skip
def test_a_comment_is_never_shown(around: str, comment: str) -> None:
    text = around.format(comment if "> " not in around else comment.replace("\n", "\n> "))
    (block,) = paragraphs(parse_blocks(lines(text)).blocks)
    words = around.format("").removeprefix("> ").replace("*", "").replace("[Tea ](x.md)", "Tea")
    assert plain_words(block.text) == " ".join(words.split())
    assert rendered(for_renderer(block.text)) == " ".join(words.split())
    assert "private" not in for_renderer(block.text)
    assert (raw_html(block.text), open_comment(block.text)) == ("", False)


def test_what_looks_like_a_comment_in_code_is_text() -> None:
    assert plain_words("Tea `<!-- shown -->` wakes") == "Tea <!-- shown --> wakes"
    assert "shown" in for_renderer("Tea `<!-- shown -->` wakes")
    assert not open_comment(r"Tea `<!--` and \<!-- and &lt;!-- wakes")
    ((leaf, _),) = leaves(parse_blocks(lines("```\n<!-- shown\n```")).blocks)
    assert isinstance(leaf, VerbatimBlock)
    assert (leaf.left_open, "shown" in leaf.text) == ("", True)


@pytest.mark.parametrize(
    "text",
    ["Tea <!-- private\n\nas well -->", "## Tea <!-- private", "- Tea <!-- private\n- as well -->",
     "> Tea <!-- private\n\nas well -->", "<div>\n<!-- private\n\nas well --></div>",
     "| a <!-- private | as well --> |\n|---|---|\n| c | d |", "Tea.[^1]\n\n[^1]: One <!-- private",
     "![Tea <!-- private](x.png)", "[Tea <!-- private](x.md)", "<!-- private\n\nTea."],
)  # fmt: skip
def test_a_comment_that_its_block_does_not_close_stops_the_build(text: str) -> None:
    _, findings = read_essay(f"---\ntitle: Tea\n---\n\n{text}\n", "a.md", "a", {})
    assert "unclosed-comment" in {finding.code for finding in findings}


def test_a_broken_tag_line_ends_its_paragraph_in_an_essay_and_in_no_original() -> None:
    text = 'Tea.\n{: #tea asserts="tea-wakes\nMore.'
    first, second = paragraphs(parse_blocks(lines(text)).blocks)
    assert (first.text, len(first.tag_lines), second.text) == ("Tea.", 1, "More.")


def test_a_heading_over_several_lines_and_a_fence_in_an_item() -> None:
    assert of("one\ntwo\n===\n\n- a\n\n  ```py x=1\n  code\n  ```") == [
        ("h1", "one\ntwo"),
        ("ul", [[("p", "a"), ("other", "```py\ncode\n```")]]),
    ]


def test_a_footnote_of_several_blocks_is_written_as_the_renderer_reads_it() -> None:
    text = "Tea.[^1]\n\n[^1]: One <b>.\n\n    > Two.\n\n    - three\n\n      four"
    found = parse_blocks(lines(text)).blocks[1]
    assert isinstance(found, VerbatimBlock)
    assert (found.note, found.html) == ("1", "<b>")
    page = Markdown(extensions=EXTENSIONS).convert(f"Tea.[^1]\n\n{found.text}\n")
    note_item = html.fromstring(page).cssselect("div.footnote li")[0]
    assert [e.tag for e in note_item][:3] == ["p", "blockquote", "ul"]
    assert "One <b>." in note_item.text_content()


def test_a_table_keeps_its_cells() -> None:
    text = "| a | b |\n|:--|--:|\n| `x\\|y` | <b>\\|</b> |"
    ((leaf, _),) = leaves(parse_blocks(lines(text)).blocks)
    assert isinstance(leaf, VerbatimBlock)
    table = html.fromstring(Markdown(extensions=EXTENSIONS).convert(leaf.text))
    assert [c.text_content() for c in table.iter("td")] == ["x|y", "<b>|</b>"]
    assert [c.get("style") for c in table.iter("th")] == ["text-align: left;", "text-align: right;"]


def test_what_nests_without_end_is_an_error() -> None:
    deep = "".join(" " * 2 * n + "- x\n" for n in range(120))
    for text in (deep, "> " * 200 + "x"):
        with pytest.raises(NestedTooDeeply):
            parse_blocks(lines(text))


LIVE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,hi)", "<javascript:alert(1)>",
        "![x](data:text/html;base64,aaaa)", "*x*{: onclick=alert(1) }", "[x](#a){: onclick=alert(1) }",
        "[x][y]\n\n[y]: javascript:alert(1)", "# Heading {: onclick=alert(1) }", "[x](java&#10;script:alert(1))",
        "`a`{: onclick=alert(1) }", "<a href=javascript:alert(1)>x</a>", "<ftp://example.org/x>",
        "[a](<javascript:alert(1)>)", "&lt;script>alert(1)&lt;/script>", "<svg><script>alert(1)</script></svg>",
        "[x](\tjavascript:alert(1))", "a\n{: onclick=alert(1) }", "```{ .x onclick=alert(1) }\ny\n```",
        "~~~ {: onclick=alert(1) }\ny\n~~~", "| a {: onclick=x } |\n|---|\n| <b onclick=x>y |", "Term\n: def {: onclick=x }",
        "[^1]: <img src=x onerror=alert(1)>", "<div markdown=1 onclick=x>\n\ny\n\n</div>", "[x]( javascript:alert(1) 'y' )")  # fmt: skip


@pytest.mark.parametrize("payload", LIVE)
def test_nothing_of_an_essay_is_live_on_a_page(payload: str) -> None:
    text = f"Tea[^1] wakes.\n\n{payload}\n\n- {payload}\n\n> {payload}\n\n## {payload}\n"
    essay, _ = read_essay(text, "essays/t.md", "t", {})
    page = Markdown(extensions=[*EXTENSIONS, "def_list"]).convert(
        "\n\n".join(written(part, essay.definitions) for part in essay.parts)
    )
    for element in html.fromstring(f"<div>{page}</div>").iter():
        assert element.tag not in ("script", "svg", "img") or not element.get("onerror"), page
        for name, value in element.items():
            assert not name.startswith("on"), page
            if name in ("href", "src"):
                assert value.startswith(("#", "https:", "http:", "mailto:")), page


def written(part: Part, definitions: Definitions) -> str:
    """A part as a page writes it."""
    match part:
        case Passage() | Heading():
            return for_renderer(part.text, definitions)
        case Verbatim():
            return part.text
        case Quotation():
            return "\n\n".join(written(inner, definitions) for inner in part.parts)
        case Items():
            return "\n\n".join(written(p, definitions) for item in part.items for p in item)


@given(st.text(alphabet="ab1 .*_`<>&;#[](){}:!-+=|~\\^\"'/\n", max_size=60))
@example("a  \nb")
@example("1\n\\\n1")
@example(">1\n=")
@example(">1\n--")
@example("&#1")
def test_whatever_a_passage_says_its_letters_are_on_the_page(text: str) -> None:
    for block, _ in leaves(parse_blocks(lines(text)).blocks):
        if isinstance(block, ParagraphBlock):
            shown = rendered(for_renderer(block.text))
            assert letters(plain_words(block.text)) in letters(shown) or raw_html(block.text)


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("*a* __b__ **_c_** `d<e>`", "<em>a</em> <strong>b</strong> <strong><em>c</em></strong> <code>d&lt;e&gt;</code>"),
        ("<script>x</script> <img src=x onerror=y> a < b & c", "x  a &lt; b &amp; c"),
        ("&lt;b&gt; \\*no\\* 2 * 3 * 4 snake_case_name", "&lt;b&gt; *no* 2 * 3 * 4 snake_case_name"),
        ("[a **b**](http://x)[^n] <https://x.org/a_b_c>", "a <strong>b</strong> https://x.org/a_b_c"),
        ("one  \ntwo\nthree", "one<br>two\nthree"),
    ],
)  # fmt: skip
def test_a_passage_as_html_is_its_words_with_emphasis(markdown: str, shown: str) -> None:
    assert as_html(markdown, DEFINED) == shown


@given(st.text(alphabet="<>&\"'ab/=*_`[]()\\!-\n ", max_size=40))
def test_html_of_a_passage_holds_four_elements_at_most(text: str) -> None:
    left = as_html(text)
    for tag in ("em", "strong", "code"):
        assert left.count(f"<{tag}>") == left.count(f"</{tag}>")
        left = left.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in left.replace("<br>", "")


def test_an_excerpt_ends_at_a_word_and_says_that_it_goes_on() -> None:
    assert excerpt("Tea wakes us.", 20) == "Tea wakes us."
    assert excerpt("Tea wakes us, and how it does so nobody knows.", 16) == "Tea wakes us …"


def test_addresses_in_order() -> None:
    assert addresses("[a](x.md), <https://y.org> and ![z](z.png)") == (
        "x.md",
        "https://y.org",
        "z.png",
    )


def test_links_lead_from_another_page_where_they_led() -> None:
    text = "[a](b.md#c) [d](#e) [f][1] [1][] ![g](h.png) `[i](j)`[^n] [l](https://m.org)"
    assert for_renderer(text, DEFINED, lambda address: f"../{address}") == (
        "[a](../b.md#c) [d](../#e) [f](../https://x.org) [1](../https://x.org) "
        "![g](../h.png) `[i](j)` [l](../https://m.org)"
    )


EXTENSIONS = ["attr_list", "footnotes", "toc", "tables", "fenced_code"]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def rendered(markdown: str) -> str:
    """The words of a paragraph, rendered as the site renders it."""
    html = Markdown(extensions=EXTENSIONS).convert(f"{markdown}\n{{: #x }}\n")
    assert html.count("<p") == 1, html
    assert 'id="x"' in html
    parser = _Text()
    parser.feed(html)
    return " ".join(parser.words.split())


NASTY = [
    "1986. A great year", "# hashtag", "#hashtag", "{: .x }", "{: #x }", "[[x]]", "{{ x }}", "<3",
    "a <b> c", "- dash", "+ plus", "* star", "> quote", "*one* _two_ `three`", "***", "---", "===",
    "~~~", "first.*", "a * b * c", "snake_case and _this_", "[a](b)", "![a](b)", "[^1]", "[a]: b",
    "&amp; & &lt; &#65;", "&#0 and &#65 and &#x41z", "&copy x, AT&T", "\\ back \\* slash", "<script>alert(1)</script>", "<!-- gone -->",
    "http://x.org/_a_b_", "a | b", ": definition", "<http://x.org>", "1) one", "2.", "`", "<", "&",
    "*[HTML]: x", "!!! note", "??? x", "```", "    four spaces", "x\\", "**bold", "__init__",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_plain_text_is_read_as_markdown(text: str) -> None:
    assert rendered(literal(text.strip())) == text.strip()
    assert rendered("So: " + literal(text.strip(), starts_line=False)) == f"So: {text.strip()}"


any_line = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), max_size=60
).map(lambda text: " ".join(text.split()))
tricky = st.text(alphabet="ab 1.*_`<>&;#[](){}:!-+=|~\\^\"'/", max_size=40).map(
    lambda text: " ".join(text.split())
)


@given(any_line | tricky)
@example("&lt;a")
def test_any_line_renders_as_itself(text: str) -> None:
    if text:
        assert rendered(literal(text)) == text


kinds = st.sampled_from(list(Kind))
document_blocks = st.builds(
    lambda kind, text: DocumentBlock(kind, (Run(text),)), kinds, (any_line | tricky).filter(bool)
)


@given(st.lists(document_blocks, min_size=1, max_size=8))
def test_a_composed_essay_is_read_back_word_for_word(given_blocks: list[DocumentBlock]) -> None:
    numbered = [
        DocumentBlock(b.kind, b.runs, f"{number}.") if b.kind is Kind.NUMBERED else b
        for number, b in enumerate(given_blocks, start=1)
    ]
    document = Document("T", "Ada", tuple(numbered), rights="© *all*: {mine}")
    text = essay_text(document, "originals/t.txt")
    essay, findings = read_essay(text, "essays/t.md", "t", {"Ada": "ada"})
    assert {f.code for f in findings} <= {"incomplete-metadata"}
    assert essay.rights == "© *all*: {mine}"
    expected = [literal(b.text) for b in numbered if b.kind is not Kind.HEADING]
    assert [p.text for p in essay.passages] == expected
    assert len({p.id for p in essay.passages}) == len(essay.passages)


def test_emphasis_survives() -> None:
    block = DocumentBlock(
        Kind.PARAGRAPH,
        (Run("their "), Run("raison d'être", "em"), Run(", 2*3 "), Run("now", "strong")),
    )
    text = essay_text(Document("T", "Ada", (block,)), "o")
    assert "their *raison d'être*, 2\\*3 **now**\n{: #their-raison-detre-2 }" in text


@given(st.text("ab.! \t\n\u00a0\u2028-~^]>'\"", max_size=20))
@example("a  \n \n  \n\tb  ")
def test_a_text_without_marks_is_read_as_the_parser_reads_it(text: str) -> None:
    def read() -> tuple[object, ...]:
        markdown._parsed.cache_clear()
        ways = (plain_words, shown_words, as_html, raw_html, addresses, for_renderer)
        return markdown._inline(text, Definitions())[0], *(way(text) for way in ways)

    quickly = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_MARK", re.compile(""))
        assert read() == quickly


def operations(text: str) -> int:
    """How many calls it takes to parse a text: what is quadratic takes four times as many."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    sys.setprofile(counted)
    try:
        parse_blocks(lines)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "part",
    [
        "Words of it.\n{{: #p-{0} }}\n\n",
        "- An item.\n  {{: #p-{0} }}\n",
        "- An item\n",
        "> Quoted.\n> {{: #p-{0} }}\n>\n",
        "> Quoted.\n> {{: #p-{0} }}\n\nAnd so on.\n\n",
        "Noted.[^{0}]\n\n[^{0}]: A note.\n\n",
        "A [link][r{0}].\n\n[r{0}]: https://example.org\n\n",
    ],
)
def test_twice_the_text_is_twice_the_work(part: str) -> None:
    once, twice = (operations("".join(map(part.format, range(n)))) for n in (200, 400))
    assert twice <= 2.1 * once
