"""What a reviewer can do with one passage: each action is a value, and a change of its tags."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from crossclaim.content.essay import SUGGESTED
from crossclaim.content.essay_edit import as_aside, tags_of, with_tag
from crossclaim.content.tag_line import Attributes
from crossclaim.model import Stance


class Refusal(ValueError):
    """Why nothing was changed, in one sentence."""


@dataclass(frozen=True, slots=True)
class Accept:
    """The suggestion becomes a tag."""

    claim: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class AcceptAll:
    """Every suggestion of the passage becomes a tag."""


@dataclass(frozen=True, slots=True)
class Reject:
    """The suggestion goes."""

    claim: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class RejectAll:
    """Every suggestion of the passage goes."""


@dataclass(frozen=True, slots=True)
class Restance:
    """A tag, or a suggestion and then it is accepted, with another stance."""

    claim: str
    stance: Stance
    to: Stance
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Add:
    """A claim nobody suggested."""

    claim: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Remove:
    """A reviewed tag goes."""

    claim: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class SetAside:
    """The passage makes no claim: suggestions go. Not where a reviewed tag says otherwise."""


@dataclass(frozen=True, slots=True)
class TakeUp:
    """The passage is no aside after all."""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim the registry lacks, made and put on the passage."""

    id: str
    sentence: str
    theme: str
    about: str
    stance: Stance


Action = (
    Accept | AcceptAll | Reject | RejectAll | Restance | Add | Remove | SetAside | TakeUp | NewClaim
)


def changed(found: Attributes, action: Action) -> Attributes:
    """A passage's attributes after the action; the same where there is nothing to change.

    Raises Refusal.
    """
    match action:
        case Accept(claim, stance) | Add(claim, stance) | NewClaim(id=claim, stance=stance):
            return _carrying(found, claim, stance)
        case AcceptAll():
            for stance, claim in suggestions(found):
                found = _carrying(found, claim, stance)
            return found
        case Reject(claim, stance):
            return _without(found, stance, claim + SUGGESTED)
        case RejectAll():
            return _without_suggestions(found)
        case Restance(claim, stance, to, reviewed):
            token = claim if reviewed else claim + SUGGESTED
            if stance == to and reviewed:
                return found
            kept = found if stance == to else _without(found, stance, token)
            return _carrying(kept, claim, to)
        case Remove(claim, stance):
            return _without(found, stance, claim)
        case SetAside():
            if any(reviewed for _, _, reviewed in tags_of(found)):
                raise Refusal("The paragraph carries a claim: remove it before setting it aside.")
            return found if found.aside else as_aside(_without_suggestions(found))
        case TakeUp():
            return as_aside(found, aside=False) if found.aside else found


def suggestions(found: Attributes) -> tuple[tuple[Stance, str], ...]:
    """The suggestions in attributes, as stance and claim."""
    return tuple((stance, claim) for stance, claim, reviewed in tags_of(found) if not reviewed)


def _carrying(found: Attributes, claim: str, stance: Stance) -> Attributes:
    """Attributes with this tag reviewed, once; what carries a tag is no aside."""
    if (stance, claim, True) in tags_of(found):
        made = _without(found, stance, claim + SUGGESTED)
    elif (stance, claim, False) in tags_of(found):
        first = [True]

        def accepted(name: str) -> str | None:
            if name != claim + SUGGESTED:
                return name
            return claim if first and first.pop() else None

        made = _each(found, stance, accepted)
    else:
        made = with_tag(found, claim, stance)
    return as_aside(made, aside=False) if made.aside else made


def _without(found: Attributes, stance: Stance, token: str) -> Attributes:
    return _each(found, stance, lambda name: None if name == token else name)


def _without_suggestions(found: Attributes) -> Attributes:
    for stance, claim in suggestions(found):
        found = _without(found, stance, claim + SUGGESTED)
    return found


def _each(found: Attributes, stance: Stance, change: Callable[[str], str | None]) -> Attributes:
    """Attributes with one stance's names changed; a value without a change stays as written."""
    pairs = []
    for key, value in found.pairs:
        names = value.replace(",", " ").split()
        kept = [new for name in names if (new := change(name))] if key == stance else names
        if kept == names:
            pairs.append((key, value))
        elif kept:
            pairs.append((key, " ".join(kept)))
    return replace(found, pairs=tuple(pairs))
