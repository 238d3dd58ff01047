"""Search for claims: by the words a reviewer types, and by likeness to a text."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from crossclaim.language.ranker import Bm25Index
from crossclaim.language.stemmer import stems_in
from crossclaim.language.words import forms
from crossclaim.model import Claim

# What a word counts by the field it is in: what a claim is called and looked for by says most,
# what taggers are told least.
_FIELD_WEIGHTS: tuple[tuple[Callable[[Claim], str], float], ...] = (
    (lambda claim: claim.label, 5.0),
    (lambda claim: "\n".join(claim.also), 5.0),
    (lambda claim: claim.sentence, 4.0),
    (lambda claim: claim.id, 3.0),
    (lambda claim: claim.theme, 2.0),
    (lambda claim: claim.about, 1.0),
)


def matching_claims(query: str, claims: Sequence[Claim], most: int = 8) -> tuple[Claim, ...]:
    """The claims that hold words which begin as those typed; most of them, and best placed, first.

    Equals stand in the order of the registry, so that the list keeps its order from letter to
    letter.
    """
    prefixes = list(dict.fromkeys(_words(query)))
    ranked = []
    for number, claim in enumerate(claims):
        fields = [(_words(field(claim)), weight) for field, weight in _FIELD_WEIGHTS]
        scores = [
            max(
                (weight for words, weight in fields if any(w.startswith(prefix) for w in words)),
                default=0,
            )
            for prefix in prefixes
        ]
        if any(scores):
            matches = sum(1 for score in scores if score)
            ranked.append((-matches, -sum(scores), number))
    return tuple(claims[number] for *_, number in sorted(ranked)[:most])


def nearest_claims(
    text: str, claims: tuple[Claim, ...], language: str = "en", most: int = 3
) -> tuple[Claim, ...]:
    """The claims whose sentence and `about` share the rarest words with a text (BM25).

    Nobody says in which language the registry is: English and the essay's are tried.
    """
    languages = ("en", language or "en")
    ranking = _index(claims, languages).ranking(stems_in(text, languages))
    return tuple(claims[number] for number in ranking[:most])


@lru_cache(maxsize=4)
def _index(claims: tuple[Claim, ...], languages: tuple[str, ...]) -> Bm25Index:
    return Bm25Index([stems_in(f"{claim.sentence} {claim.about}", languages) for claim in claims])


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(form.form for form in forms(text))
