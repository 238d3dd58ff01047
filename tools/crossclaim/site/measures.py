"""What the index shows when it is asked: weights, neighbours, silence, the sharpest points."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossclaim.model import Claim, Essay, Stance
from crossclaim.site.index import Index, Occurrence, stances

# Up to so many authors stand side by side, each two on a page of their own and all in one table
# with words in its cells; above, the table has signs and is narrowed to two.
FEW_AUTHORS = 10


@dataclass(frozen=True, slots=True)
class Argument:
    """A claim in one essay: its passages there, by stance."""

    claim: Claim
    by_stance: dict[Stance, tuple[Occurrence, ...]]

    @property
    def weight(self) -> int:
        """How many passages make the claim."""
        return sum(len(found) for stance, found in self.by_stance.items() if stance.makes)


def arguments(index: Index, essay: Essay) -> tuple[Argument, ...]:
    """An essay's claims: those it makes by weight, then those it only takes up."""
    found: dict[str, list[Occurrence]] = {}
    for passage in essay.passages:
        for tag in passage.reviewed:
            found.setdefault(tag.claim, []).append(Occurrence(essay, passage, tag))
    made = [Argument(index.claims[name], stances(met)) for name, met in found.items()]
    first = {name: met[0].passage.number for name, met in found.items()}
    return tuple(sorted(made, key=lambda a: (-a.weight, first[a.claim.id])))


def neighbours(index: Index, claim: Claim) -> tuple[tuple[Claim, int], ...]:
    """The claims made in the passages that make this one, with their number, most first."""
    count: Counter[str] = Counter()
    for occurrence in index.occurrences(claim.id):
        if occurrence.tag.stance.makes:
            made = {tag.claim for tag in occurrence.passage.reviewed if tag.stance.makes}
            count.update(made - {claim.id})
    order = list(index.claims)
    ranked = sorted(count.items(), key=lambda item: (-item[1], order.index(item[0])))
    return tuple((index.claims[name], times) for name, times in ranked)


@dataclass(frozen=True, slots=True)
class Silence:
    """What a claim would be without one author: who is left, and which stances nobody takes."""

    author: str
    left: tuple[str, ...]
    lost: tuple[Stance, ...]


def silences(index: Index, claim: Claim) -> tuple[Silence, ...]:
    """For every author with a passage on the claim, what would be missing without them."""
    taken = {author: stances(found) for author, found in index.by_author(claim.id).items()}
    return tuple(
        Silence(
            author,
            tuple(maker for maker in index.makers(claim.id) if maker != author),
            tuple(
                s for s in own if not any(s in other for a, other in taken.items() if a != author)
            ),
        )
        for author, own in taken.items()
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """A claim and the one passage by which each author makes it most plainly."""

    claim: Claim
    voices: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sides: a claim with who speaks for it, and what is said against it with who says so.

    The same claim stands on both sides where one author rejects what another makes.
    """

    claim: Claim
    voices: tuple[Occurrence, ...]
    against: Claim
    counter: tuple[Occurrence, ...]


def plainest(found: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """For each group of writers, the passage that says it most plainly."""
    order = list(Stance)
    best: dict[tuple[str, ...], Occurrence] = {}
    for occurrence in found:
        writers = occurrence.essay.authors
        if writers not in best or _plainness(occurrence, order) < _plainness(best[writers], order):
            best[writers] = occurrence
    return tuple(best.values())


def _plainness(occurrence: Occurrence, order: list[Stance]) -> tuple[int, int, int]:
    """A strong stance, few claims beside it, few words: the smaller, the plainer."""
    passage = occurrence.passage
    return order.index(occurrence.tag.stance), len(passage.reviewed), len(passage.text)


def sharpest_agreement(index: Index) -> Agreement | None:
    """The claim that most authors make and in most passages; None where no two share one."""

    def strength(claim: Claim) -> tuple[int, int, int]:
        counts = [
            sum(o.tag.stance.makes for o in index.by_author(claim.id)[a])
            for a in index.makers(claim.id)
        ]
        return len(counts), min(counts, default=0), sum(counts)

    best = max(index.claims.values(), key=strength, default=None)
    if best is None or strength(best)[0] < 2:
        return None
    made = [o for o in index.occurrences(best.id) if o.tag.stance.makes]
    return Agreement(best, plainest(made))


def disagreements(index: Index) -> tuple[Disagreement, ...]:
    """Every point on which two sides meet, the sharpest first.

    Sharpest is one author rejecting what another makes; then claims that oppose each other, made
    by different authors; then a view that is only reported or conceded and the claim against it,
    those first who do not report it themselves; last, a view reported and rejected.
    """
    found: list[tuple[tuple[int, int, int], Disagreement]] = []
    for claim in index.claims.values():
        met = index.occurrences(claim.id)
        made = [o for o in met if o.tag.stance.makes]
        denied = [o for o in met if o.tag.stance is Stance.REJECTS]
        told = [o for o in met if o.tag.stance in (Stance.REPORTS, Stance.CONCEDES)]
        if _apart(made, denied):
            point = Disagreement(claim, plainest(made), claim, plainest(denied))
            found.append(((3, len(denied), len(made)), point))
        elif told and denied and not made:
            point = Disagreement(claim, plainest(told), claim, plainest(denied))
            found.append(((0, len(denied), len(told)), point))
        for other in (index.claims[name] for name in claim.opposes):
            found += _opposed(index, claim, other)
    ranked = sorted(found, key=lambda item: item[0], reverse=True)
    return tuple(point for _, point in ranked)


def facing(points: Iterable[Disagreement], claim: Claim) -> tuple[Disagreement, ...]:
    """The points at which another claim faces this one, this one's side first."""
    return tuple(
        p if p.claim is claim else Disagreement(p.against, p.counter, p.claim, p.voices)
        for p in points
        if p.claim is not p.against and claim in (p.claim, p.against)
    )


def _opposed(
    index: Index, claim: Claim, other: Claim
) -> list[tuple[tuple[int, int, int], Disagreement]]:
    against = [o for o in index.occurrences(claim.id) if o.tag.stance.makes]
    met = index.occurrences(other.id)
    made = [o for o in met if o.tag.stance.makes]
    told = [o for o in met if o.tag.stance in (Stance.REPORTS, Stance.CONCEDES)]
    voices = made or told
    if not against or not voices:
        return []
    rank = 2 if _apart(made, against) else 1
    own = {author for o in voices for author in o.essay.authors}
    counter = sorted(plainest(against), key=lambda o: not own.isdisjoint(o.essay.authors))
    point = Disagreement(other, plainest(voices), claim, tuple(counter))
    return [((rank, len({o.essay.authors for o in against}), len(voices)), point)]


def _apart(one: Sequence[Occurrence], other: Sequence[Occurrence]) -> bool:
    """Whether both sides have somebody, and not the same writers only."""
    sides = [{o.essay.authors for o in side} for side in (one, other)]
    return all(sides) and sides[0] != sides[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two authors side by side."""

    one: str
    other: str
    shared: tuple[Claim, ...]
    only_one: tuple[Claim, ...]
    only_other: tuple[Claim, ...]
    disputed: tuple[Claim, ...]


def closest(index: Index, author: str, most: int) -> tuple[str, ...]:
    """The other authors by the number of claims shared with this one, most first."""
    shared = Counter(a for claim in index.made_by(author) for a in index.makers(claim.id))
    others = [other for other in index.authors if other != author]
    return tuple(sorted(others, key=lambda other: -shared[other])[:most])


def compare(index: Index, one: str, other: str) -> Comparison:
    """What two authors share, what each makes without the other, and what they dispute."""

    def against(maker: str, denier: str) -> set[str]:
        """What one makes and the other rejects, each in a passage of their own."""
        return {
            c.id
            for c in index.made_by(maker)
            if any(
                maker not in o.essay.authors
                for o in index.by_stance(c.id, denier).get(Stance.REJECTS, ())
            )
        }

    disputed = against(one, other) | against(other, one)
    first, second = index.made_by(one), index.made_by(other)
    return Comparison(
        one,
        other,
        tuple(c for c in index.made_by_both(one, other) if c.id not in disputed),
        tuple(c for c in first if c not in second and c.id not in disputed),
        tuple(c for c in second if c not in first and c.id not in disputed),
        tuple(c for c in index.claims.values() if c.id in disputed),
    )
