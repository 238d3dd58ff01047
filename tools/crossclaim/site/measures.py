"""Measures over the index: weights, co-occurrence, leave-one-out, agreement and disagreement."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from crossclaim.language.stemmer import primary_language, stems
from crossclaim.language.stopwords import STOP_WORDS
from crossclaim.model import Claim, Essay, Heading, Passage, Stance, walk
from crossclaim.site.index import Index, Occurrence, group_by_stance, grouped, plainest

# Among up to so many authors, each two have a page of their own; among more, the table of claims is
# narrowed to two.
MAX_SIDE_BY_SIDE = 6

_Occurrences = tuple[Occurrence, ...]


# Stems that a heading shares with a claim of which it speaks, and what its passages then count.
_SHARED_STEMS, _UNDER_ITS_HEADING = 2, 2


@dataclass(frozen=True, slots=True)
class EssayClaim:
    """A claim in one essay: its passages there, by stance, and its weight.

    `weight` is its share, from 0 to 1, of the words in which the essay makes claims, by
    `claims_by_weight`; 0 where the essay only discusses it. `main` says that it is a main point of
    the essay: its share is at least the even one, 1 / the number of claims the essay makes, or at
    least three of these speak for it (a verdict). What has less is made in passing.
    """

    claim: Claim
    by_stance: dict[Stance, _Occurrences]
    weight: float
    main: bool


def claims_by_weight(index: Index, essay: Essay) -> tuple[EssayClaim, ...]:
    """An essay's claims: those it makes, the weightiest first, then those it only discusses.

    A passage's words are divided evenly among the claims it makes. They count double for a claim of
    which the essay's title or a heading above the passage speaks: that shares two stems with the
    claim's label or with its sentence, one of them a stem that few claims have.
    """
    occurrences = grouped(
        (tag.claim, Occurrence(essay, passage, tag))
        for passage in essay.passages
        for tag in passage.reviewed
    )
    weights = _weights(index, essay)
    verdicts = _verdicts(index, weights)
    # In the order of their first passages, which a stable sort keeps among equals.
    claims = [
        EssayClaim(
            index.claims[c],
            group_by_stance(o),
            weight=weights.get(c, 0.0),
            main=weights.get(c, 0.0) * len(weights) >= 1 - _ROUNDING or c in verdicts,
        )
        for c, o in occurrences.items()
    ]
    return tuple(sorted(claims, key=lambda claim: (not claim.main, -claim.weight)))


def _verdicts(index: Index, made: Collection[str]) -> set[str]:
    """The claims made that at least three others made here speak for."""
    supported = Counter(other for claim in made for other in index.claims[claim].supports)
    return {claim for claim in made if supported[claim] >= _VERDICT}


_FEW_CLAIMS = 3  # may share a stem that still tells them from the others
_VERDICT = 3  # claims that speak for another one make it what they lead to
_ROUNDING = 1e-9  # thirds of three claims are even shares


def _weights(index: Index, essay: Essay) -> dict[str, float]:
    """The share of each claim that an essay makes; their sum is 1."""
    words: dict[str, float] = defaultdict(float)
    common = common_stems(index, essay.language)
    for headings, passage in _under_headings(essay):
        made = {tag.claim for tag in passage.reviewed if tag.stance.makes}
        for claim in made:
            named = _speak_of(headings, index.claims[claim], essay, common)
            share = len(passage.words.split()) / len(made)
            words[claim] += share * (_UNDER_ITS_HEADING if named else 1)
    total = sum(words.values())
    return {claim: count / total if total else 1 / len(words) for claim, count in words.items()}


def _under_headings(essay: Essay) -> Iterator[tuple[tuple[str, ...], Passage]]:
    """An essay's passages, each with what stands above it: the title, and headings to its own."""
    above: list[Heading] = []
    for _, part in walk(essay.parts):
        if isinstance(part, Heading):
            above = [*(h for h in above if h.level < part.level), part]
        elif isinstance(part, Passage):
            yield (essay.title, *(heading.text for heading in above)), part


def common_stems(index: Index, language: str) -> frozenset[str]:
    """The stems of a language that are in so many claims that they tell none from another."""
    return _common_stems(index.claim_names, language or "en")


@lru_cache(maxsize=16)
def _common_stems(names: tuple[str, ...], language: str) -> frozenset[str]:
    """The stems that more than a quarter of the claims have: they tell no claim from another."""
    counts = Counter(stem for name in names for stem in _content_stems(name, language))
    many = max(len(names) / 4, _FEW_CLAIMS)
    return frozenset(stem for stem, count in counts.items() if count > many)


def _speak_of(headings: Iterable[str], claim: Claim, essay: Essay, common: frozenset[str]) -> bool:
    """Whether one of the headings shares enough with the claim's label or sentence.

    One of the stems they share is none of the common ones. Nobody says in which language the
    registry is: English and the essay's are tried.
    """
    shared = (
        _content_stems(heading, language) & _content_stems(text, language)
        for language in dict.fromkeys(("en", essay.language or "en"))
        for heading in headings
        for text in (claim.label, claim.sentence)
    )
    return any(len(stems) >= _SHARED_STEMS and not stems <= common for stems in shared)


@lru_cache(maxsize=4096)
def _content_stems(text: str, language: str) -> frozenset[str]:
    """The stems of a text without those of its language's stop words."""
    return frozenset(stems(text, language)) - _stems_of_stop_words(language)


@cache
def _stems_of_stop_words(language: str) -> frozenset[str]:
    words = STOP_WORDS.get(primary_language(language), frozenset())
    return frozenset(stems(" ".join(words), language))


def co_occurring_claims(index: Index, claim: Claim) -> tuple[tuple[Claim, int], ...]:
    """The claims made in the passages that make this one, with their number, most first."""
    counts: Counter[str] = Counter()
    for occurrence in _made(index.occurrences(claim.id)):
        made = {tag.claim for tag in occurrence.passage.reviewed if tag.stance.makes}
        counts.update(made - {claim.id})
    places = index.place_of_claim
    ranked = sorted(counts.items(), key=lambda item: (-item[1], places[item[0]]))
    return tuple((index.claims[name], count) for name, count in ranked)


@dataclass(frozen=True, slots=True)
class AuthorLeftOut:
    """A claim without one of its authors: whether nobody makes it then, and which stances go."""

    author: str
    only_maker: bool
    lost_stances: tuple[Stance, ...]


def leave_one_author_out(index: Index, claim: Claim) -> tuple[AuthorLeftOut, ...]:
    """For every author without whom something of the claim would be missing, what that is."""
    stances_of = {
        author: tuple(group_by_stance(occurrences))
        for author, occurrences in index.by_writer(claim.id).items()
    }
    takers = Counter(stance for stances in stances_of.values() for stance in stances)
    left_out = (
        AuthorLeftOut(
            author,
            index.making_writers(claim.id) == (author,),
            tuple(stance for stance in stances if takers[stance] == 1),
        )
        for author, stances in stances_of.items()
        if author in index.authors
    )
    return tuple(one for one in left_out if one.only_maker or one.lost_stances)


def plainest_occurrences(occurrences: Iterable[Occurrence]) -> _Occurrences:
    """For each group of writers, the passage that says it most plainly."""
    by_writers = grouped((o.essay.writers, o) for o in occurrences)
    return tuple(map(plainest, by_writers.values()))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim with the passages that make it, and those of others that speak against it.

    They reject the claim, or make `counterclaim`, which opposes it; claim and counterclaim are the
    same where they reject it.
    """

    claim: Claim
    pro: _Occurrences
    counterclaim: Claim
    contra: _Occurrences


# What is made and rejected is sharper than two claims that oppose each other; then how many are
# against, then how many passages are for it.
_Sharpness = tuple[bool, int, int]


def disagreements(index: Index) -> tuple[Disagreement, ...]:
    """Every point on which two sides meet that both hold their view, the sharpest first.

    Sharpest is one author rejecting what another makes; then claims that oppose each other, made
    by different authors. A view that is only reported or conceded has nobody here on its side.
    """
    ranked: list[tuple[_Sharpness, Disagreement]] = []
    for claim in index.claims.values():
        made = _made(index.occurrences(claim.id))
        rejected = tuple(o for o in index.occurrences(claim.id) if o.tag.stance is Stance.REJECTS)
        if _by_different_writers(made, rejected):
            ranked.append(_ranked(True, Disagreement(claim, made, claim, rejected), len(rejected)))
        for other in claim.opposes:
            theirs = _made(index.occurrences(other))
            if _by_different_writers(theirs, made):
                disagreement = Disagreement(index.claims[other], theirs, claim, made)
                writers = len({o.essay.writers for o in made})
                ranked.append(_ranked(False, disagreement, writers))
    ranked.sort(key=lambda item: item[0], reverse=True)
    return tuple(disagreement for _, disagreement in ranked)


def _ranked(
    rejected: bool, disagreement: Disagreement, against: int
) -> tuple[_Sharpness, Disagreement]:
    """A disagreement cut to the plainest passages, those against first who are not for it too."""
    own = {writer for o in disagreement.pro for writer in o.essay.writers}
    cut = replace(
        disagreement,
        pro=plainest_occurrences(disagreement.pro),
        contra=tuple(
            sorted(
                plainest_occurrences(disagreement.contra),
                key=lambda o: not own.isdisjoint(o.essay.writers),
            )
        ),
    )
    return (rejected, against, len(disagreement.pro)), cut


def _made(occurrences: Iterable[Occurrence]) -> _Occurrences:
    return tuple(o for o in occurrences if o.tag.stance.makes)


def _by_different_writers(one: _Occurrences, other: _Occurrences) -> bool:
    """Whether both sides have somebody, and not the same writers only."""
    sides = [{o.essay.writers for o in side} for side in (one, other)]
    return all(sides) and sides[0] != sides[1]


@dataclass(frozen=True, slots=True)
class AuthorComparison:
    """Two authors side by side: the claims they share, make alone of the two, and dispute."""

    one: str
    other: str
    shared: tuple[Claim, ...]
    only_one: tuple[Claim, ...]
    only_other: tuple[Claim, ...]
    disputed: tuple[Claim, ...]


def closest_authors(index: Index, author: str, limit: int) -> tuple[tuple[str, int], ...]:
    """The authors who share most claims with this one, with their number, most first."""
    shared = Counter(maker for claim in index.made_by(author) for maker in index.makers(claim.id))
    del shared[author]
    places = index.place_of_writer
    ranked = sorted(shared.items(), key=lambda item: (-item[1], places[item[0]]))
    return tuple(ranked[:limit])


def compare_authors(index: Index, one: str, other: str) -> AuthorComparison:
    """What two authors share, what each makes without the other, and what they dispute."""

    def rejected(maker: str, rejecter: str) -> set[str]:
        """What one makes and the other rejects, each in a passage of their own."""
        return {
            c.id
            for c in index.made_by(maker)
            if any(
                maker not in o.essay.authors
                for o in index.by_stance(c.id, rejecter).get(Stance.REJECTS, ())
            )
        }

    disputed = rejected(one, other) | rejected(other, one)
    first, second = ({c.id: c for c in index.made_by(author)} for author in (one, other))
    either = sorted(first | second, key=index.place_of_claim.__getitem__)

    def those(claims: Iterable[str]) -> tuple[Claim, ...]:
        return tuple(index.claims[claim] for claim in claims)

    return AuthorComparison(
        one,
        other,
        tuple(c for c in index.made_by_both(one, other) if c.id not in disputed),
        those(c for c in first if c not in second and c not in disputed),
        those(c for c in second if c not in first and c not in disputed),
        those(c for c in either if c in disputed),
    )
