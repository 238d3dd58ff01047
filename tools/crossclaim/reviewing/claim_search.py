"""Claims by words, as a reviewer types them; and the claims nearest to a sentence. Pure."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from crossclaim.language.words import forms
from crossclaim.model import Claim

# What a word counts where it is found: the sentence says most, what taggers are told least.
_WEIGHTS = (("sentence", 4.0), ("id", 3.0), ("theme", 2.0), ("about", 1.0))
# Endings of English words, so that “waking” and “wakes” are one when sentences are compared.
_ENDING = re.compile(r"(?:ies|es|s|ing|ed|e)\Z")


def found(query: str, claims: Sequence[Claim], most: int = 8) -> tuple[Claim, ...]:
    """The claims that hold words which begin as those typed; most of them, and best placed, first.

    Equals stand in the order of the registry.
    """
    wanted = list(dict.fromkeys(_words(query)))
    scored = []
    for at, claim in enumerate(claims):
        fields = [(_words(getattr(claim, name)), weight) for name, weight in _WEIGHTS]
        scores = [
            max(
                (weight for own, weight in fields if any(w.startswith(word) for w in own)),
                default=0,
            )
            for word in wanted
        ]
        if any(scores):
            met = sum(1 for score in scores if score)
            scored.append((-met, -sum(scores), at, claim))
    return tuple(claim for *_, claim in sorted(scored, key=lambda row: row[:3])[:most])


def nearest(sentence: str, claims: Sequence[Claim], most: int = 3) -> tuple[Claim, ...]:
    """The claims whose sentence and `about` share the rarest words with this sentence.

    Cosine of word counts weighted by log inverse document frequency (Spärck Jones 1972).
    """
    texts = [Counter(_stems(f"{claim.sentence} {claim.about}")) for claim in claims]
    spread = Counter(stem for text in texts for stem in text)
    rarity = {stem: math.log(1 + len(texts) / times) for stem, times in spread.items()}
    own = Counter(stem for stem in _stems(sentence) if stem in rarity)
    scored = []
    for at, (claim, text) in enumerate(zip(claims, texts, strict=True)):
        shared = sum(own[s] * min(text[s], 2) * rarity[s] ** 2 for s in own if s in text)
        length = math.sqrt(sum((times * rarity[s]) ** 2 for s, times in text.items()))
        if shared:
            scored.append((-shared / length, at, claim))
    return tuple(claim for *_, claim in sorted(scored, key=lambda row: row[:2])[:most])


def _begins(start: str, own: Sequence[str]) -> bool:
    return any(word.startswith(start) for word in own)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(found.form for found in forms(text))


def _stems(text: str) -> list[str]:
    return [_ENDING.sub("", word) for word in _words(text)]
