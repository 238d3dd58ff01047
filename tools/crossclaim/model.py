"""The values everything else speaks in: frozen records, no I/O.

A *passage* is an occurrence: this paragraph of this essay. A *claim* is what many passages share.
The two words are kept apart everywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

# Called as work goes on, with the parts that are done, those that there are (0: nobody knows), and
# what they are: “pages read”. For progress that is shown.
Step = Callable[[int, int, str], None]


class Stance(StrEnum):
    """What a passage does with a claim. The order is the order of display."""

    ASSERTS = "asserts"
    ILLUSTRATES = "illustrates"
    CONCEDES = "concedes"
    REPORTS = "reports"
    REJECTS = "rejects"

    @property
    def makes(self) -> bool:
        """Whether a passage with this stance makes the claim its author's own."""
        return self in (Stance.ASSERTS, Stance.ILLUSTRATES)

    @property
    def word(self) -> str:
        """What a reader is told a passage does."""
        return "grants" if self is Stance.CONCEDES else self.value


# What each stance does, for the legend.
STANCE_MEANINGS: Mapping[Stance, str] = {
    Stance.ASSERTS: "argues it",
    Stance.ILLUSTRATES: "offers a story or figure as proof",
    Stance.CONCEDES: "grants it, partly",
    Stance.REPORTS: "states somebody else’s view",
    Stance.REJECTS: "denies it",
}


class Publish(StrEnum):
    """How much of an essay its rights allow a public edition to show."""

    FULL = "full"
    EXCERPT = "excerpt"
    CLAIMS = "claims"


class Edition(StrEnum):
    """Whom a site is for: anybody, or its editor alone."""

    PUBLIC = "public"
    READING = "reading"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path relative to the collection's root, and a line from 1."""

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Tag:
    """One claim on one passage, with its stance. Unreviewed tags are suggestions.

    `words` are the passage's words that decide it, in one or several pieces; none where nobody has
    marked them.
    """

    claim: str
    stance: Stance
    reviewed: bool
    place: Place
    words: tuple[str, ...] = ()


WITHHELD = "…"  # the text of a passage of which an edition shows nothing


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or quotation.

    `text` is Markdown, without its marker or tag line; `words` are its words on one line, without
    marks. `id` is "" where none was given yet; `was` are the ids of passages that became part of
    it. `number` counts the essay's passages from 1. `marker` is the number a list item shows
    ("1."), or "".
    """

    id: str
    text: str
    number: int
    tags: tuple[Tag, ...]
    aside: bool
    place: Place
    marker: str = ""
    was: tuple[str, ...] = ()
    words: str = ""

    @property
    def withheld(self) -> bool:
        """Whether the edition shows nothing of its text."""
        return self.text == WITHHELD

    @property
    def reviewed(self) -> tuple[Tag, ...]:
        """The tags somebody has accepted."""
        return tuple(tag for tag in self.tags if tag.reviewed)

    @property
    def suggestions(self) -> tuple[Tag, ...]:
        """The tags nobody has reviewed."""
        return tuple(tag for tag in self.tags if not tag.reviewed)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an essay; `level` is 2 to 6, whatever the file used."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Markdown that is no passage (code, a rule, a footnote's text), passed on as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is a run of parts. `start` is the first number of an ordered one."""

    ordered: bool
    items: tuple[tuple["Part", ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation and the parts inside it."""

    parts: tuple["Part", ...]


Part = Passage | Heading | Verbatim | Items | Quotation


# What a walk over parts meets: a passage, heading or verbatim part, or where an HTML element
# (“blockquote”, “ol”, “ul”, “li”) opens or closes.
WalkStep = (
    tuple[Literal["passage"], Passage]
    | tuple[Literal["heading"], Heading]
    | tuple[Literal["verbatim"], Verbatim]
    | tuple[Literal["open", "close"], str]
)


def walk(parts: Iterable[Part]) -> Iterator[WalkStep]:
    """The parts in reading order, however deeply nested, each after its kind."""
    for part in parts:
        match part:
            case Passage():
                yield "passage", part
            case Heading():
                yield "heading", part
            case Verbatim():
                yield "verbatim", part
            case Quotation():
                yield "open", "blockquote"
                yield from walk(part.parts)
                yield "close", "blockquote"
            case Items():
                element = "ol" if part.ordered else "ul"
                yield "open", element
                for item in part.items:
                    yield "open", "li"
                    yield from walk(item)
                    yield "close", "li"
                yield "close", element


@dataclass(frozen=True, slots=True)
class Definitions:
    """What an essay's Markdown refers to: its links by label, and its footnotes.

    `references` are (label, address, title); a label is in the form in which labels are compared.
    """

    references: tuple[tuple[str, str, str], ...] = ()
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Essay:
    """One essay. `id` is its file's name without the ending; `authors` are author ids, or none.

    A `draft` is in no public edition. `was` are ids it had before. `passages` are those
    among its parts, in reading order; `original_line` is where its file names its original.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    parts: tuple[Part, ...]
    place: Place
    publication: str = ""
    date: str = ""
    language: str = ""
    address: str = ""
    original: str = ""
    rights: str = ""
    publish: Publish | None = None
    draft: bool = False
    definitions: Definitions = Definitions()
    was: tuple[str, ...] = ()
    original_line: int = 1
    passages: tuple[Passage, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        passages = tuple(part for _, part in walk(self.parts) if isinstance(part, Passage))
        object.__setattr__(self, "passages", passages)

    @property
    def writers(self) -> tuple[str, ...]:
        """Who is told to have written it: its authors, else the essay itself, which is no author.

        That is “essays/” and its id, so that it is nobody's id, and another for every essay.
        """
        return self.authors or (f"essays/{self.id}",)


LONGEST_LABEL = 42  # characters


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence one can agree or disagree with, shared by the collection.

    `label` is its short form, "" where it has none; `also` are words by which people look for it.
    """

    id: str
    sentence: str
    theme: str
    about: str
    place: Place
    opposes: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    label: str = ""
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the claim is called in small: its label, else its sentence, cut after a word."""
        sentence = self.sentence.rstrip(".")
        if self.label or len(sentence) <= LONGEST_LABEL:
            return self.label or sentence
        return sentence[: LONGEST_LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an essay. `links` are (label, address) pairs; `short` is "" where it is derived.

    `was` are ids the author had before, and those of authors who turned out to be this one.
    """

    id: str
    name: str
    place: Place
    about: str = ""
    links: tuple[tuple[str, str], ...] = ()
    short: str = ""
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedEssay:
    """An essay that two have tagged: Krippendorff's alpha over it, and a digest of the tags."""

    essay: str
    passages: int
    tags: str
    alpha: float | None = None


@dataclass(frozen=True, slots=True)
class SecondReading:
    """How far somebody who tagged a copy of the essays agrees with the collection's tags.

    `alpha` is over every passage and claim, `stance_alpha` over the claims both give; None where
    nothing varied. `tagger` is who tagged the collection, or "".
    """

    reader: str
    date: str
    passages: int
    claims: int
    place: Place
    alpha: float | None = None
    stance_alpha: float | None = None
    tagger: str = ""
    essays: tuple[SharedEssay, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Essays, claims and authors, as loaded; nothing in it has been checked across files."""

    essays: tuple[Essay, ...]
    claims: tuple[Claim, ...]
    authors: tuple[Author, ...]
    originals: frozenset[str] = frozenset()
    readings: tuple[SecondReading, ...] = ()
