"""Claims renamed or merged across the collection: what is to be written, as values; the writing.

`claims.yml` is written first: what is cut off then shows up as `renamed-claim` findings, and the
same command, given again, does the rest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, permutations
from pathlib import Path

from crossclaim import files
from crossclaim.content.collection import CLAIMS, essay_files, read_text, too_deep
from crossclaim.content.deciding_words import LEFT_OUT
from crossclaim.content.essay import SUGGESTED
from crossclaim.content.essay_edit import (
    TaggedText,
    retagged,
    tagged,
    tags_of,
    with_tag,
    without_tag,
)
from crossclaim.content.registry import read_claims, rename_in_prose, with_changed_claims
from crossclaim.content.tag_line import Attributes
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Claim, Place, Stance
from crossclaim.names import did_you_mean, is_id

_UNREADABLE = ("missing-file", "not-utf-8", "bad-yaml", "wrong-shape")

ChangedClaims = dict[str, Claim | None]  # by the id before; None where a claim is no more


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
    """What a new name for claims changes: files, in the order they are written.

    `gone` are the claims that are no entries of their own any more, `kept` the one they are part
    of, as it will be; `gone` is empty where a claim is only renamed.
    """

    changes: tuple[FileChange, ...]
    gone: tuple[Claim, ...]
    kept: Claim


@dataclass(frozen=True, slots=True)
class _Texts:
    """The registry's text with its claims, and every essay's text by its file."""

    registry: str
    claims: tuple[Claim, ...]
    essays: dict[str, str]


def plan_rename(root: Path, old: str, new: str) -> tuple[Renaming | None, list[Finding]]:
    """What calling the claim `old` by the id `new` writes, or None and why not. Writes nothing."""
    texts, findings = _read_texts(root)
    if findings:
        return None, findings
    claims = {claim.id: claim for claim in texts.claims}
    begun = old not in claims and new in claims and old in claims[new].was
    if not begun:
        if old not in claims:
            return None, [_unknown_claim(old, texts.claims)]
        taken = _id_conflict(claims[old], new, texts.claims) if new != old else None
        findings = [taken] if taken else _duplicates(texts.claims, [old])
    changed = rename_claim(texts.claims, old, new) if new != old else {}
    return _plan(texts, {old: new} if new != old else {}, changed, new, findings)


def plan_merge(root: Path, gone: Sequence[str], kept: str) -> tuple[Renaming | None, list[Finding]]:
    """What making `gone` part of `kept` writes, or None and why not. Writes nothing."""
    texts, findings = _read_texts(root)
    if findings:
        return None, findings
    claims = {claim.id: claim for claim in texts.claims}
    if kept not in claims:
        return None, [_unknown_claim(kept, texts.claims)]
    if kept in gone:
        message = f"“{kept}” is named twice"
        hint = "name the claims that go, then the one that stays"
        return None, [Finding("cannot-merge", claims[kept].place, message, hint)]
    unknown = [name for name in gone if name not in claims and name not in claims[kept].was]
    findings = [_unknown_claim(name, texts.claims) for name in unknown]
    names = dict.fromkeys(gone, kept)
    changed = merge_claims(texts.claims, gone, kept)
    findings += _duplicates(texts.claims, [*gone, kept])
    findings += _contradictions(texts.claims, [*names, kept], changed)
    for file, text in texts.essays.items():
        conflicts = (_stance_conflict(passage, names, file) for passage in tagged(text))
        findings += filter(None, conflicts)
    return _plan(texts, names, changed, kept, findings)


def write_renaming(root: Path, renaming: Renaming) -> None:
    """Write the files, the registry first. Raises OSError."""
    for change in renaming.changes:
        files.write((root / change.file).resolve(), change.after)


def _read_texts(root: Path) -> tuple[_Texts, list[Finding]]:
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
    return _Texts(registry, claims, essays), findings


def _plan(
    texts: _Texts,
    names: Mapping[str, str],
    changed: ChangedClaims,
    kept: str,
    findings: list[Finding],
) -> tuple[Renaming | None, list[Finding]]:
    if findings:
        return None, findings
    try:
        registry = with_changed_claims(texts.registry, changed, names)
    except CannotEdit as error:
        hint = "write it as the other entries are, or make this change by hand"
        return None, [Finding("cannot-edit", Place(CLAIMS, error.line), str(error), hint)]
    changes = [FileChange(CLAIMS, texts.registry, registry)]
    for file, text in texts.essays.items():
        changes.append(FileChange(file, text, retagged(text, lambda old: retag(old, names))))
    gone = tuple(c for c in texts.claims if c.id in changed and changed[c.id] is None)
    stays = next(c for c in read_claims(registry, CLAIMS)[0] if c.id == kept)
    return Renaming(tuple(c for c in changes if c.before != c.after), gone, stays), []


# -- what changes


def rename_claim(claims: Sequence[Claim], old: str, new: str) -> ChangedClaims:
    """The claims that change when `old` is called `new`; an old id keeps its address by `was`."""
    changed: ChangedClaims = {}
    for claim in claims:
        after = _with_names(claim, {old: new})
        if claim.id == old:
            # An id that could be no page's had no address to keep.
            was = tuple(old if name == new else name for name in claim.was)
            after = replace(after, id=new, was=was if old in was or not is_id(old) else (*was, old))
        if after != claim:
            changed[claim.id] = after
    return changed


def merge_claims(claims: Sequence[Claim], gone: Sequence[str], kept: str) -> ChangedClaims:
    """The claims that change when those `gone` become part of `kept`.

    Their ids and former ids go to its `was`, their relations to its own, never to itself.
    """
    names = dict.fromkeys(gone, kept)
    others = [_with_names(claim, names) for claim in claims if claim.id in names]
    changed: ChangedClaims = {other.id: None for other in others}
    for claim in claims:
        after = _with_names(claim, names)
        if claim.id == kept:
            former = [name for o in others for name in (o.id, *o.was) if is_id(name)]
            after = replace(
                after,
                opposes=_united(kept, after.opposes, *(other.opposes for other in others)),
                supports=_united(kept, after.supports, *(other.supports for other in others)),
                was=_united(kept, claim.was, former),
            )
        if claim.id not in names and after != claim:
            changed[claim.id] = after
    return changed


def retag(attributes: Attributes, names: Mapping[str, str]) -> Attributes:
    """Attributes with claims under other names; the same twice is once, reviewed if either is."""
    words: dict[str, str] = {}
    for claim, quotation in attributes.words:
        new = names.get(claim, claim)
        words[new] = LEFT_OUT.join(filter(None, [words.get(new), quotation]))
    attributes = replace(attributes, words=tuple(words.items()))
    for stance, claim, reviewed in tags_of(attributes):
        if claim not in names:
            continue
        new = names[claim]
        same = [r for s, c, r in tags_of(attributes) if (s, c) == (stance, new)]
        if same:
            attributes = without_tag(attributes, claim, stance)
            attributes = with_tag(attributes, new, stance, reviewed or any(same))
        else:
            attributes = _renamed_in_place(attributes, stance, claim, new)
    return attributes


def _with_names(claim: Claim, names: Mapping[str, str]) -> Claim:
    return replace(
        claim,
        opposes=_renamed(claim.opposes, names),
        supports=_renamed(claim.supports, names),
        about=rename_in_prose(claim.about, names),
    )


def _renamed(ids: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    """Ids under their new names, in their order; a new name that stands there already once."""
    if not set(names) & set(ids):
        return ids
    kept = [names.get(n, n) for n in ids if n not in names or names[n] not in ids]
    return tuple(dict.fromkeys(kept))


def _united(kept: str, *lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(chain(*lists)) if name != kept)


def _renamed_in_place(attributes: Attributes, stance: Stance, claim: str, new: str) -> Attributes:
    words = {claim: new, claim + SUGGESTED: new + SUGGESTED}

    def renamed(value: str) -> str:
        return re.sub(r"[^\s,]+", lambda word: words.get(word[0], word[0]), value)

    pairs = [(key, renamed(value) if key == stance else value) for key, value in attributes.pairs]
    return replace(attributes, pairs=tuple(pairs))


# -- why not


def _unknown_claim(name: str, claims: Sequence[Claim]) -> Finding:
    """That there is no such claim."""
    now = next((f"it is “{claim.id}” now" for claim in claims if name in claim.was), "")
    hint = now or did_you_mean(name, [c.id for c in claims], "look its id up in claims.yml")
    return Finding("unknown-claim", Place(CLAIMS), f"“{name}” is not a claim in claims.yml", hint)


def _id_conflict(claim: Claim, name: str, claims: Iterable[Claim]) -> Finding | None:
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


def _duplicates(claims: Sequence[Claim], names: Sequence[str]) -> list[Finding]:
    """That an id stands for two entries, so that nobody can say which is meant."""
    findings = []
    for name in names:
        same = [claim for claim in claims if claim.id == name]
        for other in same[1:]:
            message = f"the claim id “{name}” is in use at {same[0].place}"
            findings.append(Finding("duplicate-claim", other.place, message, "give one another id"))
    return findings


def _contradictions(
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
        for third in (sorted(set(after.opposes) & set(after.supports)) if after else ())
    ]
    hint = "take that relation out of claims.yml first, if they are one claim"
    return [
        Finding("cannot-merge", by_id[name].place, message, hint)
        for name, message in contradictions
    ]


def _stance_conflict(passage: TaggedText, names: Mapping[str, str], file: str) -> Finding | None:
    """That a passage takes different stances on claims that are to be one."""
    stances: dict[str, set[Stance]] = {}
    for stance, claim, _ in tags_of(passage.attributes or Attributes()):
        if claim in names or claim in names.values():
            stances.setdefault(claim, set()).add(stance)
    if len({frozenset(own) for own in stances.values()}) < 2:
        return None
    tags = " and ".join(
        f"{', '.join(s for s in Stance if s in own)} “{claim}”" for claim, own in stances.items()
    )
    opening = " ".join(passage.text.split()[:6])
    hint = "choose one stance for both there, then merge"
    return Finding("cannot-merge", Place(file, passage.line), f"“{opening} …” {tags}", hint)
