"""Words as they come out of elements, set as a browser sets them: white space, breaks, marks."""

import re
from dataclasses import replace

from crossclaim.importing.document import Run

_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile("[\u00ad\u200b\ufeff]")  # where a word may be broken; no part of it
_INDENTED = re.compile(r"[\xa0\u2002\u2003]{2}")
_LONG_LINE = 14  # words; verse has shorter lines


class Setting:
    """The runs of one paragraph while it is being read."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._at_space = True  # a blank here would not be seen
        self._blank_line = True
        self.unseen = 0  # how many invisible characters were dropped

    def add(self, text: str, like: Run, kept: bool = False) -> None:
        """More words, set like `like`. White space collapses unless it is `kept`."""
        if _UNSEEN.search(text):
            text, count = _UNSEEN.subn("", text)
            self.unseen += count
        if kept:
            for at, line in enumerate(re.split(r"\r\n|[\r\n]", text)):
                if at:
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

    def space(self, text: str = " ") -> None:
        """A blank, or a sign with blanks around it, between words that stand apart."""
        if not self._blank_line:
            self.add(text, Run(""))

    def note(self, label: str) -> None:
        """The call of a footnote."""
        self._runs.append(Run("", note=label))
        self._at_space = self._blank_line = False

    def line_break(self, always: bool = False) -> bool:
        """Break the line. False where the line is empty: then a paragraph ends, unless `always`."""
        if self._blank_line and not always:
            return False
        self._runs.append(Run("\n"))
        self._at_space = self._blank_line = True
        return True

    def ends_before(self, text: str) -> bool:
        """Whether this text, right after a break, is indented like a paragraph's opening."""
        if not self._runs or self._runs[-1].text != "\n" or not _INDENTED.match(text.lstrip()[:2]):
            return False
        before = "".join(run.text for run in self._runs[:-1]).rpartition("\n")[2]
        return len(before.split()) > _LONG_LINE

    def finished(self) -> tuple[Run, ...]:
        """The runs, white space at both ends taken off, equal neighbours joined."""
        runs = _stripped(_stripped(self._runs, first=True), first=False)
        joined: list[Run] = []
        for run in _unbracketed(runs):
            plain = Run(run.text) if run.text.isspace() else run
            if joined and not run.note and plain == replace(joined[-1], text=run.text):
                joined[-1] = replace(plain, text=joined[-1].text + run.text)
            elif run.text or run.note:
                joined.append(plain)
        return tuple(joined)


def _stripped(runs: list[Run], first: bool) -> list[Run]:
    """Without white space at one end."""
    runs = list(runs)
    at = 0 if first else -1
    while runs and not runs[at].note:
        text = runs[at].text.lstrip() if first else runs[at].text.rstrip()
        if text:
            runs[at] = replace(runs[at], text=text)
            break
        del runs[at]
    return runs


def _unbracketed(runs: list[Run]) -> list[Run]:
    """Without the brackets right around the call of a footnote."""
    runs = list(runs)
    for at in range(1, len(runs) - 1):
        before, after = runs[at - 1], runs[at + 1]
        if runs[at].note and before.text.endswith("[") and after.text.startswith("]"):
            runs[at - 1] = replace(before, text=before.text[:-1].rstrip())
            runs[at + 1] = replace(after, text=after.text[1:])
    return runs
