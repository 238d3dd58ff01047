"""Suggestions into the essays' files: everything is drafted first, then written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossclaim import files
from crossclaim.content import collection
from crossclaim.content.essay_edit import tagged, tags_of, with_attributes, with_tag, without_tag
from crossclaim.content.tag_line import Attributes
from crossclaim.findings import Finding
from crossclaim.model import Essay, Passage, Tag
from crossclaim.suggesting.suggester import (
    DEFAULT_THRESHOLDS,
    MOST_SUGGESTIONS,
    RankedClaim,
    Suggester,
    Thresholds,
    suggested_claims,
)


@dataclass(frozen=True, slots=True)
class PassageSuggestions:
    """A passage that awaited suggestions, and the claims suggested for it; none for an aside."""

    passage: Passage
    claims: tuple[RankedClaim, ...]

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The suggestions as the tags they become."""
        return tuple(Tag(c.claim, c.stance, False, self.passage.place) for c in self.claims)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an essay's file would become. `before` is its text as it was read."""

    essay: Essay
    suggestions: tuple[PassageSuggestions, ...]
    before: str
    after: str


def draft_essay(
    root: Path,
    essay: Essay,
    suggester: Suggester,
    most: int = MOST_SUGGESTIONS,
    again: bool = False,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> tuple[Draft | None, list[Finding]]:
    """An essay with suggestions for its untagged passages, or for all unreviewed ones, `again`."""
    text, findings = collection.read_text(root, essay.place.file)
    if findings:
        return None, findings
    passages = {p.number: p for p in essay.passages}
    changed: dict[int, Attributes] = {}
    suggestions = []
    for in_file in tagged(text):
        passage = passages.get(in_file.number)
        if passage is None or in_file.attributes is None:
            continue
        if not awaits_suggestions(passage, again):
            continue
        claims = suggested_claims(suggester.ranked(passage, essay), most, thresholds)
        suggestions.append(PassageSuggestions(passage, claims))
        changed[in_file.number] = _retagged(in_file.attributes, claims)
    return Draft(essay, tuple(suggestions), text, with_attributes(text, changed)), []


def awaits_suggestions(passage: Passage, again: bool = False) -> bool:
    """Whether a passage has no tag at all, and is no aside.

    `again` asks anew about passages that have suggestions only.
    """
    if passage.aside or passage.reviewed:
        return False
    return again or not passage.tags


def _retagged(attributes: Attributes, claims: Sequence[RankedClaim]) -> Attributes:
    """Attributes with these suggestions and no other; no passage here has a reviewed tag."""
    for stance, claim, _ in tags_of(attributes):
        attributes = without_tag(attributes, claim, stance)
    for ranked in claims:
        attributes = with_tag(attributes, ranked.claim, ranked.stance, reviewed=False)
    return attributes


def write_drafts(root: Path, drafts: Sequence[Draft]) -> list[Finding]:
    """Write the drafts, if nobody changed a file since it was read; else nothing is written."""
    findings: list[Finding] = []
    for draft in drafts:
        now, unreadable = collection.read_text(root, draft.essay.place.file)
        findings += unreadable
        if not unreadable and now != draft.before:
            message = "was changed while suggestions were made"
            place = replace(draft.essay.place, line=1)
            findings.append(Finding("not-written", place, message, "run the command again"))
    if not findings:
        files.write_all(root, {draft.essay.place.file: draft.after for draft in drafts})
    return findings
