"""A collection read from its folder: the only place that opens the editor's files."""

import re
from pathlib import Path

from crossclaim.content.essay import read_essay
from crossclaim.content.markdown import NestedTooDeeply
from crossclaim.content.registry import read_authors, read_claims
from crossclaim.content.second_readings import read_readings
from crossclaim.findings import Finding
from crossclaim.model import Collection, Place, SecondReading

ESSAYS = "essays"
CLAIMS = f"{ESSAYS}/claims.yml"
AUTHORS = f"{ESSAYS}/authors.yml"
AGREEMENT = f"{ESSAYS}/agreement.yml"
ORIGINALS = f"{ESSAYS}/originals"


def load(root: Path) -> tuple[Collection, list[Finding]]:
    """The collection under `root`, and what its files on their own have wrong.

    A file that cannot be read is left out, with a finding.
    """
    text, findings = read_text(root, CLAIMS)
    claims, wrong = read_claims(text, CLAIMS)
    findings += wrong
    text, wrong = read_text(root, AUTHORS)
    findings += wrong
    authors, wrong = read_authors(text, AUTHORS)
    findings += wrong
    names = {a.id: a.id for a in authors} | {a.name: a.id for a in authors}
    essays = []
    for path in essay_files(root):
        file = path.relative_to(root).as_posix()
        text, wrong = read_text(root, file)
        findings += wrong
        if wrong:
            continue
        try:
            essay, wrong = read_essay(text, file, path.stem, names)
        except NestedTooDeeply:
            findings.append(too_deep(file))
            continue
        essays.append(essay)
        findings += wrong
    findings += _ignored(root)
    originals = {
        path.relative_to(root / ESSAYS).as_posix()
        for path in (root / ORIGINALS).rglob("*")
        if path.is_file()
    }
    readings, wrong = _readings(root)
    findings += wrong
    return Collection(tuple(essays), claims, authors, frozenset(originals), readings), findings


def _readings(root: Path) -> tuple[tuple[SecondReading, ...], list[Finding]]:
    """The second readings; most collections have none."""
    if not (root / AGREEMENT).exists():
        return (), []
    text, findings = read_text(root, AGREEMENT)
    readings, wrong = read_readings(text, AGREEMENT)
    return readings, findings + wrong


def essay_files(root: Path) -> list[Path]:
    """The essays' files in order, as `essays_in` has them."""
    return essays_in(root / ESSAYS)


def essays_in(folder: Path) -> list[Path]:
    """The essays in a folder, in order; what an editor or a system hides with a dot is none."""
    paths = sorted(folder.glob("*.md"), key=lambda path: _natural_order(path.name))
    return [path for path in paths if path.is_file() and not path.name.startswith(".")]


def _natural_order(name: str) -> tuple[list[tuple[str, int]], str]:
    """A sort key by which a number in a name counts as one: “e2” comes before “e10”."""
    parts = re.findall(r"([^0-9]*)([0-9]*)", name)
    return [(text, int(digits or -1)) for text, digits in parts], name


def _ignored(root: Path) -> list[Finding]:
    """Files that look like essays and are not read."""
    known = set(essay_files(root))
    return [
        Finding(
            "ignored-file",
            Place(path.relative_to(root).as_posix()),
            "this looks like an essay, but is not read",
            "put it directly under essays/, with a name that ends in .md",
        )
        for path in sorted((root / ESSAYS).rglob("*"))
        if path.suffix.lower() in (".md", ".markdown")
        and path not in known
        and path.is_file()
        and not path.name.startswith(".")
        and root / ORIGINALS not in path.parents
    ]


def read_text(root: Path, file: str) -> tuple[str, list[Finding]]:
    """A file's text, line ends as they are; "" with a finding where it cannot be read."""
    try:
        data = (root / file).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "create the file, or make it readable"
        return "", [Finding("missing-file", Place(file), f"cannot be read: {reason}", hint)]
    return decoded(data, file)


def decoded(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text that a file's bytes are; "" with a finding where they are none."""
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file again as UTF-8"
        return "", [Finding("not-utf-8", Place(file, line), message, hint)]


def too_deep(file: str) -> Finding:
    """The finding for an essay whose lists or quotations exhaust the parser's recursion."""
    message, hint = "lists or quotations nest too deeply", "take the outer ones away"
    return Finding("too-deep", Place(file), message, hint)
