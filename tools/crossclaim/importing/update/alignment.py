"""Alignment of a text's paragraphs with a later version's: same, edited, split, merged, moved.

Exact matches come first, in order and then anywhere; what is left is compared by the runs of words
that two paragraphs share. A match that another could claim nearly as well is no match: a confident
wrong one is worse than none.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

from crossclaim.names import words

_MOST = 0.6  # of a paragraph’s words in the other: then it comes from there, or went there
_ALIKE = 0.5  # twice the shared words over all words of both: the same paragraph, edited
_ALIKE_HERE = 0.4  # the same, where nothing else stands between the same neighbours
_RIVAL = 0.8  # another candidate with so much of the best one’s share makes it uncertain
_TWICE = 125  # percent of a paragraph’s words in all its pieces; more were counted twice
_RUN = 2  # words; shorter runs are shared by chance
_LONG_RUN = 4  # words; in a much longer paragraph, so are runs shorter than this
_SHORT = 4  # words; of paragraphs as short as this, single words count
_FEW = 16  # paragraphs; words that more of them have tell none from another

_Words = tuple[str, ...]
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraph `old` of the former text is, or went into, paragraph `new` of the later.

    `of_old` and `of_new` are the shares of each one's words that the other has, 0 to 1.
    """

    old: int
    new: int
    of_old: float
    of_new: float

    @property
    def same(self) -> bool:
        """Whether the two have the same words."""
        return self.of_old == self.of_new == 1.0


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Link, ...]:
    """The certain links between two versions' paragraphs, ordered by old, then new.

    A paragraph without a link has no certain counterpart. One old with several new was split;
    one new with several old was put together.
    """
    before, after = [_key(text) for text in old], [_key(text) for text in new]
    exact = _exact(before, after)
    unmatched = _Unmatched(before, after, exact)
    links = [Link(one, other, 1.0, 1.0) for one, other in exact.items()]
    return tuple(sorted(links + unmatched.links(), key=lambda link: (link.old, link.new)))


def moved(links: Iterable[Link]) -> frozenset[int]:
    """The new paragraphs whose order among the others has changed: as few as tell the change."""
    order = [link.new for link in sorted(links, key=lambda link: (link.old, link.new))]
    return frozenset(order) - frozenset(_rising(order))


def _rising(numbers: Sequence[int]) -> list[int]:
    """A longest subsequence that never falls (patience sorting)."""
    tops: list[int] = []  # the smallest end of a rising run of each length
    ends: list[int] = []  # where in `numbers` that end stands
    before: list[int] = []  # for each number, where the one before it in its run stands
    for index, number in enumerate(numbers):
        length = bisect_left(tops, number + 1)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    run, index = [], ends[-1] if ends else -1
    while index >= 0:
        run.append(numbers[index])
        index = before[index]
    return run[::-1]


def _key(text: str) -> _Words:
    return tuple(words(text.casefold())) or tuple(text.split())


def _exact(old: Sequence[_Words], new: Sequence[_Words]) -> dict[int, int]:
    """Paragraphs with the same words: in order, and then those that are alone in being alike."""
    new_of_old: dict[int, int] = {}
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        new_of_old |= {block.a + step: block.b + step for step in range(block.size)}
    matched = set(new_of_old.values())
    olds, news = defaultdict(list), defaultdict(list)
    for number, key in enumerate(old):
        if number not in new_of_old:
            olds[key].append(number)
    for number, key in enumerate(new):
        if number not in matched:
            news[key].append(number)
    for key, numbers in olds.items():
        if len(numbers) == len(news[key]) == 1:
            new_of_old[numbers[0]] = news[key][0]
    return new_of_old


class _Unmatched:
    """The paragraphs without an exact match, and what they share."""

    def __init__(self, old: Sequence[_Words], new: Sequence[_Words], exact: dict[int, int]) -> None:
        self.old, self.new = old, new
        matched = set(exact.values())
        olds = [number for number in range(len(old)) if number not in exact]
        news = [number for number in range(len(new)) if number not in matched]
        # Which stretch between exact matches each lies in.
        kept = _rising([other for _, other in sorted(exact.items())])
        former = {other: one for one, other in exact.items()}
        ends = [former[other] for other in kept]
        self.gap_old = {number: bisect_left(ends, number) for number in olds}
        self.gap_new = {number: bisect_left(kept, number) for number in news}
        self.gap_sizes = Counter(self.gap_old.values()), Counter(self.gap_new.values())
        self.by_old: dict[int, dict[int, int]] = defaultdict(dict)
        self.by_new: dict[int, dict[int, int]] = defaultdict(dict)
        runs_of_old = {one: _runs(old[one]) for one in olds}
        runs_of_new = {other: _runs(new[other]) for other in news}
        for one, others in self._candidates(runs_of_old, runs_of_new).items():
            for other in sorted(others):
                # Each two words in a row that both have account for two shared ones at most.
                most = 2 * len(runs_of_old[one] & runs_of_new[other])
                if most < _ALIKE_HERE * min(len(old[one]), len(new[other])):
                    continue
                if count := _shared(old[one], new[other]):
                    self.by_old[one][other] = self.by_new[other][one] = count

    def _candidates(
        self, olds: Mapping[int, set[_Words]], news: Mapping[int, set[_Words]]
    ) -> dict[int, set[int]]:
        """The new paragraphs that may have words of an old one: not all, of which there are many.

        They share two words in a row that few others have, or stand with few between the same
        neighbours.
        """
        candidates: dict[int, set[int]] = {one: set() for one in olds}
        gaps = _by_key((gap, other) for other, gap in self.gap_new.items())
        for one, gap in self.gap_old.items():
            if self.gap_sizes[0][gap] <= _FEW and len(gaps[gap]) <= _FEW:
                candidates[one].update(gaps[gap])
        former = _by_key((run, one) for one, runs in olds.items() for run in runs)
        later = _by_key((run, other) for other, runs in news.items() for run in runs)
        for run, ones in former.items():
            if len(ones) <= _FEW and len(later[run]) <= _FEW:
                for one in ones:
                    candidates[one].update(later[run])
        return candidates

    def links(self) -> list[Link]:
        """Links between paragraphs that differ, where they are certain."""
        links = []
        for one, others in self.by_old.items():
            for other, count in others.items():
                of_old, of_new = count / len(self.old[one]), count / len(self.new[other])
                alike = 2 * count / (len(self.old[one]) + len(self.new[other]))
                went = self._only_new(one, other)
                came = self._only_old(one, other)
                few = min(len(self.old[one]), len(self.new[other])) <= _SHORT
                if few and not self._near(one, other):
                    continue  # elsewhere, a few words are another sentence’s
                if (
                    (of_old >= _MOST and went)
                    or (of_new >= _MOST and came)
                    or (went and came and alike >= self._enough(one, other))
                ):
                    links.append(Link(one, other, of_old, of_new))
        return self._without_rivals(links)

    def _without_rivals(self, links: list[Link]) -> list[Link]:
        """The links less those of pieces that would be the same part of one paragraph."""
        of_old, of_new = Counter[int](), Counter[int]()
        for link in links:
            of_old[link.old] += round(100 * link.of_old)
            of_new[link.new] += round(100 * link.of_new)
        return [
            link
            for link in links
            if (of_old[link.old] <= _TWICE or self._only_new(link.old, link.new))
            and (of_new[link.new] <= _TWICE or self._only_old(link.old, link.new))
        ]

    def _near(self, one: int, other: int) -> bool:
        return self.gap_old[one] == self.gap_new[other]

    def _enough(self, one: int, other: int) -> float:
        alone = (
            self._near(one, other)
            and self.gap_sizes[0][self.gap_old[one]] == self.gap_sizes[1][self.gap_new[other]] == 1
        )
        return _ALIKE_HERE if alone else _ALIKE

    def _only_new(self, one: int, other: int) -> bool:
        """Whether no other new paragraph has nearly as much of the old one, and as good a place."""
        least, here = _RIVAL * self.by_old[one][other], self._near(one, other)
        return not any(
            rival != other and count >= least and (self._near(one, rival) or not here)
            for rival, count in self.by_old[one].items()
        )

    def _only_old(self, one: int, other: int) -> bool:
        """Whether the new paragraph has nearly as much of no other old one with as good a place."""
        least, here = _RIVAL * self.by_new[other][one], self._near(one, other)
        return not any(
            rival != one and count >= least and (self._near(rival, other) or not here)
            for rival, count in self.by_new[other].items()
        )


def _by_key(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, list[int]]:
    """The numbers that come with each key."""
    numbers: dict[_Key, list[int]] = defaultdict(list)
    for key, number in pairs:
        numbers[key].append(number)
    return numbers


def _runs(words: _Words) -> set[_Words]:
    """What another paragraph must have one of, to share words with this by `_shared`."""
    single = {(word,) for word in words} if len(words) <= 2 * _SHORT else set()
    return single | set(pairwise(words))


def _shared(one: _Words, other: _Words) -> int:
    """How many words two paragraphs share, in runs too long to be chance."""
    shortest, longest = sorted((len(one), len(other)))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if shortest <= _SHORT and longest > 2 * shortest:
        # A few words are found in many a paragraph: all of them, in a row, or none.
        return shortest if shortest >= _RUN and matcher.find_longest_match().size == shortest else 0
    sizes = [block.size for block in matcher.get_matching_blocks()]
    if shortest <= _SHORT:
        return sum(sizes)
    least = _LONG_RUN if longest > 2 * shortest else _RUN
    return sum(size for size in sizes if size >= least)
