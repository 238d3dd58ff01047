"""A light scan of an essay's Markdown: which lines are a paragraph, a list item, a quotation.

It reads the block structure only, as Python-Markdown would see it, and leaves everything inside a
paragraph alone: the renderer parses an essay once, and this is not that time. One thing is our
own: a tag line ends its paragraph, whether or not a blank line follows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown.util import BLOCK_LEVEL_ELEMENTS

from crossclaim.content import tag_line

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*\Z")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
_QUOTE = re.compile(r" {0,3}> ?(?P<text>.*)\Z")
_ITEM = re.compile(r"(?P<before>(?P<indent> {0,3})(?P<mark>[-*+]|\d{1,9}\.)[ \t]+)(?P<text>\S.*)\Z")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
# What Python-Markdown takes for a block of HTML when a line starts with it.
_HTML = re.compile(
    rf" {{0,3}}<(?:!|\?|/?(?:{'|'.join(BLOCK_LEVEL_ELEMENTS)})(?![\w-]))", re.IGNORECASE
)
_TABLE = re.compile(r"\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+\Z")
_IMAGE = re.compile(r"\s*!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])\s*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line's number in its file, from 1, and its text with outer markers taken off."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """Running text, and its tag line where one follows directly."""

    lines: tuple[Line, ...]
    tag_line: Line | None

    @property
    def text(self) -> str:
        """The paragraph's Markdown; hard line breaks inside it are kept."""
        return "\n".join(line.text.lstrip() for line in self.lines).rstrip()


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading; `level` as the file has it, 1 to 6."""

    text: str
    level: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OtherBlock:
    """Lines that are Markdown but no passage: code, rules, raw HTML, definitions, images."""

    lines: tuple[Line, ...]
    fenced: bool = False
    closed: bool = True

    @property
    def text(self) -> str:
        """The lines as they stand."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class StrayTagLine:
    """A tag line with no paragraph directly above it."""

    line: Line


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list and the blocks of each item."""

    ordered: bool
    start: int
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A block quotation and the blocks inside it."""

    blocks: tuple["Block", ...]


Block = ParagraphBlock | HeadingBlock | OtherBlock | StrayTagLine | ListBlock | QuoteBlock


def scan(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Lines to blocks, in order. Every line that is not blank belongs to exactly one."""
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if lines[at].blank:
            at += 1
            continue
        block, at = _next(lines, at)
        blocks.append(block)
    return tuple(blocks)


def _next(lines: Sequence[Line], at: int) -> tuple[Block, int]:
    """The block that starts at this line, which is not blank, and where the next may start."""
    line, text = lines[at], lines[at].text
    if tag_line.is_tag_line(text):
        return StrayTagLine(line), at + 1
    if fence := _FENCE.match(text):
        return _fenced(lines, at, fence["mark"])
    if heading := _HEADING.match(text):
        title = (heading["text"] or "").strip()
        return HeadingBlock(title, len(heading["level"]), (line,)), at + 1
    if _RULE.match(text):
        return OtherBlock((line,)), at + 1
    if _QUOTE.match(text):
        return _quoted(lines, at)
    if _starts_item(text):
        return _listed(lines, at)
    if _HTML.match(text) or _IMAGE.match(text) or _starts_table(lines, at):
        end = _until_blank(lines, at)
        return OtherBlock(tuple(lines[at:end])), end
    if text.startswith(("    ", "\t")) or _DEFINITION.match(text):
        end = _indented_end(lines, at + 1)
        return OtherBlock(tuple(lines[at:end])), end
    return _paragraph(lines, at)


def _starts_table(lines: Sequence[Line], at: int) -> bool:
    return "|" in lines[at].text and at + 1 < len(lines) and bool(_TABLE.match(lines[at + 1].text))


def _until_blank(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not lines[at].blank:
        at += 1
    return at


def _indented_end(lines: Sequence[Line], at: int) -> int:
    """Where a run of indented or blank lines ends, trailing blank lines not counted."""
    end = at
    while at < len(lines) and (lines[at].blank or lines[at].text.startswith(("    ", "\t"))):
        at += 1
        end = end if lines[at - 1].blank else at
    return end


def _fenced(lines: Sequence[Line], at: int, mark: str) -> tuple[Block, int]:
    end = at + 1
    while end < len(lines) and not lines[end].text.strip().startswith(mark):
        end += 1
    closed, end = end < len(lines), min(end + 1, len(lines))
    return OtherBlock(tuple(lines[at:end]), fenced=True, closed=closed), end


def _breaks_paragraph(text: str) -> bool:
    """Whether a line ends the paragraph above it without a blank line between."""
    return bool(
        _HEADING.match(text)
        or _FENCE.match(text)
        or _QUOTE.match(text)
        or _RULE.match(text)
        or _DEFINITION.match(text)
    )


def _paragraph(lines: Sequence[Line], at: int) -> tuple[Block, int]:
    end = at + 1
    while end < len(lines) and not lines[end].blank:
        text = lines[end].text
        if tag_line.is_tag_line(text):
            return ParagraphBlock(tuple(lines[at:end]), lines[end]), end + 1
        if end == at + 1 and (underline := _UNDERLINE.match(text)):
            level = 1 if underline[1].startswith("=") else 2
            heading = tuple(lines[at : end + 1])
            return HeadingBlock(lines[at].text.strip(), level, heading), end + 1
        if _breaks_paragraph(text):
            break
        end += 1
    return ParagraphBlock(tuple(lines[at:end]), None), end


def _quoted(lines: Sequence[Line], at: int) -> tuple[Block, int]:
    inner: list[Line] = []
    while at < len(lines) and not lines[at].blank:
        quoted = _QUOTE.match(lines[at].text)
        if not quoted and (_starts_item(lines[at].text) or _breaks_paragraph(lines[at].text)):
            break
        inner.append(Line(lines[at].number, quoted["text"] if quoted else lines[at].text))
        at += 1
    return QuoteBlock(scan(inner)), at


def _starts_item(text: str) -> re.Match[str] | None:
    return None if _RULE.match(text) else _ITEM.match(text)


def _listed(lines: Sequence[Line], at: int) -> tuple[Block, int]:
    first = _ITEM.match(lines[at].text)
    assert first is not None
    ordered = first["mark"][0].isdigit()
    items: list[tuple[Block, ...]] = []
    while at < len(lines):
        found = _starts_item(lines[at].text)
        if not found or found["mark"][0].isdigit() != ordered:
            break
        inner, at = _item(lines, at, found)
        items.append(scan(inner))
        following = _skip_blank(lines, at)
        if following < len(lines) and _starts_item(lines[following].text):
            at = following
    start = int(first["mark"][:-1]) if ordered else 1
    return ListBlock(ordered, start, tuple(items)), at


def _skip_blank(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and lines[at].blank:
        at += 1
    return at


def _item(lines: Sequence[Line], at: int, found: re.Match[str]) -> tuple[list[Line], int]:
    """One item's lines, its marker and indentation taken off, and where it ends."""
    width = len(found["before"].expandtabs(4))
    inner = [Line(lines[at].number, found["text"])]
    own = len(found["indent"])
    at += 1
    while at < len(lines):
        line = lines[at]
        if line.blank:
            following = _skip_blank(lines, at)
            if following == len(lines) or _indent(lines[following].text) < own + 2:
                break
            inner += [Line(blank.number, "") for blank in lines[at:following]]
            at = following
            continue
        indent = _indent(line.text)
        if indent < own + 2 and (_starts_item(line.text) or _breaks_paragraph(line.text)):
            break
        if indent < own + 2 and _after_tag_line(inner):
            break
        text = line.text.expandtabs(4)[min(width, indent) :]
        if _starts_item(text) and not inner[-1].blank:
            inner.append(Line(line.number, ""))  # a list may follow an item's text directly
        inner.append(Line(line.number, text))
        at += 1
    return inner, at


def _after_tag_line(inner: list[Line]) -> bool:
    return tag_line.is_tag_line(inner[-1].text)


def _indent(text: str) -> int:
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
