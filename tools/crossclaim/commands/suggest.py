"""suggest: claims for the paragraphs nobody has tagged."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    is_quiet,
    plural,
    print_findings,
    quiet_option,
    root_of,
)
from crossclaim.commands.progress import Progress
from crossclaim.content.collection import CLAIMS, essays_named
from crossclaim.findings import Finding, errors
from crossclaim.language.encoder import Encoder, EncoderUnavailable, bundled_encoder, load_encoder
from crossclaim.model import Collection, Essay, Passage
from crossclaim.suggesting import formatting
from crossclaim.suggesting.proposals import ClaimProposal, proposed_claims
from crossclaim.suggesting.report import essay_report, similar_claims
from crossclaim.suggesting.suggester import Suggester
from crossclaim.suggesting.writing import Draft, draft_essay, write_drafts

WITHOUT = (
    "Going by shared words alone: {reason} — pip install 'crossclaim[suggest]' to go by meaning too"
)

_UNREAD = ("not-utf-8", "missing-file", "too-deep")  # an essay of which this is said is not loaded


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    essays: tuple[str, ...]
    dry_run: bool
    most: int
    again: bool
    new: bool
    report: bool
    encoder: str
    as_json: bool


@click.command()
@click.argument("essays", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.option(
    "--most",
    default=3,
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
@quiet_option
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
    _suggest(folder, Options(essays, dry_run, most, again, new, reporting, encoder, as_json))


def _suggest(folder: Path, options: Options) -> None:
    """Suggest, write, print; ends with exit code 1 where something is wrong."""
    root = root_of(folder)
    loaded, essays = _named_essays(root, folder, options.essays)
    suggester = Suggester(loaded, _encoder(options.encoder))
    drafts, findings = _drafts(root, essays, suggester, options.most, options.again)
    if not findings and not options.dry_run and not options.report:
        findings = write_drafts(root, drafts)
    if findings:
        print_findings(findings, folder)
        sys.exit(EXIT_FINDINGS)
    proposed = (
        proposed_claims(suggester, _unfit(drafts))
        if options.new or options.report or options.as_json
        else ()
    )
    if options.as_json:
        click.echo(
            json.dumps(
                formatting.suggestions_record(drafts, proposed), ensure_ascii=False, indent=2
            )
        )
    elif options.report:
        _print_report(loaded, suggester, drafts, proposed)
    elif options.dry_run or options.new or not is_quiet():
        _print(drafts, proposed, options.dry_run, options.new)


def _named_essays(
    root: Path, folder: Path, names: Sequence[str]
) -> tuple[Collection, tuple[Essay, ...]]:
    """The collection and the essays named; ends the command where they have errors."""
    with Progress("Checking"):
        checked = pipeline.check(root)
    loaded = checked.index.collection
    essays, findings = essays_named(loaded, root, names)
    concerned = {CLAIMS} | {essay.place.file for essay in essays}
    if not names:
        concerned |= {f.place.file for f in checked.findings if f.code in _UNREAD}
    findings += [f for f in errors(checked.findings) if f.place.file in concerned]
    if findings:
        print_findings(findings, folder)
        sys.exit(EXIT_FINDINGS)
    return loaded, essays


def _encoder(name: str) -> Encoder | None:
    """The encoder named, else the bundled one; without it, None and a line that says so."""
    if name:
        try:
            return load_encoder(name)
        except EncoderUnavailable as error:
            raise click.UsageError(f"--encoder: {error}") from error
    try:
        return bundled_encoder()
    except EncoderUnavailable as error:
        click.echo(WITHOUT.format(reason=error), err=True)
        return None


def _drafts(
    root: Path, essays: Sequence[Essay], suggester: Suggester, most: int, again: bool
) -> tuple[list[Draft], list[Finding]]:
    drafts, findings = [], []
    with Progress("Suggesting") as progress:
        for number, essay in enumerate(essays, start=1):
            planned, wrong = draft_essay(root, essay, suggester, most, again)
            findings += wrong
            if planned:
                drafts.append(planned)
            progress.step(number, len(essays), "essays")
    return drafts, findings


def _unfit(drafts: Sequence[Draft]) -> list[tuple[Essay, Passage]]:
    return [(d.essay, s.passage) for d in drafts for s in d.suggestions if not s.claims]


def _print(
    drafts: Sequence[Draft], proposed: Sequence[ClaimProposal], dry_run: bool, new: bool
) -> None:
    for line in formatting.suggestion_lines(drafts):
        click.echo(line)
    if proposed:
        click.echo("\nNew claims to think about, for essays/claims.yml:\n")
        click.echo(formatting.proposals_yaml(proposed))
    suggested = [s for d in drafts for s in d.suggestions]
    if not suggested:
        click.echo("No paragraph waits for suggestions.", err=True)
        return
    count = sum(len(s.claims) for s in suggested)
    fit = sum(bool(s.claims) for s in suggested)
    verb = "Would write" if dry_run else "Wrote"
    left = len(suggested) - fit
    click.echo(
        f"{verb} {plural(count, 'suggestion')} for {fit} of {plural(len(suggested), 'paragraph')}.",
        err=True,
    )
    if left and not new:
        click.echo(
            f"{plural(left, 'paragraph')} left alone: .aside, or a new claim? See --new.", err=True
        )


def _print_report(
    loaded: Collection,
    suggester: Suggester,
    drafts: Sequence[Draft],
    proposed: Sequence[ClaimProposal],
) -> None:
    for planned in drafts:
        tags = {s.passage.number: s.tags for s in planned.suggestions}
        click.echo(formatting.report_text(essay_report(loaded, planned.essay, tags)))
    if proposed:
        click.echo("New claims to think about:\n")
        click.echo(formatting.proposals_yaml(proposed))
    for one, other, near in similar_claims(suggester):
        click.echo(f"Nearly twins in claims.yml: {one.id} and {other.id} ({near:.2f})")
