"""Write the ids that passages lack into an essay's file, and change nothing else."""

import re

from crossclaim import attributes, blocks
from crossclaim.attributes import Attributes, BadAttributes
from crossclaim.essay_file import split
from crossclaim.names import opening_id


def with_ids(text: str) -> tuple[str, tuple[str, ...]]:
    """The essay's text with an id written for every passage that has none, and those ids.

    Everything else stays as it was, to the byte.
    """
    cut = split(text)
    paragraphs = list(_paragraphs(blocks.scan(cut.body)))
    taken = {_attributes(block).id for block in paragraphs} - {""}
    lines = text.split("\n")
    given: list[str] = []
    inserted: list[tuple[int, str]] = []
    for block in paragraphs:
        if _attributes(block).id:
            continue
        name = opening_id(block.text, taken)
        taken.add(name)
        given.append(name)
        if block.tag_line:
            at = block.tag_line.number - 1
            opening, _, rest = lines[at].partition("{")
            lines[at] = f"{opening}{{: #{name} {rest.removeprefix(':').lstrip()}"
        else:
            inserted.append((block.lines[-1].number, name))
    for number, name in reversed(inserted):
        last = lines[number - 1]
        lines.insert(number, _margin(last) + "{: #" + name + " }" + last[len(last.rstrip("\r")) :])
    return "\n".join(lines), tuple(given)


def _attributes(block: blocks.ParagraphBlock) -> Attributes:
    """A paragraph's attributes; a tag line that cannot be read is left to `check`."""
    try:
        return attributes.parse(block.tag_line.text) if block.tag_line else Attributes()
    except BadAttributes:
        return Attributes(id="?")


def _margin(line: str) -> str:
    """What a tag line under this line begins with, to stand in the same quotation or item."""
    margin = re.match(r"[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}\.)[ \t]+|[ \t]+)*", line)
    found = margin[0] if margin else ""
    return re.sub(r"[^>\s]", " ", found)


def _paragraphs(found: tuple[blocks.Block, ...]) -> list[blocks.ParagraphBlock]:
    gathered: list[blocks.ParagraphBlock] = []
    for block in found:
        match block:
            case blocks.ParagraphBlock():
                gathered.append(block)
            case blocks.QuoteBlock():
                gathered += _paragraphs(block.blocks)
            case blocks.ListBlock():
                for item in block.items:
                    gathered += _paragraphs(item)
    return gathered
