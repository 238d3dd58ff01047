"""Every kind of page, at every width, light and dark: accessible, whole, and pictured."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser_watch import PAGES, SHOTS, WIDTHS, Watch, open_page
from collections_made import essay, make
from crossclaim import pipeline

SCHEMES = ("light", "dark")


@pytest.fixture(params=[(w, s) for s in SCHEMES for w in WIDTHS], ids=lambda p: f"{p[0]}-{p[1]}")
def window(
    request: pytest.FixtureRequest, browser: Browser, watch: Watch
) -> Iterator[tuple[Page, str]]:
    width, scheme = request.param
    page = open_page(browser, watch, width, color_scheme=scheme, reduced_motion="reduce")
    yield page, f"{width}-{scheme}"
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(window: tuple[Page, str], served: str, name: str) -> None:
    page, look = window
    page.goto(f"{served}/{PAGES[name]}")
    found = Axe().run(page)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{look}.png", full_page=True)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_no_page_is_wider_than_its_window(
    browser: Browser, served: str, watch: Watch, width: int
) -> None:
    page = open_page(browser, watch, width)
    for name, path in PAGES.items():
        page.goto(f"{served}/{path}")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, name
    page.context.close()


@pytest.mark.parametrize("name", ["essay", "essay-with-headings", "essay-with-notice"])
@pytest.mark.parametrize("width", [1024, 1440, 1920])
def test_claims_stand_level_with_their_paragraph_and_never_overlap(
    browser: Browser, served: str, watch: Watch, width: int, name: str
) -> None:
    page = open_page(browser, watch, width)
    page.goto(f"{served}/{PAGES[name]}")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.cc-passage')].map(passage => {
            const box = element => element && (({left, right, top, bottom}) =>
                ({left, right, top, bottom}))(element.getBoundingClientRect());
            return {text: box(passage.querySelector('.cc-text')),
                    notes: box(passage.querySelector('.cc-notes ul'))};
        })"""
    )
    noted = [box for box in boxes if box["notes"]]
    assert len(noted) > 8
    for box in noted:
        assert abs(box["notes"]["top"] - box["text"]["top"]) < 12
        assert box["notes"]["left"] >= box["text"]["right"]
    for one, other in itertools.pairwise(boxes):
        lowest = max(one["text"]["bottom"], (one["notes"] or one["text"])["bottom"])
        assert other["text"]["top"] >= lowest
    page.context.close()


@pytest.mark.parametrize("width", [820, 1440])
def test_a_line_of_an_essay_is_of_a_readable_length(
    browser: Browser, served: str, watch: Watch, width: int
) -> None:
    page = open_page(browser, watch, width)
    page.goto(f"{served}/{PAGES['essay']}")
    length = page.evaluate(
        """() => {
            const text = document.querySelector('#one-executive-in-mumbai');
            const range = document.createRange();
            range.selectNodeContents(text);
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top))).size;
            return text.textContent.length / lines;
        }"""
    )
    assert 55 <= length <= 72
    page.context.close()


RICH = {
    "essays/authors.yml": "- name: Ada Byron\n- name: Ben Jonson\n- name: Cy Twice\n  about: Cy writes.\n",
    "essays/ada.md": essay(
        """\
        # A part

        See [one](https://example.org) and `code`.[^n]
        {: #see asserts="tea-wakes" reports="tea-calms?" }

        1. First, a point with a rather long sentence in it, so that it wraps on a phone.
           {: #first illustrates="tea-wakes" }

            - Inner point.
              {: #inner concedes="tea-calms" }

        > Somebody said this.
        > {: #said reports="tea-calms" }

        | a | b |
        |---|---|
        | 1 | 2 |

        [^n]: A note.
        """,
        "title: On tea\nauthor: [Ada Byron, Ben Jonson]",
    ),
    "essays/ben.md": essay(
        "No.\n{: #no rejects='tea-wakes' asserts='tea-calms' }\n",
        "title: Alone\nauthor: Ben Jonson",
    ),
    "essays/cy.md": essay(
        "Yes.\n{: #yes asserts='tea-wakes' }\n",
        "title: A long title, of a first essay\nauthor: Cy Twice",
    ),
    "essays/cy2.md": essay(
        "Yes again.\n{: #again asserts='tea-wakes' }\n", "title: Second\nauthor: Cy Twice"
    ),
}


@pytest.mark.parametrize("width", [320, 1440])
def test_a_rich_collection_is_accessible_and_whole(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    built, failed = pipeline.build(make(tmp_path, RICH))
    assert not failed
    assert built.buildable, built.findings
    # axe asks for style sheets again, which a browser does not allow on a disk: no watch here.
    page = open_page(browser, Watch(), width, reduced_motion="reduce")
    found = sorted(p for p in (tmp_path / "site").rglob("*.html") if p.name != "404.html")
    assert len(found) > 14
    for path in found:
        page.goto(path.as_uri())
        report = Axe().run(page)
        assert report.violations_count == 0, f"{path.name}: {report.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path.name
    page.context.close()


def test_without_scripts_the_system_chooses_the_scheme(
    browser: Browser, served: str, watch: Watch
) -> None:
    for scheme, paper in (("light", "rgb(255, 253, 249)"), ("dark", "rgb(21, 24, 28)")):
        page = open_page(browser, watch, java_script_enabled=False, color_scheme=scheme)
        page.goto(f"{served}/{PAGES['essay']}")
        shown = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
        assert shown == paper, scheme
        page.context.close()
