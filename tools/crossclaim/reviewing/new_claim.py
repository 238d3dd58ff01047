"""New claim: an entry at the end of `claims.yml`; every byte that stands there stays."""

from collections.abc import Sequence

from crossclaim.content.registry import entry_text, read_claims
from crossclaim.content.yaml_edit import CannotEdit, with_entry
from crossclaim.findings import errors
from crossclaim.model import Claim, Place
from crossclaim.names import is_id, words
from crossclaim.reviewing.actions import NewClaim, Refusal

_FILE = "claims.yml"


def require_new(claims: Sequence[Claim], new: NewClaim) -> None:
    """Raises Refusal where the claim is not whole, or the registry has it already."""
    for value, what in (
        (new.sentence, "sentence"),
        (new.id, "id"),
        (new.theme, "theme"),
        (new.about, "about, how a tagger decides whether a paragraph makes it"),
    ):
        if not value:
            raise Refusal(f"The claim lacks its {what}.")
    if not is_id(new.id):
        raise Refusal(f"“{new.id}” cannot be an id: lower-case letters, digits, single hyphens.")
    wording = " ".join(words(new.sentence.casefold()))
    if not wording:
        raise Refusal("The claim lacks its sentence.")
    for claim in claims:
        if new.id in (claim.id, *claim.was):
            raise Refusal(f"The id “{new.id}” is in use: {claim.sentence}")
        if wording == " ".join(words(claim.sentence.casefold())):
            raise Refusal(f"The registry has this sentence already, as “{claim.id}”.")


def with_claim(text: str, new: NewClaim) -> tuple[str, str]:
    """What the registry's text is to end with so that it holds the claim: white space, entry.

    Raises Refusal where the registry cannot be read or takes no entry at its end.
    """
    claims, before = read_claims(text, _FILE)
    if errors(before):
        raise Refusal("claims.yml has errors: mend them first (“crossclaim check” lists them).")
    require_new(claims, new)
    entry = entry_text(Claim(new.id, new.sentence, new.theme, new.about, Place(_FILE)))
    try:
        text_after = with_entry(text, entry, like_others=True).removeprefix(text)
    except CannotEdit:
        text_after = ""
    entry = text_after.lstrip("\r\n")
    lead = text_after.removesuffix(entry)
    after, findings = read_claims(text + lead + entry, _FILE)
    added = after[-1] if after else None
    same = added and (added.id, added.sentence, added.theme, added.about) == (
        new.id, new.sentence, new.theme, new.about,
    )  # fmt: skip
    if not same or errors(findings) or after[:-1] != claims:
        raise Refusal("claims.yml takes no entry at its end as it is written: add it in an editor.")
    return lead, entry


def without_claim(text: str, lead: str, entry: str) -> str:
    """The registry's text without an entry that was put in. Raises Refusal where it has changed."""
    if text.endswith(lead + entry):
        return text.removesuffix(lead + entry)
    if text.count(entry) != 1:
        raise Refusal("claims.yml was changed since: take the claim out in an editor.")
    return text.replace(entry, "", 1)
