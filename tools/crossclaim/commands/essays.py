"""ids, add: essays into the collection."""

import sys
from pathlib import Path

import click

from crossclaim import adding, story
from crossclaim.commands.frame import FOUND, root_of, say


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
@click.option("--title", default="", help="The title, if the first line is not it.")
@click.option("--author", default="", help="The author's name, if the text does not tell.")
@click.option("--id", "essay_id", default="", help="The essay's id; else from the file's name.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.pass_obj
def add(
    folder: Path, originals: tuple[Path, ...], title: str, author: str, essay_id: str, dry_run: bool
) -> None:
    """Read plain-text originals and write each as an essay of the collection.

    Says what it took as title, author, notice and biography, and every line it left out, with
    the reason. The original is kept, byte for byte, in essays/originals/.
    """
    root = root_of(folder)
    if len(originals) > 1 and (title or author or essay_id):
        raise click.UsageError("--title, --author and --id go with one original at a time")
    failed = False
    for source in originals:
        addition, findings = adding.plan(root, source, title, author, essay_id)
        say(findings, Path())
        if addition is None:
            failed = True
            continue
        if not dry_run:
            adding.carry_out(root, addition)
        _report(addition, source, dry_run)
    sys.exit(FOUND if failed else 0)


def _report(addition: adding.Addition, source: Path, dry_run: bool) -> None:
    document = addition.document
    known = "" if addition.new_author else " (already in authors.yml)"
    click.echo(f"{'Would write' if dry_run else 'Wrote'} {addition.file} from {source}")
    for label, value in (
        ("title", document.title),
        ("author", document.author + known),
        ("publication", document.publication),
        ("notice", document.rights),
        ("biography", document.biography),
    ):
        click.echo(f"  {label + ':':<13}{value or '— none found'}")
    click.echo(f"  {'passages:':<13}{addition.passages}")
    if document.left_out:
        click.echo("Left out of the essay:")
    for left in document.left_out:
        click.echo(f"  line {left.line}: {left.reason}: “{left.text}”")
    if not dry_run:
        click.echo("Next: tag its paragraphs or mark them .aside, then run crossclaim check.")
