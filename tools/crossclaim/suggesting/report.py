"""Report on an essay: the claims it shares and adds, the untagged, the near-duplicates."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crossclaim.language.stemmer import stems
from crossclaim.model import Claim, Collection, Essay, Passage, Stance, Tag
from crossclaim.suggesting.suggester import Suggester

_DUPLICATE = 0.6  # share of the shorter passage's shingles that the other has too
_SHINGLE = 3  # words in a row
_SHORTEST = 8  # words of a passage that can be called a duplicate of another
_SIMILAR = 0.8  # share of words, or cosine of meaning, from which two claims are nearly one


@dataclass(frozen=True, slots=True)
class ReportedClaim:
    """A claim of the essay, the stances it takes, and who else takes which."""

    claim: str
    own: tuple[Stance, ...]
    others: tuple[tuple[str, tuple[Stance, ...]], ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A passage that another essay has too, nearly word for word; `share` is 0 to 1."""

    passage: Passage
    essay: Essay
    other: Passage
    share: float


@dataclass(frozen=True, slots=True)
class EssayReport:
    """What an essay shares, adds and leaves open."""

    essay: Essay
    shared: tuple[ReportedClaim, ...]
    alone: tuple[ReportedClaim, ...]
    untagged: tuple[Passage, ...]
    duplicates: tuple[NearDuplicate, ...]


def essay_report(
    collection: Collection, essay: Essay, suggested: Mapping[int, Sequence[Tag]]
) -> EssayReport:
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
    claims = [
        ReportedClaim(c.id, _ordered(own[c.id]), _others(collection, essay, c.id), c.id in reviewed)
        for c in collection.claims
        if c.id in own
    ]
    return EssayReport(
        essay,
        tuple(claim for claim in claims if claim.others),
        tuple(claim for claim in claims if not claim.others),
        tuple(untagged),
        near_duplicates(collection, essay),
    )


def _ordered(stances: set[Stance]) -> tuple[Stance, ...]:
    return tuple(stance for stance in Stance if stance in stances)


def _others(
    collection: Collection, essay: Essay, claim: str
) -> tuple[tuple[str, tuple[Stance, ...]], ...]:
    """Who else takes which stances on a claim, by name; reviewed tags only."""
    names = {author.id: author.name for author in collection.authors}
    stances: dict[str, set[Stance]] = defaultdict(set)
    for other in collection.essays:
        if other.id == essay.id:
            continue
        for passage in other.passages:
            for tag in passage.reviewed:
                if tag.claim == claim:
                    who = ", ".join(names.get(author, author) for author in other.authors)
                    stances[who or other.title].add(tag.stance)
    return tuple((who, _ordered(own)) for who, own in stances.items())


def near_duplicates(collection: Collection, essay: Essay) -> tuple[NearDuplicate, ...]:
    """Passages of an essay that another essay has too, nearly word for word.

    Counted by shingles, runs of words (Broder, “On the Resemblance and Containment of Documents”,
    1997).
    """
    others = [
        (other, p) for other in collection.essays if other.id != essay.id for p in other.passages
    ]
    sizes = []
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (other, passage) in enumerate(others):
        shingles = _shingles(passage, other)
        sizes.append(len(shingles))
        for shingle in shingles:
            holders[shingle].append(number)
    duplicates = []
    for passage in essay.passages:
        own = _shingles(passage, essay)
        shared = Counter(number for shingle in own for number in holders.get(shingle, ()))
        for number, count in sorted(shared.items()):
            share = count / min(len(own), sizes[number])
            if share >= _DUPLICATE:
                duplicates.append(NearDuplicate(passage, *others[number], share))
    return tuple(duplicates)


def _shingles(passage: Passage, essay: Essay) -> set[tuple[str, ...]]:
    words = stems(passage.words, essay.language or "en")
    if len(words) < _SHORTEST:
        return set()
    return {tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1)}


def similar_claims(suggester: Suggester) -> tuple[tuple[Claim, Claim, float], ...]:
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
        if near[i, j] >= _SIMILAR
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair[2]))
