"""The essay's own paragraphs to blocks: headings, lists, verse and running text told apart."""

import re
from collections.abc import Sequence

from crossclaim.importing.document import Block, Kind, Paragraph, Run
from crossclaim.importing.emphasis import inline_runs
from crossclaim.importing.text.headings import headings
from crossclaim.importing.text.listing import continued, items
from crossclaim.names import words

_CAPTION_WORDS = 15
_VERSE_LINE = 75  # characters; longer lines are paragraphs


def blocks(found: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Paragraphs to blocks in order, the lines of verse and of addresses as one block each."""
    listed = items(found)
    inner = continued(found, listed)
    heads = {at: head for at, head in headings(found).items() if at not in listed}
    made: list[Block] = []
    at = 0
    while at < len(found):
        paragraph = found[at]
        end = at + 1
        if at in listed:
            item = listed[at]
            block = Block(item.kind, _set(item.text), item.marker, item.level, paragraph.quoted)
        elif at in heads:
            text, level = heads[at]
            block = Block(Kind.HEADING, _set(text), level=level, quoted=paragraph.quoted)
        else:
            end = _verse_end(at, found, listed.keys() | heads.keys())
            text = "\n".join(line.text.strip() for line in found[at:end])
            quoted = 0 if at in inner else paragraph.quoted
            block = Block(Kind.PARAGRAPH, _set(text), level=inner.get(at, 0), quoted=quoted)
        made.append(block)
        at = end
    return tuple(made)


def _set(text: str) -> tuple[Run, ...]:
    """Words as runs, with one space where tabs or several spaces stand."""
    return inline_runs(re.sub(r"[^\S\xa0\n]+", " ", text))


def _verse_end(at: int, found: Sequence[Paragraph], taken: set[int]) -> int:
    """Where the verse or address ends that begins here; the next place where none does.

    All lines of one group are short and were lines of their own.
    """
    if (
        at
        and found[at - 1].joined
        and at - 1 not in taken
        and found[at - 1].quoted == found[at].quoted
    ):
        return at + 1
    end = at
    while end < len(found) and end not in taken and found[end].quoted == found[at].quoted:
        if found[end].rows > 1 or len(found[end].text) > _VERSE_LINE:
            return at + 1
        end += 1
        if not found[end - 1].joined:
            return end
    return end if end < len(found) and end in taken and end > at else at + 1


def unglued(text: str, title: str) -> tuple[str, str]:
    """A first paragraph cut from a caption glued to it: caption ("" if none) and paragraph.

    Extraction from a page can lose the break after an image's caption, so that a small letter
    meets a capital (“…customersOn a…”). It is a caption only if it ends with words of the title
    or opens like one; names such as “LinkedIn” and “McAllister” do neither.
    """
    for joint in re.finditer(r"(?<=[a-z])(?=[A-Z])", text):
        caption, rest = text[: joint.start()], text[joint.start() :]
        if len(words(caption)) > _CAPTION_WORDS or re.search(r"[.!?]\s", caption):
            return "", text
        last = re.search(r"\S*\Z", caption)
        joined = (last[0] if last else "") + re.match(r"\S*", rest)[0]  # type: ignore[index]
        if re.search(r"(?:^|\W)(?:\w|Mc|Mac)\Z", caption) or text.count(joined) > 1:
            continue
        ending, named = words(caption.casefold())[-2:], words(title.casefold())
        of_title = len(ending) == 2 and any(
            ending == named[at : at + 2] for at in range(len(named) - 1)
        )
        opens = re.search(r"©|^(?:photo|image|figure|credit|source)\b", caption, re.I)
        if (of_title or opens) and len(words(rest)) > len(words(caption)):
            return caption.strip(), rest
    return "", text
