"""Web server of a built site, for this machine alone: open pages follow what is built."""

import contextlib
import hashlib
import html
import json
import mimetypes
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from pathlib import Path
from socketserver import ThreadingTCPServer
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

import click

from crossclaim.findings import unexpected
from crossclaim.model import Place

_OWN = "/.crossclaim/"  # the server's own addresses; no site has a page there
_SCRIPT, _STYLE, _EVENTS = "live.js", "live.css", "events"
_PATIENCE = 30.0  # seconds a client may take to ask, or to take what it asked for
_HEARTBEAT = 15.0  # seconds after which a page that waits is told that nothing is new
_EXCHANGE = 2.0  # seconds a site may be away while a fresh one takes its place

# Said here, since a machine's own list may say otherwise, or nothing.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
# What a page shows beside its own words: style sheets, scripts, pictures.
_SHOWN = re.compile(rb'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request: its status, its bytes and their type, or where else to ask."""

    status: HTTPStatus
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    location: str = ""


class BuiltSite:
    """A site's folder, asked by the paths of addresses; nothing outside it is ever read.

    `mount` is the path at which the site will be published; its 404.html names files by it.
    """

    def __init__(self, folder: Path, mount: str = "/") -> None:
        self.folder = folder
        self.mount = mount

    def page(self, address: str) -> str | None:
        """The path in the folder that an address names; None where it names none."""
        path = unquote(address)
        if not path.startswith(self.mount) or any(sign in path for sign in "\0\\"):
            return None
        *folders, name = path.removeprefix(self.mount).split("/")
        if any(part in ("", ".", "..") for part in folders) or name in (".", ".."):
            return None
        return "/".join([*folders, name or "index.html"])

    def read(self, page: str) -> bytes | None:
        """The bytes of a file in the folder; None where there is none."""
        folder = self._present()
        path = Path(os.path.realpath(folder / page))  # wherever symbolic links lead
        if not path.is_relative_to(folder):
            return None
        try:
            return path.read_bytes()
        except OSError:
            return None

    def answer(self, address: str) -> Answer:
        """The file at an address; else the page that the site has for what is missing."""
        if address in ("/", self.mount[:-1]) and address != self.mount:
            return Answer(HTTPStatus.FOUND, location=self.mount)
        page = self.page(address)
        data = None if page is None else self.read(page)
        if page is None or data is None:
            if page is not None and self.read(f"{page}/index.html") is not None:
                return Answer(HTTPStatus.FOUND, location=f"{quote(unquote(address))}/")
            return self._missing()
        return self._shown(HTTPStatus.OK, page, data)

    def digest(self, address: str) -> str:
        """A hash of all that is shown at an address: the page's bytes, and the files it names."""
        page = self.page(address)
        data = None if page is None else self.read(page)
        if page is None or data is None:
            return self._digest("404.html", self.read("404.html") or b"")
        return self._digest(page, data)

    def _digest(self, page: str, data: bytes) -> str:
        digest = hashlib.sha256(data)
        for name in sorted(set(_SHOWN.findall(data))):
            reference = html.unescape(name.decode("utf-8", "replace"))
            if not urlsplit(reference).netloc and not urlsplit(reference).scheme:
                named = self.page(urlsplit(urljoin(self.mount + quote(page), reference)).path)
                digest.update(hashlib.sha256((named and self.read(named)) or b"").digest())
        return digest.hexdigest()[:32]

    def _missing(self) -> Answer:
        data = self.read("404.html")
        if data is None:
            return Answer(HTTPStatus.NOT_FOUND, b"There is no such page.\n")
        return self._shown(HTTPStatus.NOT_FOUND, "404.html", data)

    def _shown(self, status: HTTPStatus, page: str, data: bytes) -> Answer:
        media = media_type(page)
        if media.startswith("text/html"):
            data = _with_script(data, self._digest(page, data))
        return Answer(status, data, media)

    def _present(self) -> Path:
        """The folder's real path; it may be away for a moment, while a fresh site takes over."""
        until = time.monotonic() + _EXCHANGE
        while not self.folder.is_dir() and time.monotonic() < until:
            time.sleep(0.02)
        return self.folder.resolve()


def media_type(name: str) -> str:
    """The media type of a file, by its name's ending; texts are UTF-8."""
    media, packed = mimetypes.guess_type(name, strict=False)
    media = "application/octet-stream" if media is None or packed else media
    media = _TYPES.get(os.path.splitext(name)[1].lower(), media)  # noqa: PTH122, an address's path
    text = media.startswith("text/") or media in ("application/json", "application/xml")
    return f"{media}; charset=utf-8" if text else media


def _with_script(page: bytes, digest: str) -> bytes:
    """A page with the script that follows what is built; the digest says what it shows by now."""
    script = f'<script src="{_OWN}{_SCRIPT}" data-shown="{digest}" defer></script>\n'
    return page.replace(b"</head>", script.encode() + b"</head>", 1)


@dataclass(slots=True)
class News:
    """What open pages are told: that there was a build, and the errors that stopped it."""

    errors: tuple[str, ...] = ()
    number: int = 0
    condition: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, errors: Sequence[str]) -> None:
        """Tell every open page."""
        with self.condition:
            self.errors = tuple(errors)
            self.number += 1
            self.condition.notify_all()

    def after(self, number: int) -> tuple[int, tuple[str, ...]]:
        """What is told after that number, as soon as it is; the same again after a while."""
        with self.condition:
            self.condition.wait_for(lambda: self.number != number, _HEARTBEAT)
            return self.number, self.errors


class SiteServer(ThreadingTCPServer):
    """A server with a thread a client. Raises OSError where it cannot listen.

    It answers this machine's names and the host it was told to listen at, so that no other site's
    page can read it by a name that leads here. `last` is the page that was opened or asked for
    last, as its path in the site.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let others listen there too
    request_queue_size = 64

    def __init__(self, site: BuiltSite, host: str, port: int) -> None:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self.address_family = family
        self.site = site
        self.host = host
        self.news = News()
        self.last: str | None = None
        super().__init__((str(address[0]), int(address[1])), _Handler)

    @property
    def address(self) -> str:
        """The address to open, as a browser on this machine knows it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        port = self.server_address[1]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}{self.site.mount}"

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Answer requests beside whatever is done meanwhile."""
        thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()

    def knows(self, host: str, own: str) -> bool:
        """Whether a Host header names this machine; `own` is the number that was connected to."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in {"localhost", "127.0.0.1", "::1", self.host.lower(), own}

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a client went away or took too long; a fault of ours is one line."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and not isinstance(error, OSError):
            click.echo(str(unexpected(error, Place(str(self.site.folder)))), err=True)


class _Handler(BaseHTTPRequestHandler):
    """A client's requests, one after the other."""

    server: SiteServer
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def parse_request(self) -> bool:
        """Refuse other methods and other hosts before anything is looked at."""
        if not super().parse_request():
            return False
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body is never read
        if self.command not in ("GET", "HEAD"):
            refusal = HTTPStatus.METHOD_NOT_ALLOWED, b"Pages are read here, and nothing else.\n"
        elif not self._known():
            refusal = HTTPStatus.FORBIDDEN, b"These pages are for this machine alone.\n"
        else:
            return True
        self.close_connection = True
        self._send(Answer(*refusal))
        return False

    def _known(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        own = self.connection.getsockname()[0]
        return len(hosts) == 1 and self.path.startswith("/") and self.server.knows(hosts[0], own)

    def do_GET(self) -> None:
        """Answer with a file, or with what is new."""
        parts = urlsplit(self.path)
        if parts.path == _OWN + _EVENTS:
            self._follow(parse_qs(parts.query).get("page", [""])[0])
        elif parts.path.startswith(_OWN):
            self._send(_own_file(parts.path.removeprefix(_OWN)))
        else:
            answer = self.server.site.answer(parts.path)
            if answer.type.startswith("text/html"):
                self.server.last = self.server.site.page(parts.path)
            self._send(answer)

    do_HEAD = do_GET

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _follow(self, page: str) -> None:
        """Tell an open page what it would show now, and what stopped a build; until it is left."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.server.last = self.server.site.page(page)
        number = -1
        while True:
            number, errors = self.server.news.after(number)
            news = {"shown": self.server.site.digest(page), "errors": errors}
            self.wfile.write(f"retry: 1000\ndata: {json.dumps(news)}\n\n".encode())

    def end_headers(self) -> None:
        """Keep no copy, guess no type, be read by no other site."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if self.close_connection:
            self.send_header("Connection", "close")
        super().end_headers()

    def version_string(self) -> str:
        """Say not which software answers."""
        return "crossclaim"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def _own_file(name: str) -> Answer:
    if name not in (_SCRIPT, _STYLE):
        return Answer(HTTPStatus.NOT_FOUND, b"There is no such page.\n")
    data = files("crossclaim.commands").joinpath("live_files", name).read_bytes()
    return Answer(HTTPStatus.OK, data, media_type(name))
