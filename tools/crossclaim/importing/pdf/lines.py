"""Lines of a PDF's page: the characters on one baseline, and how their words are set."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from crossclaim.importing.pdf.pages import Char, PdfPage

SUPERSCRIPT = "superscript"  # a style that only footnote references and exponents have
_SPACE = 0.18  # of the type's size; a wider gap parts words
_MAX_LARGE = 200  # characters on a page; more of them are its text
_DROP_CAPITAL = 1.8  # of the page's usual size; a drop capital is larger
_SMALL = 0.85  # of its line's size; a superscript is smaller than this
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_BULLETS = {"\uf0b7": "•", "\u25aa": "▪", "\uf0a7": "▪", "\x7f": "•"}


@dataclass(frozen=True, slots=True)
class Span:
    """Words set alike: plain (""), "em", "strong", "both", or SUPERSCRIPT."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class PdfLine:
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


def pdf_lines(page: PdfPage) -> list[PdfLine]:
    """The lines of a page from top to bottom; superscripts stand in the line they belong to."""
    chars = [char for char in page.chars if char.text]
    capitals = _drop_capitals(chars)
    rows = _rows([char for char in chars if char not in capitals])
    lines = [_line(page.number, row) for row in rows]
    lines = [_with_bullet(line, page.bullets) for line in lines if line.text.strip()]
    for capital in capitals:
        lines = _with_drop_capital(lines, capital, page.number)
    return lines


def _drop_capitals(chars: Sequence[Char]) -> list[Char]:
    """Large single letters with words beside them, at the start of a paragraph."""
    usual = _usual_size(chars)
    large = [char for char in chars if char.size > _DROP_CAPITAL * usual and char.text.strip()]
    if len(large) > _MAX_LARGE:
        return []
    return [
        char for char in large
        if char.text.isalpha()
        and not any(
            abs(other.x0 - char.x1) < 0.5 * char.size
            and abs(other.baseline - char.baseline) < 0.2 * char.size
            for other in large if other is not char
        )
        and any(
            0 <= other.x0 - char.x1 < 1.5 * usual
            and -0.5 * usual < char.baseline - other.baseline < char.size
            for other in chars if other.size < 1.2 * usual
        )
    ]  # fmt: skip


def _with_drop_capital(lines: list[PdfLine], capital: Char, page: int) -> list[PdfLine]:
    """The lines with a drop capital before the first of those that stand beside it."""
    beside = [
        index for index, line in enumerate(lines)
        if line.x0 >= capital.x1 - 2
        and -0.3 * line.size < capital.baseline - line.baseline < capital.size
    ]  # fmt: skip
    span = Span(capital.text, "")
    if not beside:
        width = capital.x1 - capital.x0
        alone = PdfLine(
            page, capital.x0, capital.x1, capital.baseline, capital.size, width, (span,)
        )
        return sorted([*lines, alone], key=lambda line: line.baseline)
    moved = list(lines)
    for index in beside:
        moved[index] = replace(moved[index], x0=capital.x0)
    first = moved[beside[0]]
    moved[beside[0]] = replace(first, spans=(span, *first.spans))
    return moved


def _with_bullet(line: PdfLine, bullets: Sequence[tuple[float, float]]) -> PdfLine:
    """The line, with a bullet's sign where one is drawn just before it."""
    for x, middle in bullets:
        before = 0.2 * line.size < line.x0 - x < 3 * line.size
        if before and 0 < line.baseline - middle < 0.8 * line.size:
            return replace(line, x0=x, spans=(Span("• ", ""), *line.spans))
    return line


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters on one baseline, from left to right; superscripts with their neighbours."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.baseline):
        if rows and char.baseline - rows[-1][0].baseline <= max(0.12 * char.size, 0.8):
            rows[-1].append(char)
        else:
            rows.append([char])
    ordered = [sorted(row, key=lambda char: char.x0) for row in _with_superscripts(rows)]
    return [part for row in ordered for part in _split_margin_note(row)]


def _split_margin_note(row: list[Char]) -> list[list[Char]]:
    """A row in two, where a margin's note in smaller type stands beside a line."""
    for index in range(1, len(row)):
        before, char = row[index - 1], row[index]
        if char.x0 - before.x1 > char.size and char.size < _SMALL * before.size:
            note = row[index:]
            if _usual_size(note) < _SMALL * _usual_size(row[:index]) and len(note) > 3:
                return [row[:index], note]
    return [row]


def _with_superscripts(rows: list[list[Char]]) -> list[list[Char]]:
    """Rows of small characters joined to the row below or above whose words they stand behind."""
    sizes = [_usual_size(row) for row in rows]
    targets = list(range(len(rows)))
    for index, row in enumerate(rows):
        if sum(bool(char.text.strip()) for char in row) > 12:
            continue
        for near in (index + 1, index - 1, index + 2):
            if not 0 <= near < len(rows) or sizes[index] > _SMALL * sizes[near]:
                continue
            apart = abs(rows[near][0].baseline - row[0].baseline)
            if apart <= 0.6 * sizes[near] and all(_adjoins(c, row, rows[near]) for c in row):
                targets[index] = near
                break
    joined: list[list[Char]] = [[] for _ in rows]
    for row, target in zip(rows, targets, strict=True):
        joined[target] += row
    return [row for row in joined if row]


def _adjoins(char: Char, own: list[Char], row: list[Char]) -> bool:
    """Whether a character stands right beside another of its own row or the given one."""
    reach = 0.4 * _usual_size(row)
    near = [other for other in [*row, *own] if other is not char]
    return not char.text.strip() or any(
        -reach <= char.x0 - other.x1 <= reach or -reach <= other.x0 - char.x1 <= reach
        for other in near
    )


def _usual_size(chars: Iterable[Char]) -> float:
    sizes = Counter(round(char.size, 1) for char in chars if char.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.1


def _line(page: int, row: list[Char]) -> PdfLine:
    size = _usual_size(row)
    baselines = Counter(round(c.baseline, 1) for c in row if c.size > _SMALL * size)
    baseline = baselines.most_common(1)[0][0] if baselines else row[0].baseline
    styled: list[tuple[str, str]] = []
    gaps = sorted(after.x0 - before.x1 for before, after in pairwise(row))
    spread = max(gaps[len(gaps) // 2], 0) if gaps else 0  # letters that are spaced out
    apart = _SPACE * size + (spread if spread > 0.08 * size else 0)
    first = 0.0
    before: Char | None = None
    for char in row:
        if before and char.text == before.text and abs(char.x0 - before.x0) < 0.5 < size:
            continue  # set twice to look bold
        style = _style(char, size, baseline)
        text = _BULLETS.get(char.text, char.text.translate(_LIGATURES))
        wide = before is not None and char.x0 - before.x1 > apart
        if wide and styled and not styled[-1][0].isspace() and not text.isspace():
            styled.append((" ", style if style == styled[-1][1] else ""))
        if not first and any(sign.isspace() for sign, _ in styled[-1:]):
            first = before.x1 - row[0].x0 if before else 0.0
        styled.append((text, style))
        before = char
    full = [char for char in row if char.text.strip()] or row
    spans = tuple(
        Span("".join(text for text, _ in group), style)
        for style, group in groupby(styled, key=lambda pair: pair[1])
    )
    x0, x1 = full[0].x0, max(char.x1 for char in full)
    return PdfLine(page, x0, x1, baseline, size, first or x1 - x0, spans)


def _style(char: Char, size: float, baseline: float) -> str:
    if char.size < _SMALL * size and baseline - char.baseline > 0.15 * size:
        return SUPERSCRIPT
    bold, italic = bool(_BOLD.search(char.font)), bool(_ITALIC.search(char.font))
    return "both" if bold and italic else "strong" if bold else "em" if italic else ""
