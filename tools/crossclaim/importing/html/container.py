"""Which element of a web page holds the essay: a short rule that looks at where its prose is.

Among elements that say they hold an article, and otherwise among all, the tightest one with nearly
all of the page's prose. Prose stands in paragraphs, not in lists of links. Where the rule finds
none, readability-lxml is asked.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element, parse_page
from crossclaim.names import words

_ARTICLE = re.compile(
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
LEAST_PROSE = 40  # words; less is no essay
# Scripts that put no blanks between words: Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_PARAGRAPH = 10  # words outside links; a block with fewer is no prose
_LARGEST = 2_000_000  # characters of a page for readability, which takes its time
_PROBE = 4  # words at either end by which its answer is found in the page
_NEARLY_ALL = 0.95  # of its words; an element with fewer holds only a part


@dataclass
class WordCounts:
    """For each element: its words, those of them in links, and those that are prose."""

    words: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    prose: dict[Element, int] = field(default_factory=dict)


def count_words(root: Element, without: Container[Element] = ()) -> WordCounts:
    """The word counts of every element under the root, those in `without` counting nothing."""
    order, counts = [], WordCounts()
    own: dict[Element, tuple[int, int]] = {}  # of a block, what stands directly in it
    block_of: dict[Element, Element] = {}
    in_link: dict[Element, bool] = {}
    stack = [root]
    while stack:
        element = stack.pop()
        skipped = not isinstance(element.tag, str) or element.tag in elements.SKIPPED_TAGS
        if skipped or element in without:
            continue
        parent = element.getparent()
        order.append(element)
        block = element if element is root or elements.is_block(element) else block_of[parent]
        block_of[element] = block
        in_link[element] = element.tag == "a" or in_link.get(parent, False)
        plain, linked = own.get(block, (0, 0))
        count = sum(map(_count, (element.text, *(child.tail for child in element))))
        own[block] = (plain, linked + count) if in_link[element] else (plain + count, linked)
        stack.extend(reversed(element))
    for element in reversed(order):
        plain, linked = own.get(element, (0, 0))
        prose = plain if plain >= _PARAGRAPH and plain >= linked else 0
        for total, count in (
            (counts.words, plain + linked), (counts.linked, linked), (counts.prose, prose)
        ):  # fmt: skip
            total[element] = total.get(element, 0) + count
            if element is not root:
                parent = element.getparent()
                total[parent] = total.get(parent, 0) + total[element]
    return counts


def _count(text: str | None) -> int:
    """How many words, about; some scripts have no blanks between them."""
    if not text:
        return 0
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def find_container(body: Element, counts: WordCounts) -> Element:
    """The element with the essay; the body itself where nothing holds it more tightly."""
    prose = counts.prose
    whole = prose.get(body, 0)
    if not whole:
        return body
    articles = [
        element
        for element in body.iter()
        if prose.get(element, 0) >= _least_share(element) * whole and _says_article(element)
    ]
    if articles:
        most = max(prose[element] for element in articles)
        tightest = [element for element in articles if prose[element] >= _ALL * most][-1]
        return _with_twins(tightest, body, counts)
    return _descended(body, counts)


def _says_article(element: Element) -> bool:
    if element.tag in ("article", "main") or (element.get("role") or "") in ("main", "article"):
        return True
    if element.get("itemprop") in ("articleBody", "text", "blogPost", "mainContentOfPage"):
        return True
    if (element.get("name") or "") == "articleBody":
        return True
    box = element.tag in ("div", "section", "td")
    return box and bool(_ARTICLE.search(elements.class_names(element)))


def _with_twins(element: Element, body: Element, counts: WordCounts) -> Element:
    """The element, or what holds it and others of its name, where an essay is in several boxes."""
    if element.tag in ("article", "main") or not element.get("class"):
        return element
    article = next(element.iterancestors("article"), None)
    twins = [
        other
        for other in body.iter(element.tag)
        if other.get("class") == element.get("class")
        and counts.prose.get(other, 0)
        and next(other.iterancestors("article"), None) is article
    ]
    outer = element
    while outer is not body and not all(
        twin is outer or outer in twin.iterancestors() for twin in twins
    ):
        outer = outer.getparent()
    return outer


def _least_share(element: Element) -> float:
    return _ENOUGH if element.find(".//h1") is None else _TITLED


def _descended(body: Element, counts: WordCounts) -> Element:
    """The tightest element that still has nearly all of the prose of the one around it."""
    element, prose = body, counts.prose
    while True:
        best = max(element, key=lambda child: prose.get(child, 0), default=None)
        if best is None or best.tag in ("p", "li", "tr", "blockquote", "ul", "ol", "pre"):
            return element
        share = prose.get(best, 0) / max(prose[element], 1)
        beside = [child for child in element if child is not best and prose.get(child, 0)]
        # Beside it, columns of links with a few words about each weigh less.
        links = all(counts.linked[each] >= _LINKED * counts.words[each] for each in beside)
        if share < (_BESIDE if links else _DESCEND):
            return element
        element = best


def readability_container(text: str, body: Element) -> Element | None:
    """The tightest element of the body with all that readability takes for the article, or None."""
    if len(text) > _LARGEST:
        return None
    from readability import Document as Page

    try:
        article = parse_page(Page(text).summary(html_partial=True))
    except Exception:  # it raises what it likes on a page it cannot read
        return None
    chosen = words(elements.visible_text(article))
    if len(chosen) < LEAST_PROSE:
        return None
    ends = [" ".join(chosen[:_PROBE]), " ".join(chosen[-_PROBE:])]
    least = _NEARLY_ALL * len(chosen)
    tightest, element = None, body
    while element is not None:
        tightest = element
        element = next((child for child in element if _holds(child, ends, least)), None)
    return tightest


def _holds(element: Element, ends: list[str], least: float) -> bool:
    if not isinstance(element.tag, str):
        return False
    own = words(elements.visible_text(element))
    text = " ".join(own)
    return len(own) >= least and all(end in text for end in ends)
