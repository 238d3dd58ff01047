"""Flask application of the review: its routes, behind a check of every request."""

import threading
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from crossclaim.findings import unexpected
from crossclaim.model import Place
from crossclaim.reviewing import pages
from crossclaim.reviewing.actions import Refusal
from crossclaim.reviewing.handlers import KEYS_COOKIE, Handlers, local_address
from crossclaim.reviewing.security import SECURITY_HEADERS, refusal_reason
from crossclaim.reviewing.session import ReviewSession

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ASSETS = {"review.css": "text/css", "review.js": "text/javascript", "review.svg": "image/svg+xml"}
_YEAR = 365 * 24 * 3600  # seconds
_LARGEST = 1 << 20  # bytes of a request


class _SerialFlask(Flask):
    """An application that answers one request at a time, as the session knows them.

    An idle connection of the browser holds up none.
    """

    def __init__(self) -> None:
        super().__init__(__name__, static_folder=None, template_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = _LARGEST
        self._lock = threading.Lock()

    def wsgi_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer to one request."""
        with self._lock:
            return super().wsgi_app(environ, start_response)


def create_app(session: ReviewSession, host: str, token: str) -> Flask:
    """The application for one session. `host` is “127.0.0.1:PORT”, `token` this run's secret."""
    app = _SerialFlask()
    _check_requests(app, host, token)
    _add_routes(app, Handlers(session))
    return app


def _check_requests(app: Flask, host: str, token: str) -> None:
    """Nothing is answered but what this machine's browser asks with this run's token."""
    cookie = f"crossclaim-review-{host.rpartition(':')[2]}"  # a cookie knows no port

    @app.before_request
    def check() -> Answer | None:
        enters = request.path == "/" and "token" in request.args
        given = request.args["token"] if enters else request.cookies.get(cookie, "")
        writes = request.method not in ("GET", "HEAD")
        why = refusal_reason(host, given, token, dict(request.headers), writes, enters)
        if why:
            return Response(pages.sentence_page(why), 403)
        if not enters:
            return None
        # A page that leads on, no redirect: the cookie goes along even where the address was
        # opened from a page of another host.
        answer = Response(pages.entry_page(request.args.get("essay", "")))
        answer.set_cookie(cookie, token, httponly=True, samesite="Strict")
        return answer

    @app.after_request
    def add_headers(answer: Response) -> Response:
        answer.headers.extend(SECURITY_HEADERS)
        return answer


def _add_routes(app: Flask, handlers: Handlers) -> None:
    app.get("/")(handlers.essays)
    app.get("/essay/<essay>")(handlers.essay)
    app.get("/essay/<essay>/claims")(handlers.search)
    app.get("/essay/<essay>/nearest")(handlers.nearest)
    app.post("/essay/<essay>")(handlers.act)
    app.post("/undo")(handlers.undo)
    app.post("/redo")(handlers.redo)

    @app.post("/keys")
    def keys() -> Answer:
        answer = redirect(local_address(request.form.get("back", "/")), 303)
        value = "on" if request.cookies.get(KEYS_COOKIE) == "off" else "off"
        answer.set_cookie(KEYS_COOKIE, value, max_age=_YEAR, httponly=True, samesite="Strict")
        return answer

    @app.get("/assets/<name>")
    def asset(name: str) -> Answer:
        if name not in _ASSETS:
            return Response(pages.sentence_page("There is no such page."), 404)
        text = (files("crossclaim.reviewing") / "assets" / name).read_text("utf-8")
        return Response(text, mimetype=_ASSETS[name])

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Answer:
        why = "There is no such page." if error.code in (404, 405) else str(error.description)
        return Response(pages.sentence_page(why), error.code)

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Answer:
        return Response(pages.sentence_page(str(error)), 409)

    @app.errorhandler(Exception)
    def unexpected_error(error: Exception) -> Answer:
        return Response(pages.sentence_page(str(unexpected(error, Place(request.path)))), 500)

    @app.errorhandler(OSError)
    def file_error(error: OSError) -> Answer:
        why = f"{error.filename or 'The file'}: {error.strerror or error}; nothing was written."
        return Response(pages.sentence_page(why), 500)
