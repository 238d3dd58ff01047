"""The desk: does what a page asks for, on the files as they are now, and keeps the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from crossclaim import files, pipeline
from crossclaim.content import collection
from crossclaim.content.collection import CLAIMS
from crossclaim.content.essay_edit import tags_of
from crossclaim.content.tag_line import Attributes
from crossclaim.findings import Finding, errors
from crossclaim.reviewing.actions import (
    Accept,
    AcceptAll,
    Action,
    Add,
    Refusal,
    Restance,
    suggestions,
)
from crossclaim.reviewing.ranking import RankerOf, Scores, Suggested
from crossclaim.reviewing.sheet import Leaf, Progress
from crossclaim.reviewing.shelf import Listed, Open, Shelf, file_of
from crossclaim.reviewing.spots import Spot, found_again, spots
from crossclaim.reviewing.steps import Entry, History, Step, made, step_of

_SEEN = 2000  # passages as pages have shown them, to be shown again beside what came of them


@dataclass(frozen=True, slots=True)
class Order:
    """An action on a passage, as a page asked for it: which one, and how it stood on the page."""

    essay: str
    key: str
    version: str
    action: Action
    said: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The passage is not as the page showed it: nothing was written.

    `shown` is how it was shown, or None where that is forgotten.
    """

    leaf: Leaf
    shown: Spot | None


class Desk:
    """A collection under review; for one request at a time."""

    def __init__(self, root: Path, ranker_of: RankerOf | None = None) -> None:
        """`ranker_of` makes a ranker for a collection; without one there are no scores."""
        self.shelf = Shelf(root)
        self.history = History()
        self._scores = Scores(ranker_of, lambda: collection.load(root)[0])
        self._seen: dict[str, Spot] = {}

    def listed(self) -> tuple[list[Listed], tuple[Finding, ...]]:
        """The essays with their progress, and every error but those that a review mends itself."""
        found = tuple(
            f for f in errors(pipeline.check(self.shelf.root).findings) if f.code != "no-id"
        )
        return [self.shelf.listed(essay) for essay in self.shelf.essays()], found

    def progress(self) -> Progress:
        """How far the whole collection is."""
        found = [self.shelf.listed(essay).progress for essay in self.shelf.essays()]
        known = [each for each in found if each]
        return Progress(sum(p.done for p in known), sum(p.all for p in known))

    def open(self, essay: str) -> Open:
        """An essay as its file is now. Raises Refusal where it, or the registry, is unsound."""
        return self.shelf.open(essay)

    def scored(self, opened: Open, leaf: Leaf) -> Sequence[Suggested]:
        """What the ranker proposes for a passage; nothing without a ranker."""
        claims = tuple(opened.claims.values())
        return self._scores.of(leaf.passage, opened.sheet.essay, claims)

    def seen(self, leaf: Leaf) -> None:
        """A page shows the passage like this."""
        self._seen[leaf.spot.version] = leaf.spot
        while len(self._seen) > _SEEN:
            del self._seen[next(iter(self._seen))]

    def perform(self, order: Order) -> Step | Changed:
        """Do it and write it, or give the passage as it stands now if the page was out of date.

        Raises Refusal where nothing can be done, and nothing is written then.
        """
        opened = self.shelf.open(order.essay)
        here = [leaf.spot for leaf in opened.sheet.leaves]
        spot = found_again(here, order.key, order.version) or self._alike(here, order.version)
        if spot is None:
            raise Refusal("The paragraph can no longer be found in the file; nothing was written.")
        if spot.version != order.version:
            leaf = opened.sheet.leaves[spot.number - 1]
            return Changed(leaf, self._seen.get(order.version))
        _known(order.action, spot, opened)
        before = {opened.file: opened.text, CLAIMS: opened.registry}
        step = step_of(before, opened.file, spot, order.action, order.said)
        if step.edits:
            self._write(step, before, made(before, step))
            self.history = self.history.after(step)
        return step

    def _alike(self, among: Sequence[Spot], version: str) -> Spot | None:
        """The one passage with the text that a page showed: it may have been given an id since."""
        shown = self._seen.get(version)
        alike = [spot for spot in among if shown and spot.text == shown.text]
        return alike[0] if len(alike) == 1 else None

    def undo(self) -> Step | None:
        """Take the last step back, whatever essay it was in; None where there is none.

        Raises Refusal where its passage has changed since, and forgets the step.
        """
        if not self.history.done:
            return None
        step = self.history.done[-1]
        try:
            self._retake(step.back())
        except _Past:
            self.history = replace(self.history, done=self.history.done[:-1])
            raise
        self.history = self.history.back()
        return step

    def redo(self) -> Step | None:
        """Take the step last taken back again; None where there is none. Raises Refusal."""
        if not self.history.undone:
            return None
        step = self.history.undone[-1]
        try:
            self._retake(step)
        except _Past:
            self.history = replace(self.history, undone=())
            raise
        self.history = self.history.again()
        return step

    def _retake(self, step: Step) -> None:
        """A step of the history, on the files as they are now. Raises Refusal."""
        self.shelf.open(PurePath(step.essay).stem)
        before = {file: self.shelf.text(file) for file in step.files}
        try:
            after = made(before, step)
            self._in_use(step, after)
        except Refusal as refusal:
            raise _Past(f"{refusal} It was left as it is, and this step is forgotten.") from None
        self._write(step, before, after)

    def _write(self, step: Step, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Write what has been made of the files; one saved meanwhile is not written over."""
        for file in step.files:
            if self.shelf.text(file) != before[file]:
                raise Refusal(f"{file} was saved by another program just now: try again.")
        for file in step.files:
            files.write((self.shelf.root / file).resolve(), after[file])

    def _in_use(self, step: Step, after: Mapping[str, str]) -> None:
        """Raises Refusal where a claim that goes from the registry is on another passage."""
        gone = {e.claim.id for e in step.edits if isinstance(e, Entry) and e.gone}
        for essay in self.shelf.essays() if gone else ():
            file = file_of(essay)
            for spot in spots(after[file] if file in after else self.shelf.text(file)):
                if gone & {claim for _, claim, _ in tags_of(spot.attributes or Attributes())}:
                    raise Refusal(f"The new claim is in use by now, at {file}:{spot.line}.")


class _Past(Refusal):
    """The step can no longer be taken: what it changed has changed since."""


def _known(action: Action, spot: Spot, opened: Open) -> None:
    """Raises Refusal where a tag would be made of a claim that the registry has not."""
    match action:
        case Accept(claim) | Add(claim) | Restance(claim):
            named = [claim]
        case AcceptAll():
            named = [claim for _, claim in suggestions(spot.attributes or Attributes())]
        case _:
            named = []
    for claim in named:
        if claim not in opened.claims:
            raise Refusal(f"“{claim}” is no claim of claims.yml; nothing was written.")
