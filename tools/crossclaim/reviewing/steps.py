"""A step is what one action did to the files; it can be taken back, and taken again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from crossclaim.content.collection import CLAIMS
from crossclaim.content.essay_edit import with_attributes
from crossclaim.names import opening_id
from crossclaim.reviewing.actions import Action, NewClaim, Refusal, changed
from crossclaim.reviewing.new_claim import with_claim, without_claim
from crossclaim.reviewing.spots import Spot, only_change, rewritten, spots


@dataclass(frozen=True, slots=True)
class TagLine:
    """A passage's tag line was `before` and is `after`, as written; None is none."""

    file: str
    number: int
    text: str
    before: str | None
    after: str | None

    def back(self) -> "TagLine":
        """The same the other way round."""
        return replace(self, before=self.after, after=self.before)

    def made(self, content: str) -> str:
        """The file's content with this done. Raises Refusal where the passage has changed."""
        alike = [s for s in spots(content) if s.text == self.text and s.written == self.before]
        here = [s for s in alike if s.number == self.number] or alike
        if len(here) != 1:
            raise Refusal("The paragraph was changed in its file since then.")
        return rewritten(content, here[0], self.after)


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim's entry was put at the end of the registry, or (`gone`) taken out again."""

    claim: NewClaim
    lead: str
    entry: str
    gone: bool = False
    file: str = CLAIMS

    def back(self) -> "Entry":
        """The same the other way round."""
        return replace(self, gone=not self.gone)

    def made(self, content: str) -> str:
        """The registry with this done. Raises Refusal."""
        if self.gone:
            return without_claim(content, self.lead, self.entry)
        if with_claim(content, self.claim) != (self.lead, self.entry):
            raise Refusal("claims.yml was changed since then.")
        return content + self.lead + self.entry


@dataclass(frozen=True, slots=True)
class Step:
    """What one action did. `said` tells it in words; `passage` is the passage's number."""

    said: str
    passage: int
    edits: tuple[TagLine | Entry, ...]

    def back(self) -> "Step":
        """The step that takes this one back."""
        return replace(self, edits=tuple(edit.back() for edit in reversed(self.edits)))

    @property
    def essay(self) -> str:
        """The essay's file."""
        return next(edit.file for edit in self.edits if isinstance(edit, TagLine))

    @property
    def files(self) -> tuple[str, ...]:
        """The files it changes, in the order in which they may be written.

        A claim is in the registry before a tag names it, and goes after.
        """
        return tuple(edit.file for edit in self.edits)


@dataclass(frozen=True, slots=True)
class History:
    """The steps that can be taken back, and those that can be taken again; the next one is last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def after(self, step: Step) -> "History":
        """With a new step, after which nothing can be taken again."""
        return History((*self.done, step))

    def back(self) -> "History":
        """With the last step taken back."""
        return History(self.done[:-1], (*self.undone, self.done[-1]))

    def again(self) -> "History":
        """With the step last taken back taken again."""
        return History((*self.done, self.undone[-1]), self.undone[:-1])


def made(files: Mapping[str, str], step: Step) -> dict[str, str]:
    """The files' contents after a step. Raises Refusal."""
    after = dict(files)
    for edit in step.edits:
        after[edit.file] = edit.made(after[edit.file])
    return after


def step_of(files: Mapping[str, str], file: str, spot: Spot, action: Action, said: str) -> Step:
    """What an action does to a passage of this file; no edits where there is nothing to change.

    A passage without an id is given one with its first change. Raises Refusal.
    """
    content = files[file]
    if spot.attributes is None:
        raise Refusal(f"Its tag line cannot be read: mend it in an editor, at {file}:{spot.line}.")
    after = changed(spot.attributes, action)
    if after == spot.attributes:
        return Step(said, spot.number, ())
    if not after.id:
        taken = {s.attributes.id for s in spots(content) if s.attributes} - {""}
        after = replace(after, id=opening_id(spot.text, taken))
    text = with_attributes(content, {spot.number: after})
    if not only_change(content, text, spot.number):
        raise Refusal(f"Its tag line has no room where it stands: see {file}:{spot.line}.")
    written = spots(text)[spot.number - 1].written
    edit = TagLine(file, spot.number, spot.text, spot.written, written)
    if isinstance(action, NewClaim):
        lead, entry = with_claim(files[CLAIMS], action)
        return Step(said, spot.number, (Entry(action, lead, entry), edit))
    return Step(said, spot.number, (edit,))
