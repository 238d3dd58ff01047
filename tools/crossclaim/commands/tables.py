"""Lists of what a collection holds: a line each, in columns."""

from collections.abc import Iterable
from pathlib import Path

import click

from crossclaim.commands.console import print_findings, root_of
from crossclaim.content.collection import load
from crossclaim.content.essay_changes import UNREADABLE
from crossclaim.findings import errors
from crossclaim.model import Collection

# What of these is said is not in the lists, or not as its editor meant it.
_UNREAD = (*UNREADABLE, "no-front-matter")


def listed_collection(folder: Path) -> Collection:
    """The collection, to be listed; what of it cannot be read is said first."""
    loaded, findings = load(root_of(folder))
    print_findings([f for f in errors(findings) if f.code in _UNREAD], folder)
    return loaded


def print_table(head: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    """Print rows under their heads: columns as wide as their texts, numbers to the right."""
    rows = list(rows)
    widths = [max(len(str(row[column])) for row in [head, *rows]) for column in range(len(head))]
    sides = [">" if isinstance(cell, int) else "<" for cell in (rows or [head])[0]]
    for row in [head, *rows]:
        columns = zip(row, sides, widths, strict=True)
        click.echo("  ".join(f"{cell:{side}{width}}" for cell, side, width in columns).rstrip())
