"""What the filters of boilerplate removal fill and share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crossclaim.importing.document import Block, LeftOut, Paragraph
from crossclaim.importing.emphasis import typed_references, without_emphasis
from crossclaim.names import words

HEAD_LINE = 10  # words; a longer line above the essay is no line of an author's block
HEAD_SPAN = 14  # paragraphs among which a head may lie
PROSE = 12  # words; a longer paragraph that ends like a sentence is prose
ADDRESS_REASON = "the source's address, kept as address"
CLAUSE_ENDS = ":;,"  # where a line that is no label may end too


@dataclass
class Extraction:
    """An essay extracted from an original: its metadata, its own blocks, and what was left out.

    The filters fill it one after the other; "" is what no line gave.
    """

    title: str
    author: str
    publication: str = ""
    rights: str = ""
    biography: str = ""
    date: str = ""
    address: str = ""
    blocks: tuple[Block, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, paragraph: Paragraph, reason: str) -> None:
        """Leave a paragraph out of the essay, and say why."""
        text = typed_references(paragraph.text.strip())
        self.left_out.append(LeftOut(paragraph.line, text, reason))

    def filter(
        self, paragraphs: Sequence[Paragraph], reason_of: Callable[[int, Paragraph], str | None]
    ) -> list[Paragraph]:
        """The paragraphs to keep; those that `reason_of` (index, paragraph) names are left out."""
        kept = []
        for index, paragraph in enumerate(paragraphs):
            if reason := reason_of(index, paragraph):
                self.leave_out(paragraph, reason)
            else:
                kept.append(paragraph)
        return kept


def plain_text(paragraph: Paragraph) -> str:
    """A paragraph's words, without the marks of emphasis and headings."""
    return without_emphasis(paragraph.text.strip().lstrip("# "))


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, and have any."""
    return words(one.casefold()) == words(other.casefold()) != []
