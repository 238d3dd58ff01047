"""The pages of the site: path to text, Markdown and fragments of HTML. Pure but for the templates.

Every link is relative, to a page's `.md` in Markdown and to its `.html` in a fragment, so that the
pages work from a disk, a sub-path or a server's root, whichever generator renders them.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import combinations, product

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
    EssayClaim,
    claims_by_weight,
    closest_authors,
    compare_authors,
    disagreements,
)
from crossclaim.site.page_keys import PageKeys
from crossclaim.site.render_keys import Shown
from crossclaim.site.score import render_score
from crossclaim.site.search.examples import example_queries
from crossclaim.site.templating import render_fragment, render_template

_FRAGMENTS = ".theme/fragments"
_FROM_ROOT = re.compile('"§([^"§]*)§"')  # an address that only the frame can make relative
WIDEST_CELL = 60  # the widest of the classes w1, w2 … of a bar's cells
# A face whose file is one of ours.
_FACE = re.compile(r'@font-face \{[^}]*url\("(?P<path>[^"]+)"\)[^}]*\}\n')
# So many a page lists at most.
_MAX_ESSAYS_LISTED, _MAX_ROWS_AT_HOME, _MAX_VOICES, _MAX_CLOSEST_AUTHORS = 6, 40, 12, 12


@dataclass(frozen=True, slots=True)
class Page:
    """A page yet to be made: its files under the docs folder, what it is made from, and how.

    The first path is the page, the others are fragments and data that belong to it. While `key`
    gives the same digest, `make` gives the same texts.
    """

    paths: tuple[str, ...]
    key: Callable[[PageKeys], str]
    make: Callable[[], Mapping[str, str]]


def page_paths(index: Index) -> frozenset[str]:
    """The paths of all pages and assets under the docs folder, without making them."""
    pages = (path for page in all_pages(index, Settings()) for path in page.paths)
    return frozenset((*pages, *assets()))


def make_essay_page(index: Index, path: str) -> Mapping[str, str] | None:
    """The files of an essay's page, given its path under the docs folder; None if it is none."""
    essays = index.collection.essays
    for before, essay, after in zip((None, *essays), essays, (*essays[1:], None), strict=False):
        if path == f"essays/{essay.id}.md":
            return _essay(index, before, essay, after)
    return None


def page_fragments(index: Index) -> dict[str, tuple[str, ...]]:
    """What the frame includes on a page beside its Markdown, by the page's path."""
    return {page.paths[0]: page.paths[1:] for page in all_pages(index, Settings())}


def shown_passages(index: Index, page: str) -> list[Shown]:
    """What must be on a page of the site, given its path; nothing where it is no essay's."""
    essay = index.essays.get(page.removeprefix("essays/").removesuffix(".html"))
    if essay is None or page != f"essays/{essay.id}.html":
        return []
    return [
        Shown(passage.id, shown_words(passage.text, essay.definitions), passage.place)
        for passage in essay.passages
    ]


def _compared(index: Index) -> tuple[tuple[str, str], ...]:
    """The pairs of authors that have a page of their own."""
    return tuple(combinations(index.authors, 2)) if len(index.authors) <= MAX_SIDE_BY_SIDE else ()


def _pair(one: str, other: str) -> str:
    return f"{one}--{other}"


def render_pages(index: Index, settings: Settings) -> dict[str, str]:
    """Every page of the site: its path under the docs folder, and its text."""
    made: dict[str, str] = {}
    for page in all_pages(index, settings):
        made |= page.make()
    return made


def all_pages(index: Index, settings: Settings) -> Iterator[Page]:
    """Every page of the site, none of them made."""
    yield from _pages_about_all(index, settings)
    essays = index.collection.essays
    for before, essay, after in zip((None, *essays), essays, (*essays[1:], None), strict=False):
        yield Page(
            (f"essays/{essay.id}.md", f"{_FRAGMENTS}/essays/{essay.id}.html"),
            partial(PageKeys.essay, before=before, essay=essay, after=after),
            partial(_essay, index, before, essay, after),
        )
    for claim in index.claims.values():
        yield Page(
            (f"claims/{claim.id}.md", f"assets/claims/{claim.id}.json"),
            partial(PageKeys.claim, claim=claim),
            partial(_claim, index, claim),
        )
    for author in index.authors.values():
        path = f"authors/{author.id}.md"
        make = partial(_author, index, author)
        yield Page((path,), partial(PageKeys.author, author=author), make)
    for one, other in _compared(index):
        path = f"compare/{_pair(one, other)}.md"
        yield Page((path,), _everything, partial(_comparison, index, path, one, other))


def _overview(keys: PageKeys) -> str:
    return keys.overview


def _everything(keys: PageKeys) -> str:
    return keys.everything


def _pages_about_all(index: Index, settings: Settings) -> Iterator[Page]:
    """The pages that are about the whole collection, and what every page is given."""

    def page(path: str, make: Callable[[], str], **fragments: Callable[[], str]) -> Page:
        parts = {path: make}
        parts |= {f"{_FRAGMENTS}/{_hyphens(name)}.html": made for name, made in fragments.items()}
        return Page(tuple(parts), _overview, lambda: {p: made() for p, made in parts.items()})

    def template(name: str, up: str = "../", **values: object) -> Callable[[], str]:
        return partial(render_template, f"{name}.md", index, up, **values)

    yield page(
        "index.md",
        template("home", "", settings=settings, max_essays=_MAX_ESSAYS_LISTED),
        score_home=partial(render_score, index, "", _MAX_ROWS_AT_HOME),
    )
    yield page("essays/index.md", template("essays"))
    score = partial(render_score, index, "../")
    yield page("claims/index.md", partial(_claims, index), score_claims=score)
    yield page("claims/map.md", template("map"), map=partial(map_fragment, index))
    yield page("authors/index.md", template("authors"))

    def search() -> str:
        return render_fragment("search.html", index, examples=example_queries(index))

    yield page("search.md", template("search", ""), search=search)
    yield page(f"{_FRAGMENTS}/edition.html", partial(_edition, settings))
    yield page(f"{_FRAGMENTS}/404.html", partial(_missing, index))
    for path, kind, targets in _moved(index):
        yield page(path, partial(render_template, "moved.html", index, kind=kind, targets=targets))


def _moved(index: Index) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """The former addresses: the path, what was there, the pages it leads to with their names.

    Several pages, where a claim was split.
    """
    for former, heirs in heirs_of(index.claims.values()).items():
        claims = [index.claims[heir] for heir in heirs]
        yield f"claims/{former}.html", "claim", [(f"{c.id}.html", c.sentence) for c in claims]
    for essay in index.essays.values():
        for former in essay.was:
            yield f"essays/{former}.html", "essay", [(f"{essay.id}.html", essay.title)]
    for author in index.authors.values():
        for former in author.was:
            yield f"authors/{former}.html", "author", [(f"{author.id}.html", author.name)]
    yield from _moved_comparisons(index)


def _moved_comparisons(index: Index) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    for one, other in _compared(index):
        names = [(name, *index.authors[name].was) for name in (one, other)]
        target = f"{_pair(one, other)}.html"
        label = " and ".join(index.authors[name].name for name in (one, other))
        for two in product(*names):
            if two != (one, other):  # one may have been merged with an author before or behind
                for former in (_pair(*two), _pair(*reversed(two))):
                    yield f"compare/{former}.html", "comparison", [(target, label)]


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


def _claims(index: Index) -> str:
    pairs = [compare_authors(index, *two) for two in _compared(index)]
    clashes = disagreements(index)
    return render_template("claims.md", index, up="../", pairs=pairs, disagreements=clashes)


def _missing(index: Index) -> str:
    missing = render_fragment("404.html", index, max_essays=_MAX_ESSAYS_LISTED)
    return _FROM_ROOT.sub(r'"{{ "\1" | url }}"', missing)


def _edition(settings: Settings) -> str:
    notice = foot_notice(settings.edition)
    return f'<p class="edition">{notice}</p>\n' if notice else ""


def _comparison(index: Index, path: str, one: str, other: str) -> dict[str, str]:
    pair = compare_authors(index, one, other)
    return {path: render_template("compare.md", index, up="../", pair=pair)}


def _essay(index: Index, before: Essay | None, essay: Essay, after: Essay | None) -> dict[str, str]:
    """An essay's page, and the file of its two fragments."""
    claims = claims_by_weight(index, essay)
    page = render_template(
        "essay.md",
        index,
        up="../",
        essay=essay,
        summary=summary(index, essay, claims),
        body=essay_body(index, essay),
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
    # As strings: text between tags is read sign by sign when a template is compiled.
    fragments = f"{{% set bar = {_string(bar)} %}}{{% set foot = {_string(foot)} %}}"
    return {f"essays/{essay.id}.md": page, f"{_FRAGMENTS}/essays/{essay.id}.html": fragments}


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


def _claim(index: Index, claim: Claim) -> dict[str, str]:
    """A claim's page, and what its previews ask for."""
    debate = Debate(index, claim)
    page = render_template("claim.md", index, up="../", claim=claim, debate=debate)
    return {f"claims/{claim.id}.md": page, f"assets/claims/{claim.id}.json": _voices(index, claim)}


def _voices(index: Index, claim: Claim) -> str:
    """What a preview asks for: the sentence; who does what with it, where, and in which words."""
    voices: list[object] = [claim.sentence]
    voices += [
        [
            " and ".join(index.names(o.essay.writers)),
            o.tag.stance,
            f"essays/{o.essay.id}.html#{o.passage.id}",
            " … ".join(o.tag.words) or excerpt(o.passage.words),
        ]
        for o in list(index.plainest_by_writers(claim.id).values())[:_MAX_VOICES]
    ]
    return json.dumps(voices, ensure_ascii=False, separators=(",", ":"))


def _author(index: Index, author: Author) -> dict[str, str]:
    # The others, with how many claims they share and dispute, and where the two stand together.
    compared = [
        (compare_authors(index, *two), other)
        for two in _compared(index)
        if author.id in two
        for other in {*two} - {author.id}
    ]
    beside = [
        (
            other,
            len(pair.shared),
            len(pair.disputed),
            f"../compare/{_pair(pair.one, pair.other)}.md",
        )
        for pair, other in compared
    ]
    if not compared:
        beside = [
            (other, count, 0, f"../claims/index.md?authors={author.id},{other}")
            for other, count in closest_authors(index, author.id, _MAX_CLOSEST_AUTHORS)
        ]
    lists = claims_of_author(index, author.id)
    page = render_template("author.md", index, up="../", author=author, beside=beside, lists=lists)
    return {f"authors/{author.id}.md": page}


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
    for name in ("icon.svg", "moved.js"):
        assets[f"assets/{name}"] = (folder / name).read_text("utf-8")
    widths = "".join(f".w{n}{{flex-grow:{n}}}" for n in range(1, WIDEST_CELL + 1))
    style = "\n".join([*texts("styles").values(), widths, ""])
    assets["assets/crossclaim.css"] = _FACE.sub(
        lambda face: face[0] if face["path"] in fonts else "", style
    )
    script = "\n".join(texts("scripts").values())
    assets["assets/crossclaim.js"] = f'(() => {{\n"use strict";\n{script}}})();\n'
    return assets
