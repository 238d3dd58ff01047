"""What pages list, and where a list ends."""

import re
from pathlib import Path

import pytest
from lxml import html

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.site import pages

AUTHORS = [f"Author {letter}x" for letter in "ABCDEFGHIJKLMN"]
CLAIMS = [f"c{number:02}" for number in range(15)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """Fourteen authors who all make c00; six of the fourteen claims beside it oppose it."""
    opposing = CLAIMS[1:7]
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/claims.yml"] = "".join(
        f"- {{id: {c}, claim: Claim {c}., theme: T, about: x"
        f"{', opposes: [c00]' if c in opposing else ''}}}\n"
        for c in CLAIMS
    )
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in AUTHORS)
    for name in AUTHORS:
        # The later an author, the more the first one shares with them.
        shared = " ".join(CLAIMS[: 1 + AUTHORS.index(name)]) if name != "Author Ax" else ""
        body = f'All.\n{{: #all asserts="{shared or " ".join(CLAIMS)}" }}\n'
        if name == "Author Bx":
            body += "".join(f'\nAgain.\n{{: #again-{n} asserts="c00" }}\n' for n in range(13))
        files[f"essays/{name[-2:].lower()}.md"] = essay(body, f"title: By {name}\nauthor: {name}")
    checked = pipeline.check(make(tmp_path_factory.mktemp("many"), files))
    assert checked.buildable, checked.findings
    texts = pages.render_pages(checked.index, checked.settings)
    return {path: html.fromstring(text) for path, text in texts.items() if path.endswith(".md")}


def test_a_claims_page_lists_five_neighbours_those_that_share_most(
    made: dict[str, html.HtmlElement],
) -> None:
    page = made["claims/c00.md"].text_content()
    near = page.partition("## In the same paragraphs")[2].partition("##")[0]
    assert re.findall(r"\[(.*?)\]", near) == [f"Claim {c}" for c in CLAIMS[1:6]]


def test_a_claims_page_tells_of_three_that_oppose_it(made: dict[str, html.HtmlElement]) -> None:
    def opposing(claim: str) -> int:
        return str(made[f"claims/{claim}.md"].text_content()).count("- Opposed by")

    assert [opposing(c) for c in ("c00", "c01", "c07")] == [3, 1, 0]
    assert "and three more" in made["claims/c00.md"].text_content()


def test_a_claims_page_has_twelve_passages_in_full_and_a_sentence_of_the_others(
    made: dict[str, html.HtmlElement],
) -> None:
    page = made["claims/c00.md"].text_content()
    assert len(re.findall(r"^> ", page, re.MULTILINE)) == 12
    assert len(re.findall(r"^- \[.*¶", page, re.MULTILINE)) == len(AUTHORS) + 13 - 12


def test_an_authors_page_compares_with_twelve_who_share_most(
    made: dict[str, html.HtmlElement],
) -> None:
    page = made["authors/author-ax.md"].text_content()
    beside = re.findall(r"\[(.*?)\]\(\.\./claims/index", page)
    assert beside == [f"Author {letter}x" for letter in "NMLKJIHGFEDC"]


def test_of_one_author_twelve_places_are_named(made: dict[str, html.HtmlElement]) -> None:
    page = made["authors/author-bx.md"].text_content()
    (line,) = re.findall(r"^- \[Claim c00\].*", page, re.MULTILINE)
    assert line.count("¶") == 12
    assert line.endswith("and 2 more")


@pytest.mark.parametrize(("count", "pairs"), [(2, 1), (6, 15), (7, 0)])
def test_among_few_authors_each_two_have_a_page(tmp_path: Path, count: int, pairs: int) -> None:
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in AUTHORS)
    for name in AUTHORS[:count]:
        body = "Tea.\n{: #tea asserts='tea-wakes tea-calms' }\n"
        files[f"essays/{name[-2:].lower()}.md"] = essay(body, f"title: T\nauthor: {name}")
    checked = pipeline.check(make(tmp_path, files))
    texts = pages.render_pages(checked.index, checked.settings)
    assert len([path for path in texts if path.startswith("compare/")]) == pairs
