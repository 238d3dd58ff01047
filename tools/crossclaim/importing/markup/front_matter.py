"""Front matter of a Markdown file, however its program writes it: YAML, TOML, JSON, plain lines."""

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

import yaml

from crossclaim.importing.document import LeftOut, Unreadable

_FENCED = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\n(?P<front>(?:.*?\n)??)(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_UNCLOSED = re.compile(
    r"(?:---|\+\+\+)[ \t]*\n(?:title|date|author|layout|tags|draft|slug|id|created)[ \t]*[:=]", re.I
)
_JSON = re.compile(r"\{\s*(?:\"[^\"\n]*\"\s*:|\})")
_FIELD_LINES = re.compile(  # Pelican, MultiMarkdown; Hexo ends them with a rule
    r"(?P<front>(?:[A-Za-z][\w-]*(?: [\w-]+)?:(?:[ \t][^\n]*)?\n(?:(?:[ \t]+|-[ \t])\S[^\n]*\n)*)+)"
    r"(?:---[ \t]*)?(?:\n|\Z)"
)
_FIELD = re.compile(r"(?m)^(?P<key>[A-Za-z][\w -]*?):[ \t]*(?P<value>[^\n]*(?:\n[ \t-]+[^\n]*)*)")
_PANDOC = re.compile(r"%[^\n]*\n(?:[ \t]+\S[^\n]*\n|%[^\n]*\n)*")
_KEY = re.compile(r"(?:#[^\n]*\n)*[\"']?\w[\w.@-]*[\"']?:(?:\s|\Z)")
_USUAL = {"title", "date", "author", "authors", "tags", "category", "slug", "summary", "status"}
_OF_SITE = ("params", "extra", "taxonomies")  # Hugo's and Zola's tables for a site's own fields
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_DRAFT = re.compile(r"draft: true|publish(?:ed)?: false|status: (?:draft|hidden|private)", re.I)
_REASON = "front matter, for which an essay has no field"
_HINT = "mend this line; a value with signs in it needs quotation marks"
_Fields = dict[str, Any]


class FrontMatter:
    """The fields above a text, as their file writes them on its first `end` lines.

    Names may be asked for in small letters, without blanks and hyphens.
    """

    def __init__(self, fields: _Fields, lines: str = "") -> None:
        self.end = lines.count("\n")
        self._lines = lines
        for name in _OF_SITE:
            if isinstance(fields.get(name), dict):
                fields = fields.pop(name) | fields
        self._fields = {str(key): value for key, value in fields.items()}
        self._keys = {re.sub(r"[\s_-]", "", key.lower()): key for key in self._fields}
        self._used: set[str] = set()

    def texts(self, *names: str, where: Callable[[str], Any] = bool) -> list[str]:
        """The texts of the first field with one of these names that has any as asked."""
        for key in (self._keys[name] for name in names if name in self._keys):
            if texts := [text for text in _texts(self._fields[key]) if where(text)]:
                self._used.add(key)
                return texts
        return []

    def text(self, *names: str, where: Callable[[str], Any] = bool) -> str:
        """The first text of the first such field, or ""."""
        return "".join(self.texts(*names, where=where)[:1])

    def left_out(self) -> list[LeftOut]:
        """The fields that nobody asked for, each with its line."""
        left_out = []
        for key, value in self._fields.items():
            text = ", ".join(_texts(value)) or ("" if value is None else str(value))
            if text and key not in self._used:
                place = re.search(rf"(?m)^[\s{{,]*[\"']?{re.escape(key)}[\"']?\s*[:=]", self._lines)
                line = 1 + self._lines.count("\n", 0, place.end() if place else 0)
                left_out.append(LeftOut(line, f"{key}: {text}", _REASON))
        return left_out

    def remarks(self) -> list[str]:
        """What the fields say that an editor should know before trusting the file."""
        said = (each.text for each in self.left_out() if _DRAFT.fullmatch(each.text))
        return [f"the file calls itself unpublished ({text})" for text in said]


def read_front_matter(text: str) -> FrontMatter:
    """The fields above a Markdown text, none where there are none. Raises Unreadable."""
    if match := _FENCED.match(text):
        fields = _yaml(match["front"]) if match["fence"] == "---" else _toml(match["front"])
        return FrontMatter({}) if fields is None else FrontMatter(fields, match[0])
    if _UNCLOSED.match(text):
        raise Unreadable("the front matter has no end", "close it with a line as its first one")
    if _JSON.match(text):
        try:
            fields, end = json.JSONDecoder().raw_decode(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise _unreadable(getattr(error, "msg", ""), getattr(error, "lineno", 1)) from error
        return FrontMatter(fields, text[:end] + "\n")
    if match := _FIELD_LINES.match(text):
        fields = _field_lines(match["front"])
        usual = sum(key.lower() in _USUAL for key in fields)
        if {"title", "Title"} & fields.keys() or 1 < usual == len(fields):
            return FrontMatter(fields, match[0])
    if match := _PANDOC.match(text):
        parts = [" ".join(part.split()) for part in re.split(r"(?m)^%", match[0])[1:4]]
        title, author, date = [*parts, "", ""][:3]
        return FrontMatter({"title": title, "author": author.split(";"), "date": date}, match[0])
    return FrontMatter({})


def _yaml(front: str) -> _Fields | None:
    """The fields of a YAML head, all scalars as texts; None for a text between two rules."""
    try:
        fields = yaml.load(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        if not _KEY.match(front):
            return None
        mark = getattr(error, "problem_mark", None)
        raise _unreadable(getattr(error, "problem", ""), mark.line + 2 if mark else 2) from error
    return fields if isinstance(fields, dict) else None if front.strip() else {}


def _toml(front: str) -> _Fields:
    try:
        return tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problem, _, place = str(error).partition(" (at line ")
        line = int(place.partition(",")[0]) + 1 if place[:1].isdigit() else 2
        raise _unreadable(problem, line) from error


def _field_lines(front: str) -> _Fields:
    """Fields of which each has its line; lists are indented below, or stand between semicolons."""
    fields = {}
    for match in _FIELD.finditer(front):
        values = re.split(r"\n[ \t]*-[ \t]+", match["value"])
        if match["key"].lower() in ("author", "authors"):
            values = [name for value in values for name in value.split(";")]
        fields[match["key"]] = [value.strip(" \t\"'") for value in values]
    return fields


def _unreadable(problem: str | None, line: int) -> Unreadable:
    problem = " ".join((problem or "it is nested too deeply").split())
    return Unreadable(f"the front matter cannot be read: {problem}", _HINT, line)


def _texts(value: Any) -> list[str]:
    """The texts of a field: of one value, a list of them, or a list of entries with names."""
    texts: list[str] = []
    stack = [value]
    while stack and len(texts) < 50:
        each = stack.pop()
        if isinstance(each, list):
            stack += reversed(each)
        elif isinstance(each, dict):
            stack.append(each.get("name"))
        elif each is not None and (text := " ".join(_WIKI.sub(r"\1", str(each)).split())):
            texts.append(text)
    return texts
