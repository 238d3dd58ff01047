"""Read a collection from its folder: the only place that opens the editor's files."""

from pathlib import Path

from crossclaim.essay_file import read_essay
from crossclaim.findings import Finding
from crossclaim.model import Collection, Place
from crossclaim.registry import read_authors, read_claims

ESSAYS = "essays"
CLAIMS = f"{ESSAYS}/claims.yml"
AUTHORS = f"{ESSAYS}/authors.yml"
ORIGINALS = f"{ESSAYS}/originals"


def load(root: Path) -> tuple[Collection, list[Finding]]:
    """The collection under `root`, and what its files on their own have wrong.

    A file that cannot be read is left out, with a finding.
    """
    text, found = read_text(root, CLAIMS)
    claims, wrong = read_claims(text, CLAIMS)
    found += wrong
    text, wrong = read_text(root, AUTHORS)
    found += wrong
    authors, wrong = read_authors(text, AUTHORS)
    found += wrong
    names = {a.id: a.id for a in authors} | {a.name: a.id for a in authors}
    essays = []
    for path in sorted((root / ESSAYS).glob("*.md")):
        file = path.relative_to(root).as_posix()
        text, wrong = read_text(root, file)
        found += wrong
        if not wrong:
            essay, wrong = read_essay(text, file, path.stem, names)
            essays.append(essay)
            found += wrong
    originals = {
        path.relative_to(root / ESSAYS).as_posix()
        for path in (root / ORIGINALS).rglob("*")
        if path.is_file()
    }
    return Collection(tuple(essays), claims, authors, frozenset(originals)), found


def read_text(root: Path, file: str) -> tuple[str, list[Finding]]:
    """A file's text, line ends as they are; "" with a finding where it cannot be read."""
    try:
        data = (root / file).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "create the file, or make it readable"
        return "", [Finding("missing-file", Place(file), f"cannot be read: {reason}", hint)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [
            Finding("not-utf-8", Place(file, line), message, "save the file again as UTF-8")
        ]
