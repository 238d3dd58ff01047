"""Division of the alphabet into ranges that stay where they are when few of their terms change.

A range is whole while it is small enough; otherwise it is divided by the next letter, and small
neighbours stay together. So where a range begins depends only on what is in it and beside it, and a
term that comes or goes moves hardly any boundary.
"""

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Range:
    """Terms from `first` up to `end`, all alike in their first `depth` letters.

    It begins at `start`, which is the beginning of its first term and no more of it than needed.
    """

    start: str
    first: int
    end: int
    depth: int


class Division:
    """Terms in the order in which a browser compares strings, with their sizes."""

    def __init__(self, terms: Sequence[str], sizes: Sequence[int]) -> None:
        self.terms = terms
        self._sums = [0, *accumulate(sizes)]

    def size(self, part: Range) -> int:
        """The size of all terms in a range."""
        return self._sums[part.end] - self._sums[part.first]

    def ranges(self, limit: int) -> list[Range]:
        """Everything, in ranges of at most this size; a term that is larger has its own."""
        return list(self.parts(Range("", 0, len(self.terms), 0), limit)) if self.terms else []

    def parts(self, whole: Range, limit: int) -> Iterator[Range]:
        """A range in smaller ones."""
        together: Range | None = None
        for child in self._children(whole):
            if together and self._sums[child.end] - self._sums[together.first] <= limit:
                together = Range(together.start, together.first, child.end, whole.depth)
                continue
            if together:
                yield together
            together = child if self.size(child) <= limit else None
            if not together:
                yield from self._large(child, limit)
        if together:
            yield together

    def _large(self, child: Range, limit: int) -> Iterator[Range]:
        if child.end - child.first == 1:
            yield child
        else:
            deeper = Range(child.start, child.first, child.end, child.depth + 1)
            yield from self.parts(deeper, limit)

    def _children(self, whole: Range) -> Iterator[Range]:
        """A range's terms by the letter after those in which they are alike."""
        first, terms = whole.first, self.terms
        while first < whole.end:
            start = terms[first][: whole.depth + 1]
            end = first + 1
            if len(start) > whole.depth:
                end = bisect_left(
                    terms, True, first, whole.end, key=lambda term: not term.startswith(start)
                )
            yield Range(start, first, end, whole.depth)
            first = end


def browser_order(terms: list[str]) -> list[str]:
    """Terms in the order in which a browser compares strings: by their halves of UTF-16."""
    letters = "".join(terms)
    if letters.isascii() or max(letters) < "\ue000":
        return sorted(terms)
    return sorted(terms, key=lambda term: term.encode("utf-16-be"))


def file_names(starts: Sequence[str]) -> list[str]:
    """A short name for each range that tells where it begins; a browser works out the same."""
    taken: set[int] = set()
    names = []
    for start in starts:
        code = zlib.crc32(start.encode())
        while code in taken:
            code = (code + 1) % (1 << 32)
        taken.add(code)
        names.append(f"{code:08x}")
    return names
