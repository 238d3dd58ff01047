"""Stances: what a passage does with a claim, proposed by rules that a reader can follow.

Which side an essay argues for shows in its reviewed tags, or, where it has none, in what it is
likeliest to claim; `opposes` and `supports` carry that on to other claims. A claim from the other
side is reported, or rejected where the passage denies something; it is not asserted. What other
essays only concede is conceded here too. A story or a figure illustrates.

The cues are English words, some German ones and signs of any language; where none is met the
rules above decide.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from crossclaim.model import Claim, Stance
from crossclaim.suggesting.attribution import author_reply

_WEIGHT = {Stance.ASSERTS: 1.0, Stance.ILLUSTRATES: 1.0, Stance.REJECTS: -1.0, Stance.REPORTS: -0.5}
_DECAY = 0.5  # what one step along a relation leaves of a side
_STEPS = 3
_CLEAR = 0.1  # share of the essay's strongest side; less is no side

_DENIES = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|neither|nor|cannot|without|instead of|rather than"
    r"|against|wrong|false|untrue|mistaken|the (?:opposite|contrary|reverse))\b|n['’]t\b"
    r"|\b(?:nicht|kein\w*|nie|niemals|niemand|nichts|weder|falsch|gegenteil|irrtum)\b",
    re.IGNORECASE,
)
_GRANTS = re.compile(
    r"\b(?:in theory|on paper|admittedly|granted|to be sure|of course|it is true|true enough"
    r"|good sense|well[- ]intended|well[- ]meant|seems? (?:compelling|plausible|reasonable)"
    r"|sounds? (?:good|fine|plausible|reasonable)|makes? a (?:compelling|good|strong) case)\b",
    re.IGNORECASE,
)
_NARRATES = re.compile(
    r"\b(?:for (?:example|instance)|e\.g\.|imagine|think (?:about|of)|picture|take the case"
    r"|in one (?:case|instance)|years? ago|one of (?:our|my|the))\b"
    r"|\b(?:I|we|he|she|they)\s+(?:\w+ly\s+)?(?:was|were|had|went|saw|met|told|worked|said|asked"
    r"|realized|realised|learned|found)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*\s?(?:%|percent|per cent|years?|days?|months?)?")
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+)+")
_ENOUGH = 2  # cues of a story


@dataclass(frozen=True, slots=True)
class EssayPosition:
    """What an essay argues for (above 0) and against (below), from -1 to 1, by claim."""

    leaning: Mapping[str, float] = field(default_factory=dict)

    def against(self, claim: str) -> bool:
        """Whether the essay argues against the claim."""
        return self.leaning.get(claim, 0.0) < -_CLEAR

    def argues(self, claim: str) -> bool:
        """Whether the essay argues for the claim."""
        return self.leaning.get(claim, 0.0) > _CLEAR


def essay_position(
    claims: Sequence[Claim],
    tagged: Iterable[tuple[str, Stance]],
    likely: Iterable[tuple[str, float]] = (),
    elsewhere: Mapping[str, Sequence[Stance]] = MappingProxyType({}),
) -> EssayPosition:
    """What an essay argues for: from its reviewed tags, else from what it likely claims.

    `likely` are claims of its passages with their probabilities, below 0 where somebody else
    speaks. `elsewhere` are the stances that other essays take on the claims: without tags of its
    own an essay is held for one like the others.
    """
    direct: dict[str, float] = defaultdict(float)
    for name, stance in tagged:
        direct[name] += _WEIGHT.get(stance, 0.0)
    if not any(direct.values()):
        for name, probability in likely:
            direct[name] += probability
        for name, stances in elsewhere.items():
            if stances:
                direct[name] += sum(_WEIGHT.get(s, 0.0) for s in stances) / len(stances)
    leaning = _spread(direct, claims)
    most = max((abs(strength) for strength in leaning.values()), default=0.0)
    if not most:
        return EssayPosition()
    return EssayPosition({name: strength / most for name, strength in leaning.items()})


def _spread(direct: Mapping[str, float], claims: Sequence[Claim]) -> dict[str, float]:
    """The strengths with what they tell of related claims: less at each step from claim to claim.

    Who holds a claim likely holds what supports it, and denies what it opposes; and the reverse.
    """
    relations: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for claim in claims:
        for others, sign in ((claim.supports, 1), (claim.opposes, -1)):
            for other in others:
                relations[claim.id].append((other, sign))
                relations[other].append((claim.id, sign))
    total: dict[str, float] = defaultdict(float, direct)
    reached = direct
    for _ in range(_STEPS):
        further: dict[str, float] = defaultdict(float)
        for name, strength in reached.items():
            for other, sign in relations.get(name, ()):
                further[other] += _DECAY * sign * strength
        for name, strength in further.items():
            total[name] += strength
        reached = further
    return total


def proposed_stance(
    text: str,
    claim: str,
    position: EssayPosition,
    elsewhere: Sequence[Stance],
    others_speech: bool = False,
    attributed: bool = False,
) -> Stance:
    """The stance to propose for a passage and a claim.

    `position` is the essay's, `elsewhere` are the stances that other passages take on the claim;
    `others_speech` says that somebody else than the author speaks here; `attributed`, that the
    passage opens with what somebody else holds, and may go on to answer it.
    """
    usual = Counter(elsewhere).most_common(1)
    if usual and usual[0][0] is Stance.CONCEDES:
        return Stance.CONCEDES
    own = author_reply(text) if attributed else text  # a denial in what others say is theirs
    if position.against(claim):
        if _GRANTS.search(text):
            return Stance.REPORTS if others_speech else Stance.CONCEDES
        return Stance.REJECTS if _DENIES.search(own) and not others_speech else Stance.REPORTS
    if others_speech and not position.argues(claim):
        return Stance.REPORTS
    if _GRANTS.match(text):
        return Stance.CONCEDES  # “Of course …” opens what is granted
    if attributed:
        return Stance.REJECTS if _DENIES.search(own) else Stance.REPORTS
    return Stance.ILLUSTRATES if is_story(text) else Stance.ASSERTS


def is_story(text: str) -> bool:
    """Whether the passage tells of a case: at least two cues among words, figures and names."""
    cues = sum(len(pattern.findall(text)) for pattern in (_NARRATES, _FIGURE, _NAME))
    return cues >= _ENOUGH
