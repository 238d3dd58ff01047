"""Read an EPUB: its chapters in their order, what the package says of itself, what is left out."""

import posixpath
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from crossclaim.importing.boilerplate.clean import clean_book, remove_boilerplate
from crossclaim.importing.boilerplate.extraction import same_words
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import (
    Document,
    Kind,
    LeftOut,
    SourceBlock,
    Step,
    Unreadable,
    with_omission_remark,
)
from crossclaim.importing.html import elements, parser
from crossclaim.importing.html.conversion import convert
from crossclaim.importing.html.footnotes import cut_footnotes
from crossclaim.importing.html.metadata import is_address, language_code
from crossclaim.importing.html.omissions import truncate
from crossclaim.importing.html.parser import Element
from crossclaim.importing.packaged import book_parts
from crossclaim.importing.packaged.packages import Package, opened
from crossclaim.importing.people import join_names

_AGAIN = "get the file again from where it came"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXT_TYPES = (
    "application/xhtml+xml",
    "text/html",
    "application/x-dtbook+xml",
    "text/x-oeb1-document",
)
_SMALLEST = 3  # words; a chapter with fewer is a picture or a blank page


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book: its name in the package, and what the package says it is."""

    name: str
    said: str


def read_epub(data: bytes, title: str = "", author: str = "", step: Step | None = None) -> Document:
    """An EPUB to a document. What is known already is not looked for.

    `step` is told how many chapters are read, of how many. Raises Unreadable.
    """
    package = opened(data, ".epub")
    _refuse_locked(package)
    name, opf = _opf(package)
    facts = _facts(opf)
    spine = _spine(opf, name, package)
    if not spine:
        raise Unreadable("the book lists no chapters", _AGAIN)
    book = etree.Element("div")
    left: list[LeftOut] = []
    kept: list[Element] = []
    rights, biography = facts.get("rights", ""), ""
    for at, item in enumerate(spine, start=1):
        body = _body(package, item.name)
        text = elements.visible_text(body)
        where = f"chapter {at}, {posixpath.basename(item.name)}"
        reason = book_parts.reason(body, text, item.said)
        if reason and text:
            left.append(LeftOut(0, truncate(text), reason, where))
            rights = rights or (book_parts.notice(body) if reason == book_parts.COPYRIGHT else "")
            biography = biography or (text if reason == book_parts.ABOUT else "")
        elif not reason:
            body.set("data-where", where)
            book.append(body)
            kept.append(body)
        if step:
            step(at, len(spine))
    if not kept:
        raise Unreadable("the book holds no text", "look whether its pages are pictures")
    called = cut_footnotes(book)
    placed: list[SourceBlock] = []
    flows: list[tuple[SourceBlock, ...]] = []
    remarks: dict[str, None] = {}
    for body in kept:
        read = convert(body, references=called.references, skip_reason=book_parts.inner_reason)
        flows.append(tuple(replace(each, line=0) for each in read.blocks))
        placed += flows[-1]
        left += [replace(each, line=0, where=body.get("data-where")) for each in read.left_out]
        remarks |= dict.fromkeys(read.remarks)
    title, author = title or facts.get("title", ""), author or facts.get("creator", "")
    if (
        sum(any(each.block.kind is not Kind.HEADING for each in each_flow) for each_flow in flows)
        == 1
    ):
        found = remove_boilerplate(placed, title, author, footnotes=bool(called.bodies))
        title, author, blocks = found.title, found.author, found.blocks
        rights, biography = rights or found.rights, biography or found.biography
        more = tuple(found.left_out)
    else:
        blocks, more = clean_book(placed, footnotes=bool(called.bodies))
        if blocks and blocks[0].kind is Kind.HEADING and same_words(blocks[0].text, title):
            more, blocks = (LeftOut(0, blocks[0].text, "the title again"), *more), blocks[1:]
    left += more
    if not blocks:
        raise Unreadable("the book holds no text", "look whether its pages are pictures")
    chapters = sum(any(p.block.kind is not Kind.HEADING for p in found) for found in flows)
    if chapters > 1:
        remarks[f"the book has {chapters} chapters; an essay is often one of them"] = None
    document = Document(
        title=title,
        author=author,
        blocks=blocks,
        publication=facts.get("publisher", ""),
        date=iso_date(facts.get("date", "")),
        language=language_code(facts.get("language", "")),
        address=facts.get("address", ""),
        rights=rights,
        biography=biography,
        notes=called.notes(),
        left_out=tuple(left),
        remarks=tuple(remarks),
    )
    return with_omission_remark(document)


def _refuse_locked(package: Package) -> None:
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


def _opf(package: Package) -> tuple[str, Element]:
    """The name and the root of the package document."""
    if _CONTAINER not in package:
        raise Unreadable("the file is no EPUB", "look whether it is the right file")
    root = parser.parse_xml(package.read(_CONTAINER), "the book's list of parts")
    names = [unquote(found.get("full-path") or "") for found in root.iter("{*}rootfile")]
    name = next((name for name in names if name in package), "")
    if not name:
        raise Unreadable("the book's list of chapters is missing", _AGAIN)
    return name, parser.parse_xml(package.read(name), "the book's list of chapters")


def _facts(opf: Element) -> dict[str, str]:
    """The package's metadata by plain names; several creators as one text."""
    found: dict[str, list[str]] = {}
    for element in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        text = " ".join("".join(element.itertext()).split())
        role = next((v for k, v in element.attrib.items() if k.endswith("role")), "aut")
        if text and not (element.tag.endswith("}creator") and role != "aut"):
            found.setdefault(element.tag.rpartition("}")[2], []).append(text)
    facts = {key: values[0] for key, values in found.items()}
    if "creator" in found:
        facts["creator"] = join_names([_turned(name) for name in found["creator"]])
    addresses = found.get("source", []) + found.get("identifier", []) + found.get("relation", [])
    facts["address"] = next((text for text in addresses if is_address(text)), "")
    return facts


def _turned(name: str) -> str:
    """“Byron, Ada” as “Ada Byron”."""
    parts = name.split(", ")
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and " " not in parts[0] else name


def _spine(opf: Element, name: str, package: Package) -> list[_Item]:
    """The book's text files in reading order; those that are read on demand come last."""
    folder = posixpath.dirname(name)
    files: dict[str, tuple[str, str]] = {}
    for item in opf.iter("{*}item"):
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        said = f"{item.get('properties') or ''} {item.get('id') or ''}"
        text = (item.get("media-type") or "") in _TEXT_TYPES
        if text and path in package:
            files[item.get("id") or ""] = (path, said)
    guide: dict[str, str] = {}
    for part in opf.iter("{*}reference"):
        file = unquote((part.get("href") or "").partition("#")[0])
        guide[posixpath.normpath(posixpath.join(folder, file))] = part.get("type") or ""
    listed = [(ref.get("idref") or "", ref.get("linear") != "no") for ref in opf.iter("{*}itemref")]
    order = [i for i, linear in listed if linear] + [i for i, linear in listed if not linear]
    return [
        _Item(files[i][0], f"{files[i][1]} {guide.get(files[i][0], '')}")
        for i in dict.fromkeys(order)
        if i in files
    ]


def _body(package: Package, name: str) -> Element:
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
    body.tag = "section"
    return body
