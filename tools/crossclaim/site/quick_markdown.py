"""An extension of Python-Markdown that makes pages of plain text and links quicker, not otherwise.

Most paragraphs hold no sign that Markdown reads but links whose text and address hold none either.
Python-Markdown tries every kind of block and mark on each; here one pattern takes such a paragraph
whole, and one the links of a text. What they do not match is left to Python-Markdown, as is every
page where another extension may read more signs. Other renderers make the same pages without it.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

NAME = "crossclaim.site.quick_markdown:QuickMarkdown"
# A link whose text and address hold no sign with a meaning, and the classes behind it: those are
# taken where text without a brace follows, before the next link or line; else `attr_list` does it.
_TEXT, _ADDRESS = r"(?!\^)[^\[\]\\`*_<>&!{}\n\x02\x03]+", r"[\w./#-]+"
_CLASSES = r"\.[a-z]+(?: \.[a-z]+)*"
_LINK = re.compile(
    rf"\[(?P<text>{_TEXT})\]\((?P<address>{_ADDRESS})\)"
    rf"(?:\{{(?P<classes>{_CLASSES})\}}(?=[^\[}}\n]*[\[\n]|[^\[}}\n]+\Z))?"
)
# A text in which nothing else has a meaning: no mark, entity or tag, no two spaces to end a line.
_PLAIN_TEXT = re.compile(
    rf"(?:[^\[\]\\`*_<&! \x02\x03]++| (?! \n)|!(?!\[)|&(?![#A-Za-z0-9])"
    rf"|\[{_TEXT}\]\({_ADDRESS}\))*+"
)
# A paragraph no line of which begins as another block would; the last may give its attributes.
_LINE = r"(?:[A-Za-zÀ-ÖØ-öø-ÿ“‘\"'(…]|\[[^\[\]\n]*\]\()[^\n]*"
_PLAIN_BLOCK = re.compile(rf"{_LINE}(?:\n{_LINE})*(?:\n\{{:[^\n]*)?")
_NAME = "crossclaim_plain"
_BEFORE_INLINE, _FIRST = 21, 110
# What may be registered; with anything else, a plain text may hold what another extension reads.
_INLINE = (
    "backtick escape reference link image_link image_reference short_reference short_image_ref"
    " autolink automail linebreak html entity not_strong em_strong em_strong2 footnote"
)
_BLOCKS = (
    "empty indent code hashheader setextheader hr olist ulist quote reference paragraph"
    " table footnote"
)
_TREE = (
    "inline prettify unescape attr_list toc footnote footnote-reorder footnote-duplicate"
    " mkdocs_extract_anchors mkdocs_extract_title relpath"
)


class QuickMarkdown(Extension):
    """Plain paragraphs and links as one pattern each, and no search for tables without a “|”."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put each before what it spares."""
        md.preprocessors.register(_OnlyWhereItFits(md), _NAME, _FIRST)
        md.parser.blockprocessors.register(_PlainBlock(md.parser), _NAME, _FIRST)
        md.treeprocessors.register(_PlainText(md), _NAME, _BEFORE_INLINE)


class _OnlyWhereItFits(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are; the registries are this page’s own."""
        md, blocks = self.md, self.md.parser.blockprocessors
        if not any("|" in line for line in lines):
            blocks.deregister("table", strict=False)
        known = ((md.inlinePatterns, _INLINE), (blocks, _BLOCKS), (md.treeprocessors, _TREE))
        others = any(_others(registry, names) for registry, names in known)
        if others or "attr_list" not in md.treeprocessors:
            blocks.deregister(_NAME)
            md.treeprocessors.deregister(_NAME)
        return lines


def _others(registry: Registry[Any], names: str) -> bool:
    """Whether something is registered that is not among these names."""
    return len(registry) > sum(name in registry for name in (*names.split(), _NAME))


class _PlainBlock(ParagraphProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return _PLAIN_BLOCK.fullmatch(block) is not None


class _PlainText(Treeprocessor):
    def run(self, root: Element) -> None:
        """Set the links of plain texts, so that no pattern is tried on them."""
        for element in list(root.iter()):
            text = element.text
            if text and not isinstance(text, AtomicString) and _PLAIN_TEXT.fullmatch(text):
                _set_links(element, text)


def _set_links(element: Element, text: str) -> None:
    """Give an element a plain text before its children, with the links in it as children."""
    links = list(_LINK.finditer(text))
    ends = [*(link.start() for link in links), len(text)]
    element.text = AtomicString(text[: ends[0]])
    for place, match in enumerate(links):
        link = _link(match)
        link.tail = AtomicString(text[match.end() : ends[place + 1]])
        element.insert(place, link)


def _link(match: re.Match[str]) -> Element:
    link = Element("a", {"href": match["address"]})
    link.text = AtomicString(match["text"])
    if match["classes"]:
        link.set("class", match["classes"].replace(".", ""))
    return link
