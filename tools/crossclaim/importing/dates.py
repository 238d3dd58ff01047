"""Dates as pages, files and people write them, as ISO dates."""

import re
from datetime import date

_MONTHS = {
    name: at
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "january february march april may june july august september october november december",
    )
    for at, name in enumerate(names.split(), start=1)
}
_MONTHS |= {"sept": 9, "jän": 1, "mär": 3, "okt": 10, "dez": 12, "fév": 2, "juil": 7, "déc": 12}
_ISO = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4,6})?\Z")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?([^\W\d_]{3,9})\.?,?\s+(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_MONTH_ONLY = re.compile(r"\b([^\W\d_]{3,9})\.?,?\s+(\d{4})\b")
_SLASHED = re.compile(r"\b((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})\b")
_EITHER = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")
_CLOCK_BETWEEN = re.compile(
    r"\b([^\W\d_]{3})\s+(\d{1,2})\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{2,5}\s+)?(\d{4})\b"
)
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


def iso_date(text: str) -> str:
    """The first date in a text as YYYY-MM-DD, YYYY-MM or YYYY; "" where none is certain.

    “3/4/2014” is no certain date: half of the world reads it the other way round; “3/14/2014” is.
    """
    text = text.strip()
    if found := _COMPACT.match(text):
        return _date(*found.groups())
    if found := _SLASHED.search(text):
        return _date(*found.groups())
    if (found := _DAY_FIRST.search(text)) and (month := _MONTHS.get(found[2].lower())):
        return _date(found[3], str(month), found[1])
    if (found := _MONTH_FIRST.search(text)) and (month := _MONTHS.get(found[1].lower())):
        return _date(found[3], str(month), found[2])
    if (found := _CLOCK_BETWEEN.search(text)) and (month := _MONTHS.get(found[1].lower())):
        return _date(found[3], str(month), found[2])
    if (found := _EITHER.search(text)) and max(int(found[1]), int(found[2])) > 12:
        least, most = sorted((found[1], found[2]), key=int)
        return _date(found[3], least, most)
    if found := _ISO.match(text) or re.match(r"(\d{4})-(\d\d)-(\d\d)(?=[T ])", text):
        return _date(*found.groups())
    if (found := _MONTH_ONLY.search(text)) and (month := _MONTHS.get(found[1].lower())):
        return _date(found[2], str(month), None)
    return ""


def _date(year: str, month: str | None, day: str | None) -> str:
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


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
