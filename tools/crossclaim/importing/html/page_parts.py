"""The parts of a web page that are not its essay, told by what their elements are called."""

import re

from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.html import signs
from crossclaim.importing.html.part_names import (
    BIOGRAPHY,
    BYLINE,
    CAPTION,
    COMMENTS,
    HEADS,
    NAMES,
    ROLES,
    TAGS,
)
from crossclaim.importing.html.trees import Element
from crossclaim.importing.html.weights import Weights

_BOXES = ("div", "section", "aside", "ul", "ol", "td", "table", "footer", "dl", "nav", "article")
_HEAD_WORDS = 8
_NEVER = frozenset(("html", "body", "main", "br", "hr", "img", *signs.HEADINGS))
_MAIN = re.compile(r"(?:^|[ -])(?:article-?body|entry-content|post-content|post-body|story-body)")
_LARGE = ("site navigation", "a side column", "a cookie notice", "the page's foot", "a pop-up")
_MOST = 0.2  # of the page's prose, for these; what holds more is no furniture, whatever its name
_SMALL = 60  # words of prose in furniture of another sort
_CARD_LINKS = 80  # words of a card that leads to another page
_CARD = 150  # words about an author
_LINE = 40  # words of a byline or a caption, at most
_CAPTION_WORDS = 150
_SENTENCE = 5  # words
_ASIDE = 40
_LINKS = "links to other pages"
_ENDED = re.compile(r"[^\W\d_][.!?][\"'”’)]*\Z")


def marks(root: Element, weighed: Weights) -> dict[Element, str]:
    """The outermost elements that are furniture, each with its reason."""
    found: dict[Element, str] = {}
    holding = _holding_the_title(root)
    whole = weighed.prose.get(root, 0)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element not in weighed.words:
            continue
        why = None
        if element not in holding:
            named = reason(element)
            why = named if named and _may_be(element, named, weighed, whole) else None
            why = why or _headed(element, weighed, whole) or _teases(element, weighed)
        if why:
            found[element] = why
        else:
            waiting.extend(element)
    return found


def reason(element: Element) -> str | None:
    """What an element's tag, role, class and id say it is, where that is not the essay."""
    tag = element.tag
    if tag in _NEVER:
        return None
    if why := ROLES.get((element.get("role") or "").lower()):
        return why
    if element.get("class") or element.get("id"):
        named = signs.names(element)
        if not _MAIN.search(named):
            for pattern, why in NAMES:
                if pattern.search(named):
                    return why
    if tag == "aside" and not signs.is_pull_quote(element):
        return "an aside"
    return TAGS.get(tag)


def _may_be(element: Element, why: str, weighed: Weights, whole: int) -> bool:
    """Whether an element holds no more than furniture of this sort does."""
    words, prose = weighed.words[element], weighed.prose[element]
    linked = weighed.linked[element]
    if why == COMMENTS:
        return element.tag not in ("p", "blockquote")
    if why == BYLINE:
        told = element.tag == "p" and words > _SENTENCE and _ENDED.search(signs.shown(element))
        return (
            words <= _LINE and not told and next(element.iterancestors("blockquote"), None) is None
        )
    if why == CAPTION:
        return words <= _CAPTION_WORDS
    if why == "an aside":
        return prose < _ASIDE or 2 * linked > words
    if element.tag in ("p", "blockquote") and words > _SENTENCE and 2 * linked < words:
        return False  # a class on a paragraph says how it is set; its words decide later
    if element.tag in ("li", "span") and prose > _LINE:
        return False
    if why == BIOGRAPHY:
        return prose <= _CARD
    if why in _LARGE:
        return prose <= max(_SMALL, _MOST * whole)
    if why == _LINKS and prose and not linked:
        return False  # words that lead nowhere
    return prose <= _SMALL or 2 * linked > words


def _holding_the_title(root: Element) -> set[Element]:
    """The elements around the first large heading and around a body that says it is one."""
    held: set[Element] = set()
    for inner in [next(root.iter("h1"), None), *root.iterfind(".//*[@itemprop='articleBody']")]:
        if inner is not None:
            held.update(outer for outer in inner.iterancestors() if outer.tag != "header")
    return held


def _headed(element: Element, weighed: Weights, whole: int) -> str | None:
    """What an element is by the heading it opens with, where that only stands over furniture."""
    if element.tag not in _BOXES or 2 * weighed.prose[element] > whole:
        return None
    head = element
    while len(head) and not (head.text or "").strip() and head.tag not in signs.HEADINGS:
        head = next((c for c in head if weighed.words.get(c, 0)), None)
        if head is None:
            return None
    if head is element or not (
        head.tag in signs.HEADINGS or head.tag in ("strong", "b", "span", "div", "p")
    ):
        return None
    text = signs.shown(head)
    if not 0 < len(text.split()) <= _HEAD_WORDS or weighed.words[element] == weighed.words[head]:
        return None
    why = patterns.closing(text) or next((why for p, why in HEADS if p.match(text)), None)
    return None if why == _LINKS and weighed.prose[element] and not weighed.linked[element] else why


def _teases(element: Element, weighed: Weights) -> str | None:
    """“Links” for a row of three cards or more, each a linked heading and a few words."""
    if len(element) < 3 or element.tag in ("p", "tr", "html"):
        return None
    cards = [child for child in element if weighed.words.get(child, 0)]
    if len(cards) < 3 or len({(c.tag, c.get("class")) for c in cards}) > 2:
        return None
    few = all(weighed.words[c] <= _CARD_LINKS and weighed.linked[c] > 1 for c in cards)
    return _LINKS if few and all(map(_head_is_link, cards)) else None


def _head_is_link(card: Element) -> bool:
    head = next(card.iter("h2", "h3", "h4", "h5", "h6"), None)
    if head is None:
        return False
    around = head.find(".//a") is not None or any(o.tag == "a" for o in head.iterancestors())
    return bool(around)
