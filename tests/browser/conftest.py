"""The built site on a local server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser_watch import Watch, open_page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves folders, each at the root of a server of its own; gives the address."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(_served(folder))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def served(site: Path, serve: Callable[[Path], str]) -> str:
    """The site's address at the root of a server."""
    return serve(site)


@pytest.fixture(scope="session")
def served_below(site: Path, serve: Callable[[Path], str]) -> str:
    """The site's address at a sub-path of a server."""
    return f"{serve(site.parent)}/{site.name}"


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test at its end if a page complained or asked another host for anything."""
    found = Watch()
    yield found
    assert found.trouble == []


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page that is watched."""
    found = open_page(browser, watch)
    yield found
    found.context.close()
