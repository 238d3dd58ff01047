"""Changes of the editor's files: planned as values, everything checked, then written in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from crossclaim import files


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that changes: its path relative to the root, its text before and after.

    `to` is the path it gets, "" where it keeps its own.
    """

    file: str
    before: str
    after: str
    to: str = ""

    def lines(self) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
        """Every run of lines that changes: the first one's number, the lines before and after."""
        old, new = self.before.split("\n"), self.after.split("\n")
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield i + 1, tuple(old[i:j]), tuple(new[k:m])


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What a command does: the files it changes, in the order they are written; those it removes.

    The order is such that a run that was cut off can be given again, and does the rest.
    """

    changes: tuple[FileChange, ...]
    removed: tuple[str, ...] = ()


def write_changes(root: Path, planned: FileChanges) -> None:
    """Write the files, then remove those that go. Raises OSError."""
    for change in planned.changes:
        files.refuse_read_only((root / change.file).resolve())
    for change in planned.changes:
        files.write((root / change.file).resolve(), change.after)
        if change.to:
            (root / change.file).rename(root / change.to)
    for file in planned.removed:
        files.remove_file(root / file, within=root)
