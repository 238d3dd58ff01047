"""Tuning of the encoder: thin matrices, added to its own.

The encoder was made to tell subjects apart. Here all texts have one subject, and what counts is
whether two of them make the same point. `make train-suggest` taught it that on ArgKP-2021.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

# The encoder's matrices, by their names in the package; “w1.0” is the first of three.
MATRICES = (
    "proj_W", "w1.0", "w1.1", "w1.2", "w2.0", "w2.1", "w2.2", "cnn_W",
    "d0", "d1", "d2", "d3", "p1", "p3",
)  # fmt: skip

# For each matrix, n × m, two of rank r: n × r and r × m.
Tuning = Mapping[str, tuple[NDArray[np.floating], NDArray[np.floating]]]


@cache
def shipped_tuning() -> Tuning:
    """The tuning that comes with the program."""
    with files(__package__).joinpath("tuning.npz").open("rb") as file, np.load(file) as arrays:
        return {
            name: (
                arrays[f"{name}/a"].astype(np.float32),
                arrays[f"{name}/b"].astype(np.float32),
            )
            for name in MATRICES
        }


def encoder_matrix(backend: object, name: str) -> NDArray[np.float32]:
    """One of the encoder's matrices. Raises AttributeError, IndexError where it has none."""
    attribute, _, index = name.partition(".")
    value = getattr(backend, attribute)
    matrix: NDArray[np.float32] = value[int(index)] if index else value
    return matrix


def apply_tuning(backend: object, tuning: Tuning) -> None:
    """Add the tuning to the encoder's matrices.

    Raises AttributeError, IndexError or ValueError where the encoder is made otherwise.
    """
    tuned = {name: encoder_matrix(backend, name) + a @ b for name, (a, b) in tuning.items()}
    for name, matrix in tuned.items():
        attribute, _, index = name.partition(".")
        if index:
            getattr(backend, attribute)[int(index)] = matrix
        else:
            setattr(backend, attribute, matrix)
