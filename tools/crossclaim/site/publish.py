"""The pages, written under the docs folder: only what changed, and nothing over a person's file."""

from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from crossclaim import files
from crossclaim.findings import Finding
from crossclaim.model import Place

# Pages the build wrote are listed here, so that the next build can tell its own from a person's.
MANIFEST = "assets/.crossclaim-pages"


def conflicts(docs: Path, paths: Collection[str], name: str, own_folder: str) -> list[Finding]:
    """Findings for files somebody wrote by hand where a page would go.

    `name` is the docs folder's; `own_folder` is a folder in it that belongs to the build alone.
    """
    ours = _manifest(docs)
    hint = "move it elsewhere; the build writes this page itself"
    message = "a file that the build did not write is in the way"
    conflicting = {
        source
        for path in paths
        for source in _sources(path)
        if source not in ours and (docs / source).exists()
    }
    folders = {parent.as_posix() for path in paths for parent in Path(path).parents}
    conflicting |= {folder for folder in {*folders, own_folder} if (docs / folder).is_file()}
    present = {f"{own_folder}/{path.name}" for path in (docs / own_folder).glob("*")}
    conflicting |= present - ours
    return [
        Finding("page-in-the-way", Place(f"{name}/{path}"), message, hint)
        for path in sorted(conflicting)
    ]


def write_pages(docs: Path, pages: Mapping[str, str | bytes]) -> tuple[int, int]:
    """Write every page, remove those that are no more; how many were written and removed.

    Raises OSError. A page whose text is the same is left alone.
    """
    gone = sorted(_manifest(docs) - set(pages))
    # Listed before they are written: a build that is cut off still knows its own.
    files.write(docs / MANIFEST, "".join(f"{path}\n" for path in sorted({*pages, *gone})))
    changed = sum(files.write(docs / path, text) for path, text in pages.items())
    for path in gone:
        (docs / path).unlink(missing_ok=True)
    files.write(docs / MANIFEST, "".join(f"{path}\n" for path in sorted(pages)))
    return changed, len(gone)


def _sources(path: str) -> tuple[str, ...]:
    """The page's own file and others that the renderer would write to the same place."""
    stem, dot, ending = path.rpartition(".")
    if ending not in ("md", "html"):
        return (path,)
    folder, slash, name = stem.rpartition("/")
    readme = (f"{folder}{slash}README.md",) if name == "index" else ()
    return (f"{stem}{dot}md", f"{stem}{dot}html", *readme)


def _manifest(docs: Path) -> set[str]:
    """The pages the last build wrote; never a path that leads out of the folder."""
    try:
        paths = set((docs / MANIFEST).read_text("utf-8", errors="replace").split("\n")) - {""}
    except FileNotFoundError:
        return set()
    return {p for p in paths if not PurePosixPath(p).is_absolute() and ".." not in p.split("/")}
