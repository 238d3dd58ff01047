"""Who wrote it: names in bylines, filing lines and biographies."""

import re
from collections.abc import Sequence
from itertools import pairwise

from crossclaim.importing import dates
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.document import Paragraph

_PART = r"[A-ZÀ-ÖØ-ÞŁŚŽČ][\w.'’\-]*"
_SMALL = "de|del|der|van|von|da|di|la|le|bin|al"
_NAME = rf"(?!The |A |An |Our )(?:Dr\.? |Prof\.? )?{_PART}(?: (?:{_PART}|{_SMALL})){{1,4}}"
_BYLINE = re.compile(
    rf"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i)\s+(?P<name>{_NAME})\s*"
    r"(?:(?:[|,·]|on |, ).{0,60})?$"
)
_WHOLE_NAME = re.compile(_NAME)
_JOINTS = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|y|e|&)\s+|\s*;\s*")
_TWO = re.compile(rf"^[Bb]y {_NAME}(?:, {_NAME})* (?:and|&) {_NAME}")
_VERBS = (
    r"(?:is|was|has been|has written|writes|teaches|works|lives|serves|founded|heads|leads|holds"
    r"|runs|directs|edits|manages|chairs|hosts|speaks|consults|co-founded|studied|grew up"
    r"|ist|war|lebt|lehrt|schreibt|arbeitet|est|était|vit|écrit|enseigne|es|era|vive|escribe)\b"
)
_ABOUT = re.compile(rf"^[Aa]bout (?P<name>{_NAME})$")
_BIOGRAPHY = re.compile(
    rf"^(?:Dr\.? |Prof\.? |Professor )?(?P<name>{_NAME}),? (?:[^.]{{0,60}}, )?"
    r"(?:is|writes|teaches|works|lives|serves|heads|leads)\b"
)


def byline(text: str, author: str = "") -> str:
    """The name in a line like “by Ada Byron”, or "". A known author's byline has their surname."""
    found = _BYLINE.match(text)
    if not found or (author and author.split()[-1].casefold() not in text.casefold()):
        return ""
    name = re.sub(r" on$", "", found["name"])
    return name.title() if name.isupper() else name


def find_author(found: Sequence[Paragraph]) -> str:
    """The author's name: from a byline, a filing line, an “About” heading or a last biography.

    "" where none is certain, and where there are several.
    """
    texts = [paragraph.text.strip() for paragraph in found]
    for text in texts[:10]:
        if _TWO.match(text):
            return ""
        if name := byline(text):
            return name
    for at, text in enumerate(texts[1:4], start=1):
        if _stands_as_name(text, at, texts):
            return text
    for text in texts:
        if patterns.POSTED.search(text) and (name := patterns.posted_by(text)):
            return name
    for text, following in pairwise(texts):
        about = _ABOUT.match(text)
        if about and about["name"].split()[-1].casefold() in following.casefold():
            return about["name"]
    return _last_biography(texts)


def _stands_as_name(text: str, at: int, texts: Sequence[str]) -> bool:
    """Whether a line below the title is a name: dated below, or signed with at the end.

    Capitals alone make no name; many a subtitle has them.
    """
    if not _WHOLE_NAME.fullmatch(text) or len(text.split()) > 4:
        return False
    below = texts[at + 1] if at + 1 < len(texts) else ""
    return dates.is_date(below) or text in texts[max(at + 1, len(texts) - 3) :]


def _last_biography(texts: Sequence[str]) -> str:
    """Whom the last long paragraph is about, with nothing but furniture after it."""
    for text in reversed(texts[len(texts) // 2 :]):
        if found := _BIOGRAPHY.match(text):
            return found["name"]
        if len(text.split()) > 12 and not patterns.NOTICE.search(text):
            return ""
    return ""


def several(author: str) -> tuple[str, ...]:
    """The names in “A, B and C”, where each part is a whole name; else the author as one.

    “Marks and Spencer” is one author, and so is “Ada Byron, PhD”.
    """
    parts = [part for part in _JOINTS.split(author.strip()) if part]
    if len(parts) > 1 and all(_WHOLE_NAME.fullmatch(part) for part in parts):
        return tuple(dict.fromkeys(parts))
    return (author,)


def joined(names: Sequence[str]) -> str:
    """Several names as one text: “A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def is_about_author(text: str, author: str) -> bool:
    """Whether a line is a heading like “About the author” or “About Ada Byron”."""
    if re.match(r"^about the authors?:?$", text, re.IGNORECASE):
        return True
    names = author.split()
    if len(names) < 2 or len(text.split()) > 6:
        return False
    plain = text.casefold()
    return plain.startswith("about ") and all(n.casefold() in plain for n in (names[0], names[-1]))


def is_biography(text: str, author: str) -> bool:
    """Whether a paragraph opens by saying who the author is.

    The surname alone is not enough: many a surname is a word.
    """
    if len(authors := several(author)) > 1:
        return any(is_biography(text, each) for each in authors)
    names = author.split()
    if not names:
        return False
    first, last = re.escape(names[0]), re.escape(names[-1])
    opening = r"^\W*(?:(?:As|The) [^.]{0,80}, )?(?:Dr\.? |Prof\.? |Professor )?"
    name = rf"{re.escape(author)}|{first}(?: [\w.]+)? {last}" if len(names) > 1 else last
    return bool(re.match(rf"{opening}(?:{name})\b(?:, [^.]{{0,80}},)? {_VERBS}", text))
