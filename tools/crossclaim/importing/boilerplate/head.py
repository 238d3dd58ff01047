"""The head of an original: title again, byline, author's block, standfirst, notices."""

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.state import (
    ADDRESS_REASON,
    CLAUSE_ENDS,
    HEAD_LINE,
    HEAD_SPAN,
    Sorting,
    plain,
    same,
)
from crossclaim.importing.document import Paragraph
from crossclaim.language.sentences import ends_sentence, sentences
from crossclaim.names import words

_STANDFIRST_SPAN = 4


def without_labels_above(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """The paragraphs from the title on: what a site prints above it goes."""
    for at, paragraph in enumerate(found[:HEAD_SPAN]):
        text = plain(paragraph)
        reason = patterns.passing(text) or ("a site's label" if patterns.is_label(text) else None)
        if reason is None:
            return found[at:]
        sorting.leave(paragraph, reason)
    return found


def without_head(found: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """The paragraphs after the head: repeated titles, author's block, standfirst, notices.

    Short lines that are no sentences belong to the head where something certain follows them; a
    heading that opens the essay does not. One longer line, a summary, may stand above a byline.
    """
    certain: dict[int, str] = {}
    for at, paragraph in enumerate(found[:HEAD_SPAN]):
        text = plain(paragraph)
        if reason := _head_reason(text, at, found, sorting):
            certain[at] = reason
        elif len(words(text)) > HEAD_LINE and not _byline_follows(at, found, sorting):
            break
    passing = {at for at in certain if patterns.passing(plain(found[at]))}
    end = max(set(certain) - passing, default=-1) + 1
    kept: list[Paragraph] = []
    for at, paragraph in enumerate(found[:end]):
        text = plain(paragraph)
        if at in certain:
            _take_head(paragraph, certain[at], sorting)
        elif ends_sentence(text, CLAUSE_ENDS) or len(words(text)) > HEAD_LINE:
            kept.append(paragraph)
        else:
            sorting.leave(paragraph, "a line of the author's block")
    return kept + found[end:]


def _byline_follows(at: int, found: list[Paragraph], sorting: Sorting) -> bool:
    following = (plain(paragraph) for paragraph in found[at + 1 : at + 3])
    return at == 0 and any(people.byline(text, sorting.author) for text in following)


_NOTICE_REASON = "the rights notice, kept as rights"
_BIOGRAPHY_REASON = "the author's biography, kept in authors.yml"
_PLATFORM_REASON = "the platform's notice"
_DATE_REASON = "a date, kept as date"


def _head_reason(text: str, at: int, found: list[Paragraph], sorting: Sorting) -> str | None:
    """Why a paragraph above the essay is not the essay, or None where that is not certain."""
    if same(text, sorting.title):
        return "the title again"
    if people.byline(text, sorting.author):
        return "the byline, kept as author"
    if same(text, sorting.author):
        return "the author's name"
    if patterns.NOTICE.search(text):
        return _NOTICE_REASON
    if patterns.PLATFORM.search(text):
        return _PLATFORM_REASON
    if people.is_biography(text, sorting.author):
        return _BIOGRAPHY_REASON
    if dates.is_date(text):
        return _DATE_REASON
    if patterns.source_address(text):
        return ADDRESS_REASON
    if line := _standfirst(text, at, found, sorting):
        return f"a standfirst; its sentences come again in the essay, at line {line}"
    return patterns.closing(text) or patterns.passing(text)


def _standfirst(text: str, at: int, found: list[Paragraph], sorting: Sorting) -> int | None:
    """The line where a standfirst's sentences come again, or None where it is none.

    A refrain comes again too; a standfirst has several sentences, or furniture right below it.
    """
    if at >= _STANDFIRST_SPAN or not ends_sentence(text):
        return None
    several = len(_sentences(text)) > 1
    below = plain(found[at + 1]) if at + 1 < len(found) else ""
    if several or patterns.PLATFORM.search(below) or people.byline(below, sorting.author):
        return _comes_again(text, found[at + 1 :])
    return None


def _take_head(paragraph: Paragraph, reason: str, sorting: Sorting) -> None:
    text = plain(paragraph)
    if reason == _NOTICE_REASON:
        sorting.rights = f"{sorting.rights} {text}".strip()
    elif reason == _BIOGRAPHY_REASON:
        sorting.biography = f"{sorting.biography} {text}".strip()
    else:
        if reason == _DATE_REASON or people.byline(text) or patterns.POSTED.search(text):
            sorting.date = sorting.date or dates.full_date(text)
        if reason == ADDRESS_REASON:
            sorting.address = sorting.address or patterns.source_address(text)
        if reason == _PLATFORM_REASON:
            sorting.publication = sorting.publication or patterns.platform_name(text)
        sorting.leave(paragraph, reason)


def _sentences(text: str) -> list[str]:
    return [s for s in sentences(text) if len(words(s)) > 4]


def _comes_again(text: str, later: list[Paragraph]) -> int | None:
    """The line of the later paragraph that has every sentence of this text, or None."""
    needles = [" ".join(words(s.casefold())) for s in _sentences(text)]
    if not needles:
        return None
    for paragraph in later:
        hay = f" {' '.join(words(paragraph.text.casefold()))} "
        if all(f" {needle} " in hay for needle in needles) and not same(text, paragraph.text):
            return paragraph.line
    return None
