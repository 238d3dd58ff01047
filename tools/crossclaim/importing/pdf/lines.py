"""Lines of a PDF's page, column after column: the characters on one baseline, parted into words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from crossclaim.importing.document import Run
from crossclaim.importing.pdf.columns import Region, Row, regions
from crossclaim.importing.pdf.pages import Char, PageChars

SUPERSCRIPT = "superscript"  # a style that only footnote references and exponents have
_SPACE = 0.18  # of the type's size; a wider gap parts words where spaces are characters
_GAPS = range(4, 26)  # hundredths of the type's size; gaps of words begin somewhere among them
_WORDS = 0.07  # of all gaps; fewer are not those between words
_SPACED = 0.08  # of the type's size; letters further apart are spaced out
_MAX_LARGE = 200  # characters on a page, or bullets; more of them are its text, or a picture
_DROP_CAPITAL = 1.8  # of the page's usual size; a drop capital is larger
_SMALL = 0.85  # of its line's size; a superscript is smaller than this
_CELLS = " | "  # between the cells of a table's row
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_BULLETS = {"\uf0b7": "•", "\u25aa": "▪", "\uf0a7": "▪", "\x7f": "•"}


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line: its page and column, its place in points, the size most of it has, its runs.

    Raised words have SUPERSCRIPT as emphasis. `first` is how wide its first word is, `in_table`
    says that it is a table's row.
    """

    page: int
    column: str
    x0: float
    x1: float
    baseline: float
    size: float
    first: float
    runs: tuple[Run, ...]
    in_table: bool = False

    @property
    def frame(self) -> tuple[int, str]:
        """The page and the column, "" for what runs over the page's whole width."""
        return self.page, self.column

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all its words are."""
        return all(r.emphasis in ("strong", "both") for r in self.runs if r.text.strip())


def pdf_lines(page: PageChars) -> list[PdfLine]:
    """The lines of a page in reading order; superscripts stand in the line they belong to."""
    chars, capitals = _with_drop_capitals([char for char in page.chars if char.text])
    rows = _rows(chars)
    word_gap = _word_gap(rows)
    lines = []
    for region in regions(rows, _usual_size(chars)):
        for row in (part for whole in region.rows for part in _split_margin_note(whole)):
            line = _line(page.number, row, region, word_gap)
            for capital in capitals:
                line = replace(line, x0=capital.x0) if _is_beside(line, capital) else line
            for x, middle in page.bullets[:_MAX_LARGE]:
                is_before = 0.2 * line.size < line.x0 - x < 3 * line.size
                if is_before and 0 < line.baseline - middle < 0.8 * line.size:
                    line = replace(line, x0=x, runs=(Run("• "), *line.runs))
            lines.append(line)
    return lines


def _with_drop_capitals(chars: list[Char]) -> tuple[list[Char], list[Char]]:
    """The characters, drop capitals moved to the first line beside them; and where these were."""
    usual = _usual_size(chars)
    large = [char for char in chars if char.size > _DROP_CAPITAL * usual and char.text.isalpha()]
    capitals: dict[Char, Char] = {}
    for capital in large if len(large) <= _MAX_LARGE else ():
        alone = not any(
            abs(other.x0 - capital.x1) < 0.5 * capital.size
            and abs(other.baseline - capital.baseline) < 0.2 * capital.size
            for other in large if other is not capital
        )  # fmt: skip
        beside = [char for char in chars if char.size < 1.2 * usual and _is_beside(char, capital)]
        if alone and beside:
            first = min(beside, key=lambda char: (char.baseline, char.x0))
            capitals[capital] = replace(first, text=capital.text, x0=capital.x0, x1=first.x0)
    return [capitals.get(char, char) for char in chars], list(capitals)


def _is_beside(other: Char | PdfLine, capital: Char) -> bool:
    right, above = other.x0 - capital.x1, capital.baseline - other.baseline
    return 0 <= right < 1.5 * other.size and -0.5 * other.size < above < capital.size


def _rows(chars: Sequence[Char]) -> list[Row]:
    """Characters on one baseline, from left to right; superscripts with their neighbours."""
    rows: list[Row] = []
    for char in sorted(chars, key=lambda char: char.baseline):
        if rows and char.baseline - rows[-1][0].baseline <= max(0.12 * char.size, 0.8):
            rows[-1].append(char)
        else:
            rows.append([char])
    rows = [row for row in rows if any(char.text.strip() for char in row)]
    sizes = [_usual_size(row) for row in rows]
    joined: list[Row] = [[] for _ in rows]
    for index, row in enumerate(rows):
        few = sum(bool(char.text.strip()) for char in row) <= 12
        near = [i for i in (index + 1, index - 1, index + 2) if few and 0 <= i < len(rows)]
        fits = (i for i in near if _belongs(row, rows[i], sizes[index], sizes[i]))
        joined[next(fits, index)] += row
    return [sorted(row, key=lambda char: char.x0) for row in joined if row]


def _belongs(small: Row, row: Row, size: float, usual: float) -> bool:
    """Whether characters are raised or lowered ones of a row: each stands right beside another."""
    apart = abs(row[0].baseline - small[0].baseline)
    reach = 0.4 * usual
    return apart <= (0.6 if size <= _SMALL * usual else 0.35) * usual and all(
        any(
            abs(char.x0 - other.x1) <= reach or abs(other.x0 - char.x1) <= reach
            for other in (*row, *small) if other is not char
        )
        for char in small if char.text.strip()
    )  # fmt: skip


def _split_margin_note(row: Row) -> list[Row]:
    """A row in two, where a margin's note in smaller type stands beside a line."""
    for index, (before, char) in enumerate(pairwise(row), start=1):
        if char.x0 - before.x1 > char.size and char.size < _SMALL * before.size:
            sizes = _usual_size(row[:index]), _usual_size(row[index:])
            if sizes[1] < _SMALL * sizes[0] and len(row) - index > 3:
                return [row[:index], row[index:]]
    return [row]


def _usual_size(chars: Iterable[Char]) -> float:
    sizes = Counter(round(char.size, 1) for char in chars if char.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.1


def _word_gap(rows: Sequence[Row]) -> float:
    """The gap that parts words in rows without characters for spaces, of the type's size.

    Gaps of letters and of words are two heaps; where gaps are fewest between them, words part.
    """
    gaps = Counter(int(100 * gap) for row in rows if not _has_spaces(row) for gap in _gaps(row))
    around = {each: sum(gaps[each + side] for side in (-1, 0, 1)) for each in _GAPS}
    words = {each: sum(gaps[gap] for gap in gaps if gap > each) for each in _GAPS}
    likely = [each for each in _GAPS if words[each] > _WORDS * gaps.total()]
    fewest = min((around[each] for each in likely), default=0)
    runs = [list(run) for few, run in groupby(likely, lambda each: around[each] == fewest) if few]
    first = next((run for run in runs if len(run) > 2), max(runs, key=len, default=None))
    return median(first) / 100 if first else _SPACE


def _has_spaces(row: Row) -> bool:
    return sum(char.text.isspace() for char in row) > 0.05 * len(row)


def _gaps(row: Row) -> Iterator[float]:
    """How much further apart than its letters a row's characters stand, of the type's size."""
    spread = _spread(row)
    for before, char in pairwise(row):
        if before.text.strip() and char.text.strip():
            yield (char.x0 - before.x1) / char.size - spread


def _spread(row: Row) -> float:
    """How far apart letters that are spaced out stand, of the type's size; else 0."""
    gaps = [
        (after.x0 - before.x1) / after.size
        for before, after in pairwise(row) if before.text.isalnum() and after.text.isalnum()
    ]  # fmt: skip
    spread = median(gaps) if gaps else 0
    return spread if _SPACED < spread < 0.5 else 0


def _line(page: int, row: Row, region: Region, word_gap: float) -> PdfLine:
    row = [char for char in row if char.text.strip()] if region.is_table else row
    size = _usual_size(row)
    baselines = Counter(round(c.baseline, 1) for c in row if c.size > _SMALL * size)
    baseline = baselines.most_common(1)[0][0] if baselines else row[0].baseline
    apart = ((_SPACE if _has_spaces(row) else word_gap) + _spread(row)) * size
    styled: list[tuple[str, str]] = []
    first = 0.0
    before: Char | None = None
    for char in row:
        if before and char.text == before.text and abs(char.x0 - before.x0) < 0.5 < size:
            continue  # set twice to look bold
        style = _style(char, size, baseline)
        text = _BULLETS.get(char.text, char.text.translate(_LIGATURES))
        gap = char.x0 - before.x1 if before else 0
        if gap > apart and not styled[-1][0].isspace() and not text.isspace():
            space = _CELLS if region.is_table and gap > size else " "
            styled.append((space, style if style == styled[-1][1] else ""))
        if before and not first and styled[-1][0].isspace():
            first = before.x1 - row[0].x0
        styled.append((text, style))
        before = char
    full = [char for char in row if char.text.strip()] or row
    runs = tuple(
        Run("".join(text for text, _ in group), style)
        for style, group in groupby(styled, key=lambda pair: pair[1])
    )
    x0, x1 = full[0].x0, max(char.x1 for char in full)
    first = first or x1 - x0
    return PdfLine(page, region.column, x0, x1, baseline, size, first, runs, region.is_table)


def _style(char: Char, size: float, baseline: float) -> str:
    if char.size < _SMALL * size and baseline - char.baseline > 0.15 * size:
        return SUPERSCRIPT
    bold, italic = bool(_BOLD.search(char.font)), bool(_ITALIC.search(char.font))
    return "both" if bold and italic else "strong" if bold else "em" if italic else ""
