"""What a passage does with a claim: a proposal, by rules that a reader can follow.

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
from crossclaim.suggesting.attribution import answer

_FOR = {Stance.ASSERTS: 1.0, Stance.ILLUSTRATES: 1.0, Stance.REJECTS: -1.0, Stance.REPORTS: -0.5}
_FADES = 0.5  # what one step along a relation leaves of a side
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
_TELLS = re.compile(
    r"\b(?:for (?:example|instance)|e\.g\.|imagine|think (?:about|of)|picture|take the case"
    r"|in one (?:case|instance)|years? ago|one of (?:our|my|the))\b"
    r"|\b(?:I|we|he|she|they)\s+(?:\w+ly\s+)?(?:was|were|had|went|saw|met|told|worked|said|asked"
    r"|realized|realised|learned|found)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*\s?(?:%|percent|per cent|years?|days?|months?)?")
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+)+")
_ENOUGH = 2  # signs of a story


@dataclass(frozen=True, slots=True)
class Sides:
    """What an essay argues for (above 0) and against (below), from -1 to 1, by claim."""

    leaning: Mapping[str, float] = field(default_factory=dict)

    def against(self, claim: str) -> bool:
        """Whether the essay argues against the claim."""
        return self.leaning.get(claim, 0.0) < -_CLEAR

    def argues(self, claim: str) -> bool:
        """Whether the essay argues for the claim."""
        return self.leaning.get(claim, 0.0) > _CLEAR


def sides(
    claims: Sequence[Claim],
    tagged: Iterable[tuple[str, Stance]],
    likely: Iterable[tuple[str, float]] = (),
    elsewhere: Mapping[str, Sequence[Stance]] = MappingProxyType({}),
) -> Sides:
    """What an essay argues for: from its reviewed tags, else from what it likely claims.

    `likely` are claims of its passages with their probabilities, below 0 where somebody else
    speaks. `elsewhere` are the stances that other essays take on the claims: without tags of its
    own an essay is held for one like the others.
    """
    seen: dict[str, float] = defaultdict(float)
    for name, stance in tagged:
        seen[name] += _FOR.get(stance, 0.0)
    if not any(seen.values()):
        for name, probability in likely:
            seen[name] += probability
        for name, taken in elsewhere.items():
            if taken:
                seen[name] += sum(_FOR.get(stance, 0.0) for stance in taken) / len(taken)
    links = _links(claims)
    total = dict(seen)
    reached = dict(seen)
    for _ in range(_STEPS):
        further: dict[str, float] = defaultdict(float)
        for name, strength in reached.items():
            for other, sign in links.get(name, ()):
                further[other] += _FADES * sign * strength
        for name, strength in further.items():
            total[name] = total.get(name, 0.0) + strength
        reached = further
    most = max((abs(strength) for strength in total.values()), default=0.0)
    return Sides({name: strength / most for name, strength in total.items()} if most else {})


def _links(claims: Sequence[Claim]) -> dict[str, list[tuple[str, int]]]:
    """The claims' relations, both ways: who holds one likely holds (1) or denies (-1) another."""
    links: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for claim in claims:
        for others, sign in ((claim.supports, 1), (claim.opposes, -1)):
            for other in others:
                links[claim.id].append((other, sign))
                links[other].append((claim.id, sign))
    return links


def stance(
    text: str,
    claim: str,
    essay: Sides,
    elsewhere: Sequence[Stance],
    others_voice: bool = False,
    attributed: bool = False,
) -> Stance:
    """The stance to propose for a passage and a claim.

    `elsewhere` are the stances that other passages take on the claim; `others_voice` says that
    somebody else than the author speaks here; `attributed`, that the passage opens with what
    somebody else holds, and may go on to answer it.
    """
    usual = Counter(elsewhere).most_common(1)
    if usual and usual[0][0] is Stance.CONCEDES:
        return Stance.CONCEDES
    own = answer(text) if attributed else text  # a denial in what others say is theirs
    if essay.against(claim):
        if _GRANTS.search(text):
            return Stance.REPORTS if others_voice else Stance.CONCEDES
        return Stance.REJECTS if _DENIES.search(own) and not others_voice else Stance.REPORTS
    if others_voice and not essay.argues(claim):
        return Stance.REPORTS
    if _GRANTS.match(text):
        return Stance.CONCEDES  # “Of course …” opens what is granted
    if attributed:
        return Stance.REJECTS if _DENIES.search(own) else Stance.REPORTS
    return Stance.ILLUSTRATES if is_story(text) else Stance.ASSERTS


def is_story(text: str) -> bool:
    """Whether the passage tells of a case: at least two signs among words, figures and names."""
    signs = len(_TELLS.findall(text)) + len(_FIGURE.findall(text)) + len(_NAME.findall(text))
    return signs >= _ENOUGH
