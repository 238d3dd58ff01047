"""Read a plain-text original: tell the essay from its head, its tail and what a site added.

The reader knows habits of published pages, no particular page. What it takes for anything else
than the essay it says, with the line and the reason; what it does not recognise stays.
"""

import re
from dataclasses import dataclass, field, replace

from crossclaim.names import words
from crossclaim.reading import furniture, people
from crossclaim.reading.body import blocks, unglued
from crossclaim.reading.document import Document, LeftOut
from crossclaim.reading.inline import plain
from crossclaim.reading.paragraphs import Paragraph, paragraphs

_HEAD_LINE = 10  # words; a longer line above the essay is no line of an author's block
_HEAD_SPAN = 14  # paragraphs among which a head may lie
_STANDFIRST_SPAN = 4


@dataclass
class _Sorting:
    """What the pass over an original has told apart so far."""

    title: str
    author: str
    publication: str = ""
    rights: str = ""
    biography: str = ""
    left_out: list[LeftOut] = field(default_factory=list)

    def leave(self, paragraph: Paragraph, reason: str) -> None:
        self.left_out.append(LeftOut(paragraph.line, paragraph.text.strip(), reason))


def read_plain(text: str, title: str = "", author: str = "") -> Document:
    """A plain text to a document. A title or author that is known already is not looked for."""
    found = list(paragraphs(text))
    opening = _plain(found[0]) if found else ""
    sorting = _Sorting(title or opening, author or people.find_author(found))
    if found and _same(opening, sorting.title):
        found = found[1:]
    body = _without_tail(_without_head(found, sorting), sorting)
    body = _without_passing(body, sorting)
    if body:
        caption, rest = unglued(body[0].text, sorting.title)
        if caption:
            sorting.leave(
                replace(body[0], text=caption), "an image's caption, glued to the first sentence"
            )
            body[0] = replace(body[0], text=rest)
    return Document(
        title=sorting.title,
        author=sorting.author,
        blocks=blocks(body),
        publication=sorting.publication,
        rights=sorting.rights,
        biography=sorting.biography,
        left_out=tuple(sorted(sorting.left_out, key=lambda left: left.line)),
    )


def _plain(paragraph: Paragraph) -> str:
    return plain(paragraph.text.strip().lstrip("# "))


def _same(one: str, other: str) -> bool:
    return words(one.casefold()) == words(other.casefold()) != []


def _without_head(found: list[Paragraph], sorting: _Sorting) -> list[Paragraph]:
    """The paragraphs after the head: repeated titles, author's block, standfirst, notices.

    Short lines belong to the head only where something certain follows them; a heading that
    opens the essay does not.
    """
    certain: dict[int, str] = {}
    for at, paragraph in enumerate(found[:_HEAD_SPAN]):
        text = _plain(paragraph)
        if reason := _head_reason(text, at, found, sorting):
            certain[at] = reason
        elif len(words(text)) > _HEAD_LINE:
            break
    end = max(certain, default=-1) + 1
    for at, paragraph in enumerate(found[:end]):
        _take_head(at, paragraph, certain.get(at, "a line of the author's block"), sorting)
    return found[end:]


_NOTICE_REASON = "the rights notice, kept as rights"
_BIOGRAPHY_REASON = "the author's biography, kept in authors.yml"
_PLATFORM_REASON = "the platform's notice"


def _head_reason(text: str, at: int, found: list[Paragraph], sorting: _Sorting) -> str | None:
    """Why a paragraph above the essay is not the essay, or None where that is not certain."""
    if _same(text, sorting.title):
        return "the title again"
    if people.byline(text):
        return "the byline, kept as author"
    if _same(text, sorting.author):
        return "the author's name"
    if furniture.NOTICE.search(text):
        return _NOTICE_REASON
    if furniture.PLATFORM.search(text):
        return _PLATFORM_REASON
    if people.is_biography(text, sorting.author):
        return _BIOGRAPHY_REASON
    if at < _STANDFIRST_SPAN and (line := _comes_again(text, found[at + 1 :])):
        return f"a standfirst; its sentences come again in the essay, at line {line}"
    return furniture.passing(text)


def _take_head(at: int, paragraph: Paragraph, reason: str, sorting: _Sorting) -> None:
    text = _plain(paragraph)
    if reason == _NOTICE_REASON:
        sorting.rights = sorting.rights or text
    elif reason == _BIOGRAPHY_REASON:
        sorting.biography = sorting.biography or text
    elif reason == _PLATFORM_REASON:
        sorting.publication = sorting.publication or furniture.platform_name(text)
        sorting.leave(paragraph, reason)
    else:
        sorting.leave(paragraph, reason)


def _comes_again(text: str, later: list[Paragraph]) -> int | None:
    """The line of the later paragraph that has every sentence of this text, or None."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if len(words(s)) > 4]
    if not sentences:
        return None
    needles = [" ".join(words(s.casefold())) for s in sentences]
    for paragraph in later:
        hay = f" {' '.join(words(paragraph.text.casefold()))} "
        if all(f" {needle} " in hay for needle in needles) and not _same(text, paragraph.text):
            return paragraph.line
    return None


def _without_tail(found: list[Paragraph], sorting: _Sorting) -> list[Paragraph]:
    """The paragraphs before the tail: notice, biography and whatever the site put after them."""
    end = next((at for at, p in enumerate(found) if _closes(p, at, found, sorting)), len(found))
    section = ""
    for paragraph in found[end:]:
        text = _plain(paragraph)
        if furniture.NOTICE.search(text) and not sorting.rights:
            sorting.rights = _notice(paragraph.text)
        elif people.is_biography(text, sorting.author) and not sorting.biography:
            sorting.biography = text
        elif people.is_biography(text, sorting.author):
            sorting.leave(paragraph, "another biography of the author")
        else:
            reason = furniture.after(text)
            if len(words(text)) <= _HEAD_LINE and text.lower().startswith("about"):
                section = text
            elif section and len(words(text)) > _HEAD_LINE and reason == furniture.after(""):
                reason = f"part of the section “{section}”"
            sorting.leave(paragraph, reason)
    return found[:end]


def _closes(paragraph: Paragraph, at: int, found: list[Paragraph], sorting: _Sorting) -> bool:
    """Whether the essay ends above this paragraph."""
    text = _plain(paragraph)
    if furniture.closing(text) or people.is_about_author(text, sorting.author):
        return True
    if furniture.NOTICE.search(text):
        return True
    late = at >= len(found) / 2
    return late and at > 0 and people.is_biography(text, sorting.author)


def _notice(text: str) -> str:
    """A notice's words; the star that ties it to the essay stays."""
    star = re.match(r"\s*(\*+)\s+(?=\S)", text)
    rest = plain(text[star.end() :] if star else text)
    return f"{star[1]} {rest}" if star else rest


def _without_passing(found: list[Paragraph], sorting: _Sorting) -> list[Paragraph]:
    kept = []
    for paragraph in found:
        if reason := furniture.passing(_plain(paragraph)):
            sorting.leave(paragraph, reason)
        else:
            kept.append(paragraph)
    return kept
