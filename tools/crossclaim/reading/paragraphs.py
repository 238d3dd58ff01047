"""Plain text to paragraphs: where one ends, and which lines are one line hard-wrapped."""

import re
from dataclasses import dataclass
from statistics import median

_WRAP_LIMIT = 100  # longer lines than this are paragraphs of their own
_MARKED = re.compile(r"\s*(?:[•◦▪‣·*\-–—]|\d{1,3}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a plain text: its first line's number from 1, and its text on one line.

    `joined` says that the next paragraph follows without a blank line between.
    """

    line: int
    text: str
    joined: bool = False


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text, hard-wrapped lines joined.

    Where lines are not wrapped, each is a paragraph. Nothing is lost but white space at the ends
    of lines.
    """
    groups = _groups(text)
    width = _wrap_width(groups)
    found: list[Paragraph] = []
    for group in groups:
        runs = _unwrapped(group, width) if width else [[line] for line in group]
        for at, run in enumerate(runs):
            joined = " ".join(line.strip() for _, line in run)
            found.append(Paragraph(run[0][0], joined, joined=at + 1 < len(runs)))
    return tuple(found)


_Numbered = tuple[int, str]


def _groups(text: str) -> list[list[_Numbered]]:
    """Runs of lines with no blank line between, each line with its number."""
    groups: list[list[_Numbered]] = [[]]
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip():
            groups[-1].append((number, line))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _wrap_width(groups: list[list[_Numbered]]) -> int:
    """The width the text is wrapped to, or 0 where its lines are whole paragraphs.

    Wrapped text shows in its groups of three lines or more: none is long, and all but the last
    lines come near one width.
    """
    inner = [len(line) for group in groups if len(group) > 2 for _, line in group[:-1]]
    longest = max((len(line) for group in groups for _, line in group), default=0)
    if longest > _WRAP_LIMIT or len(inner) < 3:
        return 0
    near = [length for length in inner if length > 0.75 * longest]
    wrapped = len(near) >= 0.6 * len(inner)
    return int(median(near)) if wrapped else 0


def _unwrapped(group: list[_Numbered], width: int) -> list[list[_Numbered]]:
    """A group's lines as runs to be joined: a short line ends its run, a marker starts one."""
    runs: list[list[_Numbered]] = []
    open_run = False
    for number, line in group:
        if open_run and not _MARKED.match(line):
            runs[-1].append((number, line))
        else:
            runs.append([(number, line)])
        open_run = len(line) > 0.6 * width
    return runs
