"""The argument map: claims as boxes in a column for each theme, supports and opposes as edges.

A layered drawing of a graph: columns and rows are in an order that keeps edges short and lets few
of them cross (the barycenter heuristic of Sugiyama, Tagawa and Toda, 1981), and edges are led past
boxes. Lengths are in SVG user units, one to a CSS pixel at full size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from textwrap import wrap

from crossclaim.model import Claim, Stance
from crossclaim.site.index import Index, Occurrence

BOX_WIDTH = 208
_LINE_HEIGHT, _MARK_HEIGHT = 15, 26
_SIGN_WIDTH, _LETTER_WIDTH, _MAX_MARK_ROWS = 24, 8, 2
_COLUMN_GAP, _ROW_GAP = 64, 16
_LINE_LENGTH = 30  # characters that fit into a line of a box
_HEADER_HEIGHT = 40  # above the columns, for the themes' names
_MAX_PERMUTED = 7  # themes whose every order is tried; more keep the file's
_SWEEPS = 6  # of the barycenter heuristic


@dataclass(frozen=True, slots=True)
class StanceMark:
    """An author's stance on a claim: the first passage with it, and the mark's corner."""

    author: str
    stance: Stance
    first: Occurrence
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ClaimBox:
    """A claim's box: its left upper corner, its height, its name in lines, its marks.

    Where more marks would stand than two rows hold, there are none.
    """

    claim: Claim
    theme: int
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    marks: tuple[StanceMark, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as a curve: an SVG path from one claim's box to the other's."""

    source: Claim
    target: Claim
    opposes: bool
    path: str


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """A theme's name (in lines), its number from 1 and the left edge of its column."""

    theme: int
    x: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """The whole drawing and its size."""

    width: float
    height: float
    columns: tuple[ThemeColumn, ...]
    boxes: tuple[ClaimBox, ...]
    edges: tuple[Edge, ...]
    mark_width: int
    box_width: float = BOX_WIDTH


def layout_map(index: Index) -> ArgumentMap:
    """The map of a collection's claims; empty where it has none."""
    relations = [
        (claim.id, other, opposes)
        for claim in index.claims.values()
        for others, opposes in ((claim.supports, False), (claim.opposes, True))
        for other in others
    ]
    pairs = [(source, target) for source, target, _ in relations]
    layers = {theme: [claim.id for claim in claims] for theme, claims in index.themes.items()}
    themes = _order_themes(layers, pairs)
    boxes = _place_boxes(index, _order_rows([layers[theme] for theme in themes], pairs))
    number = _theme_numbers(index)
    return ArgumentMap(
        width=len(themes) * (BOX_WIDTH + _COLUMN_GAP),
        height=max((b.y + b.height for b in boxes.values()), default=0.0) + _ROW_GAP,
        columns=tuple(
            ThemeColumn(number[theme], _left_edge(column), tuple(wrap(theme, _LINE_LENGTH)))
            for column, theme in enumerate(themes)
        ),
        boxes=tuple(boxes.values()),
        edges=tuple(
            Edge(
                index.claims[source],
                index.claims[target],
                opposes,
                _route(boxes[source], boxes[target], tuple(boxes.values())),
            )
            for source, target, opposes in relations
        ),
        mark_width=_mark_width(index),
    )


def _mark_width(index: Index) -> int:
    """How wide a mark is: a sign, and the longest of the authors' initials."""
    return _SIGN_WIDTH + _LETTER_WIDTH * max(map(len, index.initials.values()), default=1)


def _theme_numbers(index: Index) -> dict[str, int]:
    return {theme: number for number, theme in enumerate(index.themes, start=1)}


def _left_edge(column: float) -> float:
    return column * (BOX_WIDTH + _COLUMN_GAP) + _COLUMN_GAP / 2


def _order_themes(
    layers: dict[str, list[str]], pairs: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """The themes from left to right, so that the edges span few columns."""
    theme_of = {claim: theme for theme, claims in layers.items() for claim in claims}
    spans = [(theme_of[source], theme_of[target]) for source, target in pairs]
    if len(layers) > _MAX_PERMUTED:
        return tuple(layers)

    def length(order: tuple[str, ...]) -> int:
        column = {theme: number for number, theme in enumerate(order)}
        return sum((column[one] - column[other]) ** 2 for one, other in spans)

    return min(permutations(layers), key=length, default=())


def _order_rows(
    columns: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]
) -> list[list[str]]:
    """Each column's claims from top to bottom, near the claims they are related to."""
    ordered = [list(column) for column in columns]
    related: dict[str, list[str]] = {claim: [] for column in columns for claim in column}
    for source, target in pairs:
        related[source].append(target)
        related[target].append(source)
    for _ in range(_SWEEPS):
        for column in ordered:
            rows = {
                claim: row - (len(other) - 1) / 2
                for other in ordered
                for row, claim in enumerate(other)
            }
            barycenters = {
                claim: sum(rows[other] for other in related[claim]) / len(related[claim])
                if related[claim]
                else rows[claim]
                for claim in column
            }
            column.sort(key=barycenters.__getitem__)
    return ordered


def _place_boxes(index: Index, columns: Sequence[Sequence[str]]) -> dict[str, ClaimBox]:
    """Every claim's box, column by column from top to bottom; shorter columns are centred."""
    number = _theme_numbers(index)
    stacks = list[list[ClaimBox]]()
    bottoms = list[float]()
    for column, claims in enumerate(columns):
        stack, y = list[ClaimBox](), float(_HEADER_HEIGHT)
        for claim in claims:
            stack.append(_box(index, claim, number, _left_edge(column), y))
            y += stack[-1].height + _ROW_GAP
        stacks.append(stack)
        bottoms.append(y)
    lowest = max(bottoms, default=0.0)
    return {
        box.claim.id: _lowered(box, (lowest - bottom) / 2)
        for stack, bottom in zip(stacks, bottoms, strict=True)
        for box in stack
    }


def _box(index: Index, claim_id: str, number: dict[str, int], x: float, y: float) -> ClaimBox:
    """A claim's box with its left upper corner here."""
    claim = index.claims[claim_id]
    lines = tuple(wrap(claim.name, _LINE_LENGTH))
    stances = [
        (author, stance, occurrences[0])
        for author in index.by_author(claim_id)
        for stance, occurrences in index.by_stance(claim_id, author).items()
    ]
    width = _mark_width(index)
    in_row = max(1, (BOX_WIDTH - 16) // width)
    if len(stances) > _MAX_MARK_ROWS * in_row:
        stances = []
    rows = max(1, -(-len(stances) // in_row))
    top = y + len(lines) * _LINE_HEIGHT + 8
    marks = tuple(
        StanceMark(
            *stance,
            x=x + 8 + n % in_row * width,
            y=top + n // in_row * _MARK_HEIGHT,
        )
        for n, stance in enumerate(stances)
    )
    height = len(lines) * _LINE_HEIGHT + rows * _MARK_HEIGHT + 16
    return ClaimBox(claim, number[claim.theme], x, y, height, lines, marks)


def _lowered(box: ClaimBox, by: float) -> ClaimBox:
    return replace(
        box, y=box.y + by, marks=tuple(replace(mark, y=mark.y + by) for mark in box.marks)
    )


def _route(source: ClaimBox, target: ClaimBox, boxes: Sequence[ClaimBox]) -> str:
    """A curve between the sides of two boxes that face each other, behind no box between."""
    y1, y2 = source.y + source.height / 2, target.y + target.height / 2
    if source.x == target.x:
        x, bend = source.x + BOX_WIDTH, _COLUMN_GAP * 0.6
        return f"M{x:.0f} {y1:.0f}C{x + bend:.0f} {y1:.0f} {x + bend:.0f} {y2:.0f} {x:.0f} {y2:.0f}"
    right = source.x < target.x
    x1, x2 = (source.x + BOX_WIDTH, target.x) if right else (source.x, target.x + BOX_WIDTH)
    path, x, y = f"M{x1:.0f} {y1:.0f}", x1, y1
    between = {b.x for b in boxes if min(source.x, target.x) < b.x < max(source.x, target.x)}
    for left in sorted(between, reverse=not right):
        straight = y1 + (y2 - y1) * (left + BOX_WIDTH / 2 - x1) / (x2 - x1)
        gap = _nearest_gap([b for b in boxes if b.x == left], straight)
        enter, leave = (left, left + BOX_WIDTH) if right else (left + BOX_WIDTH, left)
        path += f"{_curve(x, y, enter, gap)}L{leave:.0f} {gap:.0f}"
        x, y = leave, gap
    return path + _curve(x, y, x2, y2)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"


def _nearest_gap(column: Sequence[ClaimBox], wanted: float) -> float:
    """The height, nearest the wanted one, where an edge passes a column between its boxes."""
    ordered = sorted(column, key=lambda box: box.y)
    gaps = [ordered[0].y - _ROW_GAP / 2, *(b.y + b.height + _ROW_GAP / 2 for b in ordered)]
    return min(gaps, key=lambda y: abs(y - wanted))
