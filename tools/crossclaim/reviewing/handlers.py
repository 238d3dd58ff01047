"""Handlers of the review: a request's words in, a page out, the session between."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlencode

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Answer

from crossclaim.reviewing import pages
from crossclaim.reviewing.actions import (
    Accept,
    AcceptAll,
    Action,
    Add,
    NewClaim,
    Refusal,
    Reject,
    RejectAll,
    Restance,
    SetAside,
)
from crossclaim.reviewing.essay_view import PassageView
from crossclaim.reviewing.file_passages import number_in_key, relocate
from crossclaim.reviewing.forms import describe_action, parse_action
from crossclaim.reviewing.history import ReviewChange
from crossclaim.reviewing.pages import FlashMessage, PageContext, PanelQuery
from crossclaim.reviewing.ranking import ScoredClaim
from crossclaim.reviewing.session import ActionRequest, EditConflict, ReviewSession
from crossclaim.reviewing.store import OpenEssay, essay_of

KEYS_COOKIE = "crossclaim-single-keys"
_KEPT = 200  # messages for pages yet to be asked for


class Handlers:
    """The pages and actions of one session."""

    def __init__(self, session: ReviewSession) -> None:
        self.session = session
        self._messages: OrderedDict[str, FlashMessage] = OrderedDict()

    def essays(self) -> Answer:
        """The list of essays."""
        summaries, findings = self.session.summaries()
        return Response(pages.essays_page(summaries, findings, self._context()))

    def essay(self, essay: str) -> Answer:
        """An essay with one of its paragraphs."""
        try:
            opened = self.session.open(essay)
        except Refusal as refusal:
            return Response(pages.unsound_page(essay, str(refusal), self._context()), 409)
        passage = _passage(opened, request.args.get("at", ""))
        args = request.args
        new = {name: args[name] for name in pages.NEW_CLAIM_FIELDS if name in args}
        query = PanelQuery(
            pick=args.get("pick", ""),
            find=args.get("find"),
            new=new if "new" in args else None,
            help="help" in args,
        )
        return Response(self._essay_page(opened, passage, query, self._context()))

    def search(self, essay: str) -> Answer:
        """The claims that a search finds, as a part of a page. Raises Refusal."""
        opened = self.session.open(essay)
        passage = _passage(opened, request.args.get("at", ""))
        if passage is None:
            return Response("")
        ranked = self.session.ranked(opened, passage)
        return Response(pages.search_results(opened, passage, request.args.get("find", ""), ranked))

    def nearest(self, essay: str) -> Answer:
        """The claims nearest to a sentence, as a part of a page. Raises Refusal."""
        opened = self.session.open(essay)
        return Response(pages.new_claim_hints(opened, request.args.get("sentence", "")))

    def act(self, essay: str) -> Answer:
        """Do what a form asks; then the page that follows, or the question what to do."""
        form, key = request.form, request.form.get("key", "")
        try:
            opened = self.session.open(essay)
            action = parse_action(form, opened.claims)
            description = describe_action(action, opened.claims)
            outcome = self.session.perform(
                ActionRequest(essay, key, form.get("version", ""), action, description)
            )
        except Refusal as refusal:
            return self._refused(essay, key, str(refusal))
        if isinstance(outcome, EditConflict):
            self.session.remember(outcome.now)
            opened = self.session.open(essay)
            page = pages.conflict_page(opened, outcome, form, description, self._context())
            return Response(page, 409)
        if not outcome.edits:
            return self._to(essay, key, FlashMessage("There is nothing to change here."))
        kept = form.get("file", "") not in ("", opened.version)
        return self._after(essay, outcome, action, " Edits made elsewhere were kept." * kept)

    def undo(self) -> Answer:
        """Undo the last change."""
        return self._retrace("Undone", "There is nothing to undo.", self.session.undo)

    def redo(self) -> Answer:
        """Redo the change last undone."""
        return self._retrace("Done again", "There is nothing to do again.", self.session.redo)

    def _retrace(
        self, verb: str, nothing: str, retrace: Callable[[], ReviewChange | None]
    ) -> Answer:
        back = local_address(request.form.get("back", "/"))
        try:
            change = retrace()
        except Refusal as refusal:
            return self._redirect(back, FlashMessage(str(refusal), failed=True))
        if change is None:
            return self._redirect(back, FlashMessage(nothing, failed=True))
        essay = essay_of(change.essay_file)
        view = self.session.open(essay).view
        there = change.passage <= len(view.passages)
        key = view.passages[change.passage - 1].in_file.key if there else ""
        message = FlashMessage(f"{verb} — {change.description} {view.progress}.")
        return self._to(essay, key, message)

    def _after(self, essay: str, change: ReviewChange, action: Action, note: str) -> Answer:
        """The page after an action: the same paragraph, or if it is done with, the next in need."""
        view = self.session.open(essay).view
        passage = view.passages[change.passage - 1]
        pick, moves = "", isinstance(action, Accept | AcceptAll | Reject | RejectAll | SetAside)
        match action:
            case Restance(claim, _, to, reviewed):
                pick, moves = f"{claim} {to}", not reviewed
            case Add(claim, stance) | NewClaim(id=claim, stance=stance):
                pick = f"{claim} {stance}"
        message = FlashMessage(f"{change.description} {view.progress}.{note}")
        if moves and not passage.state.needs_review:
            following = view.next_in_need(change.passage) or passage
            return self._to(essay, following.in_file.key, message)
        if passage.suggestions and moves:
            pick = ""
        return self._to(essay, passage.in_file.key, message, pick)

    def _refused(self, essay: str, key: str, why: str) -> Answer:
        """What was refused is said where it was asked for; a new claim's form stays filled."""
        message = FlashMessage(why, failed=True)
        if request.form.get("do") != "new":
            return self._to(essay, key, message)
        try:
            opened = self.session.open(essay)
        except Refusal:
            return self._to(essay, key, message)
        query = PanelQuery(
            new={name: request.form.get(name, "") for name in pages.NEW_CLAIM_FIELDS}
        )
        passage = _passage(opened, key)
        return Response(self._essay_page(opened, passage, query, self._context(message)), 409)

    def _essay_page(
        self,
        opened: OpenEssay,
        passage: PassageView | None,
        query: PanelQuery,
        context: PageContext,
    ) -> str:
        ranked: Sequence[ScoredClaim] = ()
        if passage:
            self.session.remember(passage)
            ranked = self.session.ranked(opened, passage)
        return pages.essay_page(opened, passage, ranked, query, context)

    def _to(self, essay: str, key: str, message: FlashMessage, pick: str = "") -> Answer:
        query = {name: value for name, value in (("at", key), ("pick", pick)) if value}
        return self._redirect(f"/essay/{quote(essay)}?{urlencode(query)}", message)

    def _redirect(self, address: str, message: FlashMessage) -> Answer:
        name = secrets.token_urlsafe(6)
        self._messages[name] = message
        while len(self._messages) > _KEPT:
            self._messages.popitem(last=False)
        path, _, query = address.partition("?")
        kept = [part for part in query.split("&") if part and not part.startswith("message=")]
        return redirect(f"{path}?{'&'.join([*kept, f'message={name}'])}", 303)

    def _context(self, message: FlashMessage | None = None) -> PageContext:
        """What is around every page. A message is shown once: a page asked for again has none."""
        history = self.session.history
        flashed = self._messages.pop(request.args.get("message", ""), FlashMessage())
        return PageContext(
            message=message or flashed,
            keys_on=request.cookies.get(KEYS_COOKIE) != "off",
            undo=history.done[-1].description if history.done else "",
            redo=history.undone[-1].description if history.undone else "",
            address=request.full_path.rstrip("?") if request.method == "GET" else request.path,
        )


def local_address(address: str) -> str:
    """An address of this server, whatever was asked for."""
    good = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if good else "/"


def _passage(opened: OpenEssay, key: str) -> PassageView | None:
    """The paragraph of this key; else the first in need; else the first."""
    views = opened.view.passages
    spot = relocate([view.in_file for view in views], key) if key else None
    number = spot.number if spot else number_in_key(key)  # it may have been given an id since
    if 0 < number <= len(views):
        return views[number - 1]
    return opened.view.next_in_need(0) or (views[0] if views else None)
