"""Markdown and HTML inside a passage: what would make it more or less than one paragraph."""

import html
import re
from html.parser import HTMLParser

# Signs that open a block on a paragraph's later lines, where Python-Markdown sees them and the
# scan, rightly, does not.
_OPENS = re.compile(r"^(?P<margin>[ \t]*)(?=[#>])", re.MULTILINE)
_RULE = re.compile(
    r"^(?P<margin>[ \t]*)(?P<sign>[-_*])(?=(?:[ \t]*(?P=sign)){2,}[ \t]*$)", re.MULTILINE
)
# Code inside a paragraph; an escaped backtick opens none.
CODE = re.compile(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
_VOID |= {"source", "track", "wbr"}


def guarded(text: str) -> str:
    """A paragraph's Markdown in which no line opens a heading, a quotation or a rule.

    Code that shows tags is written as HTML: inside an element, Python-Markdown would take a
    closing tag in code for the element's own.
    """
    text = CODE.sub(_shown, text)
    text = _OPENS.sub(r"\g<margin>\\", text)
    return _RULE.sub(r"\g<margin>\\\g<sign>", text)


def _shown(code: re.Match[str]) -> str:
    if "<" not in code[0]:
        return code[0]
    inside = code[0].strip("`").strip()
    return f"<code>{html.escape(inside, quote=False)}</code>"


def html_fault(markdown: str) -> str | None:
    """What is wrong with the HTML tags in a piece of Markdown, or None. Code is not looked at."""
    text = CODE.sub("", markdown).replace("\\<", "")
    reader = _Tags()
    reader.feed(text)
    reader.close()
    if reader.fault:
        return reader.fault
    if reader.open:
        return f"<{reader.open[-1]}> is opened and never closed"
    return None


class _Tags(HTMLParser):
    """Follows tags as they open and close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.fault: str | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID and _is_tag(tag):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no <b/>: it opens

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not _is_tag(tag):
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif self.fault is None:
            self.fault = f"</{tag}> closes what is not open here"


def _is_tag(name: str) -> bool:
    """Whether a browser takes this for an element: an address in brackets is none."""
    return ":" not in name and "@" not in name and "." not in name
