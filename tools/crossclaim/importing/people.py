"""Names of authors: in bylines and signatures, in lists, and where a biography opens with one."""

import re
from collections.abc import Collection, Sequence

from crossclaim.importing.dates import MONTH, iso_date
from crossclaim.names import words

_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŽČŠĐĆŻŹŐŰĞİŞΑ-ΩА-Я]"
_PART = rf"(?:{_CAPITAL}[^\W\d_]{{0,2}}\.(?:{_CAPITAL}\.)*|{_CAPITAL}(?:[^\W\d_]|['’\-])*)"
_SMALL = "de|del|der|van|von|da|di|la|le|bin|al"
NAME = rf"(?!The |A |An |Our )(?:Dr\.? |Prof\.? )?{_PART}(?: (?:{_PART}|{_SMALL})){{1,4}}"
_AND = r"(?:,? (?:and|und|et|y|e|&) |, )"
_PSEUDONYM = rf"(?:(?:[Aa]n?|[Tt]he|AN?|THE) )?{_PART}(?: {_PART}){{0,2}}"
# One word after “by” that names nobody; words in capitals at an essay's end that do not either.
_NOBODY = re.compile(
    rf"(?:admin|author|staff|editors?|e-?mail|phone|post|design|choice|chance|default|name|date"
    rf"|topic|category|region|country|year|way|{MONTH}|\w+day|the|an?|and|not|all)\Z",
    re.IGNORECASE,
)
_NO_SIGNATURE = re.compile(
    r"\b(?:end|finis?|ende|amen|(?:foot|end)?notes?|contents|continued?|copyright|read|more|watch"
    r"|videos?|share|comments?|posts?|related|subscribe|follow|newsletter|advertisement|references"
    r"|sources|bibliography|index|appendix|part|chapter|back|next|previous|menu|home|search|links?"
    r"|tags?|about|reply|works|cited|postscript|readings?|caps)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|(?:[Ww]ritten|[Ww]ords) by|Author:|By:)\s+"
    rf"(?P<name>(?:{NAME}(?:{_AND}{NAME})*|{_PSEUDONYM})(?: \([^()]{{2,60}}\))?)"
    r"(?P<rest>(?:\s*[|,·;(–—]| (?:on|in|for|at) ).{0,80})?\.?$"
)
_SIGNATURE = re.compile(rf"(?P<dash>[-–—~]*)\s*(?P<name>{NAME}|{_PSEUDONYM})\.?\Z")
# Where the space between a name and the date or counter after it was lost.
_GLUED = re.compile(
    r"(?<=[^\W\d_])(?=\d)|(?<=[a-zß-öø-ÿ])(?=(?:Published|Posted|Updated)\b"
    rf"|{MONTH.title()}\.? \d)"
)
_JOINTS = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|y|e|&)\s+|\s*;\s*")
_VERBS = (
    r"(?:is|was|has been|has written|writes|teaches|works|lives|serves|founded|heads|leads|holds"
    r"|runs|directs|edits|manages|chairs|hosts|speaks|consults|co-founded|studied|grew up"
    r"|ist|war|lebt|lehrt|schreibt|arbeitet|est|était|vit|écrit|enseigne|es|era|vive|escribe)\b"
)


def is_name(text: str) -> bool:
    """Whether a text is a person's whole name, of two words to five, and nothing else."""
    return bool(re.fullmatch(NAME, text))


def split_name(text: str) -> tuple[str, str]:
    """The name a text opens with, and what is glued to it or follows: a date, a counter, or ""."""
    name, _, rest = _GLUED.sub("\0", text.strip(), count=1).partition("\0")
    return name.rstrip(" ,|·"), rest.strip()


def known_name(text: str, known: Collection[str]) -> str:
    """The known name that a text is, capitals and signs aside, or "".

    “Cato (George Clinton)” is known where “Cato” is, or “George Clinton”.
    """
    spelled = {_folded(name): name for name in sorted(known, key=lambda n: (n != n.lower(), n))}
    inside = re.search(r"\(([^()]+)\)", text)
    said = (text, bare_name(text), inside[1] if inside else "") if len(text) <= 120 else ()
    return next((spelled[_folded(each)] for each in said if _folded(each) in spelled), "")


def bare_name(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return re.sub(r"\s*\([^()]*\)", "", name).strip() or name


def byline(text: str, author: str = "", known: Collection[str] = ()) -> str:
    """The name in a line like “by Ada Byron” or “by Cato (George Clinton), 18 October 1787”, or "".

    A known author's byline has their surname.
    """
    match = _BYLINE.match(_GLUED.sub(" · ", text, count=1))
    if not match or (author and bare_name(author).split()[-1].casefold() not in text.casefold()):
        return ""
    name, rest = match["name"], match["rest"] or ""
    if recognised := known_name(name, known):
        return recognised
    whole = is_name(author_names(bare_name(name))[0])
    if not whole and (_NOBODY.match(name.split()[-1]) or (rest and not iso_date(rest))):
        return ""
    return _spelled(name)


def signature(text: str, known: Collection[str] = ()) -> str:
    """The name in a last line like “PUBLIUS.”, “— Publius” or “A Farmer”, or ""."""
    text = text.strip(" *_")
    match = _SIGNATURE.match(text)
    if recognised := known_name(text, known):
        return recognised
    if not match or len(text.split()) > 4 or _NO_SIGNATURE.search(text) or len(text) < 4:
        return ""
    name = match["name"]
    sentence = text.endswith(".") and not name.isupper() and not match["dash"]  # “Enough.”
    return "" if sentence and " " not in name else _spelled(name)


def _spelled(name: str) -> str:
    """A name as it is written: not in capitals, without a sentence's stop."""
    name = name.removesuffix(".") if re.search(r"[^\W\d_.]{3}\.$", name) else name
    name = name.title() if name.isupper() else name.removeprefix("the ")
    return name[0].upper() + name[1:]


def author_names(author: str) -> tuple[str, ...]:
    """The names in “A, B and C”, where each part is a whole name; else the author as one.

    “Marks and Spencer” is one author, and so is “Ada Byron, PhD”.
    """
    parts = [part for part in _JOINTS.split(author.strip()) if part]
    if len(parts) > 1 and all(is_name(part) for part in parts):
        return tuple(dict.fromkeys(parts))
    return (author,)


def join_names(names: Sequence[str]) -> str:
    """Several names as one text: “A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def is_about_author(text: str, author: str) -> bool:
    """Whether a line is a heading like “About the author” or “About Ada Byron”."""
    if re.match(r"^about the authors?:?$", text, re.IGNORECASE):
        return True
    names = bare_name(author).split()
    if len(names) < 2 or len(text.split()) > 6:
        return False
    folded = text.casefold()
    ends = (names[0].casefold(), names[-1].casefold())
    return folded.startswith("about ") and all(name in folded for name in ends)


def is_biography(text: str, author: str) -> bool:
    """Whether a paragraph opens by saying who the author is.

    The surname alone is not enough: many a surname is a word.
    """
    if len(authors := author_names(author)) > 1:
        return any(is_biography(text, each) for each in authors)
    names = bare_name(author).split()
    if not names:
        return False
    first, last = re.escape(names[0]), re.escape(names[-1])
    opening = r"^\W*(?:(?:As|The) [^.]{0,80}, )?(?:Dr\.? |Prof\.? |Professor )?"
    name = rf"{re.escape(author)}|{first}(?: [\w.]+)? {last}" if len(names) > 1 else last
    return bool(re.match(rf"{opening}(?:{name})\b(?:, [^.]{{0,80}},)? {_VERBS}", text))


def _folded(text: str) -> str:
    return " ".join(words(text.casefold()))
