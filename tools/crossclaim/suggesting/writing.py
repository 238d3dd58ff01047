"""Suggestions into the essays' files: everything is decided first, then written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossclaim import files
from crossclaim.content import collection
from crossclaim.content.essay_edit import tagged, tags_of, with_attributes, with_tag, without_tag
from crossclaim.content.tag_line import Attributes
from crossclaim.findings import Finding
from crossclaim.model import Collection, Essay, Passage, Place, Tag
from crossclaim.names import did_you_mean
from crossclaim.suggesting.choosing import CHOICE, MOST, Choice, chosen, open_to_suggestions
from crossclaim.suggesting.suggester import Ranked, Suggester


@dataclass(frozen=True, slots=True)
class Suggested:
    """A passage that was asked about, and the claims suggested for it; none for an aside."""

    passage: Passage
    claims: tuple[Ranked, ...]

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The suggestions as the tags they become."""
        where = self.passage.place
        return tuple(Tag(found.claim, found.stance, False, where) for found in self.claims)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an essay's file would become. `before` is its text as it was read."""

    essay: Essay
    suggested: tuple[Suggested, ...]
    before: str
    after: str


def wanted(
    loaded: Collection, root: Path, names: Sequence[str]
) -> tuple[tuple[Essay, ...], list[Finding]]:
    """The essays that are named by id, file name or path; all where none is named."""
    if not names:
        return loaded.essays, []
    by_name = {essay.id: essay for essay in loaded.essays}
    found: dict[str, Essay] = {}
    wrong = []
    for name in names:
        known = by_name.get(name) or by_name.get(_from_path(root, name))
        if known is None:
            hint = did_you_mean(Path(name).stem, set(by_name), "name one of essays/*.md")
            place = Place(collection.ESSAYS)
            wrong.append(Finding("unknown-essay", place, f"“{name}” is no essay here", hint))
        else:
            found[known.id] = known
    return tuple(found.values()), wrong


def _from_path(root: Path, name: str) -> str:
    """The id of the essay a path means; a path counts from here or from the collection."""
    path = Path(name)
    if path.suffix.lower() != ".md":
        return ""
    folder = (root / collection.ESSAYS).resolve()
    places = {path.resolve().parent, (root / path).resolve().parent}
    return path.stem if folder in places or path.parent == Path() else ""


def draft(
    root: Path,
    essay: Essay,
    suggester: Suggester,
    most: int = MOST,
    again: bool = False,
    choice: Choice = CHOICE,
) -> tuple[Draft | None, list[Finding]]:
    """An essay with suggestions for its untagged passages, or for all unreviewed ones, `again`."""
    text, wrong = collection.read_text(root, essay.place.file)
    if wrong:
        return None, wrong
    passages = {p.number: p for p in essay.passages}
    changed: dict[int, Attributes] = {}
    suggested = []
    for found in tagged(text):
        passage = passages.get(found.number)
        if passage is None or found.attributes is None:
            continue
        if not open_to_suggestions(passage, again):
            continue
        claims = chosen(suggester.ranked(passage, essay), most, choice)
        suggested.append(Suggested(passage, claims))
        changed[found.number] = _retagged(found.attributes, claims)
    return Draft(essay, tuple(suggested), text, with_attributes(text, changed)), []


def _retagged(attributes: Attributes, claims: Sequence[Ranked]) -> Attributes:
    """Attributes with these suggestions and no other; reviewed tags were never asked about."""
    for stance, claim, _ in tags_of(attributes):
        attributes = without_tag(attributes, claim, stance)
    for found in claims:
        attributes = with_tag(attributes, found.claim, found.stance, reviewed=False)
    return attributes


def carry_out(root: Path, drafts: Sequence[Draft]) -> list[Finding]:
    """Write the drafts, if nobody changed a file since it was read; else nothing is written."""
    wrong: list[Finding] = []
    for planned in drafts:
        now, unreadable = collection.read_text(root, planned.essay.place.file)
        wrong += unreadable
        if not unreadable and now != planned.before:
            message = "was changed while suggestions were made"
            place = replace(planned.essay.place, line=1)
            wrong.append(Finding("not-written", place, message, "run the command again"))
    if not wrong:
        for planned in drafts:
            if planned.after != planned.before:
                files.write((root / planned.essay.place.file).resolve(), planned.after)
    return wrong
