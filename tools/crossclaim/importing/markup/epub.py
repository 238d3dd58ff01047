"""EPUB to a document: its chapters in reading order, its metadata, and what is left out."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml import etree

from crossclaim.importing.boilerplate.clean import clean_book, remove_boilerplate
from crossclaim.importing.boilerplate.extraction import Extraction, same_words
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import (
    Document,
    Kind,
    LeftOut,
    SourceBlock,
    Unreadable,
    truncate,
    with_omission_remark,
)
from crossclaim.importing.html import elements, parser
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import is_address, language_code
from crossclaim.importing.html.parser import Element
from crossclaim.importing.markup import epub_matter
from crossclaim.importing.markup.zip_package import ZipPackage, open_package
from crossclaim.importing.people import join_names
from crossclaim.model import Step

_AGAIN = "get the file again from where it came"
_NO_TEXT = ("the book holds no text", "look whether its pages are pictures")
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
# The end of one part of a heading and the beginning of the next, which are no one word.
_APART = re.compile(r"[\w.:,;!?)]\|(?:[^\W\d_a-z][^\WA-Z\d_]|[A-Z] )|[^\W\d]\|\d.?|\d\|[^\W\d].?")
_NUMBER = re.compile(r"(?:\w+ )?(?:[IVXLC]+|\d+)", re.IGNORECASE)
_TEXT_TYPES = (
    "application/xhtml+xml",
    "text/html",
    "application/x-dtbook+xml",
    "text/x-oeb1-document",
)


def read_epub(data: bytes, title: str = "", author: str = "", step: Step | None = None) -> Document:
    """An EPUB to a document. What is known already is not looked for.

    `step` is told how many chapters are read, of how many. Raises Unreadable.
    """
    package = open_package(data, ".epub")
    _refuse_locked(package)
    name, opf = _package_document(package)
    metadata = _metadata(opf)
    book = _book(package, _spine(opf, name, package), step)
    root = etree.Element("div")
    root.extend(book.chapters)
    footnotes = cut_footnotes(root)
    read = [
        convert(chapter, references=footnotes.references, skip_reason=epub_matter.unread_reason)
        for chapter in book.chapters
    ]
    chapters = [[replace(each, line=0) for each in chapter.blocks] for chapter in read]
    prose = [c for c in chapters if any(e.block.kind is not Kind.HEADING for e in c)]
    title, author = title or metadata.get("title", ""), author or metadata.get("creator", "")
    essay = _essay(chapters, len(prose) == 1, title, author, notes=bool(footnotes.bodies))
    if not essay.blocks:
        raise Unreadable(*_NO_TEXT)
    inner = [
        replace(left, line=0, where=body.get("data-where"))
        for body, chapter in zip(book.chapters, read, strict=True)
        for left in chapter.left_out
    ]
    remarks = dict.fromkeys(remark for chapter in read for remark in chapter.remarks)
    if len(prose) > 1:
        remarks[f"the book has {len(prose)} chapters; an essay is often one of them"] = None
    document = Document(
        title=essay.title,
        author=essay.author,
        blocks=essay.blocks,
        publication=metadata.get("publisher", ""),
        date=iso_date(metadata.get("date", "")),
        language=language_code(metadata.get("language", "")),
        address=metadata.get("address", ""),
        rights=metadata.get("rights", "") or book.rights or essay.rights,
        biography=book.biography or essay.biography,
        notes=footnotes.notes(),
        left_out=(*book.left_out, *inner, *essay.left_out),
        remarks=tuple(remarks),
    )
    return with_omission_remark(document)


def _refuse_locked(package: ZipPackage) -> None:
    """Raise Unreadable where more than fonts is encrypted."""
    if "META-INF/rights.xml" in package or "META-INF/sinf.xml" in package:
        raise Unreadable("the book is locked (DRM)", "ask for a copy without a lock")
    if _ENCRYPTION not in package:
        return
    root = parser.parse_xml(package.read(_ENCRYPTION), "the book's list of encrypted parts")
    for entry in root.iter("{*}EncryptedData"):
        methods = [method.get("Algorithm") or "" for method in entry.iter("{*}EncryptionMethod")]
        if not methods or not all(method in _FONT_ONLY for method in methods):
            raise Unreadable("the book is locked (DRM)", "ask for a copy without a lock")


def _package_document(package: ZipPackage) -> tuple[str, Element]:
    """The name and the root of the package document (OPF)."""
    if _CONTAINER not in package:
        raise Unreadable("the file is no EPUB", "look whether it is the right file")
    root = parser.parse_xml(package.read(_CONTAINER), "the book's list of parts")
    names = [unquote(rootfile.get("full-path") or "") for rootfile in root.iter("{*}rootfile")]
    name = next((name for name in names if name in package), "")
    if not name:
        raise Unreadable("the book's list of chapters is missing", _AGAIN)
    return name, parser.parse_xml(package.read(name), "the book's list of chapters")


def _metadata(opf: Element) -> dict[str, str]:
    """The package's metadata by plain names; several creators as one text."""
    values: dict[str, list[str]] = {}
    for element in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        text = " ".join("".join(element.itertext()).split())
        role = next((v for k, v in element.attrib.items() if k.endswith("role")), "aut")
        if text and not (element.tag.endswith("}creator") and role != "aut"):
            values.setdefault(element.tag.rpartition("}")[2], []).append(text)
    metadata = {key: texts[0] for key, texts in values.items()}
    if "creator" in values:
        metadata["creator"] = join_names([_first_name_first(name) for name in values["creator"]])
    addresses = [
        text for key in ("source", "identifier", "relation") for text in values.get(key, [])
    ]
    metadata["address"] = next((text for text in addresses if is_address(text)), "")
    return metadata


def _first_name_first(name: str) -> str:
    """“Byron, Ada” as “Ada Byron”."""
    parts = name.split(", ")
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and " " not in parts[0] else name


def _spine(opf: Element, name: str, package: ZipPackage) -> list[tuple[str, str]]:
    """The book's text files in reading order, each with what the package declares it to be.

    Those that are read on demand come last.
    """
    folder = posixpath.dirname(name)
    guide: dict[str, str] = {}
    for reference in opf.iter("{*}reference"):
        file = unquote((reference.get("href") or "").partition("#")[0])
        guide[posixpath.normpath(posixpath.join(folder, file))] = reference.get("type") or ""
    files: dict[str, tuple[str, str]] = {}
    for item in opf.iter("{*}item"):
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        declared = [item.get("properties") or "", item.get("id") or "", guide.get(path, "")]
        if (item.get("media-type") or "") in _TEXT_TYPES and path in package:
            files[item.get("id") or ""] = (path, " ".join(declared))
    references = sorted(opf.iter("{*}itemref"), key=lambda ref: ref.get("linear") == "no")
    order = dict.fromkeys(ref.get("idref") or "" for ref in references)
    return [files[item] for item in order if item in files]


@dataclass(slots=True)
class _Book:
    """A book taken apart: its chapters, what was left out, its rights notice, a biography."""

    chapters: list[Element] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    rights: str = ""
    biography: str = ""


def _book(package: ZipPackage, spine: Sequence[tuple[str, str]], step: Step | None) -> _Book:
    """The chapters of the book told from its front and back matter. Raises Unreadable."""
    if not spine:
        raise Unreadable("the book lists no chapters", _AGAIN)
    book = _Book()
    for number, (name, declared) in enumerate(spine, start=1):
        body = _body(package, name)
        text = elements.visible_text(body)
        where = f"chapter {number}, {posixpath.basename(name)}"
        reason = epub_matter.matter_reason(body, text, declared)
        if not reason:
            body.set("data-where", where)
            book.chapters.append(body)
        elif text:
            book.left_out.append(LeftOut(0, truncate(text), reason, where))
        if reason == epub_matter.COPYRIGHT:
            book.rights = book.rights or epub_matter.imprint_notice(body)
        elif reason == epub_matter.ABOUT:
            book.biography = book.biography or text
        if step:
            step(number, len(spine), "chapters read")
    if not book.chapters:
        raise Unreadable(*_NO_TEXT)
    return book


def _body(package: ZipPackage, name: str) -> Element:
    """A chapter's body; its ids and inner links carry the file's name, so that none meet."""
    root = parser.parse_chapter(package.read(name))
    parser.strip_comments(root)
    body = next(root.iter("body"), root)
    folder = posixpath.dirname(name)
    for element in body.iter():
        if element.get("id"):
            element.set("id", f"{name}/{element.get('id')}")
        if element.tag != "a":
            continue
        if element.get("name"):
            element.set("name", f"{name}/{element.get('name')}")
        file, sign, fragment = (element.get("href") or "").partition("#")
        if sign and not re.match(r"[a-z]+:", file, re.IGNORECASE):
            target = posixpath.normpath(posixpath.join(folder, unquote(file))) if file else name
            element.set("href", f"#{target}/{unquote(fragment)}")
    for heading in body.iter(*elements.HEADING_TAGS):
        _space_words(heading)
    body.tag = "section"
    return body


def _space_words(heading: Element) -> None:
    """Put blanks between a heading's parts that only a style sheet sets apart: “II”, “The Bell”."""
    for part in heading.iterdescendants("span", "b", "i", "em", "strong", "small", "big", "font"):
        before, outer = part.getprevious(), part.getparent()
        left = (outer.text if before is None else before.tail or "".join(before.itertext())) or ""
        inside = "".join(part.itertext())
        number = before is not None and not before.tail and _NUMBER.fullmatch(left.strip())
        initial = before is not None and "cap" in (before.get("class") or "")
        if not initial and (number or _APART.fullmatch(f"{left[-1:]}|{inside[:2]}")):
            part.text = f" {part.text or ''}"
        if _APART.fullmatch(f"{inside[-1:]}|{(part.tail or '')[:2]}"):
            part.tail = f" {part.tail}"


def _essay(
    chapters: Sequence[Sequence[SourceBlock]], single: bool, title: str, author: str, notes: bool
) -> Extraction:
    """A `single` chapter without boilerplate, as any essay; the chapters of a book as they are."""
    blocks = [each for chapter in chapters for each in chapter]
    if single:
        return remove_boilerplate(blocks, title, author, footnotes=notes)
    own, left_out = clean_book(blocks, footnotes=notes)
    if own and own[0].kind is Kind.HEADING and same_words(own[0].text, title):
        left_out, own = (LeftOut(0, own[0].text, "the title again"), *left_out), own[1:]
    return Extraction(title, author, blocks=own, left_out=list(left_out))
