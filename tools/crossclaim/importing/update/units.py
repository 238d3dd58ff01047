"""An essay's file as units that can be kept, changed, moved or left out, and put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crossclaim.content import blocks
from crossclaim.content.essay import split
from crossclaim.content.essay_edit import margin, readable
from crossclaim.content.excerpt import plain
from crossclaim.content.tag_line import Attributes
from crossclaim.importing.compose import block_text, inline_text
from crossclaim.importing.document import Block, Kind

_FIRST = re.compile(r"[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}\.)[ \t]+|[ \t]+)*")
_NOTE = re.compile(r"\s*\[\^(?P<label>[^\]]+)\]:\s*")


@dataclass(eq=False, slots=True)
class Unit:
    """A passage, a heading or other lines of the file; `number` is its place there, from 0.

    `number` is -1 for one that is new. `lines` hold the tag line too; `text` is Markdown without
    markers. `attributes` is None for what is no passage, or has a tag line nobody can read.
    """

    number: int
    lines: list[str]
    text: str
    heading: bool = False
    attributes: Attributes | None = None
    news: list[int] = field(default_factory=list)  # which paragraphs of the new original it is

    @property
    def words(self) -> str:
        """The unit's words, without marks."""
        return plain(self.text)

    @property
    def quoted(self) -> int:
        """How many block quotations it stands in."""
        return margin(self.lines[0]).count(">")

    @property
    def note(self) -> str:
        """The label of the footnote it defines, or ""."""
        found = _NOTE.match(self.lines[0])
        return found["label"] if found else ""

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
    leaves = _leaves(blocks.scan(split(text).body))
    spans = [_span(block) for block in leaves]
    units = [_unit(at, leaves[at], lines[slice(*span)]) for at, span in enumerate(spans)]
    first, last = (spans[0][0], spans[-1][1]) if spans else (len(lines) - 1, len(lines) - 1)
    between = [tuple(lines[one[1] : other[0]]) for one, other in pairwise(spans)]
    return Cut(tuple(lines[:first]), tuple(units), tuple(between), tuple(lines[last:]))


def joined(found: Cut, units: Sequence[Unit]) -> str:
    """The file's text with these units; where two were neighbours before, nothing changes."""
    lines = list(found.above)
    before: Unit | None = None
    for unit in units:
        if before is None:
            lines += [""] * bool(lines and lines[-1])
        elif before.number >= 0 and unit.number == before.number + 1:
            lines += found.between[before.number]
        else:
            lines.append(("> " * min(before.quoted, unit.quoted)).rstrip())
        lines += unit.lines
        before = unit
    return "\n".join([*lines, *found.below])


def composed(block: Block, found: Attributes, news: int) -> Unit:
    """A unit for a paragraph of the new original."""
    heading = block.kind is Kind.HEADING
    lines = block_text(block, str(found)).split("\n")
    return Unit(-1, lines, inline_text(block.runs), heading, None if heading else found, [news])


def rewritten(unit: Unit, text: str, found: Attributes | None) -> None:
    """Give a unit another text and other attributes, where it stands."""
    first = _FIRST.match(unit.lines[0])
    marker, inner = (first[0] if first else ""), margin(unit.lines[0])
    body = text.split("\n")
    lines = [marker + body[0], *(inner + line for line in body[1:])]
    if found is not None:
        lines.append(f"{inner}{found}")
    unit.lines, unit.text, unit.attributes = lines, text, found


def _leaves(found: Sequence[blocks.Block]) -> list[blocks.Block]:
    """The blocks that hold lines of their own, in order."""
    gathered: list[blocks.Block] = []
    for block in found:
        match block:
            case blocks.QuoteBlock():
                gathered += _leaves(block.blocks)
            case blocks.ListBlock():
                for item in block.items:
                    gathered += _leaves(item)
            case _:
                gathered.append(block)
    return gathered


def _span(block: blocks.Block) -> tuple[int, int]:
    """Where a leaf's lines begin and end in the file, from 0."""
    match block:
        case blocks.StrayTagLine():
            return block.line.number - 1, block.line.number
        case blocks.ParagraphBlock():
            last = block.tag_line or block.lines[-1]
            return block.lines[0].number - 1, last.number
        case blocks.HeadingBlock() | blocks.OtherBlock():
            return block.lines[0].number - 1, block.lines[-1].number
    raise TypeError(f"{type(block).__name__} has no lines of its own")


def _unit(number: int, block: blocks.Block, lines: list[str]) -> Unit:
    match block:
        case blocks.HeadingBlock():
            return Unit(number, lines, block.text, heading=True)
        case blocks.ParagraphBlock():
            return Unit(number, lines, block.text, attributes=readable(block))
    return Unit(number, lines, "\n".join(lines))
