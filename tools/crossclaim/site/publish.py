"""Write the pages under the docs folder: only what changed, and nothing over a person's file."""

from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from crossclaim import files
from crossclaim.findings import Finding
from crossclaim.model import Place

# Pages the build wrote are listed here, so that the next build can tell its own from a person's.
MANIFEST = "assets/.crossclaim-pages"


def obstacles(docs: Path, paths: Collection[str], name: str, whole: str) -> list[Finding]:
    """Findings for files somebody wrote by hand where a page would go.

    `name` is the docs folder's; `whole` is a folder in it that belongs to the build alone.
    """
    ours = _written(docs)
    hint = "move it elsewhere; the build writes this page itself"
    message = "a file that the build did not write is in the way"
    blocked = {
        rival
        for path in paths
        for rival in _rivals(path)
        if rival not in ours and (docs / rival).exists()
    }
    folders = {parent.as_posix() for path in paths for parent in Path(path).parents}
    blocked |= {folder for folder in {*folders, whole} if (docs / folder).is_file()}
    held = (f"{whole}/{path.name}" for path in (docs / whole).glob("*"))
    blocked |= {path for path in held if path not in ours}
    return [
        Finding("page-in-the-way", Place(f"{name}/{path}"), message, hint)
        for path in sorted(blocked)
    ]


def write_pages(docs: Path, made: Mapping[str, str | bytes]) -> tuple[int, int]:
    """Write every page, remove those that are no more; how many were written and removed.

    Raises OSError. A page whose text is the same is left alone.
    """
    gone = sorted(_written(docs) - set(made))
    # Listed before they are written: a build that is cut off still knows its own.
    files.write(docs / MANIFEST, "".join(f"{path}\n" for path in sorted({*made, *gone})))
    changed = sum(files.write(docs / path, text) for path, text in made.items())
    for path in gone:
        (docs / path).unlink(missing_ok=True)
    files.write(docs / MANIFEST, "".join(f"{path}\n" for path in sorted(made)))
    return changed, len(gone)


def _rivals(path: str) -> tuple[str, ...]:
    """The page's own file and others that the renderer would write to the same place."""
    stem, dot, ending = path.rpartition(".")
    if ending not in ("md", "html"):
        return (path,)
    folder, slash, name = stem.rpartition("/")
    readme = (f"{folder}{slash}README.md",) if name == "index" else ()
    return (f"{stem}{dot}md", f"{stem}{dot}html", *readme)


def _written(docs: Path) -> set[str]:
    """The pages the last build wrote; never a path that leads out of the folder."""
    try:
        listed = set((docs / MANIFEST).read_text("utf-8", errors="replace").split("\n")) - {""}
    except FileNotFoundError:
        return set()
    return {p for p in listed if not PurePosixPath(p).is_absolute() and ".." not in p.split("/")}
