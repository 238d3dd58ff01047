"""Footnotes of a plain text: a star or number behind a word, and the note below that answers it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.boilerplate.patterns import RIGHTS_NOTICE
from crossclaim.importing.document import Note, Paragraph
from crossclaim.importing.emphasis import emphasis_runs, footnote_reference

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HEADING = re.compile(
    r"(?:(?:foot|end)?notes?|references|sources|anmerkungen|quellen):?\Z", re.IGNORECASE
)
_RULE = re.compile(r"(?:[-_—–*]\s?){3,}\Z")
# How a note opens, by how certain its mark is where no heading stands above it.
_NOTE_MARK = re.compile(
    r"\[(?P<square>\d{1,3}|\*+)\]:?\s*|\((?P<round>\d{1,3})\)\s+|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*"
    r"|(?P<star>\*{1,4}|[†‡])\s*(?=[^\W_])|(?P<plain>\d{1,3})[.)]?\s+"
)
# How a note is referred to: right behind a word and its punctuation.
_REFERENCE = re.compile(
    r"(?<=[^\s\[(*])(?:\[(?P<square>\d{1,3}|\*+)\]|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
    r"|(?P<star>\*{1,4}|[†‡])(?![\w*]))"
    r"|(?<=[^\s\[(*]) \((?P<round>\d{1,3})\)(?=[\s.,;:!?]|\Z)"
)
_WORD_END = re.compile(r"[\w.,;:!?…\"'”’»)%]\Z")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that refers to a note or opens one: its paragraph's index, where in it, its sign."""

    paragraph: int
    start: int
    end: int
    sign: str


_Marks = dict[str, list[_Mark]]  # by their sign


def with_footnote_references(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], tuple[Note, ...]]:
    """The paragraphs with footnote references as `footnote_reference` marks them, and the notes.

    A note is taken where exactly one reference and one note below it have the same sign; whatever
    is not certain stays as it was typed. The heading or rule above the notes goes with the last.
    """
    texts = [paragraph.text.strip() for paragraph in paragraphs]
    section = _notes_section(texts)
    openings = _by_sign(_note_openings(texts, section))
    references = _by_sign(_references(texts, openings))
    pairs = sorted(
        (
            (references[sign][0], openings[sign][0])
            for sign in openings
            if _is_certain(sign, references, openings)
        ),
        key=lambda pair: (pair[0].paragraph, pair[0].start),
    )
    labels = _labels([reference.sign for reference, _ in pairs])
    notes = tuple(
        Note(labels[reference.sign], emphasis_runs(texts[opening.paragraph][opening.end :].strip()))
        for reference, opening in pairs
    )
    taken = {opening.paragraph for _, opening in pairs}
    if section and all(index in taken for index in section[1:]):
        taken.add(section[0])
    referring: dict[int, list[_Mark]] = defaultdict(list)
    for reference, _ in pairs:
        referring[reference.paragraph].append(reference)
    kept = [
        replace(paragraph, text=_with_references(texts[index], referring[index], labels))
        if index in referring
        else paragraph
        for index, paragraph in enumerate(paragraphs)
        if index not in taken
    ]
    return kept, notes


def _notes_section(texts: Sequence[str]) -> range:
    """The indices of the last heading or rule with notes right below it and of these notes."""
    for start in range(len(texts) - 2, -1, -1):
        if _HEADING.match(texts[start]) or _RULE.match(texts[start]):
            end = start + 1
            while end < len(texts) and _NOTE_MARK.match(texts[end]):
                end += 1
            if end > start + 1:
                return range(start, end)
    return range(0)


def _note_openings(texts: Sequence[str], section: range) -> Iterable[_Mark]:
    for index, text in enumerate(texts):
        mark = _NOTE_MARK.match(text)
        if not mark or not text[mark.end() :].strip() or RIGHTS_NOTICE.search(text):
            continue
        kind = str(mark.lastgroup)
        if kind in ("plain", "round") and index not in section:
            continue
        yield _Mark(index, 0, mark.end(), _sign(kind, mark[kind]))


def _references(texts: Sequence[str], openings: _Marks) -> Iterable[_Mark]:
    if not openings:
        return
    for index, text in enumerate(texts):
        for reference in _REFERENCE.finditer(text):
            kind = str(reference.lastgroup)
            start, end = reference.span()
            if not _WORD_END.search(text[:start][-1:]):
                continue
            if kind == "star" and _closes_emphasis(text, start):
                continue
            signs = (_sign(kind, reference[kind]), _sign("plain", reference[kind]))
            if sign := next((sign for sign in signs if sign in openings), None):
                yield _Mark(index, start, end, sign)


def _closes_emphasis(text: str, start: int) -> bool:
    """Whether a star closes emphasis: another opens it in the same paragraph."""
    return bool(re.search(r"(?<![\w*])\*+(?=\S)", text[:start]))


def _sign(kind: str, text: str) -> str:
    return f"{kind} {text.translate(_SUPERSCRIPT)}"


def _by_sign(marks: Iterable[_Mark]) -> _Marks:
    by_sign: _Marks = defaultdict(list)
    for mark in marks:
        by_sign[mark.sign].append(mark)
    return dict(by_sign)


def _is_certain(sign: str, references: _Marks, openings: _Marks) -> bool:
    """Whether one reference and one note below it have this sign."""
    if len(openings[sign]) != 1 or len(references.get(sign, [])) != 1:
        return False
    return references[sign][0].paragraph < openings[sign][0].paragraph


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
            labels[sign] = next(label for label in free if label not in labels.values())
    return labels


def _with_references(text: str, references: Sequence[_Mark], labels: dict[str, str]) -> str:
    """A text whose references, in order, are marked with the labels of their notes."""
    for reference in reversed(references):  # from the end: the others keep their places
        label = footnote_reference(labels[reference.sign])
        text = f"{text[: reference.start]}{label}{text[reference.end :]}"
    return text
