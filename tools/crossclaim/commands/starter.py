"""A new collection, written from nothing but the installed package."""

from importlib.abc import Traversable
from importlib.resources import files as packaged
from pathlib import Path

from crossclaim import files
from crossclaim.content.yaml_edit import scalar
from crossclaim.findings import Finding
from crossclaim.model import Place

_TITLE = "THE-TITLE"  # stands in the starter for what the collection is called
# A wheel's builder may leave files out that begin with a dot, so that none does in the package.
_NAMES = {"gitignore": ".gitignore"}
_MAY_BE_THERE = {".git"}


def start(folder: Path, title: str) -> list[Finding]:
    """Write a collection with one worked example to a new or empty folder.

    A finding where there is something already. Raises OSError; what was written until then is
    taken away again.
    """
    if folder.exists() and not folder.is_dir():
        return [_in_the_way(folder, "a file of this name is there already")]
    if folder.is_dir() and {path.name for path in folder.iterdir()} - _MAY_BE_THERE:
        return [_in_the_way(folder, "the folder is not empty")]
    before = {folder, *folder.parents}
    written: list[Path] = []
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for name, text in _files(title).items():
            written.append(folder / name)
            files.write(folder / name, text)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        inside = {parent for path in written for parent in path.parents} - before
        for path in [*sorted(inside, reverse=True), *missing]:
            if path.is_dir():
                path.rmdir()
        raise
    return []


def name_of(folder: Path) -> str:
    """What a collection is called if nobody says: its folder's name, in words."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").split()
    return " ".join(words)[:1].upper() + " ".join(words)[1:] or "Essays"


def _files(title: str) -> dict[str, str]:
    """Every file of a new collection: path and text."""
    return {
        _NAMES.get(path, path): text.replace(_TITLE, _spelled(path, title))
        for path, text in _texts(packaged("crossclaim.commands") / "starter_files").items()
    }


def _spelled(path: str, title: str) -> str:
    return scalar(title, quote='"') if path.endswith(".yml") else title


def _texts(folder: Traversable, within: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        if part.is_dir():
            texts |= _texts(part, f"{within}{part.name}/")
        else:
            texts[within + part.name] = part.read_text("utf-8")
    return texts


def _in_the_way(folder: Path, message: str) -> Finding:
    hint = "name a folder that is new or empty"
    return Finding("already-added", Place(folder.as_posix()), message, hint)
