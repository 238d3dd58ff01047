"""Read a saved web page: the essay, the page's metadata, and what was left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.document import Document, Unreadable, with_omission_remark
from crossclaim.importing.html import elements, metadata, parser
from crossclaim.importing.html.boilerplate import boilerplate_elements
from crossclaim.importing.html.container import (
    LEAST_PROSE,
    WordCounts,
    count_words,
    find_container,
    readability_container,
)
from crossclaim.importing.html.conversion import Conversion, convert
from crossclaim.importing.html.footnotes import Footnotes, cut_footnotes
from crossclaim.importing.html.metadata import PageMetadata
from crossclaim.importing.html.omissions import text_around, truncate
from crossclaim.importing.html.parser import Element
from crossclaim.importing.text.plain import read_plain
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
_PREFORMATTED = 0.8  # of the words; then the page is a plain text in an HTML dress


def read_html(data: bytes, title: str = "", author: str = "") -> Document:
    """A saved web page to a document. A title or author that is known already is not looked for.

    Raises Unreadable where the bytes are no page, or the page has no text.
    """
    for start, message, hint in _OTHER_FILES:
        if start.match(data[:4096]):
            raise Unreadable(message, hint)
    text = parser.decode_page(data)
    root = parser.parse_page(text)
    parser.strip_comments(root)
    about = metadata.extract_metadata(root, metadata.saved_from(text))
    about = replace(about, title=title or about.title, author=author or about.author)
    body = next(root.iter("body"), root)
    if not elements.visible_text(body):
        raise Unreadable(*_NO_TEXT)
    if (plain := _preformatted(body, about)) is not None:
        return plain
    return _document(_analysed(body, about, text), about)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page analysed: the essay's container, the boilerplate elements with their reasons."""

    body: Element
    container: Element
    reasons: Mapping[Element, str]
    footnotes: Footnotes
    conversion: Conversion
    base: str


def _analysed(body: Element, about: PageMetadata, text: str) -> _Page:
    base = about.address
    for element in body.getroottree().iter("base"):
        if metadata.is_address(element.get("href") or ""):
            base = element.get("href")
    footnotes = cut_footnotes(body)
    counts = count_words(body)
    reasons = {**boilerplate_elements(body, counts), **_hidden(body, counts)}
    own = count_words(body, without=reasons)
    container = find_container(body, own)
    if own.prose.get(container, 0) < LEAST_PROSE:
        container = readability_container(text, body)
        container = body if container is None else container
        reasons = {e: reason for e, reason in reasons.items() if counts.prose[e] < LEAST_PROSE}
    conversion = convert(
        container, address=base, references=footnotes.references, skip_reason=reasons.get
    )
    return _Page(body, container, reasons, footnotes, conversion, base)


def _hidden(body: Element, counts: WordCounts) -> dict[Element, str]:
    """Hidden elements; one with most of the page's prose is shown by a script, and stays."""
    half = counts.prose.get(body, 0) / 2
    return {
        element: "hidden on the page"
        for element in counts.words
        if elements.is_hidden(element) and not counts.prose[element] > half
    }


def _document(page: _Page, about: PageMetadata) -> Document:
    essay = remove_boilerplate(
        page.conversion.blocks, about.title, about.author, footnotes=bool(page.footnotes.bodies)
    )
    if not essay.blocks:
        raise Unreadable(*_NO_TEXT)
    around = text_around(page.body, page.container, page.reasons, essay.title)
    left_out = [*page.conversion.left_out, *essay.left_out, *around]
    biography = essay.biography
    if not biography:
        biography, card = metadata.author_biography(page.body, page.reasons, essay.author)
        shown = "" if card is None else truncate(elements.visible_text(card))
        left_out = [each for each in left_out if not shown or truncate(each.text) != shown]
    labels = {run.note for block in essay.blocks for run in block.runs}
    several = [f"several authors are named: {essay.author}"] if " and " in essay.author else []
    document = Document(
        title=essay.title,
        author=essay.author,
        blocks=essay.blocks,
        publication=about.site or essay.publication,
        date=about.date or essay.date,
        language=about.language,
        address=about.address,
        rights=essay.rights or about.rights or metadata.rights_notice(page.body),
        biography=biography,
        notes=tuple(note for note in page.footnotes.notes(page.base) if note.label in labels),
        left_out=tuple(sorted(left_out, key=lambda each: each.line)),
        remarks=(*page.conversion.remarks, *several),
    )
    document = with_omission_remark(document)
    listed = (replace(each, text=truncate(each.text)) for each in document.left_out)
    return replace(document, left_out=tuple(listed))


def _preformatted(body: Element, about: PageMetadata) -> Document | None:
    """The document of a page whose text stands in it as it was typed, or None for other pages."""
    typed = max(body.iter("pre", "xmp"), key=lambda pre: len(pre.text or ""), default=None)
    if typed is None:
        return None
    text = "".join(typed.itertext())
    count = len(words(text))
    if count < LEAST_PROSE or count < _PREFORMATTED * len(words(elements.visible_text(body))):
        return None
    plain = read_plain(text, about.title if about.title in text else "", about.author)
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
