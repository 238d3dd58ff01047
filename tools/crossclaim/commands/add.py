"""add: originals into the collection; what was taken, left out, and changed by an update."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from crossclaim import files, pipeline
from crossclaim.commands.addition_report import report_in_full, report_of_many
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    can_ask,
    is_quiet,
    plural,
    print_findings,
    quiet_option,
    root_of,
)
from crossclaim.commands.progress import Progress
from crossclaim.content.essay_edit import tagged
from crossclaim.content.memory import make_folder
from crossclaim.findings import Finding
from crossclaim.importing.add import Addition, Plan, read_originals
from crossclaim.importing.document import Document
from crossclaim.importing.last_addition import REPORT
from crossclaim.importing.sources import (
    Request,
    checked_fact,
    read_list,
    readable_files,
    request_of,
)
from crossclaim.importing.update.changes import Change, ChangeKind
from crossclaim.model import Place

_CODES = {ChangeKind.UNPLACED: "unplaced-passage", ChangeKind.CONFLICT: "conflicting-change"}
_HINTS = {
    ChangeKind.UNPLACED: "keep it, or take it out if the author has",
    ChangeKind.CONFLICT: "compare the two, and put into the essay what is right",
}
_FACT_HELP = {
    "publication": "Where they appeared.",
    "date": "When they appeared.",
    "language": "Their language, as a code (en).",
    "rights": "The notice they carry.",
    "publish": "What a public edition may show: full, excerpt or claims.",
}


def _checked(_: click.Context, option: click.Parameter, value: str) -> str:
    fact, complaint = checked_fact(option.name or "", value)
    if complaint:
        raise click.BadParameter(complaint)
    return fact


def _fact_options(command: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(_FACT_HELP):
        option = click.option(f"--{name}", default="", callback=_checked, help=_FACT_HELP[name])
        command = option(command)
    return command


@click.command()
@click.argument("originals", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path),
    help="A list of files (.csv) with columns such as file, title, author, date.",
)
@click.option("--title", default="", help="The title, if the file does not tell.")
@click.option("--id", "id", default="", help="The essay's id; else from the file's name.")
@click.option("--update", default="", help="The essay to update, however much the texts differ.")
@click.option("--author", default="", help="The author's name, if the files do not tell.")
@_fact_options
@click.option("--strict", is_flag=True, help="Refuse files without title or author; all or none.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@quiet_option
@click.pass_obj
def add(
    folder: Path,
    /,
    originals: tuple[Path, ...],
    table: Path | None,
    strict: bool,
    dry_run: bool,
    **given: str,
) -> None:
    """Read originals and write each as an essay of the collection.

    Reads plain text, saved web pages (.html), Word (.docx), EPUB, PDF and Markdown files, and all
    of them in a folder. Says what it took as title, author, notice and biography, and everything it
    left out, with the reason; of several files a line each, and all of it in
    .crossclaim/last-add.txt. The original is kept, byte for byte, in essays/originals/.

    Short lines that several files share (a masthead, a salutation, a signature) are left out of
    them, and named once. A file that names no author is asked about, or added without one.

    A new version of an original that was added before updates its essay: ids and tags stay with
    their paragraphs; what cannot be placed with certainty stays as it was, and is named. Another
    text updates no essay, whatever it is called, unless --update says so. What is given wins over
    the file's and over the essay's.
    """
    root = root_of(folder)
    requests, passed, wrong = _requests(root, originals, table, given)
    failed = len({finding.place for finding in wrong})
    one = len(requests) + len(passed) + failed == 1
    label = requests[0].source.name if len(requests) == 1 else f"{len(requests)} files"
    with Progress(f"Reading {label}") as progress:
        read = read_originals(root, requests, progress.step)
    ask = _ask_author if can_ask() and not is_quiet() else None
    plan = pipeline.add(root, read, dry_run or (strict and bool(wrong)), strict, ask)
    every, failed = failed + len(requests), failed + len(plan.failed)
    if failed and not one:
        click.echo(f"{failed} of {plural(every, 'file')} cannot be added:")
    print_findings([*wrong, *plan.findings], Path())
    undecided = [
        _finding(change, each) for each in plan.additions for change in each.changes if change.open
    ]
    if strict and failed:
        click.echo("Nothing was written.", err=True)
    else:
        _tell(root, plan, passed, dry_run, one)
        print_findings(undecided, folder)
    sys.exit(EXIT_FINDINGS if failed or undecided else 0)


def _tell(root: Path, plan: Plan, passed: Sequence[Path], dry_run: bool, one: bool) -> None:
    """Say what was written, or would be: of one file in full, of several where that stands."""
    reports = ["\n".join(report_in_full(each, dry_run)) for each in plan.additions]
    lines = reports if one else [*report_of_many(plan, passed, dry_run)]
    after = ""
    if reports and not (one and dry_run):
        make_folder(root)
        files.write(root / REPORT, "\n\n".join(["\n".join(lines), *reports][one:]) + "\n")
    if reports and not one:
        after = f"All that was left out, and why: {(root / REPORT).as_posix()}. "
    names = [Path(each.file).stem for each in plan.additions if not each.before]
    if names and not dry_run:
        essay = f" {names[0]}" if one else ""
        after += f"Next: crossclaim suggest{essay}, crossclaim review, crossclaim check."
    for line in filter(None, [*lines, after.rstrip()] if dry_run or not is_quiet() else []):
        click.echo(line)


def _requests(
    root: Path, originals: Sequence[Path], table: Path | None, given: Mapping[str, str]
) -> tuple[list[Request], list[Path], list[Finding]]:
    """What is to be added, which files of folders are passed over, and what is wrong."""
    if not originals and not table:
        raise click.UsageError("name files or folders to add, or a list of them with --from")
    given = {name: " ".join(value.split()) for name, value in given.items()}
    sources, passed, findings = readable_files(originals, root)
    requests = [request_of(source, given) for source in sources]
    if table:
        rows, wrong = read_list(table, given)
        requests, findings = [*requests, *rows], [*findings, *wrong]
    alone = given["title"] or given["id"] or given["update"]
    if alone and (table or len(requests) + len(findings) > 1):
        raise click.UsageError("--title, --id and --update go with one original at a time")
    if given["id"] and given["update"]:
        raise click.UsageError("--id names a new essay, --update one that exists")
    return requests, passed, findings


def _ask_author(source: Path, document: Document) -> str:
    about = f" of “{document.title}”" if document.title else ""
    question = f"{source.name} names no author. Who is the author{about}? (Enter: nobody is named)"
    answer: str = click.prompt(question, default="", show_default=False, err=True)
    return " ".join(answer.split())


def _finding(change: Change, addition: Addition) -> Finding:
    lines = {p.attributes.id: p.line for p in tagged(addition.text) if p.attributes}
    place = Place(addition.file, lines.get(change.name.removeprefix("#"), 1))
    return Finding(_CODES[change.kind], place, f"{change.name}: {change.what}", _HINTS[change.kind])
