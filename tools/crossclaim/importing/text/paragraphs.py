"""Paragraphs of a plain text: where one ends, and which lines are one line hard-wrapped."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

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


def text_paragraphs(text: str) -> tuple[tuple[Paragraph, ...], tuple[LeftOut, ...]]:
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
            underlined = _is_underline(part[-1], part)
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
    return tuple(_with_quotations(paragraphs, first_lines > 1)), tuple(left_out)


def _groups(lines: Sequence[TextLine]) -> list[tuple[int, LineGroup]]:
    """Lines with no blank line between as groups, each with the count of blank lines above it."""
    groups: list[tuple[int, LineGroup]] = []
    above, last = 0, None
    for line in lines:
        if line.blank:
            above, last = above + 1, None
        elif last is not None and last.quoted == line.quoted:
            groups[-1][1].append(line)
            last = line
        else:
            groups.append((above, [line]))
            above, last = 0, line
    return groups


def _is_underline(line: TextLine, part: LineGroup) -> bool:
    """Whether this line is a rule right below a heading of about its length."""
    if len(part) != 2 or line is not part[1] or not _UNDERLINE.match(line.text):
        return False
    above = len(part[0].text)
    return above < _MAX_HEADING and above * 0.6 <= len(line.text) <= above * 1.5 + 3


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
        pairs = list(itertools.pairwise(group))
        hard = sum(wrap.is_hard_break(line, following) for line, following in pairs)
        self.by_line = bool(wrap.width) and bool(pairs) and hard >= 0.6 * len(pairs)
        self.base = min(line.indent for line in group)
        deep = [line.indent - self.base >= _INDENTED for line in group]
        self.hanging = len(group) > 2 and not deep[0] and sum(deep) >= 0.5 * len(group)
        opening = sum(a and not b for a, b in itertools.pairwise(deep))
        self.first_indented = not self.hanging and opening > 1 and sum(deep) < 0.6 * len(group)
        self.deep = deep

    def starts_paragraph(self, index: int, current: LineGroup) -> bool:
        """Whether a paragraph starts at this line rather than going on in the current one."""
        line, before = self.group[index], self.group[index - 1]
        if line.continues:
            return False
        if _is_underline(line, [before, line]) and len(current) == 1:
            return False
        if _UNDERLINE.match(before.text):
            return True
        if not self.wrap.width or max(len(line.text), len(before.text)) > WRAP_LIMIT:
            return True
        if _starts_item(line, before, current[0]) or self._starts_by_indent(index, current):
            return True
        if self.by_line:
            return self.wrap.is_hard_break(before, line)
        return self.wrap.ends_paragraph(before, line)

    def _starts_by_indent(self, index: int, current: LineGroup) -> bool:
        line, before = self.group[index], self.group[index - 1]
        deep, was_deep = self.deep[index], self.deep[index - 1]
        in_item = _ITEM_MARK.match(current[0].text)
        if self.hanging and not in_item:
            return not deep and was_deep and _all_hang(self.group, self.base)
        if self.first_indented:
            return deep and (not was_deep or self.wrap.is_hard_break(before, line))
        if in_item:
            return line.indent < current[0].indent
        if deep and not was_deep:
            stays_deep = index + 1 < len(self.group) and self.deep[index + 1]
            return stays_deep or self.wrap.ends_paragraph(before, line)
        return was_deep and not deep and len(current) > 1 and current[-2].indent == before.indent


def _all_hang(group: LineGroup, base: int) -> bool:
    """Whether each line at the margin has lines below it that hang from it."""
    return sum(line.indent == base for line in group) <= 0.5 * len(group)


def _starts_item(line: TextLine, before: TextLine, first: TextLine) -> bool:
    """Whether a wrapped line opens an item of a list, and not merely with a number or a dash."""
    if not _ITEM_MARK.match(line.text):
        return False
    if re.match(r"[•◦▪‣●○■⁃]", line.text):
        return True
    if _ITEM_MARK.match(first.text):
        # An item's own lines hang from its marker; a number among them is the sentence's.
        return (
            line.indent <= first.indent
            or line.indent != before.indent
            or ends_sentence(before.text, also=":;,")
        )
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
    if not widths:
        return paragraphs
    base, share = widths.most_common(1)[0]
    if share < 0.5 * sum(widths.values()):
        return paragraphs
    deep = [p.indent - base >= _INDENTED and not _ITEM_MARK.match(p.text) for p in paragraphs]
    marked: list[Paragraph] = []
    for start, stop in _stretches(paragraphs, deep):
        part = paragraphs[start:stop]
        rows = max(p.rows for p in part) if first_lines else sum(p.rows for p in part)
        after = bool(marked) and marked[-1].quoted > 0 and marked[-1].indent == part[0].indent
        if deep[start] and not part[0].quoted and (rows > 1 or (after and not first_lines)):
            part = [replace(paragraph, quoted=1) for paragraph in part]
        marked += part
    return marked


def _stretches(paragraphs: list[Paragraph], deep: list[bool]) -> list[tuple[int, int]]:
    """The stretches without a blank line in which all paragraphs are set in, or none."""
    cuts = [0]
    for index in range(1, len(paragraphs)):
        if not paragraphs[index - 1].joined or deep[index] != deep[index - 1]:
            cuts.append(index)
    return list(zip(cuts, [*cuts[1:], len(paragraphs)], strict=True))
