"""Word document (.docx) to a document: its text as Word's styles mean it, and its properties."""

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from io import BytesIO

import mammoth
from lxml import etree

from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import Document, LeftOut, Unreadable, with_omission_remark
from crossclaim.importing.html import parser
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import language_code
from crossclaim.importing.html.parser import Element
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
    (re.compile(r"header\d*\.xml"), "t", "a page's head"),
    (re.compile(r"footer\d*\.xml"), "t", "a page's foot"),
    (re.compile(r"document\d*\.xml"), "delText", "deleted by the author, with changes tracked"),
    (re.compile(r"comments\d*\.xml"), "t", "a comment in the margin"),
    (re.compile(r"data\d*\.xml|chart\d*\.xml"), "t", "words in a drawing"),
)
_EQUATION_REMARK = "an equation became a line of text: look whether it can be read"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WITH_TEXT = re.compile(r"(?:document|footnotes|endnotes)\d*\.xml")
# How an equation's parts are typed.
_LINEAR = {
    "f": "{num}/{den}", "sSup": "{e}^{sup}", "sSub": "{e}_{sub}", "sSubSup": "{e}_{sub}^{sup}",
    "nary": "{chr}_{sub}^{sup} {e}", "rad": "{deg}√{e}", "func": "{fName} {e}", "mr": "{e}; ",
    "d": "{begChr}{e}{endChr}", "limLow": "{e}_{lim}", "limUpp": "{e}^{lim}",
}  # fmt: skip
_SIGNS = {"chr": "∫", "begChr": "(", "endChr": ")"}
# Elements that mammoth passes over with all that is in them; as this one it goes into them.
_READ_THROUGH = f"{_W}smartTag"
_PASSED_OVER = ("fldSimple", "dir", "bdo", "ruby", "rubyBase", "oMathPara")
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


def read_docx(
    data: bytes, title: str = "", author: str = "", known: Collection[str] = ()
) -> Document:
    """A Word document (.docx) to a document. What is known already is not looked for.

    The title and author that the text itself shows go before the file's properties. Raises
    Unreadable.
    """
    package = open_package(data, ".docx")
    _check_word_document(package)
    properties = _properties(package)
    prepared, hidden, equations = _prepared(package)
    root = parser.parse_page(f"<body>{_html(prepared)}</body>")
    unread = [*_lost_words(prepared, root), *hidden, *_unread_parts(package)]
    footnotes = cut_footnotes(root)
    read = convert(root, references=footnotes.references, skip_reason=_unread_reason)
    blocks = [replace(each, line=0) for each in read.blocks]
    has_notes = bool(footnotes.bodies)
    essay = remove_boilerplate(blocks, title, author, has_notes, known)
    if not essay.blocks and essay.title:
        message = f"the document holds no essay besides its title, “{essay.title}”"
        raise Unreadable(message, "if that is the essay, name its title: --title “On engines”")
    if not essay.blocks:
        raise Unreadable("the document holds no text", "look whether its text is in pictures")
    creator = _unless_default(properties.get("creator", ""), _DEFAULT_AUTHOR)
    if not author and not essay.author and creator:
        essay = remove_boilerplate(blocks, title, creator, has_notes, known)
    named = _unless_default(properties.get("title", ""), _DEFAULT_TITLE)
    if not essay.title and named:
        essay = remove_boilerplate(blocks, named, essay.author, has_notes, known)
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
        left_out=(*left_out, *unread),
        remarks=(*read.remarks, *([_EQUATION_REMARK] if equations else [])),
    )
    return with_omission_remark(document)


def _check_word_document(package: ZipPackage) -> None:
    """Raise Unreadable for what is no Word document, or holds what none has."""
    for name in package.sizes:
        # An entity that stands for others can grow without end; Word writes none.
        if name.endswith((".xml", ".rels")) and re.search(
            rb"<!(?:DOCTYPE|ENTITY)", package.read(name)
        ):
            raise Unreadable(
                "the document defines entities, which Word never does", "open it and save it again"
            )
    listed = package.read("_rels/.rels")
    relations = parser.parse_xml(listed, "the list of the file’s parts") if listed else ()
    targets = [
        r.get("Target", "") for r in relations if r.get("Type", "").endswith("/officeDocument")
    ]
    main = next(iter(targets), "word/document.xml").lstrip("/")
    if main not in package or not _WITH_TEXT.fullmatch(posixpath.basename(main)):
        raise Unreadable("the file is no Word document", "open it and save it as .docx")


def _prepared(package: ZipPackage) -> tuple[dict[str, bytes], list[LeftOut], bool]:
    """The parts that mammoth reads, such that it reads all of them.

    With what the document hides, and whether equations became text.
    """
    parts: dict[str, bytes] = {}
    hidden: list[LeftOut] = []
    equations = False
    for name in package.sizes:
        if not name.endswith((".xml", ".rels")):
            continue
        parts[name] = _STRICT.sub(_TRANSITIONAL, package.read(name))
        if _WITH_TEXT.fullmatch(posixpath.basename(name)):
            root = parser.parse_xml(parts[name], f"the part “{name}” of the file")
            hidden += _without_hidden(root)
            for equation in list(root.iter("{*}oMath")):
                equations, text = True, _linear(equation)
                equation.tag, equation[:] = f"{_W}r", [etree.Element(f"{_W}t")]
                equation[0].text = text
            _with_boxes_open(root)
            for element in root.iter(*(f"{{*}}{tag}" for tag in _PASSED_OVER)):
                element.tag = _READ_THROUGH
            parts[name] = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return parts, hidden, equations


def _without_hidden(root: Element) -> list[LeftOut]:
    """Take out the runs that Word does not show, what was moved, and readings above words."""
    hidden = []
    for mark in list(root.iter(f"{_W}vanish")):
        run = next(mark.iterancestors(f"{_W}r"), None)
        if run is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off"):
            if text := " ".join(_text(run).split()):
                hidden.append(LeftOut(0, text, "hidden in the document"))
            parser.drop_tree(run)
    for element in list(root.iter(f"{_W}moveFrom", f"{_W}rt")):
        parser.drop_tree(element)
    return hidden


def _linear(element: Element) -> str:
    """An equation's words on one line, as people type it."""
    name = etree.QName(element).localname
    parts = defaultdict(str, _SIGNS)
    for child in element.iterchildren():
        inner = etree.QName(child).localname
        if inner.endswith("Pr"):
            signs = {etree.QName(each).localname: each.attrib.values() for each in child}
            parts.update({sign: "".join(values[:1]) for sign, values in signs.items()})
        else:
            separator = ", " if name == "d" and parts[inner] else ""
            parts[inner] += separator + _linear(child)
    if name not in _LINEAR:
        return element.text or "" if name == "t" else "".join(map(_linear, element.iterchildren()))
    for inner in ("num", "den", "e", "sub", "sup"):
        if name != "d" and not re.fullmatch(r"[\w.]*|\(.*\)", parts[inner]):
            parts[inner] = f"({parts[inner]})"
    return re.sub(r"[_^](?=[\^ ]|\Z)", "", _LINEAR[name].format_map(parts))


def _with_boxes_open(root: Element) -> None:
    """Make text boxes such as mammoth knows of those that only newer programs read."""
    for choice in list(root.iter("{*}AlternateContent")):
        fallback = choice.find("{*}Fallback")
        if fallback is None or (_text(choice) and not _text(fallback)):
            choice.tag = _READ_THROUGH
            for inner in choice:
                inner.tag = _READ_THROUGH
    for drawing in list(root.iter(f"{_W}drawing")):
        boxes = list(drawing.iter(f"{_W}txbxContent"))
        if boxes:
            drawing.tag = f"{_W}pict"
            drawing[:] = boxes


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


def _lost_words(parts: Mapping[str, bytes], page: Element) -> list[LeftOut]:
    """The words of the document that its page does not have, by paragraphs."""
    shown, place = "".join("".join(page.itertext()).split()), 0
    lost: dict[Element, str] = {}
    for name, data in parts.items():
        if not _WITH_TEXT.fullmatch(posixpath.basename(name)):
            continue
        for text in parser.parse_xml(data, name).iter(f"{_W}t"):
            words = "".join((text.text or "").split())
            position = shown.find(words, place)
            position = shown.find(words) if position < 0 else position
            if position < 0:
                paragraph = next(text.iterancestors(f"{_W}p"), text)
                lost[paragraph] = lost.get(paragraph, "") + (text.text or "")
            place = max(position, 0)
    reason = "words in a part of the document that is not read"
    return [LeftOut(0, " ".join(text.split()), reason) for text in lost.values()]


def _unread_parts(package: ZipPackage) -> list[LeftOut]:
    """What the file holds beside its text: heads and feet of pages, deleted words, comments."""
    left_out = []
    for name in sorted(package.sizes):
        if re.match(r"\w+/(?:embeddings/|afchunk)", name):
            left_out.append(LeftOut(0, posixpath.basename(name), "an embedded file"))
        for pattern, tag, reason in _UNREAD:
            if not pattern.fullmatch(posixpath.basename(name)):
                continue
            root = parser.parse_xml(package.read(name), f"the part “{name}” of the file")
            texts = (
                "".join(w.text or "" for w in p.iter(f"{{*}}{tag}")) for p in root.iter("{*}p")
            )
            if text := " ".join(" ".join(texts).split()):
                left_out.append(LeftOut(0, text, reason))
    return list(dict.fromkeys(left_out))


def _html(parts: Mapping[str, bytes]) -> str:
    """The document as HTML, by Word's own styles; images become their descriptions."""
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    try:
        result = mammoth.convert_to_html(
            package,
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:  # whatever a damaged document makes it raise
        raise Unreadable(
            "the Word document is damaged", "open it in Word or LibreOffice and save it again"
        ) from error
    return str(result.value)


def _unread_reason(element: Element) -> str | None:
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
