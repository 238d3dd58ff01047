"""Deciding words: those of a passage that make a tag true, as the editor quotes them.

A quotation may leave words out: “ … ” stands between its pieces, which follow one another in the
passage. Quotation marks, apostrophes and dashes count as alike in all their shapes, so that a
quotation can be typed.
"""

import re
from collections.abc import Sequence

LEFT_OUT = " … "  # between two pieces
_SHAPES = {'"': "“”„‟«»", "'": "‘’‚‛`´", "-": "–—−", " ": "\u00a0"}
_ALIKE = str.maketrans({sign: plain for plain, signs in _SHAPES.items() for sign in signs})


def pieces_of(quotation: str) -> tuple[str, ...]:
    """The pieces of a quotation, white space folded."""
    pieces = (" ".join(piece.split()) for piece in quotation.split(LEFT_OUT.strip()))
    return tuple(filter(None, pieces))


def locate_words(text: str, pieces: Sequence[str]) -> tuple[tuple[int, int], ...] | None:
    """Where the pieces stand in a text, one after the other: start and end of each; else None.

    White space may be folded otherwise in the text, and marks of emphasis may stand in it.
    """
    plain = text.translate(_ALIKE)
    places: list[tuple[int, int]] = []
    start = 0
    for piece in pieces:
        words = map(re.escape, piece.translate(_ALIKE).split())
        match = re.compile(r"[\s*_`]+".join(words)).search(plain, start)
        if match is None:
            return None
        places.append(match.span())
        start = match.end()
    return tuple(places)
