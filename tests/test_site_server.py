"""The server of `crossclaim serve`: what it answers, to whom, and that nobody holds it up."""

import contextlib
import http.client
import json
import os
import re
import socket
import threading
from collections.abc import Generator, Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from crossclaim.commands.site_server import BuiltSite, SiteServer, media_type

PAGE = '<html><head><link rel="stylesheet" href="../assets/a.css"></head><body>Tea</body></html>'
FILES = {
    "index.html": PAGE,
    "404.html": "<html><head></head><body>Nothing here</body></html>",
    "essays/ada.html": PAGE,
    "essays/index.html": PAGE,
    "essays/größe 1.html": PAGE,
    "assets/a.css": "p { color: red }",
    "assets/a.js": "1",
    "assets/.hidden": "h",
}


def made(root: Path) -> Path:
    """A site's folder, beside a file that is not for everybody."""
    for name, text in FILES.items():
        path = root / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "secret.html").write_text("secret")
    return root / "site"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """A server of a site that stays as it is."""
    site = BuiltSite(made(tmp_path_factory.mktemp("served")))
    with SiteServer(site, "127.0.0.1", 0) as server, server.running():
        yield server


@pytest.fixture
def changing(folder: Path) -> Iterator[SiteServer]:
    """A server of a site that the test changes: `folder`."""
    with SiteServer(BuiltSite(folder), "127.0.0.1", 0) as server, server.running():
        yield server


def ask(
    server: SiteServer, path: str, method: str = "GET", host: str | None = "localhost"
) -> tuple[int, dict[str, str], bytes]:
    """The answer to a request, and its header fields."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host=True)
        if host is not None:
            connection.putheader("Host", host)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()


def digest_of(body: bytes) -> str:
    """What a page's script says that it shows."""
    match = re.search(rb'<script src="/\.crossclaim/live\.js" data-shown="(\w+)" defer>', body)
    assert match, body
    return match[1].decode()


def test_files_are_what_the_build_made_but_for_one_script_in_pages(server: SiteServer) -> None:
    status, headers, body = ask(server, "/essays/ada.html")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    without = re.sub(rb"<script [^>]*></script>\n", b"", body, count=1)
    assert without.decode() == PAGE
    status, headers, body = ask(server, "/assets/a.css?v=1")
    assert (status, body.decode()) == (200, FILES["assets/a.css"])
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_folder_is_its_index(server: SiteServer) -> None:
    assert ask(server, "/")[2] == ask(server, "/index.html")[2]
    assert ask(server, "/essays/")[0] == 200
    status, headers, _ = ask(server, "/essays")
    assert (status, headers["Location"]) == (302, "/essays/")
    assert ask(server, "/essays/gr%C3%B6%C3%9Fe%201.html")[0] == 200


def test_what_is_missing_is_the_sites_own_page(changing: SiteServer, folder: Path) -> None:
    status, headers, body = ask(changing, "/essays/none.html")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"Nothing here" in body
    (folder / "404.html").unlink()
    assert ask(changing, "/essays/none.html")[::2] == (404, b"There is no such page.\n")


def test_head_is_the_same_without_the_bytes(server: SiteServer) -> None:
    _, headers, body = ask(server, "/essays/ada.html")
    status, same, nothing = ask(server, "/essays/ada.html", "HEAD")
    assert (status, nothing) == (200, b"")
    assert same["Content-Length"] == headers["Content-Length"] == str(len(body))
    assert ask(server, "/.crossclaim/events?page=/", "HEAD")[::2] == (200, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_nothing_but_reading_is_answered(server: SiteServer, method: str) -> None:
    status, headers, body = ask(server, "/index.html", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert b"Tea" not in body


def test_a_body_is_never_taken_for_a_request(server: SiteServer) -> None:
    inner = b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = f"GET /404.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(inner)}\r\n\r\n"
    with socket.create_connection(server.server_address[:2], 10) as client:  # type: ignore[arg-type]
        client.sendall(head.encode() + inner)
        answered = b""
        with contextlib.suppress(ConnectionResetError):
            while part := client.recv(65536):
                answered += part
    assert answered.count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LocalHost", "127.0.0.1:1", "[::1]:80"]
)
def test_names_of_this_machine_are_answered(server: SiteServer, host: str) -> None:
    assert ask(server, "/", host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
     "evil@localhost.example", "10.0.0.1", "", "[::1", "[::2]", None],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/.crossclaim/events?page=/", "/.crossclaim/live.js"])
def test_any_other_host_is_refused(server: SiteServer, host: str | None, path: str) -> None:
    status, _, body = ask(server, path, host=host)
    assert status == 403
    assert b"Tea" not in body


def test_the_host_it_was_told_to_listen_at_is_answered(folder: Path) -> None:
    with SiteServer(BuiltSite(folder), "127.0.0.2", 0) as server:
        assert server.knows("127.0.0.2:8000", "127.0.0.2")
        assert not server.knows("127.0.0.3:8000", "127.0.0.2")
        assert server.address == f"http://127.0.0.2:{server.server_address[1]}/"


def test_where_it_listens_everywhere_the_number_that_was_connected_to_is_answered(
    folder: Path,
) -> None:
    with SiteServer(BuiltSite(folder), "0.0.0.0", 0) as server:
        assert server.knows("192.168.1.5:8000", "192.168.1.5")
        assert not server.knows("rebound.example:8000", "192.168.1.5")
        assert server.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/essays/../../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/essays/%2e%2e%2f%2e%2e%2fsecret.html",
        "/..\\secret.html",
        "/..%5csecret.html",
        "//secret.html",
        "/./secret.html",
        "/%00secret.html",
        "/" + "a" * 5000,
        "/" + "a/" * 5000,
    ],
)
def test_nothing_outside_the_site_is_read(server: SiteServer, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body


def test_no_link_leads_out_of_the_site(changing: SiteServer, folder: Path) -> None:
    (folder / "out.html").symlink_to(folder.parent / "secret.html")
    (folder / "up").symlink_to(folder.parent)
    (folder / "round.html").symlink_to(folder / "round.html")
    (folder / "in.html").symlink_to(folder / "index.html")
    for path in ("/out.html", "/up/secret.html", "/round.html"):
        assert ask(changing, path)[0] == 404, path
    assert ask(changing, "/in.html")[0] == 200


def test_an_absolute_request_is_refused(server: SiteServer) -> None:
    assert ask(server, "http://localhost/index.html")[0] == 403


def test_a_site_for_a_path_of_a_host_stands_at_that_path(folder: Path) -> None:
    site = BuiltSite(folder, "/essays-on-tea/")
    assert site.answer("/").location == "/essays-on-tea/"
    assert site.answer("/essays-on-tea").location == "/essays-on-tea/"
    assert site.answer("/essays-on-tea/essays").location == "/essays-on-tea/essays/"
    assert site.answer("/essays-on-tea/index.html").status is HTTPStatus.OK
    assert site.answer("/index.html").status is HTTPStatus.NOT_FOUND
    before = site.digest("/essays-on-tea/essays/ada.html")
    (folder / "assets/a.css").write_text("p { color: blue }")
    assert site.digest("/essays-on-tea/essays/ada.html") != before


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.JS", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("sitemap.xml.gz", "application/octet-stream"),
        ("a.svg", "image/svg+xml"),
        ("a.woff2", "font/woff2"),
        ("a.png", "image/png"),
        ("a.nobody-knows", "application/octet-stream"),
        (".hidden", "application/octet-stream"),
    ],
)
def test_types(name: str, media: str) -> None:
    assert media_type(name) == media


def test_a_page_is_another_when_its_bytes_or_the_files_it_names_are(folder: Path) -> None:
    site = BuiltSite(folder)
    shown = {path: site.digest(path) for path in ("/", "/essays/ada.html", "/none.html")}
    (folder / "assets/a.js").write_text("2")  # which no page names
    (folder / "essays/index.html").write_text("other")
    assert {path: site.digest(path) for path in shown} == shown
    (folder / "assets/a.css").write_text("p { color: blue }")
    assert site.digest("/essays/ada.html") != shown["/essays/ada.html"]
    assert site.digest("/none.html") == shown["/none.html"]
    (folder / "none.html").write_text("there now")
    assert site.digest("/none.html") != shown["/none.html"]
    (folder / "none.html").unlink()
    assert site.digest("/none.html") == shown["/none.html"]


def events(server: SiteServer, page: str) -> Generator[dict[str, object], None, None]:
    """What an open page is told."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", f"/.crossclaim/events?page={page}")
        response = connection.getresponse()
        assert response.getheader("Content-Type") == "text/event-stream"
        while line := response.readline():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))


def test_an_open_page_is_told_what_it_would_show_and_what_stops_a_build(
    changing: SiteServer, folder: Path
) -> None:
    told = events(changing, "/essays/ada.html")
    shown = digest_of(ask(changing, "/essays/ada.html")[2])
    assert next(told) == {"shown": shown, "errors": []}
    changing.news.tell(["bad-id essays/ada.md:3 “A” — mend it"])
    assert next(told) == {"shown": shown, "errors": ["bad-id essays/ada.md:3 “A” — mend it"]}
    late = events(changing, "/essays/ada.html")
    assert next(late) == {"shown": shown, "errors": ["bad-id essays/ada.md:3 “A” — mend it"]}
    (folder / "essays/ada.html").write_text(PAGE.replace("Tea", "Coffee"))
    changing.news.tell([])
    new = next(told)
    assert new["errors"] == []
    assert new["shown"] == digest_of(ask(changing, "/essays/ada.html")[2]) != shown
    told.close()
    late.close()


def test_the_page_that_was_opened_last_is_known(changing: SiteServer) -> None:
    assert changing.last is None
    ask(changing, "/essays/")
    ask(changing, "/assets/a.css")
    assert changing.last == "essays/index.html"
    told = events(changing, "/essays/ada.html")
    next(told)
    assert changing.last == "essays/ada.html"
    told.close()


def test_a_client_that_takes_its_time_holds_nobody_up(changing: SiteServer, folder: Path) -> None:
    (folder / "large.bin").write_bytes(os.urandom(20_000_000))
    with contextlib.ExitStack() as clients:
        for sent in (b"", b"GET /ind", b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n") * 5:
            address = "127.0.0.1", changing.server_address[1]
            client = clients.enter_context(socket.create_connection(address, 10))
            client.sendall(sent)
        assert ask(changing, "/index.html")[0] == 200


def test_a_site_that_is_away_for_a_moment_is_waited_for(changing: SiteServer, folder: Path) -> None:
    away = folder.with_name("away")
    folder.rename(away)
    back = threading.Timer(0.3, lambda: away.rename(folder))
    back.start()
    assert ask(changing, "/index.html")[0] == 200
    back.join()


def test_only_its_own_files_stand_at_its_own_addresses(server: SiteServer) -> None:
    assert ask(server, "/.crossclaim/live.js")[0] == 200
    assert ask(server, "/.crossclaim/live.css")[0] == 200
    for name in ("", "serve.py", "../site_server.py", "starter_files/README.md"):
        assert ask(server, f"/.crossclaim/{name}")[0] == 404, name
