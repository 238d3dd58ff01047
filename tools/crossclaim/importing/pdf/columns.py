"""Columns and tables of a PDF's page: strips that stay free of text over several rows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from crossclaim.importing.pdf.pages import Char

Row = list[Char]  # from left to right
_GUTTER = 0.8  # of the type's size; a narrower strip is a space between words
_ROWS = 4  # that a strip parts, at least
_LONG_COLUMN = 8  # rows; beside it, another may have fewer than _ROWS
_PROSE_CHARS = 18  # a row, on average; a table's cells and a margin's notes have fewer
_CELL_CHARS = 40  # a row, on average; text beside numbers has more, or names
_MARKER_CHARS = 4  # a row; an item's number has fewer
_TRIED = 100  # places where text begins, the most usual ones
_MAX_PARTS = 2_000  # on a page; more of them are a picture's


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that are read one after the other, in one column or as a table's rows.

    `column` is "" for what runs over the whole width, else which sides, 0 or 1, it stands on of
    the gutters that part it from others.
    """

    rows: Sequence[Row]
    column: str = ""
    is_table: bool = False


class _Part(NamedTuple):
    """What stands of a row between two gaps: from where to where, how many characters."""

    x0: float
    x1: float
    length: int


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A free strip: its middle, the rows along it, and those of them with text on a side."""

    x: float
    rows: Sequence[int]
    sides: tuple[dict[int, _Part], dict[int, _Part]]

    @property
    def shared(self) -> list[int]:
        """The rows that have text on both sides."""
        return [row for row in self.sides[0] if row in self.sides[1]]

    @property
    def parts_columns(self) -> bool:
        """Whether prose stands beside prose."""
        prose = [_is_prose(list(side.values())) for side in self.sides]
        wide = all(_average(side.values()) >= _PROSE_CHARS for side in self.sides)
        long = max(map(len, self.sides)) >= _LONG_COLUMN
        beside = max(map(min, self.sides)) <= min(map(max, self.sides))
        return beside and (all(prose) or (any(prose) and wide and long))

    @property
    def parts_cells(self) -> bool:
        """Whether most rows have a short text on both sides, more than a marker on the left."""
        shared = self.shared
        if len(shared) < _ROWS or len(shared) < 0.6 * (shared[-1] - shared[0] + 1):
            return False
        left, right = ([side[row] for row in shared] for side in self.sides)
        return _average(left) >= _MARKER_CHARS and not any(
            _is_prose(side) and _average(side) > _CELL_CHARS for side in (left, right)
        )


def regions(rows: Sequence[Row], size: float, column: str = "") -> list[Region]:
    """A page's rows in reading order: what is above columns, column after column, what is below."""
    gutters = list(_gutters(rows, _GUTTER * size))
    columns = [gutter for gutter in gutters if gutter.parts_columns]
    tables = [gutter for gutter in gutters if gutter.parts_cells]
    if columns:
        gutter = max(columns, key=lambda gutter: sum(map(len, gutter.sides)))
        start, end = gutter.rows[0], gutter.rows[-1] + 1
        parts: list[Region] = []
        for side in (0, 1):
            own = ([c for c in row if (c.x0 > gutter.x) == bool(side)] for row in rows[start:end])
            parts += regions([row for row in own if row], size, f"{column}{side}")
    elif tables:
        gutter = max(tables, key=lambda gutter: len(gutter.shared))
        start, end = gutter.shared[0], gutter.shared[-1] + 1
        parts = [Region(rows[start:end], column, is_table=True)]
    else:
        return [Region(rows, column)] if rows else []
    return [*regions(rows[:start], size, column), *parts, *regions(rows[end:], size, column)]


def _gutters(rows: Sequence[Row], width: float) -> Iterator[_Gutter]:
    """Strips of some width that stay free along several rows, to the left of where text begins."""
    parted = [_parts(row, width) for row in rows]
    if sum(map(len, parted)) > _MAX_PARTS:
        return
    half = width / 2
    starts = Counter(int(part.x0) for row in parted for part in row)
    for x in (start - half for start, _ in starts.most_common(_TRIED)):
        free = [
            all(part.x0 >= x + half - 0.1 or part.x1 <= x - half + 0.1 for part in row)
            for row in parted
        ]
        for is_free, group in groupby(range(len(rows)), free.__getitem__):
            gutter = _Gutter(x, list(group), ({}, {}))
            for row in gutter.rows if is_free else ():
                for side in (0, 1):
                    own = [part for part in parted[row] if (part.x0 > x) == bool(side)]
                    if own:
                        length = sum(part.length for part in own)
                        gutter.sides[side][row] = _Part(own[0].x0, own[-1].x1, length)
            if all(gutter.sides):
                yield gutter


def _parts(row: Row, width: float) -> list[_Part]:
    """A row's text, parted at wide gaps."""
    parts: list[_Part] = []
    for char in row:
        gap = char.x0 - parts[-1].x1 if parts else 0
        if parts and gap < max(width, _GUTTER * char.size):
            x0, x1, length = parts.pop()
            parts.append(_Part(x0, max(char.x1, x1), length + bool(char.text.strip())))
        elif char.text.strip():
            parts.append(_Part(char.x0, char.x1, 1))
    return parts


def _average(parts: Iterable[_Part]) -> float:
    lengths = [part.length for part in parts]
    return sum(lengths) / max(len(lengths), 1)


def _is_prose(parts: Sequence[_Part]) -> bool:
    """Whether rows hold much text, and most of them run to the right edge."""
    left, right = min(part.x0 for part in parts), max(part.x1 for part in parts)
    full = sum(part.x1 > left + 0.8 * (right - left) for part in parts)
    return len(parts) >= _ROWS and _average(parts) >= _PROSE_CHARS and full >= 0.5 * len(parts)
