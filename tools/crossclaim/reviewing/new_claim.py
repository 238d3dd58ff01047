"""New claim: an entry at the end of `claims.yml`; every byte that stands there stays."""

import json
import re
import textwrap
from collections.abc import Sequence

from crossclaim.content.registry import read_claims
from crossclaim.findings import errors
from crossclaim.model import Claim
from crossclaim.names import is_id, words
from crossclaim.reviewing.actions import NewClaim, Refusal

_FILE = "claims.yml"
_WIDTH = 100
_PLAIN = re.compile(r"[^\W\d_][^:#\"'\[\]{}&*!|>%@`\\\x00-\x1f\x7f]*[^\W_.]\.?\Z")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_FIRST_ENTRY = re.compile(r"^( *)- ", re.MULTILINE)
_SPACED_ENTRIES = re.compile(r"\S *\r?\n *\r?\n *- ")


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
    lead, entry = _lead(text), _entry(text, new)
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


def _lead(text: str) -> str:
    if not text.strip():
        return ""
    end = "\r\n" if "\r\n" in text else "\n"
    between = end if _SPACED_ENTRIES.search(text) or not _FIRST_ENTRY.search(text) else ""
    if text.endswith((end + end, "\n\n")):
        between = ""
    return ("" if text.endswith("\n") else end) + between


def _entry(text: str, new: NewClaim) -> str:
    first = _FIRST_ENTRY.search(text)
    margin = first[1] if first else ""
    lines = [
        f"- id: {_scalar(new.id)}",
        f"  claim: {_scalar(new.sentence)}",
        f"  theme: {_scalar(new.theme)}",
        "  about: >-",
    ]
    room = _WIDTH - len(margin) - 4
    lines += [
        f"    {line}"
        for line in textwrap.wrap(new.about, room, break_long_words=False, break_on_hyphens=False)
    ]
    end = "\r\n" if "\r\n" in text else "\n"
    return "".join(f"{margin}{line}{end}" for line in lines)


def _scalar(value: str) -> str:
    """A text as YAML on one line: plain where nothing in it is a sign, else quoted."""
    if _PLAIN.match(value) and value.lower() not in _WORDS_OF_YAML:
        return value
    return json.dumps(value, ensure_ascii=False)
