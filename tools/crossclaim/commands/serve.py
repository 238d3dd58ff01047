"""serve: the site, rebuilt as the editor saves."""

import sys
from pathlib import Path

import click

from crossclaim.commands.console import (
    EXIT_FINDINGS,
    edition_option,
    plural,
    print_findings,
    root_of,
)
from crossclaim.model import Edition


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port."
)
@edition_option
@click.pass_obj
def serve(folder: Path, host: str, port: int, edition: Edition) -> None:
    """Serve the site and rebuild it whenever an essay, claims.yml or authors.yml is saved."""
    from crossclaim.commands.live import serve_live

    root = root_of(folder)
    findings = serve_live(root, host, port, edition, lambda new: print_findings(new, folder))
    if findings:
        click.echo(f"Not served: {plural(len(findings), 'error')}.", err=True)
        sys.exit(EXIT_FINDINGS)
