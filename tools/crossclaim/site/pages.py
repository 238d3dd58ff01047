"""The pages of the site: path to text, Markdown with HTML around it. Pure but for the templates.

Every link is relative and ends in `.html`, so that the pages work from a disk, a sub-path or a
server's root, whichever generator renders them.
"""

from dataclasses import asdict
from functools import cache
from importlib.resources import files
from itertools import combinations

from crossclaim.content.markdown import addresses, shown_words
from crossclaim.content.registry import heirs_of
from crossclaim.content.settings import Settings
from crossclaim.model import Author, Claim, Essay
from crossclaim.site.argument_map import layout_map
from crossclaim.site.citation import cite
from crossclaim.site.debate import Debate, claims_of_author
from crossclaim.site.index import Index, Occurrence
from crossclaim.site.measures import (
    MAX_SIDE_BY_SIDE,
    AuthorComparison,
    claims_by_weight,
    closest_authors,
    compare_authors,
    disagreements,
    most_shared_claim,
    plainest_occurrences,
)
from crossclaim.site.renderer import Shown
from crossclaim.site.templating import render_template

# So many others an author’s page lists at most.
_MAX_CLOSEST_AUTHORS = 12


def page_paths(index: Index) -> frozenset[str]:
    """The paths of all pages and assets under the docs folder, without making them."""
    names = {"essays": [e.id for e in index.collection.essays], "claims": [*index.claims, "map"]}
    names |= {"authors": [*index.authors], "compare": [_pair(*two) for two in _compared(index)]}
    paths = {f"{kind}/{name}.md" for kind, of_kind in names.items() for name in of_kind}
    paths |= {f"{kind}/index.md" for kind in ("essays", "claims", "authors")}
    paths |= {"index.md", "search.md"}
    paths |= {f"claims/{former}.html" for c in index.claims.values() for former in c.was}
    return frozenset(paths | _assets().keys())


def shown_passages(index: Index) -> dict[str, list[Shown]]:
    """What must be on the essays' pages, by page."""
    return {
        f"essays/{essay.id}.html": [
            Shown(passage.id, shown_words(passage.text, essay.definitions), passage.place)
            for passage in essay.passages
        ]
        for essay in index.collection.essays
    }


def _compared(index: Index) -> tuple[tuple[str, str], ...]:
    """The pairs of authors that have a page of their own."""
    return tuple(combinations(index.authors, 2)) if len(index.authors) <= MAX_SIDE_BY_SIDE else ()


def _pair(one: str, other: str) -> str:
    return f"{one}--{other}"


def render_pages(index: Index, settings: Settings) -> dict[str, str]:
    """Every page and asset of the site: its path under the docs folder, and its text."""
    compared = tuple(compare_authors(index, *two) for two in _compared(index))
    ranked = disagreements(index)
    pages = {
        "index.md": render_template(
            "home.md",
            index,
            settings=settings,
            shared=most_shared_claim(index),
            disagreement=ranked[0] if ranked else None,
        ),
        "essays/index.md": render_template("essays.md", index, up="../"),
        "claims/index.md": render_template("claims.md", index, up="../", pairs=compared),
        "claims/map.md": render_template("map.md", index, up="../", map=layout_map(index)),
        "authors/index.md": render_template("authors.md", index, up="../"),
        "search.md": render_template("search.md", index),
    }
    pages |= _assets()
    plainest = {claim: plainest_occurrences(index.occurrences(claim)) for claim in index.claims}
    essays = index.collection.essays
    for before, essay, after in zip((None, *essays), essays, (*essays[1:], None), strict=False):
        pages[f"essays/{essay.id}.md"] = _essay(index, essay, before, after, plainest)
    for claim in index.claims.values():
        pages[f"claims/{claim.id}.md"] = _claim(index, claim)
    for former, heirs in heirs_of(index.claims.values()).items():
        claims = [index.claims[heir] for heir in heirs]
        pages[f"claims/{former}.html"] = render_template("moved.html", index, claims=claims)
    for author in index.authors.values():
        pages[f"authors/{author.id}.md"] = _author(index, author, compared)
    for pair in compared:
        pages[f"compare/{_pair(pair.one, pair.other)}.md"] = render_template(
            "compare.md", index, up="../", pair=pair
        )
    return pages


def _essay(
    index: Index,
    essay: Essay,
    before: Essay | None,
    after: Essay | None,
    plainest: dict[str, tuple[Occurrence, ...]],
) -> str:
    return render_template(
        "essay.md",
        index,
        up="../",
        essay=essay,
        before=before,
        after=after,
        plainest=plainest,
        claims=claims_by_weight(index, essay),
        citation=asdict(cite(essay, tuple(index.authors[author] for author in essay.authors))),
        links=[
            link
            for passage in essay.passages
            for link in addresses(passage.text, essay.definitions)
        ],
    )


def _claim(index: Index, claim: Claim) -> str:
    return render_template("claim.md", index, up="../", claim=claim, debate=Debate(index, claim))


def _author(index: Index, author: Author, compared: tuple[AuthorComparison, ...]) -> str:
    # The others, with how many claims they share and dispute, and where the two stand together.
    beside = [
        (
            other,
            len(pair.shared),
            len(pair.disputed),
            f"../compare/{_pair(pair.one, pair.other)}.html",
        )
        for pair in compared
        if author.id in (pair.one, pair.other)
        for other in ({pair.one, pair.other} - {author.id})
    ]
    if not compared:
        beside = [
            (other, count, 0, f"../claims/index.html?authors={author.id},{other}")
            for other, count in closest_authors(index, author.id, _MAX_CLOSEST_AUTHORS)
        ]
    lists = claims_of_author(index, author.id)
    return render_template("author.md", index, up="../", author=author, beside=beside, lists=lists)


@cache
def _assets() -> dict[str, str]:
    """The style sheet and the script, each of several parts, and the search's modules."""
    folder = files("crossclaim.site") / "assets"

    def texts(name: str) -> dict[str, str]:
        parts = sorted((folder / name).iterdir(), key=lambda part: part.name)
        return {part.name: part.read_text("utf-8") for part in parts}

    assets = {f"assets/search/{name}": text for name, text in texts("search").items()}
    assets["assets/crossclaim.css"] = "\n".join(texts("styles").values())
    assets["assets/crossclaim.js"] = "\n".join(texts("scripts").values())
    return assets
