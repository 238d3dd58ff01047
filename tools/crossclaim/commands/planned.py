"""Plans shown and carried out: what would change line by line, what was written."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from crossclaim.commands.console import EXIT_FINDINGS, plural, print_findings, seen_from_here
from crossclaim.content.collection import ESSAYS
from crossclaim.content.file_changes import FileChanges, write_changes
from crossclaim.findings import Finding
from crossclaim.model import Place

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show every line that would change, write nothing."
)
_Plan = TypeVar("_Plan", bound=FileChanges)


def required(plan: tuple[_Plan | None, list[Finding]], folder: Path) -> _Plan:
    """The plan; where there is none, why not, and the end."""
    planned, findings = plan
    print_findings(findings, folder)
    if planned is None:
        click.echo("Nothing was written.", err=True)
        sys.exit(EXIT_FINDINGS)
    return planned


def refuse(place: Place, message: str, hint: str, folder: Path) -> None:
    """Say why a command cannot go on without an answer, and end it."""
    required((None, [Finding("bad-answer", place, message, hint)]), folder)


def require_consent(what: str, still_so: Callable[[], bool], folder: Path) -> None:
    """Go on only if somebody agrees that this be removed, and the plan is still the same then."""
    if not click.confirm(f"Remove {what}?"):
        required((None, []), folder)
    if not still_so():
        refuse(Place(ESSAYS), "a file was changed meanwhile", "give the command again", folder)


def finish(folder: Path, planned: FileChanges, done: str, dry_run: bool) -> None:
    """Write a plan and say so, or with `dry_run` show it."""
    if not planned.changes and not planned.removed:
        click.echo(f"Nothing to change: {done}")
        return
    if dry_run:
        show(folder, planned, [change.file for change in planned.changes])
        return
    write_changes(folder, planned)
    click.echo(done)
    for change in planned.changes:
        changed = sum(max(len(old), len(new)) for _, old, new in change.lines())
        moved = f", now {seen_from_here(folder, change.to)}" if change.to else ""
        click.echo(f"  {seen_from_here(folder, change.file)}: {plural(changed, 'line')}{moved}")
    for file in planned.removed:
        click.echo(f"  {seen_from_here(folder, file)}: removed")


def show(folder: Path, planned: FileChanges, files: Iterable[str]) -> None:
    """Print every line of these files that changes, before and after."""
    for change in planned.changes:
        for line, old, new in change.lines() if change.file in files else ():
            click.echo(seen_from_here(folder, f"{change.file}:{line}"))
            for sign, lines in (("-", old), ("+", new)):
                for text in lines:
                    click.echo(f"  {sign} {text.rstrip()}")
        if change.to:
            click.echo(f"{seen_from_here(folder, change.file)} becomes {change.to}")
    for file in planned.removed:
        click.echo(f"{seen_from_here(folder, file)} goes")
