"""Change claims in the text of `claims.yml`, and nothing else, to the character."""

import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from crossclaim.content import yaml_edit
from crossclaim.content.registry import read_claims
from crossclaim.content.yaml_edit import CannotEdit, Edit
from crossclaim.model import Claim, Place

_LISTS = ("opposes", "supports", "was")


def rewritten(text: str, changed: Mapping[str, Claim | None], names: Mapping[str, str]) -> str:
    """The text with some claims changed, by the id they have in it; None takes one out.

    A claim's id, what it opposes, supports and was may change; its `about` where it says one of
    `names`, old to new. Raises CannotEdit where the text written anew would not say exactly this.
    """
    before = read_claims(text, "")[0]
    root, entries = yaml_edit.entries_of(text)
    edits: list[Edit] = []
    rows = [entry for entry in entries if _id(entry)]
    for entry, claim in zip(rows, before, strict=True):
        if claim.id not in changed:
            continue
        after = changed[claim.id]
        if after is None:
            edits += yaml_edit.without_entry(text, root, entry)
        else:
            edits += _changed(text, entry, claim, after, names)
    made = yaml_edit.applied(text, edits)
    expected = [changed.get(claim.id, claim) for claim in before]
    _verify(made, [claim for claim in expected if claim is not None])
    return made


def in_prose(text: str, names: Mapping[str, str]) -> str:
    """A text in which ids have become others; a single word is no id, as on the pages."""
    long = {old: new for old, new in names.items() if "-" in old}
    if not long:
        return text
    either = "|".join(map(re.escape, long))
    return re.sub(rf"(?<![\w-])(?:{either})(?![\w-])", lambda found: long[found[0]], text)


def _id(entry: yaml.MappingNode) -> str:
    pair = yaml_edit.field(entry, "id")
    return " ".join(str(pair[1].value).split()) if pair and yaml_edit.texts(pair[1]) else ""


def _changed(
    text: str, entry: yaml.MappingNode, before: Claim, after: Claim, names: Mapping[str, str]
) -> list[Edit]:
    edits: list[Edit] = []
    own = yaml_edit.field(entry, "id")
    if own and after.id != before.id:
        edits.append(yaml_edit.respelled(text, own[1], after.id))
    for name in _LISTS:
        held: tuple[str, ...] = getattr(after, name)
        pair = yaml_edit.field(entry, name)
        if held == getattr(before, name):
            continue
        if pair:
            edits += yaml_edit.with_texts(text, pair, entry, held)
        else:
            behind = own if own and name == "was" else entry.value[-1]
            line = f"{name}: [{', '.join(map(yaml_edit.plain, held))}]"
            edits.append(yaml_edit.with_field(text, entry, behind, line))
    about = yaml_edit.field(entry, "about")
    if about and after.about != before.about:
        edits.append(yaml_edit.respoken(text, about[1], lambda said: in_prose(said, names)))
    return edits


def _verify(made: str, expected: list[Claim]) -> None:
    nowhere = Place("")
    got = [replace(claim, place=nowhere) for claim in read_claims(made, "")[0]]
    for claim, other in zip(expected, got, strict=False):
        if replace(claim, place=nowhere) != other:
            raise CannotEdit(claim.place.line, f"“{claim.id}” is written too unusually")
    if len(got) != len(expected):
        raise CannotEdit(1, "its entries are written too unusually")
