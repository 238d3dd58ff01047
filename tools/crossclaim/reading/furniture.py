"""What the sites that publish essays put around them: each pattern with the reason it names.

A pattern matches a whole paragraph of an original. Patterns that also occur in essays are kept
narrow; what is not recognised stays in the essay, where an editor sees it.
"""

import re

_I = re.IGNORECASE

NOTICE = re.compile(
    r"^\W*(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|all rights reserved"
    r"|reproduced (?:with|by) permission|creative commons"
    r"|(?:this (?:work|article|text) is )?licensed under)"
    r"|\ball rights reserved\.?\W*$|reproduction[^.]{0,90}\bprohibited\b",
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
POSTED = re.compile(r"^(?:this entry was posted|posted (?:in|on|by)|filed under|tagged)\b", _I)
_POSTED_BY = re.compile(r"\bby (?P<name>[^.,|]{3,60}?)(?:\s+(?:on|at)\b.*)?[.,|]")

# A line that opens the site's own part: nothing of the essay comes after it.
_CLOSING: tuple[tuple[re.Pattern[str], str], ...] = (
    (POSTED, "the site's filing line"),
    (re.compile(r"^(?:leave a (?:reply|comment)|post a comment)\b.{0,20}$", _I), "the reply form"),
    (re.compile(r"^(?:\d+ )?(?:comments?|responses?)(?: \(\d+\))?:?$", _I), "readers' comments"),
    (
        re.compile(
            r"^(?:popular|trending|most (?:read|popular|viewed)|related|recommended"
            r"|more from|you (?:may|might) (?:also )?(?:like|enjoy)|read next|see also"
            r"|further reading)\b.{0,40}$",
            _I,
        ),
        "links to other pages",
    ),
)

# A line that is the site's wherever it stands; the essay may go on after it.
_PASSING: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"^(?:share|tweet|pin it|email|print|share (?:this|on|via)\b.{0,30}"
            r"|follow us\b.{0,30})$",
            _I,
        ),
        "a share button",
    ),
    (
        re.compile(r"^(?:advertisement|sponsored(?: content)?|story continues below.*)$", _I),
        "an ad",
    ),
    (re.compile(r"^(?:subscribe|sign up|get our newsletter)\b.{0,50}$", _I), "a sign-up line"),
    (re.compile(r"^(?:skip to (?:main )?content|menu|search|home)$", _I), "site navigation"),
    (re.compile(r"^\d+ min(?:ute)?s? read$", _I), "a reading time"),
)

# What the lines after the essay's end are, where a pattern tells.
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^fill in your details|^connecting to|^notify me of", _I), "the reply form"),
    (re.compile(r"^you are commenting|^log ?in\b|^logged in", _I), "the reply form"),
    (
        re.compile(r"^(?:google\+?|twitter|facebook|wordpress\S*) (?:photo|picture|logo)$", _I),
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


def closing(text: str) -> str | None:
    """The reason why this line ends the essay, or None."""
    return _reason(text, _CLOSING)


def passing(text: str) -> str | None:
    """The reason why this line is the site's own, or None."""
    return _reason(text, _PASSING)


def after(text: str) -> str:
    """What a line after the essay's end is, as near as a pattern tells."""
    return _reason(text, _CLOSING + _PASSING + _AFTER) or "the site's own text after the essay"


def _reason(text: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str | None:
    return next((reason for pattern, reason in patterns if pattern.search(text)), None)


def platform_name(text: str) -> str:
    """The publication a platform's notice names, or ""."""
    found = _PLATFORM_NAME.search(text)
    return found["name"] if found else ""


def posted_by(text: str) -> str:
    """The author a filing line names, or ""."""
    found = _POSTED_BY.search(text)
    return found["name"] if found else ""
