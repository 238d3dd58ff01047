"""Plain text to a document: the essay told from its head, its tail and what a site added.

The reader knows habits of published pages, no particular page. What it takes for anything else
than the essay it says, with the line and the reason; what it does not recognise stays.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from crossclaim.importing import people
from crossclaim.importing.boilerplate.head import without_head, without_labels_above
from crossclaim.importing.boilerplate.state import Sorting, plain, same
from crossclaim.importing.boilerplate.tail import without_breaks, without_passing, without_tail
from crossclaim.importing.document import Document, LeftOut
from crossclaim.importing.text.blocks import text_blocks
from crossclaim.importing.text.email_header import without_email_header
from crossclaim.importing.text.footnotes import with_footnote_references
from crossclaim.importing.text.paragraphs import Paragraph, text_paragraphs
from crossclaim.language.sentences import ends_sentence, first_sentence
from crossclaim.names import words

_TITLE_WORDS = 20  # of a line that ends like a sentence and is still a title
_CAPTION_WORDS = 15


def read_plain(text: str, title: str = "", author: str = "") -> Document:
    """A plain text to a document. A title or author that is known already is not looked for.

    The title or author is "" where none could be told.
    """
    email = without_email_header(text)
    title, author = title or email.title, author or email.author
    original, pagination = text_paragraphs(email.text)
    paragraphs, notes = with_footnote_references(original)
    sorting = Sorting("", author or people.find_author(paragraphs))
    sorting.left_out += [*email.left_out, *pagination]
    sorting.date = email.date
    paragraphs = without_breaks(paragraphs, sorting)
    paragraphs = without_labels_above(paragraphs, sorting)
    opening = plain(paragraphs[0]) if paragraphs else ""
    sorting.title = title or (opening if _could_be_title(opening) else "")
    if paragraphs and same(opening, sorting.title):
        paragraphs = paragraphs[1:]
    paragraphs = without_tail(without_head(paragraphs, sorting), sorting)
    paragraphs = _without_caption(without_passing(paragraphs, sorting), sorting)
    blocks = text_blocks(paragraphs)
    referenced = {run.note for block in blocks for run in block.runs if run.note}
    for note in notes:
        if note.label not in referenced:
            text = "".join(run.text for run in note.runs)
            sorting.left_out.append(LeftOut(0, text, "a note that nothing here calls"))
    count = sum(len(words(paragraph.text)) for paragraph in original)
    return Document(
        title=sorting.title,
        author=sorting.author,
        blocks=blocks,
        publication=sorting.publication,
        date=sorting.date,
        address=sorting.address,
        rights=sorting.rights,
        biography=sorting.biography,
        notes=tuple(note for note in notes if note.label in referenced),
        left_out=tuple(sorted(sorting.left_out, key=lambda left: left.line)),
        remarks=left_out_remarks(count, sorting.left_out),
    )


def _could_be_title(text: str) -> bool:
    """Whether a first line is a title rather than an essay's first paragraph."""
    most = _TITLE_WORDS if ends_sentence(text, also=":;,") else 2 * _TITLE_WORDS
    return len(words(text[:2000])) <= most


def _without_caption(paragraphs: list[Paragraph], sorting: Sorting) -> list[Paragraph]:
    """The paragraphs, the first without an image's caption that is glued to it."""
    caption, rest = _split_caption(paragraphs[0].text, sorting.title) if paragraphs else ("", "")
    if not caption:
        return paragraphs
    reason = "an image's caption, glued to the first sentence"
    sorting.leave(replace(paragraphs[0], text=caption), reason)
    return [replace(paragraphs[0], text=rest), *paragraphs[1:]]


def _split_caption(text: str, title: str) -> tuple[str, str]:
    """A first paragraph as the caption glued to it ("" if none) and the paragraph.

    Extraction from a page can lose the break after an image's caption, so that a small letter
    meets a capital (“…customersOn a…”). It is a caption only if it ends with words of the title
    or opens like one; names such as “LinkedIn” and “McAllister” do neither.
    """
    for joint in re.finditer(r"(?<=[a-z])(?=[A-Z])", text):
        caption, rest = text[: joint.start()], text[joint.start() :]
        if len(words(caption)) > _CAPTION_WORDS or first_sentence(caption) != caption:
            return "", text
        glued = caption.split()[-1] + rest.split(maxsplit=1)[0]
        if re.search(r"(?:^|\W)(?:\w|Mc|Mac)\Z", caption) or text.count(glued) > 1:
            continue
        ending, titled = words(caption.casefold())[-2:], words(title.casefold())
        of_title = len(ending) == 2 and any(
            ending == titled[start : start + 2] for start in range(len(titled) - 1)
        )
        opens = re.search(r"©|^(?:photo|image|figure|credit|source)\b", caption, re.I)
        if (of_title or opens) and len(words(rest)) > len(words(caption)):
            return caption.strip(), rest
    return "", text


def left_out_remarks(count: int, left_out: Iterable[LeftOut]) -> tuple[str, ...]:
    """The remark that most of an original's `count` words are not in the essay, where it is so."""
    reasons: Counter[str] = Counter()
    for left in left_out:
        reasons[left.reason] += len(words(left.text))
    if reasons.total() * 2 <= count:
        return ()
    reason, _ = reasons.most_common(1)[0]
    return (
        f"{reasons.total():,} of {count:,} words were left out, most of them as {reason}: look "
        "whether the essay is whole.",
    )
