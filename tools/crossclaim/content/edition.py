"""Editions: what of a collection a site may show. Collection to collection, before the index. Pure.

Pages, quotations, search, previews and citations are made from the index, so that what an edition
leaves out is nowhere in its site.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from crossclaim.content.markdown import excerpt, for_renderer, literal, plain_words
from crossclaim.language.words import compounds
from crossclaim.model import (
    WITHHELD,
    Claim,
    Collection,
    Definitions,
    Edition,
    Essay,
    Heading,
    Items,
    Part,
    Passage,
    Publish,
    Quotation,
    Verbatim,
)

_OPENING_WORDS = 12
_LONGEST_OPENING = 120  # characters; what has no words, or words without end, is cut there
_NOTICES = {
    Publish.EXCERPT: "Only the opening words of each paragraph are shown here.",
    Publish.CLAIMS: "The text is not shown here, only which of its paragraphs makes which claims.",
}


def edition_of(collection: Collection, edition: Edition) -> Collection:
    """What this edition shows of a collection; `reading` shows all of it."""
    if edition is Edition.READING:
        return collection
    essays = tuple(_public(essay) for essay in collection.essays if not essay.draft)
    return replace(collection, essays=essays, claims=tuple(_carried(collection.claims, essays)))


def held_back(collection: Collection) -> tuple[Essay, ...]:
    """The essays that a public edition does not show, or not whole."""
    return tuple(e for e in collection.essays if e.draft or e.publish is not Publish.FULL)


def foot_notice(edition: Edition) -> str:
    """What the foot of every page says of its edition, "" where there is nothing to say."""
    if edition is Edition.PUBLIC:
        return ""
    return (
        "Reading edition: it shows every essay whole, with drafts and unreviewed suggestions, "
        "and is not meant to be published."
    )


def _carried(claims: Iterable[Claim], essays: Iterable[Essay]) -> Iterator[Claim]:
    """The claims that a passage carries, related to one another alone.

    What only a draft or a suggestion says may be worded as it stands there.
    """
    carried = {tag.claim for essay in essays for passage in essay.passages for tag in passage.tags}
    for claim in claims:
        if claim.id in carried:
            opposes = tuple(other for other in claim.opposes if other in carried)
            supports = tuple(other for other in claim.supports if other in carried)
            yield replace(claim, opposes=opposes, supports=supports)


def _public(essay: Essay) -> Essay:
    """An essay as its `publish` allows it to be shown; one that names none shows no text."""
    if essay.publish is Publish.FULL:
        return replace(essay, parts=tuple(map(_reviewed, essay.parts)))
    publish = essay.publish or Publish.CLAIMS
    if publish is Publish.EXCERPT:
        parts = tuple(_openings(essay.parts, essay.definitions))
    else:
        parts = tuple(
            replace(_withheld(passage, WITHHELD), marker="") for passage in essay.passages
        )
    return replace(
        essay, parts=(_notice(essay, publish), *parts), publish=publish, definitions=Definitions()
    )


def _notice(essay: Essay, publish: Publish) -> Verbatim:
    """What an essay's page says of what it leaves out, and where the whole can be read."""
    text = _NOTICES[publish]
    if essay.address:
        address = essay.address.replace("<", "%3C").replace(">", "%3E")
        text = for_renderer(f"{text} [Read it at its source](<{address}>).")
    return Verbatim(f"{text}\n{{: .edition }}")


def _reviewed(part: Part) -> Part:
    """A part without the tags that nobody has reviewed."""
    match part:
        case Passage():
            return replace(part, tags=part.reviewed)
        case Quotation():
            return Quotation(tuple(map(_reviewed, part.parts)))
        case Items():
            items = tuple(tuple(map(_reviewed, item)) for item in part.items)
            return replace(part, items=items)
    return part


def _openings(parts: Iterable[Part], definitions: Definitions) -> Iterator[Part]:
    """The parts cut to their opening words; without lists and quotations that hold none."""
    for part in parts:
        match part:
            case Passage():
                yield _withheld(part, literal(_opening(part.text, definitions)))
            case Heading():
                words = literal(_opening(part.text, definitions), starts_line=False)
                yield replace(part, text=words.replace("#", "\\#"))
            case Quotation():
                if inside := tuple(_openings(part.parts, definitions)):
                    yield Quotation(inside)
            case Items():
                items = (tuple(_openings(item, definitions)) for item in part.items)
                if shown := tuple(filter(None, items)):
                    yield replace(part, items=shown)


def _withheld(passage: Passage, text: str) -> Passage:
    """A passage that shows this text alone: its tags are kept, not the words that decide them."""
    tags = tuple(replace(tag, words=()) for tag in passage.reviewed)
    return replace(passage, text=text, words=plain_words(text), tags=tags)


def _opening(text: str, definitions: Definitions) -> str:
    """The first words of a text, without marks or links; an ellipsis says that they go on."""
    words = plain_words(text, definitions)
    ends = [parts[-1][2] for parts in islice(compounds(words), _OPENING_WORDS + 1)]
    if len(ends) > _OPENING_WORDS:
        words = f"{words[: ends[-2]]} …"
    return excerpt(words, _LONGEST_OPENING).strip() or WITHHELD
