"""What an `add` did, as lines: one file in full, several with a line each and what needs a look."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from crossclaim.commands.console import plural
from crossclaim.importing.add import Addition, Plan
from crossclaim.importing.document import LeftOut
from crossclaim.importing.formats import READERS
from crossclaim.importing.many import Repetition
from crossclaim.importing.update.changes import ChangeKind

_SHOWN = 2000  # characters of what was left out
_NAMED = 3  # of several, the others are counted
_WIDTH = 60  # characters of a title, or of what repeats
_LINES = 6  # lines that repeat, by name


def report_in_full(addition: Addition, dry_run: bool) -> Iterator[str]:
    """All that was read from a file and left out of it, or changed by it."""
    for remark in addition.document.remarks:
        yield f"Note: {remark}"
    yield from _updated(addition, dry_run) if addition.before else _new(addition, dry_run)
    if addition.document.left_out and (addition.changes or not addition.before):
        yield "Left out of the essay:"
    for left in addition.document.left_out:
        yield f"  {_where(left)}{left.reason}: “{_short(left.text, _SHOWN)}”"
    if dry_run:
        yield from _text(addition)


def report_of_many(plan: Plan, passed: Sequence[Path], dry_run: bool) -> Iterator[str]:
    """A line for each file, then what repeats, what was not read, and what needs a look."""
    new = [each for each in plan.additions if not each.before]
    changed = [each for each in plan.additions if each.before and not each.up_to_date]
    for done, would, additions in (("Wrote", "write", new), ("Updated", "update", changed)):
        if additions:
            verb = f"Would {would}" if dry_run else done
            yield f"{verb} {plural(len(additions), 'essay')}:"
        yield from map(_line, additions)
    if same := [Path(a.file).stem for a in plan.additions if a.up_to_date]:
        yield f"Up to date: {_several(same, _NAMED)}"
    for one, other in plan.same:
        yield f"  {one.name} has the text of {other.name}, and is not added"
    yield from _repetitions(plan.repetitions)
    if passed:
        names = [p.name if p.suffix.lower() in READERS else p.suffix or p.name for p in passed]
        kinds = [name if n == 1 else f"{n} {name}" for name, n in Counter(names).items()]
        yield f"Passed over {plural(len(passed), 'file')}: {_several(kinds, 2 * _NAMED)}"
    yield from _remarks([each for each in plan.additions if not each.up_to_date])


def _remarks(additions: Sequence[Addition]) -> Iterator[str]:
    """What needs a look, each with the essays it is said of; its figures where that is one."""
    kinds: dict[str, dict[str, str]] = {}
    for each in additions:
        for remark in each.document.remarks:
            kind = re.sub(r"[\d,]+ of [\d,]+ ", "", remark.partition(":")[0])
            kinds.setdefault(kind, {})[Path(each.file).stem] = remark
    if kinds:
        yield "Look at:"
    for kind, remarks in kinds.items():
        every = 1 < len(remarks) == len(additions)
        essays = f"all {len(remarks)}" if every else _several([*remarks], _NAMED)
        said = kind if len(remarks) > 1 else _short(next(iter(remarks.values())), 2 * _WIDTH)
        yield f"  {essays}: {said}"


def _line(addition: Addition) -> str:
    essay, document = Path(addition.file).stem, addition.document
    if addition.before:
        return f"  {essay}: {_counts(addition)}"
    by = document.author or "no author"
    known = f"“{_short(document.title, _WIDTH)}”, {by}, {document.date or 'no date'}"
    left = len(document.left_out)
    parts = f", {plural(left, 'part')} left out" if left else ""
    return f"  {essay}: {known}, {plural(addition.passages, 'passage')}{parts}"


def _repetitions(repetitions: Sequence[Repetition]) -> Iterator[str]:
    """The lines that repeat over the files, each once, and how many longer paragraphs do."""
    gone = sorted(
        (each for each in repetitions if not each.kept), key=lambda each: -len(each.documents)
    )
    if gone:
        named = [f"“{_short(each.text, _WIDTH)}” ({len(each.documents)})" for each in gone]
        yield f"Left out, as lines that repeat over the files: {_several(named, _LINES)}"
    kept = [each.text for each in repetitions if each.kept]
    if kept:
        many = plural(len(kept), "paragraph")
        yield f"Kept, though in several files: {many}, “{_short(kept[0], _WIDTH)}”"


def _several(names: Sequence[str], most: int) -> str:
    """Names in a row, no more than so many, and how many others there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _new(addition: Addition, dry_run: bool) -> Iterator[str]:
    document = addition.document
    known = " (already in authors.yml)" if document.author and not addition.new_author else ""
    yield f"{'Would write' if dry_run else 'Wrote'} {addition.file} from {addition.source}"
    for label, value in (
        ("title", document.title),
        ("author", document.author + known),
        ("publication", document.publication),
        ("date", document.date),
        ("language", document.language),
        ("address", document.address),
        ("notice", document.rights),
        ("biography", document.biography),
    ):
        yield f"  {label + ':':<13}{value or '— none found'}"
    yield f"  {'passages:':<13}{addition.passages}"
    if document.notes:
        yield f"  {'footnotes:':<13}{len(document.notes)}"


def _updated(addition: Addition, dry_run: bool) -> Iterator[str]:
    if addition.up_to_date:
        yield f"{addition.file} is up to date with {addition.source}; nothing to do."
        return
    yield f"{'Would update' if dry_run else 'Updated'} {addition.file} from {addition.source}"
    yield f"  {_counts(addition)}"
    for change in addition.changes:
        if not change.open:
            yield f"  {change.kind}: {change.name} {change.what}".replace(":  ", ": ")


def _counts(addition: Addition) -> str:
    counts = Counter(change.kind for change in addition.changes)
    return ", ".join(f"{counts[kind]} {kind}" for kind in ChangeKind if counts[kind])


def _text(addition: Addition) -> Iterator[str]:
    """The essay as it would be; of one that exists, what would change."""
    if not addition.before:
        yield f"--- {addition.file}\n{addition.text}".removesuffix("\n")
        return
    before, after = addition.before.splitlines(), addition.text.splitlines()
    named = f"{addition.file} as it is", f"{addition.file} as it would be"
    yield from difflib.unified_diff(before, after, *named, lineterm="", n=1)


def _where(left: LeftOut) -> str:
    if left.line:
        return f"line {left.line}: "
    return f"{left.where}: " if left.where else ""


def _short(text: str, most: int) -> str:
    text = re.sub(r"[^\S\xa0]+", " ", text).strip()
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
