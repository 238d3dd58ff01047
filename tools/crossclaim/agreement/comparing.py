"""The collection's tags compared with other taggers' copies: both read, the figures recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crossclaim import files
from crossclaim.agreement.agreement import Agreement, Tagging, measure_agreement
from crossclaim.content.collection import (
    AGREEMENT,
    AUTHORS,
    CLAIMS,
    ESSAYS,
    decoded,
    essays_in,
    load,
    read_text,
    too_deep,
)
from crossclaim.content.essay import read_essay
from crossclaim.content.essay_edit import retagged
from crossclaim.content.registry import heirs_of, read_claims
from crossclaim.content.second_readings import read_readings, tags_digest, with_reading
from crossclaim.content.settings import SETTINGS
from crossclaim.content.tag_line import WAS, Attributes
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Claim, Collection, Place, SecondReading, SharedEssay

HERE = "here"
# What keeps a tag from being read, so that it would count as not given.
_LOSES_TAGS = (
    "not-utf-8", "missing-file", "too-deep", "bad-yaml", "bad-attributes", "unknown-stance",
    "stray-tag-line", "unclosed-fence", "unclosed-comment",
)  # fmt: skip


def compare_copies(
    root: Path, copies: Sequence[Path], suggestions: bool = False
) -> tuple[tuple[Collection, Agreement] | None, list[Finding]]:
    """The collection, and how far its tags and the copies' agree; None and why not.

    A copy is a collection's folder or its folder of essays.
    """
    own, findings = load(root)
    findings = [finding for finding in findings if finding.code in _LOSES_TAGS]
    taggings = [Tagging(HERE, own.essays, _present_names(own.claims))]
    essays = {e.id: e.id for e in own.essays} | {old: e.id for e in own.essays for old in e.was}
    for name, copy in zip(_copy_names(copies), copies, strict=True):
        tagging, wrong = _read_tagging(name, copy, own.claims, essays)
        taggings.append(tagging)
        findings += wrong
    if findings:
        return None, findings
    return (own, measure_agreement(taggings, (c.id for c in own.claims), suggestions)), []


def write_untagged(root: Path, copy: Path) -> tuple[int, list[Finding]]:
    """Write a copy of the collection with ids and without tags; how many essays, or why not.

    Pages are left out, since those that were built show the tags. Raises OSError.
    """
    own, findings = load(root)
    findings = [finding for finding in findings if finding.code in _LOSES_TAGS]
    if copy.exists() and (not copy.is_dir() or any(copy.iterdir())):
        message = "this is there already, and not empty"
        findings.append(Finding("already-added", Place(str(copy)), message, "name a new folder"))
    for essay in own.essays:
        if missing := [p.place for p in essay.passages if not p.id]:
            hint = "run “crossclaim ids” first, so that the copies can be compared"
            message = f"{len(missing)} of its paragraphs have no id"
            findings.append(Finding("no-id", missing[0], message, hint))
    if findings:
        return 0, findings
    others = [SETTINGS, CLAIMS, AUTHORS, *(f"{ESSAYS}/{name}" for name in sorted(own.originals))]
    with files.taking_the_place_of(copy.resolve()) as new:
        for file in (file for file in others if (root / file).is_file()):
            files.write(new / file, (root / file).read_bytes())
        for essay in own.essays:
            text, _ = read_text(root, essay.place.file)
            files.write(new / essay.place.file, retagged(text, _untagged))
    return len(own.essays), []


def _untagged(attributes: Attributes) -> Attributes:
    """What of attributes is no tagger's: a passage's ids."""
    former = tuple(pair for pair in attributes.pairs if pair[0] == WAS)
    return Attributes(attributes.id, (), former)


def repeated_copy(root: Path, copies: Sequence[Path]) -> Path | None:
    """The first copy that is the collection itself, or one named before; None if all differ."""
    known = {(root / ESSAYS).resolve()}
    for copy in copies:
        folder = _essays_folder(copy).resolve()
        if folder in known:
            return copy
        known.add(folder)
    return None


def record_agreement(
    root: Path, own: Collection, agreement: Agreement, reader: str, tagger: str, day: str
) -> list[Finding]:
    """Write the figures to `agreement.yml`, for the site to publish. Raises OSError."""
    if not agreement.pairs.units:
        message = "no passage was dealt with in both, so there is nothing to record"
        return [Finding("not-written", Place(AGREEMENT), message, "tag both, then compare again")]
    shared = tuple(
        SharedEssay(
            essay.id,
            agreement.passages[essay.id],
            tags_digest(essay, own.claims),
            agreement.by_essay[essay.id][0].alpha,
        )
        for essay in own.essays
        if essay.id in agreement.by_essay
    )
    reading = SecondReading(
        reader=" ".join(reader.split()),
        tagger=" ".join(tagger.split()),
        date=day,
        passages=sum(agreement.passages.values()),
        claims=agreement.claims,
        place=Place(AGREEMENT),
        alpha=agreement.pairs.alpha,
        stance_alpha=agreement.stance.alpha,
        essays=shared,
    )
    text, findings = read_text(root, AGREEMENT) if (root / AGREEMENT).exists() else ("", [])
    findings += read_readings(text, AGREEMENT)[1]
    if findings:
        return findings
    try:
        changed = with_reading(text, reading)
    except CannotEdit as error:
        hint = "write it as a list of entries that each start with “- ” at the margin"
        return [Finding("cannot-edit", Place(AGREEMENT, error.line), str(error), hint)]
    files.write((root / AGREEMENT).resolve(), changed)
    return []


def _copy_names(copies: Sequence[Path]) -> list[str]:
    """What to call each copy: its folder's name, or its path where two are called alike."""
    whole = [path.resolve() for path in copies]
    names = [path.parent.name if path.name == ESSAYS else path.name for path in whole]
    alike = {name for name in names if names.count(name) > 1 or name == HERE}
    return [str(p) if name in alike else name for p, name in zip(copies, names, strict=True)]


def _essays_folder(copy: Path) -> Path:
    return copy / ESSAYS if (copy / ESSAYS).is_dir() else copy


def _read_tagging(
    name: str, copy: Path, ours: Sequence[Claim], own_essays: Mapping[str, str]
) -> tuple[Tagging, list[Finding]]:
    """Another tagger's essays; claims and essays that either side has renamed are the same."""
    folder = _essays_folder(copy)
    paths = essays_in(folder)
    if not paths:
        message, hint = "holds no essays", "name a copy of the collection, or of its essays folder"
        return Tagging(name, ()), [Finding("missing-file", Place(str(copy)), message, hint)]
    essays, findings = [], []
    for path in paths:
        text, wrong = decoded(path.read_bytes(), str(path))
        findings += wrong
        try:
            essay, wrong = read_essay(text, str(path), path.stem, {})
        except RecursionError:
            findings.append(too_deep(str(path)))
            continue
        names = (own_essays[name] for name in (essay.id, *essay.was) if name in own_essays)
        essays.append(replace(essay, id=next(names, essay.id)))
        findings += [finding for finding in wrong if finding.code in _LOSES_TAGS]
    return Tagging(name, tuple(essays), _shared_names(folder, ours)), findings


def _present_names(claims: Sequence[Claim]) -> dict[str, str]:
    """The ids that claims had before, but for those of a split, which are no one claim's."""
    return {old: heirs[0] for old, heirs in heirs_of(claims).items() if len(heirs) == 1}


def _shared_names(folder: Path, ours: Sequence[Claim]) -> dict[str, str]:
    """The claims that have other ids in a copy, or had: the id there to the one here."""
    names = _present_names(ours)
    registry = folder / Path(CLAIMS).name
    if registry.is_file():
        theirs = read_claims(registry.read_bytes().decode("utf-8", "replace"), "")[0]
        known = {claim.id for claim in ours}
        for claim in theirs:
            for former in claim.was:
                if former in known and claim.id not in known:
                    names[claim.id] = former
    return names
