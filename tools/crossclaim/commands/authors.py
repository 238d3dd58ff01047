"""authors: the authors listed; renamed, merged."""

from collections import Counter
from pathlib import Path

import click

from crossclaim.commands.console import root_of
from crossclaim.commands.planned import dry_run_option, finish, required
from crossclaim.commands.tables import listed_collection, print_table
from crossclaim.content.author_changes import plan_author_merge, plan_author_rename
from crossclaim.names import quoted


@click.group(invoke_without_command=True)
@click.pass_context
def authors(context: click.Context) -> None:
    """List the authors; rename one, or merge those who are one.

    The list tells how many essays an author has.
    """
    if context.invoked_subcommand is not None:
        return
    loaded = listed_collection(context.obj)
    essays = Counter(author for essay in loaded.essays for author in essay.authors)
    rows = ((author.id, essays[author.id], author.name) for author in loaded.authors)
    print_table(("id", "essays", "name"), rows)


@authors.command("rename")
@click.argument("old")
@click.argument("new")
@click.option("--name", default="", help="The name that their essays are to have.")
@dry_run_option
@click.pass_obj
def rename_author(folder: Path, old: str, new: str, name: str, dry_run: bool) -> None:
    """Give the author OLD the id NEW, the page's address.

    With --name the name changes too, in authors.yml and in every essay; NEW may be OLD, to change
    the name alone. OLD is kept under “was”, so that its address still leads to the author. If the
    command is cut off, give it again: it does the rest.
    """
    name = " ".join(name.split())
    planned = required(plan_author_rename(root_of(folder), old, new, name), folder)
    called = f", {name}" if name else ""
    finish(folder, planned, f"“{old}” is now “{new}”{called}.", dry_run)


@authors.command("merge")
@click.argument("gone", nargs=-1, required=True, metavar="FROM…")
@click.argument("kept", metavar="INTO")
@dry_run_option
@click.pass_obj
def merge_authors(folder: Path, gone: tuple[str, ...], kept: str, dry_run: bool) -> None:
    """Make the authors FROM one with the author INTO, the last one named.

    Their essays get the name of INTO, their entries leave authors.yml; their ids are kept under
    “was”, so that their addresses lead to INTO. What the entries said is printed, to be folded in
    by hand. If the command is cut off, give it again: it does the rest.
    """
    planned = required(plan_author_merge(root_of(folder), gone, kept), folder)
    for author in planned.gone:
        click.echo(f"“{author.id}” said, for you to fold into “{kept}”:")
        links = [f"{label}: {address}" for label, address in author.links]
        click.echo(f"  name: {author.name}")
        for key, texts in (("short", [author.short]), ("about", [author.about]), ("links", links)):
            if any(texts):
                click.echo(f"  {key}: {', '.join(texts)}")
    verb = "is" if len(gone) == 1 else "are"
    finish(folder, planned, f"{quoted(gone, 'and')} {verb} now one with “{kept}”.", dry_run)
