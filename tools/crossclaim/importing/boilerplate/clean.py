"""The essay among the blocks that were read: its head, its tail and what stands between them.

The rules are those for plain text; a block is a paragraph that knows its place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossclaim.importing import people
from crossclaim.importing.block_rules import Placed, lines_of, with_bold_headings
from crossclaim.importing.boilerplate import labels
from crossclaim.importing.boilerplate.author import find_author
from crossclaim.importing.boilerplate.head import without_head
from crossclaim.importing.boilerplate.patterns import OWN_AFTERMATTER
from crossclaim.importing.boilerplate.state import CLAUSE_ENDS, PROSE, Sorting, same
from crossclaim.importing.boilerplate.tail import without_passing, without_tail
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import Block, Kind, LeftOut, Paragraph
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_END = 12  # paragraphs
_REPEATED = 3  # times; a heading may come twice
_SHORT = 10  # words of a label
_NEAR_END = 120  # paragraphs
_TAIL = 0.35  # of the words; a tail that holds more may be the essay
_LINES = re.compile(r"at line (\d+)")
_APPEAL_WORDS = 50
_EDGE = 3  # paragraphs at the beginning; twice as many at the end
_QUOTED = 5  # words


@dataclass(frozen=True, slots=True)
class Sifted:
    """The essay's own blocks, and what the others said."""

    title: str
    author: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    rights: str
    biography: str
    publication: str
    date: str


def sifted(placed: Sequence[Placed], title: str, author: str, notes: bool = False) -> Sifted:
    """Blocks to those of the essay. `notes` says that footnotes were cut out already.

    A title or author that is "" is looked for; it stays "" where none is certain.
    """
    placed = _with_head_parted(placed)
    found = [Paragraph(at, _line(each.block)) for at, each in enumerate(placed)]
    sorting = Sorting(title or _title(placed), author or find_author(_ends(found)))
    date = next((d for p in found[:10] if labels.is_date(p.text) and (d := iso_date(p.text))), "")
    found = _without_repeated(found, sorting)
    found = _without_labels(found, placed, sorting)
    found = _without_tail(without_head(found, sorting), sorting)
    found = without_passing(found, sorting)
    found = _without_prompts(found, placed, sorting)
    found = _without_pull_quotes(found, placed, sorting)
    found = _without_appeals(found, sorting)
    if notes:
        found = _without_notes_heading(found, placed, sorting)
    lines = [each.line for each in placed]
    blocks = with_bold_headings([placed[paragraph.line].block for paragraph in found])
    return Sifted(
        sorting.title,
        sorting.author,
        tuple(blocks),
        tuple(_replaced(left, lines) for left in sorting.left_out),
        sorting.rights,
        sorting.biography,
        sorting.publication,
        date,
    )


def tidied(placed: Sequence[Placed], notes: bool) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """A book's blocks, all of them its own, and headings of notes that were cut out."""
    sorting = Sorting("", "")
    found = [Paragraph(at, _line(each.block)) for at, each in enumerate(placed)]
    kept = _without_notes_heading(found, placed, sorting) if notes else found
    blocks = with_bold_headings([placed[paragraph.line].block for paragraph in kept])
    return tuple(blocks), tuple(replace(left, line=0) for left in sorting.left_out)


def _with_head_parted(placed: Sequence[Placed]) -> list[Placed]:
    """The blocks, lines of the first ones apart where one of them is a byline."""
    made: list[Placed] = []
    for at, each in enumerate(placed):
        lines = each.block.text.split("\n") if at < _EDGE else []
        if len(lines) > 1 and any(people.byline(line.strip()) for line in lines):
            made += [replace(each, block=block) for block in lines_of(each.block)]
        else:
            made.append(each)
    return made


def _title(placed: Sequence[Placed]) -> str:
    """The first block's words, where that is a heading or a line that is no sentence."""
    first = next(
        (
            each.block
            for each in placed
            if each.block.kind is Kind.HEADING and each.block.level == 1
        ),
        None,
    )
    first = first or next((each.block for each in placed), None)
    if first is None or first.kind not in (Kind.HEADING, Kind.PARAGRAPH) or first.quoted:
        return ""
    text = _line(first)
    short = len(words(text)) <= 2 * _SHORT and not ends_sentence(text, CLAUSE_ENDS)
    return text if first.kind is Kind.HEADING or short else ""


def _ends(found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs among which an author may be named: the first and the last ones."""
    return found if len(found) < 3 * _END else [*found[:_END], *found[-_END:]]


def _line(block: Block) -> str:
    return " ".join(block.text.split()) or "*"  # a block may hold nothing but a footnote's call


def _replaced(left: LeftOut, lines: list[int]) -> LeftOut:
    """What was left out, at its line of the file instead of its place among the blocks."""
    reason = _LINES.sub(lambda found: f"at line {lines[int(found[1])]}", left.reason)
    if not any(lines):
        reason = re.sub(r", at line \d+", "", reason)
    return replace(left, line=lines[left.line], reason=reason)


def _is_prose(paragraph: Paragraph) -> bool:
    return len(words(paragraph.text)) > PROSE and ends_sentence(paragraph.text, CLAUSE_ENDS)


def _is_short_line(text: str) -> bool:
    return len(words(text)) <= _SHORT and not ends_sentence(text, CLAUSE_ENDS)


def _without_repeated(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """Without short lines that a page repeats and that are no sentences."""
    times = Counter(paragraph.text for paragraph in found)
    kept = []
    for paragraph in found:
        text = paragraph.text
        if times[text] > _REPEATED and words(text) and _is_short_line(text):
            sorting.leave(paragraph, "a label that the page repeats")
        else:
            kept.append(paragraph)
    return kept


def _without_labels(
    found: list[Paragraph], placed: Sequence[Placed], sorting: Sorting
) -> list[Paragraph]:
    """Without what stands above the title, and the lines of signs and labels around the prose."""
    at = next((at for at, p in enumerate(found[:20]) if same(p.text, sorting.title)), 0)
    if all(_is_short_line(p.text) for p in found[:at]):
        for paragraph in found[:at]:
            sorting.leave(paragraph, "a label above the title")
        found = found[at:]
    end = next((at for at, p in enumerate(found) if _is_prose(p)), 0)
    last = next((at for at in range(len(found) - 1, 0, -1) if _is_prose(found[at])), len(found))
    own = [at for at, p in enumerate(found) if at > last and OWN_AFTERMATTER.match(p.text)]
    kept = []
    for at, paragraph in enumerate(found):
        each = placed[paragraph.line]
        outside = at < end or (at > last and not (own and at >= own[0]))
        reason = labels.reason(each, sorting, above=at < end) if outside else None
        if reason:
            sorting.leave(paragraph, reason)
        else:
            kept.append(paragraph)
    return kept


def _without_tail(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """Without the tail, where that is short enough to be one; it is looked for near the end."""
    before = (sorting.rights, sorting.biography, len(sorting.left_out))
    start = max(len(found) - _NEAR_END, 0)
    kept = [*found[:start], *without_tail(found[start:], sorting)]
    gone = sum(len(words(left.text)) for left in sorting.left_out[before[2] :])
    if gone > _TAIL * sum(len(words(p.text)) for p in found):
        sorting.rights, sorting.biography = before[:2]
        del sorting.left_out[before[2] :]
        return found
    return kept


def _without_prompts(
    found: list[Paragraph], placed: Sequence[Placed], sorting: Sorting
) -> list[Paragraph]:
    """Without lines such as “Read more: …” that are little else than a link."""
    kept = []
    for paragraph in found:
        linked = placed[paragraph.line].linked
        total = len(words(paragraph.text))
        if labels.PROMPT.match(paragraph.text) and total <= 30 and linked >= 0.6 * (total - 2) > 0:
            sorting.leave(paragraph, "links to other pages")
        else:
            kept.append(paragraph)
    return kept


def _without_pull_quotes(
    found: list[Paragraph], placed: Sequence[Placed], sorting: Sorting
) -> list[Paragraph]:
    """Without quotations of the essay itself, as magazines set them for the eye."""
    hay = " ".join(
        " ".join(["", *words(p.text.casefold()), ""])
        for p in found
        if not placed[p.line].block.quoted
    )
    kept = []
    for paragraph in found:
        needle = words(paragraph.text.casefold())
        quoted = placed[paragraph.line].block.quoted and len(needle) >= _QUOTED
        if quoted and f" {' '.join(needle)} " in hay:
            sorting.leave(paragraph, "a pull quote; its words stand in the essay")
        else:
            kept.append(paragraph)
    return kept


def _without_appeals(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """Without a site's appeals to its readers, and the biography, around the essay's own words."""
    kept = []
    for at, paragraph in enumerate(found):
        edge = at < _EDGE or at >= len(found) - 2 * _EDGE
        if (
            edge
            and at
            and not sorting.biography
            and people.is_biography(paragraph.text, sorting.author)
        ):
            sorting.biography = paragraph.text
        elif (
            edge
            and len(words(paragraph.text)) <= _APPEAL_WORDS
            and labels.APPEAL.search(paragraph.text)
        ):
            sorting.leave(paragraph, "an appeal to readers")
        else:
            kept.append(paragraph)
    return kept


def _without_notes_heading(
    found: list[Paragraph], placed: Sequence[Placed], sorting: Sorting
) -> list[Paragraph]:
    """Without a heading over footnotes that were taken from under it."""
    kept = []
    for at, paragraph in enumerate(found):
        last = at + 1 == len(found) or placed[found[at + 1].line].block.kind is Kind.HEADING
        if last and labels.NOTES.match(paragraph.text.strip(" _-")):
            sorting.leave(paragraph, "the footnotes' heading; they stand at their calls")
        else:
            kept.append(paragraph)
    return kept
