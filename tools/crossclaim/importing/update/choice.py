"""Choice of the essay that a file is a new version of, if any: names propose, the texts decide."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossclaim.content.collection import ESSAYS
from crossclaim.findings import Finding
from crossclaim.importing.document import Document, Kind
from crossclaim.importing.people import author_names
from crossclaim.importing.update.file import cut
from crossclaim.importing.update.update import ExistingEssay
from crossclaim.model import Place
from crossclaim.names import did_you_mean, slug, words

_ENOUGH = 0.2  # of the runs of words of two texts in both: versions of one essay
_SURELY = 0.6  # of them; then nobody need ask what the author’s other essays have
_SHORT = 12  # words; shorter paragraphs are salutations and signatures, which many essays share
_OWN = 1 / 3  # of a text’s runs; if its own longer paragraphs have less, all of it counts
_QUOTATION = re.compile(r"[“„«\"][^“”„«»\"]+[”“»\"]")

_Runs = set[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sought:
    """A file that may be a new version of an essay: its name without folders, and what it holds.

    `essay` is the id that was asked for, `update` the essay that it is to update in any case.
    """

    name: str
    document: Document
    place: Place
    essay: str = ""
    update: str = ""

    @property
    def id(self) -> str:
        """The essay's id, should it become a new one."""
        return self.essay or slug(self.name.rpartition(".")[0] or self.name, most=12)


def choose(
    essays: Sequence[ExistingEssay], file: Sought
) -> tuple[ExistingEssay | None, list[Finding]]:
    """The essay to update, or None where there is none; an error says that no new one can be made.

    A warning says that the file becomes a new essay although an essay is called like it.
    """
    by_id = {essay.id: essay for essay in essays}
    if file.update:
        hint = did_you_mean(file.update, by_id, "“crossclaim essays” lists them")
        message = f"there is no essay “{file.update}” to update"
        missing = (
            [] if file.update in by_id else [Finding("unknown-essay", file.place, message, hint)]
        )
        return by_id.get(file.update), missing
    if file.essay:
        alike = {file.essay: "id"} if file.essay in by_id else {}
    else:
        alike = {essay.id: what for essay in essays if (what := _alike(essay, file))}
    runs = _runs((b.text, b.quoted) for b in file.document.blocks if b.kind is not Kind.HEADING)
    shares = {name: _share(by_id[name], runs, essays) for name in alike}
    best = max(shares, key=lambda name: (shares[name], name == file.id), default="")
    if best and shares[best] >= _ENOUGH:
        return by_id[best], []
    return None, [
        _different(file, name, what, shares[name])
        for name, what in alike.items()
        if what != "title"
    ]


def _alike(essay: ExistingEssay, file: Sought) -> str:
    """What an essay has in common with a file beside the text, the most telling first; or ""."""
    document = file.document
    by = {document.author, *author_names(document.author)} & {*essay.authors}
    title = words(essay.title.casefold()) == words(document.title.casefold()) != []
    reasons = {
        "id": essay.id == file.id,
        "file name": _unnumbered(essay.original) == _unnumbered(file.name),
        "address": essay.address != "" and essay.address == document.address,
        "title and author": title and bool(by),
        "title": title,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _unnumbered(original: str) -> str:
    """An original's name without the number that a later version of it gets."""
    return re.sub(r"(?<=.)\.\d+(?=\.[^.]+$|$)", "", original.rpartition("/")[2])


def _share(essay: ExistingEssay, theirs: _Runs, essays: Iterable[ExistingEssay]) -> float:
    """The share of the runs of words of an essay and a file that both have.

    Of what is not surely the same, runs that another essay of an author has as well do not count.
    """
    own = _runs(
        (unit.words, unit.quoted) for unit in cut(essay.text).units if unit.attributes is not None
    )
    share = 2 * len(own & theirs) / max(1, len(own) + len(theirs))
    if not _ENOUGH <= share < _SURELY:
        return share
    others = [e.text for e in essays if e is not essay and {*e.authors} & {*essay.authors}]
    common = {run for text in others for run in _runs_of(words(text.casefold()))} & own & theirs
    return 2 * len((own & theirs) - common) / max(1, len(own - common) + len(theirs - common))


def _runs(paragraphs: Iterable[tuple[str, int]]) -> _Runs:
    """Runs of three words in a text's paragraphs; quotations and short paragraphs do not count.

    With each paragraph, in how many quotations it stands.
    """
    every: _Runs = set()
    own: _Runs = set()
    for text, quoted in paragraphs:
        every |= _runs_of(words(text.casefold()))
        rest = words(_QUOTATION.sub(" ", text).casefold())
        if not quoted and len(rest) >= _SHORT:
            own |= _runs_of(rest)
    return own if len(own) >= _OWN * len(every) else every


def _runs_of(text: list[str]) -> _Runs:
    """Runs of three words; the paragraph's ends count as words, so that one word has a run too."""
    ends = ["", *text, ""]
    return {*zip(ends, ends[1:], ends[2:], strict=False)}


def _different(file: Sought, essay: str, what: str, share: float) -> Finding:
    """Why a file is no version of an essay that is called like it, and what may be done."""
    shared = f"{100 * share:.0f} % of the text is the same"
    update = f"--update {essay}"
    if essay == file.id:
        message = f"the essay “{essay}” exists, and is another text: {shared}"
        hint = f"update it in any case with {update}, or name a new essay: --id another-id"
        return Finding("already-added", Place(f"{ESSAYS}/{essay}.md"), message, hint)
    message = f"has the same {what} as the essay “{essay}”, and is another text: {shared}"
    hint = f"it becomes an essay of its own; to update the other instead: {update}"
    return Finding("another-text", file.place, message, hint)
