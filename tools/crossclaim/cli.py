"""The command line: words in, one line for everything that is wrong, exit codes 0, 1 and 2."""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from crossclaim.commands.agreement import agreement
from crossclaim.commands.beginning import new
from crossclaim.commands.claims import claims
from crossclaim.commands.essays import add, ids
from crossclaim.commands.frame import Commands
from crossclaim.commands.reviewing import review
from crossclaim.commands.site import build, check, serve
from crossclaim.commands.suggesting import suggest


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--collection",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The collection's folder; the current one if not given.",
)
@click.version_option(package_name="crossclaim")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Essays by different authors in; a site out in which every paragraph carries its claims and
    every claim lists every author's paragraphs.
    """
    context.obj = folder
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow terminal is no reason to fail


for command in (new, add, suggest, review, check, build, serve, ids, claims, agreement):
    main.add_command(command)


if __name__ == "__main__":
    main()
