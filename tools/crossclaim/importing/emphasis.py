"""Inline markup typed in plain text: emphasis with stars or underscores, footnote references."""

import re

from crossclaim.importing.document import Run

# Balanced marks around a few words.
_EMPHASIS = re.compile(
    r"(?<![\w*_`.])(?P<mark>\*\*|\*"
    r"|_)(?P<inside>[^\s*_](?:[^*_\n]{0,120}?[^\s*_])?)(?P=mark)(?![\w*_`]|\.\w)"
)
_FOOTNOTE_WORDS = 8  # a star at a paragraph's start whose partner is further off marks a footnote
# Noncharacters stand around the label of a footnote reference inside a paragraph's text.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_REFERENCE = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def footnote_reference(label: str) -> str:
    """A footnote reference as it stands in a paragraph's text until this is made into runs."""
    return f"{_OPEN}{label}{_CLOSE}"


def typed_references(text: str) -> str:
    """Text with its footnote references as they may be typed: “[1]”."""
    return _REFERENCE.sub(r"[\1]", text)


def inline_runs(text: str) -> tuple[Run, ...]:
    """A paragraph's text to runs: emphasis and footnote references."""
    runs: list[Run] = []
    for index, part in enumerate(_REFERENCE.split(text)):
        if index % 2:
            runs.append(Run("", note=part))
        elif part:
            runs += emphasis_runs(part)
    return tuple(runs) or emphasis_runs(text)


def emphasis_runs(text: str) -> tuple[Run, ...]:
    """Text to runs; a mark without its partner is a character like any other."""
    runs: list[Run] = []
    end = 0
    for pair in _EMPHASIS.finditer(text):
        if (
            pair.start() == 0
            and pair["mark"] == "*"
            and pair["inside"].count(" ") > _FOOTNOTE_WORDS
        ):
            continue
        if pair.start() > end:
            runs.append(Run(text[end : pair.start()]))
        runs.append(Run(pair["inside"], "strong" if len(pair["mark"]) == 2 else "em"))
        end = pair.end()
    if end < len(text) or not runs:
        runs.append(Run(text[end:]))
    return tuple(runs)


def without_emphasis(text: str) -> str:
    """Text without its emphasis marks, a half-broken pair's included at either end."""
    inside = "".join(run.text for run in emphasis_runs(_REFERENCE.sub("", text)))
    return re.sub(r"^\*\*|\*\*$", "", inside).strip()
