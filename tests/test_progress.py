"""Progress: on a terminal a bar, in a log a line now and then, never before a second is over."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from collections_made import ADA, make
from crossclaim.cli import main

SCRIPT = """
import time
from crossclaim.commands import progress
{before}
with progress.Progress("Reading kettles.pdf") as shown:
    for page in range({pages}):
        time.sleep(0.15)
        shown.step(page + 1, {total}, "pages read")
"""


def script(pages: int, total: int | None = None, before: str = "") -> str:
    return SCRIPT.format(pages=pages, total=pages if total is None else total, before=before)


def shown_on_a_terminal(code: str, **variables: str) -> str:
    mine, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    with subprocess.Popen([sys.executable, "-c", code], stderr=theirs, env=environment) as child:
        child.wait()
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(mine, 4096):
            shown += part
    except OSError:  # the other end is closed, and everything has been read
        pass
    os.close(mine)
    return shown.decode()


def logged(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == ""
    return done.stderr


def test_what_takes_longer_than_a_second_shows_how_far_it_is_and_cleans_up() -> None:
    shown = shown_on_a_terminal(script(pages=12))
    assert "Reading kettles.pdf [" in shown
    assert "] 12 of 12 pages read" in shown
    assert shown.endswith("\r\x1b[K")
    assert "\n" not in shown


def test_a_bar_is_no_wider_than_the_terminal() -> None:
    shown = shown_on_a_terminal(script(pages=12), COLUMNS="30")
    assert max(len(look) for look in shown.split("\r\x1b[K")) == 29


def test_where_nobody_knows_how_much_there_is_what_is_done_is_counted() -> None:
    assert "Reading kettles.pdf 12 pages read" in shown_on_a_terminal(script(pages=12, total=0))


def test_what_is_quick_shows_nothing() -> None:
    assert shown_on_a_terminal(script(pages=2)) == ""
    assert logged(script(pages=2)) == ""


def test_a_log_gets_a_line_now_and_then() -> None:
    lines = logged(script(pages=14, before="progress._LOGGED = 0.5")).splitlines()
    assert 2 <= len(lines) <= 3
    assert all("Reading kettles.pdf: " in line and " of 14 pages read" in line for line in lines)
    assert len(logged(script(pages=14)).splitlines()) == 1


def test_a_terminal_that_moves_no_cursor_is_a_log() -> None:
    assert "\x1b" not in shown_on_a_terminal(script(pages=12), TERM="dumb")


def test_what_has_no_parts_says_what_is_going_on() -> None:
    alone = "import time; from crossclaim.commands.progress import Progress\n"
    alone += "with Progress('Rendering'): time.sleep(1.3)"
    assert logged(alone) == "Rendering …\n"
    assert "Rendering …" in shown_on_a_terminal(alone)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A collection, and progress that is shown at once."""
    monkeypatch.setattr("crossclaim.commands.progress._PATIENCE", 0.0)
    monkeypatch.chdir(tmp_path)
    return make(tmp_path)


def test_quiet_shows_no_progress_and_says_nothing_where_all_is_well(impatient: Path) -> None:
    (impatient / "kettles.txt").write_text(
        "Kettles\n\nby Zoë Čapek\n\n" + "Kettles are loud. " * 20
    )
    run = CliRunner().invoke
    assert "Building …" in run(main, ["build"]).stderr
    for words in (["check"], ["build"], ["add", "kettles.txt"], ["ids"], ["suggest"]):
        assert run(main, [*words, "-q"]).output == "", words
    assert (impatient / "essays/kettles.md").exists()


def test_quiet_says_what_is_wrong(impatient: Path) -> None:
    (impatient / "essays/ada.md").write_text(ADA.replace("asserts", "assert"))
    run = CliRunner().invoke
    built = run(main, ["build", "--quiet"])
    assert built.exit_code == 1
    assert built.stdout.startswith("unknown-stance essays/ada.md:9")
    assert built.stderr == "Not built: 1 error. The last good site stays.\n"
    checked = run(main, ["check", "--quiet"])
    assert (checked.exit_code, checked.stderr) == (1, "1 error, 0 warnings\n")


def test_quiet_keeps_what_was_asked_for(impatient: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["check", "--json", "-q"]).stdout == "[]\n"
    (impatient / "kettles.txt").write_text("Kettles\n\nby Zoë Čapek\n\nKettles are loud.\n")
    assert "Would write" in run(main, ["add", "kettles.txt", "--dry-run", "-q"]).stdout
