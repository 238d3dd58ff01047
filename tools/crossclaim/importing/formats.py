"""File formats and their readers; a reader's libraries are loaded when it is first needed."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from crossclaim.importing.document import Document, Unreadable
from crossclaim.model import Step

Reader = Callable[[bytes, str, str, Step | None, Collection[str]], Document]


def read_original(
    data: bytes,
    name: str,
    title: str,
    author: str,
    step: Step | None = None,
    known: Collection[str] = (),
) -> Document:
    """An original's bytes to a document; `name` is the file's, or its ending alone, as “.html”.

    A title or author that is given is not looked for; `known` are names by which authors of the
    collection go. Raises Unreadable.
    """
    ending = name[name.rfind(".") :] if "." in name else ""
    reader = READERS.get(ending.lower())
    if reader is None:
        kind = f"whose name ends in “{ending}”" if ending else "without an ending"
        raise Unreadable(f"a file {kind} cannot be read", f"save it as one of {', '.join(READERS)}")
    document = reader(data, title, author, step, known)
    day = re.match(r"\d{4}-\d\d-\d\d(?=-)", name)  # as Jekyll names its files
    if day and reader is _markdown and not document.date:
        return replace(document, date=day[0])
    return document


def _plain(
    data: bytes, title: str, author: str, step: Step | None, known: Collection[str]
) -> Document:
    from crossclaim.importing.encodings import decode
    from crossclaim.importing.text.plain import read_plain

    return read_plain(decode(data), title, author, known)


def _markdown(
    data: bytes, title: str, author: str, step: Step | None, known: Collection[str]
) -> Document:
    from crossclaim.importing.markup.markdown import read_markdown

    return read_markdown(data, title, author, known)


def _html(
    data: bytes, title: str, author: str, step: Step | None, known: Collection[str]
) -> Document:
    from crossclaim.importing.html.html import read_html

    return read_html(data, title, author, known)


def _docx(
    data: bytes, title: str, author: str, step: Step | None, known: Collection[str]
) -> Document:
    from crossclaim.importing.markup.docx import read_docx

    return read_docx(data, title, author, known)


def _epub(
    data: bytes, title: str, author: str, step: Step | None, known: Collection[str]
) -> Document:
    from crossclaim.importing.markup.epub import read_epub

    return read_epub(data, title, author, step)


def _pdf(
    data: bytes, title: str, author: str, step: Step | None, known: Collection[str]
) -> Document:
    try:
        from crossclaim.importing.pdf.pdf import read_pdf
    except ImportError:
        raise Unreadable(
            "reading .pdf needs a package that is not installed", "pip install 'crossclaim[pdf]'"
        ) from None
    return read_pdf(data, title, author, step)


READERS: dict[str, Reader] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".mdx": _markdown,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".docx": _docx,
    ".epub": _epub,
    ".pdf": _pdf,
}
