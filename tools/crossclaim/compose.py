"""Write a document as an essay's file: front matter, paragraphs, a tag line with an id for each."""

import re

import yaml

from crossclaim.markdown_text import literal
from crossclaim.model import Publish
from crossclaim.names import opening_id
from crossclaim.reading.document import Block, Document, Kind, Run

_AROUND = {"": "", "em": "*", "strong": "**"}


def essay_text(document: Document, original: str) -> str:
    """The text of an essay's file. `original` is the original's path relative to `essays/`."""
    taken: set[str] = set()
    pieces = [_front(document, original)]
    for block in document.blocks:
        pieces.append(_block(block, taken))
    return "\n\n".join(pieces) + "\n"


def author_entry(document: Document, author_id: str) -> str:
    """The text of the author's entry in `authors.yml`."""
    entry = {"id": author_id, "name": document.author}
    if document.biography:
        entry["about"] = document.biography
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=96)


def _front(document: Document, original: str) -> str:
    fields = {
        "title": document.title,
        "author": document.author,
        "publication": document.publication,
        "original": original,
        "rights": document.rights,
        # What may be shown is for the editor to decide; until then, no more than the claims.
        "publish": Publish.CLAIMS.value,
    }
    filled = {key: value for key, value in fields.items() if value}
    return f"---\n{yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=96)}---"


def _block(block: Block, taken: set[str]) -> str:
    if block.kind is Kind.HEADING:
        # A number sign at a heading's end would be taken for its closing mark.
        return re.sub(r"#(?=#*\Z)", r"\\#", f"## {_inline(block.runs, starts_line=False)}")
    text = _inline(block.runs)
    name = opening_id(block.text, taken)
    taken.add(name)
    if block.kind is Kind.PARAGRAPH:
        return f"{text}\n{{: #{name} }}"
    marker = f"{block.marker} " if block.kind is Kind.NUMBERED else "- "
    return f"{marker}{text}\n{' ' * len(marker)}{{: #{name} }}"


def _inline(runs: tuple[Run, ...], starts_line: bool = True) -> str:
    text = ""
    for run in runs:
        mark = _AROUND[run.emphasis]
        text += mark + literal(run.text, starts_line and not text and not mark) + mark
    return re.sub(r"[^\S\xa0]+", " ", text).strip(" ")
