"""Dates as pages, files and people write them, as ISO dates."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
        " dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTHS |= {"sept": 9, "jän": 1, "mär": 3, "okt": 10, "dez": 12, "fév": 2, "juil": 7, "déc": 12}
MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_NAMED = rf"(?P<month>{MONTH})(?![^\W\d_])\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
# A counter may be glued to a date behind a month's name, and a name before its day.
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d)(?P<day>\d\d?){_ORDINAL}\s+(?:of\s+|de\s+)?{_NAMED},?\s+(?:de\s+)?{_YEAR}",
        rf"(?<![^\W\d_]){_NAMED}\s+(?P<day>\d\d?){_ORDINAL},?\s+{_YEAR}",
        rf"\b{_NAMED}\s+(?P<day>\d\d?)\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{{2,5}}\s+)?{_YEAR}\b",
        rf"(?<!\d){_YEAR}(?P<sign>[-/])(?P<number>\d\d?)(?P=sign)(?P<day>\d\d?)(?!\d)",
        rf"(?<![\d.])(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.\s?{_YEAR}(?!\d)",
        rf"\A{_YEAR}(?P<number>\d\d)(?P<day>\d\d)(?:\d{{4,6}})?\Z",
    )
]
_EITHER = re.compile(rf"(?<![\d/])(\d\d?)/(\d\d?)/{_YEAR}(?!\d)")
_MONTH_ONLY = re.compile(rf"(?<![^\W\d_]){_NAMED},?\s+{_YEAR}(?!\d)", re.IGNORECASE)
_ISO = re.compile(rf"{_YEAR}(?:-(?P<number>\d\d))?(?![\d-])")
# What may stand on a line beside its date: hours, weekdays, words such as “Published”.
_BESIDE = re.compile(
    r"(?<!\d)\d\d?[:.h]\d\d(?::\d\d)?(?!\d)|\b(?:[ap]\.?m|gmt|utc|[bcemp][sd]?t|ces?t|uhr|à|um|le|den"
    r"|the|this|on|at|and|am|day|of|dated?|first|last|originally|(?:re)?published|posted|updated"
    r"|modified|edited|written|created|veröffentlicht|erschienen|aktualisiert|publié|mis|jour"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    re.IGNORECASE,
)
_SMALL = ("of", "the", "for", "from", "in", "to", "and", "on", "at", "a", "de", "von", "der")
_BEFORE = 8  # words of a place or a newspaper that may stand before a date


def iso_date(text: str) -> str:
    """The first date in a text as YYYY-MM-DD, YYYY-MM or YYYY; "" where none is certain.

    “3/4/2014” is no certain date: half of the world reads it the other way round; “3/14/2014” is.
    """
    text = text.strip()
    if day := full_date(text):
        return day
    if any(form.search(text) for form in _FORMS):
        return ""  # a day that no calendar has
    if match := _ISO.match(text) or _MONTH_ONLY.search(text):
        month = _month(match)
        return f"{match['year']}-{month:02}" if 1 <= month <= 12 else match["year"]
    return ""


def full_date(text: str) -> str:
    """The first date in a text that has a day, a month and a year, as YYYY-MM-DD, or ""."""
    return min(_days(text[:400]), default=(0, ""))[1]


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing else but the hour, “Published” or where it appeared.

    What stands before the date may be a place or a newspaper: a few words with capitals, parted
    from it by a sign.
    """
    rest, dated = text, False
    for form in (*_FORMS, _EITHER, _MONTH_ONLY):
        rest, times = form.subn("\0", rest)
        dated = dated or times > 0
    if not dated or len(text) > 160 or not (iso_date(text) or _EITHER.search(text)):
        return False
    before, _, after = _BESIDE.sub(" ", rest).partition("\0")
    names = before.split()
    if re.search(r"[^\W_]", after) or len(names) > _BEFORE:
        return False
    titled = all(not name[0].islower() or name in _SMALL for name in names)
    return not re.search(r"[^\W_]", before) or (titled and before.rstrip()[-1] in ".,:;–—|·(")


def pdf_date(text: str) -> str:
    """The day in a PDF's own notation (D:20140303120000Z) as an ISO date, or ""."""
    match = re.match(r"D:(\d{8})", text)
    return full_date(match[1]) if match else ""


def _days(text: str) -> Iterator[tuple[int, str]]:
    """The days that a text names, each with where it stands."""
    for form in _FORMS:
        for match in form.finditer(text):
            yield from _day(match.start(), match["year"], _month(match), match["day"])
    for match in _EITHER.finditer(text):
        least, most = sorted((match[1], match[2]), key=int)
        if int(most) > 12 or least == most:
            yield from _day(match.start(), match["year"], int(least), most)


def _day(start: int, year: str, month: int, day: str) -> Iterator[tuple[int, str]]:
    try:
        yield start, date(int(year), month, int(day)).isoformat()
    except ValueError:
        return  # February 30


def _month(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return _MONTHS[parts["month"].lower()] if parts.get("month") else int(parts["number"] or 0)
