"""The head of an original: title again, byline, author's block, standfirst, notices."""

from collections.abc import Sequence

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.extraction import (
    ADDRESS_REASON,
    CLAUSE_ENDS,
    HEAD_LINE,
    HEAD_SPAN,
    Extraction,
    plain_text,
    same_words,
)
from crossclaim.importing.document import BLOCK_REASON, Paragraph
from crossclaim.language.sentences import ends_sentence, sentences
from crossclaim.names import words

_STANDFIRST_SPAN = 4  # paragraphs
_SENTENCE = 5  # words; a shorter one comes again by chance
_NOTICE_REASON = "the rights notice, kept as rights"
_BIOGRAPHY_REASON = "the author's biography, kept in authors.yml"
_SYNDICATION_REASON = "the platform's notice"
_DATE_REASON = "a date, kept as date"


def without_labels_above(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs from the title on: what a site prints above it goes."""
    for index, paragraph in enumerate(paragraphs[:HEAD_SPAN]):
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
    certain: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs[:HEAD_SPAN]):
        text = plain_text(paragraph)
        if reason := _head_reason(text, index, paragraphs, extraction):
            certain[index] = reason
        elif len(words(text)) > HEAD_LINE and not _byline_follows(index, paragraphs, extraction):
            break
    widgets = {i for i in certain if patterns.widget_reason(plain_text(paragraphs[i]))}
    end = max(set(certain) - widgets, default=-1) + 1
    kept: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs[:end]):
        text = plain_text(paragraph)
        if index in certain:
            _take_metadata(paragraph, certain[index], extraction)
        elif ends_sentence(text, CLAUSE_ENDS) or len(words(text)) > HEAD_LINE:
            kept.append(paragraph)
        else:
            extraction.leave_out(paragraph, BLOCK_REASON)
    return kept + paragraphs[end:]


def _byline_follows(index: int, paragraphs: Sequence[Paragraph], extraction: Extraction) -> bool:
    following = map(plain_text, paragraphs[index + 1 : index + 3])
    return index == 0 and any(people.byline(text, extraction.author) for text in following)


def _head_reason(
    text: str, index: int, paragraphs: Sequence[Paragraph], extraction: Extraction
) -> str | None:
    """Why a paragraph above the essay is not the essay, or None where that is not certain."""
    author = extraction.author
    for is_so, reason in (
        (same_words(text, extraction.title), "the title again"),
        (people.byline(text, author), "the byline, kept as author"),
        (same_words(text, author), "the author's name"),
        (patterns.RIGHTS_NOTICE.search(text), _NOTICE_REASON),
        (patterns.SYNDICATION.search(text), _SYNDICATION_REASON),
        (people.is_biography(text, author), _BIOGRAPHY_REASON),
        (dates.is_date(text), _DATE_REASON),
        (patterns.source_address(text), ADDRESS_REASON),
    ):
        if is_so:
            return reason
    if line := _standfirst(text, index, paragraphs, extraction):
        return f"a standfirst; its sentences come again in the essay, at line {line}"
    return patterns.footer_reason(text) or patterns.widget_reason(text)


def _standfirst(
    text: str, index: int, paragraphs: Sequence[Paragraph], extraction: Extraction
) -> int | None:
    """The line where a standfirst's sentences come again, or None where it is none.

    A refrain comes again too; a standfirst has several sentences, or a notice right below it.
    """
    if index >= _STANDFIRST_SPAN or not ends_sentence(text):
        return None
    several = len(_long_sentences(text)) > 1
    below = plain_text(paragraphs[index + 1]) if index + 1 < len(paragraphs) else ""
    if several or patterns.SYNDICATION.search(below) or people.byline(below, extraction.author):
        return _repeated_at(text, paragraphs[index + 1 :])
    return None


def _take_metadata(paragraph: Paragraph, reason: str, extraction: Extraction) -> None:
    """Leave a line of the head out, and keep what it says of the essay."""
    text = plain_text(paragraph)
    if reason == _NOTICE_REASON:
        extraction.rights = f"{extraction.rights} {text}".strip()
        return
    if reason == _BIOGRAPHY_REASON:
        extraction.biography = f"{extraction.biography} {text}".strip()
        return
    if reason == _DATE_REASON or people.byline(text) or patterns.POST_META.search(text):
        extraction.date = extraction.date or dates.full_date(text)
    if reason == ADDRESS_REASON:
        extraction.address = extraction.address or patterns.source_address(text)
    if reason == _SYNDICATION_REASON:
        extraction.publication = extraction.publication or patterns.publication_name(text)
    extraction.leave_out(paragraph, reason)


def _long_sentences(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(words(sentence)) >= _SENTENCE]


def _repeated_at(text: str, later: Sequence[Paragraph]) -> int | None:
    """The line of the later paragraph that has every sentence of this text, or None."""
    needles = [" ".join(words(sentence.casefold())) for sentence in _long_sentences(text)]
    if not needles:
        return None
    for paragraph in later:
        hay = f" {' '.join(words(paragraph.text.casefold()))} "
        repeated = all(f" {needle} " in hay for needle in needles)
        if repeated and not same_words(text, paragraph.text):
            return paragraph.line
    return None
