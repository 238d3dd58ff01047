"""Ids out of words, and the nearest of several names."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches

# Letters and digits of any script, in lower case, joined by single hyphens.
_ID = re.compile(r"[^\W_]+(?:-[^\W_]+)*\Z")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# Page names the site needs for itself.
RESERVED = frozenset({"index", "map"})


def is_id(text: str) -> bool:
    """Whether the text can be an id: lower case, letters and digits, single hyphens between.

    Names that begin with “cc-” are the site's own.
    """
    if text in RESERVED or text.startswith("cc-"):
        return False
    return bool(_ID.match(text)) and text == text.lower()


def words(text: str) -> list[str]:
    """The words of a text, in order; an apostrophe inside a word belongs to it."""
    return WORD.findall(text)


def slug(text: str, most: int = 8) -> str:
    """An id from the first `most` words; accents of Latin letters go, other scripts stay."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    short = [re.sub(r"['’]", "", word).lower() for word in words(plain)[:most]]
    joined = "-".join(short).removeprefix("cc-")
    if joined == "cc":
        return "page-cc"  # “cc-2” is the site’s own
    return f"{joined}-page" if joined in RESERVED else joined


def opening_id(text: str, taken: Collection[str]) -> str:
    """A passage's id from its opening words: as few as tell it from those taken, at least four.

    Passages that open with the same words throughout get a number at the end.
    """
    for most in range(4, 9):
        candidate = slug(text, most)
        if candidate and candidate not in taken:
            return candidate
    return free_id(slug(text, 4) or "passage", taken)


def free_id(stem: str, taken: Collection[str]) -> str:
    """The id itself, or with a number that makes it a new one: the first, if none was left out."""

    def name(number: int) -> str:
        return stem if number == 1 else f"{stem}-{number}"

    # Thousands of passages may open alike, so it goes in strides, and then halves the last one.
    used, free = 0, 1
    while name(free) in taken:
        used, free = free, 2 * free
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if name(middle) in taken else (used, middle)
    return name(free)


def nearest(name: str, known: Collection[str], likeness: float = 0.6) -> str | None:
    """The known name most like this one, or None where none is as like it, from 0 to 1."""
    folded = {other.casefold(): other for other in sorted(known, reverse=True)}
    matches = get_close_matches(name.casefold(), sorted(folded), n=1, cutoff=likeness)
    return folded[matches[0]] if matches else None


def did_you_mean(name: str, known: Collection[str], otherwise: str) -> str:
    """A hint: the nearest known name where there is one, else what to do otherwise."""
    match = nearest(name, known)
    return f"did you mean “{match}”?" if match else otherwise


def in_quotes(text: str) -> str:
    """A text in quotation marks; those inside it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def quoted(names: Iterable[str], last: str) -> str:
    """Names in quotation marks, for a message: “one”, “two” or “three”; `last` is that “or”."""
    marked = [f"“{name}”" for name in names]
    return f" {last} ".join(filter(None, [", ".join(marked[:-1]), *marked[-1:]]))
