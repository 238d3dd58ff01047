"""Files that are zip archives (.docx, .epub): opened only if what they hold is of a sane size."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from crossclaim.importing.document import Unreadable

MOST_ENTRIES = 20_000
MOST_BYTES = 400_000_000  # unpacked, all together
MOST_TEXT = 60_000_000  # unpacked, of one part that is read
MOST_RATIO = 400  # unpacked to packed, for parts of some size; text comes to 20
_SOME_SIZE = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_AGAIN = "get the file again from where it came"


@dataclass(frozen=True, slots=True)
class Package:
    """An archive whose sizes were looked at before anything was unpacked."""

    archive: zipfile.ZipFile
    sizes: Mapping[str, int]

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    def read(self, name: str) -> bytes:
        """The bytes of a part, b"" where there is none. Raises Unreadable."""
        if name not in self.sizes:
            return b""
        if self.sizes[name] > MOST_TEXT:
            raise _too_large(name)
        try:
            with self.archive.open(name) as part:
                data = part.read(MOST_TEXT + 1)  # a header may lie about the size
        except Exception as error:  # damaged in any of a dozen ways
            raise Unreadable(f"the part “{name}” of the file is damaged", _AGAIN) from error
        if len(data) > MOST_TEXT:
            raise _too_large(name)
        return data


def opened(data: bytes, ending: str) -> Package:
    """The package in these bytes; `ending` is the file's kind (".docx"). Raises Unreadable."""
    if data.startswith(_OLE):
        raise Unreadable(
            "the file is an old or an encrypted Word document",
            "open it, take off the password if it has one, and save it as .docx",
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
    except Exception as error:  # zipfile raises half a dozen kinds
        raise Unreadable(f"the file is no {ending} file, or it is damaged", _AGAIN) from error
    if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_BYTES:
        raise _too_large("all of it")
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable("the file is encrypted", "save a copy without a password")
        if part.file_size > max(_SOME_SIZE, MOST_RATIO * part.compress_size):
            raise _too_large(part.filename)
    return Package(archive, {part.filename: part.file_size for part in parts})


def _too_large(name: str) -> Unreadable:
    return Unreadable(
        f"the file unpacks to far more than a text has ({name[:80]})",
        "look where it comes from; save the text alone as a new file",
    )
