"""Ask a collection which of its claims a passage makes: the one door to all of this."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from crossclaim.content.excerpt import plain
from crossclaim.language.encoder import CachingEncoder, Encoder
from crossclaim.model import Collection, Essay, Passage, Stance
from crossclaim.suggesting.attribution import is_attributed, other_voices
from crossclaim.suggesting.calibration import WITH_ENCODER, WORDS_ALONE
from crossclaim.suggesting.evidence import evidence
from crossclaim.suggesting.scoring import WEIGHTS, Asked, Known, Scores, Weights, scores
from crossclaim.suggesting.stances import Sides, sides, stance

T = TypeVar("T")
_LIKELY = 0.3  # probability from which a claim tells on which side an essay stands
_CHORUS = 2  # other essays from which an essay is held for one like them; one is no majority
_BESIDE = 1000  # passages of other essays, enough to know what all of them speak of
_EXAMPLES = 12  # of a claim


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim for a passage: the stance to propose, and how likely a reader would tag it so.

    `score` is a probability, 0 to 1, of the claim, whatever the stance.
    """

    claim: str
    stance: Stance
    score: float


class Suggester:
    """The claims of a collection, ready to be asked about any of its passages."""

    def __init__(
        self,
        collection: Collection,
        encoder: Encoder | None,
        without: str = "",
        weights: Weights = WEIGHTS,
    ) -> None:
        """The tags of the essay `without` are treated as if it had none."""
        self.collection = collection
        self.encoder = CachingEncoder(encoder) if encoder else None
        self._without = without
        self._weights = weights
        self._evidence = evidence(collection, without)
        self._names = [known.claim.id for known in self._evidence]
        self._rows: dict[str, dict[Asked, Scores]] = {}
        self._sides: dict[str, Sides] = {}
        self._voices: dict[str, frozenset[int]] = {}

    def ranked(self, passage: Passage, essay: Essay) -> tuple[Ranked, ...]:
        """Every claim for this passage, best first; none where the registry is empty."""
        row = self.probabilities(passage, essay)
        order = sorted(range(len(row)), key=lambda at: (-row[at], at))
        text = plain(passage.text)
        argued = self._argued(essay)
        return tuple(
            Ranked(
                self._names[at],
                stance(
                    text,
                    self._names[at],
                    argued,
                    [example.stance for example in self._evidence[at].examples],
                    passage.number in self._voices[essay.id],
                    is_attributed(text),
                ),
                float(row[at]),
            )
            for at in order
        )

    def probabilities(self, passage: Passage, essay: Essay) -> Sequence[float]:
        """How likely each claim is, in the order of `claims.yml`."""
        if essay.id not in self._rows:
            own = [_asked(p, essay) for p in essay.passages]
            self._rows[essay.id] = dict(zip(own, self._computed(own, essay), strict=True))
        asked = _asked(passage, essay)
        if asked not in self._rows[essay.id]:  # edited since, or from elsewhere
            self._rows[essay.id][asked] = self._computed([asked], essay)[0]
        return [float(p) for p in self._rows[essay.id][asked]]

    def _computed(self, asked: Sequence[Asked], essay: Essay) -> Scores:
        """The probabilities of all claims for passages of an essay, among the collection's."""
        others = [
            (p, other) for other in self.collection.essays if other.id != essay.id
            for p in other.passages
        ]  # fmt: skip
        beside = [_asked(p, other) for p, other in spread(others, _BESIDE)]
        found = scores([*asked, *beside], self._known, self.encoder, self._weights)
        curve = WITH_ENCODER if self.encoder else WORDS_ALONE
        return curve.probabilities(found)[: len(asked)]

    @cached_property
    def _known(self) -> tuple[Known, ...]:
        return tuple(
            Known(
                e.claim.sentence,
                f"{e.about} {e.former}".strip(),
                tuple(example.text for example in spread(e.examples, _EXAMPLES)),
            )
            for e in self._evidence
        )

    def _argued(self, essay: Essay) -> Sides:
        if essay.id not in self._sides:
            own = [] if essay.id == self._without else _tags(essay)
            theirs = self._voices.setdefault(essay.id, other_voices(essay))
            likely = [
                (name, -p if passage.number in theirs or is_attributed(plain(passage.text)) else p)
                for passage in essay.passages
                for name, p in zip(self._names, self.probabilities(passage, essay), strict=True)
                if p >= _LIKELY
            ]
            taken = (
                {e.claim.id: [x.stance for x in e.examples] for e in self._evidence}
                if self._others(essay) >= _CHORUS
                else {}
            )
            self._sides[essay.id] = sides(self.collection.claims, own, likely, taken)
        return self._sides[essay.id]

    def _others(self, essay: Essay) -> int:
        """How many other essays somebody has tagged."""
        return sum(
            any(passage.reviewed for passage in other.passages)
            for other in self.collection.essays
            if other.id not in (essay.id, self._without)
        )


def suggest(collection: Collection, encoder: Encoder | None) -> Suggester:
    """A collection's suggester; without an encoder it goes by shared words alone."""
    return Suggester(collection, encoder)


def spread(items: Sequence[T], most: int) -> Sequence[T]:
    """At most so many of the items, evenly from first to last."""
    if len(items) <= most:
        return items
    return [items[at * len(items) // most] for at in range(most)]


def _asked(passage: Passage, essay: Essay) -> Asked:
    return Asked(plain(passage.text), essay.language or "en")


def _tags(essay: Essay) -> list[tuple[str, Stance]]:
    return [(tag.claim, tag.stance) for p in essay.passages for tag in p.reviewed]
