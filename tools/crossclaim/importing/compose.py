"""Write a document as an essay's file: front matter, paragraphs, a tag line with an id for each."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from crossclaim.content.markdown import literal
from crossclaim.content.yaml_edit import dump_yaml
from crossclaim.importing.document import Block, Document, Kind, Note, Run
from crossclaim.importing.people import author_names
from crossclaim.model import Publish
from crossclaim.names import opening_id

_AROUND = {"": "", "em": "*", "strong": "**", "both": "***"}
_QUOTE = "> "
_IN_ADDRESS = "/:?#[]@!$&'*+,;=%~"  # as they stand; round brackets would end the link


def essay_text(
    document: Document,
    original: str,
    ids: Sequence[str] | None = None,
    publish: Publish = Publish.CLAIMS,
) -> str:
    """The text of an essay's file. `original` is the original's path relative to `essays/`.

    `ids` are the passages' ids in order, one for each block that is no heading; without them each
    gets one from its opening words. What may be shown is for the editor to decide; until then, no
    more than the claims.
    """
    names = iter(ids if ids is not None else opening_ids(document))
    pieces, before = [_front(document, original, publish) + "\n"], Block(Kind.HEADING, ())
    for block in document.blocks:
        name = "" if block.kind is Kind.HEADING else next(names)
        pieces += [separator(before, block), block_text(block, f"{{: #{name} }}"), "\n"]
        before = block
    notes = [note_text(note) for note in document.notes]
    return "\n\n".join(["".join(pieces).rstrip("\n"), *notes]) + "\n"


def opening_ids(document: Document) -> tuple[str, ...]:
    """An id for each passage of the document, from its opening words."""
    taken: dict[str, None] = {}  # in order
    for block in document.blocks:
        if block.kind is not Kind.HEADING:
            taken[opening_id(block.text, taken.keys())] = None
    return tuple(taken)


def author_entry(author_id: str, name: str, biography: str) -> str:
    """The text of an author's entry in `authors.yml`."""
    entry = {"id": author_id, "name": name}
    if biography:
        entry["about"] = biography
    return dump_yaml([entry])


def _front(document: Document, original: str, publish: Publish) -> str:
    authors = author_names(document.author)
    fields: dict[str, str | list[str]] = {
        "title": document.title,
        "author": list(authors) if len(authors) > 1 else document.author,
        "publication": document.publication,
        "date": document.date,
        "language": document.language,
        "address": document.address,
        "original": original,
        "rights": document.rights,
        "publish": publish.value,
    }
    filled = {key: value for key, value in fields.items() if value}
    return f"---\n{dump_yaml(filled)}---"


def separator(before: Block, after: Block) -> str:
    """The line between two blocks: one quotation's are held together by a line of its mark."""
    return (_QUOTE * min(before.quoted, after.quoted)).rstrip() + "\n"


def block_text(block: Block, *tag_lines: str) -> str:
    """A block's lines, marked and indented as its place asks; a passage's tag line is the last."""
    return _heading(block) if block.kind is Kind.HEADING else _passage(block, tag_lines)


def note_text(note: Note) -> str:
    """A footnote's definition."""
    return f"[^{note.label}]: {_one_line(note.runs)}"


def _heading(block: Block) -> str:
    # A number sign at a heading's end would be taken for its closing mark.
    text = re.sub(r"#(?=#*\Z)", r"\\#", _one_line(block.runs))
    return f"{_QUOTE * block.quoted}{'#' * min(max(block.level, 2), 6)} {text}"


def _passage(block: Block, tag_lines: Sequence[str]) -> str:
    outer = _QUOTE * block.quoted
    marker = {Kind.BULLET: "- ", Kind.NUMBERED: f"{block.marker} "}.get(block.kind, "")
    depth = block.level - 1 if marker else block.level
    indent = outer + " " * 4 * max(depth, 0)
    lines = [*inline_text(block.runs).split("\n"), *tag_lines]
    rest = [f"{indent}{' ' * len(marker)}{line}" for line in lines[1:]]
    return "\n".join([f"{indent}{marker}{lines[0]}", *rest])


def _one_line(runs: tuple[Run, ...]) -> str:
    return re.sub(r" *\n", " ", inline_text(runs, starts_line=False))


def inline_text(runs: tuple[Run, ...], starts_line: bool = True) -> str:
    """Runs as Markdown that renders as exactly these words, breaks, marks, links and notes."""
    text = ""
    for run in runs:
        if run.note:
            text += f"[^{run.note}]"
            continue
        words = run.text.strip()
        if not words:
            text += run.text
            continue
        before, _, after = run.text.partition(words)
        # Two marks that touch would be read as one.
        touching = not before and text.endswith("*")
        mark = "" if touching else _AROUND[run.emphasis]
        inner = _literal_lines(words, starts_line and not text.strip() and not mark)
        if run.address:
            inner = inner.replace("]", "\\]")  # it would end the link
            inner = f"[{inner}]({quote(run.address, safe=_IN_ADDRESS)})"
        text += before + mark + inner + mark + after
    text = re.sub(r"[^\S\xa0\n]+", " ", text).strip()
    return re.sub(r" *\n *", "  \n", text)  # two spaces make a line feed a line break


def _literal_lines(text: str, starts_line: bool) -> str:
    lines = re.split(r"\s*\n\s*", text)
    return "\n".join(literal(line, starts_line or index > 0) for index, line in enumerate(lines))
