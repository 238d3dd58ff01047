"""Markdown, parsed once by one library: an essay's blocks with their lines, and a passage's words.

markdown-it-py reads CommonMark with tables and footnotes. One rule is added: a tag line ends its
paragraph, whether or not a blank line follows. Everything that asks what a text says (passages,
excerpts, search, alignment, review, pages) asks these tokens.

The pages are rendered by Python-Markdown. `for_renderer` writes a text so that it reads there as it
was parsed here: raw HTML, links of other schemes and attribute lists are shown, never live.
"""

import html
import re
import string
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from crossclaim.content.tag_line import is_broken, is_tag_line
from crossclaim.model import Definitions

_DEEPEST = 100  # lists and quotations inside one another, two levels each
_SAFE_SCHEMES = ("http", "https", "mailto")
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_LANGUAGE = re.compile(r"[\w+#-]+")


# --- Blocks: which lines are a paragraph, a list item, a quotation --------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line's number in its file, from 1, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """Running text, from its first line to its last, and the tag lines that follow directly.

    `text` is its Markdown without markers and indentation; hard line breaks are kept. `opening`
    are the marks and white space before its first line, `margin` what stands before a line under
    its last in the same quotation or item. `parted` is the line of a tag line that a blank line
    parts from it, 0 where there is none.
    """

    text: str
    first: int
    last: int
    tag_lines: tuple[Line, ...]
    opening: str
    margin: str
    parted: int = 0

    @property
    def end(self) -> int:
        """Its last line, tag lines included."""
        return self.tag_lines[-1].number if self.tag_lines else self.last


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading; `level` as the file has it, 1 to 6."""

    text: str
    level: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class VerbatimBlock:
    """Lines that are no passage: code, rules, tables, raw HTML, definitions, images.

    `text` is what a page shows of them, "" for comments and link definitions. `left_open` is what
    does not end in them, a comment or a code block; `html` is raw HTML among them; `note` a
    footnote's label; `stray` are the tag lines inside, which tag nothing.
    """

    text: str
    first: int
    last: int
    left_open: str = ""
    html: str = ""
    note: str = ""
    stray: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StrayTagLine:
    """A tag line with no paragraph directly above it."""

    first: int

    @property
    def last(self) -> int:
        """The same line."""
        return self.first


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list and the blocks of each item; `start` is the first number of an ordered one."""

    ordered: bool
    start: int
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class QuotationBlock:
    """A block quotation and the blocks inside it."""

    blocks: tuple["Block", ...]


Leaf = ParagraphBlock | HeadingBlock | VerbatimBlock | StrayTagLine
Block = Leaf | ListBlock | QuotationBlock


@dataclass(frozen=True, slots=True)
class Parsed:
    """An essay's body: its blocks, and what its links and footnotes refer to."""

    blocks: tuple[Block, ...]
    definitions: Definitions


class NestedTooDeeply(RecursionError):
    """Lists or quotations stand inside one another deeper than anybody would write."""


def parse_blocks(lines: Sequence[Line]) -> Parsed:
    """The lines of a body as blocks, in order. Raises NestedTooDeeply.

    Every line that is not blank belongs to exactly one leaf.
    """
    env: _Env = {}
    tokens: list[Token] = []
    text = "\n".join(line.text for line in lines).replace("\0", "\ufffd")
    _parser().block.parse(text, _parser(), env, tokens)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise NestedTooDeeply
    references = tuple(
        (label, target["href"], target["title"])
        for label, target in env.get("references", {}).items()
    )
    labels = tuple(name.removeprefix(":") for name in env.get("footnotes", {}).get("refs", {}))
    definitions = Definitions(references, labels)
    reader = _BlockReader(lines, tokens, _ends(tokens), definitions)
    return Parsed(tuple(reader.blocks(0, len(tokens))), definitions)


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """For each token that opens or is a block, the index behind it and all that it contains."""
    ends: dict[int, int] = {}
    open_tokens: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            open_tokens.append(index)
        else:
            ends[open_tokens.pop() if token.nesting < 0 else index] = index + 1
    return ends


def leaves(blocks: Sequence[Block], quoted: int = 0) -> Iterator[tuple[Leaf, int]]:
    """The blocks that hold lines of their own, in reading order, however deeply nested.

    With each, in how many quotations it stands.
    """
    for block in blocks:
        match block:
            case QuotationBlock():
                yield from leaves(block.blocks, quoted + 1)
            case ListBlock():
                for item in block.items:
                    yield from leaves(item, quoted)
            case _:
                yield block, quoted


def paragraphs(blocks: Sequence[Block]) -> list[ParagraphBlock]:
    """Every paragraph among the blocks, in reading order."""
    return [leaf for leaf, _ in leaves(blocks) if isinstance(leaf, ParagraphBlock)]


class _BlockReader:
    """Tokens to blocks. `lines` are the file's, numbered; a token's map counts them from 0."""

    def __init__(
        self,
        lines: Sequence[Line],
        tokens: Sequence[Token],
        ends: Mapping[int, int],
        definitions: Definitions,
    ) -> None:
        self.lines = lines
        self.tokens = tokens
        self.ends = ends
        self.definitions = definitions
        self.without_footnotes = Definitions(definitions.references)

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """The blocks among the tokens from `start` to before `end`."""
        index = start
        while index < end:
            after = self.ends[index]
            block = self._block(index, after)
            if isinstance(block, ParagraphBlock) and not block.tag_lines and after < end:
                following = self.tokens[after]
                if following.type == "tag_line":
                    block = replace(block, parted=self._span(following)[0])
            yield block
            index = after

    def _block(self, index: int, end: int) -> Block:
        token = self.tokens[index]
        match token.type:
            case "paragraph_open":
                return self._paragraph(token, self.tokens[index + 1])
            case "heading_open":
                text = _unindented(self.tokens[index + 1].content)
                return HeadingBlock(text, int(token.tag[1:]), *self._span(token))
            case "blockquote_open":
                return QuotationBlock(tuple(self.blocks(index + 1, end - 1)))
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, index, end)
            case "tag_line":
                return StrayTagLine(self._span(token)[0])
            case "footnote_reference_open":
                return self._footnote(token, index, end)
            case "table_open":
                return self._table(token, index, end)
        return self._other(token)

    def _span(self, token: Token) -> tuple[int, int]:
        """The numbers of a block's first and last line that is not blank."""
        start, end = token.map or (0, 1)
        while end > start + 1 and not self.lines[end - 1].text.strip(" \t>"):
            end -= 1
        return self.lines[start].number, self.lines[end - 1].number

    def _paragraph(self, token: Token, inline: Token) -> ParagraphBlock | VerbatimBlock:
        first, last = self._span(token)
        text = _unindented(inline.content)
        lines = tuple(Line(self.lines[n].number, line) for n, line in token.meta["tag_lines"])
        if _is_image(text, self.definitions):
            stray = tuple(line.number for line in lines)
            end = stray[-1] if stray else last
            left_open: str = "comment" if open_comment(text, self.definitions) else ""
            shown = for_renderer(text, self.definitions)
            return VerbatimBlock(shown, first, end, left_open, stray=stray)
        margin = re.sub(r"[^>\s]", " ", token.meta["margin"])
        return ParagraphBlock(text, first, last, lines, token.meta["opening"], margin)

    def _list(self, token: Token, index: int, end: int) -> ListBlock:
        items, item = [], index + 1
        while item < end - 1:
            after = self.ends[item]
            items.append(tuple(self.blocks(item + 1, after - 1)))
            item = after
        return ListBlock(
            token.type == "ordered_list_open", int(token.attrs.get("start", 1)), tuple(items)
        )

    def _footnote(self, token: Token, index: int, end: int) -> VerbatimBlock:
        """A footnote's definition as the renderer reads it: further blocks are indented."""
        label = str(token.meta["label"])
        own = _BlockReader(self.lines, self.tokens, self.ends, self.without_footnotes)
        blocks = tuple(own.blocks(index + 1, end - 1))
        text = own.markdown(blocks).replace("\n", "\n    ").replace("\n    \n", "\n\n")
        inside = [leaf for leaf, _ in leaves(blocks)]
        stray = [leaf.first for leaf in inside if isinstance(leaf, StrayTagLine)]
        stray += [line.number for p in paragraphs(blocks) for line in p.tag_lines]
        raw = " ".join(filter(None, map(self._html_in, inside)))
        first, last = self._span(token)
        left_open = next(filter(None, map(self._left_open, inside)), "")
        return VerbatimBlock(
            f"[^{label}]: {text}", first, last, left_open, raw, label, tuple(sorted(stray))
        )

    def _left_open(self, leaf: Leaf) -> str:
        match leaf:
            case ParagraphBlock() | HeadingBlock():
                return "comment" if open_comment(leaf.text, self.definitions) else ""
            case VerbatimBlock():
                return leaf.left_open
        return ""

    def _html_in(self, leaf: Leaf) -> str:
        match leaf:
            case ParagraphBlock() | HeadingBlock():
                return raw_html(leaf.text, self.definitions)
            case VerbatimBlock():
                return leaf.html
        return ""

    def markdown(self, blocks: Sequence[Block]) -> str:
        """Blocks as the renderer reads them, tag lines left out."""
        return "\n\n".join(filter(None, map(self._markdown_of, blocks)))

    def _markdown_of(self, block: Block) -> str:
        match block:
            case ParagraphBlock():
                return for_renderer(block.text, self.definitions)
            case HeadingBlock():
                return f"{'#' * block.level} {for_renderer(block.text, self.definitions)}"
            case VerbatimBlock():
                return block.text
            case QuotationBlock():
                return re.sub(r"(?m)^", "> ", self.markdown(block.blocks))
            case ListBlock():
                marks = (f"{block.start + n}." if block.ordered else "-" for n in range(10**9))
                return "\n\n".join(
                    f"{mark:<4}" + self.markdown(item).replace("\n", "\n    ")
                    for mark, item in zip(marks, block.items, strict=False)
                )
        return ""

    def _table(self, opening: Token, index: int, end: int) -> VerbatimBlock:
        """A table, its cells as the renderer reads them."""
        rows: list[list[str]] = []
        aligned: list[str] = []
        left_open = False
        for place in range(index, end):
            token = self.tokens[place]
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                text = self.tokens[place + 1].content
                left_open = left_open or open_comment(text, self.definitions)
                cell = for_renderer(text, self.definitions)
                rows[-1].append(_PIPE.sub(lambda match: match[1] or "\\|", cell))
                if token.type == "th_open":
                    aligned.append(_ALIGNED[str(token.attrs.get("style", ""))])
        table = "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], aligned, *rows[1:]])
        return VerbatimBlock(table, *self._span(opening), "comment" if left_open else "")

    def _other(self, token: Token) -> VerbatimBlock:
        """A block of one token: code, a rule, raw HTML, a link's definition."""
        first, last = self._span(token)
        match token.type:
            case "fence":
                closing = self.lines[last - self.lines[0].number].text.strip(" \t>")
                closed = last > first and closing.startswith(token.markup)
                language = _LANGUAGE.match(token.info.strip())
                opening = token.markup + (language[0] if language else "")
                text = f"{opening}\n{token.content}{token.markup}"
                return VerbatimBlock(text, first, last, "" if closed else "code")
            case "code_block":
                code = token.content.rstrip("\n")
                return VerbatimBlock(re.sub(r"(?m)^(?=.)", "    ", code), first, last)
            case "html_block":
                return self._html_block(token, first, last)
            case "hr":
                return VerbatimBlock(token.markup[:3], first, last)
        return VerbatimBlock("", first, last)

    def _html_block(self, token: Token, first: int, last: int) -> VerbatimBlock:
        """Raw HTML, shown as text; a comment is not shown."""
        start = token.map[0] if token.map else 0
        stray = tuple(
            self.lines[start + offset].number
            for offset, line in enumerate(token.content.split("\n"))
            if is_tag_line(line)
        )
        shown = _COMMENT.sub("", token.content).strip()
        text = "\n".join(literal(line.strip()) for line in shown.split("\n") if line.strip())
        left_open: str = "comment" if "<!--" in shown else ""
        return VerbatimBlock(text, first, last, left_open, html=shown, stray=stray)


_PIPE = re.compile(r"(`[^`]*`)|\|")  # in code a pipe parts no cells
_ALIGNED = {
    "": "---",
    "text-align:left": ":--",
    "text-align:right": "--:",
    "text-align:center": ":-:",
}


def _is_image(text: str, definitions: Definitions) -> bool:
    """Whether a paragraph is one or several images and nothing else."""
    if "![" not in text:
        return False
    tokens, _ = _inline(text, definitions)
    return {token.type for token in tokens if token.content.strip()} == {"image"}


def _unindented(content: str) -> str:
    """A paragraph's lines without indentation, which means nothing inside one."""
    if "\n" not in content:
        return content.strip()
    return "\n".join(line.lstrip() for line in content.split("\n")).rstrip()


# --- The parser, and the rules that are ours ------------------------------------------------------


class _Parser(MarkdownIt):
    """CommonMark, tables, footnotes; links of three schemes, or none."""

    def validateLink(self, url: str) -> bool:
        """Whether a link may be one: http, https, mailto, or within the collection."""
        scheme, colon, _ = re.split(r"[/?#]", url, maxsplit=1)[0].partition(":")
        return not colon or scheme.lower() in _SAFE_SCHEMES


_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_InlineRule = Callable[[StateInline, bool], bool]
_Env = dict[str, Any]


def _line_of(state: StateBlock, line: int) -> str:
    """A line's text without the markers of the blocks it stands in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_tag_line(state: StateBlock, line: str) -> bool:
    """Whether a line is a tag line; in an essay also one that is broken, never in an original."""
    return is_tag_line(line) or (isinstance(state.md, _Parser) and is_broken(line))


def _stray_tag_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A tag line that begins a block: there is no paragraph above it."""
    if silent or not _is_tag_line(state, _line_of(state, start)):
        return False
    token = state.push("tag_line", "", 0)
    token.map, token.hidden = [start, start + 1], True
    state.line = start + 1
    return True


def _until_tag_line(rule: _BlockRule, sign: str = "") -> _BlockRule:
    """A rule for which the text ends at a tag line; it reads no block whose first line has no sign.

    That is asked first, since most blocks are paragraphs, and each rule is tried on every one.
    """

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.src.find(sign, state.bMarks[start], state.eMarks[start]) < 0:
            return False
        line = _next_tag_line(state, start, end)
        if line is None:
            return rule(state, start, end, silent)
        whole, state.lineMax = state.lineMax, line
        try:
            return rule(state, start, line, silent)
        finally:
            state.lineMax = whole

    return bounded


def _with_second_line(rule: _BlockRule) -> _BlockRule:
    """A rule for blocks of two lines at least."""

    def longer(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return start + 1 < end and not state.isEmpty(start + 1) and rule(state, start, end, silent)

    return longer


def _not_before_text(rule: _BlockRule) -> _BlockRule:
    """The rule for raw HTML, to which a comment before a paragraph's first words is none."""

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if _line_of(state, start).startswith("<!--") and _goes_on(state, start, end):
            return False
        return rule(state, start, end, silent)

    return bounded


def _goes_on(state: StateBlock, start: int, end: int) -> bool:
    """Whether text stands behind the comment with which a line begins, no blank line between."""
    text = ""
    for line in range(start, end):
        if state.isEmpty(line):
            return False
        text += _line_of(state, line) + "\n"
        if "-->" in text:
            rest = _COMMENT.sub("", text).strip()
            return bool(rest) and "<!--" not in rest
    return False


def _next_tag_line(state: StateBlock, start: int, end: int) -> int | None:
    """The first tag line after `start` and before `end`, in the same run of lines; else None."""
    if "stops" not in state.env:
        state.env["stops"] = _stops(state)
    tag_lines: list[int]
    blank_lines: list[int]
    tag_lines, blank_lines = state.env["stops"]
    blank = bisect_right(blank_lines, start)
    end = min(end, blank_lines[blank]) if blank < len(blank_lines) else end
    for index in range(bisect_right(tag_lines, start), len(tag_lines)):
        line = tag_lines[index]
        if line >= end:
            return None
        if _is_tag_line(state, _line_of(state, line)):
            return line
    return None


def _stops(state: StateBlock) -> tuple[list[int], list[int]]:
    """The lines that are tag lines, if not for quotation marks before them, and the blank ones."""
    tag_lines, blank_lines = [], []
    for number, line in enumerate(state.src.split("\n")):
        if ("{" in line or "}" in line or "=" in line) and _is_tag_line(state, line.lstrip(" \t>")):
            tag_lines.append(number)
        elif not line.strip(" \t"):
            blank_lines.append(number)
    return tag_lines, blank_lines


_paragraph_text = _until_tag_line(rules_block.paragraph)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph, with the tag lines that follow directly."""
    count = len(state.tokens)
    matched = _paragraph_text(state, start, end, silent)
    meta = state.tokens[count].meta
    meta["opening"], meta["margin"] = _prefix(state, start), _prefix(state, state.line - 1)
    meta["tag_lines"] = []
    while state.line < end and _is_tag_line(state, _line_of(state, state.line)):
        meta["tag_lines"].append((state.line, _line_of(state, state.line)))
        state.line += 1
    return matched


def _prefix(state: StateBlock, line: int) -> str:
    """What stands before a line's own text: marks of quotations and items, white space."""
    place = state.bMarks[line] + state.tShift[line]
    return state.src[state.src.rfind("\n", 0, place) + 1 : place]


# --- Inline text: what a passage says -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """What one rule read: its name, and where in the text it begins and ends.

    `inner` is where the label of a link or image ends; `inside` are the spans within a link's.
    """

    rule: str
    start: int
    end: int
    inner: int = 0
    address: str = ""
    title: str = ""
    inside: tuple["_Span", ...] = ()


_LABELLED = {"link": 0, "image": 1}  # signs before the bracket of the label


def _with_span(name: str, sign: str, rule: _InlineRule) -> _InlineRule:
    """A rule that also notes in the environment what stretch of the text it has read.

    `sign` is what it can only begin with: to ask that first spares most of the work.
    """

    def noting(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != sign:
            return False
        start, count, spans = state.pos, len(state.tokens), state.env.get("spans")
        before = len(spans) if spans is not None else 0
        matched = rule(state, silent)
        if not matched or silent or spans is None:
            return matched
        opening = (t for t in state.tokens[count:] if t.type in ("link_open", "image"))
        attributes = next(opening).attrs if name in _LABELLED else {}
        label = start + _LABELLED.get(name, 0)
        span = _Span(
            name,
            start,
            state.pos,
            state.md.helpers.parseLinkLabel(state, label) if name in _LABELLED else 0,
            str(attributes.get("href", attributes.get("src", ""))),
            str(attributes.get("title", "")),
            tuple(spans[before:]) if name == "link" else (),
        )
        spans[before:] = [span]
        return matched

    return noting


def _html_inline(state: StateInline, silent: bool) -> bool:
    """A tag, or a comment: that one ends where HTML has it end, at the first “-->”."""
    comment = _COMMENT.match(state.src, state.pos, state.posMax)
    if not comment:
        return rules_inline.html_inline(state, silent)
    if not silent:
        state.push("html_inline", "", 0).content = comment[0]
    state.pos = comment.end()
    return True


_INLINE_RULES = {
    "newline": ("\n", rules_inline.newline),
    "escape": ("\\", rules_inline.escape),
    "backticks": ("`", rules_inline.backtick),
    "link": ("[", rules_inline.link),
    "image": ("!", rules_inline.image),
    "footnote_ref": ("[", footnote_ref),
    "autolink": ("<", rules_inline.autolink),
    "html_inline": ("<", _html_inline),
}


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": _DEEPEST, "inline_definitions": True})
    parser.use(footnote_plugin, inline=False, move_to_end=False).enable("table")
    blocks, inline = parser.block.ruler, parser.inline.ruler
    table = _until_tag_line(rules_block.table, "|")
    blocks.at("table", table, {"alt": ["paragraph", "reference"]})
    blocks.at("reference", _until_tag_line(rules_block.reference, "["))
    html_block = _not_before_text(rules_block.html_block)
    blocks.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    blocks.at("lheading", _with_second_line(_until_tag_line(rules_block.lheading)))
    blocks.at("paragraph", _paragraph)
    blocks.before("table", "tag_line", _stray_tag_line)
    for name, (sign, rule) in _INLINE_RULES.items():
        inline.at(name, _with_span(name, sign, rule))
    return parser


def _inline(text: str, definitions: Definitions) -> tuple[tuple[Token, ...], tuple[_Span, ...]]:
    """A paragraph's text as tokens, and the stretches that are more than plain words."""
    own = NO_DEFINITIONS if definitions == NO_DEFINITIONS else definitions
    return _parsed(text, _SameDefinitions(own))


@dataclass(frozen=True, slots=True, eq=False)
class _SameDefinitions:
    """The definitions of an essay as a key: only themselves are the same.

    There may be thousands, which to compare with each passage takes long.
    """

    definitions: Definitions

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameDefinitions) and self.definitions is other.definitions

    def __hash__(self) -> int:
        return id(self.definitions)


@lru_cache(maxsize=4096)
def _parsed(text: str, same: _SameDefinitions) -> tuple[tuple[Token, ...], tuple[_Span, ...]]:
    if not _MARK.search(text):
        return _plain_tokens(text), ()
    references, labels = _targets(same)
    footnotes = {"refs": labels, "list": {}}
    env: _Env = {"references": references, "footnotes": footnotes, "spans": []}
    tokens: list[Token] = []
    _parser().inline.parse(text, _parser(), env, tokens)
    for before, token in pairwise(tokens):
        if before.info == "auto":  # an address in angle brackets is shown without its “mailto:”
            token.content = token.content.removeprefix("mailto:")
    return tuple(tokens), tuple(env["spans"])


_MARK = re.compile(r"[\\`*_\[<&]")  # what anything but words and line breaks begins with


def _plain_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text without marks: its lines, and the breaks between them."""
    *lines, last = text.split("\n")
    tokens: list[Token] = []
    for number, line in enumerate(lines):
        words = line.lstrip(" \t") if number else line
        kept = words.rstrip(" ")
        if kept:
            tokens.append(Token("text", "", 0, content=kept))
        tokens.append(Token("hardbreak" if len(words) > len(kept) + 1 else "softbreak", "br", 0))
    if words := last.lstrip(" \t") if lines else last:
        tokens.append(Token("text", "", 0, content=words))
    return tuple(tokens)


class _Labels(dict[str, int]):
    """An essay's footnotes as the parser looks them up; it numbers them, which nobody asks for."""

    def __setitem__(self, label: str, number: int) -> None:
        """Keep no number: the labels serve every paragraph."""


@lru_cache(maxsize=16)
def _targets(same: _SameDefinitions) -> tuple[dict[str, dict[str, str]], _Labels]:
    """What links and footnote references in an essay may refer to, as the parser takes them."""
    references = {
        label: {"href": address, "title": title}
        for label, address, title in same.definitions.references
    }
    return references, _Labels((f":{label}", -1) for label in same.definitions.footnotes)


NO_DEFINITIONS = Definitions()


def plain_words(text: str, definitions: Definitions = NO_DEFINITIONS) -> str:
    """A passage's words on one line, without marks, HTML and footnote references."""
    if not _MARK.search(text):
        return " ".join(text.split())
    tokens, _ = _inline(text, definitions)
    return " ".join("".join(map(_words_of, tokens)).split())


def shown_words(text: str, definitions: Definitions = NO_DEFINITIONS) -> str:
    """The words that a page shows of a passage: raw HTML among them, pictures not."""
    tokens, _ = _inline(text, definitions)
    return " ".join(
        _COMMENT.sub("", token.content) if token.type == "html_inline" else _words_of(token)
        for token in tokens
        if token.type != "image"
    )


def _words_of(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return _COMMENT.sub("", token.content)
    return "" if token.type in ("html_inline", "footnote_ref") else token.content


def excerpt(words: str, most: int = 180) -> str:
    """Opening words, at most so many characters; an ellipsis says that they go on."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def addresses(text: str, definitions: Definitions = NO_DEFINITIONS) -> tuple[str, ...]:
    """The addresses that a passage links to, in order, as they were parsed."""
    _, spans = _inline(text, definitions)
    return tuple(address for span in spans for address in _addresses(span, text))


def _addresses(span: _Span, text: str) -> Iterator[str]:
    if span.rule == "autolink":
        yield text[span.start + 1 : span.end - 1]
    elif span.address:
        yield span.address
        for inside in span.inside:
            yield from _addresses(inside, text)


def raw_html(text: str, definitions: Definitions = NO_DEFINITIONS) -> str:
    """The first HTML tag in a passage, or ""; a comment, which is not shown, is none."""
    if "<" not in text:
        return ""
    tokens, _ = _inline(text, definitions)
    tags = (token.content for token in tokens if token.type == "html_inline")
    return next((tag for tag in tags if not _COMMENT.fullmatch(tag)), "")


def open_comment(text: str, definitions: Definitions = NO_DEFINITIONS) -> bool:
    """Whether a comment begins in a passage that does not end in it, so that it would be shown."""
    if "<!--" not in text:
        return False
    _, spans = _inline(text, definitions)
    rest = "".join(_outside(text, 0, len(text), spans))
    return "<!--" in rest


def _outside(text: str, start: int, end: int, spans: Sequence[_Span]) -> Iterator[str]:
    """What stands in a stretch of text outside code and comments."""
    for span in spans:
        yield text[start : span.start]
        if span.rule == "link":
            yield from _outside(text, span.start + 1, span.inner, span.inside)
        elif span.rule == "image":
            yield _COMMENT.sub("", text[span.start + 2 : span.inner])
        yield "\n"
        start = span.end
    yield text[start:end]


def as_html(text: str, definitions: Definitions = NO_DEFINITIONS) -> str:
    """A passage as HTML that holds em, strong, code and br at most.

    Links are their words, footnote references and raw HTML go; everything else is escaped.
    """
    tokens, _ = _inline(text, definitions)
    return "".join(map(_html_of, tokens))


_ELEMENTS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>"}
_ELEMENTS |= {"strong_close": "</strong>", "hardbreak": "<br>", "softbreak": "\n"}


def _html_of(token: Token) -> str:
    if token.type in _ELEMENTS:
        return _ELEMENTS[token.type]
    words = html.escape(_words_of(token))
    return f"<code>{words}</code>" if token.type == "code_inline" else words


# --- Text for the renderer, Python-Markdown -------------------------------------------------------

# Signs that open a block on a paragraph's lines for Python-Markdown, and not in CommonMark.
_OPENS = re.compile(r"^(?P<margin>[ \t]*)(?=[#>])", re.MULTILINE)
_RULE = re.compile(
    r"^(?P<margin>[ \t]*)(?P<sign>[-_*])(?=(?:[ \t]*(?P=sign)){2,}[ \t]*$)", re.MULTILINE
)
_UNDERLINE = re.compile(r"^(?P<margin>[ \t]*)(?P<sign>[=-])(?=(?P=sign)*[ \t]*$)", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_ITEM = re.compile(r"^(?P<margin>\d*)(?P<sign>[-+*.])(?=[ \t])", re.MULTILINE)
_LONG_NUMBER = re.compile(r"^(?P<number>[ \t]*\d{10,})(?=\.[ \t])", re.MULTILINE)
# How the lines begin that one of these four may match: most texts are spared their search.
_LINE_SIGN = re.compile(r"^[ \t]*+[#>=_*\d-]", re.MULTILINE)
_PUNCTUATION = set(string.punctuation + "\n")  # what a backslash makes plain, here
_ESCAPABLE = set("\\`*_{}[]()>#+-.!")  # what a backslash takes the meaning from, there
_SIMPLE_TARGET = re.compile(r"\((?P<address>[^\s()<>\"'&\\]*)\)")


def for_renderer(
    text: str,
    definitions: Definitions = NO_DEFINITIONS,
    moved: Callable[[str], str] | None = None,
) -> str:
    """A passage's Markdown as Python-Markdown reads it the same, in one paragraph, nothing live.

    Raw HTML and what is no link here is shown as text, comments go. With `moved` the passage is for
    another page: it gives the addresses as they are from there, and footnote references go.
    """
    _, spans = _inline(text, definitions)
    made = _Rendering(text, moved).stretch(0, len(text), spans)
    if "<!--" in text:  # what follows a comment may begin a line now
        made = _ITEM.sub(r"\g<margin>\\\g<sign>", _INDENT.sub("", made))
    if not _LINE_SIGN.search(made):
        return made
    made = _OPENS.sub(r"\g<margin>\\", made)
    made = _RULE.sub(r"\g<margin>\\\g<sign>", made)
    made = _UNDERLINE.sub(lambda match: f"{match['margin']}&#{ord(match['sign'])};", made)
    return _LONG_NUMBER.sub(r"\g<number>\\", made)


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One text on its way to the renderer."""

    text: str
    moved: Callable[[str], str] | None

    def stretch(self, start: int, end: int, spans: Sequence[_Span]) -> str:
        """The text from `start` to before `end`, in which these spans stand."""
        pieces = []
        for span in spans:
            pieces += [_no_marks(self.text[start : span.start]), self._span(span)]
            start = span.end
        return "".join([*pieces, _no_marks(self.text[start:end])])

    def _span(self, span: _Span) -> str:
        source = self.text[span.start : span.end]
        match span.rule:
            case "escape":
                if source == "\\\n" and self.text[: span.start].endswith("\n"):
                    return ""  # a break on a line of its own would end the paragraph
                return _escape(source[1]) if source[1] in _PUNCTUATION else source
            case "backticks":
                return _code(source)
            case "html_inline":
                return "" if _COMMENT.fullmatch(source) else literal(source, starts_line=False)
            case "footnote_ref":
                return source if self.moved is None else ""
            case "link":
                label = self.stretch(span.start + 1, span.inner, span.inside)
                return f"[{label}]{self._target(span, self.text[span.inner + 1 : span.end])}"
            case "image":
                words = _COMMENT.sub("", self.text[span.start + 2 : span.inner])
                label = literal(words, starts_line=False)
                return f"![{label}]{self._target(span, self.text[span.inner + 1 : span.end])}"
        return source

    def _target(self, span: _Span, source: str) -> str:
        """Where a link leads: as it is written where that is simple, else as it was parsed."""
        simple = _SIMPLE_TARGET.fullmatch(source)
        address = simple["address"] if simple else span.address
        if not simple:
            address = address.replace("(", "%28").replace(")", "%29")
        address = self.moved(address) if self.moved else address
        title = html.escape(_COMMENT.sub("", span.title)).replace("\n", " ")
        return f'({address} "{title}")' if title else f"({address})"


def _no_marks(words: str) -> str:
    """Plain words in which nothing is a link, a tag or an attribute list; emphasis stays."""
    words = re.sub(r"[\[{]", lambda sign: "\\" + sign[0], words)
    words = _NO_REFERENCE.sub("&amp;", words)  # which the renderer would end itself
    return _TAG.sub("&lt;", words)


def _escape(sign: str) -> str:
    """A sign that a backslash made plain."""
    if sign == "\n":
        return "  \n"  # CommonMark's other hard line break
    if sign in _ESCAPABLE:
        return f"\\{sign}"
    return f"&#{ord(sign)};" if sign in "<&=|:~" else sign


def _code(source: str) -> str:
    """Code; as HTML where it shows tags, which Python-Markdown takes for its surroundings' own."""
    ticks = len(source) - len(source.lstrip("`"))
    if "<" not in source:
        return source.replace("\n", " ")
    inside = source[ticks:-ticks].strip().replace("\n", " ")
    return f"<code>{literal(inside, starts_line=False)}</code>"


# --- Plain words as Markdown ----------------------------------------------------------------------

_ENTITY = re.compile(r"&(?=#[0-9xX]|\w+;)")
_NO_REFERENCE = re.compile(r"&(?=#(?!(?:\d{1,7}|[xX][\da-fA-F]{1,6});))")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ALWAYS = re.compile(r"[\\`*\[{]")
# A mark inside a word is no emphasis; one at its edge could be.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"(?P<number>\d+)\.(?=\s|\Z)|(?P<sign>[#>+=|:-])|(?P<tilde>~)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SIGN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\\`*\[{_&<]")  # what one of them begins with


def literal(text: str, starts_line: bool = True) -> str:
    """Plain words as Markdown that renders as exactly these words; one line in, one line out.

    White space at the ends goes, and control characters, which HTML cannot hold.
    """
    if _SIGN.search(text):
        text = _CONTROL.sub("", text)
        text = _ALWAYS.sub(lambda sign: "\\" + sign[0], text)
        text = _UNDERSCORE.sub(r"\_", text)
        text = _ENTITY.sub("&amp;", text)
        text = _TAG.sub("&lt;", text)
    return (
        _LINE_START.sub(_line_start, text, count=1)
        if starts_line and _LINE_START.match(text)
        else text
    )


def _line_start(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}\\."
    if match["tilde"]:
        return "&#126;"
    return f"&#{ord(match['sign'])};" if match["sign"] in "=|:" else f"\\{match['sign']}"
