"""Add an original to the collection: what is to be written, as values; then the writing."""

from dataclasses import dataclass
from pathlib import Path

from crossclaim import compose, files
from crossclaim.collection import AUTHORS, ESSAYS, ORIGINALS, decoded, read_text
from crossclaim.findings import Finding
from crossclaim.model import Place
from crossclaim.names import free_id, is_id, slug
from crossclaim.reading.document import Document, Kind
from crossclaim.reading.plain import read_plain
from crossclaim.registry import read_authors

READERS = {".txt": read_plain, ".text": read_plain}


@dataclass(frozen=True, slots=True)
class Addition:
    """An original, read, and the files that will hold it: path relative to the root, content."""

    document: Document
    file: str
    writes: tuple[tuple[str, bytes], ...]
    new_author: bool

    @property
    def passages(self) -> int:
        """How many passages the essay has."""
        return sum(block.kind is not Kind.HEADING for block in self.document.blocks)


def plan(
    root: Path, source: Path, title: str = "", author: str = "", essay_id: str = ""
) -> tuple[Addition | None, list[Finding]]:
    """What adding `source` would write, or None and why it cannot be added. Writes nothing."""
    here = Place(str(source))
    try:
        data = source.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return None, [Finding("missing-file", here, message, "name a file that exists")]
    reader = READERS.get(source.suffix.lower())
    if reader is None:
        ending = f"whose name ends in “{source.suffix}”" if source.suffix else "without an ending"
        message = f"a file {ending} cannot be read"
        hint = f"save it as plain text ({', '.join(READERS)})"
        return None, [Finding("unreadable-original", here, message, hint)]
    text, found = decoded(data, str(source))
    if found:
        return None, found
    document = reader(text, " ".join(title.split()), " ".join(author.split()))
    essay = essay_id or slug(source.stem, most=12)
    found = _lacking(document, essay, root, here)
    if found:
        return None, found
    return _addition(root, source, data, document, essay)


def _lacking(document: Document, essay: str, root: Path, here: Place) -> list[Finding]:
    found = []
    if not document.blocks:
        message = "no essay was found in the file"
        found.append(
            Finding("unreadable-original", here, message, "look whether it is the right file")
        )
    if document.blocks and not document.title:
        message, hint = "no title was found in the text", "name one: --title “On engines”"
        found.append(Finding("missing-metadata", here, message, hint))
    if not document.author:
        message, hint = "no author was found in the text", "name one: --author “Ada Byron”"
        found.append(Finding("missing-metadata", here, message, hint))
    if not is_id(essay):
        message = f"“{essay}” cannot be the id of a page"
        found.append(Finding("bad-id", here, message, "choose one: --id ada-on-engines"))
    elif (root / ESSAYS / f"{essay}.md").exists():
        message = f"the essay “{essay}” exists already"
        hint = "choose another id with --id, or edit its file"
        found.append(Finding("already-added", Place(f"{ESSAYS}/{essay}.md"), message, hint))
    return found


def _addition(
    root: Path, source: Path, data: bytes, document: Document, essay: str
) -> tuple[Addition | None, list[Finding]]:
    kept = root / ORIGINALS / source.name
    if kept.exists() and kept.read_bytes() != data:
        message = f"another original is called “{source.name}”"
        hint = "give the file another name"
        return None, [Finding("already-added", Place(f"{ORIGINALS}/{source.name}"), message, hint)]
    authors_text, found = read_text(root, AUTHORS)
    if authors_text.strip() == "[]":
        authors_text = ""
    authors, wrong = read_authors(authors_text, AUTHORS)
    if (root / AUTHORS).exists() and (found or wrong):
        return None, found + wrong
    known = next((a for a in authors if document.author in (a.name, a.id)), None)
    original = f"{Path(ORIGINALS).name}/{source.name}"
    writes = [(f"{ORIGINALS}/{source.name}", data)]
    if known is None:
        taken = {author.id for author in authors}
        entry = compose.author_entry(document, free_id(slug(document.author), taken))
        joint = "" if not authors_text or authors_text.endswith("\n\n") else "\n"
        before = (
            authors_text if authors_text.endswith("\n") or not authors_text else authors_text + "\n"
        )
        whole = before + joint + entry
        if len(read_authors(whole, AUTHORS)[0]) != len(authors) + 1:
            message = "an entry cannot be added at its end"
            hint = "write it as a list of entries that each start with “- ” at the margin"
            return None, [Finding("wrong-shape", Place(AUTHORS), message, hint)]
        writes.append((AUTHORS, whole.encode()))
    text = compose.essay_text(document, original)
    writes.append((f"{ESSAYS}/{essay}.md", text.encode()))
    return Addition(document, f"{ESSAYS}/{essay}.md", tuple(writes), known is None), []


def carry_out(root: Path, addition: Addition) -> None:
    """Write the files of an addition, the essay last. Raises OSError."""
    for file, content in addition.writes:
        files.write(root / file, content)
