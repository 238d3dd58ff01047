"""Items of typed lists among a text's paragraphs: bullets, dashes, numbers, letters."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crossclaim.importing.document import Kind, Paragraph
from crossclaim.names import words

_BULLET = re.compile(r"[•◦▪‣·●○■⁃]\s*(?P<text>\S.*[^\W_].*|[^\W_].*)\Z", re.DOTALL)
_DASH = re.compile(r"(?P<sign>[-*–—]|o(?=\s+[^\Wa-z]))\s+(?P<text>\S.*)\Z", re.DOTALL)
_COUNTED = re.compile(
    r"(?P<open>\(?)(?P<count>\d{1,3}|[a-z])(?P<close>[.)])\s+(?P<text>\S.*)\Z", re.DOTALL
)
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]*]*\Z")
_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: its kind, its words, its number as "3." ("" for a bullet), its depth from 1."""

    kind: Kind
    text: str
    marker: str
    level: int


def items(found: Sequence[Paragraph]) -> dict[int, Item]:
    """The paragraphs that are items of lists, by their place.

    An item that is counted by letters keeps its letter among its words: lists of the essay's file
    are counted by numbers only.
    """
    numbered, dashes = _counted(found), _dashed(found)
    made: dict[int, Item] = {}
    depths: list[int] = []
    for at, paragraph in enumerate(found):
        text = paragraph.text.strip()
        sign = _BULLET.match(text) or (_DASH.match(text) if at in dashes else None)
        counted = _COUNTED.match(text) if at in numbered else None
        if not sign and not counted:
            if not (depths and paragraph.indent >= depths[-1] + 2):
                depths = []
            continue
        while depths and depths[-1] >= max(paragraph.indent - 1, 0):
            depths.pop()
        depths.append(paragraph.indent)
        level = len(depths)
        if sign:
            made[at] = Item(Kind.BULLET, sign["text"], "", level)
        elif counted and counted["count"].isdigit():
            made[at] = Item(Kind.NUMBERED, counted["text"], f"{counted['count']}.", level)
        else:
            made[at] = Item(Kind.BULLET, text, "", level)
    return made


def continued(found: Sequence[Paragraph], made: dict[int, Item]) -> dict[int, int]:
    """The paragraphs that go on in an item, set in to its text: place to the item's depth."""
    depths: dict[int, int] = {}
    item: tuple[int, int] | None = None
    for at, paragraph in enumerate(found):
        if at in made:
            item = (paragraph.indent, made[at].level)
        elif item and paragraph.indent >= item[0] + 2:
            depths[at] = item[1]
        else:
            item = None
    return depths


def short(text: str) -> bool:
    """Whether a line has a heading's look: few words, no sentence's end."""
    return 0 < len(words(text[:400])) <= _HEADING_WORDS and not _SENTENCE_END.search(text)


def _counted(found: Sequence[Paragraph]) -> set[int]:
    """Which paragraphs are items 1, 2, 3 … or a, b, c … of a list rather than numbered headings.

    An item says something: it ends like a sentence, or its neighbours are items right beside it.
    """
    placed: set[int] = set()
    open_rows: dict[tuple[str, str, bool, int], list[tuple[int, str]]] = {}
    rows: list[list[tuple[int, str]]] = []
    for at, paragraph in enumerate(found):
        counted = _COUNTED.match(paragraph.text.strip())
        if not counted or (counted["open"] and counted["close"] == "."):
            continue
        count = counted["count"]
        number = int(count) if count.isdigit() else ord(count) - ord("a") + 1
        style = (counted["open"], counted["close"], count.isdigit(), paragraph.indent // 3)
        row = open_rows.get(style, [])
        if number == 1:
            row = open_rows[style] = [(at, counted["text"])]
            rows.append(row)
        elif row and number == len(row) + 1:
            row.append((at, counted["text"]))
        else:
            open_rows.pop(style, None)
    marked = [_is_marked(paragraph) for paragraph in found]
    for row in rows:
        if len(row) < 2:
            continue
        adjacent = all(_beside(a[0], b[0], found, marked) for a, b in itertools.pairwise(row))
        if adjacent or not any(short(text) for _, text in row):
            placed.update(at for at, _ in row)
    return placed


def _beside(one: int, other: int, found: Sequence[Paragraph], marked: Sequence[bool]) -> bool:
    """Whether nothing but deeper items and an item's own paragraphs lies between two items."""
    inner = found[one].indent + 2
    return other - one < 50 and all(
        found[at].indent >= inner or (marked[at] and found[at].indent > found[one].indent)
        for at in range(one + 1, other)
    )


def _is_marked(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return bool(_BULLET.match(text) or _DASH.match(text) or _COUNTED.match(text))


def _dashed(found: Sequence[Paragraph]) -> set[int]:
    """Which paragraphs open with a dash or star as a list does: two or more in a row.

    Long dashes open speech as well; they make a list only below a line that ends with a colon.
    """
    marked = [_is_marked(paragraph) for paragraph in found]
    signs = [m["sign"] if (m := _DASH.match(p.text.strip())) else "" for p in found]
    listed: set[int] = set()
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and (marked[end] or (end > at and found[end].indent >= 2)):
            end += 1
        announced = at > 0 and found[at - 1].text.rstrip().endswith(":")
        several = sum(marked[at:end]) > 1
        letters = signs[at:end].count("o") > 1
        for place in range(at, end):
            sure = {"—": announced, "o": letters}.get(signs[place], several)
            if signs[place] and several and sure:
                listed.add(place)
        at = max(end, at + 1)
    return listed
