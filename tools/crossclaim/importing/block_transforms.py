"""Transforms of blocks as they come out of elements, such that an essay can hold them."""

from collections.abc import Sequence
from dataclasses import replace

from crossclaim.importing.document import Block, Kind, Run, SourceBlock
from crossclaim.importing.run_builder import RunBuilder
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_HEADING_WORDS = 14
_PROSE_LINE = 20  # words, on average; lines of verse are shorter


def heading_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A heading's runs: on one line, and not strong throughout, as headings are anyway."""
    lighter = {"strong": "", "both": "em"} if _is_strong(runs) else {}
    builder = RunBuilder()
    for run in runs:
        if run.note:
            builder.add_reference(run.note)
        else:
            builder.add(run.text, replace(run, emphasis=lighter.get(run.emphasis, run.emphasis)))
    return builder.build()


def _is_strong(runs: tuple[Run, ...]) -> bool:
    """Whether all words are set in strong emphasis."""
    return all(run.emphasis in ("strong", "both") for run in runs if run.text.strip())


def split_paragraphs(block: Block) -> list[Block]:
    """The block, or one for each of its lines where these are whole paragraphs."""
    lines = block.text.split("\n")
    if len(lines) < 2 or len(block.text.split()) < _PROSE_LINE * len(lines):
        return [block]
    long = [line for line in lines if len(line.split()) >= _PROSE_LINE]
    if 2 * sum(ends_sentence(line, also=":") for line in long) < len(long):
        return [block]
    return split_lines(block)


def split_lines(block: Block) -> list[Block]:
    """A block for each of the block's lines."""
    builders = [RunBuilder()]
    for run in block.runs:
        if run.note:
            builders[-1].add_reference(run.note)
            continue
        for index, text in enumerate(run.text.split("\n")):
            if index:
                builders.append(RunBuilder())
            builders[-1].add(text, replace(run, text=""))
    first, *rest = [builder.build() for builder in builders]
    later = replace(block, kind=Kind.PARAGRAPH, marker="")
    return [replace(block, runs=first), *(replace(later, runs=runs) for runs in rest)]


def normalize_levels(source: Sequence[SourceBlock]) -> tuple[SourceBlock, ...]:
    """The blocks with levels that a list can have: no item deeper than one below what is open."""
    normalized: list[SourceBlock] = []
    open_level = quoted = 0
    for each in source:
        block = each.block
        if block.quoted != quoted:
            open_level, quoted = 0, block.quoted
        if block.kind is Kind.HEADING:
            open_level = 0
        elif block.kind is Kind.PARAGRAPH:
            open_level = min(block.level, open_level)
            block = replace(block, level=open_level)
        else:
            open_level = min(max(block.level, 1), open_level + 1)
            block = replace(block, level=open_level)
        normalized.append(replace(each, block=block))
    return tuple(normalized)


def promote_bold_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with short bold lines above longer paragraphs made the headings they are."""
    promoted: list[Block] = []
    level = 1
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            level = block.level
        elif index + 1 < len(blocks) and _is_bold_line(block, blocks[index + 1]):
            runs = tuple(
                replace(run, emphasis="em" if run.emphasis == "both" else "") for run in block.runs
            )
            block = replace(block, kind=Kind.HEADING, runs=runs, level=min(level + 1, 6))
        promoted.append(block)
    return promoted


def _is_bold_line(block: Block, following: Block) -> bool:
    text = block.text.strip()
    return (
        block.kind is Kind.PARAGRAPH
        and not (block.quoted or block.level or "\n" in text)
        and text != ""
        and _is_strong(block.runs)
        and len(words(text)) <= _HEADING_WORDS
        and not ends_sentence(text.replace("?", ""), also=":;,")  # many a heading asks
        and following.kind is not Kind.HEADING
        and not _is_strong(following.runs)
    )
