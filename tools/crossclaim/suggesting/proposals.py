"""New claims for passages that no claim fits: sentences of theirs, grouped across essays.

A proposal is never written to `claims.yml` by itself. It comes with the nearest claims there are,
so that the registry does not fill with twins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossclaim.content.excerpt import plain
from crossclaim.content.yaml_edit import scalar
from crossclaim.language.ranker import shared_words
from crossclaim.language.sentences import sentences
from crossclaim.language.stemmer import stems
from crossclaim.model import Claim, Collection, Essay, Passage, Place
from crossclaim.names import free_id, slug
from crossclaim.suggesting.meaning import Meaning
from crossclaim.suggesting.suggester import Suggester

_ALIKE = 0.55  # cosine from which two passages make one proposal
_FEWEST, _MOST_WORDS = 5, 40  # words of a sentence that can stand as a claim
_NEAREST = 3  # existing claims shown


@dataclass(frozen=True, slots=True)
class Near:
    """An existing claim, and how near a proposal comes to it, 0 to 1."""

    claim: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that might be added: ready for `claims.yml`, with the places that would carry it."""

    id: str
    sentence: str
    theme: str
    places: tuple[Place, ...]
    near: tuple[Near, ...]

    def entry(self) -> str:
        """The proposal as an entry of `claims.yml`, its reasons as comments."""
        lines = [f"# from {', '.join(map(str, self.places))}"]
        if self.near:
            nearest = ", ".join(f"{n.claim} ({n.score:.2f})" for n in self.near)
            lines.append(f"# nearest: {nearest}")
        theme = self.theme or "A theme of its own"
        lines += [
            f"- id: {self.id}",
            "  claim: " + scalar(self.sentence, quote="'"),
            "  theme: " + scalar(theme, quote="'"),
            "  about: The passage says so.  # say how a tagger decides",
        ]
        return "\n".join(lines)


def proposals(suggester: Suggester, unfit: Sequence[tuple[Essay, Passage]]) -> tuple[Proposal, ...]:
    """Proposals for passages that no claim fits, those of most places first."""
    collection = suggester.collection
    asked = [(essay, p, s) for essay, p in unfit if (s := _sentences(p))]
    if not asked:
        return ()
    near = _alike(suggester, asked)
    taken = {c.id for c in collection.claims} | {w for c in collection.claims for w in c.was}
    made = []
    for group in _groups(near, _ALIKE):
        # The sentence that the others are nearest to speaks for all.
        middle = max(group, key=lambda at: (near[at, group].sum(), -at))
        essay, passage, own = asked[middle]
        sentence = _best(own, collection, suggester)
        name = free_id(slug(sentence, 6) or "claim", taken)
        taken.add(name)
        ranked = suggester.ranked(passage, essay)[:_NEAREST]
        made.append(
            Proposal(
                name,
                sentence,
                _theme(collection.claims, ranked[0].claim if ranked else ""),
                tuple(asked[at][1].place for at in group),
                tuple(Near(r.claim, r.score) for r in ranked),
            )
        )
    return tuple(sorted(made, key=lambda p: (-len(p.places), p.places[0])))


def _sentences(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage that could stand as a claim: no questions, none very long."""
    found = sentences(plain(passage.text))
    return tuple(
        s
        for s in found
        if _FEWEST <= len(s.split()) <= _MOST_WORDS and not s.rstrip("\"'”’»)").endswith(("?", ":"))
    )


def _alike(
    suggester: Suggester, asked: Sequence[tuple[Essay, Passage, tuple[str, ...]]]
) -> NDArray[np.float64]:
    """How alike the passages are, n × n: by meaning, or without an encoder by words."""
    texts = [" ".join(own) for _, _, own in asked]
    if suggester.encoder is None:
        words = [
            stems(t, essay.language or "en") for t, (essay, _, _) in zip(texts, asked, strict=True)
        ]
        shared = shared_words(words, words)
        most = np.sqrt(np.outer(np.diag(shared), np.diag(shared)))
        return shared / np.maximum(most, 1e-9)
    everything = [sentences(plain(p.text)) for e in suggester.collection.essays for p in e.passages]
    vectors = Meaning(suggester.encoder, (), everything).of_passages(texts)
    return (vectors @ vectors.T).astype(np.float64)


def _groups(near: NDArray[np.float64], least: float) -> list[list[int]]:
    """Passages in groups, each at least so like the first of its group; in their order."""
    groups: list[list[int]] = []
    for at in range(len(near)):
        home = max(groups, key=lambda g: near[at, g[0]], default=None)
        if home is not None and near[at, home[0]] >= least:
            home.append(at)
        else:
            groups.append([at])
    return groups


def _best(own: tuple[str, ...], collection: Collection, suggester: Suggester) -> str:
    """The sentence of a passage that says most of it: the nearest to the whole."""
    if len(own) == 1 or suggester.encoder is None:
        return own[0]
    whole = suggester.encoder.vectors([" ".join(own)])[0]
    near = suggester.encoder.vectors(list(own)) @ whole
    return own[int(near.argmax())]


def _theme(claims: Sequence[Claim], nearest: str) -> str:
    return next((claim.theme for claim in claims if claim.id == nearest), "")
