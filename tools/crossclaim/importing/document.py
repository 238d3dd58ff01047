"""The values that readers of all formats make of an original: blocks, runs, notes, a document."""

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum

from crossclaim.names import words

BLOCK_REASON = "a line of the author's block"  # left out between an essay's title and its text
SUBTITLE_REASON = "a subtitle"


class Unreadable(Exception):
    """An original that cannot be read: what is wrong, what to do about it, and on which line."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line


class Kind(StrEnum):
    """What a paragraph of a document is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are set alike.

    `emphasis` is "" (plain), "em", "strong" or "both". A line feed in `text` is a line break that
    the author made (verse, an address). `address` is where the words lead, if they are a link.
    A footnote reference has the footnote's label as `note`, and "" as `text`.
    """

    text: str
    emphasis: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item, with its place among others.

    `marker` is a numbered item's number, as "3.". `level` is a heading's level (1 to 6) or how
    deep a list item lies (1 for the outermost); a paragraph's is the depth of the item it belongs
    to, 0 outside lists. `quoted` is how many block quotations it stands in.
    """

    kind: Kind
    runs: tuple[Run, ...]
    marker: str = ""
    level: int = 0
    quoted: int = 0

    @property
    def text(self) -> str:
        """The words, without emphasis."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block and where it starts: `line` of the file from 1, 0 where that is not known.

    `link_words` counts those of its words that are links.
    """

    block: Block
    line: int
    link_words: int = 0

    @property
    def word_count(self) -> int:
        """How many words the block has."""
        return len(words(self.block.text))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the label of its reference, and its words."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a plain text: its first line's number from 1, and its text on one line.

    `joined` says that the next paragraph follows without a blank line between, `above` how many
    blank lines stand above. `rows` counts the lines it was made of, `indent` is the column of the
    leftmost (of the marker, in a list). `quoted` is the depth of block quotation that indentation
    or mail marks show. `underline` is "=", "-" or "~" below an underlined heading, else "".
    """

    line: int
    text: str
    joined: bool = False
    above: int = 0
    rows: int = 1
    indent: int = 0
    quoted: int = 0
    underline: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the original that is not in the essay: where it stands, its text, why.

    `line` counts from 1 in a text; 0 where the format has no lines. `where` then says it in other
    words ("page 3"), or is "".
    """

    line: int
    text: str
    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An original, read. What it does not tell is "".

    `date` is an ISO date or year, `language` a code such as "en", `address` where the essay can be
    read. `remarks` are sentences the editor should read before trusting the result.
    """

    title: str
    author: str
    blocks: tuple[Block, ...]
    publication: str = ""
    date: str = ""
    language: str = ""
    address: str = ""
    rights: str = ""
    biography: str = ""
    notes: tuple[Note, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()


_LONGEST = 200  # characters of a part's text that are shown


def truncate(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def with_omission_remark(document: Document) -> Document:
    """The document, with a remark where more words of its original are left out than kept."""
    kept = sum(len(words(block.text)) for block in document.blocks)
    kept += sum(len(words(run.text)) for note in document.notes for run in note.runs)
    omitted: Counter[str] = Counter()
    for each in document.left_out:
        omitted[each.reason] += len(words(each.text))
    count = omitted.total()
    if count <= kept:
        return document
    reasons = ", ".join(f"{reason} ({number:,})" for reason, number in omitted.most_common(3))
    remark = (
        f"{count:,} of {count + kept:,} words were left out, more than half: {reasons}; look "
        "whether the essay is whole"
    )
    return replace(document, remarks=(*document.remarks, remark))
