"""The vocabulary: common words of a language in families, and which of them are near in meaning.

The file is made when the package is built (`tools/cut_vocabulary.py`), so that a site's build needs
no encoder. Without it no word is near another, and the search goes by words alone.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

FILE = "vocabulary.npz"
_BLOCK = 2_000  # families that are compared at once


@dataclass(frozen=True, slots=True)
class Family:
    """A stem and its forms, folded, the commonest first."""

    stem: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Families of one language; `vectors` is families × d, whole numbers, of equal lengths."""

    families: tuple[Family, ...]
    vectors: NDArray[np.int8]

    def nearest(
        self, targets: Sequence[int], most: int, least: float
    ) -> list[list[tuple[int, float]]]:
        """For every family the targets nearest to it: (number of the target's family, cosine).

        The nearest come first, at most so many, those with a cosine of at least `least`. A family
        is not near itself.
        """
        vectors = self.vectors.astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1)
        nearest: list[list[tuple[int, float]]] = [[] for _ in self.families]
        columns = np.asarray(targets, dtype=np.int64)
        for first in range(0, len(vectors), _BLOCK):
            own = slice(first, first + _BLOCK)
            # Whole numbers below 2^24 are exact in any order, so every machine gets the same.
            cosines = vectors[own] @ vectors[columns].T
            cosines /= np.outer(lengths[own], lengths[columns])
            rows, near = np.nonzero(cosines >= least)
            values = cosines[rows, near]
            order = np.lexsort((near, -values, rows))
            pairs = (rows[order] + first, columns[near[order]], values[order])
            for row, column, value in zip(*(part.tolist() for part in pairs), strict=True):
                if row != column and len(nearest[row]) < most:
                    nearest[row].append((column, value))
        return nearest


def vocabulary_data(languages: Mapping[str, tuple[Iterable[Family], NDArray[np.int8]]]) -> bytes:
    """The file with the vocabularies of some languages."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for language, (families, vectors) in languages.items():
        lines = "\n".join(" ".join((family.stem, *family.forms)) for family in families)
        arrays[f"{language}/families"] = np.frombuffer(lines.encode(), np.uint8)
        arrays[f"{language}/vectors"] = vectors
    data = io.BytesIO()
    np.savez_compressed(data, allow_pickle=False, **arrays)
    return data.getvalue()


_NONE = Vocabulary((), np.zeros((0, 1), np.int8))


@cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language; it has no families where none is known."""
    file = files(__package__).joinpath(FILE)
    return read_vocabulary(file.read_bytes(), language) if file.is_file() else _NONE


def read_vocabulary(data: bytes, language: str) -> Vocabulary:
    """The vocabulary of a language in such a file."""
    with np.load(io.BytesIO(data)) as arrays:
        if f"{language}/families" not in arrays:
            return _NONE
        lines = arrays[f"{language}/families"].tobytes().decode().split("\n")
        vectors = arrays[f"{language}/vectors"]
    return Vocabulary(tuple(_family(*line.split(" ")) for line in lines), vectors)


def _family(stem: str, *forms: str) -> Family:
    return Family(stem, forms)
