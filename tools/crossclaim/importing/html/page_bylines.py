"""Who wrote a page and when, as its lines say: marked-up names, “Posted by …”, a mail's head."""

import re
from collections.abc import Iterator

from crossclaim.importing import people
from crossclaim.importing.dates import iso_date
from crossclaim.importing.html import signs
from crossclaim.importing.html.trees import Element

BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text)\s+)?(?:by|von|par|por|di)\b:?\s+",
    re.IGNORECASE,
)
LONGEST_NAME = 6  # words
_AUTHORS = re.compile(
    r"(?:^| )(?:[\w-]*-)?(?:by-?line|author|vcard|p-author|reader-credits)(?:-?name)?(?: |$)"
)
_DATES = re.compile(
    r"(?:^| )(?:[\w-]*-)?(?:date(?:line|-header)?|published|posted(?:-on)?|submitted|timestamp"
    r"|meta|byline)(?: |$)"
)
_FILED = re.compile(r"(?:posted|submitted|written|published)\b(?: on [^.!?]{4,40}?)? by\b", re.I)
_BESIDE = re.compile(r"comment|respon[ds]|sidebar|widget|related|footer")
_LINE = 20  # words of a line that says who and when
_PROSE = 30  # words


def named(root: Element) -> list[str]:
    """The name that stands in the page as its author's, or none."""
    for place in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//*[@rel='author']",
    ):
        if found := [signs.shown(e) for e in root.iterfind(place)][:1]:
            return found
    for element in root.iter("span", "a", "div", "p", "address", "li", "cite"):
        if element.get("class") and _AUTHORS.search(signs.names(element)):
            text = signs.shown(element)
            name = people.byline(text) or (
                BY.sub("", text) if len(text.split()) <= LONGEST_NAME else ""
            )
            if name and re.match(r"[^\W\d_a-z]", name):
                return [name]
    sender, _ = _mail(root)
    return [sender] if sender else _filed(root)


def dated(root: Element) -> str:
    """The date on a line that is called one, or that says who filed the page; ISO, or ""."""
    for element in root.iter("abbr"):
        if "published" in signs.names(element) and (date := iso_date(element.get("title") or "")):
            return date
    if date := _mail(root)[1]:
        return date
    for element, text in _lines(root):
        called = element.get("class") and _DATES.search(signs.names(element))
        if (called or _FILED.match(text)) and (date := iso_date(text)):
            return date
    return ""


def _filed(root: Element) -> list[str]:
    """Whom the first line names that says who posted the page, or a byline above its prose."""
    above = True
    for element, text in _lines(root):
        above = above and len(text.split()) < _PROSE
        if found := _FILED.match(text):
            name = people.byline(f"by {text[found.end() :].strip(': ')}")
        else:
            name = people.byline(text) if above and element.tag != "a" else ""
        if name:
            return [name]
    return []


def _lines(root: Element) -> Iterator[tuple[Element, str]]:
    """The page's elements of a line, each with its words, without comments and side columns.

    A paragraph of prose comes too, so that one can see where the prose begins.
    """
    heading = next(root.iter("h1"), None)
    held = set() if heading is None else set(heading.iterancestors())
    for element in root.iter("p", "div", "span", "address", "li", "td", "h2", "h3", "h4", "center"):
        if any(child.tag in ("p", "div", "ul", "table") for child in element):
            continue
        text = signs.shown(element)
        if not text or (len(text.split()) > _LINE and element.tag not in ("p", "div")):
            continue
        outer = (each for each in (element, *element.iterancestors()) if each not in held)
        around = " ".join(map(signs.names, outer))
        if len(text.split()) <= _LINE and _BESIDE.search(around):
            continue
        yield element, text


def _mail(root: Element) -> tuple[str, str]:
    """The sender and the day of a message in a list's archive: name, address, date; or ""."""
    for link in root.iter("a"):
        before, after = link.getprevious(), link.getnext()
        sends = (link.get("href") or "").lower().startswith("mailto:") or " at " in (
            link.text or ""
        )
        if sends and before is not None and before.tag in ("b", "strong"):
            while after is not None and after.tag == "br":
                after = after.getnext()
            day = iso_date(signs.shown(after)) if after is not None else ""
            return signs.shown(before), day
    return "", ""
