"""Front and back matter of a book: cover, title page, contents, imprint, index."""

import re

from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

COPYRIGHT = "the copyright page"
ABOUT = "about the author, kept in authors.yml"
_CONTENTS = "the table of contents"
_INDEX = "the index"
_PUBLISHER = "the publisher's own page"
_FEW = 3  # words; a page with fewer holds a picture
_SHORT = 400  # words of a page that only names things
# By what the package and the chapter itself declare, and by a chapter's heading.
_DECLARED = [
    (re.compile(rf"(?:^|[\s-])(?:{names})(?:[\s.-]|$)"), reason)
    for names, reason in (
        ("cover(?:-?image|-?page)?", "the cover"),
        ("(?:half)?-?title-?page", "the title page"),
        ("toc|nav|contents|landmarks|loi|lot", _CONTENTS),
        ("copyright(?:-?page)?|imprint|colophon|legal", COPYRIGHT),
        ("index", _INDEX),
        ("about-?(?:the-?)?author|author-?bio", ABOUT),
        (r"advert\w*|also-?by|ad-?card|newsletter", _PUBLISHER),
    )
]
_HEADINGS = [
    (re.compile(rf"(?:{names})$", re.IGNORECASE), reason)
    for names, reason in (
        ("(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|índice", _CONTENTS),
        ("copyright(?: page| notice)?|imprint|impressum|colophon", COPYRIGHT),
        ("(?:general )?index|register|stichwortverzeichnis", _INDEX),
        ("about the authors?", ABOUT),
        (r"also by\b.{0,60}", _PUBLISHER),
    )
]


def matter_reason(body: Element, text: str, declared: str) -> str | None:
    """Why a chapter is no text of the book's, or None. `declared` is what the package calls it.

    A name alone is not enough for a chapter with much prose: then it is read.
    """
    count = len(words(text))
    prose = sum(
        len(words(p)) for p in map(elements.visible_text, body.iter("p")) if ends_sentence(p)
    )
    return (
        _declared_reason(body, declared, count, prose)
        or _heading_reason(body, text, count, prose)
        or _content_reason(body, text, count)
    )


def _declared_reason(body: Element, declared: str, count: int, prose: int) -> str | None:
    first = next(iter(body), None)
    roles = (elements.role(body), elements.role(first) if first is not None else "")
    names = " ".join([*roles, declared.replace("_", "-").lower()])
    for pattern, reason in _DECLARED:
        is_list = reason in (_INDEX, _CONTENTS) and prose < count / 2
        if pattern.search(names) and (prose < _SHORT or is_list):
            return reason
    return None


def _heading_reason(body: Element, text: str, count: int, prose: int) -> str | None:
    if prose >= max(_SHORT, count / 2):
        return None
    shown = (elements.visible_text(heading) for heading in body.iter(*elements.HEADING_TAGS))
    heading = (next(shown, "") or text[:60].partition("\n")[0]).strip(" .:")
    return next((reason for pattern, reason in _HEADINGS if pattern.match(heading)), None)


def _content_reason(body: Element, text: str, count: int) -> str | None:
    notice = patterns.RIGHTS_NOTICE.search(text) or re.search(r"\bISBN\b", text)
    if count < _SHORT and notice and re.search(r"©|copyright|all rights", text, re.I):
        return COPYRIGHT
    if count < _FEW:
        return "a page without text"
    links = [len(words(elements.visible_text(link))) for link in body.iter("a")]
    return _CONTENTS if len(links) > 3 and sum(links) > 0.8 * count else None


def imprint_notice(body: Element) -> str:
    """The sentence of a copyright page that says whose the text is, or ""."""
    for element in body.iter("p", "div", "li", "span"):
        text = elements.visible_text(element)
        if len(words(text)) <= 60 and patterns.RIGHTS_NOTICE.search(text):
            return text
    return ""


def unread_reason(element: Element) -> str | None:
    """Why a part of a chapter is not read: navigation, page numbers, captions; or None."""
    role = elements.role(element)
    if "pagebreak" in role or "page-list" in role:
        return "a page number"
    if element.tag == "nav" or role in ("toc", "landmarks"):
        return _CONTENTS
    return "a figure's caption" if element.tag == "figcaption" else None
