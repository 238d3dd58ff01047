"""Ask a collection which of its claims a passage makes: the one door to all of this."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crossclaim.excerpt import plain
from crossclaim.model import Collection, Essay, Passage, Stance
from crossclaim.suggesting.calibration import WITH_ENCODER, WORDS_ALONE
from crossclaim.suggesting.encoding import Encoder, Remembering
from crossclaim.suggesting.evidence import evidence
from crossclaim.suggesting.scoring import WEIGHTS, Asked, Known, Scores, Weights, scores
from crossclaim.suggesting.stances import Sides, sides, stance
from crossclaim.suggesting.voices import other_voices

_LIKELY = 0.3  # probability from which a claim tells on which side an essay stands


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
        self.encoder = Remembering(encoder) if encoder else None
        self._without = without
        self._weights = weights
        self._evidence = evidence(collection, without)
        self._names = [known.claim.id for known in self._evidence]
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
                ),
                float(row[at]),
            )
            for at in order
        )

    def probabilities(self, passage: Passage, essay: Essay) -> Sequence[float]:
        """How likely each claim is, in the order of `claims.yml`."""
        at = self._places.get((essay.id, passage.number))
        asked = _asked(passage, essay)
        if at is not None and self._passages[at] == asked:
            return [float(p) for p in self._all[at]]
        # Edited since, or from elsewhere: asked about beside the collection's own.
        return [float(p) for p in self._computed((*self._passages, asked))[-1]]

    @cached_property
    def _passages(self) -> tuple[Asked, ...]:
        return tuple(_asked(p, essay) for essay in self.collection.essays for p in essay.passages)

    @cached_property
    def _places(self) -> dict[tuple[str, int], int]:
        found = [(e.id, p.number) for e in self.collection.essays for p in e.passages]
        return {key: at for at, key in enumerate(found)}

    @cached_property
    def _all(self) -> Scores:
        return self._computed(self._passages)

    def _computed(self, passages: Sequence[Asked]) -> Scores:
        known = [
            Known(
                e.claim.sentence,
                f"{e.about} {e.former}".strip(),
                tuple(example.text for example in e.examples),
            )
            for e in self._evidence
        ]
        found = scores(passages, known, self.encoder, self._weights)
        curve = WITH_ENCODER if self.encoder else WORDS_ALONE
        return curve.probabilities(found)

    def _argued(self, essay: Essay) -> Sides:
        if essay.id not in self._sides:
            own = [] if essay.id == self._without else _tags(essay)
            theirs = self._voices.setdefault(essay.id, other_voices(essay))
            likely = [
                (name, -p if passage.number in theirs else p)
                for passage in essay.passages
                for name, p in zip(self._names, self.probabilities(passage, essay), strict=True)
                if p >= _LIKELY
            ]
            taken = {e.claim.id: [x.stance for x in e.examples] for e in self._evidence}
            self._sides[essay.id] = sides(self.collection.claims, own, likely, taken)
        return self._sides[essay.id]


def suggest(collection: Collection, encoder: Encoder | None) -> Suggester:
    """A collection's suggester; without an encoder it goes by shared words alone."""
    return Suggester(collection, encoder)


def _asked(passage: Passage, essay: Essay) -> Asked:
    return Asked(plain(passage.text), essay.language or "en")


def _tags(essay: Essay) -> list[tuple[str, Stance]]:
    return [(tag.claim, tag.stance) for p in essay.passages for tag in p.reviewed]
