"""The parts of a book that are not its text: cover, title page, contents, imprint, index."""

import re

from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element
from crossclaim.names import words

COPYRIGHT = "the copyright page"
ABOUT = "about the author, kept in authors.yml"
_FEW = 3  # words; a page with fewer holds a picture
_SHORT = 400  # words of a page that only names things
_SAID = (
    (re.compile(r"(?:^|[\s-])(?:cover(?:-?image|-?page)?)(?:[\s.-]|$)"), "the cover"),
    (re.compile(r"(?:^|[\s-])(?:half)?-?title-?page(?:[\s.-]|$)"), "the title page"),
    (re.compile(r"(?:^|[\s-])(?:toc|nav|contents|landmarks|loi|lot)(?:[\s.-]"
            r"|$)"), "the table of contents"),
    (re.compile(r"(?:^|[\s-])(?:copyright(?:-?page)?|imprint|colophon|legal)(?:[\s.-]"
            r"|$)"), COPYRIGHT),
    (re.compile(r"(?:^|[\s-])(?:index)(?:[\s.-]|$)"), "the index"),
    (re.compile(r"(?:^|[\s-])(?:about-?(?:the-?)?author|author-?bio)(?:[\s.-]|$)"), ABOUT),
    (re.compile(r"(?:^|[\s-])(?:advert\w*|also-?by|ad-?card|newsletter)(?:[\s.-]"
            r"|$)"), "the publisher's own page"),
)  # fmt: skip
_HEADS = (
    (re.compile(r"(?:table of )?contents$|inhalt(?:sverzeichnis)?$|table des matières$"
            r"|índice$", re.I), "the table of contents"),
    (re.compile(r"(?:copyright|imprint|impressum|colophon|copyright (?:page"
            r"|notice))$", re.I), COPYRIGHT),
    (re.compile(r"(?:index|general index|register|stichwortverzeichnis)$", re.I), "the index"),
    (re.compile(r"about the authors?$", re.I), ABOUT),
    (re.compile(r"also by\b.{0,60}$", re.I), "the publisher's own page"),
)  # fmt: skip
_PROSE = re.compile(r"[.!?][\"”’)]*\s*$")


def reason(body: Element, text: str, said: str) -> str | None:
    """Why a chapter is no text of the book's, or None. `said` is what the package calls it.

    A name alone is not enough for a chapter with much prose: then it is read.
    """
    count = len(words(text))
    first = next(iter(body), None)
    named = " ".join(
        [
            elements.role(body),
            elements.role(first) if first is not None else "",
            said.replace("_", "-").lower(),
        ]
    )
    head = (
        next((elements.visible_text(h) for h in body.iter(*elements.HEADING_TAGS)), "")
        or text[:60].partition("\n")[0]
    )
    paragraphs = map(elements.visible_text, body.iter("p"))
    prose = sum(len(words(p)) for p in paragraphs if _PROSE.search(p))
    for pattern, why in _SAID:
        if pattern.search(named) and (
            prose < _SHORT or (why in ("the index", "the table of contents") and prose < count / 2)
        ):
            return why
    for pattern, why in _HEADS:
        if pattern.match(head.strip(" .:")) and prose < max(_SHORT, count / 2):
            return why
    if (
        count < _SHORT
        and (patterns.RIGHTS_NOTICE.search(text) or re.search(r"\bISBN\b", text))
        and re.search(r"©|copyright|all rights", text, re.I)
    ):
        return COPYRIGHT
    if count < _FEW:
        return "a page without text"
    linked = sum(len(words(elements.visible_text(a))) for a in body.iter("a"))
    if linked > 0.8 * count and len(list(body.iter("a"))) > 3:
        return "the table of contents"
    return None


def notice(body: Element) -> str:
    """The sentence of a copyright page that says whose the text is, or ""."""
    for element in body.iter("p", "div", "li", "span"):
        text = elements.visible_text(element)
        if len(words(text)) <= 60 and patterns.RIGHTS_NOTICE.search(text):
            return text
    return ""


def inner_reason(element: Element) -> str | None:
    """Why a part of a chapter is not read: navigation, page numbers, captions."""
    said = elements.role(element)
    if "pagebreak" in said or "page-list" in said:
        return "a page number"
    if element.tag == "nav" or said in ("toc", "landmarks"):
        return "the table of contents"
    return "a figure's caption" if element.tag == "figcaption" else None
