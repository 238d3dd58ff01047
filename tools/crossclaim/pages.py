"""The index as pages: path to text, Markdown with HTML around it. Pure but for the templates.

Every link is relative and ends in `.html`, so that the pages work from a disk, a sub-path or a
server's root, whichever generator renders them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crossclaim.index import Index, stances
from crossclaim.model import Items, Part, Passage, Quotation, Stance, Verbatim
from crossclaim.settings import Settings

# What each stance does, for the legend.
STANCE_MEANINGS: Mapping[Stance, str] = {
    Stance.ASSERTS: "argues it",
    Stance.ILLUSTRATES: "offers a story or figure as proof",
    Stance.CONCEDES: "grants it, partly",
    Stance.REPORTS: "states somebody else’s view",
    Stance.REJECTS: "denies it",
}
_PAST = {
    Stance.ASSERTS: "asserted",
    Stance.ILLUSTRATES: "illustrated",
    Stance.CONCEDES: "conceded",
    Stance.REPORTS: "reported",
    Stance.REJECTS: "rejected",
}
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")


def pages(index: Index, settings: Settings) -> dict[str, str]:
    """Every page and asset of the site: its path under the docs folder, and its text."""
    made = {
        "index.md": _render("home.md", index, settings=settings),
        "essays/index.md": _render("essays.md", index, up="../"),
        "claims/index.md": _render("claims.md", index, up="../"),
        "authors/index.md": _render("authors.md", index, up="../"),
        "assets/crossclaim.css": (files("crossclaim") / "assets" / "crossclaim.css").read_text(
            "utf-8"
        ),
    }
    essays = index.collection.essays
    for at, essay in enumerate(essays):
        before = essays[at - 1] if at else None
        after = essays[at + 1] if at + 1 < len(essays) else None
        made[f"essays/{essay.id}.md"] = _render(
            "essay.md", index, up="../", essay=essay, before=before, after=after
        )
    for claim in index.claims.values():
        made[f"claims/{claim.id}.md"] = _render("claim.md", index, up="../", claim=claim)
        for former in claim.was:
            made[f"claims/{former}.html"] = _render("moved.html", index, claim=claim)
    for author in index.authors.values():
        made[f"authors/{author.id}.md"] = _render("author.md", index, up="../", author=author)
    return made


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("crossclaim"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters["yaml"] = lambda text: Markup(json.dumps(text, ensure_ascii=False))
    environment.filters["quoted"] = quoted
    environment.tests["makes_alone"] = lambda author, index: bool(index.made_only_by(author))
    environment.tests["has_stance"] = lambda found, stance: stance in stances(found)
    environment.filters["past"] = _PAST.__getitem__
    environment.globals |= {"Stance": Stance, "meanings": STANCE_MEANINGS}
    environment.globals |= {"parts": _flat, "stances": stances}
    return environment


def _render(template: str, index: Index, up: str = "", **values: object) -> str:
    return _environment().get_template(f"{template}.jinja").render(index=index, up=up, **values)


def quoted(passage: Passage) -> Markup:
    """A passage's Markdown away from its essay, where its footnotes are not at hand."""
    return Markup(_FOOTNOTE.sub("", passage.text))


def _flat(parts: tuple[Part, ...]) -> Iterator[tuple[str, object]]:
    """An essay's parts as the template sets them: openings and closings of lists among them."""
    for part in parts:
        match part:
            case Passage():
                yield "passage", part
            case Verbatim():
                yield "verbatim", Markup(part.text)
            case Quotation():
                yield "open", "blockquote"
                yield from _flat(part.parts)
                yield "close", "blockquote"
            case Items():
                yield "open", "ol" if part.ordered else "ul"
                for item in part.items:
                    yield "open", "li"
                    yield from _flat(item)
                    yield "close", "li"
                yield "close", "ol" if part.ordered else "ul"
            case _:
                yield "heading", part
