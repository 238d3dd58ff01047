"""Which element of a web page holds the essay: a short rule that looks at where its prose is.

Among elements that say they hold an article, and otherwise among all, the tightest one with nearly
all of the page's prose. Prose stands in paragraphs, not in lists of links. Where the rule finds
none, readability-lxml is asked.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from crossclaim.importing.html import signs, trees
from crossclaim.importing.html.trees import Element
from crossclaim.names import words

_SAYS_SO = re.compile(
    r"(?:^| )(?:[\w-]*-)?(?:(?:entry|post|article|story|blog|single|page|node"
    r"|rich-?text|main|body|news|essay|text)"
    r"-?(?:-{1,2}|__)?(?:content|body|text|copy|entry)"
    r"|articlebody|storytext|e-content|hentry|post-?entry|field-name-body"
    r"|field--name-body|gh-content|available-content"
    r"|markdown-body|prose|content-inner|the-content|td-post-content)(?:-[\w-]*)?(?: |$)"
)
_ALL = 0.93  # of the prose that the widest of them holds
_ENOUGH = 0.6  # of the page's prose, for an element that says it is the article
_TITLED = 0.35  # for one that holds the page's large heading too
_DESCEND = 0.9  # of the prose, for an element that says nothing
_BESIDE = 0.5  # and where only links stand beside it
_LINKED = 0.3  # of the words
LEAST = 40  # words of prose; less is no essay
# Scripts that put no blanks between words: Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_PARAGRAPH = 10  # words outside links; a block with fewer is no prose
_LARGEST = 2_000_000  # characters; it takes its time
_SIGN = 4  # words at either end by which its answer is found in the page
_MOST = 0.95  # of its words; an element with fewer holds only a part


@dataclass
class Weights:
    """For each element: its words, those of them in links, and those that are prose."""

    words: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    prose: dict[Element, int] = field(default_factory=dict)


def weights(root: Element, without: Container[Element] = ()) -> Weights:
    """The weights of every element under the root, those in `without` counting nothing."""
    order, counted = [], Weights()
    own: dict[Element, tuple[int, int]] = {}  # of a block, what stands directly in it
    block_of: dict[Element, Element] = {}
    in_link: dict[Element, bool] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in signs.UNREAD or element in without:
            continue
        outer = element.getparent()
        order.append(element)
        block = element if element is root or signs.is_block(element) else block_of[outer]
        block_of[element] = block
        in_link[element] = element.tag == "a" or in_link.get(outer, False)
        plain, linked = own.get(block, (0, 0))
        count = sum(map(_count, (element.text, *(child.tail for child in element))))
        own[block] = (plain, linked + count) if in_link[element] else (plain + count, linked)
        waiting.extend(reversed(element))
    for element in reversed(order):
        plain, linked = own.get(element, (0, 0))
        sums = (
            plain + linked,
            linked,
            plain if plain >= _PARAGRAPH and plain >= linked else 0,
        )
        for held, count in zip((counted.words, counted.linked, counted.prose), sums, strict=True):
            held[element] = held.get(element, 0) + count
            if element is not root:
                outer = element.getparent()
                held[outer] = held.get(outer, 0) + held[element]
    return counted


def _count(text: str | None) -> int:
    """How many words, about; some scripts have no blanks between them."""
    if not text:
        return 0
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def container(body: Element, weighed: Weights) -> Element:
    """The element with the essay; the body itself where nothing holds it more tightly."""
    whole = weighed.prose.get(body, 0)
    if not whole:
        return body
    held = [
        element
        for element in body.iter()
        if weighed.prose.get(element, 0) >= _least(element) * whole and _says_so(element)
    ]
    if held:
        most = max(weighed.prose[element] for element in held)
        tightest = [element for element in held if weighed.prose[element] >= _ALL * most][-1]
        return _with_twins(tightest, body, weighed)
    return _descended(body, weighed)


def _says_so(element: Element) -> bool:
    if element.tag in ("article", "main") or (element.get("role") or "") in ("main", "article"):
        return True
    if element.get("itemprop") in ("articleBody", "text", "blogPost", "mainContentOfPage"):
        return True
    if (element.get("name") or "") == "articleBody":
        return True
    return element.tag in ("div", "section", "td") and bool(_SAYS_SO.search(signs.names(element)))


def _with_twins(element: Element, body: Element, weighed: Weights) -> Element:
    """The element, or what holds it and others of its name, where an essay is in several boxes."""
    if element.tag in ("article", "main") or not element.get("class"):
        return element
    twins = [
        other
        for other in body.iter(element.tag)
        if other.get("class") == element.get("class")
        and weighed.prose.get(other, 0)
        and next(other.iterancestors("article"), None)
        is next(element.iterancestors("article"), None)
    ]
    outer = element
    while outer is not body and not all(
        twin is outer or outer in twin.iterancestors() for twin in twins
    ):
        outer = outer.getparent()
    return outer


def _least(element: Element) -> float:
    return _ENOUGH if element.find(".//h1") is None else _TITLED


def _descended(body: Element, weighed: Weights) -> Element:
    """The tightest element that still has nearly all of the prose of the one around it."""
    element = body
    while True:
        best = max(element, key=lambda child: weighed.prose.get(child, 0), default=None)
        if best is None or best.tag in ("p", "li", "tr", "blockquote", "ul", "ol", "pre"):
            return element
        share = weighed.prose.get(best, 0) / max(weighed.prose[element], 1)
        beside = [c for c in element if c is not best and weighed.prose.get(c, 0)]
        if share < (_BESIDE if all(_is_linked(c, weighed) for c in beside) else _DESCEND):
            return element
        element = best


def _is_linked(element: Element, weighed: Weights) -> bool:
    """Whether an element is a column of links with a few words about each."""
    return weighed.linked[element] >= _LINKED * weighed.words[element]


def readable(text: str, body: Element) -> Element | None:
    """The tightest element of the body with all that readability takes for the article, or None."""
    if len(text) > _LARGEST:
        return None
    from readability import Document as Page

    try:
        found = trees.page(Page(text).summary(html_partial=True))
    except Exception:  # it raises what it likes on a page it cannot read
        return None
    chosen = words(" ".join(signs.shown(found).split()))
    if len(chosen) < LEAST:
        return None
    ends = [" ".join(chosen[:_SIGN]), " ".join(chosen[-_SIGN:])]
    tightest = None
    element: Element | None = body
    while element is not None:
        tightest = element
        element = next(
            (child for child in element if _holds(child, ends, _MOST * len(chosen))), None
        )
    return tightest


def _holds(element: Element, ends: list[str], count: float) -> bool:
    found = words(signs.shown(element)) if isinstance(element.tag, str) else []
    held = " ".join(found)
    return len(found) >= count and all(end in held for end in ends)
