"""Every kind of page, at every width, light, dark and in forced colours: accessible, whole, pictured."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser_watch import PAGES, SHOTS, WIDTHS, Watch, open_page, violations
from collections_made import essay, make
from crossclaim import pipeline

LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
# One page of each kind.
KINDS = {k: v for k, v in PAGES.items() if k not in ("essay-with-headings", "essay-with-notice")}
OUT = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize(
    ("width", "look"),
    [*((width, look) for width in (390, 1440) for look in LOOKS), (820, "light")],
)
def test_axe_finds_nothing(
    browser: Browser, served: str, watch: Watch, width: int, look: str
) -> None:
    page = open_page(browser, watch, width, reduced_motion="reduce", **LOOKS[look])
    SHOTS.mkdir(parents=True, exist_ok=True)
    reports = []
    for name, path in KINDS.items():
        page.goto(f"{served}/{path}")
        wrong = violations(page)
        if look != "forced":
            page.screenshot(path=SHOTS / f"{name}-{width}-{look}.png", full_page=True)
        if wrong:
            reports.append(f"{name}: {wrong}")
    page.context.close()
    assert not reports, "\n".join(reports)


@pytest.mark.parametrize("width", [320, *WIDTHS, 1920])
def test_no_page_is_wider_than_its_window(
    browser: Browser, served: str, watch: Watch, width: int
) -> None:
    page = open_page(browser, watch, width)
    wider = {}
    for name, path in PAGES.items():
        page.goto(f"{served}/{path}")
        if (over := page.evaluate(OUT)) > 0:
            wider[name] = over
    page.context.close()
    assert wider == {}


@pytest.mark.parametrize("width", [820, 1440, 1920])
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
    assert 45 <= length <= 75
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
        wrong = violations(page)
        assert not wrong, f"{path.name}: {wrong}"
        assert page.evaluate(OUT) <= 0, path.name
    page.context.close()


def test_without_scripts_the_system_chooses_the_scheme(
    browser: Browser, served: str, watch: Watch
) -> None:
    for scheme, paper in (("light", "rgb(255, 253, 249)"), ("dark", "rgb(21, 24, 28)")):
        page = open_page(browser, watch, java_script_enabled=False, color_scheme=scheme)
        page.goto(f"{served}/{PAGES['essay']}")
        shown = page.locator("html").evaluate("e => getComputedStyle(e).backgroundColor")
        assert shown == paper, scheme
        page.context.close()
