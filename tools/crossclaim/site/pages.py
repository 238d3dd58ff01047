"""The index as pages: path to text, Markdown with HTML around it. Pure but for the templates.

Every link is relative and ends in `.html`, so that the pages work from a disk, a sub-path or a
server's root, whichever generator renders them.
"""

from functools import cache
from importlib.resources import files
from itertools import combinations

from crossclaim.content.markdown import addresses
from crossclaim.content.settings import Settings
from crossclaim.model import Author, Claim, Essay, Place
from crossclaim.site import argument_map
from crossclaim.site.citation import cite
from crossclaim.site.index import Index, Occurrence
from crossclaim.site.measures import (
    FEW_AUTHORS,
    Comparison,
    Disagreement,
    arguments,
    closest,
    compare,
    disagreements,
    facing,
    neighbours,
    plainest,
    sharpest_agreement,
    silences,
)
from crossclaim.site.templating import render

_NEAR, _FACING, _CLOSEST = 12, 4, 12  # neighbours, opponents and authors that a page lists


def paths(index: Index) -> frozenset[str]:
    """The paths of all pages and assets under the docs folder, without making them."""
    kinds = {"essays": [e.id for e in index.collection.essays], "claims": [*index.claims, "map"]}
    kinds |= {"authors": [*index.authors], "compare": [_pair(*two) for two in _compared(index)]}
    named = {f"{kind}/{name}.md" for kind, names in kinds.items() for name in names}
    named |= {f"{kind}/index.md" for kind in ("essays", "claims", "authors")}
    named |= {"index.md", "search.md"}
    named |= {f"claims/{former}.html" for c in index.claims.values() for former in c.was}
    return frozenset(named | _assets().keys())


def passages(index: Index) -> dict[str, dict[str, Place]]:
    """Where every passage is to be found on the site: page, id, and its place in the essay."""
    return {
        f"essays/{essay.id}.html": {p.id: p.place for p in essay.passages}
        for essay in index.collection.essays
    }


def _compared(index: Index) -> tuple[tuple[str, str], ...]:
    """The pairs of authors that have a page of their own."""
    return tuple(combinations(index.authors, 2)) if len(index.authors) <= FEW_AUTHORS else ()


def _pair(one: str, other: str) -> str:
    return f"{one}--{other}"


def pages(index: Index, settings: Settings) -> dict[str, str]:
    """Every page and asset of the site: its path under the docs folder, and its text."""
    compared = tuple(compare(index, *two) for two in _compared(index))
    points = disagreements(index)
    made = {
        "index.md": render(
            "home.md",
            index,
            settings=settings,
            agreement=sharpest_agreement(index),
            disagreement=points[0] if points else None,
        ),
        "essays/index.md": render("essays.md", index, up="../"),
        "claims/index.md": render("claims.md", index, up="../", pairs=compared),
        "claims/map.md": render("map.md", index, up="../", map=argument_map.draw(index)),
        "authors/index.md": render("authors.md", index, up="../"),
        "search.md": render("search.md", index),
    }
    made |= _assets()
    voices = {claim: plainest(index.occurrences(claim)) for claim in index.claims}
    essays = index.collection.essays
    for at, essay in enumerate(essays):
        before = essays[at - 1] if at else None
        after = essays[at + 1] if at + 1 < len(essays) else None
        made[f"essays/{essay.id}.md"] = _essay(index, essay, before, after, voices)
    for claim in index.claims.values():
        made[f"claims/{claim.id}.md"] = _claim(index, claim, points)
        for former in claim.was:
            made[f"claims/{former}.html"] = render("moved.html", index, claim=claim)
    for author in index.authors.values():
        made[f"authors/{author.id}.md"] = _author(index, author, compared)
    for pair in compared:
        made[f"compare/{_pair(pair.one, pair.other)}.md"] = render(
            "compare.md", index, up="../", pair=pair
        )
    return made


def _essay(
    index: Index,
    essay: Essay,
    before: Essay | None,
    after: Essay | None,
    voices: dict[str, tuple[Occurrence, ...]],
) -> str:
    citation = cite(essay, tuple(index.authors[author] for author in essay.authors))
    return render(
        "essay.md",
        index,
        up="../",
        essay=essay,
        before=before,
        after=after,
        voices=voices,
        arguments=arguments(index, essay),
        citation={"plain": citation.plain, "bibtex": citation.bibtex, "csl": citation.csl},
        links=[
            link
            for passage in essay.passages
            for link in addresses(passage.text, essay.definitions)
        ],
    )


def _claim(index: Index, claim: Claim, points: tuple[Disagreement, ...]) -> str:
    return render(
        "claim.md",
        index,
        up="../",
        claim=claim,
        facing=facing(points, claim)[:_FACING],
        silent=silences(index, claim),
        near=neighbours(index, claim)[:_NEAR],
    )


def _author(index: Index, author: Author, compared: tuple[Comparison, ...]) -> str:
    pairs = [pair for pair in compared if author.id in (pair.one, pair.other)]
    if not compared:
        pairs = [compare(index, author.id, other) for other in closest(index, author.id, _CLOSEST)]
    return render("author.md", index, up="../", author=author, compared=bool(compared), pairs=pairs)


@cache
def _assets() -> dict[str, str]:
    """The style sheet and the script, each of several parts, and the search's modules."""
    folder = files("crossclaim.site") / "assets"

    def texts(name: str) -> dict[str, str]:
        parts = sorted((folder / name).iterdir(), key=lambda part: part.name)
        return {part.name: part.read_text("utf-8") for part in parts}

    made = {f"assets/search/{name}": text for name, text in texts("search").items()}
    made["assets/crossclaim.css"] = "\n".join(texts("styles").values())
    made["assets/crossclaim.js"] = "\n".join(texts("scripts").values())
    return made
