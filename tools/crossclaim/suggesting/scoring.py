"""How near each passage is to each claim, by meaning, by words, and by what was tagged before.

Two texts speak for a claim: its sentence, and what taggers are told of it. Each is compared with
the passage as a whole, with the passage's nearest sentence, and by the words they share. Passages
that were tagged with the claim elsewhere speak for it too, the more of them, the louder.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossclaim.language.encoder import Encoder
from crossclaim.language.ranker import word_overlap
from crossclaim.language.sentences import sentences
from crossclaim.language.stemmer import stems
from crossclaim.suggesting.meaning import Meaning

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of likeness counts for, beside the passage as a whole.

    `sentence` is the share of the nearest sentence in the likeness of meaning. Shared words are
    added: `words` of them for a claim's sentence, `told` for its `about`, which is longer. `about`
    is its share in the whole. `enough` examples count for half of what many would.
    """

    sentence: float = 0.5
    words: float = 0.25
    told: float = 0.5
    about: float = 2 / 3
    examples: float = 0.3
    enough: float = 3.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage to be scored: its words, and their language (“en”)."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Known:
    """What speaks for a claim: its sentence, what taggers are told, passages tagged with it."""

    sentence: str
    about: str = ""
    examples: tuple[str, ...] = ()


def scores(
    passages: Sequence[Asked],
    claims: Sequence[Known],
    encoder: Encoder | None,
    weights: Weights = WEIGHTS,
) -> Scores:
    """Every passage for every claim, n × m; higher is nearer, about 1 is as near as it gets.

    `passages` are the whole collection's, so that it is known what all of it speaks of. Without
    an encoder only shared words count.
    """
    if not passages or not claims:
        return np.zeros((len(passages), len(claims)))
    by_sentence = _likeness(passages, [c.sentence for c in claims], encoder, weights, weights.words)
    shares = np.array([weights.about * _told(claim) for claim in claims])
    total = by_sentence
    if shares.any():
        texts = [c.about or c.sentence for c in claims]
        by_about = _likeness(passages, texts, encoder, weights, weights.told)
        total = (1 - shares) * by_sentence + shares * by_about
    if encoder and weights.examples:
        total = total + weights.examples * _by_examples(passages, claims, encoder, weights.enough)
    return total


def _told(claim: Known) -> float:
    """How much a claim's `about` has to say: less than 1 where it is shorter than the sentence."""
    return min(1.0, len(claim.about.split()) / max(1, len(claim.sentence.split())))


def _likeness(
    passages: Sequence[Asked],
    texts: Sequence[str],
    encoder: Encoder | None,
    weights: Weights,
    words: float,
) -> Scores:
    """Every passage's likeness to every text, n × m."""
    likeness = words * word_overlap(
        [stems(p.text, p.language) for p in passages],
        [_stems(text, passages) for text in texts],
    )
    if encoder is None:
        return likeness
    meaning = Meaning(encoder, texts, [sentences(p.text) for p in passages])
    share = weights.sentence
    return likeness + (1 - share) * meaning.of_whole() + share * meaning.of_nearest()


def _stems(text: str, passages: Sequence[Asked]) -> tuple[str, ...]:
    """A claim's stems, in every language that the passages are written in."""
    languages = dict.fromkeys(p.language for p in passages)
    return tuple(dict.fromkeys(stem for code in languages for stem in stems(text, code)))


def _by_examples(
    passages: Sequence[Asked], claims: Sequence[Known], encoder: Encoder, enough: float
) -> Scores:
    """Every passage's likeness to each claim's examples: their mean, n / (n + enough) of it."""
    own = Meaning(encoder, (), [sentences(p.text) for p in passages])
    asked = own.of_passages([p.text for p in passages])
    likeness = np.zeros((len(passages), len(claims)))
    for at, claim in enumerate(claims):
        if not claim.examples:
            continue
        near = asked @ own.of_passages(claim.examples).T
        # A passage is no example for itself.
        other = np.array([[p.text != text for text in claim.examples] for p in passages])
        count = other.sum(axis=1)
        likeness[:, at] = (near * other).sum(axis=1) / (count + enough)
    return likeness
