"""ids: an address for every paragraph that has none."""

import sys
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import EXIT_FINDINGS, print_findings, root_of


@click.command()
@click.pass_obj
def ids(folder: Path) -> None:
    """Write an id for every paragraph that has none, from its opening words."""
    given, findings = pipeline.give_ids(root_of(folder))
    for file, names in given.items():
        click.echo(f"{file}: {', '.join(names)}")
    print_findings(findings, folder)
    if not given and not findings:
        click.echo("Every paragraph has an id.")
    sys.exit(EXIT_FINDINGS if findings else 0)
