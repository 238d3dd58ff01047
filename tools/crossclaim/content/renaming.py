"""Claims renamed, merged, split or removed across the collection: plans, as values; the writing.

`claims.yml` is written first: what is cut off then shows up as `renamed-claim` or `unknown-claim`
findings, and the same command, given again, does the rest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from crossclaim import files
from crossclaim.content.claim_changes import (
    merge_claims,
    remove_claim,
    rename_claim,
    retag,
    split_claim,
)
from crossclaim.content.claim_conflicts import (
    Answers,
    ClaimTexts,
    TaggedPassage,
    carriers,
    contradictions,
    duplicates,
    id_conflict,
    leads_to,
    named_twice,
    passage_address,
    removal_conflicts,
    split_conflict,
    split_conflicts,
    stance_conflict,
    unknown_claim,
    wrong_answers,
)
from crossclaim.content.collection import CLAIMS, essay_files, read_text, too_deep
from crossclaim.content.essay_edit import retagged, tagged
from crossclaim.content.registry import (
    ChangedClaims,
    Heirs,
    read_claims,
    rename_in_prose,
    with_changed_claims,
)
from crossclaim.content.tag_line import Attributes
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Claim, Place
from crossclaim.names import is_id

_UNREADABLE = ("missing-file", "not-utf-8", "bad-yaml", "wrong-shape")


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that changes: its path relative to the root, its text before and after."""

    file: str
    before: str
    after: str

    def lines(self) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
        """Every run of lines that changes: the first one's number, the lines before and after."""
        old, new = self.before.split("\n"), self.after.split("\n")
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield i + 1, tuple(old[i:j]), tuple(new[k:m])


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a command about claims changes: files, in the order they are written.

    `claims` are all there will be; `gone` are those whose entries leave the registry, `kept` those
    that take their place, as they will be. `new` are entries of a split that say what another says,
    `losing` the passages whose tags go, `naming` the claims that name what is split or gone and
    are left as they are, `lost` the ids whose addresses will lead nowhere.
    """

    changes: tuple[FileChange, ...]
    claims: tuple[Claim, ...] = ()
    gone: tuple[Claim, ...] = ()
    kept: tuple[Claim, ...] = ()
    new: tuple[Claim, ...] = ()
    losing: tuple[TaggedPassage, ...] = ()
    naming: tuple[Claim, ...] = ()
    lost: tuple[str, ...] = ()


Planned = tuple[Renaming | None, list[Finding]]


def plan_rename(root: Path, old: str, new: str) -> Planned:
    """What calling the claim `old` by the id `new` writes, or None and why not. Writes nothing."""
    texts, findings = _read_texts(root)
    if findings:
        return None, findings
    claims = {claim.id: claim for claim in texts.claims}
    if not leads_to(texts.claims, old, [new]):
        if old not in claims:
            return None, [unknown_claim(old, texts.claims)]
        taken = id_conflict(claims[old], new, texts.claims) if new != old else None
        findings = [taken] if taken else duplicates(texts.claims, [old])
    if new == old:
        return _plan(texts, {}, _same({}), [new], findings)
    changed = rename_claim(texts.claims, old, new)
    return _plan(texts, changed, _same({old: [new]}), [new], findings, {old: new})


def plan_merge(root: Path, gone: Sequence[str], kept: str) -> Planned:
    """What making `gone` part of `kept` writes, or None and why not. Writes nothing."""
    texts, findings = _read_texts(root)
    if findings:
        return None, findings
    claims = {claim.id: claim for claim in texts.claims}
    if kept not in claims:
        return None, [unknown_claim(kept, texts.claims)]
    if kept in gone:
        return None, [named_twice(claims[kept])]
    findings = [
        unknown_claim(name, texts.claims)
        for name in gone
        if name not in claims and not leads_to(texts.claims, name, [kept])
    ]
    changed = merge_claims(texts.claims, gone, kept)
    findings += duplicates(texts.claims, [*gone, kept])
    findings += contradictions(texts.claims, [*dict.fromkeys(gone), kept], changed)
    for file, text in texts.essays.items():
        conflicts = (stance_conflict(p, {*gone, kept}, file, "merge") for p in tagged(text))
        findings += filter(None, conflicts)
    heirs = {name: [kept] for name in gone}
    return _plan(texts, changed, _same(heirs), [kept], findings, dict.fromkeys(gone, kept))


def read_split(
    root: Path, old: str, heirs: Sequence[str]
) -> tuple[tuple[TaggedPassage, ...], list[Finding]]:
    """The passages that carry `old`, each of which needs an answer; or why it cannot be split."""
    texts, findings = _read_texts(root)
    return carriers(texts, old), findings or split_conflicts(texts, old, heirs)


def plan_split(root: Path, old: str, heirs: Sequence[str], answers: Answers) -> Planned:
    """What making `old` the claims `heirs` writes, or None and why not. Writes nothing.

    `answers` tell which of them each passage makes; where it makes none, its tag goes.
    """
    texts, findings = _read_texts(root)
    findings = findings or split_conflicts(texts, old, heirs)
    findings = findings or wrong_answers(texts, old, heirs, answers)
    if findings:
        return None, findings
    asked = carriers(texts, old)
    findings = [*filter(None, (split_conflict(p, answers[p.address]) for p in asked))]
    changed = split_claim(texts.claims, old, heirs)

    def chosen(file: str, attributes: Attributes) -> Heirs:
        return {old: answers.get(passage_address(file, attributes), ())}

    planned, findings = _plan(texts, changed, chosen, heirs, findings)
    if planned:
        losing = tuple(passage for passage in asked if not answers[passage.address])
        new = tuple(c for c in changed.get(old, ()) if c.id != old)
        planned = replace(planned, losing=losing, new=new, naming=_naming(texts, planned, old))
    return planned, findings


def plan_remove(root: Path, gone: str, kept: str = "") -> Planned:
    """What taking the claim `gone` out writes, or None and why not. Writes nothing.

    Its address will lead to `kept`, or nowhere if that is "".
    """
    texts, findings = _read_texts(root)
    findings = findings or removal_conflicts(texts, gone, kept)
    changed = remove_claim(texts.claims, gone, kept)
    staying = [kept] if kept else []
    planned, findings = _plan(texts, changed, _same({gone: ()}), staying, findings)
    if planned:
        losing = carriers(texts, gone)
        planned = replace(planned, losing=losing, naming=_naming(texts, planned, gone))
    return planned, findings


def write_renaming(root: Path, renaming: Renaming) -> None:
    """Write the files, the registry first. Raises OSError."""
    files.write_all(root, {change.file: change.after for change in renaming.changes})


def _read_texts(root: Path) -> tuple[ClaimTexts, list[Finding]]:
    """The texts that can change; findings where one cannot be read."""
    registry, findings = read_text(root, CLAIMS)
    claims, wrong = read_claims(registry, CLAIMS)
    findings += [finding for finding in wrong if finding.code in _UNREADABLE]
    essays = {}
    for path in essay_files(root):
        file = path.relative_to(root).as_posix()
        essays[file], wrong = read_text(root, file)
        findings += wrong
        try:
            tagged(essays[file])
        except RecursionError:
            findings.append(too_deep(file))
    return ClaimTexts(registry, claims, essays), findings


def _plan(
    texts: ClaimTexts,
    changed: ChangedClaims,
    heirs: Callable[[str, Attributes], Heirs],
    kept: Sequence[str],
    findings: list[Finding],
    names: Mapping[str, str] | None = None,
) -> Planned:
    """The plan, or None and why not; `heirs` tells for each passage what a claim becomes there."""
    if findings:
        return None, findings
    try:
        registry = with_changed_claims(texts.registry, changed, names or {})
    except CannotEdit as error:
        hint = "write it as the other entries are, or make this change by hand"
        return None, [Finding("cannot-edit", Place(CLAIMS, error.line), str(error), hint)]
    changes = [FileChange(CLAIMS, texts.registry, registry)]
    for file, text in texts.essays.items():
        changes.append(FileChange(file, text, retagged(text, partial(_retagged, file, heirs))))
    claims = read_claims(registry, CLAIMS)[0]
    before, leading = _page_ids(texts.claims), set(_page_ids(claims))
    planned = Renaming(
        changes=tuple(c for c in changes if c.before != c.after),
        claims=claims,
        gone=tuple(c for c in texts.claims if changed.get(c.id) == ()),
        kept=tuple(c for c in claims if c.id in kept),
        lost=tuple(name for name in before if name not in leading),
    )
    return planned, []


def _retagged(
    file: str, heirs: Callable[[str, Attributes], Heirs], attributes: Attributes
) -> Attributes:
    return retag(attributes, heirs(file, attributes))


def _same(heirs: Heirs) -> Callable[[str, Attributes], Heirs]:
    """The same for every passage."""
    return lambda file, attributes: heirs


def _page_ids(claims: Iterable[Claim]) -> list[str]:
    """The ids that lead to a page."""
    return [name for claim in claims for name in (claim.id, *claim.was) if is_id(name)]


def _naming(texts: ClaimTexts, planned: Renaming, name: str) -> tuple[Claim, ...]:
    """The claims that name another: by its id in a relation, by that or its label in `about`."""
    labels = [f"“{claim.label}”" for claim in texts.claims if claim.id == name and claim.label]

    def names_it(claim: Claim) -> bool:
        about = rename_in_prose(claim.about, {name: ""}) != claim.about
        about = about or any(label in claim.about for label in labels)
        return about or name in (*claim.opposes, *claim.supports)

    return tuple(claim for claim in planned.claims if claim.id != name and names_it(claim))
