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
from crossclaim.agreement.alpha import Figure
from crossclaim.commands.frame import FOUND, many, root_of, say

_FEW = 10  # fewer claims given than this say little
_NONE = "—"


@click.command()
@click.argument("copies", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR…")
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
@click.pass_obj
def agreement(
    folder: Path,
    copies: tuple[Path, ...],
    suggestions: bool,
    as_json: bool,
    reader: str,
    tagger: str,
) -> None:
    """Compare the collection's tags with those of another tagger's copy.

    DIR is a copy of the collection, or of its essays folder; several may be given. Passages are
    the same where essay and id are. Krippendorff's alpha is 1 for full agreement, 0 for what
    chance would give. A passage that one has neither tagged nor marked .aside is left out.
    """
    root = root_of(folder)
    if reader and (len(copies) > 1 or suggestions):
        raise click.UsageError("--record is for one copy at a time, and for reviewed tags")
    if tagger and not reader:
        raise click.UsageError("--tagger goes with --record")
    same = comparing.counted_twice(root, copies)
    if same and (reader or len(copies) > 1):  # alone and unrecorded it misleads nobody
        raise click.UsageError(f"{same} would be compared with itself — name another's copy, once")
    try:
        found, findings = comparing.compared(root, copies, suggestions)
    except ImportError as error:
        message = "agreement needs NLTK — pip install 'crossclaim[agreement]'"
        raise click.ClickException(message) from error
    say(findings, Path())
    if found is None:
        sys.exit(FOUND)
    own, result = found
    if reader:  # before anything is printed: who reads only the head of it has it recorded too
        day = datetime.now(UTC).astimezone().date().isoformat()
        findings = comparing.record(root, own, result, reader, tagger, day)
        say(findings, folder)
        if findings:
            sys.exit(FOUND)
        click.echo("Recorded in essays/agreement.yml; the site will say so.", err=True)
    if as_json:
        click.echo(json.dumps(_record(result), ensure_ascii=False, indent=2))
        return
    for line in _report(result, suggestions):
        click.echo(line)


def _report(found: Agreement, suggestions: bool) -> Iterator[str]:
    others = ", ".join(found.taggers[1:])
    passages = many(sum(found.passages.values()), "passage")
    essays, claims = many(len(found.passages), "essay"), many(found.claims, "claim")
    yield f"{found.taggers[0]} and {others}: {essays}, {passages}, {claims}"
    yield ""
    names = [*found.by_essay, *found.by_claim, "claim on a passage, given or not"]
    width = max(map(len, names)) + 2
    yield _heads("", width)
    yield _row("claim on a passage, given or not", found.pairs, width)
    yield _row("stance, where both give the claim", found.stance, width)
    yield _row("claim with its stance", found.both, width)
    yield _row("aside or not", found.aside, width)
    titles = {"By essay": found.by_essay, "By claim": found.by_claim}
    for title, figures in titles.items():
        yield ""
        yield f"{_heads(title, width)}   stance"
        for name, (pairs, stance) in figures.items():
            of = f"{stance.same} of {stance.units} alike"
            yield f"{_row(f'  {name}', pairs, width)}   {_number(stance.alpha)} ({of})"
    yield ""
    yield f"{_NONE}: nothing varies, so there is no alpha. *: fewer than {_FEW} given, says little."
    yield "In brackets: 95 % of alphas over as many passages, drawn from these."
    yield from _left_out(found, suggestions)
    if found.differences:
        yield ""
        yield "Where they differ"
    yield from _differences(found)


def _heads(title: str, width: int) -> str:
    return f"{title:<{width}}{'units':>7}{'given':>7}{'same':>7}  alpha"


def _row(name: str, figure: Figure, width: int) -> str:
    counts = f"{figure.units:>7}{figure.given:>7}{figure.same:>7}"
    few = "*" if figure.given < _FEW and figure.alpha is not None else " "
    bounds = "" if figure.low is None else f" [{_number(figure.low)}, {_number(figure.high)}]"
    return f"{name:<{width}}{counts}  {_number(figure.alpha):>5}{few}{bounds}".rstrip()


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f}".replace("-", "−")


def _left_out(found: Agreement, suggestions: bool) -> Iterator[str]:
    if found.suggestions:
        verb = "counted" if suggestions else "not counted; --suggestions counts them"
        yield f"{many(found.suggestions, 'suggestion')} nobody has reviewed: {verb}."
    for what, listed in (
        ("not tagged by two, left out", found.untagged),
        ("the text differs between the copies, compared all the same", found.changed),
        ("left out", found.missing),
    ):
        for place in listed:
            yield f"{place}: {what}"


def _differences(found: Agreement) -> Iterator[str]:
    last, width = None, max((len(one.claim) for one in found.differences), default=0)
    for one in found.differences:
        if one.passage is not last:
            last = one.passage
            opening = " ".join(last.text.split()[:8])
            yield f"{last.place} #{last.id} “{opening} …”"
        said = zip(found.taggers, one.said, strict=True)
        yield f"  {one.claim:<{width}}  " + "   ".join(f"{who}: {what}" for who, what in said)


def _record(found: Agreement) -> dict[str, object]:
    """The figures as JSON has them."""
    return {
        "taggers": found.taggers,
        "passages": found.passages,
        "claims": found.claims,
        "suggestions": found.suggestions,
        "claim": asdict(found.pairs),
        "stance": asdict(found.stance),
        "claim-with-stance": asdict(found.both),
        "aside": asdict(found.aside),
        "by-essay": _pairs(found.by_essay),
        "by-claim": _pairs(found.by_claim),
        "untagged": [str(place) for place in found.untagged],
        "text-differs": [str(place) for place in found.changed],
        "missing": found.missing,
        "differences": [
            {
                "place": str(one.passage.place),
                "essay": one.essay,
                "passage": one.passage.id,
                "opening": " ".join(one.passage.text.split()[:8]),
                "claim": one.claim,
                "said": dict(zip(found.taggers, one.said, strict=True)),
            }
            for one in found.differences
        ],
    }


def _pairs(figures: dict[str, tuple[Figure, Figure]]) -> dict[str, object]:
    return {
        name: {"claim": asdict(pairs), "stance": asdict(stance)}
        for name, (pairs, stance) in figures.items()
    }
