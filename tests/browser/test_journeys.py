"""A reader in a browser: from a paragraph to its claim to another author's paragraph, however they read."""

import re
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser_watch import PAGES, WIDTHS, Watch, lead_on, open_page
from collections_made import CLAIMS, make
from crossclaim import pipeline

ESSAY = PAGES["essay"]
SERVED = "theres-only-one-customer"
LABEL = "Only paying customers count"
BINGHAM = re.compile(r"/essays/bingham-[^?]*\.html(\?claim=[\w-]+)?#a-customer-can-only$")
MCLEOD = re.compile(r"/essays/mcleod-[^?]*\.html(\?claim=[\w-]+)?#in-fact-the-very$")


def note(page: Page, passage: str = SERVED) -> Locator:
    """The line of claims that belongs to a paragraph."""
    return page.locator(f"#{passage} + .notes")


def arrived(page: Page, address: re.Pattern[str]) -> None:
    """The paragraph that the address names begins on the screen, under nothing that sticks to it."""
    expect(page).to_have_url(address)
    name = page.url.rpartition("#")[2]
    expect(page.locator(f"#{name}")).to_be_in_viewport()
    page.wait_for_function(
        """name => {
            const under = [...document.querySelectorAll(".head, .bar")]
                .map((e) => e.getBoundingClientRect())
                .filter((box) => box.top <= document.querySelector(".head").offsetHeight + 1)
                .map((box) => box.bottom);
            const { top } = document.getElementById(name).getBoundingClientRect();
            return top >= Math.max(...under) - 1 && top < innerHeight;
        }""",
        arg=name,
    )


def journey(page: Page, start: str, script: bool = True) -> None:
    """From a paragraph to a claim it makes to the paragraph of another who makes it."""
    page.goto(start)
    note(page).get_by_role("link", name=LABEL).click()
    if script:
        foot = page.get_by_role("region", name=f"Followed claim: {LABEL}")
        foot.get_by_role("link", name="claim page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Only paying customers count; a company’s real customers are those who pay for what it sells."
    )
    expect(page.locator("blockquote").nth(1)).to_contain_text("A customer can ONLY be someone")
    page.get_by_role("link", name="Internal Customers are not Customers at all, ¶3").click()
    arrived(page, BINGHAM)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_from_paragraph_to_claim_to_another_author(
    browser: Browser, served: str, watch: Watch, width: int, script: bool
) -> None:
    page = open_page(browser, watch, width, java_script_enabled=script)
    journey(page, f"{served}/{ESSAY}", script)
    page.context.close()


def test_the_same_from_a_sub_path(browser: Browser, served_below: str, watch: Watch) -> None:
    page = open_page(browser, watch)
    journey(page, f"{served_below}/{ESSAY}")
    page.context.close()


def test_the_same_from_a_disk(browser: Browser, site: Path, watch: Watch) -> None:
    page = open_page(browser, watch)
    journey(page, (site / ESSAY).as_uri())
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_name_leads_straight_to_another_author(
    browser: Browser, served: str, watch: Watch, script: bool
) -> None:
    page = open_page(browser, watch, java_script_enabled=script)
    page.goto(f"{served}/{ESSAY}")
    note(page).get_by_role("link", name="Bingham").first.click()
    arrived(page, BINGHAM)
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_mark_of_the_score_leads_to_its_passage(
    browser: Browser, served: str, watch: Watch, script: bool
) -> None:
    page = open_page(browser, watch, java_script_enabled=script)
    for name in ("claims", "home"):
        page.goto(f"{served}/{PAGES[name]}")
        page.get_by_role("link", name="McLeod asserts: Only paying customers count, ¶2").click()
        arrived(page, MCLEOD)
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_cell_of_the_bar_leads_to_its_paragraph(
    browser: Browser, served: str, watch: Watch, width: int, script: bool
) -> None:
    page = open_page(browser, watch, width, java_script_enabled=script)
    page.goto(f"{served}/{ESSAY}")
    for number, name in ((13, "rather-than-resorting-to"), (4, "for-employees-who-are")):
        page.locator(".bar a").nth(number - 1).click()
        if script:
            arrived(page, re.compile(f"#{name}$"))
        else:
            expect(page.locator(f"#{name}")).to_be_in_viewport()
    page.context.close()


def test_the_claim_that_is_followed_leads_from_author_to_author_and_back(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    note(page).get_by_role("link", name=LABEL).click()
    foot = page.get_by_role("region", name=f"Followed claim: {LABEL}")
    home = re.compile(rf"/allen-[^?]*\?claim=only-paying-customers-count#{SERVED}$")
    for author, address in (("Bingham", BINGHAM), ("McLeod", MCLEOD), ("Allen", home)):
        expect(foot).to_contain_text(f"{author} →")
        page.keyboard.press("n")
        arrived(page, address)
        expect(foot).to_be_visible()
        expect(page.locator(f"#{page.url.rpartition('#')[2]}")).to_have_class(re.compile("lit"))
    page.keyboard.press("Escape")
    expect(foot).to_be_hidden()
    assert "claim=" not in page.url
    page.context.close()


def test_the_keyboard_alone_reaches_the_claim_and_the_next_author(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}#the-conclusion-we-reached")
    label = note(page, "the-conclusion-we-reached").locator("a[class]")

    def tab_to(link: Locator, most: int) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if link.evaluate("e => e === document.activeElement"):
                break
        expect(link).to_be_focused()
        assert link.evaluate("e => getComputedStyle(e).outlineStyle") != "none", "it can be seen"

    tab_to(label, 5)
    page.keyboard.press("Enter")
    foot = page.get_by_role("region", name="Followed claim: Drop the notion of internal customers")
    expect(foot).to_be_focused()
    tab_to(foot.get_by_role("link", name="Next: Bingham"), 5)
    page.keyboard.press("Enter")
    arrived(page, re.compile(r"/bingham-.*#i-recently-had-a$"))
    page.go_back()
    page.keyboard.press("Escape")
    label.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(label).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(foot.get_by_role("link", name="claim page"), 6)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"claims/drop-internal-customers\.html$"))
    page.context.close()


def test_the_theme_follows_the_system_until_the_reader_chooses(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, color_scheme="dark")
    page.goto(f"{served}/index.html")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    button = page.get_by_role("button", name="Dark theme", pressed=True)
    button.press("Space")
    light = page.evaluate(paper)
    assert light != dark
    for name in ("essay", "search", "missing"):
        page.goto(f"{served}/{PAGES[name]}")
        assert page.evaluate(paper) == light, "it is remembered"
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Dark theme", pressed=False).press("Space")
    assert page.evaluate(paper) == dark
    page.context.close()


def test_an_old_address_leads_on(browser: Browser, watch: Watch, tmp_path: Path) -> None:
    was = CLAIMS.replace("  theme", "  was: [tea-rouses]\n  theme", 1)
    pipeline.build(make(tmp_path, {"essays/claims.yml": was}))
    page = open_page(browser, watch)
    claims = tmp_path / "site/claims"
    lead_on(page, (claims / "tea-rouses.html").as_uri(), (claims / "tea-wakes.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Tea wakes people up.")
    page.context.close()


class _Host(SimpleHTTPRequestHandler):
    """A host as hosts of static sites are: what is missing gets the site's own 404.html."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(HTTPStatus(code))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def hosted(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_page_that_is_missing_searches_and_leads_to_the_essays(
    browser: Browser, hosted: str, script: bool
) -> None:
    watch = Watch()
    page = open_page(browser, watch, java_script_enabled=script)
    for path in ("nowhere.html", "essays/deep/down/nowhere.html"):
        page.goto(f"{hosted}/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is here")
        page.get_by_role("main").get_by_role("link", name="The problem with “internal").click()
        expect(page).to_have_url(f"{hosted}/{ESSAY}")
        page.go_back()
        page.get_by_role("main").get_by_role("searchbox").fill("mediocrity")
        page.get_by_role("button", name="Search").click()
        expect(page).to_have_url(f"{hosted}/search.html?q=mediocrity")
        if script:
            expect(page.locator(".cc-found-passages .cc-hit").first).to_be_visible()
    # the style and the script came from wherever the address was
    assert {line for line in watch.trouble if "nowhere" not in line} <= {
        "console: Failed to load resource: the server responded with a status of 404 (Not Found)"
    }
    page.context.close()
