"""Footnotes of a PDF: small type at a page's foot, and the superscript that refers to it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.document import Kind, LeftOut, Note, Run
from crossclaim.importing.pdf.blocks import PdfBlock, pdf_blocks
from crossclaim.importing.pdf.layout import BodyLayout
from crossclaim.importing.pdf.lines import SUPERSCRIPT, PdfLine

_MARK = re.compile(r"\s*(?P<sign>\d{1,3}|[*†‡§]{1,3})[.)]?\s*(?=\S)")
_HEADING = re.compile(r"(?:(?:foot|end)?notes?|references|anmerkungen):?\s*\Z", re.IGNORECASE)
_ENDNOTE = 0  # the page of the notes at the essay's end
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_Key = tuple[int, str]  # a footnote's page and sign


@dataclass(frozen=True, slots=True)
class PdfFootnote:
    """A note at a page's foot: its page, the sign it opens with or "", its words."""

    page: int
    sign: str
    runs: tuple[Run, ...]

    @property
    def key(self) -> _Key:
        """Its page and sign."""
        return self.page, self.sign


def pdf_footnotes(lines: Sequence[PdfLine], layout: BodyLayout) -> list[PdfFootnote]:
    """The lines at the pages' feet as notes; what has no sign goes on with the note above it."""
    groups: list[list[PdfLine]] = []
    for line in lines:
        if groups and line.page == groups[-1][-1].page and not _MARK.match(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_footnote(group, layout) for group in groups]


def _footnote(group: list[PdfLine], layout: BodyLayout) -> PdfFootnote:
    blocks = pdf_blocks(group, replace(layout, size=group[0].size))
    runs: list[Run] = []
    for each in blocks:
        marker = f"{each.block.marker} " if each.block.kind is Kind.NUMBERED else ""
        runs += [Run(text) for text in (" " if runs else "", marker) if text]
        runs += [
            replace(run, emphasis="") if run.emphasis == SUPERSCRIPT else run
            for run in each.block.runs
        ]
    mark = _MARK.match(group[0].text)
    if mark:
        runs = _without_opening(runs, len(mark[0].strip()))
    return PdfFootnote(group[0].page, mark["sign"] if mark else "", tuple(runs))


def _without_opening(runs: list[Run], count: int) -> list[Run]:
    """Runs without the characters of the sign they open with, and what closes it."""
    kept = []
    for run in runs:
        text = run.text.lstrip() if count else run.text
        cut = min(count, len(text))
        count -= cut
        text = text[cut:].lstrip(" .)") if cut and not count else text[cut:]
        kept.append(replace(run, text=text))
    kept = [run for run in kept if run.text]
    return [replace(kept[0], text=kept[0].text.lstrip(" .)")), *kept[1:]] if kept else []


def link_footnotes(
    blocks: Sequence[PdfBlock], footnotes: Sequence[PdfFootnote]
) -> tuple[list[PdfBlock], tuple[Note, ...], list[LeftOut]]:
    """Blocks with footnote references, the notes, and what nothing refers to with certainty.

    A note is certain where one superscript on its page refers to it and no other note there has
    its sign. A superscript without a note stays among the words, raised.
    """
    blocks, endnotes = _endnotes(blocks)
    footnotes = [*footnotes, *endnotes]
    references = Counter(
        (page, run.text.strip())
        for each in blocks
        for run in each.block.runs if run.emphasis == SUPERSCRIPT
        for page in {_ENDNOTE} | {line.page for line in each.lines}
    )  # fmt: skip
    notes = Counter(footnote.key for footnote in footnotes)
    certain = {
        footnote.key: footnote
        for footnote in footnotes
        if footnote.sign and notes[footnote.key] == references[footnote.key] == 1
    }
    linked: dict[_Key, Note] = {}
    kept = [
        replace(each, block=replace(each.block, runs=_with_references(each, certain, linked)))
        for each in blocks
    ]
    reason = "small type at the page's foot that no sign in the text is certain to call"
    left_out = [
        LeftOut(0, _text(footnote), reason, f"page {footnote.page}")
        for footnote in footnotes
        if footnote.key not in linked
    ]
    return kept, tuple(linked.values()), left_out


def _text(footnote: PdfFootnote) -> str:
    return f"{footnote.sign} {''.join(run.text for run in footnote.runs)}".strip()


def _endnotes(blocks: Sequence[PdfBlock]) -> tuple[Sequence[PdfBlock], list[PdfFootnote]]:
    """The blocks above a heading “Notes”, and the numbered ones below it as notes.

    They are notes only if superscripts in the text refer to every one of them, once.
    """
    last_first = range(len(blocks) - 1, 0, -1)
    head = next((i for i in last_first if _HEADING.match(blocks[i].block.text)), None)
    if head is None:
        return blocks, []
    end = head + 1
    while end < len(blocks) and blocks[end].block.kind is Kind.NUMBERED:
        end += 1
    notes = [
        PdfFootnote(_ENDNOTE, each.block.marker.rstrip("."), each.block.runs)
        for each in blocks[head + 1 : end]
    ]
    references = Counter(
        run.text.strip()
        for each in blocks[:head]
        for run in each.block.runs if run.emphasis == SUPERSCRIPT
    )  # fmt: skip
    if not notes or any(references[note.sign] != 1 for note in notes):
        return blocks, []
    return [*blocks[:head], *blocks[end:]], notes


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
