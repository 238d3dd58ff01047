"""What the review answers: a request's words in, a page out, the desk between."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Answer

from crossclaim.reviewing import forms, views
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
from crossclaim.reviewing.desk import Changed, Desk, Order
from crossclaim.reviewing.ranking import Suggested
from crossclaim.reviewing.sheet import Leaf
from crossclaim.reviewing.shelf import Open
from crossclaim.reviewing.spots import found_again, number_in
from crossclaim.reviewing.steps import Step
from crossclaim.reviewing.views import Asked, Room, Said

KEYS_OFF = "crossclaim-single-keys"
_KEPT = 200  # messages for pages yet to be asked for


class Answers:
    """The pages and actions of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._said: OrderedDict[str, Said] = OrderedDict()

    def essays(self) -> Answer:
        """The list of essays."""
        listed, findings = self.desk.listed()
        return Response(views.essays_page(listed, findings, self._room()))

    def essay(self, essay: str) -> Answer:
        """An essay with one of its paragraphs."""
        try:
            opened = self.desk.open(essay)
        except Refusal as refusal:
            return Response(views.trouble_page(essay, str(refusal), self._room()), 409)
        leaf = _leaf(opened, request.args.get("at", ""))
        args = request.args
        new = {name: args[name] for name in views.NEW_FIELDS if name in args}
        asked = Asked(
            pick=args.get("pick", ""),
            find=args.get("find"),
            new=new if "new" in args else None,
            help="help" in args,
        )
        return Response(self._page(opened, leaf, asked, self._room()))

    def claims(self, essay: str) -> Answer:
        """The claims that a search finds, as a part of a page. Raises Refusal."""
        opened = self.desk.open(essay)
        leaf = _leaf(opened, request.args.get("at", ""))
        if leaf is None:
            return Response("")
        query = request.args.get("find", "")
        return Response(views.claims_found(opened, leaf, query, self.desk.scored(opened, leaf)))

    def near(self, essay: str) -> Answer:
        """The claims nearest to a sentence, as a part of a page. Raises Refusal."""
        opened = self.desk.open(essay)
        return Response(views.near_claims(opened, request.args.get("sentence", "")))

    def act(self, essay: str) -> Answer:
        """Do what a form asks; then the page that follows, or the question what to do."""
        form, key = request.form, request.form.get("key", "")
        try:
            opened = self.desk.open(essay)
            action = forms.action_of(form, opened.claims)
            said = forms.told(action, opened.claims)
            done = self.desk.perform(Order(essay, key, form.get("version", ""), action, said))
        except Refusal as refusal:
            return self._refused(essay, key, str(refusal))
        if isinstance(done, Changed):
            self.desk.seen(done.leaf)
            page = views.changed_page(self.desk.open(essay), done, form, said, self._room())
            return Response(page, 409)
        if not done.edits:
            return self._to(essay, key, Said("There is nothing to change here."))
        kept = form.get("file", "") not in ("", opened.version)
        return self._after(essay, done, action, " Edits made elsewhere were kept." * kept)

    def undo(self) -> Answer:
        """Take the last step back."""
        return self._retake("Undone", "There is nothing to undo.", self.desk.undo)

    def redo(self) -> Answer:
        """Take the last step again that was taken back."""
        return self._retake("Done again", "There is nothing to do again.", self.desk.redo)

    def _retake(self, word: str, nothing: str, take: Callable[[], Step | None]) -> Answer:
        back = local(request.form.get("back", "/"))
        try:
            step = take()
        except Refusal as refusal:
            return self._redirect(back, Said(str(refusal), amiss=True))
        if step is None:
            return self._redirect(back, Said(nothing, amiss=True))
        essay = PurePosixPath(step.essay).stem
        sheet = self.desk.open(essay).sheet
        key = sheet.leaves[step.passage - 1].spot.key if step.passage <= len(sheet.leaves) else ""
        return self._to(essay, key, Said(f"{word} — {step.said} {sheet.progress}."))

    def _after(self, essay: str, step: Step, action: Action, note: str) -> Answer:
        """The page after an action: the same paragraph, or if it is done with, the next in need."""
        sheet = self.desk.open(essay).sheet
        leaf = sheet.leaves[step.passage - 1]
        pick, moves = "", isinstance(action, Accept | AcceptAll | Reject | RejectAll | SetAside)
        match action:
            case Restance(claim, _, to, reviewed):
                pick, moves = f"{claim} {to}", not reviewed
            case Add(claim, stance) | NewClaim(id=claim, stance=stance):
                pick = f"{claim} {stance}"
        done = Said(f"{step.said} {sheet.progress}.{note}")
        if moves and not leaf.state.needs:
            following = sheet.next_in_need(step.passage)
            return self._to(essay, (following or leaf).spot.key, done)
        if leaf.suggestions and moves:
            pick = ""
        return self._to(essay, leaf.spot.key, done, pick)

    def _refused(self, essay: str, key: str, why: str) -> Answer:
        """What was refused is said where it was asked for; a new claim's form stays filled."""
        said = Said(why, amiss=True)
        if request.form.get("do") != "new":
            return self._to(essay, key, said)
        try:
            opened = self.desk.open(essay)
        except Refusal:
            return self._to(essay, key, said)
        new = {name: request.form.get(name, "") for name in views.NEW_FIELDS}
        page = self._page(opened, _leaf(opened, key), Asked(new=new), self._room(said))
        return Response(page, 409)

    def _page(self, opened: Open, leaf: Leaf | None, asked: Asked, room: Room) -> str:
        scored: Sequence[Suggested] = ()
        if leaf:
            self.desk.seen(leaf)
            scored = self.desk.scored(opened, leaf)
        return views.essay_page(opened, leaf, scored, asked, room)

    def _to(self, essay: str, key: str, said: Said, pick: str = "") -> Answer:
        asked = {name: value for name, value in (("at", key), ("pick", pick)) if value}
        return self._redirect(f"/essay/{quote(essay)}?{urlencode(asked)}", said)

    def _redirect(self, address: str, said: Said) -> Answer:
        name = secrets.token_urlsafe(6)
        self._said[name] = said
        while len(self._said) > _KEPT:
            self._said.popitem(last=False)
        path, _, query = address.partition("?")
        kept = [part for part in query.split("&") if part and not part.startswith("said=")]
        return redirect(f"{path}?{'&'.join([*kept, f'said={name}'])}", 303)

    def _room(self, said: Said | None = None) -> Room:
        """What is around every page. A message is shown once: a page asked for again has none."""
        history = self.desk.history
        return Room(
            said=said or self._said.pop(request.args.get("said", ""), Said()),
            keys_on=request.cookies.get(KEYS_OFF) != "off",
            undo=history.done[-1].said if history.done else "",
            redo=history.undone[-1].said if history.undone else "",
            here=request.full_path.rstrip("?") if request.method == "GET" else request.path,
        )


def local(address: str) -> str:
    """An address of this server, whatever was asked for."""
    good = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if good else "/"


def _leaf(opened: Open, key: str) -> Leaf | None:
    """The paragraph of this key; else the first in need; else the first."""
    leaves = opened.sheet.leaves
    spot = found_again([leaf.spot for leaf in leaves], key) if key else None
    number = spot.number if spot else number_in(key)  # it may have been given an id since
    if 0 < number <= len(leaves):
        return leaves[number - 1]
    return opened.sheet.next_in_need(0) or (leaves[0] if leaves else None)
