"""What an element's tag, names, role and style say about it."""

import re

from crossclaim.importing.html.trees import Element

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote body caption center dd details dialog dir div dl dt
        fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr
        html legend li main menu nav noframes ol optgroup option p pre search section summary
        table tbody td tfoot th thead title tr ul
        """,
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Elements whose content nobody reads as text.
UNREAD = frozenset(
    re.findall(
        r"\w+",
        """
        annotation applet area audio button canvas datalist embed head iframe input map meter
        noscript object optgroup option param progress rp script select source style svg
        template textarea track video
        """,
    )
)
_UNSEEN_NAMES = re.compile(
    r"(?:^| )(?:sr-only|visually-hidden|visuallyhidden|screen-reader(?:-text|-only)?|a11y-hidden"
    r"|is-hidden|assistive-text|print-only)(?: |$)"
)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_PULL_QUOTE = re.compile(r"(?:^|[ -])(?:pull-?quotes?|blockquote)(?: |-?(?:text|body|content)|$)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Classes that say what an article is about, not what the element is.
_TOPIC = re.compile(
    r"^(?:category|tag|post-\d|postid|type|status|format|author|term|topic"
    r"|section)-(?!s$|list|links?$|cloud)"
)


def names(element: Element) -> str:
    """The element's classes and id, one space between, in small letters, humps as hyphens.

    Classes by which a site says an article's topics are left out.
    """
    given = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    plain = (_HUMP.sub("-", name).lower().replace("_", "-") for name in given)
    return " ".join(name for name in plain if not _TOPIC.match(name))


def role(element: Element) -> str:
    """What the element says it is: its role and its EPUB type, one space between."""
    parts = (element.get("role"), element.get("data-epub-type"), element.get("epub:type"))
    return " ".join(part for part in parts if part).lower()


def is_hidden(element: Element) -> bool:
    """Whether a browser shows nothing of the element, or only to be read aloud."""
    return bool(
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or _UNSEEN_STYLE.search(element.get("style") or "")
        or (element.get("class") and _UNSEEN_NAMES.search(names(element)))
    )


def emphasis(element: Element, outer: str) -> str:
    """How words in the element are set: "", "em", "strong" or "both"; `outer` is how around it."""
    tag, style = element.tag, (element.get("style") or "").lower().replace(" ", "")
    em, strong = outer in ("em", "both"), outer in ("strong", "both")
    em = em or tag in ("em", "i", "cite", "dfn", "var")
    strong = strong or tag in ("strong", "b")
    if style:
        if slant := re.search(r"font-style:(\w+)", style):
            em = slant[1] in ("italic", "oblique")
        if weight := re.search(r"font-weight:(\w+)", style):
            strong = weight[1] in ("bold", "bolder", "600", "700", "800", "900")
    return "both" if em and strong else "em" if em else "strong" if strong else ""


def is_pull_quote(element: Element) -> bool:
    """Whether a box that is no quotation to a browser is called one."""
    called = element.tag in ("div", "aside", "figure", "section", "p") and element.get("class")
    if not called or not _PULL_QUOTE.search(names(element)):
        return False
    return element.find(".//blockquote") is None


def is_block(element: Element) -> bool:
    """Whether the element begins a line of its own."""
    return element.tag in BLOCKS or "display:block" in (element.get("style") or "").replace(" ", "")


def shown(element: Element) -> str:
    """The words in an element, white space as one blank each; scripts and the like not counted."""
    parts: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            parts.append(inner)
            continue
        apart = " " if inner.tag in BLOCKS or inner.tag == "br" else ""
        if inner is not element:
            waiting.append(apart + (inner.tail or ""))
        if inner.tag not in UNREAD:
            waiting.extend(reversed(inner))
            waiting.append(apart + (inner.text or ""))
    return " ".join("".join(parts).split())
