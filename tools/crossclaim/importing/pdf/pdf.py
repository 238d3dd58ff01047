"""PDF to a document: pages of characters read in order, where that can be told with certainty."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
    split_footnotes,
    without_margin_notes,
    without_running_heads,
)
from crossclaim.importing.pdf.lines import PdfLine, pdf_lines
from crossclaim.importing.pdf.pages import PageChars, read_pages
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
_LONG_WORD = re.compile(r"[A-Za-zÀ-ɏͰ-ӿ]{30,}")
_OPENING_WORDS = 20  # of a first block that is a title without being set larger


def read_pdf(data: bytes, title: str = "", author: str = "", step: Step | None = None) -> Document:
    """A PDF to a document. A title or author that is known already is not looked for.

    Raises Unreadable for scans and files that cannot be opened.
    """
    pages, metadata = read_pages(data, step)
    _refuse_unreadable(pages)
    lines = [line for page in pages for line in pdf_lines(page)]
    lines, left_out = without_running_heads(lines, {page.number: page.height for page in pages})
    left_out += [
        LeftOut(0, page.sideways, "text that is set sideways", f"page {page.number}")
        for page in pages if page.sideways
    ]  # fmt: skip
    if not lines:
        return Document(title, author, (), left_out=tuple(left_out))
    layout = body_layout(lines)
    lines, margin_notes = without_margin_notes(lines, layout)
    body, small = split_footnotes(lines, layout)
    blocks, notes, uncertain = link_footnotes(pdf_blocks(body, layout), pdf_footnotes(small))
    title, blocks = _split_title(blocks, layout, metadata.get("Title", "").strip(), title)
    blocks = _with_head_lines_split(blocks)
    extraction = Extraction(title, author or _author(blocks, metadata.get("Author", "").strip()))
    own = _without_boilerplate(blocks, extraction)
    program = f"{metadata.get('Creator', '')} {metadata.get('Producer', '')}"
    made = "" if _BROWSER.search(program) else metadata.get("CreationDate", "")  # or printed
    left_out += [*margin_notes, *uncertain]
    for left in extraction.left_out:
        left_out.append(replace(left, line=0, where=f"page {blocks[left.line - 1].page}"))
    document = Document(
        title=extraction.title,
        author=extraction.author,
        blocks=own,
        publication=extraction.publication,
        date=extraction.date or pdf_date(made),
        address=extraction.address,
        rights=extraction.rights,
        biography=extraction.biography,
        notes=notes,
        left_out=tuple(left_out),
        remarks=tuple(_remarks(lines)),
    )
    return with_omission_remark(document)


def _refuse_unreadable(pages: Sequence[PageChars]) -> None:
    """Raise Unreadable where the pages' words cannot be told."""
    counts = [sum(bool(char.text.strip()) for char in page.chars) for page in pages]
    unknown = sum(not char.text for page in pages for char in page.chars)
    sideways = sum(len("".join(page.sideways.split())) for page in pages)
    scans = sum(
        page.image_share > 0.3 and count < 40 for page, count in zip(pages, counts, strict=True)
    )
    hint = "save the text from the program that made it, as .docx or .txt"
    if unknown > sum(counts):
        raise Unreadable("the PDF does not say which letters its signs are", hint)
    if sideways > sum(counts):
        raise Unreadable("most of the text is set sideways, along slanted lines", hint)
    if sum(counts) < 20 * len(pages) or scans > 0.5 * len(pages):
        hint = "run text recognition on it, and add its text as .docx or .txt"
        raise Unreadable("the pages are pictures, a scan without text", hint)


def _split_title(
    blocks: list[PdfBlock], layout: BodyLayout, named: str, title: str
) -> tuple[str, list[PdfBlock]]:
    """The title and the blocks without it: given, in the largest type of page one, or `named`."""
    top = [each for each in blocks if each.page == blocks[0].page][:12]
    largest = max((each.size for each in top), default=0)
    large = [
        index for index, each in enumerate(top)
        if each.size > max(largest - 0.6, _LARGER * layout.size)
        and len(words(each.block.text)) <= _TITLE_WORDS
    ]  # fmt: skip
    run = [index for place, index in enumerate(large) if index == large[0] + place]
    shown = " ".join(blocks[index].block.text.strip() for index in run)
    if shown and (not title or same_words(shown, title)):
        return title or shown, [each for index, each in enumerate(blocks) if index not in run]
    if not title and not _NO_TITLE.match(named):
        title = named
    opening = blocks[0].block.text if blocks else ""
    if title and same_words(opening, title):
        return title, blocks[1:]
    if not title and len(blocks) > 1 and len(words(opening)) <= _OPENING_WORDS:
        return opening.strip(), blocks[1:]
    return title, blocks


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
    is_name = re.fullmatch(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}", named)
    return find_author(paragraphs[:8]) or (named if is_name else find_author(paragraphs))


def _without_boilerplate(blocks: Sequence[PdfBlock], extraction: Extraction) -> tuple[Block, ...]:
    """The essay's own blocks, its head and tail told from it as in any other original."""
    paragraphs = [
        Paragraph(number, f"{each.block.marker} {each.block.text}".strip(), rows=len(each.lines))
        for number, each in enumerate(blocks, start=1)
    ]
    paragraphs = without_section_breaks(paragraphs, extraction)
    paragraphs = without_tail(without_head(paragraphs, extraction), extraction)
    paragraphs = without_widgets(paragraphs, extraction)
    own = [blocks[paragraph.line - 1].block for paragraph in paragraphs]
    if own and own[-1].kind is Kind.HEADING:  # with nothing below it
        own[-1] = replace(own[-1], kind=Kind.PARAGRAPH, level=0)
    return tuple(own)


def _remarks(lines: Sequence[PdfLine]) -> Iterator[str]:
    """What an editor should look at: columns, tables, words without spaces between."""
    if columns := {line.page for line in lines if line.column}:
        yield (
            f"text in columns was read column after column ({_on_pages(columns)}): look whether "
            "the words stand in order"
        )
    if tables := {line.page for line in lines if line.in_table}:
        where = _on_pages(tables)
        yield f"a table became lines, one a row ({where}): look whether they can be read"
    letters: Counter[int] = Counter()
    long: Counter[int] = Counter()
    for line in lines:
        letters[line.page] += len(line.text)
        long[line.page] += len("".join(_LONG_WORD.findall(line.text)))
    if pages := {page for page in long if long[page] > 0.1 * letters[page]}:
        yield f"words run together ({_on_pages(pages)}): look whether spaces are missing"


def _on_pages(numbers: Iterable[int]) -> str:
    return f"page {', '.join(map(str, sorted(numbers)))}"
