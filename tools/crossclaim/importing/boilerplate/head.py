"""The head of an original: title again, byline, author's block, standfirst, notices."""

from collections.abc import Sequence

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.author import is_byline
from crossclaim.importing.boilerplate.extraction import (
    ADDRESS_REASON,
    HEAD_LINE,
    Extraction,
    is_line,
    plain_text,
    same_words,
)
from crossclaim.importing.document import BLOCK_REASON, SUBTITLE_REASON, Paragraph
from crossclaim.language.sentences import ends_sentence, sentences
from crossclaim.names import words

_SPAN = 14  # paragraphs among which a head may lie
_STANDFIRST_SPAN = 4  # paragraphs
_SENTENCE = 5  # words; a shorter one comes again by chance
_NOTICE = "the rights notice, kept as rights"
_BIOGRAPHY = "the author's biography, kept in authors.yml"
_SYNDICATION = "the platform's notice"
_BYLINE = "the byline, kept as author"
_DATE = "a date, kept as date"


def without_labels_above(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs from the title on: what a site prints above it goes."""
    for index, paragraph in enumerate(paragraphs[:_SPAN]):
        text = plain_text(paragraph)
        label = "a site's label" if patterns.is_label(text) else None
        reason = patterns.widget_reason(text) or label
        if reason is None:
            return paragraphs[index:]
        extraction.leave_out(paragraph, reason)
    return paragraphs


def without_head(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs after the head: repeated titles, author's block, standfirst, notices.

    Short lines that are no sentences belong to the head where something certain follows them; a
    heading that opens the essay does not. One longer line, a summary, may stand above a byline.
    """
    texts = [plain_text(paragraph) for paragraph in paragraphs[: _SPAN + 3]]
    certain: dict[int, str] = {}
    for index, text in enumerate(texts[:_SPAN]):
        if reason := _head_reason(text, index, paragraphs, extraction):
            certain[index] = reason
        elif len(words(text)) > HEAD_LINE and (
            index or not any(people.byline(below, extraction.author) for below in texts[1:3])
        ):
            break
    end = max((i for i in certain if not patterns.widget_reason(texts[i])), default=-1) + 1
    kept: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs[:end]):
        if index in certain:
            _take_metadata(paragraph, certain[index], extraction)
        elif is_line(texts[index]):
            subtitle = index == 0 and len(words(texts[0])) > 2
            extraction.leave_out(paragraph, SUBTITLE_REASON if subtitle else BLOCK_REASON)
        else:
            kept.append(paragraph)
    return kept + paragraphs[end:]


def _is_byline(text: str, extraction: Extraction) -> bool:
    return is_byline(text, extraction.author, extraction.known)


def _head_reason(
    text: str, index: int, paragraphs: Sequence[Paragraph], extraction: Extraction
) -> str | None:
    """Why a paragraph above the essay is not the essay, or None where that is not certain."""
    for is_so, reason in (
        (_is_title(text, extraction.title), "the title again"),
        (_is_byline(text, extraction), _BYLINE),
        (patterns.RIGHTS_NOTICE.search(text), _NOTICE),
        (patterns.SYNDICATION.search(text), _SYNDICATION),
        (people.is_biography(text, extraction.author), _BIOGRAPHY),
        (dates.is_date_line(text), _DATE),
        (patterns.source_address(text), ADDRESS_REASON),
    ):
        if is_so:
            return reason
    if line := _standfirst(text, index, paragraphs, extraction):
        return f"a standfirst; its sentences come again in the essay, at line {line}"
    return patterns.footer_reason(text) or patterns.widget_reason(text)


def _is_title(text: str, title: str) -> bool:
    """Whether a line is the title, or the half of it above or below a subtitle's colon."""
    parts = title.replace(" – ", ": ").replace(" — ", ": ").split(": ")
    return same_words(text, title) or (len(parts) > 1 and any(same_words(text, p) for p in parts))


def _standfirst(
    text: str, index: int, paragraphs: Sequence[Paragraph], extraction: Extraction
) -> int | None:
    """The line where a standfirst's sentences come again, or None where it is none.

    A refrain comes again too; a standfirst has several sentences, or a notice right below it.
    """
    if index >= _STANDFIRST_SPAN or not ends_sentence(text):
        return None
    long = [" ".join(words(s.casefold())) for s in sentences(text) if len(words(s)) >= _SENTENCE]
    below = plain_text(paragraphs[index + 1]) if index + 1 < len(paragraphs) else ""
    notice = patterns.SYNDICATION.search(below) or people.byline(below, extraction.author)
    if len(long) < 2 and not (long and notice):
        return None
    for paragraph in paragraphs[index + 1 :]:
        hay = f" {' '.join(words(paragraph.text.casefold()))} "
        if all(f" {each} " in hay for each in long) and not same_words(text, paragraph.text):
            return paragraph.line
    return None


def _take_metadata(paragraph: Paragraph, reason: str, extraction: Extraction) -> None:
    """Leave a line of the head out, and keep what it says of the essay."""
    text = plain_text(paragraph)
    if reason == _NOTICE:
        extraction.rights = f"{extraction.rights} {text}".strip()
        return
    if reason == _BIOGRAPHY:
        extraction.biography = f"{extraction.biography} {text}".strip()
        return
    if reason in (_DATE, _BYLINE) or patterns.POST_META.search(text):
        day = (
            dates.iso_date(text)
            if reason == _DATE
            else dates.full_date(people.split_name(text)[1] or text)
        )
        extraction.date = extraction.date or day
    if reason == ADDRESS_REASON:
        extraction.address = extraction.address or patterns.source_address(text)
    if reason in (_SYNDICATION, _DATE):
        extraction.publication = extraction.publication or patterns.publication_name(text)
    extraction.leave_out(paragraph, reason)
