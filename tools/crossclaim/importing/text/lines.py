"""The lines of a plain text, and what pasted pages put between them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from crossclaim.importing.document import LeftOut
from crossclaim.language.sentences import ends_sentence

_QUOTE_MARK = re.compile(r"\s{0,3}(?P<marks>>(?:\s?>)*)(?:\s(?!\s*[\d=])|\Z)")
_NUMBER = re.compile(
    r"\W{0,3}(?P<name>page|p\.|seite|s\.)?\s*(?P<number>\d{1,4})"
    r"(?P<of>\s*(?:of|/|von)\s*\d{1,4})?\W{0,3}\Z",
    re.IGNORECASE,
)
_LEAST_PAGE = 8  # lines between two page numbers
_HEAD_LENGTH = 80
_FULL_LINE = 45  # a shorter line above a page's end may be whole


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number from 1, its text, its indentation in columns, its place.

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


def lines(text: str) -> list[Line]:
    """The lines of a text, white space at their ends gone, mail's quotation marks counted."""
    found: list[Line] = []
    page = False
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        page = page or "\f" in raw
        plain = raw.replace("\f", "").rstrip()
        mark = _QUOTE_MARK.match(plain)
        quoted = mark["marks"].count(">") if mark else 0
        inner = plain[mark.end() :] if mark else plain
        stripped = inner.strip()
        indent = len(inner[: len(inner) - len(inner.lstrip())].expandtabs(4))
        found.append(Line(number, stripped, indent, quoted, page and bool(stripped)))
        page = page and not stripped
    return found


def without_page_marks(found: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """The lines without the page numbers and running heads of a pasted document.

    A number alone is a page's only in a row of such numbers that cuts the text as pages do; a
    line that comes again is a running head only beside such a number, or at a page's distance.
    """
    again = _coming_again(found)
    numbers = _page_numbers(found, {at for places in again for at in places})
    heads = _running_heads(found, numbers, again)
    gone = {**dict.fromkeys(heads, "a running head"), **dict.fromkeys(numbers, "a page number")}
    left = [LeftOut(found[at].number, found[at].text, gone[at]) for at in sorted(gone)]
    return _closed_up(found, set(gone)), left


def _page_numbers(found: Sequence[Line], again: set[int]) -> set[int]:
    alone = [
        (at, int(number["number"]), bool(number["of"] or number["name"]))
        for at, line in enumerate(found)
        if len(line.text) < 24 and (number := _NUMBER.match(line.text))
    ]
    numbers: set[int] = set()
    chain: list[tuple[int, int, bool]] = []
    for entry in [*alone, (len(found), -1, False)]:
        if chain and entry[1] == chain[-1][1] + 1 and entry[0] - chain[-1][0] >= _LEAST_PAGE:
            chain.append(entry)
            continue
        if _is_of_pages(chain, found, again):
            numbers.update(at for at, _, _ in chain)
        if not chain or entry[1] < 0 or entry[0] - chain[-1][0] >= _LEAST_PAGE:
            chain = [entry]
    return numbers


def _is_of_pages(
    chain: list[tuple[int, int, bool]], found: Sequence[Line], again: set[int]
) -> bool:
    """Whether numbers in a row are pages' and not sections': they cut sentences, or are regular."""
    if len(chain) < 2:
        return False
    if all(named for _, _, named in chain):
        return True
    if any(_at_page_end(at, found, again) for at, _, _ in chain):
        return True
    gaps = [b[0] - a[0] for a, b in pairwise(chain)]
    usual = median(gaps)
    return len(gaps) > 2 and all(abs(gap - usual) <= 0.15 * usual for gap in gaps)


def _at_page_end(at: int, found: Sequence[Line], again: set[int]) -> bool:
    """Whether a page ends at this line: a sentence is cut here, heads left aside."""
    places = [at + step for step in range(-6, 7) if 0 <= at + step < len(found)]
    full = [place for place in places if not found[place].blank and place not in again]
    above = next((found[place] for place in reversed(full) if place < at), None)
    below = next((found[place] for place in full if place > at), None)
    if any(line.page for line in found[max(at - 2, 0) : at + 3]):
        return True
    if above is None or below is None:
        return False
    return not ends_sentence(above.text, also=":") and below.text[:1].islower()


def _coming_again(found: Sequence[Line]) -> list[list[int]]:
    """The places of each short line that comes again, but for its numbers, pages apart."""
    alike: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(found):
        if 0 < len(line.text) < _HEAD_LENGTH and re.search(r"[^\W\d_]", line.text):
            alike[re.sub(r"\d+", "#", line.text.casefold())].append(at)
    return [
        places
        for places in alike.values()
        if len(places) > 1 and min(b - a for a, b in pairwise(places)) >= _LEAST_PAGE
    ]


def _running_heads(found: Sequence[Line], numbers: set[int], again: list[list[int]]) -> set[int]:
    heads: set[int] = set()
    for places in again:
        beside = [at for at in places if _beside_page_end(at, found, numbers)]
        if len(beside) == len(places) or _regular(places, found):
            heads.update(set(places) - numbers)
    return heads


def _regular(places: list[int], found: Sequence[Line]) -> bool:
    """Whether a line comes at a page's distance, alone, in a text whose lines stand together."""
    if len(places) < 4 or sum(line.blank for line in found) > 0.4 * len(found):
        return False
    if not all(found[at - 1].blank or found[min(at + 1, len(found) - 1)].blank for at in places):
        return False
    gaps = [b - a for a, b in pairwise(places)]
    usual = median(gaps)
    whole = gaps[:-1]  # the last page may be shorter
    return usual >= 20 and gaps[-1] <= usual + 3 and all(abs(gap - usual) <= 3 for gap in whole)


def _beside_page_end(at: int, found: Sequence[Line], numbers: set[int]) -> bool:
    """Whether only blank lines lie between this line and a page's number or end."""
    if found[at].page:
        return True
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(found) and found[place].blank and abs(place - at) < 6:
            place += step
        if place in numbers or (step > 0 and place < len(found) and found[place].page):
            return True
    return False


def _closed_up(found: Sequence[Line], gone: set[int]) -> list[Line]:
    """The lines that stay; a sentence cut by a page's end is one again."""
    kept: list[Line] = []
    cut = False
    for at, line in enumerate(found):
        if at in gone:
            cut = True
            continue
        cut = cut or line.page
        if cut and not line.blank:
            last = next((each for each in reversed(kept[-12:]) if not each.blank), None)
            if last and _goes_on(last, line):
                while kept[-1].blank:
                    kept.pop()
                line = replace(line, continues=True)
            cut = False
        kept.append(line)
    return kept


def _goes_on(last: Line, line: Line) -> bool:
    if ends_sentence(last.text, also=":") or len(last.text) < _FULL_LINE:
        return False
    return line.text[0].islower() or (last.text[-1].isalpha() and line.text[0].isalpha())
