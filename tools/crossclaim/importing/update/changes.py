"""Changes that an update made to an essay, in words an editor can act on."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to a passage, or to a field of the front matter."""

    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    ADDED = "new"
    REMOVED = "removed"
    OMITTED = "left out"
    UNPLACED = "unplaced"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: to which passage (“#” and its id) or field, and how."""

    kind: ChangeKind
    name: str
    what: str

    @property
    def open(self) -> bool:
        """Whether the editor has to decide something."""
        return self.kind in (ChangeKind.UNPLACED, ChangeKind.CONFLICT)


def opening(text: str, most: int = 7) -> str:
    """A text's first words, in quotation marks."""
    words = text.split()
    return f"“{' '.join(words[:most])}{' …' if len(words) > most else ''}”"


def difference(before: str, after: str) -> str:
    """What differs between two texts, word by word: “old” → “new”; the first three places."""
    one, other = before.split(), after.split()
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    places = [
        f"“{' '.join(one[i1:i2])}” → “{' '.join(other[j1:j2])}”"
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    ]
    more = f"; and {len(places) - 3} more places" if len(places) > 3 else ""
    return "; ".join(places[:3]) + more
