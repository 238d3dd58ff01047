"""Alignment of a text's paragraphs with a later version's: same, edited, split, merged, moved.

Paragraphs with the same words come first; the others are compared by the runs of words that both
have. A match that another could claim nearly as well is no match: a confident wrong one is worse
than none.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import pairwise, product
from operator import attrgetter, itemgetter
from typing import TypeVar

from crossclaim.names import words

_MOST = 0.55  # of a paragraph’s runs in the other: then it comes from there, or went there
_ALIKE, _ALIKE_HERE = 0.35, 0.25  # of both one’s: the same, edited; between the same neighbours
_RIVAL = 0.75  # another candidate with so much of the best one’s share makes it uncertain
_PIECE = 0.65  # of a paragraph’s runs; two that have more of it have the same part of it
_FEW = 8  # paragraphs; runs that more of them have tell none from another
_COMPARED = 3  # paragraphs that one is compared with: those that have most such runs of it

_Words = tuple[str, ...]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraph `old` of the former text is, or went into, paragraph `new` of the later.

    `of_old` and `of_new` are the shares of each one's runs of words that the other has, 0 to 1.
    """

    old: int
    new: int
    of_old: float = 1.0
    of_new: float = 1.0


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


def by_key(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
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
    """Links of the other paragraphs with those that share most runs with them, certain or not.

    Compared are those that stand with few between the same neighbours, or share runs few have.
    """
    runs = [[{*pairwise(("", *text, ""))} for text in texts] for texts in (old, new)]
    matched = {link.old for link in exact}, {link.new for link in exact}
    sides = []
    for side, ends in enumerate(_gaps(exact)):
        numbers: dict[object, list[int]] = defaultdict(list)
        for n, own in enumerate(runs[side]):
            for key in () if n in matched[side] else (bisect_left(ends, n), *own):
                numbers[key].append(n)
        sides.append({key: few for key, few in numbers.items() if len(few) <= _FEW})
    common = sides[0].keys() & sides[1].keys()
    votes = Counter(pair for key in common for pair in product(sides[0][key], sides[1][key]))
    likely = {
        pair
        for key in (itemgetter(0), itemgetter(1))
        for pairs in by_key(votes, key).values()
        for pair in nlargest(_COMPARED, pairs, key=lambda pair: (votes[pair], pair))
    }
    shared = {(a, b): len(runs[0][a] & runs[1][b]) for a, b in sorted(likely)}
    return [
        Link(a, b, count / len(runs[0][a]), count / len(runs[1][b]))
        for (a, b), count in shared.items()
    ]


def _gaps(links: Iterable[Link]) -> tuple[list[int], list[int]]:
    """The paragraphs of either side between which the others stand."""
    kept = _rising(sorted(links, key=_place))
    return [link.old for link in kept], [link.new for link in kept]


def _certain(links: Sequence[Link], known: Iterable[Link]) -> set[Link]:
    """The links that are certain, given those which are known to be."""
    olds, news = _gaps(known)
    near = {link for link in links if bisect_left(olds, link.old) == bisect_left(news, link.new)}
    went = _unrivalled(links, near, attrgetter("old"), attrgetter("of_old"))
    came = _unrivalled(links, near, attrgetter("new"), attrgetter("of_new"))
    both = went & came
    return {
        link
        for link in links
        if (link in went or link.of_old <= _PIECE)
        and (link in came or link.of_new <= _PIECE)
        and (
            (link in went and link.of_old >= _MOST)
            or (link in came and link.of_new >= _MOST)
            or (
                link in both
                and (link.of_old + link.of_new) / 2 >= (_ALIKE_HERE if link in near else _ALIKE)
            )
        )
    }


def _unrivalled(
    links: Iterable[Link],
    near: Collection[Link],
    side: Callable[[Link], int],
    share: Callable[[Link], float],
) -> set[Link]:
    """The links whose paragraph is in no other nearly as much, in as good a place."""
    return {
        link
        for rivals in by_key(links, side).values()
        for link in rivals
        if not any(
            rival is not link
            and share(rival) >= _RIVAL * share(link)
            and (rival in near or link not in near)
            for rival in rivals
        )
    }
