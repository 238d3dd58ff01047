"""Authors renamed, or found to be one: plans, as values.

Essays are written first, `authors.yml` last: until then it says who is meant, and the same
command, given again after it was cut off, does the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossclaim.content.collection import AUTHORS, read_text
from crossclaim.content.essay import read_writers
from crossclaim.content.essay_changes import (
    cannot_edit,
    former_ids,
    id_in_use,
    readable_collection,
)
from crossclaim.content.essay_edit import with_front_texts
from crossclaim.content.file_changes import FileChange, FileChanges
from crossclaim.content.registry import with_changed_authors
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Author, Collection, Place
from crossclaim.names import did_you_mean


@dataclass(frozen=True, slots=True)
class AuthorChanges(FileChanges):
    """What a command about authors does; `gone` are those whose entries leave the registry."""

    gone: tuple[Author, ...] = ()


Planned = tuple[AuthorChanges | None, list[Finding]]


def plan_author_rename(root: Path, old: str, new: str, name: str) -> Planned:
    """What giving the author `old` the id `new` does, or None and why not. Writes nothing.

    `name` is the name that essays are to have, "" where it stays.
    """
    loaded, findings = readable_collection(root)
    if findings:
        return None, findings
    known = {author.id: author for author in loaded.authors}
    renamed = known.get(new)
    if renamed and old not in known and old in renamed.was and name in ("", renamed.name):
        return AuthorChanges(()), []
    authors, findings = _named(loaded, [old])
    if findings:
        return None, findings
    (author,) = authors
    others = [other for other in loaded.authors if other is not author]
    findings = id_in_use(new, author.place, others) if new != author.id else []
    findings += _name_in_use(name, others)
    after = replace(
        author, id=new, name=name or author.name, was=former_ids(author.id, new, author.was)
    )
    names = {author.id: new, author.name: after.name}
    return _plan(root, loaded, {author.id: after}, names, after, findings)


def plan_author_merge(root: Path, gone: Sequence[str], kept: str) -> Planned:
    """What making the authors `gone` one with `kept` does, or None and why not. Writes nothing."""
    loaded, findings = readable_collection(root)
    if findings:
        return None, findings
    heirs, findings = _named(loaded, [kept])
    if findings:
        return None, findings
    (heir,) = heirs
    done = [name for name in gone if name in heir.was]
    others, findings = _named(loaded, [name for name in gone if name not in done])
    if heir in others:
        message, hint = f"“{heir.id}” is named twice", "name the authors that go, then who stays"
        findings.append(Finding("bad-answer", heir.place, message, hint))
    names: dict[str, str] = {}
    changed: dict[str, Author | None] = {}
    was = heir.was
    for author in others:
        names |= dict.fromkeys([author.id, *author.was], heir.id) | {author.name: heir.name}
        changed[author.id] = None
        was = tuple(dict.fromkeys([*was, *author.was, author.id]))
    changed[heir.id] = replace(heir, was=was)
    return _plan(root, loaded, changed, names, heir, findings)


def _named(loaded: Collection, names: Sequence[str]) -> tuple[list[Author], list[Finding]]:
    """The authors that are named by id or name; findings for the others, and for two of one id."""
    authors, findings = [], []
    for name in dict.fromkeys(names):
        same = [a for a in loaded.authors if name == a.id]
        same = same or [a for a in loaded.authors if name == a.name]
        if not same:
            now = [author.id for author in loaded.authors if name in author.was]
            known = [n for author in loaded.authors for n in (author.id, author.name)]
            hint = f"it is “{now[0]}” now" if now else did_you_mean(name, known, "look in there")
            message = f"“{name}” is not in authors.yml"
            findings.append(Finding("unknown-author", Place(AUTHORS), message, hint))
        for other in same[1:]:
            message, hint = f"“{name}” is in use at {same[0].place}", "keep one of the entries"
            findings.append(Finding("duplicate-id", other.place, message, hint))
        authors += same[:1]
    return authors, findings


def _name_in_use(name: str, others: Sequence[Author]) -> list[Finding]:
    """Why an author cannot have this name."""
    hint = "merge the two, if they are one"
    return [
        Finding("duplicate-id", other.place, f"“{name}” is the name of “{other.id}”", hint)
        for other in others
        if name in (other.id, other.name)
    ]


def _plan(
    root: Path,
    loaded: Collection,
    changed: Mapping[str, Author | None],
    names: Mapping[str, str],
    heir: Author,
    findings: list[Finding],
) -> Planned:
    """The plan, or None and why not.

    `names` are how essays call those whom they will call `heir`, before and after.
    """
    if findings:
        return None, findings
    changes: list[FileChange] = []
    file = AUTHORS
    try:
        for file in _essays_by(loaded, changed):
            text, findings = read_text(root, file)
            if findings:
                return None, findings
            after = with_front_texts(text, "author", _renamed(read_writers(text), names, heir))
            changes.append(FileChange(file, text, after))
        file = AUTHORS
        text, _ = read_text(root, file)
        changes.append(FileChange(file, text, with_changed_authors(text, changed)))
    except CannotEdit as error:
        return None, [cannot_edit(file, error)]
    gone = tuple(author for author in loaded.authors if changed.get(author.id, author) is None)
    return AuthorChanges(tuple(c for c in changes if c.before != c.after), gone=gone), []


def _essays_by(loaded: Collection, authors: Mapping[str, Author | None]) -> Iterator[str]:
    """The files of the essays that one of these authors wrote."""
    for essay in loaded.essays:
        if not authors.keys().isdisjoint(essay.authors):
            yield essay.place.file


def _renamed(writers: Sequence[str], names: Mapping[str, str], heir: Author) -> tuple[str, ...]:
    """Writers under their new names; the heir, who may be there already, once."""
    calls = {heir.id, heir.name, *heir.was} - names.keys()
    there = any(writer in calls for writer in writers)
    kept = []
    for writer in writers:
        if writer not in names:
            kept.append(writer)
        elif not there:
            kept.append(names[writer])
            there = True
    return tuple(kept)
