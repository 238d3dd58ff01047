"""Lines of a plain text, and the running heads and page numbers of pasted pages among them."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from crossclaim.importing.document import LeftOut
from crossclaim.language.sentences import ends_sentence

_QUOTE_MARK = re.compile(r"\s{0,3}(?P<marks>>(?:\s?>)*)(?:\s(?!\s*[\d=])|\Z)")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?P<name>page|p\.|seite|s\.)?\s*(?P<number>\d{1,4})"
    r"(?P<of>\s*(?:of|/|von)\s*\d{1,4})?\W{0,3}\Z",
    re.IGNORECASE,
)
_MIN_PAGE = 8  # lines between two page numbers or running heads
_PAGE = 20  # lines, at least, of a page whose head stands beside no number
_MAX_HEAD = 80  # characters of a running head
_FULL_LINE = 45  # a shorter line above a page's end may be whole
_NEAR = 6  # lines
_BLANK = 0.4  # of the lines; a text with more shows no head by its standing alone


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a plain text: its number from 1, its text, its indentation in columns.

    `quoted` counts the mail marks (“>”) that stood before it. `page` says that a page begins
    here, `continues` that the line goes on with the sentence above the page's end.
    """

    number: int
    text: str
    indent: int = 0
    quoted: int = 0
    page: bool = False
    continues: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text


def numbered_lines(text: str) -> list[TextLine]:
    """The lines of a text, white space at their ends gone, mail's quotation marks counted."""
    lines: list[TextLine] = []
    page = False
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        page = page or "\f" in raw
        plain = raw.replace("\f", "").rstrip()
        mark = _QUOTE_MARK.match(plain)
        quoted = mark["marks"].count(">") if mark else 0
        inner = plain[mark.end() :] if mark else plain
        stripped = inner.strip()
        indent = len(inner[: len(inner) - len(inner.lstrip())].expandtabs(4))
        lines.append(TextLine(number, stripped, indent, quoted, page and bool(stripped)))
        page = page and not stripped
    return lines


def without_pagination(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[LeftOut]]:
    """The lines without the page numbers and running heads of a pasted document.

    Both come again at a page's distance, the numbers each one higher; they are a page's only
    where they cut sentences, stand beside others or come regularly, or say “page”.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    numbers: list[list[int]] = []
    for index, line in enumerate(lines):
        if len(line.text) < 24 and (number := _PAGE_NUMBER.match(line.text)):
            last = _PAGE_NUMBER.match(lines[numbers[-1][-1]].text) if numbers else None
            if last and index - numbers[-1][-1] < _MIN_PAGE:
                continue
            if last and int(number["number"]) == int(last["number"]) + 1:
                numbers[-1].append(index)
            else:
                numbers.append([index])
        elif len(line.text) < _MAX_HEAD and re.search(r"[^\W\d_]", line.text):
            alike[re.sub(r"\d+", "#", line.text.casefold())].append(index)
    heads = [
        indices for indices in alike.values()
        if len(indices) > 1 and min(b - a for a, b in pairwise(indices)) >= _MIN_PAGE
    ]  # fmt: skip
    repeated = {index for indices in heads for index in indices}
    pages = {i for series in numbers if _counts_pages(series, lines, repeated) for i in series}
    reasons = dict.fromkeys(pages, "a page number")
    end, close = len(lines) - 1, sum(line.blank for line in lines) < _BLANK * len(lines)
    for indices in heads:
        beside = all(_is_beside_page_end(index, lines, pages) for index in indices)
        alone = close and all(lines[i - 1].blank or lines[min(i + 1, end)].blank for i in indices)
        if beside or (alone and _comes_regularly(indices)):
            reasons |= dict.fromkeys(indices, "a running head")
    left_out = [
        LeftOut(lines[index].number, lines[index].text, reasons[index]) for index in sorted(reasons)
    ]
    return _with_sentences_rejoined(lines, reasons.keys()), left_out


def _comes_regularly(indices: Sequence[int]) -> bool:
    """Whether a line comes at a page's distance; the last page may be shorter."""
    *gaps, last = (after - before for before, after in pairwise(indices))
    usual = median([*gaps, last])
    regular = all(abs(gap - usual) <= 3 for gap in gaps) and last <= usual + 3
    return len(gaps) > 1 and usual >= _PAGE and regular


def _counts_pages(series: list[int], lines: Sequence[TextLine], repeated: Set[int]) -> bool:
    """Whether a series of numbers counts pages, not sections: says so, or cuts a sentence."""
    matches = [_PAGE_NUMBER.match(lines[index].text) for index in series]
    if len(series) < 2 or all(match and (match["name"] or match["of"]) for match in matches):
        return len(series) > 1
    return any(_cuts_sentence(index, lines, repeated) for index in series)


def _cuts_sentence(index: int, lines: Sequence[TextLine], others: Set[int]) -> bool:
    """Whether a page ends at this line: a sentence goes on behind it, `others` aside."""
    if any(line.page for line in lines[max(index - 2, 0) : index + 3]):
        return True
    nearby = range(max(index - _NEAR, 0), min(index + _NEAR + 1, len(lines)))
    full = [near for near in nearby if not lines[near].blank and near not in others]
    above = next((lines[near].text for near in reversed(full) if near < index), ".")
    below = next((lines[near].text for near in full if near > index), "")
    return not ends_sentence(above, also=":") and below[:1].islower()


def _is_beside_page_end(index: int, lines: Sequence[TextLine], pages: Set[int]) -> bool:
    """Whether only blank lines lie between this line and a page's number or end."""
    if lines[index].page:
        return True
    for step in (-1, 1):
        near = index + step
        while 0 <= near < len(lines) and lines[near].blank and abs(near - index) < _NEAR:
            near += step
        if near in pages or (step > 0 and near < len(lines) and lines[near].page):
            return True
    return False


def _with_sentences_rejoined(lines: Sequence[TextLine], dropped: Set[int]) -> list[TextLine]:
    """The lines that are not dropped; a sentence cut by a page's end is one again."""
    kept: list[TextLine] = []
    cut = False
    for index, line in enumerate(lines):
        cut = cut or line.page or index in dropped
        if index in dropped:
            continue
        if cut and not line.blank:
            last = next((earlier for earlier in reversed(kept[-12:]) if not earlier.blank), None)
            if last and _continues(last, line):
                while kept[-1].blank:
                    kept.pop()
                line = replace(line, continues=True)
            cut = False
        kept.append(line)
    return kept


def _continues(last: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the sentence of the last line of the page before."""
    if ends_sentence(last.text, also=":") or len(last.text) < _FULL_LINE:
        return False
    return line.text[0].islower() or (last.text[-1].isalpha() and line.text[0].isalpha())
