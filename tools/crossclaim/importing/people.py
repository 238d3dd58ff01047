"""Names of authors: in bylines, in lists of them, and where a biography opens with one."""

import re
from collections.abc import Sequence

_PART = r"[A-ZÀ-ÖØ-ÞŁŚŽČ][\w.'’\-]*"
_SMALL = "de|del|der|van|von|da|di|la|le|bin|al"
NAME = rf"(?!The |A |An |Our )(?:Dr\.? |Prof\.? )?{_PART}(?: (?:{_PART}|{_SMALL})){{1,4}}"
_BYLINE = re.compile(
    rf"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i)\s+(?P<name>{NAME})\s*"
    r"(?:(?:[|,·]|on |, ).{0,60})?$"
)
_JOINTS = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|y|e|&)\s+|\s*;\s*")
_VERBS = (
    r"(?:is|was|has been|has written|writes|teaches|works|lives|serves|founded|heads|leads|holds"
    r"|runs|directs|edits|manages|chairs|hosts|speaks|consults|co-founded|studied|grew up"
    r"|ist|war|lebt|lehrt|schreibt|arbeitet|est|était|vit|écrit|enseigne|es|era|vive|escribe)\b"
)


def is_name(text: str) -> bool:
    """Whether a text is a person's whole name, of two words to five, and nothing else."""
    return bool(re.fullmatch(NAME, text))


def byline(text: str, author: str = "") -> str:
    """The name in a line like “by Ada Byron”, or "". A known author's byline has their surname."""
    match = _BYLINE.match(text)
    if not match or (author and author.split()[-1].casefold() not in text.casefold()):
        return ""
    name = re.sub(r" on$", "", match["name"])
    return name.title() if name.isupper() else name


def author_names(author: str) -> tuple[str, ...]:
    """The names in “A, B and C”, where each part is a whole name; else the author as one.

    “Marks and Spencer” is one author, and so is “Ada Byron, PhD”.
    """
    parts = [part for part in _JOINTS.split(author.strip()) if part]
    if len(parts) > 1 and all(is_name(part) for part in parts):
        return tuple(dict.fromkeys(parts))
    return (author,)


def bare_name(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return re.sub(r"\s*\([^()]*\)", "", name).strip() or name


def join_names(names: Sequence[str]) -> str:
    """Several names as one text: “A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def is_about_author(text: str, author: str) -> bool:
    """Whether a line is a heading like “About the author” or “About Ada Byron”."""
    if re.match(r"^about the authors?:?$", text, re.IGNORECASE):
        return True
    names = author.split()
    if len(names) < 2 or len(text.split()) > 6:
        return False
    folded = text.casefold()
    ends = (names[0].casefold(), names[-1].casefold())
    return folded.startswith("about ") and all(name in folded for name in ends)


def is_biography(text: str, author: str) -> bool:
    """Whether a paragraph opens by saying who the author is.

    The surname alone is not enough: many a surname is a word.
    """
    if len(authors := author_names(author)) > 1:
        return any(is_biography(text, each) for each in authors)
    names = author.split()
    if not names:
        return False
    first, last = re.escape(names[0]), re.escape(names[-1])
    opening = r"^\W*(?:(?:As|The) [^.]{0,80}, )?(?:Dr\.? |Prof\.? |Professor )?"
    name = rf"{re.escape(author)}|{first}(?: [\w.]+)? {last}" if len(names) > 1 else last
    return bool(re.match(rf"{opening}(?:{name})\b(?:, [^.]{{0,80}},)? {_VERBS}", text))
