"""check, build, serve: from the editor's files to the site."""

import json
import sys
from pathlib import Path

import click

from crossclaim import story
from crossclaim.commands.frame import FOUND, counted, many, root_of, say
from crossclaim.findings import Finding, errors


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def check(folder: Path, as_json: bool) -> None:
    """Say what is wrong with the collection.

    One line a finding: code, file:line, what is wrong, what to do. The exit code is 1 if there is
    any finding.
    """
    findings = story.check(root_of(folder)).findings
    if as_json:
        click.echo(json.dumps([_record(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        say(findings, folder)
        click.echo(counted(findings) if findings else "Nothing to mend.", err=True)
    sys.exit(FOUND if findings else 0)


def _record(finding: Finding) -> dict[str, str | int]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "message": finding.message,
        "hint": finding.hint,
    }


@click.command()
@click.option("--pages-only", is_flag=True, help="Write the pages, leave the rendering to another.")
@click.pass_obj
def build(folder: Path, pages_only: bool) -> None:
    """Check the collection, write its pages and render the site.

    An error stops the build before anything is written; the last good site stays.
    """
    root = root_of(folder)
    failed: list[Finding] = []
    if pages_only:
        checked = story.check(root)
        if checked.good:
            story.write(root, checked)
    else:
        checked, failed = story.build(root)
    say([*checked.findings, *failed], folder)
    wrong = [*errors(checked.findings), *failed]
    if wrong:
        click.echo(f"Not built: {many(len(wrong), 'error')}. The last good site stays.", err=True)
        sys.exit(FOUND)
    essays, claims = checked.index.collection.essays, checked.index.claims
    what = f"{many(len(essays), 'essay')}, {many(len(claims), 'claim')}"
    if pages_only:
        click.echo(f"Wrote {what} under {root / checked.settings.docs}.")
    else:
        page = root / checked.settings.site / "index.html"
        click.echo(f"Built {what}. Open {page} in a browser.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port."
)
@click.pass_obj
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the site and rebuild it whenever an essay, claims.yml or authors.yml is saved."""
    from crossclaim.serving import serve as serve_collection

    root = root_of(folder)
    findings = serve_collection(root, host, port, lambda found: say(found, folder))
    if findings:
        click.echo(f"Not served: {many(len(findings), 'error')}.", err=True)
        sys.exit(FOUND)
