"""YAML whose entries know their lines, so that a finding can name one.

Every scalar is read as the text that stands there: a title may be `1984` or `No`. Repeated keys,
which YAML forbids and PyYAML overlooks, are an error.
"""

from dataclasses import dataclass

import yaml


class BadYaml(ValueError):
    """The text is no YAML. `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping, the line it starts on, and the line of each key."""

    values: dict[str, object]
    lines: dict[str, int]
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """A list's element and its line."""

    value: object
    line: int


def parse(text: str, first_line: int = 1) -> object:
    """Text to str, list[Item] or Entry; None for an empty text. `first_line` is the text's own.

    Raises BadYaml, with the line, where it is none.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        raise BadYaml(first_line + line, error.problem or str(error)) from error
    except yaml.YAMLError as error:
        raise BadYaml(first_line, str(error)) from error
    except RecursionError as error:
        raise BadYaml(first_line, "nested too deeply") from error
    return None if node is None else _value(node, first_line, {})


def _value(node: yaml.Node, first: int, known: dict[int, object]) -> object:
    """A node's value. An alias shares the value of its anchor, so that none is read twice."""
    if id(node) in known:
        if known[id(node)] is None:
            raise BadYaml(first + node.start_mark.line, "an alias that contains itself")
        return known[id(node)]
    known[id(node)] = None
    known[id(node)] = made = _made(node, first, known)
    return made


def _made(node: yaml.Node, first: int, known: dict[int, object]) -> object:
    if isinstance(node, yaml.ScalarNode):
        if any("\ud800" <= sign <= "\udfff" for sign in node.value):
            raise BadYaml(first + node.start_mark.line, "half a character (a lone surrogate)")
        is_null = node.tag == "tag:yaml.org,2002:null"
        return "" if is_null else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [Item(_value(n, first, known), first + n.start_mark.line) for n in node.value]
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = first + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadYaml(line, "a key that is not a word")
        key = str(key_node.value)
        if key in values:
            raise BadYaml(line, f"“{key}” stands twice in one entry")
        values[key] = _value(value_node, first, known)
        lines[key] = line
    return Entry(values, lines, first + node.start_mark.line)
