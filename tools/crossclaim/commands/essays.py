"""ids, add: essays into the collection."""

import sys
from pathlib import Path

import click

from crossclaim import adding, story
from crossclaim.commands.adding_report import report
from crossclaim.commands.frame import FOUND, root_of, say
from crossclaim.commands.progress import Progress


@click.command()
@click.pass_obj
def ids(folder: Path) -> None:
    """Write an id for every paragraph that has none, from its opening words."""
    given, findings = story.give_ids(root_of(folder))
    for file, names in given.items():
        click.echo(f"{file}: {', '.join(names)}")
    say(findings, folder)
    if not given and not findings:
        click.echo("Every paragraph has an id.")
    sys.exit(FOUND if findings else 0)


@click.command()
@click.argument("originals", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title, if the file does not tell.")
@click.option("--author", default="", help="The author's name, if the file does not tell.")
@click.option("--id", "essay_id", default="", help="The essay's id; else from the file's name.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.pass_obj
def add(
    folder: Path, originals: tuple[Path, ...], title: str, author: str, essay_id: str, dry_run: bool
) -> None:
    """Read originals and write each as an essay of the collection.

    Reads plain text, saved web pages (.html), Word (.docx), EPUB, PDF and Markdown files. Says what
    it took as title, author, notice and biography, and everything it left out, with the reason.
    The original is kept, byte for byte, in essays/originals/.

    A new version of an original that was added before updates its essay: ids and tags stay with
    their paragraphs; what cannot be placed with certainty stays as it was, and is named.
    """
    root = root_of(folder)
    if len(originals) > 1 and (title or author or essay_id):
        raise click.UsageError("--title, --author and --id go with one original at a time")
    failed = False
    for source in originals:
        with Progress(f"Reading {source.name}") as progress:
            request = adding.Request(source, title, author, essay_id)
            addition, findings = adding.plan(root, request, progress.step)
        say(findings, Path())
        if addition is None:
            failed = True
            continue
        if not dry_run:
            adding.carry_out(root, addition)
        undecided = report(addition, source, dry_run)
        say(undecided, folder)
        failed = failed or bool(undecided)
    sys.exit(FOUND if failed else 0)
