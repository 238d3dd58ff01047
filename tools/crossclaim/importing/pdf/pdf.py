"""Read a PDF: pages of signs to a document, where their order can be told with certainty."""

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
    Step,
    Unreadable,
    with_omission_remark,
)
from crossclaim.importing.pdf.blocks import Set, blocks
from crossclaim.importing.pdf.footnotes import notes_of, with_calls
from crossclaim.importing.pdf.glyphs import Page, pages
from crossclaim.importing.pdf.layout import (
    Setting,
    feet,
    in_columns,
    setting,
    without_furniture,
    without_margins,
)
from crossclaim.importing.pdf.lines import lines
from crossclaim.names import words

# What programs write as a title when nobody gave one.
_HEAD = 3  # blocks among which a byline may stand
_NO_TITLE = re.compile(
    r"\s*\Z|untitled|about:blank|microsoft word|document\d*\Z|.*\.\w{2,4}\Z|https?:|\(.*\)\Z"
    r"|slide \d|no title|print\b",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"mozilla|skia|chrom|safari|webkit|wkhtml|quartz", re.IGNORECASE)
_LARGER = 1.15  # of the body's size; a title is larger
_TITLE_WORDS = 30


def read_pdf(data: bytes, title: str = "", author: str = "", step: Step | None = None) -> Document:
    """A PDF to a document. A title or author that is known already is not looked for.

    Raises Unreadable for scans, pages in two columns, and files that cannot be opened.
    """
    found, about = pages(data, step)
    doubtful = _refuse(found)
    whole = [line for page in found for line in lines(page)]
    kept, left = without_furniture(whole, found)
    left += [
        LeftOut(0, page.sideways, "text that is set sideways", f"page {page.number}")
        for page in found if page.sideways
    ]  # fmt: skip
    if not kept:
        return Document(title, author, (), left_out=tuple(left))
    how = setting(kept)
    kept, beside = without_margins(kept, how)
    left += beside
    body, foot = feet(kept, how)
    made = blocks(body, how)
    made, notes, uncertain = with_calls(made, notes_of(foot, how))
    left += uncertain
    title, made = _title(made, how, about, title, left)
    made = _with_head_parted(made)
    author = author or _author(made, about)
    document = _sorted(made, Extraction(title, author), left)
    date = document.date or _date(about)
    remarks = _remarks(doubtful)
    return with_omission_remark(replace(document, date=date, notes=notes, remarks=remarks))


def _refuse(found: Sequence[Page]) -> list[Page]:
    """Raise Unreadable where the words or their order cannot be told; gives doubtful pages."""
    signs = {page.number: sum(bool(g.text.strip()) for g in page.glyphs) for page in found}
    whole = sum(signs.values())
    unknown = sum(not g.text for page in found for g in page.glyphs)
    if unknown > whole:
        raise Unreadable(
            "the PDF does not say which letters its signs are",
            "save the text from the program that made it, as .docx or .txt",
        )
    scanned = [page for page in found if page.images > 0.3 and signs[page.number] < 40]
    if whole < 20 * len(found) or len(scanned) > 0.5 * len(found):
        raise Unreadable(
            "the pages are pictures, a scan without text",
            "run text recognition on it, and add its text as .docx or .txt",
        )
    columns = [page for page in found if in_columns(page)]
    if sum(signs[page.number] for page in columns) > 0.3 * whole:
        raise Unreadable(
            "the pages are set in two columns, whose order cannot be told with certainty",
            "save the text from the program that made it, as .docx or .txt",
        )
    return columns


def _title(
    made: list[Set], how: Setting, about: dict[str, str], title: str, left: list[LeftOut]
) -> tuple[str, list[Set]]:
    """The title, given, in the largest type of page one, or in the file's own words."""
    first = [each for each in made if each.page == made[0].page][:12]
    largest = max((each.size for each in first), default=0)
    set_large = [
        each for each in first
        if each.size > largest - 0.6
        and each.size > _LARGER * how.size
        and len(words(each.block.text)) <= _TITLE_WORDS
    ]  # fmt: skip
    shown = ""
    if set_large:
        at = made.index(set_large[0])
        end = at + 1
        while end < len(made) and made[end] in set_large and made[end].page == made[at].page:
            end += 1
        shown = " ".join(each.block.text.strip() for each in made[at:end])
        if not title or same_words(shown, title):
            return title or shown, made[:at] + made[end:]
    named = about.get("Title", "").strip()
    if not title and named and not _NO_TITLE.match(named):
        title = named
    if made and title and same_words(made[0].block.text, title):
        return title, made[1:]
    if not title and made and len(words(made[0].block.text)) <= 20 and len(made) > 1:
        return made[0].block.text.strip(), made[1:]
    return title, made


def _with_head_parted(made: Sequence[Set]) -> list[Set]:
    """The blocks, lines of the first ones apart where one of them is a byline."""
    parted: list[Set] = []
    for at, each in enumerate(made):
        lines = each.block.text.split("\n") if at < _HEAD else []
        if len(lines) > 1 and any(people.byline(line.strip()) for line in lines):
            parted += [replace(each, block=block) for block in split_lines(each.block)]
        else:
            parted.append(each)
    return parted


def _author(made: Sequence[Set], about: dict[str, str]) -> str:
    """The author: from a byline above the text, else as the file names a person."""
    texts = [Paragraph(at, each.block.text.strip()) for at, each in enumerate(made)]
    if name := find_author(texts[:8]):
        return name
    named = about.get("Author", "").strip()
    if re.fullmatch(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}", named):
        return named
    return find_author(texts)


def _date(about: dict[str, str]) -> str:
    """The day the file was made, but not where a browser made it: then somebody printed a page."""
    by = f"{about.get('Creator', '')} {about.get('Producer', '')}"
    return "" if _BROWSER.search(by) else pdf_date(about.get("CreationDate", ""))


def _sorted(made: Sequence[Set], extraction: Extraction, left: list[LeftOut]) -> Document:
    """The document, its head and tail told from the essay as in any other original."""
    found = [
        Paragraph(at, _head_text(each.block), rows=max(len(each.lines), 1))
        for at, each in enumerate(made, start=1)
    ]
    found = without_section_breaks(found, extraction)
    body = without_tail(without_head(found, extraction), extraction)
    body = without_widgets(body, extraction)
    own = [made[paragraph.line - 1].block for paragraph in body]
    furniture = [
        replace(each, line=0, where=f"page {made[each.line - 1].page}")
        for each in extraction.left_out
    ]  # fmt: skip
    return Document(
        title=extraction.title,
        author=extraction.author,
        blocks=tuple(_last_not_heading(own)),
        publication=extraction.publication,
        date=extraction.date,
        address=extraction.address,
        rights=extraction.rights,
        biography=extraction.biography,
        left_out=(*left, *furniture),
    )


def _head_text(block: Block) -> str:
    return f"{block.marker} {block.text}".strip()


def _last_not_heading(own: list[Block]) -> list[Block]:
    """The blocks; a heading with nothing below it is a paragraph."""
    if own and own[-1].kind is Kind.HEADING:
        return [*own[:-1], replace(own[-1], kind=Kind.PARAGRAPH, level=0)]
    return own


def _remarks(columns: Sequence[Page]) -> tuple[str, ...]:
    if not columns:
        return ()
    numbers = ", ".join(str(page.number) for page in columns)
    return (f"Page {numbers} may hold a table or columns: look whether the words stand in order.",)
