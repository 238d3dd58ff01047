"""Read a Markdown original: its front matter, and its text as it renders."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import markdown
import yaml

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

_EXTENSIONS = ["footnotes", "tables", "fenced_code", "def_list", "attr_list", "sane_lists"]
_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> +)(?=\S)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_MOST_BRACKETS = 1500  # in a paragraph; the time to read them grows with their square
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
        html = markdown.markdown(_common(body), extensions=_EXTENSIONS)
    except (RecursionError, ValueError, AssertionError) as error:
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
    placed = [replace(each, line=_at(each.block.text, text)) for each in read.blocks]
    found = remove_boilerplate(
        placed,
        title or _text(front, "title"),
        author or join_names(_texts(front, "author") or _texts(front, "authors")),
        footnotes=bool(called.bodies),
    )
    images = (replace(each, line=_at(each.text, text)) for each in read.left_out)
    notes = called.notes(address)
    document = Document(
        title=found.title,
        author=found.author,
        blocks=found.blocks,
        publication=_text(front, "publication") or _text(front, "site") or found.publication,
        date=iso_date(_text(front, "date") or _text(front, "published")) or found.date,
        language=language_code(_text(front, "language") or _text(front, "lang")),
        address=address,
        rights=_text(front, "rights")
        or _text(front, "license")
        or _text(front, "copyright")
        or found.rights,
        biography=_text(front, "biography") or _text(front, "bio") or found.biography,
        notes=notes,
        left_out=tuple(sorted((*images, *found.left_out), key=lambda each: each.line)),
        remarks=(*read.remarks, *_several(found.author)),
    )
    return with_omission_remark(document)


def _several(author: str) -> list[str]:
    return [f"several authors are named: {author}"] if " and " in author else []


def _cut(text: str) -> tuple[dict[str, Any], str]:
    """The front matter's fields, names in small letters, and the text below it."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        front = yaml.safe_load(found["front"] or "")
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text[found.end() :]
    if not isinstance(front, dict):
        return {}, text if front is not None else text[found.end() :]
    return {str(key).lower(): value for key, value in front.items()}, text[found.end() :]


def _texts(front: dict[str, Any], key: str) -> list[str]:
    """The field's texts: of one value, a list of them, or a list of entries with names."""
    value = front.get(key)
    found = []
    for each in value[:50] if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            each = each.get("name")
        if isinstance(each, (date, datetime)):
            each = each.isoformat()
        if isinstance(each, (str, int)) and not isinstance(each, bool):
            found.append(" ".join(str(each).split()))
    return [text for text in found if text]


def _text(front: dict[str, Any], key: str) -> str:
    return "".join(_texts(front, key)[:1])


def _at(found: str, text: str) -> int:
    """The line of the file where a block's words begin, 0 where they cannot be found."""
    first = words(found)[:3]
    for number, line in enumerate(text.split("\n"), start=1):
        if first and words(line)[: len(first)] == first:
            return number
    return 0


def _common(text: str) -> str:
    """Lists as most programs read them, written so that Python-Markdown reads the same.

    An item may follow a paragraph's line directly, and a nested one may be indented by two or
    three blanks instead of four.
    """
    lines: list[str] = []
    open_at: list[tuple[int, int]] = []  # of each open item: its indent, and where its text starts
    fenced = ""
    for line in text.split("\n"):
        fence = _FENCE.match(line)
        if fence and (not fenced or fence[1] == fenced) and not open_at:
            fenced = "" if fenced else fence[1]
        before = lines[-1] if lines else ""
        item = None if fenced else _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if item and (open_at or indent < 4):
            while open_at and indent < open_at[-1][1] and indent <= open_at[-1][0] + 1:
                open_at.pop()
            numbered = item["mark"][0].isdigit()
            if not open_at and before.strip() and not _ITEM.match(before) and not numbered:
                lines.append("")
            line = (
                " " * 4 * len(open_at) + item["mark"].replace(")", ".") + " " + line[item.end() :]
            )
            open_at.append((indent, item.end()))
        elif open_at and line.strip():
            if not before.strip() and indent < 2:
                open_at = []
            elif indent:
                while len(open_at) > 1 and indent < open_at[-1][1] - 1:
                    open_at.pop()
                line = " " * 4 * len(open_at) + line.lstrip(" ")
        lines.append(line)
    return "\n".join(lines)
