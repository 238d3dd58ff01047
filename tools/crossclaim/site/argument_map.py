"""The argument map: claims as boxes in a column for each theme, supports and opposes as edges.

A layered drawing of a graph: columns and rows are in an order that keeps edges short and lets few
of them cross (the barycenter heuristic of Sugiyama, Tagawa and Toda, 1981). The boxes are HTML in
a grid of equal cells. The edges are one SVG under them, led at right angles through the gutters
between the columns and the gaps between the rows, each on a lane of its own; edges of one kind to
one claim are a bundle and share their lanes. Lengths are in px at a root font size of 16 px, and
`assets/styles/5-map.css` has the same ones in rem.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from crossclaim.model import Claim, Stance
from crossclaim.site.index import Index, Occurrence, grouped
from crossclaim.site.templating import render_fragment

BOX_WIDTH, BOX_HEIGHT = 224, 84
GUTTER, ROW_GAP = 48, 24
THEME_HEIGHT = 44  # the themes' names, above the columns
_SHEET_COLUMNS, _SHEET_ROWS = 5, 8  # that fit one sheet of paper
_MARK_WIDTH, _LETTER_WIDTH, _MARKS_WIDTH = 26, 9, 208  # a sign, a letter, a box's line of them
_MAX_MOVED = 16  # themes that are put into a better order; more keep the file's
_SWEEPS = 6  # of the barycenter heuristic
# Above and below a box's middle, where its edges begin and end: the left side's and the right
# side's differ, so that edges of neighbours in a row never run into each other.
_SOURCE_PORTS = {"left": 3, "right": -3}
_SUPPORTS_PORTS = {"left": -9, "right": -15}
_OPPOSES_PORTS = {"left": 9, "right": 15}
_LANE, _ARROW, _CORNER = 6, 12, 6  # between lanes at most; kept free beside a box; a radius

Point = tuple[float, float]
# The lanes of a channel: a gutter (“|” and its column) or a gap (“-” and the row under it).
_Channel = tuple[str, int]
_Bundle = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class StanceMark:
    """A writer's stance on a claim, and the first passage with it."""

    writer: str
    stance: Stance
    first: Occurrence


@dataclass(frozen=True, slots=True)
class ClaimBox:
    """A claim's box. Where more marks would stand than one line holds, there are only counts."""

    claim: Claim
    marks: tuple[StanceMark, ...]
    counts: dict[Stance, int]


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """A theme and its claims' boxes from top to bottom."""

    theme: str
    boxes: tuple[ClaimBox, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as a line: an SVG path that begins at its target, where its arrow or bar is.

    So the dashes of a bundle's edges fall on each other for as long as these share their lanes.
    """

    source: Claim
    target: Claim
    opposes: bool
    path: str


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """The whole drawing."""

    columns: tuple[ThemeColumn, ...]
    edges: tuple[Edge, ...]

    @property
    def rows(self) -> int:
        """How many boxes the longest column has."""
        return max((len(column.boxes) for column in self.columns), default=0)

    @property
    def width(self) -> int:
        """With a gutter after the last column, for the edges within it."""
        return len(self.columns) * (BOX_WIDTH + GUTTER)

    @property
    def height(self) -> int:
        """With a gap above the first row and below the last."""
        return THEME_HEIGHT + self.rows * (BOX_HEIGHT + ROW_GAP) + ROW_GAP

    @property
    def fits_sheet(self) -> bool:
        """Whether it can be printed on one sheet and still be read."""
        return len(self.columns) <= _SHEET_COLUMNS and self.rows <= _SHEET_ROWS


def map_fragment(index: Index) -> str:
    """The map as finished HTML, in which no brace opens a template's expression."""
    drawing = layout_map(index)
    return render_fragment("map.html", index, up="../", map=drawing)


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
    columns = _order_rows([layers[theme] for theme in themes], pairs)
    return ArgumentMap(
        columns=tuple(
            ThemeColumn(theme, tuple(_box(index, claim) for claim in claims))
            for theme, claims in zip(themes, columns, strict=True)
        ),
        edges=tuple(
            Edge(index.claims[source], index.claims[target], opposes, path)
            for (source, target, opposes), path in zip(
                relations, _paths(columns, relations), strict=True
            )
        ),
    )


def _box(index: Index, claim_id: str) -> ClaimBox:
    marks = tuple(
        StanceMark(writer, stance, occurrences[0])
        for writer in index.by_writer(claim_id)
        for stance, occurrences in index.by_stance(claim_id, writer).items()
    )
    width = sum(_MARK_WIDTH + _LETTER_WIDTH * len(index.initials[mark.writer]) for mark in marks)
    counted = Counter(mark.stance for mark in marks if mark.writer in index.authors)
    counts = {stance: counted[stance] for stance in Stance if counted[stance]}
    many = width > _MARKS_WIDTH
    return ClaimBox(index.claims[claim_id], () if many else marks, counts if many else {})


def _order_themes(layers: Mapping[str, list[str]], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The themes from left to right, so that the edges span few columns: a local search."""
    theme_of = {claim: theme for theme, claims in layers.items() for claim in claims}
    between = Counter((theme_of[source], theme_of[target]) for source, target in pairs)

    def length(order: list[str]) -> int:
        column = {theme: number for number, theme in enumerate(order)}
        return sum(n * (column[one] - column[other]) ** 2 for (one, other), n in between.items())

    best, shortest = list(layers), length(list(layers))
    for _ in layers if len(layers) <= _MAX_MOVED else ():
        for order in _moved(best):
            if (tried := length(order)) < shortest:
                best, shortest = order, tried
    return best


def _moved(order: Sequence[str]) -> Iterator[list[str]]:
    """Every order in which two have changed places, or one has moved after another."""
    for one, other in combinations(range(len(order)), 2):
        swapped, moved = list(order), list(order)
        swapped[one], swapped[other] = order[other], order[one]
        moved.insert(other, moved.pop(one))
        yield from (swapped, moved)


def _order_rows(
    columns: Sequence[Sequence[str]], pairs: Iterable[tuple[str, str]]
) -> list[list[str]]:
    """Each column's claims from top to bottom, near those they are related to; others last."""
    related: dict[str, list[str]] = {claim: [] for column in columns for claim in column}
    for source, target in pairs:
        related[source].append(target)
        related[target].append(source)
    ordered = [sorted(column, key=lambda claim: not related[claim]) for column in columns]
    rows = {claim: row for column in ordered for row, claim in enumerate(column)}
    for _ in range(_SWEEPS):
        for column in ordered:
            barycenters = {
                claim: sum(rows[other] for other in related[claim]) / len(related[claim])
                for claim in column
                if related[claim]
            }
            column.sort(key=lambda claim: barycenters.get(claim, len(rows)))
            rows |= {claim: row for row, claim in enumerate(column)}
    return ordered


@dataclass(frozen=True, slots=True)
class _Route:
    """An edge's way: columns and rows of its boxes, and the gap by which it passes columns."""

    bundle: _Bundle
    source: tuple[int, int]
    target: tuple[int, int]
    gap: int | None = None

    @property
    def sides(self) -> tuple[str, str]:
        """The sides of source and target that face each other; the right ones in one column."""
        columns = self.source[0], self.target[0]
        return (
            "left" if columns[1] < columns[0] else "right",
            "left" if columns[0] < columns[1] else "right",
        )

    @property
    def gutters(self) -> tuple[int, int]:
        """The gutters beside source and target, each by the column to its left."""
        leaving, meeting = self.sides
        return self.source[0] - (leaving == "left"), self.target[0] - (meeting == "left")

    @property
    def ends(self) -> tuple[Point, Point]:
        """Where it leaves its source and meets its target."""
        leaving, meeting = self.sides
        ports = _OPPOSES_PORTS if self.bundle[1] else _SUPPORTS_PORTS
        end = _side(self.target, meeting, ports[meeting])
        start = _side(self.source, leaving, _SOURCE_PORTS[leaving])
        return (start[0], end[1]) if self.is_straight else start, end

    @property
    def is_straight(self) -> bool:
        """Whether nothing but a gutter lies between two boxes in a row."""
        (column, row), (other, other_row) = self.source, self.target
        return row == other_row and abs(column - other) == 1


def _side(cell: tuple[int, int], side: str, port: float) -> Point:
    column, row = cell
    left = column * (BOX_WIDTH + GUTTER)
    middle = _gap_middle(row) + (ROW_GAP + BOX_HEIGHT) / 2
    return left + (BOX_WIDTH if side == "right" else 0), middle + port


def _gap_middle(row: int) -> float:
    """The middle of the gap above a row."""
    return THEME_HEIGHT + row * (BOX_HEIGHT + ROW_GAP) + ROW_GAP / 2


def _gutter_middle(column: int) -> float:
    return column * (BOX_WIDTH + GUTTER) + BOX_WIDTH + GUTTER / 2


def _paths(
    columns: Sequence[Sequence[str]], relations: Iterable[tuple[str, str, bool]]
) -> list[str]:
    cells = {c: (n, row) for n, column in enumerate(columns) for row, c in enumerate(column)}
    unchosen = [_Route((other, how), cells[claim], cells[other]) for claim, other, how in relations]
    routes = _choose_gaps(unchosen, range(max(map(len, columns), default=0) + 1))
    lanes = _assign_lanes(routes)
    return [_rounded(_corners(route, lanes)) for route in routes]


def _choose_gaps(routes: Iterable[_Route], gaps: Iterable[int]) -> list[_Route]:
    """Each route that passes columns with the gap that makes it short; a bundle's like the same."""
    chosen, bundles = list[_Route](), dict[int, set[_Bundle]]()

    def cost(route: _Route, gap: int) -> float:
        (_, start), (_, end) = route.ends
        others = bundles.get(gap, set())
        crowd = -ROW_GAP if route.bundle in others else ROW_GAP * len(others) / 2
        return abs(_gap_middle(gap) - start) + abs(_gap_middle(gap) - end) + crowd

    for route in routes:
        if route.gutters[0] == route.gutters[1]:
            chosen.append(route)
            continue
        gap = min(gaps, key=lambda gap: cost(route, gap))
        bundles.setdefault(gap, set()).add(route.bundle)
        chosen.append(_Route(route.bundle, route.source, route.target, gap))
    return chosen


def _runs(route: _Route) -> Iterator[tuple[_Channel, float, float]]:
    """The channels a route uses, each from where to where, about."""
    (_, start), (_, end) = route.ends
    source, target = route.gutters
    if route.gap is None:
        yield ("|", source), min(start, end), max(start, end)
        return
    y = _gap_middle(route.gap)
    yield ("|", source), min(start, y), max(start, y)
    yield ("|", target), min(end, y), max(end, y)
    x = sorted(map(_gutter_middle, (source, target)))
    yield ("-", route.gap), x[0], x[1]


def _assign_lanes(routes: Iterable[_Route]) -> dict[tuple[_Channel, _Bundle], float]:
    """Where each bundle runs in each channel it uses, in px from one side of the drawing.

    The left-edge algorithm (Hashimoto and Stevens, 1971): bundles share a lane where they do not
    meet in it.
    """
    spans: dict[tuple[_Channel, _Bundle], tuple[float, float]] = {}
    for route in routes:
        for channel, low, high in _runs(route):
            known = spans.get((channel, route.bundle), (low, high))
            spans[channel, route.bundle] = min(low, known[0]), max(high, known[1])
    places = {}
    for channel, bundles in grouped((channel, bundle) for channel, bundle in spans).items():
        ends, lane_of = list[float](), {}
        for bundle in sorted(bundles, key=lambda bundle: spans[channel, bundle]):
            low, high = spans[channel, bundle]
            lane = next((n for n, end in enumerate(ends) if end + _ARROW < low), len(ends))
            ends[lane : lane + 1] = [high]
            lane_of[bundle] = lane
        for bundle, lane in lane_of.items():
            places[channel, bundle] = _lane_place(channel, lane, len(ends))
    return places


def _lane_place(channel: _Channel, lane: int, lanes: int) -> float:
    kind, number = channel
    room = GUTTER - 2 * _ARROW if kind == "|" else ROW_GAP - _ARROW
    middle = _gutter_middle(number) if kind == "|" else _gap_middle(number)
    return middle + (lane - (lanes - 1) / 2) * min(_LANE, room / max(1, lanes - 1))


def _corners(route: _Route, lanes: Mapping[tuple[_Channel, _Bundle], float]) -> tuple[Point, ...]:
    """The points at which an edge turns, from its target to its source."""
    start, end = route.ends
    if route.is_straight:
        return end, start
    source, target = (lanes[("|", gutter), route.bundle] for gutter in route.gutters)
    if route.gap is None:
        return end, (target, end[1]), (target, start[1]), start
    y = lanes[("-", route.gap), route.bundle]
    return end, (target, end[1]), (target, y), (source, y), (source, start[1]), start


def _rounded(points: Sequence[Point]) -> str:
    """An SVG path through the points, its corners rounded."""
    path = "M{:g} {:g}".format(*points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _towards(corner, before), _towards(corner, after)
        path += "L{:g} {:g}Q{:g} {:g} {:g} {:g}".format(*enter, *corner, *leave)
    return path + "L{:g} {:g}".format(*points[-1])


def _towards(corner: Point, other: Point) -> Point:
    """The point a corner's radius from it, at most half of the way to the other."""
    (x, y), (to_x, to_y) = corner, other
    length = abs(to_x - x) + abs(to_y - y)
    part = min(_CORNER, length / 2) / length if length else 0
    return round(x + (to_x - x) * part, 1), round(y + (to_y - y) * part, 1)
