"""Words as they come out of elements, to runs: white space and breaks as a browser shows them."""

import re
from dataclasses import replace

from crossclaim.importing.document import Run

_SPACE = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")  # where a word may be broken; no part of it
_INDENTED = re.compile(r"[\xa0\u2002\u2003]{2}")
_LONG_LINE = 14  # words; verse has shorter lines


class RunBuilder:
    """Builds the runs of one paragraph while it is being read."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._at_space = True  # a blank here would not be seen
        self._blank_line = True
        self.invisible = 0  # how many invisible characters were dropped

    def add(self, text: str, like: Run, preformatted: bool = False) -> None:
        """Add words, set like `like`. White space collapses unless they are `preformatted`."""
        if _INVISIBLE.search(text):
            text, count = _INVISIBLE.subn("", text)
            self.invisible += count
        if preformatted:
            for index, line in enumerate(re.split(r"\r\n|[\r\n]", text)):
                if index:
                    self.line_break(always=True)
                self.add(line, like)
            return
        text = _SPACE.sub(" ", text)
        if self._at_space:
            text = text.removeprefix(" ")
        if not text:
            return
        self._at_space = text.endswith(" ")
        self._blank_line = self._blank_line and not text.strip()
        self._runs.append(replace(like, text=text))

    def add_separator(self, text: str = " ") -> None:
        """Add a blank, or a sign with blanks around it, between words that stand apart."""
        if not self._blank_line:
            self.add(text, Run(""))

    def add_reference(self, label: str) -> None:
        """Add a footnote reference."""
        self._runs.append(Run("", note=label))
        self._at_space = self._blank_line = False

    def line_break(self, always: bool = False) -> bool:
        """Break the line. False where the line is empty: then a paragraph ends, unless `always`."""
        if self._blank_line and not always:
            return False
        self._runs.append(Run("\n"))
        self._at_space = self._blank_line = True
        return True

    def starts_paragraph(self, text: str) -> bool:
        """Whether this text, right after a break, is indented like a paragraph's first line."""
        if not self._runs or self._runs[-1].text != "\n" or not _INDENTED.match(text.lstrip()[:2]):
            return False
        before = "".join(run.text for run in self._runs[:-1]).rpartition("\n")[2]
        return len(before.split()) > _LONG_LINE

    def build(self) -> tuple[Run, ...]:
        """The runs, white space at both ends taken off, equal neighbours joined."""
        runs = _stripped(_stripped(self._runs, first=True), first=False)
        joined: list[Run] = []
        for run in _without_brackets(runs):
            plain = Run(run.text) if run.text.isspace() else run
            if joined and not run.note and plain == replace(joined[-1], text=run.text):
                joined[-1] = replace(plain, text=joined[-1].text + run.text)
            elif run.text or run.note:
                joined.append(plain)
        return tuple(joined)


def _stripped(runs: list[Run], first: bool) -> list[Run]:
    """The runs without white space at one end."""
    runs = list(runs)
    end = 0 if first else -1
    while runs and not runs[end].note:
        text = runs[end].text.lstrip() if first else runs[end].text.rstrip()
        if text:
            runs[end] = replace(runs[end], text=text)
            break
        del runs[end]
    return runs


def _without_brackets(runs: list[Run]) -> list[Run]:
    """The runs without the brackets right around a footnote reference."""
    runs = list(runs)
    for index in range(1, len(runs) - 1):
        before, after = runs[index - 1], runs[index + 1]
        if runs[index].note and before.text.endswith("[") and after.text.startswith("]"):
            runs[index - 1] = replace(before, text=before.text[:-1].rstrip())
            runs[index + 1] = replace(after, text=after.text[1:])
    return runs
