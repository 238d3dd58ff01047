"""A collection read from its folder: the only place that opens the editor's files."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import TypeVar

from crossclaim.content.as_json import (
    authors_from_json,
    authors_to_json,
    claims_from_json,
    claims_to_json,
    essay_from_json,
    essay_to_json,
    with_digests,
)
from crossclaim.content.essay import ReadEssay, parse_essay, with_authors
from crossclaim.content.markdown import NestedTooDeeply
from crossclaim.content.memory import Memory, digest, remembering
from crossclaim.content.registry import author_ids, read_authors, read_claims
from crossclaim.content.second_readings import read_readings
from crossclaim.content.settings import SETTINGS
from crossclaim.files import is_leftover
from crossclaim.findings import Finding
from crossclaim.model import Collection, Essay, Place, Step
from crossclaim.names import did_you_mean

ESSAYS = "essays"
CLAIMS = f"{ESSAYS}/claims.yml"
AUTHORS = f"{ESSAYS}/authors.yml"
AGREEMENT = f"{ESSAYS}/agreement.yml"
ORIGINALS = f"{ESSAYS}/originals"


@dataclass(frozen=True, slots=True)
class EditorFiles:
    """The editor's files as they are now: their texts, what cannot be read, what else lies there.

    `texts` are by path relative to the collection's root, `essays` those of them that are essays,
    and `others` are all files under `essays/` that are none, but for `leftovers`: those were being
    written when the program was ended.
    """

    texts: Mapping[str, str]
    essays: tuple[str, ...]
    others: tuple[str, ...]
    leftovers: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def digest(self) -> str:
        """Changes with whatever of this changes."""
        unread = [str(finding) for finding in self.findings]
        texts = [part for file, text in self.texts.items() for part in (file, text)]
        return digest("\n".join((*self.essays, "", *self.others, "", *unread)), *texts)


def read_editor_files(root: Path) -> EditorFiles:
    """The files under `essays/` and the settings, each read once, the originals only listed."""
    present = [
        Path(folder, name)
        for folder, _, names in os.walk(root / ESSAYS)
        for name in names
        if Path(folder, name).is_file()
    ]
    essays = tuple(path.relative_to(root).as_posix() for path in essay_files(root))
    agreement = (AGREEMENT,) if (root / AGREEMENT).exists() else ()
    texts, findings = {}, []
    for file in (SETTINGS, CLAIMS, AUTHORS, *agreement, *essays):
        text, wrong = read_text(root, file)
        findings += wrong
        if not wrong:
            texts[file] = text
    others = {path.relative_to(root).as_posix() for path in present} - {*essays}
    leftovers = {*filter(is_leftover, others)}
    others -= leftovers
    return EditorFiles(
        texts, essays, tuple(sorted(others)), tuple(sorted(leftovers)), tuple(findings)
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """A collection, what its files on their own have wrong, and digests of each essay by id.

    `digests` change with anything in an essay's file, `outlines` with anything but the words of its
    passages, and of `words`, which are those of an essay's passages, each with its own.
    """

    collection: Collection
    findings: tuple[Finding, ...]
    digests: Mapping[str, str]
    outlines: Mapping[str, str]
    words: Mapping[str, Sequence[str]]


def load(root: Path) -> tuple[Collection, list[Finding]]:
    """The collection under `root`, and what its files on their own have wrong.

    A file that cannot be read is left out, with a finding.
    """
    with remembering(root) as memory:
        loaded = load_collection(read_editor_files(root), memory)
    return loaded.collection, [*loaded.findings]


def load_collection(editor_files: EditorFiles, memory: Memory, step: Step | None = None) -> Loaded:
    """The collection that these files hold; an essay that is remembered is not parsed again."""
    texts = editor_files.texts
    claims, of_claims = _read_registry(
        CLAIMS, texts.get(CLAIMS, ""), memory, read_claims, claims_to_json, claims_from_json
    )
    authors, of_authors = _read_registry(
        AUTHORS, texts.get(AUTHORS, ""), memory, read_authors, authors_to_json, authors_from_json
    )
    readings, of_readings = read_readings(texts.get(AGREEMENT, "[]"), AGREEMENT)
    findings = [*of_claims, *of_authors, *of_readings, *_ignored(editor_files.others)]
    findings += [finding for finding in editor_files.findings if finding.place.file != SETTINGS]
    names = author_ids(authors)
    essays: list[Essay] = []
    digests: dict[str, str] = {}
    outlines: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    readable = {file: texts[file] for file in editor_files.essays if file in texts}
    for key, one in _read_essays(readable, memory, step):
        if isinstance(one, Finding):
            findings.append(one)
            continue
        essay, wrong = with_authors(one, names)
        essays.append(essay)
        findings += wrong
        digests[essay.id] = key
        outlines[essay.id], *words[essay.id] = one.digests
    memory.keep(_KIND, texts)
    originals = frozenset(
        file.removeprefix(f"{ESSAYS}/")
        for file in editor_files.others
        if file.startswith(f"{ORIGINALS}/")
    )
    collection = Collection(tuple(essays), claims, authors, originals, readings)
    return Loaded(collection, tuple(findings), digests, outlines, words)


_Registry = TypeVar("_Registry")
_KIND, _TOGETHER = "essay", 100  # what is remembered, and how many are written at once


def _read_registry(
    file: str,
    text: str,
    memory: Memory,
    read: Callable[[str, str], _Registry],
    to_json: Callable[[_Registry], bytes],
    from_json: Callable[[bytes, str], _Registry],
) -> _Registry:
    """A registry and what is wrong with it, parsed only if it is not remembered."""
    key = digest(text)
    registry = memory.recall("registry", file, key, lambda data: from_json(data, file))
    if registry is None:
        registry = read(text, file)
        memory.write("registry", {file: (key, to_json(registry))})
    return registry


def _read_essays(
    texts: Mapping[str, str], memory: Memory, step: Step | None
) -> Iterator[tuple[str, ReadEssay | Finding]]:
    """Each essay with its digests, or why it cannot be read; what is read anew is remembered."""
    new: dict[str, tuple[str, bytes]] = {}
    for count, (file, text) in enumerate(texts.items(), start=1):
        key = digest(text)
        read = memory.recall(_KIND, file, key, partial(essay_from_json, file=file))
        if read is None:
            if step:
                step(count, len(texts), "essays read")
            try:
                read = with_digests(parse_essay(text, file, PurePath(file).stem))
            except NestedTooDeeply:
                yield key, too_deep(file)
                continue
            new[file] = key, essay_to_json(read)
            memory.hold(_KIND, file, key, read)
            if len(new) == _TOGETHER:
                memory.write(_KIND, new)
                new = {}
        yield key, read
    memory.write(_KIND, new)


def read_one(
    root: Path, file: str, text: str, names: dict[str, str]
) -> tuple[Essay, list[Finding]]:
    """An essay of the collection, as `read_essay` reads it, parsed only if it is not remembered.

    Raises NestedTooDeeply.
    """
    with remembering(root) as memory:
        ((_, read),) = _read_essays({file: text}, memory, None)
    if isinstance(read, Finding):
        raise NestedTooDeeply
    return with_authors(read, names)


def essay_files(root: Path) -> list[Path]:
    """The essays' files in order, as `essays_in` has them."""
    return essays_in(root / ESSAYS)


def files_named(root: Path, names: Sequence[str]) -> tuple[tuple[str, ...], list[Finding]]:
    """The files of essays that are named by id, file name or path; of all where none is named."""
    by_id = {path.stem: path.relative_to(root).as_posix() for path in essay_files(root)}
    essays: dict[str, str] = {}
    findings = []
    for name in names or by_id:
        file = by_id.get(name) or by_id.get(_id_in_path(root, name))
        if file:
            essays[file] = file
        else:
            hint = did_you_mean(Path(name).stem, set(by_id), f"name one of {ESSAYS}/*.md")
            findings.append(
                Finding("unknown-essay", Place(ESSAYS), f"“{name}” is no essay here", hint)
            )
    return tuple(essays), findings


def _id_in_path(root: Path, name: str) -> str:
    """The id of the essay a path means; a path counts from here or from the collection."""
    path = Path(name)
    if path.suffix.lower() != ".md":
        return ""
    folder = (root / ESSAYS).resolve()
    parents = {path.resolve().parent, (root / path).resolve().parent}
    return path.stem if folder in parents or path.parent == Path() else ""


def essays_in(folder: Path) -> list[Path]:
    """The essays in a folder, in order; what an editor or a system hides with a dot is none."""
    paths = sorted(folder.glob("*.md"), key=lambda path: _natural_order(path.name))
    return [path for path in paths if path.is_file() and not path.name.startswith(".")]


def essays_named(
    loaded: Collection, root: Path, names: Sequence[str]
) -> tuple[tuple[Essay, ...], list[Finding]]:
    """The essays that are named by id, file name or path; all where none is named."""
    named, findings = files_named(root, names)
    essays = {essay.place.file: essay for essay in loaded.essays}
    now = {f"“{old}”": essay.id for essay in loaded.essays for old in essay.was}
    told = (
        replace(finding, hint=f"it is “{now[name]}” now") if name in now else finding
        for finding in findings
        for name in [finding.message.split(" ", 1)[0]]
    )
    return tuple(essays[file] for file in named if file in essays), [*told]


def _natural_order(name: str) -> tuple[list[tuple[str, int]], str]:
    """A sort key by which a number in a name counts as one: “e2” comes before “e10”."""
    parts = re.findall(r"([^0-9]*)([0-9]*)", name)
    return [(text, int(digits or -1)) for text, digits in parts], name


def _ignored(others: Iterable[str]) -> list[Finding]:
    """Files that look like essays and are not read."""
    return [
        Finding(
            "ignored-file",
            Place(file),
            "this looks like an essay, but is not read",
            "put it directly under essays/, with a name that ends in .md",
        )
        for file in others
        if PurePath(file).suffix.lower() in (".md", ".markdown")
        and not PurePath(file).name.startswith(".")
        and not file.startswith(f"{ORIGINALS}/")
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
