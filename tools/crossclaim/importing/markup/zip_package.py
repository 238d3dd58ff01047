"""Packages: zip archives (.docx, .epub), opened only if they unpack to a sane size."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from crossclaim.importing.document import Unreadable

_MAX_PARTS = 20_000
_MAX_BYTES = 400_000_000  # unpacked, all together
_MAX_PART = 60_000_000  # unpacked, of one part that is read
_MAX_RATIO = 400  # unpacked to packed, for parts of some size; text comes to 20
_SMALL = 1_000_000  # bytes, unpacked; smaller parts may be packed as they like
_OLE = b"\xd0\xcf\x11\xe0"
_AGAIN = "get the file again from where it came"


@dataclass(frozen=True, slots=True)
class ZipPackage:
    """A zip archive whose parts' sizes in bytes were checked before anything was unpacked."""

    archive: zipfile.ZipFile
    sizes: Mapping[str, int]

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    def read(self, name: str) -> bytes:
        """The bytes of a part, b"" where there is none. Raises Unreadable."""
        if name not in self.sizes:
            return b""
        if self.sizes[name] > _MAX_PART:
            raise _too_large(name)
        try:
            with self.archive.open(name) as part:
                data = part.read(_MAX_PART + 1)  # a header may lie about the size
        except Exception as error:  # damaged in any of a dozen ways
            raise Unreadable(f"the part “{name}” of the file is damaged", _AGAIN) from error
        if len(data) > _MAX_PART:
            raise _too_large(name)
        return data


def open_package(data: bytes, ending: str) -> ZipPackage:
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
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_BYTES:
        raise _too_large("all of it")
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable("the file is encrypted", "save a copy without a password")
        if part.file_size > max(_SMALL, _MAX_RATIO * part.compress_size):
            raise _too_large(part.filename)
    return ZipPackage(archive, {part.filename: part.file_size for part in parts})


def _too_large(name: str) -> Unreadable:
    return Unreadable(
        f"the file unpacks to far more than a text has ({name[:80]})",
        "look where it comes from; save the text alone as a new file",
    )
