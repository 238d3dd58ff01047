"""History of a review: what each action changed in the files, to be undone and redone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from crossclaim.content.collection import CLAIMS
from crossclaim.content.essay_edit import with_attributes
from crossclaim.names import opening_id
from crossclaim.reviewing.actions import Action, NewClaim, Refusal, apply_action
from crossclaim.reviewing.file_passages import (
    FilePassage,
    file_passages,
    only_tag_line_changed,
    with_tag_line,
)
from crossclaim.reviewing.new_claim import with_claim, without_claim


@dataclass(frozen=True, slots=True)
class TagLineEdit:
    """A passage's tag line was `before` and is `after`, as written; None is none."""

    file: str
    number: int
    text: str
    before: str | None
    after: str | None

    def inverse(self) -> "TagLineEdit":
        """The edit that takes this one back."""
        return replace(self, before=self.after, after=self.before)

    def apply(self, content: str) -> str:
        """The file's content with the edit. Raises Refusal where the passage has changed."""
        passages = file_passages(content)
        alike = [p for p in passages if p.text == self.text and p.written == self.before]
        here = [s for s in alike if s.number == self.number] or alike
        if len(here) != 1:
            raise Refusal("The paragraph was changed in its file since then.")
        return with_tag_line(content, here[0], self.after)


@dataclass(frozen=True, slots=True)
class RegistryEdit:
    """A claim's entry was put at the end of the registry, or (`removed`) taken out again."""

    claim: NewClaim
    lead: str
    entry: str
    removed: bool = False
    file: str = CLAIMS

    def inverse(self) -> "RegistryEdit":
        """The edit that takes this one back."""
        return replace(self, removed=not self.removed)

    def apply(self, content: str) -> str:
        """The registry with the edit. Raises Refusal."""
        if self.removed:
            return without_claim(content, self.lead, self.entry)
        if with_claim(content, self.claim) != (self.lead, self.entry):
            raise Refusal("claims.yml was changed since then.")
        return content + self.lead + self.entry


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """What one action changed. `description` says it; `passage` is the passage's number."""

    description: str
    passage: int
    edits: tuple[TagLineEdit | RegistryEdit, ...]

    def inverse(self) -> "ReviewChange":
        """The change that takes this one back."""
        return replace(self, edits=tuple(edit.inverse() for edit in reversed(self.edits)))

    def apply(self, contents: Mapping[str, str]) -> dict[str, str]:
        """The files' contents with the change. Raises Refusal."""
        after = dict(contents)
        for edit in self.edits:
            after[edit.file] = edit.apply(after[edit.file])
        return after

    @property
    def essay_file(self) -> str:
        """The essay's file."""
        return next(edit.file for edit in self.edits if isinstance(edit, TagLineEdit))

    @property
    def files(self) -> tuple[str, ...]:
        """The files it changes, in the order in which they may be written.

        A claim is in the registry before a tag names it, and goes after.
        """
        return tuple(edit.file for edit in self.edits)


@dataclass(frozen=True, slots=True)
class History:
    """The changes that can be undone, and those that can be redone; the next one is last."""

    done: tuple[ReviewChange, ...] = ()
    undone: tuple[ReviewChange, ...] = ()

    def push(self, change: ReviewChange) -> "History":
        """With a new change, after which nothing can be redone."""
        return History((*self.done, change))

    def undo(self) -> "History":
        """With the last change undone."""
        return History(self.done[:-1], (*self.undone, self.done[-1]))

    def redo(self) -> "History":
        """With the change last undone done again."""
        return History((*self.done, self.undone[-1]), self.undone[:-1])


def change_by(
    action: Action, contents: Mapping[str, str], file: str, spot: FilePassage, description: str
) -> ReviewChange:
    """What an action changes of a passage of this file; no edits where there is nothing to change.

    A passage without an id is given one with its first change. Raises Refusal.
    """
    content = contents[file]
    if spot.attributes is None:
        raise Refusal(f"Its tag line cannot be read: mend it in an editor, at {file}:{spot.line}.")
    after = apply_action(spot.attributes, action)
    if after == spot.attributes:
        return ReviewChange(description, spot.number, ())
    if not after.id:
        taken = {s.attributes.id for s in file_passages(content) if s.attributes} - {""}
        after = replace(after, id=opening_id(spot.text, taken))
    text = with_attributes(content, {spot.number: after})
    if not only_tag_line_changed(content, text, spot.number):
        raise Refusal(f"Its tag line has no room where it stands: see {file}:{spot.line}.")
    written = file_passages(text)[spot.number - 1].written
    edit = TagLineEdit(file, spot.number, spot.text, spot.written, written)
    if isinstance(action, NewClaim):
        lead, entry = with_claim(contents[CLAIMS], action)
        return ReviewChange(description, spot.number, (RegistryEdit(action, lead, entry), edit))
    return ReviewChange(description, spot.number, (edit,))
