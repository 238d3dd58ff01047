"""The Jinja templates of the pages, with the filters, tests and globals they know."""

import json
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from crossclaim.content.deciding_words import locate_words
from crossclaim.content.markdown import excerpt, for_renderer, literal
from crossclaim.content.second_readings import changed_since
from crossclaim.language.words import compounds
from crossclaim.model import (
    Claim,
    Essay,
    SecondReading,
    Stance,
)
from crossclaim.names import in_quotes
from crossclaim.site.debate import (
    MAX_LINES,
    by_date,
    claims_made,
    deciding_sentence,
    face_to_face,
    listed,
    number,
    standing,
    unanswered_claims,
)
from crossclaim.site.index import Index, Occurrence, longer_sentence

if TYPE_CHECKING:
    from jinja2 import Environment

# So many of an author's passages a list names; the claim's page has all.
_MAX_PASSAGES = 12
# Private signs that stand for the tags of deciding words while a passage is written as Markdown.
_MARKS = {"\ue000": "<mark>", "\ue001": "</mark>"}
_NO_TARGET = re.compile(r"[\s()<>\"'\\{}`*_\[\]]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def render_template(template: str, index: Index, up: str = "", **values: object) -> str:
    """A page from its template. `up` leads from the page to the root: "" or "../"."""
    return _environment().get_template(f"{template}.jinja").render(index=index, up=up, **values)


def render_fragment(template: str, index: Index, up: str = "", **values: object) -> str:
    """Finished HTML for the frame to include: includes are executed, so no brace stays one."""
    return render_template(template, index, up, **values).replace("{", "&#123;")


@cache
def _environment() -> "Environment":
    # Imported here, so that what only asks which pages there are does without it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crossclaim.site"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "yaml": _yaml,
        "literal": _literal,
        "longer_sentence": longer_sentence,
        "about_words": _about_words,
        "line": _line,
        "link_text": _link_text,
        "link_target": _link_target,
        "claim_link": _claim_link,
        "place": _place,
        "writers": _writers,
        "blockquote": _blockquote,
        "deciding_sentence": deciding_sentence,
        "in_short": _in_short,
        "in_quotes": in_quotes,
        "excerpt": excerpt,
        "alpha": lambda alpha: f"{alpha:.2f}".replace("-", "−"),
    }
    environment.globals |= {"Stance": Stance}
    environment.globals |= {"max_passages": _MAX_PASSAGES}
    environment.globals |= {"by_date": by_date, "face_to_face": face_to_face, "number": number}
    environment.globals |= {"claims_made": claims_made, "standing": standing}
    environment.globals |= {"unanswered_claims": unanswered_claims}
    environment.globals["max_lines"] = MAX_LINES
    environment.globals["changed_since"] = _changed_since
    return environment


def _yaml(text: str) -> Markup:
    return Markup(json.dumps(text, ensure_ascii=False))


def _literal(text: str) -> Markup:
    return Markup(literal(text, starts_line=False).replace("#", "\\#"))


def _line(text: str) -> Markup:
    """Plain words as Markdown that may stand at the beginning of a line."""
    return Markup(literal(text))


@lru_cache(maxsize=4096)
def _link_text(text: str) -> Markup:
    return Markup(literal(text, starts_line=False).replace("]", "\\]"))


def _link_target(address: str) -> Markup:
    """An address as it may stand in a link's brackets."""
    return Markup(_NO_TARGET.sub(lambda sign: f"%{ord(sign[0]):02X}", address))


def _link(text: str, address: str, mark: str) -> Markup:
    """A link; `mark` is the class of the stance whose sign it shows, or ""."""
    return Markup(f"[{_link_text(text)}]({address}){f'{{.{mark}}}' if mark else ''}")


def _claim_link(claim: Claim, up: str, mark: str = "") -> Markup:
    """A claim in small: its name, with the sign of a stance only where one is meant."""
    return _link(claim.name, f"{up}claims/{claim.id}.md", mark)


def _place(occurrence: Occurrence, up: str, before: str = "", mark: str = "") -> Markup:
    """A passage's number, after the name of its essay or author where it needs one."""
    address = f"{up}essays/{occurrence.essay.id}.md#{occurrence.passage.id}"
    number = f"¶{occurrence.passage.number}"
    return _link(f"{before}, {number}" if before else number, address, mark)


def _in_short(occurrence: Occurrence, index: Index, up: str) -> Markup:
    """One passage in one line: who, where, and the deciding sentence."""
    who = listed(index.names(occurrence.essay.writers))
    tag = occurrence.tag
    link = _place(occurrence, up, who, tag.stance if tag.reviewed else f"{tag.stance} .q")
    return Markup(f"{link}: {_literal(deciding_sentence(occurrence))}")


def _writers(essay: Essay, index: Index, up: str, mark: str = "") -> Markup:
    """An essay's authors, or "" where it names none; the first one's link shows the sign."""
    names = [
        _link(index.authors[author].name, f"{up}authors/{author}.md", "" if place else mark)
        for place, author in enumerate(essay.authors)
    ]
    return Markup(listed(names))


def _about_words(claim: Claim, index: Index) -> list[str]:
    """The words of a claim's own note for taggers, in small letters, once each."""
    words = compounds(index.own_about(claim))
    return list(dict.fromkeys(part.lower() for parts in words for part, _, _ in parts))


def _blockquote(occurrence: Occurrence, index: Index) -> Markup:
    """A passage as a block quotation on a page of another folder than its essay's."""
    essay = occurrence.essay

    def moved(address: str) -> str:
        if _ELSEWHERE.match(address):
            return address
        page = f"{essay.id}.md" if address.startswith("#") else ""
        return f"../essays/{page}{address}"

    marked = _with_marks(occurrence.passage.text, occurrence.tag.words)
    markdown = for_renderer(marked, essay.definitions, moved)
    for sign, tag in _MARKS.items():
        markdown = markdown.replace(sign, tag)
    if tongue := index.foreign_language(essay):
        markdown += f"\n{{: lang={tongue} }}"
    return Markup("> " + markdown.replace("\n", "\n> "))


def _with_marks(text: str, words: tuple[str, ...]) -> str:
    """A passage's Markdown with private signs around its deciding words.

    Words that begin or end within emphasis, code or a link are left without.
    """
    start, end = _MARKS
    for first, last in reversed(locate_words(text, words) or ()):
        piece = text[first:last]
        whole = piece.count("[") == piece.count("]")
        if whole and not any(piece.count(mark) % 2 for mark in "*_`"):
            text = f"{text[:first]}{start}{piece}{end}{text[last:]}"
    return text


def _changed_since(index: Index, reading: SecondReading) -> tuple[Essay, ...]:
    return changed_since(reading, index.collection.essays, index.collection.claims)
