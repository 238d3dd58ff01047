"""Which passages speak in somebody else's voice: quoted, or announced as what others say."""

import re
from collections.abc import Iterator

from crossclaim.content.excerpt import plain
from crossclaim.model import Essay, Heading, Items, Part, Passage, Quotation, Verbatim, passages_of

_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|„[^“”]*[“”]|«[^»]*»|»[^«]*«|「[^」]*」|(?<!\w)\"[^\"]*\"")
_MOSTLY = 0.6  # share of a passage's characters in quotation marks
# “The argument goes like this:”, “Some say:”; what the list below says is theirs.
_ANNOUNCES = re.compile(
    r"\b(?:arguments?|reasoning|cases?|views?|objections?|theor(?:y|ies)|idea|claims?"
    r"|say|says|said|argue[sd]?|believe[sd]?|think|thinks|thought|goes|told|tells?|according)\b"
    r"[^:.!?]*:\W*\Z",
    re.IGNORECASE,
)
# “Some say that …”, “She will object …”, “Ada Byron wants …”: another’s view opens the passage.
_SAYS = (
    r"(?:says?|said|argues?|argued|claims?|claimed|thinks?|believes?|believed|insists?|insisted"
    r"|wants?|wanted|objects?|holds?|maintains?|maintained|writes?|wrote|complains?)"
)
_ATTRIBUTED = re.compile(
    r"\A\W*(?:(?i:(?:some|many|most|others|other|few|all)(?: of)?(?: [\w’'-]+){0,2}"
    r"|critics|opponents|supporters|advocates|defenders|people|they|he|she)"
    r"|[A-ZÀ-ÖØ-Þ][\w’'.-]+(?: [A-ZÀ-ÖØ-Þ][\w’'.-]+)+)"
    rf"(?: (?:will|would|may|might|could|often|always|usually|also|once))* {_SAYS}\b"
    r"|\A\W*(?i:it is (?:often |sometimes )?(?:said|claimed|argued|believed|objected))\b"
)
# “Manche behaupten, …”, “Viele Leute sagen: …”, “Es heißt, …”
_ZUGESCHRIEBEN = re.compile(
    r"\A\W*(?:(?:manche|viele|einige|andere|die (?:meisten|leute)|kritiker|gegner|befürworter"
    r"|sie|er|herr|frau)(?: [\w-]+){0,2} (?:sag(?:t|en)|behaupte(?:t|n)|mein(?:t|en)"
    r"|glaub(?:t|en)|forder(?:t|n)|schreib(?:t|en)|will|wollen|wende(?:t|n))"
    r"|(?:es heißt|angeblich))\b",
    re.IGNORECASE,
)
# Where the author begins to answer: the next sentence, or “…, but …” in the same one.
_ANSWERS = re.compile(r"[.!?;]\W*\s|[,;–—] ?(?:but|yet|though|aber|doch)\b", re.IGNORECASE)


def is_attributed(text: str) -> bool:
    """Whether a passage opens by telling what somebody else holds; English and German only."""
    return bool(_ATTRIBUTED.match(text) or _ZUGESCHRIEBEN.match(text))


def answer(text: str) -> str:
    """What follows in a passage that opens with what somebody else holds; empty if nothing does."""
    begins = _ANSWERS.search(text)
    return text[begins.start() :] if begins else ""


def other_voices(essay: Essay) -> frozenset[int]:
    """The numbers of the passages in which somebody else than the author speaks."""
    return frozenset(_found(essay.parts))


def _found(parts: tuple[Part, ...]) -> Iterator[int]:
    announced = False
    for part in parts:
        match part:
            case Passage():
                text = plain(part.text)
                announced = bool(_ANNOUNCES.search(text))
                quoted = sum(len(found[0]) for found in _QUOTED.finditer(text))
                if quoted > _MOSTLY * len(text):
                    yield part.number
            case Quotation():
                yield from (passage.number for passage in passages_of(part.parts))
            case Items():
                for item in part.items:
                    theirs = (passage.number for passage in passages_of(item))
                    yield from theirs if announced else _found(item)
            case Heading() | Verbatim():
                announced = False
