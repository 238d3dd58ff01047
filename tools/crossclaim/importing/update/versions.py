"""Links between three versions of an essay's paragraphs: former original, file, new original."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossclaim.importing.compose import inline_text
from crossclaim.importing.document import Block, Kind
from crossclaim.importing.update.alignment import Link, align, moved


@dataclass(frozen=True, slots=True)
class VersionLinks:
    """The links between three versions' paragraphs: former original, file, new original."""

    to_new: tuple[Link, ...]  # from the file
    base_of_new: Mapping[int, int]
    base_of_own: Mapping[int, int]
    unchanged: frozenset[int]  # paragraphs of the new original that are as they were
    lost: frozenset[int]  # paragraphs of the former original that the file has not
    moved: frozenset[int]  # paragraphs of the new original that stand elsewhere now


def link_versions(
    mine: Sequence[str], base: Sequence[Block] | None, new: Sequence[Block]
) -> VersionLinks:
    """The links between the file's paragraphs, the former original's (if known) and the new's."""
    has_base, base = base is not None, base or ()
    former, theirs = [b.text for b in base], [b.text for b in new]
    to_own, to_new, links = align(former, mine), align(former, theirs), [*align(mine, theirs)]
    base_of_own, base_of_new = _single(to_own), _single(to_new)
    # What both sides have from one paragraph of the former original belongs together.
    new_of_base = {before: after for after, before in base_of_new.items()}
    for own, before in base_of_own.items():
        after = new_of_base.get(before, -1)
        if after >= 0 and all(link.old != own and link.new != after for link in links):
            links.append(Link(own, after, 0.0, 0.0))
    unchanged = {
        after
        for after, before in base_of_new.items()
        if inline_text(base[before].runs) == inline_text(new[after].runs)
        and shape(base[before]) == shape(new[after])
    }
    return VersionLinks(
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
    """Connected components of the links: the paragraphs of the one side and of the other."""
    components: list[tuple[set[int], set[int]]] = []
    for link in links:
        touching = [group for group in components if link.old in group[0] or link.new in group[1]]
        olds = {link.old}.union(*(group[0] for group in touching))
        news = {link.new}.union(*(group[1] for group in touching))
        components = [group for group in components if group not in touching] + [(olds, news)]
    return [(sorted(olds), sorted(news)) for olds, news in components]


def shape(block: Block) -> tuple[Kind, str, int, int]:
    """What a block is, apart from its words."""
    return block.kind, block.marker, block.level, block.quoted
