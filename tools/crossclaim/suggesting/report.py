"""What an essay brings to the collection: shared claims, new ones, the untagged, the twins."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crossclaim.content.excerpt import plain
from crossclaim.language.stemmer import stems
from crossclaim.model import Claim, Collection, Essay, Passage, Stance, Tag
from crossclaim.suggesting.suggester import Suggester

_WORDS_OF_A_TWIN = 0.6  # share of the shorter passage's word runs that the other has too
_RUN = 3  # words in a row
_SHORTEST = 8  # words of a passage that can be called a twin of another
_CLAIM_TWIN = 0.8  # share of words, or cosine of meaning, from which two claims are nearly one


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim of the essay, the stances it takes, and who else takes which."""

    claim: str
    own: tuple[Stance, ...]
    others: tuple[tuple[str, tuple[Stance, ...]], ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Twin:
    """A passage that another essay has too, nearly word for word; `share` is 0 to 1."""

    passage: Passage
    essay: Essay
    other: Passage
    share: float


@dataclass(frozen=True, slots=True)
class Report:
    """What an essay shares, adds and leaves open."""

    essay: Essay
    shared: tuple[Shared, ...]
    alone: tuple[Shared, ...]
    untagged: tuple[Passage, ...]
    twins: tuple[Twin, ...]


def report(collection: Collection, essay: Essay, suggested: Mapping[int, Sequence[Tag]]) -> Report:
    """The report on an essay; `suggested` are tags just proposed, by a passage's number."""
    own: dict[str, set[Stance]] = defaultdict(set)
    reviewed: set[str] = set()
    untagged = []
    for passage in essay.passages:
        tags = (*passage.tags, *suggested.get(passage.number, ()))
        for tag in tags:
            own[tag.claim].add(tag.stance)
            if tag.reviewed:
                reviewed.add(tag.claim)
        if not tags and not passage.aside:
            untagged.append(passage)
    found = [
        Shared(c.id, _ordered(own[c.id]), _others(collection, essay, c.id), c.id in reviewed)
        for c in collection.claims
        if c.id in own
    ]
    return Report(
        essay,
        tuple(s for s in found if s.others),
        tuple(s for s in found if not s.others),
        tuple(untagged),
        tuple(twins(collection, essay)),
    )


def _ordered(stances: set[Stance]) -> tuple[Stance, ...]:
    return tuple(stance for stance in Stance if stance in stances)


def _others(
    collection: Collection, essay: Essay, claim: str
) -> tuple[tuple[str, tuple[Stance, ...]], ...]:
    """Who else takes which stances on a claim, by name; reviewed tags only."""
    names = {author.id: author.name for author in collection.authors}
    taken: dict[str, set[Stance]] = defaultdict(set)
    for other in collection.essays:
        if other.id == essay.id:
            continue
        for passage in other.passages:
            for tag in passage.reviewed:
                if tag.claim == claim:
                    who = ", ".join(names.get(author, author) for author in other.authors)
                    taken[who or other.title].add(tag.stance)
    return tuple((who, _ordered(stances)) for who, stances in taken.items())


def twins(collection: Collection, essay: Essay) -> list[Twin]:
    """Passages of an essay that another essay has too, nearly word for word."""
    runs: dict[tuple[str, ...], list[tuple[Essay, Passage]]] = defaultdict(list)
    sizes: dict[tuple[str, int], int] = {}
    for other in collection.essays:
        if other.id != essay.id:
            for passage in other.passages:
                own = _runs(passage, other)
                sizes[other.id, passage.number] = len(own)
                for run in own:
                    runs[run].append((other, passage))
    found = []
    for passage in essay.passages:
        own = _runs(passage, essay)
        counted: dict[tuple[str, int], int] = defaultdict(int)
        where = {}
        for run in own:
            for other, theirs in runs.get(run, ()):
                counted[other.id, theirs.number] += 1
                where[other.id, theirs.number] = (other, theirs)
        for key, times in counted.items():
            share = times / max(1, min(len(own), sizes[key]))
            if share >= _WORDS_OF_A_TWIN:
                found.append(Twin(passage, *where[key], share))
    return found


def _runs(passage: Passage, essay: Essay) -> set[tuple[str, ...]]:
    words = stems(plain(passage.text), essay.language or "en")
    if len(words) < _SHORTEST:
        return set()
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def claim_twins(suggester: Suggester) -> tuple[tuple[Claim, Claim, float], ...]:
    """Claims of the registry that say nearly the same, with how nearly, the nearest first."""
    claims = suggester.collection.claims
    if len(claims) < 2:
        return ()
    words = [set(stems(claim.sentence)) for claim in claims]
    shared = [[len(a & b) / max(1, len(a | b)) if a and b else 0.0 for b in words] for a in words]
    near = np.array(shared)
    if suggester.encoder:
        vectors = suggester.encoder.vectors([claim.sentence for claim in claims])
        near = np.maximum(near, vectors @ vectors.T)
    pairs = [
        (claims[i], claims[j], float(near[i, j]))
        for i in range(len(claims))
        for j in range(i + 1, len(claims))
        if near[i, j] >= _CLAIM_TWIN
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair[2]))
