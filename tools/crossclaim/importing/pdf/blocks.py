"""Blocks of a PDF: its body's lines as paragraphs, headings, list items, quotations and verse."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from crossclaim.importing.document import Block, Kind, Run
from crossclaim.importing.pdf.layout import BodyLayout
from crossclaim.importing.pdf.lines import SUPERSCRIPT, PdfLine
from crossclaim.importing.text.wrapping import Dehyphenator
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_MARKER = re.compile(
    r"(?:(?P<bullet>[•◦▪‣·●○■–*-])\s+(?=\S*\w|\W*\s\w)|(?P<number>\d{1,3})[.)]\s+(?=\S))"
)
_LARGER = 1.1  # of the body's size
_HEADING_WORDS = 25
_GAP = 1.3  # of the usual distance of baselines


@dataclass(frozen=True, slots=True)
class PdfBlock:
    """A block and the lines it was made of."""

    block: Block
    lines: tuple[PdfLine, ...]

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """Its type's size."""
        return self.lines[0].size


def pdf_blocks(lines: Sequence[PdfLine], layout: BodyLayout) -> list[PdfBlock]:
    """Lines to blocks in order; a paragraph that goes on over the page's end is one."""
    dehyphenator = Dehyphenator("\n".join(line.text for line in lines))
    groups: list[list[PdfLine]] = []
    for line in lines:
        if groups and not _starts_paragraph(line, groups[-1], layout):
            groups[-1].append(line)
        else:
            groups.append([line])
    blocks = _without_lone_items([_block(group, layout, dehyphenator) for group in groups])
    return _with_levels(_with_verse(blocks, layout), layout)


def _starts_paragraph(line: PdfLine, group: list[PdfLine], layout: BodyLayout) -> bool:
    """Whether a paragraph starts at this line rather than going on in it."""
    before = group[-1]
    if line.in_table or before.in_table:
        return not (line.in_table and before.in_table and line.frame == before.frame)
    is_item = _MARKER.match(line.text.strip()) and layout.indent(line) > 0.5 * layout.size
    return bool(
        abs(line.size - before.size) > 0.6
        or (line.bold != before.bold and len(line.text) > 3)
        or _is_apart(line, before, layout)
        or _is_ended(before, line, layout)
        or is_item
        or _starts_by_indent(line, group, layout)
    )


def _is_apart(line: PdfLine, before: PdfLine, layout: BodyLayout) -> bool:
    """Whether space above a line, or larger type in a new column, parts it from the one before."""
    if line.frame != before.frame:
        return line.size > _LARGER * layout.size
    gap = line.baseline - before.baseline
    return gap > _GAP * max(layout.leading * line.size / layout.size, 1) + 0.5 or gap <= 0


def _starts_by_indent(line: PdfLine, group: list[PdfLine], layout: BodyLayout) -> bool:
    """Whether a line is a paragraph's first that is set in, or the first below a quotation."""
    indent, before = layout.indent(line), layout.indent(group[-1])
    inner = indent if len(group) == 1 else layout.indent(group[1])
    is_set_in = indent > min(inner, before) + 0.7 * layout.size
    is_below = len(group) > 1 and indent < before - 0.7 * layout.size
    return is_below or (is_set_in and not _MARKER.match(group[0].text.strip()))


def _is_ended(before: PdfLine, line: PdfLine, layout: BodyLayout) -> bool:
    """Whether somebody ended a line: the next word would have had room on it."""
    right = layout.right.get(before.frame, before.x1)
    width = right - layout.left.get(before.frame, 0)
    room = right - before.x1 - 0.3 * before.size
    if room - (0.5 if layout.justified else 0.03 * width) <= line.first:
        return False
    return _ends_sentence(before.text) or room > 0.4 * width or not line.text.strip()[:1].islower()


def _ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, the raised number of a footnote aside."""
    return ends_sentence(text.rstrip().rstrip("0123456789"), also=":")


def _block(group: list[PdfLine], layout: BodyLayout, dehyphenator: Dehyphenator) -> PdfBlock:
    """The block of some lines; an item's marker is a bullet's sign, or a number with a stop."""
    first, text = group[0], group[0].text.strip()
    kind, marker, quoted, body = Kind.PARAGRAPH, "", 0, group
    bold = all(line.bold for line in group) and not text.endswith((".", ",", ";", ":"))
    indents = [layout.indent(line) for line in group]
    if first.in_table:
        rows = [run for line in group for run in (Run("\n"), *joined_runs([line]))][1:]
        return PdfBlock(Block(kind, _merged(rows)), tuple(group))
    if (bold or first.size > _LARGER * layout.size) and (
        0 < sum(len(words(line.text)) for line in group) <= _HEADING_WORDS
    ):
        kind = Kind.HEADING
    elif match := _MARKER.match(text):
        kind = Kind.BULLET if match["bullet"] else Kind.NUMBERED
        marker = match["bullet"] or f"{match['number']}."
        body = [without_opening(first, match.end()), *group[1:]]
    elif len(group) > 1 and min(indents) > 0.9 * layout.size:
        quoted = int(abs(indents[-1] - min(indents)) < 2)
    runs = joined_runs(body, dehyphenator)
    return PdfBlock(Block(kind, runs, marker, quoted=quoted), tuple(group))


def without_opening(line: PdfLine, count: int) -> PdfLine:
    """The line without the characters it opens with; white space before them goes too."""
    runs = []
    count += len(line.text) - len(line.text.lstrip())
    for run in line.runs:
        runs.append(replace(run, text=run.text[count:]))
        count = max(count - len(run.text), 0)
    return replace(line, runs=tuple(run for run in runs if run.text))


def joined_runs(
    group: Sequence[PdfLine], dehyphenator: Dehyphenator | None = None
) -> tuple[Run, ...]:
    """The runs of lines: broken words joined, emphasis where it marks a part and not the whole.

    Superscripts keep a style of their own until the footnotes are linked.
    """
    dehyphenator = dehyphenator or Dehyphenator("\n".join(line.text for line in group))
    styled: list[tuple[str, str]] = []  # characters, each with its style
    for index, line in enumerate(group):
        styled += [(char, run.emphasis) for run in line.runs for char in run.text]
        while styled and styled[-1][0].isspace():
            styled.pop()
        if index + 1 < len(group):
            _join_lines(styled, group[index + 1].text, dehyphenator)
    alike = len({style for char, style in styled if char.strip() and style != SUPERSCRIPT}) == 1
    runs = []
    for style, part in groupby(styled, key=lambda pair: pair[1]):
        text = re.sub(r"[^\S\xa0]+", " ", "".join(char for char, _ in part))
        runs.append(Run(text, "" if alike and style != SUPERSCRIPT else style))
    return _merged(runs)


def _join_lines(styled: list[tuple[str, str]], following: str, dehyphenator: Dehyphenator) -> None:
    """Put a space where a line ends, or take its hyphen away where it broke a word."""
    text = "".join(char for char, _ in styled[-60:])
    head = re.search(r"([^\W\d_]+)([-\u2010\xad])\Z", text)
    tail = re.match(r"\s*([^\W\d_]+)", following)
    if not head or not tail:
        style = styled[-1][1] if styled else ""
        styled.append((" ", "" if style == SUPERSCRIPT else style))
    elif head[2] in "\u2010\xad" or dehyphenator.join([head[0], tail[1]]) == head[1] + tail[1]:
        styled.pop()


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs with blank ones given to their neighbours."""
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].emphasis == run.emphasis or not run.text.strip()):
            merged[-1] = replace(merged[-1], text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def _without_lone_items(blocks: list[PdfBlock]) -> list[PdfBlock]:
    """The blocks; one whose number or dash stands alone is no item and keeps its sign."""
    kinds = [each.block.kind for each in blocks]
    kept = []
    for index, each in enumerate(blocks):
        block = each.block
        near = kinds[max(index - 2, 0) : index] + kinds[index + 1 : index + 3]
        doubtful = block.kind is Kind.NUMBERED or block.marker in ("–", "*", "-")
        if block.marker and doubtful and block.kind not in near:
            runs = (Run(f"{block.marker} "), *block.runs)
            block = replace(block, kind=Kind.PARAGRAPH, marker="", runs=runs)
        elif block.kind is Kind.BULLET:
            block = replace(block, marker="")
        kept.append(replace(each, block=block))
    return kept


def _with_verse(blocks: list[PdfBlock], layout: BodyLayout) -> list[PdfBlock]:
    """Lines that somebody ended, one below the other and hardly a sentence each, as one block."""
    verses: list[list[PdfBlock]] = []
    for each in blocks:
        if verses and _is_next_line(verses[-1][-1], each, layout):
            verses[-1].append(each)
        else:
            verses.append([each])
    joined: list[PdfBlock] = []
    for verse in verses:
        cut = sum(not _ends_sentence(each.block.text) for each in verse[:-1])
        if len(verse) > 1 and cut * 2 >= len(verse) - 1:
            runs = [run for each in verse for run in (Run("\n"), *each.block.runs)][1:]
            lines = tuple(line for each in verse for line in each.lines)
            quoted = int(min(map(layout.indent, lines)) > 0.9 * layout.size)
            verse = [PdfBlock(Block(Kind.PARAGRAPH, _merged(runs), quoted=quoted), lines)]
        joined += verse
    return joined


def _is_next_line(one: PdfBlock, other: PdfBlock, layout: BodyLayout) -> bool:
    """Whether two blocks are single lines of one size, right below each other."""
    if any(len(e.lines) > 1 or e.block.kind is not Kind.PARAGRAPH for e in (one, other)):
        return False
    gap = other.lines[0].baseline - one.lines[0].baseline
    alike = one.page == other.page and abs(one.size - other.size) < 0.6
    return alike and 0 < gap <= _GAP * layout.leading * one.size / layout.size + 0.5


def _with_levels(blocks: list[PdfBlock], layout: BodyLayout) -> list[PdfBlock]:
    """Headings with levels by their size, from 2; list items with how far they are set in."""
    sizes = sorted({round(e.size) for e in blocks if e.block.kind is Kind.HEADING}, reverse=True)
    leveled: list[PdfBlock] = []
    indents: list[float] = []
    for each in blocks:
        level = 0
        if each.block.kind in (Kind.BULLET, Kind.NUMBERED):
            indent = layout.indent(each.lines[0])
            indents = [*(outer for outer in indents if outer <= indent - 3), indent]
            level = len(indents)
        else:
            indents = []
            if each.block.kind is Kind.HEADING:
                level = min(2 + sizes.index(round(each.size)), 6)
        leveled.append(replace(each, block=replace(each.block, level=level)))
    return leveled
