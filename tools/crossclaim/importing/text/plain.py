"""Read a plain-text original: tell the essay from its head, its tail and what a site added.

The reader knows habits of published pages, no particular page. What it takes for anything else
than the essay it says, with the line and the reason; what it does not recognise stays.
"""

from dataclasses import replace

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
from crossclaim.importing.document import Document, LeftOut, Note, Paragraph, with_omission_remark
from crossclaim.importing.text.body import blocks, unglued
from crossclaim.importing.text.footnotes import with_notes
from crossclaim.importing.text.mail import without_mail_head
from crossclaim.importing.text.paragraphs import without_pages
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_LONGEST_TITLE = 20  # words of a line that ends like a sentence and is still a title


def read_plain(text: str, title: str = "", author: str = "") -> Document:
    """A plain text to a document. A title or author that is known already is not looked for.

    The title or author is "" where none could be told.
    """
    mail = without_mail_head(text)
    title, author = title or mail.title, author or mail.author
    whole, page_marks = without_pages(mail.text)
    found, notes = with_notes(whole)
    extraction = Extraction("", author or find_author(found))
    extraction.left_out += [*mail.left_out, *page_marks]
    extraction.date = mail.date
    found = without_section_breaks(found, extraction)
    found = without_labels_above(found, extraction)
    opening = plain_text(found[0]) if found else ""
    extraction.title = title or (opening if _could_be_title(opening) else "")
    if found and same_words(opening, extraction.title):
        found = found[1:]
    body = without_tail(without_head(found, extraction), extraction)
    body = _without_caption(without_widgets(body, extraction), extraction)
    made = blocks(body)
    calls = {run.note for block in made for run in block.runs if run.note}
    for note in notes:
        if note.label not in calls:
            extraction.left_out.append(LeftOut(0, _text(note), "a note that nothing here calls"))
    document = Document(
        title=extraction.title,
        author=extraction.author,
        blocks=made,
        publication=extraction.publication,
        date=extraction.date,
        address=extraction.address,
        rights=extraction.rights,
        biography=extraction.biography,
        notes=tuple(note for note in notes if note.label in calls),
        left_out=tuple(sorted(extraction.left_out, key=lambda left: left.line)),
    )
    return with_omission_remark(document)


def _text(note: Note) -> str:
    return "".join(run.text for run in note.runs)


def _without_caption(body: list[Paragraph], extraction: Extraction) -> list[Paragraph]:
    """The paragraphs, the first without an image's caption that is glued to it."""
    caption, rest = unglued(body[0].text, extraction.title) if body else ("", "")
    if not caption:
        return body
    reason = "an image's caption, glued to the first sentence"
    extraction.leave_out(replace(body[0], text=caption), reason)
    return [replace(body[0], text=rest), *body[1:]]


def _could_be_title(text: str) -> bool:
    """Whether a first line is a title rather than an essay's first paragraph."""
    most = _LONGEST_TITLE if ends_sentence(text, CLAUSE_ENDS) else 2 * _LONGEST_TITLE
    return len(words(text[:2000])) <= most
