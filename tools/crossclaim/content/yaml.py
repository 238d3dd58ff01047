"""YAML in which every entry and field knows its line, so that a finding can name one.

Every scalar is read as the text that stands there: a title may be `1984` or `No`. Repeated keys,
which YAML forbids and PyYAML overlooks, are an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from crossclaim.findings import Finding
from crossclaim.model import Place
from crossclaim.names import did_you_mean, nearest

_TYPO = 0.85  # so like a name must be another to be that name, mistyped: “suports”, not “subtitle”
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)


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


def parse_yaml(text: str, first_line: int = 1) -> object:
    """Text to str, list[Item] or Entry; None for an empty text. `first_line` is the text's own.

    Raises BadYaml, with the line, where it is none.
    """
    return _plain_entry(text, first_line) or _composed(text, first_line)


# A line “name: words” in which no sign has a meaning for YAML, as most front matter is written.
_PLAIN_LINE = re.compile(
    r"(?P<name>[a-z]{1,99}): +"
    r"(?P<words>[^\W_](?:[\w .,;/()'’‘“”\"–—…&!?*%+=@-]|:(?=[\w/]))*)(?<! )\n"
)
_NULLS = ("null", "Null", "NULL")


def _plain_entry(text: str, first_line: int) -> Entry | None:
    """What YAML reads in a text of plain lines alone, without its reader; None for any other."""
    values: dict[str, object] = {}
    text, start = f"{text}\n", 0
    while start < len(text):
        match = _PLAIN_LINE.match(text, start)
        if not match or match["name"] in values or match["words"] in _NULLS:
            return None
        values[match["name"]] = match["words"]
        start = match.end()
    lines = {name: line for line, name in enumerate(values, start=first_line)}
    return Entry(values, lines, first_line)


def _composed(text: str, first_line: int) -> object:
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


def _value(node: yaml.Node, first_line: int, values: dict[int, object]) -> object:
    """A node's value. An alias shares the value of its anchor, so that none is read twice."""
    if id(node) in values:
        if values[id(node)] is None:
            raise BadYaml(first_line + node.start_mark.line, "an alias that contains itself")
        return values[id(node)]
    values[id(node)] = None
    values[id(node)] = value = _new_value(node, first_line, values)
    return value


def _new_value(node: yaml.Node, first_line: int, known: dict[int, object]) -> object:
    if isinstance(node, yaml.ScalarNode):
        if any("\ud800" <= sign <= "\udfff" for sign in node.value):
            line = first_line + node.start_mark.line
            raise BadYaml(line, "half a character (a lone surrogate)")
        is_null = node.tag == "tag:yaml.org,2002:null"
        return "" if is_null else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            Item(_value(item, first_line, known), first_line + item.start_mark.line)
            for item in node.value
        ]
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadYaml(line, "a key that is not a word")
        key = str(key_node.value)
        if key in values:
            raise BadYaml(line, f"“{key}” stands twice in one entry")
        values[key] = _value(value_node, first_line, known)
        lines[key] = line
    return Entry(values, lines, first_line + node.start_mark.line)


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[object, list[Finding]]:
    """The value of a YAML text as `parse_yaml` gives it, or None with a finding."""
    try:
        return parse_yaml(text, first_line), []
    except BadYaml as error:
        hint = "mend the YAML there; quote a value that holds “: ” or starts with a sign"
        return None, [Finding("bad-yaml", Place(file, error.line), f"{error}", hint)]


def read_entries(text: str, file: str) -> tuple[list[Entry], list[Finding]]:
    """The entries of a file that is a list of entries; an empty file has none."""
    value, findings = read_yaml(text, file)
    if value is None:
        return [], findings
    hint = "write a list: each entry starts with “- ” and holds “name: value” lines"
    if not isinstance(value, list):
        return [], [Finding("wrong-shape", Place(file), "the file is no list of entries", hint)]
    message = "this item of the list is no entry"
    findings = [
        Finding("wrong-shape", Place(file, item.line), message, hint)
        for item in value
        if not isinstance(item.value, Entry)
    ]
    return [item.value for item in value if isinstance(item.value, Entry)], findings


class Fields:
    """The fields of one entry, each read as what the format asks for, with findings on the way."""

    def __init__(self, entry: Entry, file: str, known: Mapping[str, str]) -> None:
        """`known` maps each name the format has to what it holds."""
        self.entry = entry
        self.file = file
        self.findings: list[Finding] = []
        for key in entry.values:
            if key not in known:
                names = ", ".join(known)
                hint = did_you_mean(key, tuple(known), f"the names are {names}")
                code = "mistyped-name" if nearest(key, tuple(known), _TYPO) else "unknown-metadata"
                self._add(code, key, f"“{key}” is no name of the format", hint)

    def place(self, key: str) -> Place:
        """Where the key stands, or the entry where the key is missing."""
        return Place(self.file, self.entry.lines.get(key, self.entry.line))

    def exact(self, key: str) -> str:
        """A field of one text, as it stands."""
        value = self.entry.values.get(key, "")
        return value if isinstance(value, str) else self.text(key)

    def address(self, key: str) -> str:
        """A field of one address that a browser may open."""
        return self._address(key, self.text(key))

    def _address(self, key: str, address: str) -> str:
        if not address or _ADDRESS.match(address):
            return address
        message, hint = f"“{address}” is no address", "write one that begins with https://"
        self._add("bad-address", key, message, hint)
        return ""

    def text(self, key: str) -> str:
        """A field of one text, white space folded; "" where it is missing."""
        value = self.entry.values.get(key, "")
        if isinstance(value, str):
            return " ".join(value.split())
        self.wrong_shape(key, f"“{key}” is no text", "write one text after the colon")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A field of one text or a list of texts."""
        value = self.entry.values.get(key, "")
        if isinstance(value, str):
            return (value.strip(),) if value.strip() else ()
        if isinstance(value, list) and all(isinstance(item.value, str) for item in value):
            return tuple(str(item.value).strip() for item in value)
        self.wrong_shape(key, f"“{key}” is no list of texts", "write [one, another]")
        return ()

    def addresses(self, key: str) -> tuple[tuple[str, str], ...]:
        """A field that maps labels to addresses."""
        value = self.entry.values.get(key, "")
        if isinstance(value, Entry) and all(isinstance(v, str) for v in value.values.values()):
            return tuple((label, self._address(key, str(v))) for label, v in value.values.items())
        if value != "":
            hint = "write one “label: address” a line below it"
            self.wrong_shape(key, f"“{key}” is no list of labels with addresses", hint)
        return ()

    def wrong_shape(self, key: str, message: str, hint: str) -> None:
        """Add the finding that a field holds something else than the format asks for."""
        self._add("wrong-shape", key, message, hint)

    def _add(self, code: str, key: str, message: str, hint: str) -> None:
        self.findings.append(Finding(code, self.place(key), message, hint))
