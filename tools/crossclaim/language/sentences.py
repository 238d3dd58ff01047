"""Where sentences end, and a text as its sentences: the one rule for everybody."""

import re

# What ends a sentence, and what may close behind it: quotation marks, brackets, emphasis.
_ENDS = ".!?…。！？"
_CLOSING = "\"'”’»)]*_」』）"
_STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]*_]*(?:\s+|\Z)|[。！？]+[”」』）]*)")
_SHORTEST = 3  # words; “Hell no.” goes with its neighbour
_LONGEST = 2000  # characters of a sentence that are looked at


def ends_sentence(text: str, also: str = "") -> bool:
    """Whether a text ends as a sentence does, marks that close behind its stop aside.

    `also` holds further signs to take for an end: “:” where what it announces may follow apart.
    """
    last = text.rstrip().rstrip(_CLOSING)[-1:]
    return last != "" and last in _ENDS + also


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence; all of it where none ends."""
    stop = _STOP.search(text)
    return text[: stop.end()].strip() if stop else text.strip()


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order; very short ones go with the one before.

    An abbreviation may cut one in two, which costs a little and breaks nothing.
    """
    cut: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        cut.append(text[start : stop.end()].strip())
        start = stop.end()
    cut.append(text[start:].strip())
    joined: list[str] = []
    for sentence in filter(None, cut):
        if joined and len(sentence.split()) < _SHORTEST:
            joined[-1] = f"{joined[-1]} {sentence}"
        else:
            joined.append(sentence)
    return tuple(sentence[:_LONGEST] for sentence in joined)
