"""Several documents of one `add` compared: the same text twice, and lines that repeat over them."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from crossclaim.importing import dates
from crossclaim.importing.document import (
    BLOCK_REASON,
    SUBTITLE_REASON,
    Block,
    Document,
    Kind,
    LeftOut,
)
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

REPEATED_REASON = "a line that repeats over the files"
_ABOVE_REASON = "a line above one that repeats over the files"
_OFTEN = 3  # files; fewer may agree by chance
_LINE = 25  # words; what is longer may be an argument
_TOLD = 12  # words; a shorter sentence that comes again is not worth a remark
_HEAD, _TAIL = 6, 4  # blocks at an edge of an essay
_SHINGLE = 4  # words
_SAMPLE = 24  # of a text's shingles, by which most other texts are told from it at once
_SAME = 0.8  # of the shingles of the longer of two texts
_NUMBER = re.compile(r"(?:\d+|[ivxlc]+)(?:st|nd|rd|th)?\Z")
_APPEARED = re.compile(r"(?:[Ff]or|[Ff]rom|[Ii]n) (?:[Tt]he )?([A-Z][^.,;]{2,60})[.,;]")


@dataclass(frozen=True, slots=True)
class Repetition:
    """A text that stands in several documents, by their indices; `kept` where it stays in them."""

    text: str
    documents: tuple[int, ...]
    kept: bool


def same_texts(documents: Sequence[Document | None]) -> dict[int, int]:
    """The documents that are nearly word for word an earlier one, and which that is."""
    shingles = [_shingles(each) if each else frozenset[str]() for each in documents]
    same: dict[int, int] = {}
    for index, own in enumerate(shingles):
        sample = {*sorted(own)[:: len(own) // _SAMPLE + 1]}
        for earlier, other in enumerate(shingles[:index]):
            if earlier in same or len(sample & other) <= len(sample) / 2:
                continue
            if len(own & other) >= _SAME * max(len(own), len(other)):
                same[index] = earlier
                break
    return same


def _shingles(document: Document) -> frozenset[str]:
    text = words(" ".join(block.text for block in document.blocks).casefold())
    count = max(len(text) - _SHINGLE + 1, min(len(text), 1))
    return frozenset(" ".join(text[start : start + _SHINGLE]) for start in range(count))


def line_keys(text: str) -> frozenset[str]:
    """What the short paragraphs of a text or page are recognised by."""
    if "</" in text:
        text = re.sub(r"</?(?:em|strong|b|i|a|span|u)\b[^>]*>", "", text)
        text = re.sub(r"<[^>]*>", "\n\n", text)
    pieces = re.split(r"\n\s*\n", text)
    return frozenset(_key(each) for each in pieces if len(each) < 10 * _LINE) - {""}


def _key(text: str) -> str:
    """The words of a line in small letters, numbers as one sign; "" of one without words."""
    parts = ["#" if _NUMBER.match(word) else word for word in words(text.casefold())]
    return " ".join(parts) if {*parts} - {"#"} else ""


def without_repeated(
    documents: Sequence[Document],
    elsewhere: Sequence[Collection[str]] = (),
    titled: Collection[int] = (),
) -> tuple[tuple[Document, ...], tuple[Repetition, ...]]:
    """The documents without the short lines that several have, and those lines, each once.

    A masthead, a salutation, a signature: what stands in three, or at the same edge of all of two
    or more. `elsewhere` are the `line_keys` of originals added earlier, which count as well. A
    longer paragraph, a sentence amid the text, and a heading with text below it stay. A title that
    is such a line goes, and one that only numbers a series is completed by the line below it,
    except in those `titled` (indices) by the editor.
    """
    lines = _Lines(documents, elsewhere)
    left = [lines.left_out(index) for index in range(len(documents))]
    without = tuple(
        _without(document, own, index not in titled and lines.has_no_title(document))
        for index, (document, own) in enumerate(zip(documents, left, strict=True))
    )
    repeated: dict[str, list[int]] = {}
    for index, (document, own) in enumerate(zip(documents, left, strict=True)):
        for place in own:
            if own[place] == REPEATED_REASON:
                repeated.setdefault(_key(document.blocks[place].text), []).append(index)
    gone = [_repetition(documents, key, indices, False) for key, indices in repeated.items()]
    return without, (*gone, *lines.kept({*repeated}))


def _repetition(
    documents: Sequence[Document], key: str, indices: Sequence[int], kept: bool
) -> Repetition:
    texts = (block.text for block in documents[indices[0]].blocks if _key(block.text) == key)
    return Repetition(" ".join(next(texts).split()), tuple(dict.fromkeys(indices)), kept)


class _Lines:
    """The blocks of several documents by key: which have it, and at which edge."""

    def __init__(self, documents: Sequence[Document], elsewhere: Sequence[Collection[str]]) -> None:
        self.documents = documents
        self.holders: dict[str, list[int]] = {}
        self.edges: Counter[tuple[str, str]] = Counter()
        for index, document in enumerate(documents):
            keys = [_key(block.text) for block in document.blocks]
            for key in dict.fromkeys([_key(document.title), *keys]):
                if key:
                    self.holders.setdefault(key, []).append(index)
            self.edges.update({(key, edge) for key, edge in zip(keys, _edges(keys), strict=True)})
        # What a reader took for something else in one document counts for the others.
        read = [frozenset(_key(left.text) for left in each.left_out) for each in documents]
        self.elsewhere = {
            key: sum(key in own for own in elsewhere)
            + sum(key in own for index, own in enumerate(read) if index not in indices)
            for key, indices in self.holders.items()
        }
        # What is a line of its own in one document may have been taken for a heading in another.
        self.lines = {
            _key(block.text)
            for document in documents
            for block, edge in zip(document.blocks, _edges(document.blocks), strict=True)
            if self._is_repeated(block, edge)
        }

    def often(self, key: str) -> bool:
        """Whether a line stands in so many files that it is none of theirs."""
        return len(self.holders.get(key, ())) + self.elsewhere.get(key, 0) >= _OFTEN

    def has_no_title(self, document: Document) -> bool:
        """Whether a title is other files' too, or only the number of one in a series."""
        key = _key(document.title)
        everywhere = len(self.holders.get(key, ())) == len(self.documents) > 1
        return self.often(key) or ("#" in key and everywhere)

    def left_out(self, index: int) -> dict[int, str]:
        """The blocks of a document that are not its own, and why."""
        document = self.documents[index]
        blocks = document.blocks
        series = "#" in _key(document.title) and self.has_no_title(document)
        edges = list(_edges(blocks))
        reasons = {
            place: REPEATED_REASON
            for place, block in enumerate(blocks)
            if self._is_repeated(block, edges[place])
        }
        head = max((place for place in reasons if edges[place] == "head"), default=0)
        above = [place for place in range(head) if place not in reasons]
        if all(_is_label(blocks[place], series and not place) for place in above):
            reasons |= dict.fromkeys(above, _ABOVE_REASON)
        for place in reversed(range(len(blocks))):  # a heading over what is left out goes as well
            key, over = _key(blocks[place].text), place + 1 in reasons or place + 1 == len(blocks)
            heading = blocks[place].kind is Kind.HEADING and self.often(key)
            if heading and (over or key in self.lines):
                reasons[place] = REPEATED_REASON
        return dict(sorted(reasons.items()))

    def _is_repeated(self, block: Block, edge: str) -> bool:
        key = _key(block.text)
        paragraph = block.kind is Kind.PARAGRAPH and not block.quoted and not block.level
        if not key or not paragraph:
            return False
        if len(words(block.text)) > _LINE or any(run.note for run in block.runs):
            return False
        everywhere = self.edges[key, edge] == len(self.documents) > 1
        if edge:
            return everywhere or self.often(key)
        return self.often(key) and not ends_sentence(block.text)

    def kept(self, gone: Collection[str]) -> Iterator[Repetition]:
        """The longer paragraphs that several documents have, which stay."""
        for key, indices in self.holders.items():
            if key in gone or len(indices) < 2 or len(key.split()) < _TOLD:
                continue
            holders = [i for i in indices if _key(self.documents[i].title) != key]
            if len(holders) > 1:
                yield _repetition(self.documents, key, holders, True)


def _edges(blocks: Sequence[object]) -> Iterator[str]:
    """For each block, the edge of the document at which it stands: head, tail or none."""
    for place in range(len(blocks)):
        tail = len(blocks) - place <= _TAIL
        yield "head" if place < _HEAD and 2 * place < len(blocks) else "tail" if tail else ""


def _is_label(block: Block, subtitle: bool) -> bool:
    """Whether a block above a masthead belongs to it; a `subtitle` may have a full stop."""
    text = block.text
    line = not block.quoted and block.kind in (Kind.PARAGRAPH, Kind.HEADING)
    short = line and len(words(text)) <= _LINE and not any(run.note for run in block.runs)
    return short and (subtitle or not ends_sentence(text) or bool(dates.full_date(text)))


def _without(document: Document, reasons: dict[int, str], untitled: bool) -> Document:
    """A document without some blocks; where its title is none, the line below it tells more."""
    blocks, title = document.blocks, document.title
    left_out = [
        *document.left_out,
        *(LeftOut(0, blocks[place].text, reason) for place, reason in reasons.items()),
    ]
    if untitled:
        below = next(filter(_is_subtitle, left_out), None)
        left_out = [each for each in left_out if each is not below]
        parts = [title] if "#" in _key(title) else []
        left_out += [] if parts else [LeftOut(0, title, REPEATED_REASON)]
        title = ": ".join([*parts, below.text.rstrip(".")] if below else parts)
    dated = [t for t in (blocks[place].text for place in reasons) if dates.full_date(t)]
    return replace(
        document,
        title=title,
        publication=document.publication or _publication(dated),
        date=document.date or next(map(dates.full_date, dated), ""),
        blocks=tuple(block for place, block in enumerate(blocks) if place not in reasons),
        left_out=tuple(left_out),
    )


def _publication(dated: Sequence[str]) -> str:
    """What a line names in which an essay appeared that day: “For the Gazette. May 1, 1788”."""
    return next((match[1] for line in dated if (match := _APPEARED.match(line))), "")


def _is_subtitle(left: LeftOut) -> bool:
    """Whether a line that was left out above the text says what the text is about."""
    names = dates.full_date(left.text) or (len(words(left.text)) < 2 and left.text.isupper())
    return left.reason in (BLOCK_REASON, SUBTITLE_REASON, _ABOVE_REASON) and not names
