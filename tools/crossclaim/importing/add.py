"""Originals added to the collection: what is to be written, as values; then the writing."""

from dataclasses import dataclass
from pathlib import Path

from crossclaim import files
from crossclaim.content.collection import (
    AUTHORS,
    ESSAYS,
    ORIGINALS,
    decoded,
    essay_files,
    read_text,
)
from crossclaim.content.registry import read_authors
from crossclaim.content.yaml_edit import CannotEdit, with_entry
from crossclaim.findings import Finding, errors
from crossclaim.importing import compose, formats, people
from crossclaim.importing.document import Document, Kind, Unreadable
from crossclaim.importing.update.changes import Change
from crossclaim.importing.update.choice import Sought, choose
from crossclaim.importing.update.front_matter import with_metadata
from crossclaim.importing.update.update import ExistingEssay, read_existing, update
from crossclaim.model import Place, Step
from crossclaim.names import free_id, is_id, slug

_MOST = 200_000_000  # bytes; no essay is as large


@dataclass(frozen=True, slots=True)
class Request:
    """A request to add a file, with the title, author and id where the text does not tell.

    `update` is the id of an essay that it updates however much the texts differ.
    """

    source: Path
    title: str = ""
    author: str = ""
    essay: str = ""
    update: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """An original, read, and the files to write: path relative to the root, content.

    `before` is the essay's text as it stands, "" for a new one; `changes` are what an update does.
    """

    document: Document
    file: str
    writes: tuple[tuple[str, bytes], ...]
    new_author: bool
    before: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def passages(self) -> int:
        """How many passages the original has."""
        return sum(block.kind is not Kind.HEADING for block in self.document.blocks)

    @property
    def text(self) -> str:
        """The essay's text as it will be."""
        return dict(self.writes).get(self.file, self.before.encode()).decode()


def plan_addition(
    root: Path, request: Request, step: Step | None = None
) -> tuple[Addition | None, list[Finding]]:
    """What adding a file would write, or None and why it cannot be added. Writes nothing."""
    document, data, findings = _read(request, step)
    if document is None:
        return None, findings
    files_data = {path.stem: path.read_bytes() for path in essay_files(root)}
    essays = [read_existing(id, own) for id, own in files_data.items() if not decoded(own, "")[1]]
    here = Place(str(request.source))
    sought = Sought(request.source.name, document, here, request.essay, request.update)
    essay, findings = choose(essays, sought)
    if errors(findings):
        return None, findings
    if essay:
        return _updated(root, request, data, essay, document)
    findings += _obstacles(document, sought.id, root, request)
    if errors(findings):
        return None, findings
    addition, wrong = _new_essay(root, request.source, data, document, sought.id)
    return addition, findings + wrong


def _updated(
    root: Path, request: Request, data: bytes, essay: ExistingEssay, document: Document
) -> tuple[Addition | None, list[Finding]]:
    document = _with_facts_of(essay, data, request.source.suffix, document)
    given = {key: value for key in ("title", "author") if (value := getattr(request, key))}
    text, changes = update(essay, _base(root, essay), document, given)
    original, writes = _original(root, request.source, data, essay.original)
    text = with_metadata(text, "original", original) if original != essay.original else text
    new, wrong = False, list[Finding]()
    if read_existing(essay.id, text.encode()).authors != essay.authors:
        new, authors, wrong = _with_their_authors(root, document)
        writes += authors
    file = f"{ESSAYS}/{essay.id}.md"
    if text != essay.text:
        writes.append((file, essay.encoded(text)))
    addition = Addition(document, file, tuple(writes), new, essay.text, changes)
    return (None, wrong) if wrong else (addition, [])


def _read(request: Request, step: Step | None) -> tuple[Document | None, bytes, list[Finding]]:
    source, here = request.source, Place(str(request.source))
    if source.parts and source.parts[0].lower() in ("http:", "https:"):
        message = "this is an address, and nothing is fetched from other hosts"
        hint = "save the page in your browser, and add the file"
        return None, b"", [Finding("missing-file", here, message, hint)]
    try:
        if source.stat().st_size > _MOST:
            message, hint = "the file is larger than any essay", "look whether it is the right file"
            return None, b"", [Finding("unreadable-original", here, message, hint)]
        data = source.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return None, b"", [Finding("missing-file", here, message, "name a file that exists")]
    title, author = " ".join(request.title.split()), " ".join(request.author.split())
    try:
        return formats.read_original(data, source.suffix, title, author, step), data, []
    except Unreadable as error:
        return None, data, [Finding("unreadable-original", here, error.message, error.hint)]


def _base(root: Path, essay: ExistingEssay) -> Document | None:
    """The essay's former original, read as it would be today; None where it cannot be."""
    path = root / ESSAYS / essay.original
    if not essay.original or not path.is_file():
        return None
    data = path.read_bytes()
    try:
        return _with_facts_of(
            essay, data, path.suffix, formats.read_original(data, path.suffix, "", "")
        )
    except Unreadable:
        return None


def _with_facts_of(essay: ExistingEssay, data: bytes, suffix: str, document: Document) -> Document:
    """The document, read again with the essay's title and author where it tells none itself."""
    if document.title and document.author:
        return document
    author = document.author or people.join_names(essay.authors)
    return formats.read_original(data, suffix, document.title or essay.title, author)


def _original(
    root: Path, source: Path, data: bytes, former: str
) -> tuple[str, list[tuple[str, bytes]]]:
    """Where an original is kept, relative to essays/, and what must be written for it.

    One that is kept already is never written over: a later version gets a number.
    """
    folder = Path(ORIGINALS).name
    if former and (kept := root / ESSAYS / former).is_file() and kept.read_bytes() == data:
        return former, []
    count, name = 1, source.name
    while (root / ORIGINALS / name).exists() and (root / ORIGINALS / name).read_bytes() != data:
        count += 1
        name = f"{source.stem}.{count}{source.suffix}"
    return f"{folder}/{name}", [(f"{ORIGINALS}/{name}", data)]


def _obstacles(document: Document, essay_id: str, root: Path, request: Request) -> list[Finding]:
    """Why a document cannot become a new essay."""
    here, findings = Place(str(request.source)), []
    if not document.blocks:
        message, hint = "no essay was found in the file", "look whether it is the right file"
        findings.append(Finding("unreadable-original", here, message, hint))
    if document.blocks and not document.title:
        message, hint = "no title was found in the text", "name one: --title “On engines”"
        findings.append(Finding("missing-metadata", here, message, hint))
    if not document.author:
        message, hint = "no author was found in the text", "name one: --author “Ada Byron”"
        findings.append(Finding("missing-metadata", here, message, hint))
    if not is_id(essay_id):
        message = f"“{essay_id}” cannot be the id of a page"
        findings.append(Finding("bad-id", here, message, "choose one: --id ada-on-engines"))
    elif (root / ESSAYS / f"{essay_id}.md").exists():
        message, hint = f"the essay “{essay_id}” exists", "choose another id with --id"
        findings.append(Finding("already-added", Place(f"{ESSAYS}/{essay_id}.md"), message, hint))
    return findings


def _new_essay(
    root: Path, source: Path, data: bytes, document: Document, essay_id: str
) -> tuple[Addition | None, list[Finding]]:
    original, writes = _original(root, source, data, "")
    new, authors, wrong = _with_their_authors(root, document)
    file = f"{ESSAYS}/{essay_id}.md"
    writes += [*authors, (file, compose.essay_text(document, original).encode())]
    return (None, wrong) if wrong else (Addition(document, file, tuple(writes), new), [])


def _with_their_authors(
    root: Path, document: Document
) -> tuple[bool, list[tuple[str, bytes]], list[Finding]]:
    """Whether a document has a new author, and `authors.yml` with the new ones; or what forbids."""
    text, findings = read_text(root, AUTHORS)
    authors, wrong = read_authors(text, AUTHORS)
    if (root / AUTHORS).exists() and (findings or wrong):
        return False, [], findings + wrong
    known = {name for a in authors for name in (a.name, a.id)}
    new = [name for name in people.author_names(document.author) if name not in known]
    try:
        changed = _with_authors(text, new, {a.id for a in authors}, document) if new else ""
    except CannotEdit as error:
        hint = "write it as a list of entries that each start with “- ” at the margin"
        return False, [], [Finding("wrong-shape", Place(AUTHORS), str(error), hint)]
    return bool(new), [(AUTHORS, changed.encode())] if new else [], []


def _with_authors(text: str, new: list[str], taken: set[str], document: Document) -> str:
    """The text of `authors.yml` with entries for new authors; whom a biography names has it.

    Raises CannotEdit.
    """
    biography = document.biography
    about = next(
        (name for name in people.author_names(document.author) if name in biography), new[0]
    )
    for name in new:
        author_id = free_id(slug(name), taken)
        taken = {*taken, author_id}
        entry = compose.author_entry(author_id, name, biography if name == about else "")
        text = with_entry(text, entry)
    return text


def write_addition(root: Path, addition: Addition) -> None:
    """Write the files of an addition, the essay last. Raises OSError."""
    for file, content in addition.writes:
        files.write(root / file, content)
