"""review: suggested tags accepted, rejected, completed, in the browser."""

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crossclaim.commands.console import EXIT_FINDINGS, root_of
from crossclaim.content.collection import essay_files
from crossclaim.names import did_you_mean

if TYPE_CHECKING:
    from crossclaim.language.encoder import Encoder
    from crossclaim.reviewing.ranking import RankerFactory


@click.command()
@click.argument("essay", required=False)
@click.option(
    "--port",
    default=0,
    type=click.IntRange(0, 65535),
    help="The port to listen at; a free one if not given.",
)
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
@click.pass_obj
def review(folder: Path, essay: str | None, port: int, no_browser: bool) -> None:
    """Review suggested tags on a local page, paragraph by paragraph, from the keyboard.

    Opens at ESSAY, or at the list of essays. Every change is written to the essay's file at once;
    edits made in an editor meanwhile are kept. Ctrl-C ends it.
    """
    root = root_of(folder)
    name = Path(essay).stem if essay else ""
    names = [path.stem for path in essay_files(root)]
    if name and name not in names:
        hint = did_you_mean(name, names, "see which there are under essays/")
        raise click.UsageError(f"there is no essay “{name}” — {hint}")
    if find_spec("flask") is None:
        click.echo("crossclaim review needs Flask — pip install 'crossclaim[review]'", err=True)
        sys.exit(EXIT_FINDINGS)
    from crossclaim.reviewing.server import HOST, serve_review
    from crossclaim.reviewing.session import ReviewSession

    session = ReviewSession(root, _ranker())
    try:
        serve_review(
            session, port, name, not no_browser, lambda address: click.echo(f"Review at {address}")
        )
    except OSError as error:
        hint = "stop what listens there, or choose another --port"
        message = f"cannot listen at {HOST}:{port}: {error.strerror or error} — {hint}"
        click.echo(message, err=True)
        sys.exit(EXIT_FINDINGS)
    click.echo(f"\n{session.progress()}.")


def _ranker() -> "RankerFactory":
    """What gives suggestions their scores: `suggest`’s own reckoning.

    The encoder is loaded once, while the browser opens.
    """
    from crossclaim.suggesting.suggester import Suggester

    loading = ThreadPoolExecutor(1).submit(_encoder)
    return lambda collection: Suggester(collection, loading.result())


def _encoder() -> "Encoder | None":
    """The bundled encoder; None where it is not installed: scores then go by shared words."""
    from crossclaim.language.encoder import CachingEncoder, EncoderUnavailable, bundled_encoder

    try:
        return CachingEncoder(bundled_encoder())
    except EncoderUnavailable:
        return None
