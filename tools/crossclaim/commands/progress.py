"""Progress of what takes longer than a second: a bar on a terminal, lines in a log."""

import os
import shutil
import sys
import threading
from time import monotonic
from types import TracebackType

import click

from crossclaim.commands.console import is_quiet

_PATIENCE = 1.0  # seconds before anything is shown
_REDRAWN = 0.05  # seconds between two looks of a bar
_LOGGED = 5.0  # seconds between two lines of a log
_WIDTH = 24  # signs of a bar


class Progress:
    """Shows nothing for a second, then how far it is; nothing at all where --quiet was given.

    On a terminal it is a bar, which is gone at the end; where messages go elsewhere, a line now
    and then.
    """

    def __init__(self, label: str) -> None:
        """`label` says what is going on: “Building”."""
        self.label = label
        self._terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._due = float("inf") if is_quiet() else monotonic() + _PATIENCE
        self._counted = ""
        self._shown = False
        self._lock = threading.Lock()
        # What is done in one step has no parts to count; then the label alone is shown.
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> "Progress":
        self._timer.start()
        return self

    def step(self, done: int, total: int, what: str) -> None:
        """Say how far it is: parts done, parts there are (0: nobody knows), “essays read”."""
        if not total:
            self._counted = f" {done:,} {what}" if done else " …"
        elif self._terminal:
            bar = "#" * (_WIDTH * min(done, total) // total)
            self._counted = f" [{bar:-<{_WIDTH}}] {done:,} of {total:,} {what}"
        else:
            self._counted = f": {done:,} of {total:,} {what}"
        self._show()

    def _show(self) -> None:
        with self._lock:
            now = monotonic()
            if now < self._due:
                return
            self._due = now + (_REDRAWN if self._terminal else _LOGGED)
            self._shown = True
            line = f"{self.label}{self._counted or ' …'}"
            if self._terminal:
                columns = shutil.get_terminal_size().columns
                click.echo(f"\r\x1b[K{line[: columns - 1]}", err=True, nl=False)
            else:
                click.echo(line, err=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._due = float("inf")
            if self._shown and self._terminal:
                click.echo("\r\x1b[K", err=True, nl=False)
