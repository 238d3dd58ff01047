"""Headings of a plain text told from short paragraphs, numbered prose and verse."""

import re
from collections.abc import Sequence

from crossclaim.importing.boilerplate.patterns import BACK_MATTER
from crossclaim.importing.document import Paragraph
from crossclaim.importing.text.listing import short
from crossclaim.names import words

_ATX = re.compile(r"(?P<signs>#{1,6})\s+(?P<text>\S.*?)\s*#*\Z")
_NUMBER = re.compile(r"\d{1,3}\.\s+\S")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_a-z]")
_PART = re.compile(r"(?:chapter|part|section|kapitel|teil|chapitre)\b|[IVXLC\d]+\.?\Z", re.I)
_YEAR = re.compile(r"\d{4}[.:]\s")
_ASIDE = re.compile(r"[(\[].*[)\]]\Z|[-–—\"“‘'«]")  # “(Applause)”, “— Anonymous”
_SHOUTED = 10  # words; a heading in capitals may end with a full stop
_ASKED = 10  # words; a longer question is a paragraph
_HEADING_WORDS = 14


def headings(found: Sequence[Paragraph]) -> dict[int, tuple[str, int]]:
    """The paragraphs that are headings: place to the heading's words and its level from 2."""
    made: dict[int, tuple[str, int]] = {}
    several = sum(bool(_ATX.match(p.text)) for p in found) > 1
    doubled = any(p.underline == "=" for p in found)
    for at in range(len(found) - 1, -1, -1):  # from below: a heading may stand above a heading
        text = found[at].text.strip()
        atx = _ATX.match(text)
        if atx and (several or len(atx["signs"]) > 1):
            made[at] = (atx["text"], max(len(atx["signs"]), 2))
        elif found[at].underline:
            made[at] = (text, 3 if doubled and found[at].underline != "=" else 2)
        elif _is_heading(at, found, at + 1 in made):
            made[at] = (text, 2)
    return _raised(made)


def _raised(made: dict[int, tuple[str, int]]) -> dict[int, tuple[str, int]]:
    """Headings with the highest level that is used made the second."""
    top = min((level for _, level in made.values()), default=2)
    return {at: (text, level - top + 2) for at, (text, level) in made.items()}


def _is_heading(at: int, found: Sequence[Paragraph], above_heading: bool) -> bool:
    """A short line above a longer paragraph; never the last line, never a list's."""
    text = found[at].text.strip()
    if at + 1 >= len(found) or _ASIDE.match(text) or _YEAR.match(text) or len(text) > 200:
        return False
    if not (short(text) or _is_shouted(text) or _is_question(at, found)):
        return False
    if found[at].joined and at + 2 < len(found) and found[at + 1].joined:
        return False  # lines in a row: verse, an address, a list
    before = found[at - 1] if at else None
    in_a_row = before and before.joined and before.rows == 1 and short(before.text)
    if in_a_row and before and not _PART.match(before.text.strip()):
        return False
    if not re.match(r"\W*(?:\d+\.\s+)?\W*[^\W\d_a-z]", text) and not _SECTION.match(text):
        return False  # a heading does not go on in the middle of a sentence
    if _NUMBER.match(text) or BACK_MATTER.match(text):
        return True  # what is numbered and is no item is a head, however short its section
    following = found[at + 1].text
    longer = len(words(following[:1000])) > max(_HEADING_WORDS, len(words(text)))
    return longer or (short(following) and above_heading)


def _is_shouted(text: str) -> bool:
    """Whether all of a short line is in capitals, as headings are that end with a full stop."""
    return text.isupper() and 1 < len(words(text)) <= _SHOUTED and text[-1] in ".?:"


def _is_question(at: int, found: Sequence[Paragraph]) -> bool:
    """Whether a short question is set as a heading, and not as a paragraph that asks.

    It stands apart from what is above and close to what is below, or it is set in capitals.
    """
    text = found[at].text.strip()
    if not text.endswith("?") or len(words(text)) > _ASKED or found[at].rows > 1:
        return False
    below = found[at + 1]
    apart = found[at].above > below.above and not (at and found[at - 1].joined)
    names = [word for word in words(text) if len(word) > 3]
    titled = len(names) > 1 and all(word[0].isupper() for word in names)
    return apart or titled
