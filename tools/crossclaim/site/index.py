"""The cross-essay index: who makes which claim, where. Reviewed tags only, unless it says so."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from crossclaim.model import Author, Claim, Collection, Essay, Passage, Stance, Tag


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A claim met in a passage: the essay, the passage, and the tag that says so."""

    essay: Essay
    passage: Passage
    tag: Tag


def stances(found: Iterable[Occurrence]) -> dict[Stance, tuple[Occurrence, ...]]:
    """Occurrences by stance, in the order of the stances; no stance without one."""
    listed = tuple(found)
    return {
        stance: chosen
        for stance in Stance
        if (chosen := tuple(o for o in listed if o.tag.stance is stance))
    }


@dataclass(frozen=True, slots=True)
class Relation:
    """How one claim stands to another, seen from the first: “opposes”, “is supported by” …"""

    name: str
    other: Claim

    @property
    def forward(self) -> bool:
        """Whether the first claim's own entry says so."""
        return self.name in ("opposes", "supports")


class Index:
    """A collection, looked up from every side. Build it from a collection that has no errors."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.claims: dict[str, Claim] = {c.id: c for c in collection.claims}
        writers = {author for essay in collection.essays for author in essay.authors}
        self.authors: dict[str, Author] = {a.id: a for a in collection.authors if a.id in writers}
        self._found: dict[str, list[Occurrence]] = defaultdict(list)
        self._suggested: dict[str, list[Occurrence]] = defaultdict(list)
        for essay in collection.essays:
            for passage in essay.passages:
                for tag in passage.tags:
                    kept = self._found if tag.reviewed else self._suggested
                    kept[tag.claim].append(Occurrence(essay, passage, tag))

    @cached_property
    def themes(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each theme, both in the order of `claims.yml`."""
        gathered: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.collection.claims:
            gathered[claim.theme].append(claim)
        return {theme: tuple(claims) for theme, claims in gathered.items()}

    @cached_property
    def short_names(self) -> dict[str, str]:
        """The last word of each author's name; the whole name where two would be alike."""
        last = {a.id: a.name.split()[-1] for a in self.authors.values()}
        alike = [name for name in last.values() if list(last.values()).count(name) > 1]
        return {i: self.authors[i].name if name in alike else name for i, name in last.items()}

    def occurrences(self, claim: str) -> tuple[Occurrence, ...]:
        """Every passage that carries the claim, in the order of the essays."""
        return tuple(self._found[claim])

    def suggested(self, claim: str) -> tuple[Occurrence, ...]:
        """Every passage for which the claim is only suggested."""
        return tuple(self._suggested[claim])

    def by_author(self, claim: str) -> dict[str, tuple[Occurrence, ...]]:
        """The claim's passages by author, in the order of `authors.yml`; no author without one."""
        return self._by_author.get(claim, {})

    @cached_property
    def _by_author(self) -> dict[str, dict[str, tuple[Occurrence, ...]]]:
        place, made = self._place, {}
        for claim, occurrences in self._found.items():
            gathered: dict[str, list[Occurrence]] = defaultdict(list)
            for occurrence in occurrences:
                for author in occurrence.essay.authors:
                    gathered[author].append(occurrence)
            made[claim] = {a: tuple(gathered[a]) for a in sorted(gathered, key=place.__getitem__)}
        return made

    def by_writers(self, claim: str) -> dict[tuple[str, ...], tuple[Occurrence, ...]]:
        """The claim's passages by who wrote them together; a passage stands once, however many."""
        return self._by_writers.get(claim, {})

    @cached_property
    def _by_writers(self) -> dict[str, dict[tuple[str, ...], tuple[Occurrence, ...]]]:
        made = {}
        for claim, occurrences in self._found.items():
            gathered: dict[tuple[str, ...], list[Occurrence]] = defaultdict(list)
            for occurrence in occurrences:
                gathered[occurrence.essay.authors].append(occurrence)
            made[claim] = {writers: tuple(found) for writers, found in gathered.items()}
        return made

    def stands(self, claim: str) -> dict[Stance, tuple[tuple[str, ...], ...]]:
        """Who takes which stance on the claim, writers as they wrote together."""
        return self._stands.get(claim, {})

    @cached_property
    def _stands(self) -> dict[str, dict[Stance, tuple[tuple[str, ...], ...]]]:
        made = {}
        for claim, by_writers in self._by_writers.items():
            taken = {writers: stances(found) for writers, found in by_writers.items()}
            made[claim] = {
                stance: who
                for stance in Stance
                if (who := tuple(writers for writers, own in taken.items() if stance in own))
            }
        return made

    @cached_property
    def _place(self) -> dict[str, int]:
        return {author: at for at, author in enumerate(self.authors)}

    def by_stance(self, claim: str, author: str) -> dict[Stance, tuple[Occurrence, ...]]:
        """One author's passages with the claim, by stance, in the order of the stances."""
        found = self.by_author(claim).get(author)
        return stances(found) if found else {}

    @cached_property
    def _makers(self) -> dict[str, tuple[str, ...]]:
        return {
            claim: tuple(
                author
                for author, found in self.by_author(claim).items()
                if any(o.tag.stance.makes for o in found)
            )
            for claim in self.claims
        }

    def makers(self, claim: str) -> tuple[str, ...]:
        """The authors who make the claim their own: who assert or illustrate it."""
        return self._makers[claim]

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

    def made_by(self, author: str) -> tuple[Claim, ...]:
        """The claims an author makes."""
        return self._made_by.get(author, ())

    @cached_property
    def _made_by(self) -> dict[str, tuple[Claim, ...]]:
        made: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for author in self.makers(claim.id):
                made[author].append(claim)
        return {author: tuple(claims) for author, claims in made.items()}

    def made_only_by(self, author: str) -> tuple[Claim, ...]:
        """The claims this author makes and nobody else."""
        return tuple(c for c in self.made_by(author) if self.makers(c.id) == (author,))

    def made_by_both(self, one: str, other: str) -> tuple[Claim, ...]:
        """The claims two authors share."""
        return tuple(c for c in self.made_by(one) if other in self.makers(c.id))

    def only_met(self) -> tuple[Claim, ...]:
        """The claims that passages report, concede or reject, and that nobody makes."""
        return tuple(c for c in self.claims.values() if self._found[c.id] and not self.makers(c.id))

    def taken_without_making(self, author: str) -> dict[Stance, tuple[Claim, ...]]:
        """The claims an author concedes, reports or rejects, by stance."""
        return {
            stance: claims
            for stance in Stance
            if not stance.makes
            and (
                claims := tuple(
                    c for c in self.claims.values() if stance in self.by_stance(c.id, author)
                )
            )
        }

    def others(self, essay: Essay, claim: str) -> dict[tuple[str, ...], tuple[Occurrence, ...]]:
        """The claim's passages by writers who have no part in this essay.

        They come in the order of `authors.yml`, from the essay's own author on and round again,
        so that following the first of them from essay to essay visits every author.
        """
        own, own_authors = self._place[essay.authors[0]], set(essay.authors)
        everyone = self._in_order.get(claim, ())
        first = bisect_left(everyone, own, key=lambda found: found[0])
        return {
            writers: occurrences
            for _, writers, occurrences in (*everyone[first:], *everyone[:first])
            if own_authors.isdisjoint(writers)
        }

    @cached_property
    def _in_order(
        self,
    ) -> dict[str, tuple[tuple[int, tuple[str, ...], tuple[Occurrence, ...]], ...]]:
        """Each claim's writers in the order of `authors.yml`, with the place of the first."""
        return {
            claim: tuple(
                sorted(
                    ((self._place[w[0]], w, found) for w, found in by_writers.items()),
                    key=lambda found: found[0],
                )
            )
            for claim, by_writers in self._by_writers.items()
        }

    def relations(self, claim: Claim) -> tuple[Relation, ...]:
        """The claim's relations in both directions, each once."""
        found = [Relation("opposes", self.claims[other]) for other in claim.opposes]
        found += [Relation("supports", self.claims[other]) for other in claim.supports]
        for other in self.claims.values():
            if claim.id in other.opposes and other.id not in claim.opposes:
                found.append(Relation("is opposed by", other))
            if claim.id in other.supports:
                found.append(Relation("is supported by", other))
        return tuple(dict.fromkeys(found))

    def essays_by(self, author: str) -> tuple[Essay, ...]:
        """An author's essays, in the order of their files."""
        return tuple(self._essays_by[author])

    @cached_property
    def _essays_by(self) -> dict[str, list[Essay]]:
        found: dict[str, list[Essay]] = defaultdict(list)
        for essay in self.collection.essays:
            for author in dict.fromkeys(essay.authors):
                found[author].append(essay)
        return found
