"""A passage as it stands in its file, tag line to the byte, and how one is found again."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crossclaim.content.essay_edit import TaggedText, tagged
from crossclaim.content.markdown import NO_DEFINITIONS
from crossclaim.content.tag_line import Attributes
from crossclaim.model import Definitions

_UNNAMED = "~"  # no id holds it: the key of a passage without an id is this and its number


@dataclass(frozen=True, slots=True)
class FilePassage:
    """A passage in its file.

    `number` counts from 1; `last` is its text's last line and `written` its tag lines, margin and
    carriage returns included, or None where it has none. `attributes` is None where the tag line
    cannot be read. `key` is its id, or “~” and its number where it has none.
    """

    number: int
    last: int
    text: str
    written: str | None
    attributes: Attributes | None
    key: str
    words: str = ""
    definitions: Definitions = NO_DEFINITIONS

    @property
    def line(self) -> int:
        """Where its tag line stands, or its text ends."""
        return self.last if self.written is None else self.last + 1

    @property
    def end(self) -> int:
        """Its last line, tag lines included."""
        return self.last if self.written is None else self.last + self.written.count("\n") + 1

    @property
    def version(self) -> str:
        """The same for the same text and tag line; another number or place changes nothing."""
        content = f"{self.text}\n{(self.written or '').strip()}"
        return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


@lru_cache(maxsize=8)
def file_passages(text: str) -> tuple[FilePassage, ...]:
    """The passages of an essay's file, in reading order."""
    lines = text.split("\n")
    passages = [_file_passage(passage, lines) for passage in tagged(text)]
    times = Counter(passage.key for passage in passages)
    return tuple(
        p if times[p.key] == 1 else replace(p, key=f"{_UNNAMED}{p.number}") for p in passages
    )


def _file_passage(passage: TaggedText, lines: Sequence[str]) -> FilePassage:
    own = passage.attributes.id if passage.attributes else ""
    key = own or f"{_UNNAMED}{passage.number}"
    end = passage.last + len(passage.tag_lines)
    written = "\n".join(lines[passage.last : end]) if passage.tag_lines else None
    return FilePassage(
        passage.number,
        passage.last,
        passage.text,
        written,
        passage.attributes,
        key,
        passage.words,
        passage.definitions,
    )


def relocate(among: Sequence[FilePassage], key: str, version: str = "") -> FilePassage | None:
    """The passage a page has shown, in the file as it is now; None where it is not sure which.

    An id names its passage for good. One without an id is the one of this number if nothing about
    it has changed, else the only one that is just like it.
    """
    here = next((passage for passage in among if passage.key == key), None)
    if here is None or key.startswith(_UNNAMED):
        if here and (not version or here.version == version):
            return here
        alike = [passage for passage in among if version and passage.version == version]
        return alike[0] if len(alike) == 1 else None
    return here


def number_in_key(key: str) -> int:
    """The number in the key of a passage without an id; 0 in an id."""
    number = key.removeprefix(_UNNAMED)
    return int(number) if number != key and number.isdecimal() and len(number) < 9 else 0


def with_tag_line(text: str, passage: FilePassage, written: str | None) -> str:
    """The essay's text with this tag line, as it is, under the passage; None takes it away."""
    lines = text.split("\n")
    lines[passage.last : passage.end] = [] if written is None else [written]
    return "\n".join(lines)


def only_tag_line_changed(before: str, after: str, number: int) -> bool:
    """Whether one passage's tag line is all that tells two texts apart."""
    one, other = file_passages(before), file_passages(after)
    return len(one) == len(other) and all(
        a.text == b.text and (a.written == b.written or a.number == number)
        for a, b in zip(one, other, strict=True)
    )
