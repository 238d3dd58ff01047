"""A passage on the review page: its words with emphasis, and no other mark or tag of its own."""

import html
import re
from functools import lru_cache

from markupsafe import Markup, escape

from crossclaim.content.markup import CODE

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_BARE = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"(?: {2,}|\\)\n")
_EMPHASIS = re.compile(
    r"(?P<strong>\*\*|(?<!\w)__)(?=\S)(?P<loud>.+?)(?<=\S)(?P=strong)"
    r"|(?P<em>\*|(?<!\w)_)(?=\S)(?P<soft>[^*_]+?)(?<=\S)(?P=em)(?!\w)",
    re.DOTALL,
)
_ELEMENTS = {"strong": "loud", "em": "soft"}
_PRIVATE = 0xF0000  # escaped signs wait there, where no text of a passage stands
_WAITING = re.compile(f"[{chr(_PRIVATE)}-{chr(_PRIVATE + 0x7F)}]")


@lru_cache(maxsize=4096)
def inline(markdown: str) -> Markup:
    """A passage's Markdown as HTML that holds em, strong, code and br at most.

    Links are their words, footnote marks and raw HTML go; everything else is escaped.
    """
    made, at = Markup(), 0
    for code in CODE.finditer(markdown):
        made += _prose(markdown[at : code.start()])
        made += Markup("<code>{}</code>").format(code[0].strip("`").strip())
        at = code.end()
    return made + _prose(markdown[at:])


def _prose(text: str) -> Markup:
    text = _ESCAPED.sub(lambda found: chr(_PRIVATE + ord(found[1])), text)
    text = _LINK.sub(lambda found: found["text"], _FOOTNOTE.sub("", text))
    text = _TAG.sub("", _BARE.sub(r"\1", text))
    return _emphasised(_BREAK.sub("\x00", text))


def _emphasised(text: str) -> Markup:
    made, at = Markup(), 0
    for found in _EMPHASIS.finditer(text):
        name = "strong" if found["strong"] else "em"
        inside = _emphasised(found[_ELEMENTS[name]])
        made += _words(text[at : found.start()]) + Markup(f"<{name}>{inside}</{name}>")
        at = found.end()
    return made + _words(text[at:])


def _words(text: str) -> Markup:
    plain = _WAITING.sub(lambda sign: chr(ord(sign[0]) - _PRIVATE), html.unescape(text))
    return Markup("<br>").join(map(escape, plain.split("\x00")))
