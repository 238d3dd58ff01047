"""Rename or merge claims across the collection: what is to be written, as values; the writing.

`claims.yml` is written first: what is cut off then shows up as `renamed-claim` findings, and the
same command, given again, does the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import yaml

from crossclaim import files
from crossclaim.content.claim_names import (
    Changed,
    contradictions,
    merged,
    not_free,
    renamed,
    retag,
    torn,
    unknown,
)
from crossclaim.content.collection import CLAIMS, essay_files, read_text
from crossclaim.content.essay_edit import retagged, tagged
from crossclaim.content.registry import read_claims
from crossclaim.content.registry_text import rewritten
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Claim, Place

_UNREADABLE = ("missing-file", "not-utf-8", "bad-yaml", "wrong-shape")


@dataclass(frozen=True, slots=True)
class Rewrite:
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

    rewrites: tuple[Rewrite, ...]
    gone: tuple[Claim, ...]
    kept: Claim


@dataclass(frozen=True, slots=True)
class _Files:
    registry: str
    claims: tuple[Claim, ...]
    essays: dict[str, str]


def plan_rename(root: Path, old: str, new: str) -> tuple[Renaming | None, list[Finding]]:
    """What calling the claim `old` by the id `new` writes, or None and why not. Writes nothing."""
    found, wrong = _read(root)
    if wrong:
        return None, wrong
    claims = {claim.id: claim for claim in found.claims}
    begun = old not in claims and new in claims and old in claims[new].was
    if not begun:
        if old not in claims:
            return None, [unknown(old, found.claims, CLAIMS)]
        refused = not_free(claims[old], new, found.claims) if new != old else None
        wrong = [refused] if refused else _twice(found.claims, [old])
    changed = renamed(found.claims, old, new) if new != old else {}
    return _plan(found, {old: new} if new != old else {}, changed, new, wrong)


def plan_merge(root: Path, gone: Sequence[str], kept: str) -> tuple[Renaming | None, list[Finding]]:
    """What making `gone` part of `kept` writes, or None and why not. Writes nothing."""
    found, wrong = _read(root)
    if wrong:
        return None, wrong
    claims = {claim.id: claim for claim in found.claims}
    if kept not in claims:
        return None, [unknown(kept, found.claims, CLAIMS)]
    if kept in gone:
        message = f"“{kept}” is named twice"
        hint = "name the claims that go, then the one that stays"
        return None, [Finding("cannot-merge", claims[kept].place, message, hint)]
    strangers = [name for name in gone if name not in claims and name not in claims[kept].was]
    wrong = [unknown(name, found.claims, CLAIMS) for name in strangers]
    names = dict.fromkeys(gone, kept)
    changed = merged(found.claims, gone, kept)
    wrong += _twice(found.claims, [*gone, kept])
    wrong += contradictions(found.claims, [*names, kept], changed)
    for file, text in found.essays.items():
        wrong += filter(None, (torn(passage, names, file) for passage in tagged(text)))
    return _plan(found, names, changed, kept, wrong)


def carry_out(root: Path, renaming: Renaming) -> None:
    """Write the files, the registry first. Raises OSError."""
    for rewrite in renaming.rewrites:
        files.write((root / rewrite.file).resolve(), rewrite.after)


def _read(root: Path) -> tuple[_Files, list[Finding]]:
    """The texts that can change; findings where one cannot be read."""
    registry, found = read_text(root, CLAIMS)
    claims, wrong = read_claims(registry, CLAIMS)
    found += [finding for finding in wrong if finding.code in _UNREADABLE]
    essays = {}
    for path in essay_files(root):
        file = path.relative_to(root).as_posix()
        essays[file], wrong = read_text(root, file)
        found += wrong
        try:
            tagged(essays[file])
        except RecursionError:
            message, hint = "lists or quotations nest too deeply", "take the outer ones away"
            found.append(Finding("too-deep", Place(file), message, hint))
    return _Files(registry, claims, essays), found


def _twice(claims: Sequence[Claim], names: Sequence[str]) -> list[Finding]:
    """That an id stands for two entries, so that nobody can say which is meant."""
    found = []
    for name in names:
        entries = [claim for claim in claims if claim.id == name]
        for other in entries[1:]:
            message = f"the claim id “{name}” is in use at {entries[0].place}"
            found.append(Finding("duplicate-claim", other.place, message, "give one another id"))
    return found


def _plan(
    found: _Files, names: Mapping[str, str], changed: Changed, kept: str, wrong: list[Finding]
) -> tuple[Renaming | None, list[Finding]]:
    if wrong:
        return None, wrong
    try:
        registry = rewritten(found.registry, changed, names)
    except (CannotEdit, yaml.YAMLError) as error:
        line = error.line if isinstance(error, CannotEdit) else 1
        hint = "write it as the other entries are, or make this change by hand"
        return None, [Finding("cannot-edit", Place(CLAIMS, line), str(error), hint)]
    rewrites = [Rewrite(CLAIMS, found.registry, registry)]
    for file, text in found.essays.items():
        rewrites.append(Rewrite(file, text, retagged(text, lambda own: retag(own, names))))
    gone = tuple(c for c in found.claims if c.id in changed and changed[c.id] is None)
    stays = next(c for c in read_claims(registry, CLAIMS)[0] if c.id == kept)
    return Renaming(tuple(r for r in rewrites if r.before != r.after), gone, stays), []
