"""Sentences: where one ends, and a text cut into them. The one rule of the whole program."""

import re

# What ends a sentence, and what may close behind it: quotation marks, brackets, emphasis. In
# scripts without spaces the next sentence follows at once.
_STOPS, _CLOSING = ".!?…", "\"'”’»)]*_"
_WIDE_STOPS, _WIDE_CLOSING = "。！？", "」』）"
_END = re.compile(
    rf"[{re.escape(_STOPS)}]+[{re.escape(_CLOSING)}]*(?:\s+|\Z)|[{_WIDE_STOPS}]+[{_WIDE_CLOSING}]*"
)
_SHORTEST = 3  # words; “Hell no.” goes with its neighbour
_LONGEST = 2000  # characters of a sentence that are looked at


def final_mark(text: str) -> str:
    """The last sign of a text, marks that close behind it aside; "" where there is none."""
    return text.rstrip().rstrip(_CLOSING + _WIDE_CLOSING)[-1:]


def ends_sentence(text: str, also: str = "") -> bool:
    """Whether a text ends as a sentence does, marks that close behind its stop aside.

    `also` holds further signs to take for an end: “:” where what it announces may follow apart.
    """
    mark = final_mark(text)
    return mark != "" and mark in _STOPS + _WIDE_STOPS + also


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence; all of it where none ends."""
    end = _END.search(text)
    return text[: end.end()].strip() if end else text.strip()


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order; very short ones go with the one before.

    An abbreviation may cut one in two, which costs a little and breaks nothing.
    """
    cut: list[str] = []
    start = 0
    for end in _END.finditer(text):
        cut.append(text[start : end.end()].strip())
        start = end.end()
    cut.append(text[start:].strip())
    joined: list[str] = []
    for sentence in filter(None, cut):
        if joined and len(sentence.split()) < _SHORTEST:
            joined[-1] = f"{joined[-1]} {sentence}"
        else:
            joined.append(sentence)
    return tuple(sentence[:_LONGEST] for sentence in joined)
