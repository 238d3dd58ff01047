"""Conflicts: why claims cannot be renamed, merged, split or removed as asked. Pure."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import permutations

from crossclaim.content.collection import CLAIMS
from crossclaim.content.essay_edit import TaggedText, tagged, tags_of
from crossclaim.content.registry import ChangedClaims, heirs_of
from crossclaim.content.tag_line import Attributes
from crossclaim.findings import Finding
from crossclaim.model import Claim, Place, Stance
from crossclaim.names import did_you_mean, is_id, quoted

Answers = Mapping[str, Sequence[str]]  # which claims a passage makes, by its `essay#passage`


@dataclass(frozen=True, slots=True)
class ClaimTexts:
    """The registry's text with its claims, and every essay's text by its file."""

    registry: str
    claims: tuple[Claim, ...]
    essays: dict[str, str]


@dataclass(frozen=True, slots=True)
class TaggedPassage:
    """A passage that carries a claim: in which file, itself, and the claim's id."""

    file: str
    passage: TaggedText
    claim: str

    @property
    def attributes(self) -> Attributes:
        """What its tag line says."""
        return self.passage.attributes or Attributes()

    @property
    def address(self) -> str:
        """The essay's id and the passage's own, as `essay#passage`."""
        return passage_address(self.file, self.attributes)

    @property
    def place(self) -> Place:
        """Where its tag line stands."""
        lines = self.passage.tag_lines
        return Place(self.file, lines[0].number if lines else self.passage.line)

    @property
    def tags(self) -> tuple[tuple[Stance, bool], ...]:
        """The stances it takes on the claim, and whether each is reviewed."""
        tags = tags_of(self.attributes)
        return tuple((stance, reviewed) for stance, claim, reviewed in tags if claim == self.claim)

    @property
    def deciding_words(self) -> str:
        """The words that decide the claim's tag, as quoted there, or ""."""
        return dict(self.attributes.words).get(self.claim, "")

    @property
    def is_bare_without(self) -> bool:
        """Whether it carries nothing else, so that it will be untagged."""
        return not self.attributes.aside and all(
            claim == self.claim for _, claim, _ in tags_of(self.attributes)
        )


def carriers(texts: ClaimTexts, claim: str) -> tuple[TaggedPassage, ...]:
    """The passages that are tagged with a claim, reviewed or suggested."""
    passages = [
        TaggedPassage(f, p, claim) for f, text in texts.essays.items() for p in tagged(text)
    ]
    return tuple(passage for passage in passages if passage.tags)


def leads_to(claims: Sequence[Claim], old: str, heirs: Sequence[str]) -> bool:
    """Whether an id is no claim's now and the former one of just these: the work is begun."""
    return old not in {claim.id for claim in claims} and heirs_of(claims).get(old) == tuple(heirs)


def unknown_claim(name: str, claims: Sequence[Claim]) -> Finding:
    """That there is no such claim."""
    now = quoted(heirs_of(claims).get(name, ()), "or")
    known = [claim.id for claim in claims]
    hint = f"it is {now} now" if now else did_you_mean(name, known, "look its id up in claims.yml")
    return Finding("unknown-claim", Place(CLAIMS), f"“{name}” is not a claim in claims.yml", hint)


def named_twice(claim: Claim) -> Finding:
    """That a claim is to go and to stay."""
    hint = "name the claims that go, then the one that stays"
    return Finding("cannot-merge", claim.place, f"“{claim.id}” is named twice", hint)


def id_conflict(claim: Claim, name: str, claims: Iterable[Claim]) -> Finding | None:
    """Why a claim cannot have this name; its own former one it can have back."""
    if not is_id(name):
        message = f"“{name}” cannot be the id of a claim"
        hint = "write lower-case letters and digits, with single hyphens between words"
        return Finding("bad-id", claim.place, message, hint)
    for other in claims:
        if name == other.id or (name in other.was and other.id != claim.id):
            former = "" if name == other.id else f", as a former id of “{other.id}”"
            message = f"the claim id “{name}” is in use{former}"
            hint = "choose another id, or merge the two"
            return Finding("duplicate-claim", other.place, message, hint)
    return None


def duplicates(claims: Sequence[Claim], names: Sequence[str]) -> list[Finding]:
    """That an id stands for two entries, so that nobody can say which is meant."""
    findings = []
    for name in names:
        same = [claim for claim in claims if claim.id == name]
        for other in same[1:]:
            message = f"the claim id “{name}” is in use at {same[0].place}"
            findings.append(Finding("duplicate-claim", other.place, message, "give one another id"))
    return findings


def contradictions(
    claims: Sequence[Claim], united: Iterable[str], changed: ChangedClaims
) -> list[Finding]:
    """Why these claims cannot be one: they oppose each other, or take both sides of a third."""
    by_id = {claim.id: claim for claim in claims}
    pairs = permutations([name for name in united if name in by_id], 2)
    contradictions = [
        (one, f"“{one}” opposes “{other}”, so they are not one claim")
        for one, other in pairs
        if other in by_id[one].opposes
    ] or [
        (name, f"“{name}” would both support and oppose “{third}”")
        for name, after in changed.items()
        for claim in after
        for third in sorted(set(claim.opposes) & set(claim.supports))
    ]
    hint = "take that relation out of claims.yml first, if they are one claim"
    return [
        Finding("cannot-merge", by_id[name].place, message, hint)
        for name, message in contradictions
    ]


def split_conflicts(texts: ClaimTexts, old: str, heirs: Sequence[str]) -> list[Finding]:
    """Why a claim cannot become these."""
    claims = {claim.id: claim for claim in texts.claims}
    if old not in claims:
        former = heirs_of(texts.claims).get(old, ())
        return [] if set(heirs) <= set(former) else [unknown_claim(old, texts.claims)]
    missing = [name for name in heirs if name not in claims]
    conflicts = (id_conflict(claims[old], name, texts.claims) for name in missing)
    findings = [*filter(None, conflicts), *duplicates(texts.claims, [old, *heirs])]
    return findings + _unnamed(texts, old)


def _unnamed(texts: ClaimTexts, claim: str) -> list[Finding]:
    """Passages that nobody can answer for, as they have no id or that of another."""
    findings = []
    ids = [
        passage_address(file, passage.attributes or Attributes())
        for file, text in texts.essays.items()
        for passage in tagged(text)
    ]
    for passage in carriers(texts, claim):
        opening = " ".join(passage.passage.text.split()[:4])
        hint = "run “crossclaim ids” to give it one"
        if not passage.attributes.id:
            message = f"“{opening} …” has no id"
            findings.append(Finding("no-id", passage.place, message, hint))
        elif ids.count(passage.address) > 1:
            message = f"the id “{passage.attributes.id}” is in use more than once"
            hint = "take it out where it came later, and run “crossclaim ids”"
            findings.append(Finding("duplicate-id", passage.place, message, hint))
    return findings


def wrong_answers(
    texts: ClaimTexts, old: str, heirs: Sequence[str], answers: Answers
) -> list[Finding]:
    """Answers that fit nothing; the passages that have none, in one."""
    asked = {passage.address: passage for passage in carriers(texts, old)}
    findings = []
    for address, chosen in answers.items():
        place = asked[address].place if address in asked else Place(CLAIMS)
        strange = [name for name in chosen if name not in heirs]
        if strange:
            message = f"“{strange[0]}” is none of {quoted(heirs, 'and')}"
            findings.append(Finding("bad-answer", place, message, "answer with some of these"))
        elif address not in asked and not _carries(texts, address, chosen):
            message = f"“{address}” does not carry “{old}”"
            findings.append(Finding("bad-answer", place, message, "look its address up"))
    open_ = [address for address in asked if address not in answers]
    if open_:
        message = f"nobody said which of the new claims stand for “{old}” in {', '.join(open_)}"
        hint = "add --to ESSAY#PASSAGE=NEW for each, or --to NEW for all of them"
        findings.append(Finding("bad-answer", asked[open_[0]].place, message, hint))
    return findings


def _carries(texts: ClaimTexts, address: str, claims: Iterable[str]) -> bool:
    """Whether there is such a passage with these claims, as after a run that was cut off."""
    return any(
        passage_address(file, passage.attributes) == address
        and set(claims) <= {claim for _, claim, _ in tags_of(passage.attributes)}
        for file, text in texts.essays.items()
        for passage in tagged(text)
        if passage.attributes
    )


def removal_conflicts(texts: ClaimTexts, gone: str, kept: str) -> list[Finding]:
    """Why a claim cannot be taken out, or another not have its address."""
    claims = {claim.id: claim for claim in texts.claims}
    if kept and kept not in claims:
        return [unknown_claim(kept, texts.claims)]
    if kept == gone and kept:
        return [named_twice(claims[kept])]
    if gone not in claims and not leads_to(texts.claims, gone, [kept]):
        related = any(gone in (*claim.opposes, *claim.supports) for claim in texts.claims)
        begun = related or carriers(texts, gone)
        if not begun or gone in heirs_of(texts.claims):
            return [unknown_claim(gone, texts.claims)]
    return duplicates(texts.claims, [gone, *filter(None, [kept])])


def stance_conflict(passage: TaggedText, claims: Set[str], file: str, verb: str) -> Finding | None:
    """That a passage takes different stances on claims that are to be one there."""
    stances: dict[str, set[Stance]] = {}
    for stance, claim, _ in tags_of(passage.attributes or Attributes()):
        if claim in claims:
            stances.setdefault(claim, set()).add(stance)
    if len({frozenset(own) for own in stances.values()}) < 2:
        return None
    tags = " and ".join(
        f"{', '.join(s for s in Stance if s in own)} “{claim}”" for claim, own in stances.items()
    )
    opening = " ".join(passage.text.split()[:6])
    hint = f"choose one stance for both there, then {verb}"
    return Finding("cannot-merge", Place(file, passage.line), f"“{opening} …” {tags}", hint)


def split_conflict(passage: TaggedPassage, chosen: Iterable[str]) -> Finding | None:
    """Why the passage cannot carry these in place of its claim: another stance on one of them."""
    pairs = ({passage.claim, name} for name in chosen)
    conflicts = (stance_conflict(passage.passage, p, passage.file, "split") for p in pairs)
    return next(filter(None, conflicts), None)


def passage_address(file: str, attributes: Attributes) -> str:
    """A passage's address on a command line: its essay's id and its own, `essay#passage`."""
    return f"{file.rpartition('/')[2].removesuffix('.md')}#{attributes.id}"
