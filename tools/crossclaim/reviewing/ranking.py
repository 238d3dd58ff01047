"""Ranking of claims for a passage: what a ranker is, and its answers cached while they hold."""

from collections.abc import Callable, Sequence
from typing import Protocol

from crossclaim.model import Claim, Collection, Essay, Passage, Stance


class ScoredClaim(Protocol):
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


class ClaimRanker(Protocol):
    """Claims for a passage, the likeliest first: `suggesting.suggester.Suggester` is one."""

    def ranked(self, passage: Passage, essay: Essay) -> Sequence[ScoredClaim]:
        """The claims with stance and score."""


RankerFactory = Callable[[Collection], ClaimRanker]


class CachedRanking:
    """A ranker's answers. It is made anew when the registry changes, and asked once a passage."""

    def __init__(self, factory: RankerFactory | None, load: Callable[[], Collection]) -> None:
        """`factory` makes a ranker for the collection that `load` gives; None: no scores."""
        self._factory = factory
        self._load = load
        self._claims: tuple[Claim, ...] | None = None
        self._ranker: ClaimRanker | None = None
        self._cache: dict[tuple[str, str], Sequence[ScoredClaim]] = {}

    def ranked(
        self, passage: Passage, essay: Essay, claims: tuple[Claim, ...]
    ) -> Sequence[ScoredClaim]:
        """What is proposed for a passage; nothing without a ranker."""
        if self._factory is None:
            return ()
        if self._ranker is None or self._claims != claims:
            self._claims, self._ranker = claims, self._factory(self._load())
            self._cache.clear()
        key = (essay.id, passage.text)
        if key not in self._cache:
            self._cache[key] = self._ranker.ranked(passage, essay)
        return self._cache[key]
