"""Scores of passages and claims: by meaning, by words, and by what was tagged before.

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
from crossclaim.language.stemmer import stems, stems_in
from crossclaim.suggesting.similarity import SemanticSimilarity

ScoreMatrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What each kind of likeness counts for, beside the passage as a whole.

    `sentence` is the share of the nearest sentence in the likeness of meaning. Shared words are
    added: `words` of them for a claim's sentence, `about_words` for its `about`, which is longer.
    `about` is its share in the whole. `enough` examples count for half of what many would.
    """

    sentence: float = 0.5
    words: float = 0.25
    about_words: float = 0.5
    about: float = 2 / 3
    examples: float = 0.3
    enough: float = 3.0


DEFAULT_WEIGHTS = ScoreWeights()


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage to be scored: its words, and their language (“en”)."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ClaimText:
    """What speaks for a claim: its sentence, what taggers are told, passages tagged with it."""

    sentence: str
    about: str = ""
    examples: tuple[str, ...] = ()


def claim_scores(
    passages: Sequence[PassageText],
    claims: Sequence[ClaimText],
    encoder: Encoder | None,
    weights: ScoreWeights = DEFAULT_WEIGHTS,
) -> ScoreMatrix:
    """Every passage for every claim, n × m; higher is nearer, about 1 is as near as it gets.

    `passages` are the whole collection's, so that it is known what all of it speaks of. Without
    an encoder only shared words count.
    """
    if not passages or not claims:
        return np.zeros((len(passages), len(claims)))
    by_sentence = _likeness(passages, [c.sentence for c in claims], encoder, weights, weights.words)
    shares = np.array([weights.about * _about_length(claim) for claim in claims])
    total = by_sentence
    if shares.any():
        texts = [c.about or c.sentence for c in claims]
        by_about = _likeness(passages, texts, encoder, weights, weights.about_words)
        total = (1 - shares) * by_sentence + shares * by_about
    if encoder and weights.examples:
        total = total + weights.examples * _by_examples(passages, claims, encoder, weights.enough)
    return total


def _about_length(claim: ClaimText) -> float:
    """How much a claim's `about` has to say: less than 1 where it is shorter than the sentence."""
    return min(1.0, len(claim.about.split()) / max(1, len(claim.sentence.split())))


def _likeness(
    passages: Sequence[PassageText],
    texts: Sequence[str],
    encoder: Encoder | None,
    weights: ScoreWeights,
    words: float,
) -> ScoreMatrix:
    """Every passage's likeness to every text, n × m; a text may be in any passage's language."""
    languages = tuple(dict.fromkeys(p.language for p in passages))
    likeness = words * word_overlap(
        [stems(p.text, p.language) for p in passages],
        [stems_in(text, languages) for text in texts],
    )
    if encoder is None:
        return likeness
    meaning = SemanticSimilarity(encoder, texts, [sentences(p.text) for p in passages])
    share = weights.sentence
    return likeness + (1 - share) * meaning.of_passages() + share * meaning.of_nearest_sentences()


def _by_examples(
    passages: Sequence[PassageText], claims: Sequence[ClaimText], encoder: Encoder, enough: float
) -> ScoreMatrix:
    """Every passage's likeness to each claim's examples: their mean, n / (n + enough) of it."""
    meaning = SemanticSimilarity(encoder, (), [sentences(p.text) for p in passages])
    vectors = meaning.passage_vectors([p.text for p in passages])
    likeness = np.zeros((len(passages), len(claims)))
    for column, claim in enumerate(claims):
        if not claim.examples:
            continue
        near = vectors @ meaning.passage_vectors(claim.examples).T
        # A passage is no example for itself.
        other = np.array([[p.text != text for text in claim.examples] for p in passages])
        count = other.sum(axis=1)
        likeness[:, column] = (near * other).sum(axis=1) / (count + enough)
    return likeness
