"""Actions of a reviewer on one passage: each is a value, and a change of the passage's tags."""

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


def apply_action(attributes: Attributes, action: Action) -> Attributes:
    """A passage's attributes after the action; the same where there is nothing to change.

    Raises Refusal.
    """
    match action:
        case Accept(claim, stance) | Add(claim, stance) | NewClaim(id=claim, stance=stance):
            return _with_reviewed(attributes, claim, stance)
        case AcceptAll():
            return _with_all_reviewed(attributes)
        case Reject(claim, stance):
            return _without(attributes, stance, claim + SUGGESTED)
        case RejectAll():
            return _without_suggestions(attributes)
        case Restance():
            return _restanced(attributes, action)
        case Remove(claim, stance):
            return _without(attributes, stance, claim)
        case SetAside():
            return _set_aside(attributes)
        case TakeUp():
            return as_aside(attributes, aside=False) if attributes.aside else attributes


def suggestions(attributes: Attributes) -> tuple[tuple[Stance, str], ...]:
    """The suggestions in attributes, as stance and claim."""
    return tuple((stance, claim) for stance, claim, reviewed in tags_of(attributes) if not reviewed)


def _with_reviewed(attributes: Attributes, claim: str, stance: Stance) -> Attributes:
    """Attributes with this tag reviewed, once; what carries a tag is no aside."""
    suggested = claim + SUGGESTED
    if (stance, claim, True) in tags_of(attributes):
        attributes = _without(attributes, stance, suggested)
    elif (stance, claim, False) in tags_of(attributes):
        once = iter([claim])
        attributes = _with_names(
            attributes, stance, lambda name: next(once, None) if name == suggested else name
        )
    else:
        attributes = with_tag(attributes, claim, stance)
    return as_aside(attributes, aside=False) if attributes.aside else attributes


def _with_all_reviewed(attributes: Attributes) -> Attributes:
    for stance, claim in suggestions(attributes):
        attributes = _with_reviewed(attributes, claim, stance)
    return attributes


def _restanced(attributes: Attributes, action: Restance) -> Attributes:
    if action.stance != action.to:
        token = action.claim if action.reviewed else action.claim + SUGGESTED
        attributes = _without(attributes, action.stance, token)
    elif action.reviewed:
        return attributes
    return _with_reviewed(attributes, action.claim, action.to)


def _set_aside(attributes: Attributes) -> Attributes:
    if any(reviewed for _, _, reviewed in tags_of(attributes)):
        raise Refusal("The paragraph carries a claim: remove it before setting it aside.")
    return attributes if attributes.aside else as_aside(_without_suggestions(attributes))


def _without(attributes: Attributes, stance: Stance, token: str) -> Attributes:
    return _with_names(attributes, stance, lambda name: None if name == token else name)


def _without_suggestions(attributes: Attributes) -> Attributes:
    for stance, claim in suggestions(attributes):
        attributes = _without(attributes, stance, claim + SUGGESTED)
    return attributes


def _with_names(
    attributes: Attributes, stance: Stance, change: Callable[[str], str | None]
) -> Attributes:
    """Attributes with one stance's names changed; a value without a change stays as written."""
    pairs = []
    for key, value in attributes.pairs:
        names = value.replace(",", " ").split()
        kept = [new for name in names if (new := change(name))] if key == stance else names
        if kept == names:
            pairs.append((key, value))
        elif kept:
            pairs.append((key, " ".join(kept)))
    return replace(attributes, pairs=tuple(pairs))
