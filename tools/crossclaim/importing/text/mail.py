"""A text that was saved from a mail program: what its head says."""

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import parseaddr

from crossclaim.importing import dates
from crossclaim.importing.document import LeftOut

_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z-]{1,30}):[ \t]+(?P<value>\S.*)\Z")
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_HEAD_REASON = "the mail's head, kept as title, author and date"


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail's head says, "" where it does not, and the text without it."""

    text: str
    title: str = ""
    author: str = ""
    date: str = ""
    left_out: tuple[LeftOut, ...] = ()


def without_mail_head(text: str) -> Mail:
    """A text's mail head taken off; any other text as it is.

    A head opens the text, is followed by a blank line, and says both from whom and about what.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fields: dict[str, str] = {}
    last, end = "", 0
    for end, row in enumerate(rows):
        if not row.strip():
            break
        if row[0] in " \t" and last:
            fields[last] += " " + row.strip()
        elif found := _FIELD.match(row.rstrip()):
            last = found["name"].lower()
            fields[last] = found["value"]
        elif end or not row.startswith("From "):  # the line that parts mails in a mailbox
            return Mail(text)
    if not {"from", "subject"} <= fields.keys():
        return Mail(text)
    name, address = parseaddr(_decoded(fields["from"]))
    return Mail(
        "\n" * end + "\n".join(rows[end:]),  # the lines keep their numbers
        _REPLY.sub("", _decoded(fields["subject"])).strip(),
        name or ("" if "@" in address else address),
        dates.iso_date(fields.get("date", "")),
        (LeftOut(1, "\n".join(rows[:end]), _HEAD_REASON),),
    )


def _decoded(value: str) -> str:
    """A field's words, where a mail program wrote them in ASCII with escapes."""
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value
