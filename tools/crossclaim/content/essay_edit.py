"""Change an essay's ids, tags and front matter in its file, and nothing else, to the byte."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from crossclaim.content import tag_line
from crossclaim.content.essay import SUGGESTED, attributes_of, split
from crossclaim.content.markdown import Line, ParagraphBlock, paragraphs, parse_blocks, plain_words
from crossclaim.content.tag_line import Attributes, BadAttributes
from crossclaim.content.yaml_edit import CannotEdit, with_texts
from crossclaim.model import Definitions, Stance
from crossclaim.names import opening_id


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A passage as it stands in the file: its number from 1, its lines, text, attributes.

    `line` is its first line and `last` its text's last; `margin` stands before a tag line under it.
    `attributes` is None where the tag line cannot be read.
    """

    number: int
    line: int
    last: int
    text: str
    tag_lines: tuple[Line, ...]
    margin: str
    attributes: Attributes | None
    definitions: Definitions

    @property
    def words(self) -> str:
        """The passage's words on one line, without marks."""
        return plain_words(self.text, self.definitions)


def tagged(text: str) -> tuple[TaggedText, ...]:
    """The passages of an essay's file, in reading order. Raises NestedTooDeeply."""
    parsed = parse_blocks(split(text).body)
    return tuple(
        TaggedText(
            number,
            block.first,
            block.last,
            block.text,
            block.tag_lines,
            block.margin,
            readable(block),
            parsed.definitions,
        )
        for number, block in enumerate(paragraphs(parsed.blocks), start=1)
    )


def with_ids(text: str) -> tuple[str, tuple[str, ...]]:
    """The essay's text with an id written for every passage that has none, and those ids.

    Everything else stays as it was, to the byte. A tag line that cannot be read counts as one with
    an id.
    """
    passages = [passage for passage in tagged(text) if passage.attributes is not None]
    taken = {
        name for p in passages if p.attributes for name in (p.attributes.id, *p.attributes.was)
    }
    given: list[str] = []
    lines = text.split("\n")
    added: list[tuple[TaggedText, Attributes]] = []
    for passage in passages:
        if passage.attributes and passage.attributes.id:
            continue
        name = opening_id(passage.words, taken)
        taken.add(name)
        given.append(name)
        if passage.tag_lines:
            index = passage.tag_lines[0].number - 1
            opening, _, rest = lines[index].partition("{")
            lines[index] = f"{opening}{{: #{name} {rest.removeprefix(':').lstrip()}"
        else:
            added.append((passage, Attributes(name)))
    for passage, attributes in reversed(added):
        _write(lines, passage, attributes)
    return "\n".join(lines), tuple(given)


def with_attributes(text: str, changed: Mapping[int, Attributes]) -> str:
    """The essay's text with the attributes of some passages changed, by the passage's number.

    A passage whose attributes are the same already keeps its tag line as it is written.
    """
    lines = text.split("\n")
    for passage in reversed(tagged(text)):
        new = changed.get(passage.number)
        if new is not None and new != passage.attributes:
            _write(lines, passage, new)
    return "\n".join(lines)


def _write(lines: list[str], passage: TaggedText, new: Attributes) -> None:
    """Put tag lines under the passage's last line, in the same quotation or item.

    A line that says what it said stays as it is written.
    """
    start, end = passage.last, passage.last + len(passage.tag_lines)
    old = passage.attributes or Attributes()
    feed = "\r" if lines[start - 1].endswith("\r") else ""
    margin = lines[start].partition("{")[0] if passage.tag_lines else passage.margin
    first, *further = [f"{margin}{line}{feed}" for line in new.lines]
    if passage.tag_lines and replace(new, words=old.words) == old:
        first = lines[start]
    readable_lines = passage.tag_lines[1:] if passage.attributes else ()
    written = {tag_line.parse(line.text).pairs: lines[line.number - 1] for line in readable_lines}
    pairs = zip(new.words, further, strict=True)
    lines[start:end] = [first, *(written.get((pair,), line) for pair, line in pairs)]


def retagged(text: str, change: Callable[[Attributes], Attributes]) -> str:
    """The essay's text with every readable tag line changed by `change`."""
    new = {p.number: change(p.attributes) for p in tagged(text) if p.attributes is not None}
    return with_attributes(text, new)


def with_front_texts(text: str, key: str, values: Sequence[str]) -> str:
    """The essay's text with a field of its front matter holding these texts. Raises CannotEdit."""
    return with_front(text, lambda front: with_texts(front, key, values))


def with_front(text: str, change: Callable[[str], str]) -> str:
    """The essay's text with its front matter changed by `change`. Raises CannotEdit."""
    front = split(text).front or ""
    first, *lines = text.split("\n")
    end = front.count("\n") + 1 if front else 0  # up to the line that closes it
    try:
        changed = change("\n".join([*lines[:end], ""]))
    except CannotEdit as error:
        raise CannotEdit(error.line + 1, str(error)) from error
    return f"{first}\n{changed}" + "\n".join(lines[end:])


def tags_of(attributes: Attributes) -> tuple[tuple[Stance, str, bool], ...]:
    """The tags in attributes: stance, claim id, whether reviewed; in the order they stand."""
    tags = []
    for key, value in attributes.pairs:
        if key in set(Stance):
            for name in _names(value):
                claim = name.removesuffix(SUGGESTED)
                tags.append((Stance(key), claim, not name.endswith(SUGGESTED)))
    return tuple(tags)


def with_tag(
    attributes: Attributes, claim: str, stance: Stance, reviewed: bool = True
) -> Attributes:
    """Attributes with this tag; one of the same claim and stance is replaced where it stands."""
    token = claim if reviewed else claim + SUGGESTED
    pairs = list(attributes.pairs)
    for index, (key, value) in enumerate(pairs):
        names = _names(value)
        if key == stance and {claim, claim + SUGGESTED} & set(names):
            same = [token if n.removesuffix(SUGGESTED) == claim else n for n in names]
            pairs[index] = (key, " ".join(dict.fromkeys(same)))
            return replace(attributes, pairs=tuple(pairs))
    for index, (key, value) in enumerate(pairs):
        if key == stance:
            pairs[index] = (key, " ".join([*_names(value), token]))
            return replace(attributes, pairs=tuple(pairs))
    return replace(attributes, pairs=(*pairs, (stance.value, token)))


def without_tag(attributes: Attributes, claim: str, stance: Stance) -> Attributes:
    """Attributes without the tag of this claim and stance, and the words that decided it."""
    pairs = []
    for key, value in attributes.pairs:
        if key == stance:
            kept = [n for n in _names(value) if n.removesuffix(SUGGESTED) != claim]
            if kept:
                pairs.append((key, " ".join(kept)))
        else:
            pairs.append((key, value))
    left = replace(attributes, pairs=tuple(pairs))
    if claim in {name for _, name, _ in tags_of(left)}:
        return left
    return replace(left, words=tuple(pair for pair in left.words if pair[0] != claim))


def as_aside(attributes: Attributes, aside: bool = True) -> Attributes:
    """Attributes with or without the mark of a passage that makes no claim."""
    classes = [name for name in attributes.classes if name != "aside"]
    return replace(attributes, classes=(*classes, "aside") if aside else tuple(classes))


def readable(block: ParagraphBlock) -> Attributes | None:
    """A paragraph's attributes; None where its tag line cannot be read."""
    try:
        return attributes_of(block)
    except BadAttributes:
        return None


def _names(value: str) -> list[str]:
    return [name for name in re.split(r"[\s,]+", value) if name]
