"""Plain text to paragraphs: where one ends, and which lines are one line hard-wrapped."""

import re
from dataclasses import dataclass
from statistics import median

_WRAP_LIMIT = 100  # longer lines than this are paragraphs of their own
_LONG_SHARE = 0.05  # of all lines, or two, may be longer in a wrapped text: addresses mostly
_MARKED = re.compile(r"\s*(?:[•◦▪‣·●*\-–—]|\d{1,3}[.)])\s+\S")


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
            found.append(Paragraph(run[0][0], _joined(run), joined=at + 1 < len(runs)))
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

    Wrapped text shows in its groups of three lines or more: hardly a line is long, and all but the
    last lines of a group come near one width.
    """
    lengths = [len(line) for group in groups for _, line in group]
    usual = sorted(length for length in lengths if length <= _WRAP_LIMIT)
    if len(lengths) - len(usual) > max(2, _LONG_SHARE * len(lengths)):
        return 0
    inner = [
        len(line) for group in groups if len(group) > 2 for _, line in group[:-1]
        if len(line) <= _WRAP_LIMIT
    ]  # fmt: skip
    if len(inner) < 3:
        return 0
    near = [length for length in inner if length > 0.75 * usual[-1]]
    return int(median(near)) if len(near) >= 0.6 * len(inner) else 0


def _unwrapped(group: list[_Numbered], width: int) -> list[list[_Numbered]]:
    """A group's lines as runs to be joined: a short line ends its run, a marker may start one."""
    runs: list[list[_Numbered]] = []
    open_run = False
    for number, line in group:
        before = runs[-1][-1][1] if runs else ""
        if open_run and not _starts_item(line, before, runs[-1][0][1]) and len(line) <= _WRAP_LIMIT:
            runs[-1].append((number, line))
        else:
            runs.append([(number, line)])
        open_run = 0.6 * width < len(line) <= _WRAP_LIMIT
    return runs


def _starts_item(line: str, before: str, first: str) -> bool:
    """Whether a wrapped line opens an item of a list, and not merely with a number or a dash."""
    if not _MARKED.match(line):
        return False
    if re.match(r"\s*[•◦▪‣·●]", line) or _MARKED.match(first):
        return True
    ends = ":" if re.match(r"\s*[-*–—]", line) else ".:;!?"
    return before.rstrip().endswith(tuple(ends))


def _joined(run: list[_Numbered]) -> str:
    """A run's lines as one; a word broken at its hyphen keeps the hyphen and loses the break."""
    text = ""
    for _, line in run:
        part = line.strip()
        broken = re.search(r"[^\W\d_]-\Z", text) and re.match(r"[^\W\d_A-Z]", part)
        text += part if not text or broken else f" {part}"
    return text
