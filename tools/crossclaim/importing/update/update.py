"""Essays that are in the collection already, updated to a new version of their original."""

from collections.abc import Mapping
from dataclasses import dataclass

from crossclaim.content.essay import ESSAY_FIELDS, split
from crossclaim.content.yaml import Entry, Fields, read_yaml
from crossclaim.importing.document import Document
from crossclaim.importing.update.changes import Change
from crossclaim.importing.update.front_matter import update_front_matter
from crossclaim.importing.update.three_way import merge_versions


@dataclass(frozen=True, slots=True)
class ExistingEssay:
    """An essay's file and what its front matter says; `text` has line feeds only."""

    id: str
    text: str
    windows: bool
    title: str
    authors: tuple[str, ...]
    address: str
    original: str

    def encoded(self, text: str) -> bytes:
        """A text as this file's bytes, with its own line ends."""
        return (text.replace("\n", "\r\n") if self.windows else text).encode()


def read_existing(essay: str, data: bytes) -> ExistingEssay:
    """An essay's file as it stands, whatever else is wrong with it; it is UTF-8."""
    text = data.decode("utf-8")
    ends = text.count("\r\n")
    windows = bool(ends) and ends == text.count("\n")
    text = text.replace("\r\n", "\n") if windows else text
    value, _ = read_yaml(split(text).front or "", "")
    fields = Fields(value if isinstance(value, Entry) else Entry({}, {}, 1), "", ESSAY_FIELDS)
    return ExistingEssay(
        id=essay,
        text=text,
        windows=windows,
        title=fields.text("title"),
        authors=fields.texts("author"),
        address=fields.text("address"),
        original=fields.exact("original"),
    )


def update(
    essay: ExistingEssay, base: Document | None, new: Document, given: Mapping[str, str]
) -> tuple[str, tuple[Change, ...]]:
    """The essay's text after the update and what was done.

    `base` is the original the essay was made from, if it is known; `given` are fields of the front
    matter that the editor gave.
    """
    text, changes = merge_versions(essay.text, base, new)
    text, fields = update_front_matter(text, base, new, given)
    return text, fields + changes
