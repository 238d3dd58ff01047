"""The docs folder: what of it the build writes, only where it changed, never over a person's file.

A page is made only if what it is made from is no longer what was remembered, or if its file is not
as the build left it. What the build wrote is also listed in the docs folder itself, so that it
knows its own where nothing is remembered.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from crossclaim import files
from crossclaim.content.memory import Memory, digest
from crossclaim.findings import Finding
from crossclaim.model import Place

# Pages the build wrote are listed here, so that the next build can tell its own from a person's.
MANIFEST = "assets/.crossclaim-pages"

# A file's size and when it was written, in nanoseconds: enough to see that somebody touched it.
Stat = tuple[int, int]
Content = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the docs folder: digests of all files, whose they are, how many changed."""

    digests: Mapping[str, str]
    own: frozenset[str]
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Record:
    """What is remembered of a file that the build wrote."""

    made_from: str
    digest: str
    stat: Stat


class DocsFolder:
    """The docs folder as it is, beside what is remembered of it."""

    _KIND = "docs"

    def __init__(self, docs: Path, memory: Memory) -> None:
        self.docs = docs
        self.memory = memory
        self.present = dict(file_stats(docs))
        self.key, record = memory.read(self._KIND, [""]).get("", ("", b"{}"))
        self.records = {
            path: _Record(made_from, of_content, (size, time))
            for path, (made_from, of_content, size, time) in json.loads(record).items()
        }
        self.listed = _manifest(docs)
        # Should somebody have removed the list, what is remembered is known by its stat.
        self.own = self.listed | set(filter(self.intact, self.records))
        self.changed = 0

    def intact(self, path: str) -> bool:
        """Whether a file is as the build left it."""
        record = self.records.get(path)
        return record is not None and self.present.get(path) == record.stat

    def is_whole(self, key: str) -> bool:
        """Whether all was made from the same collection, and is as the build left it."""
        listed = self.listed == self.records.keys()
        return self.key == key and listed and all(map(self.intact, self.records))

    def is_made_from(self, made_from: str, paths: Iterable[str]) -> bool:
        """Whether files are as the build left them, and would be made from the same again."""
        return all(self.intact(p) and self.records[p].made_from == made_from for p in paths)

    def write(self, content: Content, made_from: str = "") -> None:
        """Write files, those alone whose content is another, and remember them. Raises OSError."""
        for path, text in content.items():
            data = text.encode("utf-8") if isinstance(text, str) else text
            of_content = digest(data)
            if not (self.intact(path) and self.records[path].digest == of_content):
                self.changed += self._write(path, data)
            self.records[path] = _Record(made_from, of_content, self.present[path])

    def _write(self, path: str, data: bytes) -> bool:
        write = files.write if path == MANIFEST else files.write_in_place
        changed = write(self.docs / path, data)
        self.present[path] = _stat((self.docs / path).stat())
        return changed

    def remove_leftovers(self) -> None:
        """Remove what a build was writing when it was ended."""
        files.remove_leftovers(self.docs, self.present)
        self.present = {p: stat for p, stat in self.present.items() if not files.is_leftover(p)}

    def list_own(self, paths: Collection[str]) -> None:
        """List what is going to be written, so that a build that is cut off still knows its own."""
        self._list({*paths, *self.own})

    def _list(self, paths: Set[str]) -> None:
        self._write(MANIFEST, "".join(f"{path}\n" for path in sorted(paths)).encode())

    def finish(self, paths: Collection[str], key: str) -> Written:
        """Remove what the build once wrote and no longer does, and remember what it wrote now."""
        kept = set(paths)
        gone = sorted(self.own - kept)
        for path in gone:
            files.remove_file(self.docs / path, self.docs)
            self.present.pop(path, None)
        self.records = {path: self.records[path] for path in sorted(kept)}
        self._list(kept)
        rows = {p: (r.made_from, r.digest, *r.stat) for p, r in self.records.items()}
        self.memory.write(self._KIND, {"": (key, json.dumps(rows).encode())})
        return self.written(len(gone))

    def written(self, removed: int = 0) -> Written:
        """What stands in the folder now."""
        own = frozenset(self.records)
        digests = {path: self.records[path].digest for path in sorted(own)}
        digests |= {
            path: digest((self.docs / path).read_bytes())
            for path in sorted(self.present.keys() - own - {MANIFEST})
        }
        return Written(digests, own, self.changed, removed)


def file_stats(folder: Path) -> Iterator[tuple[str, Stat]]:
    """The files under a folder, each with its stat, by path relative to it; links are followed."""
    within = len(f"{folder}{os.sep}")
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if not (entry.is_symlink() and _leads_back(entry.path)):
                            waiting.append(entry.path)
                    elif entry.is_file():
                        path = entry.path[within:].replace(os.sep, "/")
                        yield path, _stat(entry.stat())
        except (FileNotFoundError, NotADirectoryError):
            continue


def _stat(of_file: os.stat_result) -> Stat:
    return of_file.st_size, of_file.st_mtime_ns


def _leads_back(link: str) -> bool:
    """Whether a linked folder is one of those that the link stands in."""
    folder, target = (os.path.realpath(path) + os.sep for path in (os.path.dirname(link), link))  # noqa: PTH120
    return folder.startswith(target)


def conflicts(
    folder: DocsFolder, paths: Collection[str], name: str, own_folder: str
) -> list[Finding]:
    """Findings for files somebody wrote by hand where a page would go.

    `name` is the docs folder's; `own_folder` is a folder in it that belongs to the build alone.
    """
    hint = "move it elsewhere; the build writes this page itself"
    message = "a file that the build did not write is in the way"
    by_hand = folder.present.keys() - folder.own
    folders = _folders(paths) | _folders([f"{own_folder}/"])
    wanted = paths if isinstance(paths, Set) else set(paths)
    conflicting = {
        path
        for path in by_hand | _folders(by_hand)
        if path in folders & by_hand or not wanted.isdisjoint(_results(path))
    }
    within = f"{own_folder}/"
    conflicting |= {
        path for path in by_hand if path.startswith(within) and not files.is_leftover(path)
    }
    return [
        Finding("page-in-the-way", Place(f"{name}/{path}"), message, hint)
        for path in sorted(conflicting)
    ]


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders that paths lead through."""
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def _results(source: str) -> tuple[str, ...]:
    """The pages that the renderer would write to the same place as this file."""
    stem, dot, ending = source.rpartition(".")
    if ending not in ("md", "html"):
        return (source,)
    folder, slash, name = stem.rpartition("/")
    index = (f"{folder}{slash}index.md",) if f"{name}.{ending}" == "README.md" else ()
    return (f"{stem}{dot}md", f"{stem}{dot}html", *index)


def _manifest(docs: Path) -> set[str]:
    """The pages the last build wrote; never a path that leads out of the folder."""
    try:
        paths = set((docs / MANIFEST).read_text("utf-8", errors="replace").split("\n")) - {""}
    except (FileNotFoundError, NotADirectoryError):
        return set()
    return {p for p in paths if not p.startswith("/") and ".." not in p.split("/")}
