"""The tag line under a paragraph: `{: #id .aside asserts="claim other-claim?" }`.

The syntax is the attribute list of Python-Markdown, MkDocs, ProperDocs and Zensical; its values
here are a passage's id, its stances with their claims, and the class `aside`. Further lines hold
the words of the passage that decide a tag, by claim: `{: claim="its words … more of them" }`.
"""

import re
from dataclasses import dataclass, replace

from crossclaim.model import Stance

# The colon may be missing, as in Python-Markdown, where what follows can be nothing else.
_LINE = re.compile(
    r"[ \t]*\{(?::|(?=[ \t]*(?:[#.][^\s}]|[\w-]+[ \t]*=)))"
    r"[ \t]*(?P<inside>[^}\n]*?)[ \t]*\}[ \t]*\Z"
)
_TOKEN = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s="'#]+)
      | \.(?P<class>[^\s="'#]+)
      | (?P<key>[^\s="'.\#]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=]+))
    )(?=\s|\Z)""",
    re.VERBOSE,
)


WAS = "was"
_FIRST_LINE_KEYS = {*Stance, WAS}


class BadAttributes(ValueError):
    """The tag line cannot be read; the message quotes where it breaks."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a tag line says. `pairs` keeps order and repetition; values are as written.

    `words` are the deciding words by claim, from the lines under it.
    """

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def was(self) -> tuple[str, ...]:
        """The ids of passages that became part of this one; their addresses keep working."""
        return tuple(name for key, value in self.pairs if key == WAS for name in value.split())

    @property
    def aside(self) -> bool:
        """Whether the passage is marked as making no claim."""
        return "aside" in self.classes

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as they are written: the tag line, and one for each claim with its words."""
        names = [f"#{self.id}"] if self.id else []
        names += [f".{name}" for name in self.classes]
        first = " ".join([*names, *(_pair(*pair) for pair in self.pairs)])
        return f"{{: {first} }}", *(f"{{: {_pair(*pair)} }}" for pair in self.words)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def _pair(key: str, value: str) -> str:
    quote = "'" if '"' in value else '"'
    return f"{key}={quote}{value}{quote}"


def is_tag_line(line: str) -> bool:
    """Whether the line is a tag line by its look, readable or not."""
    return bool(_LINE.match(line))


def parse(line: str, *further: str) -> Attributes:
    """A tag line, and those under it, to their attributes. Raises BadAttributes."""
    attributes = _parse_line(line)
    words: list[tuple[str, str]] = []
    for other in further:
        inside = _parse_line(other)
        misplaced = [f"#{inside.id}"] if inside.id else [f".{name}" for name in inside.classes]
        misplaced += [key for key, _ in inside.pairs if key in _FIRST_LINE_KEYS]
        if misplaced:
            raise BadAttributes(f"“{misplaced[0]}” belongs on the passage’s first tag line")
        words += inside.pairs
    return replace(attributes, words=tuple(words))


def _parse_line(line: str) -> Attributes:
    match = _LINE.match(line)
    if not match:
        raise BadAttributes(f"no tag line: {line.strip()}")
    inside, position = match["inside"], 0
    ids: list[str] = []
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    while inside[position:].strip():
        token = _TOKEN.match(inside, position)
        if not token:
            raise BadAttributes(f"cannot read “{inside[position:].strip()}”")
        if token["id"]:
            ids.append(token["id"])
        elif token["class"]:
            classes.append(token["class"])
        else:
            value = next(v for v in token.group("double", "single", "bare") if v is not None)
            pairs.append((token["key"], value))
        position = token.end()
    if len(ids) > 1:
        raise BadAttributes(f"two ids, “{ids[0]}” and “{ids[1]}”")
    return Attributes(ids[0] if ids else "", tuple(classes), tuple(pairs))
