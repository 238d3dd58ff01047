"""From a document to a file of any kind and back, and from there to an essay's file and back."""

from dataclasses import replace

import docx
from hypothesis import HealthCheck, given, settings

from crossclaim.content.essay import read_essay
from crossclaim.importing import formats
from crossclaim.importing.compose import essay_text
from crossclaim.importing.document import Block, Document, Kind, LeftOut, Run, with_omission_remark
from crossclaim.importing.html.html import read_html
from crossclaim.importing.markup.docx import read_docx
from crossclaim.importing.markup.epub import read_epub
from crossclaim.importing.markup.markdown import read_markdown
from crossclaim.model import Heading, Items, Part, Passage, Quotation, Verbatim
from documents_made import as_docx, as_epub, as_html, documents, saved

TITLE, AUTHOR = "On tea", "Ada Byron"
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def page(blocks: tuple[Block, ...]) -> bytes:
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{TITLE} | The Kettle</title></head><body>"
        f"<nav><a href=/>Home</a></nav><main><h1>{TITLE}</h1><p>By {AUTHOR}</p>{as_html(blocks)}</main>"
        "<footer><p>© 2014 The Kettle</p></footer></body></html>"
    ).encode()


@SOME
@given(documents())
def test_a_page_is_read_as_it_was_written(blocks: tuple[Block, ...]) -> None:
    document = read_html(page(blocks))
    assert document.blocks == blocks
    assert (document.title, document.author) == (TITLE, AUTHOR)
    assert document.rights == "© 2014 The Kettle"


@SOME
@given(documents())
def test_a_book_is_read_as_it_was_written(blocks: tuple[Block, ...]) -> None:
    metadata = f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
    document = read_epub(
        as_epub({"a.xhtml": f"<body><h1>{TITLE}</h1>{as_html(blocks)}</body>"}, metadata)
    )
    assert document.blocks == blocks
    assert (document.title, document.author) == (TITLE, AUTHOR)


@SOME
@given(documents())
def test_a_word_document_is_read_as_it_was_written(blocks: tuple[Block, ...]) -> None:
    # python-docx writes no links, and its lists have one level.
    plain = tuple(
        replace(
            block,
            runs=tuple(replace(run, address="") for run in block.runs),
            level=min(block.level, 1) if block.kind is Kind.BULLET else block.level,
        )
        for block in blocks
    )
    document = read_docx(as_docx(plain, TITLE, AUTHOR))
    assert [(b.kind, b.text, b.quoted) for b in document.blocks] == [
        (b.kind, b.text, b.quoted) for b in plain
    ]
    assert (document.title, document.author) == (TITLE, AUTHOR)


@SOME
@given(documents())
def test_a_written_essay_is_read_as_the_same_document(blocks: tuple[Block, ...]) -> None:
    written = essay_text(Document(TITLE, AUTHOR, blocks), "originals/a.txt")
    document = read_markdown(written.encode())
    assert document.blocks == blocks
    assert (document.title, document.author) == (TITLE, AUTHOR)


@SOME
@given(documents())
def test_what_is_read_is_written_and_loaded_with_its_shape(blocks: tuple[Block, ...]) -> None:
    text = essay_text(read_html(page(blocks)), "originals/a.html")
    essay, findings = read_essay(text, "essays/a.md", "a", {AUTHOR: "ada-byron"})
    assert [f for f in findings if f.code != "incomplete-metadata"] == []
    heads = sorted({b.level for b in blocks if b.kind is Kind.HEADING})
    expected = [
        (b.kind, 2 + heads.index(b.level) if b.kind is Kind.HEADING else b.level, b.quoted)
        for b in blocks
    ]
    assert shape(essay.parts) == expected


def shape(
    parts: tuple[Part, ...], quoted: int = 0, depth: int = 0, first: Kind | None = None
) -> list[tuple[Kind, int, int]]:
    """Kind, level and quotation depth of everything that has words, in order."""
    shapes: list[tuple[Kind, int, int]] = []
    for part in parts:
        match part:
            case Heading():
                shapes.append((Kind.HEADING, part.level, quoted))
            case Passage():
                shapes.append((first or Kind.PARAGRAPH, depth, quoted))
                first = None
            case Quotation():
                shapes += shape(part.parts, quoted + 1)
            case Items():
                kind = Kind.NUMBERED if part.ordered else Kind.BULLET
                for item in part.items:
                    shapes += shape(item, quoted, depth + 1, kind)
            case Verbatim():
                raise AssertionError(part.text)
    return shapes


NOT_MARKDOWN = [
    "1986. A great year for tea, and a long one.", "# hashtag", "{: .x }", "[[x]] and {{ x }} and {% y %}",
    "I <3 tea & <b>not bold</b> &amp;", "*stars* **two** _under_ __init__ snake_case", "- dash", "> mark",
    "a | b | c", "```code```", "---", "[^1] no note", "[a](b) no link", "![a](b)", "\\backslash \\*", "[x]: http://y",
    "Term\n: no definition", "!!! no admonition", "<!-- seen -->", "“Curly” ‘quotes’ – dash…", "a\u00a0b", "`tick`",
]  # fmt: skip


def test_nothing_in_a_page_is_read_as_markdown() -> None:
    runs = [
        run
        for number, text in enumerate(NOT_MARKDOWN)
        for run in (
            Run(f"The kettle, number {number}, sings before it boils, "),
            Run(
                text,
                ("em", "strong", "", "both")[number % 4],
                "https://example.org/a_b" if number % 3 else "",
            ),
            Run(" and never after."),
        )
    ]
    blocks = tuple(
        Block(Kind.PARAGRAPH, part)
        for index, text in enumerate(NOT_MARKDOWN)
        for part in ((Run(text),), tuple(runs[3 * index : 3 * index + 3]))
    )
    read = read_html(
        page(
            (
                Block(
                    Kind.PARAGRAPH,
                    (Run("The pot is warmed, and then the water goes out on the steps again."),),
                ),
                *blocks,
            )
        )
    )
    again = read_markdown(essay_text(read, "originals/a.html").encode())
    assert [b.text.split() for b in again.blocks] == [b.text.split() for b in read.blocks]
    assert [[(r.text.split(), r.emphasis, r.address) for r in b.runs] for b in again.blocks] == [
        [(r.text.split(), r.emphasis, r.address) for r in b.runs] for b in read.blocks
    ]


def test_more_than_half_left_out_is_remarked_whatever_else_is() -> None:
    kept, left = Block(Kind.PARAGRAPH, (Run("Two words"),)), LeftOut(1, "many words " * 9, "an ad")
    document = Document(TITLE, AUTHOR, (kept,), left_out=(left,), remarks=("a table",))
    table, remark = with_omission_remark(document).remarks
    assert (table, remark[:28]) == ("a table", "18 of 20 words were left out")
    half = replace(document, left_out=(replace(left, text="two words"),))
    assert with_omission_remark(half) == half


def test_a_reader_of_any_other_format_than_pages_remarks_it() -> None:
    prose, long = "The kettle sings, the pot is warm, and nobody minds.", "kettle " * 99
    word = docx.Document()
    word.add_paragraph(prose)
    word.sections[0].header.paragraphs[0].text = long
    comments = "".join(f"{number} Comments\n\n" for number in range(99))
    originals = {
        ".txt": f"{prose}\n\nLeave a Reply\n\n{comments}".encode(),
        ".md": f"{prose}\n\n![{long}](a.jpg)".encode(),
        ".docx": saved(word),
        ".epub": as_epub({"a.xhtml": f"<body><p>{prose}</p><p><img alt='{long}'/></p></body>"}),
    }
    for ending, data in originals.items():
        remarks = formats.read_original(data, ending, TITLE, AUTHOR).remarks
        assert "words were left out, more than half" in " ".join(remarks), ending
