"""Write the ids that passages lack into an essay's file, and change nothing else."""

from crossclaim.content import blocks
from crossclaim.content.essay import split
from crossclaim.content.essay_edit import attributes_of, margin, paragraphs_of
from crossclaim.names import opening_id


def with_ids(text: str) -> tuple[str, tuple[str, ...]]:
    """The essay's text with an id written for every passage that has none, and those ids.

    Everything else stays as it was, to the byte.
    """
    cut = split(text)
    paragraphs = paragraphs_of(blocks.scan(cut.body))
    found = [attributes_of(block) for block in paragraphs]
    taken = {name for a in found for name in (a.id, *a.was)} - {""}
    lines = text.split("\n")
    given: list[str] = []
    inserted: list[tuple[int, str]] = []
    for block in paragraphs:
        if attributes_of(block).id:
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
        lines.insert(number, margin(last) + "{: #" + name + " }" + last[len(last.rstrip("\r")) :])
    return "\n".join(lines), tuple(given)
