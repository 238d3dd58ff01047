"""Files are written whole or not at all, and keep what is theirs."""

from pathlib import Path

import pytest

from collections_made import tree
from crossclaim import files


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_file_is_written_with_its_folders_and_says_whether_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "a/b/c.txt"
    assert files.write(path, "Tee für alle\n")
    assert path.read_bytes() == "Tee für alle\n".encode()
    assert mode(path) == 0o644
    before = path.stat().st_ino
    assert not files.write(path, "Tee für alle\n".encode())
    assert path.stat().st_ino == before, "the same content is left alone"
    assert files.write(path, b"other")
    assert tree(tmp_path) == {"a/b/c.txt": b"other"}


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    path.chmod(0o600)
    files.write(path, "after")
    assert (path.read_text(), mode(path)) == ("after", 0o600)


def test_a_read_only_file_is_refused_and_with_it_all_that_goes_along(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("before")
    (tmp_path / "b.txt").chmod(0o444)
    with pytest.raises(files.ReadOnly, match="the file is read-only") as caught:
        files.write_all(tmp_path, {"a.txt": "after", "b.txt": "after", "new.txt": "after"})
    assert caught.value.filename == str(tmp_path / "b.txt")
    assert tree(tmp_path) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), b"before")
    with pytest.raises(files.ReadOnly):
        files.write(tmp_path / "b.txt", "after")
    files.write_all(tmp_path, {"a.txt": "after", "b.txt": "before"})
    assert (tmp_path / "a.txt").read_text() == "after", "what stays as it is may be read-only"


def test_what_cannot_be_written_is_named_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left") as caught:
        files.write(path, "after")
    assert (caught.value.filename, caught.value.filename2) == (str(path), None)
    assert tree(tmp_path) == {"a.txt": b"before"}
