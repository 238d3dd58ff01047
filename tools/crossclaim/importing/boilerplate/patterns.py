"""Patterns of boilerplate: what sites put around essays, each pattern with the reason it names.

A pattern matches a whole paragraph of an original. Patterns that also occur in essays are kept
narrow, and a line that only looks like boilerplate ends an essay only where no prose follows it;
what is not recognised stays in the essay, where an editor sees it.
"""

import re

from crossclaim.names import words

_I = re.IGNORECASE

# A rights notice says whose and since when, or what is forbidden; the word alone is no notice.
RIGHTS_NOTICE = re.compile(
    r"^\W*(?:copyright|©|\(c\))\s*(?:notice\b|©|\(c\)|(?:19|20)\d\d\b)"
    r"|^\W*(?:copyright|©)[^.]{0,50}\b(?:19|20)\d\d\W*$|^\W*copyright by [^.]{0,50}\W*$"
    r"|\ball rights reserved\b|^tous droits réservés|^alle rechte vorbehalten"
    r"|^\W*(?:reproduced (?:with|by) (?:kind )?permission"
    r"|(?:this (?:work|article|text) is )?licensed under)"
    r"|\breproduction\b[^.]{0,120}\b(?:permission|copyright)\b[^.]{0,120}\bprohibited\b"
    r"|©\s*(?:19|20)\d\d",
    _I,
)
# A notice of the platform that published the essay before, or again.
SYNDICATION = re.compile(
    r"^this (?:post|article|entry|story|essay|piece) (?:was|is) "
    r"(?:originally |first |also )?(?:published|posted|syndicated) (?:on|in|at|by) "
    r"|^a version of this (?:article|essay|story) (?:appear(?:s|ed)|was published)\b",
    _I,
)
_PUBLICATION_NAME = re.compile(
    r"(?:(?:published|posted) (?:on|in|at)|\A(?:[Ff]or|[Ff]rom)) (?:the )?"
    r"(?:now-(?:closed|defunct) )?(?P<name>[^.,;]{2,60}?)[.,;]"
)
# An address alone on its line, or one that is said to be the source.
_SOURCE = re.compile(
    r"^(?:(?:source|original|originally (?:published|posted) at|url|link|quelle):?\s*)?"
    r"<?(?P<address>https?://[^\s<>]+)>?$",
    _I,
)
# Who posted it where and when, as a label rather than a sentence.
POST_META = re.compile(
    r"^this entry was posted\b|^(?:posted|published) (?:in|on|by)\b(?=[^.!?]{0,90}$)|^filed under\b"
    r"|^tagged:|^tags?:",
    _I,
)
_POSTED_BY = re.compile(r"\bby (?P<name>[^.,|]{3,60}?)(?:\s+(?:on|at|in)\b.*)?(?:[.,|]|$)")

_Patterns = tuple[tuple[re.Pattern[str], str], ...]

# Lines that only a site writes, below an essay.
_FOOTER: _Patterns = (
    (POST_META, "the site's filing line"),
    (re.compile(r"^(?:leave a (?:reply|comment)|post a comment)\b.{0,20}$", _I), "the reply form"),
    (
        re.compile(r"^(?:\d+ )?(?:comments?|responses?|kommentare?)(?: \(\d+\))?:?$", _I),
        "readers' comments",
    ),
    (
        re.compile(
            r"^(?:(?:popular (?:in|on|now|posts|articles|stories)\b|trending(?: now)?\b"
            r"|most (?:read|popular|viewed)\b|related (?:posts?|articles?|stories|content)\b"
            r"|more from\b|you (?:may|might) (?:also )?(?:like|enjoy)\b|read next\b"
            r"|further reading\b|see (?:also|more):|related:)[^.!?]{0,60}"
            r"|recommended(?: for you| reading| posts| articles)?\W*|don['’]t miss\W*|see more\W*"
            r"|editors?['’]?s? (?:picks?|choice)\W*|must[- ]reads?\W*|in other news\W*)$",
            _I,
        ),
        "links to other pages",
    ),
)

# A line that is the site's wherever it stands; the essay may go on after it.
_WIDGETS: _Patterns = (
    (
        re.compile(
            r"^(?:tweet|pin it|share (?:this|on|via)\b[^.,;]{0,30}|follow us\b[^.,;]{0,30}"
            r"|teilen(?: (?:auf|über|mit)\b[^.,;]{0,30})?|partager(?: sur\b[^.,;]{0,30})?)$",
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
            r"^(?:subscribe(?: now| to (?:our|the|my)\b[^.,;]{0,40})?"
            r"|sign up for (?:our|the)\b[^.,;]{0,40}|get our newsletter"
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

# Back matter: sections that belong to an essay even below its biography or notice.
BACK_MATTER = re.compile(
    r"^(?:notes?|references|bibliography|works cited|sources|footnotes|postscript|p\.? ?s\.?)\b:?",
    _I,
)
NOTES_HEADING = re.compile(r"(?:foot|end)?notes?:?\Z", _I)
# What sites use as labels of buttons and counters, and essays as headings: boilerplate only
# around the essay, or beside other boilerplate.
_LABEL = re.compile(
    r"(?:follow|following|listen|share|save|bookmark|print|email|comments?|search|home|opinion|--|·"
    r"|\d+ (?:comments?|likes?|shares?|claps?|responses?|views?)"
    r"|subscribe|sign (?:up|in)|get the app|open in app|member-only story|featured"
    r"|audio|text size|menu|reply|like|restack|upgrade"
    r"|(?:about )?\d+[ -]min(?:ute)?s?(?: read(?:ing)?(?: time)?)?"
    r"|(?:estimated )?read(?:ing)? time:?.{0,20}"
    r"|copy link|link copied!?|share this(?: post| article| story)?"
    r"|discover more from .{0,60}|type your email…?|give this article"
    r"|facebook|twitter|linkedin|x|pinterest|whatsapp|reddit|e-?mail|pocket"
    r"|telegram|mastodon|bluesky|threads)\W*\Z",
    _I,
)
LINK_PROMPT = re.compile(
    r"(?:also read|read (?:more|also|next|this)|related(?: (?:reading|articles?"
    r"|posts?|stories))?|see (?:also|more)|more on this|watch|listen|recommended"
    r"|don['’]t miss|more from|lesen sie (?:auch|mehr)|(?:à )?lire aussi)\b\W",
    _I,
)
# An appeal to readers asks for something, and has hardly a word that such appeals do not have.
_ASKS = re.compile(
    r"\b(?:subscri(?:b|pt)\w*|sign(?:ing)? up|newsletters?|follow(?:ing)? (?:me|us|him|her|them)"
    r"|share this|donat\w+|patrons?|support\w*|member(?:ship)?s?|join|thank(?:s| you) for reading"
    r"|favou?r)\b",
    _I,
)
_APPEAL_WORDS = frozenset(
    words(
        """
    a about all along also an and any are article articles as ask at be become becoming below best
    blog box button by can click column comment comments community consider considering content
    conversation day delivered discover do donate donating donation donations each edition email
    emails enjoy enjoyed enter essay essays every everything exclusive facebook favor favour find
    follow following for found free friend friends from full get getting gift give has have help
    her here him his i if in inbox independent instagram interested is issue it its join journalism
    just keep latest learn leave letter letters like liked link linkedin list mail mailing make
    mastodon me medium member members membership message month monthly more my new news newsletter
    newsletters next no now of on online or our page paid part patreon patron patrons piece please
    podcast possible post posts press project publication read reader readers reading receive
    recommend regular see send share sharing sign signing site small so social spread stay stories
    story straight subscribe subscriber subscribers subscribing subscription support supported
    supporting supports thank thanks that the their them these they this threads through to today
    together touch twitter up updates us useful via want way we week weekly what with word work
    writing x you your youtube
    """
    )
)
_REPORTED = re.compile(
    r"\b(?:s(?:ays?|aid)|t(?:ells?|old)|w(?:rites?|rote)|begs?|begged|cr(?:y|ies|ied)|urged?s?"
    r"|pleads?|pleaded)\b",
    _I,
)
_APPEAL_LENGTH = 50  # words
_APPEAL_SHARE = 0.8


def is_appeal(text: str, links: int = 0) -> bool:
    """Whether a paragraph is wholly an appeal to readers: to subscribe, to share, to give.

    `links` counts those of its words that are links; of an appeal's, most may be. A sentence that
    begins with such words and goes on about something is the author's.
    """
    said = words(text)
    if not _ASKS.search(text) or _REPORTED.search(text) or len(said) > _APPEAL_LENGTH:
        return False
    usual = sum(word.casefold() in _APPEAL_WORDS for word in said)
    return usual >= _APPEAL_SHARE * len(said) or links > 0.5 * len(said)


def footer_reason(text: str) -> str | None:
    """The reason why this line stands below an essay, or None."""
    return _reason(text, _FOOTER)


def widget_reason(text: str) -> str | None:
    """The reason why this line is a site's widget (a button, an ad, a form) wherever it stands."""
    return _reason(text, _WIDGETS)


def is_label(text: str) -> bool:
    """Whether the line is what sites use as a label."""
    return bool(_LABEL.match(text))


def trailing_reason(text: str) -> str:
    """What a line after the essay's end is, as near as a pattern tells."""
    return _reason(text, _FOOTER + _WIDGETS) or "the site's own text after the essay"


def _reason(text: str, patterns: _Patterns) -> str | None:
    return next((reason for pattern, reason in patterns if pattern.search(text)), None)


def publication_name(text: str) -> str:
    """The publication that a notice or a dated line (“For the Daily Kettle. May 2, …”) names."""
    match = _PUBLICATION_NAME.search(text)
    return match["name"] if match else ""


def source_address(text: str) -> str:
    """The address that a line of nothing else gives, or ""."""
    match = _SOURCE.match(text)
    return match["address"] if match else ""


def is_source(text: str) -> bool:
    """Whether a line says of an address that it is the source."""
    return bool(source_address(text)) and not text.startswith(("http", "<"))


def posted_by(text: str) -> str:
    """The author whom a line of post metadata names, or ""."""
    match = _POSTED_BY.search(text)
    return match["name"] if match else ""
