"""The command line: words in, one line for everything that is wrong, exit codes 0, 1 and 2."""

import atexit
import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

import click

from crossclaim import __version__

# Each is the function of its own name in the module of its own name, with its first sentence.
COMMANDS = {
    "add": "Read originals and write each as an essay of the collection.",
    "agreement": "Compare the collection's tags with those of another tagger's copy.",
    "authors": "List the authors; rename one, or merge those who are one.",
    "build": "Check the collection, write its pages and render the site.",
    "check": "Say what is wrong with the collection, or with the essays named.",
    "claims": "List the claims; rename, merge, split or remove some.",
    "essays": "List the essays; rename or remove some.",
    "ids": "Write an id for every paragraph that has none, from its opening words.",
    "new": "Start a collection in DIR, a new or empty folder.",
    "review": "Review suggested tags on a local page, paragraph by paragraph, from the keyboard.",
    "serve": "Serve the site and rebuild it whenever an essay, a page or a setting is saved.",
    "suggest": "Suggest claims for untagged paragraphs, in all essays or in those named.",
}
# So many are made before those no longer in use are looked for: a collection is many small objects
# of which nearly all stay in use, and looking took a twentieth of a build.
_OBJECTS = 500_000


class Commands(click.Group):
    """The commands, each imported when it is asked for; what fails in any of them is one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"crossclaim.commands.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, as click does, but importing none of them."""
        width = formatter.width - 6 - max(map(len, COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=summary).get_short_help_str(width))
                    for name, summary in COMMANDS.items()
                ]
            )

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what goes wrong is one line and exit code 1."""
        gc.set_threshold(_OBJECTS)
        atexit.register(gc.disable)  # nor at the end, when all goes anyway
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:
            # Imported here, so that --help and --version need nothing but click.
            from crossclaim.commands.console import EXIT_FINDINGS, failure

            click.echo(str(failure(error, ctx.obj)))
            sys.exit(EXIT_FINDINGS)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--collection",
    "folder",
    type=click.Path(path_type=Path),
    help="The collection's folder; the current one, or the nearest above it, if not given.",
)
@click.version_option(__version__, prog_name="crossclaim")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Essays by different authors in; a site out in which every paragraph carries its claims and
    every claim lists every author's paragraphs.
    """
    context.obj = folder or Path()
    if folder is None and context.invoked_subcommand != "new":
        from crossclaim.commands.console import nearest_collection

        context.obj = nearest_collection()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow terminal is no reason to fail


if __name__ == "__main__":
    main()
