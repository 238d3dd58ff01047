"""What pages list, and where a list ends."""

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


def test_a_claims_page_lists_twelve_neighbours_those_that_share_most(
    made: dict[str, html.HtmlElement],
) -> None:
    page = made["claims/c00.md"]
    near = page.xpath("//*[@id='cc-near']/following-sibling::ul[1]/li/a/text()")
    assert near == [f"Claim {c}" for c in CLAIMS[1:13]]


def test_a_claims_page_shows_four_that_face_it(made: dict[str, html.HtmlElement]) -> None:
    assert len(made["claims/c00.md"].cssselect(".cc-face")) == 4
    assert len(made["claims/c01.md"].cssselect(".cc-face")) == 1
    assert not made["claims/c07.md"].cssselect(".cc-face")


def test_an_authors_page_compares_with_twelve_who_share_most(
    made: dict[str, html.HtmlElement],
) -> None:
    page = made["authors/author-ax.md"]
    heads = page.xpath("//h2[starts-with(@id, 'cc-with-')]/@id")
    assert heads == [f"cc-with-author-{letter}x" for letter in "nmlkjihgfedc"]
    assert "Only the 12 authors who share most are listed" in page.text_content()


def test_of_one_author_twelve_places_are_named(made: dict[str, html.HtmlElement]) -> None:
    (position,) = made["authors/author-bx.md"].xpath(
        "//li[contains(., 'Claim c00')]//span[@class='cc-position']"
    )[:1]
    assert len(position.xpath("a")) == 12
    assert "and 2 more" in position.text_content()


@pytest.mark.parametrize(("count", "pairs"), [(2, 1), (10, 45), (11, 0)])
def test_among_few_authors_each_two_have_a_page(tmp_path: Path, count: int, pairs: int) -> None:
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in AUTHORS)
    for name in AUTHORS[:count]:
        body = "Tea.\n{: #tea asserts='tea-wakes tea-calms' }\n"
        files[f"essays/{name[-2:].lower()}.md"] = essay(body, f"title: T\nauthor: {name}")
    checked = pipeline.check(make(tmp_path, files))
    texts = pages.render_pages(checked.index, checked.settings)
    assert len([path for path in texts if path.startswith("compare/")]) == pairs
