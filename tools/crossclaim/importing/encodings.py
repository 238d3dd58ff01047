"""Character encodings: bytes decoded to text, by what is certain first."""

import codecs
import re
import unicodedata

from crossclaim.importing.document import Unreadable

# The longest mark first: UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How files of other programs begin, and what to do with such a file.
_OTHERS = (
    (b"%PDF-", "the file is a PDF, not a text", "give it a name that ends in .pdf"),
    (
        b"PK\x03\x04",
        "the file is a zip archive or an office document, not a text",
        "give it the ending it had: .docx, .epub",
    ),
    (b"{\\rtf", "the file is rich text (RTF), not plain text", "save it as .docx or .txt"),
    (
        b"\xd0\xcf\x11\xe0",
        "the file is an old Word document, not a text",
        "save it as .docx or .txt",
    ),
)
# What texts are really kept in. Fewer choices make fewer mistakes: left to itself, the detector
# takes Polish for Maltese.
_USUAL = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "mac_roman", "mac_cyrillic",
    "cp437", "cp850", "cp866", "gb18030", "big5", "cp932", "euc_jp", "cp949", "utf_16_le",
    "utf_16_be",
)  # fmt: skip
# Western letters stand at the same place in all of these; only the first has curly quotes at the
# bytes 0x80 to 0x9f, where the second has control characters that no text needs.
_WESTERN = "cp1252"
_LIKE_WESTERN = ("iso8859_1", "latin_1", "ascii")
# A few bytes only tell these apart in a text of Latin letters.
_LATIN = (_WESTERN, "mac_roman", "iso8859_2", "cp850")
_FEW = 0.3  # of all bytes; Cyrillic, Greek and Chinese texts have more that are not ASCII
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\ufeff\u200b\u2060]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROL = 0.001  # of all characters; a text may hold a stray one, a program's file has many
_SAMPLE = 200_000  # bytes that are looked at where the encoding has to be guessed


def decode(data: bytes, declared: str = "") -> str:
    """The text in these bytes; see `decode_with_encoding`."""
    return decode_with_encoding(data, declared)[0]


def decode_with_encoding(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text in these bytes, and the name of its encoding.

    Tried in this order: a byte order mark, UTF-16 and UTF-32 by their zeros, strict UTF-8, the
    `declared` encoding, and a guess from the bytes themselves. Line ends become line feeds, and
    marks that nobody sees go; nothing else is changed, no quotation mark is straightened.
    Raises Unreadable where the bytes are no text.
    """
    for mark, message, hint in _OTHERS:
        if data.startswith(mark):
            raise Unreadable(message, hint)
    text, name = (
        _marked(data)
        or _zeros(data)
        or _seven_bits(data)
        or _utf8(data)
        or _declared(data, declared)
        or _guessed(data)
    )
    if len(_CONTROL.findall(text)) > max(2, _MOST_CONTROL * len(text)):
        raise _no_text()
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)), name


def _no_text() -> Unreadable:
    return Unreadable("the file holds no text that could be read", "save it as plain text in UTF-8")


def _marked(data: bytes) -> tuple[str, str] | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), name
            except UnicodeDecodeError:
                raise Unreadable(
                    f"the file says that it is {name.upper()} and is broken or cut off",
                    "save it once more as plain text in UTF-8",
                ) from None
    return None


def _zeros(data: bytes) -> tuple[str, str] | None:
    """Text in UTF-16 or UTF-32 without a mark: zeros stand where its white space has them.

    A text has no zeros otherwise; bytes that have some are no text.
    """
    if b"\0" not in data:
        return None
    head = data[:_SAMPLE]
    zeros = head.count(0)
    if zeros < len(head) / 4 and sum(31 < byte < 127 for byte in head) > 0.9 * (len(head) - zeros):
        raise _no_text()  # ASCII with zeros between
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        # White space or the full stop of a language that sets no spaces.
        spaces = sum(map(text[:_SAMPLE].count, (" ", "\n", "。", "、")))
        if "\0" not in text and spaces > len(text[:_SAMPLE]) / 50:
            return text, name
    raise _no_text()


def _seven_bits(data: bytes) -> tuple[str, str] | None:
    """Japanese as old mail has it: ASCII to look at, with escapes between."""
    text = _strictly(data, "iso2022_jp") if b"\x1b$" in data else None
    return (text, "iso2022_jp") if text else None


def _utf8(data: bytes) -> tuple[str, str] | None:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, declared: str) -> tuple[str, str] | None:
    """The text in the encoding that was declared, or None where it does not fit."""
    try:
        name = codecs.lookup(declared.strip()).name.replace("-", "_") if declared.strip() else ""
    except (LookupError, ValueError):
        return None
    for each in (_WESTERN, name) if name in _LIKE_WESTERN else (name,):
        text = _strictly(data, each) if each else None
        if text is not None:
            return text, each
    return None


def _guessed(data: bytes) -> tuple[str, str]:
    """The text in the encoding that suits its bytes best; Western where that fits as well."""
    from charset_normalizer import from_bytes

    matches = from_bytes(_sample(data), cp_isolation=list(_USUAL))
    best = matches.best()
    if best is None:
        raise _no_text()
    names = [best.encoding]
    few = sum(byte > 127 for byte in data[:_SAMPLE]) < _FEW * len(data[:_SAMPLE])
    if few and not best.encoding.startswith("utf_16"):
        names += _LATIN
    texts = {name: text for name in names if (text := _strictly(data, name)) is not None}
    if not texts:
        raise _no_text()
    name = min(texts, key=lambda each: _oddities(texts[each]))
    if texts.get(_WESTERN) == texts[name]:
        name = _WESTERN
    return texts[name], name


def _oddities(text: str) -> int:
    """How many characters stand where no writer of Latin letters puts them."""
    return sum(_is_odd(text, match.start()) for match in _NOT_ASCII.finditer(text[:_SAMPLE]))


def _is_odd(text: str, index: int) -> bool:
    """A capital or a symbol inside a word, a quotation mark that opens where a word ends."""
    character = text[index]
    before, after = text[index - 1 : index] or " ", text[index + 1 : index + 2] or " "
    if unicodedata.category(character) in ("Cc", "Lm", "Sk"):
        return True
    if character.isalpha():
        return character.isupper() and before.islower()
    if character in "’‐‑–—·\xad":
        return False
    if before.isalpha() and after.isalpha():
        return True
    return character in "‚„¿¡" and before.isalpha() and not after.isalpha()


def _sample(data: bytes) -> bytes:
    """The lines that hold what is not ASCII, as far as they are needed to guess."""
    if len(data) <= _SAMPLE:
        return data
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE] if len(lines) > 1 else data


def _strictly(data: bytes, name: str) -> str | None:
    """The text, or None where some byte has no meaning in this encoding."""
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    # Codecs that turn bytes into bytes raise or give no text.
    return text if isinstance(text, str) else None
