"""Typed lists: which paragraphs are their items, by bullets, dashes, numbers or letters."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crossclaim.importing.document import Kind, Paragraph
from crossclaim.importing.text.headings import is_heading_like

_BULLET = re.compile(r"[•◦▪‣·●○■⁃]\s*(?P<text>\S.*[^\W_].*|[^\W_].*)\Z", re.DOTALL)
_DASH = re.compile(r"(?P<sign>[-*–—]|o(?=\s+[^\Wa-z]))\s+(?P<text>\S.*)\Z", re.DOTALL)
_COUNTER = re.compile(
    r"(?P<open>\(?)(?P<count>\d{1,3}|[a-z])(?P<close>[.)])\s+(?P<text>\S.*)\Z", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class ListItem:
    """A list item: its kind, its words, its number as "3." ("" for a bullet), its depth from 1."""

    kind: Kind
    text: str
    marker: str
    level: int


def list_items(paragraphs: Sequence[Paragraph]) -> dict[int, ListItem]:
    """The paragraphs that are items of lists, by their index.

    An item that is counted by letters keeps its letter among its words: lists of the essay's file
    are counted by numbers only.
    """
    counted, dashed = _counted(paragraphs), _dashed(paragraphs)
    items: dict[int, ListItem] = {}
    indents: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        bullet = _BULLET.match(text) or (_DASH.match(text) if index in dashed else None)
        counter = _COUNTER.match(text) if index in counted else None
        if not bullet and not counter:
            if not (indents and paragraph.indent >= indents[-1] + 2):
                indents = []
            continue
        while indents and indents[-1] >= max(paragraph.indent - 1, 0):
            indents.pop()
        indents.append(paragraph.indent)
        level = len(indents)
        if bullet:
            items[index] = ListItem(Kind.BULLET, bullet["text"], "", level)
        elif counter and counter["count"].isdigit():
            items[index] = ListItem(Kind.NUMBERED, counter["text"], f"{counter['count']}.", level)
        else:
            items[index] = ListItem(Kind.BULLET, text, "", level)
    return items


def item_continuations(
    paragraphs: Sequence[Paragraph], items: dict[int, ListItem]
) -> dict[int, int]:
    """The paragraphs that go on in an item, set in to its text: index to the item's depth."""
    depths: dict[int, int] = {}
    item: tuple[int, int] | None = None
    for index, paragraph in enumerate(paragraphs):
        if index in items:
            item = (paragraph.indent, items[index].level)
        elif item and paragraph.indent >= item[0] + 2:
            depths[index] = item[1]
        else:
            item = None
    return depths


def _counted(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Which paragraphs are items 1, 2, 3 … or a, b, c … of a list rather than numbered headings.

    An item says something: it ends like a sentence, or its neighbours are items right beside it.
    """
    listed: set[int] = set()
    marked = [_is_marked(paragraph) for paragraph in paragraphs]
    for sequence in _sequences(paragraphs):
        adjacent = all(
            _are_adjacent(one, other, paragraphs, marked)
            for (one, _), (other, _) in itertools.pairwise(sequence)
        )
        if len(sequence) > 1 and (adjacent or not any(is_heading_like(t) for _, t in sequence)):
            listed.update(index for index, _ in sequence)
    return listed


def _sequences(paragraphs: Sequence[Paragraph]) -> list[list[tuple[int, str]]]:
    """Paragraphs counted from 1 or a in one style, each with its index and words."""
    sequences: list[list[tuple[int, str]]] = []
    current: dict[tuple[str, str, bool, int], list[tuple[int, str]]] = {}
    for index, paragraph in enumerate(paragraphs):
        counter = _COUNTER.match(paragraph.text.strip())
        if not counter or (counter["open"] and counter["close"] == "."):
            continue
        count = counter["count"]
        number = int(count) if count.isdigit() else ord(count) - ord("a") + 1
        style = (counter["open"], counter["close"], count.isdigit(), paragraph.indent // 3)
        if number == 1:
            current[style] = [(index, counter["text"])]
            sequences.append(current[style])
        elif style in current and number == len(current[style]) + 1:
            current[style].append((index, counter["text"]))
        else:
            current.pop(style, None)
    return sequences


def _are_adjacent(
    one: int, other: int, paragraphs: Sequence[Paragraph], marked: Sequence[bool]
) -> bool:
    """Whether nothing but deeper items and an item's own paragraphs lies between two items."""
    outer = paragraphs[one].indent
    return other - one < 50 and all(
        paragraphs[index].indent >= outer + 2
        or (marked[index] and paragraphs[index].indent > outer)
        for index in range(one + 1, other)
    )


def _is_marked(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return bool(_BULLET.match(text) or _DASH.match(text) or _COUNTER.match(text))


def _dashed(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Which paragraphs open with a dash or star as a list does: two or more in a row.

    Long dashes open speech as well; they make a list only below a line that ends with a colon.
    """
    marked = [_is_marked(paragraph) for paragraph in paragraphs]
    signs = [m["sign"] if (m := _DASH.match(p.text.strip())) else "" for p in paragraphs]
    listed: set[int] = set()
    start = 0
    while start < len(paragraphs):
        end = start
        while end < len(paragraphs) and (
            marked[end] or (end > start and paragraphs[end].indent >= 2)
        ):
            end += 1
        announced = start > 0 and paragraphs[start - 1].text.rstrip().endswith(":")
        several = sum(marked[start:end]) > 1
        letters = signs[start:end].count("o") > 1
        for index in range(start, end):
            certain = {"—": announced, "o": letters}.get(signs[index], several)
            if signs[index] and several and certain:
                listed.add(index)
        start = max(end, start + 1)
    return listed
