"""An essay under review: each passage's state, how far it has come, where to go next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crossclaim.content.essay_edit import tags_of
from crossclaim.content.tag_line import Attributes
from crossclaim.model import Essay, Passage, Stance
from crossclaim.reviewing.file_passages import FilePassage, file_passages


class ReviewState(StrEnum):
    """How far a passage is. It is in need of a reviewer unless it is reviewed or an aside."""

    UNTOUCHED = "untouched"
    SUGGESTED = "suggested"
    REVIEWED = "reviewed"
    ASIDE = "aside"
    UNREADABLE = "unreadable"

    @property
    def needs_review(self) -> bool:
        """Whether a reviewer has yet to look at it."""
        return self not in (ReviewState.REVIEWED, ReviewState.ASIDE)


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag or suggestion as the page lists it."""

    claim: str
    stance: Stance
    reviewed: bool


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage under review: how it stands in the file and in the essay, and how far it is.

    `tags` has each tag and suggestion once, in the order of the file.
    """

    in_file: FilePassage
    passage: Passage
    tags: tuple[TagView, ...]
    state: ReviewState

    @property
    def suggestions(self) -> tuple[TagView, ...]:
        """The tags nobody has reviewed."""
        return tuple(tag for tag in self.tags if not tag.reviewed)

    @property
    def reviewed(self) -> tuple[TagView, ...]:
        """The tags somebody has accepted."""
        return tuple(tag for tag in self.tags if tag.reviewed)


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How many passages are done."""

    done: int
    all: int

    def __str__(self) -> str:
        return f"{self.done} of {self.all} reviewed"


@dataclass(frozen=True, slots=True)
class EssayView:
    """An essay under review, its passages in reading order."""

    essay: Essay
    passages: tuple[PassageView, ...]

    @property
    def progress(self) -> ReviewProgress:
        """How many passages are done."""
        done = sum(not view.state.needs_review for view in self.passages)
        return ReviewProgress(done, len(self.passages))

    def next_in_need(self, number: int) -> PassageView | None:
        """The first passage after this number that needs a reviewer, going round once."""
        later = [*self.passages[number:], *self.passages[:number]]
        return next((view for view in later if view.state.needs_review), None)

    def repeated_id(self) -> PassageView | None:
        """The first passage whose id another one has already."""
        seen: set[str] = set()
        for view in self.passages:
            name = view.in_file.attributes.id if view.in_file.attributes else ""
            if name and name in seen:
                return view
            seen.add(name)
        return None


def essay_view(essay: Essay, text: str) -> EssayView:
    """The view of an essay and its file's text."""
    return EssayView(essay, tuple(map(_passage_view, file_passages(text), essay.passages)))


def _passage_view(in_file: FilePassage, passage: Passage) -> PassageView:
    tags = tuple(
        TagView(claim, stance, reviewed)
        for stance, claim, reviewed in dict.fromkeys(tags_of(in_file.attributes or Attributes()))
    )
    return PassageView(in_file, passage, tags, _state(in_file.attributes, tags))


def _state(attributes: Attributes | None, tags: Sequence[TagView]) -> ReviewState:
    if attributes is None:
        return ReviewState.UNREADABLE
    if not all(tag.reviewed for tag in tags):
        return ReviewState.SUGGESTED
    if attributes.aside:
        return ReviewState.ASIDE
    return ReviewState.REVIEWED if tags else ReviewState.UNTOUCHED
