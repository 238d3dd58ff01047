"""Abbreviations: what stands for the initials of a text's names, written out or not.

“TQM”, “Total Quality Management” and “total quality management (TQM)” all are found by one form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from crossclaim.language.words import fold

SIGN = "="  # begins the form of an abbreviation, so that it is no word's
_FEWEST, _MOST = 3, 6  # initials of a name; two are anybody's
_WRITTEN = re.compile(rf"[A-ZÀ-ÖØ-Þ]{{2,{_MOST}}}s?")


def abbreviations(words: Sequence[str], small: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The abbreviations among a text's words: the number of the word each begins at, its form.

    `words` are as they are written; of a name written out, `small` ones count for nothing.
    """
    capitals = [(n, word) for n, word in enumerate(words) if word[:1].isupper()]
    for number, word in capitals:
        if _WRITTEN.fullmatch(word):
            letters = fold(word.rstrip("s"))
            yield number, SIGN + letters
            if (first := _defined(words, number, letters)) is not None:
                yield first, SIGN + letters
    for names in _in_row(capitals, words, small):
        initials = _initials(word for _, word in names)
        for first, (number, _) in enumerate(names):  # nothing tells where in a row a name ends
            for end in range(first + _FEWEST, min(first + _MOST, len(names)) + 1):
                yield number, SIGN + initials[first:end]


def _defined(words: Sequence[str], number: int, letters: str) -> int | None:
    """Where the words begin whose initials an abbreviation right after them has."""
    first = number - len(letters)
    before = words[max(first, 0) : number]
    return first if _initials(before) == letters else None


def _initials(words: Iterable[str]) -> str:
    """As the browser has them of what somebody typed: without accents."""
    return "".join(fold(word)[:1] for word in words)


def _in_row(
    capitals: Sequence[tuple[int, str]], words: Sequence[str], small: frozenset[str]
) -> Iterator[list[tuple[int, str]]]:
    """Capitalized words that follow one another, but for small ones between them."""
    names = [(n, word) for n, word in capitals if word.lower() not in small and not word.isupper()]
    gaps = [0]
    for (one, _), (other, _) in pairwise(names):
        between = words[one + 1 : other]
        gaps.append(gaps[-1] + any(word.lower() not in small for word in between))
    for _, group in groupby(zip(gaps, names, strict=False), key=lambda pair: pair[0]):
        yield [name for _, name in group]
