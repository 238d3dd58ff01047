"""The pages of the site: path to text, Markdown and fragments of HTML. Pure but for the templates.

Every link is relative, to a page's `.md` in Markdown and to its `.html` in a fragment, so that the
pages work from a disk, a sub-path or a server's root, whichever generator renders them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from itertools import combinations

from crossclaim.content.edition import foot_notice
from crossclaim.content.markdown import addresses, excerpt, shown_words
from crossclaim.content.registry import heirs_of
from crossclaim.content.settings import Settings
from crossclaim.model import Author, Claim, Essay
from crossclaim.site.argument_map import map_fragment
from crossclaim.site.citation import cite
from crossclaim.site.debate import Debate, claims_of_author
from crossclaim.site.essay_page import essay_body, summary
from crossclaim.site.index import Index
from crossclaim.site.measures import (
    MAX_SIDE_BY_SIDE,
    AuthorComparison,
    EssayClaim,
    claims_by_weight,
    closest_authors,
    compare_authors,
    disagreements,
)
from crossclaim.site.renderer import Shown
from crossclaim.site.score import render_score
from crossclaim.site.templating import render_fragment, render_template

_FRAGMENTS = ".theme/fragments"
_SITE_FRAGMENTS = ("404", "edition", "map", "score-claims", "score-home", "search")
_FROM_ROOT = re.compile('"§([^"§]*)§"')  # an address that only the frame can make relative
WIDEST_CELL = 60  # the widest of the classes w1, w2 … of a bar's cells
# A face whose file is one of ours.
_FACE = re.compile(r'@font-face \{[^}]*url\("(?P<path>[^"]+)"\)[^}]*\}\n')
# So many a page lists at most.
_MAX_ESSAYS_LISTED, _MAX_ROWS_AT_HOME, _MAX_VOICES, _MAX_CLOSEST_AUTHORS = 6, 40, 12, 12


def page_paths(index: Index) -> frozenset[str]:
    """The paths of all pages and assets under the docs folder, without making them."""
    names = {"essays": [e.id for e in index.collection.essays], "claims": [*index.claims, "map"]}
    names |= {"authors": [*index.authors], "compare": [_pair(*two) for two in _compared(index)]}
    paths = {f"{kind}/{name}.md" for kind, of_kind in names.items() for name in of_kind}
    paths |= {f"{kind}/index.md" for kind in ("essays", "claims", "authors")}
    paths |= {"index.md", "search.md"}
    paths |= {f"{_FRAGMENTS}/{name}.html" for name in _SITE_FRAGMENTS}
    paths |= {f"{_FRAGMENTS}/essays/{e.id}.html" for e in index.collection.essays}
    paths |= {f"assets/claims/{claim}.json" for claim in index.claims}
    paths |= {f"claims/{former}.html" for c in index.claims.values() for former in c.was}
    return frozenset(paths | assets().keys())


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
    """Every page of the site: its path under the docs folder, and its text."""
    compared = tuple(compare_authors(index, *two) for two in _compared(index))
    pages = {
        "index.md": render_template(
            "home.md",
            index,
            settings=settings,
            max_essays=_MAX_ESSAYS_LISTED,
        ),
        "essays/index.md": render_template("essays.md", index, up="../"),
        "claims/index.md": render_template(
            "claims.md", index, up="../", pairs=compared, disagreements=disagreements(index)
        ),
        "claims/map.md": render_template("map.md", index, up="../"),
        "authors/index.md": render_template("authors.md", index, up="../"),
        "search.md": render_template("search.md", index),
        f"{_FRAGMENTS}/edition.html": _edition(settings),
    }
    missing = render_fragment("404.html", index, max_essays=_MAX_ESSAYS_LISTED)
    pages[f"{_FRAGMENTS}/404.html"] = _FROM_ROOT.sub(r'"{{ "\1" | url }}"', missing)
    pages[f"{_FRAGMENTS}/search.html"] = render_fragment("search.html", index)
    pages[f"{_FRAGMENTS}/map.html"] = map_fragment(index)
    pages[f"{_FRAGMENTS}/score-home.html"] = render_score(index, "", _MAX_ROWS_AT_HOME)
    pages[f"{_FRAGMENTS}/score-claims.html"] = render_score(index, "../")
    essays = index.collection.essays
    for before, essay, after in zip((None, *essays), essays, (*essays[1:], None), strict=False):
        pages |= _essay(index, before, essay, after)
    for claim in index.claims.values():
        pages[f"claims/{claim.id}.md"] = _claim(index, claim)
        pages[f"assets/claims/{claim.id}.json"] = _voices(index, claim)
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


def _edition(settings: Settings) -> str:
    notice = foot_notice(settings.edition)
    return f'<p class="edition">{notice}</p>\n' if notice else ""


def _essay(
    index: Index, before: Essay | None, essay: Essay, after: Essay | None
) -> Iterator[tuple[str, str]]:
    """An essay's page, and the file of its two fragments."""
    claims = claims_by_weight(index, essay)
    yield (
        f"essays/{essay.id}.md",
        render_template(
            "essay.md",
            index,
            up="../",
            essay=essay,
            summary=summary(index, essay, claims),
            body=essay_body(index, essay),
        ),
    )
    words = [len(passage.words.split()) for passage in essay.passages]
    scale = max(1.0, max(words, default=1) / WIDEST_CELL)
    cells = [
        (
            p,
            " ".join(
                [f"w{max(1, round(n / scale))}", *dict.fromkeys(t.stance for t in p.reviewed)]
            ),
        )
        for p, n in zip(essay.passages, words, strict=True)
    ]
    authors = tuple(index.authors[author] for author in essay.authors)
    bar = render_fragment("bar.html", index, cells=cells)
    foot = render_fragment(
        "essay_foot.html",
        index,
        essay=essay,
        claims=claims,
        groups=_groups(claims),
        before=before,
        after=after,
        links=[
            link
            for passage in essay.passages
            for link in addresses(passage.text, essay.definitions)
        ],
        page=json.dumps({"essay": essay.id, "citation": asdict(cite(essay, authors))}),
    )
    yield (
        f"{_FRAGMENTS}/essays/{essay.id}.html",
        # As strings: text between tags is read sign by sign when a template is compiled.
        f"{{% set bar = {_string(bar)} %}}{{% set foot = {_string(foot)} %}}",
    )


def _string(text: str) -> str:
    """A text as a template's language writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _groups(claims: tuple[EssayClaim, ...]) -> tuple[tuple[str, list[EssayClaim]], ...]:
    """An essay's claims under their headings."""
    return (
        ("Main points", [c for c in claims if c.main]),
        ("In passing", [c for c in claims if c.weight and not c.main]),
        ("Taken up, not claimed", [c for c in claims if not c.weight and not c.main]),
    )


def _claim(index: Index, claim: Claim) -> str:
    return render_template("claim.md", index, up="../", claim=claim, debate=Debate(index, claim))


def _voices(index: Index, claim: Claim) -> str:
    """What a preview asks for: the sentence; who does what with it, where, and in which words."""
    voices: list[object] = [claim.sentence]
    voices += [
        [
            " and ".join(index.short_names[author] for author in o.essay.authors),
            o.tag.stance,
            f"essays/{o.essay.id}.html#{o.passage.id}",
            " … ".join(o.tag.words) or excerpt(o.passage.words),
        ]
        for o in list(index.plainest_by_writers(claim.id).values())[:_MAX_VOICES]
    ]
    return json.dumps(voices, ensure_ascii=False, separators=(",", ":"))


def _author(index: Index, author: Author, compared: tuple[AuthorComparison, ...]) -> str:
    # The others, with how many claims they share and dispute, and where the two stand together.
    beside = [
        (
            other,
            len(pair.shared),
            len(pair.disputed),
            f"../compare/{_pair(pair.one, pair.other)}.md",
        )
        for pair in compared
        if author.id in (pair.one, pair.other)
        for other in ({pair.one, pair.other} - {author.id})
    ]
    if not compared:
        beside = [
            (other, count, 0, f"../claims/index.md?authors={author.id},{other}")
            for other, count in closest_authors(index, author.id, _MAX_CLOSEST_AUTHORS)
        ]
    lists = claims_of_author(index, author.id)
    return render_template("author.md", index, up="../", author=author, beside=beside, lists=lists)


@cache
def assets() -> dict[str, str | bytes]:
    """What is the same on every site, by path: style sheet, script, search’s modules, fonts."""
    folder = files("crossclaim.site") / "assets"

    def texts(name: str) -> dict[str, str]:
        parts = sorted((folder / name).iterdir(), key=lambda part: part.name)
        return {part.name: part.read_text("utf-8") for part in parts}

    # They are not in a checkout, but cut when the package is installed.
    cut = (folder / "fonts").iterdir() if (folder / "fonts").is_dir() else ()
    fonts = {f"fonts/{font.name}": font.read_bytes() for font in cut}
    assets: dict[str, str | bytes] = {f"assets/{path}": fonts[path] for path in sorted(fonts)}
    assets |= {f"assets/search/{name}": text for name, text in texts("search").items()}
    assets |= {f".theme/{name}": text for name, text in texts("../theme").items()}
    assets["assets/icon.svg"] = (folder / "icon.svg").read_text("utf-8")
    widths = "".join(f".w{n}{{flex-grow:{n}}}" for n in range(1, WIDEST_CELL + 1))
    style = "\n".join([*texts("styles").values(), widths, ""])
    assets["assets/crossclaim.css"] = _FACE.sub(
        lambda face: face[0] if face["path"] in fonts else "", style
    )
    script = "\n".join(texts("scripts").values())
    assets["assets/crossclaim.js"] = f'(() => {{\n"use strict";\n{script}}})();\n'
    return assets
