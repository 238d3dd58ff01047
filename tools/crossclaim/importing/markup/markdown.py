"""Read a Markdown original: its front matter, and its text as it renders."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import Document, LeftOut, Unreadable, with_omission_remark
from crossclaim.importing.encodings import decode
from crossclaim.importing.html import parser
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import is_address, language_code
from crossclaim.importing.markup.front_matter import read_front_matter
from crossclaim.importing.markup.generator_marks import Unmarked, without_marks
from crossclaim.importing.people import join_names
from crossclaim.names import words

_DEEPEST = 100  # lists and quotations inside one another, two levels each
_MOST_BRACKETS = 1500  # in a paragraph; the time to read them grows with their square
_TAG_WORDS = 20  # at most; what is longer was written for readers
_LAST_LINE = 65_535  # that an element can be told to come from
_HINT = "look at the file in an editor"


def read_markdown(
    data: bytes, title: str = "", author: str = "", known: Collection[str] = ()
) -> Document:
    """A Markdown file to a document. A title or author that is known already is not looked for.

    Raises Unreadable.
    """
    text = re.sub(r"\r\n?", "\n", decode(data)).removeprefix("\ufeff").replace("\x00", "")
    front = read_front_matter(text)
    lines = text.split("\n")
    marks = without_marks("\n".join([""] * front.end + lines[front.end :]))
    root, unused = _tree(marks)
    called = cut_footnotes(root)
    address = front.text("address", "url", "source", "link", "canonical", "canonicalurl",
                         "originalurl", where=is_address)  # fmt: skip
    read = convert(root, address=address, references=called.references)
    own_title = front.text("title")
    authors = join_names(front.texts("author", "authors", "by", "byline", "creator"))
    cleaned = remove_boilerplate(
        read.blocks, title or own_title, author or authors, bool(called.bodies), known
    )
    date = front.text("date", "published", "publishdate", "datepublished", "pubdate",
                      "publicationdate", "created", "datecreated", where=iso_date)  # fmt: skip
    document = Document(
        title=cleaned.title,
        author=cleaned.author,
        blocks=cleaned.blocks,
        publication=front.text("publication", "site") or cleaned.publication,
        date=iso_date(date) or cleaned.date,
        language=language_code(front.text("language", "lang")),
        address=address,
        rights=front.text("rights", "license", "licence", "copyright") or cleaned.rights,
        biography=front.text("biography", "bio", "authorbio") or cleaned.biography,
        notes=called.notes(address),
        remarks=(*read.remarks, *marks.remarks, *front.remarks(), *_several(cleaned.author)),
    )
    left_out = [*read.left_out, *cleaned.left_out, *unused]
    prose = [left for left in marks.left_out if len(words(left.text)) > _TAG_WORDS]
    document = with_omission_remark(replace(document, left_out=(*left_out, *prose)))
    left_out += [*marks.left_out, *front.left_out()]
    left_out.sort(key=lambda left: left.line)
    return replace(document, left_out=tuple(left_out))


def _several(author: str) -> list[str]:
    return [f"several authors are named: {author}"] if " and " in author else []


@cache
def _reader() -> MarkdownIt:
    """The parser of originals: what other programs read as Markdown, raw HTML included."""
    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    return reader.use(footnote_plugin).use(deflist_plugin).use(admon_plugin)


def _tree(marks: Unmarked) -> tuple[parser.Element, list[LeftOut]]:
    """The text as elements that know their lines, and footnotes that nothing refers to."""
    brackets = accumulate(
        marks.lines, lambda count, line: count + line.count("[") if line.strip() else 0, initial=0
    )
    if max(brackets) > _MOST_BRACKETS:
        raise Unreadable("a paragraph has more square brackets than any text", _HINT)
    env: dict[str, Any] = {}
    tokens = _reader().parse("\n".join(marks.lines), env)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise Unreadable("the Markdown is nested too deeply to be read", _HINT)
    placed: list[Token] = []
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type != "inline":
            number = marks.numbers[min(token.map[0], len(marks.numbers) - 1)]
            placed.append(Token("html_block", "", 0, content=f"<!--{number}-->"))
        placed.append(token)
    html = _reader().renderer.render(placed, _reader().options, env)
    root = parser.parse_page(f"<body>{html}</body>")
    number = 0
    for element in root.iter():
        if isinstance(element.tag, str):
            element.sourceline = min(number, _LAST_LINE)
        elif element.text.isdecimal():
            number = int(element.text)
    parser.strip_comments(root)
    return root, _unused_notes(marks, env)


def _unused_notes(marks: Unmarked, env: dict[str, Any]) -> list[LeftOut]:
    """The footnotes that nothing refers to, which are not rendered."""
    numbers = env.get("footnotes", {}).get("refs", {})
    unused = {f"[^{name.removeprefix(':')}]:" for name, number in numbers.items() if number < 0}
    return [
        LeftOut(number, line.strip(), "a footnote that nothing refers to")
        for number, line in zip(marks.numbers, marks.lines, strict=True)
        if unused and line.strip().partition(" ")[0] in unused
    ]
