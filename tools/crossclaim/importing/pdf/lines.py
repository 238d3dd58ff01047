"""Signs with places to lines of words: what stands on one baseline, and how it is set."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from crossclaim.importing.pdf.glyphs import Glyph, Page

_SPACE = 0.18  # of the type's size; a wider gap parts words
_MOST_LARGE = 200  # signs on a page; more of them are its text
_DROPPED = 1.8  # of the page's usual size; a drop capital is larger
_RAISED = 0.85  # of its line's size; a raised sign is smaller than this
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_BULLETS = {"\uf0b7": "•", "\u25aa": "▪", "\uf0a7": "▪", "\x7f": "•"}


@dataclass(frozen=True, slots=True)
class Span:
    """Words set alike: "", "em", "strong" or "both", or "raised" for a small raised sign."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its page, its place in points, the size most of it has, its words.

    `first` is how wide its first word is.
    """

    page: int
    x0: float
    x1: float
    baseline: float
    size: float
    first: float
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(span.text for span in self.spans)

    @property
    def bold(self) -> bool:
        """Whether all its words are."""
        return all(s.style in ("strong", "both") for s in self.spans if s.text.strip())


def lines(page: Page) -> list[Line]:
    """The lines of a page from top to bottom; signs that are raised stand in the line they mark."""
    glyphs = [glyph for glyph in page.glyphs if glyph.text]
    capitals = _drop_capitals(glyphs)
    rows = _rows([glyph for glyph in glyphs if glyph not in capitals])
    found = [_line(page.number, row) for row in rows]
    found = [_with_dot(line, page.dots) for line in found if line.text.strip()]
    for capital in capitals:
        found = _with_capital(found, capital)
    return found


def _drop_capitals(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Large single signs with words beside them, at the start of a paragraph."""
    usual = _size(glyphs)
    large = [g for g in glyphs if g.size > _DROPPED * usual and g.text.strip()]
    if len(large) > _MOST_LARGE:
        return []
    return [
        glyph for glyph in large
        if glyph.text.isalpha()
        and not any(
            abs(other.x0 - glyph.x1) < 0.5 * glyph.size
            and abs(other.baseline - glyph.baseline) < 0.2 * glyph.size
            for other in large if other is not glyph
        )
        and any(
            0 <= other.x0 - glyph.x1 < 1.5 * usual
            and -0.5 * usual < glyph.baseline - other.baseline < glyph.size
            for other in glyphs if other.size < 1.2 * usual
        )
    ]  # fmt: skip


def _with_capital(found: list[Line], capital: Glyph) -> list[Line]:
    """The lines with a drop capital before the first of those that stand beside it."""
    beside = [
        at for at, line in enumerate(found)
        if line.x0 >= capital.x1 - 2
        and -0.3 * line.size < capital.baseline - line.baseline < capital.size
    ]  # fmt: skip
    if not beside:
        span = Span(capital.text, "")
        wide = capital.x1 - capital.x0
        lone = Line(found[0].page if found else 1, capital.x0, capital.x1, capital.baseline,
                    capital.size, wide, (span,))  # fmt: skip
        return sorted([*found, lone], key=lambda line: line.baseline)
    made = list(found)
    for at in beside:
        made[at] = replace(made[at], x0=capital.x0)
    first = made[beside[0]]
    made[beside[0]] = replace(first, spans=(Span(capital.text, ""), *first.spans))
    return made


def _with_dot(line: Line, dots: Sequence[tuple[float, float]]) -> Line:
    """The line, with a bullet where a dot is drawn just before it."""
    for x, middle in dots:
        before = 0.2 * line.size < line.x0 - x < 3 * line.size
        if before and 0 < line.baseline - middle < 0.8 * line.size:
            return replace(line, x0=x, spans=(Span("• ", ""), *line.spans))
    return line


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Signs on one baseline, from left to right; raised and lowered ones with their neighbours."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.baseline)
    rows: list[list[Glyph]] = []
    for glyph in ordered:
        if rows and glyph.baseline - rows[-1][0].baseline <= max(0.12 * glyph.size, 0.8):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    found = [sorted(row, key=lambda glyph: glyph.x0) for row in _with_raised(rows)]
    return [part for row in found for part in _apart(row)]


def _apart(row: list[Glyph]) -> list[list[Glyph]]:
    """A row in parts, where a margin's note in smaller type stands beside a line."""
    for at in range(1, len(row)):
        gap = row[at].x0 - row[at - 1].x1
        if gap > row[at].size and row[at].size < _RAISED * row[at - 1].size:
            sizes = [_size(row[:at]), _size(row[at:])]
            if sizes[1] < _RAISED * sizes[0] and len(row) - at > 3:
                return [row[:at], row[at:]]
    return [row]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows of small signs joined to the row just below or above whose words they stand behind."""
    sizes = [_size(row) for row in rows]
    home = list(range(len(rows)))
    for at, row in enumerate(rows):
        if sum(bool(g.text.strip()) for g in row) > 12:
            continue
        for other in (at + 1, at - 1, at + 2):
            if not 0 <= other < len(rows) or sizes[at] > _RAISED * sizes[other]:
                continue
            apart = abs(rows[other][0].baseline - row[0].baseline)
            if apart <= 0.6 * sizes[other] and all(_adjoins(g, row, rows[other]) for g in row):
                home[at] = other
                break
    joined: list[list[Glyph]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        joined[home[at]] += row
    return [row for row in joined if row]


def _adjoins(glyph: Glyph, own: list[Glyph], row: list[Glyph]) -> bool:
    reach = 0.4 * _size(row)
    near = [other for other in [*row, *own] if other is not glyph]
    return not glyph.text.strip() or any(
        -reach <= glyph.x0 - other.x1 <= reach or -reach <= other.x0 - glyph.x1 <= reach
        for other in near
    )


def _size(row: Iterable[Glyph]) -> float:
    counted = Counter(round(glyph.size, 1) for glyph in row if glyph.text.strip())
    return counted.most_common(1)[0][0] if counted else 0.1


def _line(page: int, row: list[Glyph]) -> Line:
    size = _size(row)
    level = Counter(round(g.baseline, 1) for g in row if g.size > _RAISED * size)
    baseline = level.most_common(1)[0][0] if level else row[0].baseline
    signs: list[tuple[str, str]] = []
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(row))
    spread = max(gaps[len(gaps) // 2], 0) if gaps else 0  # letters that are spaced out
    apart = _SPACE * size + (spread if spread > 0.08 * size else 0)
    first = 0.0
    before: Glyph | None = None
    for glyph in row:
        if before and glyph.text == before.text and abs(glyph.x0 - before.x0) < 0.5 < size:
            continue  # set twice to look bold
        style = _style(glyph, size, baseline)
        text = _BULLETS.get(glyph.text, glyph.text.translate(_LIGATURES))
        wide = before is not None and glyph.x0 - before.x1 > apart
        if wide and signs and not signs[-1][0].isspace() and not text.isspace():
            signs.append((" ", style if style == signs[-1][1] else ""))
        if not first and any(sign.isspace() for sign, _ in signs[-1:]):
            first = before.x1 - row[0].x0 if before else 0.0
        signs.append((text, style))
        before = glyph
    full = [glyph for glyph in row if glyph.text.strip()] or row
    spans = tuple(
        Span("".join(text for text, _ in group), style)
        for style, group in groupby(signs, key=lambda sign: sign[1])
    )
    x0, x1 = full[0].x0, max(glyph.x1 for glyph in full)
    return Line(page, x0, x1, baseline, size, first or x1 - x0, spans)


def _style(glyph: Glyph, size: float, baseline: float) -> str:
    if glyph.size < _RAISED * size and baseline - glyph.baseline > 0.15 * size:
        return "raised"
    bold, slanted = bool(_BOLD.search(glyph.font)), bool(_SLANTED.search(glyph.font))
    return "both" if bold and slanted else "strong" if bold else "em" if slanted else ""
