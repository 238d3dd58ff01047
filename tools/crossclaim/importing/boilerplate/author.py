"""The author's name, as the lines around an essay give it."""

import re
from collections.abc import Collection, Sequence

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.extraction import (
    HEAD_LINE,
    Extraction,
    plain_text,
    same_words,
)
from crossclaim.importing.document import Paragraph
from crossclaim.names import words

_BIOGRAPHY = re.compile(
    rf"^(?:Dr\.? |Prof\.? |Professor )?(?P<name>{people.NAME}),? (?:[^.]{{0,60}}, )?"
    r"(?:is|writes|teaches|works|lives|serves|heads|leads)\b"
)
_NOTE = re.compile(r"\W{0,2}\d{1,3}\W|[*†‡]")
_CLOSING = re.compile(r"(?:I am|I have the honou?r|Yours|Sincerely|Respectfully)\b.{0,80}\Z")
_BYLINES = 10  # paragraphs at the beginning among which a byline may stand
_NAMES = 6  # paragraphs at the beginning among which a known name may stand alone
_BELOW = 12  # paragraphs that may stand below a signature


def find_author(paragraphs: Sequence[Paragraph], known: Collection[str] = ()) -> str:
    """The author's name, from a byline, a filing line, a biography or a signature.

    A name that is `known` needs no “by”. "" where none is certain.
    """
    texts = [plain_text(paragraph) for paragraph in paragraphs]
    for index, text in enumerate(texts[:_BYLINES]):
        name = people.byline(text, known=known) or _split_byline(texts, index)
        if name or (0 < index < _NAMES and (name := people.known_name(text, known))):
            return name
    for source in (_bare_name, _post_meta, _last_biography):
        if name := source(texts):
            return name
    last = _signature(texts, known)
    return people.signature(texts[last], known) if last else ""


def is_byline(text: str, author: str, known: Collection[str]) -> bool:
    """Whether a line names the author, or an author that is known, and says no more than when."""
    if text.casefold().strip(" :") == "by":
        return True
    surname = people.bare_name(author).split()[-1:]
    return bool(
        people.byline(text, author)
        or same_words(text, author)
        or [text] == [name.upper() for name in surname]
        or people.known_name(people.byline(text) or text, known)
    )


def without_signature(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs without the name that stands below the essay, and its date beside that.

    Another name than the author's is left out only where it is one word in capitals.
    """
    texts = [plain_text(paragraph) for paragraph in paragraphs]
    index = _signature(texts, extraction.known)
    if not index:
        return paragraphs
    text, author = texts[index], extraction.author
    name = people.signature(text, extraction.known)
    own = same_words(name, author) or same_words(name, people.bare_name(author))
    if not own and not (text.isupper() and " " not in text):
        return paragraphs
    reasons = {index: "the signature, kept as author" if own else "a signature"}
    for beside in (index - 1, index + 1):
        if beside < len(texts) and dates.is_date_line(texts[beside]):
            reasons[beside] = "a date, kept as date"
            extraction.date = extraction.date or dates.iso_date(texts[beside])
    return extraction.filter(paragraphs, lambda number, _: reasons.get(number))


def _signature(texts: Sequence[str], known: Collection[str]) -> int | None:
    """The index of a last line that is a name, below a long one and above notes at most."""
    for index in range(len(texts) - 1, max(len(texts) - _BELOW, 1) - 1, -1):
        text = texts[index]
        if people.signature(text, known):
            above = [t for t in texts[max(index - 3, 0) : index] if not _stands_beside(t)]
            long = above and len(words(above[-1])) > HEAD_LINE
            return index if long or (above and text.isupper()) else None
        if not (_NOTE.match(text) or _stands_beside(text) or patterns.BACK_MATTER.match(text)):
            return None
    return None


def _stands_beside(text: str) -> bool:
    """Whether a line may stand between an essay and its signature, or below that."""
    notice = patterns.RIGHTS_NOTICE.search(text) or patterns.footer_reason(text)
    return bool(notice or dates.is_date_line(text) or _CLOSING.match(text))


def _split_byline(texts: Sequence[str], index: int) -> str:
    """Whom a byline names that has its “by” on a line of its own."""
    by = texts[index].casefold().strip(" :") == "by" and index + 1 < len(texts)
    return people.byline(f"by {texts[index + 1]}") if by else ""


def _bare_name(texts: Sequence[str]) -> str:
    """A line below the title that is a name: dated above or below, or signed with at the end.

    Capitals alone make no name; many a subtitle has them.
    """
    for index, text in enumerate(texts[1:5], start=1):
        name = people.signature(text)
        if not name or not (people.is_name(text) or (text.isupper() and " " not in text)):
            continue
        beside = [texts[index - 1], *texts[index + 1 : index + 2]]
        if any(map(dates.is_date_line, beside)) or text in texts[max(index + 1, len(texts) - 3) :]:
            return name
    return ""


def _post_meta(texts: Sequence[str]) -> str:
    """Whom a line such as “Posted in Essays by …” names."""
    lines = (text for text in texts if patterns.POST_META.search(text))
    return next((name for line in lines if (name := patterns.posted_by(line))), "")


def _last_biography(texts: Sequence[str]) -> str:
    """Whom the last long paragraph is about, with nothing but boilerplate after it."""
    for text in reversed(texts[len(texts) // 2 :]):
        if biography := _BIOGRAPHY.match(text):
            return biography["name"]
        if len(text.split()) > 12 and not patterns.RIGHTS_NOTICE.search(text):
            return ""
    return ""
