"""Project Gutenberg's frame around a text: header, licence, credits, notes, a contents list.

All functions take a text's lines, or its blocks in order, as readers of any format have them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossclaim.names import words

NAME = "Project Gutenberg's"
_I = re.IGNORECASE
_START = re.compile(r"\W*START OF (?:THE|THIS) PROJECT GUTENBERG|.*\bEND\W*THE SMALL PRINT", _I)
_END = re.compile(
    r"\W*END OF (?:THE |THIS )?PROJECT GUTENBERG|\W*START:? FULL LICENSE"
    r"|\W*THE FULL PROJECT GUTENBERG LICENSE",
    _I,
)
_NAMED = re.compile(
    r"\W*(?:The |This is the )?Project Gutenberg(?:['’]s (?:E-?(?:book|text) of )?"
    r"| (?:E-?(?:book|text) )?of )(?P<title>.+?)(?:,? by (?P<author>[^,]+?))?\W*\Z",
    _I,
)
FIELD = re.compile(r"\W{0,2}(?P<name>[A-Z][A-Za-z -]{1,30})\W{0,2}:\s+(?P<value>\S.*)\Z")
_HEADER = 60  # lines or blocks in which the header says what it is
_CREDIT = re.compile(
    r"\W*(?:this )?(?:e-?(?:text|book)s?|html version|text)?\s*(?:was |is )?(?:produced|prepared"
    r"|transcribed|scanned|created|digiti[sz]ed|proof(?:ed|read))\b[^.]{0,80}\b(?:by|from)\b",
    _I,
)
_TRANSCRIBER = re.compile(r"\W*transcribers?['’]?s?['’]? notes?\b", _I)
_PICTURE = re.compile(r"\W*\[illustrations?\b", _I)
_THE_END = re.compile(r"\W*(?:the end|finis)\W*\Z", _I)
_CONTENTS = re.compile(r"\W*(?:table of )?contents\W*\Z|\W*(?:list of )?illustrations\W*\Z", _I)
_COUNTED = re.compile(
    r"\A\W*(?:(?:chapter|part|section|book|letter|essay|no)\b\W*)?(?:[ivxlcdm]+|\d+)\b[\s.:)–—-]+(?=\S)"
    r"|[\s.…]+\d+\Z",
    _I,
)
_YEAR = re.compile(r"(?:^|\n)\W*(?:1[5-9]\d\d|20\d\d|[MDCLXVI]{5,})\W*\Z")
_BY = re.compile(r"\W*by\b", _I)
_SHORT = 20  # words of a title page's block
_EDGE = 12  # blocks at the beginning and at the end among which credits stand
LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "latin": "la", "greek": "el", "finnish": "fi",
    "swedish": "sv", "danish": "da", "norwegian": "no", "polish": "pl", "russian": "ru",
    "esperanto": "eo", "chinese": "zh", "japanese": "ja",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text stands between header and licence, and what the header says of it, or ""."""

    start: int
    end: int
    title: str = ""
    author: str = ""
    language: str = ""


def find_frame(texts: Sequence[str]) -> Frame | None:
    """The frame around a text of Project Gutenberg's; None where a text is not from there."""
    stripped = [text.strip() for text in texts]
    if not any("project gutenberg" in text.lower() for text in stripped[:_HEADER]):
        return None
    ends = (i for i, text in enumerate(stripped) if _END.match(text))
    starts = [i for i, text in enumerate(stripped) if _START.match(text)]
    end = next((i for i in ends if not starts or i > starts[0]), len(texts))
    starts = [i for i in starts if i < end]
    fields, last = _fields(texts[: starts[-1] if starts else _HEADER])
    start = starts[-1] + 1 if starts else last + 1
    while starts and start < min(starts[-1] + 3, end) and not stripped[start - 1].endswith("*"):
        if stripped[start - 1] == "" or stripped[starts[-1]].count("*") < 3:
            break
        start += 1  # the line is broken in two
    opening = " ".join(stripped[:_HEADER]).strip().split("  ")[0] if "" in stripped else stripped[0]
    named = _NAMED.match(opening)
    if not starts and not (named and "title" in fields):
        return None  # a text about Project Gutenberg
    author = fields.get("author") or (named["author"] if named else "") or ""
    author = re.sub(r"\W+\d+ in our series\b.*", "", author)
    return Frame(
        start,
        end,
        fields.get("title") or (named["title"] if named else ""),
        "" if author.lower() in ("various", "anonymous", "unknown") else author,
        LANGUAGES.get(fields.get("language", "").lower(), ""),
    )


def _fields(header: Sequence[str]) -> tuple[dict[str, str], int]:
    """What the lines “Title: …”, “Author: …” say, and the index of the last such line, or -1."""
    fields: dict[str, str] = {}
    name, last = "", -1
    for index, text in enumerate(header):
        if field := FIELD.match(text):
            name, last = field["name"].strip().lower(), index
            both = name in fields and name == "author"
            fields[name] = f"{fields[name]} and {field['value']}" if both else field["value"]
        elif text[:1].isspace() and text.strip() and name:
            fields[name] += f" {text.strip()}"
            last = index
        else:
            name = ""
    return fields, last


def omissions(blocks: Sequence[str], framed: bool = True) -> dict[int, str]:
    """The blocks between header and licence that are not the author's: index to the reason.

    A contents list is told in any text; the rest only in one that is `framed`.
    """
    reasons = dict.fromkeys(_contents(blocks), "the contents list; its headings come again")
    if not framed:
        return reasons
    size = len(blocks)
    reasons |= dict.fromkeys(_imprint(blocks), "where the book appeared")
    for index, block in enumerate(blocks):
        near_edge = index < _EDGE or index >= size - _EDGE
        if _TRANSCRIBER.match(block):
            heading = "[" not in block[:2] and len(words(block)) <= 4
            length = (size - index if index > size // 2 else 2) if heading else 1
            for note in range(index, max(index + length, _closed(blocks, index))):
                reasons.setdefault(note, "the transcriber's note")
        elif _PICTURE.match(block):
            for picture in range(index, _closed(blocks, index)):
                reasons.setdefault(picture, "a picture's place")
        elif near_edge and (_CREDIT.match(block) or "Project Gutenberg" in block):
            reasons[index] = "who made the electronic text"
        elif index >= size - 3 and _THE_END.match(block):
            reasons[index] = "“The end”"
    return {index: reason for index, reason in reasons.items() if index < size}


def _imprint(blocks: Sequence[str]) -> Iterator[int]:
    """The blocks of a title page below its byline that say where and when the book appeared."""
    for index, block in enumerate(blocks[:_EDGE]):
        if _YEAR.search(block) and len(words(block)) <= _SHORT:
            while index and len(words(blocks[index])) <= _SHORT and not _BY.match(blocks[index]):
                yield index
                index -= 1
            return


def _closed(blocks: Sequence[str], index: int) -> int:
    """Behind which block the bracket closes that opens a block."""
    if "[" not in blocks[index][:2]:
        return index + 1
    ends = (i + 1 for i in range(index, min(index + 8, len(blocks))) if "]" in blocks[i])
    return next(ends, index + 1)


def _contents(blocks: Sequence[str]) -> Iterator[int]:
    """The blocks of the contents lists: a heading, and below it lines that come again later."""
    for start, block in enumerate(blocks[: 4 * _EDGE]):
        first, *more = block.split("\n", 1)
        if not _CONTENTS.match(first):
            continue
        lines = {_entry(line): i for i, b in enumerate(blocks) for line in [*b.split("\n"), b]}
        index = start
        entries: Sequence[str] = more
        while entries or index == start:
            own = [line for text in entries for line in text.split("\n") if line.strip()]
            again = sum(lines.get(_entry(line), 0) > index for line in own)
            if own and 2 * again < len(own) and _entry("".join(entries)) != "page":
                break
            index += 1
            entries = blocks[index : index + 1]
        if index > start + (not more):
            yield from range(start, index)


def _entry(line: str) -> str:
    """A line of a contents list as it is compared: without its number and its page's."""
    return " ".join(words(_COUNTED.sub(" ", line).casefold())) or line
