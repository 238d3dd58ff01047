"""Hard-wrapped lines: how wide they are, which breaks an author made, words broken at an end."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from crossclaim.importing.text.lines import TextLine
from crossclaim.language.sentences import ends_sentence

WRAP_LIMIT = 100  # columns; longer lines than this are paragraphs of their own
_LONG_SHARE = 0.05  # of all lines, or two, may be longer in a wrapped text: addresses mostly
_NARROWEST = 30
_FULL_SHARE = 0.25  # of the lines that others follow; the others are verse, lists, addresses
_CAPITALS = 0.75  # of the lines below full ones begin with a capital, at most
_SHORT = 0.6  # of the width; a shorter line is not full
_MANY = 5  # paragraphs
_NEARLY = 0.85  # of the width
_WIDE_SPACE = 2  # columns; some wrap with two spaces behind a sentence
_BROKEN = re.compile(r"(?<![^\W\d_])(?P<head>[^\W\d_]{1,40})[-\u2010]\n(?P<tail>[^\W\d_]{1,40})")

LineGroup = list[TextLine]  # lines without a blank line between


class HardWrap:
    """How a text is wrapped: `width` in columns, 0 where its lines are whole paragraphs.

    `exact` says that every line is as full as it can be, as a program makes them.
    """

    def __init__(self, groups: Sequence[LineGroup]) -> None:
        self.width = _width(groups)
        # Where blank lines part the paragraphs, a line that is nearly full ends none.
        parted = sum(len(group) > 2 for group in groups) >= _MANY
        self._fullest = (_NEARLY if parted else 1) * self.width
        inner = [
            (line, following)
            for group in groups if len(group) > 2
            for line, following in itertools.pairwise(group)
            if not ends_sentence(line.text, also=":")
        ]  # fmt: skip
        loose = sum(self._has_room(line, following, 0) for line, following in inner)
        self.exact = bool(self.width) and loose <= 0.1 * len(inner)

    def is_hard_break(self, line: TextLine, following: TextLine) -> bool:
        """Whether somebody ended this line: the next word would have had room on it."""
        if following.continues:
            return False
        return self._has_room(line, following, 0 if self.exact else self.width * 0.15)

    def ends_paragraph(self, line: TextLine, following: TextLine) -> bool:
        """Whether a paragraph's last line ends here: hardly begun, or ended with its sentence."""
        if not self.is_hard_break(line, following):
            return False
        if _length(line) <= _SHORT * self.width:
            return True
        if not self.exact or _length(line) > self._fullest:
            return False
        ends = ends_sentence(line.text, also=":") and not following.text[0].islower()
        return ends and self._has_room(line, following, _WIDE_SPACE)

    def _has_room(self, line: TextLine, following: TextLine, slack: float) -> bool:
        """Whether the next line's first word would fit on a line, with `slack` columns to spare."""
        word = following.text.split(maxsplit=1)[0]
        return _length(line) + 1 + len(word) <= self.width - slack


def _length(line: TextLine) -> int:
    return line.indent + len(line.text)


def _width(groups: Sequence[LineGroup]) -> int:
    """The width the text is wrapped to, or 0.

    Wrapped lines end where the next word had no room. Verse of one metre looks like that too;
    but its lines begin with capitals.
    """
    lengths = [_length(line) for group in groups for line in group]
    longer = sum(length > WRAP_LIMIT for length in lengths)
    if longer > max(2, _LONG_SHARE * len(lengths)):
        return 0
    pairs = [
        (_length(line), len(following.text.split(maxsplit=1)[0]), following.text[0].isupper())
        for group in groups
        for line, following in itertools.pairwise(group)
        if _length(line) <= WRAP_LIMIT
    ]
    ends = sorted(length for length, _, _ in pairs)
    best, most = 0, 0
    for share in (1, 0.98, 0.95, 0.9):
        width = ends[int(share * (len(ends) - 1))] if ends else 0
        full = [capital for length, word, capital in pairs if width - word <= length <= width]
        if len(full) > most and sum(full) <= _CAPITALS * len(full):
            best, most = width, len(full)
    return best if best >= _NARROWEST and most >= max(3, _FULL_SHARE * len(pairs)) else 0


def single_spaced(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a double-spaced wrapped text without the blank line after each.

    More blank lines than usual still end a paragraph. Any other text comes back as it is.
    """
    full = [index for index, line in enumerate(lines) if not line.blank]
    gaps = [after - before for before, after in itertools.pairwise(full)]
    if len(full) < 8 or sum(gap > 1 for gap in gaps) < 0.95 * len(gaps):
        return list(lines)
    written = [lines[index] for index in full]
    wrap = HardWrap([written])
    cut = sum(not ends_sentence(line.text, also=":") for line in written)
    if not wrap.width or not wrap.exact or cut < 0.5 * len(written):
        return list(lines)
    usual = median(gaps)
    kept: list[TextLine] = []
    for line, gap in zip(written, [1, *gaps], strict=True):
        if gap > usual:
            kept.append(TextLine(line.number - 1, ""))
        kept.append(line)
    return kept


class Dehyphenator:
    """Lines joined; a word broken at its hyphen loses it where the text has the word without."""

    def __init__(self, text: str) -> None:
        self._counts = Counter(re.findall(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*", text.casefold()))

    def join(self, lines: Sequence[str]) -> str:
        """Lines as one line, a space for each break."""
        text = "\n".join(line.strip() for line in lines)
        text = re.sub(r"\xad\n?", "", text)
        text = _BROKEN.sub(self._rejoined, text)
        return text.replace("\n", " ")

    def _rejoined(self, broken: re.Match[str]) -> str:
        head, tail = broken["head"], broken["tail"]
        whole = (head + tail).casefold()
        hyphenated = f"{head}-{tail}".casefold()
        if tail[0].islower() and self._counts[whole] > self._counts[hyphenated]:
            return head + tail
        return f"{head}-{tail}"
