"""What an element's tag, class, id, role and style say about it, and the words it shows."""

import re

from lxml import etree

from crossclaim.importing.html.parser import Element

BLOCK_TAGS = frozenset(
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
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Elements whose content nobody reads as text.
SKIPPED_TAGS = frozenset(
    re.findall(
        r"\w+",
        """
        annotation applet area audio button canvas datalist embed head iframe input map meter
        noscript object optgroup option param progress rp script select source style svg
        template textarea track video
        """,
    )
)
_CELL_WORDS = 20  # of a data table, on average, at most; a cell with more is a column of text
_HIDDEN_NAMES = re.compile(
    r"(?:^| )(?:sr-only|visually-hidden|visuallyhidden|screen-reader(?:-text|-only)?|a11y-hidden"
    r"|is-hidden|assistive-text|print-only)(?: |$)"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_PULL_QUOTE = re.compile(r"(?:^|[ -])(?:pull-?quotes?|blockquote)(?: |-?(?:text|body|content)|$)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Classes that say what an article is about, not what the element is.
_TOPIC = re.compile(
    r"^(?:category|tag|post-\d|postid|type|status|format|author|term|topic"
    r"|section)-(?!s$|list|links?$|cloud)"
)


def class_names(element: Element) -> str:
    """The element's classes and id, one space between, in small letters, camel case with hyphens.

    Classes by which a site says an article's topics are left out.
    """
    given = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    names = (_CAMEL.sub("-", name).lower().replace("_", "-") for name in given)
    return " ".join(name for name in names if not _TOPIC.match(name))


def role(element: Element) -> str:
    """What the element says it is: its role and its EPUB type, one space between."""
    parts = (element.get("role"), element.get("data-epub-type"), element.get("epub:type"))
    return " ".join(part for part in parts if part).lower()


def is_hidden(element: Element) -> bool:
    """Whether a browser shows nothing of the element, or only to be read aloud."""
    return bool(
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or _HIDDEN_STYLE.search(element.get("style") or "")
        or (element.get("class") and _HIDDEN_NAMES.search(class_names(element)))
    )


def show_prose(body: Element) -> None:
    """Make visible what is hidden and holds most of the page's words: a script shows it.

    So does the lack of one; and some themes call all that is printed hidden on the screen.
    """
    hidden = [e for e in body.iter(etree.Element) if e.tag == "noscript" or is_hidden(e)]
    whole = len(visible_text(body).split())
    for element in hidden:
        if element.tag == "noscript":
            shown = " ".join("".join(element.itertext()).split())
            if len(shown.split()) > whole:
                element.tag = "div"
        elif 2 * len(visible_text(element).split()) > whole:
            element.attrib.clear()


def emphasis(element: Element, outer: str) -> str:
    """How words in an element are set: "", "em", "strong" or "both"; `outer` is how around it."""
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
    box = element.tag in ("div", "aside", "figure", "section", "p") and element.get("class")
    if not box or not _PULL_QUOTE.search(class_names(element)):
        return False
    return element.find(".//blockquote") is None


def is_block(element: Element) -> bool:
    """Whether the element begins a line of its own."""
    style = (element.get("style") or "").replace(" ", "")
    return element.tag in BLOCK_TAGS or "display:block" in style


def visible_text(element: Element) -> str:
    """The words in an element, white space as one blank each; scripts and the like not counted."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        inner = stack.pop()
        if isinstance(inner, str):
            parts.append(inner)
            continue
        apart = " " if inner.tag in BLOCK_TAGS or inner.tag == "br" else ""
        if inner is not element:
            stack.append(apart + (inner.tail or ""))
        if inner.tag not in SKIPPED_TAGS:
            stack.extend(reversed(inner))
            stack.append(apart + (inner.text or ""))
    return " ".join("".join(parts).split())


def is_data_table(table: Element) -> bool:
    """Whether a table holds data, several short cells beside each other, and is no mere layout."""
    if table.tag != "table" or (table.get("role") or "") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "ul", "ol", "blockquote"), None) is not None:
        return False
    rows = list(table.iterdescendants("tr"))
    columns = max((sum(cell.tag in ("td", "th") for cell in row) for row in rows), default=0)
    if columns < 2 or len(rows) < 2:
        return False
    cells = [visible_text(cell) for cell in table.iterdescendants("td", "th")]
    filled = [len(cell.split()) for cell in cells if cell]
    return bool(filled) and sum(filled) <= _CELL_WORDS * len(filled)
