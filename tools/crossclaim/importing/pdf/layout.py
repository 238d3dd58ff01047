"""A PDF's lines: how the body is set, two columns, and what stands on every page."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossclaim.importing.document import LeftOut
from crossclaim.importing.pdf.glyphs import Glyph, Page
from crossclaim.importing.pdf.lines import Line

_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|seite|p\.)\s*)?[\divxl]{1,5}(?:\s*(?:/|of|von)\s*\d{1,4})?\W{0,3}\Z", re.I
)
_ZONE = 0.12  # of the page's height, at its head and at its foot
_SMALL = 0.93  # of the body's size; notes at the foot are smaller than this
_COLUMN_ROWS = 8


@dataclass(frozen=True, slots=True)
class Setting:
    """How the body is set: its type's size, the distance of its baselines, its margins by page.

    `justified` says that full lines reach the right margin.
    """

    size: float
    leading: float
    left: dict[int, float]
    right: dict[int, float]
    justified: bool


def setting(found: Sequence[Line]) -> Setting:
    """How most of the words are set."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in found if abs(line.size - size) < 0.5]
    steps = Counter(
        round((b.baseline - a.baseline) * 2) / 2
        for a, b in pairwise(body)
        if a.page == b.page and 0 < b.baseline - a.baseline < 3 * size
    )
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    lefts: dict[int, float] = {}
    rights: dict[int, float] = {}
    ends: list[float] = []
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in body:
        by_page[line.page].append(line)
    for page, own in by_page.items():
        starts = Counter(round(line.x0) for line in own)
        most = max(starts.values())
        lefts[page] = min(x for x, n in starts.items() if n >= 0.5 * most)
        rights[page] = max(line.x1 for line in own)
        ends += [rights[page] - line.x1 for line in own]
    usual_right = Counter(round(x) for x in rights.values()).most_common(1)[0][0] if rights else 0
    for page, own in by_page.items():
        if len(own) < 6 and usual_right > rights[page]:
            rights[page] = usual_right
    full = sum(end < 1.5 for end in ends)
    return Setting(size, leading, lefts, rights, full > 0.5 * max(len(ends), 1))


def in_columns(page: Page) -> bool:
    """Whether a page's text stands in two columns: few rows cross a strip that both sides keep.

    Each side holds about as much text as prose does; a margin's notes and a table's cells are
    narrower, and a figure has no rows.
    """
    words = _words(page.glyphs)
    if len(words) < 60:
        return False
    left, right = min(w[0] for w in words), max(w[1] for w in words)
    size = sorted(w[3] for w in words)[len(words) // 2]
    for step in range(35, 66):
        x = left + (right - left) * step / 100
        half = 0.35 * size
        sides: tuple[list[float], list[float]] = ([], [])
        signs = [0, 0]
        crossing = set()
        for x0, x1, baseline, _, count in words:
            if x1 <= x - half or x0 >= x + half:
                side = int(x0 >= x + half)
                sides[side].append(round(baseline))
                signs[side] += count
            else:
                crossing.add(round(baseline))
        rows = set(sides[0]) | set(sides[1]) | crossing
        beside = [set(side) - crossing for side in sides]
        if min(map(len, beside)) < _COLUMN_ROWS or len(crossing) > 0.3 * len(rows):
            continue
        top, bottom = max(min(b) for b in beside), min(max(b) for b in beside)
        share = sum(top <= row <= bottom for row in beside[0] | beside[1])
        if share < 0.5 * len(rows):
            continue
        if min(signs) > 0.25 * sum(signs) and all(
            count / len(own) >= 18 for count, own in zip(signs, beside, strict=True)
        ):
            return True
    return False


_Word = tuple[float, float, float, float, int]


def _words(glyphs: Sequence[Glyph]) -> list[_Word]:
    """Words as left, right, baseline, size and how many signs."""
    words: list[_Word] = []
    for glyph in sorted(glyphs, key=lambda g: (round(g.baseline), g.x0)):
        if not glyph.text.strip():
            continue
        last = words[-1] if words else None
        near = last and abs(last[2] - glyph.baseline) < 2 and glyph.x0 - last[1] < 0.15 * glyph.size
        if last and near:
            words[-1] = (last[0], max(last[1], glyph.x1), last[2], last[3], last[4] + 1)
        else:
            words.append((glyph.x0, glyph.x1, glyph.baseline, glyph.size, 1))
    return words


def without_furniture(
    found: Sequence[Line], pages: Sequence[Page]
) -> tuple[list[Line], list[LeftOut]]:
    """The lines without running heads, feet and page numbers, and what these said.

    A head or foot comes again at the same height on other pages, but for its numbers.
    """
    heights = {page.number: page.height for page in pages}
    edge = [line for line in found if _in_zone(line, heights[line.page])]
    alike: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in edge:
        for step in (-1, 0, 1):
            alike[_key(line, step)].add(line.page)
    last = {line.page: line for line in found}
    first = {line.page: line for line in reversed(found)}
    gone: dict[int, str] = {}
    for at, line in enumerate(found):
        if not _in_zone(line, heights[line.page]):
            continue
        again = len(alike[_key(line, 0)])
        number = bool(_NUMBER.match(line.text.strip()))
        alone = line is last[line.page] or line is first[line.page]
        if number and (again > 1 or alone):
            gone[at] = "a page number"
        elif again > 1 and again >= min(3, 0.4 * len(pages)):
            gone[at] = "a running head"
    left = [
        LeftOut(0, found[at].text.strip(), reason, f"page {found[at].page}")
        for at, reason in gone.items()
    ]
    return [line for at, line in enumerate(found) if at not in gone], left


def _in_zone(line: Line, height: float) -> bool:
    return line.baseline < _ZONE * height or line.baseline > (1 - _ZONE) * height


def _key(line: Line, step: int) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.strip().casefold()), round(line.baseline / 3) + step


def without_margins(found: Sequence[Line], how: Setting) -> tuple[list[Line], list[LeftOut]]:
    """The lines that stand between the body's margins, and the small ones beside it."""
    kept: list[Line] = []
    left: list[LeftOut] = []
    for line in found:
        right, start = how.right.get(line.page, line.x1), how.left.get(line.page, line.x0)
        if line.size < _SMALL * how.size and (line.x0 > right - 2 or line.x1 < start + 2):
            reason = "a note in the margin"
            left.append(LeftOut(0, line.text.strip(), reason, f"page {line.page}"))
        else:
            kept.append(line)
    return kept, left


def feet(found: Sequence[Line], how: Setting) -> tuple[list[Line], list[Line]]:
    """The lines of the body, and the small ones at the foot of the pages."""
    foot: list[Line] = []
    body: list[Line] = []
    open_page = 0
    for line in reversed(found):
        ends_here = line.page != open_page
        if line.size < _SMALL * how.size and (ends_here or not body or body[-1].page != line.page):
            foot.append(line)
            open_page = line.page
        else:
            body.append(line)
            open_page = line.page
    return body[::-1], foot[::-1]
