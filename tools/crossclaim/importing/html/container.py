"""Which element of a web page holds the essay: a short rule that looks at where its prose is.

Among elements that say they hold an article, and otherwise among all, the tightest one with nearly
all of the page's prose.
"""

import re

from crossclaim.importing.html import signs
from crossclaim.importing.html.trees import Element
from crossclaim.importing.html.weights import Weights

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
