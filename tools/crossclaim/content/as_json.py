"""The editor's files as JSON and back, so that one that did not change is not parsed again."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from crossclaim.content.essay import ReadEssay
from crossclaim.content.memory import digest
from crossclaim.findings import Finding
from crossclaim.model import (
    Author,
    Claim,
    Definitions,
    Essay,
    Heading,
    Items,
    Part,
    Passage,
    Place,
    Publish,
    Quotation,
    Stance,
    Tag,
    Verbatim,
)

_SHORT = 16  # digits of a digest that tells the states of one passage apart
_PASSAGE, _HEADING, _VERBATIM, _ITEMS, _QUOTATION = range(5)
_STANCES = {stance.value: stance for stance in Stance}


def essay_to_json(read: ReadEssay) -> bytes:
    """A read essay as JSON; all its places are in its own file."""
    essay = read.essay
    value = [
        essay.id,
        essay.title,
        _parts_to_json(essay.parts),
        essay.place.line,
        essay.publication,
        essay.date,
        essay.language,
        essay.address,
        essay.original,
        essay.original_line,
        essay.rights,
        essay.publish,
        essay.draft,
        essay.definitions.references,
        essay.definitions.footnotes,
        essay.was,
        read.writers,
        read.writers_place.line,
        _finding_rows(read.findings),
        read.digests,
    ]
    return _bytes(value)


def _parts_to_json(parts: Iterable[Part]) -> list[object]:
    written: list[object] = []
    for part in parts:
        match part:
            case Passage():
                tags = [
                    [tag.claim, tag.stance, tag.reviewed, tag.place.line, tag.words]
                    for tag in part.tags
                ]
                same = part.words == part.text
                words = "" if same else part.words
                own = [part.id, part.text, part.number, tags, part.aside, part.place.line]
                written.append([_PASSAGE, *own, part.marker, part.was, words, same])
            case Heading():
                written.append([_HEADING, part.text, part.level])
            case Verbatim():
                written.append([_VERBATIM, part.text])
            case Items():
                items = [_parts_to_json(item) for item in part.items]
                written.append([_ITEMS, part.ordered, items, part.start])
            case Quotation():
                written.append([_QUOTATION, _parts_to_json(part.parts)])
    return written


def essay_from_json(data: bytes, file: str) -> ReadEssay:
    """The essay that `essay_to_json` wrote. Raises ValueError, TypeError or LookupError."""
    (
        essay_id, title, parts, line, publication, date, language, address, original, original_line,
        rights, publish, draft, references, footnotes, was, writers, writers_line, findings,
        digests,
    ) = json.loads(data.decode("utf-8", "surrogatepass"))  # fmt: skip
    essay = Essay(
        essay_id,
        title,
        (),
        _parts_from_json(parts, file),
        Place(file, line),
        publication,
        date,
        language,
        address,
        original,
        rights,
        Publish(publish) if publish else None,
        draft,
        Definitions(tuple((a, b, c) for a, b, c in references), tuple(footnotes)),
        tuple(was),
        original_line,
    )
    return ReadEssay(
        essay,
        tuple(writers),
        Place(file, writers_line),
        tuple(_findings(findings, file)),
        tuple(digests),
    )


def _parts_from_json(parts: Any, file: str) -> tuple[Part, ...]:
    return tuple(_READERS[kind](values, file) for kind, *values in parts)


def _passage(values: Any, file: str) -> Passage:
    id, text, number, tags, aside, line, marker, was, words, same = values
    read = tuple(
        Tag(claim, _STANCES[stance], reviewed, Place(file, at), tuple(deciding))
        for claim, stance, reviewed, at, deciding in tags
    )
    place, said = Place(file, line), text if same else words
    return Passage(id, text, number, read, aside, place, marker, tuple(was), said)


def _items(values: Any, file: str) -> Items:
    ordered, items, start = values
    return Items(ordered, tuple(_parts_from_json(item, file) for item in items), start)


_READERS: dict[int, Callable[[Any, str], Part]] = {
    _PASSAGE: _passage,
    _HEADING: lambda values, _: Heading(*values),
    _VERBATIM: lambda values, _: Verbatim(*values),
    _ITEMS: _items,
    _QUOTATION: lambda values, file: Quotation(_parts_from_json(values[0], file)),
}


_Registry = tuple[tuple[Claim, ...], list[Finding]]


def claims_to_json(read: _Registry) -> bytes:
    """The claims of a registry and what is wrong with it; all places are in its file."""
    claims = [
        [
            *(c.id, c.sentence, c.theme, c.about, c.place.line, c.label),
            *(c.opposes, c.supports, c.was, c.also),
        ]
        for c in read[0]
    ]
    return _bytes([claims, _finding_rows(read[1])])


def claims_from_json(data: bytes, file: str) -> _Registry:
    """What `claims_to_json` wrote. Raises ValueError, TypeError or LookupError."""
    rows, findings = json.loads(data.decode("utf-8", "surrogatepass"))
    claims = []
    for id, sentence, theme, about, line, label, *lists in rows:
        opposes, supports, was, also = map(tuple, lists)
        place = Place(file, line)
        claims.append(Claim(id, sentence, theme, about, place, opposes, supports, was, label, also))
    return tuple(claims), _findings(findings, file)


def authors_to_json(read: tuple[tuple[Author, ...], list[Finding]]) -> bytes:
    """The authors of a registry and what is wrong with it; all places are in its file."""
    authors = [[a.id, a.name, a.place.line, a.about, a.links, a.short, a.was] for a in read[0]]
    return _bytes([authors, _finding_rows(read[1])])


def authors_from_json(data: bytes, file: str) -> tuple[tuple[Author, ...], list[Finding]]:
    """What `authors_to_json` wrote. Raises ValueError, TypeError or LookupError."""
    rows, findings = json.loads(data.decode("utf-8", "surrogatepass"))
    authors = tuple(
        Author(
            id, name, Place(file, line), about, tuple((a, b) for a, b in links), short, tuple(was)
        )
        for id, name, line, about, links, short, was in rows
    )
    return authors, _findings(findings, file)


def _finding_rows(findings: Iterable[Finding]) -> list[object]:
    return [(f.code, f.place.line, f.message, f.hint) for f in findings]


def _findings(rows: Any, file: str) -> list[Finding]:
    return [Finding(code, Place(file, line), what, hint) for code, line, what, hint in rows]


def _bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def with_digests(read: ReadEssay) -> ReadEssay:
    """A read essay with its digests: what it is, who wrote it, its tags; then each passage's words.

    What a passage's Markdown refers to counts as its words.
    """
    essay = read.essay
    facts = [
        essay.id, essay.title, essay.publication, essay.date, essay.language, essay.address,
        essay.rights, essay.publish, essay.draft, essay.was, read.writers,
        [[p.id, [[t.claim, t.stance, t.reviewed] for t in p.tags]] for p in essay.passages],
    ]  # fmt: skip
    definitions = repr(essay.definitions)
    words = (
        digest(p.text, definitions, *(word for tag in p.tags for word in (*tag.words, "")))[:_SHORT]
        for p in essay.passages
    )
    return replace(read, digests=(digest(json.dumps(facts)), *words))
