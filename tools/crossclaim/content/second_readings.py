"""`agreement.yml`: who else has tagged the collection, and how far the two agree.

Alpha is recorded with a sign of the tags it was computed from, so that the site can say when they
have changed since.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

import yaml

from crossclaim.content import yaml_edit
from crossclaim.content.fields import Fields, entries, load
from crossclaim.content.yaml import Entry, parse
from crossclaim.content.yaml_edit import CannotEdit
from crossclaim.findings import Finding
from crossclaim.model import Claim, Essay, SecondReading, SharedEssay

READING_FIELDS = {
    "reader": "who tagged a copy of the essays",
    "tagger": "whose tags the collection holds",
    "date": "when the two were compared, as 2026-11-22",
    "alpha": "Krippendorff's alpha over every passage and claim, given or not",
    "stance-alpha": "the same for the stance, where both give the claim",
    "passages": "how many passages both had tagged",
    "claims": "how many claims there were to give",
    "essays": "for each essay, by its id: `passages`, `alpha`, and `tags`, a sign of its tags",
}
_ESSAY_FIELDS = {"passages": "", "alpha": "", "tags": ""}
_ALPHA = re.compile(r"[-−]?(?:0?\.\d+|[01](?:\.\d*)?)\Z")


def read_readings(text: str, file: str) -> tuple[tuple[SecondReading, ...], list[Finding]]:
    """The second readings of an `agreement.yml`, in its order; one without a reader is left out."""
    value, found = load(text, file)
    rows, wrong = entries(value, file)
    found += wrong
    readings = []
    for row in rows:
        fields = Fields(row, file, READING_FIELDS)
        reading = SecondReading(
            reader=fields.text("reader"),
            tagger=fields.text("tagger"),
            date=_date(fields),
            alpha=_alpha(fields, "alpha"),
            stance_alpha=_alpha(fields, "stance-alpha"),
            passages=_count(fields, "passages"),
            claims=_count(fields, "claims"),
            essays=_essays(fields),
            place=fields.place("reader"),
        )
        for key in ("reader", "date", "passages", "claims"):
            if not fields.text(key):
                message, hint = f"a second reading has no “{key}”", f"add {READING_FIELDS[key]}"
                found.append(Finding("missing-metadata", fields.place(key), message, hint))
        found += fields.findings
        if reading.reader:
            readings.append(reading)
    return tuple(readings), found


def written(text: str, reading: SecondReading) -> str:
    """The file's text with this reading at its end; what the same reader had before goes.

    Raises CannotEdit.
    """
    others = [r for r in read_readings(text, "")[0] if r.reader != reading.reader]
    if parse(text) in (None, []):
        text = "" if "#" not in text else text.replace("[]", "")
    else:
        root, rows = yaml_edit.entries_of(text)
        same = [row for row in rows if _reader(row) == reading.reader]
        gone = [edit for row in same for edit in yaml_edit.without_entry(text, root, row)]
        text = yaml_edit.applied(text, gone)
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text.strip() else end if text.endswith("\n") else end * 2
    made = text + gap + end.join([*_lines(reading), ""])
    got, found = read_readings(made, "")
    if found or [r.reader for r in got] != [*(r.reader for r in others), reading.reader]:
        raise CannotEdit(1, "an entry cannot be added at its end")
    return made


def sign(essay: Essay, claims: Iterable[Claim]) -> str:
    """A short sign of an essay's reviewed tags and asides; renaming a claim does not change it."""
    first = {claim.id: claim.was[0] if claim.was else claim.id for claim in claims}
    tags = sorted(
        (p.id, first.get(tag.claim, tag.claim), tag.stance.value)
        for p in essay.passages
        for tag in p.reviewed
    )
    asides = sorted(p.id for p in essay.passages if p.aside)
    return hashlib.sha256(json.dumps([tags, asides]).encode()).hexdigest()[:12]


def changed_since(
    reading: SecondReading, essays: Iterable[Essay], claims: Iterable[Claim]
) -> tuple[Essay, ...]:
    """The essays of the reading whose tags are no longer those it was compared with."""
    then: Mapping[str, str] = {shared.essay: shared.tags for shared in reading.essays}
    known = tuple(claims)
    return tuple(
        essay for essay in essays if then.get(essay.id, "") not in ("", sign(essay, known))
    )


def _lines(reading: SecondReading) -> list[str]:
    lines = [f"- reader: {_text(reading.reader)}"]
    if reading.tagger:
        lines.append(f"  tagger: {_text(reading.tagger)}")
    lines.append(f"  date: {reading.date}")
    for name, value in (("alpha", reading.alpha), ("stance-alpha", reading.stance_alpha)):
        if value is not None:
            lines.append(f"  {name}: {value:.3f}")
    lines += [f"  passages: {reading.passages}", f"  claims: {reading.claims}", "  essays:"]
    for shared in reading.essays:
        alpha = "" if shared.alpha is None else f"alpha: {shared.alpha:.3f}, "
        held = f'passages: {shared.passages}, {alpha}tags: "{shared.tags}"'
        lines.append(f"    {yaml_edit.plain(shared.essay)}: {{{held}}}")
    return lines


def _text(text: str) -> str:
    """A text as one YAML scalar on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _reader(row: yaml.MappingNode) -> str:
    pair = yaml_edit.field(row, "reader")
    return " ".join(str(pair[1].value).split()) if pair else ""


def _date(fields: Fields) -> str:
    text = fields.text("date")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        fields.amiss("date", f"“{text}” is no date", "write it as 2026-11-22")
        return ""


def _alpha(fields: Fields, key: str) -> float | None:
    text = fields.text(key)
    if text and not (_ALPHA.match(text) and abs(float(text.replace("−", "-"))) <= 1):
        fields.amiss(key, f"“{text}” is no alpha", "write a number from -1 to 1")
        return None
    return float(text.replace("−", "-")) if text else None


def _count(fields: Fields, key: str) -> int:
    text = fields.text(key)
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        fields.amiss(key, f"“{text}” is no count", "write a whole number")
        return 0
    return int(text or 0)


def _essays(fields: Fields) -> tuple[SharedEssay, ...]:
    value = fields.entry.values.get("essays", "")
    inner = value.values.items() if isinstance(value, Entry) else ()
    if value != "" and not (inner and all(isinstance(held, Entry) for _, held in inner)):
        fields.amiss("essays", "“essays” is no list of essays", "write “id: {passages: 9}” lines")
        return ()
    found = []
    for name, held in inner:
        if isinstance(held, Entry):
            own = Fields(held, fields.file, _ESSAY_FIELDS)
            passages, alpha = _count(own, "passages"), _alpha(own, "alpha")
            found.append(SharedEssay(name, passages, own.text("tags"), alpha))
            fields.findings += own.findings
    return tuple(found)
