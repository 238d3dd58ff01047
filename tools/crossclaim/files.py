"""Write files so that a reader never sees half of one, and an unchanged one stays untouched."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_WRITING = ".writing-"  # begins the name of a file that is not yet whole


class ReadOnly(PermissionError):
    """A file that its owner has protected; to put another in its place would pass over that."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EACCES, "the file is read-only", str(path))


def write_all(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write files in a folder, in this order; none where one is read-only. Raises OSError."""
    writes = {(folder / file).resolve(): _bytes(content) for file, content in contents.items()}
    for path, data in writes.items():
        if not _has(path, data):
            refuse_read_only(path)
    for path, data in writes.items():
        write(path, data)


def write(path: Path, content: str | bytes) -> bool:
    """Write a file whole or not at all; True if its content changed.

    Raises OSError that names this file, not the passing one beside it; ReadOnly where the file is
    protected. A file that has this content already keeps its time, so that whoever watches it does
    nothing.
    """
    data = _bytes(content)
    if _has(path, data):
        return False
    refuse_read_only(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _replace(path, data)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    return True


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _has(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def refuse_read_only(path: Path) -> None:
    """Raises ReadOnly; by the file's mode too, since a superuser may write all the same."""
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise ReadOnly(path)


def write_in_place(path: Path, data: bytes) -> bool:
    """Write a file that can be made again, should this be cut off; True if its content changed.

    Three times as quick as writing it whole or not at all. Raises OSError.
    """
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def remove_file(path: Path, within: Path) -> None:
    """Remove a file, and the folders in that folder which it leaves empty."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        for folder in path.parents[: len(path.relative_to(within).parts) - 1]:
            folder.rmdir()


@contextmanager
def taking_the_place_of(folder: Path) -> Iterator[Path]:
    """A new folder beside another, whose place it takes at the end; on an error nothing changes.

    A program that is ended meanwhile leaves the one or the other: what it left beside them is
    cleared away by the next. Raises OSError.
    """
    new, old = (_beside(folder, which) for which in ("new", "old"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    put_back(folder)
    for left in (new, old):
        _remove(left)
    new.mkdir()
    try:
        yield new
        if not folder.exists():
            new.rename(folder)
        elif not _exchanged(new, folder):
            folder.rename(old)
            try:
                new.rename(folder)
            except OSError:
                old.rename(folder)
                raise
    finally:
        _remove(new)
        _remove(old)


def put_back(folder: Path) -> None:
    """Put a folder back in its place, if a program was ended while another was to take it."""
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def _beside(folder: Path, which: str) -> Path:
    return folder.with_name(f".{folder.name}.crossclaim-{which}")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Two folders change places, at once; False where the system has no such call."""
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = rename(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def same_file_at(source: str, target: str) -> None:
    """A file at a second place: as a link to the same one where that can be, else as a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def is_leftover(path: str) -> bool:
    """Whether a file of this name was being written when the program was ended."""
    return path.rpartition("/")[2].startswith(_WRITING)


def remove_leftovers(folder: Path, paths: Iterable[str], seconds: float = 0) -> None:
    """Remove those of the files in a folder that were being written, so many seconds ago."""
    latest = time.time() - seconds
    for path in paths:
        if is_leftover(path):
            with suppress(OSError):
                if not seconds or (folder / path).stat().st_mtime < latest:
                    (folder / path).unlink()


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_WRITING)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
