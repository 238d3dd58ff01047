"""The inverted index: for every word, the records that have it. Values only.

The weight of a word in a record is the part of BM25 that does not depend on the query (Robertson
and Zaragoza, “The Probabilistic Relevance Framework”, 2009), in quarters, so that the browser has
nothing to divide.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import snowballstemmer

from crossclaim.search.words import forms

# The stemmers of the Snowball project, by language.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b; paragraphs differ less in length than pages
_QUARTERS, _MOST = 4, 9


@dataclass(slots=True)
class Word:
    """One form: the records that have it, how often, and at which places; all in order."""

    records: "array[int]" = field(default_factory=lambda: array("I"))
    counts: "array[int]" = field(default_factory=lambda: array("H"))
    places: "array[int]" = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every form that the records hold, and which forms are one word in another ending.

    `lengths` are the records' lengths in forms, `usual` their mean.
    """

    words: dict[str, Word]
    kin: dict[str, tuple[str, ...]]
    lengths: "array[int]"
    usual: float

    def weights(self, form: str) -> Iterator[int]:
        """The form's weight in each of its records, from 1 to 9, in the order of its records."""
        word = self.words[form]
        for record, count in zip(word.records, word.counts, strict=True):
            long = 1 - _LENGTH + _LENGTH * self.lengths[record] / self.usual
            share = count * (_SATURATION + 1) / (count + _SATURATION * long)
            yield min(_MOST, max(1, round(share * _QUARTERS)))


def read(texts: Iterable[tuple[str, str]]) -> Vocabulary:
    """The vocabulary of texts, each with its language; a text's record is its place in the row."""
    words: dict[str, Word] = defaultdict(Word)
    written: dict[str, dict[str, str]] = defaultdict(dict)
    lengths = array("I")
    for record, (text, language) in enumerate(texts):
        at: dict[str, list[int]] = defaultdict(list)
        spoken = written[language.split("-")[0].casefold()]
        for form, word, place in forms(text):
            at[form].append(place)
            spoken[word] = form
        for form, places in at.items():
            entry = words[form]
            entry.records.append(record)
            entry.counts.append(min(len(places), 0xFFFF))
            entry.places.extend(places[:0xFFFF])
        lengths.append(sum(map(len, at.values())))
    usual = sum(lengths) / max(len(lengths), 1) or 1.0
    return Vocabulary(dict(words), _kin(written), lengths, usual)


def _kin(written: dict[str, dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """For every form the others with the same stem, in any language it was met in.

    Words are stemmed as they were written, since some languages' endings have accents.
    """
    kin: dict[str, set[str]] = defaultdict(set)
    for language, spoken in written.items():
        if language not in _STEMMERS:
            continue
        stemmer = snowballstemmer.stemmer(_STEMMERS[language])
        families: dict[str, set[str]] = defaultdict(set)
        for word, form in spoken.items():
            families[stemmer.stemWord(word.lower())].add(form)
        for family in families.values():
            for form in family:
                kin[form] |= family - {form}
    return {form: tuple(sorted(others)) for form, others in kin.items() if others}
