"""The essay's own paragraphs to blocks: headings, lists and running text told apart."""

import itertools
import re
from collections.abc import Sequence

from crossclaim.names import words
from crossclaim.reading.document import Block, Kind
from crossclaim.reading.furniture import OWN_AFTERMATTER
from crossclaim.reading.inline import runs
from crossclaim.reading.paragraphs import Paragraph

_BULLET = re.compile(r"\s*[•◦▪‣·●]\s*(?P<text>\S.*[^\W_].*|[^\W_].*)\Z")
_DASH = re.compile(r"\s*[-*–—]\s+(?P<text>\S.*)\Z")
_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})\.\s+(?P<text>\S.*)\Z")
_ATX = re.compile(r"\s*#{1,6}\s+(?P<text>\S.*?)\s*#*\Z")
_ASIDE = re.compile(r"[(\[].*[)\]]\Z|[-–—\"“‘'«]")  # “(Applause)”, “— Anonymous”
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
        elif heading := _ATX.match(text):
            made.append(Block(Kind.HEADING, runs(heading["text"])))
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
    if at + 1 >= len(found) or not _short(text) or _ASIDE.match(text):
        return False
    if found[at].joined and at + 2 < len(found) and found[at + 1].joined:
        return False  # lines in a row: verse, an address, a list
    if not re.match(r"\W*(?:\d+\.\s+)?\W*[^\W\d_a-z]", text):
        return False  # a heading does not go on in the middle of a sentence
    if _NUMBER.match(text) or OWN_AFTERMATTER.match(text):
        return True  # what is numbered and is no item is a head, however short its section
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
    """Which paragraphs open with a dash or star as a list does: two or more in a row.

    Long dashes open speech as well; they make a list only below a line that ends with a colon.
    """
    marks = [m[0].strip() if (m := re.match(r"\s*[-*–—](?=\s+\S)", p.text)) else "" for p in found]
    listed: set[int] = set()
    at = 0
    while at < len(marks):
        end = at
        while end < len(marks) and marks[end] and marks[end] == marks[at]:
            end += 1
        announced = at > 0 and found[at - 1].text.rstrip().endswith(":")
        if end - at > 1 and (marks[at] != "—" or announced):
            listed.update(range(at, end))
        at = max(end, at + 1)
    return listed


def unglued(text: str, title: str) -> tuple[str, str]:
    """A first paragraph cut from a caption glued to it: caption ("" if none) and paragraph.

    Extraction from a page can lose the break after an image's caption, so that a small letter
    meets a capital (“…customersOn a…”). It is a caption only if it ends with words of the title
    or opens like one; names such as “LinkedIn” and “McAllister” do neither.
    """
    for joint in re.finditer(r"(?<=[a-z])(?=[A-Z])", text):
        caption, rest = text[: joint.start()], text[joint.start() :]
        if len(words(caption)) > _CAPTION_WORDS or re.search(r"[.!?]\s", caption):
            return "", text
        last = re.search(r"\S*\Z", caption)
        joined = (last[0] if last else "") + re.match(r"\S*", rest)[0]  # type: ignore[index]
        if re.search(r"(?:^|\W)(?:\w|Mc|Mac)\Z", caption) or text.count(joined) > 1:
            continue
        ending, named = words(caption.casefold())[-2:], words(title.casefold())
        of_title = len(ending) == 2 and any(
            ending == named[at : at + 2] for at in range(len(named) - 1)
        )
        opens = re.search(r"©|^(?:photo|image|figure|credit|source)\b", caption, re.I)
        if (of_title or opens) and len(words(rest)) > len(words(caption)):
            return caption.strip(), rest
    return "", text
