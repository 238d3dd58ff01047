"""agreement: how far other taggers of the same essays agree."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from crossclaim.agreement import comparing
from crossclaim.agreement.agreement import Agreement
from crossclaim.agreement.alpha import Reliability
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    plural,
    print_findings,
    quiet_option,
    root_of,
    say,
)
from crossclaim.commands.progress import Progress
from crossclaim.model import Collection

_FEW = 10  # fewer claims given than this say little
_FEW_LEFT = 5  # of what was left out is listed one by one
_NONE = "—"


@click.command()
@click.argument("copies", nargs=-1, type=click.Path(path_type=Path), metavar="DIR…")
@click.option(
    "--untagged",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a copy without tags to FOLDER, for another to tag; compare nothing.",
)
@click.option("--suggestions", is_flag=True, help="Count tags nobody has reviewed as well.")
@click.option("--json", "as_json", is_flag=True, help="Print figures and differences as JSON.")
@click.option(
    "--record",
    "reader",
    default="",
    help="Keep the figures in essays/agreement.yml, for the site to publish, under the name of "
    "who tagged the copy.",
)
@click.option("--tagger", default="", help="With --record: who tagged the collection.")
@quiet_option
@click.pass_obj
def agreement(
    folder: Path,
    copies: tuple[Path, ...],
    untagged: Path | None,
    suggestions: bool,
    as_json: bool,
    reader: str,
    tagger: str,
) -> None:
    """Compare the collection's tags with those of another tagger's copy.

    DIR is a copy of the collection, or of its essays folder; several may be given. Passages are
    the same where essay and id are. Every difference is listed, then how far the taggers agree:
    Krippendorff's alpha is 1 for full agreement, 0 for what chance would give. A passage that one
    has neither tagged nor marked .aside is left out.
    """
    root = root_of(folder)
    if bool(copies) == bool(untagged):
        raise click.UsageError("name copies to compare, or --untagged FOLDER to make one")
    if untagged:
        _write_untagged(root, folder, untagged)
        return
    _refuse_misuse(root, copies, suggestions, reader, tagger)
    try:
        with Progress("Comparing"):
            compared, findings = comparing.compare_copies(root, copies, suggestions)
    except ImportError as error:
        message = "agreement needs NLTK — pip install 'crossclaim[agreement]'"
        raise click.ClickException(message) from error
    print_findings(findings, Path())
    if compared is None:
        sys.exit(EXIT_FINDINGS)
    own, result = compared
    if reader:  # before anything is printed: who reads only the head of it has it recorded too
        _record(folder, own, result, reader, tagger)
    if as_json:
        click.echo(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_report(result, suggestions)))


def _write_untagged(root: Path, folder: Path, copy: Path) -> None:
    """Write the copy; ends the command where that cannot be."""
    count, findings = comparing.write_untagged(root, copy)
    print_findings(findings, folder)
    if findings:
        sys.exit(EXIT_FINDINGS)
    say(f"Wrote {plural(count, 'essay')} without tags to {copy}.")
    say(f"Once they are tagged there: crossclaim agreement {copy}")


def _refuse_misuse(
    root: Path, copies: tuple[Path, ...], suggestions: bool, reader: str, tagger: str
) -> None:
    """Raises click.UsageError where the words of the command do not go together."""
    if reader and (len(copies) > 1 or suggestions):
        raise click.UsageError("--record is for one copy at a time, and for reviewed tags")
    if tagger and not reader:
        raise click.UsageError("--tagger goes with --record")
    same = comparing.repeated_copy(root, copies)
    if same and (reader or len(copies) > 1):  # alone and unrecorded it misleads nobody
        raise click.UsageError(f"{same} would be compared with itself — name another's copy, once")


def _record(folder: Path, own: Collection, result: Agreement, reader: str, tagger: str) -> None:
    """Record the figures; ends the command where they cannot be."""
    day = datetime.now(UTC).astimezone().date().isoformat()
    findings = comparing.record_agreement(folder, own, result, reader, tagger, day)
    print_findings(findings, folder)
    if findings:
        sys.exit(EXIT_FINDINGS)
    say("Recorded in essays/agreement.yml; the site will say so.", err=True)


def _report(result: Agreement, suggestions: bool) -> Iterator[str]:
    others = ", ".join(result.taggers[1:])
    passages = plural(sum(result.passages.values()), "passage")
    essays, claims = plural(len(result.passages), "essay"), plural(result.claims, "claim")
    yield f"{result.taggers[0]} and {others}: {essays}, {passages}, {claims}"
    if result.differences:
        yield ""
        yield "Where they differ"
        yield from _differences(result)
    left_out = [*_left_out(result, suggestions)]
    yield from ["", *left_out] if left_out else []
    yield ""
    names = [*result.by_essay, *result.by_claim, "claim on a passage, given or not"]
    width = max(map(len, names)) + 2
    yield _heads("", width)
    yield _row("claim on a passage, given or not", result.pairs, width)
    yield _row("stance, where both give the claim", result.stance, width)
    yield _row("claim with its stance", result.both, width)
    yield _row("aside or not", result.aside, width)
    titles = {"By essay": result.by_essay, "By claim": result.by_claim}
    for title, figures in titles.items():
        yield ""
        yield f"{_heads(title, width)}   stance"
        for name, (pairs, stance) in figures.items():
            of = f"{stance.same} of {stance.units} alike"
            yield f"{_row(f'  {name}', pairs, width)}   {_number(stance.alpha)} ({of})"
    yield ""
    yield f"{_NONE}: nothing varies, so there is no alpha. *: fewer than {_FEW} given, says little."
    yield "In brackets: 95 % of alphas over as many passages, drawn from these."


def _heads(title: str, width: int) -> str:
    return f"{title:<{width}}{'units':>7}{'given':>7}{'same':>7}  alpha"


def _row(name: str, figure: Reliability, width: int) -> str:
    counts = f"{figure.units:>7}{figure.given:>7}{figure.same:>7}"
    few = "*" if figure.given < _FEW and figure.alpha is not None else " "
    bounds = "" if figure.low is None else f" [{_number(figure.low)}, {_number(figure.high)}]"
    return f"{name:<{width}}{counts}  {_number(figure.alpha):>5}{few}{bounds}".rstrip()


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f}".replace("-", "−")


def _left_out(result: Agreement, suggestions: bool) -> Iterator[str]:
    if result.suggestions:
        verb = "counted" if suggestions else "not counted; --suggestions counts them"
        yield f"{plural(result.suggestions, 'suggestion')} nobody has reviewed: {verb}."
    for what, listed in (
        ("not tagged by two, left out", result.untagged),
        ("the text differs between the copies, compared all the same", result.changed),
        ("left out", result.missing),
    ):
        for place in listed if len(listed) <= _FEW_LEFT else ():
            yield f"{place}: {what}"
        if len(listed) > _FEW_LEFT:
            yield f"{', '.join(map(str, listed[:3]))} and {len(listed) - 3} more: {what}"


def _differences(result: Agreement) -> Iterator[str]:
    last, width = None, max((len(one.claim) for one in result.differences), default=0)
    for one in result.differences:
        if one.passage is not last:
            last = one.passage
            opening = " ".join(last.text.split()[:8])
            yield f"{last.place} #{last.id} “{opening} …”"
        labels = [f"{who}: {what}" for who, what in zip(result.taggers, one.labels, strict=True)]
        yield f"  {one.claim:<{width}}  {'   '.join(labels)}"


def _as_json(result: Agreement) -> dict[str, object]:
    """The figures as JSON has them."""
    return {
        "taggers": result.taggers,
        "passages": result.passages,
        "claims": result.claims,
        "suggestions": result.suggestions,
        "claim": asdict(result.pairs),
        "stance": asdict(result.stance),
        "claim-with-stance": asdict(result.both),
        "aside": asdict(result.aside),
        "by-essay": _by_name(result.by_essay),
        "by-claim": _by_name(result.by_claim),
        "untagged": [str(place) for place in result.untagged],
        "text-differs": [str(place) for place in result.changed],
        "missing": result.missing,
        "differences": [
            {
                "place": str(one.passage.place),
                "essay": one.essay,
                "passage": one.passage.id,
                "opening": " ".join(one.passage.text.split()[:8]),
                "claim": one.claim,
                "said": dict(zip(result.taggers, one.labels, strict=True)),
            }
            for one in result.differences
        ],
    }


def _by_name(figures: dict[str, tuple[Reliability, Reliability]]) -> dict[str, object]:
    return {
        name: {"claim": asdict(pairs), "stance": asdict(stance)}
        for name, (pairs, stance) in figures.items()
    }
