"""check: what is wrong with the collection."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    count_findings,
    plural,
    print_findings,
    print_summary,
    quiet_option,
    root_of,
    say,
)
from crossclaim.commands.progress import Progress
from crossclaim.content.collection import files_named
from crossclaim.findings import Finding, Severity, errors


@click.command()
@click.argument("essays", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Print every finding, however many are alike.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON.")
@quiet_option
@click.pass_obj
def check(folder: Path, essays: tuple[str, ...], every: bool, strict: bool, as_json: bool) -> None:
    """Say what is wrong with the collection, or with the essays named.

    An essay is named by its id or its file. One line a finding: code, file:line, what is wrong,
    what to do; errors first, and many of one kind together. The exit code is 1 if there is an
    error.
    """
    root = root_of(folder)
    files, unknown = files_named(root, essays)
    with Progress("Checking") as progress:
        findings = pipeline.check(root, step=progress.step).findings
    elsewhere = [f for f in findings if essays and f.place.file not in files]
    findings = (*unknown, *(f for f in findings if not essays or f.place.file in files))
    if as_json:
        click.echo(json.dumps([_record(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings, folder, every)
    if not as_json and (wrong := errors(elsewhere)):
        click.echo(f"{plural(len(wrong), 'error')} elsewhere in the collection.", err=True)
    sys.exit(EXIT_FINDINGS if errors(findings) or (strict and findings) else 0)


def _print(findings: Sequence[Finding], folder: Path, every: bool) -> None:
    if not findings:
        say("Nothing to mend.", err=True)
        return
    shortened = False
    if every:
        print_findings(sorted(findings, key=lambda f: f.severity is Severity.WARNING), folder)
    else:
        shortened = print_summary(findings, folder)
    more = "; “crossclaim check --all” prints each." if shortened else ""
    click.echo(f"{count_findings(findings)}{more}", err=True)


def _record(finding: Finding) -> dict[str, str | int]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "message": finding.message,
        "hint": finding.hint,
    }
