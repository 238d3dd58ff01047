"""PDF to a document: pages of characters read in order, where that can be told with certainty."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crossclaim.importing import people
from crossclaim.importing.block_transforms import split_lines
from crossclaim.importing.boilerplate.author import find_author
from crossclaim.importing.boilerplate.extraction import Extraction, same_words
from crossclaim.importing.boilerplate.head import without_head
from crossclaim.importing.boilerplate.tail import (
    without_section_breaks,
    without_tail,
    without_widgets,
)
from crossclaim.importing.dates import pdf_date
from crossclaim.importing.document import (
    Block,
    Document,
    Kind,
    LeftOut,
    Paragraph,
    Unreadable,
    with_omission_remark,
)
from crossclaim.importing.pdf.blocks import PdfBlock, pdf_blocks
from crossclaim.importing.pdf.footnotes import link_footnotes, pdf_footnotes
from crossclaim.importing.pdf.layout import (
    BodyLayout,
    body_layout,
    has_columns,
    split_footnotes,
    without_margin_notes,
    without_running_heads,
)
from crossclaim.importing.pdf.lines import pdf_lines
from crossclaim.importing.pdf.pages import PdfPage, pdf_pages
from crossclaim.model import Step
from crossclaim.names import words

_HEAD = 3  # blocks among which a byline may stand
# What programs write as a title when nobody gave one.
_NO_TITLE = re.compile(
    r"\s*\Z|untitled|about:blank|microsoft word|document\d*\Z|.*\.\w{2,4}\Z|https?:|\(.*\)\Z"
    r"|slide \d|no title|print\b",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"mozilla|skia|chrom|safari|webkit|wkhtml|quartz", re.IGNORECASE)
_LARGER = 1.15  # of the body's size; a title is larger
_TITLE_WORDS = 30
_OPENING_WORDS = 20  # of a first block that is a title without being set larger


def read_pdf(data: bytes, title: str = "", author: str = "", step: Step | None = None) -> Document:
    """A PDF to a document. A title or author that is known already is not looked for.

    Raises Unreadable for scans, pages in two columns, and files that cannot be opened.
    """
    pages, metadata = pdf_pages(data, step)
    _refuse_unreadable(pages)
    columns = _pages_with_columns(pages)
    lines = [line for page in pages for line in pdf_lines(page)]
    lines, left_out = without_running_heads(lines, pages)
    left_out += [
        LeftOut(0, page.rotated, "text that is set sideways", f"page {page.number}")
        for page in pages if page.rotated
    ]  # fmt: skip
    if not lines:
        return Document(title, author, (), left_out=tuple(left_out))
    layout = body_layout(lines)
    lines, margin_notes = without_margin_notes(lines, layout)
    body, small = split_footnotes(lines, layout)
    footnotes = pdf_footnotes(small, layout)
    blocks, notes, uncertain = link_footnotes(pdf_blocks(body, layout), footnotes)
    left_out += [*margin_notes, *uncertain]
    title, blocks = _split_title(blocks, layout, metadata.get("Title", "").strip(), title)
    blocks = _with_head_lines_split(blocks)
    author = author or _author(blocks, metadata.get("Author", "").strip())
    document = _without_boilerplate(blocks, title, author)
    left_out += document.left_out
    document = replace(
        document,
        date=document.date or _date(metadata),
        notes=notes,
        left_out=tuple(left_out),
        remarks=_column_remarks(columns),
    )
    return with_omission_remark(document)


def _refuse_unreadable(pages: Sequence[PdfPage]) -> None:
    """Raise Unreadable where the pages' words cannot be told."""
    counts = {page.number: _count(page) for page in pages}
    total = sum(counts.values())
    unknown = sum(not char.text for page in pages for char in page.chars)
    if unknown > total:
        raise Unreadable(
            "the PDF does not say which letters its signs are",
            "save the text from the program that made it, as .docx or .txt",
        )
    scans = sum(page.image_share > 0.3 and counts[page.number] < 40 for page in pages)
    if total < 20 * len(pages) or scans > 0.5 * len(pages):
        raise Unreadable(
            "the pages are pictures, a scan without text",
            "run text recognition on it, and add its text as .docx or .txt",
        )


def _pages_with_columns(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages that may be set in columns. Raises Unreadable where these are many."""
    columns = [page for page in pages if has_columns(page)]
    if sum(map(_count, columns)) > 0.3 * sum(map(_count, pages)):
        raise Unreadable(
            "the pages are set in two columns, whose order cannot be told with certainty",
            "save the text from the program that made it, as .docx or .txt",
        )
    return columns


def _count(page: PdfPage) -> int:
    return sum(bool(char.text.strip()) for char in page.chars)


def _split_title(
    blocks: list[PdfBlock], layout: BodyLayout, named: str, title: str
) -> tuple[str, list[PdfBlock]]:
    """The title and the blocks without it: given, in the largest type of page one, or `named`."""
    shown, others = _in_largest_type(blocks, layout)
    if shown and (not title or same_words(shown, title)):
        return title or shown, others
    if not title and named and not _NO_TITLE.match(named):
        title = named
    opening = blocks[0].block.text if blocks else ""
    if title and same_words(opening, title):
        return title, blocks[1:]
    if not title and len(blocks) > 1 and len(words(opening)) <= _OPENING_WORDS:
        return opening.strip(), blocks[1:]
    return title, blocks


def _in_largest_type(blocks: list[PdfBlock], layout: BodyLayout) -> tuple[str, list[PdfBlock]]:
    """The words that stand in the largest type near the top of page one, and the other blocks."""
    top = [each for each in blocks if each.page == blocks[0].page][:12]
    largest = max((each.size for each in top), default=0)
    large = [
        each for each in top
        if each.size > largest - 0.6
        and each.size > _LARGER * layout.size
        and len(words(each.block.text)) <= _TITLE_WORDS
    ]  # fmt: skip
    if not large:
        return "", blocks
    start = end = blocks.index(large[0])
    while end < len(blocks) and blocks[end] in large:
        end += 1
    shown = " ".join(each.block.text.strip() for each in blocks[start:end])
    return shown, blocks[:start] + blocks[end:]


def _with_head_lines_split(blocks: Sequence[PdfBlock]) -> list[PdfBlock]:
    """The blocks, lines of the first ones apart where one of them is a byline."""
    split: list[PdfBlock] = []
    for index, each in enumerate(blocks):
        lines = each.block.text.split("\n") if index < _HEAD else []
        if len(lines) > 1 and any(people.byline(line.strip()) for line in lines):
            split += [replace(each, block=block) for block in split_lines(each.block)]
        else:
            split.append(each)
    return split


def _author(blocks: Sequence[PdfBlock], named: str) -> str:
    """The author: from a byline above the text, else as the file names a person."""
    paragraphs = [Paragraph(index, each.block.text.strip()) for index, each in enumerate(blocks)]
    if name := find_author(paragraphs[:8]):
        return name
    if re.fullmatch(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}", named):
        return named
    return find_author(paragraphs)


def _date(metadata: dict[str, str]) -> str:
    """The day the file was made, but not where a browser made it: then somebody printed a page."""
    program = f"{metadata.get('Creator', '')} {metadata.get('Producer', '')}"
    return "" if _BROWSER.search(program) else pdf_date(metadata.get("CreationDate", ""))


def _without_boilerplate(blocks: Sequence[PdfBlock], title: str, author: str) -> Document:
    """The document, its head and tail told from the essay as in any other original."""
    extraction = Extraction(title, author)
    paragraphs = [
        Paragraph(
            number,
            f"{each.block.marker} {each.block.text}".strip(),
            rows=max(len(each.lines), 1),
        )
        for number, each in enumerate(blocks, start=1)
    ]
    paragraphs = without_section_breaks(paragraphs, extraction)
    paragraphs = without_tail(without_head(paragraphs, extraction), extraction)
    paragraphs = without_widgets(paragraphs, extraction)
    own = [blocks[paragraph.line - 1].block for paragraph in paragraphs]
    return Document(
        title=extraction.title,
        author=extraction.author,
        blocks=tuple(_last_not_heading(own)),
        publication=extraction.publication,
        date=extraction.date,
        address=extraction.address,
        rights=extraction.rights,
        biography=extraction.biography,
        left_out=tuple(
            replace(left, line=0, where=f"page {blocks[left.line - 1].page}")
            for left in extraction.left_out
        ),
    )


def _last_not_heading(blocks: list[Block]) -> list[Block]:
    """The blocks; a heading with nothing below it is a paragraph."""
    if blocks and blocks[-1].kind is Kind.HEADING:
        return [*blocks[:-1], replace(blocks[-1], kind=Kind.PARAGRAPH, level=0)]
    return blocks


def _column_remarks(columns: Sequence[PdfPage]) -> tuple[str, ...]:
    if not columns:
        return ()
    numbers = ", ".join(str(page.number) for page in columns)
    return (f"Page {numbers} may hold a table or columns: look whether the words stand in order.",)
