"""Read a plain-text original: tell the essay from its head, its tail and what a site added.

The reader knows habits of published pages, no particular page. What it takes for anything else
than the essay it says, with the line and the reason; what it does not recognise stays.
"""

from dataclasses import replace

from crossclaim.names import words
from crossclaim.reading import people
from crossclaim.reading.body import blocks, unglued
from crossclaim.reading.document import Document
from crossclaim.reading.head import without_head, without_labels_above
from crossclaim.reading.paragraphs import paragraphs
from crossclaim.reading.sorting import SENTENCE_END, Sorting, plain, same
from crossclaim.reading.tail import without_passing, without_tail

_LONGEST_TITLE = 20  # words of a line that ends like a sentence and is still a title


def read_plain(text: str, title: str = "", author: str = "") -> Document:
    """A plain text to a document. A title or author that is known already is not looked for.

    The title or author is "" where none could be told.
    """
    found = list(paragraphs(text))
    sorting = Sorting("", author or people.find_author(found))
    found = without_labels_above(found, sorting)
    opening = plain(found[0]) if found else ""
    sorting.title = title or (opening if _could_be_title(opening) else "")
    if found and same(opening, sorting.title):
        found = found[1:]
    body = without_tail(without_head(found, sorting), sorting)
    body = without_passing(body, sorting)
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


def _could_be_title(text: str) -> bool:
    """Whether a first line is a title rather than an essay's first paragraph."""
    return len(words(text)) <= _LONGEST_TITLE or not SENTENCE_END.search(text)
