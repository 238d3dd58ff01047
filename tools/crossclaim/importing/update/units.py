"""An essay's file as units that can be kept, changed, moved or left out, and put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crossclaim.content.essay import split
from crossclaim.content.essay_edit import readable
from crossclaim.content.markdown import (
    HeadingBlock,
    Leaf,
    ParagraphBlock,
    VerbatimBlock,
    leaves,
    parse_blocks,
    plain_words,
)
from crossclaim.content.tag_line import Attributes
from crossclaim.importing.compose import block_text, inline_text
from crossclaim.importing.document import Block, Kind


@dataclass(eq=False, slots=True)
class Unit:
    """A passage, a heading or other lines of the file; `number` is its place there, from 0.

    `number` is -1 for one that is new. `lines` hold the tag line too; `text` is Markdown without
    markers, `words` are its words. `attributes` is None for what is no passage, or has a tag line
    nobody can read. `opening` and `margin` stand before its first line and a line under its last;
    `quoted` counts the quotations it stands in, and `note` is the label of the footnote it defines.
    """

    number: int
    lines: list[str]
    text: str
    heading: bool = False
    attributes: Attributes | None = None
    news: list[int] = field(default_factory=list)  # which paragraphs of the new original it is
    opening: str = ""
    margin: str = ""
    quoted: int = 0
    note: str = ""

    @property
    def words(self) -> str:
        """The unit's words, without marks."""
        return plain_words(self.text)

    @property
    def one_line(self) -> str:
        """The text with the file's own line ends as spaces; the author's breaks stay."""
        return re.sub(r"(?<!  )[ \t]*\n", " ", self.text)


@dataclass(frozen=True, slots=True)
class Cut:
    """A file cut into units; the lines above the first, between them, and below the last."""

    above: tuple[str, ...]
    units: tuple[Unit, ...]
    between: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]


def cut(text: str) -> Cut:
    """An essay's text, with line feeds only, as units."""
    lines = text.split("\n")
    placed = list(leaves(parse_blocks(split(text).body).blocks))
    spans = [_span(leaf) for leaf, _ in placed]
    units = [
        _unit(number, leaf, quoted, lines[slice(*span)])
        for number, ((leaf, quoted), span) in enumerate(zip(placed, spans, strict=True))
    ]
    first, last = (spans[0][0], spans[-1][1]) if spans else (len(lines) - 1, len(lines) - 1)
    between = [tuple(lines[one[1] : other[0]]) for one, other in pairwise(spans)]
    return Cut(tuple(lines[:first]), tuple(units), tuple(between), tuple(lines[last:]))


def joined(file: Cut, units: Sequence[Unit]) -> str:
    """The file's text with these units; where two were neighbours before, nothing changes."""
    lines = list(file.above)
    before: Unit | None = None
    for unit in units:
        if before is None:
            lines += [""] * bool(lines and lines[-1])
        elif before.number >= 0 and unit.number == before.number + 1:
            lines += file.between[before.number]
        else:
            lines.append(("> " * min(before.quoted, unit.quoted)).rstrip())
        lines += unit.lines
        before = unit
    return "\n".join([*lines, *file.below])


def composed(block: Block, attributes: Attributes, news: int) -> Unit:
    """A unit for a paragraph of the new original."""
    heading = block.kind is Kind.HEADING
    lines = block_text(block, *attributes.lines).split("\n")
    text = inline_text(block.runs)
    opening = lines[0].removesuffix(text.split("\n")[0])
    return Unit(
        -1,
        lines,
        text,
        heading,
        None if heading else attributes,
        [news],
        opening,
        _margin(opening),
        block.quoted,
    )


def reshape(unit: Unit, fresh: Unit) -> None:
    """Give a unit the lines of a fresh one, which is another kind of block, or a deeper one."""
    unit.lines, unit.opening, unit.margin = fresh.lines, fresh.opening, fresh.margin
    unit.quoted = fresh.quoted


def _margin(opening: str) -> str:
    """What stands before a paragraph's further lines: items' marks become blanks."""
    return re.sub(r"[^>\s]", " ", opening)


def rewritten(unit: Unit, text: str, attributes: Attributes | None) -> None:
    """Give a unit another text and other attributes, where it stands."""
    body = text.split("\n")
    lines = [unit.opening + body[0], *(unit.margin + line for line in body[1:])]
    if attributes is not None:
        lines += [unit.margin + line for line in attributes.lines]
    unit.lines, unit.text, unit.attributes = lines, text, attributes


def _span(leaf: Leaf) -> tuple[int, int]:
    """Where a leaf's lines begin and end in the file, from 0."""
    return leaf.first - 1, leaf.end if isinstance(leaf, ParagraphBlock) else leaf.last


def _unit(number: int, leaf: Leaf, quoted: int, lines: list[str]) -> Unit:
    match leaf:
        case HeadingBlock():
            return Unit(
                number,
                lines,
                leaf.text,
                heading=True,
                opening="#" * leaf.level + " ",
                quoted=quoted,
            )
        case ParagraphBlock():
            return Unit(
                number,
                lines,
                leaf.text,
                attributes=readable(leaf),
                opening=leaf.opening,
                margin=_margin(leaf.opening),
                quoted=quoted,
            )
        case VerbatimBlock():
            return Unit(number, lines, "\n".join(lines), quoted=quoted, note=leaf.note)
    return Unit(number, lines, "\n".join(lines), quoted=quoted)
