"""The tail of an original, and what a site put between the essay's paragraphs."""

import re
from collections.abc import Sequence

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.author import without_signature
from crossclaim.importing.boilerplate.extraction import (
    ADDRESS_REASON,
    HEAD_LINE,
    Extraction,
    is_prose,
    plain_text,
)
from crossclaim.importing.document import Paragraph
from crossclaim.importing.emphasis import without_emphasis
from crossclaim.names import words

_SECTION_BREAK = re.compile(r"(?:[*•·~_=#§+–—-]\s*){3,}\Z|[⁂❦❧☙]+\Z")


def without_tail(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs before the tail: signature, notice, biography, whatever the site put below.

    Notes and postscripts below a biography are still the essay's.
    """
    paragraphs = without_signature(paragraphs, extraction)
    end = _essay_end(paragraphs, extraction)
    kept, section, own = paragraphs[:end], "", False
    for paragraph in paragraphs[end:]:
        text = plain_text(paragraph)
        short = len(words(text)) <= HEAD_LINE
        if patterns.BACK_MATTER.match(text) and (short or text.lower().startswith("p")):
            own = True
        elif patterns.footer_reason(text) or people.is_about_author(text, extraction.author):
            own = False
        if _take_address(paragraph, extraction):
            continue
        if own:
            kept.append(paragraph)
        elif not _take_metadata(paragraph, section, extraction):
            reason = patterns.trailing_reason(text)
            if short and text.lower().startswith("about"):
                section = text
            elif section and not short and reason == patterns.trailing_reason(""):
                reason = f"part of the section “{section}”"
            extraction.leave_out(paragraph, reason)
    return kept


def _take_address(paragraph: Paragraph, extraction: Extraction) -> bool:
    """Whether a line says where the essay is from; its address is kept."""
    text = plain_text(paragraph)
    if not patterns.is_source(text):
        return False
    extraction.address = extraction.address or patterns.source_address(text)
    extraction.leave_out(paragraph, ADDRESS_REASON)
    return True


def _take_metadata(paragraph: Paragraph, section: str, extraction: Extraction) -> bool:
    """Whether a paragraph of the tail is a notice or a biography, which is kept as such.

    `section` is the heading it stands under. The date of a filing line is kept too.
    """
    text, author = plain_text(paragraph), extraction.author
    if patterns.RIGHTS_NOTICE.search(text):
        extraction.rights = f"{extraction.rights} {_notice_text(paragraph.text)}".strip()
        return True
    surname = "".join(author.split()[-1:])
    about = people.is_about_author(section, author) and surname in text
    if people.is_biography(text, author) or about:
        if extraction.biography:
            extraction.leave_out(paragraph, "another biography of the author")
        extraction.biography = extraction.biography or text
        return True
    if patterns.POST_META.search(text):
        extraction.date = extraction.date or dates.full_date(text)
    return False


def _essay_end(paragraphs: Sequence[Paragraph], extraction: Extraction) -> int:
    """The index at which the essay ends and its tail begins.

    Lines that only stand below an essay end it where most words are above them; whatever could
    also be the essay's own ends it only where no prose follows.
    """
    author = extraction.author
    texts = [plain_text(paragraph) for paragraph in paragraphs]
    own = [
        is_prose(t) and not people.is_biography(t, author) and not patterns.RIGHTS_NOTICE.search(t)
        for t in texts
    ]
    last_prose = max((index for index, prose in enumerate(own) if prose), default=-1)
    whole, above = sum(len(words(text)) for text in texts), 0
    for index, text in enumerate(texts):
        strong = (
            patterns.RIGHTS_NOTICE.search(text)
            or people.is_about_author(text, author)
            or (patterns.POST_META.search(text) and patterns.posted_by(text))
        )
        if strong and (above >= whole - above or index >= last_prose):
            return index
        weak = patterns.footer_reason(text) or people.is_biography(text, author)
        if weak and index >= max(last_prose, 1):
            return index
        above += len(words(text))
    return len(paragraphs)


def _notice_text(text: str) -> str:
    """A notice's words; the star that ties it to the essay stays."""
    star = re.match(r"\s*(\*+)\s+(?=\S)", text)
    rest = without_emphasis(text[star.end() :] if star else text)
    return f"{star[1]} {rest}" if star else rest


def without_widgets(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The essay's paragraphs without the buttons, ads and forms that stand between them.

    What would end an essay is boilerplate too where the essay goes on below it.
    """
    texts = [plain_text(paragraph) for paragraph in paragraphs]
    reasons = [
        patterns.widget_reason(text)
        or (patterns.footer_reason(text) if len(words(text)) <= 2 * HEAD_LINE else None)
        for text in texts
    ]
    kept = []
    for index, paragraph in enumerate(paragraphs):
        if _take_address(paragraph, extraction):
            continue
        if reason := reasons[index]:
            extraction.leave_out(paragraph, reason)
        else:
            kept.append(paragraph)
    return kept


def without_section_breaks(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs without the rows of characters that only part them."""
    reason = "a break between parts, without words"
    return extraction.filter(
        paragraphs, lambda _, p: reason if _SECTION_BREAK.match(p.text.strip()) else None
    )
