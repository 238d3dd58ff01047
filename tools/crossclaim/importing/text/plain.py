"""Plain text to a document: the essay told from its head, its tail and what a site added.

The reader knows habits of published pages, no particular page. What it takes for anything else
than the essay it says, with the line and the reason; what it does not recognise stays.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from crossclaim.importing import gutenberg, people
from crossclaim.importing.boilerplate.author import find_author
from crossclaim.importing.boilerplate.extraction import (
    CLAUSE_ENDS,
    Extraction,
    plain_text,
    same_words,
)
from crossclaim.importing.boilerplate.head import without_head, without_labels_above
from crossclaim.importing.boilerplate.tail import (
    without_section_breaks,
    without_tail,
    without_widgets,
)
from crossclaim.importing.document import Document, LeftOut, Paragraph, with_omission_remark
from crossclaim.importing.text.blocks import text_blocks
from crossclaim.importing.text.footnotes import with_footnote_references
from crossclaim.importing.text.header import without_header
from crossclaim.importing.text.paragraphs import text_paragraphs
from crossclaim.language.sentences import ends_sentence, first_sentence
from crossclaim.names import words

_TITLE_WORDS = 20  # of a line that ends like a sentence and is still a title
_CAPTION_WORDS = 15


def read_plain(
    text: str, title: str = "", author: str = "", known: Collection[str] = ()
) -> Document:
    """A plain text to a document. A title or author that is known already is not looked for.

    The title or author is "" where none could be told. `known` are names of authors that are
    recognised wherever an author may be named.
    """
    extraction = Extraction(title, author, known=known)
    paragraphs, pagination = text_paragraphs(without_header(text, extraction))
    paragraphs, notes, headings = with_footnote_references(paragraphs)
    extraction.left_out += [*pagination, *headings]
    paragraphs = without_section_breaks(paragraphs, extraction)
    paragraphs = without_labels_above(paragraphs, extraction)
    paragraphs = _without_title(paragraphs, extraction)
    paragraphs = without_tail(without_head(paragraphs, extraction), extraction)
    paragraphs = _without_caption(without_widgets(paragraphs, extraction), extraction)
    blocks = text_blocks(paragraphs)
    referenced = {run.note for block in blocks for run in block.runs if run.note}
    for note in notes:
        if note.label not in referenced:
            words_of_note = "".join(run.text for run in note.runs)
            extraction.left_out.append(LeftOut(0, words_of_note, "a note that nothing here calls"))
    left_out = sorted(extraction.left_out, key=lambda left: left.line)
    document = Document(
        title=extraction.title,
        author=extraction.author,
        blocks=blocks,
        publication=extraction.publication,
        date=extraction.date,
        language=extraction.language,
        address=extraction.address,
        rights=extraction.rights,
        biography=extraction.biography,
        notes=tuple(note for note in notes if note.label in referenced),
        left_out=tuple(left for left in left_out if not left.reason.startswith(gutenberg.NAME)),
    )
    return replace(with_omission_remark(document), left_out=tuple(left_out))


def _without_title(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs below the title; title and author are looked for where they are not known."""
    opening = plain_text(paragraphs[0]) if paragraphs else ""
    most = _TITLE_WORDS if ends_sentence(opening, also=CLAUSE_ENDS) else 2 * _TITLE_WORDS
    named = not extraction.title and re.match(r"(?P<title>.{3,}?)(?:,| [–—|]) (?=[Bb]y )", opening)
    if named and (author := people.byline(opening[named.end() :], known=extraction.known)):
        extraction.title = named["title"]  # “Of kettles, by Ada Byron”
        extraction.author = extraction.author or author
        byline = replace(paragraphs[0], text=opening[named.end() :])
        extraction.leave_out(byline, "the byline, kept as author")
        return paragraphs[1:]
    if not extraction.title and len(words(opening[:2000])) <= most:
        extraction.title = opening
    extraction.author = extraction.author or find_author(paragraphs, extraction.known)
    return paragraphs[1:] if same_words(opening, extraction.title) else paragraphs


def _without_caption(paragraphs: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs, the first without an image's caption that is glued to it."""
    caption, rest = _split_caption(paragraphs[0].text, extraction.title) if paragraphs else ("", "")
    if not caption:
        return paragraphs
    reason = "an image's caption, glued to the first sentence"
    extraction.leave_out(replace(paragraphs[0], text=caption), reason)
    return [replace(paragraphs[0], text=rest), *paragraphs[1:]]


def _split_caption(text: str, title: str) -> tuple[str, str]:
    """A first paragraph as the caption glued to it ("" if none) and the paragraph.

    Extraction from a page can lose the break after an image's caption, so that a small letter
    meets a capital (“…customersOn a…”). It is a caption only if it ends with words of the title
    or opens like one; names such as “LinkedIn” and “McAllister” do neither.
    """
    pairs = set(pairwise(words(title.casefold())))
    for joint in re.finditer(r"(?<=[a-z])(?=[A-Z])", text):
        caption, rest = text[: joint.start()], text[joint.start() :]
        if len(words(caption)) > _CAPTION_WORDS or first_sentence(caption) != caption:
            break
        glued = caption.split()[-1] + rest.split(maxsplit=1)[0]
        if re.search(r"(?:^|\W)(?:\w|Mc|Mac)\Z", caption) or text.count(glued) > 1:
            continue
        opens = re.search(r"©|^(?:photo|image|figure|credit|source)\b", caption, re.I)
        if opens or tuple(words(caption.casefold())[-2:]) in pairs:
            return caption.strip(), rest
    return "", text
