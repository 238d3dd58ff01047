"""An essay's page as it is read: text first, a quiet margin, nothing in the way of either."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from browser_watch import ESSAYS, PAGES, Watch, open_page


@pytest.fixture(params=ESSAYS)
def essay(request: pytest.FixtureRequest) -> str:
    return PAGES[str(request.param)]


@pytest.mark.parametrize(("width", "by"), [(390, 500), (1440, 420)])
def test_text_begins_high_on_the_first_screen(
    browser: Browser, served: str, watch: Watch, essay: str, width: int, by: int
) -> None:
    page = open_page(browser, watch, width)
    page.goto(f"{served}/{essay}")
    top = page.evaluate("document.querySelector('article p[id]').getBoundingClientRect().top")
    assert top <= by
    page.context.close()


def heights(page: Page) -> float:
    """From the first paragraph's top to the last one's foot."""
    return float(
        page.evaluate(
            """() => {
                const ps = [...document.querySelectorAll("article p[id]")];
                return ps.at(-1).getBoundingClientRect().bottom - ps[0].getBoundingClientRect().top;
            }"""
        )
    )


@pytest.mark.parametrize("width", [1100, 1440, 1920])
def test_notes_in_the_margin_push_paragraphs_apart_by_80_px_at_most(
    browser: Browser, served: str, watch: Watch, essay: str, width: int
) -> None:
    page = open_page(browser, watch, width)
    page.goto(f"{served}/{essay}")
    lefts = page.evaluate(
        "[...document.querySelectorAll('.notes')].map(n => n.getBoundingClientRect().left)"
    )
    right = page.evaluate("document.querySelector('article p[id]').getBoundingClientRect().right")
    assert all(left > right for left in lefts)
    withs = heights(page)
    page.evaluate("document.querySelectorAll('.notes').forEach(n => { n.hidden = true })")
    assert withs - heights(page) <= 80
    page.context.close()


def test_notes_stand_level_with_their_paragraph_and_never_overlap(
    browser: Browser, served: str, watch: Watch, essay: str
) -> None:
    page = open_page(browser, watch, 1440)
    page.goto(f"{served}/{essay}")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".notes")].map(n => {
            const box = n.getBoundingClientRect();
            return [n.previousElementSibling.getBoundingClientRect().top, box.top, box.bottom];
        })"""
    )
    assert boxes
    for paragraph, top, _ in boxes:
        assert abs(top - paragraph) < 12
    for (_, _, bottom), (_, top, _) in pairwise(boxes):
        assert bottom <= top
    page.context.close()


def test_labels_in_the_margin_are_a_quarter_of_the_text_at_most(
    browser: Browser, served: str, watch: Watch, essay: str
) -> None:
    page = open_page(browser, watch, 1440)
    page.goto(f"{served}/{essay}")
    labels, text = page.evaluate(
        """() => ["article .notes > a[class]", "article p[id]"].map(selector =>
            [...document.querySelectorAll(selector)].filter(e => e.checkVisibility())
                .map(e => e.textContent.split(/\\s+/).filter(Boolean).length)
                .reduce((a, b) => a + b, 0))"""
    )
    assert labels <= 0.25 * text
    page.context.close()


def test_what_is_copied_is_the_text_alone(
    browser: Browser, served: str, watch: Watch, essay: str
) -> None:
    page = open_page(browser, watch, 1440)
    page.goto(f"{served}/{essay}")
    copied, words = page.evaluate(
        """() => {
            const ps = [...document.querySelectorAll("article p[id]")];
            document.getSelection().setBaseAndExtent(ps[0], 0, ps.at(-1), ps.at(-1).childNodes.length);
            return [document.getSelection().toString(), ps.map(p => p.textContent).join(" ")];
        }"""
    )
    headings = page.locator("article > :is(h2, h3)").all_inner_texts()
    for heading in headings:
        copied = copied.replace(heading, "", 1)
    assert copied.split() == words.split()
    page.context.close()


def test_on_a_phone_a_note_is_one_closed_line_that_opens(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, 390, has_touch=True)
    page.goto(f"{served}/{PAGES['essay']}")
    notes = page.locator(".notes[data-more]").first
    closed = notes.bounding_box()
    assert closed and closed["height"] < 30
    assert not notes.locator("a:not([class])").first.is_visible()
    notes.locator("a").first.focus()
    opened = notes.bounding_box()
    assert opened and opened["height"] > closed["height"]
    assert notes.locator("a:not([class])").first.is_visible()
    page.context.close()


def test_the_keyboard_reaches_the_text_in_ten_stops(
    browser: Browser, served: str, watch: Watch, essay: str
) -> None:
    page = open_page(browser, watch, 1440)
    page.goto(f"{served}/{essay}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    stops = 0
    while not page.evaluate("document.activeElement.closest('.notes') !== null"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 10
    page.context.close()
