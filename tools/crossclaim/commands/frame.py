"""What every command shares: the collection's folder, findings as lines, counts, exit codes."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from crossclaim.collection import ESSAYS
from crossclaim.findings import Finding, errors, refused, unexpected
from crossclaim.model import Place
from crossclaim.settings import SETTINGS

FOUND = 1


class Commands(click.Group):
    """The commands; what the system refuses any of them is one line too."""

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
