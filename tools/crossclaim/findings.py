"""Findings, which are what `check` speaks in: every code with its meaning, one finding's record.

The codes are part of the public format: a code never changes its meaning. The page of codes in
the docs is made from `CODES`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from crossclaim.files import ReadOnly
from crossclaim.model import Place


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


_E, _W = Severity.ERROR, Severity.WARNING

# code: (severity, what it means)
CODES: dict[str, tuple[Severity, str]] = {
    # reading files
    "not-utf-8": (_E, "A file is not encoded as UTF-8."),
    "missing-file": (_E, "A file the collection needs cannot be read."),
    "bad-yaml": (_E, "Front matter, `claims.yml`, `authors.yml` or `mkdocs.yml` is no YAML."),
    "too-deep": (_E, "A file nests lists, quotations or YAML deeper than anybody would."),
    "ignored-file": (_W, "A file under `essays/` looks like an essay, but its name keeps it out."),
    "wrong-shape": (_E, "YAML holds something else than the format asks for at this place."),
    "no-front-matter": (_E, "An essay does not open with front matter between two `---` lines."),
    "unreadable-original": (_E, "A file given to `add` is of no kind it reads, or holds no essay."),
    "already-added": (_E, "What `add` or `new` would write exists already: something else."),
    "another-text": (
        _W,
        "A file given to `add` is called like an essay, and is another text: a new essay.",
    ),
    "unplaced-passage": (
        _W,
        "A tagged passage is not certainly in a new version of its original; it stays.",
    ),
    "conflicting-change": (
        _W,
        "An essay and a new version of its original were both changed at one place.",
    ),
    "unknown-essay": (_E, "A command names an essay that the collection does not have."),
    # essays
    "missing-metadata": (_E, "An essay lacks its title, or an author the name."),
    "no-author": (_W, "An essay names no author: it is built, and counted as nobody's."),
    "incomplete-metadata": (_W, "An essay does not say where it appeared, or what may be shown."),
    "mistyped-name": (
        _E,
        "A name in the front matter, or in an entry, is nearly one of the format's.",
    ),
    "unknown-metadata": (
        _W,
        "A name in the front matter, or in an entry, is none of the format's.",
    ),
    "bad-publish": (_E, "`publish` is none of full, excerpt, claims."),
    "unknown-author": (_E, "An essay names an author who is not in `authors.yml`."),
    "missing-original": (_E, "The file that `original` names does not exist."),
    "bad-id": (_E, "An id has other signs than lower-case letters, digits and single hyphens."),
    "duplicate-id": (
        _E,
        "Two passages, essays or authors have the same id, or one a former id in use.",
    ),
    "no-id": (_E, "A passage has no id, so nothing can link to it."),
    "bad-attributes": (_E, "A tag line cannot be read, or stands in the text."),
    "bad-address": (_E, "An address is none that a reader's browser should open."),
    "raw-html": (_W, "An essay holds HTML, which the site shows as text."),
    "unclosed-comment": (_E, "A comment is not closed, or not before its paragraph ends."),
    "unclosed-fence": (_E, "A code block is never closed, so the rest of the essay is code."),
    "stray-tag-line": (_E, "A tag line stands apart from any paragraph."),
    # tags
    "unknown-stance": (_E, "A tag's stance is none of the five."),
    "unknown-claim": (_E, "A tag, or a command, names a claim that is not in `claims.yml`."),
    "renamed-claim": (_E, "A tag or relation uses a claim's former id."),
    "repeated-tag": (_E, "A passage carries the same claim twice with one stance."),
    "tagged-aside": (_E, "A passage is marked `.aside`, yet carries a tag."),
    "lost-words": (
        _W,
        "Deciding words are not in their passage, or of a claim it is not tagged with.",
    ),
    "untagged": (_W, "A passage has neither a tag nor `.aside`."),
    "unreviewed": (_W, "A passage carries a suggestion that nobody has reviewed."),
    # claims
    "missing-claim-text": (_E, "A claim lacks its id, its sentence, its theme or its `about`."),
    "bad-label": (_E, "A claim's label is empty, too long, or another claim's."),
    "duplicate-claim": (_E, "Two claims have the same id, a former id in use, or one sentence."),
    "broken-relation": (_E, "`opposes` or `supports` names no claim, or the claim itself."),
    "contradictory-relation": (_E, "A claim both supports and opposes another."),
    "cannot-merge": (_E, "Two claims contradict each other, or a passage tells them apart."),
    "bad-answer": (
        _E,
        "A question of `claims split` or `claims remove` has no answer, or one that fits nothing.",
    ),
    "cannot-edit": (_E, "A registry is written in a way that a command cannot change safely."),
    "claim-nobody-makes": (_W, "No passage carries the claim."),
    # settings and pages
    "wrong-setting": (_E, "A setting in `mkdocs.yml` would break the pages, or endanger files."),
    "not-rendered": (_E, "The site generator could not render the pages."),
    "lost-passage": (_E, "A passage did not come out of the site generator as one paragraph."),
    "changed-words": (_W, "A passage has other words on its page than in its file."),
    "internal-error": (_E, "The program met something it was not made for."),
    "not-written": (_E, "A file or folder could not be read or written."),
    "page-in-the-way": (_E, "A hand-written file stands where the build writes a page."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: its code, its place, what is wrong, what to do. One line each."""

    code: str
    place: Place
    message: str
    hint: str

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code} is not among the codes")

    @property
    def severity(self) -> Severity:
        """Whether this finding stops a build."""
        return CODES[self.code][0]

    def __str__(self) -> str:
        line = f"{self.code} {self.place} {self.message} — {self.hint}"
        return " ".join(line.split())


def refused(error: OSError) -> Finding:
    """What the system refused, as a finding."""
    place = Place(str(error.filename2 or error.filename or "."))
    hint = "free the space or the name, or ask for the right to write there, and try again"
    if isinstance(error, ReadOnly):
        hint = "make it writable, and give the command again; nothing was written"
    return Finding("not-written", place, error.strerror or str(error), hint)


def unexpected(error: Exception, place: Place) -> Finding:
    """A fault of the program itself, as a finding."""
    message = f"{type(error).__name__}: {error}"
    return Finding("internal-error", place, message, "please report it, with the file it names")


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a build."""
    return tuple(f for f in findings if f.severity is Severity.ERROR)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by place, each once."""
    return tuple(sorted(set(findings), key=_place))


def _place(finding: Finding) -> tuple[Place, str, str]:
    return finding.place, finding.code, finding.message


_FEW = 5  # findings of one kind that are told one by one
_MANY = 20  # kinds of one code that are
_SHOWN = 3  # places of more than those


def summarized(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings as lines, errors first; many of one kind stand together, with their number.

    Of one kind are those of one code with one hint; where even such kinds are many, those of one
    code.
    """
    findings = in_order(findings)
    for severity in Severity:
        kinds = _kinds([f for f in findings if f.severity is severity])
        yield from map(str, sorted((f for k in kinds if len(k) <= _FEW for f in k), key=_place))
        for kind in sorted((k for k in kinds if len(k) > _FEW), key=len):
            yield from _together(kind)


def _kinds(findings: Iterable[Finding]) -> list[list[Finding]]:
    by_hint: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_hint.setdefault((finding.code, finding.hint), []).append(finding)
    few: dict[str, list[Finding]] = {}
    for (code, _), kind in by_hint.items():
        if len(kind) <= _FEW:
            few.setdefault(code, []).extend(kind)
    many = [kind for kind in by_hint.values() if len(kind) > _FEW]
    for kind in few.values():
        many += [kind] if len(kind) > _MANY else [[finding] for finding in kind]
    return many


def _together(kind: list[Finding]) -> Iterator[str]:
    """The lines of many findings of one code: their number, what to do, the first of them."""
    files = len({finding.place.file for finding in kind})
    where = kind[0].place.file if files == 1 else f"{files} files"
    hints = {finding.hint for finding in kind}
    what = f" — {kind[0].hint}" if len(hints) == 1 else ""
    yield f"{kind[0].code}: {len(kind)} in {where}{what}"
    for finding in kind[:_SHOWN]:
        hint = f" — {finding.hint}" if len(hints) > 1 else ""
        yield "  " + " ".join(f"{finding.place} {finding.message}{hint}".split())
    yield f"  … {len(kind) - _SHOWN} more"
