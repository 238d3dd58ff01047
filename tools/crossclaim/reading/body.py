"""The essay's own paragraphs to blocks: headings, lists and running text told apart."""

import itertools
import re
from collections.abc import Sequence

from crossclaim.names import words
from crossclaim.reading.document import Block, Kind
from crossclaim.reading.inline import runs
from crossclaim.reading.paragraphs import Paragraph

_BULLET = re.compile(r"\s*[•◦▪‣·]\s*(?P<text>\S.*)\Z")
_DASH = re.compile(r"\s*[-*–—]\s+(?P<text>\S.*)\Z")
_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})\.\s+(?P<text>\S.*)\Z")
_ATX = re.compile(r"\s*#{1,6}\s+(?P<text>\S.*?)\s*#*\Z")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]*]*\Z")
_HEADING_WORDS = 14
_CAPTION_WORDS = 15


def blocks(found: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Paragraphs to blocks, one each, in order."""
    numbered = _numbered(found)
    dashes = _dashed(found)
    made: list[Block] = []
    for at, paragraph in enumerate(found):
        text = paragraph.text.strip()
        if bullet := _BULLET.match(text) or (_DASH.match(text) if at in dashes else None):
            made.append(Block(Kind.BULLET, runs(bullet["text"])))
        elif at in numbered and (number := _NUMBER.match(text)):
            made.append(Block(Kind.NUMBERED, runs(number["text"]), f"{number['number']}."))
        elif _is_heading(at, found):
            made.append(Block(Kind.HEADING, runs(text)))
        else:
            made.append(Block(Kind.PARAGRAPH, runs(text)))
    return tuple(made)


def _short(text: str) -> bool:
    """Whether a line has a heading's look: few words, no sentence's end."""
    return 0 < len(words(text)) <= _HEADING_WORDS and not _SENTENCE_END.search(text)


def _is_heading(at: int, found: Sequence[Paragraph]) -> bool:
    """A short line above a longer paragraph; never the last line, never a list's."""
    text = found[at].text.strip()
    if at + 1 >= len(found) or not _short(text):
        return False
    if not re.match(r"\W*(?:\d+\.\s+)?\W*[^\W\d_a-z]", text):
        return False  # a heading does not go on in the middle of a sentence
    following = found[at + 1].text
    return len(words(following)) > max(_HEADING_WORDS, len(words(text))) or (
        _short(following) and _is_heading(at + 1, found)
    )


def _numbered(found: Sequence[Paragraph]) -> set[int]:
    """Which paragraphs are items 1, 2, 3 … of a list rather than numbered headings.

    An item says something: it ends like a sentence, or its neighbours are items right beside it.
    """
    places = [
        (at, int(n["number"]), n["text"])
        for at, p in enumerate(found)
        if (n := _NUMBER.match(p.text))
    ]
    items: set[int] = set()
    sequence: list[tuple[int, str]] = []
    for at, number, text in places:
        if number == 1:
            sequence = [(at, text)]
        elif sequence and number == len(sequence) + 1:
            sequence.append((at, text))
        else:
            sequence = []
            continue
        if len(sequence) > 1:
            adjacent = all(b[0] - a[0] == 1 for a, b in itertools.pairwise(sequence))
            if adjacent or not any(_short(inner) for _, inner in sequence):
                items.update(place for place, _ in sequence)
            else:
                items.difference_update(place for place, _ in sequence)
    return items


def _dashed(found: Sequence[Paragraph]) -> set[int]:
    """Which paragraphs open with a dash or star as a list does: two or more in a row."""
    opens = [bool(_DASH.match(p.text.strip())) for p in found]
    return {
        at
        for at, opened in enumerate(opens)
        if opened and (opens[at - 1 : at] == [True] or opens[at + 1 : at + 2] == [True])
    }


def unglued(text: str, title: str) -> tuple[str, str]:
    """A first paragraph cut from a caption glued to it: caption ("" if none) and paragraph.

    Extraction from a page can lose the break after an image's caption, so that a small letter
    meets a capital (“…customersOn a…”). It is a caption only if it ends with words of the title
    or shows a caption's signs; names such as “LinkedIn” do neither.
    """
    for joint in re.finditer(r"(?<=[a-z])(?=[A-Z])", text):
        caption, rest = text[: joint.start()], text[joint.start() :]
        if len(words(caption)) > _CAPTION_WORDS or re.search(r"[.!?]\s", caption):
            return "", text
        ending, named = words(caption.casefold())[-2:], words(title.casefold())
        of_title = len(ending) == 2 and any(
            ending == named[at : at + 2] for at in range(len(named) - 1)
        )
        signs = re.search(r"\s[-–—|/]\s|©|^(?:photo|image|figure|credit|source)\b", caption, re.I)
        if (of_title or signs) and len(words(rest)) > len(words(caption)):
            return caption.strip(), rest
    return "", text
