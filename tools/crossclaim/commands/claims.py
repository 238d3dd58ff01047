"""claims: the claims listed; renamed, merged, split, removed in the registry and every essay."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from crossclaim.commands.console import can_ask, plural, root_of, seen_from_here
from crossclaim.commands.planned import (
    dry_run_option,
    finish,
    refuse,
    require_consent,
    required,
    show,
)
from crossclaim.commands.split_answers import (
    answers_given,
    ask_for_answers,
    indented,
    stances_taken,
)
from crossclaim.commands.tables import listed_collection, print_table
from crossclaim.content import renaming
from crossclaim.content.claim_conflicts import TaggedPassage
from crossclaim.content.collection import CLAIMS
from crossclaim.content.renaming import Renaming
from crossclaim.model import Claim, Collection, Stance
from crossclaim.names import quoted
from crossclaim.site.index import Index


@click.group(invoke_without_command=True)
@click.pass_context
def claims(context: click.Context) -> None:
    """List the claims; rename, merge, split or remove some.

    The list tells how many passages carry a claim and by how many authors, how many of these make
    it and how many reject it; and how many suggestions wait for somebody.
    """
    if context.invoked_subcommand is None:
        print_table(_HEAD, _rows(listed_collection(context.obj)))


@claims.command()
@click.argument("old")
@click.argument("new")
@dry_run_option
@click.pass_obj
def rename(folder: Path, old: str, new: str, dry_run: bool) -> None:
    """Give the claim OLD the id NEW.

    Every tag, every “opposes” and “supports”, and every “about” that names it is rewritten. OLD
    is kept under “was”, so that its address still leads to the claim. If the command is cut off,
    give it again: it does the rest.
    """
    planned = required(renaming.plan_rename(root_of(folder), old, new), folder)
    finish(folder, planned, f"“{old}” is now “{new}”.", dry_run)


@claims.command()
@click.argument("gone", nargs=-1, required=True)
@click.argument("kept")
@dry_run_option
@click.pass_obj
def merge(folder: Path, gone: tuple[str, ...], kept: str, dry_run: bool) -> None:
    """Make the claims GONE part of the claim KEPT, the last one named.

    KEPT stays as it is worded; the entries of GONE leave claims.yml. Tags with GONE become tags
    with KEPT, relations are united, and GONE is kept under “was”, so that its address leads to
    KEPT. What GONE said under “about” is printed, to be folded in by hand. A passage that takes
    different stances on the two is yours to decide: nothing is written until it is. If the
    command is cut off, give it again: it does the rest.
    """
    planned = required(renaming.plan_merge(root_of(folder), gone, kept), folder)
    _leave_to_the_editor(planned, dry_run)
    verb = "is" if len(gone) == 1 else "are"
    finish(folder, planned, f"{quoted(gone, 'and')} {verb} now part of “{kept}”.", dry_run)


@claims.command("split")
@click.argument("old")
@click.argument("new", nargs=-1, required=True)
@click.option(
    "--to",
    multiple=True,
    metavar="[ESSAY#PASSAGE=]NEW[,NEW…]",
    help="Which of NEW a passage makes, or all that are not named; “-” for none. Repeatable.",
)
@dry_run_option
@click.pass_obj
def split_into(
    folder: Path, old: str, new: tuple[str, ...], to: tuple[str, ...], dry_run: bool
) -> None:
    """Make the claim OLD two or more claims NEW; one of them may be OLD itself.

    Which of them each passage makes, one, several or none, is asked, passage by passage, in every
    essay; --to answers for scripts. The stance stays, a suggestion stays one, deciding words go
    along. A NEW that claims.yml lacks is put in where OLD stands and says what OLD says: check
    reports one sentence in two entries until you have reworded them. One that exists stays as it
    is worded. Unless OLD stays, it is kept under “was” of every NEW, and its address leads to a
    page that names them. Other claims that oppose, support or mention OLD are left as they are
    and named, since only you can say which NEW they mean. If the command is cut off, give it
    again: it does the rest.
    """
    if len(new) < 2 or len(set(new)) < len(new):
        raise click.UsageError("name two or more different claims that OLD is to become")
    passages, findings = renaming.read_split(root_of(folder), old, new)
    if findings:
        required((None, findings), folder)
    answers = answers_given(to, passages)
    if can_ask():
        answers |= ask_for_answers(passages, new, answers)
    planned = required(renaming.plan_split(folder, old, new, answers), folder)
    _leave_to_the_editor(planned, dry_run)
    _tell_what_goes(folder, planned.losing)
    _tell_what_to_reword(folder, planned, old, stays=old in new)
    finish(folder, planned, f"“{old}” is now {quoted(new, 'and')}.", dry_run)


@claims.command()
@click.argument("claim")
@click.option("--was", "kept", metavar="KEPT", default="", help="Let its address lead to KEPT.")
@click.option("--yes", is_flag=True, help="Take its tags out without asking.")
@dry_run_option
@click.pass_obj
def remove(folder: Path, claim: str, kept: str, yes: bool, dry_run: bool) -> None:
    """Take CLAIM out of claims.yml, with its tags in every essay and the relations that name it.

    All that goes is printed first: its entry, every relation, every tag with its deciding words,
    and the passages that are left without any tag; then you are asked. Its address goes as well,
    unless --was names a claim that it shall lead to. If the command is cut off, give it again: it
    does the rest.
    """
    plan = renaming.plan_remove(root_of(folder), claim, kept)
    planned = required(plan, folder)
    asks = bool(planned.losing) and not yes and not dry_run
    if asks and not can_ask():
        message = f"“{claim}” is on {plural(len(planned.losing), 'passage')}, which would lose it"
        hint = "give --yes to take its tags out, --dry-run to see them"
        refuse(planned.losing[0].place, message, hint, folder)
    if not dry_run:
        show(folder, planned, [CLAIMS])
    _tell_what_goes(folder, planned.losing)
    _tell_who_names(folder, planned.naming, claim)
    if planned.lost:
        pages = " and ".join(f"claims/{name}.html" for name in planned.lost)
        click.echo(f"Whoever follows {pages} will find nothing; --was KEPT would lead them on.")
    if asks:
        require_consent(
            f"“{claim}”", lambda: renaming.plan_remove(folder, claim, kept) == plan, folder
        )
    finish(folder, planned, f"“{claim}” is removed.", dry_run)


# -- what is printed

_HEAD = ("id", "passages", "authors", "for", "against", "suggested", "label")


def _rows(loaded: Collection) -> Iterator[tuple[str | int, ...]]:
    index = Index(loaded, "")
    for claim in index.claims.values():
        occurrences = index.occurrences(claim.id)
        stances = {
            author: {occurrence.tag.stance for occurrence in own}
            for author, own in index.by_author(claim.id).items()
        }
        yield (
            claim.id,
            len({(o.essay.id, o.passage.number) for o in occurrences}),
            len(stances),
            len(index.makers(claim.id)),
            sum(Stance.REJECTS in own for own in stances.values()),
            len(index.suggested_occurrences(claim.id)),
            claim.name,
        )


def _leave_to_the_editor(planned: Renaming, dry_run: bool) -> None:
    """What only a person can do: fold in what counted as making a claim that is no more."""
    names = [claim.id for claim in planned.kept]
    for claim in planned.gone:
        click.echo(f"“{claim.id}” said, for you to fold into {quoted(names, 'and')}:")
        for key, text in _texts(claim, relations=len(names) > 1):
            click.echo(f"  {key}: {text}")
    for kept in planned.kept:
        if planned.gone and kept.id in kept.about and len(names) == 1:
            verb = "would name" if dry_run else "will name"
            click.echo(f"The “about” of “{kept.id}” {verb} that claim itself: reword it.")


def _texts(claim: Claim, relations: bool) -> list[tuple[str, str]]:
    """An entry's texts, by their names; relations too, unless they are kept anyway."""
    texts = [("label", claim.label), ("claim", claim.sentence), ("also", ", ".join(claim.also))]
    texts += [("about", claim.about)]
    if relations:
        texts += [
            ("theme", claim.theme),
            ("opposes", ", ".join(claim.opposes)),
            ("supports", ", ".join(claim.supports)),
        ]
    return [(key, text) for key, text in texts if text]


def _tell_what_goes(folder: Path, losing: Iterable[TaggedPassage]) -> None:
    """Every tag that goes, with its deciding words, and whether its passage has none left."""
    for passage in losing:
        opening = " ".join(passage.passage.words.split()[:6])
        place = seen_from_here(folder, passage.place)
        click.echo(f"{place} “{opening} …” no longer {stances_taken(passage)}.")
        if passage.deciding_words:
            click.echo(indented(f"Its deciding words go: “{passage.deciding_words}”"))
        if passage.is_bare_without:
            click.echo("  It is left without a tag: give it another, or mark it .aside.")


def _tell_what_to_reword(folder: Path, planned: Renaming, old: str, stays: bool) -> None:
    if planned.new:
        names = quoted([claim.id for claim in planned.new], "and")
        verb = "says" if len(planned.new) == 1 else "say"
        click.echo(
            f"Reword in claims.yml: {names} {verb} what “{old}” {'says' if stays else 'said'}."
        )
    _tell_who_names(folder, planned.naming, old)


def _tell_who_names(folder: Path, naming: Sequence[Claim], name: str) -> None:
    if naming:
        places = ", ".join(
            f"“{claim.id}” ({seen_from_here(folder, claim.place)})" for claim in naming
        )
        click.echo(f"Look at what names “{name}”: {places}.")
