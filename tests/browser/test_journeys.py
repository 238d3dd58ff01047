"""A reader in a browser: from a paragraph to its claim to another author's paragraph."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser_watch import PAGES, WIDTHS, Watch, open_page

ESSAY = PAGES["essay"]


def in_view(page: Page, selector: str) -> bool:
    """Whether the element is on the screen and not under the header."""
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getBoundingClientRect();
                const under = document.querySelector('.md-header').getBoundingClientRect().bottom;
                return box.top >= under - 1 && box.top < innerHeight;
            }""",
            selector,
        )
    )


def unfolded(passage: Locator) -> Locator:
    """The passage, its claims opened where they are folded to one line."""
    line = passage.locator(".cc-notes > summary")
    if line.is_visible():
        line.click()
    return passage


def journey(page: Page, start: str) -> None:
    page.goto(start)
    passage = page.locator(".cc-passage", has=page.locator("#theres-only-one-customer"))
    expect(passage).to_contain_text("asserts Only paying customers count")
    unfolded(passage).get_by_role("link", name="Only paying customers count").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Only paying customers count; a company’s real customers are those who pay for what it sells."
    )
    quote = page.locator(".cc-quote", has_text="A customer can ONLY be someone")
    expect(quote).to_contain_text("asserts")
    quote.get_by_role("link", name="in its place").click()
    expect(page).to_have_url(re.compile(r"bingham-.*\.html#a-customer-can-only$"))
    expect(page.locator("#a-customer-can-only")).to_be_in_viewport()
    page.wait_for_timeout(100)
    assert in_view(page, "#a-customer-can-only")


@pytest.mark.parametrize("width", WIDTHS)
def test_from_paragraph_to_claim_to_another_author(
    browser: Browser, served: str, watch: Watch, width: int
) -> None:
    page = open_page(browser, watch, width)
    journey(page, f"{served}/{ESSAY}")
    page.context.close()


def test_the_same_from_a_sub_path(browser: Browser, served_below: str, watch: Watch) -> None:
    page = open_page(browser, watch)
    journey(page, f"{served_below}/{ESSAY}")
    page.context.close()


def test_the_same_from_a_disk(browser: Browser, site: Path, watch: Watch) -> None:
    page = open_page(browser, watch)
    journey(page, (site / ESSAY).as_uri())
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_without_javascript(
    browser: Browser, served: str, watch: Watch, width: int
) -> None:
    page = open_page(browser, watch, width, java_script_enabled=False)
    journey_without_scripts(page, served)
    page.context.close()


def journey_without_scripts(page: Page, served: str) -> None:
    page.goto(f"{served}/{ESSAY}")
    passage = page.locator(".cc-passage", has=page.locator("#theres-only-one-customer"))
    expect(unfolded(passage).locator(".cc-tag").first).to_be_visible()
    expect(passage.locator(".cc-others").first).to_contain_text("Bingham asserts paragraph ¶3")
    passage.get_by_role("link", name="Only paying customers count").click()
    expect(page.locator(".cc-quote").first).to_be_visible()
    page.get_by_role("link", name="in its place").nth(1).click()
    expect(page.locator("#a-customer-can-only")).to_be_in_viewport()
    for name in ("home", "claims", "author", "essays", "authors"):
        page.goto(f"{served}/{PAGES[name]}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{served}/{PAGES['claims']}")
    expect(page.locator(".cc-matrix td .cc-mark").first).to_be_visible()


def test_from_a_paragraph_straight_to_another_author(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    passage = page.locator(".cc-passage", has=page.locator("#theres-only-one-customer"))
    passage.locator(".cc-others a").first.click()
    expect(page.locator("#a-customer-can-only")).to_be_in_viewport()
    page.context.close()


def test_a_cell_of_the_matrix_leads_to_its_passage(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{PAGES['claims']}")
    row = page.get_by_role("row", name="Internal customers breed mediocrity")
    expect(row.get_by_role("cell").nth(0)).to_contain_text("nothing")
    row.get_by_role("cell").nth(2).get_by_role("link").first.click()
    expect(page.locator("#in-fact-the-very")).to_be_in_viewport()
    page.context.close()


def test_every_paragraph_has_a_permanent_link(browser: Browser, served: str, watch: Watch) -> None:
    page = open_page(browser, watch, 390)
    page.goto(f"{served}/{ESSAY}")
    page.get_by_role("link", name="Permanent link to paragraph 11").click()
    expect(page).to_have_url(re.compile(r"#internal-actions-should-always$"))
    page.wait_for_timeout(100)
    assert in_view(page, "#internal-actions-should-always")
    page.context.close()


def test_the_keyboard_alone_reaches_the_claim(browser: Browser, served: str, watch: Watch) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}#the-conclusion-we-reached")
    target = page.locator(".cc-passage", has=page.locator("#the-conclusion-we-reached"))
    link = target.locator(".cc-claim")
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    else:
        pytest.fail("forty tabs did not reach the claim")
    outline = link.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline != "none", "focus can be seen"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"claims/drop-internal-customers\.html$"))
    page.context.close()


def test_the_theme_follows_the_system_and_is_remembered(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, color_scheme="dark")
    page.goto(f"{served}/index.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("label[title='Switch to the light theme']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.goto(f"{served}/{ESSAY}")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.context.close()


def test_an_old_address_leads_on(browser: Browser, watch: Watch, tmp_path: Path) -> None:
    from collections_made import CLAIMS, make
    from crossclaim import pipeline

    was = CLAIMS.replace("  theme", "  was: [tea-rouses]\n  theme", 1)
    pipeline.build(make(tmp_path, {"essays/claims.yml": was}))
    page = open_page(browser, watch)
    page.goto((tmp_path / "site/claims/tea-rouses.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Tea wakes people up.")
    page.context.close()
