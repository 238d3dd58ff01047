"""Read a saved web page: the essay, what the page says of itself, and what was left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.boilerplate.extraction import Extraction
from crossclaim.importing.document import Document, Note, Unreadable, with_omission_remark
from crossclaim.importing.html import footnotes, outside, page_facts, page_parts, signs, trees
from crossclaim.importing.html.container import LEAST, Weights, container, readable, weights
from crossclaim.importing.html.elements import Flow, flow
from crossclaim.importing.html.trees import Element
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
_MOST_IN_PRE = 0.8  # of the prose; then the page is a plain text in an HTML dress


def read_html(data: bytes, title: str = "", author: str = "") -> Document:
    """A saved web page to a document. A title or author that is known already is not looked for.

    Raises Unreadable where the bytes are no page, or the page has no text.
    """
    for start, message, hint in _OTHER_FILES:
        if start.match(data[:4096]):
            raise Unreadable(message, hint)
    text = trees.text_of_page(data)
    root = trees.page(text)
    saved = page_facts.saved_from(text)
    trees.without_comments(root)
    facts = page_facts.facts(root, saved)
    facts = replace(facts, title=title or facts.title, author=author or facts.author)
    body = next(root.iter("body"), root)
    if not signs.shown(body):
        raise Unreadable(*_NO_TEXT)
    if (plain := _typed(body, facts)) is not None:
        return plain
    page = _page(body, facts, text)
    return _document(page, facts)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page taken apart."""

    body: Element
    essay: Element
    marks: Mapping[Element, str]
    called: footnotes.Called
    flow: Flow
    base: str


def _page(body: Element, facts: page_facts.Facts, text: str) -> _Page:
    base = facts.address
    for given in body.getroottree().iter("base"):
        if page_facts.is_address(given.get("href") or ""):
            base = given.get("href")
    called = footnotes.take(body)
    weighed = weights(body)
    marks = {**page_parts.marks(body, weighed), **_hidden(body, weighed)}
    net = weights(body, without=marks)
    essay = container(body, net)
    if net.prose.get(essay, 0) < LEAST:
        essay = readable(text, body)
        essay = body if essay is None else essay
        marks = {e: why for e, why in marks.items() if weighed.prose[e] < LEAST}
    read = flow(essay, address=base, calls=called.calls, reason=marks.get)
    return _Page(body, essay, marks, called, read, base)


def _hidden(body: Element, weighed: Weights) -> dict[Element, str]:
    """Hidden elements; one with most of the page's prose is shown by a script, and stays."""
    half = weighed.prose.get(body, 0) / 2
    return {
        element: "hidden on the page"
        for element in weighed.words
        if signs.is_hidden(element) and not weighed.prose[element] > half
    }


def _document(page: _Page, facts: page_facts.Facts) -> Document:
    found = remove_boilerplate(
        page.flow.placed, facts.title, facts.author, footnotes=bool(page.called.bodies)
    )
    if not found.blocks:
        raise Unreadable(*_NO_TEXT)
    told, card = (
        ("", None) if found.biography else outside.biography(page.body, page.marks, found.author)
    )
    left = [
        *page.flow.left_out,
        *found.left_out,
        *outside.around(page.body, page.essay, page.marks, found.title),
    ]
    if card is not None:
        left = [
            each
            for each in left
            if outside.shortened(each.text) != outside.shortened(signs.shown(card))
        ]
    notes = tuple(
        Note(label, footnotes.words_of(body, page.base)) for label, body in page.called.bodies
    )
    notes = _called(notes, found)
    several = [f"several authors are named: {found.author}"] if " and " in found.author else []
    document = Document(
        title=found.title,
        author=found.author,
        blocks=found.blocks,
        publication=facts.site or found.publication,
        date=facts.date or found.date,
        language=facts.language,
        address=facts.address,
        rights=found.rights or facts.rights or outside.notice(page.body),
        biography=found.biography or told,
        notes=notes,
        left_out=tuple(sorted(left, key=lambda each: each.line)),
        remarks=(*page.flow.remarks, *several),
    )
    document = with_omission_remark(document)
    left_out = (replace(each, text=outside.shortened(each.text)) for each in document.left_out)
    return replace(document, left_out=tuple(left_out))


def _called(notes: tuple[Note, ...], found: Extraction) -> tuple[Note, ...]:
    """The notes that the essay's own blocks call."""
    labels = {run.note for block in found.blocks for run in block.runs if run.note}
    return tuple(note for note in notes if note.label in labels)


def _typed(body: Element, facts: page_facts.Facts) -> Document | None:
    """The document of a page whose text stands in it as it was typed, or None for other pages."""
    typed = max(body.iter("pre", "xmp"), key=lambda pre: len(pre.text or ""), default=None)
    if typed is None:
        return None
    text = "".join(typed.itertext())
    if len(words(text)) < LEAST or len(words(text)) < _MOST_IN_PRE * len(words(signs.shown(body))):
        return None
    plain = read_plain(text, facts.title if facts.title in text else "", facts.author)
    before = (typed.sourceline or 1) - 1
    return replace(
        plain,
        title=plain.title or facts.title,
        publication=plain.publication or facts.site,
        date=facts.date,
        language=facts.language,
        address=facts.address,
        rights=plain.rights or facts.rights,
        left_out=tuple(replace(each, line=each.line + before) for each in plain.left_out),
    )
