"""Read a Word document: its text as Word's styles mean it, and its properties."""

import re
from dataclasses import replace
from io import BytesIO

import mammoth

from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import Document, LeftOut, Unreadable, with_omission_remark
from crossclaim.importing.html import parser
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import language_code
from crossclaim.importing.packaged.packages import Package, opened

_QUOTATIONS = (
    "Quote", "Intense Quote", "Block Text", "Block Quote", "Block Quotation", "Quotation",
    "Quotations", "Zitat", "Intensives Zitat",
    "Citation", "Citation intense", "Extract", "Epigraph",
)  # fmt: skip
_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p.subtitle:fresh",
        *(f"p[style-name='{name}'] => blockquote > p:fresh" for name in _QUOTATIONS),
        "p[style-name='caption'] => figcaption:fresh",
        *(f"p[style-name='toc {level}'] => p.contents:fresh" for level in range(1, 10)),
        "p[style-name='TOC Heading'] => p.contents:fresh",
        "br[type='page'] => hr",
        "r[style-name='Emphasis'] => em",
        "r[style-name='Intense Emphasis'] => em",
    ]
)
_CONTENTS = "the table of contents"
# Parts of the file, the elements in which their words are, and why these are not read.
_BESIDE = (
    (re.compile(r"word/header\d*\.xml"), "t", "a page's head"),
    (re.compile(r"word/footer\d*\.xml"), "t", "a page's foot"),
    (re.compile(r"word/document\.xml"), "delText", "deleted by the author, with changes tracked"),
    (re.compile(r"word/comments\.xml"), "t", "a comment in the margin"),
)
_CORE = "docProps/core.xml"
_JUNK_TITLE = re.compile(
    r"(?:microsoft word|document\d*|dokument\d*|untitled|new document|word document"
    r"|title|normal)\b|.*\.(?:docx?|odt|rtf|pages)\Z",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"(?:user|unknown|author|admin\w*|administrator|owner|microsoft.*|python-docx"
    r"|benutzer|utilisateur|un-named|pc|hp|dell|lenovo|default.*|windows.*|\W*)\Z",
    re.IGNORECASE,
)


def read_docx(data: bytes, title: str = "", author: str = "") -> Document:
    """A Word document (.docx) to a document. What is known already is not looked for.

    The title and author that the text itself shows go before the file's properties. Raises
    Unreadable.
    """
    package = opened(data, ".docx")
    _look_at(package)
    properties = _properties(package)
    root = parser.parse_page(f"<body>{_html(data)}</body>")
    called = cut_footnotes(root)
    read = convert(root, references=called.references, skip_reason=_reason)
    placed = [replace(each, line=0) for each in read.blocks]
    named = _good(properties.get("title", ""), _JUNK_TITLE)
    found = remove_boilerplate(placed, title, author, footnotes=bool(called.bodies))
    if not found.blocks:
        raise Unreadable("the document holds no text", "look whether its text is in pictures")
    creator = _good(properties.get("creator", ""), _JUNK_AUTHOR)
    if not author and not found.author and creator:
        found = remove_boilerplate(placed, title, creator, footnotes=bool(called.bodies))
    if not found.title and named:
        found = remove_boilerplate(placed, named, found.author, footnotes=bool(called.bodies))
    notes = called.notes()
    made_up = properties.get("creator") == "python-docx"
    left = [replace(each, line=0) for each in (*read.left_out, *found.left_out)]
    left += _unread(package)
    document = Document(
        title=found.title,
        author=found.author,
        blocks=found.blocks,
        publication=found.publication,
        date=found.date or ("" if made_up else iso_date(properties.get("created", ""))),
        language=language_code(properties.get("language", "") or _language(package)),
        rights=found.rights or properties.get("rights", ""),
        biography=found.biography,
        notes=notes,
        left_out=tuple(left),
        remarks=read.remarks,
    )
    return with_omission_remark(document)


def _look_at(package: Package) -> None:
    """Raise Unreadable for what is no Word document, or holds what none has."""
    if "word/document.xml" not in package:
        raise Unreadable("the file is no Word document", "open it and save it as .docx")
    for name in package.sizes:
        # An entity that stands for others can grow without end; Word writes none.
        if name.endswith((".xml", ".rels")) and re.search(
            rb"<!(?:DOCTYPE|ENTITY)", package.read(name)
        ):
            raise Unreadable(
                "the document defines entities, which Word never does", "open it and save it again"
            )


def _unread(package: Package) -> list[LeftOut]:
    """What the file holds beside its text: heads and feet of pages, deleted words, comments."""
    found = []
    for name in sorted(package.sizes):
        for part, tag, reason in _BESIDE:
            if not part.fullmatch(name):
                continue
            root = parser.parse_xml(package.read(name), f"the part “{name}” of the file")
            parts = (
                "".join(w.text or "" for w in p.iter(f"{{*}}{tag}")) for p in root.iter("{*}p")
            )
            if text := " ".join(" ".join(parts).split()):
                found.append(LeftOut(0, text, reason))
    return list(dict.fromkeys(found))


def _html(data: bytes) -> str:
    """The document as HTML, by Word's own styles; images become their descriptions."""
    try:
        made = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:  # whatever a damaged document makes it raise
        raise Unreadable(
            "the Word document is damaged", "open it in Word or LibreOffice and save it again"
        ) from error
    return str(made.value)


def _reason(element: parser.Element) -> str | None:
    if element.tag == "figcaption":
        return "a figure's caption"
    return _CONTENTS if element.get("class") == "contents" else None


def _properties(package: Package) -> dict[str, str]:
    """The document's core properties by their plain names."""
    if _CORE not in package:
        return {}
    root = parser.parse_xml(package.read(_CORE), "the document's list of properties")
    return {
        element.tag.rpartition("}")[2]: " ".join((element.text or "").split()) for element in root
    }


def _good(text: str, junk: re.Pattern[str]) -> str:
    return "" if junk.match(text) else text


def _language(package: Package) -> str:
    """The language that the document's styles name for all of its text, or ""."""
    found = re.search(rb'<w:lang\b[^>]*\bw:val="([\w-]+)"', package.read("word/styles.xml"))
    return found[1].decode("ascii", errors="replace") if found else ""
