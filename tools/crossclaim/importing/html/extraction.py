"""Which blocks of a web page are the essay, which are not and why.

trafilatura extracts the page's text; the blocks that are in it are the essay, without those that
the page itself calls something else. What lies between them, beside them, is the essay too, and
so is a lead above them. readability-lxml, asked the same, is a second opinion.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from crossclaim.importing.document import SourceBlock
from crossclaim.importing.html import elements
from crossclaim.importing.html.boilerplate import count_words, heading_reason, reason_finder
from crossclaim.importing.html.parser import Element, parse_page
from crossclaim.language.sentences import ends_sentence

OUTSIDE = "on the page, but outside the essay"
_SEQUENCE = 3  # words; so long are the runs that a block shares with an extract
_SHORT = 6  # words; a shorter block is looked for as a line
_SHARE = 0.6  # of a block's runs
_LINKED = 0.6  # of its words; then a block shorter than a paragraph is a link
_PARAGRAPH = 40  # words
_LEAD = 8  # words of a lead, at least
_LEADS = 5  # blocks above the essay among which it is looked for
_AGREEMENT = 0.85  # F1; two libraries that agree less take different essays from a page
_LARGEST = 2_000_000  # characters; more is no page that an essay stands on
_IN_LISTS = ("li", "ul", "ol", "blockquote", "dl", "dd", "dt", "tr", "tbody", "table", "td")


@dataclass(frozen=True, slots=True)
class Selection:
    """For each block of a page whether it is the essay's; else `reasons` has why it is not.

    `agreement` is the F1 of the essay's text and what a second library takes for it.
    """

    chosen: tuple[bool, ...]
    reasons: tuple[str, ...]
    agreement: float = 1.0

    @property
    def numbers(self) -> list[int]:
        """The numbers of the essay's blocks."""
        return chosen_numbers(self.chosen)

    @property
    def doubtful(self) -> bool:
        """Whether the second opinion differs from the first."""
        return self.agreement < _AGREEMENT


def chosen_numbers(chosen: Sequence[bool]) -> list[int]:
    """The numbers of the blocks that are chosen."""
    return [number for number, own in enumerate(chosen) if own]


def select(
    body: Element, blocks: Sequence[SourceBlock], starts: Sequence[Element], title: str
) -> Selection:
    """Choose the essay's blocks of a page; `starts` are the elements that they begin in."""
    page = etree.tostring(body.getroottree(), method="html", encoding="unicode")
    extract = _extract(page) if len(page) <= _LARGEST else ""
    second = _second_opinion(page) if len(page) <= _LARGEST else ""
    chosen, reasons = _chosen(body, blocks, starts, extract)
    if not any(chosen):
        chosen, reasons = _chosen(body, blocks, starts, second)
    if not any(chosen):
        everything = "\n".join(each.block.text for each in blocks)
        chosen, reasons = _chosen(body, blocks, starts, everything)
    _fill(chosen, reasons, blocks, starts)
    _add_lead(chosen, reasons, blocks, starts, title)
    text = "\n".join(each.block.text for each, own in zip(blocks, chosen, strict=True) if own)
    agreement = _f1(text, second) if second else 1.0
    return Selection(tuple(chosen), tuple(reasons), agreement)


def _extract(page: str) -> str:
    """The text that trafilatura takes for the essay, a line a block; "" where it takes none."""
    from trafilatura import extract

    return extract(page, include_comments=False, include_tables=False) or ""


def _second_opinion(page: str) -> str:
    """The text that readability takes for the essay; "" where it takes none."""
    from readability import Document as Page

    try:
        return elements.visible_text(parse_page(Page(page).summary(html_partial=True)))
    except Exception:  # it raises what it likes on a page it cannot read
        return ""


def _chosen(
    body: Element, blocks: Sequence[SourceBlock], starts: Sequence[Element], extract: str
) -> tuple[list[bool], list[str]]:
    """Whether each block is in the extract and no boilerplate; the reasons of those that are."""
    extracted = _extracted(blocks, extract)
    counted = [
        (start, each.word_count, each.link_words, own)
        for each, start, own in zip(blocks, starts, extracted, strict=True)
    ]
    reason = reason_finder(body, count_words(body, counted))
    reasons = [reason(start) for start in starts]
    chosen = [
        own and not why and not _is_link(each)
        for each, own, why in zip(blocks, extracted, reasons, strict=True)
    ]
    return chosen, reasons


def _extracted(blocks: Sequence[SourceBlock], extract: str) -> list[bool]:
    """Whether each block's words are in the extract."""
    runs: set[tuple[str, ...]] = set()
    lines: set[tuple[str, ...]] = set()
    for line in extract.split("\n"):
        tokens = _tokens(line)
        runs.update(_runs(tokens, _SEQUENCE))
        lines.add(tuple(tokens))
    extracted = []
    for each in blocks:
        tokens = _tokens(each.block.text)
        if len(tokens) < _SHORT:
            extracted.append(bool(tokens) and tuple(tokens) in lines)
        else:
            own = [*_runs(tokens, _SEQUENCE)]
            extracted.append(sum(run in runs for run in own) >= _SHARE * len(own))
    return extracted


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(tokens: Sequence[str], length: int) -> Iterable[tuple[str, ...]]:
    return zip(*(tokens[start:] for start in range(length)), strict=False)


def _f1(one: str, other: str) -> float:
    """The F1 of two texts as multisets of runs of four words."""
    first, second = (Counter(_runs(_tokens(text), 4)) for text in (one, other))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def _is_link(each: SourceBlock) -> bool:
    count = each.word_count
    return count < _PARAGRAPH and each.link_words > _LINKED * count


def _fill(
    chosen: list[bool],
    reasons: Sequence[str],
    blocks: Sequence[SourceBlock],
    starts: Sequence[Element],
) -> None:
    """Choose what lies between chosen blocks: prose, and lines that stand beside one of them.

    At either end prose that stands beside is the essay's, however short.
    """
    numbers = chosen_numbers(chosen)
    if not numbers:
        return
    beside = {_box(starts[number]) for number in numbers}
    for number in range(numbers[0], numbers[-1]):
        if reasons[number] or _has_links(blocks[number]):
            continue
        is_prose = _is_prose(blocks[number], _LEAD)
        chosen[number] = chosen[number] or is_prose or _box(starts[number]) in beside
    for last, step in ((numbers[0], -1), (numbers[-1], 1)):
        number = last + step
        while (
            0 <= number < len(blocks)
            and not reasons[number]
            and _box(starts[number]) is _box(starts[last])
            and (_is_prose(blocks[number], 1) or not blocks[number].word_count)
            and not _has_links(blocks[number])
        ):
            chosen[number] = True
            number += step


def _is_prose(each: SourceBlock, least: int) -> bool:
    text = each.block.text
    return each.word_count >= least and ends_sentence(text) and not heading_reason(text)


def _has_links(each: SourceBlock) -> bool:
    return 2 * each.link_words > each.word_count


def _box(element: Element) -> Element:
    """The element that a block, or the list, quotation or table it is in, is a child of."""
    if element.tag in ("div", "section", "article", "main", "td", "body"):
        return element
    element = element.getparent()
    while element is not None and element.tag in _IN_LISTS:
        element = element.getparent()
    return element


def _add_lead(
    chosen: list[bool],
    reasons: Sequence[str],
    blocks: Sequence[SourceBlock],
    starts: Sequence[Element],
    title: str,
) -> None:
    """Choose a lead, a sentence or more, between the essay's heading and its first block."""
    numbers = chosen_numbers(chosen)
    if not numbers:
        return
    around = {*starts[numbers[0]].iterancestors()}
    for number in range(numbers[0] - 1, max(numbers[0] - 1 - _LEADS, -1), -1):
        if _tokens(blocks[number].block.text) == _tokens(title):
            return
        outer = next((e for e in starts[number].iterancestors() if e in around), None)
        near = outer is not None and outer.tag not in ("body", "html")
        is_lead = _is_prose(blocks[number], _LEAD) and not _has_links(blocks[number])
        if near and is_lead and not reasons[number]:
            chosen[number] = True
