"""An essay's file: text in, essay and findings out."""

import re
from dataclasses import dataclass, field

from crossclaim.content import blocks, tag_line
from crossclaim.content.blocks import Line
from crossclaim.content.markup import guarded, html_fault
from crossclaim.content.tag_line import WAS, Attributes, BadAttributes
from crossclaim.content.yaml import Entry, Fields, read_yaml
from crossclaim.findings import Finding
from crossclaim.model import (
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
from crossclaim.names import did_you_mean, is_id, slug

ESSAY_FIELDS = {
    "title": "the essay's title",
    "author": "the author's name, or a list of names, as in `authors.yml`",
    "publication": "where it appeared",
    "date": "when it appeared",
    "language": "its language, as a code (`en`)",
    "address": "where it can be read",
    "original": "the file it came from, relative to `essays/`",
    "rights": "the notice the source carries, if any",
    "publish": "what a public edition may show: `full`, `excerpt` or `claims`",
}
SUGGESTED = "?"  # behind a claim's id: nobody has reviewed this tag
_KEYS = {*Stance, WAS}


@dataclass(frozen=True, slots=True)
class EssayText:
    """An essay's file cut in two: its front matter (or None) and its body's lines."""

    front: str | None
    body: tuple[Line, ...]


def split(text: str) -> EssayText:
    """The text of an essay's file, cut after its front matter."""
    lines = [Line(number, line) for number, line in enumerate(_lines(text), start=1)]
    if not lines or lines[0].text.rstrip() != "---":
        return EssayText(None, tuple(lines))
    for at, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ("---", "..."):
            front = "\n".join(inner.text for inner in lines[1:at])
            return EssayText(front, tuple(lines[at + 1 :]))
    return EssayText(None, tuple(lines))


def _lines(text: str) -> list[str]:
    """Lines without their ends; only a line feed ends one, a carriage return before it goes."""
    found = text.removeprefix("\ufeff").split("\n")
    return [line.removesuffix("\r").replace("\r", " ") for line in found]


def read_essay(
    text: str, file: str, essay_id: str, names: dict[str, str]
) -> tuple[Essay, list[Finding]]:
    """An essay's text to the essay. `names` maps authors' names and ids to their ids."""
    cut = split(text)
    reading = _Reading(file)
    if not is_id(essay_id):
        message = f"“{essay_id}” cannot be the id of a page"
        reading.add("bad-id", 1, message, f"rename the file to {slug(essay_id) or 'essay'}.md")
    parts = _parts(blocks.scan(cut.body), reading)
    fields = _front(cut, file, reading)
    publish = fields.text("publish")
    if publish and publish not in set(Publish):
        hint = did_you_mean(publish, tuple(Publish), "write full, excerpt or claims")
        place = fields.place("publish")
        reading.findings.append(
            Finding("bad-publish", place, f"“{publish}” is no way to publish", hint)
        )
        publish = ""
    essay = Essay(
        id=essay_id,
        title=fields.text("title"),
        authors=_authors(fields, names, reading),
        parts=parts,
        place=fields.place("title"),
        publication=fields.text("publication"),
        date=fields.text("date"),
        language=fields.text("language"),
        address=fields.address("address"),
        original=fields.exact("original"),
        rights=fields.text("rights"),
        publish=Publish(publish) if publish else None,
    )
    return essay, fields.findings + _metadata(essay, cut, fields) + reading.findings


def _front(cut: EssayText, file: str, reading: "_Reading") -> Fields:
    if cut.front is None:
        hint = "begin the file with a line “---”, “title:” and “author:” lines, and a line “---”"
        reading.add("no-front-matter", 1, "the essay has no front matter", hint)
        return Fields(Entry({}, {}, 1), file, ESSAY_FIELDS)
    value, found = read_yaml(cut.front, file, first_line=2)
    reading.findings += found
    if value is not None and not isinstance(value, Entry):
        hint = "write “title: …” and “author: …” lines"
        reading.add("wrong-shape", 2, "the front matter holds no “name: value” lines", hint)
    return Fields(value if isinstance(value, Entry) else Entry({}, {}, 1), file, ESSAY_FIELDS)


def _metadata(essay: Essay, cut: EssayText, fields: Fields) -> list[Finding]:
    """What the front matter lacks; nothing where it could not be read at all."""
    if cut.front is None or not fields.entry.values:
        return []
    found = []
    for key in ("title", "author"):
        if not fields.texts(key):
            hint = f"add “{key}:”, {ESSAY_FIELDS[key]}"
            message = f"the essay has no “{key}”"
            found.append(Finding("missing-metadata", fields.place(key), message, hint))
    for key in ("publication", "publish"):
        if not fields.text(key):
            hint = f"add “{key}:”, {ESSAY_FIELDS[key]}"
            message = f"the essay has no “{key}”"
            found.append(Finding("incomplete-metadata", fields.place(key), message, hint))
    return found


def _authors(fields: Fields, names: dict[str, str], reading: "_Reading") -> tuple[str, ...]:
    ids = []
    for name in fields.texts("author"):
        if name in names:
            ids.append(names[name])
            continue
        hint = did_you_mean(name, tuple(names), "add the author to authors.yml")
        place = fields.place("author")
        reading.findings.append(
            Finding("unknown-author", place, f"“{name}” is not in authors.yml", hint)
        )
    return tuple(dict.fromkeys(ids))


@dataclass
class _Reading:
    """What one pass over a file gathers: findings and the passages' count."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, code: str, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(code, Place(self.file, line), message, hint))


def _parts(
    found: tuple[blocks.Block, ...], reading: _Reading, marker: str = ""
) -> tuple[Part, ...]:
    """Blocks to parts. The first passage shows `marker`, where an ordered item has one."""
    levels = sorted({b.level for b in found if isinstance(b, blocks.HeadingBlock)})
    parts: list[Part] = []
    for block in found:
        match block:
            case blocks.HeadingBlock():
                level = min(2 + levels.index(block.level), 6)
                parts.append(Heading(block.text, level))
            case blocks.OtherBlock():
                parts.append(Verbatim(block.text))
                _verbatim(block, reading)
            case blocks.QuoteBlock():
                parts.append(Quotation(_parts(block.blocks, reading)))
            case blocks.ListBlock():
                numbers = range(block.start, block.start + len(block.items))
                items = tuple(
                    _parts(item, reading, f"{number}." if block.ordered else "")
                    for number, item in zip(numbers, block.items, strict=True)
                )
                parts.append(Items(block.ordered, items, block.start))
            case blocks.StrayTagLine():
                _stray(block.line.number, reading)
            case blocks.ParagraphBlock():
                parts.append(_passage(block, reading, marker))
                marker = ""
    return tuple(parts)


def _verbatim(block: blocks.OtherBlock, reading: _Reading) -> None:
    """What is wrong with lines that are passed on as they stand."""
    first = block.lines[0].number
    if block.fenced:
        if not block.closed:
            message, hint = "the code block is never closed", "close it with a line of ```"
            reading.add("unclosed-fence", first, message, hint)
        return
    for line in block.lines:
        if tag_line.is_tag_line(line.text):
            _stray(line.number, reading)
    _balance(block.text, first, reading)


def _stray(line: int, reading: _Reading) -> None:
    message = "a tag line has no paragraph directly above it"
    reading.add("stray-tag-line", line, message, "put it on the line directly under its paragraph")


def _balance(text: str, line: int, reading: _Reading) -> None:
    if fault := html_fault(text):
        hint = "close it in the same paragraph, or write &lt; for a “<” that is no tag"
        reading.add("unbalanced-html", line, fault, hint)


def _passage(block: blocks.ParagraphBlock, reading: _Reading, marker: str) -> Passage:
    reading.count += 1
    line = block.lines[0].number
    _balance(block.text, line, reading)
    found, at, faulty = Attributes(), line, False
    if block.tag_line:
        at = block.tag_line.number
        try:
            found = tag_line.parse(block.tag_line.text)
        except BadAttributes as error:
            hint = 'write {: #id asserts="claim-id other-claim-id" }'
            reading.add("bad-attributes", at, f"the tag line is unreadable: {error}", hint)
            found, faulty = Attributes(id=f"unreadable-{reading.count}"), True
    return Passage(
        id=found.id,
        text=guarded(block.text),
        number=reading.count,
        tags=_tags(found, at, reading),
        # A tag line that has a finding of its own is not called missing as well.
        aside=found.aside or faulty or any(key not in _KEYS for key, _ in found.pairs),
        place=Place(reading.file, line),
        marker=marker,
        was=found.was,
    )


def _tags(found: Attributes, line: int, reading: _Reading) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    for key, value in found.pairs:
        if key == WAS:
            continue
        if key not in _KEYS:
            hint = did_you_mean(key, tuple(Stance), f"the stances are {', '.join(Stance)}")
            reading.add("unknown-stance", line, f"“{key}” is no stance", hint)
            continue
        for name in re.split(r"[\s,]+", value.strip()):
            if name:
                claim, reviewed = name.removesuffix(SUGGESTED), not name.endswith(SUGGESTED)
                tags.append(Tag(claim, Stance(key), reviewed, Place(reading.file, line)))
    return tuple(tags)
