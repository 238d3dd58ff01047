"""Typed footnotes: a star or number behind a word, and the note at the foot that answers it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.boilerplate.patterns import RIGHTS_NOTICE
from crossclaim.importing.document import Note, Paragraph
from crossclaim.importing.emphasis import emphasis_runs, footnote_reference

_HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HEADING = re.compile(
    r"(?:(?:foot|end)?notes?|references|sources|anmerkungen|quellen):?\Z", re.IGNORECASE
)
_RULE = re.compile(r"(?:[-_—–*]\s?){3,}\Z")
# How a note opens, by how certain its mark is where no heading stands above it.
_OPENS = re.compile(
    r"\[(?P<square>\d{1,3}|\*+)\]:?\s*|\((?P<round>\d{1,3})\)\s+|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*"
    r"|(?P<star>\*{1,4}|[†‡])\s*(?=[^\W_])|(?P<plain>\d{1,3})[.)]?\s+"
)
# How a note is called: right behind a word and its punctuation.
_CALLED = re.compile(
    r"(?<=[^\s\[(*])(?:\[(?P<square>\d{1,3}|\*+)\]|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
    r"|(?P<star>\*{1,4}|[†‡])(?![\w*]))"
    r"|(?<=[^\s\[(*]) \((?P<round>\d{1,3})\)(?=[\s.,;:!?]|\Z)"
)
_PUNCTUATED = re.compile(r"[\w.,;:!?…\"'”’»)%]\Z")


@dataclass(frozen=True, slots=True)
class _Typed:
    """A mark that calls or opens a note: the paragraph, where in it, and the sign."""

    at: int
    start: int
    end: int
    sign: str


def with_notes(found: Sequence[Paragraph]) -> tuple[list[Paragraph], tuple[Note, ...]]:
    """The paragraphs with the calls of notes as `footnote_reference` marks them, and the notes.

    A note is taken where exactly one call and one note below it have the same sign; whatever is
    not certain stays as it was typed. The heading or rule above the notes goes with the last.
    """
    texts = [paragraph.text.strip() for paragraph in found]
    foot = _foot(texts)
    opened = _by_sign(_notes(texts, foot))
    calls = _by_sign(_calls(texts, opened))
    pairs = sorted(
        ((calls[sign][0], opened[sign][0]) for sign in opened if _certain(sign, calls, opened)),
        key=lambda pair: (pair[0].at, pair[0].start),
    )
    labels = _labels([call.sign for call, _ in pairs])
    notes = tuple(
        Note(labels[call.sign], emphasis_runs(texts[note.at][note.end :].strip()))
        for call, note in pairs
    )
    gone = {note.at for _, note in pairs}
    if foot and all(at in gone for at in foot[1:]):
        gone.add(foot[0])
    kept = [
        replace(paragraph, text=_marked(texts[at], at, [c for c, _ in pairs], labels))
        if any(call.at == at for call, _ in pairs)
        else paragraph
        for at, paragraph in enumerate(found)
        if at not in gone
    ]
    return kept, notes


def _foot(texts: Sequence[str]) -> range:
    """The places of the last heading or rule with notes right below it and of these notes."""
    for at in range(len(texts) - 2, -1, -1):
        if _HEADING.match(texts[at]) or _RULE.match(texts[at]):
            end = at + 1
            while end < len(texts) and _OPENS.match(texts[end]):
                end += 1
            if end > at + 1:
                return range(at, end)
    return range(0)


def _notes(texts: Sequence[str], foot: range) -> Iterable[_Typed]:
    for at, text in enumerate(texts):
        opens = _OPENS.match(text)
        if not opens or not text[opens.end() :].strip() or RIGHTS_NOTICE.search(text):
            continue
        kind = str(opens.lastgroup)
        if kind in ("plain", "round") and at not in foot:
            continue
        yield _Typed(at, 0, opens.end(), _sign(kind, opens[kind]))


def _calls(texts: Sequence[str], opened: dict[str, list[_Typed]]) -> Iterable[_Typed]:
    if not opened:
        return
    for at, text in enumerate(texts):
        for call in _CALLED.finditer(text):
            kind = str(call.lastgroup)
            if not _PUNCTUATED.search(text[: call.start()][-1:]):
                continue
            if kind == "star" and _pairs_up(text, call.start()):
                continue
            sign = _sign(kind, call[kind])
            for note in (sign, f"plain {call[kind].translate(_HIGH)}"):
                if note in opened:
                    yield _Typed(at, call.start(), call.end(), note)
                    break


def _pairs_up(text: str, at: int) -> bool:
    """Whether a star closes emphasis: another opens it in the same paragraph."""
    return bool(re.search(r"(?<![\w*])\*+(?=\S)", text[:at]))


def _sign(kind: str, text: str) -> str:
    return f"{kind} {text.translate(_HIGH)}"


def _by_sign(marks: Iterable[_Typed]) -> dict[str, list[_Typed]]:
    found: dict[str, list[_Typed]] = defaultdict(list)
    for mark in marks:
        found[mark.sign].append(mark)
    return dict(found)


def _certain(sign: str, calls: dict[str, list[_Typed]], opened: dict[str, list[_Typed]]) -> bool:
    """Whether one call and one note below it have this sign."""
    if len(opened[sign]) != 1 or len(calls.get(sign, [])) != 1:
        return False
    return calls[sign][0].at < opened[sign][0].at


def _labels(signs: Sequence[str]) -> dict[str, str]:
    """A label for each sign: its number, or for a star the next number that is free."""
    labels: dict[str, str] = {}
    for sign in signs:
        number = sign.split()[1]
        if number.isdigit() and number not in labels.values():
            labels[sign] = number
    free = (str(number) for number in range(1, 10_000))
    for sign in signs:
        if sign not in labels:
            labels[sign] = next(each for each in free if each not in labels.values())
    return labels


def _marked(text: str, at: int, calls: Sequence[_Typed], labels: dict[str, str]) -> str:
    for call in sorted((c for c in calls if c.at == at), key=lambda c: -c.start):
        text = f"{text[: call.start]}{footnote_reference(labels[call.sign])}{text[call.end :]}"
    return text
