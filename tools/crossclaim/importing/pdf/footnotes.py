"""Footnotes of a PDF: small type at a page's foot, and the superscript that refers to it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.document import Kind, LeftOut, Note, Run
from crossclaim.importing.pdf.blocks import PdfBlock, joined_runs, without_opening
from crossclaim.importing.pdf.lines import SUPERSCRIPT, PdfLine

_MARK = re.compile(r"\s*(?P<sign>\d{1,3}|[*†‡§]{1,3})[.)]?\s*(?=\S)")
_HEADING = re.compile(r"(?:(?:foot|end)?notes?|references|anmerkungen):?\s*\Z", re.IGNORECASE)
_ENDNOTE = 0  # the page of the notes at the essay's end
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_Key = tuple[int, str]  # a footnote's page and sign


@dataclass(frozen=True, slots=True)
class PdfFootnote:
    """A note at a page's foot: its page and the sign it opens with or "", its words."""

    key: _Key
    runs: tuple[Run, ...]


def pdf_footnotes(lines: Sequence[PdfLine]) -> list[PdfFootnote]:
    """The lines at the pages' feet as notes; what has no sign goes on with the note above it."""
    groups: list[list[PdfLine]] = []
    signs: list[str] = []
    for line in lines:
        if mark := _MARK.match(line.text):
            line = without_opening(line, len(mark[0].lstrip()))
        if groups and line.page == groups[-1][-1].page and not mark:
            groups[-1].append(line)
        else:
            groups.append([line])
            signs.append(mark["sign"] if mark else "")
    return [
        PdfFootnote(
            (group[0].page, sign),
            tuple(
                replace(run, emphasis="") if run.emphasis == SUPERSCRIPT else run
                for run in joined_runs(group)
            ),
        )
        for group, sign in zip(groups, signs, strict=True)
    ]


def link_footnotes(
    blocks: Sequence[PdfBlock], footnotes: Sequence[PdfFootnote]
) -> tuple[list[PdfBlock], tuple[Note, ...], list[LeftOut]]:
    """Blocks with footnote references, the notes, and what nothing refers to with certainty.

    A note is certain where one superscript on its page refers to it and no other note there has
    its sign. A superscript without a note stays among the words, raised.
    """
    blocks, endnotes = _endnotes(blocks)
    footnotes = [*footnotes, *endnotes]
    references = _references(blocks)
    notes = Counter(footnote.key for footnote in footnotes)
    certain = {
        footnote.key: footnote
        for footnote in footnotes
        if footnote.key[1] and notes[footnote.key] == references[footnote.key] == 1
    }
    linked: dict[_Key, Note] = {}
    kept = [
        replace(each, block=replace(each.block, runs=_with_references(each, certain, linked)))
        for each in blocks
    ]
    reason = "small type at the page's foot that no sign in the text is certain to call"
    left_out = []
    for page, sign in (key for key in notes if key not in linked):
        texts = ("".join(run.text for run in n.runs) for n in footnotes if n.key == (page, sign))
        left_out += [LeftOut(0, f"{sign} {text}".strip(), reason, f"page {page}") for text in texts]
    return kept, tuple(linked.values()), left_out


def _references(blocks: Iterable[PdfBlock]) -> Counter[_Key]:
    """How often a superscript calls a sign on a page, and anywhere before the notes at the end."""
    return Counter(
        (page, run.text.strip())
        for each in blocks
        for run in each.block.runs if run.emphasis == SUPERSCRIPT
        for page in {_ENDNOTE} | {line.page for line in each.lines}
    )  # fmt: skip


def _endnotes(blocks: Sequence[PdfBlock]) -> tuple[Sequence[PdfBlock], list[PdfFootnote]]:
    """The blocks without a heading “Notes” and the numbered ones below it, and these as notes.

    They are notes only if superscripts in the text refer to every one of them, once.
    """
    heads = [i for i, each in enumerate(blocks) if i and _HEADING.match(each.block.text)]
    start = end = heads[-1] if heads else len(blocks)
    while end + 1 < len(blocks) and blocks[end + 1].block.kind is Kind.NUMBERED:
        end += 1
    notes = [
        PdfFootnote((_ENDNOTE, each.block.marker.rstrip(".")), each.block.runs)
        for each in blocks[start + 1 : end + 1]
    ]
    references = _references(blocks[:start])
    if not notes or any(references[note.key] != 1 for note in notes):
        return blocks, []
    return [*blocks[:start], *blocks[end + 1 :]], notes


def _with_references(
    each: PdfBlock, certain: dict[_Key, PdfFootnote], linked: dict[_Key, Note]
) -> tuple[Run, ...]:
    """A block's runs with its references to footnotes; the notes they lead to are `linked`."""
    pages = [*sorted({line.page for line in each.lines}), _ENDNOTE]
    runs: list[Run] = []
    for run in each.block.runs:
        if run.emphasis != SUPERSCRIPT:
            runs.append(run)
            continue
        keys = [(page, run.text.strip()) for page in pages]
        key = next((key for key in keys if key in certain and key not in linked), None)
        if key is None:
            runs.append(Run(run.text.translate(_SUPERSCRIPTS)))
            continue
        linked[key] = Note(str(len(linked) + 1), certain[key].runs)
        runs.append(Run("", note=linked[key].label))
        if run.text.endswith(" "):
            runs.append(Run(" "))
    return tuple(runs)
