"""The tail of an original, and what a site put between the essay's paragraphs."""

import re

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.state import (
    ADDRESS_REASON,
    CLAUSE_ENDS,
    HEAD_LINE,
    PROSE,
    Sorting,
    plain,
)
from crossclaim.importing.document import Paragraph
from crossclaim.importing.emphasis import without_emphasis
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_BREAK = re.compile(r"(?:[*•·~_=#§+–—-]\s*){3,}\Z|[⁂❦❧☙]+\Z")


def without_tail(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """The paragraphs before the tail: notice, biography and whatever the site put after them.

    Notes and postscripts below a biography are still the essay's.
    """
    end = _end(found, sorting)
    kept, section, own = found[:end], "", False
    for paragraph in found[end:]:
        text = plain(paragraph)
        short = len(words(text)) <= HEAD_LINE
        if patterns.OWN_AFTERMATTER.match(text) and (short or text.lower().startswith("p")):
            own = True
        elif patterns.closing(text) or people.is_about_author(text, sorting.author):
            own = False
        if _take_address(paragraph, sorting):
            continue
        if own:
            kept.append(paragraph)
        elif patterns.NOTICE.search(text):
            sorting.rights = f"{sorting.rights} {_notice(paragraph.text)}".strip()
        elif people.is_biography(text, sorting.author) or (
            _is_about(section, sorting) and sorting.author.split()[-1] in text
        ):
            _take_biography(paragraph, sorting)
        else:
            if patterns.POSTED.search(text):
                sorting.date = sorting.date or dates.full_date(text)
            reason = patterns.after(text)
            if short and text.lower().startswith("about"):
                section = text
            elif section and not short and reason == patterns.after(""):
                reason = f"part of the section “{section}”"
            sorting.leave(paragraph, reason)
    return kept


def _take_address(paragraph: Paragraph, sorting: Sorting) -> bool:
    """Whether a line says where the essay is from; its address is kept."""
    text = plain(paragraph)
    if not patterns.is_source(text):
        return False
    sorting.address = sorting.address or patterns.source_address(text)
    sorting.leave(paragraph, ADDRESS_REASON)
    return True


def _is_about(section: str, sorting: Sorting) -> bool:
    return bool(section) and people.is_about_author(section, sorting.author)


def _take_biography(paragraph: Paragraph, sorting: Sorting) -> None:
    if sorting.biography:
        sorting.leave(paragraph, "another biography of the author")
    else:
        sorting.biography = plain(paragraph)


def _end(found: list[Paragraph], sorting: Sorting) -> int:
    """Where the essay ends and its tail begins.

    Signs that only stand below an essay end it where most words are above them; whatever could
    also be the essay's own ends it only where no prose follows.
    """
    lengths = [len(words(p.text)) for p in found]
    whole, above = sum(lengths), 0
    last_prose = max((at for at, p in enumerate(found) if _is_prose(p, sorting)), default=-1)
    for at, paragraph in enumerate(found):
        text = plain(paragraph)
        strong = (
            patterns.NOTICE.search(text)
            or people.is_about_author(text, sorting.author)
            or (patterns.POSTED.search(text) and patterns.posted_by(text))
        )
        if strong and (above >= whole - above or at >= last_prose):
            return at
        weak = patterns.closing(text) or people.is_biography(text, sorting.author)
        if weak and not strong and at > 0 and at >= last_prose:
            return at
        above += lengths[at]
    return len(found)


def _is_prose(paragraph: Paragraph, sorting: Sorting) -> bool:
    """Whether a paragraph can only be the essay's own."""
    text = plain(paragraph)
    return bool(
        len(words(text)) > PROSE
        and ends_sentence(text, CLAUSE_ENDS)
        and not people.is_biography(text, sorting.author)
        and not patterns.NOTICE.search(text)
    )


def _notice(text: str) -> str:
    """A notice's words; the star that ties it to the essay stays."""
    star = re.match(r"\s*(\*+)\s+(?=\S)", text)
    rest = without_emphasis(text[star.end() :] if star else text)
    return f"{star[1]} {rest}" if star else rest


def without_passing(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """The essay's paragraphs without the furniture that stands between them.

    A single word that is a label elsewhere may be a heading here, unless it stands beside
    furniture. What would end an essay is furniture too where the essay goes on below it.
    """
    reasons = [
        patterns.passing(plain(p)) or (patterns.closing(plain(p)) if _is_line(p) else None)
        for p in found
    ]
    kept = []
    for at, paragraph in enumerate(found):
        beside = any(reasons[max(at - 1, 0) : at + 2])
        if _take_address(paragraph, sorting):
            continue
        if reason := reasons[at]:
            sorting.leave(paragraph, reason)
        elif beside and patterns.is_label(plain(paragraph)):
            sorting.leave(paragraph, "a site's label")
        else:
            kept.append(paragraph)
    return kept


def _is_line(paragraph: Paragraph) -> bool:
    return len(words(paragraph.text)) <= 2 * HEAD_LINE


def without_breaks(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """The paragraphs without the rows of signs that only part them."""
    kept = []
    for paragraph in found:
        if _BREAK.match(paragraph.text.strip()):
            sorting.leave(paragraph, "a break between parts, without words")
        else:
            kept.append(paragraph)
    return kept
