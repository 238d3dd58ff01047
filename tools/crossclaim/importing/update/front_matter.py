"""An essay's front matter, brought up to a new original where the editor has not decided."""

from collections.abc import Mapping

import yaml

from crossclaim.content.essay import split
from crossclaim.content.fields import load
from crossclaim.content.yaml import Entry
from crossclaim.importing.document import Document
from crossclaim.importing.update.changes import Change, Did


def updated_front(
    text: str, base: Document | None, new: Document
) -> tuple[str, tuple[Change, ...]]:
    """The essay's text with the fields changed that only the original changed.

    The author stays: whether two spellings are one person is the editor's to say.
    """
    former, theirs = _fields(base) if base else {}, _fields(new)
    changes = []
    for key, value in theirs.items():
        own = field_of(text, key)
        if not value or value in (own, former.get(key)):
            continue
        made = with_field(text, key, value) if own in ("", former.get(key)) else text
        if made != text:
            text = made
            changes.append(Change(Did.EDITED, key, f"“{own}” → “{value}”" if own else f"“{value}”"))
        elif base:
            said = f"the original has “{value}” now; yours stays: “{own}”"
            changes.append(Change(Did.CONFLICT, key, said))
    return text, tuple(changes)


def _fields(document: Document) -> Mapping[str, str]:
    return {
        "title": document.title,
        "publication": document.publication,
        "date": document.date,
        "language": document.language,
        "address": document.address,
        "rights": document.rights,
    }


def field_of(text: str, key: str) -> str:
    """A field of the front matter as one text, white space folded; "" where there is none."""
    front = _entry(text)
    found = front.values.get(key, "") if front else ""
    return " ".join(found.split()) if isinstance(found, str) else ""


def with_field(text: str, key: str, value: str) -> str:
    """The essay's text with one field of the front matter set; every other line as it is.

    Unchanged where the front matter is written so that a line alone cannot be.
    """
    line = yaml.safe_dump({key: value}, allow_unicode=True, width=96).rstrip("\n")
    lines = text.split("\n")
    front = _entry(text)
    if front is None:
        return text
    end = next(at for at in range(1, len(lines)) if lines[at].rstrip() in ("---", "..."))
    start = front.lines[key] - 1 if key in front.lines else end
    after = min((at - 1 for at in front.lines.values() if at - 1 > start), default=end)
    while after - 1 > start and (not lines[after - 1].strip() or lines[after - 1].startswith("#")):
        after -= 1  # a remark above the next field
    made = "\n".join([*lines[:start], line, *lines[after:]])
    changed = _entry(made)
    return made if changed and changed.values == {**front.values, key: value} else text


def _entry(text: str) -> Entry | None:
    value, _ = load(split(text).front or "", "", first_line=2)
    return value if isinstance(value, Entry) else None
