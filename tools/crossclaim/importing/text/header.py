"""What the lines above a plain text say: a mail's header, “Title: …”, Project Gutenberg's."""

import re
from collections.abc import Iterator, Sequence
from email import message_from_string, policy
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import takewhile

from crossclaim.importing import dates, gutenberg
from crossclaim.importing.boilerplate.extraction import Extraction
from crossclaim.importing.document import LeftOut

_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_KEPT_AS = {
    "title": "title", "author": "author", "authors": "author", "by": "author",
    "written by": "author", "date": "date", "published": "date", "publication": "publication",
    "source": "publication", "url": "address", "link": "address", "rights": "rights",
    "copyright": "rights", "license": "rights", "licence": "rights", "language": "language",
    "subtitle": "", "tags": "", "keywords": "", "category": "", "draft": "", "translator": "",
    "editor": "",
}  # fmt: skip
_OTHERS = 2  # lines among the header's, the title say
_OTHER_LENGTH = 80  # characters


def without_header(text: str, extraction: Extraction) -> str:
    """The text, its header's lines empty so that the others keep their numbers.

    What the header says goes to the `extraction`, unless that is known already.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    frame = gutenberg.find_frame(lines)
    if frame:
        end = frame.end
        _leave_out(lines, range(end, len(lines)), f"{gutenberg.NAME} licence", extraction)
        _leave_out(lines, range(frame.start), f"{gutenberg.NAME} header", extraction)
        for name in ("title", "author", "language"):
            _take(extraction, name, getattr(frame, name))
    elif mail := _mail(lines):
        name, address = parseaddr(mail["from"])
        _take(extraction, "title", _REPLY.sub("", " ".join(mail["subject"].split())))
        _take(extraction, "author", name or ("" if "@" in address else address))
        _take(extraction, "date", dates.iso_date(mail["date"] or ""))
        length = len(list(takewhile(str.strip, lines)))
        reason = "the mail's head, kept as title, author and date"
        _leave_out(lines, range(length), reason, extraction)
    else:
        for index, name, value in _fields(lines):
            kept = _KEPT_AS[name]
            _take(extraction, kept, value)
            reason = f"a line of the head, kept as {kept}" if kept else f"the text's {name}"
            _leave_out(lines, range(index, index + 1), reason, extraction)
    starts = [
        i for i, line in enumerate(lines) if line.strip() and not (i and lines[i - 1].strip())
    ]
    groups = [list(takewhile(str.strip, lines[start:])) for start in starts]
    reasons = gutenberg.omissions(["\n".join(group) for group in groups], framed=frame is not None)
    for index, reason in reasons.items():
        numbers = range(starts[index], starts[index] + len(groups[index]))
        _leave_out(lines, numbers, reason, extraction)
    return "\n".join(lines)


def _leave_out(lines: list[str], numbers: range, reason: str, extraction: Extraction) -> None:
    """Empty these lines, and name them as left out."""
    text = "\n".join(lines[number] for number in numbers).strip()
    if text:
        extraction.left_out.append(LeftOut(numbers.start + 1, text, reason))
    for number in numbers:
        lines[number] = ""


def _take(extraction: Extraction, name: str, value: str) -> None:
    if name and not getattr(extraction, name):
        setattr(extraction, name, value)


def _mail(lines: Sequence[str]) -> EmailMessage | None:
    """The header of a mail that opens the text and says from whom and about what; or None."""
    head = "\n".join(takewhile(str.strip, lines)) + "\n\n"
    message = message_from_string(head, EmailMessage, policy=policy.default)
    named = message["from"] and message["subject"]
    return message if named and not message.get_payload() else None


def _fields(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The lines “Title: …”, “Author: …” above a text: index, name, value as it is kept."""
    others = 0
    for index, line in enumerate(lines):
        field = gutenberg.FIELD.match(line.rstrip())
        name = field["name"].strip().lower() if field else ""
        if field and name in _KEPT_AS:
            value = field["value"].strip("*_ ")
            if _KEPT_AS[name] == "date":
                value = dates.iso_date(value)
            elif _KEPT_AS[name] == "language":
                value = gutenberg.LANGUAGES.get(value.lower(), value[:2].lower())
            if value and not (name == "source" and "://" in value):
                yield index, name, value
        elif line.strip():
            others += 1
            if others > _OTHERS or len(line) > _OTHER_LENGTH:
                return
