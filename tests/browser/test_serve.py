"""`crossclaim serve`: saving a file shows in the browser without another command."""

import contextlib
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_watch import Watch, open_page
from collections_made import ADA, BEN, CLAIMS, make


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Serving:
    """A small collection being served: its folder, its address, what the command prints."""

    root: Path
    address: str
    printed: Path

    def said(self, text: str, times: int = 1) -> None:
        """Wait until the command has printed this so many times."""
        until = time.monotonic() + 30
        while self.printed.read_text("utf-8").count(text) < times:
            assert time.monotonic() < until, self.printed.read_text("utf-8")
            time.sleep(0.05)

    def write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text, "utf-8")


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    root, port, printed = make(tmp_path / "small"), free_port(), tmp_path / "printed"
    served = Serving(root, f"http://127.0.0.1:{port}", printed)
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "crossclaim", "serve", "--port", str(port)],
            cwd=root,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            served.said(f"Serving {served.address}/, rebuilt as you save. Ctrl-C ends it.\n")
            yield served
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0, printed.read_text("utf-8")
    assert "Traceback" not in printed.read_text("utf-8")
    assert "Aborted" not in printed.read_text("utf-8")


@pytest.fixture
def opened(serving: Serving, browser: Browser, watch: Watch) -> Iterator[Callable[[str], Page]]:
    """Opens pages that are served, and watches that they have nothing to complain of."""
    pages: list[Page] = []

    def open_served(path: str) -> Page:
        pages.append(open_page(browser, watch))
        pages[-1].goto(f"{serving.address}/{path}")
        return pages[-1]

    yield open_served
    for page in pages:
        page.context.close()


def test_saving_shows_in_the_browser(serving: Serving, opened: Callable[[str], Page]) -> None:
    page = opened("essays/ada.html")
    passage = page.locator(".essay p[id]")
    expect(passage).to_have_text("Tea wakes everybody.")

    # an essay
    serving.write("essays/ada.md", ADA.replace("wakes everybody.", "wakes the whole house."))
    expect(passage).to_have_text("Tea wakes the whole house.", timeout=15000)
    serving.said("Rebuilt in ")

    # the search finds what was just saved
    page.goto(f"{serving.address}/search.html?q=whole+house")
    expect(page.locator(".cc-found-passages .cc-hit mark").first).to_have_text("whole")
    page.goto(f"{serving.address}/essays/ada.html")

    # the claims
    serving.write("essays/claims.yml", CLAIMS.replace("Tea wakes people up.", "Tea rouses."))
    expect(page.locator(".notes a").first).to_have_text("Tea rouses", timeout=15000)

    # the authors
    authors = (serving.root / "essays/authors.yml").read_text("utf-8")
    serving.write("essays/authors.yml", authors.replace("is made up", "is real"))
    expect(page.locator("footer.about")).to_contain_text("Ada Byron is real.", timeout=15000)

    # who makes what
    both = BEN.replace('rejects="tea-wakes"', 'illustrates="tea-wakes"')
    serving.write("essays/ben.md", both)
    serving.said(" s. “Tea rouses” gained an author.\n")

    # the settings
    settings = (serving.root / "mkdocs.yml").read_text("utf-8")
    serving.write("mkdocs.yml", settings.replace("site_name: Small", "site_name: Kettles"))
    expect(page.locator("header .site")).to_have_text("Kettles", timeout=15000)


def test_a_mistake_stands_on_the_page_until_it_is_mended(
    serving: Serving, opened: Callable[[str], Page]
) -> None:
    page = opened("essays/ada.html")
    box = page.get_by_role("alert")
    expect(box).to_have_count(0)

    # text, whatever signs it holds
    broken = ADA.replace("asserts=", "asserts<b>=").replace("Tea wakes", "Coffee wakes")
    serving.write("essays/ada.md", broken)
    expect(box).to_contain_text("unknown-stance essays/ada.md:9 “asserts<b>”", timeout=15000)
    expect(box).to_contain_text("Not built: 1 error. This is the last good page.")
    assert box.locator("b").count() == 0
    assert box.evaluate("e => getComputedStyle(e).position") == "fixed"
    serving.said("Not built: 1 error. The last good site stays.")
    serving.said("unknown-stance essays/ada.md:9")
    expect(page.locator(".essay p[id]")).to_have_text("Tea wakes everybody.")

    # on a page that is opened meanwhile, too; and another mistake takes its place
    other = opened("claims/index.html")
    expect(other.get_by_role("alert")).to_contain_text("unknown-stance")
    serving.write("essays/ada.md", ADA.replace('tea-wakes"', 'tea-walks"'))
    expect(box).to_contain_text("unknown-claim essays/ada.md:9", timeout=15000)
    expect(box).not_to_contain_text("unknown-stance")

    # mended: nothing on the page has changed, so it is not loaded again
    page.evaluate("window.same = true")
    serving.write("essays/ada.md", ADA)
    expect(box).to_have_count(0, timeout=15000)
    expect(other.get_by_role("alert")).to_have_count(0)
    assert page.evaluate("window.same")


def test_only_a_page_that_changes_is_loaded_again_and_keeps_its_place(
    serving: Serving, opened: Callable[[str], Page]
) -> None:
    long = "".join(f"\nTea number {n}.\n{{: #tea-{n} .aside }}\n" for n in range(100))
    serving.write("essays/ada.md", ADA + long)
    serving.said("Rebuilt in ", 1)
    ada, ben = opened("essays/ada.html"), opened("essays/ben.html")
    for page in (ada, ben):
        page.evaluate("document.fonts.ready.then(() => { window.same = true })")
    ada.evaluate("window.scrollTo({top: 1500, behavior: 'instant'})")
    place = "document.querySelector('#tea-40').getBoundingClientRect().top"
    ada.wait_for_timeout(300)
    before = ada.evaluate(place)
    serving.write("essays/ada.md", ADA + long.replace("Tea number 7.", "Coffee number 7. " * 90))
    expect(ada.locator("#tea-7")).to_contain_text("Coffee number 7.", timeout=15000)
    serving.said("Rebuilt in ", 2)
    ben.wait_for_timeout(500)
    ada.evaluate("document.fonts.ready.then(() => true)")
    assert abs(ada.evaluate(place) - before) < 3
    assert ada.evaluate("window.scrollY") > 1000
    assert ben.evaluate("window.same")
    assert ada.evaluate("window.same === undefined")


def test_a_page_written_by_hand_shows_as_soon_as_it_is_there(
    serving: Serving, browser: Browser
) -> None:
    page = open_page(browser, Watch())  # which sees a page that is missing, and is meant to
    page.goto(f"{serving.address}/how.html")
    expect(page.locator("h1")).to_have_text("Nothing is here")
    serving.write("docs/how.md", "# How tea is made\n")
    expect(page.locator("h1")).to_have_text("How tea is made", timeout=15000)
    serving.write("docs/how.md", "# How coffee is made\n")
    expect(page.locator("h1")).to_have_text("How coffee is made", timeout=15000)
    (serving.root / "docs/how.md").unlink()
    expect(page.locator("h1")).to_have_text("Nothing is here", timeout=15000)
    page.context.close()


def test_a_build_calls_for_no_other(serving: Serving) -> None:
    serving.write(
        "essays/eve.md", BEN.replace("Ben Jonson", "Ada Byron").replace("tea-puts", "eve")
    )
    serving.said("Rebuilt in ", 1)
    (serving.root / "essays/eve.md").unlink()
    serving.said("Rebuilt in ", 2)
    time.sleep(1.5)
    assert serving.printed.read_text("utf-8").count("Rebuilt in ") == 2


def test_a_save_during_a_build_is_built_as_well(serving: Serving) -> None:
    for number in range(12):
        serving.write("essays/ada.md", ADA.replace("everybody.", f"{number} people."))
        time.sleep(0.13)
    until = time.monotonic() + 20
    while b"Tea wakes 11 people." not in page_of(serving, "essays/ada.html"):
        assert time.monotonic() < until
        time.sleep(0.1)


def page_of(serving: Serving, path: str, host: str = "127.0.0.1") -> bytes:
    """A page's bytes, asked for under a name."""
    request = urllib.request.Request(f"{serving.address}/{path}", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=10) as response:
        return bytes(response.read())


def test_another_host_is_refused(serving: Serving) -> None:
    assert b"On tea" in page_of(serving, "essays/ada.html", "localhost")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        page_of(serving, "essays/ada.html", "rebound.example")


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
    assert not (root / "site").exists()


def test_an_error_at_the_start_is_said_and_nothing_is_served(tmp_path: Path) -> None:
    root = make(tmp_path, {"essays/ada.md": ADA.replace("asserts", "assert")})
    done = subprocess.run(
        [sys.executable, "-m", "crossclaim", "serve", "--port", str(free_port())],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, "Not served: 1 error.\n")
    assert "unknown-stance essays/ada.md:9" in done.stdout


@pytest.mark.parametrize(("words", "opens"), [([], True), (["--no-open"], False)])
def test_a_browser_is_opened_from_a_terminal_unless_told_not_to(
    tmp_path: Path, words: list[str], opens: bool
) -> None:
    asked, browser = tmp_path / "asked", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {asked}\n')
    browser.chmod(0o755)
    port, (mine, theirs) = free_port(), pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "crossclaim", "serve", "--port", str(port), *words],
        cwd=make(tmp_path / "small"),
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "BROWSER": f"{browser} %s", "DISPLAY": ":0"},
    )
    os.close(theirs)
    said = b""
    while b"Serving" not in said:
        said += os.read(mine, 4096)
    until = time.monotonic() + (10 if opens else 1)
    while not asked.exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    while process.poll() is None:  # what it says has to be read, or it waits
        with contextlib.suppress(OSError):
            os.read(mine, 4096)
    os.close(mine)
    assert process.returncode == 0
    assert asked.exists() is opens
    assert not opens or asked.read_text() in (f"http://127.0.0.1:{port}/\n", "")
