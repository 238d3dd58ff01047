"""Similarity of passages and claims in meaning: cosines of the vectors of their sentences.

All texts of a collection speak of one subject, and that shared direction drowns what tells one
claim from another. So the mean of the claims is taken from claims, and the mean of the passages
from passages (Mu and Viswanath, “All-but-the-Top”, 2018, without its further directions).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crossclaim.language.encoder import Encoder, Vectors

_FEW = 3  # texts; a mean of fewer is half a guess and counts for less


class SemanticSimilarity:
    """Claims and passages as vectors with the subject they share taken out."""

    def __init__(
        self, encoder: Encoder, claims: Sequence[str], passages: Sequence[Sequence[str]]
    ) -> None:
        """`passages` are given as their sentences."""
        self._encoder = encoder
        passages = [tuple(sentences) or ("",) for sentences in passages]
        self._starts = np.cumsum([0, *(len(sentences) for sentences in passages[:-1])])
        whole = encoder.vectors([" ".join(sentences) for sentences in passages])
        single = encoder.vectors([sentence for sentences in passages for sentence in sentences])
        of_claims = encoder.vectors(list(claims)) if claims else whole[:0]
        self._mean = _shrunk_mean(whole)
        self._passages = _unit(whole - self._mean)
        self._sentences = _unit(single - _shrunk_mean(single))
        self._claims = _unit(of_claims - _shrunk_mean(of_claims))

    def of_passages(self) -> NDArray[np.float64]:
        """The cosine of every passage as a whole and every claim, n × m."""
        return (self._passages @ self._claims.T).astype(np.float64)

    def of_nearest_sentences(self) -> NDArray[np.float64]:
        """The cosine of every claim and the sentence nearest to it in every passage, n × m."""
        near = self._sentences @ self._claims.T
        return np.maximum.reduceat(near, self._starts, axis=0).astype(np.float64)

    def passage_vectors(self, texts: Sequence[str]) -> Vectors:
        """Texts that read like passages, k × d."""
        return _unit(self._encoder.vectors(list(texts)) - self._mean)


def _shrunk_mean(vectors: Vectors) -> Vectors:
    """The mean of vectors, drawn to nothing where there are few."""
    mean: Vectors = vectors.sum(axis=0) / (len(vectors) + _FEW)
    return mean


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = vectors / np.maximum(length, 1e-9)
    return unit
