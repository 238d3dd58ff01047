"""Which of the ranked claims to suggest, or none: an aside should get nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossclaim.model import Passage
from crossclaim.suggesting.suggester import Ranked

MOST = 3  # suggestions a passage


@dataclass(frozen=True, slots=True)
class Choice:
    """What it takes to be suggested.

    `first` is the probability that the best claim needs, `further` what the others need, and
    `share` how near they must come to the best.
    """

    first: float = 0.4
    further: float = 0.4
    share: float = 0.5


CHOICE = Choice()


def chosen(
    ranked: Sequence[Ranked], most: int = MOST, choice: Choice = CHOICE
) -> tuple[Ranked, ...]:
    """The claims to suggest, best first: at most `most`, and none where none is likely enough."""
    if not ranked or ranked[0].score < choice.first:
        return ()
    enough = max(choice.further, choice.share * ranked[0].score)
    return tuple(
        found for at, found in enumerate(ranked[:most]) if at == 0 or found.score >= enough
    )


def open_to_suggestions(passage: Passage, again: bool = False) -> bool:
    """Whether a passage waits for suggestions: no tag at all, and no aside.

    `again` asks anew about passages that have suggestions only.
    """
    if passage.aside or passage.reviewed:
        return False
    return again or not passage.tags
