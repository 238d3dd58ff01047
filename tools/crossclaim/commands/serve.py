"""serve: the site, rebuilt as the editor saves."""

import os
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crossclaim.commands.console import (
    EXIT_FINDINGS,
    edition_option,
    plural,
    print_summary,
    quiet_option,
    root_of,
    say,
    say_not_built,
    say_warnings,
)
from crossclaim.model import Edition

if TYPE_CHECKING:
    from crossclaim.commands.live import Rebuilt
    from crossclaim.findings import Finding


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port."
)
@click.option("--no-open", is_flag=True, help="Say the address, open no browser.")
@edition_option
@quiet_option
@click.pass_obj
def serve(folder: Path, host: str, port: int, no_open: bool, edition: Edition) -> None:
    """Serve the site and rebuild it whenever an essay, a page or a setting is saved.

    A page that is open shows anew when it changes; an error is shown on it as well, and the last
    good site stays. Ctrl-C ends it.
    """
    from crossclaim.commands.live import serve_live

    root = root_of(folder)
    said = Said(folder)

    def serving(address: str) -> None:
        say(f"Serving {address}, rebuilt as you save. Ctrl-C ends it.")
        if not no_open and sys.stdout.isatty() and _has_browser():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    findings = serve_live(root, host, port, edition, serving, said.report)
    if findings:
        click.echo(f"Not served: {plural(len(findings), 'error')}.", err=True)
        sys.exit(EXIT_FINDINGS)


class Said:
    """What the editor has been told: errors are said each time, alone; a warning when it is new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before: set[tuple[str, str, str]] | None = None

    def report(self, built: "Rebuilt") -> None:
        """Say what a build found; of every one but the first, its time and what is new."""
        if built.wrong:
            print_summary(built.wrong, self.folder)
            if self.before is not None:
                say_not_built(built.wrong)
            return
        known = built.checked.findings if built.checked and self.before is None else ()
        say_warnings(known)
        before = {_lasting(f) for f in known} | (self.before or set())
        print_summary([f for f in built.findings if _lasting(f) not in before], self.folder)
        if self.before is not None:
            changes = built.checked.changes if built.checked else ()
            say(" ".join((f"Rebuilt in {built.seconds:.1f} s.", *changes)))
        self.before = {_lasting(f) for f in built.findings}


def _lasting(finding: "Finding") -> tuple[str, str, str]:
    """What stays of a finding when lines are written above it."""
    return finding.code, finding.place.file, finding.message


def _has_browser() -> bool:
    """Whether a browser opens beside the terminal, and not in it."""
    beside = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(beside) or sys.platform in ("darwin", "win32")
