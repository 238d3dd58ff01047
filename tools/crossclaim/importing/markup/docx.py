"""Word document (.docx) to a document: its text as Word's styles mean it, and its properties."""

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
from crossclaim.importing.markup.zip_package import ZipPackage, open_package

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
_UNREAD = (
    (re.compile(r"word/header\d*\.xml"), "t", "a page's head"),
    (re.compile(r"word/footer\d*\.xml"), "t", "a page's foot"),
    (re.compile(r"word/document\.xml"), "delText", "deleted by the author, with changes tracked"),
    (re.compile(r"word/comments\.xml"), "t", "a comment in the margin"),
)
_CORE = "docProps/core.xml"
_DEFAULT_TITLE = re.compile(
    r"(?:microsoft word|document\d*|dokument\d*|untitled|new document|word document"
    r"|title|normal)\b|.*\.(?:docx?|odt|rtf|pages)\Z",
    re.IGNORECASE,
)
_DEFAULT_AUTHOR = re.compile(
    r"(?:user|unknown|author|admin\w*|administrator|owner|microsoft.*|python-docx"
    r"|benutzer|utilisateur|un-named|pc|hp|dell|lenovo|default.*|windows.*|\W*)\Z",
    re.IGNORECASE,
)


def read_docx(data: bytes, title: str = "", author: str = "") -> Document:
    """A Word document (.docx) to a document. What is known already is not looked for.

    The title and author that the text itself shows go before the file's properties. Raises
    Unreadable.
    """
    package = open_package(data, ".docx")
    _check_word_document(package)
    properties = _properties(package)
    root = parser.parse_page(f"<body>{_html(data)}</body>")
    footnotes = cut_footnotes(root)
    read = convert(root, references=footnotes.references, skip_reason=_unread_reason)
    blocks = [replace(each, line=0) for each in read.blocks]
    has_notes = bool(footnotes.bodies)
    essay = remove_boilerplate(blocks, title, author, footnotes=has_notes)
    if not essay.blocks:
        raise Unreadable("the document holds no text", "look whether its text is in pictures")
    creator = _unless_default(properties.get("creator", ""), _DEFAULT_AUTHOR)
    if not author and not essay.author and creator:
        essay = remove_boilerplate(blocks, title, creator, footnotes=has_notes)
    named = _unless_default(properties.get("title", ""), _DEFAULT_TITLE)
    if not essay.title and named:
        essay = remove_boilerplate(blocks, named, essay.author, footnotes=has_notes)
    by_program = properties.get("creator") == "python-docx"  # its date is the template's
    left_out = [replace(left, line=0) for left in (*read.left_out, *essay.left_out)]
    document = Document(
        title=essay.title,
        author=essay.author,
        blocks=essay.blocks,
        publication=essay.publication,
        date=essay.date or ("" if by_program else iso_date(properties.get("created", ""))),
        language=language_code(properties.get("language", "") or _language(package)),
        rights=essay.rights or properties.get("rights", ""),
        biography=essay.biography,
        notes=footnotes.notes(),
        left_out=(*left_out, *_unread_parts(package)),
        remarks=read.remarks,
    )
    return with_omission_remark(document)


def _check_word_document(package: ZipPackage) -> None:
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


def _unread_parts(package: ZipPackage) -> list[LeftOut]:
    """What the file holds beside its text: heads and feet of pages, deleted words, comments."""
    left_out = []
    for name in sorted(package.sizes):
        for pattern, tag, reason in _UNREAD:
            if not pattern.fullmatch(name):
                continue
            root = parser.parse_xml(package.read(name), f"the part “{name}” of the file")
            texts = (
                "".join(w.text or "" for w in p.iter(f"{{*}}{tag}")) for p in root.iter("{*}p")
            )
            if text := " ".join(" ".join(texts).split()):
                left_out.append(LeftOut(0, text, reason))
    return list(dict.fromkeys(left_out))


def _html(data: bytes) -> str:
    """The document as HTML, by Word's own styles; images become their descriptions."""
    try:
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:  # whatever a damaged document makes it raise
        raise Unreadable(
            "the Word document is damaged", "open it in Word or LibreOffice and save it again"
        ) from error
    return str(result.value)


def _unread_reason(element: parser.Element) -> str | None:
    if element.tag == "figcaption":
        return "a figure's caption"
    return _CONTENTS if element.get("class") == "contents" else None


def _properties(package: ZipPackage) -> dict[str, str]:
    """The document's core properties by their plain names."""
    if _CORE not in package:
        return {}
    root = parser.parse_xml(package.read(_CORE), "the document's list of properties")
    return {
        element.tag.rpartition("}")[2]: " ".join((element.text or "").split()) for element in root
    }


def _unless_default(text: str, default: re.Pattern[str]) -> str:
    return "" if default.match(text) else text


def _language(package: ZipPackage) -> str:
    """The language that the document's styles name for all of its text, or ""."""
    match = re.search(rb'<w:lang\b[^>]*\bw:val="([\w-]+)"', package.read("word/styles.xml"))
    return match[1].decode("ascii", errors="replace") if match else ""
