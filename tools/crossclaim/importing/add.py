"""Originals added to the collection: what is to be written, as values; then the writing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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
from crossclaim.importing import compose, formats, last_addition, people
from crossclaim.importing.document import Document, Kind, Unreadable
from crossclaim.importing.many import Repetition, line_keys, same_texts, without_repeated
from crossclaim.importing.sources import Request
from crossclaim.importing.update.changes import Change
from crossclaim.importing.update.choice import Sought, choose
from crossclaim.importing.update.front_matter import with_metadata
from crossclaim.importing.update.update import ExistingEssay, read_existing, update
from crossclaim.model import Author, Place, Publish, Step
from crossclaim.names import free_id, is_id, slug

_MOST = 200_000_000  # bytes; no essay is as large
_MARKUP = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")

# Asked for the author of a file that names none; "" is an answer.
Ask = Callable[[Path, Document], str]


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is to be added, read; `document` is None where it cannot be."""

    request: Request
    data: bytes
    document: Document | None
    findings: tuple[Finding, ...] = ()


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
    source: Path = Path()

    @property
    def up_to_date(self) -> bool:
        """Whether the essay has all that its original says."""
        return self.text == self.before and not (self.changes and self.writes)

    @property
    def passages(self) -> int:
        """How many passages the original has."""
        return sum(block.kind is not Kind.HEADING for block in self.document.blocks)

    @property
    def text(self) -> str:
        """The essay's text as it will be."""
        return dict(self.writes).get(self.file, self.before.encode()).decode()


@dataclass(frozen=True, slots=True)
class Plan:
    """What one `add` would write, and what is to be told of it.

    `failed` are the files that cannot be added, for the errors in `findings`; `same` are files
    with the text of another one, which are not added either.
    """

    additions: tuple[Addition, ...]
    findings: tuple[Finding, ...] = ()
    failed: tuple[Path, ...] = ()
    same: tuple[tuple[Path, Path], ...] = ()
    repetitions: tuple[Repetition, ...] = ()

    @property
    def writes(self) -> dict[str, bytes]:
        """The files to write, the essays after what they need."""
        return {file: content for each in self.additions for file, content in each.writes}


class _Folder:
    """The collection's files as they will be when what is planned so far is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.planned: dict[str, bytes] = {}

    def get(self, file: str) -> bytes | None:
        """A file's content; None where there is no such file."""
        if file in self.planned:
            return self.planned[file]
        path = self.root / file
        return path.read_bytes() if path.is_file() else None

    def authors(self) -> tuple[str, tuple[Author, ...], list[Finding]]:
        """The text of `authors.yml`, the authors in it, and what is wrong with it."""
        planned = self.planned.get(AUTHORS)
        text, findings = (planned.decode(), []) if planned else read_text(self.root, AUTHORS)
        authors, wrong = read_authors(text, AUTHORS)
        return text, authors, findings + wrong if (self.root / AUTHORS).exists() else []


def read_originals(
    root: Path, requests: Sequence[Request], step: Step | None = None
) -> list[Original]:
    """The files that are asked for, each read; the collection's authors are known by name."""
    _, authors, _ = _Folder(root).authors()
    known = known_names(authors)
    originals = []
    for count, request in enumerate(requests, start=1):
        originals.append(_read(request, known, step if len(requests) == 1 else None))
        if step and len(requests) > 1:
            step(count, len(requests), "files read")
    return originals


def known_names(authors: Sequence[Author]) -> dict[str, str]:
    """Each author's name by all that a text may call them; what would be two's is nobody's."""
    names: dict[str, str] = {}
    for author in authors:
        bare = people.bare_name(author.name)
        for name in {bare, bare.split(" ")[-1], author.short, author.id} - {""}:
            names[name] = author.name if names.get(name, author.name) == author.name else ""
    names |= {author.name: author.name for author in authors}
    return {name: whole for name, whole in names.items() if whole}


def plan_additions(
    root: Path, originals: Sequence[Original], strict: bool = False, ask: Ask | None = None
) -> Plan:
    """What adding files would write, each planned with what those before it write.

    `ask` is asked for an author whom nobody names. With `strict`, a file without a title or an
    author is refused. Writes nothing.
    """
    folder, same = _Folder(root), same_texts([each.document for each in originals])
    files_data = {path.stem: path.read_bytes() for path in essay_files(root)}
    essays = [read_existing(id, own) for id, own in files_data.items() if not decoded(own, "")[1]]
    planned: dict[int, Addition | list[Finding]] = {}
    warnings: list[Finding] = []
    for number, original in enumerate(originals):
        if number in same:
            continue
        updated, findings = _update(folder, essays, original)
        if updated or errors(findings):
            planned[number] = updated or findings
        else:
            warnings += findings
    rest = [n for n in range(len(originals)) if n not in planned and n not in same]
    known = known_names(folder.authors()[1])
    new = [_asked(originals[number], known, ask) for number in rest]
    others = [essay for essay in essays if f"{ESSAYS}/{essay.id}.md" not in folder.planned]
    cleaned, repetitions = without_repeated(
        [document for _, document in new],
        [_line_keys(root, essay) for essay in others] if new else (),
        [index for index, (original, _) in enumerate(new) if original.request.title],
    )
    for number, (original, _), document in zip(rest, new, cleaned, strict=True):
        planned[number] = _new(folder, original, document, strict)
    outcomes = [(originals[number].request.source, planned[number]) for number in sorted(planned)]
    return Plan(
        additions=tuple(each for _, each in outcomes if isinstance(each, Addition)),
        findings=(
            *{f: None for _, each in outcomes if isinstance(each, list) for f in each},
            *warnings,
        ),
        failed=tuple(source for source, each in outcomes if isinstance(each, list)),
        same=tuple(
            (originals[one].request.source, originals[other].request.source)
            for one, other in same.items()
        ),
        repetitions=repetitions,
    )


def _update(
    folder: _Folder, essays: list[ExistingEssay], original: Original
) -> tuple[Addition | None, list[Finding]]:
    """What updating its essay would do, if an original is a new version of one; what is wrong.

    A warning alone says that it is a new essay although one is called like it.
    """
    request, document = original.request, original.document
    if document is None:
        return None, [*original.findings]
    here = request.place or Place(str(request.source))
    sought = Sought(request.source.name, document, here, request.essay, request.update)
    essay, findings = choose(essays, sought)
    if essay is None:
        return None, [request.placed(finding) for finding in findings]
    if (file := f"{ESSAYS}/{essay.id}.md") in folder.planned:
        message = f"another of these files updates {file} already"
        return None, [request.finding("already-added", message, "add them one after the other")]
    addition, wrong = _updated(folder, original, essay, document)
    if addition:
        folder.planned |= {file: addition.text.encode(), **dict(addition.writes)}
    return addition, wrong


def _updated(
    folder: _Folder, original: Original, essay: ExistingEssay, document: Document
) -> tuple[Addition | None, list[Finding]]:
    request, data = original.request, original.data
    document = _with_facts_of(essay, data, request.source.name, document)
    text, changes = update(essay, _base(folder.root, essay), document, request.given)
    name, writes = _original(folder, request.source, data, essay.original)
    text = with_metadata(text, "original", name) if name != essay.original else text
    new, wrong = False, list[Finding]()
    if read_existing(essay.id, text.encode()).authors != essay.authors:
        new, authors, wrong = _with_their_authors(folder, document)
        writes += authors
    file = f"{ESSAYS}/{essay.id}.md"
    if text != essay.text:
        writes.append((file, essay.encoded(text)))
    addition = Addition(document, file, tuple(writes), new, essay.text, changes, request.source)
    return (None, wrong) if wrong else (addition, [])


def _asked(
    original: Original, known: Mapping[str, str], ask: Ask | None
) -> tuple[Original, Document]:
    """An original with its document, read again with an author that was asked for."""
    document, request = original.document, original.request
    assert document is not None
    author = (
        ask(request.source, document) if ask and document.blocks and not document.author else ""
    )
    if author:
        read = _read(replace(request, author=author), known, None)
        return original, read.document or document
    return original, document


def _line_keys(root: Path, essay: ExistingEssay) -> frozenset[str]:
    """By what lines of an essay's original are known; of the essay where that is no plain text."""
    path = root / ESSAYS / essay.original
    if path.suffix.lower() in _MARKUP and path.is_file():
        return line_keys(path.read_bytes().decode("utf-8", "replace"))
    return line_keys(essay.text)


def _read(request: Request, known: Mapping[str, str], step: Step | None) -> Original:
    source = request.source
    if source.parts and source.parts[0].lower() in ("http:", "https:"):
        message = "this is an address, and nothing is fetched from other hosts"
        hint = "save the page in your browser, and add the file"
        return _unread(request, "missing-file", message, hint)
    try:
        if source.stat().st_size > _MOST:
            message, hint = "the file is larger than any essay", "look whether it is the right file"
            return _unread(request, "unreadable-original", message, hint)
        data = source.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return _unread(request, "missing-file", message, "name a file that exists")
    names = {name.casefold(): whole for name, whole in known.items()}
    title, author = " ".join(request.title.split()), " ".join(request.author.split())
    author = names.get(author.casefold(), author)
    request = replace(request, title=title, author=author)
    try:
        document = formats.read_original(data, source.name, title, author, step, known)
    except Unreadable as error:
        return _unread(request, "unreadable-original", error.message, error.hint, error.line)
    facts: dict[str, Any] = {
        name: fact for name, fact in request.facts.items() if name != "publish"
    }
    author = names.get(document.author.casefold(), document.author)
    return Original(request, data, replace(document, author=author, **facts))


def _unread(request: Request, code: str, message: str, hint: str, line: int = 1) -> Original:
    return Original(request, b"", None, (request.finding(code, message, hint, line),))


def _base(root: Path, essay: ExistingEssay) -> Document | None:
    """The essay's former original, read as it would be today; None where it cannot be."""
    path = root / ESSAYS / essay.original
    if not essay.original or not path.is_file():
        return None
    data = path.read_bytes()
    try:
        return _with_facts_of(
            essay, data, path.name, formats.read_original(data, path.name, "", "")
        )
    except Unreadable:
        return None


def _with_facts_of(essay: ExistingEssay, data: bytes, name: str, document: Document) -> Document:
    """The document, read again with the essay's title and author where it tells none itself."""
    if document.title and document.author:
        return document
    author = document.author or people.join_names(essay.authors)
    return formats.read_original(data, name, document.title or essay.title, author)


def _original(
    folder: _Folder, source: Path, data: bytes, former: str
) -> tuple[str, list[tuple[str, bytes]]]:
    """Where an original is kept, relative to essays/, and what must be written for it.

    One that is kept already is never written over: a later version gets a number.
    """
    if former and folder.get(f"{ESSAYS}/{former}") == data:
        return former, []
    count, name = 1, source.name
    while folder.get(f"{ORIGINALS}/{name}") not in (None, data):
        count += 1
        name = f"{source.stem}.{count}{source.suffix}"
    return f"{Path(ORIGINALS).name}/{name}", [(f"{ORIGINALS}/{name}", data)]


def _new(
    folder: _Folder, original: Original, document: Document, strict: bool
) -> Addition | list[Finding]:
    """What adding a new essay would write, or why it cannot be added."""
    request = original.request
    if findings := _obstacles(document, request, strict):
        return findings
    remarks = [*document.remarks]
    if not document.title:
        title = " ".join(re.split(r"[\s_-]+", request.source.stem)).strip()
        document = replace(document, title=title[:1].upper() + title[1:])
        remarks.append("no title was found; it is called after its file")
    if not document.author:
        remarks.append("no author was found; the essay names none")
    own = request.essay or slug(request.source.stem, most=12)
    essay = own
    if not request.essay and f"{ESSAYS}/{own}.md" in folder.planned:
        planned = {file.removeprefix(f"{ESSAYS}/").removesuffix(".md") for file in folder.planned}
        essay = free_id(own, planned | {path.stem for path in essay_files(folder.root)})
        remarks.append(f"another of the files is “{own}”; this one has the id “{essay}”")
    if findings := _id_findings(essay, folder, request):
        return findings
    written = _new_essay(folder, original, replace(document, remarks=tuple(remarks)), essay)
    if isinstance(written, Addition):
        folder.planned |= dict(written.writes)
    return written


def _obstacles(document: Document, request: Request, strict: bool) -> list[Finding]:
    """Why a document cannot become a new essay."""
    if not document.blocks:
        message, hint = "no essay was found in the file", "look whether it is the right file"
        return [request.finding("unreadable-original", message, hint)]
    findings = []
    if strict and not document.title:
        message, hint = "no title was found in the text", "name one: --title “On engines”"
        findings.append(request.finding("missing-metadata", message, hint))
    if strict and not document.author:
        message, hint = "no author was found in the text", "name one: --author “Ada Byron”"
        findings.append(request.finding("missing-metadata", message, hint))
    return findings


def _id_findings(essay: str, folder: _Folder, request: Request) -> list[Finding]:
    """Why an essay cannot have this id."""
    if not is_id(essay):
        message = f"“{essay}” cannot be the id of a page"
        return [request.finding("bad-id", message, "choose one: --id ada-on-engines")]
    if folder.get(f"{ESSAYS}/{essay}.md") is not None:
        message, hint = f"the essay “{essay}” exists", "choose another id with --id"
        place = request.place or Place(f"{ESSAYS}/{essay}.md")
        return [Finding("already-added", place, message, hint)]
    return []


def _new_essay(
    folder: _Folder, original: Original, document: Document, essay: str
) -> Addition | list[Finding]:
    name, writes = _original(folder, original.request.source, original.data, "")
    new, authors, wrong = _with_their_authors(folder, document)
    file, source = f"{ESSAYS}/{essay}.md", original.request.source
    publish = Publish(original.request.facts.get("publish", Publish.CLAIMS))
    text = compose.essay_text(document, name, publish=publish)
    writes += [*authors, (file, text.encode())]
    return wrong or Addition(document, file, tuple(writes), new, source=source)


def _with_their_authors(
    folder: _Folder, document: Document
) -> tuple[bool, list[tuple[str, bytes]], list[Finding]]:
    """Whether a document has a new author, and `authors.yml` with the new ones; or what forbids."""
    text, authors, findings = folder.authors()
    if findings:
        return False, [], findings
    known = {name for a in authors for name in (a.name, a.id)}
    new = [name for name in people.author_names(document.author) if name and name not in known]
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


def write_additions(root: Path, plan: Plan) -> None:
    """Write the files of what is added, each essay after what it needs. Raises OSError.

    What they were before is remembered first, so that it can be taken back.
    """
    writes, folder = plan.writes, _Folder(root)
    if writes:
        last_addition.save(root, {file: (folder.get(file), new) for file, new in writes.items()})
    files.write_all(root, writes)
