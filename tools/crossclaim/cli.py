"""The command line: words in, one line for everything that is wrong, exit codes 0, 1 and 2."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

import click

from crossclaim import adding, story
from crossclaim.collection import ESSAYS
from crossclaim.findings import Finding, errors, refused, unexpected
from crossclaim.model import Place
from crossclaim.settings import SETTINGS

FOUND, MISUSED = 1, 2


class _Commands(click.Group):
    """The commands; what the system refuses any of them is one line too."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OSError as error:
            finding = refused(error)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:
            finding = unexpected(error, Place(str(ctx.obj or ".")))
        click.echo(str(_from_here(finding)))
        sys.exit(FOUND)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--collection",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The collection's folder; the current one if not given.",
)
@click.version_option(package_name="crossclaim")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Essays by different authors in; a site out in which every paragraph carries its claims and
    every claim lists every author's paragraphs.
    """
    context.obj = folder
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow terminal is no reason to fail


def _root(folder: Path) -> Path:
    if not (folder / SETTINGS).is_file() or not (folder / ESSAYS).is_dir():
        raise click.UsageError(
            f"{folder} holds no collection — go to the folder with {SETTINGS} and {ESSAYS}/, "
            "or name it with --collection"
        )
    return folder


def _say(findings: Sequence[Finding], folder: Path) -> None:
    """One line a finding; places are given so that an editor can open them from here."""
    for finding in map(_from_here, findings):
        line = str(finding)
        if folder != Path() and not Path(finding.place.file).is_absolute():
            line = line.replace(str(finding.place), f"{folder.as_posix()}/{finding.place}", 1)
        click.echo(line)


def _from_here(finding: Finding) -> Finding:
    """The finding with its place, where the system named it in full, as seen from here."""
    whole = Path(finding.place.file)
    if not whole.is_absolute() or not whole.is_relative_to(Path.cwd()):
        return finding
    place = Place(whole.relative_to(Path.cwd()).as_posix(), finding.place.line)
    return replace(finding, place=place)


def _count(findings: Sequence[Finding]) -> str:
    wrong = len(errors(findings))
    mild = len(findings) - wrong
    return f"{_many(wrong, 'error')}, {_many(mild, 'warning')}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def check(folder: Path, as_json: bool) -> None:
    """Say what is wrong with the collection.

    One line a finding: code, file:line, what is wrong, what to do. The exit code is 1 if there is
    any finding.
    """
    findings = story.check(_root(folder)).findings
    if as_json:
        click.echo(json.dumps([_record(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        _say(findings, folder)
        click.echo(_count(findings) if findings else "Nothing to mend.", err=True)
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


@main.command()
@click.option("--pages-only", is_flag=True, help="Write the pages, leave the rendering to another.")
@click.pass_obj
def build(folder: Path, pages_only: bool) -> None:
    """Check the collection, write its pages and render the site.

    An error stops the build before anything is written; the last good site stays.
    """
    root = _root(folder)
    failed: list[Finding] = []
    if pages_only:
        checked = story.check(root)
        if checked.good:
            story.write(root, checked)
    else:
        checked, failed = story.build(root)
    _say([*checked.findings, *failed], folder)
    wrong = [*errors(checked.findings), *failed]
    if wrong:
        click.echo(f"Not built: {_many(len(wrong), 'error')}. The last good site stays.", err=True)
        sys.exit(FOUND)
    essays, claims = checked.index.collection.essays, checked.index.claims
    what = f"{_many(len(essays), 'essay')}, {_many(len(claims), 'claim')}"
    if pages_only:
        click.echo(f"Wrote {what} under {root / checked.settings.docs}.")
    else:
        page = root / checked.settings.site / "index.html"
        click.echo(f"Built {what}. Open {page} in a browser.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port."
)
@click.pass_obj
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the site and rebuild it whenever an essay, claims.yml or authors.yml is saved."""
    from crossclaim.serving import serve as serve_collection

    root = _root(folder)
    findings = serve_collection(root, host, port, lambda found: _say(found, folder))
    if findings:
        click.echo(f"Not served: {_many(len(findings), 'error')}.", err=True)
        sys.exit(FOUND)


@main.command()
@click.pass_obj
def ids(folder: Path) -> None:
    """Write an id for every paragraph that has none, from its opening words."""
    given, findings = story.give_ids(_root(folder))
    for file, names in given.items():
        click.echo(f"{file}: {', '.join(names)}")
    _say(findings, folder)
    if not given and not findings:
        click.echo("Every paragraph has an id.")
    sys.exit(FOUND if findings else 0)


@main.command()
@click.argument("originals", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title, if the first line is not it.")
@click.option("--author", default="", help="The author's name, if the text does not tell.")
@click.option("--id", "essay_id", default="", help="The essay's id; else from the file's name.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.pass_obj
def add(
    folder: Path, originals: tuple[Path, ...], title: str, author: str, essay_id: str, dry_run: bool
) -> None:
    """Read plain-text originals and write each as an essay of the collection.

    Says what it took as title, author, notice and biography, and every line it left out, with
    the reason. The original is kept, byte for byte, in essays/originals/.
    """
    root = _root(folder)
    if len(originals) > 1 and (title or author or essay_id):
        raise click.UsageError("--title, --author and --id go with one original at a time")
    failed = False
    for source in originals:
        addition, findings = adding.plan(root, source, title, author, essay_id)
        _say(findings, Path())
        if addition is None:
            failed = True
            continue
        if not dry_run:
            adding.carry_out(root, addition)
        _report(addition, source, dry_run)
    sys.exit(FOUND if failed else 0)


def _report(addition: adding.Addition, source: Path, dry_run: bool) -> None:
    document = addition.document
    known = "" if addition.new_author else " (already in authors.yml)"
    click.echo(f"{'Would write' if dry_run else 'Wrote'} {addition.file} from {source}")
    for label, value in (
        ("title", document.title),
        ("author", document.author + known),
        ("publication", document.publication),
        ("notice", document.rights),
        ("biography", document.biography),
    ):
        click.echo(f"  {label + ':':<13}{value or '— none found'}")
    click.echo(f"  {'passages:':<13}{addition.passages}")
    if document.left_out:
        click.echo("Left out of the essay:")
    for left in document.left_out:
        click.echo(f"  line {left.line}: {left.reason}: “{left.text}”")
    if not dry_run:
        click.echo("Next: tag its paragraphs or mark them .aside, then run crossclaim check.")


if __name__ == "__main__":
    main()
