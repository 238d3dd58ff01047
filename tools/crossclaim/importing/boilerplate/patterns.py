"""What the sites that publish essays put around them: each pattern with the reason it names.

A pattern matches a whole paragraph of an original. Patterns that also occur in essays are kept
narrow, and a line that only looks like furniture ends an essay only where no prose follows it;
what is not recognised stays in the essay, where an editor sees it.
"""

import re

_I = re.IGNORECASE

# A rights notice says whose and since when, or what is forbidden; the word alone is no notice.
NOTICE = re.compile(
    r"^\W*(?:copyright|©|\(c\))\s*(?:notice\b|©|\(c\)|(?:19|20)\d\d\b)"
    r"|^\W*(?:copyright|©)[^.]{0,50}\b(?:19|20)\d\d\W*$|^\W*copyright by [^.]{0,50}\W*$"
    r"|\ball rights reserved\b|^tous droits réservés|^alle rechte vorbehalten"
    r"|^\W*(?:reproduced (?:with|by) (?:kind )?permission"
    r"|(?:this (?:work|article|text) is )?licensed under)"
    r"|\breproduction\b[^.]{0,120}\b(?:permission|copyright)\b[^.]{0,120}\bprohibited\b"
    r"|©\s*(?:19|20)\d\d",
    _I,
)
PLATFORM = re.compile(
    r"^this (?:post|article|entry|story|essay|piece) (?:was|is) "
    r"(?:originally |first |also )?(?:published|posted|syndicated) (?:on|in|at|by) ",
    _I,
)
_PLATFORM_NAME = re.compile(
    r"(?:published|posted) (?:on|in|at) (?:the )?(?:now-(?:closed|defunct) )?"
    r"(?P<name>[^.,;]{2,60}?)[.,;]"
)
# An address alone on its line, or one that is said to be the source.
_SOURCE = re.compile(
    r"^(?:(?:source|original|originally (?:published|posted) at|url|link|quelle):?\s*)?"
    r"<?(?P<address>https?://[^\s<>]+)>?$",
    _I,
)
# A filing line: who posted it where, as a label rather than a sentence.
POSTED = re.compile(
    r"^this entry was posted\b|^(?:posted|published) (?:in|on|by)\b(?=[^.!?]{0,90}$)|^filed under\b"
    r"|^tagged:|^tags?:",
    _I,
)
_POSTED_BY = re.compile(r"\bby (?P<name>[^.,|]{3,60}?)(?:\s+(?:on|at|in)\b.*)?(?:[.,|]|$)")

_Patterns = tuple[tuple[re.Pattern[str], str], ...]

# Lines that only a site writes, below an essay.
_CLOSING: _Patterns = (
    (POSTED, "the site's filing line"),
    (re.compile(r"^(?:leave a (?:reply|comment)|post a comment)\b.{0,20}$", _I), "the reply form"),
    (
        re.compile(r"^(?:\d+ )?(?:comments?|responses?|kommentare?)(?: \(\d+\))?:?$", _I),
        "readers' comments",
    ),
    (
        re.compile(
            r"^(?:popular (?:in|on|now|posts|articles|stories)\b|trending(?: now)?\b"
            r"|most (?:read|popular|viewed)\b|related (?:posts?|articles?|stories|content)\b"
            r"|recommended(?: for you| reading| posts| articles)?\W*$|more from\b"
            r"|you (?:may|might) (?:also )?(?:like|enjoy)\b|read next\b"
            r"|further reading\b|see also:|related:)[^.!?]{0,60}$",
            _I,
        ),
        "links to other pages",
    ),
)

# A line that is the site's wherever it stands; the essay may go on after it.
_PASSING: _Patterns = (
    (
        re.compile(
            r"^(?:tweet|pin it|share (?:this|on|via)\b[^.]{0,30}|follow us\b[^.]{0,30}"
            r"|teilen(?: (?:auf|über|mit)\b[^.]{0,30})?|partager(?: sur\b[^.]{0,30})?)$",
            _I,
        ),
        "a share button",
    ),
    (
        re.compile(
            r"^(?:advertisement|anzeige|werbung|publicité|sponsored(?: content)?"
            r"|story continues below.*)$",
            _I,
        ),
        "an ad",
    ),
    (
        re.compile(
            r"^(?:subscribe(?: now| to (?:our|the|my)\b[^.]{0,40})?"
            r"|sign up for (?:our|the)\b[^.]{0,40}|get our newsletter"
            r"|thanks for reading\b.{0,60}subscribe.{0,60})$",
            _I,
        ),
        "a sign-up line",
    ),
    (
        re.compile(
            r"^(?:skip to (?:main )?content|open in app|sign in|log in|menu"
            r"|view (?:this (?:e-?mail|message) )?in (?:your )?browser.*)$",
            _I,
        ),
        "site navigation",
    ),
    (re.compile(r"^(?:·\s*)?\d+ min(?:ute)?s? read$", _I), "a reading time"),
)

# Single words that sites use as labels and essays as headings: furniture only beside other
# furniture, or outside the essay.
_LABELS = re.compile(
    r"^(?:share|email|print|search|home|listen|follow|like|reply|menu|opinion|--|·)$", _I
)

# What the lines after the essay's end are, where a pattern tells.
_AFTER: _Patterns = (
    (
        re.compile(
            r"^fill in your details|^connecting to|^notify me of|^you are commenting|^log ?in\b"
            r"|^logged in|^(?:google\+?|twitter|facebook|wordpress\S*) (?:photo|picture|logo)$",
            _I,
        ),
        "the reply form",
    ),
    (re.compile(r"^about\b", _I), "an “About” section"),
    (re.compile(r"\bdownload\b", _I), "a download offer"),
    (
        re.compile(
            r"^(?:\(?for [^)]*\)?|.*\blinkedin\b.*|\[[^\]]*\]\([^)]*\)|join the conversation)$", _I
        ),
        "a discussion group's lines",
    ),
    (re.compile(r"^(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", _I), "an address"),
    (re.compile(r"^(?:more (?:articles|posts)|.*\bvideos?\b)", _I), "links to other pages"),
)

# Sections that belong to an essay even below its biography or notice.
OWN_AFTERMATTER = re.compile(
    r"^(?:notes?|references|bibliography|works cited|sources|footnotes|postscript|p\.? ?s\.?)\b:?",
    _I,
)


def closing(text: str) -> str | None:
    """The reason why this line stands below an essay, or None."""
    return _reason(text, _CLOSING)


def passing(text: str) -> str | None:
    """The reason why this line is the site's own wherever it stands, or None."""
    return _reason(text, _PASSING)


def is_label(text: str) -> bool:
    """Whether the line is a single word that sites use as a label."""
    return bool(_LABELS.match(text))


def after(text: str) -> str:
    """What a line after the essay's end is, as near as a pattern tells."""
    return _reason(text, _CLOSING + _PASSING + _AFTER) or "the site's own text after the essay"


def _reason(text: str, patterns: _Patterns) -> str | None:
    return next((reason for pattern, reason in patterns if pattern.search(text)), None)


def platform_name(text: str) -> str:
    """The publication a platform's notice names, or ""."""
    found = _PLATFORM_NAME.search(text)
    return found["name"] if found else ""


def source_address(text: str) -> str:
    """The address that a line of nothing else gives, or ""."""
    found = _SOURCE.match(text)
    return found["address"] if found else ""


def is_source(text: str) -> bool:
    """Whether a line says of an address that it is the source."""
    return bool(source_address(text)) and not text.startswith(("http", "<"))


def posted_by(text: str) -> str:
    """The author a filing line names, or ""."""
    found = _POSTED_BY.search(text)
    return found["name"] if found else ""
