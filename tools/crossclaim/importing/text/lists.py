"""Typed lists: which paragraphs are their items, by bullets, dashes, numbers or letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossclaim.importing.document import Kind, Paragraph
from crossclaim.importing.text.headings import is_heading_like

_ITEM = re.compile(
    r"(?:(?P<bullet>[•◦▪‣·●○■⁃])\s*(?=\S*[^\W_]|\S.*[^\W_])|(?P<dash>[-*–—]|o(?=\s+[^\Wa-z]))\s+"
    r"|(?P<open>\(?)(?P<count>\d{1,3}|[a-z])(?P<close>[.)])\s+)(?P<text>\S.*)\Z",
    re.DOTALL,
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
    marks = [_ITEM.match(paragraph.text.strip()) for paragraph in paragraphs]
    listed = _counted(paragraphs, marks) | _dashed(paragraphs, marks)
    items: dict[int, ListItem] = {}
    indents: list[int] = []
    for index, (paragraph, mark) in enumerate(zip(paragraphs, marks, strict=True)):
        if not mark or not (mark["bullet"] or index in listed):
            if not (indents and paragraph.indent >= indents[-1] + 2):
                indents = []
            continue
        while indents and indents[-1] >= max(paragraph.indent - 1, 0):
            indents.pop()
        indents.append(paragraph.indent)
        count, text = mark["count"] or "", mark["text"]
        if count.isdigit():
            items[index] = ListItem(Kind.NUMBERED, text, f"{count}.", len(indents))
        else:
            text = paragraph.text.strip() if count else text
            items[index] = ListItem(Kind.BULLET, text, "", len(indents))
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


_ItemMarks = Sequence[re.Match[str] | None]


def _counted(paragraphs: Sequence[Paragraph], marks: _ItemMarks) -> set[int]:
    """Which paragraphs are items 1, 2, 3 … or a, b, c … of a list rather than numbered headings.

    An item says something: it ends like a sentence, or its neighbours are items right beside it.
    """
    listed: set[int] = set()
    for sequence in _sequences(paragraphs, marks):
        outer = paragraphs[sequence[0]].indent
        adjacent = all(
            all(
                paragraphs[i].indent >= outer + 2 or (marks[i] and paragraphs[i].indent > outer)
                for i in range(one + 1, other)
            )
            for one, other in pairwise(sequence)
        )
        said = [mark["text"] for index in sequence if (mark := marks[index])]
        if len(sequence) > 1 and (adjacent or not any(map(is_heading_like, said))):
            listed.update(sequence)
    return listed


def _sequences(paragraphs: Sequence[Paragraph], marks: _ItemMarks) -> list[list[int]]:
    """The indices of paragraphs counted from 1 or a, each sequence in one style."""
    sequences: list[list[int]] = []
    current: dict[tuple[str, str, bool, int], list[int]] = {}
    for index, mark in enumerate(marks):
        if not mark or not mark["count"] or (mark["open"] and mark["close"] == "."):
            continue
        count = mark["count"]
        number = int(count) if count.isdigit() else ord(count) - ord("a") + 1
        style = (mark["open"], mark["close"], count.isdigit(), paragraphs[index].indent // 3)
        if number == 1:
            current[style] = [index]
            sequences.append(current[style])
        elif style in current and number == len(current[style]) + 1:
            current[style].append(index)
        else:
            current.pop(style, None)
    return sequences


def _dashed(paragraphs: Sequence[Paragraph], marks: _ItemMarks) -> set[int]:
    """Which paragraphs open with a dash or star as a list does: two or more in a row.

    Long dashes open speech as well; they make a list only below a line that ends with a colon.
    """
    listed: set[int] = set()
    start = 0
    while start < len(paragraphs):
        end = start
        while end < len(paragraphs) and (
            marks[end] or (end > start and paragraphs[end].indent > 1)
        ):
            end += 1
        announced = start > 0 and paragraphs[start - 1].text.rstrip().endswith(":")
        signs = [mark["dash"] if (mark := marks[i]) else None for i in range(start, end)]
        several = sum(mark is not None for mark in marks[start:end]) > 1
        certain = {"—": announced, "o": signs.count("o") > 1}
        for index, sign in enumerate(signs, start):
            if sign and several and certain.get(sign, True):
                listed.add(index)
        start = max(end, start + 1)
    return listed
