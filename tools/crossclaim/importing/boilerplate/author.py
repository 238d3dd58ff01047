"""The author's name, as the lines around an essay give it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from crossclaim.importing import dates
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.document import Paragraph
from crossclaim.importing.people import NAME, byline, is_name

_TWO = re.compile(rf"^[Bb]y {NAME}(?:, {NAME})* (?:and|&) {NAME}")
_ABOUT = re.compile(rf"^[Aa]bout (?P<name>{NAME})$")
_BIOGRAPHY = re.compile(
    rf"^(?:Dr\.? |Prof\.? |Professor )?(?P<name>{NAME}),? (?:[^.]{{0,60}}, )?"
    r"(?:is|writes|teaches|works|lives|serves|heads|leads)\b"
)
_BYLINES = 10  # paragraphs at the beginning among which a byline may stand


def find_author(paragraphs: Sequence[Paragraph]) -> str:
    """The author's name: from a byline, a filing line, an “About” heading or a last biography.

    "" where none is certain, and where there are several.
    """
    texts = [paragraph.text.strip() for paragraph in paragraphs]
    for text in texts[:_BYLINES]:
        if _TWO.match(text):
            return ""
        if name := byline(text):
            return name
    sources = (_bare_name, _post_meta, _about_heading, _last_biography)
    return next((name for source in sources if (name := source(texts))), "")


def _bare_name(texts: Sequence[str]) -> str:
    """A line below the title that is a name: dated below, or signed with at the end.

    Capitals alone make no name; many a subtitle has them.
    """
    for index, text in enumerate(texts[1:4], start=1):
        if not is_name(text) or len(text.split()) > 4:
            continue
        below = "".join(texts[index + 1 : index + 2])
        if dates.is_date(below) or text in texts[max(index + 1, len(texts) - 3) :]:
            return text
    return ""


def _post_meta(texts: Sequence[str]) -> str:
    """Whom a line such as “Posted in Essays by …” names."""
    lines = (text for text in texts if patterns.POST_META.search(text))
    return next((name for line in lines if (name := patterns.posted_by(line))), "")


def _about_heading(texts: Sequence[str]) -> str:
    """Whom an “About …” heading names, if the paragraph below has the surname too."""
    for text, following in pairwise(texts):
        about = _ABOUT.match(text)
        if about and about["name"].split()[-1].casefold() in following.casefold():
            return about["name"]
    return ""


def _last_biography(texts: Sequence[str]) -> str:
    """Whom the last long paragraph is about, with nothing but boilerplate after it."""
    for text in reversed(texts[len(texts) // 2 :]):
        if biography := _BIOGRAPHY.match(text):
            return biography["name"]
        if len(text.split()) > 12 and not patterns.RIGHTS_NOTICE.search(text):
            return ""
    return ""
