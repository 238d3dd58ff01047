"""Layout of a PDF: how its body is set, and what stands around it: heads, margins, feet."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossclaim.importing.document import LeftOut
from crossclaim.importing.pdf.lines import PdfLine

_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|seite|p\.)\s*)?[\divxl]{1,5}(?:\s*(?:/|of|von)\s*\d{1,4})?\W{0,3}\Z", re.I
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12  # of the page's height, at its head and at its foot
_SMALL = 0.93  # of the body's size; notes at the foot are smaller than this


@dataclass(frozen=True, slots=True)
class BodyLayout:
    """How the body is set: its type's size, the distance of its baselines, its margins.

    Margins are told by frame. `justified` says that full lines reach the right one.
    """

    size: float
    leading: float
    left: dict[tuple[int, str], float]
    right: dict[tuple[int, str], float]
    justified: bool

    def indent(self, line: PdfLine) -> float:
        """How far a line is set in."""
        return line.x0 - self.left.get(line.frame, line.x0)

    def is_small(self, line: PdfLine) -> bool:
        """Whether a line's type is smaller than the body's."""
        return line.size < _SMALL * self.size


def body_layout(lines: Sequence[PdfLine]) -> BodyLayout:
    """How most of the words are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.5 and not line.in_table]
    steps = Counter(
        round((below.baseline - above.baseline) * 2) / 2
        for above, below in pairwise(body)
        if above.frame == below.frame and 0 < below.baseline - above.baseline < 3 * size
    )
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    frames: dict[tuple[int, str], list[PdfLine]] = defaultdict(list)
    for line in body:
        frames[line.frame].append(line)
    lefts = {frame: _left_margin(own) for frame, own in frames.items()}
    rights = {frame: max(line.x1 for line in own) for frame, own in frames.items()}
    full = sum(rights[line.frame] - line.x1 < 1.5 for line in body)
    usual = {column: Counter[int]() for _, column in frames}
    for (_, column), right in rights.items():
        usual[column][round(right)] += 1
    for frame in frames:
        if len(frames[frame]) < 6:
            rights[frame] = max(rights[frame], usual[frame[1]].most_common(1)[0][0])
    return BodyLayout(size, leading, lefts, rights, full > 0.5 * max(len(body), 1))


def _left_margin(lines: Sequence[PdfLine]) -> float:
    """Where a page's lines begin: the leftmost of the usual places."""
    starts = Counter(round(line.x0) for line in lines)
    most = max(starts.values())
    return min(x for x, count in starts.items() if count >= 0.5 * most)


def leave_out(
    lines: Sequence[PdfLine], reason_of: Callable[[PdfLine], str | None]
) -> tuple[list[PdfLine], list[LeftOut]]:
    """The lines to keep, and those for which there is a reason to leave them out."""
    reasons = [reason_of(line) for line in lines]
    left_out = [
        LeftOut(0, line.text.strip(), reason, f"page {line.page}")
        for line, reason in zip(lines, reasons, strict=True) if reason
    ]  # fmt: skip
    return [line for line, reason in zip(lines, reasons, strict=True) if not reason], left_out


def without_running_heads(
    lines: Sequence[PdfLine], heights: Mapping[int, float]
) -> tuple[list[PdfLine], list[LeftOut]]:
    """The lines without running heads, feet and page numbers, and these; `heights` are the pages'.

    A head or foot is repeated on other pages, but for its numbers.
    """
    near = {
        each for each in lines if not _MARGIN < each.baseline / heights[each.page] < 1 - _MARGIN
    }
    alike: dict[str, set[int]] = defaultdict(set)
    for line in near:
        alike[_DIGITS.sub("#", line.text.strip().casefold())].add(line.page)
    ends = {*{each.page: each for each in lines}.values()}
    ends |= {*{each.page: each for each in reversed(lines)}.values()}

    def reason(line: PdfLine) -> str | None:
        count = len(alike[_DIGITS.sub("#", line.text.strip().casefold())]) if line in near else 0
        if count and _PAGE_NUMBER.match(line.text.strip()) and (count > 1 or line in ends):
            return "a page number"
        return "a running head" if count > 1 and count >= min(3, 0.4 * len(heights)) else None

    return leave_out(lines, reason)


def without_margin_notes(
    lines: Sequence[PdfLine], layout: BodyLayout
) -> tuple[list[PdfLine], list[LeftOut]]:
    """The lines that stand between the body's margins, and the small ones beside it."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    for (page, column), x in layout.left.items():
        left[page] = min(x, left.get(page, x))
        right[page] = max(layout.right[page, column], right.get(page, 0))

    def reason(line: PdfLine) -> str | None:
        beside = line.page in left and (
            line.x0 > right[line.page] - 2 or line.x1 < left[line.page] + 2
        )
        return "a note in the margin" if beside and layout.is_small(line) else None

    return leave_out(lines, reason)


def split_footnotes(
    lines: Sequence[PdfLine], layout: BodyLayout
) -> tuple[list[PdfLine], list[PdfLine]]:
    """The lines of the body, and the small ones at the foot of the pages and columns."""
    lowest: dict[int, dict[str, float]] = defaultdict(dict)  # of the body, by page and column
    for line in lines:
        if not layout.is_small(line):
            above = lowest[line.page].get(line.column, line.baseline)
            lowest[line.page][line.column] = max(above, line.baseline)
    parts: tuple[list[PdfLine], list[PdfLine]] = ([], [])
    for line in lines:
        is_below = all(
            line.baseline > low
            for column, low in lowest[line.page].items()
            if column.startswith(line.column) or line.column.startswith(column)
        )
        parts[is_below and layout.is_small(line)].append(line)
    return parts
