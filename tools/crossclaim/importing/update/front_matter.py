"""Front matter of an essay, brought up to what an editor gives and to a new original."""

from collections.abc import Mapping

from crossclaim.content.essay import split
from crossclaim.content.essay_edit import with_front
from crossclaim.content.yaml import Entry, read_yaml
from crossclaim.content.yaml_edit import CannotEdit, with_field
from crossclaim.importing.document import Document
from crossclaim.importing.people import author_names, join_names
from crossclaim.importing.update.changes import Change, ChangeKind

_FIELDS = ("title", "author", "publication", "date", "language", "address", "rights")


def update_front_matter(
    text: str, base: Document | None, new: Document, given: Mapping[str, str]
) -> tuple[str, tuple[Change, ...]]:
    """The essay's text with the fields that were given, and those that only the original changed.

    An author who is named stays, unless one was given: whether two spellings are one person is the
    editor's to say.
    """
    changes, there = [], _metadata(text)
    fields = {**{key: getattr(new, key) for key in _FIELDS}, **given}
    for key, value in fields.items():
        own = there.get(key, "")
        former = getattr(base, key, "") if base else ""
        if not value or value == own or (key not in given and value == former):
            continue
        if key == "author" and own and key not in given:
            continue
        free = key in given or own in ("", former)
        changed = with_metadata(text, key, value) if free else text
        if changed != text:
            text = changed
            what = f"“{own}” → “{value}”" if own else f"“{value}”"
            changes.append(Change(ChangeKind.EDITED, key, what))
        elif base or key in given:
            now = (
                "you gave “{}”, which cannot be written"
                if key in given
                else "the original has “{}” now"
            )
            what = f"{now.format(value)}; yours stays: “{own}”"
            changes.append(Change(ChangeKind.CONFLICT, key, what))
    return text, tuple(changes)


def _metadata(text: str) -> dict[str, str]:
    """The fields of an essay's front matter, each as one text, white space folded."""
    front, _ = read_yaml(split(text).front or "", "")
    values = front.values if isinstance(front, Entry) else {}
    return {key: _one_text(value) for key, value in values.items()}


def _one_text(value: object) -> str:
    if isinstance(value, list):
        value = join_names([str(each.value) for each in value] or [""])
    return " ".join(value.split()) if isinstance(value, str) else ""


def with_metadata(text: str, key: str, value: str) -> str:
    """The essay's text (line feeds only) with one field of the front matter set.

    Unchanged where the front matter is written so that one field alone cannot be.
    """
    if not split(text).front:
        return text
    names = author_names(value) if key == "author" else ()
    written = [*names] if len(names) > 1 else value
    try:
        return with_front(text, lambda front: with_field(front, key, written))
    except CannotEdit:
        return text
