"""An essay that names no author, in a browser: what search, its view by author and the foot say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser_watch import violations
from collections_made import ADA, make
from crossclaim import pipeline

LETTER = ADA.replace("author: Ada Byron\n", "").replace("On tea", "A “letter”")
ANSWER = ADA.replace("author: Ada Byron\n", "").replace("On tea", "An answer")
FILES = {"essays/letter.md": LETTER, "essays/answer.md": ANSWER}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    root = make(tmp_path_factory.mktemp("no-author"), FILES)
    _, failed = pipeline.build(root)
    assert not failed, failed
    return serve(root / "site")


def test_it_is_found_by_its_title_and_counted_as_no_author(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=everybody")
    expect(page.locator(".cc-search-said")).to_have_text(
        "4 paragraphs by 2 authors and in 2 essays without an author."
    )
    places = page.locator(".cc-found-passages .cc-hit-place a").all_text_contents()
    assert {"Ada Byron · On tea ¶ 1", "“A ‘letter’” ¶ 1", "“An answer” ¶ 1"} <= set(places)
    assert violations(page) == ""


def test_by_author_it_stands_after_the_authors_and_is_never_missing(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/search.html?q=everybody&view=authors")
    rows = page.locator(".cc-by-claim")
    expect(rows).to_have_count(2)
    heads = [row.locator("h4").all_text_contents() for row in rows.all()]
    assert [sorted(of) for of in heads] == [
        ["Ada Byron", "Ben Jonson", "“A ‘letter’”", "“An answer”"],
        ["Ben Jonson"],
    ]
    assert {*heads[0][:2]} == {"Ada Byron", "Ben Jonson"}
    assert page.locator(".cc-hit-none").all_text_contents() == ["Nothing here: Ada Byron"]


def test_what_comes_next_is_called_by_its_title(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/answer.html?claim=tea-wakes")
    foot = page.get_by_role("region", name="Followed claim")
    expect(foot.get_by_role("link", name="Next: “A ‘letter’”", exact=True)).to_be_visible()
    page.goto(f"{address}/essays/ada.html?claim=tea-wakes")
    expect(foot.get_by_role("link", name="Next: Jonson", exact=True)).to_be_visible()
