"""Layout of a PDF: how its body is set, columns, running heads, margin notes, footnotes."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossclaim.importing.document import LeftOut
from crossclaim.importing.pdf.lines import PdfLine
from crossclaim.importing.pdf.pages import Char, PdfPage

_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|seite|p\.)\s*)?[\divxl]{1,5}(?:\s*(?:/|of|von)\s*\d{1,4})?\W{0,3}\Z", re.I
)
_MARGIN = 0.12  # of the page's height, at its head and at its foot
_SMALL = 0.93  # of the body's size; notes at the foot are smaller than this
_COLUMN_ROWS = 8
_COLUMN_CHARS = 18  # a row, on average; a margin's notes and a table's cells have fewer


@dataclass(frozen=True, slots=True)
class BodyLayout:
    """How the body is set: its type's size, the distance of its baselines, its margins by page.

    `justified` says that full lines reach the right margin.
    """

    size: float
    leading: float
    left: dict[int, float]
    right: dict[int, float]
    justified: bool


def body_layout(lines: Sequence[PdfLine]) -> BodyLayout:
    """How most of the words are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.5]
    steps = Counter(
        round((below.baseline - above.baseline) * 2) / 2
        for above, below in pairwise(body)
        if above.page == below.page and 0 < below.baseline - above.baseline < 3 * size
    )
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    by_page: dict[int, list[PdfLine]] = defaultdict(list)
    for line in body:
        by_page[line.page].append(line)
    lefts = {page: _left_margin(own) for page, own in by_page.items()}
    rights = {page: max(line.x1 for line in own) for page, own in by_page.items()}
    full = sum(rights[line.page] - line.x1 < 1.5 for line in body)
    usual_right = Counter(round(x) for x in rights.values()).most_common(1)[0][0]
    for page, own in by_page.items():
        if len(own) < 6 and usual_right > rights[page]:
            rights[page] = usual_right
    return BodyLayout(size, leading, lefts, rights, full > 0.5 * max(len(body), 1))


def _left_margin(lines: Sequence[PdfLine]) -> float:
    """Where a page's lines begin: the leftmost of the usual places."""
    starts = Counter(round(line.x0) for line in lines)
    most = max(starts.values())
    return min(x for x, count in starts.items() if count >= 0.5 * most)


def has_columns(page: PdfPage) -> bool:
    """Whether a page's text stands in two columns: few rows cross a strip that both sides keep.

    Each side holds about as much text as prose does; a margin's notes and a table's cells are
    narrower, and a figure has no rows.
    """
    words = _words(page.chars)
    if len(words) < 60:
        return False
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    size = sorted(word.size for word in words)[len(words) // 2]
    return any(
        _parts_columns(words, left + (right - left) * percent / 100, 0.35 * size)
        for percent in range(35, 66)
    )


@dataclass(slots=True)
class _Word:
    """A word: its left and right edge, baseline and size in points, how many characters."""

    x0: float
    x1: float
    baseline: float
    size: float
    count: int


def _words(chars: Sequence[Char]) -> list[_Word]:
    words: list[_Word] = []
    for char in sorted(chars, key=lambda char: (round(char.baseline), char.x0)):
        if not char.text.strip():
            continue
        last = words[-1] if words else None
        if last and abs(last.baseline - char.baseline) < 2 and char.x0 - last.x1 < 0.15 * char.size:
            last.x1, last.count = max(last.x1, char.x1), last.count + 1
        else:
            words.append(_Word(char.x0, char.x1, char.baseline, char.size, 1))
    return words


def _parts_columns(words: Sequence[_Word], x: float, half: float) -> bool:
    """Whether the strip around `x`, `half` as wide to either side, lies between two columns."""
    crossing: set[int] = set()
    sides: tuple[set[int], set[int]] = (set(), set())
    counts = [0, 0]
    for word in words:
        if word.x1 <= x - half or word.x0 >= x + half:
            side = int(word.x0 >= x + half)
            sides[side].add(round(word.baseline))
            counts[side] += word.count
        else:
            crossing.add(round(word.baseline))
    rows = sides[0] | sides[1] | crossing
    beside = [side - crossing for side in sides]
    if min(map(len, beside)) < _COLUMN_ROWS or len(crossing) > 0.3 * len(rows):
        return False
    top, bottom = max(map(min, beside)), min(map(max, beside))
    share = sum(top <= row <= bottom for row in beside[0] | beside[1])
    if share < 0.5 * len(rows) or min(counts) <= 0.25 * sum(counts):
        return False
    return all(count / len(own) >= _COLUMN_CHARS for count, own in zip(counts, beside, strict=True))


def without_running_heads(
    lines: Sequence[PdfLine], pages: Sequence[PdfPage]
) -> tuple[list[PdfLine], list[LeftOut]]:
    """The lines without running heads, feet and page numbers, and these.

    A head or foot is repeated at the same height on other pages, but for its numbers.
    """
    heights = {page.number: page.height for page in pages}
    in_margin = [_is_in_margin(line, heights[line.page]) for line in lines]
    alike: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line, inside in zip(lines, in_margin, strict=True):
        for shift in (-1, 0, 1) if inside else ():
            alike[_head_key(line, shift)].add(line.page)
    last = {line.page: line for line in lines}
    first = {line.page: line for line in reversed(lines)}
    reasons: dict[int, str] = {}
    for index, line in enumerate(lines):
        if not in_margin[index]:
            continue
        count = len(alike[_head_key(line, 0)])
        alone = line is last[line.page] or line is first[line.page]
        if _PAGE_NUMBER.match(line.text.strip()) and (count > 1 or alone):
            reasons[index] = "a page number"
        elif count > 1 and count >= min(3, 0.4 * len(pages)):
            reasons[index] = "a running head"
    left_out = [_left_out(lines[index], reason) for index, reason in reasons.items()]
    return [line for index, line in enumerate(lines) if index not in reasons], left_out


def _left_out(line: PdfLine, reason: str) -> LeftOut:
    return LeftOut(0, line.text.strip(), reason, f"page {line.page}")


def _is_in_margin(line: PdfLine, height: float) -> bool:
    return line.baseline < _MARGIN * height or line.baseline > (1 - _MARGIN) * height


def _head_key(line: PdfLine, shift: int) -> tuple[str, int]:
    """What running heads have in common: their words, but for numbers, and their height."""
    return re.sub(r"\d+", "#", line.text.strip().casefold()), round(line.baseline / 3) + shift


def without_margin_notes(
    lines: Sequence[PdfLine], layout: BodyLayout
) -> tuple[list[PdfLine], list[LeftOut]]:
    """The lines that stand between the body's margins, and the small ones beside it."""
    kept: list[PdfLine] = []
    left_out: list[LeftOut] = []
    for line in lines:
        left, right = layout.left.get(line.page, line.x0), layout.right.get(line.page, line.x1)
        if line.size < _SMALL * layout.size and (line.x0 > right - 2 or line.x1 < left + 2):
            left_out.append(_left_out(line, "a note in the margin"))
        else:
            kept.append(line)
    return kept, left_out


def split_footnotes(
    lines: Sequence[PdfLine], layout: BodyLayout
) -> tuple[list[PdfLine], list[PdfLine]]:
    """The lines of the body, and the small ones at the foot of the pages."""
    body: list[PdfLine] = []
    footnotes: list[PdfLine] = []
    for line in reversed(lines):
        at_foot = not body or body[-1].page != line.page
        (footnotes if at_foot and line.size < _SMALL * layout.size else body).append(line)
    return body[::-1], footnotes[::-1]
