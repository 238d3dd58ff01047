"""A progress bar for what takes longer than a second."""

import sys
import threading
from time import monotonic
from types import TracebackType

import click

_PATIENCE = 1.0  # seconds


class Progress:
    """Shows nothing for a second, then a bar on the terminal, and takes it away at the end.

    Nothing is shown where the messages do not go to a terminal.
    """

    def __init__(self, label: str) -> None:
        """`label` says what is going on."""
        self.label = label
        self.started = monotonic()
        self.shown = False
        self.lock = threading.Lock()
        # A file that is read in one step has no parts to count; then the label alone is shown.
        self.timer = threading.Timer(_PATIENCE, self.step, (0, 0))
        self.timer.daemon = True

    def __enter__(self) -> "Progress":
        self.timer.start()
        return self

    def step(self, done: int, there_is: int) -> None:
        """Say how far it is: parts done, parts there are (0: nobody knows)."""
        if monotonic() - self.started < _PATIENCE or not sys.stderr.isatty():
            return
        with self.lock:
            self.shown = True
            filled = 24 * done // there_is if there_is else 0
            counted = f" [{'#' * filled:-<24}] {done} of {there_is}" if there_is else " …"
            click.echo(f"\r\x1b[K{self.label}{counted}", err=True, nl=False)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.timer.cancel()
        with self.lock:
            if self.shown:
                click.echo("\r\x1b[K", err=True, nl=False)
