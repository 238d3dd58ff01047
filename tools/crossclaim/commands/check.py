"""check: what is wrong with the collection."""

import json
import sys
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    count_findings,
    print_findings,
    quiet_option,
    root_of,
    say,
)
from crossclaim.commands.progress import Progress
from crossclaim.findings import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@quiet_option
@click.pass_obj
def check(folder: Path, as_json: bool) -> None:
    """Say what is wrong with the collection.

    One line a finding: code, file:line, what is wrong, what to do. The exit code is 1 if there is
    any finding.
    """
    root = root_of(folder)
    with Progress("Checking") as progress:
        findings = pipeline.check(root, step=progress.step).findings
    if as_json:
        click.echo(json.dumps([_record(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        print_findings(findings, folder)
        if findings:
            click.echo(count_findings(findings), err=True)
        else:
            say("Nothing to mend.", err=True)
    sys.exit(EXIT_FINDINGS if findings else 0)


def _record(finding: Finding) -> dict[str, str | int]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "message": finding.message,
        "hint": finding.hint,
    }
