"""Examples of what can be looked for, out of the collection: a claim, a question, a name."""

from collections.abc import Iterator

from crossclaim.model import Claim, Stance
from crossclaim.site.index import Index


def example_queries(index: Index) -> tuple[str, ...]:
    """Up to three queries that find something."""
    return tuple(dict.fromkeys(_examples(index)))


def _examples(index: Index) -> Iterator[str]:
    claims = sorted(index.claims.values(), key=lambda claim: -len(index.by_writers(claim.id)))
    taken_up = [claim for claim in claims if index.occurrences(claim.id)]
    yield from [_lowered(claim) for claim in taken_up][:1]
    denied = [claim for claim in taken_up[1:] if _is_rejected(index, claim)]
    yield from [f"who denies that {_lowered(claim)}" for claim in denied][:1]
    if index.authors:
        author = max(index.authors, key=lambda author: len(index.made_by(author)))
        yield index.short_names[author]


def _is_rejected(index: Index, claim: Claim) -> bool:
    return any(o.tag.stance is Stance.REJECTS for o in index.occurrences(claim.id))


def _lowered(claim: Claim) -> str:
    """A claim's name as part of a sentence."""
    name = claim.name.rstrip(".")
    return name[0].lower() + name[1:] if name[1:2].islower() else name
