"""`crossclaim serve`: saving a file shows in the browser without another command."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser_watch import Watch, open_page
from collections_made import ADA, CLAIMS, make


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[Path, str, Path]]:
    """A small collection being served: its folder, its address, what the command has printed."""
    root, port, printed = make(tmp_path / "small"), free_port(), tmp_path / "printed"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "crossclaim", "serve", "--port", str(port)],
            cwd=root,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/index.html", timeout=1).close()
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, printed.read_text("utf-8")
                time.sleep(0.2)
        yield root, address, printed
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0, printed.read_text("utf-8")


def test_saving_shows_in_the_browser(serving: tuple[Path, str, Path], browser: Browser) -> None:
    root, address, printed = serving
    page = open_page(browser, Watch())  # live reload breaks its own poll off when a page reloads
    page.goto(f"{address}/essays/ada.html")
    expect(page.locator(".essay p[id]")).to_have_text("Tea wakes everybody.")

    # an essay
    (root / "essays/ada.md").write_text(ADA.replace("wakes everybody.", "wakes the whole house."))
    expect(page.locator(".essay p[id]")).to_have_text("Tea wakes the whole house.", timeout=15000)

    # the search finds what was just saved
    page.goto(f"{address}/search.html?q=whole+house")
    expect(page.locator(".cc-found-passages .cc-hit mark").first).to_have_text("whole")
    page.goto(f"{address}/essays/ada.html")

    # the claims
    (root / "essays/claims.yml").write_text(CLAIMS.replace("Tea wakes people up.", "Tea rouses."))
    expect(page.locator(".notes a").first).to_have_text("Tea rouses", timeout=15000)

    # a mistake: said in one line, and the last good page stays
    (root / "essays/ada.md").write_text(ADA.replace("asserts", "assert"))
    for _ in range(100):
        if "unknown-stance" in printed.read_text("utf-8"):
            break
        time.sleep(0.1)
    assert "unknown-stance essays/ada.md:9 “assert” is no stance" in printed.read_text("utf-8")
    page.reload()
    expect(page.locator(".essay p[id]")).to_have_text("Tea wakes the whole house.")

    # mended, and the authors
    (root / "essays/ada.md").write_text(ADA)
    expect(page.locator(".essay p[id]")).to_have_text("Tea wakes everybody.", timeout=15000)
    authors = (root / "essays/authors.yml").read_text().replace("is made up", "is real")
    (root / "essays/authors.yml").write_text(authors)
    expect(page.locator("footer.about")).to_contain_text("Ada Byron is real.", timeout=15000)
    page.context.close()


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    root = make(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "crossclaim", "serve", "--port", str(port)],
            cwd=root,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"cannot listen at 127.0.0.1:{port}" in done.stdout
    assert "Traceback" not in done.stderr
