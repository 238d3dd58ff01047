"""Paragraphs of a plain text: where one ends, and which lines are one line hard-wrapped."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crossclaim.importing.document import LeftOut, Paragraph
from crossclaim.importing.text.lines import TextLine, numbered_lines, without_pagination
from crossclaim.importing.text.wrapping import (
    WRAP_LIMIT,
    Dehyphenator,
    HardWrap,
    LineGroup,
    single_spaced,
)
from crossclaim.language.sentences import ends_sentence

_ITEM_MARK = re.compile(
    r"(?:[•◦▪‣·●○■⁃*\-–—]|\d{1,3}[.)]|\(\d{1,2}\)|\(?[a-z]\)|o(?=\s+[A-Z]))\s+\S|[•◦▪‣●]\S"
)
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,})\Z")
_INDENTED = 2  # columns
_MAX_HEADING = 80  # characters


def text_paragraphs(text: str) -> tuple[list[Paragraph], list[LeftOut]]:
    """The paragraphs of a plain text, and the page numbers and running heads among them.

    Hard-wrapped lines are joined; where lines are not wrapped, each is a paragraph. Nothing is
    lost but white space and the hyphens of words that were broken at a line's end.
    """
    lines, left_out = without_pagination(numbered_lines(text))
    groups = _groups(single_spaced(lines))
    wrap = HardWrap([group for _, group in groups])
    dehyphenator = Dehyphenator(text)
    paragraphs: list[Paragraph] = []
    first_lines = 0
    for above, group in groups:
        parts = _parted(group, wrap)
        for index, part in enumerate(parts):
            first_lines += len(part) > 1 and part[0].indent - part[1].indent >= _INDENTED
            underlined = len(part) == 2 and _is_underline(part[1], part[0])
            paragraphs.append(
                Paragraph(
                    part[0].number,
                    dehyphenator.join([line.text for line in (part[:1] if underlined else part)]),
                    joined=index + 1 < len(parts),
                    above=0 if index else above,
                    rows=len(part),
                    indent=min(line.indent for line in part),
                    quoted=part[0].quoted,
                    underline=part[1].text[0] if underlined else "",
                )
            )
    return _with_quotations(paragraphs, first_lines > 1), left_out


def _groups(lines: Sequence[TextLine]) -> list[tuple[int, LineGroup]]:
    """Lines with no blank line between as groups, each with the count of blank lines above it."""
    groups: list[tuple[int, LineGroup]] = []
    above = 0
    for index, line in enumerate(lines):
        if line.blank:
            above += 1
        elif groups and not lines[index - 1].blank and lines[index - 1].quoted == line.quoted:
            groups[-1][1].append(line)
        else:
            groups.append((above, [line]))
            above = 0
    return groups


def _is_underline(line: TextLine, above: TextLine) -> bool:
    """Whether this line is a rule right below a heading of about its length."""
    length = len(above.text)
    about = length * 0.6 <= len(line.text) <= length * 1.5 + 3
    return bool(_UNDERLINE.match(line.text)) and length < _MAX_HEADING and about


def _parted(group: LineGroup, wrap: HardWrap) -> list[LineGroup]:
    """A group's lines by paragraphs."""
    style = _ParagraphStyle(group, wrap)
    parts: list[LineGroup] = []
    for index, line in enumerate(group):
        if parts and not style.starts_paragraph(index, parts[-1]):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


class _ParagraphStyle:
    """How paragraphs follow each other inside a group: by line, by indentation, or by short lines.

    `by_line` says that each line is a paragraph, `hanging` that all lines but a paragraph's first
    are set in, `first_indented` that its first is.
    """

    def __init__(self, group: LineGroup, wrap: HardWrap) -> None:
        self.group, self.wrap = group, wrap
        hard = sum(wrap.is_hard_break(line, following) for line, following in pairwise(group))
        self.by_line = bool(wrap.width) and hard >= 0.6 * (len(group) - 1) > 0
        base = min(line.indent for line in group)
        self.deep = [line.indent - base >= _INDENTED for line in group]
        share = sum(self.deep) / len(group)
        self.hanging = len(group) > 2 and not self.deep[0] and share >= 0.5
        opening = sum(deep and not after for deep, after in pairwise(self.deep))
        self.first_indented = not self.hanging and opening > 1 and share < 0.6

    def starts_paragraph(self, index: int, current: LineGroup) -> bool:
        """Whether a paragraph starts at this line rather than going on in the current one."""
        line, before = self.group[index], self.group[index - 1]
        if line.continues or (_is_underline(line, before) and len(current) == 1):
            return False
        if _UNDERLINE.match(before.text) or not self.wrap.width:
            return True
        if max(len(line.text), len(before.text)) > WRAP_LIMIT or _starts_item(
            line, before, current
        ):
            return True
        if self._starts_by_indent(index, current):
            return True
        breaks = self.wrap.is_hard_break if self.by_line else self.wrap.ends_paragraph
        return breaks(before, line)

    def _starts_by_indent(self, index: int, current: LineGroup) -> bool:
        line, before = self.group[index], self.group[index - 1]
        deep, was_deep = self.deep[index], self.deep[index - 1]
        in_item = _ITEM_MARK.match(current[0].text)
        if self.hanging and not in_item:
            return not deep and was_deep
        if self.first_indented:
            return deep and (not was_deep or self.wrap.is_hard_break(before, line))
        if in_item:
            return line.indent < current[0].indent
        if deep and not was_deep:
            return self.wrap.ends_paragraph(before, line)
        return was_deep and not deep


def _starts_item(line: TextLine, before: TextLine, current: LineGroup) -> bool:
    """Whether a wrapped line opens an item of a list, and not merely with a number or a dash."""
    first = current[0]
    if not _ITEM_MARK.match(line.text) or re.match(r"[•◦▪‣●○■⁃]", line.text):
        return bool(_ITEM_MARK.match(line.text))
    if _ITEM_MARK.match(first.text):
        # An item's own lines hang from its marker; a number among them is the sentence's.
        hangs = line.indent > first.indent and line.indent == before.indent
        return not hangs or ends_sentence(before.text, also=":;,")
    if re.match(r"[-*–—]", line.text):
        return before.text.endswith(":")
    return ends_sentence(before.text, also=":;")


def _with_quotations(paragraphs: list[Paragraph], first_lines: bool) -> list[Paragraph]:
    """The paragraphs, those marked as quoted that are set in whole where the others are not.

    A first line's indentation moves one line only: it takes two lines to show a quotation, and
    two of one paragraph where a text sets its `first_lines` in.
    """
    widths: Counter[int] = Counter()
    for paragraph in paragraphs:
        widths[paragraph.indent] += len(paragraph.text)
    base, share = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    if share < 0.5 * widths.total():
        return paragraphs
    deep = [p.indent - base >= _INDENTED and not _ITEM_MARK.match(p.text) for p in paragraphs]
    marked: list[Paragraph] = []
    for start, stop in _stretches(paragraphs, deep):
        part = paragraphs[start:stop]
        rows = max(p.rows for p in part) if first_lines else sum(p.rows for p in part)
        if deep[start] and not part[0].quoted and rows > 1:
            part = [replace(paragraph, quoted=1) for paragraph in part]
        marked += part
    return marked


def _stretches(paragraphs: list[Paragraph], deep: list[bool]) -> list[tuple[int, int]]:
    """The stretches without a blank line in which all paragraphs are set in, or none."""
    cuts = [
        index for index in range(1, len(paragraphs))
        if not paragraphs[index - 1].joined or deep[index] != deep[index - 1]
    ]  # fmt: skip
    return list(pairwise([0, *cuts, len(paragraphs)])) if paragraphs else []
