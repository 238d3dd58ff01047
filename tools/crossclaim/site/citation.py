"""Citations of a paragraph: plain text, BibTeX and CSL-JSON, with the author's, title's and
publication's exact words; what names no author is cited by its title.

The address of a page is known only where it is read, so it and the paragraph stand as the
placeholders PARAGRAPH and ADDRESS, which the reader's browser replaces.

Sources: the CSL-JSON schema 1.0 (citation-style-language); BibTeX's `misc` entry.
"""

import json
import re
from dataclasses import dataclass

from crossclaim.model import Author, Essay
from crossclaim.names import in_quotes, slug

PARAGRAPH, ADDRESS = "{paragraph}", "{address}"
_ESCAPES = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\~{}", "^": r"\^{}"}
_ESCAPES |= {sign: f"\\{sign}" for sign in "&%$#_"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One essay's citation in three forms, each with placeholders for paragraph and address."""

    plain: str
    bibtex: str
    csl: str


def cite(essay: Essay, authors: tuple[Author, ...]) -> Citation:
    """The citation of an essay's paragraphs."""
    return Citation(_plain(essay, authors), _bibtex(essay, authors), _csl(essay, authors))


def _plain(essay: Essay, authors: tuple[Author, ...]) -> str:
    names = " and ".join(author.name for author in authors)
    locators = [essay.publication, essay.date, f"¶ {PARAGRAPH}"]
    return f"{', '.join(filter(None, [names, in_quotes(essay.title), *locators]))}. {ADDRESS}"


def _bibtex(essay: Essay, authors: tuple[Author, ...]) -> str:
    fields = {
        "author": " and ".join(_escaped(author.name) for author in authors),
        "title": f"{{{_escaped(essay.title)}}}",
        "howpublished": _escaped(essay.publication),
        "year": _year(essay.date),
        "note": f"paragraph {PARAGRAPH}",
        "url": ADDRESS,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{slug(essay.id, 12)}-p{PARAGRAPH},", *lines, "}"])


def _escaped(text: str) -> str:
    """A text in which BibTeX reads every sign as itself."""
    return "".join(_ESCAPES.get(sign, sign) for sign in text)


def _year(date: str) -> str:
    match = re.search(r"\b\d{4}\b", date)
    return match[0] if match else ""


def _csl(essay: Essay, authors: tuple[Author, ...]) -> str:
    fields: dict[str, object] = {
        "id": f"{essay.id}-p{PARAGRAPH}",
        "type": "webpage",
        "title": essay.title,
        "author": [_person(author.name) for author in authors],
        "container-title": essay.publication,
        "language": essay.language,
        "section": f"¶ {PARAGRAPH}",
        "URL": ADDRESS,
    }
    if year := _year(essay.date):
        fields["issued"] = {"date-parts": [[int(year)]]}
    item = {key: value for key, value in fields.items() if value}
    return json.dumps([item], ensure_ascii=False, indent=1)


def _person(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
