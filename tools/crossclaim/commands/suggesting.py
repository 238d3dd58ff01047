"""suggest: claims for the paragraphs nobody has tagged."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from crossclaim import story
from crossclaim.collection import CLAIMS
from crossclaim.commands.frame import FOUND, many, root_of, say
from crossclaim.findings import Finding, errors
from crossclaim.model import Collection, Essay, Passage
from crossclaim.suggesting import telling
from crossclaim.suggesting.choosing import MOST
from crossclaim.suggesting.encoding import Encoder, NoEncoder, bundled, named
from crossclaim.suggesting.proposals import Proposal, proposals
from crossclaim.suggesting.report import claim_twins, report
from crossclaim.suggesting.suggester import Suggester
from crossclaim.suggesting.writing import Draft, carry_out, draft, wanted

WITHOUT = (
    "Going by shared words alone: {reason} — pip install 'crossclaim[suggest]' to go by meaning too"
)


@click.command()
@click.argument("essays", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.option(
    "--most",
    default=MOST,
    show_default=True,
    type=click.IntRange(1, 20),
    help="Suggestions a paragraph, at the most.",
)
@click.option("--again", is_flag=True, help="Make suggestions anew where none was reviewed.")
@click.option("--new", is_flag=True, help="Propose new claims where none fits; they are printed.")
@click.option(
    "--report",
    "reporting",
    is_flag=True,
    help="Say what the essays share, add and leave open; write nothing.",
)
@click.option("--encoder", default="", help="Another encoder, as module:factory.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_obj
def suggest(
    folder: Path,
    essays: tuple[str, ...],
    dry_run: bool,
    most: int,
    again: bool,
    new: bool,
    reporting: bool,
    encoder: str,
    as_json: bool,
) -> None:
    """Suggest claims for untagged paragraphs, in all essays or in those named.

    An essay is named by its id or its file. Suggestions are written as `claim-id?` with a stance,
    for somebody to review; reviewed tags are never touched. One line a paragraph: where it
    stands, its id, and each claim with the stance and how likely it is.
    """
    root = root_of(folder)
    loaded, asked = _asked(root, folder, essays)
    suggester = Suggester(loaded, _encoder(encoder))
    drafts, findings = _drafts(root, asked, suggester, most, again)
    if not findings and not dry_run and not reporting:
        findings = carry_out(root, drafts)
    if findings:
        say(findings, folder)
        sys.exit(FOUND)
    proposed = proposals(suggester, _unfit(drafts)) if new or reporting or as_json else ()
    if as_json:
        click.echo(json.dumps(telling.record(drafts, proposed), ensure_ascii=False, indent=2))
    elif reporting:
        _report(loaded, suggester, drafts, proposed)
    else:
        _tell(drafts, proposed, dry_run, new)


def _asked(root: Path, folder: Path, names: Sequence[str]) -> tuple[Collection, tuple[Essay, ...]]:
    """The collection and the essays asked about; ends the command where they have errors."""
    checked = story.check(root)
    loaded = checked.index.collection
    essays, findings = wanted(loaded, root, names)
    concerned = {CLAIMS} | {essay.place.file for essay in essays}
    if not names:
        concerned |= {f.place.file for f in checked.findings if f.code == "not-utf-8"}
    findings += [f for f in errors(checked.findings) if f.place.file in concerned]
    if findings:
        say(findings, folder)
        sys.exit(FOUND)
    return loaded, essays


def _encoder(name: str) -> Encoder | None:
    """The encoder named, else the bundled one; without it, None and a line that says so."""
    if name:
        try:
            return named(name)
        except NoEncoder as error:
            raise click.UsageError(f"--encoder: {error}") from error
    try:
        return bundled()
    except NoEncoder as error:
        click.echo(WITHOUT.format(reason=error), err=True)
        return None


def _drafts(
    root: Path, essays: Sequence[Essay], suggester: Suggester, most: int, again: bool
) -> tuple[list[Draft], list[Finding]]:
    drafts, findings = [], []
    for essay in essays:
        planned, wrong = draft(root, essay, suggester, most, again)
        findings += wrong
        if planned:
            drafts.append(planned)
    return drafts, findings


def _unfit(drafts: Sequence[Draft]) -> list[tuple[Essay, Passage]]:
    return [(d.essay, s.passage) for d in drafts for s in d.suggested if not s.claims]


def _tell(drafts: Sequence[Draft], proposed: Sequence[Proposal], dry_run: bool, new: bool) -> None:
    for line in telling.lines(drafts):
        click.echo(line)
    if proposed:
        click.echo("\nNew claims to think about, for essays/claims.yml:\n")
        click.echo(telling.entries(proposed))
    suggested = [s for d in drafts for s in d.suggested]
    if not suggested:
        click.echo("No paragraph waits for suggestions.", err=True)
        return
    made = sum(len(s.claims) for s in suggested)
    fit = sum(bool(s.claims) for s in suggested)
    verb = "Would write" if dry_run else "Wrote"
    left = len(suggested) - fit
    click.echo(
        f"{verb} {many(made, 'suggestion')} for {fit} of {many(len(suggested), 'paragraph')}.",
        err=True,
    )
    if left and not new:
        click.echo(
            f"{many(left, 'paragraph')} left alone: .aside, or a new claim? See --new.", err=True
        )


def _report(
    loaded: Collection,
    suggester: Suggester,
    drafts: Sequence[Draft],
    proposed: Sequence[Proposal],
) -> None:
    for planned in drafts:
        tags = {s.passage.number: s.tags for s in planned.suggested}
        click.echo(telling.report_text(report(loaded, planned.essay, tags)))
    if proposed:
        click.echo("New claims to think about:\n")
        click.echo(telling.entries(proposed))
    for one, other, near in claim_twins(suggester):
        click.echo(f"Nearly twins in claims.yml: {one.id} and {other.id} ({near:.2f})")
