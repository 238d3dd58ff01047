"""Bytes to text: what a file says of its own encoding, then strict UTF-8, then a good guess."""

import codecs

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read where a page says one of these.
_MEANT = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "us-ascii": "windows-1252"}


def decoded(data: bytes, declared: str = "") -> str:
    """The text of a file. `declared` is the encoding it names itself, "" where it names none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    stateful = declared.lower().startswith("iso-2022")  # its bytes are all valid UTF-8
    if not stateful:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    meant = _MEANT.get(declared.lower().replace("_", "-"), declared)
    try:
        return data.decode(meant or "utf-8")
    except (LookupError, UnicodeDecodeError):
        best = from_bytes(data).best()
        return str(best) if best else data.decode("windows-1252", errors="replace")
