"""add: originals into the collection; what was taken, left out, and changed by an update."""

import difflib
import re
import sys
from collections import Counter
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    is_quiet,
    print_findings,
    quiet_option,
    root_of,
)
from crossclaim.commands.progress import Progress
from crossclaim.content.essay_edit import tagged
from crossclaim.findings import Finding
from crossclaim.importing.add import Addition, Request
from crossclaim.importing.document import LeftOut
from crossclaim.importing.update.changes import Change, ChangeKind
from crossclaim.model import Place

_SHOWN = 2000  # characters of what was left out
_CODES = {ChangeKind.UNPLACED: "unplaced-passage", ChangeKind.CONFLICT: "conflicting-change"}
_HINTS = {
    ChangeKind.UNPLACED: "keep it, or take it out if the author has",
    ChangeKind.CONFLICT: "compare the two, and put into the essay what is right",
}


@click.command()
@click.argument("originals", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title, if the file does not tell.")
@click.option("--author", default="", help="The author's name, if the file does not tell.")
@click.option("--id", "essay_id", default="", help="The essay's id; else from the file's name.")
@click.option("--update", default="", help="The essay to update, however much the texts differ.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@quiet_option
@click.pass_obj
def add(
    folder: Path,
    originals: tuple[Path, ...],
    title: str,
    author: str,
    essay_id: str,
    update: str,
    dry_run: bool,
) -> None:
    """Read originals and write each as an essay of the collection.

    Reads plain text, saved web pages (.html), Word (.docx), EPUB, PDF and Markdown files. Says what
    it took as title, author, notice and biography, and everything it left out, with the reason.
    The original is kept, byte for byte, in essays/originals/.

    A new version of an original that was added before updates its essay: ids and tags stay with
    their paragraphs; what cannot be placed with certainty stays as it was, and is named. Another
    text updates no essay, whatever it is called, unless --update says so. A title or an author that
    is given wins over the file's and over the essay's.
    """
    root = root_of(folder)
    if len(originals) > 1 and (title or author or essay_id or update):
        options = "--title, --author, --id and --update"
        raise click.UsageError(f"{options} go with one original at a time")
    if essay_id and update:
        raise click.UsageError("--id names a new essay, --update one that exists")
    failed = False
    for source in originals:
        with Progress(f"Reading {source.name}") as progress:
            request = Request(source, title, author, essay_id, update)
            addition, findings = pipeline.add(root, request, dry_run, progress.step)
        print_findings(findings, Path())
        if addition is None:
            failed = True
            continue
        if dry_run or not is_quiet():
            print_addition(addition, source, dry_run)
        undecided = [_finding(change, addition) for change in addition.changes if change.open]
        print_findings(undecided, folder)
        failed = failed or bool(undecided)
    sys.exit(EXIT_FINDINGS if failed else 0)


def print_addition(addition: Addition, source: Path, dry_run: bool) -> None:
    """Say what was written, or would be."""
    for remark in addition.document.remarks:
        click.echo(f"Note: {remark}")
    if addition.before:
        _updated(addition, source, dry_run)
    else:
        _new(addition, source, dry_run)
    if addition.document.left_out and (addition.changes or not addition.before):
        click.echo("Left out of the essay:")
    for left in addition.document.left_out:
        click.echo(f"  {_where(left)}{left.reason}: “{_short(left.text)}”")
    if dry_run:
        _show(addition)
    elif not addition.before:
        click.echo(
            f"Next: crossclaim suggest {Path(addition.file).stem}, crossclaim review, "
            "crossclaim check."
        )


def _new(addition: Addition, source: Path, dry_run: bool) -> None:
    document = addition.document
    known = "" if addition.new_author else " (already in authors.yml)"
    click.echo(f"{'Would write' if dry_run else 'Wrote'} {addition.file} from {source}")
    for label, value in (
        ("title", document.title),
        ("author", document.author + known),
        ("publication", document.publication),
        ("date", document.date),
        ("language", document.language),
        ("address", document.address),
        ("notice", document.rights),
        ("biography", document.biography),
    ):
        click.echo(f"  {label + ':':<13}{value or '— none found'}")
    click.echo(f"  {'passages:':<13}{addition.passages}")
    if document.notes:
        click.echo(f"  {'footnotes:':<13}{len(document.notes)}")


def _updated(addition: Addition, source: Path, dry_run: bool) -> None:
    if addition.text == addition.before and not addition.changes:
        click.echo(f"{addition.file} is up to date with {source}; nothing to do.")
        return
    click.echo(f"{'Would update' if dry_run else 'Updated'} {addition.file} from {source}")
    counts = Counter(change.kind for change in addition.changes)
    click.echo("  " + ", ".join(f"{counts[kind]} {kind}" for kind in ChangeKind if counts[kind]))
    for change in addition.changes:
        if not change.open:
            click.echo(f"  {change.kind}: {change.name} {change.what}".replace(":  ", ": "))


def _lines(addition: Addition) -> dict[str, int]:
    """The line of each passage in the essay as it will be."""
    return {p.attributes.id: p.line for p in tagged(addition.text) if p.attributes}


def _finding(change: Change, addition: Addition) -> Finding:
    lines = _lines(addition)
    place = Place(addition.file, lines.get(change.name.removeprefix("#"), 1))
    return Finding(_CODES[change.kind], place, f"{change.name}: {change.what}", _HINTS[change.kind])


def _show(addition: Addition) -> None:
    """The essay as it would be; of one that exists, what would change."""
    if not addition.before:
        click.echo(f"--- {addition.file}\n{addition.text}", nl=False)
        return
    before, after = addition.before.splitlines(), addition.text.splitlines()
    named = f"{addition.file} as it is", f"{addition.file} as it would be"
    for line in difflib.unified_diff(before, after, *named, lineterm="", n=1):
        click.echo(line)


def _where(left: LeftOut) -> str:
    if left.line:
        return f"line {left.line}: "
    return f"{left.where}: " if left.where else ""


def _short(text: str) -> str:
    text = re.sub(r"[^\S\xa0]+", " ", text).strip()
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
