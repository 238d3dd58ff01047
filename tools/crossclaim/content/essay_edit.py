"""Change the tags of an essay's passages in its file, and nothing else, to the byte."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from crossclaim.content import blocks, tag_line
from crossclaim.content.essay import SUGGESTED, split
from crossclaim.content.tag_line import Attributes, BadAttributes
from crossclaim.model import Stance


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A passage as it stands in the file: its number from 1, first line, text, attributes.

    `attributes` is None where the tag line cannot be read.
    """

    number: int
    line: int
    text: str
    attributes: Attributes | None


def tagged(text: str) -> tuple[TaggedText, ...]:
    """The passages of an essay's file, in reading order."""
    found = paragraphs_of(blocks.scan(split(text).body))
    return tuple(
        TaggedText(number, block.lines[0].number, block.text, readable(block))
        for number, block in enumerate(found, start=1)
    )


def with_attributes(text: str, changed: Mapping[int, Attributes]) -> str:
    """The essay's text with the attributes of some passages changed, by the passage's number.

    A passage whose attributes are the same already keeps its tag line as it is written.
    """
    lines = text.split("\n")
    for number, block in reversed(list(enumerate(paragraphs_of(blocks.scan(split(text).body)), 1))):
        if number not in changed or changed[number] == readable(block):
            continue
        if block.tag_line:
            at = block.tag_line.number - 1
            end = "\r" if lines[at].endswith("\r") else ""
            lines[at] = lines[at].partition("{")[0] + str(changed[number]) + end
        else:
            last = lines[block.lines[-1].number - 1]
            end = "\r" if last.endswith("\r") else ""
            lines.insert(block.lines[-1].number, f"{margin(last)}{changed[number]}{end}")
    return "\n".join(lines)


def retagged(text: str, change: Callable[[Attributes], Attributes]) -> str:
    """The essay's text with every readable tag line changed by `change`."""
    found = [passage for passage in tagged(text) if passage.attributes is not None]
    return with_attributes(text, {p.number: change(p.attributes) for p in found if p.attributes})


def tags_of(found: Attributes) -> tuple[tuple[Stance, str, bool], ...]:
    """The tags in attributes: stance, claim id, whether reviewed; in the order they stand."""
    tags = []
    for key, value in found.pairs:
        if key in set(Stance):
            for name in _names(value):
                claim = name.removesuffix(SUGGESTED)
                tags.append((Stance(key), claim, not name.endswith(SUGGESTED)))
    return tuple(tags)


def with_tag(found: Attributes, claim: str, stance: Stance, reviewed: bool = True) -> Attributes:
    """Attributes with this tag; one of the same claim and stance is replaced where it stands."""
    token = claim if reviewed else claim + SUGGESTED
    pairs = list(found.pairs)
    for at, (key, value) in enumerate(pairs):
        names = _names(value)
        if key == stance and {claim, claim + SUGGESTED} & set(names):
            same = [token if n.removesuffix(SUGGESTED) == claim else n for n in names]
            pairs[at] = (key, " ".join(dict.fromkeys(same)))
            return replace(found, pairs=tuple(pairs))
    for at, (key, value) in enumerate(pairs):
        if key == stance:
            pairs[at] = (key, " ".join([*_names(value), token]))
            return replace(found, pairs=tuple(pairs))
    return replace(found, pairs=(*pairs, (stance.value, token)))


def without_tag(found: Attributes, claim: str, stance: Stance) -> Attributes:
    """Attributes without the tag of this claim and stance, reviewed or suggested."""
    pairs = []
    for key, value in found.pairs:
        if key == stance:
            kept = [n for n in _names(value) if n.removesuffix(SUGGESTED) != claim]
            if kept:
                pairs.append((key, " ".join(kept)))
        else:
            pairs.append((key, value))
    return replace(found, pairs=tuple(pairs))


def as_aside(found: Attributes, aside: bool = True) -> Attributes:
    """Attributes with or without the mark of a passage that makes no claim."""
    classes = [name for name in found.classes if name != "aside"]
    return replace(found, classes=(*classes, "aside") if aside else tuple(classes))


def attributes_of(block: blocks.ParagraphBlock) -> Attributes:
    """A paragraph's attributes; a tag line that cannot be read counts as one with an id."""
    found = readable(block)
    return Attributes(id="?") if found is None else found


def margin(line: str) -> str:
    """What a tag line under this line begins with, to stand in the same quotation or item."""
    start = re.match(r"[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}\.)[ \t]+|[ \t]+)*", line)
    found = start[0] if start else ""
    return re.sub(r"[^>\s]", " ", found)


def paragraphs_of(found: tuple[blocks.Block, ...]) -> list[blocks.ParagraphBlock]:
    """Every paragraph among the blocks, in reading order, however deeply nested."""
    gathered: list[blocks.ParagraphBlock] = []
    for block in found:
        match block:
            case blocks.ParagraphBlock():
                gathered.append(block)
            case blocks.QuoteBlock():
                gathered += paragraphs_of(block.blocks)
            case blocks.ListBlock():
                for item in block.items:
                    gathered += paragraphs_of(item)
    return gathered


def readable(block: blocks.ParagraphBlock) -> Attributes | None:
    """A paragraph's attributes; None where its tag line cannot be read."""
    try:
        return tag_line.parse(block.tag_line.text) if block.tag_line else Attributes()
    except BadAttributes:
        return None


def _names(value: str) -> list[str]:
    return [name for name in re.split(r"[\s,]+", value) if name]
