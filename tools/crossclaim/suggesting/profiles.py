"""Claim profiles: all the words there are for a claim, before a passage is compared with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from crossclaim.language.sentences import sentences
from crossclaim.model import Claim, Collection, Essay, Stance


@dataclass(frozen=True, slots=True)
class TaggedExample:
    """A passage somebody tagged with the claim: its words and what it does with the claim."""

    text: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class ClaimProfile:
    """A claim, in all the words there are for it.

    `about` is what taggers are told, less what they are told of other claims; `former` are the
    words of the ids it had before.
    """

    claim: Claim
    about: str
    former: str
    examples: tuple[TaggedExample, ...]


def claim_profiles(collection: Collection, without: str = "") -> tuple[ClaimProfile, ...]:
    """The profile of every claim, in their order; reviewed tags only.

    The tags of the essay `without` count for nothing, as if it had none.
    """
    ids = [claim.id for claim in collection.claims]
    examples: dict[str, list[TaggedExample]] = {name: [] for name in ids}
    for essay in collection.essays:
        if essay.id == without:
            continue
        for claim, example in _examples(essay):
            if claim in examples:
                examples[claim].append(example)
    return tuple(
        ClaimProfile(
            claim,
            _own_about(claim, ids),
            " ".join(name.replace("-", " ") for name in claim.was),
            tuple(dict.fromkeys(examples[claim.id])),
        )
        for claim in collection.claims
    )


def _examples(essay: Essay) -> Iterable[tuple[str, TaggedExample]]:
    for passage in essay.passages:
        for tag in passage.reviewed:
            yield tag.claim, TaggedExample(passage.words, tag.stance)


def _own_about(claim: Claim, ids: Iterable[str]) -> str:
    """What `about` says of the claim itself: sentences that name another claim are left out.

    They draw the line to that other claim, in its words.
    """
    others = [name for name in ids if name != claim.id and "-" in name]
    kept = [s for s in sentences(claim.about) if not any(name in s for name in others)]
    return " ".join(kept)
