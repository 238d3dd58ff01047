"""One claim called otherwise, or made part of another: what that changes, as values. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, permutations

from crossclaim.content.essay import SUGGESTED
from crossclaim.content.essay_edit import TaggedText, tags_of, with_tag, without_tag
from crossclaim.content.registry_text import in_prose
from crossclaim.content.tag_line import Attributes
from crossclaim.findings import Finding
from crossclaim.model import Claim, Place, Stance
from crossclaim.names import did_you_mean, is_id

Changed = dict[str, Claim | None]  # by the id before; None where a claim is no more


def unknown(name: str, claims: Sequence[Claim], file: str) -> Finding:
    """That there is no such claim."""
    now = next((f"it is “{claim.id}” now" for claim in claims if name in claim.was), "")
    hint = now or did_you_mean(name, [c.id for c in claims], "look its id up in claims.yml")
    return Finding("unknown-claim", Place(file), f"“{name}” is not a claim in claims.yml", hint)


def not_free(claim: Claim, name: str, claims: Iterable[Claim]) -> Finding | None:
    """Why a claim cannot have this name; its own former one it can have back."""
    if not is_id(name):
        message = f"“{name}” cannot be the id of a claim"
        hint = "write lower-case letters and digits, with single hyphens between words"
        return Finding("bad-id", claim.place, message, hint)
    for other in claims:
        if name == other.id or (name in other.was and other.id != claim.id):
            former = "" if name == other.id else f", as a former id of “{other.id}”"
            message = f"the claim id “{name}” is in use{former}"
            hint = "choose another id, or merge the two"
            return Finding("duplicate-claim", other.place, message, hint)
    return None


def renamed(claims: Sequence[Claim], old: str, new: str) -> Changed:
    """The claims that change when `old` is called `new`; an old id keeps its address by `was`."""
    changed: Changed = {}
    for claim in claims:
        after = _with_names(claim, {old: new})
        if claim.id == old:
            # An id that could be no page's had no address to keep.
            was = tuple(old if name == new else name for name in claim.was)
            after = replace(after, id=new, was=was if old in was or not is_id(old) else (*was, old))
        if after != claim:
            changed[claim.id] = after
    return changed


def merged(claims: Sequence[Claim], gone: Sequence[str], kept: str) -> Changed:
    """The claims that change when those `gone` become part of `kept`.

    Their ids and former ids go to its `was`, their relations to its own, never to itself.
    """
    names = dict.fromkeys(gone, kept)
    others = [_with_names(claim, names) for claim in claims if claim.id in names]
    changed: Changed = {other.id: None for other in others}
    for claim in claims:
        after = _with_names(claim, names)
        if claim.id == kept:
            former = [name for o in others for name in (o.id, *o.was) if is_id(name)]
            after = replace(
                after,
                opposes=_united(kept, after.opposes, *(other.opposes for other in others)),
                supports=_united(kept, after.supports, *(other.supports for other in others)),
                was=_united(kept, claim.was, former),
            )
        if claim.id not in names and after != claim:
            changed[claim.id] = after
    return changed


def contradictions(
    claims: Sequence[Claim], united: Iterable[str], changed: Changed
) -> list[Finding]:
    """Why these claims cannot be one: they oppose each other, or take both sides of a third."""
    by_id = {claim.id: claim for claim in claims}
    pairs = permutations([name for name in united if name in by_id], 2)
    said = [
        (one, f"“{one}” opposes “{other}”, so they are not one claim")
        for one, other in pairs
        if other in by_id[one].opposes
    ] or [
        (name, f"“{name}” would both support and oppose “{third}”")
        for name, after in changed.items()
        for third in (sorted(set(after.opposes) & set(after.supports)) if after else ())
    ]
    hint = "take that relation out of claims.yml first, if they are one claim"
    return [Finding("cannot-merge", by_id[name].place, message, hint) for name, message in said]


def retag(found: Attributes, names: Mapping[str, str]) -> Attributes:
    """Attributes with claims under other names; the same twice is once, reviewed if either is."""
    for stance, claim, reviewed in tags_of(found):
        if claim not in names:
            continue
        new = names[claim]
        same = [r for s, c, r in tags_of(found) if (s, c) == (stance, new)]
        if same:
            found = with_tag(without_tag(found, claim, stance), new, stance, reviewed or any(same))
        else:
            found = _respelled(found, stance, claim, new)
    return found


def torn(passage: TaggedText, names: Mapping[str, str], file: str) -> Finding | None:
    """That a passage takes different stances on claims that are to be one."""
    taken: dict[str, set[Stance]] = {}
    for stance, claim, _ in tags_of(passage.attributes or Attributes()):
        if claim in names or claim in names.values():
            taken.setdefault(claim, set()).add(stance)
    if len({frozenset(own) for own in taken.values()}) < 2:
        return None
    said = " and ".join(
        f"{', '.join(s for s in Stance if s in own)} “{claim}”" for claim, own in taken.items()
    )
    opening = " ".join(passage.text.split()[:6])
    hint = "choose one stance for both there, then merge"
    return Finding("cannot-merge", Place(file, passage.line), f"“{opening} …” {said}", hint)


def _with_names(claim: Claim, names: Mapping[str, str]) -> Claim:
    return replace(
        claim,
        opposes=_named(claim.opposes, names),
        supports=_named(claim.supports, names),
        about=in_prose(claim.about, names),
    )


def _named(listed: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    """Ids under their new names, in their order; a new name that stands there already once."""
    if not set(names) & set(listed):
        return listed
    kept = [names.get(n, n) for n in listed if n not in names or names[n] not in listed]
    return tuple(dict.fromkeys(kept))


def _united(kept: str, *lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(chain(*lists)) if name != kept)


def _respelled(found: Attributes, stance: Stance, claim: str, new: str) -> Attributes:
    words = {claim: new, claim + SUGGESTED: new + SUGGESTED}

    def named(value: str) -> str:
        return re.sub(r"[^\s,]+", lambda word: words.get(word[0], word[0]), value)

    pairs = [(key, named(value) if key == stance else value) for key, value in found.pairs]
    return replace(found, pairs=tuple(pairs))
