"""Boilerplate removal from blocks: head and tail of an essay, and what stands between them.

The filters are those for plain text; a block is a paragraph whose line is its index.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from crossclaim.importing import dates, people
from crossclaim.importing.block_transforms import promote_bold_lines, split_lines
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.author import find_author, is_byline
from crossclaim.importing.boilerplate.extraction import (
    HEAD_LINE,
    Extraction,
    is_prose,
)
from crossclaim.importing.boilerplate.head import without_head
from crossclaim.importing.boilerplate.tail import without_tail, without_widgets
from crossclaim.importing.document import Block, Kind, LeftOut, Paragraph, SourceBlock
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_END = 12  # paragraphs
_NEAR_END = 120  # paragraphs
_TAIL = 0.35  # of the words; a tail that holds more may be the essay
_LINE = re.compile(r", at line (\d+)")
_DETAILS = 12  # of a line, between bars and dots
_LINKED = 0.75  # of a line's words; such a line around the prose leads elsewhere
_PROMPT_WORDS = 30
_EDGE = 3  # paragraphs at the beginning; twice as many at the end
_QUOTED = 5  # words
_COUNT = re.compile(r"[\W\d_]{1,12}(?:[KkMm])?\Z")


def remove_boilerplate(
    source: Sequence[SourceBlock],
    title: str,
    author: str,
    footnotes: bool = False,
    known: Collection[str] = (),
) -> Extraction:
    """Blocks to those of the essay. `footnotes` says that footnotes were cut out already.

    A title or author that is "" is looked for; it stays "" where none is certain. `known` are
    names of authors that are recognised wherever an author may be named.
    """
    source = _with_split_head(source)
    paragraphs = _paragraphs(source)
    title = title or _title(source)
    extraction = Extraction(title, author or find_author(_ends(paragraphs), known), known=known)
    dated = [p.text for p in paragraphs[:10] if dates.is_date_line(p.text)]
    extraction.date = next(filter(None, map(dates.iso_date, dated)), "")
    extraction.publication = next(filter(None, map(patterns.publication_name, dated)), "")
    paragraphs = _without_labels(paragraphs, source, extraction)
    paragraphs = _without_short_tail(without_head(paragraphs, extraction), extraction)
    paragraphs = without_widgets(paragraphs, extraction)
    paragraphs = _without_repetitions(paragraphs, source, extraction)
    paragraphs = _without_appeals(paragraphs, source, extraction)
    if footnotes:
        paragraphs = _without_notes_heading(paragraphs, source, extraction)
    extraction.blocks = _blocks(paragraphs, source)
    numbers = [each.line for each in source]
    extraction.left_out = [_with_source_line(left, numbers) for left in extraction.left_out]
    return extraction


def clean_book(
    source: Sequence[SourceBlock], footnotes: bool
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """A book's blocks, all of them its own, and headings of notes that were cut out."""
    extraction = Extraction("", "")
    paragraphs = _paragraphs(source)
    if footnotes:
        paragraphs = _without_notes_heading(paragraphs, source, extraction)
    left_out = tuple(replace(left, line=0) for left in extraction.left_out)
    return _blocks(paragraphs, source), left_out


def _paragraphs(source: Sequence[SourceBlock]) -> list[Paragraph]:
    return [Paragraph(index, _line(each.block)) for index, each in enumerate(source)]


def _blocks(paragraphs: Sequence[Paragraph], source: Sequence[SourceBlock]) -> tuple[Block, ...]:
    return tuple(promote_bold_lines([source[paragraph.line].block for paragraph in paragraphs]))


def _with_split_head(source: Sequence[SourceBlock]) -> list[SourceBlock]:
    """The blocks, lines of the first ones apart where one of them is a byline."""
    split: list[SourceBlock] = []
    for index, each in enumerate(source):
        lines = each.block.text.split("\n") if index < _EDGE else []
        if len(lines) > 1 and any(people.byline(line.strip()) for line in lines):
            split += [replace(each, block=block) for block in split_lines(each.block)]
        else:
            split.append(each)
    return split


def _title(source: Sequence[SourceBlock]) -> str:
    """The first block's words, where that is a heading or a line that is no sentence."""
    blocks = [each.block for each in source]
    largest = (block for block in blocks if block.kind is Kind.HEADING and block.level == 1)
    first = next(largest, None) or next(iter(blocks), None)
    if first is None or first.kind not in (Kind.HEADING, Kind.PARAGRAPH) or first.quoted:
        return ""
    text = _line(first)
    short = len(words(text)) <= 2 * HEAD_LINE and not ends_sentence(text, ":;,")
    return text if first.kind is Kind.HEADING or short else ""


def _ends(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs among which an author may be named: the first and the last ones."""
    if len(paragraphs) < 3 * _END:
        return paragraphs
    return [*paragraphs[:_END], *paragraphs[-_END:]]


def _line(block: Block) -> str:
    return " ".join(block.text.split()) or "*"  # a block may hold a footnote reference alone


def _with_source_line(left: LeftOut, lines: list[int]) -> LeftOut:
    """What was left out, at its line of the file instead of its index among the blocks."""
    known = any(lines)
    reason = _LINE.sub(
        lambda match: f", at line {lines[int(match[1])]}" if known else "", left.reason
    )
    return replace(left, line=lines[left.line], reason=reason)


def _without_labels(
    paragraphs: list[Paragraph], source: Sequence[SourceBlock], extraction: Extraction
) -> list[Paragraph]:
    """Without the lines of counts, dates and labels around the prose."""
    prose = [index for index, paragraph in enumerate(paragraphs) if is_prose(paragraph.text)]
    first = prose[0] if prose else 0
    last = prose[-1] if prose and prose[-1] else len(paragraphs)

    def reason(index: int, paragraph: Paragraph) -> str | None:
        if first <= index <= last:
            return None
        return _label_reason(source[paragraph.line], extraction, above=index < first)

    return extraction.filter(paragraphs, reason)


def _label_reason(each: SourceBlock, extraction: Extraction, above: bool) -> str | None:
    """Why a block above or below all prose is a site's, or None."""
    block, text = each.block, _line(each.block)
    if dates.is_date_line(text):
        return "a date"
    details = [part.strip() for part in re.split(r"[|·•–—\n]|\s/\s", block.text) if part.strip()]
    if 1 < len(details) < _DETAILS and all(_is_detail(part, extraction) for part in details):
        return "a line of names, dates and labels"
    count = above and block.kind is Kind.PARAGRAPH and _COUNT.match(text)
    if patterns.is_label(text) or count:
        return "a site's label"
    linked = each.link_words >= _LINKED * len(words(text)) > 0
    if linked and block.kind is not Kind.HEADING and not block.quoted:
        return "links to other pages"
    return None


def _is_detail(part: str, extraction: Extraction) -> bool:
    """Whether part of a line is a label, a date or the author's name."""
    author = extraction.author
    named = author and is_byline(part, author, extraction.known)
    return bool(patterns.is_label(part) or dates.is_date_line(part) or named)


def _without_short_tail(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """Without the tail, where that is short enough to be one; it is looked for near the end."""
    rights, biography = extraction.rights, extraction.biography
    before = len(extraction.left_out)
    start = max(len(paragraphs) - _NEAR_END, 0)
    kept = [*paragraphs[:start], *without_tail(paragraphs[start:], extraction)]
    tail = sum(len(words(left.text)) for left in extraction.left_out[before:])
    if tail > _TAIL * sum(len(words(paragraph.text)) for paragraph in paragraphs):
        extraction.rights, extraction.biography = rights, biography
        del extraction.left_out[before:]
        return paragraphs
    return kept


def _without_repetitions(
    paragraphs: list[Paragraph], source: Sequence[SourceBlock], extraction: Extraction
) -> list[Paragraph]:
    """Without quotations of the essay itself, set for the eye, and lines such as “Read more: …”."""
    essay = [words(p.text.casefold()) for p in paragraphs if not source[p.line].block.quoted]
    hay = " ".join(" ".join(["", *text, ""]) for text in essay)

    def reason(_: int, paragraph: Paragraph) -> str | None:
        each, said = source[paragraph.line], words(paragraph.text.casefold())
        quoted = each.block.quoted and len(said) >= _QUOTED
        if quoted and f" {' '.join(said)} " in hay:
            return "a pull quote; its words stand in the essay"
        linked = each.link_words >= 0.6 * (len(said) - 2) > 0
        prompt = len(said) <= _PROMPT_WORDS and patterns.LINK_PROMPT.match(paragraph.text)
        return "links to other pages" if linked and prompt else None

    return extraction.filter(paragraphs, reason)


def _without_appeals(
    paragraphs: list[Paragraph], source: Sequence[SourceBlock], extraction: Extraction
) -> list[Paragraph]:
    """Without a site's appeals to its readers, and the biography, around the essay's own words."""
    kept = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        edge = index < _EDGE or index >= len(paragraphs) - 2 * _EDGE
        about = index and not extraction.biography and people.is_biography(text, extraction.author)
        if edge and about:
            extraction.biography = text
        elif edge and patterns.is_appeal(text, source[paragraph.line].link_words):
            extraction.leave_out(paragraph, "an appeal to readers")
        else:
            kept.append(paragraph)
    return kept


def _without_notes_heading(
    paragraphs: list[Paragraph], source: Sequence[SourceBlock], extraction: Extraction
) -> list[Paragraph]:
    """Without a heading over footnotes that were taken from under it."""
    kinds = [source[paragraph.line].block.kind for paragraph in paragraphs]

    def reason(index: int, paragraph: Paragraph) -> str | None:
        last = kinds[index + 1 : index + 2] in ([], [Kind.HEADING])
        heading = last and patterns.NOTES_HEADING.match(paragraph.text.strip(" _-"))
        return "the footnotes' heading; they stand at their calls" if heading else None

    return extraction.filter(paragraphs, reason)
