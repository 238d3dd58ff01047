"""The Jinja templates of the pages, with the filters, tests and globals they know."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crossclaim.content.deciding_words import locate_words
from crossclaim.content.markdown import excerpt, for_renderer, literal
from crossclaim.content.second_readings import changed_since
from crossclaim.language.words import compounds
from crossclaim.model import (
    STANCE_MEANINGS,
    Claim,
    Essay,
    Passage,
    SecondReading,
    Stance,
    walk,
)
from crossclaim.site.index import Index, Occurrence, group_by_stance, longer_sentence
from crossclaim.site.measures import MAX_SIDE_BY_SIDE

_PAST = {
    Stance.ASSERTS: "asserted",
    Stance.ILLUSTRATES: "illustrated",
    Stance.CONCEDES: "conceded",
    Stance.REPORTS: "reported",
    Stance.REJECTS: "rejected",
}
# So many passages of one author, and so many authors, a note names; the claim's page has all.
_MAX_PASSAGES, _MAX_WRITERS = 12, 8
# Private signs that stand for the tags of deciding words while a passage is written as Markdown.
_MARKS = {"\ue000": '<mark class="cc-decides">', "\ue001": "</mark>"}
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def render_template(template: str, index: Index, up: str = "", **values: object) -> str:
    """A page from its template. `up` leads from the page to the root: "" or "../"."""
    return _environment().get_template(f"{template}.jinja").render(index=index, up=up, **values)


@cache
def _environment() -> Environment:
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
        "json": _json,
        "heading": _heading,
        "literal": _literal,
        "rendered": _rendered,
        "target": _target,
        "longer_sentence": longer_sentence,
        "about_words": _about_words,
        "quoted": _quoted,
        "excerpt": excerpt,
        "alpha": lambda alpha: f"{alpha:.2f}".replace("-", "−"),
        "past": _PAST.__getitem__,
        "and": lambda names: _joined(names, " and "),
        "or": lambda names: _joined(names, " or "),
    }
    environment.tests["makes_alone"] = _makes_alone
    environment.globals |= {"Stance": Stance, "meanings": STANCE_MEANINGS}
    environment.globals |= {"walk": walk, "with_themes": _with_themes, "names": _names}
    environment.globals |= {"group_by_stance": group_by_stance, "by_others": _by_others}
    environment.globals |= {"max_passages": _MAX_PASSAGES, "max_writers": _MAX_WRITERS}
    environment.globals["max_side_by_side"] = MAX_SIDE_BY_SIDE
    environment.globals["changed_since"] = _changed_since
    return environment


def _yaml(text: str) -> Markup:
    return Markup(json.dumps(text, ensure_ascii=False))


def _json(value: object) -> Markup:
    """JSON that cannot end the script element it stands in."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))


def _heading(text: str) -> str:
    """A title for the frame around the pages, which prints titles as HTML.

    Its <title> undoes one escaping, so the end of an element is also kept from being one.
    """
    return text.replace("&", "&amp;").replace("</", "<\u200b/").replace("<", "&lt;")


def _literal(text: str) -> Markup:
    return Markup(literal(text, starts_line=False).replace("#", "\\#"))


def _rendered(text: str, essay: Essay) -> Markup:
    """A passage's or heading's Markdown on its own essay's page."""
    return Markup(for_renderer(text, essay.definitions))


def _target(address: str) -> Markup:
    """An address as a Markdown link's target."""
    return Markup(re.sub(r"[\s()<>\"'\\]", lambda sign: f"%{ord(sign[0]):02X}", address))


def _about_words(claim: Claim, index: Index) -> list[str]:
    """The words of a claim's own note for taggers, in small letters, once each."""
    words = compounds(index.own_about(claim))
    return list(dict.fromkeys(part.lower() for parts in words for part, _, _ in parts))


def _quoted(occurrence: Occurrence) -> Markup:
    """A passage's Markdown for a page of another folder than its essay's."""
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
    return Markup(markdown)


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


def _by_others(occurrences: Iterable[Occurrence], essay: Essay) -> list[Occurrence]:
    """The occurrences by writers who have no part in the essay."""
    own = set(essay.authors)
    return [o for o in occurrences if own.isdisjoint(o.essay.authors)]


def _changed_since(index: Index, reading: SecondReading) -> tuple[Essay, ...]:
    return changed_since(reading, index.collection.essays, index.collection.claims)


def _makes_alone(author: str, index: Index) -> bool:
    return bool(index.made_only_by(author))


def _joined(names: Iterable[str], last: str) -> str:
    listed = list(names)
    return last.join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def _with_themes(index: Index, essay: Essay) -> Iterator[tuple[Passage, tuple[int, ...]]]:
    """An essay's passages, each with the numbers, from 1, of the themes of its claims."""
    number = {theme: n for n, theme in enumerate(index.themes, start=1)}
    for passage in essay.passages:
        themes = [number[index.claims[tag.claim].theme] for tag in passage.reviewed]
        yield passage, tuple(sorted(set(themes)))


def _names(index: Index, authors: Iterable[str]) -> list[str]:
    return [index.authors[author].name for author in authors]
