"""Three-way merge of texts, word by word."""

import itertools
import re
from difflib import SequenceMatcher


def merge_texts(base: str, ours: str, theirs: str) -> str | None:
    """The base with both sides' changes, or None where both changed the same words."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    before = _words(base)
    mine, others = _edits(before, _words(ours)), _edits(before, _words(theirs))
    edits = sorted(set(mine + others))
    for one, other in itertools.pairwise(edits):
        # Edits that meet, or insert at one place, have an order that nobody knows.
        if other[0] < one[1] or (one[0], one[1]) == (other[0], other[1]) or other[0] == one[1]:
            return None
    text, done = "", 0  # words of the base
    for start, end, words in edits:
        text += "".join(before[done:start]) + words
        done = end
    return text + "".join(before[done:])


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _edits(before: list[str], after: list[str]) -> list[tuple[int, int, str]]:
    """What turns one list of words into another: from, to, instead."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (i1, i2, "".join(after[j1:j2]))
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    ]
