"""How far taggers of the same passages agree, and where they differ. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crossclaim.agreement.alpha import NOTHING, Figure, Labels, figure
from crossclaim.model import Essay, Passage, Place, Stance


@dataclass(frozen=True, slots=True)
class Tagging:
    """One tagger's essays. `names` leads from claim ids used there to those used here."""

    name: str
    essays: tuple[Essay, ...]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage of which taggers say different things, with what each says of one claim."""

    essay: str
    passage: Passage
    claim: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a comparison found.

    `passages` counts those compared, by essay. `pairs` is over every passage and claim, given or
    not; `stance` over those that two or more give; `both` over every passage and claim, the stance
    being the value; `aside` over passages. `untagged` are passages that fewer than two have
    tagged; `changed` those whose texts differ; `missing` essays and passages that not all have.
    """

    taggers: tuple[str, ...]
    passages: dict[str, int]
    claims: int
    suggestions: int
    pairs: Figure
    stance: Figure
    both: Figure
    aside: Figure
    by_essay: dict[str, tuple[Figure, Figure]]
    by_claim: dict[str, tuple[Figure, Figure]]
    differences: tuple[Difference, ...]
    untagged: tuple[Place, ...]
    changed: tuple[Place, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rated:
    """A passage with what each tagger says of it: claims to stances; None where not tagged."""

    essay: str
    passage: Passage
    tags: tuple[dict[str, str] | None, ...]
    asides: Labels

    @property
    def comparable(self) -> bool:
        """Whether at least two have dealt with it."""
        return len(self.tags) - self.tags.count(None) > 1


def compare(
    taggings: Sequence[Tagging], claims: Iterable[str], suggestions: bool = False
) -> Agreement:
    """How far taggings agree. `claims` are those of the registry; any other one given counts too.

    A passage without a tag and not marked as an aside is one that a tagger has not dealt with.
    """
    met = list(_met(taggings, suggestions))
    rated = [p for p in met if p.comparable]
    used = [name for p in met for tags in p.tags for name in tags or ()]
    known = tuple(dict.fromkeys([*claims, *used]))
    units = [
        (at, name, tuple(None if tags is None else tags.get(name, NOTHING) for tags in p.tags))
        for at, p in enumerate(rated)
        for name in known
    ]
    by_essay: dict[str, list[tuple[int, Labels]]] = {p.essay: [] for p in rated}
    by_claim: dict[str, list[tuple[int, Labels]]] = {name: [] for name in known}
    for at, name, labels in units:
        by_essay[rated[at].essay].append((at, labels))
        by_claim[name].append((at, labels))
    every = [(at, labels) for at, _, labels in units]
    return Agreement(
        taggers=tuple(tagging.name for tagging in taggings),
        passages=dict(Counter(p.essay for p in rated)),
        claims=len(known),
        suggestions=_suggested(taggings),
        pairs=figure(_given(every), interval=True),
        stance=figure(_stances(every), interval=True),
        both=figure(every, interval=True),
        aside=figure([(at, p.asides) for at, p in enumerate(rated)], interval=True),
        by_essay={e: (figure(_given(own)), figure(_stances(own))) for e, own in by_essay.items()},
        by_claim={c: (figure(_given(own)), figure(_stances(own))) for c, own in by_claim.items()},
        differences=tuple(
            Difference(rated[at].essay, rated[at].passage, name, _words(labels, rated[at].asides))
            for at, name, labels in units
            if len(set(labels) - {None}) > 1
        ),
        untagged=tuple(p.passage.place for p in met if not p.comparable),
        changed=_changed(taggings),
        missing=_missing(taggings),
    )


def _met(taggings: Sequence[Tagging], suggestions: bool) -> Iterator[_Rated]:
    """Every passage that at least two taggers have, in the order of the first one's essays."""
    held = [_passages(tagging) for tagging in taggings]
    for key in dict.fromkeys(key for one in held for key in one):
        own = [one.get(key) for one in held]
        first = next(passage for passage in own if passage)
        if sum(passage is not None for passage in own) < 2:
            continue
        tags = tuple(
            _tags(passage, tagging.names, suggestions) if passage else None
            for passage, tagging in zip(own, taggings, strict=True)
        )
        asides = tuple(
            None if found is None else "aside" if not found else NOTHING for found in tags
        )
        yield _Rated(key[0], first, tags, asides)


def _passages(tagging: Tagging) -> dict[tuple[str, str], Passage]:
    return {(e.id, p.id): p for e in tagging.essays for p in e.passages if p.id}


def _tags(passage: Passage, names: Mapping[str, str], suggestions: bool) -> dict[str, str] | None:
    """Claims to stances; two stances on one claim are a value of their own."""
    taken: dict[str, set[Stance]] = {}
    for tag in passage.tags if suggestions else passage.reviewed:
        taken.setdefault(names.get(tag.claim, tag.claim), set()).add(tag.stance)
    if not taken and not passage.aside:
        return None
    return {name: " and ".join(s for s in Stance if s in own) for name, own in taken.items()}


def _given(units: Iterable[tuple[int, Labels]]) -> list[tuple[int, Labels]]:
    """Whether a claim is given, whatever the stance."""
    return [
        (at, tuple(label if label in (None, NOTHING) else "given" for label in labels))
        for at, labels in units
    ]


def _stances(units: Iterable[tuple[int, Labels]]) -> list[tuple[int, Labels]]:
    """The stances of those who give a claim; who does not give it has none."""
    return [
        (at, tuple(None if label == NOTHING else label for label in labels)) for at, labels in units
    ]


def _words(labels: Labels, asides: Labels) -> tuple[str, ...]:
    """What each says: a stance, nothing, that the passage is an aside, or not yet anything."""
    return tuple(
        "not tagged" if label is None else "aside" if aside == "aside" else label
        for label, aside in zip(labels, asides, strict=True)
    )


def _suggested(taggings: Sequence[Tagging]) -> int:
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
    found = []
    ids = [{essay.id for essay in tagging.essays} for tagging in taggings]
    held = [_passages(tagging) for tagging in taggings]
    for tagging, own in zip(taggings, held, strict=True):
        for essay in tagging.essays:
            rest = [t.name for t, other in zip(taggings, ids, strict=True) if essay.id not in other]
            if rest:
                found.append(f"the essay {essay.id} ({tagging.name}) is not in {', '.join(rest)}")
        for key, met in own.items():
            rest = [
                other.name
                for other, essays, theirs in zip(taggings, ids, held, strict=True)
                if key[0] in essays and key not in theirs
            ]
            if rest:
                found.append(f"{met.place} #{met.id} ({tagging.name}) is not in {', '.join(rest)}")
    return tuple(found)
