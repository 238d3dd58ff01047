"""The suggester: which claims of a collection a passage makes, and which of them to suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from crossclaim.language.encoder import CachingEncoder, Encoder
from crossclaim.model import Collection, Essay, Passage, Stance
from crossclaim.suggesting.attribution import attributed_passages, opens_with_attribution
from crossclaim.suggesting.calibration import WITH_ENCODER, WORDS_ALONE
from crossclaim.suggesting.profiles import claim_profiles
from crossclaim.suggesting.scoring import (
    DEFAULT_WEIGHTS,
    ClaimText,
    PassageText,
    ScoreMatrix,
    ScoreWeights,
    claim_scores,
)
from crossclaim.suggesting.stances import EssayPosition, essay_position, proposed_stance

T = TypeVar("T")
_LIKELY = 0.3  # probability from which a claim tells on which side an essay stands
_MAJORITY = 2  # other essays from which an essay is held for one like them; one is no majority
_BACKGROUND = 1000  # passages of other essays, enough to know what all of them speak of
_EXAMPLES = 12  # of a claim
MOST_SUGGESTIONS = 3  # a passage


@dataclass(frozen=True, slots=True)
class RankedClaim:
    """A claim for a passage: the stance to propose, and how likely a reader would tag it so.

    `score` is a probability, 0 to 1, of the claim, whatever the stance.
    """

    claim: str
    stance: Stance
    score: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What it takes to be suggested.

    `first` is the probability that the best claim needs, `further` what the others need, and
    `share` how near they must come to the best.
    """

    first: float = 0.4
    further: float = 0.4
    share: float = 0.5


DEFAULT_THRESHOLDS = Thresholds()


def suggested_claims(
    ranked: Sequence[RankedClaim],
    most: int = MOST_SUGGESTIONS,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> tuple[RankedClaim, ...]:
    """The claims to suggest, best first: at most `most`, and none where none is likely enough.

    An aside should get nothing.
    """
    if not ranked or ranked[0].score < thresholds.first:
        return ()
    enough = max(thresholds.further, thresholds.share * ranked[0].score)
    return (ranked[0], *(claim for claim in ranked[1:most] if claim.score >= enough))


class Suggester:
    """The claims of a collection, ready to be ranked for any of its passages."""

    def __init__(
        self,
        collection: Collection,
        encoder: Encoder | None,
        without: str = "",
        weights: ScoreWeights = DEFAULT_WEIGHTS,
    ) -> None:
        """Without an encoder shared words alone count.

        The tags of the essay `without` are treated as if it had none.
        """
        self.collection = collection
        self.encoder = CachingEncoder(encoder) if encoder else None
        self._without = without
        self._weights = weights
        self._profiles = claim_profiles(collection, without)
        self._names = [profile.claim.id for profile in self._profiles]
        self._rows: dict[str, dict[PassageText, ScoreMatrix]] = {}
        self._positions: dict[str, EssayPosition] = {}
        self._attributed: dict[str, frozenset[int]] = {}

    def ranked(self, passage: Passage, essay: Essay) -> tuple[RankedClaim, ...]:
        """Every claim for this passage, best first; none where the registry is empty."""
        row = self.probabilities(passage, essay)
        text = passage.words
        position = self._position(essay)
        return tuple(
            RankedClaim(
                self._names[column],
                proposed_stance(
                    text,
                    self._names[column],
                    position,
                    [example.stance for example in self._profiles[column].examples],
                    passage.number in self._attributed_in(essay),
                    opens_with_attribution(text),
                ),
                float(row[column]),
            )
            for column in sorted(range(len(row)), key=lambda column: (-row[column], column))
        )

    def probabilities(self, passage: Passage, essay: Essay) -> Sequence[float]:
        """How likely each claim is, in the order of `claims.yml`."""
        if essay.id not in self._rows:
            texts = [_passage_text(p, essay) for p in essay.passages]
            self._rows[essay.id] = dict(zip(texts, self._computed(texts, essay), strict=True))
        text = _passage_text(passage, essay)
        if text not in self._rows[essay.id]:  # edited since, or from elsewhere
            self._rows[essay.id][text] = self._computed([text], essay)[0]
        return [float(p) for p in self._rows[essay.id][text]]

    def _computed(self, texts: Sequence[PassageText], essay: Essay) -> ScoreMatrix:
        """The probabilities of all claims for passages of an essay, among the collection's."""
        others = [
            (p, other) for other in self.collection.essays if other.id != essay.id
            for p in other.passages
        ]  # fmt: skip
        background = [_passage_text(p, other) for p, other in evenly_spaced(others, _BACKGROUND)]
        scores = claim_scores([*texts, *background], self._claims, self.encoder, self._weights)
        curve = WITH_ENCODER if self.encoder else WORDS_ALONE
        return curve.probabilities(scores)[: len(texts)]

    @cached_property
    def _claims(self) -> tuple[ClaimText, ...]:
        return tuple(
            ClaimText(
                profile.claim.sentence,
                f"{profile.about} {profile.former}".strip(),
                tuple(example.text for example in evenly_spaced(profile.examples, _EXAMPLES)),
            )
            for profile in self._profiles
        )

    def _attributed_in(self, essay: Essay) -> frozenset[int]:
        if essay.id not in self._attributed:
            self._attributed[essay.id] = attributed_passages(essay)
        return self._attributed[essay.id]

    def _position(self, essay: Essay) -> EssayPosition:
        if essay.id not in self._positions:
            tagged = [] if essay.id == self._without else _tags(essay)
            likely = [
                (name, -p if self._speaks_for_others(passage, essay) else p)
                for passage in essay.passages
                for name, p in zip(self._names, self.probabilities(passage, essay), strict=True)
                if p >= _LIKELY
            ]
            elsewhere = (
                {
                    profile.claim.id: [e.stance for e in profile.examples]
                    for profile in self._profiles
                }
                if self._other_tagged_essays(essay) >= _MAJORITY
                else {}
            )
            self._positions[essay.id] = essay_position(
                self.collection.claims, tagged, likely, elsewhere
            )
        return self._positions[essay.id]

    def _speaks_for_others(self, passage: Passage, essay: Essay) -> bool:
        return passage.number in self._attributed_in(essay) or opens_with_attribution(passage.words)

    def _other_tagged_essays(self, essay: Essay) -> int:
        """How many other essays somebody has tagged."""
        return sum(
            any(passage.reviewed for passage in other.passages)
            for other in self.collection.essays
            if other.id not in (essay.id, self._without)
        )


def evenly_spaced(items: Sequence[T], most: int) -> Sequence[T]:
    """At most so many of the items, evenly from first to last."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]


def _passage_text(passage: Passage, essay: Essay) -> PassageText:
    return PassageText(passage.words, essay.language or "en")


def _tags(essay: Essay) -> list[tuple[str, Stance]]:
    return [(tag.claim, tag.stance) for p in essay.passages for tag in p.reviewed]
