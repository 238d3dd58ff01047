"""Footnotes of a plain text: a star or number behind a word, and the note below that answers it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.boilerplate.patterns import RIGHTS_NOTICE
from crossclaim.importing.document import LeftOut, Note, Paragraph
from crossclaim.importing.emphasis import emphasis_runs, footnote_reference

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HEADING = re.compile(
    r"(?:(?:foot|end)?notes?|references|sources|anmerkungen|quellen):?\Z", re.IGNORECASE
)
_RULE = re.compile(r"(?:[-_—–*]\s?){3,}\Z")
# How a note opens, by how certain its mark is where no heading stands above it.
_NOTE_MARK = re.compile(
    r"\[(?:Footnote )?(?P<square>\d{1,3}|[A-Z]|\*+)(?:\]:?|:)\s*|\((?P<round>\d{1,3})\)\s+"
    r"|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*|(?P<star>\*{1,4}|[†‡])\s*(?=[^\W_])"
    r"|(?P<plain>\d{1,3})[.)]?\s+"
)
# How a note is referred to: right behind a word and its punctuation.
_REFERENCE = re.compile(
    r"(?<=[\w.,;:!?…\"'”’»)%])(?:\[(?P<square>\d{1,3}|[A-Z]|\*+)\]|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
    r"|(?P<star>\*{1,4}|[†‡])(?![\w*])| \((?P<round>\d{1,3})\)(?=[\s.,;:!?]|\Z))"
)
_PARTS = 8  # paragraphs of a note in brackets


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that refers to a note or opens one: its paragraph's index, where in it, its sign."""

    paragraph: int
    start: int
    end: int
    sign: str


def with_footnote_references(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], tuple[Note, ...], list[LeftOut]]:
    """The paragraphs with footnote references as `footnote_reference` marks them; the notes.

    Notes are taken where references and the notes below them have the same sign in turn; whatever
    is not certain stays as it was typed. The heading or rule above the notes goes with the last.
    """
    paragraphs = _with_bracketed_joined(paragraphs)
    texts = [paragraph.text.strip() for paragraph in paragraphs]
    section = _notes_section(texts)
    openings = _by_sign(_note_openings(texts, section))
    references = _by_sign(_references(texts, openings.keys()))
    pairs = sorted(
        (pair for sign in openings for pair in _pairs(references[sign], openings[sign])),
        key=lambda pair: (pair[0].paragraph, pair[0].start),
    )
    labels = _labels([reference.sign for reference, _ in pairs])
    notes = []
    new = dict(enumerate(texts))
    for label, (reference, opening) in reversed(list(zip(labels, pairs, strict=True))):
        text = new[reference.paragraph]
        new[reference.paragraph] = (
            text[: reference.start] + footnote_reference(label) + text[reference.end :]
        )
        notes.append(Note(label, emphasis_runs(_note_text(texts[opening.paragraph], opening))))
    taken = {opening.paragraph for _, opening in pairs}
    left_out = []
    if section and all(index in taken for index in section[1:]):
        taken.add(section[0])
        reason = "the footnotes' heading; they stand at their calls"
        left_out.append(LeftOut(paragraphs[section[0]].line, texts[section[0]], reason))
    kept = [
        replace(paragraph, text=new[index]) if new[index] != texts[index] else paragraph
        for index, paragraph in enumerate(paragraphs)
        if index not in taken
    ]
    return kept, tuple(reversed(notes)), left_out


def _with_bracketed_joined(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those as one that a bracket like “[Footnote 1: …]” holds together."""
    joined: list[Paragraph] = []
    open_since = 0
    for paragraph in paragraphs:
        if open_since and joined[-1].text.rstrip()[-1:] != "]" and open_since < _PARTS:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {paragraph.text.strip()}")
            open_since += 1
            continue
        open_since = int(paragraph.text.startswith("[Footnote "))
        joined.append(paragraph)
    return joined


def _note_text(text: str, opening: _Mark) -> str:
    rest = text[opening.end :].strip()
    return rest.removesuffix("]") if text.startswith("[Footnote ") else rest


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
        if index in section or kind not in ("plain", "round"):
            yield _Mark(index, 0, mark.end(), _sign(kind, mark[kind]))


def _references(texts: Sequence[str], signs: Iterable[str]) -> Iterable[_Mark]:
    for index, text in enumerate(texts):
        for reference in _REFERENCE.finditer(text) if signs else ():
            kind = str(reference.lastgroup)
            before = text[: reference.start()]
            # Another star may open emphasis that this one closes.
            if kind == "star" and re.search(r"(?<![\w*])\*+(?=\S)", before):
                continue
            for sign in (_sign(kind, reference[kind]), _sign("plain", reference[kind])):
                if sign in signs:
                    yield _Mark(index, reference.start(), reference.end(), sign)
                    break


def _sign(kind: str, text: str) -> str:
    return f"{kind} {text.translate(_SUPERSCRIPT)}"


def _by_sign(marks: Iterable[_Mark]) -> defaultdict[str, list[_Mark]]:
    by_sign: defaultdict[str, list[_Mark]] = defaultdict(list)
    for mark in marks:
        by_sign[mark.sign].append(mark)
    return by_sign


def _pairs(references: Sequence[_Mark], openings: Sequence[_Mark]) -> list[tuple[_Mark, _Mark]]:
    """References with their notes: as many of these as of those, each below its own, in turn."""
    if len(references) != len(openings):
        return []
    pairs = list(zip(references, openings, strict=True))
    following = [*(reference.paragraph for reference in references[1:]), 10**9]
    in_turn = all(
        reference.paragraph < opening.paragraph <= after
        for (reference, opening), after in zip(pairs, following, strict=True)
    )
    return pairs if in_turn else []


def _labels(signs: Sequence[str]) -> list[str]:
    """A label for each sign: its number the first time, else the next number that is free."""
    labels: list[str] = []
    taken = {sign.split()[1] for sign in signs}
    for sign in signs:
        number = sign.split()[1]
        free = (str(n) for n in range(1, 10_000))
        if not number.isdigit() or number in labels:
            number = next(label for label in free if label not in taken and label not in labels)
        labels.append(number)
    return labels
