"""What every command shares: the collection's folder, findings as lines, counts, exit codes."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from crossclaim.content.collection import ESSAYS
from crossclaim.content.settings import SETTINGS
from crossclaim.findings import Finding, errors, refused, unexpected
from crossclaim.model import Place

FOUND = 1


# Each is the function of its own name in the module of its own name, here.
NAMES = ("add", "agreement", "build", "check", "claims", "ids", "new", "review", "serve", "suggest")


class Commands(click.Group):
    """The commands, each imported when it is asked for; what fails in any of them is one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, or None."""
        if name not in NAMES:
            return None
        command: click.Command = getattr(import_module(f"crossclaim.commands.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what goes wrong is one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            finding = refused(error)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:
            finding = unexpected(error, Place(str(ctx.obj or ".")))
        click.echo(str(from_here(finding)))
        sys.exit(FOUND)


def root_of(folder: Path) -> Path:
    """The collection's folder. Raises click.UsageError where it holds none."""
    if not (folder / SETTINGS).is_file() or not (folder / ESSAYS).is_dir():
        raise click.UsageError(
            f"{folder} holds no collection — go to the folder with {SETTINGS} and {ESSAYS}/, "
            "or name it with --collection"
        )
    return folder


def say(findings: Sequence[Finding], folder: Path) -> None:
    """One line a finding; places are given so that an editor can open them from here."""
    for finding in map(from_here, findings):
        line = str(finding)
        if folder != Path() and not Path(finding.place.file).is_absolute():
            line = line.replace(str(finding.place), f"{folder.as_posix()}/{finding.place}", 1)
        click.echo(line)


def from_here(finding: Finding) -> Finding:
    """The finding with its place, where the system named it in full, as seen from here."""
    whole = Path(finding.place.file)
    if not whole.is_absolute() or not whole.is_relative_to(Path.cwd()):
        return finding
    place = Place(whole.relative_to(Path.cwd()).as_posix(), finding.place.line)
    return replace(finding, place=place)


def counted(findings: Sequence[Finding]) -> str:
    """The findings in words: errors, then warnings."""
    wrong = len(errors(findings))
    mild = len(findings) - wrong
    return f"{many(wrong, 'error')}, {many(mild, 'warning')}"


def many(number: int, thing: str) -> str:
    """A number with its thing, in words."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
