"""Blocks as they come out of elements, made such that an essay can hold them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.document import Block, Kind, Run
from crossclaim.importing.run_builder import Setting
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the line of the file where it starts (0 where that is not known), and how many of
    its words lead elsewhere."""

    block: Block
    line: int
    linked: int = 0


def on_one_line(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A heading's runs: on one line, and not strong throughout, as headings are anyway."""
    plain = all(run.emphasis in ("strong", "both") for run in runs if run.text.strip())
    less = {"strong": "", "both": "em"}
    setting = Setting()
    for run in runs:
        if run.note:
            setting.note(run.note)
            continue
        mark = less.get(run.emphasis, run.emphasis) if plain else run.emphasis
        setting.add(run.text, replace(run, emphasis=mark))
    return setting.finished()


_HEADING_WORDS = 14
_PROSE_LINE = 20  # words, on average; lines of verse are shorter


def paragraphs_of(block: Block) -> list[Block]:
    """The block, or one for each of its lines where these are whole paragraphs."""
    lines = block.text.split("\n")
    if len(lines) < 2 or len(block.text.split()) < _PROSE_LINE * len(lines):
        return [block]
    long = [line for line in lines if len(line.split()) >= _PROSE_LINE]
    if 2 * sum(ends_sentence(line, also=":") for line in long) < len(long):
        return [block]
    return lines_of(block)


def lines_of(block: Block) -> list[Block]:
    """A block for each of the block's lines."""
    settings = [Setting()]
    for run in block.runs:
        if run.note:
            settings[-1].note(run.note)
            continue
        for at, text in enumerate(run.text.split("\n")):
            if at:
                settings.append(Setting())
            settings[-1].add(text, replace(run, text=""))
    first, *rest = [setting.finished() for setting in settings]
    later = replace(block, kind=Kind.PARAGRAPH, marker="")
    return [replace(block, runs=first), *(replace(later, runs=runs) for runs in rest)]


def settled(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The blocks with levels that a list can have: no item deeper than one below what is open."""
    made: list[Placed] = []
    open_at = quoted = 0
    for each in placed:
        block = each.block
        if block.quoted != quoted:
            open_at, quoted = 0, block.quoted
        if block.kind is Kind.HEADING:
            open_at = 0
        elif block.kind is Kind.PARAGRAPH:
            open_at = min(block.level, open_at)
            block = replace(block, level=open_at)
        else:
            open_at = min(max(block.level, 1), open_at + 1)
            block = replace(block, level=open_at)
        made.append(replace(each, block=block))
    return tuple(made)


def with_bold_headings(blocks: list[Block]) -> list[Block]:
    """The blocks, with short bold lines above longer paragraphs made the headings they are."""
    made: list[Block] = []
    level = 1
    for at, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            level = block.level
        elif at + 1 < len(blocks) and _is_bold_line(block, blocks[at + 1]):
            runs = tuple(
                replace(run, emphasis="em" if run.emphasis == "both" else "") for run in block.runs
            )
            block = replace(block, kind=Kind.HEADING, runs=runs, level=min(level + 1, 6))
        made.append(block)
    return made


def _is_bold_line(block: Block, following: Block) -> bool:
    text = block.text.strip()
    return (
        block.kind is Kind.PARAGRAPH
        and not (block.quoted or block.level or "\n" in text)
        and all(run.emphasis in ("strong", "both") for run in block.runs if run.text.strip())
        and any(run.text.strip() for run in block.runs)
        and len(words(text)) <= _HEADING_WORDS
        and not ends_sentence(text.replace("?", ""), also=":;,")  # many a heading asks
        and following.kind is not Kind.HEADING
        and not all(
            run.emphasis in ("strong", "both") for run in following.runs if run.text.strip()
        )
    )
