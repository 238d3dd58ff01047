"""Character encodings: bytes decoded to text, by what is certain first."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from crossclaim.importing.document import Unreadable

# The longest mark first: UTF-32's begins like UTF-16's.
_MARKS = (
    ("utf-8-sig", (codecs.BOM_UTF8,)),
    ("utf-32", (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    ("utf-16", (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
)
# How files of other programs begin, and what to do with such a file.
_OTHERS = (
    (b"%PDF-", "a PDF", "give it a name that ends in .pdf"),
    (b"PK\x03\x04", "a zip archive or an office document", "give it its ending: .docx, .epub"),
    (b"{\\rtf", "rich text (RTF)", "save it as .docx or .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "save it as .docx or .txt"),
)
# What texts are really kept in. Fewer choices make fewer mistakes: left to itself, the detector
# takes Polish for Maltese.
_USUAL = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2",
    "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "mac_roman", "mac_cyrillic", "cp437", "cp850",
    "cp866", "gb18030", "big5", "cp932", "euc_jp", "cp949", "utf_16_le", "utf_16_be",
]  # fmt: skip
# Latin-1 is taken for Windows' own: that has quotation marks where Latin-1 has control characters.
_WESTERN = "cp1252"
_LIKE_WESTERN = re.compile(r"(?:iso[-_]?8859[-_]1|latin[-_]?1|(?:us-)?ascii)\Z", re.IGNORECASE)
# A few bytes only tell these apart in a text of Latin letters.
_LATIN = (_WESTERN, "mac_roman", "iso8859_2", "cp850")
_FEW = 0.3  # of all bytes; Cyrillic, Greek and Chinese texts have more that are not ASCII
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\ufeff\u200b\u2060]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROL = 0.001  # of all characters; a text may hold a stray one, a program's file has many
_SAMPLE = 200_000  # bytes that are looked at where the encoding has to be guessed


def decode(data: bytes, declared: str = "") -> str:
    """The text in these bytes, in the encoding they show, or that is `declared`, or that fits best.

    Line ends become line feeds, and marks that nobody sees go; nothing else is changed, no
    quotation mark is straightened. Raises Unreadable where the bytes are no text.
    """
    for mark, kind, hint in _OTHERS:
        if data.startswith(mark):
            raise Unreadable(f"the file is {kind}, not a text", hint)
    for name in _candidates(data, declared):
        text = _strictly(data, name)
        if text is None:
            continue
        if len(_CONTROL.findall(text)) > max(2, _MOST_CONTROL * len(text)):
            break
        return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    raise Unreadable(
        "the file holds no text that could be read, or is broken or cut off",
        "save it as plain text in UTF-8",
    )


def _candidates(data: bytes, declared: str) -> Iterator[str]:
    """The encodings that may be the text's, the most certain first."""
    for name, marks in _MARKS:
        if data.startswith(marks):
            yield name
            return
    head = data[:_SAMPLE]
    if zeros := head.count(0):  # text has some only where its white space has them
        letters = sum(31 < byte < 127 for byte in head)
        if 4 * zeros < len(head) and letters > 0.9 * (len(head) - zeros):
            return  # ASCII with zeros between
        for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
            text = _strictly(head, name) or ""
            if len(re.findall(r"[ \n。、]", text)) > len(text) / 50:
                yield name
        return
    if b"\x1b$" in data:  # Japanese as old mail has it: ASCII to look at, with escapes between
        yield "iso2022_jp"
    yield "utf-8"
    yield _WESTERN if _LIKE_WESTERN.match(declared.strip()) else declared.strip() or "utf-8"
    yield from _guesses(data)


def _guesses(data: bytes) -> Iterator[str]:
    """The encoding that suits the bytes best; Western where that fits as well."""
    from charset_normalizer import from_bytes

    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    best = from_bytes(b"".join(lines)[:_SAMPLE], cp_isolation=_USUAL).best()
    if best is None:
        return
    few = sum(byte > 127 for byte in data) < _FEW * len(data) and "16" not in best.encoding
    names = [best.encoding, *(_LATIN if few else ())]
    texts = {name: text for name in names if (text := _strictly(data, name)) is not None}
    name = min(texts, key=lambda each: _oddities(texts[each]), default="")
    if name:
        yield _WESTERN if texts.get(_WESTERN) == texts[name] else name


def _oddities(text: str) -> int:
    """How many characters stand where no writer of Latin letters puts them."""
    return sum(
        _is_odd(
            match[0], text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        )
        for match in re.finditer(r"[^\x00-\x7f]", text[:_SAMPLE])
    )


def _is_odd(character: str, before: str, after: str) -> bool:
    """A capital or a symbol inside a word, a quotation mark that opens where a word ends."""
    if unicodedata.category(character) in ("Cc", "Lm", "Sk"):
        return True
    if character.isalpha():
        return character.isupper() and before.islower()
    if before.isalpha() and after.isalpha():
        return character not in "’‐‑–—·\xad"
    return character in "‚„¿¡" and before.isalpha()


def _strictly(data: bytes, name: str) -> str | None:
    """The text, or None where some byte has no meaning in this encoding or a sign is no text's."""
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return text.removeprefix("\ufeff") if isinstance(text, str) and "\0" not in text else None
