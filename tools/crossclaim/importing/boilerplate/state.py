"""What a pass over an original keeps count of, and the measures its parts share."""

from dataclasses import dataclass, field

from crossclaim.importing.document import LeftOut, Paragraph
from crossclaim.importing.emphasis import typed_references, without_emphasis
from crossclaim.names import words

HEAD_LINE = 10  # words; a longer line above the essay is no line of an author's block
HEAD_SPAN = 14  # paragraphs among which a head may lie
PROSE = 12  # words; a longer paragraph that ends like a sentence is prose
ADDRESS_REASON = "the source's address, kept as address"
CLAUSE_ENDS = ":;,"  # where a line that is no label may end too


@dataclass
class Sorting:
    """What the pass over an original has told apart so far."""

    title: str
    author: str
    publication: str = ""
    rights: str = ""
    biography: str = ""
    date: str = ""
    address: str = ""
    left_out: list[LeftOut] = field(default_factory=list)

    def leave(self, paragraph: Paragraph, reason: str) -> None:
        """Leave a paragraph out of the essay, and say why."""
        self.left_out.append(
            LeftOut(paragraph.line, typed_references(paragraph.text.strip()), reason)
        )


def plain(paragraph: Paragraph) -> str:
    """A paragraph's words, without marks."""
    return without_emphasis(paragraph.text.strip().lstrip("# "))


def same(one: str, other: str) -> bool:
    """Whether two texts are the same words."""
    return words(one.casefold()) == words(other.casefold()) != []
