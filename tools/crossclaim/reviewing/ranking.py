"""Where suggestions get their scores: what a ranker is, and its answers kept while they hold."""

from collections.abc import Callable, Sequence
from typing import Protocol

from crossclaim.model import Claim, Collection, Essay, Passage, Stance


class Suggested(Protocol):
    """A claim as a ranker proposes it: how it is taken up, and how sure that is, from 0 to 1."""

    @property
    def claim(self) -> str:
        """The claim's id."""

    @property
    def stance(self) -> Stance:
        """What the passage does with it."""

    @property
    def score(self) -> float:
        """From 0, certainly not, to 1."""


class Ranker(Protocol):
    """Claims for a passage, the likeliest first: `suggesting.suggester.Suggester` is one."""

    def ranked(self, passage: Passage, essay: Essay) -> Sequence[Suggested]:
        """The claims with stance and score."""


RankerOf = Callable[[Collection], Ranker]


class Scores:
    """A ranker's answers. It is made anew when the registry changes, and asked once a passage."""

    def __init__(self, ranker_of: RankerOf | None, load: Callable[[], Collection]) -> None:
        """`ranker_of` makes a ranker for the collection that `load` gives; None: no scores."""
        self._ranker_of = ranker_of
        self._load = load
        self._claims: tuple[Claim, ...] | None = None
        self._ranker: Ranker | None = None
        self._known: dict[tuple[str, str], Sequence[Suggested]] = {}

    def of(self, passage: Passage, essay: Essay, claims: tuple[Claim, ...]) -> Sequence[Suggested]:
        """What is proposed for a passage; nothing without a ranker."""
        if self._ranker_of is None:
            return ()
        if self._ranker is None or self._claims != claims:
            self._claims, self._ranker = claims, self._ranker_of(self._load())
            self._known.clear()
        place = (essay.id, passage.text)
        if place not in self._known:
            self._known[place] = self._ranker.ranked(passage, essay)
        return self._known[place]
