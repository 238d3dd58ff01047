"""The argument map: claims as boxes in a column for each theme, supports and opposes as lines.

networkx places columns and rows; this module chooses their order, so that lines are short and cross
little (the barycenter heuristic of Sugiyama, Tagawa and Toda, 1981), closes the rows up, and leads
lines past boxes. Lengths are in SVG user units, one to a CSS pixel at full size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from textwrap import wrap

import networkx as nx

from crossclaim.model import Claim, Stance
from crossclaim.site.index import Index, Occurrence

WIDTH = 208
_LINE, _SIGNS = 15, 26  # heights of a line of text and of a row of authors' marks
_MARK, _IN_ROW = 32, 6  # a mark's width, and how many stand in a row
_BESIDE, _BELOW = 64, 16  # gaps between columns and rows
_LETTERS = 30  # that fit into a line of a box
_HEAD = 40  # above the columns, for the themes' names
_MOST_ORDERED = 7  # themes whose every order is tried; more keep the file's


@dataclass(frozen=True, slots=True)
class Mark:
    """An author's stance on a claim: the first passage with it, and the mark's corner."""

    author: str
    stance: Stance
    first: Occurrence
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A claim's box: its left upper corner, its height, its sentence in lines, its marks.

    Where more marks would stand than two rows hold, there are none.
    """

    claim: Claim
    theme: int
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A relation as a curve: an SVG path from one claim's box to the other's."""

    source: Claim
    target: Claim
    opposes: bool
    path: str


@dataclass(frozen=True, slots=True)
class Column:
    """A theme's name (in lines), its number from 1 and the left edge of its column."""

    theme: int
    x: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The whole picture and its size."""

    width: float
    height: float
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    box: float = WIDTH


def draw(index: Index) -> Map:
    """The map of a collection's claims; empty where it has none."""
    relations = [
        (claim.id, other, opposes)
        for claim in index.claims.values()
        for others, opposes in ((claim.supports, False), (claim.opposes, True))
        for other in others
    ]
    pairs = [(one, other) for one, other, _ in relations]
    layers = {theme: [claim.id for claim in claims] for theme, claims in index.themes.items()}
    themes = _ordered_themes(layers, pairs)
    columns = _ordered_rows([layers[theme] for theme in themes], pairs)
    places = _placed(columns)
    number = {theme: at for at, theme in enumerate(index.themes, start=1)}
    boxes: dict[str, Box] = {}
    below: dict[float, float] = {}
    for name, (x, _) in sorted(places.items(), key=lambda item: item[1]):
        box = _box(index, name, number, x * (WIDTH + _BESIDE) + _BESIDE / 2, below.get(x, _HEAD))
        below[x] = box.y + box.height + _BELOW
        boxes[name] = box
    lowest = max(below.values(), default=0.0)
    centred = {x: (lowest - bottom) / 2 for x, bottom in below.items()}
    boxes = {name: _lowered(box, centred[places[name][0]]) for name, box in boxes.items()}
    heads = tuple(
        Column(number[theme], at * (WIDTH + _BESIDE) + _BESIDE / 2, tuple(wrap(theme, _LETTERS)))
        for at, theme in enumerate(themes)
    )
    return Map(
        width=len(themes) * (WIDTH + _BESIDE),
        height=max((b.y + b.height for b in boxes.values()), default=0.0) + _BELOW,
        columns=heads,
        boxes=tuple(boxes.values()),
        lines=tuple(
            Line(
                index.claims[one],
                index.claims[other],
                opposes,
                _path(boxes[one], boxes[other], tuple(boxes.values())),
            )
            for one, other, opposes in relations
        ),
    )


def _ordered_themes(
    layers: dict[str, list[str]], pairs: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """The themes from left to right, so that the lines span few columns."""
    theme = {name: at for at, names in layers.items() for name in names}
    spans = [(theme[one], theme[other]) for one, other in pairs]
    if len(layers) > _MOST_ORDERED:
        return tuple(layers)

    def length(order: tuple[str, ...]) -> int:
        at = {name: place for place, name in enumerate(order)}
        return sum((at[one] - at[other]) ** 2 for one, other in spans)

    return min(permutations(layers), key=length, default=())


def _ordered_rows(
    columns: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]
) -> list[list[str]]:
    """Each column's claims from top to bottom, near what they are tied to."""
    ordered = [list(column) for column in columns]
    tied: dict[str, list[str]] = {name: [] for column in columns for name in column}
    for one, other in pairs:
        tied[one].append(other)
        tied[other].append(one)
    for _ in range(6):
        for column in ordered:
            middle = {
                name: place - (len(inner) - 1) / 2
                for inner in ordered
                for place, name in enumerate(inner)
            }
            weight = {
                name: sum(middle[o] for o in tied[name]) / len(tied[name])
                if tied[name]
                else middle[name]
                for name in column
            }
            column.sort(key=lambda name, weight=weight: weight[name])  # type: ignore[misc]
    return ordered


def _placed(columns: Sequence[Sequence[str]]) -> dict[str, tuple[float, float]]:
    """Column and row of every claim, from 0; shorter columns are centred."""
    layers = dict(enumerate(columns))
    graph = nx.DiGraph()
    graph.add_nodes_from(name for column in columns for name in column)
    if not graph:
        return {}
    # With the largest coordinate as the scale, networkx leaves steps of one between neighbours.
    largest = max(len(columns) - 1, *(len(column) - 1 for column in columns)) / 2
    found = nx.multipartite_layout(graph, subset_key=layers, align="vertical", scale=largest or 1)
    left = min(x for x, _ in found.values())
    top = min(y for _, y in found.values())
    return {name: (float(x - left), float(y - top)) for name, (x, y) in found.items()}


def _box(index: Index, name: str, number: dict[str, int], x: float, y: float) -> Box:
    """A claim's box with its left upper corner here."""
    claim = index.claims[name]
    lines = tuple(wrap(claim.sentence, _LETTERS))
    taken = [
        (author, stance, found[0])
        for author in index.by_author(name)
        for stance, found in index.by_stance(name, author).items()
    ]
    if len(taken) > 2 * _IN_ROW:
        taken = []
    rows = max(1, -(-len(taken) // _IN_ROW))
    top = y + len(lines) * _LINE + 8
    marks = tuple(
        Mark(*mark, x=x + 8 + at % _IN_ROW * _MARK, y=top + at // _IN_ROW * _SIGNS)
        for at, mark in enumerate(taken)
    )
    height = len(lines) * _LINE + rows * _SIGNS + 16
    return Box(claim, number[claim.theme], x, y, height, lines, marks)


def _lowered(box: Box, by: float) -> Box:
    return replace(
        box, y=box.y + by, marks=tuple(replace(mark, y=mark.y + by) for mark in box.marks)
    )


def _path(one: Box, other: Box, boxes: Sequence[Box]) -> str:
    """A curve between the sides of two boxes that face each other, behind no box between."""
    y1, y2 = one.y + one.height / 2, other.y + other.height / 2
    if one.x == other.x:
        x, bend = one.x + WIDTH, _BESIDE * 0.6
        return f"M{x:.0f} {y1:.0f}C{x + bend:.0f} {y1:.0f} {x + bend:.0f} {y2:.0f} {x:.0f} {y2:.0f}"
    right = one.x < other.x
    x1, x2 = (one.x + WIDTH, other.x) if right else (one.x, other.x + WIDTH)
    path, x, y = f"M{x1:.0f} {y1:.0f}", x1, y1
    between = {b.x for b in boxes if min(one.x, other.x) < b.x < max(one.x, other.x)}
    for left in sorted(between, reverse=not right):
        wanted = y1 + (y2 - y1) * (left + WIDTH / 2 - x1) / (x2 - x1)
        free = _gap([b for b in boxes if b.x == left], wanted)
        enter, leave = (left, left + WIDTH) if right else (left + WIDTH, left)
        path += f"{_curve(x, y, enter, free)}L{leave:.0f} {free:.0f}"
        x, y = leave, free
    return path + _curve(x, y, x2, y2)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"


def _gap(column: Sequence[Box], wanted: float) -> float:
    """The height, nearest the wanted one, at which a line passes a column between its boxes."""
    ordered = sorted(column, key=lambda box: box.y)
    free = [ordered[0].y - _BELOW / 2, *(box.y + box.height + _BELOW / 2 for box in ordered)]
    return min(free, key=lambda y: abs(y - wanted))
