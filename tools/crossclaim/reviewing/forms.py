"""Forms: what a page sends, as an action; an action in words; what a new claim's form proposes."""

from collections.abc import Mapping

from crossclaim.language.sentences import first_sentence
from crossclaim.model import Claim, Stance
from crossclaim.names import free_id, slug
from crossclaim.reviewing.actions import (
    Accept,
    AcceptAll,
    Action,
    Add,
    NewClaim,
    Refusal,
    Reject,
    RejectAll,
    Remove,
    Restance,
    SetAside,
    TakeUp,
)

_SHORTEST = 12  # characters of a proposed sentence: “Hell no.” is no claim
_ID_WORDS = 8


def parse_action(form: Mapping[str, str], claims: Mapping[str, Claim]) -> Action:
    """The action a form asks for; a new claim without an id is given one. Raises Refusal."""
    what, claim = form.get("do", ""), form.get("claim", "")
    if what in _ON_THE_PASSAGE:
        return _ON_THE_PASSAGE[what]
    if what == "new":
        sentence = _text(form, "sentence")
        taken = {name for known in claims.values() for name in (known.id, *known.was)}
        name = _text(form, "id")
        if name in ("", form.get("proposed")):  # nobody chose it, and the sentence may be another
            name = free_id(proposed_id(sentence), taken)
        theme, about = _text(form, "theme"), _text(form, "about")
        return NewClaim(name, sentence, theme, about, _stance(form.get("stance", "")))
    if what.startswith("use:"):
        return Add(what.removeprefix("use:"), _stance(form.get("stance", "")))
    if not claim:
        raise Refusal("No claim was chosen.")
    stance = _stance(form.get("stance", ""))
    if what.startswith("as-"):
        to = _stance(what.removeprefix("as-"))
        return Restance(claim, stance, to, form.get("reviewed") == "yes")
    if what in _ON_A_CLAIM:
        return _ON_A_CLAIM[what](claim, stance)
    raise Refusal("This page does not know what it was asked to do.")


_ON_THE_PASSAGE: dict[str, Action] = {
    "accept-all": AcceptAll(),
    "reject-all": RejectAll(),
    "aside": SetAside(),
    "take-up": TakeUp(),
}
_ON_A_CLAIM: dict[str, type[Accept] | type[Reject] | type[Add] | type[Remove]] = {
    "accept": Accept,
    "reject": Reject,
    "add": Add,
    "remove": Remove,
}


def describe_action(action: Action, claims: Mapping[str, Claim]) -> str:
    """What an action does, in words, with its claim's sentence."""
    match action:
        case Restance(claim, _, stance, reviewed):
            verb = "Changed to" if reviewed else "Accepted,"
            return f"{verb} {stance}: {_sentence(claim, claims)}"
        case NewClaim(sentence=sentence, stance=stance):
            return f"New claim, {stance}: {sentence}"
        case Accept(claim, stance) | Add(claim, stance):
            verb = "Accepted" if isinstance(action, Accept) else "Added"
            return f"{verb}, {stance}: {_sentence(claim, claims)}"
        case Reject(claim, stance) | Remove(claim, stance):
            verb = "Rejected" if isinstance(action, Reject) else "Removed"
            return f"{verb}, {stance}: {_sentence(claim, claims)}"
        case AcceptAll():
            return "Accepted all suggestions."
        case RejectAll():
            return "Rejected all suggestions."
        case SetAside():
            return "Set aside."
        case TakeUp():
            return "No longer set aside."


def proposed_sentence(words: str) -> str:
    """The first sentence of a passage's words that is long enough; else the whole passage."""
    rest = words
    while rest:
        sentence = first_sentence(rest)
        if len(sentence) >= _SHORTEST:
            return sentence
        rest = rest.removeprefix(sentence).lstrip()
    return words


def proposed_id(sentence: str) -> str:
    """A claim's id from its sentence, as it would be given."""
    return slug(sentence, _ID_WORDS)


def _sentence(claim: str, claims: Mapping[str, Claim]) -> str:
    return claims[claim].sentence if claim in claims else claim


def _text(form: Mapping[str, str], name: str) -> str:
    return " ".join(form.get(name, "").split())


def _stance(name: str) -> Stance:
    if name not in set(Stance):
        raise Refusal("No stance was chosen.")
    return Stance(name)
