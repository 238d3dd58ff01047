"""Front matter of an essay, brought up to a new original where the editor has not decided."""

from collections.abc import Mapping

from crossclaim.content.essay import split
from crossclaim.content.yaml import Entry, read_yaml
from crossclaim.content.yaml_edit import CannotEdit, with_field
from crossclaim.importing.document import Document
from crossclaim.importing.update.changes import Change, ChangeKind


def update_front_matter(
    text: str, base: Document | None, new: Document
) -> tuple[str, tuple[Change, ...]]:
    """The essay's text with the fields changed that only the original changed.

    The author stays: whether two spellings are one person is the editor's to say.
    """
    former, theirs = _fields(base) if base else {}, _fields(new)
    changes = []
    for key, value in theirs.items():
        own = metadata(text, key)
        if not value or value in (own, former.get(key)):
            continue
        changed = with_metadata(text, key, value) if own in ("", former.get(key)) else text
        if changed != text:
            text = changed
            what = f"“{own}” → “{value}”" if own else f"“{value}”"
            changes.append(Change(ChangeKind.EDITED, key, what))
        elif base:
            what = f"the original has “{value}” now; yours stays: “{own}”"
            changes.append(Change(ChangeKind.CONFLICT, key, what))
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


def metadata(text: str, key: str) -> str:
    """A field of an essay's front matter as one text, white space folded; "" without one."""
    front, _ = read_yaml(split(text).front or "", "")
    value = front.values.get(key, "") if isinstance(front, Entry) else ""
    return " ".join(value.split()) if isinstance(value, str) else ""


def with_metadata(text: str, key: str, value: str) -> str:
    """The essay's text (line feeds only) with one field of the front matter set.

    Unchanged where the front matter is written so that one field alone cannot be.
    """
    front = split(text).front
    if not front:
        return text
    lines = text.split("\n")
    end = front.count("\n") + 2  # the line that closes it
    try:
        changed = with_field("\n".join([*lines[1:end], ""]), key, value)
    except CannotEdit:
        return text
    return f"{lines[0]}\n{changed}" + "\n".join(lines[end:])
