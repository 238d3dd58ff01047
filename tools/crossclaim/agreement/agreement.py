"""Agreement between taggers of the same passages, and the passages where they differ. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crossclaim.agreement.alpha import NOT_GIVEN, Labels, RatedUnit, Reliability, reliability
from crossclaim.model import Essay, Passage, Place, Stance


@dataclass(frozen=True, slots=True)
class Tagging:
    """One tagger's essays. `names` leads from claim ids used there to those used here."""

    name: str
    essays: tuple[Essay, ...]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that taggers label differently, with each one's label for one claim."""

    essay: str
    passage: Passage
    claim: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far taggers agree.

    `passages` counts those compared, by essay. `pairs` is over every passage and claim, given or
    not; `stance` over those that two or more give; `both` over every passage and claim, the stance
    being the value; `aside` over passages. `untagged` are passages that fewer than two have
    tagged; `changed` those whose texts differ; `missing` essays and passages that not all have.
    """

    taggers: tuple[str, ...]
    passages: dict[str, int]
    claims: int
    suggestions: int
    pairs: Reliability
    stance: Reliability
    both: Reliability
    aside: Reliability
    by_essay: dict[str, tuple[Reliability, Reliability]]
    by_claim: dict[str, tuple[Reliability, Reliability]]
    differences: tuple[Difference, ...]
    untagged: tuple[Place, ...]
    changed: tuple[Place, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rated:
    """A passage with each tagger's tags, claims to stances; None where not tagged."""

    essay: str
    passage: Passage
    tags: tuple[dict[str, str] | None, ...]
    asides: Labels

    @property
    def comparable(self) -> bool:
        """Whether at least two have dealt with it."""
        return len(self.tags) - self.tags.count(None) > 1


def measure_agreement(
    taggings: Sequence[Tagging], claims: Iterable[str], suggestions: bool = False
) -> Agreement:
    """How far taggings agree. `claims` are those of the registry; any other one given counts too.

    A passage without a tag and not marked as an aside is one that a tagger has not dealt with.
    """
    shared = list(_shared_passages(taggings, suggestions))
    rated = [passage for passage in shared if passage.comparable]
    used = [name for passage in shared for tags in passage.tags for name in tags or ()]
    known = tuple(dict.fromkeys([*claims, *used]))
    units = [
        (number, name, _labels(passage, name))
        for number, passage in enumerate(rated)
        for name in known
    ]
    by_essay: dict[str, list[RatedUnit]] = {passage.essay: [] for passage in rated}
    by_claim: dict[str, list[RatedUnit]] = {name: [] for name in known}
    for number, name, labels in units:
        by_essay[rated[number].essay].append((number, labels))
        by_claim[name].append((number, labels))
    every = [(number, labels) for number, _, labels in units]
    asides = [(number, passage.asides) for number, passage in enumerate(rated)]
    return Agreement(
        taggers=tuple(tagging.name for tagging in taggings),
        passages=dict(Counter(passage.essay for passage in rated)),
        claims=len(known),
        suggestions=_count_suggestions(taggings),
        pairs=reliability(_given(every), interval=True),
        stance=reliability(_stances(every), interval=True),
        both=reliability(every, interval=True),
        aside=reliability(asides, interval=True),
        by_essay={essay: _given_and_stances(own) for essay, own in by_essay.items()},
        by_claim={claim: _given_and_stances(own) for claim, own in by_claim.items()},
        differences=tuple(
            _difference(rated[number], name, labels)
            for number, name, labels in units
            if len(set(labels) - {None}) > 1
        ),
        untagged=tuple(p.passage.place for p in shared if not p.comparable),
        changed=_changed(taggings),
        missing=_missing(taggings),
    )


def _shared_passages(taggings: Sequence[Tagging], suggestions: bool) -> Iterator[_Rated]:
    """Every passage that at least two taggers have, in the order of the first one's essays."""
    copies = [_passages(tagging) for tagging in taggings]
    for key in dict.fromkeys(key for copy in copies for key in copy):
        own = [copy.get(key) for copy in copies]
        first = next(passage for passage in own if passage)
        if sum(passage is not None for passage in own) < 2:
            continue
        tags = tuple(
            _tags(passage, tagging.names, suggestions) if passage else None
            for passage, tagging in zip(own, taggings, strict=True)
        )
        asides = tuple(
            None if stances is None else NOT_GIVEN if stances else "aside" for stances in tags
        )
        yield _Rated(key[0], first, tags, asides)


def _passages(tagging: Tagging) -> dict[tuple[str, str], Passage]:
    return {(e.id, p.id): p for e in tagging.essays for p in e.passages if p.id}


def _tags(passage: Passage, names: Mapping[str, str], suggestions: bool) -> dict[str, str] | None:
    """Claims to stances; two stances on one claim are a value of their own."""
    stances: dict[str, set[Stance]] = {}
    for tag in passage.tags if suggestions else passage.reviewed:
        stances.setdefault(names.get(tag.claim, tag.claim), set()).add(tag.stance)
    if not stances and not passage.aside:
        return None
    return {name: " and ".join(s for s in Stance if s in own) for name, own in stances.items()}


def _labels(passage: _Rated, claim: str) -> Labels:
    """Each tagger's stance on a claim in a passage."""
    return tuple(None if tags is None else tags.get(claim, NOT_GIVEN) for tags in passage.tags)


def _given_and_stances(units: Sequence[RatedUnit]) -> tuple[Reliability, Reliability]:
    return reliability(_given(units)), reliability(_stances(units))


def _given(units: Iterable[RatedUnit]) -> list[RatedUnit]:
    """Whether a claim is given, whatever the stance."""
    return [
        (number, tuple(label if label in (None, NOT_GIVEN) else "given" for label in labels))
        for number, labels in units
    ]


def _stances(units: Iterable[RatedUnit]) -> list[RatedUnit]:
    """The stances of those who give a claim; who does not give it has none."""
    return [
        (number, tuple(None if label == NOT_GIVEN else label for label in labels))
        for number, labels in units
    ]


def _difference(passage: _Rated, claim: str, labels: Labels) -> Difference:
    """Each tagger's label in words: a stance, none, that the passage is an aside or not tagged."""
    words = tuple(
        "not tagged" if label is None else "aside" if aside == "aside" else label
        for label, aside in zip(labels, passage.asides, strict=True)
    )
    return Difference(passage.essay, passage.passage, claim, words)


def _count_suggestions(taggings: Sequence[Tagging]) -> int:
    return sum(len(p.suggestions) for t in taggings for e in t.essays for p in e.passages)


def _changed(taggings: Sequence[Tagging]) -> tuple[Place, ...]:
    """Where a passage's text is not the same in every copy, white space aside."""
    first, others = _passages(taggings[0]), [_passages(tagging) for tagging in taggings[1:]]
    return tuple(
        passage.place
        for key, passage in first.items()
        if any(key in o and o[key].text.split() != passage.text.split() for o in others)
    )


def _missing(taggings: Sequence[Tagging]) -> tuple[str, ...]:
    """Essays, and passages of essays that all have, that one has and another has not."""
    missing = []
    ids = [{essay.id for essay in tagging.essays} for tagging in taggings]
    copies = [_passages(tagging) for tagging in taggings]
    for tagging, own in zip(taggings, copies, strict=True):
        for essay in tagging.essays:
            rest = [t.name for t, other in zip(taggings, ids, strict=True) if essay.id not in other]
            if rest:
                missing.append(f"the essay {essay.id} ({tagging.name}) is not in {', '.join(rest)}")
        for key, passage in own.items():
            rest = [
                other.name
                for other, essays, theirs in zip(taggings, ids, copies, strict=True)
                if key[0] in essays and key not in theirs
            ]
            if rest:
                where = f"{passage.place} #{passage.id} ({tagging.name})"
                missing.append(f"{where} is not in {', '.join(rest)}")
    return tuple(missing)
