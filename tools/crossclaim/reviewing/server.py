"""Server of the review: for this machine only, until it is interrupted."""

import contextlib
import os
import secrets
import socket
import webbrowser
from collections.abc import Callable
from urllib.parse import quote

from werkzeug.serving import WSGIRequestHandler, make_server

from crossclaim.reviewing.app import create_app
from crossclaim.reviewing.session import ReviewSession

HOST = "127.0.0.1"


class _QuietHandler(WSGIRequestHandler):
    """Says nothing of each request, and not which software answers."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def log_error(self, format: str, *args: object) -> None:
        pass

    def version_string(self) -> str:
        return "crossclaim"


def serve_review(
    session: ReviewSession,
    port: int,
    essay: str,
    open_browser: bool,
    announce: Callable[[str], None],
) -> None:
    """Serve a session until interrupted; `announce` is given the address. Port 0 takes a free one.

    `essay` is where it opens, "" for the list. Raises OSError where the port is not to be had.
    """
    with contextlib.closing(socket.socket()) as listening:
        if os.name == "posix":  # elsewhere it would let others listen at the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(64)
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(32)
        app = create_app(session, f"{HOST}:{port}", token)
        # Threads, because a browser holds connections open that it asks nothing on.
        server = make_server(
            HOST, port, app, threaded=True, request_handler=_QuietHandler, fd=listening.fileno()
        )
        address = f"http://{HOST}:{port}/?token={token}"
        address += f"&essay={quote(essay)}" if essay else ""
        announce(address)
        if open_browser:
            webbrowser.open(address)
        server.serve_forever()
