"""What a reader makes of an original, whatever its format."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a paragraph of a document is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are set alike; `emphasis` is "" (plain), "em" or "strong"."""

    text: str
    emphasis: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item. `marker` is a numbered item's number, as "3."."""

    kind: Kind
    runs: tuple[Run, ...]
    marker: str = ""

    @property
    def text(self) -> str:
        """The words, without emphasis."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the original that is not in the essay: its line there, its text, why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """An original, read. What could not be found is ""."""

    title: str
    author: str
    blocks: tuple[Block, ...]
    publication: str = ""
    rights: str = ""
    biography: str = ""
    left_out: tuple[LeftOut, ...] = field(default=())
