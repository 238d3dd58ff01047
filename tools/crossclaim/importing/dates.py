"""Dates as pages, files and people write them, as ISO dates."""

import re
from datetime import date

_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
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
# Each form with the places of its month, day and year.
_NAMED_MONTH = ((_DAY_FIRST, 2, 1, 3), (_MONTH_FIRST, 1, 2, 3), (_CLOCK_BETWEEN, 1, 2, 3))
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
    if match := _COMPACT.match(text) or _SLASHED.search(text):
        return _date(*match.groups())
    for form, month, day, year in _NAMED_MONTH:
        if (match := form.search(text)) and (number := _MONTHS.get(match[month].lower())):
            return _date(match[year], str(number), match[day])
    if (match := _EITHER.search(text)) and max(int(match[1]), int(match[2])) > 12:
        least, most = sorted((match[1], match[2]), key=int)
        return _date(match[3], least, most)
    if match := _ISO.match(text) or re.match(r"(\d{4})-(\d\d)-(\d\d)(?=[T ])", text):
        return _date(*match.groups())
    if (match := _MONTH_ONLY.search(text)) and (number := _MONTHS.get(match[1].lower())):
        return _date(match[2], str(number), None)
    return ""


def _date(year: str, month: str | None, day: str | None) -> str:
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def full_date(text: str) -> str:
    """The first date in a text that has a day, a month and a year, as YYYY-MM-DD, or ""."""
    first = _first_full(text)
    return first[1] if first else ""


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else, but perhaps the weekday or “Published”."""
    first = _first_full(text)
    return bool(
        first
        and not text[first[0].end() :].strip(" .,")
        and _BEFORE.match(text[: first[0].start()].lstrip())
    )


def _first_full(text: str) -> tuple[re.Match[str], str] | None:
    """Where the first full date of a text stands, and the date."""
    for form in _FORMS:
        for match in form.finditer(text[:400]):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].lower()]
            try:
                day = date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
            return match, day.isoformat()
    return None


def pdf_date(text: str) -> str:
    """The day in a PDF's own notation (D:20140303120000Z) as an ISO date, or ""."""
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", text)
    try:
        return date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""
