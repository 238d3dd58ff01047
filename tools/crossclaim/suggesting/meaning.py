"""How near passages are to claims in meaning, by the vectors of their sentences.

All texts of a collection speak of one subject, and that shared direction drowns what tells one
claim from another. So the mean of the claims is taken from claims, and the mean of the passages
from passages (Mu and Viswanath, “All-but-the-Top”, 2018, without its further directions).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crossclaim.language.encoder import Encoder, Vectors

_FEW = 3  # texts; a mean of fewer is half a guess and counts for less


class Meaning:
    """Claims and passages as vectors with the subject they share taken out."""

    def __init__(
        self, encoder: Encoder, claims: Sequence[str], passages: Sequence[Sequence[str]]
    ) -> None:
        """`passages` are given as their sentences."""
        self._encoder = encoder
        self._parts = [tuple(sentences) or ("",) for sentences in passages]
        whole = encoder.vectors([" ".join(sentences) for sentences in self._parts])
        parts = encoder.vectors([sentence for found in self._parts for sentence in found])
        of_claims = encoder.vectors(list(claims)) if claims else whole[:0]
        self._middle = _middle(whole)
        self._whole = _unit(whole - self._middle)
        self._sentences = _unit(parts - _middle(parts))
        self._claims = _unit(of_claims - _middle(of_claims))

    def of_whole(self) -> NDArray[np.float64]:
        """The cosine of every passage and every claim, n × m."""
        return (self._whole @ self._claims.T).astype(np.float64)

    def of_nearest(self) -> NDArray[np.float64]:
        """The cosine of every claim and the sentence nearest to it in every passage, n × m."""
        near = self._sentences @ self._claims.T
        starts = np.cumsum([0, *(len(found) for found in self._parts[:-1])])
        return np.maximum.reduceat(near, starts, axis=0).astype(np.float64)

    def of_passages(self, texts: Sequence[str]) -> Vectors:
        """Texts that read like passages, k × d."""
        return _unit(self._encoder.vectors(list(texts)) - self._middle)


def _middle(vectors: Vectors) -> Vectors:
    """The mean of vectors, drawn to nothing where there are few."""
    middle: Vectors = vectors.sum(axis=0) / (len(vectors) + _FEW)
    return middle


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = vectors / np.maximum(length, 1e-9)
    return unit
