"""An essay under review: each passage's state, how far it has come, where to go next. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crossclaim.content.essay_edit import tags_of
from crossclaim.content.tag_line import Attributes
from crossclaim.model import Essay, Items, Part, Passage, Quotation, Stance, Verbatim
from crossclaim.reviewing.spots import Spot, spots


class State(StrEnum):
    """How far a passage is. It is in need of a reviewer unless it is reviewed or an aside."""

    UNTOUCHED = "untouched"
    SUGGESTED = "suggested"
    REVIEWED = "reviewed"
    ASIDE = "aside"
    UNREADABLE = "unreadable"

    @property
    def needs(self) -> bool:
        """Whether a reviewer has yet to look at it."""
        return self not in (State.REVIEWED, State.ASIDE)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag or suggestion as the page lists it."""

    claim: str
    stance: Stance
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A passage under review: how it stands in the file and in the essay, and how far it is.

    `tags` has each tag and suggestion once, in the order of the file.
    """

    spot: Spot
    passage: Passage
    tags: tuple[Tagged, ...]
    state: State

    @property
    def suggestions(self) -> tuple[Tagged, ...]:
        """The tags nobody has reviewed."""
        return tuple(tag for tag in self.tags if not tag.reviewed)

    @property
    def reviewed(self) -> tuple[Tagged, ...]:
        """The tags somebody has accepted."""
        return tuple(tag for tag in self.tags if tag.reviewed)


def leaf_of(spot: Spot, passage: Passage) -> Leaf:
    """A passage of the file and of the essay as a leaf."""
    found = tags_of(spot.attributes or Attributes())
    tags = tuple(dict.fromkeys(Tagged(claim, stance, done) for stance, claim, done in found))
    return Leaf(spot, passage, tags, _state(spot.attributes, tags))


def _state(found: Attributes | None, tags: Sequence[Tagged]) -> State:
    if found is None:
        return State.UNREADABLE
    if not all(tag.reviewed for tag in tags):
        return State.SUGGESTED
    if found.aside:
        return State.ASIDE
    return State.REVIEWED if tags else State.UNTOUCHED


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of an essay's passages are done."""

    done: int
    all: int

    def __str__(self) -> str:
        return f"{self.done} of {self.all} reviewed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An essay with its passages as leaves, in reading order."""

    essay: Essay
    leaves: tuple[Leaf, ...]

    @property
    def progress(self) -> Progress:
        """How many passages are done."""
        return Progress(sum(not leaf.state.needs for leaf in self.leaves), len(self.leaves))

    def next_in_need(self, number: int) -> Leaf | None:
        """The first passage after this number that needs a reviewer, going round once."""
        later = [*self.leaves[number:], *self.leaves[:number]]
        return next((leaf for leaf in later if leaf.state.needs), None)

    def repeated_id(self) -> Leaf | None:
        """The first passage whose id another one has already."""
        seen: set[str] = set()
        for leaf in self.leaves:
            name = leaf.spot.attributes.id if leaf.spot.attributes else ""
            if name and name in seen:
                return leaf
            seen.add(name)
        return None


def sheet_of(essay: Essay, text: str) -> Sheet:
    """An essay and its file's text as a sheet."""
    return Sheet(essay, tuple(map(leaf_of, spots(text), essay.passages)))


def laid_out(parts: tuple[Part, ...]) -> Iterator[tuple[str, object]]:
    """An essay's parts in order, openings and closings of lists and quotations among them.

    (“passage”, its number), (“heading”, Heading), (“verbatim”, text), (“open” or “close”, element).
    """
    for part in parts:
        match part:
            case Passage():
                yield "passage", part.number
            case Verbatim():
                yield "verbatim", part.text
            case Quotation():
                yield "open", "blockquote"
                yield from laid_out(part.parts)
                yield "close", "blockquote"
            case Items():
                name = "ol" if part.ordered else "ul"
                yield "open", name
                for item in part.items:
                    yield "open", "li"
                    yield from laid_out(item)
                    yield "close", "li"
                yield "close", name
            case _:
                yield "heading", part
