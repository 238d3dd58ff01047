"""What `suggest` does, once it is known what is asked for."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from crossclaim import story
from crossclaim.collection import CLAIMS
from crossclaim.commands.frame import FOUND, many, root_of, say
from crossclaim.commands.progress import Progress
from crossclaim.findings import Finding, errors
from crossclaim.model import Collection, Essay, Passage
from crossclaim.suggesting import telling
from crossclaim.suggesting.encoding import Encoder, NoEncoder, bundled, named
from crossclaim.suggesting.proposals import Proposal, proposals
from crossclaim.suggesting.report import claim_twins, report
from crossclaim.suggesting.suggester import Suggester
from crossclaim.suggesting.writing import Draft, carry_out, draft, wanted

WITHOUT = (
    "Going by shared words alone: {reason} — pip install 'crossclaim[suggest]' to go by meaning too"
)

_UNREAD = ("not-utf-8", "missing-file", "too-deep")  # an essay of which this is said is not loaded


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    essays: tuple[str, ...]
    dry_run: bool
    most: int
    again: bool
    new: bool
    report: bool
    encoder: str
    as_json: bool


def carry_on(folder: Path, ask: Wanted) -> None:
    """Suggest, write, tell; ends with exit code 1 where something is wrong."""
    root = root_of(folder)
    loaded, asked = _asked(root, folder, ask.essays)
    suggester = Suggester(loaded, _encoder(ask.encoder))
    drafts, findings = _drafts(root, asked, suggester, ask.most, ask.again)
    if not findings and not ask.dry_run and not ask.report:
        findings = carry_out(root, drafts)
    if findings:
        say(findings, folder)
        sys.exit(FOUND)
    proposed = proposals(suggester, _unfit(drafts)) if ask.new or ask.report or ask.as_json else ()
    if ask.as_json:
        click.echo(json.dumps(telling.record(drafts, proposed), ensure_ascii=False, indent=2))
    elif ask.report:
        _report(loaded, suggester, drafts, proposed)
    else:
        _tell(drafts, proposed, ask.dry_run, ask.new)


def _asked(root: Path, folder: Path, names: Sequence[str]) -> tuple[Collection, tuple[Essay, ...]]:
    """The collection and the essays asked about; ends the command where they have errors."""
    checked = story.check(root)
    loaded = checked.index.collection
    essays, findings = wanted(loaded, root, names)
    concerned = {CLAIMS} | {essay.place.file for essay in essays}
    if not names:
        concerned |= {f.place.file for f in checked.findings if f.code in _UNREAD}
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
    with Progress("Suggesting") as progress:
        for at, essay in enumerate(essays, start=1):
            planned, wrong = draft(root, essay, suggester, most, again)
            findings += wrong
            if planned:
                drafts.append(planned)
            progress.step(at, len(essays))
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
