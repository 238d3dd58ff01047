"""Plain words as Markdown that renders as exactly these words."""

import re

_ENTITY = re.compile(r"&(?=#[0-9xX]|\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ALWAYS = re.compile(r"[\\`*\[{]")
# A mark inside a word is no emphasis; one at its edge could be.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"(?P<number>\d+)\.(?=\s|\Z)|(?P<sign>[#>+=|:-])|(?P<tilde>~)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def literal(text: str, starts_line: bool = True) -> str:
    """Text to Markdown in which nothing is a mark; one line in, one line out.

    White space at the ends goes, and control characters, which HTML cannot hold.
    """
    text = _CONTROL.sub("", text)
    text = _ALWAYS.sub(lambda sign: "\\" + sign[0], text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text)
    text = _TAG.sub("&lt;", text)
    if starts_line:
        text = _LINE_START.sub(_escaped, text, count=1) if _LINE_START.match(text) else text
    return text


def _escaped(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\."
    if found["tilde"]:
        return "&#126;"
    return f"&#{ord(found['sign'])};" if found["sign"] in "=|:" else f"\\{found['sign']}"
