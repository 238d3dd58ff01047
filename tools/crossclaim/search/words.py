"""A text as the words of the search: one rule for the index and for what people type.

`assets/search/words.js` is the same rule for the browser; a test compares the two. Quotation marks,
case and accents do not matter. A compound (“front-line”, “don’t”) counts as its parts and as one
word (“frontline”), so that hyphens and apostrophes do not matter either.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex

# Scripts that set no spaces: each letter is a word, and a run of them is looked up as a phrase.
_UNSPACED = (
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}"
    r"\p{Script=Khmer}\p{Script=Myanmar}]"
)
# Soft hyphens and characters without width may stand inside a word.
_UNSEEN = r"\u00ad\u200b-\u200d\u2060"
_PART = regex.compile(
    rf"{_UNSPACED}\p{{M}}*|(?:(?!{_UNSPACED})[\p{{L}}\p{{N}}\p{{M}}{_UNSEEN}])+",
    regex.VERSION1,
)
_JOINERS = frozenset("-‐‑'’ʼ＇")
_DROPPED = regex.compile(rf"[\u0300-\u036f{_UNSEEN}]")
_TWO_FORMS = str.maketrans({"ß": "ss", "ς": "σ"})


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """A word without case, accents and unseen characters."""
    lower = unicodedata.normalize("NFKD", word).lower()
    plain: str = _DROPPED.sub("", unicodedata.normalize("NFKD", lower))
    return plain.translate(_TWO_FORMS)


def compounds(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """The text's words, each a list of its parts: (part as written, start, end).

    A word is one part; a compound, whose parts one hyphen or apostrophe joins, several.
    """
    parts: list[tuple[str, int, int]] = []
    for found in _PART.finditer(text):
        start, end = found.span()
        joined = parts and start - parts[-1][2] == 1 and text[start - 1] in _JOINERS
        if parts and not joined:
            yield parts
            parts = []
        parts.append((found[0], start, end))
    if parts:
        yield parts


def forms(text: str) -> Iterator[tuple[str, str, int]]:
    """What a text is found by: (folded form, the word as written, its place in the text).

    Places count words from 0; a compound's parts and the whole of it share one.
    """
    for place, parts in enumerate(compounds(text)):
        for part, _, _ in parts:
            if form := fold(part):
                yield form, part, place
        if len(parts) > 1:
            whole = "".join(part for part, _, _ in parts)
            if form := fold(whole):
                yield form, whole, place
