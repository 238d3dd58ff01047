"""A passage away from its place: quoted on another page, as plain words, or in a few lines."""

import html
import re
from collections.abc import Callable, Mapping

from crossclaim.content.markup import CODE
from crossclaim.model import Essay, Verbatim

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_LINK = re.compile(r"!?\[(?P<text>(?:\\.|[^\]\\])*)\](?:\((?P<address>[^)\s]*)[^)]*\)|\[[^\]]*\])")
_BARE = re.compile(r"<(?P<address>https?://[^>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*+|(?<![^\W_])_+|_+(?![^\W_])|`+)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")


_TARGET = re.compile(r"(?P<before>\]\()(?P<address>[^)\s]+)")
_REFERENCE = re.compile(r"(?P<text>(?<!!)\[(?:\\.|[^\]\\])+\])\[(?P<label>[^\]]*)\]")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]^][^\]]*)\]:\s*<?(?P<address>[^\s>]+)", re.MULTILINE
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def definitions(essay: Essay) -> dict[str, str]:
    """The addresses that an essay's reference links name, by label in lower case."""
    found = [
        m
        for part in essay.parts
        if isinstance(part, Verbatim)
        for m in _DEFINITION.finditer(part.text)
    ]
    return {m["label"].casefold(): m["address"] for m in found}


def elsewhere(markdown: str, essay: str, named: Mapping[str, str]) -> str:
    """A passage's Markdown for a page in another folder: its links still lead where they did.

    Footnotes go, since their texts are not at hand there; code stays as it is.
    """

    def moved(text: str) -> str:
        text = _REFERENCE.sub(lambda found: _inline(found, named), _FOOTNOTE.sub("", text))
        return _TARGET.sub(lambda found: found["before"] + _moved(found["address"], essay), text)

    return _outside_code(markdown, moved)


def _inline(found: re.Match[str], named: Mapping[str, str]) -> str:
    label = found["label"] or found["text"][1:-1]
    address = named.get(label.casefold())
    return f"{found['text']}({address})" if address else found[0]


def _moved(address: str, essay: str) -> str:
    if _ELSEWHERE.match(address):
        return address
    return f"../essays/{essay}.md{address}" if address.startswith("#") else f"../essays/{address}"


def _outside_code(markdown: str, change: Callable[[str], str]) -> str:
    made, at = "", 0
    for code in CODE.finditer(markdown):
        made += change(markdown[at : code.start()]) + code[0]
        at = code.end()
    return made + change(markdown[at:])


def plain(markdown: str) -> str:
    """A passage's words on one line, without any marks."""
    text = _FOOTNOTE.sub("", markdown)
    text = _LINK.sub(lambda found: found["text"], text)
    made, at = "", 0
    for bare in _BARE.finditer(text):
        made += _unmarked(text[at : bare.start()]) + bare["address"]
        at = bare.end()
    return " ".join((made + _unmarked(text[at:])).split())


def _unmarked(text: str) -> str:
    return html.unescape(_ESCAPE.sub(r"\1", _EMPHASIS.sub("", _TAG.sub("", text))))


def excerpt(markdown: str, most: int = 180) -> str:
    """A passage's opening words, at most so many characters; an ellipsis says that it goes on."""
    text = plain(markdown)
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def addresses(markdown: str) -> tuple[str, ...]:
    """The addresses a passage links to, in order."""
    found = [(m.start(), m["address"]) for m in _LINK.finditer(markdown) if m["address"]]
    found += [(m.start(), m["address"]) for m in _BARE.finditer(markdown)]
    return tuple(address for _, address in sorted(found))
