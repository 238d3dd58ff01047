"""The guide keeps up with the program. `make golden` saves what has changed."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crossclaim.cli import main
from crossclaim.commands.reference import commands_page, field_lists, findings_page

GUIDE = Path(__file__).parent.parent / "docs" / "guide"


def compare(path: Path, made: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--save-golden"):
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made


def test_the_list_of_findings_is_the_programs(request: pytest.FixtureRequest) -> None:
    compare(GUIDE / "findings.md", findings_page(), request)


def test_the_list_of_commands_is_the_programs(request: pytest.FixtureRequest) -> None:
    compare(GUIDE / "commands.md", commands_page(main), request)


@pytest.mark.parametrize("width", [50, 78, 300])
def test_the_help_lists_commands_by_their_own_first_sentences(width: int) -> None:
    context = click.Context(main)
    ours, theirs = click.HelpFormatter(width=width), click.HelpFormatter(width=width)
    main.format_commands(context, ours)
    click.Group.format_commands(main, context, theirs)
    assert ours.getvalue() == theirs.getvalue()


def test_the_fields_of_the_formats_are_the_programs(request: pytest.FixtureRequest) -> None:
    text = (GUIDE / "formats.md").read_text("utf-8")
    made = text
    for name, listed in field_lists().items():
        between = re.compile(rf"(<!-- {name} -->\n\n).*?(\n\n<!-- end -->)", re.DOTALL)
        assert between.search(made), name
        made = between.sub(rf"\g<1>{listed}\g<2>", made)
    compare(GUIDE / "formats.md", made, request)


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its words, those of groups within included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")


def test_every_command_has_help() -> None:
    assert {"build", "claims merge"} <= {name for name, _ in commands(main)}
    for name, command in commands(main):
        assert command.help, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.name}"


def test_the_readme_names_commands_that_exist(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    makefile = (root / "Makefile").read_text("utf-8")
    assert {"site", "test", "serve"} <= set(re.findall(r"make (\w+)", readme))
    for target in re.findall(r"`?make (\w+)", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for command in re.findall(r"bin/crossclaim (\w+)", readme):
        assert command in dict(commands(main)), command
    for link in re.findall(r"\]\((?!http)([^)#]+)", readme):
        assert (root / link).exists(), link


def test_ci_calls_the_readmes_test_command_and_nothing_else(root: Path) -> None:
    script = (root / ".ci/run").read_text("utf-8")
    commands = [c for c in script.splitlines() if c and not c.startswith(("#", "set "))]
    assert commands == ['cd "$(dirname "$0")/.."', "make test"]
