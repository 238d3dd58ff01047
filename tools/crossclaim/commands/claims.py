"""claims rename, claims merge: what claims are called, in the registry and in every essay."""

import sys
from pathlib import Path

import click

from crossclaim.commands.console import EXIT_FINDINGS, plural, print_findings, root_of
from crossclaim.content import renaming
from crossclaim.findings import Finding


@click.group()
def claims() -> None:
    """Rename claims, or merge two into one, in claims.yml and in every essay."""


@claims.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Show every line that would change, write nothing.")
@click.pass_obj
def rename(folder: Path, old: str, new: str, dry_run: bool) -> None:
    """Give the claim OLD the id NEW.

    Every tag, every “opposes” and “supports”, and every “about” that names it is rewritten. OLD
    is kept under “was”, so that its address still leads to the claim. If the command is cut off,
    give it again: it does the rest.
    """
    planned, findings = renaming.plan_rename(root_of(folder), old, new)
    done = f"“{old}” is now “{new}”."
    _finish(folder, planned, findings, done, dry_run)


@claims.command()
@click.argument("gone", nargs=-1, required=True)
@click.argument("kept")
@click.option("--dry-run", is_flag=True, help="Show every line that would change, write nothing.")
@click.pass_obj
def merge(folder: Path, gone: tuple[str, ...], kept: str, dry_run: bool) -> None:
    """Make the claims GONE part of the claim KEPT, the last one named.

    KEPT stays as it is worded; the entries of GONE leave claims.yml. Tags with GONE become tags
    with KEPT, relations are united, and GONE is kept under “was”, so that its address leads to
    KEPT. What GONE said under “about” is printed, to be folded in by hand. A passage that takes
    different stances on the two is yours to decide: nothing is written until it is. If the
    command is cut off, give it again: it does the rest.
    """
    planned, findings = renaming.plan_merge(root_of(folder), gone, kept)
    names = " and ".join(f"“{name}”" for name in gone)
    done = f"{names} {'is' if len(gone) == 1 else 'are'} now part of “{kept}”."
    _finish(folder, planned, findings, done, dry_run)


def _finish(
    folder: Path,
    planned: renaming.Renaming | None,
    findings: list[Finding],
    done: str,
    dry_run: bool,
) -> None:
    print_findings(findings, folder)
    if planned is None:
        click.echo("Nothing was written.", err=True)
        sys.exit(EXIT_FINDINGS)
    if not planned.changes:
        click.echo(f"Nothing to change: {done}")
        return
    _leave_to_the_editor(planned, dry_run)  # before it is gone from the file
    if dry_run:
        _show(planned)
        return
    renaming.write_renaming(folder, planned)
    click.echo(done)
    for change in planned.changes:
        changed = sum(max(len(old), len(new)) for _, old, new in change.lines())
        click.echo(f"  {change.file}: {plural(changed, 'line')}")


def _show(planned: renaming.Renaming) -> None:
    for change in planned.changes:
        for line, old, new in change.lines():
            click.echo(f"{change.file}:{line}")
            for sign, lines in (("-", old), ("+", new)):
                for text in lines:
                    click.echo(f"  {sign} {text.rstrip()}")


def _leave_to_the_editor(planned: renaming.Renaming, dry_run: bool) -> None:
    """What only a person can do: fold in what counted as making a claim that is no more."""
    kept = planned.kept
    for claim in planned.gone:
        click.echo(f"“{claim.id}” said, for you to fold into “{kept.id}”:")
        click.echo(f"  claim: {claim.sentence}")
        click.echo(f"  about: {claim.about}")
    if planned.gone and kept.id in kept.about:
        verb = "would name" if dry_run else "will name"
        click.echo(f"The “about” of “{kept.id}” {verb} that claim itself: reword it.")
