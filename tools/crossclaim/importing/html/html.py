"""Read a saved web page: the essay, the page's metadata, and what was left out."""

import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace

from crossclaim.importing import gutenberg, people
from crossclaim.importing.block_transforms import normalize_levels
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import (
    Document,
    Kind,
    LeftOut,
    SourceBlock,
    Unreadable,
    truncate,
)
from crossclaim.importing.html import elements, metadata, parser
from crossclaim.importing.html.boilerplate import BIOGRAPHY, LINKS, PAGE_NUMBER, tag_reason
from crossclaim.importing.html.conversion import Conversion, convert
from crossclaim.importing.html.extraction import OUTSIDE, Selection, select
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import PageMetadata
from crossclaim.importing.html.parser import Element
from crossclaim.importing.text.plain import read_plain
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

# How files of other kinds begin, what they are, and what to do.
_OTHER_FILES = (
    (
        re.compile(
            rb"\s*(?:From|MIME-Version|Content-Type|Snapshot-Content-Location|Date|Subject): "
            rb".{0,2000}?multipart/related",
            re.DOTALL | re.IGNORECASE,
        ),
        "the file is a web archive (MHTML), not a page",
        "open it in a browser and save it as “Webpage, complete”",
    ),
    (
        re.compile(rb"bplist00"),
        "the file is a Safari web archive, not a page",
        "save it from the browser as “Page source”",
    ),
    (
        re.compile(rb"%PDF-"),
        "the file is a PDF, not a page",
        "give it a name that ends in .pdf",
    ),
    (
        re.compile(rb"PK\x03\x04"),
        "the file is a zip archive, not a page",
        "unpack it, or give it the ending it had",
    ),
    (
        re.compile(rb"\xd0\xcf\x11\xe0|\{\\rtf"),
        "the file is a Word document, not a page",
        "save it as .docx",
    ),
)
_NO_TEXT = ("the page holds no text", "save it from the browser as a complete page")
_A_LIST = (
    "the page is a list of other pages, not an essay",
    "open the essay that you mean, and save that",
)
_DOUBT = (
    "two programs that look for a page's essay found different texts; look whether it is whole, "
    "and nothing but the essay"
)
_HEAD = "the head: title, byline and date"
# Words, at least or at most.
_LEAST = 40
_SENTENCE = 10
_LINE = 20
_NOTICE = 60
_BIOGRAPHY_WORDS = 6
_LONGEST = 200
_TEASER = 40  # on average
_SEVERAL = 4
_NEARLY_ALL = 0.8
_TEXTUAL = (Kind.PARAGRAPH, Kind.BULLET, Kind.NUMBERED)
_MOST = 60  # parts around the essay; more are listed as one
_PREFORMATTED = 0.8  # of the words; then the page is a plain text in an HTML dress


def read_html(
    data: bytes, title: str = "", author: str = "", known: Collection[str] = ()
) -> Document:
    """A saved web page to a document. A title or author that is given is not looked for.

    `known` are names of authors that are recognised wherever one may be named. Raises Unreadable
    where the bytes are no page, or the page has no essay.
    """
    for start, message, hint in _OTHER_FILES:
        if start.match(data[:4096]):
            raise Unreadable(message, hint)
    text = parser.decode_page(data)
    root = parser.parse_page(text)
    parser.strip_comments(root)
    about = metadata.extract_metadata(root, metadata.saved_from(text))
    given = {name: fact for name, fact in (("title", title), ("author", author)) if fact}
    body = next(root.iter("body"), root)
    elements.show_prose(body)
    if not elements.visible_text(body):
        raise Unreadable(*_NO_TEXT)
    plain = _preformatted(body, replace(about, **given), known)
    return plain or _document(body, about, given, known)


def _document(
    body: Element, about: PageMetadata, given: Mapping[str, str], known: Collection[str]
) -> Document:
    bases = [base.get("href") or "" for base in body.getroottree().iter("base")]
    address = "".join([*filter(metadata.is_address, bases), about.address][:1])
    footnotes = cut_footnotes(body)
    page = convert(body, address=address, references=footnotes.references, skip_reason=tag_reason)
    for reference in footnotes.references:
        reference[:] = []
        reference.text = None
    texts = [each.block.text for each in page.blocks]
    frame = gutenberg.find_frame(texts)
    if frame:
        told = {"title": frame.title, "author": frame.author, "language": frame.language}
        told = {name: fact for name, fact in told.items() if fact}
        about = replace(about, date="", **told)  # the day it was put there is not the essay's
    about = replace(about, **given)
    selection = (
        _within(frame, texts) if frame else select(body, page.blocks, page.elements, about.title)
    )
    blocks = [each for each, own in zip(page.blocks, selection.chosen, strict=True) if own]
    if _is_list(page, selection):
        raise Unreadable(*_A_LIST)
    blocks = [_standfirst(each) for each in normalize_levels(blocks)]
    lines = _lines_above(page, selection)
    author = about.author or metadata.line_author(lines, known)
    essay = remove_boilerplate(blocks, about.title, author, bool(footnotes.bodies), known)
    if not any(block.kind in _TEXTUAL for block in essay.blocks):
        raise Unreadable(*_NO_TEXT)
    own, card = _biography(page, selection, essay.author)
    around = _around(page, selection, essay.title, card)
    labels = {run.note for block in essay.blocks for run in block.runs}
    return Document(
        title=essay.title,
        author=essay.author,
        blocks=essay.blocks,
        publication=about.site or essay.publication,
        date=about.date or next(filter(None, map(iso_date, lines)), "") or essay.date,
        language=about.language,
        address=about.address,
        rights=essay.rights or about.rights or _rights_notice(page),
        biography=essay.biography or own,
        notes=tuple(note for note in footnotes.notes(address) if note.label in labels),
        left_out=tuple(sorted([*essay.left_out, *around], key=lambda each: each.line)),
        remarks=(*page.remarks, *_remarks(essay.author, selection)),
    )


def _within(frame: gutenberg.Frame, texts: Sequence[str]) -> Selection:
    """The blocks of a page of Project Gutenberg's between its header and its licence."""
    omitted = gutenberg.omissions(texts[frame.start : frame.end])
    reasons = [f"{gutenberg.NAME} own text"] * len(texts)
    for number in range(frame.start, frame.end):
        reasons[number] = omitted.get(number - frame.start, "")
    return Selection(tuple(not reason for reason in reasons), tuple(reasons))


def _is_list(page: Conversion, selection: Selection) -> bool:
    """Whether a page lists other pages: headings or lines that lead there, a few words on each."""
    chosen = selection.numbers
    own = [page.blocks[number] for number in chosen if page.blocks[number].block.kind in _TEXTUAL]
    count = sum(each.word_count for each in own)
    if LINKS in selection.reasons and not own:
        return True
    between = page.blocks[chosen[0] : chosen[-1] + 1] if chosen else ()
    leads = [each for each in between if each.block.kind is Kind.HEADING]
    linked = sum(2 * each.link_words > each.word_count for each in leads)
    if linked < _SEVERAL or linked < _NEARLY_ALL * len(leads):
        leads, linked = own, sum(each.link_words > 0 for each in own)
    several = linked >= _SEVERAL and linked >= _NEARLY_ALL * len(leads)
    return several and count < _TEASER * linked


def _standfirst(each: SourceBlock) -> SourceBlock:
    """The block; a heading that is a whole sentence is the paragraph it reads like."""
    block = each.block
    is_prose = each.word_count >= _SENTENCE and ends_sentence(block.text)
    if block.kind is not Kind.HEADING or not is_prose:
        return each
    return replace(each, block=replace(block, kind=Kind.PARAGRAPH, level=0))


def _lines_above(page: Conversion, selection: Selection) -> list[str]:
    """The lines above the essay's second block that may say who wrote it, and when."""
    first = next(iter(selection.numbers), 0)
    texts = [each.block.text for each in page.blocks[: first + 2]]
    return [line for text in texts for line in text.split("\n") if len(line.split()) <= _LINE]


def _biography(page: Conversion, selection: Selection, author: str) -> tuple[str, set[int]]:
    """What the page says of its author outside the essay, and the numbers of those blocks.

    It stands in the author's card, or in a block that opens with the author's name.
    """
    card: dict[int, str] = {}
    opening: dict[int, str] = {}
    for number, each in enumerate(page.blocks):
        text = " ".join(each.block.text.split())
        about = people.is_biography(text, author)
        if selection.chosen[number] or not _BIOGRAPHY_WORDS <= len(words(text)) <= _LONGEST:
            continue
        if selection.reasons[number] == BIOGRAPHY and (ends_sentence(text) or about):
            card[number] = text
        elif about and not opening:
            opening[number] = text
    best = card or opening
    return " ".join(dict.fromkeys(best.values())), {*best}


def _rights_notice(page: Conversion) -> str:
    """The page's rights notice: the last short text that says whose and since when, or ""."""
    texts = (" ".join(each.block.text.split()) for each in reversed(page.blocks))
    notices = (text for text in texts if patterns.RIGHTS_NOTICE.search(text))
    return next((text for text in notices if 1 < len(words(text)) <= _NOTICE), "")


def _around(
    page: Conversion, selection: Selection, title: str, without: Container[int]
) -> list[LeftOut]:
    """What of the page is not the essay's, in order: neighbours with one reason as one."""
    chosen = selection.numbers
    inside = [left for at, left in page.omitted if chosen[0] <= at <= chosen[-1] + 1]
    numbers = [left for left in inside if left.reason == PAGE_NUMBER]
    inside = [left for left in inside if left not in numbers]
    around = [replace(each, text=" ".join(left.text for left in numbers)) for each in numbers[:1]]
    for number, each in enumerate(page.blocks):
        if selection.chosen[number] or number in without:
            continue
        text = " ".join(each.block.text.split())
        above = number < chosen[0] and title and title in text
        reason = _HEAD if above else selection.reasons[number] or _reason(text)
        if around and around[-1].reason == reason:
            around[-1] = replace(around[-1], text=f"{around[-1].text} · {text}")
        else:
            around.append(LeftOut(each.line, text, reason))
    rest = around[_MOST:]
    if rest:
        text = " · ".join(each.text for each in rest)
        around[_MOST:] = [LeftOut(rest[0].line, text, "more of the page around the essay")]
    return [replace(left, text=truncate(left.text)) for left in (*inside, *around)]


def _reason(text: str) -> str:
    return patterns.widget_reason(text) or patterns.footer_reason(text) or OUTSIDE


def _remarks(author: str, selection: Selection) -> list[str]:
    several = [f"several authors are named: {author}"] if " and " in author else []
    return several + ([_DOUBT] if selection.doubtful else [])


def _preformatted(body: Element, about: PageMetadata, known: Collection[str]) -> Document | None:
    """The document of a page whose text stands in it as it was typed, or None for other pages."""
    typed = max(body.iter("pre", "xmp"), key=lambda pre: len(pre.text or ""), default=None)
    if typed is None:
        return None
    text = "".join(typed.itertext())
    count = len(words(text))
    if count < _LEAST or count < _PREFORMATTED * len(words(elements.visible_text(body))):
        return None
    plain = read_plain(text, about.title if about.title in text else "", about.author, known)
    before = (typed.sourceline or 1) - 1
    return replace(
        plain,
        title=plain.title or about.title,
        publication=plain.publication or about.site,
        date=about.date,
        language=about.language,
        address=about.address,
        rights=plain.rights or about.rights,
        left_out=tuple(replace(each, line=each.line + before) for each in plain.left_out),
    )
