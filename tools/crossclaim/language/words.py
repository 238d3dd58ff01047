"""Words: a text as the search has it; one rule for the index and for what people type.

`assets/search/words.js` is the same rule for the browser; a test compares the two. Quotation marks,
case and accents do not matter. A compound (“front-line”, “don’t”) counts as its parts and as one
word (“frontline”), so that hyphens and apostrophes do not matter either.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

# Scripts that set no spaces: each letter is a word, and a run of them is looked up as a phrase.
_UNSPACED = (
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}"
    r"\p{Script=Khmer}\p{Script=Myanmar}\u30fc\uff70]"
)
# Soft hyphens and characters without width may stand inside a word.
_UNSEEN = r"\u00ad\u200b-\u200d\u2060"
_PART = rf"[[\p{{L}}\p{{N}}\p{{M}}{_UNSEEN}]--{_UNSPACED}]+|{_UNSPACED}\p{{M}}*"
PARTS = 16  # places that a word takes up, one for each part of a compound
_JOINERS = "-‐‑'’ʼ＇"
_WORD = rf"(?:{_PART})(?:[{re.escape(_JOINERS)}](?:{_PART}))*+"
# Nearly every text has only such characters, and then a simple pattern tells the same words sooner.
_PLAIN_TEXT = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ſ\u00a0«»§‐‑–—‘’‚“”„…]*+")
_PLAIN_PART = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ſ]++")
_PLAIN_WORD = re.compile(rf"{_PLAIN_PART.pattern}(?:[-‐‑'’]{_PLAIN_PART.pattern})*+")
# Accents, and the marks that Hebrew and Arabic may leave out.
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670"
)
_DROPPED = re.compile(rf"[{_MARKS}{_UNSEEN}]")
# Letters that no normal form takes apart, as people without them on the keyboard write them.
_OTHERWISE = str.maketrans(
    {"ß": "ss", "ς": "σ", "ı": "i", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
)


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """A word without case, accents and unseen characters."""
    if word.isascii():
        return word.lower()
    lower = unicodedata.normalize("NFKD", word).lower()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", lower))
    return plain.translate(_OTHERWISE)


def compounds(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """The text's words, each a list of its parts: (part as written, start, end).

    A word is one part; a compound, whose parts one hyphen or apostrophe joins, several.
    """
    parts: list[tuple[str, int, int]] = []
    for match in (_PLAIN_PART if _is_plain(text) else _of_any_script(_PART)).finditer(text):
        start, end = match.span()
        joined = parts and start - parts[-1][2] == 1 and text[start - 1] in _JOINERS
        if parts and not joined:
            yield parts
            parts = []
        parts.append((match[0], start, end))
    if parts:
        yield parts


class Form(NamedTuple):
    """What a text is found by at one place: the folded form and the word as written.

    `place` counts words from 0, sixteen to a word: a compound's parts follow one another in it,
    and the whole of it, marked by `whole`, stands with the first.
    """

    form: str
    written: str
    place: int
    whole: bool = False


def forms(text: str) -> Iterator[Form]:
    """All that a text is found by, in order."""
    for word, parts in enumerate(compounds(text)):
        place = word * PARTS
        for number, (part, _, _) in enumerate(parts):
            if form := fold(part):
                yield Form(form, part, place + min(number, PARTS - 1))
        if len(parts) > 1:
            whole = "".join(part for part, _, _ in parts)
            if form := fold(whole):
                yield Form(form, whole, place, whole=True)


def whole_words(text: str) -> list[str]:
    """The text's words in order as they are written, compounds with what joins them.

    `forms` of each, one after the other, are those of the text: what a word is needs only itself.
    """
    words: list[str] = (_PLAIN_WORD if _is_plain(text) else _of_any_script(_WORD)).findall(text)
    return words


@cache
def _of_any_script(pattern: str) -> Any:
    """A pattern that names scripts, compiled when the first text needs it: few do."""
    import regex

    return regex.compile(pattern, regex.VERSION1)


def _is_plain(text: str) -> bool:
    return text.isascii() or _PLAIN_TEXT.fullmatch(text) is not None
