"""The command line: words in, one line for everything that is wrong, exit codes 0, 1 and 2."""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from crossclaim.commands.frame import Commands


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


if __name__ == "__main__":
    main()
