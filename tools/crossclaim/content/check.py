"""Checks across files: every cross-reference, every passage's state. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from crossclaim.content.collection import AUTHORS, CLAIMS
from crossclaim.content.registry import Heirs, heirs_of
from crossclaim.findings import Finding
from crossclaim.model import Author, Claim, Collection, Essay, Passage
from crossclaim.names import did_you_mean, is_id, quoted, slug, words


def check_collection(collection: Collection) -> tuple[Finding, ...]:
    """The findings about a collection as a whole; each file on its own was checked on reading."""
    known = {claim.id for claim in collection.claims}
    former = heirs_of(collection.claims)

    @cache
    def meant(claim: str) -> str:
        return did_you_mean(claim, known, "add it to claims.yml, or take the tag out")

    findings: list[Finding] = []
    findings += _repeated_authors(collection)
    findings += _former_ids(collection.authors)
    findings += _former_ids(collection.essays)
    findings += _repeated_claims(collection.claims)
    for claim in collection.claims:
        findings += _relations(claim, known, former)
    for essay in collection.essays:
        findings += _originals(essay, collection.originals)
        findings += _ids(essay)
        for passage in essay.passages:
            findings += _state(passage)
            findings += _tags(passage, known, former, meant)
    findings += _unused(collection)
    return tuple(findings)


def without_consequences(findings: Iterable[Finding]) -> list[Finding]:
    """The findings less those that only follow from a registry nobody could read."""
    findings = list(findings)
    unreadable = {
        f.place.file for f in findings if f.code in ("missing-file", "not-utf-8", "bad-yaml")
    }
    consequences: set[str] = set()
    if CLAIMS in unreadable:
        consequences |= {"unknown-claim", "broken-relation", "renamed-claim"}
    if AUTHORS in unreadable:
        consequences |= {"unknown-author"}
    return [f for f in findings if f.code not in consequences]


def _repeated_authors(collection: Collection) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for author in collection.authors:
        for name in {author.id, author.name}:
            if name in seen:
                message = f"the author “{name}” stands here again, first at {seen[name]}"
                yield Finding("duplicate-id", author.place, message, "keep one of the entries")
            seen.setdefault(name, str(author.place))


def _former_ids(entries: Sequence[Essay] | Sequence[Author]) -> Iterator[Finding]:
    """Former ids that are in use: nobody could say where their addresses lead."""
    owners: dict[str, Essay | Author] = {}
    for entry in entries:
        for name in (entry.id, entry.name if isinstance(entry, Author) else entry.id):
            owners.setdefault(name, entry)
    for entry in entries:
        for former in entry.was:
            owner = owners.setdefault(former, entry)
            if owner is not entry or former == entry.id:
                message = f"“{former}”, which “{entry.id}” was, is in use at {owner.place}"
                hint = "take it out of one “was”, or give one another id"
                yield Finding("duplicate-id", entry.place, message, hint)


def _repeated_claims(claims: Iterable[Claim]) -> Iterator[Finding]:
    ids: dict[str, tuple[Claim, bool]] = {}  # whose an id is first, and whether a former one
    sentences: dict[str, Claim] = {}
    labels: dict[str, Claim] = {}
    for claim in claims:
        label = " ".join(words(claim.label.casefold()))
        first = labels.setdefault(label, claim) if label else claim
        if first is not claim:
            message = f"“{claim.label}” is also the label of “{first.id}”"
            yield Finding("bad-label", claim.place, message, "give each a label of its own")
        # A former id may be that of several claims, which a split made of one, but no present id.
        own = (claim.id, *claim.was)
        for index, name in enumerate(own):
            first, former = ids.setdefault(name, (claim, index > 0))
            both_former = former and index > 0
            if name in own[:index] or (first is not claim and not both_former):
                message = f"the claim id “{name}” is in use at {first.place}"
                yield Finding("duplicate-claim", claim.place, message, "give one another id")
        key = " ".join(words(claim.sentence.casefold()))
        twin = sentences.setdefault(key, claim) if key else claim
        if twin is not claim:
            message = f"“{claim.id}” is the same sentence as “{twin.id}” at {twin.place}"
            hint = "word each of its own, or merge the two (“crossclaim claims merge”)"
            yield Finding("duplicate-claim", claim.place, message, hint)


def _relations(claim: Claim, known: set[str], former: Heirs) -> Iterator[Finding]:
    for relation, others in (("opposes", claim.opposes), ("supports", claim.supports)):
        for other in others:
            where = f"“{claim.id}” {relation} “{other}”"
            if other == claim.id:
                message = f"“{claim.id}” {relation} itself"
                yield Finding("broken-relation", claim.place, message, "name another claim")
            elif other in former:
                heirs = [heir for heir in former[other] if heir != claim.id]
                hint = f"write {quoted(heirs or former[other], 'or')}"
                yield Finding("renamed-claim", claim.place, f"{where}, a former id", hint)
            elif other not in known:
                hint = did_you_mean(other, known, "add that claim, or take the name out")
                yield Finding("broken-relation", claim.place, f"{where}, which is no claim", hint)
    for other in sorted(set(claim.opposes) & set(claim.supports)):
        message = f"“{claim.id}” both supports and opposes “{other}”"
        yield Finding("contradictory-relation", claim.place, message, "keep one of the two")


def _originals(essay: Essay, originals: frozenset[str]) -> Iterator[Finding]:
    if essay.original and essay.original not in originals:
        otherwise = "put the file there, or take the line out"
        hint = did_you_mean(essay.original, originals, otherwise)
        message = f"the original essays/{essay.original} does not exist"
        place = replace(essay.place, line=essay.original_line)
        yield Finding("missing-original", place, message, hint)


def _ids(essay: Essay) -> Iterator[Finding]:
    first: dict[str, Passage] = {}
    for passage in essay.passages:
        if not passage.id:
            hint = "run “crossclaim ids” to give it one"
            message = f"“{_opening(passage, 4)} …” has no id"
            yield Finding("no-id", passage.place, message, hint)
        # A former id is an address like the present one.
        own = (passage.id, *passage.was)
        for index, name in enumerate(own):
            if not name:
                continue
            twin = first.setdefault(name, passage)
            if twin is not passage or name in own[:index]:
                message = f"the id “{name}” is in use at {twin.place}"
                hint = "take this one out and run “crossclaim ids”"
                yield Finding("duplicate-id", passage.place, message, hint)
            if not is_id(name):
                message = f"“{name}” cannot be the id of a passage"
                hint = f"write it as “{slug(name) or 'passage'}”"
                yield Finding("bad-id", passage.place, message, hint)


def _state(passage: Passage) -> Iterator[Finding]:
    if passage.aside and passage.tags:
        message = f"“{_opening(passage, 6)} …” is marked .aside, yet carries a tag"
        yield Finding("tagged-aside", passage.place, message, "take one of the two out")
    if not passage.aside and not passage.tags:
        message = f"“{_opening(passage, 6)} …” carries no claim"
        yield Finding("untagged", passage.place, message, "tag it, or mark it .aside")
    for tag in passage.suggestions:
        message = f"“{tag.claim}” is a suggestion nobody has reviewed"
        hint = "take the question mark out to accept it, or the tag to reject it"
        yield Finding("unreviewed", tag.place, message, hint)


def _opening(passage: Passage, words: int) -> str:
    return " ".join(passage.words.split(maxsplit=words)[:words])


def _tags(
    passage: Passage, known: set[str], former: Heirs, meant: Callable[[str], str]
) -> Iterator[Finding]:
    for tag in passage.tags:
        if tag.claim in former and tag.claim not in known:
            message = f"“{tag.claim}” is a former id"
            hint = f"write {quoted(former[tag.claim], 'or')}"
            yield Finding("renamed-claim", tag.place, message, hint)
        elif tag.claim not in known:
            message = f"“{tag.claim}” is not a claim in claims.yml"
            yield Finding("unknown-claim", tag.place, message, meant(tag.claim))
    if len(passage.tags) < 2:
        return
    for (claim, stance), times in Counter((t.claim, t.stance) for t in passage.tags).items():
        if times > 1:
            place = next(t.place for t in passage.tags if t.claim == claim)
            message = f"the passage {stance} “{claim}” more than once"
            yield Finding("repeated-tag", place, message, "keep one")


def _unused(collection: Collection) -> Iterator[Finding]:
    passages = (passage for essay in collection.essays for passage in essay.passages)
    used = {tag.claim for passage in passages for tag in passage.tags}
    for claim in collection.claims:
        if claim.id not in used:
            hint = "tag a passage with it, or take it out"
            message = f"no passage carries the claim “{claim.id}”"
            yield Finding("claim-nobody-makes", claim.place, message, hint)
