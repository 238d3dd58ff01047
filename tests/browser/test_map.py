"""The argument map by itself in a browser: its fragment with the site's style and its own script."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crossclaim import pipeline
from crossclaim.site.argument_map import map_fragment

PICTURE = ".map-columns"
GOLD_PLATING = "li:has(> a[href$='/internal-customers-cause-gold-plating.html'])"


@pytest.fixture(scope="module")
def map_page(checked: pipeline.Checked, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page that is the map alone."""
    assets = files("crossclaim.site") / "assets"
    style = "".join(
        part.read_text("utf-8")
        for part in sorted((assets / "styles").iterdir(), key=lambda part: part.name)
    )
    script = (assets / "scripts/50-map.js").read_text("utf-8")
    page: Path = tmp_path_factory.mktemp("map") / "claims" / "map.html"
    page.parent.mkdir()
    page.write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Map</title><style>{style}</style>"
        f"<main><article class=map><h1>The argument map</h1>{map_fragment(checked.index)}"
        "<h2>The map in words</h2></article></main><script>"
        "const all = (s, of = document) => [...of.querySelectorAll(s)];"
        f"const one = (s, of = document) => of.querySelector(s);{script};argumentMap();</script>",
        "utf-8",
    )
    return page.as_uri()


@pytest.fixture
def page(browser: Browser, map_page: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.goto(map_page)
    yield opened
    context.close()


@pytest.mark.parametrize(("width", "shown"), [(390, False), (1099, False), (1100, True)])
def test_it_is_there_only_where_its_words_can_be_read(page: Page, width: int, shown: bool) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator(PICTURE)).to_be_visible(visible=shown)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1100, 1440, 1920])
def test_words_are_14_px_or_more_and_a_box_holds_its_own(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sizes = page.locator(".map-view :is(h2, a, p, span)").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 14
    spilt = page.locator(f"{PICTURE} li").evaluate_all(
        "all => all.filter(e => e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth"
        " || e.firstChild.scrollHeight > e.firstChild.clientHeight + 1).map(e => e.textContent)"
    )
    assert spilt == []


def test_every_link_is_24_px_or_more(page: Page) -> None:
    small = page.locator(f"{PICTURE} a").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect())"
        ".filter(r => r.width < 24 || r.height < 24).length"
    )
    assert small == 0


def test_lines_end_at_the_boxes_that_the_browser_drew(page: Page) -> None:
    """The drawing's lengths are the style sheet's, whatever size of type the reader chose."""
    for size in ("16px", "24px"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        apart = page.locator("path[data-ends]").evaluate_all(
            """lines => lines.flatMap((line) => {
                const [source, target] = line.dataset.ends.split(" ").map((id) =>
                    document.querySelector(`li:has(> a[href$="/${id}.html"])`).getBoundingClientRect());
                const place = (length) =>
                    line.getPointAtLength(length).matrixTransform(line.getScreenCTM());
                const off = ({ x, y }, box) => (y < box.top || y > box.bottom ? Infinity
                    : Math.min(Math.abs(x - box.left), Math.abs(x - box.right)));
                return [off(place(0), target), off(place(line.getTotalLength()), source)];
            })"""
        )
        assert max(apart) < 1.5


def test_a_claim_that_is_pointed_at_shows_its_own_lines(page: Page) -> None:
    page.locator(GOLD_PLATING).hover()
    expect(page.locator("path.own")).to_have_count(2)
    expect(page.locator("li.near")).to_have_count(2)
    page.mouse.move(2, 2)
    expect(page.locator(f"{PICTURE}.lit")).to_have_count(0)


def test_tab_stops_at_one_claim_and_arrows_lead_to_the_others(page: Page) -> None:
    stops = page.locator(f"{PICTURE} a").evaluate_all("all => all.filter(e => !e.tabIndex).length")
    first = page.locator(f"{PICTURE} li").first
    assert stops == first.locator("a").count()
    first.locator(".claim").focus()
    expect(first).to_have_class("own")
    for key, column, row in (("Down", 1, 2), ("Right", 2, 2), ("Up", 2, 1), ("Left", 1, 1)):
        page.keyboard.press(f"Arrow{key}")
        place = f"section:nth-of-type({column}) li:nth-child({row}) .claim"
        expect(page.locator(place)).to_be_focused()


def test_a_mark_leads_to_its_passage_and_says_whose_it_is(page: Page) -> None:
    mark = page.locator(GOLD_PLATING).get_by_role("link", name="James Allen asserts:")
    href = mark.get_attribute("href")
    assert href
    assert href.endswith(".html#internal-customers-lead-to")
