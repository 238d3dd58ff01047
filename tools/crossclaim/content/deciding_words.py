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
        span = _locate(plain, piece.translate(_ALIKE), start)
        if span is None:
            return None
        places.append(span)
        start = span[1]
    return tuple(places)


def _locate(plain: str, piece: str, start: int) -> tuple[int, int] | None:
    """Where a piece stands as it is quoted; else with other white space or marks in it."""
    first = plain.find(piece, start)
    if first >= 0:
        return first, first + len(piece)
    words = map(re.escape, piece.split())
    match = re.compile(r"[\s*_`]+".join(words)).search(plain, start)
    return match.span() if match else None
