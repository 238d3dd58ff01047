"""The files that one `add` is of: those named, those of a folder, the rows of a list."""

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crossclaim.content.collection import ESSAYS, ORIGINALS, decoded
from crossclaim.content.settings import SETTINGS
from crossclaim.findings import Finding
from crossclaim.importing import dates
from crossclaim.importing.formats import READERS
from crossclaim.model import Place, Publish
from crossclaim.names import did_you_mean, slug

# What may be given with a file, and stands then for what the file says.
FACTS = ("publication", "date", "language", "rights", "address", "publish")
COLUMNS = ("file", "title", "author", "id", *FACTS)
_ABOUT_FILES = {"readme", "license", "licence", "copying", "notice", "changelog", "contributing"}
_ABOUT_FILES |= {"code_of_conduct", "_index", "404"}
_OWN_FOLDERS = ("docs", "site", ESSAYS)  # of a collection


@dataclass(frozen=True, slots=True)
class Request:
    """A request to add a file, with what is given about it; "" is what the text has to tell.

    `facts` are those of `FACTS` that are given. `update` is the id of an essay that is updated,
    however much the texts differ. `place` is the row of a list that asks for it.
    """

    source: Path
    title: str = ""
    author: str = ""
    essay: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    update: str = ""
    place: Place | None = None

    @property
    def given(self) -> dict[str, str]:
        """The fields of an essay's front matter that are given."""
        fields = {"title": self.title, "author": self.author, **self.facts}
        return {key: value for key, value in fields.items() if value}

    def finding(self, code: str, message: str, hint: str, line: int = 1) -> Finding:
        """What is wrong with the file, at its place, or at its row of a list."""
        return self.placed(Finding(code, Place(str(self.source), line), message, hint))

    def placed(self, finding: Finding) -> Finding:
        """What is wrong, at the row of a list where there is one."""
        message = f"{self.source.name}: {finding.message}"
        return replace(finding, place=self.place, message=message) if self.place else finding


def readable_files(
    named: Sequence[Path], root: Path
) -> tuple[list[Path], list[Path], list[Finding]]:
    """The files named, those of folders among them in order, which were passed over, what is wrong.

    A folder is gone through with all in it, but for what is hidden, what a browser saved beside a
    page, files about the others (a readme, a licence), and a collection's own folders.
    """
    sources: dict[Path, Path] = {}
    passed: list[Path] = []
    findings = []
    for path in named:
        inside = sorted(_walk(path)) if _is_folder(path, root) else [path]
        of_folder = inside != [path]
        taken = [each for each in inside if not of_folder or _is_essay(each, inside)]
        passed += [each for each in inside if each not in taken]
        if of_folder and not taken:
            hint = f"name files, or a folder of files that end in {', '.join(READERS)}"
            message = "the folder holds nothing that can be read"
            findings.append(Finding("missing-file", Place(str(path)), message, hint))
        for each in taken:
            sources.setdefault(each.resolve(), each)
    return [*sources.values()], passed, findings


def _is_folder(path: Path, root: Path) -> bool:
    """Whether a path is a folder to go through: the collection's own essays are added already."""
    own, here = (root / ESSAYS).resolve(), path.resolve()
    return path.is_dir() and (not here.is_relative_to(own) or here == (root / ORIGINALS).resolve())


def _walk(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):  # which follows no links to folders
        own = _OWN_FOLDERS if SETTINGS in files and ESSAYS in folders else ()
        pages = [Path(file).stem for file in files if Path(file).suffix.lower().startswith(".htm")]
        folders[:] = [
            each
            for each in folders
            if not each.startswith((".", "__"))
            and each not in own
            and not any(re.fullmatch(rf"{re.escape(page)}[_-]\w+", each) for page in pages)
        ]
        yield from (Path(name, file) for file in files if not file.startswith("."))


def _is_essay(path: Path, inside: Sequence[Path]) -> bool:
    """Whether a file of a folder is to be read; an index beside others only lists them."""
    if path.suffix.lower() not in READERS or path.stem.lower() in _ABOUT_FILES:
        return False
    beside = (each for each in inside if each.is_relative_to(path.parent) and each != path)
    return path.stem != "index" or not any(each.suffix.lower() in READERS for each in beside)


def request_of(source: Path, given: Mapping[str, str], place: Place | None = None) -> Request:
    """The request to add a file, with what is given, by column.

    A file called “index” has the id of its folder.
    """
    essay = given.get("id", "")
    if not essay and source.stem == "index":
        essay = slug(source.resolve().parent.name, most=12)
    facts = {key: given[key] for key in FACTS if given.get(key)}
    title, author, update = (given.get(key, "") for key in ("title", "author", "update"))
    return Request(source, title, author, essay, facts, update, place)


def checked_fact(name: str, value: str) -> tuple[str, str]:
    """A fact as it is written into an essay, and what is wrong with it, or ""."""
    value = " ".join(value.split())
    if not value:
        return "", ""
    if name == "date":
        day = dates.iso_date(value)
        return day, "" if day else f"“{value}” is no certain date — write it as 1787-11-22"
    if name == "publish" and value not in set(Publish):
        hint = did_you_mean(value, tuple(Publish), "write full, excerpt or claims")
        return "", f"“{value}” is no way to publish — {hint}"
    if name == "language" and not re.fullmatch(r"[a-zA-Z]{2,3}(-\w+)*", value):
        return "", f"“{value}” is no language's code — write en, de, fr-CA"
    if name == "address" and not re.match(r"https?://\S+\Z", value):
        return "", f"“{value}” is no address — write it from https:// on"
    return value, ""


def read_list(path: Path, given: Mapping[str, str]) -> tuple[list[Request], list[Finding]]:
    """The requests of a list of files, a row each; `given` is what a row leaves open.

    The first line names the columns, between commas, semicolons or tabs; files are looked for from
    the list's own folder.
    """
    file = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return [], [Finding("missing-file", Place(file), message, "name a list that exists")]
    text, findings = decoded(data.removeprefix(b"\xef\xbb\xbf"), file)
    if findings:
        return [], findings
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        hint = "save it again as a table of comma-separated values"
        return [], [Finding("wrong-shape", Place(file), f"the list cannot be read: {error}", hint)]
    header = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if findings := list(_header_findings(header, file)):
        return [], findings
    requests: dict[Path, Request] = {}
    for line, cells in rows[1:]:
        place = Place(file, line)
        request, wrong = _row(header, cells, path.parent, given, place)
        findings += wrong
        if request and request.source.resolve() in requests:
            before = requests[request.source.resolve()].place
            message = f"“{request.source.name}” stands in the list already, at {before}"
            findings.append(Finding("wrong-shape", place, message, "take one of the rows out"))
        elif request:
            requests[request.source.resolve()] = request
    if not requests and not findings:
        hint = "write a row for each file below the names of the columns"
        findings.append(Finding("wrong-shape", Place(file), "the list names no file", hint))
    return [*requests.values()], findings


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its line; empty ones are passed over. Raises csv.Error."""
    opening = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=opening.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _header_findings(header: Sequence[str], file: str) -> Iterator[Finding]:
    for name in header:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS, f"the columns are {', '.join(COLUMNS)}")
            yield Finding("wrong-shape", Place(file), f"“{name}” is no column of a list", hint)
        elif header.count(name) > 1:
            message = f"the column “{name}” stands twice"
            yield Finding("wrong-shape", Place(file), message, "take one of them out")
    if "file" not in header:
        hint = f"name the columns in the first line: {', '.join(COLUMNS)}"
        yield Finding("wrong-shape", Place(file), "the list has no column “file”", hint)


def _row(
    header: Sequence[str],
    cells: Sequence[str],
    folder: Path,
    given: Mapping[str, str],
    place: Place,
) -> tuple[Request | None, list[Finding]]:
    """A row's request, and what is wrong with the row."""
    if any(cell.strip() for cell in cells[len(header) :]):
        message = f"the row has {len(cells)} cells, the first line {len(header)}"
        hint = "put a text that holds the separator between quotation marks"
        return None, [Finding("wrong-shape", place, message, hint)]
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    findings, facts = [], dict(given)
    for name, cell in row.items():
        value, complaint = checked_fact(name, cell)
        if complaint:
            message, _, hint = complaint.partition(" — ")
            findings.append(Finding("wrong-shape", place, message, hint))
        elif value:
            facts[name] = value
    name = row["file"]
    if not name:
        findings.append(Finding("wrong-shape", place, "the row names no file", "fill in “file”"))
    elif not (folder / name).is_file():
        hint = "name it as seen from the list's folder"
        findings.append(Finding("missing-file", place, f"there is no file “{name}”", hint))
    return (None if findings else request_of(folder / name, facts, place)), findings
