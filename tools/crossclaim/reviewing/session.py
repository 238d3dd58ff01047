"""Session of a review: does what a page asks for, on the files as they are now, with a history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
from crossclaim.reviewing.essay_view import PassageView, ReviewProgress
from crossclaim.reviewing.file_passages import FilePassage, file_passages, relocate
from crossclaim.reviewing.history import History, RegistryEdit, ReviewChange, change_by
from crossclaim.reviewing.ranking import CachedRanking, RankerFactory, ScoredClaim
from crossclaim.reviewing.store import CollectionStore, EssaySummary, OpenEssay, essay_of, file_of

_SHOWN = 2000  # passages as pages have shown them, to be shown again beside what came of them


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """An action on a passage, as a page asks for it: which one, and how it stood on the page."""

    essay: str
    key: str
    version: str
    action: Action
    description: str


@dataclass(frozen=True, slots=True)
class EditConflict:
    """The passage is not as the page showed it: nothing was written.

    `shown` is how it was shown, or None where that is forgotten.
    """

    now: PassageView
    shown: FilePassage | None


class ReviewSession:
    """A collection under review; for one request at a time."""

    def __init__(self, root: Path, ranker_factory: RankerFactory | None = None) -> None:
        """`ranker_factory` makes a ranker for a collection; without one there are no scores."""
        self.store = CollectionStore(root)
        self.history = History()
        self._ranking = CachedRanking(ranker_factory, lambda: collection.load(root)[0])
        self._shown: dict[str, FilePassage] = {}

    def summaries(self) -> tuple[list[EssaySummary], tuple[Finding, ...]]:
        """The essays with their progress, and every error but those that a review mends itself."""
        checked = pipeline.check(self.store.root)
        findings = tuple(f for f in errors(checked.findings) if f.code != "no-id")
        return [self.store.summary(essay) for essay in self.store.essays()], findings

    def progress(self) -> ReviewProgress:
        """How far the whole collection is."""
        summaries = [self.store.summary(essay) for essay in self.store.essays()]
        each = [summary.progress for summary in summaries if summary.progress]
        return ReviewProgress(sum(p.done for p in each), sum(p.all for p in each))

    def open(self, essay: str) -> OpenEssay:
        """An essay as its file is now. Raises Refusal where it, or the registry, is unsound."""
        return self.store.open(essay)

    def ranked(self, opened: OpenEssay, passage: PassageView) -> Sequence[ScoredClaim]:
        """What the ranker proposes for a passage; nothing without a ranker."""
        claims = tuple(opened.claims.values())
        return self._ranking.ranked(passage.passage, opened.view.essay, claims)

    def remember(self, passage: PassageView) -> None:
        """A page shows the passage like this."""
        self._shown[passage.in_file.version] = passage.in_file
        while len(self._shown) > _SHOWN:
            del self._shown[next(iter(self._shown))]

    def perform(self, request: ActionRequest) -> ReviewChange | EditConflict:
        """Do it and write it, or give the passage as it stands now if the page was out of date.

        Raises Refusal where nothing can be done, and nothing is written then.
        """
        opened = self.store.open(request.essay)
        here = [view.in_file for view in opened.view.passages]
        spot = relocate(here, request.key, request.version) or self._alike(here, request.version)
        if spot is None:
            raise Refusal("The paragraph can no longer be found in the file; nothing was written.")
        if spot.version != request.version:
            now = opened.view.passages[spot.number - 1]
            return EditConflict(now, self._shown.get(request.version))
        _refuse_unknown(request.action, spot, opened)
        before = {opened.file: opened.text, CLAIMS: opened.registry}
        change = change_by(request.action, before, opened.file, spot, request.description)
        if change.edits:
            self._write(change, before, change.apply(before))
            self.history = self.history.push(change)
        return change

    def _alike(self, among: Sequence[FilePassage], version: str) -> FilePassage | None:
        """The one passage with the text that a page showed: it may have been given an id since."""
        shown = self._shown.get(version)
        alike = [spot for spot in among if shown and spot.text == shown.text]
        return alike[0] if len(alike) == 1 else None

    def undo(self) -> ReviewChange | None:
        """Take the last change back, whatever essay it was in; None where there is none.

        Raises Refusal where its passage has changed since, and forgets the change.
        """
        if not self.history.done:
            return None
        change = self.history.done[-1]
        try:
            self._reapply(change.inverse())
        except _Stale:
            self.history = replace(self.history, done=self.history.done[:-1])
            raise
        self.history = self.history.undo()
        return change

    def redo(self) -> ReviewChange | None:
        """Make the change last undone again; None where there is none. Raises Refusal."""
        if not self.history.undone:
            return None
        change = self.history.undone[-1]
        try:
            self._reapply(change)
        except _Stale:
            self.history = replace(self.history, undone=())
            raise
        self.history = self.history.redo()
        return change

    def _reapply(self, change: ReviewChange) -> None:
        """A change of the history, on the files as they are now. Raises Refusal."""
        self.store.open(essay_of(change.essay_file))
        before = {file: self.store.text(file) for file in change.files}
        try:
            after = change.apply(before)
            self._refuse_in_use(change, after)
        except Refusal as refusal:
            raise _Stale(f"{refusal} It was left as it is, and this step is forgotten.") from None
        self._write(change, before, after)

    def _write(
        self, change: ReviewChange, before: Mapping[str, str], after: Mapping[str, str]
    ) -> None:
        """Write what has become of the files; one saved meanwhile is not written over."""
        for file in change.files:
            if self.store.text(file) != before[file]:
                raise Refusal(f"{file} was saved by another program just now: try again.")
        files.write_all(self.store.root, {file: after[file] for file in change.files})

    def _refuse_in_use(self, change: ReviewChange, after: Mapping[str, str]) -> None:
        """Raises Refusal where a claim that goes from the registry is on another passage."""
        removed = {e.claim.id for e in change.edits if isinstance(e, RegistryEdit) and e.removed}
        for essay in self.store.essays() if removed else ():
            file = file_of(essay)
            for spot in file_passages(after[file] if file in after else self.store.text(file)):
                if removed & {claim for _, claim, _ in tags_of(spot.attributes or Attributes())}:
                    raise Refusal(f"The new claim is in use by now, at {file}:{spot.line}.")


class _Stale(Refusal):
    """The change can no longer be made: what it changed has changed since."""


def _refuse_unknown(action: Action, spot: FilePassage, opened: OpenEssay) -> None:
    """Raises Refusal where a tag would be made of a claim that the registry has not."""
    match action:
        case Accept(claim) | Add(claim) | Restance(claim):
            claims = [claim]
        case AcceptAll():
            claims = [claim for _, claim in suggestions(spot.attributes or Attributes())]
        case _:
            claims = []
    for claim in claims:
        if claim not in opened.claims:
            raise Refusal(f"“{claim}” is no claim of claims.yml; nothing was written.")
