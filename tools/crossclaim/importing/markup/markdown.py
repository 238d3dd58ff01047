"""Read a Markdown original: its front matter, and its text as it renders."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import yaml

from crossclaim.content.markdown import NestedTooDeeply, to_html
from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import Document, Unreadable, with_omission_remark
from crossclaim.importing.encodings import decode
from crossclaim.importing.html import parser
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import is_address, language_code
from crossclaim.importing.people import join_names
from crossclaim.names import words

_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OPENING = 3  # words of a block by which its line is found
_MOST_BRACKETS = 1500  # in a paragraph; the time to read them grows with their square
# A link whose address a site generator would work out (Hugo, Jekyll): its words are what is left.
_TEMPLATED_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*(?:\{\{.*?\}\}|\{%.*?%\})\s*\)")
_HINT = "look at the file in an editor"


def read_markdown(data: bytes, title: str = "", author: str = "") -> Document:
    """A Markdown file to a document. A title or author that is known already is not looked for.

    Raises Unreadable.
    """
    text = re.sub(r"\r\n?", "\n", decode(data)).removeprefix("\ufeff").replace("\x00", "")
    front, body = _cut(text)
    if max(part.count("[") for part in body.split("\n\n")) > _MOST_BRACKETS:
        raise Unreadable("a paragraph has more square brackets than any text", _HINT)
    try:
        html = to_html(_TEMPLATED_LINK.sub(r"\1", body))
    except NestedTooDeeply as error:
        raise Unreadable("the Markdown is nested too deeply to be read", _HINT) from error
    root = parser.parse_page(f"<body>{html}</body>")
    parser.strip_comments(root)
    called = cut_footnotes(root)
    address = next(
        (
            a
            for key in ("address", "url", "source", "link", "canonical")
            if is_address(a := _text(front, key))
        ),
        "",
    )
    read = convert(root, address=address, references=called.references)
    index = _line_index(text)
    placed = [replace(each, line=_line(each.block.text, index)) for each in read.blocks]
    cleaned = remove_boilerplate(
        placed,
        title or _text(front, "title"),
        author or join_names(_texts(front, "author") or _texts(front, "authors")),
        footnotes=bool(called.bodies),
    )
    images = (replace(each, line=_line(each.text, index)) for each in read.left_out)
    notes = called.notes(address)
    document = Document(
        title=cleaned.title,
        author=cleaned.author,
        blocks=cleaned.blocks,
        publication=_text(front, "publication") or _text(front, "site") or cleaned.publication,
        date=iso_date(_text(front, "date") or _text(front, "published")) or cleaned.date,
        language=language_code(_text(front, "language") or _text(front, "lang")),
        address=address,
        rights=_text(front, "rights")
        or _text(front, "license")
        or _text(front, "copyright")
        or cleaned.rights,
        biography=_text(front, "biography") or _text(front, "bio") or cleaned.biography,
        notes=notes,
        left_out=tuple(sorted((*images, *cleaned.left_out), key=lambda each: each.line)),
        remarks=(*read.remarks, *_several(cleaned.author)),
    )
    return with_omission_remark(document)


def _several(author: str) -> list[str]:
    return [f"several authors are named: {author}"] if " and " in author else []


def _cut(text: str) -> tuple[dict[str, Any], str]:
    """The front matter's fields, names in small letters, and the text below it."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        front = yaml.safe_load(match["front"] or "")
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text[match.end() :]
    if not isinstance(front, dict):
        return {}, text if front is not None else text[match.end() :]
    return {str(key).lower(): value for key, value in front.items()}, text[match.end() :]


def _texts(front: dict[str, Any], key: str) -> list[str]:
    """The field's texts: of one value, a list of them, or a list of entries with names."""
    value = front.get(key)
    texts = []
    for each in value[:50] if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            each = each.get("name")
        if isinstance(each, (date, datetime)):
            each = each.isoformat()
        if isinstance(each, (str, int)) and not isinstance(each, bool):
            texts.append(" ".join(str(each).split()))
    return [text for text in texts if text]


def _text(front: dict[str, Any], key: str) -> str:
    return "".join(_texts(front, key)[:1])


def _line_index(text: str) -> dict[tuple[str, ...], int]:
    """Where in the file lines begin that open with some words, up to three: the first of each."""
    index: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        first = tuple(words(line)[:_OPENING])
        for count in range(1, len(first) + 1):
            index.setdefault(first[:count], number)
    return index


def _line(block: str, index: Mapping[tuple[str, ...], int]) -> int:
    """The line of the file where a block's words begin, 0 where they cannot be found."""
    return index.get(tuple(words(block)[:_OPENING]), 0)
