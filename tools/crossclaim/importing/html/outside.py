"""What stands on a page around its essay: each part once, with the reason; notice, biography."""

from collections.abc import Mapping

from crossclaim.importing import people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.document import LeftOut
from crossclaim.importing.html import signs
from crossclaim.importing.html.page_parts import BIOGRAPHY
from crossclaim.importing.html.trees import Element
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

LONGEST = 200  # characters of a part's text that are shown
_MOST = 60  # parts; more are told as one
_SPLIT = 40  # words; a nameless part with more is told in its own parts
_NOTICE_WORDS = 60
_CARD_WORDS = 200


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def around(
    body: Element, inner: Element, marks: Mapping[Element, str], title: str
) -> tuple[LeftOut, ...]:
    """What stands in the body but not in the inner element, in order, grouped."""
    path = {inner, *inner.iterancestors()}
    found: list[LeftOut] = []
    waiting = [body] if inner is not body else []
    while waiting:
        element = waiting.pop()
        if isinstance(element, LeftOut):
            found.append(element)
            continue
        if element is inner or not isinstance(element.tag, str) or element.tag in signs.UNREAD:
            continue
        if element in path:
            waiting += reversed(_with_loose_text(element))
            continue
        text = signs.shown(element)
        if not text:
            continue
        why = marks.get(element)
        if (
            why is None
            and len(words(text)) > _SPLIT
            and len(element) > 1
            and signs.is_block(element)
        ):
            waiting += reversed(_with_loose_text(element))
            continue
        if why is None and title and title in text and len(words(text)) <= _NOTICE_WORDS:
            why = "the head: title, byline and date"
        if signs.is_hidden(element):
            why = "hidden on the page"
        why = why or patterns.widget_reason(text) or patterns.footer_reason(text) or _NAMELESS
        found.append(LeftOut(element.sourceline or 0, text, why))
    return _grouped(found)


_NAMELESS = "on the page, but outside the essay"


def _with_loose_text(element: Element) -> list[Element | LeftOut]:
    """An element's children, and the text between them."""
    parts: list[Element | LeftOut] = []
    if element.text and element.text.strip():
        text = " ".join(element.text.split())
        parts.append(LeftOut(element.sourceline or 0, text, _NAMELESS))
    for child in element:
        parts.append(child)
        if child.tail and child.tail.strip():
            parts.append(LeftOut(child.sourceline or 0, " ".join(child.tail.split()), _NAMELESS))
    return parts


def _grouped(found: list[LeftOut]) -> tuple[LeftOut, ...]:
    """Neighbours with one reason as one, and no more than a reader can look through."""
    made: list[LeftOut] = []
    for each in found:
        if made and made[-1].reason == each.reason:
            made[-1] = LeftOut(made[-1].line, f"{made[-1].text} · {each.text}", each.reason)
        else:
            made.append(each)
    if len(made) > _MOST:
        rest = " · ".join(left.text for left in made[_MOST:])
        made[_MOST:] = [LeftOut(made[_MOST].line, rest, "more of the page around the essay")]
    return tuple(made)


def notice(body: Element) -> str:
    """The page's rights notice: the last short text that says whose and since when, or ""."""
    found = ""
    for element in body.iter(
        "p", "div", "span", "li", "small", "footer", "td", "section", "address", "font", "center"
    ):
        if any(signs.is_block(child) for child in element):
            continue
        text = signs.shown(element)
        if 1 < len(words(text)) <= _NOTICE_WORDS and patterns.RIGHTS_NOTICE.search(text):
            found = text
    return found


def biography(
    body: Element, marks: Mapping[Element, str], author: str
) -> tuple[str, Element | None]:
    """What the page says of its author, from a card that says so, and the element; or ""."""
    for card in (element for element, why in marks.items() if why == BIOGRAPHY):
        parts = [
            signs.shown(p)
            for p in card.iter("p", "div", "span", "li", "section", "aside", "td")
            if not any(signs.is_block(c) for c in p)
        ]
        told = [
            text
            for text in parts
            if len(words(text)) >= 6 and (ends_sentence(text) or people.is_biography(text, author))
        ]
        if told:
            return " ".join(dict.fromkeys(told)), card
    for element in body.iter("p", "div", "em", "i", "section", "td", "li"):
        if any(signs.is_block(child) for child in element):
            continue
        text = signs.shown(element)
        if 5 < len(words(text)) <= _CARD_WORDS and author and people.is_biography(text, author):
            return text, element
    return "", None
