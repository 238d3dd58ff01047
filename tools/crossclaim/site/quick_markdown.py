"""An extension of Python-Markdown that makes pages of many plain links quicker, and not otherwise.

A note is a handful of links whose text and address hold no marks. Python-Markdown reads each sign
by sign and then looks for every kind of mark in its text; here one pattern takes them whole. What
it does not match is left to Python-Markdown. Other renderers make the same pages without it.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

NAME = "crossclaim.site.quick_markdown:QuickMarkdown"
# A link, and the classes behind it, the last on its line. No sign in it means anything else.
_PLAIN_LINK = (
    r"(?<!!)\[(?P<text>[^\[\]\\`*_<>&!{}\n\x02\x03]+)\]"
    r"\((?P<address>[\w./#-]+)\)(?:\{(?P<classes>\.[a-z]+(?: \.[a-z]+)*)\}(?![^\n]*\}))?"
)
_AFTER_ESCAPES, _BEFORE_LINKS = 180, 160  # the priorities of Python-Markdown's own patterns
_FIRST = 100


class QuickMarkdown(Extension):
    """Plain links as one pattern each, and no search for tables where there is no “|”."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put both before what they spare."""
        priority = (_AFTER_ESCAPES + _BEFORE_LINKS) / 2 + 1
        md.inlinePatterns.register(_PlainLink(_PLAIN_LINK, md), "plain_link", priority)
        md.preprocessors.register(_WithoutTables(md), "without_tables", _FIRST)


class _PlainLink(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int] | tuple[None, None, None]:
        if _opens(data, m.start(0)):
            return None, None, None  # it may stand within the text of another link
        link = Element("a", {"href": m["address"]})
        link.text = AtomicString(m["text"])
        if m["classes"]:
            link.set("class", m["classes"].replace(".", ""))
        return link, m.start(0), m.end(0)


def _opens(data: str, end: int) -> bool:
    """Whether a bracket before `end` is still open there."""
    depth = 0
    for bracket in re.findall(r"[\[\]]", data[:end]):
        depth = depth + 1 if bracket == "[" else max(0, depth - 1)
    return depth > 0


class _WithoutTables(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are; the parser is this page’s own."""
        if not any("|" in line for line in lines):
            self.md.parser.blockprocessors.deregister("table", strict=False)
        return lines
