"""Three versions of an essay's paragraphs: former original, the file, new original; who is who."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossclaim.importing.compose import inline_text
from crossclaim.importing.document import Block, Kind
from crossclaim.importing.update.alignment import Link, align, moved


@dataclass(frozen=True, slots=True)
class Versions:
    """The links between three versions' paragraphs: former original, file, new original."""

    to_new: tuple[Link, ...]  # from the file
    base_of_new: Mapping[int, int]
    base_of_own: Mapping[int, int]
    unchanged: frozenset[int]  # paragraphs of the new original that are as they were
    lost: frozenset[int]  # paragraphs of the former original that the file has not
    moved: frozenset[int]  # paragraphs of the new original that stand elsewhere now


def compare(mine: Sequence[str], base: Sequence[Block] | None, new: Sequence[Block]) -> Versions:
    """The links between the file's paragraphs, the former original's (if known) and the new's."""
    has_base, base = base is not None, base or ()
    former, theirs = [b.text for b in base], [b.text for b in new]
    to_own, to_new, links = align(former, mine), align(former, theirs), [*align(mine, theirs)]
    base_of_own, base_of_new = _single(to_own), _single(to_new)
    # What both sides have from one paragraph of the former original belongs together.
    news = {at: other for other, at in base_of_new.items()}
    for one, at in base_of_own.items():
        other = news.get(at, -1)
        if other >= 0 and all(link.old != one and link.new != other for link in links):
            links.append(Link(one, other, 0.0, 0.0))
    unchanged = {
        other
        for other, at in base_of_new.items()
        if inline_text(base[at].runs) == inline_text(new[other].runs)
        and shape(base[at]) == shape(new[other])
    }
    return Versions(
        to_new=tuple(links),
        base_of_new=base_of_new,
        base_of_own=base_of_own,
        unchanged=frozenset(unchanged),
        lost=frozenset(range(len(base))) - {link.old for link in to_own},
        moved=moved(to_new if has_base else links),
    )


def _single(links: Sequence[Link]) -> dict[int, int]:
    """Later to former, for the paragraphs that have one counterpart, and it has one."""
    former = Counter(link.old for link in links)
    later = Counter(link.new for link in links)
    return {link.new: link.old for link in links if former[link.old] == later[link.new] == 1}


def groups(links: Sequence[Link]) -> list[tuple[list[int], list[int]]]:
    """Which paragraphs of the one side and the other hang together by links."""
    found: list[tuple[set[int], set[int]]] = []
    for link in links:
        touching = [group for group in found if link.old in group[0] or link.new in group[1]]
        olds = {link.old}.union(*(group[0] for group in touching))
        news = {link.new}.union(*(group[1] for group in touching))
        found = [group for group in found if group not in touching] + [(olds, news)]
    return [(sorted(olds), sorted(news)) for olds, news in found]


def shape(block: Block) -> tuple[Kind, str, int, int]:
    """What a block is, apart from its words."""
    return block.kind, block.marker, block.level, block.quoted
