"""The site on paper, as the browser prints it."""

import io
from unicodedata import normalize

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer, LTTextLine
from playwright.sync_api import Browser, Page

from browser_watch import PAGES, Watch, open_page

PRINTED = ("essay", "essay-with-headings", "essay-with-notice", "claim", "claims", "home", "map")
POINTS_A_MM = 72 / 25.4


def printed(page: Page, paper: str) -> list[tuple[float, float, list[tuple[float, float, str]]]]:
    """Each sheet's width and height in points, and its lines: bottom, right end, text."""
    return [
        (
            sheet.width,
            sheet.height,
            sorted(
                (round(sheet.height - line.y0), line.x1, normalize("NFKC", line.get_text()).strip())
                for box in sheet if isinstance(box, LTTextContainer)
                for line in box if isinstance(line, LTTextLine)
            ),
        )
        for sheet in extract_pages(io.BytesIO(page.pdf(format=paper)))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "paper"), [*((name, "A4") for name in PRINTED), (PRINTED[0], "Letter")]
)
def test_sheets_are_full_and_nothing_runs_off_them(
    browser: Browser, served: str, watch: Watch, name: str, paper: str
) -> None:
    page = open_page(browser, watch, color_scheme="dark")
    page.goto(f"{served}/{PAGES[name]}")
    headings = set(page.locator("main :is(h2, h3)").all_inner_texts())
    sheets = printed(page, paper)
    for width, height, lines in sheets:
        assert max(right for _, right, _ in lines) < width - 10 * POINTS_A_MM
        if lines is not sheets[-1][2]:
            assert lines[-1][0] > 0.75 * height
            assert lines[-1][2] not in headings
    page.context.close()


def test_an_essay_has_a_line_of_claims_under_its_paragraphs(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{PAGES['essay']}")
    labels = page.locator(".notes a[class]").all_text_contents()
    text = " ".join(line for _, _, lines in printed(page, "A4") for *_, line in lines)
    assert [label for label in labels if label not in text] == []
    assert "¶14" in text
    assert "What this essay argues" in text
    for gone in ("Skip to content", "Search", "Cite"):
        assert gone not in text
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_ink_is_dark(
    browser: Browser, served: str, watch: Watch, scheme: str
) -> None:
    page = open_page(browser, watch, color_scheme="dark")
    page.goto(f"{served}/{PAGES['essay']}")
    page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", scheme)
    page.emulate_media(media="print", color_scheme="dark")
    behind, ink = page.locator("body").evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    )
    assert behind in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert ink == "rgb(0, 0, 0)"
    page.context.close()
