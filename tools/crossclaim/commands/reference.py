"""The pages of the guide that are made from the program itself: findings, commands, formats."""

from typing import Any

import click

from crossclaim.content.essay import ESSAY_FIELDS
from crossclaim.content.registry import AUTHOR_FIELDS, CLAIM_FIELDS
from crossclaim.content.second_readings import READING_FIELDS
from crossclaim.findings import CODES
from crossclaim.model import STANCE_MEANINGS


def findings_page() -> str:
    """The list of finding codes, as Markdown."""
    lines = [
        "# Findings",
        "",
        "What `crossclaim check` says, one line each: code, `file:line`, what is wrong, what to",
        "do; errors first. Where many are of one kind, they stand together with their number and",
        "the first places; `--all` prints every line. An error stops `crossclaim build` before",
        "anything is written; a warning does not.",
        "",
    ]
    for severity in ("error", "warning"):
        lines += [f"## {severity.capitalize()}s", ""]
        lines += [
            f"- `{code}`: {meaning}" for code, (kind, meaning) in CODES.items() if kind == severity
        ]
        lines += [""]
    return "\n".join(lines)


def commands_page(main: click.Group) -> str:
    """Every command's help, as Markdown."""
    lines = ["# Commands", "", "What `crossclaim COMMAND --help` prints.", ""]
    width: dict[str, Any] = {
        "terminal_width": 88,
        "max_content_width": 88,
        "resilient_parsing": True,
    }
    context = main.make_context("crossclaim", [], **width)
    lines += ["```text", main.get_help(context), "```", ""]
    lines += _helped(main, context, "##", width)
    lines += [
        "## Exit codes",
        "",
        "0: done; `check` found no error (with `--strict`: nothing). 1: there are errors, or the",
        "command could not do its work. 2: the words of the command were not understood, or the",
        "folder holds no collection.",
        "",
    ]
    return "\n".join(lines)


def _helped(group: click.Group, context: click.Context, level: str, width: Any) -> list[str]:
    """The help of each command in a group, and of those in it that are groups themselves."""
    lines: list[str] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = command.make_context(name, [], context, **width)
        path = inner.command_path.removeprefix("crossclaim ")
        lines += [f"{level} {path}", "", "```text", command.get_help(inner), "```", ""]
        if isinstance(command, click.Group):
            lines += _helped(command, inner, f"{level}#", width)
    return lines


def field_lists() -> dict[str, str]:
    """The fields of each format and the stances, as Markdown lists, by the name of their place."""

    def listed(fields: dict[str, str]) -> str:
        return "\n".join(f"- `{name}`: {meaning}" for name, meaning in fields.items())

    return {
        "essay": listed(ESSAY_FIELDS),
        "claim": listed(CLAIM_FIELDS),
        "author": listed(AUTHOR_FIELDS),
        "reading": listed(READING_FIELDS),
        "stances": listed({s.value: f"the passage {m}" for s, m in STANCE_MEANINGS.items()}),
    }
