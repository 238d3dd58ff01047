"""Email header of a text that was saved from a mail program: its title, author and date."""

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import parseaddr

from crossclaim.importing import dates
from crossclaim.importing.document import LeftOut

_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z-]{1,30}):[ \t]+(?P<value>\S.*)\Z")
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_REASON = "the mail's head, kept as title, author and date"


@dataclass(frozen=True, slots=True)
class EmailText:
    """A text without its email header, and what the header says, "" where it does not."""

    text: str
    title: str = ""
    author: str = ""
    date: str = ""
    left_out: tuple[LeftOut, ...] = ()


def without_email_header(text: str) -> EmailText:
    """The text with its email header taken off; any other text as it is.

    A header opens the text, is followed by a blank line, and says both from whom and about what.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fields: dict[str, str] = {}
    last, end = "", 0
    for end, line in enumerate(lines):
        if not line.strip():
            break
        if line[0] in " \t" and last:
            fields[last] += " " + line.strip()
        elif field := _FIELD.match(line.rstrip()):
            last = field["name"].lower()
            fields[last] = field["value"]
        elif end or not line.startswith("From "):  # the line that parts mails in a mailbox
            return EmailText(text)
    if not {"from", "subject"} <= fields.keys():
        return EmailText(text)
    name, address = parseaddr(_decoded(fields["from"]))
    return EmailText(
        "\n" * end + "\n".join(lines[end:]),  # the lines keep their numbers
        _REPLY.sub("", _decoded(fields["subject"])).strip(),
        name or ("" if "@" in address else address),
        dates.iso_date(fields.get("date", "")),
        (LeftOut(1, "\n".join(lines[:end]), _REASON),),
    )


def _decoded(value: str) -> str:
    """A field's words, where a mail program wrote them in ASCII with escapes."""
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value
