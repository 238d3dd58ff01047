"""Alignment of a text's paragraphs with a later version's: same, edited, split, merged, moved.

Paragraphs with the same words come first; the others are compared by the runs of words that both
have. A match that another could claim nearly as well is no match: a confident wrong one is worse
than none.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import pairwise, product
from typing import TypeVar

from crossclaim.names import words

_MOST = 0.6  # of a paragraph’s words in the other: then it comes from there, or went there
_ALIKE, _ALIKE_HERE = 0.5, 0.4  # of both one’s words: the same, edited; between the same neighbours
_RIVAL = 0.8  # another candidate with so much of the best one’s share makes it uncertain
_TWICE = 1.25  # of a paragraph’s words in all its pieces: more were counted twice
_RUN, _LONG_RUN = 2, 4  # words; shorter runs are shared by chance, the more in a longer paragraph
_SHORT = 4  # words; of paragraphs as short as this, single words count
_FEW = 8  # paragraphs; runs that more of them have tell none from another
_COMPARED = 3  # paragraphs that one is compared with: those that have most such runs of it

_Words = tuple[str, ...]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraph `old` of the former text is, or went into, paragraph `new` of the later.

    `of_old` and `of_new` are the shares of each one's words that the other has, 0 to 1; `size` is
    how many words the shorter one has.
    """

    old: int
    new: int
    of_old: float = 1.0
    of_new: float = 1.0
    size: int = 0

    @property
    def alike(self) -> float:
        """The mean of the two shares."""
        return (self.of_old + self.of_new) / 2


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Link, ...]:
    """The certain links between two versions' paragraphs, ordered by old, then new.

    A paragraph without a link has no certain counterpart. One old with several new was split;
    one new with several old was put together.
    """
    before, after = [_key(text) for text in old], [_key(text) for text in new]
    certain = {Link(*pair) for pair in _exact(before, after).items()}
    links = _compared(before, after, certain)
    for _ in range(3):  # what is certain tells where the rest stands, and makes more certain
        certain |= _certain(links, certain)
    return tuple(sorted(certain, key=_place))


def moved(links: Iterable[Link]) -> frozenset[int]:
    """The new paragraphs whose order among the others has changed: as few as tell the change."""
    order = sorted(links, key=_place)
    return frozenset(link.new for link in order) - {link.new for link in _rising(order)}


def grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    """Items by what `key` tells of each, in the order they come."""
    groups: dict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _place(link: Link) -> tuple[int, int]:
    return link.old, link.new


def _rising(links: Sequence[Link]) -> list[Link]:
    """A longest subsequence of links whose new paragraphs never go back (patience sorting)."""
    tops: list[int] = []  # the smallest end of a rising run of each length
    ends: list[int] = []  # the index of that end
    before: list[int] = []  # for each link, the index of the one before it in its run
    for index, link in enumerate(links):
        length = bisect_left(tops, link.new + 1)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [link.new]
        ends[length : length + 1] = [index]
    run, index = [], ends[-1] if ends else -1
    while index >= 0:
        run.append(links[index])
        index = before[index]
    return run[::-1]


def _key(text: str) -> _Words:
    return tuple(words(text.casefold())) or tuple(text.split())


def _exact(old: Sequence[_Words], new: Sequence[_Words]) -> dict[int, int]:
    """Paragraphs with the same words: those that are alone in it, and between them, in order."""
    times, number = (Counter(old), Counter(new)), {key: index for index, key in enumerate(new)}
    alone = [n for n, key in enumerate(old) if times[0][key] == times[1][key] == 1]
    pairs = {n: number[old[n]] for n in alone}
    kept = [_place(link) for link in _rising([Link(*pair) for pair in pairs.items()])]
    for (a, b), (c, d) in pairwise([(-1, -1), *kept, (len(old), len(new))]):
        gap = SequenceMatcher(None, old[a + 1 : c], new[b + 1 : d], autojunk=False)
        for block in gap.get_matching_blocks():
            pairs |= {a + block.a + n: b + block.b + n for n in range(1, block.size + 1)}
    return pairs


def _compared(old: Sequence[_Words], new: Sequence[_Words], exact: Iterable[Link]) -> list[Link]:
    """Links of the other paragraphs with those that share most words with them, certain or not.

    Compared are those that stand with few between the same neighbours, or share runs few have.
    """
    sides = []
    gaps, done = _gaps(exact), ({link.old for link in exact}, {link.new for link in exact})
    for texts, ends, matched in zip((old, new), gaps, done, strict=True):
        numbers: dict[object, list[int]] = defaultdict(list)
        for n, text in enumerate(texts):
            if n not in matched:
                single = text if len(text) <= 2 * _SHORT else ()
                for key in {bisect_left(ends, n), *pairwise(text), *single}:
                    numbers[key].append(n)
        sides.append({key: few for key, few in numbers.items() if len(few) <= _FEW})
    common = sides[0].keys() & sides[1].keys()
    votes = Counter(pair for key in common for pair in product(sides[0][key], sides[1][key]))
    likely = {
        pair
        for side in (0, 1)
        for pairs in grouped(votes, lambda pair: pair[side]).values()  # noqa: B023
        for pair in nlargest(_COMPARED, pairs, key=lambda pair: (votes[pair], pair))
    }
    links = [
        Link(one, other, *_shared(old[one], new[other]), min(len(old[one]), len(new[other])))
        for one, other in sorted(likely)
    ]
    return [link for link in links if max(link.of_old, link.of_new) >= _RIVAL * _ALIKE_HERE]


def _gaps(links: Iterable[Link]) -> tuple[list[int], list[int]]:
    """The paragraphs of either side between which the others stand."""
    kept = _rising(sorted(links, key=_place))
    return [link.old for link in kept], [link.new for link in kept]


def _certain(links: Sequence[Link], known: Iterable[Link]) -> set[Link]:
    """The links that are certain, given those which are known to be."""
    ends = _gaps(known)
    near = {n for n in links if bisect_left(ends[0], n.old) == bisect_left(ends[1], n.new)}

    def unrivalled(key: Callable[[Link], int], share: Callable[[Link], float]) -> set[Link]:
        """Those whose paragraph is in no other nearly as much, in as good a place."""
        return {
            link
            for rivals in grouped(links, key).values()
            for link in rivals
            if not any(
                rival is not link
                and share(rival) >= _RIVAL * share(link)
                and (rival in near or link not in near)
                for rival in rivals
            )
        }

    went = unrivalled(lambda link: link.old, lambda link: link.of_old)
    came = unrivalled(lambda link: link.new, lambda link: link.of_new)
    both = went & came
    certain = [
        link
        for link in links
        if (link in near or link.size > _SHORT)  # a few words elsewhere are another sentence’s
        and (
            (link.of_old >= _MOST and link in went)
            or (link.of_new >= _MOST and link in came)
            or (link in both and link.alike >= (_ALIKE_HERE if link in near else _ALIKE))
        )
    ]
    of_old: dict[int, float] = defaultdict(float)
    of_new: dict[int, float] = defaultdict(float)
    for link in certain:
        of_old[link.old] += link.of_old
        of_new[link.new] += link.of_new
    return {
        link
        for link in certain
        if (of_old[link.old] <= _TWICE or link in went)
        and (of_new[link.new] <= _TWICE or link in came)
    }


def _shared(one: _Words, other: _Words) -> tuple[float, float]:
    """The shares of each one's words that stand in runs which the other has, too long for chance.

    A few words are found in many a longer paragraph: all of them, in a row, or none.
    """
    shortest, longest = sorted((len(one), len(other)))
    size = _LONG_RUN if longest > 2 * shortest else _RUN
    if shortest <= _SHORT:
        size = shortest if longest > 2 * shortest else 1
    runs = [
        [text[start : start + size] for start in range(len(text) - size + 1)]
        for text in (one, other)
    ]
    both = set(runs[0]) & set(runs[1])
    covered = [
        {index + step for index, run in enumerate(of_text) if run in both for step in range(size)}
        for of_text in runs
    ]
    return len(covered[0]) / len(one), len(covered[1]) / len(other)
