"""`claims.yml` and `authors.yml`: text in, claims or authors and findings out; claims changed."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from crossclaim.content import yaml_edit
from crossclaim.content.yaml import Fields, read_entries
from crossclaim.content.yaml_edit import CannotEdit, Edit, scalar
from crossclaim.findings import Finding
from crossclaim.model import LONGEST_LABEL, Author, Claim
from crossclaim.names import did_you_mean, is_id, slug

CLAIM_FIELDS = {
    "id": "the claim's id, used in tags and as its page's address",
    "claim": "one sentence that a person can agree or disagree with",
    "label": f"its short form, at most {LONGEST_LABEL} characters; else the sentence is cut",
    "also": "other words by which people may look for it",
    "theme": "the heading it stands under in the index",
    "about": "how a tagger decides whether a paragraph makes it",
    "opposes": "ids of claims it speaks against",
    "supports": "ids of claims it speaks for",
    "was": "ids it had before, and those of claims it was made from; their addresses lead here",
}
AUTHOR_FIELDS = {
    "id": "the author's id, used as the page's address",
    "name": "the name, as the essays' `author` has it",
    "short": "the name in small; where there is none, the last part of the name",
    "about": "who the author is",
    "links": "addresses about the author, by label",
    "was": "ids the author had before, and those of authors merged with; their addresses lead here",
}
_ID_LISTS = ("opposes", "supports", "was")
_WIDTH = 100  # of an entry's lines

# What a claim becomes, by its id before: itself as changed, none where it goes, several of a split.
ChangedClaims = dict[str, tuple[Claim, ...]]
Heirs = Mapping[str, Sequence[str]]  # the ids that a claim’s id before leads to


def read_claims(text: str, file: str) -> tuple[tuple[Claim, ...], list[Finding]]:
    """The claims of a `claims.yml`, in its order; an entry without id or sentence is left out."""
    entries, findings = read_entries(text, file)
    claims: list[Claim] = []
    for entry in entries:
        fields = Fields(entry, file, CLAIM_FIELDS)
        claim = Claim(
            id=fields.text("id"),
            sentence=fields.text("claim"),
            theme=fields.text("theme"),
            about=fields.text("about"),
            place=fields.place("id"),
            opposes=fields.texts("opposes"),
            supports=fields.texts("supports"),
            was=fields.texts("was"),
            label=fields.text("label"),
            also=fields.texts("also"),
        )
        findings += [*fields.findings, *_label_findings(claim, fields)]
        for key in ("id", "claim", "theme", "about"):
            if not fields.text(key):
                message = f"the claim “{claim.id or claim.sentence or '?'}” has no “{key}”"
                hint = f"add “{key}:”, {CLAIM_FIELDS[key]}"
                findings.append(Finding("missing-claim-text", fields.place(key), message, hint))
        if claim.id:
            claims.append(claim)
        for name in (claim.id, *claim.was) if claim.id else claim.was:
            findings += id_findings(name, fields, "id", "claim")
    return tuple(claims), findings


def _label_findings(claim: Claim, fields: Fields) -> Iterator[Finding]:
    if "label" in fields.entry.values and not claim.label:
        message, hint = f"the label of “{claim.id}” is empty", "write one, or take the line out"
        yield Finding("bad-label", fields.place("label"), message, hint)
    if len(claim.label) > LONGEST_LABEL:
        message = f"the label “{claim.label}” has {len(claim.label)} characters"
        hint = f"say it in {LONGEST_LABEL}"
        yield Finding("bad-label", fields.place("label"), message, hint)


def read_authors(text: str, file: str) -> tuple[tuple[Author, ...], list[Finding]]:
    """The authors of an `authors.yml`, in its order."""
    entries, findings = read_entries(text, file)
    authors: list[Author] = []
    for entry in entries:
        fields = Fields(entry, file, AUTHOR_FIELDS)
        author = Author(
            id=fields.text("id") or slug(fields.text("name")),
            name=fields.text("name"),
            place=fields.place("id"),
            about=fields.text("about"),
            links=fields.addresses("links"),
            short=fields.text("short"),
            was=fields.texts("was"),
        )
        findings += fields.findings
        if not author.name:
            message, hint = "an author has no “name”", "add “name:”, as the essays have it"
            findings.append(Finding("missing-metadata", fields.place("name"), message, hint))
            continue
        for name in (author.id, *author.was):
            findings += id_findings(name, fields, "id", "author")
        authors.append(author)
    return tuple(authors), findings


def author_ids(authors: Iterable[Author]) -> dict[str, str]:
    """The ids of authors by all that an essay may call them: a former id, the id, the name."""
    authors = tuple(authors)
    ids = {former: author.id for author in authors for former in author.was}
    return ids | {a.id: a.id for a in authors} | {a.name: a.id for a in authors}


def id_findings(name: str, fields: Fields, key: str, kind: str) -> list[Finding]:
    """Why a name in this field cannot be the id of a page."""
    if is_id(name):
        return []
    better = slug(name)
    message = f"“{name}” cannot be the id of a page"
    hint = did_you_mean(name, (better,), f"write it as “{better}”" if better else "use letters")
    return [Finding("bad-id", fields.place(key), f"{message} for this {kind}", hint)]


def heirs_of(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """The ids that claims had before, each with the claims it leads to: several after a split."""
    heirs: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        for former in claim.was:
            heirs[former] = (*heirs.get(former, ()), claim.id)
    return heirs


def entry_text(claim: Claim) -> str:
    """A new entry's lines, from a dash at the margin on; fields without a value are left out."""
    about = textwrap.wrap(claim.about, _WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    lines = [f"id: {scalar(claim.id)}", f"claim: {scalar(claim.sentence)}"]
    lines += [f"theme: {scalar(claim.theme)}"] if claim.theme else []
    lines += ["about: >-", *(f"  {line}" for line in about)] if about else []
    for name in _ID_LISTS:
        ids: tuple[str, ...] = getattr(claim, name)
        lines += [f"{name}: {yaml_edit.flow_list(ids)}"] if ids else []
    return "\n".join(["- " + lines[0], *("  " + line for line in lines[1:])])


def with_changed_claims(
    text: str, changed: Mapping[str, Sequence[Claim]], names: Mapping[str, str]
) -> str:
    """The text of a `claims.yml` with some claims changed, by their id in it.

    The first of what a claim becomes stands in its place, the others behind it as new entries; none
    takes it out. A claim's id, what it opposes, supports and was may change; its `about` where it
    names one of `names`, old to new. Everything else stays, to the character. Raises CannotEdit
    where the text would not then say exactly this.
    """
    before = read_claims(text, "")[0]
    root, nodes = yaml_edit.entry_nodes(text)
    edits: list[Edit] = []
    expected: list[Claim] = []
    added: list[tuple[int, list[Claim]]] = []  # behind so many of the claims
    for node, claim in zip((node for node in nodes if _text(node, "id")), before, strict=True):
        after, *new = changed.get(claim.id, (claim,)) or (None,)
        if after is None:
            edits += yaml_edit.remove_entry(text, root, node)
            continue
        if after != claim:
            edits += _claim_edits(text, node, claim, after, names)
        expected.append(after)
        if new:
            added.append((len(expected), new))
    edited = yaml_edit.apply_edits(text, edits)
    for index, new in reversed(added):
        edited = _with_new_claims(edited, index, new)
        expected[index:index] = new
    _verify(read_claims(edited, "")[0], expected)
    return edited


def _with_new_claims(text: str, index: int, claims: Sequence[Claim]) -> str:
    """The text with new claims behind so many of its claims."""
    root, nodes = yaml_edit.entry_nodes(text)
    node = [node for node in nodes if _text(node, "id")][index - 1]
    return yaml_edit.apply_edits(
        text, [yaml_edit.add_entries(text, root, node, [entry_text(claim) for claim in claims])]
    )


def with_changed_authors(text: str, changed: Mapping[str, Author | None]) -> str:
    """The text of an `authors.yml` with some authors changed, by their id in it; None: taken out.

    An author's id, name and former ids may change; everything else stays, to the character. Raises
    CannotEdit where the text would not then say exactly this.
    """
    before = read_authors(text, "")[0]
    root, nodes = yaml_edit.entry_nodes(text)
    edits: list[Edit] = []
    expected: list[Author] = []
    for node, author in zip((node for node in nodes if _text(node, "name")), before, strict=True):
        after = changed.get(author.id, author)
        if after is None:
            edits += yaml_edit.remove_entry(text, root, node)
            continue
        edits += _author_edits(text, node, author, after)
        expected.append(after)
    edited = yaml_edit.apply_edits(text, edits)
    _verify(read_authors(edited, "")[0], expected)
    return edited


def _author_edits(
    text: str, entry: yaml.MappingNode, before: Author, after: Author
) -> Iterator[Edit]:
    own_id, name = yaml_edit.entry_field(entry, "id"), yaml_edit.entry_field(entry, "name")
    was = yaml_edit.entry_field(entry, "was")
    if name is None:  # no author is without one
        return
    if after.name != before.name:
        yield yaml_edit.replace_scalar(text, name[1], after.name)
    if own_id and _text(entry, "id") and after.id != before.id:
        yield yaml_edit.replace_scalar(text, own_id[1], after.id)
    elif own_id is None and slug(after.name) != after.id:
        yield yaml_edit.add_field(text, entry, name, "id", after.id)
    if was and after.was != before.was:
        yield from yaml_edit.change_field(text, entry, was, after.was)
    elif after.was != before.was:
        yield yaml_edit.add_field(text, entry, own_id or name, "was", after.was)


def rename_in_prose(text: str, names: Mapping[str, str]) -> str:
    """A text in which ids have become others; a single word is no id, as on the pages."""
    hyphenated = {old: new for old, new in names.items() if "-" in old}
    if not hyphenated:
        return text
    either = "|".join(map(re.escape, hyphenated))
    return re.sub(rf"(?<![\w-])(?:{either})(?![\w-])", lambda match: hyphenated[match[0]], text)


def _text(entry: yaml.MappingNode, name: str) -> str:
    field = yaml_edit.entry_field(entry, name)
    scalars = yaml_edit.field_scalars(field) if field else []
    return " ".join(str(scalars[0].value).split()) if scalars else ""


def _claim_edits(
    text: str, entry: yaml.MappingNode, before: Claim, after: Claim, names: Mapping[str, str]
) -> list[Edit]:
    edits: list[Edit] = []
    own_id = yaml_edit.entry_field(entry, "id")
    if own_id and after.id != before.id:
        edits.append(yaml_edit.replace_scalar(text, own_id[1], after.id))
    for name in _ID_LISTS:
        ids: tuple[str, ...] = getattr(after, name)
        field = yaml_edit.entry_field(entry, name)
        if ids == getattr(before, name):
            continue
        if field:
            edits += yaml_edit.change_field(text, entry, field, ids)
        else:
            previous = own_id if own_id and name == "was" else entry.value[-1]
            edits.append(yaml_edit.add_field(text, entry, previous, name, ids))
    about = yaml_edit.entry_field(entry, "about")
    if about and after.about != before.about:
        edits.append(
            yaml_edit.rewrite_scalar(text, about[1], lambda old: rename_in_prose(old, names))
        )
    return edits


def _verify(read: Sequence[Claim | Author], expected: Sequence[Claim | Author]) -> None:
    """Raises CannotEdit where the edited text does not hold these entries and no other."""
    for wanted, entry in zip(expected, read, strict=False):
        if wanted != replace(entry, place=wanted.place):
            raise CannotEdit(wanted.place.line, f"“{wanted.id}” is written too unusually")
    if len(read) != len(expected):
        raise CannotEdit(1, "its entries are written too unusually")
