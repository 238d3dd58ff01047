"""Headings of a plain text, told from short paragraphs, numbered prose and verse."""

import re
from collections.abc import Sequence

from crossclaim.importing.boilerplate.patterns import BACK_MATTER
from crossclaim.importing.document import Paragraph
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_ATX = re.compile(r"(?P<signs>#{1,6})\s+(?P<text>\S.*?)\s*#*\Z")
_NUMBER = re.compile(r"\d{1,3}\.\s+\S")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_a-z]")
_PART = re.compile(r"(?:chapter|part|section|kapitel|teil|chapitre)\b|[IVXLC\d]+\.?\Z", re.I)
_YEAR = re.compile(r"\d{4}[.:]\s")
_ASIDE = re.compile(r"[(\[].*[)\]]\Z|[-–—\"“‘'«]")  # “(Applause)”, “— Anonymous”
_CAPITALS_WORDS = 10  # a heading in capitals may end with a full stop
_QUESTION_WORDS = 10  # a longer question is a paragraph
_HEADING_WORDS = 14


def headings(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[str, int]]:
    """The paragraphs that are headings: index to the heading's words and its level from 2."""
    levels: dict[int, tuple[str, int]] = {}
    several = sum(bool(_ATX.match(p.text)) for p in paragraphs) > 1
    doubled = any(p.underline == "=" for p in paragraphs)
    for index in range(len(paragraphs) - 1, -1, -1):  # upwards: a heading may follow a heading
        paragraph, text = paragraphs[index], paragraphs[index].text.strip()
        atx = _ATX.match(text)
        if atx and (several or len(atx["signs"]) > 1):
            levels[index] = (atx["text"], max(len(atx["signs"]), 2))
        elif paragraph.underline:
            levels[index] = (text, 3 if doubled and paragraph.underline != "=" else 2)
        elif _is_heading(index, paragraphs, index + 1 in levels):
            levels[index] = (text, 2)
    return _from_second_level(levels)


def is_heading_like(text: str) -> bool:
    """Whether a line has a heading's look: few words, no sentence's end."""
    return 0 < len(words(text[:400])) <= _HEADING_WORDS and not ends_sentence(text, also=":;,")


def _from_second_level(levels: dict[int, tuple[str, int]]) -> dict[int, tuple[str, int]]:
    """Headings with the highest level that is used made the second."""
    top = min((level for _, level in levels.values()), default=2)
    return {index: (text, level - top + 2) for index, (text, level) in levels.items()}


def _is_heading(index: int, paragraphs: Sequence[Paragraph], above_heading: bool) -> bool:
    """Whether a paragraph is a short line above a longer one; never the last, never a list's."""
    text = paragraphs[index].text.strip()
    if index + 1 >= len(paragraphs) or len(text) > 200:
        return False
    if _ASIDE.match(text) or _YEAR.match(text) or _is_among_lines(index, paragraphs):
        return False
    if not (is_heading_like(text) or _is_in_capitals(text) or _is_question(index, paragraphs)):
        return False
    if not re.match(r"\W*(?:\d+\.\s+)?\W*[^\W\d_a-z]", text) and not _SECTION.match(text):
        return False  # a heading does not go on in the middle of a sentence
    if _NUMBER.match(text) or BACK_MATTER.match(text):
        return True  # what is numbered and is no item is a head, however short its section
    following = paragraphs[index + 1].text
    longer = len(words(following[:1000])) > max(_HEADING_WORDS, len(words(text)))
    return longer or (is_heading_like(following) and above_heading)


def _is_among_lines(index: int, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a line stands among others without a blank line between: verse, an address, a list.

    “Chapter 2” may stand right above a heading's words.
    """
    if paragraphs[index].joined and index + 2 < len(paragraphs) and paragraphs[index + 1].joined:
        return True
    before = paragraphs[index - 1] if index else None
    if before is None or not before.joined or before.rows > 1:
        return False
    return is_heading_like(before.text) and not _PART.match(before.text.strip())


def _is_in_capitals(text: str) -> bool:
    """Whether all of a short line is in capitals, as headings are that end with a full stop."""
    return text.isupper() and 1 < len(words(text)) <= _CAPITALS_WORDS and text[-1] in ".?:"


def _is_question(index: int, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a short question is a heading, and not a paragraph that asks.

    It stands apart from what is above and close to what is below, or its words have capitals.
    """
    paragraph, text = paragraphs[index], paragraphs[index].text.strip()
    if not text.endswith("?") or len(words(text)) > _QUESTION_WORDS or paragraph.rows > 1:
        return False
    below = paragraphs[index + 1]
    apart = paragraph.above > below.above and not (index and paragraphs[index - 1].joined)
    names = [word for word in words(text) if len(word) > 3]
    titled = len(names) > 1 and all(word[0].isupper() for word in names)
    return apart or titled
