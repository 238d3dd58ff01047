"""Plain text to paragraphs: where one ends, and which lines are one line hard-wrapped."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crossclaim.importing.document import LeftOut, Paragraph
from crossclaim.importing.text.lines import Line, lines, without_page_marks
from crossclaim.importing.text.wrapping import WRAP_LIMIT, Group, Mending, Wrap, single_spaced

_MARKED = re.compile(
    r"(?:[•◦▪‣·●○■⁃*\-–—]|\d{1,3}[.)]|\(\d{1,2}\)|\(?[a-z]\)|o(?=\s+[A-Z]))\s+\S|[•◦▪‣●]\S"
)
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,})\Z")
_INDENTED = 2  # columns
_HEADING_LENGTH = 80


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text; see `without_pages`."""
    return without_pages(text)[0]


def without_pages(text: str) -> tuple[tuple[Paragraph, ...], tuple[LeftOut, ...]]:
    """The paragraphs of a plain text, hard-wrapped lines joined, and its page marks.

    Where lines are not wrapped, each is a paragraph. Nothing is lost but white space and the
    hyphens of words that were broken at a line's end.
    """
    kept, left = without_page_marks(lines(text))
    groups = _groups(single_spaced(kept))
    wrap = Wrap([group for _, group in groups])
    mending = Mending(text)
    found: list[Paragraph] = []
    first_lines = 0
    for above, group in groups:
        runs = _runs(group, wrap)
        for at, run in enumerate(runs):
            first_lines += len(run) > 1 and run[0].indent - run[1].indent >= _INDENTED
            found.append(
                Paragraph(
                    run[0].number,
                    mending.joined([line.text for line in run if not _underlines(line, run)]),
                    joined=at + 1 < len(runs),
                    above=0 if at else above,
                    rows=len(run),
                    indent=min(line.indent for line in run),
                    quoted=run[0].quoted,
                    underline=run[-1].text[0] if _underlines(run[-1], run) else "",
                )
            )
    return tuple(_quoted(found, first_lines > 1)), tuple(left)


def _groups(found: Sequence[Line]) -> list[tuple[int, Group]]:
    """Runs of lines with no blank line between, each with the blank lines above it."""
    groups: list[tuple[int, Group]] = []
    above, last = 0, None
    for line in found:
        if line.blank:
            above, last = above + 1, None
        elif last is not None and last.quoted == line.quoted:
            groups[-1][1].append(line)
            last = line
        else:
            groups.append((above, [line]))
            above, last = 0, line
    return groups


def _underlines(line: Line, run: Group) -> bool:
    """Whether this line is a rule right below a heading of about its length."""
    if len(run) != 2 or line is not run[1] or not _UNDERLINE.match(line.text):
        return False
    above = len(run[0].text)
    return above < _HEADING_LENGTH and above * 0.6 <= len(line.text) <= above * 1.5 + 3


def _runs(group: Group, wrap: Wrap) -> list[Group]:
    """A group's lines as runs to be joined."""
    style = _Style(group, wrap)
    runs: list[Group] = []
    for at, line in enumerate(group):
        if runs and not style.starts(at, runs[-1]):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


class _Style:
    """How paragraphs follow each other inside a group of lines."""

    def __init__(self, group: Group, wrap: Wrap) -> None:
        self.group, self.wrap = group, wrap
        pairs = list(itertools.pairwise(group))
        hard = sum(wrap.hard(line, following) for line, following in pairs)
        self.by_line = bool(wrap.width) and bool(pairs) and hard >= 0.6 * len(pairs)
        self.base = min(line.indent for line in group)
        deep = [line.indent - self.base >= _INDENTED for line in group]
        self.hanging = len(group) > 2 and not deep[0] and sum(deep) >= 0.5 * len(group)
        opening = sum(a and not b for a, b in itertools.pairwise(deep))
        self.first_indented = not self.hanging and opening > 1 and sum(deep) < 0.6 * len(group)
        self.deep = deep

    def starts(self, at: int, run: Group) -> bool:
        """Whether a paragraph starts at this line rather than going on in it."""
        line, before = self.group[at], self.group[at - 1]
        if line.continues:
            return False
        if _underlines(line, [before, line]) and len(run) == 1:
            return False
        if _UNDERLINE.match(before.text):
            return True
        if not self.wrap.width or max(len(line.text), len(before.text)) > WRAP_LIMIT:
            return True
        if _starts_item(line, before, run[0]) or self._indentation_starts(at, run):
            return True
        if self.by_line:
            return self.wrap.hard(before, line)
        return self.wrap.short(before, line)

    def _indentation_starts(self, at: int, run: Group) -> bool:
        line, before = self.group[at], self.group[at - 1]
        deep, was_deep = self.deep[at], self.deep[at - 1]
        if self.hanging and not _MARKED.match(run[0].text):
            return not deep and was_deep and _all_hang(self.group, self.base)
        if self.first_indented:
            return deep and (not was_deep or self.wrap.hard(before, line))
        if _MARKED.match(run[0].text):
            return line.indent < run[0].indent
        follows = at + 1 < len(self.group) and self.deep[at + 1]
        if deep and not was_deep:
            return follows or self.wrap.short(before, line)
        return was_deep and not deep and len(run) > 1 and run[-2].indent == before.indent


def _all_hang(group: Group, base: int) -> bool:
    """Whether each line at the margin has lines below it that hang from it."""
    return sum(line.indent == base for line in group) <= 0.5 * len(group)


def _starts_item(line: Line, before: Line, first: Line) -> bool:
    """Whether a wrapped line opens an item of a list, and not merely with a number or a dash."""
    if not _MARKED.match(line.text):
        return False
    if re.match(r"[•◦▪‣●○■⁃]", line.text):
        return True
    if _MARKED.match(first.text):
        # An item's own lines hang from its marker; a number among them is the sentence's.
        return (
            line.indent <= first.indent
            or line.indent != before.indent
            or (before.text.endswith((".", ":", ";", "!", "?", ",")))
        )
    ends = ":" if re.match(r"[-*–—]", line.text) else ".:;!?"
    return before.text.endswith(tuple(ends))


def _quoted(found: list[Paragraph], first_lines: bool) -> list[Paragraph]:
    """The paragraphs, those marked as quoted that are set in whole where the others are not.

    A first line's indentation moves one line only: it takes two lines to show a quotation, and
    two of one paragraph where a text sets its `first_lines` in.
    """
    widths: Counter[int] = Counter()
    for paragraph in found:
        widths[paragraph.indent] += len(paragraph.text)
    if not widths:
        return found
    base, share = widths.most_common(1)[0]
    if share < 0.5 * sum(widths.values()):
        return found
    deep = [p.indent - base >= _INDENTED and not _MARKED.match(p.text) for p in found]
    made: list[Paragraph] = []
    for start, stop in _stretches(found, deep):
        part = found[start:stop]
        rows = max(p.rows for p in part) if first_lines else sum(p.rows for p in part)
        after = bool(made) and made[-1].quoted > 0 and made[-1].indent == part[0].indent
        if deep[start] and not part[0].quoted and (rows > 1 or (after and not first_lines)):
            part = [replace(paragraph, quoted=1) for paragraph in part]
        made += part
    return made


def _stretches(found: list[Paragraph], deep: list[bool]) -> list[tuple[int, int]]:
    """The stretches without a blank line in which all paragraphs are set in, or none."""
    cuts = [0]
    for at in range(1, len(found)):
        if not found[at - 1].joined or deep[at] != deep[at - 1]:
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], len(found)], strict=True))
