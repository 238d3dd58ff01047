"""Proposals of new claims for passages that no claim fits: their sentences, grouped across essays.

A proposal is never written to `claims.yml` by itself. It comes with the nearest claims there are,
so that the registry does not fill with twins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossclaim.content.yaml_edit import scalar
from crossclaim.language.ranker import word_overlap
from crossclaim.language.sentences import final_mark, sentences
from crossclaim.language.stemmer import stems
from crossclaim.model import Essay, Passage, Place
from crossclaim.names import free_id, slug
from crossclaim.suggesting.similarity import SemanticSimilarity
from crossclaim.suggesting.suggester import Suggester

_ALIKE = 0.55  # cosine from which two passages make one proposal
_FEWEST, _MOST = 5, 40  # words of a sentence that can stand as a claim
_NEAREST = 3  # existing claims shown


@dataclass(frozen=True, slots=True)
class NearClaim:
    """An existing claim, and how near a proposal comes to it, 0 to 1."""

    claim: str
    score: float


@dataclass(frozen=True, slots=True)
class ClaimProposal:
    """A claim that might be added: ready for `claims.yml`, with the places that would carry it."""

    id: str
    sentence: str
    theme: str
    places: tuple[Place, ...]
    nearest: tuple[NearClaim, ...]

    def as_yaml(self) -> str:
        """The proposal as an entry of `claims.yml`, its reasons as comments."""
        lines = [f"# from {', '.join(map(str, self.places))}"]
        if self.nearest:
            nearest = ", ".join(f"{n.claim} ({n.score:.2f})" for n in self.nearest)
            lines.append(f"# nearest: {nearest}")
        theme = self.theme or "A theme of its own"
        lines += [
            f"- id: {self.id}",
            "  claim: " + scalar(self.sentence, quote="'"),
            "  theme: " + scalar(theme, quote="'"),
            "  about: The passage says so.  # say how a tagger decides",
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that no claim fits, with its sentences that could stand as one."""

    essay: Essay
    passage: Passage
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def proposed_claims(
    suggester: Suggester, unfit: Sequence[tuple[Essay, Passage]]
) -> tuple[ClaimProposal, ...]:
    """Proposals for passages that no claim fits, those of most places first."""
    collection = suggester.collection
    candidates = [_Candidate(essay, p, s) for essay, p in unfit if (s := _claim_sentences(p))]
    if not candidates:
        return ()
    likeness = _likeness(suggester, candidates)
    taken = {name for claim in collection.claims for name in (claim.id, *claim.was)}
    themes = {claim.id: claim.theme for claim in collection.claims}
    proposals = []
    for group in _groups(likeness):
        # The passage that the others are nearest to speaks for all.
        best = candidates[max(group, key=lambda n: (likeness[n, group].sum(), -n))]
        sentence = _central_sentence(best, suggester)
        name = free_id(slug(sentence, 6) or "claim", taken)
        taken.add(name)
        ranked = suggester.ranked(best.passage, best.essay)[:_NEAREST]
        proposals.append(
            ClaimProposal(
                name,
                sentence,
                themes[ranked[0].claim] if ranked else "",
                tuple(candidates[n].passage.place for n in group),
                tuple(NearClaim(r.claim, r.score) for r in ranked),
            )
        )
    return tuple(sorted(proposals, key=lambda p: (-len(p.places), p.places[0])))


def _claim_sentences(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage that could stand as a claim: no questions, none very long."""
    return tuple(
        sentence
        for sentence in sentences(passage.words)
        if _FEWEST <= len(sentence.split()) <= _MOST
        and final_mark(sentence) not in ("?", "？", ":", "：")
    )


def _likeness(suggester: Suggester, candidates: Sequence[_Candidate]) -> NDArray[np.float64]:
    """How alike the passages are, n × n: by meaning, or without an encoder by words."""
    if suggester.encoder is None:
        words = [stems(c.text, c.essay.language or "en") for c in candidates]
        overlap = word_overlap(words, words)
        most = np.sqrt(np.outer(np.diag(overlap), np.diag(overlap)))
        return overlap / np.maximum(most, 1e-9)
    everything = [sentences(p.words) for e in suggester.collection.essays for p in e.passages]
    similarity = SemanticSimilarity(suggester.encoder, (), everything)
    vectors = similarity.passage_vectors([c.text for c in candidates])
    return (vectors @ vectors.T).astype(np.float64)


def _groups(likeness: NDArray[np.float64]) -> list[list[int]]:
    """Passages by number in groups, each alike to the first of its group; in their order."""
    groups: list[list[int]] = []
    for number in range(len(likeness)):
        nearest = max(groups, key=lambda group: likeness[number, group[0]], default=None)
        if nearest is not None and likeness[number, nearest[0]] >= _ALIKE:
            nearest.append(number)
        else:
            groups.append([number])
    return groups


def _central_sentence(candidate: _Candidate, suggester: Suggester) -> str:
    """The sentence of a passage that says most of it: the nearest to the whole."""
    if len(candidate.sentences) == 1 or suggester.encoder is None:
        return candidate.sentences[0]
    whole = suggester.encoder.vectors([candidate.text])[0]
    nearness = suggester.encoder.vectors(list(candidate.sentences)) @ whole
    return candidate.sentences[int(nearness.argmax())]
