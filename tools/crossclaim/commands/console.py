"""Console: the collection's folder, findings as lines, counts, exit codes, for every command."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from crossclaim.content.collection import ESSAYS
from crossclaim.content.settings import SETTINGS
from crossclaim.findings import Finding, errors, refused, summarized, unexpected
from crossclaim.model import Edition, Place

EXIT_FINDINGS = 1  # there are findings, or the command could not do its work

edition_option = click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    default=Edition.READING.value,
    show_default=True,
    callback=lambda _context, _option, value: Edition(value),
    help="What to show: everything, or what each essay's `publish` allows.",
)

_QUIET = f"{__name__}.quiet"
quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _option, value: context.meta.update({_QUIET: value}),
    help="Show no progress, and say nothing where all is well.",
)


def is_quiet() -> bool:
    """Whether the command that runs was given --quiet."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_QUIET))


def say(text: str, err: bool = False) -> None:
    """Print what is good to know where all is well; nothing with --quiet."""
    if not is_quiet():
        click.echo(text, err=err)


def say_not_built(wrong: Sequence[Finding]) -> None:
    """Say that errors stopped a build."""
    click.echo(f"Not built: {plural(len(wrong), 'error')}. The last good site stays.", err=True)


def nearest_collection() -> Path:
    """The folder of the collection one stands in, as seen from here; else the current one."""
    here = Path.cwd()
    for depth, folder in enumerate((here, *here.parents)):
        if _holds_collection(folder):
            return Path(*[".."] * depth)
    return Path()


def _holds_collection(folder: Path) -> bool:
    return (folder / SETTINGS).is_file() and (folder / ESSAYS).is_dir()


def root_of(folder: Path) -> Path:
    """The collection's folder. Raises click.UsageError where it holds none."""
    if not _holds_collection(folder):
        raise click.UsageError(
            f"{folder} holds no collection — go to the folder with {SETTINGS} and {ESSAYS}/, "
            "or name it with --collection"
        )
    return folder


def print_findings(findings: Sequence[Finding], folder: Path) -> None:
    """One line a finding; places are given so that an editor can open them from here."""
    for finding in findings:
        click.echo(str(_located(finding, folder)))


def print_summary(findings: Sequence[Finding], folder: Path) -> bool:
    """The findings with those of one kind together, errors first; whether some are left out."""
    lines = [*summarized(_located(finding, folder) for finding in findings)]
    for line in lines:
        click.echo(line)
    return any(line.startswith("  …") for line in lines)


def _located(finding: Finding, folder: Path) -> Finding:
    finding = from_here(finding)
    if Path(finding.place.file).is_absolute():
        return finding
    file = seen_from_here(folder, finding.place.file)
    return replace(finding, place=replace(finding.place, file=file))


def say_warnings(findings: Sequence[Finding]) -> None:
    """Say how many warnings a check would tell."""
    if findings:
        click.echo(f"{plural(len(findings), 'warning')}: “crossclaim check” tells them.", err=True)


def seen_from_here(folder: Path, place: Place | str) -> str:
    """A place in the collection's folder, or a file of it, so that an editor can open it."""
    return str(place) if folder == Path() else f"{folder.as_posix()}/{place}"


def from_here(finding: Finding) -> Finding:
    """The finding with its place, where the system named it in full, as seen from here."""
    path = Path(finding.place.file)
    if not path.is_absolute() or not path.is_relative_to(Path.cwd()):
        return finding
    place = Place(path.relative_to(Path.cwd()).as_posix(), finding.place.line)
    return replace(finding, place=place)


def failure(error: Exception, folder: Path | None) -> Finding:
    """What failed while a command ran, as a finding."""
    if isinstance(error, OSError):
        return from_here(refused(error))
    return from_here(unexpected(error, Place(str(folder or "."))))


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def count_findings(findings: Sequence[Finding]) -> str:
    """The number of errors, then of warnings, in words."""
    wrong = len(errors(findings))
    return f"{plural(wrong, 'error')}, {plural(len(findings) - wrong, 'warning')}"


def plural(number: int, noun: str) -> str:
    """A number with its noun, in words."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
