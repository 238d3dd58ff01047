"""`agreement.yml`: who else has tagged the collection, and how far the two agree.

Alpha is recorded with a digest of the tags it was computed from, so that the site can say when
they have changed since.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

import yaml

from crossclaim.content import yaml_edit
from crossclaim.content.registry import heirs_of
from crossclaim.content.yaml import Entry, Fields, parse_yaml, read_entries
from crossclaim.content.yaml_edit import CannotEdit, scalar
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
    entries, findings = read_entries(text, file)
    readings = []
    for entry in entries:
        fields = Fields(entry, file, READING_FIELDS)
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
                findings.append(Finding("missing-metadata", fields.place(key), message, hint))
        findings += fields.findings
        if reading.reader:
            readings.append(reading)
    return tuple(readings), findings


def with_reading(text: str, reading: SecondReading) -> str:
    """The text of an `agreement.yml` with this reading at its end, in place of the reader's last.

    Raises CannotEdit.
    """
    others = [r.reader for r in read_readings(text, "")[0] if r.reader != reading.reader]
    if parse_yaml(text):
        root, nodes = yaml_edit.entry_nodes(text)
        same = [node for node in nodes if _reader(node) == reading.reader]
        edits = [edit for node in same for edit in yaml_edit.remove_entry(text, root, node)]
        text = yaml_edit.apply_edits(text, edits)
    changed = yaml_edit.with_entry(text, _entry(reading))
    readings, findings = read_readings(changed, "")
    if findings or [r.reader for r in readings] != [*others, reading.reader]:
        raise CannotEdit(1, "an entry cannot be added at its end")
    return changed


def tags_digest(essay: Essay, claims: Iterable[Claim]) -> str:
    """Twelve hexadecimal digits for an essay's reviewed tags and asides.

    Renaming a claim does not change them; splitting one does, for its heirs are no longer alike.
    """
    claims = tuple(claims)
    heirs = heirs_of(claims)
    names = {
        c.id: [name for name in (*c.was, c.id) if len(heirs.get(name, ())) < 2] for c in claims
    }
    first = {claim: own[0] for claim, own in names.items() if own}
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
    recorded: Mapping[str, str] = {shared.essay: shared.tags for shared in reading.essays}
    claims = tuple(claims)

    def tags_then(essay: Essay) -> str:
        return next((recorded[name] for name in (essay.id, *essay.was) if name in recorded), "")

    return tuple(e for e in essays if tags_then(e) not in ("", tags_digest(e, claims)))


def _entry(reading: SecondReading) -> str:
    lines = [f"- reader: {_quoted(reading.reader)}"]
    if reading.tagger:
        lines.append(f"  tagger: {_quoted(reading.tagger)}")
    lines.append(f"  date: {reading.date}")
    for key, value in (("alpha", reading.alpha), ("stance-alpha", reading.stance_alpha)):
        if value is not None:
            lines.append(f"  {key}: {value:.3f}")
    lines += [f"  passages: {reading.passages}", f"  claims: {reading.claims}", "  essays:"]
    for shared in reading.essays:
        alpha = "" if shared.alpha is None else f"alpha: {shared.alpha:.3f}, "
        fields = f"passages: {shared.passages}, {alpha}tags: {_quoted(shared.tags)}"
        lines.append(f"    {scalar(shared.essay)}: {{{fields}}}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return scalar(" ".join(text.split()), quote='"')


def _reader(entry: yaml.MappingNode) -> str:
    field = yaml_edit.entry_field(entry, "reader")
    return " ".join(str(field[1].value).split()) if field else ""


def _date(fields: Fields) -> str:
    text = fields.text("date")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        fields.wrong_shape("date", f"“{text}” is no date", "write it as 2026-11-22")
        return ""


def _alpha(fields: Fields, key: str) -> float | None:
    text = fields.text(key)
    if text and not (_ALPHA.match(text) and abs(float(text.replace("−", "-"))) <= 1):
        fields.wrong_shape(key, f"“{text}” is no alpha", "write a number from -1 to 1")
        return None
    return float(text.replace("−", "-")) if text else None


def _count(fields: Fields, key: str) -> int:
    text = fields.text(key)
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        fields.wrong_shape(key, f"“{text}” is no count", "write a whole number")
        return 0
    return int(text or 0)


def _essays(fields: Fields) -> tuple[SharedEssay, ...]:
    value = fields.entry.values.get("essays", "")
    entries = list(value.values.items()) if isinstance(value, Entry) else []
    if value != "" and not (entries and all(isinstance(entry, Entry) for _, entry in entries)):
        hint = "write “id: {passages: 9}” lines"
        fields.wrong_shape("essays", "“essays” is no list of essays", hint)
        return ()
    essays = []
    for essay_id, entry in entries:
        if isinstance(entry, Entry):
            own = Fields(entry, fields.file, _ESSAY_FIELDS)
            passages, alpha = _count(own, "passages"), _alpha(own, "alpha")
            essays.append(SharedEssay(essay_id, passages, own.text("tags"), alpha))
            fields.findings += own.findings
    return tuple(essays)
