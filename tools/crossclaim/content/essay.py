"""An essay's file: text in, essay and findings out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crossclaim.content import tag_line
from crossclaim.content.deciding_words import locate_words, pieces_of
from crossclaim.content.markdown import (
    Block,
    HeadingBlock,
    Line,
    ListBlock,
    ParagraphBlock,
    QuotationBlock,
    StrayTagLine,
    VerbatimBlock,
    excerpt,
    open_comment,
    parse_blocks,
    plain_words,
    raw_html,
)
from crossclaim.content.registry import id_findings
from crossclaim.content.tag_line import WAS, Attributes, BadAttributes
from crossclaim.content.yaml import Entry, Fields, read_yaml
from crossclaim.findings import Finding
from crossclaim.model import (
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
from crossclaim.names import did_you_mean, is_id, slug

ESSAY_FIELDS = {
    "title": "the essay's title",
    "author": "the author's name, or a list of names, as in `authors.yml`; "
    "an essay without one counts as nobody's",
    "publication": "where it appeared",
    "date": "when it appeared",
    "language": "its language, as a code (`en`)",
    "address": "where it can be read",
    "original": "the file it came from, relative to `essays/`",
    "rights": "the notice the source carries, if any",
    "publish": "what a public edition may show: `full`, `excerpt` or `claims`",
    "draft": "`true` keeps it out of a public edition; `false`, or no such line, does not",
    "was": "ids it had before; their addresses lead here",
}
SUGGESTED = "?"  # behind a claim's id: nobody has reviewed this tag
_KEYS = {*Stance, WAS}
_RELATIONS = ("supports", "opposes")
_NO = ("false", "no", "off")


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
    for closing, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ("---", "..."):
            front = "\n".join(inner.text for inner in lines[1:closing])
            return EssayText(front, tuple(lines[closing + 1 :]))
    return EssayText(None, tuple(lines))


def _lines(text: str) -> list[str]:
    """Lines without their ends; only a line feed ends one, a carriage return before it goes."""
    lines = text.removeprefix("\ufeff").split("\n")
    return [line.removesuffix("\r").replace("\r", " ") for line in lines]


@dataclass(frozen=True, slots=True)
class ReadEssay:
    """An essay as its file alone says it is: without authors, but with their names as written.

    `digests` are one of all but the passages' words, and one of each passage's words.
    """

    essay: Essay
    writers: tuple[str, ...]
    writers_place: Place
    findings: tuple[Finding, ...]
    digests: tuple[str, ...] = ()


def read_essay(
    text: str, file: str, essay_id: str, names: dict[str, str]
) -> tuple[Essay, list[Finding]]:
    """An essay's text to the essay. `names` maps authors' names and ids to their ids.

    Raises NestedTooDeeply.
    """
    return with_authors(parse_essay(text, file, essay_id), names)


def with_authors(read: ReadEssay, names: dict[str, str]) -> tuple[Essay, list[Finding]]:
    """The essay with its authors' ids; who is not in `names` is a finding."""
    ids, findings = [], list(read.findings)
    for name in read.writers:
        if name in names:
            ids.append(names[name])
            continue
        hint = did_you_mean(name, tuple(names), "add the author to authors.yml")
        message = f"“{name}” is not in authors.yml"
        findings.append(Finding("unknown-author", read.writers_place, message, hint))
    return replace(read.essay, authors=tuple(dict.fromkeys(ids))), findings


def parse_essay(text: str, file: str, essay_id: str) -> ReadEssay:
    """An essay's text to all that does not depend on another file. Raises NestedTooDeeply."""
    cut = split(text)
    parsed = parse_blocks(cut.body)
    reading = _Reading(file, parsed.definitions)
    if not is_id(essay_id):
        message = f"“{essay_id}” cannot be the id of a page"
        reading.add("bad-id", 1, message, f"rename the file to {slug(essay_id) or 'essay'}.md")
    parts = _parts(parsed.blocks, reading)
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
        authors=(),
        parts=parts,
        place=fields.place("title"),
        publication=fields.text("publication"),
        date=fields.text("date"),
        language=fields.text("language"),
        address=fields.address("address"),
        original=fields.exact("original"),
        rights=fields.text("rights"),
        publish=Publish(publish) if publish else None,
        draft=_draft(fields),
        definitions=parsed.definitions,
        was=fields.texts("was"),
        original_line=fields.place("original").line,
    )
    for name in essay.was:
        reading.findings += id_findings(name, fields, "was", "essay")
    writers, writers_place = tuple(filter(None, fields.texts("author"))), fields.place("author")
    findings = (*fields.findings, *_metadata(writers, cut, fields), *reading.findings)
    return ReadEssay(essay, writers, writers_place, findings)


def _front(cut: EssayText, file: str, reading: "_Reading") -> Fields:
    if cut.front is None:
        hint = "begin the file with a line “---”, “title:” and “author:” lines, and a line “---”"
        reading.add("no-front-matter", 1, "the essay has no front matter", hint)
        return Fields(Entry({}, {}, 1), file, ESSAY_FIELDS)
    value, findings = read_yaml(cut.front, file, first_line=2)
    reading.findings += findings
    if value is not None and not isinstance(value, Entry):
        hint = "write “title: …” and “author: …” lines"
        reading.add("wrong-shape", 2, "the front matter holds no “name: value” lines", hint)
    return Fields(value if isinstance(value, Entry) else Entry({}, {}, 1), file, ESSAY_FIELDS)


def _metadata(writers: Sequence[str], cut: EssayText, fields: Fields) -> list[Finding]:
    """What the front matter lacks; nothing where it could not be read at all."""
    if cut.front is None or not fields.entry.values:
        return []
    findings = []
    codes = {"title": "missing", "publication": "incomplete", "publish": "incomplete"}
    for key, code in codes.items():
        if not fields.text(key):
            hint = f"add “{key}:”, {ESSAY_FIELDS[key]}"
            message = f"the essay has no “{key}”"
            findings.append(Finding(f"{code}-metadata", fields.place(key), message, hint))
    if not writers:
        place = Place(fields.file)
        findings.append(Finding("no-author", place, "no author is named", "add “author: NAME”"))
    return findings


def read_writers(text: str) -> tuple[str, ...]:
    """The authors' names as an essay's front matter has them; none where it cannot be read."""
    value, _ = read_yaml(split(text).front or "", "")
    return Fields(value, "", ESSAY_FIELDS).texts("author") if isinstance(value, Entry) else ()


def _draft(fields: Fields) -> bool:
    """Whether the essay is a draft: where `draft` stands, anything but a no says that it is."""
    return "draft" in fields.entry.values and fields.text("draft").lower() not in _NO


@dataclass
class _Reading:
    """What one pass over a file gathers: findings and the passages' count."""

    file: str
    definitions: Definitions
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, code: str, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(code, Place(self.file, line), message, hint))

    def add_stray(self, line: int, above: int = 0) -> None:
        """A tag line that belongs to no paragraph; `above` is the last line of one before it."""
        message = "a tag line has no paragraph directly above it"
        hint = (
            f"directly under line {above}" if above else "on the line directly under its paragraph"
        )
        self.add("stray-tag-line", line, message, f"put it {hint}")

    def add_lost_words(
        self, claim: str, quotation: str, words: str, tagged: set[str], line: int
    ) -> None:
        """Deciding words of a claim that the passage does not carry, or that it does not hold."""
        if claim not in tagged:
            message = f"“{claim}” has deciding words here, but the passage is not tagged with it"
            hint = did_you_mean(claim, tagged, "tag the passage with it, or take the words out")
            self.add("lost-words", line, message, hint)
        elif locate_words(words, pieces_of(quotation)) is None:
            message = f"the deciding words of “{claim}” are not in the passage: “{quotation}”"
            hint = "quote them as they stand there, with … for what is left out"
            self.add("lost-words", line, message, hint)

    def add_text(self, text: str, line: int) -> None:
        """What is wrong with a paragraph's text or a heading's: HTML, an open comment."""
        if open_comment(text, self.definitions):
            self.add_open_comment(line + text[: text.rindex("<!--")].count("\n"))
        self.add_html(raw_html(text, self.definitions), line)

    def add_open_comment(self, line: int) -> None:
        """A comment that does not end in its block."""
        message = "the comment is not closed before its paragraph ends"
        hint = "close it with --> there, or put it on lines of its own; write &lt;!-- to show it"
        self.add("unclosed-comment", line, message, hint)

    def add_html(self, html: str, line: int) -> None:
        """HTML, if there is any: the site shows it as text."""
        if html:
            shown = excerpt(" ".join(html.split()), 60)
            hint = "say it in Markdown, or write &lt; for a “<” that is no tag"
            self.add("raw-html", line, f"“{shown}” is HTML, which the site shows as text", hint)


def _parts(blocks: Sequence[Block], reading: _Reading, marker: str = "") -> tuple[Part, ...]:
    """Blocks to parts. The first passage shows `marker`, where an ordered item has one."""
    levels = sorted({b.level for b in blocks if isinstance(b, HeadingBlock)})
    parts: list[Part] = []
    parted: dict[int, int] = {}  # tag lines that a blank line parts from a paragraph: its last line
    for block in blocks:
        match block:
            case HeadingBlock():
                level = min(2 + levels.index(block.level), 6)
                reading.add_text(block.text, block.first)
                parts.append(Heading(block.text, level))
            case VerbatimBlock():
                _verbatim(block, reading)
                if block.text:
                    parts.append(Verbatim(block.text))
            case QuotationBlock():
                parts.append(Quotation(_parts(block.blocks, reading)))
            case ListBlock():
                numbers = range(block.start, block.start + len(block.items))
                items = tuple(
                    _parts(item, reading, f"{number}." if block.ordered else "")
                    for number, item in zip(numbers, block.items, strict=True)
                )
                parts.append(Items(block.ordered, items, block.start))
            case StrayTagLine():
                reading.add_stray(block.first, parted.get(block.first, 0))
            case ParagraphBlock():
                parted[block.parted] = block.last
                parts.append(_passage(block, reading, marker))
                marker = ""
    return tuple(parts)


def _verbatim(block: VerbatimBlock, reading: _Reading) -> None:
    """What is wrong with lines that are no passage."""
    if block.left_open == "comment" and block.html.startswith("<!--"):
        message, hint = "the comment is never closed", "close it with -->"
        reading.add("unclosed-comment", block.first, message, hint)
    elif block.left_open == "comment":
        reading.add_open_comment(block.first)
    elif block.left_open:
        message, hint = "the code block is never closed", "close it with a line of ```"
        reading.add("unclosed-fence", block.first, message, hint)
    else:
        reading.add_html(block.html, block.first)
    for line in block.stray:
        reading.add_stray(line)


def attributes_of(block: ParagraphBlock) -> Attributes:
    """What the tag lines of a paragraph say.

    Raises BadAttributes, its line counted from the paragraph's first, where they cannot be read or
    stand elsewhere than directly under it.
    """
    if block.parted:
        raise BadAttributes("it stands apart from its paragraph", line=block.parted - block.first)
    for number, text in enumerate(block.text.split("\n")):
        if tag_line.tags_at_the_end(text):
            message = "it stands at the end of a line of text"
            raise BadAttributes(message, "put it on a line of its own, under its paragraph", number)
    if not block.tag_lines:
        return Attributes()
    try:
        return tag_line.parse(*(line.text for line in block.tag_lines))
    except BadAttributes as error:
        error.line = block.tag_lines[error.line].number - block.first
        raise


def _passage(block: ParagraphBlock, reading: _Reading, marker: str) -> Passage:
    reading.count += 1
    reading.add_text(block.text, block.first)
    line = block.tag_lines[0].number if block.tag_lines else block.first
    attributes = Attributes(id=f"unreadable-{reading.count}")
    try:
        attributes, faulty = attributes_of(block), False
    except BadAttributes as error:
        faulty = True
        if not block.parted:  # which is a finding of the tag line
            message = f"the tag line is unreadable: {error}"
            reading.add("bad-attributes", block.first + error.line, message, error.hint)
    tags = _tags(attributes, line, reading)
    keys = {key for key, _ in attributes.pairs}
    words = plain_words(block.text, reading.definitions)
    for number, (claim, quotation) in enumerate(attributes.words, start=1):
        reading.add_lost_words(claim, quotation, words, {tag.claim for tag in tags}, line + number)
    return Passage(
        id=attributes.id,
        text=block.text,
        number=reading.count,
        tags=tags,
        # A tag line that has a finding of its own is not called missing as well.
        aside=attributes.aside or (not tags and (faulty or not _KEYS.issuperset(keys))),
        place=Place(reading.file, block.first),
        marker=marker,
        was=attributes.was,
        words=block.text if words == block.text else words,  # mostly: one text less in memory
    )


def _tags(attributes: Attributes, line: int, reading: _Reading) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    words = {claim: pieces_of(quotation) for claim, quotation in attributes.words}
    for key, value in attributes.pairs:
        if key == WAS:
            continue
        if key not in _KEYS:
            stances = f"the stances are {', '.join(Stance)}"
            hint = did_you_mean(key, (*Stance, *_RELATIONS), stances)
            if any(relation in hint for relation in _RELATIONS):
                hint = f"{stances}; claims support and oppose each other in claims.yml"
            reading.add("unknown-stance", line, f"“{key}” is no stance", hint)
            continue
        for name in re.split(r"[\s,]+", value.strip()):
            if name:
                claim, reviewed = name.removesuffix(SUGGESTED), not name.endswith(SUGGESTED)
                place = Place(reading.file, line)
                tags.append(Tag(claim, Stance(key), reviewed, place, words.get(claim, ())))
    return tuple(tags)
