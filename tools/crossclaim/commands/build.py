"""build: from the editor's files to the site."""

import sys
from pathlib import Path

import click

from crossclaim import pipeline
from crossclaim.commands.console import (
    EXIT_FINDINGS,
    edition_option,
    plural,
    print_summary,
    quiet_option,
    root_of,
    say,
    say_not_built,
    say_warnings,
)
from crossclaim.commands.progress import Progress
from crossclaim.content.memory import remembering
from crossclaim.findings import Finding, errors
from crossclaim.model import Edition


@click.command()
@click.option("--pages-only", is_flag=True, help="Write the pages, leave the rendering to another.")
@click.option("--clean", is_flag=True, help="Forget what earlier builds made; never needed.")
@edition_option
@quiet_option
@click.pass_obj
def build(folder: Path, pages_only: bool, clean: bool, edition: Edition) -> None:
    """Check the collection, write its pages and render the site.

    An error stops the build before anything is written; the last good site stays. Of warnings only
    the number is said; check tells them.
    """
    root = root_of(folder)
    failed: list[Finding] = []
    with Progress("Building") as progress:
        if pages_only:
            if clean:
                with remembering(root) as memory:
                    memory.clear()
            checked = pipeline.check(root, edition, step=progress.step)
            if checked.buildable:
                pipeline.write_docs(root, checked)
        else:
            checked, failed = pipeline.build(root, edition, clean=clean, step=progress.step)
    wrong = errors([*checked.findings, *failed])
    say_warnings([f for f in checked.findings if f not in wrong])
    print_summary([*errors(checked.findings), *failed], folder)
    if wrong:
        say_not_built(wrong)
        sys.exit(EXIT_FINDINGS)
    counts = checked.counts
    what = f"{plural(counts.essays, 'essay')}, {plural(counts.claims, 'claim')}"
    if pages_only:
        say(f"Wrote {what} under {root / checked.settings.docs}.")
    else:
        page = root / checked.settings.site / "index.html"
        say(" ".join((f"Built {what}. Open {page} in a browser.", *checked.changes)))
    if edition is Edition.READING and counts.held_back:
        part = f"{counts.held_back} of {plural(counts.essays, 'essay')}"
        say(f"A public edition (--edition public) would hold back {part}, whole or in part.")
