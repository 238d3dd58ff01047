"""The review's addresses: each request is checked before anything else is looked at."""

import threading
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from crossclaim.findings import unexpected
from crossclaim.model import Place
from crossclaim.reviewing import guard, views
from crossclaim.reviewing.actions import Refusal
from crossclaim.reviewing.answers import KEYS_OFF, Answers, local
from crossclaim.reviewing.desk import Desk

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ASSETS = {"review.css": "text/css", "review.js": "text/javascript", "review.svg": "image/svg+xml"}
_YEAR = 365 * 24 * 3600  # seconds
_LARGEST = 1 << 20  # bytes of a request


def make_app(desk: Desk, host: str, token: str) -> Flask:
    """The application for one desk. `host` is “127.0.0.1:PORT”, `token` this run's secret."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST
    _one_at_a_time(app)
    _guarded(app, host, token)
    _addresses(app, Answers(desk))
    return app


def _one_at_a_time(app: Flask) -> None:
    """The desk knows one request at a time; an idle connection of the browser holds up none."""
    lock, answer = threading.Lock(), app.wsgi_app

    def locked(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        with lock:
            return answer(environ, start)

    app.wsgi_app = locked  # type: ignore[assignment,method-assign]


def _guarded(app: Flask, host: str, token: str) -> None:
    """Nothing is answered but what this machine's browser asks with this run's token."""
    cookie = f"crossclaim-review-{host.rpartition(':')[2]}"  # a cookie knows no port

    @app.before_request
    def checked() -> Answer | None:
        enters = request.path == "/" and "token" in request.args
        given = request.args["token"] if enters else request.cookies.get(cookie, "")
        writes = request.method not in ("GET", "HEAD")
        why = guard.objection(host, given, token, dict(request.headers), writes, enters)
        if why:
            return Response(views.plain_page(why), 403)
        if not enters:
            return None
        # A page that leads on, no redirect: the cookie goes along even where the address was
        # opened from a page of another host.
        answer = Response(views.enter_page(request.args.get("essay", "")))
        answer.set_cookie(cookie, token, httponly=True, samesite="Strict")
        return answer

    @app.after_request
    def headed(answer: Response) -> Response:
        answer.headers.extend(guard.HEADERS)
        return answer


def _addresses(app: Flask, answers: Answers) -> None:
    app.get("/")(answers.essays)
    app.get("/essay/<essay>")(answers.essay)
    app.get("/essay/<essay>/claims")(answers.claims)
    app.get("/essay/<essay>/near")(answers.near)
    app.post("/essay/<essay>")(answers.act)
    app.post("/undo")(answers.undo)
    app.post("/redo")(answers.redo)

    @app.post("/keys")
    def keys() -> Answer:
        answer = redirect(local(request.form.get("back", "/")), 303)
        value = "on" if request.cookies.get(KEYS_OFF) == "off" else "off"
        answer.set_cookie(KEYS_OFF, value, max_age=_YEAR, httponly=True, samesite="Strict")
        return answer

    @app.get("/assets/<name>")
    def asset(name: str) -> Answer:
        if name not in _ASSETS:
            return Response(views.plain_page("There is no such page."), 404)
        text = (files("crossclaim.reviewing") / "assets" / name).read_text("utf-8")
        return Response(text, mimetype=_ASSETS[name])

    @app.errorhandler(HTTPException)
    def no_page(error: HTTPException) -> Answer:
        why = "There is no such page." if error.code in (404, 405) else str(error.description)
        return Response(views.plain_page(why), error.code)

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Answer:
        return Response(views.plain_page(str(error)), 409)

    @app.errorhandler(Exception)
    def not_made_for(error: Exception) -> Answer:
        return Response(views.plain_page(str(unexpected(error, Place(request.path)))), 500)

    @app.errorhandler(OSError)
    def not_written(error: OSError) -> Answer:
        why = f"{error.filename or 'The file'}: {error.strerror or error}; nothing was written."
        return Response(views.plain_page(why), 500)
