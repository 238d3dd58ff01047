"""Blocks of a plain text: its paragraphs told apart as headings, list items, verse and prose."""

import re
from collections.abc import Sequence, Set

from crossclaim.importing.document import Block, Kind, Paragraph, Run
from crossclaim.importing.emphasis import inline_runs
from crossclaim.importing.text.headings import headings
from crossclaim.importing.text.lists import item_continuations, list_items

_VERSE_LINE = 75  # characters; longer lines are paragraphs


def text_blocks(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Paragraphs to blocks in order, the lines of verse and of addresses as one block each."""
    items = list_items(paragraphs)
    depths = item_continuations(paragraphs, items)
    heads = {index: head for index, head in headings(paragraphs).items() if index not in items}
    blocks: list[Block] = []
    end = 0
    for index, paragraph in enumerate(paragraphs):
        if index < end:
            continue  # a line of the verse above
        end = index + 1
        if index in items:
            item = items[index]
            block = Block(item.kind, _runs(item.text), item.marker, item.level, paragraph.quoted)
        elif index in heads:
            text, level = heads[index]
            block = Block(Kind.HEADING, _runs(text), level=level, quoted=paragraph.quoted)
        else:
            end = _verse_end(index, paragraphs, items.keys() | heads.keys())
            text = "\n".join(line.text.strip() for line in paragraphs[index:end])
            quoted = 0 if index in depths else paragraph.quoted
            block = Block(Kind.PARAGRAPH, _runs(text), level=depths.get(index, 0), quoted=quoted)
        blocks.append(block)
    return tuple(blocks)


def _runs(text: str) -> tuple[Run, ...]:
    """Words as runs, with one space where tabs or several spaces stand."""
    return inline_runs(re.sub(r"[^\S\xa0\n]+", " ", text))


def _verse_end(start: int, paragraphs: Sequence[Paragraph], other: Set[int]) -> int:
    """Where the verse or address ends that starts here; the next index where none does.

    All lines of one group are short and were lines of their own. `other` are the indices of what
    is no prose.
    """
    quoted, before = paragraphs[start].quoted, paragraphs[start - 1] if start else None
    if before and before.joined and start - 1 not in other and before.quoted == quoted:
        return start + 1
    for index in range(start, len(paragraphs)):
        line = paragraphs[index]
        if index in other:
            return index
        if line.quoted != quoted or line.rows > 1 or len(line.text) > _VERSE_LINE:
            return start + 1
        if not line.joined:
            return index + 1
    return start + 1
