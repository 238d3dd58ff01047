"""The progress bar: on a terminal, after a second; nowhere else, and never before."""

import os
import pty
import subprocess
import sys

SCRIPT = """
import time
from crossclaim.commands.progress import Progress
with Progress("Reading kettles.pdf") as progress:
    for page in range({pages}):
        time.sleep(0.15)
        progress.step(page + 1, {pages})
"""


def shown_on_a_terminal(pages: int) -> str:
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(pages=pages)], stderr=theirs
    ) as child:
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


def test_what_takes_longer_than_a_second_shows_how_far_it_is_and_cleans_up() -> None:
    shown = shown_on_a_terminal(pages=12)
    assert "Reading kettles.pdf" in shown
    assert "] 12 of 12" in shown
    assert shown.endswith("\r\x1b[K")


def test_what_is_quick_shows_nothing() -> None:
    assert shown_on_a_terminal(pages=2) == ""


def test_nothing_is_shown_where_nobody_looks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(pages=9)], capture_output=True, check=True
    )
    assert done.stderr == done.stdout == b""
