"""Essays renamed or removed: plans, as values.

A former id stays in the front matter's `was`, so that its address leads on.
"""

from collections.abc import Collection as Container
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from crossclaim.content.collection import AUTHORS, ESSAYS, essays_named, load, read_text
from crossclaim.content.essay_edit import with_front_texts
from crossclaim.content.file_changes import FileChange, FileChanges
from crossclaim.content.markdown import addresses
from crossclaim.content.registry import with_changed_authors
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Author, Collection, Essay, Place
from crossclaim.names import is_id

# Files of which one of these is said do not say what their editor meant.
UNREADABLE = ("missing-file", "not-utf-8", "bad-yaml", "wrong-shape", "too-deep")


@dataclass(frozen=True, slots=True)
class EssayChanges(FileChanges):
    """What a command about essays does.

    `gone` are those whose files go, `without` their authors who have no essay then, `unmade` the
    claims that no passage carries then. `linking` are the passages of other essays that link to
    one under its former id; `lost` are the ids whose addresses will lead nowhere.
    """

    gone: tuple[Essay, ...] = ()
    without: tuple[Author, ...] = ()
    unmade: tuple[str, ...] = ()
    linking: tuple[Place, ...] = ()
    lost: tuple[str, ...] = ()


Planned = tuple[EssayChanges | None, list[Finding]]


def readable_collection(root: Path) -> tuple[Collection, list[Finding]]:
    """The collection, and why it cannot be changed: files that nobody can read."""
    loaded, findings = load(root)
    return loaded, [finding for finding in findings if finding.code in UNREADABLE]


def former_ids(name: str, new: str, was: Sequence[str]) -> tuple[str, ...]:
    """The ids an entry had before, once it is called `new`; what could be no page's is not kept."""
    kept = [old for old in was if old != new]
    return tuple(dict.fromkeys([*kept, name])) if is_id(name) and name != new else tuple(kept)


def id_in_use(name: str, place: Place, others: Iterable[Essay | Author]) -> list[Finding]:
    """Why an entry at this place cannot have this id."""
    if not is_id(name):
        message = f"“{name}” cannot be the id of a page"
        hint = "write lower-case letters and digits, with single hyphens between words"
        return [Finding("bad-id", place, message, hint)]
    for other in others:
        if name in (other.id, *other.was):
            former = "" if name == other.id else f", as a former id of “{other.id}”"
            message = f"the id “{name}” is in use{former}"
            return [Finding("duplicate-id", other.place, message, "choose another id")]
    return []


def cannot_edit(file: str, error: CannotEdit) -> Finding:
    """That a file is written too unusually."""
    hint = "write it as the others are, or make this change by hand"
    return Finding("cannot-edit", Place(file, error.line), str(error), hint)


def plan_essay_rename(root: Path, old: str, new: str) -> Planned:
    """What giving the essay `old` the id `new` does, or None and why not. Writes nothing."""
    loaded, findings = readable_collection(root)
    if findings:
        return None, findings
    ids = {essay.id: essay for essay in loaded.essays}
    if old not in ids and new in ids and old in ids[new].was:
        return EssayChanges(()), []
    named, findings = essays_named(loaded, root, [old])
    if findings:
        return None, findings
    (essay,) = named
    if essay.id == new:
        return EssayChanges(()), []
    others = [other for other in loaded.essays if other is not essay]
    findings = id_in_use(new, essay.place, others)
    if findings:
        return None, findings
    was = former_ids(essay.id, new, essay.was)
    change, findings = _with_former_ids(root, essay, was, f"{ESSAYS}/{new}.md")
    if change is None:
        return None, findings
    return EssayChanges((change,), linking=_links_to({essay.id}, others)), []


def plan_essay_removal(root: Path, names: Sequence[str], kept: str, authors: bool) -> Planned:
    """What taking essays out does, or None and why not. Writes nothing.

    Their addresses will lead to the essay `kept`, or nowhere if that is "". The originals that no
    other essay came from go too; with `authors`, so do those who have no other essay.
    """
    loaded, findings = readable_collection(root)
    gone, wrong = essays_named(loaded, root, names)
    heirs, wrong_heir = essays_named(loaded, root, [kept]) if kept else ((), [])
    findings += [*wrong, *wrong_heir]
    ids = [name for essay in gone for name in (essay.id, *essay.was)]
    if heirs and heirs[0] in gone:
        message = f"“{heirs[0].id}” is to go and to stay"
        findings.append(Finding("bad-answer", heirs[0].place, message, "name another with --was"))
    if findings:
        return None, findings
    staying = [essay for essay in loaded.essays if essay not in gone]
    without = _without_essay(loaded.authors, gone, staying)
    changes: list[FileChange] = []
    if authors and without:
        text, _ = read_text(root, AUTHORS)
        try:
            after = with_changed_authors(text, dict.fromkeys((a.id for a in without), None))
        except CannotEdit as error:
            return None, [cannot_edit(AUTHORS, error)]
        changes.append(FileChange(AUTHORS, text, after))
    for heir in heirs:
        was = tuple(dict.fromkeys([*heir.was, *filter(is_id, ids)]))
        change, findings = _with_former_ids(root, heir, was)
        if change is None:
            return None, findings
        changes.append(change)
    used, carried = {essay.original for essay in staying}, _tags(staying)
    originals = dict.fromkeys(e.original for e in gone if e.original in loaded.originals - used)
    planned = EssayChanges(
        tuple(change for change in changes if change.before != change.after),
        (*(f"{ESSAYS}/{original}" for original in originals), *(e.place.file for e in gone)),
        gone=gone,
        without=without,
        unmade=tuple(claim for claim in _tags(gone) if claim not in carried),
        linking=_links_to(ids, staying),
        lost=() if heirs else tuple(filter(is_id, ids)),
    )
    return planned, []


def _with_former_ids(
    root: Path, essay: Essay, was: Sequence[str], to: str = ""
) -> tuple[FileChange | None, list[Finding]]:
    file = essay.place.file
    text, findings = read_text(root, file)
    if findings:
        return None, findings
    try:
        return FileChange(file, text, with_front_texts(text, "was", was), to), []
    except CannotEdit as error:
        return None, [cannot_edit(file, error)]


def _without_essay(
    authors: Iterable[Author], gone: Iterable[Essay], staying: Iterable[Essay]
) -> tuple[Author, ...]:
    """The authors of essays that go who have none among those that stay."""
    left = {author for essay in gone for author in essay.authors}
    left -= {author for essay in staying for author in essay.authors}
    return tuple(author for author in authors if author.id in left)


def _tags(essays: Iterable[Essay]) -> dict[str, None]:
    """The claims that essays carry, in the order they do."""
    passages = (passage for essay in essays for passage in essay.passages)
    return dict.fromkeys(tag.claim for passage in passages for tag in passage.tags)


def _links_to(ids: Container[str], essays: Iterable[Essay]) -> tuple[Place, ...]:
    """The passages that link to the file or page of an essay."""

    def leads_there(address: str) -> bool:
        path = PurePosixPath(address.partition("#")[0])
        return ":" not in address and path.suffix in (".md", ".html") and path.stem in ids

    return tuple(
        passage.place
        for essay in essays
        for passage in essay.passages
        if any(map(leads_there, addresses(passage.text, essay.definitions)))
    )
