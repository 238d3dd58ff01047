"""A passage as sentences, and a sentence as the stems that two texts can share."""

import re
from functools import lru_cache

import snowballstemmer

from crossclaim.search.vocabulary import STEMMERS
from crossclaim.search.words import compounds, fold

# The end of a sentence: its stop, whatever closes behind it, and white space or another script.
_STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*\s+|[。！？]+[”」』）]*)")
_SHORTEST = 3  # words; “Hell no.” goes with its neighbour
_LONGEST = 2000  # characters of a sentence that are looked at


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order; very short ones go with the one before.

    An abbreviation may cut one in two, which costs a little and breaks nothing.
    """
    found: list[str] = []
    at = 0
    for stop in _STOP.finditer(text):
        found.append(text[at : stop.end()].strip())
        at = stop.end()
    found.append(text[at:].strip())
    joined: list[str] = []
    for sentence in filter(None, found):
        if joined and len(sentence.split()) < _SHORTEST:
            joined[-1] = f"{joined[-1]} {sentence}"
        else:
            joined.append(sentence)
    return tuple(sentence[:_LONGEST] for sentence in joined)


def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """The stems of a text's words, in order, folded; words as they are where no stemmer is known.

    `language` is a code as in an essay's front matter (“en”, “de-CH”).
    """
    known = STEMMERS.get(language.split("-")[0].casefold(), "")
    whole = ("".join(part for part, _, _ in parts) for parts in compounds(text))
    return tuple(filter(None, (_stem(word.lower(), known) for word in whole)))


@lru_cache(maxsize=1 << 16)
def _stem(word: str, stemmer: str) -> str:
    return fold(_stemmer(stemmer).stemWord(word)) if stemmer else fold(word)


@lru_cache(maxsize=40)
def _stemmer(name: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(name)
