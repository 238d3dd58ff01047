"""Claims renamed, merged, split, removed: what changes in every entry and tag, as values. Pure.

What a claim becomes is a list of ids: one, several of a split, none where it goes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from crossclaim.content.deciding_words import LEFT_OUT
from crossclaim.content.essay import SUGGESTED
from crossclaim.content.essay_edit import tags_of, with_tag, without_tag
from crossclaim.content.registry import ChangedClaims, Heirs, rename_in_prose
from crossclaim.content.tag_line import Attributes
from crossclaim.model import Claim, Stance
from crossclaim.names import is_id


def rename_claim(claims: Sequence[Claim], old: str, new: str) -> ChangedClaims:
    """The claims that change when `old` is called `new`; an old id keeps its address by `was`."""
    changed: ChangedClaims = {}
    for claim in claims:
        after = _with_names(claim, {old: new})
        if claim.id == old:
            # An id that could be no page's had no address to keep.
            was = tuple(old if name == new else name for name in claim.was)
            after = replace(after, id=new, was=was if old in was or not is_id(old) else (*was, old))
        if after != claim:
            changed[claim.id] = (after,)
    return changed


def merge_claims(claims: Sequence[Claim], gone: Sequence[str], kept: str) -> ChangedClaims:
    """The claims that change when those `gone` become part of `kept`.

    Their ids and former ids go to its `was`, their relations to its own, never to itself.
    """
    names = dict.fromkeys(gone, kept)
    others = [_with_names(claim, names) for claim in claims if claim.id in names]
    changed: ChangedClaims = {other.id: () for other in others}
    for claim in claims:
        after = _with_names(claim, names)
        if claim.id == kept:
            after = replace(
                after,
                opposes=_united(kept, after.opposes, *(other.opposes for other in others)),
                supports=_united(kept, after.supports, *(other.supports for other in others)),
                was=_united(kept, claim.was, *map(_addresses, others)),
            )
        if claim.id not in names and after != claim:
            changed[claim.id] = (after,)
    return changed


def split_claim(claims: Sequence[Claim], old: str, heirs: Sequence[str]) -> ChangedClaims:
    """The claims that change when `old` becomes the claims `heirs`, of which it may be one.

    An heir without an entry begins as `old` was, the first of them in its place where it goes; a
    label and other words for it stay there alone. An entry that exists only takes on the old
    addresses. Relations of other claims stay: which heir they mean is not for a program to say.
    """
    by_id = {claim.id: claim for claim in claims}
    if old not in by_id:
        return {}
    origin = by_id[old]
    stays = old in heirs
    former = [] if stays else [n for n in (*origin.was, old) if is_id(n) and n not in heirs]
    new = [_heir(origin, name, former, heirs) for name in heirs if name not in by_id]
    if stays:
        own = [replace(origin, was=tuple(name for name in origin.was if name not in heirs))]
    else:
        own = [replace(heir, label=origin.label, also=origin.also) for heir in new[:1]]
        new = new[1:]
    changed: ChangedClaims = {old: (*own, *new)}
    for name in heirs:
        if name in by_id and name != old:
            changed[name] = (replace(by_id[name], was=_united(name, by_id[name].was, former)),)
    return changed


def remove_claim(claims: Sequence[Claim], gone: str, kept: str) -> ChangedClaims:
    """The claims that change when `gone` goes, with every relation that names it.

    Its id and former ids go to the `was` of `kept`, if that is not "".
    """
    former = [name for claim in claims if claim.id == gone for name in _addresses(claim)]
    former = former or [name for name in (gone,) if is_id(name)]
    changed: ChangedClaims = {}
    for claim in claims:
        after = replace(
            claim,
            opposes=tuple(name for name in claim.opposes if name != gone),
            supports=tuple(name for name in claim.supports if name != gone),
            was=_united(kept, claim.was, former) if claim.id == kept else claim.was,
        )
        if claim.id == gone:
            changed[gone] = ()
        elif after != claim:
            changed[claim.id] = (after,)
    return changed


def retag(attributes: Attributes, heirs: Heirs) -> Attributes:
    """Attributes with claims under other names; the same twice is once, reviewed if either is.

    Deciding words follow their claim; they go with the tag of one that becomes none.
    """
    words: dict[str, str] = {}
    for claim, quotation in attributes.words:
        for new in heirs.get(claim, (claim,)):
            words[new] = _joined(words.get(new), quotation)
    attributes = replace(attributes, words=tuple(words.items()))
    for stance, claim, reviewed in tags_of(attributes):
        if claim not in heirs:
            continue
        others = [(c, r) for s, c, r in tags_of(attributes) if s == stance and c != claim]
        for new in heirs[claim]:
            if reviewed and not all(r for c, r in others if c == new):
                attributes = with_tag(attributes, new, stance)
        there = {c for c, _ in others}
        missing = [new for new in heirs[claim] if new not in there]
        if missing:
            attributes = _replaced(attributes, stance, claim, missing)
        else:
            attributes = without_tag(attributes, claim, stance)
    return attributes


def _with_names(claim: Claim, names: Mapping[str, str]) -> Claim:
    return replace(
        claim,
        opposes=_renamed(claim.opposes, names),
        supports=_renamed(claim.supports, names),
        about=rename_in_prose(claim.about, names),
    )


def _renamed(ids: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    """Ids under their new names, in their order; a new name that stands there already once."""
    if not set(names) & set(ids):
        return ids
    kept = [names.get(n, n) for n in ids if n not in names or names[n] not in ids]
    return tuple(dict.fromkeys(kept))


def _united(kept: str, *lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(chain(*lists)) if name != kept)


def _addresses(claim: Claim) -> tuple[str, ...]:
    """The ids under which a claim has a page, its present one first."""
    return tuple(name for name in (claim.id, *claim.was) if is_id(name))


def _heir(origin: Claim, name: str, former: Sequence[str], heirs: Sequence[str]) -> Claim:
    """A new claim that says what another said, never about itself or the one it comes from."""
    gone = {name} if origin.id in heirs else {name, origin.id}
    return replace(
        origin,
        id=name,
        was=tuple(former),
        label="",
        also=(),
        opposes=tuple(other for other in origin.opposes if other not in gone),
        supports=tuple(other for other in origin.supports if other not in gone),
    )


def _joined(quotation: str | None, other: str) -> str:
    """Two quotations of one passage as one; a piece that both have stands once."""
    if not quotation:
        return other
    pieces = quotation.split(LEFT_OUT)
    return LEFT_OUT.join([*pieces, *(p for p in other.split(LEFT_OUT) if p not in pieces)])


def _replaced(attributes: Attributes, stance: Stance, claim: str, new: Sequence[str]) -> Attributes:
    """Attributes with other claims where this one stands, reviewed or suggested as it is."""
    words = {claim: " ".join(new), claim + SUGGESTED: " ".join(name + SUGGESTED for name in new)}

    def replaced(value: str) -> str:
        return re.sub(r"[^\s,]+", lambda word: words.get(word[0], word[0]), value)

    pairs = [(key, replaced(value) if key == stance else value) for key, value in attributes.pairs]
    return replace(attributes, pairs=tuple(pairs))
