"""essays: the essays listed; renamed, removed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from crossclaim.commands.console import (
    EXIT_FINDINGS,
    can_ask,
    plural,
    print_findings,
    root_of,
    seen_from_here,
)
from crossclaim.commands.planned import (
    dry_run_option,
    finish,
    refuse,
    require_consent,
    required,
)
from crossclaim.commands.tables import listed_collection, print_table
from crossclaim.content.essay_changes import EssayChanges, plan_essay_removal, plan_essay_rename
from crossclaim.importing.last_addition import take_back
from crossclaim.model import Collection
from crossclaim.names import quoted

_HEAD = ("id", "author", "date", "passages", "tagged", "aside", "suggested", "untagged", "title")


@click.group(invoke_without_command=True)
@click.pass_context
def essays(context: click.Context) -> None:
    """List the essays; rename or remove some.

    The list tells how many passages an essay has, and how many of them are tagged, set aside, have
    suggestions that wait for somebody, or are untagged.
    """
    if context.invoked_subcommand is None:
        print_table(_HEAD, _rows(listed_collection(context.obj)))


def _rows(loaded: Collection) -> Iterator[tuple[str | int, ...]]:
    names = {author.id: author.name for author in loaded.authors}
    for essay in loaded.essays:
        suggested = sum(bool(p.suggestions) for p in essay.passages)
        tagged = sum(bool(p.reviewed) and not p.suggestions for p in essay.passages)
        aside = sum(p.aside and not p.tags for p in essay.passages)
        count = len(essay.passages)
        yield (
            essay.id,
            ", ".join(names[author] for author in essay.authors),
            essay.date,
            *(count, tagged, aside, suggested, count - tagged - aside - suggested),
            essay.title,
        )


@essays.command("rename")
@click.argument("old")
@click.argument("new")
@dry_run_option
@click.pass_obj
def rename_essay(folder: Path, old: str, new: str, dry_run: bool) -> None:
    """Give the essay OLD the id NEW: its file and its page's address.

    OLD is kept under “was”, so that its address, and those of its paragraphs, still lead there. The
    original keeps its name. Links to the file in other essays are yours to change; they are named.
    """
    planned = required(plan_essay_rename(root_of(folder), old, new), folder)
    old = Path(old).stem if old.endswith(".md") else old
    _tell_links(folder, planned, [old])
    finish(folder, planned, f"“{old}” is now “{new}”.", dry_run)


@essays.command("remove")
@click.argument("gone", nargs=-1, metavar="ESSAY…")
@click.option("--last", is_flag=True, help="Take the last `add` back: all that it wrote.")
@click.option("--was", "kept", metavar="KEPT", default="", help="Let the addresses lead to KEPT.")
@click.option("--authors", is_flag=True, help="Take authors out who have no other essay.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@dry_run_option
@click.pass_obj
def remove_essays(
    folder: Path,
    gone: tuple[str, ...],
    last: bool,
    kept: str,
    authors: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Remove essays, with their tags, and the originals that no other essay came from.

    All that goes is printed first; then you are asked. Claims stay, and those that no passage
    carries any more are named; so are authors who have no essay left, and with --authors they go.
    The addresses go as well, unless --was names an essay that they shall lead to.

    With --last, the files that the last `add` wrote become what they were before it, unless one of
    them was changed since.
    """
    root = root_of(folder)
    if bool(gone) == last or (last and (kept or authors)):
        raise click.UsageError("name essays, or give --last alone")
    if last:
        _take_back(folder, dry_run)
        return
    plan = plan_essay_removal(root, gone, kept, authors)
    planned = required(plan, folder)
    names = quoted([essay.id for essay in planned.gone], "and")
    if not yes and not dry_run and not can_ask():
        passages = sum(len(essay.passages) for essay in planned.gone)
        message = f"{names} would go, with {plural(passages, 'passage')}"
        hint = "give --yes to remove, --dry-run to see what goes"
        refuse(planned.gone[0].place, message, hint, folder)
    _tell_what_goes(folder, planned, authors)
    if not yes and not dry_run:
        require_consent(
            names, lambda: plan_essay_removal(root, gone, kept, authors) == plan, folder
        )
    verb = "is" if len(planned.gone) == 1 else "are"
    finish(folder, planned, f"{names} {verb} removed.", dry_run)


def _take_back(folder: Path, dry_run: bool) -> None:
    changed, findings = take_back(root_of(folder), dry_run)
    print_findings(findings, folder)
    if findings:
        sys.exit(EXIT_FINDINGS)
    for file in changed:
        click.echo(f"  {seen_from_here(folder, file)}")
    verb = "would be" if dry_run else "is"
    click.echo(f"The last addition {verb} taken back: {plural(len(changed), 'file')}.")


def _tell_what_goes(folder: Path, planned: EssayChanges, authors: bool) -> None:
    for essay in planned.gone:
        tagged = sum(bool(passage.reviewed) for passage in essay.passages)
        count = plural(len(essay.passages), "passage")
        click.echo(f"“{essay.id}” goes: “{essay.title}”, {count}, {tagged} of them tagged.")
    if planned.unmade:
        click.echo(f"No other passage carries {quoted(planned.unmade, 'and')}.")
    for author in planned.without:
        end = "and goes" if authors else "and stays; --authors would take the entry out"
        place = seen_from_here(folder, author.place)
        click.echo(f"{author.name} ({place}) has no other essay, {end}.")
    _tell_links(folder, planned, [essay.id for essay in planned.gone])
    if planned.lost:
        pages = " and ".join(f"essays/{name}.html" for name in planned.lost)
        click.echo(f"Whoever follows {pages} will find nothing; --was KEPT would lead them on.")


def _tell_links(folder: Path, planned: EssayChanges, names: list[str]) -> None:
    if planned.linking:
        places = ", ".join(seen_from_here(folder, place) for place in planned.linking)
        click.echo(f"Look at what links to {quoted(names, 'or')}: {places}.")
