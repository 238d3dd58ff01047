"""Emphasis typed with stars or underscores in plain text: balanced pairs around a few words."""

import re

from crossclaim.importing.document import Run

_MARKED = re.compile(
    r"(?<![\w*_`.])(?P<mark>\*\*|\*"
    r"|_)(?P<inside>[^\s*_](?:[^*_\n]{0,120}?[^\s*_])?)(?P=mark)(?![\w*_`]|\.\w)"
)
_FOOTNOTE_WORDS = 8  # a star at a paragraph's start whose partner is further off marks a footnote
# Noncharacters stand around the label of a note that is called inside a paragraph's text.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_LABEL = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def call_of(label: str) -> str:
    """The call of a note, as it stands in a paragraph's text until this is made into runs."""
    return f"{_OPEN}{label}{_CLOSE}"


def without_calls(text: str) -> str:
    """Text with the calls of its notes as they may be typed: “[1]”."""
    return _LABEL.sub(r"[\1]", text)


def called(text: str) -> tuple[Run, ...]:
    """A paragraph's text to runs, the calls of its notes among them."""
    made: list[Run] = []
    for at, part in enumerate(_LABEL.split(text)):
        if at % 2:
            made.append(Run("", note=part))
        elif part:
            made += runs(part)
    return tuple(made) or runs(text)


def runs(text: str) -> tuple[Run, ...]:
    """Text to runs; a mark without its partner is a character like any other."""
    found: list[Run] = []
    at = 0
    for pair in _MARKED.finditer(text):
        if (
            pair.start() == 0
            and pair["mark"] == "*"
            and pair["inside"].count(" ") > _FOOTNOTE_WORDS
        ):
            continue
        if pair.start() > at:
            found.append(Run(text[at : pair.start()]))
        found.append(Run(pair["inside"], "strong" if len(pair["mark"]) == 2 else "em"))
        at = pair.end()
    if at < len(text) or not found:
        found.append(Run(text[at:]))
    return tuple(found)


def plain(text: str) -> str:
    """Text without its emphasis marks, a half-broken pair's included at either end."""
    inside = "".join(run.text for run in runs(_LABEL.sub("", text)))
    return re.sub(r"^\*\*|\*\*$", "", inside).strip()
