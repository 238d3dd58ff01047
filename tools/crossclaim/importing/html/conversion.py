"""Conversion of elements to blocks: paragraphs, headings, lists, quotations, emphasis and links.

The converter keeps its own stack, so that no page is nested too deeply for it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag, urljoin, urlsplit

from crossclaim.importing.block_transforms import (
    heading_runs,
    normalize_levels,
    split_paragraphs,
)
from crossclaim.importing.document import Block, Kind, LeftOut, Run, SourceBlock
from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element
from crossclaim.importing.run_builder import RunBuilder

TABLE_REMARK = "a table became lines, one a row: look whether they can be read"
INVISIBLE_REMARK = "invisible characters (soft hyphens, zero-width spaces) were dropped from words"
_EMOJI = re.compile(r"\b(?:emoji|wp-smiley|latex|mwe-math)\b")
_CELLS = " | "  # between the cells of a table's row
_LISTS = ("ul", "ol", "menu", "dir")
_PREFORMATTED = ("pre", "listing", "xmp")
_EMBEDDED = ("video", "audio", "iframe", "object", "embed")
_LONGEST_SOURCE = 200  # characters; an image's address that is longer names nothing


@dataclass(frozen=True, slots=True)
class Conversion:
    """The blocks that elements hold, what of them was left out, and remarks for the editor.

    `elements` are those in which the blocks begin, one for each; what was `omitted` stands with the
    number of blocks before it.
    """

    blocks: tuple[SourceBlock, ...]
    elements: tuple[Element, ...]
    omitted: tuple[tuple[int, LeftOut], ...]
    remarks: tuple[str, ...]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What was left out, in order."""
        return tuple(left for _, left in self.omitted)


_PLAIN = Run("")


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for all words inside an element."""

    like: Run = _PLAIN
    kind: Kind = Kind.PARAGRAPH
    level: int = 0  # of a heading
    depth: int = 0  # of a list, in the innermost quotation
    quoted: int = 0
    preformatted: bool = False
    row: bool = False  # of a table
    link: bool = False
    item: "_Item | None" = None


@dataclass
class _List:
    """A list that is being read: the number its next item has, or None for bullets."""

    number: int | None


@dataclass
class _Item:
    """A list's item; its first words carry the marker."""

    marker: str
    kind: Kind
    begun: bool = False


def convert(
    root: Element,
    *,
    address: str = "",
    references: Mapping[Element, str] | None = None,
    skip_reason: Callable[[Element], str | None] = lambda element: None,
) -> Conversion:
    """The blocks in an element and what was left out of it.

    `address` is what links are relative to; `references` the elements that are footnote
    references, with their labels; `skip_reason` says why an element is not read, or None.
    """
    converter = _Converter(address, references or {}, skip_reason)
    converter.run(root)
    remarks = [TABLE_REMARK] if converter.tables else []
    remarks += [INVISIBLE_REMARK] if converter.invisible else []
    blocks = normalize_levels(converter.blocks)
    return Conversion(blocks, tuple(converter.starts), tuple(converter.omitted), tuple(remarks))


@dataclass
class _Converter:
    address: str
    references: Mapping[Element, str]
    skip_reason: Callable[[Element], str | None]
    blocks: list[SourceBlock] = field(default_factory=list)
    starts: list[Element] = field(default_factory=list)
    omitted: list[tuple[int, LeftOut]] = field(default_factory=list)
    tables: bool = False
    invisible: int = 0
    context: _Context = field(default_factory=_Context)
    lists: list[_List] = field(default_factory=list)
    builder: RunBuilder = field(default_factory=RunBuilder)
    element: Element = None  # where the block that is being built starts
    box: Element = None  # the innermost block element around it
    link_words: int = 0

    def run(self, root: Element) -> None:
        """Walk the tree; an element is visited twice, where it opens and where it closes."""
        self.element = self.box = root
        stack: list[tuple[Element, _Context | None]] = [(root, None)]
        while stack:
            element, outer = stack.pop()
            if outer is not None:
                self._close(element, outer)
            elif not isinstance(element.tag, str):
                pass
            elif self._is_read(element):
                stack.append((element, self.context))
                self._open(element)
                self._add(element.text)
                stack.extend((child, None) for child in reversed(element))
                continue
            if element is not root:
                self._add(element.tail)
        self._end_block()

    def _is_read(self, element: Element) -> bool:
        """Whether to go into the element; what it stands for is added here if not."""
        if label := self.references.get(element):
            self.builder.add_reference(label)
            return False
        if element.tag in ("img", "br") or element.tag in elements.SKIPPED_TAGS:
            self._add_void(element)
            return False
        link_in_heading = element.tag == "a" and self.context.kind is Kind.HEADING
        if link_in_heading and len(elements.visible_text(element)) <= 1:
            return False  # a permalink
        hidden = elements.is_hidden(element)
        reason = "hidden on the page" if hidden else self.skip_reason(element)
        if reason is None:
            return True
        if text := elements.visible_text(element):
            self._leave_out(element, text, reason)
        if elements.is_block(element):
            self._end_block()
        return False

    def _add_void(self, element: Element) -> None:
        """Add what an element without text of its own stands for."""
        if element.tag == "img":
            self._add_image(element)
        elif element.tag == "br":
            if not self.context.row and not self.builder.line_break():
                self._end_block()
        elif element.tag in _EMBEDDED:
            name = element.get("title") or element.get("src") or element.get("data") or ""
            self._leave_out(element, " ".join(name.split()), "a film, sound or embedded page")

    def _open(self, element: Element) -> None:
        tag, context = element.tag, self.context
        if not context.row and elements.is_block(element):
            self._end_block()
            self.element = self.box = element
        elif context.row and tag in ("td", "th"):
            self.builder.add_separator(_CELLS)
        elif context.row and elements.is_block(element):
            self.builder.add_separator()
        if tag in _LISTS:
            self.lists.append(_List(_number(element.get("start"), 1) if tag == "ol" else None))
        elif tag == "table":
            self.tables = elements.is_data_table(element) or self.tables
        elif tag == "q":
            self._add("“")
        emphasis = elements.emphasis(element, context.like.emphasis)
        context = self._inside(element)
        self.context = replace(context, like=replace(context.like, emphasis=emphasis))

    def _inside(self, element: Element) -> _Context:
        """What holds inside an element, emphasis aside."""
        tag, context = element.tag, self.context
        if tag in elements.HEADING_TAGS and not context.row:
            return replace(context, kind=Kind.HEADING, level=int(tag[1]))
        if tag == "blockquote" or (not context.quoted and elements.is_pull_quote(element)):
            return replace(context, quoted=context.quoted + 1, depth=0, item=None)
        if tag in _LISTS:
            return replace(context, depth=context.depth + 1, item=None)
        if tag == "li":
            return replace(context, item=self._item(element), depth=max(context.depth, 1))
        if tag in _PREFORMATTED:
            return replace(context, preformatted=True)
        if tag == "tr" and not context.row:
            return replace(context, row=elements.is_data_table(_table_of(element)))
        if tag == "a":
            like = replace(context.like, address=self._web_address(element))
            return replace(context, like=like, link=bool(element.get("href")))
        return context

    def _close(self, element: Element, outer: _Context) -> None:
        if element.tag == "q":
            self._add("”")
        if not outer.row and elements.is_block(element):
            self._end_block()
            self.box = element.getparent()
        if element.tag in _LISTS:
            self.lists.pop()
        self.context = outer

    def _item(self, element: Element) -> _Item:
        innermost = self.lists[-1] if self.lists else _List(None)
        if innermost.number is None:
            return _Item("", Kind.BULLET)
        number = _number(element.get("value"), innermost.number)
        innermost.number = number + 1
        return _Item(f"{number}.", Kind.NUMBERED)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self.builder.starts_paragraph(text):
            self._end_block()
        context = self.context
        self.builder.add(text, context.like, context.preformatted and not context.row)
        self.link_words += len(text.split()) if context.link else 0

    def _end_block(self) -> None:
        """End the block that is being built and keep it, where it has words."""
        runs = self.builder.build()
        self.invisible += self.builder.invisible
        self.builder, link_words, self.link_words = RunBuilder(), self.link_words, 0
        if not any(run.text.strip() or run.note for run in runs):
            return
        context, item = self.context, self.context.item
        block = Block(context.kind, runs, level=context.depth, quoted=context.quoted)
        if context.kind is Kind.HEADING:
            block = replace(block, runs=heading_runs(runs), level=context.level)
        elif item and not item.begun:
            item.begun = True
            block = replace(block, kind=item.kind, marker=item.marker)
        for part in split_paragraphs(block):
            self.blocks.append(SourceBlock(part, self.element.sourceline or 0, link_words))
            self.starts.append(self.box)

    def _web_address(self, element: Element) -> str:
        """Where a link leads: an absolute web address, or "" for any other."""
        href = (element.get("href") or "").strip()
        if not href or href.startswith("#"):
            return ""
        try:
            address = urljoin(self.address, href)
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", address):
            return ""
        same_page = parts.fragment and urldefrag(address)[0] == urldefrag(self.address)[0]
        return "" if same_page else address

    def _add_image(self, element: Element) -> None:
        words = " ".join((element.get("alt") or "").split())
        if words and _EMOJI.search(elements.class_names(element)):
            self._add(words)
            return
        if {element.get("width"), element.get("height")} & {"0", "1", "1px"}:
            return  # it counts readers
        source = (element.get("src") or "").partition("?")[0].rpartition("/")[2]
        if source.startswith("data:") or len(source) >= _LONGEST_SOURCE:
            source = ""
        self._leave_out(element, words or source or "(no description)", "an image")

    def _leave_out(self, element: Element, text: str, reason: str) -> None:
        left = LeftOut(element.sourceline or 0, text, reason)
        self.omitted.append((len(self.blocks), left))


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,8}", text) else default


def _table_of(row: Element) -> Element:
    return next(row.iterancestors("table"), row)
