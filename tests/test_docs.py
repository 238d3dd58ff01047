"""The guide keeps up with the program. `make golden` saves what has changed."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from crossclaim.cli import main
from crossclaim.commands.reference import commands_page, field_lists, findings_page
from crossclaim.model import Stance
from module_map import modules_page

GUIDE = Path(__file__).parent.parent / "docs" / "guide"


def compare(path: Path, made: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--save-golden"):
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made


def test_the_list_of_findings_is_the_programs(request: pytest.FixtureRequest) -> None:
    compare(GUIDE / "findings.md", findings_page(), request)


def test_the_list_of_commands_is_the_programs(request: pytest.FixtureRequest) -> None:
    compare(GUIDE / "commands.md", commands_page(main), request)


def test_the_map_of_modules_is_the_programs(request: pytest.FixtureRequest) -> None:
    compare(GUIDE / "modules.md", modules_page(), request)


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


def test_a_commit_is_checked_by_what_make_lint_runs(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    settings = yaml.safe_load((root / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = [hook for repo in settings["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in settings["repos"]} == {"local"}, "nothing is fetched"
    names = re.findall(r"\$\(BIN\)/((?:ruff )?[\w-]+)", recipe[1])
    assert [hook["name"] for hook in hooks] == names
    assert all(hook["entry"].startswith(f".venv/bin/{hook['name']}") for hook in hooks)


# What CONTRIBUTING.md names though it is not there: an example to be written.
TO_BE_MADE = {"importing/markup/odt.py", "tests/test_reading_odt.py"}


def named_files(text: str, root: Path) -> dict[str, list[Path]]:
    """The paths that a text of CONTRIBUTING.md names, each with the files it leads to."""
    paths = re.findall(r"`([\w.<>/-]+(?:/|\.(?:py|md|yml|toml|js|css|jinja)))`", text)
    return {
        path: [
            file
            for folder in (root, root / "tools/crossclaim")
            for file in folder.glob(re.sub(r"<\w+>", "*", path))
        ]
        for path in paths
    }


def test_contributors_are_told_of_files_that_exist_and_what_stands_in_them(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    missing = {path for path, files in named_files(text, root).items() if not files}
    # What tests leave under build/ is there after some runs only.
    assert {path for path in missing if not path.startswith("build/")} == TO_BE_MADE
    for step in re.split(r"^\d\. ", text, flags=re.MULTILINE):
        files = [file for each in named_files(step, root).values() for file in each]
        code = "".join(file.read_text("utf-8") for file in files if file.is_file())
        for name in re.findall(r"`([A-Z_]{4,}|[a-z]+_[a-z]+)`", step):
            assert name == "read_odt" or re.search(rf"\b{name}\b", code), name


def test_contributors_are_told_of_every_file_that_lists_the_stances(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    steps = text.partition("### A sixth stance")[2].partition("\n#")[0]
    named = {file for files in named_files(steps, root).values() for file in files}
    for file in (root / "tools/crossclaim").rglob("*.*"):
        if file.suffix in (".py", ".js", ".css", ".jinja", ".md"):
            code = file.read_text("utf-8").lower()
            known = [stance for stance in Stance if stance in code]
            if len(known) > 3:
                assert file in named, file
                assert known == list(Stance), file
