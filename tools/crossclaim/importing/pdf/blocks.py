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

_BULLET = re.compile(r"(?P<sign>[•◦▪‣·●○■–*-])\s+(?=\S*\w|\W*\s\w)")
_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?=\S)")
_LARGER = 1.1  # of the body's size
_HEADING_WORDS = 25
_GAP = 1.3  # of the usual distance of baselines


@dataclass(frozen=True, slots=True)
class PdfBlock:
    """A block and where it began: its page, its type's size, its lines."""

    block: Block
    page: int
    size: float
    lines: tuple[PdfLine, ...]


def pdf_blocks(lines: Sequence[PdfLine], layout: BodyLayout) -> list[PdfBlock]:
    """Lines to blocks in order; a paragraph that goes on over the page's end is one."""
    dehyphenator = Dehyphenator("\n".join(line.text for line in lines))
    blocks = [_block(group, layout, dehyphenator) for group in _groups(lines, layout)]
    blocks = _with_verse(_without_lone_items(blocks), layout)
    return _with_item_levels(_with_heading_levels(blocks), layout)


def _groups(lines: Sequence[PdfLine], layout: BodyLayout) -> list[list[PdfLine]]:
    """Lines by paragraphs."""
    groups: list[list[PdfLine]] = []
    for line in lines:
        if groups and not _starts_paragraph(line, groups[-1], layout):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _starts_paragraph(line: PdfLine, group: list[PdfLine], layout: BodyLayout) -> bool:
    """Whether a paragraph starts at this line rather than going on in it."""
    before = group[-1]
    return (
        abs(line.size - before.size) > 0.6
        or (line.bold != before.bold and len(line.text) > 3)
        or _is_apart(line, before, layout)
        or _is_ended(before, line, layout)
        or (_is_marked(line) and _indent(line, layout) > 0.5 * layout.size)
        or _starts_by_indent(line, group, layout)
    )


def _is_apart(line: PdfLine, before: PdfLine, layout: BodyLayout) -> bool:
    """Whether space above a line, or larger type on a new page, parts it from the one before."""
    if line.page != before.page:
        return line.size > _LARGER * layout.size
    gap = line.baseline - before.baseline
    return gap > _GAP * max(layout.leading * line.size / layout.size, 1) + 0.5 or gap <= 0


def _is_marked(line: PdfLine) -> bool:
    text = line.text.strip()
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def _starts_by_indent(line: PdfLine, group: list[PdfLine], layout: BodyLayout) -> bool:
    """Whether a line is a paragraph's first that is set in, or the first below a quotation."""
    indent, before = _indent(line, layout), _indent(group[-1], layout)
    if not _is_marked(group[0]):
        inner = indent if len(group) == 1 else _indent(group[1], layout)
        if indent > min(inner, before) + 0.7 * layout.size:
            return True
    return len(group) > 1 and indent < before - 0.7 * layout.size


def _indent(line: PdfLine, layout: BodyLayout) -> float:
    return line.x0 - layout.left.get(line.page, line.x0)


def _is_ended(before: PdfLine, line: PdfLine, layout: BodyLayout) -> bool:
    """Whether somebody ended a line: the next word would have had room on it."""
    right = layout.right.get(before.page, before.x1)
    width = right - layout.left.get(before.page, 0)
    room = right - before.x1 - 0.3 * before.size
    slack = 0.5 if layout.justified else 0.03 * width
    if room - slack <= line.first:
        return False
    return _ends_sentence(before.text) or room > 0.4 * width or not line.text.strip()[:1].islower()


def _ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, the raised number of a footnote aside."""
    return ends_sentence(text.rstrip().rstrip("0123456789"), also=":")


def _block(group: list[PdfLine], layout: BodyLayout, dehyphenator: Dehyphenator) -> PdfBlock:
    first, text = group[0], group[0].text.strip()
    kind, marker, quoted = Kind.PARAGRAPH, "", 0
    bold = all(line.bold for line in group) and not text.endswith((".", ",", ";", ":"))
    count = len(words(" ".join(line.text for line in group)))
    if 0 < count <= _HEADING_WORDS and (first.size > _LARGER * layout.size or bold):
        kind = Kind.HEADING
    elif bullet := _BULLET.match(text):
        kind, marker = Kind.BULLET, bullet["sign"]
        group = [_without_opening(first, bullet.end()), *group[1:]]
    elif number := _NUMBER.match(text):
        kind, marker = Kind.NUMBERED, f"{number['number']}."
        group = [_without_opening(first, number.end()), *group[1:]]
    elif len(group) > 1:
        indent = min(_indent(line, layout) for line in group)
        last = _indent(group[-1], layout)
        quoted = int(indent > 0.9 * layout.size and abs(last - indent) < 2)
    block = Block(kind, _runs(group, dehyphenator), marker, quoted=quoted)
    return PdfBlock(block, first.page, first.size, tuple(group))


def _without_opening(line: PdfLine, count: int) -> PdfLine:
    """The line without the characters it opens with; white space before them goes too."""
    spans = []
    count += len(line.text) - len(line.text.lstrip())
    for span in line.spans:
        cut = min(count, len(span.text))
        count -= cut
        spans.append(replace(span, text=span.text[cut:]))
    return replace(line, spans=tuple(span for span in spans if span.text))


def _runs(group: Sequence[PdfLine], dehyphenator: Dehyphenator) -> tuple[Run, ...]:
    """Lines as runs: broken words joined, emphasis where it marks a part and not the whole.

    Superscripts keep a style of their own until the footnotes are linked.
    """
    styled: list[tuple[str, str]] = []  # characters, each with its style
    for index, line in enumerate(group):
        for span in line.spans:
            styled += [(char, span.style) for char in span.text]
        while styled and styled[-1][0].isspace():
            styled.pop()
        if index + 1 < len(group):
            _join_lines(styled, group[index + 1].text, dehyphenator)
    styles = {style for char, style in styled if not char.isspace() and style != SUPERSCRIPT}
    alike = len(styles) == 1
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
            quoted = min(_indent(line, layout) for line in lines) > 0.9 * layout.size
            block = Block(Kind.PARAGRAPH, _merged(runs), quoted=int(quoted))
            verse = [replace(verse[0], block=block, lines=lines)]
        joined += verse
    return joined


def _is_next_line(one: PdfBlock, other: PdfBlock, layout: BodyLayout) -> bool:
    """Whether two blocks are single lines of one size, right below each other."""
    if any(len(e.lines) > 1 or e.block.kind is not Kind.PARAGRAPH for e in (one, other)):
        return False
    gap = other.lines[0].baseline - one.lines[0].baseline
    alike = one.page == other.page and abs(one.size - other.size) < 0.6
    return alike and 0 < gap <= _GAP * layout.leading * one.size / layout.size + 0.5


def _with_heading_levels(blocks: list[PdfBlock]) -> list[PdfBlock]:
    """Headings with levels by their size, from 2; bold ones of the body's size are the lowest."""
    sizes = sorted({round(e.size) for e in blocks if e.block.kind is Kind.HEADING}, reverse=True)
    return [
        replace(each, block=replace(each.block, level=min(2 + sizes.index(round(each.size)), 6)))
        if each.block.kind is Kind.HEADING
        else each
        for each in blocks
    ]


def _with_item_levels(blocks: list[PdfBlock], layout: BodyLayout) -> list[PdfBlock]:
    """List items with their depth, told by how far they are set in."""
    leveled: list[PdfBlock] = []
    indents: list[float] = []
    for each in blocks:
        if each.block.kind not in (Kind.BULLET, Kind.NUMBERED):
            indents = []
            leveled.append(each)
            continue
        indent = _indent(each.lines[0], layout)
        while indents and indents[-1] > indent - 3:
            indents.pop()
        indents.append(indent)
        leveled.append(replace(each, block=replace(each.block, level=len(indents))))
    return leveled
