"""Where the rule for the essay's element finds no prose: ask readability-lxml."""

from crossclaim.importing.html import signs, trees
from crossclaim.importing.html.trees import Element
from crossclaim.names import words

_LARGEST = 2_000_000  # characters; it takes its time
_SIGN = 4  # words at either end by which its answer is found in the page
_LEAST = 40  # words
_MOST = 0.95  # of its words; an element with fewer holds only a part


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
    if len(chosen) < _LEAST:
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
