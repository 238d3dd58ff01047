"""What the filters of boilerplate removal fill and share."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from crossclaim.importing.document import Block, LeftOut, Paragraph
from crossclaim.importing.emphasis import typed_references, without_emphasis
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

HEAD_LINE = 10  # words; a longer line above the essay is no line of an author's block
ADDRESS_REASON = "the source's address, kept as address"
CLAUSE_ENDS = ":;,"  # where a line that is no label may end too
_PROSE = 12  # words; a longer paragraph that ends like a sentence is prose


@dataclass
class Extraction:
    """An essay extracted from an original: its metadata, its own blocks, and what was left out.

    The filters fill it one after the other; "" is what no line gave. `known` are names of authors
    that the collection has already.
    """

    title: str
    author: str
    publication: str = ""
    rights: str = ""
    biography: str = ""
    date: str = ""
    language: str = ""
    address: str = ""
    blocks: tuple[Block, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)
    known: Collection[str] = ()

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


def is_line(text: str) -> bool:
    """Whether a text is a few words that are no sentence."""
    return len(words(text)) <= HEAD_LINE and not ends_sentence(text, CLAUSE_ENDS)


def is_prose(text: str) -> bool:
    """Whether a text is longer than a line and ends as a sentence or a clause does."""
    return len(words(text)) > _PROSE and ends_sentence(text, CLAUSE_ENDS)
