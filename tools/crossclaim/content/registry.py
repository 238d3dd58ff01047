"""`claims.yml` and `authors.yml`: text in, claims or authors and findings out."""

from crossclaim.content.fields import Fields, entries, load
from crossclaim.findings import Finding
from crossclaim.model import Author, Claim
from crossclaim.names import did_you_mean, is_id, slug

CLAIM_FIELDS = {
    "id": "the claim's id, used in tags and as its page's address",
    "claim": "one sentence that a person can agree or disagree with",
    "theme": "the heading it stands under in the index",
    "about": "how a tagger decides whether a paragraph makes it",
    "opposes": "ids of claims it speaks against",
    "supports": "ids of claims it speaks for",
    "was": "ids it had before; their addresses lead here",
}
AUTHOR_FIELDS = {
    "id": "the author's id, used as the page's address",
    "name": "the name, as the essays' `author` has it",
    "about": "who the author is",
    "links": "addresses about the author, by label",
}


def read_claims(text: str, file: str) -> tuple[tuple[Claim, ...], list[Finding]]:
    """The claims of a `claims.yml`, in its order; an entry without id or sentence is left out."""
    value, found = load(text, file)
    rows, wrong = entries(value, file)
    found += wrong
    claims: list[Claim] = []
    for row in rows:
        fields = Fields(row, file, CLAIM_FIELDS)
        claim = Claim(
            id=fields.text("id"),
            sentence=fields.text("claim"),
            theme=fields.text("theme"),
            about=fields.text("about"),
            place=fields.place("id"),
            opposes=fields.texts("opposes"),
            supports=fields.texts("supports"),
            was=fields.texts("was"),
        )
        found += fields.findings
        lacking = [key for key in ("id", "claim", "theme", "about") if not fields.text(key)]
        for key in lacking:
            message = f"the claim “{claim.id or claim.sentence or '?'}” has no “{key}”"
            hint = f"add “{key}:”, {CLAIM_FIELDS[key]}"
            found.append(Finding("missing-claim-text", fields.place(key), message, hint))
        if claim.id:
            found += _id_findings(claim.id, fields, "claim")
        for former in claim.was:
            found += _id_findings(former, fields, "claim")
        if claim.id:
            claims.append(claim)
    return tuple(claims), found


def read_authors(text: str, file: str) -> tuple[tuple[Author, ...], list[Finding]]:
    """The authors of an `authors.yml`, in its order."""
    value, found = load(text, file)
    rows, wrong = entries(value, file)
    found += wrong
    authors: list[Author] = []
    for row in rows:
        fields = Fields(row, file, AUTHOR_FIELDS)
        author = Author(
            id=fields.text("id") or slug(fields.text("name")),
            name=fields.text("name"),
            place=fields.place("id"),
            about=fields.text("about"),
            links=fields.pairs("links"),
        )
        found += fields.findings
        if not author.name:
            message, hint = "an author has no “name”", "add “name:”, as the essays have it"
            found.append(Finding("missing-metadata", fields.place("name"), message, hint))
            continue
        found += _id_findings(author.id, fields, "author")
        authors.append(author)
    return tuple(authors), found


def _id_findings(name: str, fields: Fields, kind: str) -> list[Finding]:
    if is_id(name):
        return []
    better = slug(name)
    message = f"“{name}” cannot be the id of a page"
    hint = did_you_mean(name, (better,), f"write it as “{better}”" if better else "use letters")
    return [Finding("bad-id", fields.place("id"), f"{message} for this {kind}", hint)]
