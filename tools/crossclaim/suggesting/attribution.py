"""Attributed speech: which passages tell what somebody else holds, quoted or announced."""

import re
from collections.abc import Iterator

from crossclaim.language.sentences import first_sentence
from crossclaim.model import Essay, Passage, walk

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
# Where, in the same sentence, the author begins to answer: “…, but …”.
_TURN = re.compile(r";\W*\s|[,;–—] ?(?:but|yet|though|aber|doch)\b", re.IGNORECASE)


def opens_with_attribution(text: str) -> bool:
    """Whether a passage opens by telling what somebody else holds; English and German only."""
    return bool(_ATTRIBUTED.match(text) or _ZUGESCHRIEBEN.match(text))


def author_reply(text: str) -> str:
    """What follows what somebody else holds, in a passage that opens with it; "" where nothing."""
    attributed = first_sentence(text)
    turn = _TURN.search(attributed)
    return text.strip()[turn.start() if turn else len(attributed) :].strip()


def attributed_passages(essay: Essay) -> frozenset[int]:
    """The numbers of the passages in which somebody else than the author speaks.

    These stand in a quotation, in a list that a passage above it announces, or for the most part in
    quotation marks.
    """
    return frozenset(_attributed(essay))


def _attributed(essay: Essay) -> Iterator[int]:
    # At each depth of items and quotations: whether they are somebody else's, and whether the
    # passage last met there announces what somebody else says.
    others, announced = [False], [False]
    for kind, part in walk(essay.parts):
        if isinstance(part, Passage):
            text = part.words
            announced[-1] = bool(_ANNOUNCES.search(text))
            quoted = sum(len(quotation) for quotation in _QUOTED.findall(text))
            if others[-1] or quoted > _MOSTLY * len(text):
                yield part.number
        elif kind in ("heading", "verbatim"):
            announced[-1] = False
        elif part not in ("li", "blockquote"):
            continue
        elif kind == "open":
            others.append(others[-1] or part == "blockquote" or announced[-1])
            announced.append(False)
        else:
            others.pop()
            announced.pop()
