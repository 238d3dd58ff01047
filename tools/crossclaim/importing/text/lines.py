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
_MIN_PAGE = 8  # lines between two page numbers
_MAX_HEAD = 80  # characters of a running head
_FULL_LINE = 45  # a shorter line above a page's end may be whole


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

    A number alone is a page's only in a series of such numbers that cuts the text as pages do; a
    repeated line is a running head only beside such a number, or at a page's distance.
    """
    repeated = _repeated_lines(lines)
    numbers = _page_numbers(lines, {index for indices in repeated for index in indices})
    heads = _running_heads(lines, numbers, repeated)
    reasons = {**dict.fromkeys(heads, "a running head"), **dict.fromkeys(numbers, "a page number")}
    left_out = [
        LeftOut(lines[index].number, lines[index].text, reasons[index]) for index in sorted(reasons)
    ]
    return _with_sentences_rejoined(lines, reasons.keys()), left_out


@dataclass(frozen=True, slots=True)
class _Number:
    """A number alone on its line: the line's index, the number, and whether “page” is said too."""

    index: int
    value: int
    named: bool


def _page_numbers(lines: Sequence[TextLine], repeated: set[int]) -> set[int]:
    """The indices of the lines that hold page numbers."""
    candidates = [
        _Number(index, int(match["number"]), bool(match["of"] or match["name"]))
        for index, line in enumerate(lines)
        if len(line.text) < 24 and (match := _PAGE_NUMBER.match(line.text))
    ]
    numbers: set[int] = set()
    series: list[_Number] = []
    for number in [*candidates, _Number(len(lines), -1, False)]:
        apart = not series or number.index - series[-1].index >= _MIN_PAGE
        if series and apart and number.value == series[-1].value + 1:
            series.append(number)
            continue
        if _counts_pages(series, lines, repeated):
            numbers.update(counted.index for counted in series)
        if apart or number.value < 0:
            series = [number]
    return numbers


def _counts_pages(series: list[_Number], lines: Sequence[TextLine], repeated: set[int]) -> bool:
    """Whether a series counts pages, not sections: it cuts sentences, or comes regularly."""
    if len(series) < 2:
        return False
    if all(number.named for number in series):
        return True
    if any(_cuts_sentence(number.index, lines, repeated) for number in series):
        return True
    gaps = [after.index - before.index for before, after in pairwise(series)]
    usual = median(gaps)
    return len(gaps) > 2 and all(abs(gap - usual) <= 0.15 * usual for gap in gaps)


def _cuts_sentence(index: int, lines: Sequence[TextLine], repeated: set[int]) -> bool:
    """Whether a page ends at this line: a sentence goes on behind it, running heads aside."""
    if any(line.page for line in lines[max(index - 2, 0) : index + 3]):
        return True
    nearby = range(max(index - 6, 0), min(index + 7, len(lines)))
    full = [near for near in nearby if not lines[near].blank and near not in repeated]
    above = next((lines[near] for near in reversed(full) if near < index), None)
    below = next((lines[near] for near in full if near > index), None)
    if above is None or below is None:
        return False
    return not ends_sentence(above.text, also=":") and below.text[:1].islower()


def _repeated_lines(lines: Sequence[TextLine]) -> list[list[int]]:
    """The indices of each short line that is repeated, but for its numbers, pages apart."""
    alike: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if 0 < len(line.text) < _MAX_HEAD and re.search(r"[^\W\d_]", line.text):
            alike[re.sub(r"\d+", "#", line.text.casefold())].append(index)
    return [
        indices
        for indices in alike.values()
        if len(indices) > 1 and min(b - a for a, b in pairwise(indices)) >= _MIN_PAGE
    ]


def _running_heads(
    lines: Sequence[TextLine], numbers: set[int], repeated: list[list[int]]
) -> set[int]:
    heads: set[int] = set()
    for indices in repeated:
        beside_ends = all(_is_beside_page_end(index, lines, numbers) for index in indices)
        if beside_ends or _comes_regularly(indices, lines):
            heads.update(set(indices) - numbers)
    return heads


def _comes_regularly(indices: list[int], lines: Sequence[TextLine]) -> bool:
    """Whether a line comes at a page's distance, alone, in a text whose lines stand together."""
    if len(indices) < 4 or sum(line.blank for line in lines) > 0.4 * len(lines):
        return False
    last = len(lines) - 1
    if not all(lines[i - 1].blank or lines[min(i + 1, last)].blank for i in indices):
        return False
    gaps = [after - before for before, after in pairwise(indices)]
    usual = median(gaps)
    whole = gaps[:-1]  # the last page may be shorter
    return usual >= 20 and gaps[-1] <= usual + 3 and all(abs(gap - usual) <= 3 for gap in whole)


def _is_beside_page_end(index: int, lines: Sequence[TextLine], numbers: set[int]) -> bool:
    """Whether only blank lines lie between this line and a page's number or end."""
    if lines[index].page:
        return True
    for step in (-1, 1):
        near = index + step
        while 0 <= near < len(lines) and lines[near].blank and abs(near - index) < 6:
            near += step
        if near in numbers or (step > 0 and near < len(lines) and lines[near].page):
            return True
    return False


def _with_sentences_rejoined(lines: Sequence[TextLine], dropped: Set[int]) -> list[TextLine]:
    """The lines that are not dropped; a sentence cut by a page's end is one again."""
    kept: list[TextLine] = []
    cut = False
    for index, line in enumerate(lines):
        if index in dropped:
            cut = True
            continue
        cut = cut or line.page
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
