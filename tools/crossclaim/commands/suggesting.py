"""suggest: claims for the paragraphs nobody has tagged."""

from pathlib import Path

import click


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
    from crossclaim.commands.suggestions import Wanted, carry_on  # NumPy takes its time to load

    wanted = Wanted(essays, dry_run, most, again, new, reporting, encoder, as_json)
    carry_on(folder, wanted)
