"""The cross-essay index: who makes which claim, where. Reviewed tags only, unless it says so."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, pairwise
from typing import TypeVar

from crossclaim.content.markdown import excerpt
from crossclaim.model import Author, Claim, Collection, Essay, Passage, Stance, Tag
from crossclaim.names import in_quotes

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

# The authors of an essay, as they wrote it together; where it names none, it stands for itself.
Writers = tuple[str, ...]

TITLE_AS_NAME = 32  # characters of an essay's title that stand for it where there is little room
_NO_AUTHOR = "“”"  # in place of initials
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LANGUAGE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
# A claim’s label in quotation marks, or its id, with them or without.
_MAYBE_A_CLAIM = re.compile(r"(“[^“”]+”|\"[^\"]+\"|[^\W_]+(?:-[^\W_]+)+)")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A claim's occurrence in a passage: the essay, the passage, and the tag that says so."""

    essay: Essay
    passage: Passage
    tag: Tag


def grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    """The values of each key, both in the order in which they come."""
    groups: dict[_Key, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def group_by_stance(occurrences: Iterable[Occurrence]) -> dict[Stance, tuple[Occurrence, ...]]:
    """Occurrences by stance, in the order of the stances; no stance without one."""
    groups = grouped((o.tag.stance, o) for o in occurrences)
    return {stance: groups[stance] for stance in _PLACES if stance in groups}


_PLACES = {stance: place for place, stance in enumerate(Stance)}


def plainest(occurrences: Iterable[Occurrence]) -> Occurrence:
    """The passage that says it most plainly, the first of equals."""
    return min(occurrences, key=_plainness)


def _plainness(occurrence: Occurrence) -> tuple[bool, int, int, int]:
    """Shown, a strong stance, few claims beside it, few characters: the smaller, the plainer."""
    passage, stance = occurrence.passage, _PLACES[occurrence.tag.stance]
    return passage.withheld, stance, len(passage.reviewed), len(passage.text)


def longer_sentence(claim: Claim) -> str:
    """The claim's sentence, where it says more than the claim's name; else ""."""
    return "" if claim.name == claim.sentence.rstrip(".") else claim.sentence


def _last_part(name: str) -> str:
    """“Brutus” of “Brutus (Robert Yates)”; a name that is all in brackets is whole."""
    return (_IN_BRACKETS.sub(" ", name).split() or [name])[-1]


def _shared_beginning(one: str, other: str) -> int:
    """How many characters two names begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation from one claim to another: “opposes”, “is supported by” …"""

    name: str
    other: Claim

    @property
    def forward(self) -> bool:
        """Whether the first claim's own entry says so."""
        return self.name in ("opposes", "supports")


class Index:
    """A collection, looked up from every side. Build it from a collection that has no errors."""

    def __init__(self, collection: Collection, language: str = "en") -> None:
        self.collection = collection
        self.language = language  # the site's
        self.claims: dict[str, Claim] = {c.id: c for c in collection.claims}
        self.essays: dict[str, Essay] = {essay.id: essay for essay in collection.essays}
        writers = {author for essay in collection.essays for author in essay.authors}
        self.authors: dict[str, Author] = {a.id: a for a in collection.authors if a.id in writers}
        everything = [
            Occurrence(essay, passage, tag)
            for essay in collection.essays
            for passage in essay.passages
            for tag in passage.tags
        ]
        self._occurrences = grouped((o.tag.claim, o) for o in everything if o.tag.reviewed)
        self._suggested = grouped((o.tag.claim, o) for o in everything if not o.tag.reviewed)
        self._by_stance: dict[tuple[str, str], dict[Stance, tuple[Occurrence, ...]]] = {}

    @cached_property
    def themes(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each theme, both in the order of `claims.yml`."""
        return grouped((claim.theme, claim) for claim in self.collection.claims)

    @cached_property
    def claim_names(self) -> tuple[str, ...]:
        """What the claims are called in small, in the order of `claims.yml`."""
        return tuple(claim.name for claim in self.claims.values())

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Each author's `short`, else the last part of the name without what stands in brackets.

        Where two would be alike, those that were derived are whole.
        """
        short = {a.id: a.short or _last_part(a.name) for a in self.authors.values()}
        times = Counter(short.values())
        return {
            a.id: a.name if times[short[a.id]] > 1 and not a.short else short[a.id]
            for a in self.authors.values()
        }

    def names(self, writers: Iterable[str], most: int = TITLE_AS_NAME) -> tuple[str, ...]:
        """Writers as they are called in short: an essay without an author by its title, cut."""
        return tuple(
            self.short_names.get(writer) or in_quotes(excerpt(self.unattributed[writer], most))
            for writer in writers
        )

    @cached_property
    def unattributed(self) -> dict[str, str]:
        """The titles of the essays that name no author, by what stands for their writers."""
        return {e.writers[0]: e.title for e in self.collection.essays if not e.authors}

    @cached_property
    def initials(self) -> dict[str, str]:
        """The shortest beginnings of the short names that differ: “C”, “Br”, “Bu”.

        Essays that name no author have none, but all the same sign.
        """
        short = self.short_names
        ordered = sorted(short, key=lambda author: short[author].casefold())
        shared = [
            _shared_beginning(short[one].casefold(), short[other].casefold())
            for one, other in pairwise(ordered)
        ]
        lengths = map(max, [0, *shared], [*shared, 0])
        beginnings = {a: short[a][: n + 1].strip() for a, n in zip(ordered, lengths, strict=False)}
        signs = dict.fromkeys(self.unattributed, _NO_AUTHOR)
        return {author: beginnings[author] for author in short} | signs

    def about_parts(self, claim: Claim) -> tuple[str | Claim, ...]:
        """A claim's note for taggers in pieces: text, and the claims it names.

        It names them by their ids, or by their labels in quotation marks.
        """
        pieces = _MAYBE_A_CLAIM.split(claim.about)
        return tuple(self._by_name.get(piece, piece) for piece in pieces if piece)

    @cached_property
    def _by_name(self) -> dict[str, Claim]:
        """The claims by what a note may call them."""
        names = {c.id: c for c in self.claims.values()}
        quotable = names | {c.label: c for c in self.claims.values() if c.label}
        quoted = {f"“{name}”": c for name, c in quotable.items()}
        return names | quoted | {f'"{name}"': c for name, c in quotable.items()}

    def own_about(self, claim: Claim) -> str:
        """What a claim's note for taggers says of itself: without the claims it names."""
        return "".join(part for part in self.about_parts(claim) if isinstance(part, str))

    def occurrences(self, claim: str) -> tuple[Occurrence, ...]:
        """Every passage that carries the claim, in the order of the essays."""
        return self._occurrences.get(claim, ())

    def suggested_occurrences(self, claim: str) -> tuple[Occurrence, ...]:
        """Every passage for which the claim is only suggested."""
        return self._suggested.get(claim, ())

    def by_author(self, claim: str) -> dict[str, tuple[Occurrence, ...]]:
        """The claim's passages by author, in the order of `authors.yml`; no author without one."""
        return {w: o for w, o in self.by_writer(claim).items() if w in self.authors}

    def by_writer(self, claim: str) -> dict[str, tuple[Occurrence, ...]]:
        """The claim's passages by author, then those of each essay that names none."""
        return self._by_writer.get(claim, {})

    @cached_property
    def _by_writer(self) -> dict[str, dict[str, tuple[Occurrence, ...]]]:
        by_writer = {}
        for claim, occurrences in self._occurrences.items():
            pairs = [(writer, o) for o in occurrences for writer in o.essay.writers]
            pairs.sort(key=lambda pair: self.place_of_writer[pair[0]])
            by_writer[claim] = grouped(pairs)
        return by_writer

    def by_writers(self, claim: str) -> dict[Writers, tuple[Occurrence, ...]]:
        """The claim's passages by who wrote them together; a passage stands once, however many."""
        return self._by_writers.get(claim, {})

    @cached_property
    def _by_writers(self) -> dict[str, dict[Writers, tuple[Occurrence, ...]]]:
        return {
            claim: grouped((o.essay.writers, o) for o in occurrences)
            for claim, occurrences in self._occurrences.items()
        }

    def plainest_by_writers(self, claim: str) -> dict[Writers, Occurrence]:
        """Who wrote about the claim, each with the passage that says it most plainly."""
        return self._plainest_by_writers.get(claim, {})

    @cached_property
    def _plainest_by_writers(self) -> dict[str, dict[Writers, Occurrence]]:
        return {
            claim: {writers: plainest(occurrences) for writers, occurrences in by_writers.items()}
            for claim, by_writers in self._by_writers.items()
        }

    @cached_property
    def place_of_writer(self) -> dict[str, int]:
        """The authors' places in `authors.yml`, from 0; then those of essays that name none."""
        return {writer: place for place, writer in enumerate((*self.authors, *self.unattributed))}

    def by_stance(self, claim: str, writer: str) -> dict[Stance, tuple[Occurrence, ...]]:
        """One writer's passages with the claim, by stance, in the order of the stances."""
        known = self._by_stance.get((claim, writer))
        if known is None:
            known = group_by_stance(self.by_writer(claim).get(writer, ()))
            self._by_stance[claim, writer] = known
        return known

    def makers(self, claim: str) -> tuple[str, ...]:
        """The authors who make the claim their own: who assert or illustrate it."""
        return self._makers[claim]

    @cached_property
    def _makers(self) -> dict[str, tuple[str, ...]]:
        return {
            claim: tuple(w for w in self.making_writers(claim) if w in self.authors)
            for claim in self.claims
        }

    def making_writers(self, claim: str) -> Writers:
        """Its makers, and the essays that make it without naming their author, who never count."""
        return self._making_writers[claim]

    @cached_property
    def _making_writers(self) -> dict[str, Writers]:
        return {
            claim: tuple(
                writer
                for writer, occurrences in self.by_writer(claim).items()
                if any(o.tag.stance.makes for o in occurrences)
            )
            for claim in self.claims
        }

    def made_by_all(self) -> tuple[Claim, ...]:
        """The claims every author makes; none where the collection has fewer than two."""
        everyone = len(self.authors)
        return tuple(
            c for c in self.claims.values() if everyone > 1 and len(self.makers(c.id)) == everyone
        )

    def made_by_some(self) -> tuple[Claim, ...]:
        """The claims that more than one author makes, but not all."""
        everyone = len(self.authors)
        return tuple(c for c in self.claims.values() if 1 < len(self.makers(c.id)) < everyone)

    def made_by_nobody(self) -> tuple[Claim, ...]:
        """The claims that passages report, concede or reject, and that nobody makes."""
        return tuple(
            c
            for c in self.claims.values()
            if self.occurrences(c.id) and not self.making_writers(c.id)
        )

    def made_by(self, author: str) -> tuple[Claim, ...]:
        """The claims an author makes."""
        return self._made_by.get(author, ())

    @cached_property
    def _made_by(self) -> dict[str, tuple[Claim, ...]]:
        return grouped((maker, c) for c in self.claims.values() for maker in self.makers(c.id))

    def made_only_by(self, author: str) -> tuple[Claim, ...]:
        """The claims this author makes and nobody else."""
        return tuple(c for c in self.made_by(author) if self.makers(c.id) == (author,))

    def made_by_both(self, one: str, other: str) -> tuple[Claim, ...]:
        """The claims two authors share."""
        return tuple(c for c in self.made_by(one) if other in self.makers(c.id))

    def discussed_by(self, author: str) -> dict[Stance, tuple[Claim, ...]]:
        """The claims an author concedes, reports or rejects, by stance."""
        return self._discussed_by.get(author, {})

    @cached_property
    def _discussed_by(self) -> dict[str, dict[Stance, tuple[Claim, ...]]]:
        claims: dict[str, dict[Stance, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in self.claims.values():
            for author, occurrences in self.by_author(claim.id).items():
                for stance in {o.tag.stance for o in occurrences if not o.tag.stance.makes}:
                    claims[author][stance].append(claim)
        return {
            author: {s: tuple(by_stance[s]) for s in Stance if s in by_stance}
            for author, by_stance in claims.items()
        }

    def other_writers(
        self, essay: Essay, claim: str, limit: int
    ) -> tuple[tuple[Writers, ...], int]:
        """The writers who take up a claim and have no part in this essay: the first, and how many.

        They come in the order of `authors.yml`, from the essay's own author on and round again,
        so that following the first of them from essay to essay visits every author, and then
        those essays that name none.
        """
        own = set(essay.writers)
        ranked = self._ranked_writers.get(claim, ())
        first = bisect_left(ranked, self._rank_of_first(essay.writers), key=self._rank_of_first)
        around = (w for w in chain(ranked[first:], ranked[:first]) if own.isdisjoint(w))
        groups = self._groups_with.get(claim, {})
        sharing = {writers for author in own for writers in groups.get(author, ())}
        return tuple(islice(around, limit)), len(ranked) - len(sharing)

    @cached_property
    def _groups_with(self) -> dict[str, dict[str, tuple[Writers, ...]]]:
        """For each claim, the groups of writers that an author is in."""
        return {
            claim: grouped((author, writers) for writers in ranked for author in writers)
            for claim, ranked in self._ranked_writers.items()
        }

    @cached_property
    def _ranked_writers(self) -> dict[str, tuple[Writers, ...]]:
        """Each claim's writers in the order of `authors.yml`, by the first of them."""
        return {
            claim: tuple(sorted(by_writers, key=self._rank_of_first))
            for claim, by_writers in self._by_writers.items()
        }

    def _rank_of_first(self, writers: Writers) -> int:
        return self.place_of_writer[writers[0]]

    def foreign_language(self, essay: Essay) -> str:
        """The language an essay is in, "" where it is the site's, or not known by a code."""
        known = _LANGUAGE.fullmatch(essay.language)
        return essay.language if known and essay.language != self.language else ""

    def relations(self, claim: Claim) -> tuple[Relation, ...]:
        """The claim's relations in both directions, each once."""
        relations = [Relation("opposes", self.claims[other]) for other in claim.opposes]
        relations += [Relation("supports", self.claims[other]) for other in claim.supports]
        relations += [
            relation
            for relation in self._relations_from_others.get(claim.id, ())
            if relation.name != "is opposed by" or relation.other.id not in claim.opposes
        ]
        return tuple(dict.fromkeys(relations))

    @cached_property
    def _relations_from_others(self) -> dict[str, tuple[Relation, ...]]:
        """What other claims' entries say of each claim."""
        return grouped(
            (target, Relation(name, claim))
            for claim in self.claims.values()
            for name, targets in (
                ("is opposed by", claim.opposes),
                ("is supported by", claim.supports),
            )
            for target in targets
        )

    @cached_property
    def place_of_claim(self) -> dict[str, int]:
        """The claims' places in `claims.yml`, from 0."""
        return {claim: place for place, claim in enumerate(self.claims)}

    def essays_by(self, author: str) -> tuple[Essay, ...]:
        """An author's essays, in the order of their files."""
        return self._essays_by.get(author, ())

    @cached_property
    def _essays_by(self) -> dict[str, tuple[Essay, ...]]:
        return grouped(
            (author, essay)
            for essay in self.collection.essays
            for author in dict.fromkeys(essay.authors)
        )
