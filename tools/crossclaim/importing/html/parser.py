"""Parsing of HTML and XML. Nothing that a file says makes the parser fetch or expand anything."""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from crossclaim.importing.document import Unreadable
from crossclaim.importing.encodings import decode

Element = Any  # an lxml element; lxml has no types of its own

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_BOX = re.compile(
    r"</?(div|section|article|main|blockquote|ul|ol|li|dl|dd|dt|table|tbody|tr|td"
    r"|th|center|span|font|b|i|em|strong|u"
    r"|big|small|sub|sup|a)\b[^<>]*>",
    re.IGNORECASE,
)
_INLINE = ("span", "font", "b", "i", "em", "strong", "u", "big", "small", "sub", "sup", "a")
# What XML may close in itself, and HTML never does.
_SELF_CLOSED = re.compile(r"<(title|script|style|a|div|span|p|i|b|em|td|section)\b([^<>]*)/>", re.I)
_OF_HEAD = (
    "title",
    "meta",
    "link",
    "script",
    "style",
    "base",
    "noscript",
    "template",
    etree.Comment,
)
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}


def decode_page(data: bytes) -> str:
    """A page's text, decoded as it declares, without characters that no page can hold."""
    if data.count(0) * 100 < len(data):  # strays, which browsers pass over; UTF-16 has many more
        data = data.replace(b"\0", b"")
    declared = _DECLARED.search(data[:4096])
    encoding = declared[1].decode("ascii", errors="replace") if declared else ""
    text = decode(data, encoding)
    return _NOT_IN_XML.sub("", text)


def parse_page(text: str) -> Element:
    """The root element of a page, however broken the page is. Raises Unreadable."""
    root, whole = _parsed(text)
    if not whole:
        # The parser stops at some depth: without their boxes, the words are all on one level.
        flat = _BOX.sub(lambda tag: "" if tag[1].lower() in _INLINE else "<p>", text)
        root, whole = _parsed(flat)
    if root is None:
        raise Unreadable("the page holds no text", "save it from the browser as a complete page")
    if not whole:
        raise Unreadable(
            "the page is nested too deeply to be read", "save it from the browser again"
        )
    _end_head(root)
    return root


def _end_head(root: Element) -> None:
    """Move what is no part of a head into the body; the parser knows no newer elements."""
    head = next(root.iterchildren("head"), None)
    if head is None:
        return
    misplaced = next((index for index, each in enumerate(head) if each.tag not in _OF_HEAD), None)
    if misplaced is None:
        return
    body = next(root.iterchildren("body"), None)
    if body is None:
        body = etree.SubElement(root, "body")
    for index, each in enumerate(head[misplaced:]):
        body.insert(index, each)


def _parsed(text: str) -> tuple[Element | None, bool]:
    """The page's root element, and whether the parser went through to the end."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        return None, True
    return root, not any("depth" in error.message.lower() for error in parser.error_log)


def parse_xml(data: bytes, what: str) -> Element:
    """The root element of an XML part of a package. Raises Unreadable, naming `what`.

    The parser resolves no entity, loads no DTD and reaches no network.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"{what} is damaged", "get the file again from where it came") from error


def parse_chapter(data: bytes) -> Element:
    """The root element of an XHTML chapter, with plain tag names; a broken one is read as HTML."""
    text = _DOCTYPE.sub("", decode_page(data), count=1)
    text = _ENTITY.sub(_character, text)
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True,
        remove_pis=True, huge_tree=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        return parse_page(_SELF_CLOSED.sub(r"<\1\2></\1>", text))
    for element in root.iter(etree.Element):
        if epub_type := element.get("{http://www.idpf.org/2007/ops}type"):
            element.set("data-epub-type", epub_type)
        if element.tag.startswith("{"):
            element.tag = element.tag.partition("}")[2].lower()
    return root


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    return entity[0] if name in _XML_ENTITIES else html5.get(f"{name};", entity[0])


def strip_comments(root: Element) -> None:
    """Take comments out of a tree and leave the text around them."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction, etree.Entity)


def drop_tree(element: Element) -> None:
    """Take an element out of its tree; the text that follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)
