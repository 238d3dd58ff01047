"""new: a collection of one's own."""

import sys
from pathlib import Path

import click

from crossclaim.commands import starter
from crossclaim.commands.console import EXIT_FINDINGS, print_findings


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The site's name; else the folder's, in words.")
@click.pass_obj
def new(folder: Path, directory: Path, title: str) -> None:
    """Start a collection in DIR, a new or empty folder.

    It holds the site's settings, a first set of claims, and one worked example: an essay with its
    original, tagged with all five stances.
    """
    where = folder / directory
    findings = starter.start(where, " ".join(title.split()) or starter.name_of(where))
    print_findings(findings, Path())
    if findings:
        sys.exit(EXIT_FINDINGS)
    click.echo(f"Started a collection in {where}, with one essay as an example.")
    click.echo("Next: read its README.md, then run there: crossclaim check, crossclaim build.")
