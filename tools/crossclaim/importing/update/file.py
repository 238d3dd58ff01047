"""An essay's file as units that can be kept, changed, moved or left out, and put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crossclaim.content.essay import split
from crossclaim.content.essay_edit import readable
from crossclaim.content.markdown import (
    HeadingBlock,
    Leaf,
    ParagraphBlock,
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
    markers. `attributes` is None for what is no passage, or has a tag line nobody can read.
    `opening` stands before its first line; `quoted` counts the quotations it stands in, and `note`
    is the label of the footnote it defines. `gap` are the lines between it and the one before, and
    `news` the paragraphs of the new original that it is.
    """

    number: int
    lines: list[str]
    text: str
    heading: bool = False
    attributes: Attributes | None = None
    opening: str = ""
    quoted: int = 0
    note: str = ""
    gap: list[str] = field(default_factory=list)
    news: list[int] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The unit's words, without marks."""
        return plain_words(self.text)

    @property
    def one_line(self) -> str:
        """The text with the file's own line ends as spaces; the author's breaks stay."""
        return re.sub(r"(?<!  )[ \t]*\n", " ", self.text)

    @property
    def tag_lines(self) -> tuple[str, ...]:
        """The lines that say what it claims."""
        return tuple(self.attributes.lines) if self.attributes else ()

    def write(self, text: str) -> None:
        """Give it another text, where it stands; under an item's mark further lines are blank."""
        lines = [*text.split("\n"), *self.tag_lines]
        margin = re.sub(r"[^>\s]", " ", self.opening)
        self.lines = [self.opening + lines[0], *(margin + line for line in lines[1:])]
        self.text = text

    def take_shape(self, block: Block) -> None:
        """Make it the kind of block, as deep, that a paragraph of an original is."""
        self.lines = block_text(block, *self.tag_lines).split("\n")
        self.text, self.quoted = inline_text(block.runs), block.quoted
        self.opening = self.lines[0].removesuffix(self.text.split("\n")[0])


@dataclass(frozen=True, slots=True)
class Cut:
    """A file cut into units; the lines above the first and below the last."""

    above: tuple[str, ...]
    units: tuple[Unit, ...]
    below: tuple[str, ...]


def cut(text: str) -> Cut:
    """An essay's text, with line feeds only, as units."""
    lines, units = text.split("\n"), list[Unit]()
    placed = list(leaves(parse_blocks(split(text).body).blocks))
    above = end = placed[0][0].first - 1 if placed else len(lines) - 1
    for number, (leaf, quoted) in enumerate(placed):
        gap, start = lines[end : leaf.first - 1], leaf.first - 1
        end = leaf.end if isinstance(leaf, ParagraphBlock) else leaf.last
        units.append(_unit(number, leaf, quoted, lines[start:end], gap))
    return Cut(tuple(lines[:above]), tuple(units), tuple(lines[end:]))


def _unit(number: int, leaf: Leaf, quoted: int, lines: list[str], gap: list[str]) -> Unit:
    text, opening, attributes = "\n".join(lines), "", None
    if isinstance(leaf, HeadingBlock):
        text, opening = leaf.text, "#" * leaf.level + " "
    elif isinstance(leaf, ParagraphBlock):
        text, opening, attributes = leaf.text, leaf.opening, readable(leaf)
    heading, note = isinstance(leaf, HeadingBlock), getattr(leaf, "note", "")
    return Unit(number, lines, text, heading, attributes, opening, quoted, note, gap)


def composed(block: Block, attributes: Attributes, new: int) -> Unit:
    """A unit for a paragraph of the new original."""
    heading = block.kind is Kind.HEADING
    unit = Unit(-1, [], "", heading, None if heading else attributes, news=[new])
    unit.take_shape(block)
    return unit


def joined(file: Cut, units: Sequence[Unit]) -> str:
    """The file's text with these units; where two were neighbours before, nothing changes."""
    lines = list(file.above)
    before: Unit | None = None
    for unit in units:
        if before is None:
            lines += [""] * bool(lines and lines[-1])
        elif before.number >= 0 and unit.number == before.number + 1:
            lines += unit.gap
        else:
            lines.append(("> " * min(before.quoted, unit.quoted)).rstrip())
        lines += unit.lines
        before = unit
    return "\n".join([*lines, *file.below])
