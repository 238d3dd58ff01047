"""Who wrote it: names in bylines, filing lines and biographies."""

import itertools
import re
from collections.abc import Sequence

from crossclaim.reading import furniture
from crossclaim.reading.paragraphs import Paragraph

_PART = r"[A-ZÀ-ÖØ-ÞŁŚŽČ][\w.'’\-]*"
_NAME = rf"{_PART}(?: (?:{_PART}|de|del|der|van|von|da|di|la|le|bin|al|of)){{1,4}}"
_BYLINE = re.compile(
    rf"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i)\s+(?P<name>{_NAME})\s*(?:[|,·].{{0,60}})?$"
)
_VERBS = (
    r"(?:is|was|has been|has written|writes|teaches|works|lives|serves|founded|heads|leads|holds)\b"
)
_ABOUT = re.compile(rf"^[Aa]bout (?P<name>{_NAME})$")
_BIOGRAPHY = re.compile(
    rf"^(?:Dr\.? |Prof\.? |Professor )?(?P<name>{_NAME}),? (?:[^.]{{0,60}}, )?{_VERBS}"
)


def byline(text: str) -> str:
    """The name in a line like “by Ada Byron”, or ""."""
    found = _BYLINE.match(text)
    return found["name"] if found else ""


def find_author(found: Sequence[Paragraph]) -> str:
    """The author's name: from a byline, a filing line, an “About” heading or a last biography."""
    texts = [paragraph.text.strip() for paragraph in found]
    for text in texts[:10]:
        if name := byline(text):
            return name
    for text in texts:
        if furniture.POSTED.search(text) and (name := furniture.posted_by(text)):
            return name
    for text, following in itertools.pairwise(texts):
        about = _ABOUT.match(text)
        if about and about["name"].split()[-1].casefold() in following.casefold():
            return about["name"]
    for text in reversed(texts[len(texts) // 2 :]):
        if found_name := _BIOGRAPHY.match(text):
            return found_name["name"]
    return ""


def is_about_author(text: str, author: str) -> bool:
    """Whether a line is a heading like “About the author” or “About Ada Byron”."""
    if re.match(r"^about the authors?:?$", text, re.IGNORECASE):
        return True
    last = author.split()[-1:] or ["?"]
    pattern = rf"^about .{{0,40}}\b{re.escape(last[0])}\W*$"
    return bool(re.match(pattern, text, re.IGNORECASE))


def is_biography(text: str, author: str) -> bool:
    """Whether a paragraph opens by saying who the author is."""
    names = author.split()
    if not names:
        return False
    first, last = re.escape(names[0]), re.escape(names[-1])
    opening = r"^\W*(?:(?:As|The) [^.]{0,80}, )?(?:Dr\.? |Prof\.? |Professor )?"
    name = rf"(?:{first}(?: [\w.]+)? {last}|{last})\b"
    return bool(re.match(rf"{opening}{name}(?:, [^.]{{0,80}},)? {_VERBS}", text, re.IGNORECASE))
