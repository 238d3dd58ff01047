"""The debate about a claim: who stands where, in one sentence; their passages; who is missing.

Counted are reviewed tags only; suggestions stand apart. An essay that names no author is told by
its title, and is none of the authors that are counted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest

from crossclaim.content.deciding_words import locate_words
from crossclaim.content.markdown import excerpt
from crossclaim.language.sentences import sentences
from crossclaim.model import Claim, Essay, Stance
from crossclaim.site.index import Index, Occurrence, Relation, grouped, plainest
from crossclaim.site.measures import (
    AuthorLeftOut,
    co_occurring_claims,
    leave_one_author_out,
    plainest_occurrences,
)

# So many passages stand on a claim's page in full, and so many lines in each list at its foot.
MAX_IN_FULL, MAX_LINES = 12, 5
# So many authors are named; of more, their number is told.
MAX_NAMES = 4
_LONGEST_SENTENCE = 320  # characters of a deciding sentence
_LONGEST_TITLE = 80  # characters of a title in a sentence
_NUMBERS = [
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
_VERBS = {
    Stance.ASSERTS: "assert",
    Stance.ILLUSTRATES: "illustrate",
    Stance.CONCEDES: "grant",
    Stance.REPORTS: "report",
    Stance.REJECTS: "reject",
}
_Positions = dict[tuple[Stance, ...], tuple[str, ...]]
_MADE = [(Stance.ASSERTS,), (Stance.ILLUSTRATES,)]
_LEANING = [(Stance.CONCEDES,), (Stance.REPORTS,)]
# What an author may do with a claim on the whole, in the order in which it is told.
_POSITIONS: list[tuple[Stance, ...]] = [
    *_MADE,
    *((*made, Stance.REJECTS) for made in _MADE),
    (Stance.REJECTS,),
    *((*leaning, Stance.REJECTS) for leaning in _LEANING),
    *_LEANING,
]


def number(count: int) -> str:
    """A number as running text has it: a word up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listed(names: Iterable[str], last: str = " and ") -> str:
    """Names as running text lists them: “A”, “A and B”, “A, B and C”."""
    *others, final = list(names) or [""]
    return last.join(filter(None, [", ".join(others), final]))


# --- Who stands where -----------------------------------------------------------------------------


def _position(stances: Iterable[Stance]) -> tuple[Stance, ...]:
    """What an author does on the whole: the strongest of the stances, and rejecting."""
    taken = set(stances)
    strongest = [s for s in Stance if s in taken and s is not Stance.REJECTS][:1]
    return (*strongest, *({Stance.REJECTS} & taken))


def positions_on(index: Index, claim: Claim) -> _Positions:
    """The writers by what they do with a claim on the whole; no position without one."""
    writers = grouped(
        (_position(o.tag.stance for o in occurrences), writer)
        for writer, occurrences in index.by_writer(claim.id).items()
    )
    return {position: writers[position] for position in _POSITIONS if position in writers}


def opposing_claims(index: Index, claim: Claim) -> tuple[Claim, ...]:
    """The claims that oppose this one, whichever entry says so."""
    relations = index.relations(claim)
    return tuple(dict.fromkeys(r.other for r in relations if r.name in _OPPOSING))


_OPPOSING = ("opposes", "is opposed by")


def _opponents(index: Index, claim: Claim) -> tuple[str, ...]:
    """Who makes a claim that opposes this one: the authors in the order of `authors.yml`."""
    makers = {m for other in opposing_claims(index, claim) for m in index.making_writers(other.id)}
    return tuple(sorted(makers, key=index.place_of_writer.__getitem__))


def _who(index: Index, writers: Iterable[str], counted: bool = False) -> str:
    """Writers as a sentence names them: “Allen”, “all three authors”, “40 authors and “On Tea””.

    `counted` says that the sentence has told how many authors there are in all.
    """
    by_kind = grouped((writer in index.authors, writer) for writer in writers)
    authors, essays = by_kind.get(True, ()), by_kind.get(False, ())
    everyone = len(index.authors)
    names, titles = index.names(authors), index.names(essays, _LONGEST_TITLE)
    if counted and len(authors) > MAX_NAMES:
        names = (_counted(len(authors), everyone),)
    elif len(authors) == everyone > 1:
        names = ("both authors" if everyone == 2 else f"all {number(everyone)} authors",)
    elif len(authors) > MAX_NAMES:
        names = (f"{number(len(authors))} authors",)
    if len(essays) > MAX_NAMES:
        titles = (f"{number(len(essays))} essays without an author",)
    return listed((*names, *titles))


def _verbs(position: tuple[Stance, ...], several: bool) -> str:
    """What authors do with a claim, as a predicate: “reports and rejects it”."""
    verbs = " and ".join(_VERBS[stance] + ("" if several else "s") for stance in position)
    both = len(position) > 1 and position[0].makes
    return f"both {verbs} it" if both and not several else f"{verbs} it"


def _clauses(index: Index, claim: Claim, positions: _Positions) -> str:
    """Who does what, as part of a sentence; where they are many, how many of all."""
    everyone = len(index.authors)
    authors = ([w for w in writers if w in index.authors] for writers in positions.values())
    counted = any(MAX_NAMES < len(own) < everyone for own in authors)
    alone = len(index.making_writers(claim.id)) == 1 < everyone
    clauses = [
        f"{_who(index, writers, counted)}{' alone' * (alone and position in _MADE)}"
        f" {_verbs(position, len(writers) > 1)}"
        for position, writers in positions.items()
    ]
    of_all = f"of {_counted(everyone, everyone)} authors, " if counted else ""
    return of_all + listed(clauses, ", " if len(clauses) == 2 else " and ")


def _counted(count: int, everyone: int) -> str:
    """A count of authors: in words where all of them are few, so that one sentence has one form."""
    return number(count) if everyone < len(_NUMBERS) else str(count)


def standing(index: Index, claim: Claim) -> str:
    """Who does what with a claim, as part of a sentence; "" where no reviewed passage has it."""
    positions = positions_on(index, claim)
    clauses = _clauses(index, claim, positions) if positions else ""
    if not clauses or index.making_writers(claim.id):
        return clauses
    return f"nobody here defends it; {clauses}"


def holders(index: Index, claim: Claim) -> str:
    """Who makes or rejects a claim, as part of a sentence; where nobody makes it, all of it."""
    if not index.making_writers(claim.id):
        return standing(index, claim)
    positions = positions_on(index, claim)
    holding = {p: writers for p, writers in positions.items() if p not in _LEANING}
    return _clauses(index, claim, holding)


def verdict(index: Index, claim: Claim) -> str:
    """How the authors stand to a claim, in one sentence."""
    stands = standing(index, claim)
    if not stands:
        return _not_reviewed(len(index.suggested_occurrences(claim.id)))
    return _capital(f"{stands}{_answer(index, claim)}.")


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _answer(index: Index, claim: Claim) -> str:
    """What the sentence says of the other side, where nobody rejects the claim itself."""
    if any(Stance.REJECTS in position for position in positions_on(index, claim)):
        return ""
    makers, opponents = index.making_writers(claim.id), _opponents(index, claim)
    if opponents:
        same = opponents == index.makers(claim.id) == makers
        who = f"the same author{'s' * (len(makers) > 1)}" if same else ""
        verb = "makes" if len(opponents) == 1 else "make"
        sign = ";" if makers else ", and"
        return f"{sign} {who or _who(index, opponents)} {verb} a claim that opposes it"
    if not makers:
        return ", and nobody answers"
    return "; nobody here defends the opposite" if len(index.authors) > 1 else ""


def _not_reviewed(suggestions: int) -> str:
    if not suggestions:
        return "No passage here carries it yet."
    passages = "one passage" if suggestions == 1 else f"{number(suggestions)} passages"
    return f"Only suggested, for {passages}: nobody has reviewed that yet."


def unanswered_claims(index: Index) -> tuple[Claim, ...]:
    """The claims that are reported or conceded and not answered, as in `claims.yml`.

    Nobody makes or rejects them, and nobody makes a claim that opposes them.
    """
    return tuple(
        claim
        for claim in index.made_by_nobody()
        if not any(Stance.REJECTS in position for position in positions_on(index, claim))
        and not _opponents(index, claim)
    )


# --- Their passages -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """Passages that do alike with a claim: `in_full`, and those of which a sentence is quoted.

    `column` is where they stand: "left", "right", or "" across the page. The first passage from
    each essay names it; the others need not.
    """

    heading: str
    column: str
    in_full: tuple[tuple[Occurrence, bool], ...]
    in_short: tuple[Occurrence, ...]


_FOR, _AGAINST, _LEAN = "For", "Against", "Reported and granted"
_LEAN_ALIKE = {Stance.CONCEDES: "Granted", Stance.REPORTS: "Reported"}
_SIDE_OF = {
    Stance.ASSERTS: _FOR,
    Stance.ILLUSTRATES: _FOR,
    Stance.REJECTS: _AGAINST,
    Stance.CONCEDES: _LEAN,
    Stance.REPORTS: _LEAN,
}


def sides_of(index: Index, claim: Claim) -> tuple[Side, ...]:
    """A claim's passages on their sides, each once a side: those for it and against it first.

    Two sides that both have a voice stand face to face. A passage that reports or concedes is on
    neither: whose view it reports is not told. Where nobody makes the claim, what is reported is
    all the case there is, and faces those who reject it.
    """
    occurrences = grouped((_SIDE_OF[o.tag.stance], o) for o in index.occurrences(claim.id))
    spread = {
        heading: spread_over_writers(occurrences[heading])
        for heading in (_FOR, _LEAN, _AGAINST)
        if heading in occurrences
    }
    if _FOR in spread and _LEAN in spread:
        spread[_LEAN] = spread.pop(_LEAN)  # after those against
    turns = chain.from_iterable(zip_longest(*spread.values()))
    in_full = {_place(o) for o in list(filter(None, turns))[:MAX_IN_FULL]}
    facing = _AGAINST in spread and len(spread) > 1
    named: set[str] = set()
    return tuple(
        Side(
            _heading(heading, passages) if len(spread) > 1 else "",
            (("left", "right")[n] if n < 2 else "") if facing else "",
            tuple((o, _first_of(o.essay, named)) for o in passages if _place(o) in in_full),
            tuple(o for o in passages if _place(o) not in in_full),
        )
        for n, (heading, passages) in enumerate(spread.items())
    )


def _heading(side: str, passages: Iterable[Occurrence]) -> str:
    """What a side is called: “Granted”, where all of it is."""
    stances = {o.tag.stance for o in passages}
    return _LEAN_ALIKE[stances.pop()] if side == _LEAN and len(stances) == 1 else side


def _place(occurrence: Occurrence) -> tuple[str, int, Stance]:
    return occurrence.essay.id, occurrence.passage.number, occurrence.tag.stance


def _first_of(essay: Essay, named: set[str]) -> bool:
    """Whether an essay was not named before; from now on it is."""
    first = essay.id not in named
    named.add(essay.id)
    return first


def spread_over_writers(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """The plainest passage of each group of writers, then their others by turns, each once.

    A passage that does two things with one claim on the same side stands with the first.
    """
    once = {(o.essay.id, o.passage.number): o for o in reversed(tuple(occurrences))}
    ordered = tuple(reversed(once.values()))
    leading = {o.essay.writers: o for o in plainest_occurrences(ordered)}
    by_writers = grouped((o.essay.writers, o) for o in ordered)
    turns = [
        [leading[writers], *(o for o in own if o is not leading[writers])]
        for writers, own in by_writers.items()
    ]
    return tuple(o for turn in zip_longest(*turns) for o in turn if o is not None)


def deciding_sentence(occurrence: Occurrence) -> str:
    """The sentence of a passage in which its deciding words stand; else its opening words."""
    words = occurrence.passage.words
    places = locate_words(words, occurrence.tag.words) or ()
    kept: list[str] = []
    end, before = 0, 0
    for count, sentence in enumerate(sentences(words) if places else ()):
        start = words.find(sentence, end)
        if start < 0:
            continue
        end = start + len(sentence)
        if any(first < end and start < last for first, last in places):
            kept += ["…"] * bool(kept and count > before + 1) + [sentence]
            before = count
    return excerpt(" ".join(kept), _LONGEST_SENTENCE) if kept else excerpt(words)


# --- What stands around it ------------------------------------------------------------------------


@dataclass(frozen=True)
class Debate:
    """A claim's page before it is written: all that it shows, worked out when it is asked for."""

    index: Index
    claim: Claim

    @cached_property
    def verdict(self) -> str:
        """Who stands where, in one sentence."""
        return verdict(self.index, self.claim)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The passages."""
        return sides_of(self.index, self.claim)

    @cached_property
    def opposing(self) -> tuple[tuple[Claim, str], ...]:
        """The claims that oppose this one, each with who holds or rejects it."""
        others = opposing_claims(self.index, self.claim)
        return tuple((other, holders(self.index, other)) for other in others)

    @cached_property
    def supporting(self) -> dict[str, tuple[Claim, ...]]:
        """The claims it supports and is supported by, by the name of the relation."""
        relations: Iterable[Relation] = self.index.relations(self.claim)
        return grouped((r.name, r.other) for r in relations if r.name not in _OPPOSING)

    @cached_property
    def neighbours(self) -> tuple[tuple[Claim, int], ...]:
        """The claims made in the same paragraphs most often, with their number."""
        return co_occurring_claims(self.index, self.claim)[:MAX_LINES]

    @cached_property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The authors without whom nobody here would do what: “assert, illustrate or reject”."""
        if len(self.index.authors) < 2:
            return ()
        left_out = leave_one_author_out(self.index, self.claim)
        return tuple((one.author, _lost(one)) for one in left_out[:MAX_LINES])

    @cached_property
    def silent(self) -> str:
        """Who does not take the claim up, in a sentence; "" where everybody or nobody does."""
        taken = self.index.by_author(self.claim.id)
        count = len(self.index.authors) - len(taken)
        if not taken or not count:
            return ""
        silent = tuple(author for author in self.index.authors if author not in taken)
        verb = "does" if count == 1 else "do"
        return _capital(f"{_who(self.index, silent)} {verb} not take it up")


def _lost(left_out: AuthorLeftOut) -> str:
    """What nobody would do without an author, the only maker first of all makes the claim."""
    verbs = [_VERBS[s] for s in left_out.lost_stances if not (left_out.only_maker and s.makes)]
    return listed(["make"] * left_out.only_maker + verbs, " or ")


# --- Lists of the other pages ---------------------------------------------------------------------


def by_date(essays: Iterable[Essay]) -> tuple[Essay, ...]:
    """Essays by date, the oldest first; those without a year last, as they come."""

    def key(essay: Essay) -> tuple[str, ...]:
        match = _DATE.search(essay.date)
        return match.groups(default="") if match else ("9999",)

    return tuple(sorted(essays, key=key))


_DATE = re.compile(r"(?<!\d)(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)")


def face_to_face(index: Index, claim: Claim, one: str, other: str) -> tuple[Occurrence, ...]:
    """Two authors' plainest passages on a claim; the rejecting one where the other makes it."""
    stances = [index.by_stance(claim.id, author) for author in (one, other)]
    rejecting = [
        Stance.REJECTS in own and any(stance.makes for stance in others)
        for own, others in zip(stances, reversed(stances), strict=True)
    ]
    return tuple(
        plainest(by_stance[Stance.REJECTS] if rejects else chain(*by_stance.values()))
        for by_stance, rejects in zip(stances, rejecting, strict=True)
    )


@dataclass(frozen=True, slots=True)
class AuthorsClaim:
    """A claim with one author's passages on it: the strongest stance taken, and each passage.

    With a passage stands its essay's title, where the passage before is from another essay and the
    author has several, else "".
    """

    claim: Claim
    stance: Stance
    passages: tuple[tuple[Occurrence, str], ...]


def claims_of_author(index: Index, author: str) -> dict[str, tuple[AuthorsClaim, ...]]:
    """An author's claims under headings: made with others, made alone, granted, and so on."""
    alone = index.made_only_by(author)
    only = {claim.id for claim in alone}
    shared = [claim for claim in index.made_by(author) if claim.id not in only]
    making = [stance for stance in Stance if stance.makes]
    lists: dict[str, tuple[Iterable[Claim], list[Stance]]] = {
        "Makes with others": (shared, making),
        "Makes alone": (alone, making),
    }
    for stance, claims in index.discussed_by(author).items():
        lists[_DISCUSSED[stance]] = (claims, [stance])
    return {
        heading: tuple(_authors_claim(index, author, claim, stances) for claim in claims)
        for heading, (claims, stances) in lists.items()
        if claims
    }


_DISCUSSED = {Stance.CONCEDES: "Grants", Stance.REPORTS: "Reports", Stance.REJECTS: "Rejects"}


def _authors_claim(index: Index, author: str, claim: Claim, stances: list[Stance]) -> AuthorsClaim:
    by_stance = index.by_stance(claim.id, author)
    own = [stance for stance in stances if stance in by_stance]
    passages: list[tuple[Occurrence, str]] = []
    essay = "" if len(index.essays_by(author)) > 1 else index.essays_by(author)[0].id
    for occurrence in chain.from_iterable(by_stance[stance] for stance in own):
        title = occurrence.essay.title if occurrence.essay.id != essay else ""
        passages.append((occurrence, title))
        essay = occurrence.essay.id
    return AuthorsClaim(claim, own[0], tuple(passages))


def claims_made(essay: Essay) -> int:
    """How many claims an essay makes."""
    return len({t.claim for p in essay.passages for t in p.reviewed if t.stance.makes})
