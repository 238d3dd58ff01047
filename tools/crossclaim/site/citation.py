"""Citations of a paragraph: plain text, BibTeX and CSL-JSON, with the author's, title's and
publication's exact words.

The address of a page is known only where it is read, so it and the paragraph stand as the
placeholders PARAGRAPH and ADDRESS, which the reader's browser (or `filled`) replaces.

Sources: the CSL-JSON schema 1.0 (citation-style-language); BibTeX's `misc` entry.
"""

import json
import re
from dataclasses import dataclass

from crossclaim.model import Author, Essay
from crossclaim.names import slug

PARAGRAPH, ADDRESS = "{paragraph}", "{address}"
_BIBTEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\~{}", "^": r"\^{}"}
_BIBTEX |= {sign: f"\\{sign}" for sign in "&%$#_"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One essay's citation in three forms, each with placeholders for paragraph and address."""

    plain: str
    bibtex: str
    csl: str

    def filled(self, paragraph: int, address: str) -> "Citation":
        """The citation of one paragraph."""

        def fill(text: str) -> str:
            return text.replace(PARAGRAPH, str(paragraph)).replace(ADDRESS, address)

        return Citation(fill(self.plain), fill(self.bibtex), fill(self.csl))


def cite(essay: Essay, authors: tuple[Author, ...]) -> Citation:
    """The citation of an essay's paragraphs."""
    return Citation(_plain(essay, authors), _bibtex(essay, authors), _csl(essay, authors))


def _plain(essay: Essay, authors: tuple[Author, ...]) -> str:
    names = " and ".join(author.name for author in authors)
    title = essay.title.replace("“", "‘").replace("”", "’")
    locators = [essay.publication, essay.date, f"¶ {PARAGRAPH}"]
    return f"{names}, “{title}”, {', '.join(filter(None, locators))}. {ADDRESS}"


def _bibtex(essay: Essay, authors: tuple[Author, ...]) -> str:
    fields = {
        "author": " and ".join(_braced(author.name) for author in authors),
        "title": f"{{{_braced(essay.title)}}}",
        "howpublished": _braced(essay.publication),
        "year": _year(essay.date),
        "note": f"paragraph {PARAGRAPH}",
        "url": ADDRESS,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{slug(essay.id, 12)}-p{PARAGRAPH},", *lines, "}"])


def _braced(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)


def _year(date: str) -> str:
    match = re.search(r"\b\d{4}\b", date)
    return match[0] if match else ""


def _csl(essay: Essay, authors: tuple[Author, ...]) -> str:
    item: dict[str, object] = {
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
        item["issued"] = {"date-parts": [[int(year)]]}
    filled = {key: value for key, value in item.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=1)


def _person(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
