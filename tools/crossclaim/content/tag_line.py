"""The tag line under a paragraph: `{: #id .aside asserts="claim other-claim?" }`.

The syntax is the attribute list of Python-Markdown, MkDocs, ProperDocs and Zensical; its values
here are a passage's id, its stances with their claims, and the class `aside`. Further lines hold
the words of the passage that decide a tag, by claim: `{: claim="its words … more of them" }`.
"""

import re
from dataclasses import dataclass, replace

from crossclaim.model import Stance
from crossclaim.names import nearest

# The colon may be missing, as in Python-Markdown, where what follows can be nothing else.
_LINE = re.compile(
    r"[ \t]*\{(?::|(?=[ \t]*(?:[#.][^\s}]|[\w-]+[ \t]*=)))"
    r"[ \t]*(?P<inside>[^}\n]*?)[ \t]*\}[ \t]*\Z"
)
_TOKEN = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s="'#]+)
      | \.(?P<class>[^\s="'#]+)
      | (?P<key>[^\s="'.\#]+)\s*=\s*
        (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=“”„‘’«»]+))
    )(?=\s|\Z)""",
    re.VERBOSE,
)
# What is no tag line and was meant as one: it opens like one, or holds an id and an attribute.
_BROKEN = re.compile(
    rf"""[ \t]*(?:
        \{{+:
      | \{{?:?[ \t]*(?:[#.][\w-]+[ \t]+)*(?:{"|".join(Stance)}|was)[ \t]*=
      | \{{?:?[ \t]*[#.][\w-]+[ \t]+[\w-]+[ \t]*=
      | (?::[ \t]*[#.][\w-]+|[\w-]+[ \t]*=[ \t]*["'“])[^{{}}]*\}}[ \t]*\Z
    )""",
    re.VERBOSE,
)
_AT_THE_END = re.compile(r"\S[ \t]*(?P<line>\{:[^{}`]*\})[ \t]*\Z")
# What stands in a line with mistakes, as it was meant.
_MEANT = re.compile(
    r"""\s*(?:
        \#[ \t]*(?P<id>[^\s="'#]+)
      | \.[ \t]*(?P<class>[\w-]+)
      | (?P<key>[\w-]+)[ \t]*[=:]+(?P<value>.*?)(?=\s[\w-]+[ \t]*[=:]|\s[#.]|\Z)
      | (?P<bare>[\w-]+)
    )""",
    re.VERBOSE,
)
_STRAIGHT = str.maketrans("“”„«»‘’", '"""""\'\'')
_SEPARATORS = re.compile(r"[;/|&+]")  # between claims, where there should be a space

WAS = "was"
ASIDE = "aside"
_FIRST_LINE_KEYS = {*Stance, WAS}
_EXAMPLE = 'write {: #id asserts="claim-id other-claim-id" }'


class BadAttributes(ValueError):
    """The tag line cannot be read; the message quotes where it breaks, `hint` says what to do.

    `line` counts from the first of the lines that were to be read.
    """

    def __init__(self, message: str, hint: str = _EXAMPLE, line: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line


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
        return ASIDE in self.classes

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


def is_broken(line: str) -> bool:
    """Whether the line lacks what makes it a tag line, such as its last brace, but is meant so."""
    return bool(_BROKEN.match(line)) and not is_tag_line(line)


def tags_at_the_end(line: str) -> str:
    """The tag line that stands at the end of a line of text, where it tags nothing; else ""."""
    match = _AT_THE_END.search(line) if "{:" in line else None
    if not match:
        return ""
    meant = _meant(match["line"])
    return match["line"] if meant and (meant.id or meant.pairs) else ""


def parse(line: str, *further: str) -> Attributes:
    """A tag line, and those under it, to their attributes. Raises BadAttributes."""
    attributes = _parse_line(line)
    words: list[tuple[str, str]] = []
    for number, other in enumerate(further, start=1):
        try:
            words += _parse_words(other)
        except BadAttributes as error:
            error.line = number
            raise
    return replace(attributes, words=tuple(words))


def _parse_words(line: str) -> tuple[tuple[str, str], ...]:
    """A tag line under the first one to deciding words by claim. Raises BadAttributes."""
    inside = _parse_line(line)
    misplaced = [f"#{inside.id}"] if inside.id else [f".{name}" for name in inside.classes]
    misplaced += [key for key, _ in inside.pairs if key in _FIRST_LINE_KEYS]
    if misplaced:
        message = f"“{misplaced[0]}” belongs on the passage’s first tag line"
        raise BadAttributes(message, "make one of the lines, or take one out")
    return inside.pairs


def _parse_line(line: str) -> Attributes:
    match = _LINE.match(line)
    if not match:
        raise BadAttributes(_incomplete(line.strip()), _rewritten(line))
    inside, position = match["inside"], 0
    ids: list[str] = []
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    while inside[position:].strip():
        token = _TOKEN.match(inside, position)
        if not token:
            rest = inside[position:].strip()
            curly = " with curly quotation marks" if rest != rest.translate(_STRAIGHT) else ""
            raise BadAttributes(f"cannot read “{rest}”{curly}", _rewritten(line))
        if token["id"]:
            ids.append(token["id"])
        elif token["class"]:
            classes.append(token["class"])
        else:
            value = next(v for v in token.group("double", "single", "bare") if v is not None)
            pairs.append((token["key"], value))
        position = token.end()
    if len(ids) > 1:
        raise BadAttributes(f"two ids, “{ids[0]}” and “{ids[1]}”", "keep one of them")
    _refuse_misspelt(classes, pairs, line)
    return Attributes(ids[0] if ids else "", tuple(classes), tuple(pairs))


def _refuse_misspelt(classes: list[str], pairs: list[tuple[str, str]], line: str) -> None:
    """Raises BadAttributes where a class is nearly one of ours, or a sign belongs to no claim."""
    for name in classes:
        if name != ASIDE and nearest(name, [ASIDE]):
            raise BadAttributes(f"“.{name}” means nothing", f"did you mean “.{ASIDE}”?")
    claims = [value for key, value in pairs if key in set(Stance)]
    if any(not name.strip("?") for value in claims for name in value.split()):
        raise BadAttributes("a “?” stands apart from its claim", _rewritten(line))
    if sign := _SEPARATORS.search(" ".join(claims)):
        message = f"“{sign[0]}” stands between claims, where a space should"
        raise BadAttributes(message, _rewritten(line))


def _incomplete(line: str) -> str:
    """What a line lacks that was meant as a tag line."""
    if not is_broken(line):
        return f"no tag line: {line}"
    if not line.startswith("{"):
        return "its opening “{:” is missing"
    if behind := line.partition("}")[2].strip():
        return f"“{behind}” stands behind its “}}”"
    quote = '" ' if line.translate(_STRAIGHT).count('"') % 2 else ""
    return f"its closing “{quote}}}” is missing"


def _rewritten(line: str) -> str:
    """A hint: the line as it was meant, where that can be told."""
    meant = _meant(line)
    return f"write {meant.lines[0]}" if meant else _EXAMPLE


def _meant(line: str) -> Attributes | None:
    """What a line with mistakes was meant to say; None where nobody can tell."""
    text = line.strip().lstrip("{ \t:").partition("}")[0].strip()
    text = text.translate(_STRAIGHT)
    names: list[str] = []
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        token = _MEANT.match(text, position)
        if not token:
            return None
        if token["key"]:
            value = re.sub(r"\s+(?=\?)", "", _SEPARATORS.sub(" ", token["value"]))
            pairs.append((token["key"], " ".join(re.sub("[\"']", " ", value).split())))
        elif token["class"] or (token["bare"] and nearest(token["bare"], [ASIDE])):
            classes.append(token["class"] or ASIDE)
        else:
            names.append(token["id"] or token["bare"])
        position = token.end()
    stances = {word for _, value in pairs for word in value.split()} & {*Stance}
    if len(names) > 1 or stances:
        return None
    return Attributes("".join(names), tuple(classes), tuple(pairs))
