"""ids: an address for every paragraph that has none."""

import sys
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import EXIT_FINDINGS, print_findings, quiet_option, root_of, say
from crossclaim.commands.progress import Progress


@click.command()
@quiet_option
@click.pass_obj
def ids(folder: Path) -> None:
    """Write an id for every paragraph that has none, from its opening words.

    Nothing is written where an essay has a tag line that cannot be read: it may hold the id.
    """
    root = root_of(folder)
    with Progress("Reading the essays"):
        given, findings = pipeline.give_ids(root)
    for file, names in given.items():
        say(f"{file}: {', '.join(names)}")
    print_findings(findings, folder)
    if findings:
        click.echo("No id was written.", err=True)
    elif not given:
        say("Every paragraph has an id.")
    sys.exit(EXIT_FINDINGS if findings else 0)
