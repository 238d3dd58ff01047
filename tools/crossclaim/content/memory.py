"""What earlier runs made, remembered in one folder that may be deleted at any time.

It holds one SQLite file, which a killed program leaves as it was before or as it is after. Values
are text and bytes, never code. Whatever cannot be accounted for is forgotten: all of it where this
program, an installed package or Python is another than then; and a store that cannot be read or
written is an empty one.
"""

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from crossclaim import files

FOLDER = ".crossclaim"
_FILE, _TOOLS = "memory.sqlite", "tools"
_SEAL = 4  # bytes
_NO_FAULT_OF_THE_FILE = tuple(
    f"SQLITE_{name}" for name in ("BUSY", "LOCKED", "READONLY", "CANTOPEN", "IOERR", "FULL", "PERM")
)
_PATIENCE = 0.5  # seconds for another program to finish writing
_Value = TypeVar("_Value")


class Memory:
    """A store of values: each has a kind, a name and the key of what it was made from."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._held: dict[tuple[str, str], tuple[str, object]] = {}
        self._database: sqlite3.Connection | None = None
        try:
            if self._folder.parent.joinpath("essays").is_dir():
                self._open()
        except (sqlite3.DatabaseError, OSError) as error:
            self._forget(error)

    def _open(self) -> None:
        make_folder(self._folder.parent)
        file = self._folder / _FILE
        self._database = sqlite3.connect(file, timeout=_PATIENCE, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE IF NOT EXISTS remembered (kind TEXT, name TEXT, key TEXT, value BLOB,"
            " PRIMARY KEY (kind, name)) WITHOUT ROWID",
        ):
            self._database.execute(statement)
        # Nobody else's memory either: what comes with a folder from elsewhere has another inode.
        stat = file.stat()
        known = f"{toolchain()} {stat.st_dev} {stat.st_ino}".encode()
        if self.get(_TOOLS, "") != known:
            self._change("DELETE FROM remembered", [()])
            self.write(_TOOLS, {"": ("", known)})

    def _forget(self, error: Exception) -> None:
        """Do without a store from now on; one that is broken is made anew by the next run."""
        self.close()
        name = getattr(error, "sqlite_errorname", "")
        if not isinstance(error, OSError) and not name.startswith(_NO_FAULT_OF_THE_FILE):
            with suppress(OSError):
                for file in self._folder.glob(f"{_FILE}*"):
                    file.unlink()

    def _select(self, columns: str, kind: str, name: str | None = None) -> list[tuple[Any, ...]]:
        if not self._database:
            return []
        query = f"SELECT {columns} FROM remembered WHERE kind = ?"
        try:
            if name is None:
                return self._database.execute(query, [kind]).fetchall()
            return self._database.execute(f"{query} AND name = ?", [kind, name]).fetchall()
        except sqlite3.DatabaseError as error:
            self._forget(error)
            return []

    def _rows(self, kind: str, name: str | None = None) -> Iterator[tuple[str, str, bytes]]:
        """The rows that are as they were written."""
        for row_name, key, value in self._select("name, key, value", kind, name):
            whole = isinstance(value, bytes)
            if whole and _sealed(kind, row_name, key, value[_SEAL:]) == value:
                yield row_name, key, value[_SEAL:]

    def get(self, kind: str, name: str, key: str = "") -> bytes | None:
        """The value of this name that was made from this key."""
        return next((value for _, of, value in self._rows(kind, name) if of == key), None)

    def read(self, kind: str, names: Iterable[str] | None = None) -> dict[str, tuple[str, bytes]]:
        """The keys and values of these names, or of all, as far as there are any."""
        wanted = [None] if names is None else names
        rows = (row for name in wanted for row in self._rows(kind, name))
        return {name: (key, value) for name, key, value in rows}

    def recall(
        self, kind: str, name: str, key: str, decode: Callable[[bytes], _Value]
    ) -> _Value | None:
        """The value of this name and key, decoded, and once for all in this process."""
        held = self._held.get((kind, name))
        if held and held[0] == key:
            return held[1]  # type: ignore[return-value]  # a kind's values are of one type
        value = self.get(kind, name, key)
        if value is None:
            return None
        try:
            decoded = decode(value)
        except (ValueError, TypeError, LookupError):
            return None
        self.hold(kind, name, key, decoded)
        return decoded

    def hold(self, kind: str, name: str, key: str, value: object) -> None:
        """Keep a value as it is for as long as this process goes on."""
        self._held[kind, name] = key, value

    def write(self, kind: str, values: Mapping[str, tuple[str, bytes]]) -> None:
        """Remember values with their keys; for good once committed."""
        if self._database and values:
            statement = "INSERT OR REPLACE INTO remembered VALUES (?, ?, ?, ?)"
            rows = [
                (kind, name, key, _sealed(kind, name, key, value))
                for name, (key, value) in values.items()
            ]
            self._change(statement, rows)

    def remove(self, kind: str, names: Iterable[str]) -> None:
        """Forget these names."""
        rows = [(kind, name) for name in names]
        if self._database and rows:
            self._change("DELETE FROM remembered WHERE kind = ? AND name = ?", rows)

    def keep(self, kind: str, names: Iterable[str]) -> None:
        """Forget all but these names."""
        kept = set(names)
        self.remove(kind, [name for (name,) in self._select("name", kind) if name not in kept])

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        try:
            if self._database:
                self._database.executemany(statement, rows)
        except sqlite3.DatabaseError as error:
            self._forget(error)

    def clear(self) -> None:
        """Forget everything but which tools are at work."""
        self._held.clear()
        self._change("DELETE FROM remembered WHERE kind != ?", [(_TOOLS,)])

    def commit(self) -> None:
        """Make what was written and removed last, all at once."""
        try:
            if self._database:
                self._database.commit()
        except sqlite3.DatabaseError as error:
            self._forget(error)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what is written meanwhile, or nothing of it where something fails."""
        try:
            yield
        except BaseException:
            if self._database:
                with suppress(sqlite3.DatabaseError):
                    self._database.rollback()
            raise
        self.commit()

    def close(self) -> None:
        """Let go of the file; what was not committed is forgotten."""
        if self._database:
            with suppress(sqlite3.DatabaseError):
                self._database.close()
            self._database = None


def make_folder(root: Path) -> None:
    """Make the folder of what is remembered, which no version control keeps. Raises OSError."""
    (root / FOLDER).mkdir(exist_ok=True)
    files.write_in_place(root / FOLDER / ".gitignore", b"*\n")


@contextmanager
def remembering(root: Path) -> Iterator[Memory]:
    """A collection's memory; what was written to it is kept unless something fails."""
    memory = Memory(root)
    try:
        with memory.transaction():
            yield memory
    finally:
        memory.close()


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """The right to write to a collection's folders; who else asks for it waits until it is free.

    Where the system has no such locks, whoever asks is given it.
    """
    handle = None
    try:
        import fcntl

        handle = os.open(root, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except (ImportError, OSError):
        pass
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


@cache
def toolchain() -> str:
    """A digest of all that is at work: this program's files, the installed packages, Python."""
    made = hashlib.sha256(sys.version.encode())
    for entry in sys.path:
        folder = Path(entry)
        names = sorted(path.name for path in folder.glob("*.dist-info")) if folder.is_dir() else ()
        made.update("\n".join(names).encode())
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*")):
        if path.suffix not in (".pyc", "") and path.is_file():
            made.update(f"{path.relative_to(package)}\n".encode())
            made.update(path.read_bytes())
    return made.hexdigest()


def _sealed(kind: str, name: str, key: str, value: bytes) -> bytes:
    """A value behind a checksum of it and of what it is: SQLite has none of its own."""
    check = zlib.crc32(value, zlib.crc32(f"{kind}\n{name}\n{key}".encode()))
    return check.to_bytes(_SEAL, "big") + value


def digest(*parts: str | bytes) -> str:
    """A digest of texts, one after the other, told apart."""
    data = [p if isinstance(p, bytes) else p.encode("utf-8", "surrogatepass") for p in parts]
    lengths = ",".join([str(len(part)) for part in data]).encode()
    return hashlib.sha256(b"".join([lengths, b":", *data])).hexdigest()
