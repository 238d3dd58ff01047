"""Dates as people write them above an essay, as ISO dates."""

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier", "february feb februar février", "march mar märz mars",
            "april apr avril", "may mai", "june jun juni juin", "july jul juli juillet",
            "august aug août", "september sep sept septembre", "october oct oktober octobre",
            "november nov novembre", "december dec dezember décembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_FORMS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?{_MONTH},? (?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b",
    )
]
_WEEKDAY = r"(?:(?:on )?[^\W\d_]{2,10}\.?,? (?:the |den )?)?"
_BEFORE = re.compile(
    rf"(?:(?:first )?(?:published|posted|updated|date|written)(?: on)?:? )?{_WEEKDAY}\Z", re.I
)


def iso(text: str) -> str:
    """The first date in a text as year-month-day, or ""."""
    found = _first(text)
    return found[1] if found else ""


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else, but perhaps the weekday or “Published”."""
    found = _first(text)
    return bool(
        found
        and not text[found[0].end() :].strip(" .,")
        and _BEFORE.match(text[: found[0].start()].lstrip())
    )


def _first(text: str) -> tuple[re.Match[str], str] | None:
    for form in _FORMS:
        for found in form.finditer(text[:400]):
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].lower()]
            try:
                day = date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
            return found, day.isoformat()
    return None


def pdf_date(text: str) -> str:
    """The day in a PDF's own notation (D:20140303120000Z) as an ISO date, or ""."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""
