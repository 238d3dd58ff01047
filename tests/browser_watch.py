"""What the browser tests share: the pages they open, and a watch on what pages say and ask for."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

SHOTS = Path(__file__).parent.parent / "build" / "screenshots"

WIDTHS = (390, 820, 1440)
PAGES = {
    "home": "index.html",
    "essays": "essays/index.html",
    "essay": "essays/allen-problem-with-internal-customers.html",
    "essay-with-headings": "essays/mcleod-internal-customers.html",
    "essay-with-notice": "essays/bingham-internal-customers-are-not-customers.html",
    "claim": "claims/only-paying-customers-count.html",
    "claim-reported": "claims/same-standards-inside.html",
    "claims": "claims/index.html",
    "author": "authors/james-allen.html",
    "map": "claims/map.html",
    "compare": "compare/james-allen--lisa-mcleod.html",
    "authors": "authors/index.html",
    "search": "search.html",
    "missing": "404.html",
    "guide": "guide/formats.html",
}
ESSAYS = ("essay", "essay-with-headings", "essay-with-notice")


@dataclass
class Watch:
    """What went wrong on the pages that were opened: messages, failures, foreign addresses."""

    trouble: list[str] = field(default_factory=list)

    def message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "file", "blob") and parts.hostname != "127.0.0.1":
            self.trouble.append(f"asked another host: {request.url}")

    def failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser's own doing: the page was left
            self.trouble.append(f"failed: {request.url}: {request.failure}")

    def over(self, page: Page) -> None:
        page.on("console", self.message)
        page.on("pageerror", lambda error: self.trouble.append(f"script: {error}"))
        page.on("request", self.request)
        page.on("requestfailed", self.failure)
        page.on(
            "response",
            lambda r: self.trouble.append(f"{r.status}: {r.url}") if r.status >= 400 else None,
        )


def open_page(browser: Browser, watch: Watch, width: int = 1440, **options: object) -> Page:
    """A fresh page of this width that is watched; close its context when done."""
    height = 844 if width < 500 else 900
    context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    watch.over(page)
    return page


def lead_on(page: Page, address: str, end: str) -> None:
    """Open a page that leads on by itself, and wait for the end: what is opened next interrupts it."""
    page.goto(address, wait_until="commit")
    page.wait_for_url(end)


def violations(page: Page, **options: object) -> str:
    """What axe finds wrong on a page, in words; nothing where it finds nothing.

    What it finds right is not asked for: to tell that takes twice as long as to judge.
    """
    results = Axe().run(page, options={"resultTypes": ["violations"], **options})
    return results.generate_report() if results.violations_count else ""
