"""Lines that sites set around an essay's prose: dates, buttons, counts, prompts, appeals."""

import re

from crossclaim.importing import people
from crossclaim.importing.block_rules import Placed
from crossclaim.importing.boilerplate.state import Sorting, same
from crossclaim.importing.dates import iso_date
from crossclaim.importing.document import Kind
from crossclaim.names import words

_DATE_LINE = re.compile(
    r"(?:(?:first |originally |last )?(?:published|posted|updated|modified|edited"
    r"|written|created|date)(?: on| at)?:?\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|\w{3},\s+)?(?:[\w.,]+ )?[\w.,]+ \d{4}"
    r"(?:\s*(?:at|@|[-–—,|·•])?\s*\d{1,2}[:.]\d\d.{0,20}|\s*[·•|].{0,30})?\Z"
    r"|(?:veröffentlicht|erschienen|publié|mis à jour)(?: am| le)?:?\s+[\w.]+ \w+ \d{4}"
    r"(?:\s*(?:à|um|,|[-–—|·•])\s*\d{1,2}[:.h]\d\d.{0,10})?\Z"
    r"|\d{4}-\d\d-\d\d\Z|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\Z",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W\d_]{1,12}(?:[KkMm])?\Z")
_LABEL = re.compile(
    r"(?:follow|following|listen|share|save|bookmark|print|email|comments?"
    r"|\d+ (?:comments?|likes?|shares?|claps?|responses?|views?)"
    r"|subscribe|sign (?:up|in)|get the app|open in app|member-only story|featured"
    r"|audio|text size|menu|reply|like|restack|upgrade"
    r"|(?:about )?\d+[ -]min(?:ute)?s?(?: read(?:ing)?(?: time)?)?"
    r"|reading time:?.{0,20}|read time:?.{0,20}|estimated reading time.{0,20}"
    r"|copy link|link copied!?|share this(?: post| article| story)?"
    r"|discover more from .{0,60}|type your email…?|give this article"
    r"|facebook|twitter|linkedin|x|pinterest|whatsapp|reddit|e-?mail|pocket"
    r"|telegram|mastodon|bluesky|threads)\W*\Z",
    re.IGNORECASE,
)
PROMPT = re.compile(
    r"(?:also read|read (?:more|also|next|this)|related(?: (?:reading|articles?"
    r"|posts?|stories))?|see also|more on this|watch|listen|recommended"
    r"|don['’]t miss|more from|lesen sie (?:auch|mehr)|(?:à )?lire aussi)\b\W",
    re.IGNORECASE,
)
_PARTS = 12  # of a line between bars and dots
APPEAL = re.compile(
    r"^(?:if you (?:enjoyed|liked|like|enjoy|found) (?:this|what)"
    r"|thanks? (?:you )?for (?:reading|subscribing)\b.{0,80}$"
    r"|(?:please )?(?:follow (?:me|us)|share this)\b.{0,80}$"
    r"|^(?:please )?(?:subscribe|sign up)(?: (?:now|here|today|below|free|via"
    r"|for (?:free|our|my|the|more|updates)|to (?:our|my|the|this|get|receive|read))\b.{0,80})?\W*$"
    r"|join the conversation)"
    r"|\bsmall favou?r to ask\b|\breader-supported publication\b"
    r"|\bplease consider (?:subscribing|donating|becoming|supporting)\b"
    r"|\bsupport (?:our|independent) (?:work|journalism)\b|\bbecom(?:e"
    r"|ing) a (?:member|patron|(?:free or )?paid subscriber)\b"
    r"|\b(?:sign up|subscribe) (?:for|to) (?:our|my|the)\b.{0,40}\b(?:newsletter"
    r"|list|updates|posts)\b"
    r"|\ba version of this (?:article|essay|story) (?:appears|appeared|was published)\b"
    r"|\bfollow (?:me|us|him|her|them)\b.{0,30}\bon (?:twitter|x|facebook|linkedin"
    r"|instagram|medium|mastodon|threads)\b",
    re.IGNORECASE,
)
NOTES = re.compile(r"(?:foot|end)?notes?:?\Z", re.IGNORECASE)


def reason(each: Placed, sorting: Sorting, above: bool) -> str | None:
    """Why a block above or below all prose is a site's, or None."""
    block = each.block
    text = " ".join(block.text.split())
    if is_date(text):
        return "a date"
    parts = [part.strip() for part in re.split(r"[|·•–—\n]|\s/\s", block.text) if part.strip()]
    if 1 < len(parts) < _PARTS and all(_is_detail(part, sorting) for part in parts):
        return "a line of names, dates and labels"
    if _LABEL.match(text):
        return "a site's label"
    if above and block.kind is Kind.PARAGRAPH and _SIGNS.match(text):
        return "a site's label"
    count = len(words(text))
    if block.kind is not Kind.HEADING and not block.quoted and each.linked >= 0.9 * count > 0:
        return "links to other pages"
    return None


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE_LINE.match(text)) and (bool(iso_date(text)) or bool(re.match(r"\d", text)))


def _is_detail(part: str, sorting: Sorting) -> bool:
    """Whether part of a line is a label, a date or the author's name."""
    return bool(
        _LABEL.match(part)
        or is_date(part)
        or same(part, sorting.author)
        or (same(part.partition(" ")[2], sorting.author) and people.byline(part, sorting.author))
    )
