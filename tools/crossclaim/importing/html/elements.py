"""Elements to blocks: paragraphs, headings, lists, quotations, verse, their emphasis and links.

The walk keeps its own stack, so that no page is nested too deeply for it.
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
from crossclaim.importing.html import signs
from crossclaim.importing.html.tables import is_data
from crossclaim.importing.html.trees import Element
from crossclaim.importing.run_builder import RunBuilder

TABLE_REMARK = "a table became lines, one a row: look whether they can be read"
UNSEEN_REMARK = "invisible characters (soft hyphens, zero-width spaces) were dropped from words"
_PERMALINK = re.compile(r"\b(?:anchor|headerlink|header-link|permalink|heading-link)\b")
_EMOJI = re.compile(r"\b(?:emoji|wp-smiley|latex|mwe-math)\b")
_CELLS = " | "  # between the cells of a table's row


@dataclass(frozen=True, slots=True)
class Flow:
    """What the elements held. `unseen` counts invisible characters that were dropped."""

    placed: tuple[SourceBlock, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]


_PLAIN = Run("")


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for all words inside an element."""

    like: Run = _PLAIN
    kind: Kind = Kind.PARAGRAPH
    level: int = 0  # of a heading
    depth: int = 0  # of a list, in the innermost quotation
    quoted: int = 0
    kept: bool = False  # white space
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


def flow(
    root: Element,
    *,
    address: str = "",
    calls: Mapping[Element, str] | None = None,
    reason: Callable[[Element], str | None] = lambda element: None,
) -> Flow:
    """The blocks in an element and what was left out of it.

    `address` is what links are relative to; `calls` the elements that call a footnote, with its
    label; `reason` says why an element is not read, or None.
    """
    walk = _Walk(address, calls or {}, reason)
    walk.run(root)
    remarks = [TABLE_REMARK] if walk.tables else []
    remarks += [UNSEEN_REMARK] if walk.unseen else []
    return Flow(normalize_levels(walk.placed), tuple(walk.left_out), tuple(remarks))


@dataclass
class _Walk:
    address: str
    calls: Mapping[Element, str]
    reason: Callable[[Element], str | None]
    placed: list[SourceBlock] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    tables: bool = False
    unseen: int = 0
    around: _Around = field(default_factory=_Around)
    lists: list[_List] = field(default_factory=list)
    builder: RunBuilder = field(default_factory=RunBuilder)
    element: Element = None
    linked: int = 0

    def run(self, root: Element) -> None:
        """Walk the tree; an element is met twice, where it opens and where it closes."""
        self.element = root
        waiting: list[tuple[Element, _Around | None]] = [(root, None)]
        while waiting:
            element, before = waiting.pop()
            if before is not None:
                self._close(element, before)
            elif not isinstance(element.tag, str):
                pass
            elif self._is_read(element):
                waiting.append((element, self.around))
                self._open(element)
                self._words(element.text)
                waiting.extend((child, None) for child in reversed(element))
                continue
            if element is not root:
                self._words(element.tail)
        self._end()

    def _is_read(self, element: Element) -> bool:
        """Whether to go into the element; what it stands for is taken here if not."""
        if label := self.calls.get(element):
            self.builder.add_reference(label)
            return False
        if element.tag == "img":
            self._image(element)
            return False
        if element.tag in signs.UNREAD:
            if element.tag in ("video", "audio", "iframe", "object", "embed"):
                named = element.get("title") or element.get("src") or element.get("data") or ""
                self._leave(element, " ".join(named.split()), "a film, sound or embedded page")
            return False
        if element.tag == "br":
            if not self.around.row and not self.builder.line_break():
                self._end()
            return False
        if element.tag == "a" and self.around.kind is Kind.HEADING and self._is_permalink(element):
            return False
        why = "hidden on the page" if signs.is_hidden(element) else self.reason(element)
        if why is None:
            return True
        if text := signs.shown(element):
            self._leave(element, text, why)
        if signs.is_block(element):
            self._end()
        return False

    def _is_permalink(self, element: Element) -> bool:
        short = len(signs.shown(element)) <= 1
        return short or bool(
            _PERMALINK.search(signs.names(element)) and len(element) == 0 and short
        )

    def _open(self, element: Element) -> None:
        tag, around = element.tag, self.around
        if around.row:
            if tag in ("td", "th"):
                self.builder.add_separator(_CELLS)
            elif signs.is_block(element):
                self.builder.add_separator()
        elif signs.is_block(element):
            self._end()
            self.element = element
        if tag in signs.HEADINGS and not around.row:
            self.around = replace(around, kind=Kind.HEADING, level=int(tag[1]))
        elif tag == "blockquote" or (not around.quoted and signs.is_pull_quote(element)):
            self.around = replace(around, quoted=around.quoted + 1, depth=0, item=None)
        elif tag in ("ul", "ol", "menu", "dir"):
            self.lists.append(_List(_start(element) if tag == "ol" else None))
            self.around = replace(around, depth=around.depth + 1, item=None)
        elif tag == "li":
            self.around = replace(around, item=self._item(element), depth=max(around.depth, 1))
        elif tag in ("pre", "listing", "xmp"):
            self.around = replace(around, kept=True)
        elif tag == "table":
            self.tables = is_data(element) or self.tables
        elif tag == "tr" and not around.row and is_data(_table_of(element)):
            self.around = replace(around, row=True)
        elif tag == "a":
            like = replace(around.like, address=self._led(element))
            self.around = replace(around, like=like, link=bool(element.get("href")))
        elif tag == "q":
            self._words("“")
        mark = signs.emphasis(element, around.like.emphasis)
        if mark != around.like.emphasis:
            self.around = replace(self.around, like=replace(self.around.like, emphasis=mark))

    def _close(self, element: Element, before: _Around) -> None:
        if element.tag == "q":
            self._words("”")
        if not before.row and signs.is_block(element):
            self._end()
        if element.tag in ("ul", "ol", "menu", "dir"):
            self.lists.pop()
        self.around = before

    def _item(self, element: Element) -> _Item:
        listed = self.lists[-1] if self.lists else _List(None)
        if listed.number is None:
            return _Item("", Kind.BULLET)
        number = _number(element.get("value"), listed.number)
        listed.number = number + 1
        return _Item(f"{number}.", Kind.NUMBERED)

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if self.builder.starts_paragraph(text):
            self._end()
        self.builder.add(text, self.around.like, self.around.kept and not self.around.row)
        self.linked += len(text.split()) if self.around.link else 0

    def _end(self) -> None:
        """End the paragraph and keep it, where it has words."""
        runs, self.unseen = self.builder.build(), self.unseen + self.builder.invisible
        self.builder, linked, self.linked = RunBuilder(), self.linked, 0
        if not any(run.text.strip() or run.note for run in runs):
            return
        around, item = self.around, self.around.item
        block = Block(around.kind, runs, level=around.depth, quoted=around.quoted)
        if around.kind is Kind.HEADING:
            block = replace(block, runs=heading_runs(runs), level=around.level)
        elif item and not item.begun:
            item.begun = True
            block = replace(block, kind=item.kind, marker=item.marker)
        for part in split_paragraphs(block):
            self.placed.append(SourceBlock(part, self.element.sourceline or 0, linked))

    def _led(self, element: Element) -> str:
        """Where a link leads: an absolute web address, or "" for any other."""
        given = (element.get("href") or "").strip()
        if not given or given.startswith("#"):
            return ""
        try:
            whole = urljoin(self.address, given)
            parts = urlsplit(whole)
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", whole):
            return ""
        return "" if parts.fragment and urldefrag(whole)[0] == urldefrag(self.address)[0] else whole

    def _image(self, element: Element) -> None:
        words = " ".join((element.get("alt") or "").split())
        if words and _EMOJI.search(signs.names(element)):
            self._words(words)
            return
        if {element.get("width"), element.get("height")} & {"0", "1", "1px"}:
            return  # it counts readers
        source = (element.get("src") or "").partition("?")[0].rpartition("/")[2]
        named = words or (source if not source.startswith("data:") and len(source) < 200 else "")
        self._leave(element, named or "(no description)", "an image")

    def _leave(self, element: Element, text: str, why: str) -> None:
        self.left_out.append(LeftOut(element.sourceline or 0, text, why))


def _start(element: Element) -> int:
    return _number(element.get("start"), 1)


def _number(given: str | None, otherwise: int) -> int:
    given = (given or "").strip()
    return int(given) if re.fullmatch(r"[0-9]{1,8}", given) else otherwise


def _table_of(row: Element) -> Element:
    return next(row.iterancestors("table"), row)
