"""The scripts of the reading pages, each feature by itself, on small pages of the same build."""

import gzip
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser_watch import Watch, open_page, violations
from crossclaim.site.pages import assets

ASSETS = Path(__file__).parents[2] / "tools" / "crossclaim" / "site" / "assets"
SCRIPTS = [f for f in sorted((ASSETS / "scripts").glob("*.js")) if re.match(r"\d\d-", f.name)]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
)
ODD = "it's 100%"  # an id that nobody would choose
CLAIMS = {
    "payers": ("Only paying customers count", "Whoever pays is a customer, and nobody else."),
    "drop": ("Drop the notion", "The notion should be dropped."),
    "sense": ("It sounds like good sense", "The case for it sounds sensible."),
    ODD: ("An odd claim", "A claim with an odd id."),
}
FILLER = "And so it goes on, sentence after sentence, without anything that has to be found. " * 5
PASSAGES: list[tuple[str, str, list[tuple[str, str, list[str]]]]] = [
    ("the-question", "Should we? The question arose at three of them.", [("reports", "sense", [])]),
    ("an-emphatic-no", "An emphatic no, “never” they said; half-baked & done, they said so.", [("asserts", "drop", ["Bingham"])]),
    ("nothing-here", "Nothing is claimed here.", []),
    ("one-customer", "There is only one customer.", [("asserts", "payers", ["Bingham", "McLeod"]), ("concedes", "sense", ["McLeod"])]),
    ("again", "There is only one customer, again.", [("illustrates", "payers", ["Bingham"]), ("rejects", ODD, [])]),
    ("é“x”%", "A paragraph with an odd id.", [("asserts", "drop", ["Bingham"]), ("asserts", "payers", ["McLeod"])]),
]  # fmt: skip
CITATION = {
    "plain": "James Allen, “The problem”, Blog, ¶ {paragraph}. {address}",
    "bibtex": "@misc{allen-p{paragraph},\n  url = {{address}},\n}",
    "csl": '[{"id": "allen-p{paragraph}", "URL": "{address}"}]',
}


def label(claim: str, stance: str) -> str:
    return f'<a class="{stance}" href="../claims/{quote(claim)}.html">{CLAIMS[claim][0]}</a>'


def notes(tags: list[tuple[str, str, list[str]]]) -> str:
    if not tags:
        return ""
    names = {"Bingham": "bingham.html#only-those", "McLeod": "mcleod.html#who-pays"}
    return (
        '<p class="notes">'
        + " ".join(
            label(claim, stance)
            + "".join(f' <a href="../essays/{names[name]}">{name}</a>' for name in others)
            for stance, claim, others in tags
        )
        + "</p>"
    )


def frame(kind: str, body: str, report: str = "") -> str:
    """A page as the theme makes it."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="../assets/crossclaim.css"><link rel="icon" href="data:,">
<script defer src="../assets/crossclaim.js"></script></head><body data-report="{report}">
<header class="head"><a href="../index.html">Site</a>
<form class="cc-find" role="search"><input name="q" aria-label="Search"></form>
<button class="scheme" aria-label="Dark theme" aria-pressed="false"></button></header>
<main id="cc-main"><article class="{kind}">{body}</article></main></body></html>"""


def essay_page(author: str = "James Allen", report: str = "tags@example.org") -> str:
    paragraphs = "".join(
        f'<p id="{escape(name)}">{escape(text)} {FILLER}</p>{notes(tags)}'
        for name, text, tags in PASSAGES
    )
    cells = "".join(
        f'<a href="#{quote(name)}" class="w9 {" ".join(stance for stance, _, _ in tags)}">¶{n}</a>'
        for n, (name, _, tags) in enumerate(PASSAGES, 1)
    )
    argued = "".join(
        f'<li id="cc-claim-{escape(claim)}">{label(claim, "asserts")} <span>{sentence}</span></li>'
        for claim, (_, sentence) in CLAIMS.items()
    )
    return frame(
        "essay",
        f"""<nav class="crumbs" aria-label="Breadcrumbs"><a href="../index.html">Home</a></nav>
<h1>The problem</h1><p class="byline"><a href="../authors/a.html">{author}</a> · Blog</p>
<p class="sum">Argues <a href="#cc-argues">3 claims</a></p>
<nav class="bar" aria-label="Paragraphs">{cells}</nav>{paragraphs}
<section class="argues" id="cc-argues"><h2>What this essay argues</h2><ol>{argued}</ol></section>
<data id="cc-page" value="{escape(json.dumps({"essay": "allen", "citation": CITATION}))}"></data>""",
        report,
    )


CLAIM_PAGE = frame(
    "claim",
    f"""<h1>Whoever pays is a customer, and nobody else.</h1>
<p><a class="asserts" href="../authors/james-allen.html">James Allen</a> in
<a href="../essays/allen.html#one-customer">The problem, ¶4</a></p>
<blockquote><p>There is <mark>only one customer</mark>.</p></blockquote>
<p>Beside it: {label("drop", "asserts")}</p>""",
    "https://example.org/issues/new?labels=tag",
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two essays and a claim, with the real scripts and styles."""
    folder = tmp_path_factory.mktemp("pages")
    voices = [
        ["Allen", "asserts", "essays/allen.html#one-customer", "only one customer"],
        ["Bingham", "asserts", "essays/bingham.html#only-those", "only those who <b>pay</b>"],
        ["McLeod", "concedes", "essays/mcleod.html#who-pays", "who pays"],
    ]
    files = {
        "essays/allen.html": essay_page(),
        "essays/bingham.html": essay_page("Ann Bingham", "").replace(
            "an-emphatic-no", "only-those"
        ),
        "claims/payers.html": CLAIM_PAGE,
        "claims/drop.html": frame("claim", "<h1>The notion should be dropped.</h1>"),
        "assets/search/panel.js": "export const start = () => {};",
        "assets/claims/payers.json": json.dumps(voices),
        "assets/claims/drop.json": json.dumps([CLAIMS["drop"][1], *voices]),
        "assets/claims/sense.json": "[]",
        f"assets/claims/{ODD}.json": json.dumps({"no": "list"}),
    }
    for name, text in {**assets(), **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@pytest.fixture(scope="session")
def pages(folder: Path, serve: Callable[[Path], str]) -> str:
    return serve(folder)


@pytest.fixture
def page(browser: Browser, pages: str, watch: Watch) -> Any:
    page = open_page(browser, watch)
    page.goto(f"{pages}/essays/allen.html")
    yield page
    page.context.close()


def unit(page: Page, expression: str, argument: object = None) -> Any:
    """What an expression gives that uses the scripts' own functions; nothing is started."""
    source = "\n".join(f.read_text("utf-8") for f in SCRIPTS if not f.name.startswith("99"))
    return page.evaluate(f"(given) => {{ {source}\nreturn ({expression}); }}", argument)


def note(page: Page, name: str, claim: str) -> Locator:
    return page.locator(f'[id="{name}"] + .notes').get_by_role("link", name=CLAIMS[claim][0])


def lit(page: Page) -> list[str]:
    ids: list[str] = page.locator("p[id].lit").evaluate_all("all => all.map((p) => p.id)")
    return ids


def is_seen(page: Page, name: str) -> bool:
    """Whether a paragraph begins in the window, below what sticks to its top."""
    expect(page.locator(f'[id="{name}"]')).to_be_in_viewport()
    return True


# --- What every script stands on ---------------------------------------------------------------------


def test_the_scripts_together_are_small() -> None:
    mine = [f for f in SCRIPTS if re.match(r"(0|1|99)", f.name)]
    assert len(gzip.compress("\n".join(f.read_text("utf-8") for f in mine).encode(), 9)) <= 9000


def test_a_feature_that_fails_is_told_and_stops_no_other(
    browser: Browser, folder: Path, pages: str, watch: Watch
) -> None:
    broken = frame("essay", '<p id="a">A.</p><data id="cc-page" value="{broken"></data>')
    (folder / "essays" / "broken.html").write_text(broken, "utf-8")
    page = open_page(browser, watch)
    page.goto(f"{pages}/essays/broken.html")
    page.get_by_role("button", name="Dark theme").click()
    assert scheme_of(page) == "dark"
    told = [message.split(":")[1].strip() for message in watch.trouble]
    assert told == ["cite"]
    watch.trouble.clear()
    page.context.close()


@pytest.mark.parametrize("hash", ["#%", "#", "#%E0%A4%A", "#%C3%A9%E2%80%9Cx%E2%80%9D%25"])
def test_any_fragment_of_an_address_is_read(page: Page, hash: str) -> None:
    name = unit(page, "byHash(given)?.id ?? null", hash)
    assert name == (PASSAGES[5][0] if hash.startswith("#%C3") else None)


def test_a_claim_is_read_from_an_address(page: Page) -> None:
    cases = {
        "../claims/payers.html": "payers",
        "../claims/it's%20100%25.html#x": ODD,
        "../claims/%E0%A4%A.html": "%E0%A4%A",
        "../essays/payers.html": "",
        "mailto:claims/x.html": "",
        "../claims/a/b.html": "",
    }
    for address, claim in cases.items():
        link = "Object.assign(document.createElement('a'), { href: given })"
        assert unit(page, f"claimOf({link})", address) == claim, address
    assert unit(page, "claimOf(document.createElement('a'))") == ""


def test_passages_are_read_with_their_labels_and_names(page: Page) -> None:
    expression = """passages.map(({ p, number, notes, labels }) =>
      [p.id, number, Boolean(notes), [...labels].map(([claim, l]) => [stanceOf(l), claim, namesOf(l).map((n) => n.textContent)])])"""
    expected = [
        [name, n, bool(tags), [list(tag) for tag in tags]]
        for n, (name, _, tags) in enumerate(PASSAGES, 1)
    ]
    assert unit(page, expression) == expected


def test_the_address_keeps_what_else_it_says(page: Page, pages: str) -> None:
    page.goto(f"{pages}/essays/allen.html?x=1&claim=payers#again")
    unit(page, 'remember({ claim: "" })')
    assert page.url.endswith("allen.html?x=1#again")
    unit(page, "remember({ claim: given }, true)", "a b&c")
    assert page.url.endswith("allen.html?x=1&claim=a+b%26c#again")
    assert unit(page, 'state("claim")') == "a b&c"
    page.go_back()
    assert page.url.endswith("allen.html?x=1#again")


# --- Light and dark ----------------------------------------------------------------------------------


def scheme_of(page: Page) -> str:
    scheme: str = page.evaluate("document.documentElement.dataset.scheme ?? ''")
    return scheme


@pytest.mark.parametrize("key", ["click", "Space", "Enter"])
def test_the_theme_is_chosen_remembered_and_given_back_to_the_system(
    page: Page, pages: str, key: str
) -> None:
    button = page.get_by_role("button", name="Dark theme")

    def press() -> None:
        button.click() if key == "click" else button.press(key)

    expect(button).to_have_attribute("aria-pressed", "false")
    press()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert scheme_of(page) == "dark"
    page.goto(f"{pages}/essays/bingham.html")
    assert scheme_of(page) == "dark"
    press()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert scheme_of(page) == "", "as the system has it"
    page.emulate_media(color_scheme="dark")
    expect(button).to_have_attribute("aria-pressed", "true")
    press()
    assert scheme_of(page) == "light"


def test_a_strange_remembered_theme_is_none(page: Page) -> None:
    page.evaluate("localStorage.setItem('crossclaim-scheme', '\"><img>')")
    page.reload()
    assert scheme_of(page) == ""


def test_where_nothing_can_be_remembered_everything_works_for_the_page(
    browser: Browser, pages: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    page.goto(f"{pages}/essays/allen.html")
    page.get_by_role("button", name="Dark theme").click()
    assert scheme_of(page) == "dark"
    page.get_by_role("switch", name="Notes").click()
    expect(page.locator(".notes").first).to_be_hidden()
    note(page, "again", "payers")
    page.context.close()


# --- The bar -----------------------------------------------------------------------------------------


def test_the_bar_marks_the_paragraph_in_view(page: Page) -> None:
    current = page.locator(".bar [aria-current=location]")
    expect(current).to_have_text("¶1")
    for number in (4, 2, 6):
        page.locator(".bar a").nth(number - 1).click()
        expect(current).to_have_text(f"¶{number}")
        is_seen(page, PASSAGES[number - 1][0])
    page.locator("#cc-argues").evaluate("e => e.style.minHeight = '200vh'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(current).to_have_count(0)


def test_the_bar_is_one_stop_and_arrow_keys_go_through_it(page: Page) -> None:
    cells = page.locator(".bar a")
    stops = "all => all.filter((a) => a.tabIndex === 0).map((a) => a.textContent)"
    assert cells.evaluate_all(stops) == ["¶1"]
    cells.first.focus()
    for key, number in [("ArrowRight", 2), ("End", 6), ("ArrowRight", 6), ("ArrowLeft", 5), ("Home", 1), ("ArrowLeft", 1)]:  # fmt: skip
        page.keyboard.press(key)
        expect(cells.nth(number - 1)).to_be_focused()
        assert cells.evaluate_all(stops) == [f"¶{number}"]
    page.keyboard.press("End")
    page.keyboard.press("Control+ArrowLeft")
    expect(cells.nth(5)).to_be_focused()
    page.keyboard.press("Enter")
    assert unquote(page.url).endswith(f"#{PASSAGES[5][0]}")


def test_a_cell_says_what_its_paragraph_does(page: Page) -> None:
    cells = page.locator(".bar a")
    assert cells.nth(3).get_attribute("title") is None
    cells.nth(3).hover()
    expect(cells.nth(3)).to_have_attribute(
        "title",
        "¶4: asserts Only paying customers count; grants It sounds like good sense",
    )
    cells.nth(2).focus()
    expect(cells.nth(2)).to_have_attribute("title", "¶3")


# --- Following a claim -------------------------------------------------------------------------------


def test_a_label_lights_its_paragraphs_here(page: Page) -> None:
    before = page.url
    note(page, "one-customer", "payers").click()
    assert lit(page) == ["one-customer", "again", PASSAGES[5][0]]
    expect(page.locator("p[id].dim")).to_have_count(3)
    expect(page.locator(".bar .lit")).to_have_text(["¶4", "¶5", "¶6"])
    expect(page.locator(".notes [aria-current=true]")).to_have_count(3)
    foot = page.get_by_role("region", name="Followed claim: Only paying customers count")
    expect(foot).to_contain_text("1 of 3 here")
    expect(page.locator("main [role=status]")).to_have_text(
        "Only paying customers count: 3 of 6 paragraphs"
    )
    assert page.url == f"{before}?claim=payers"
    foot.get_by_role("button", name="Next paragraph").click()
    expect(foot).to_contain_text("2 of 3 here")
    foot.get_by_role("button", name="Previous paragraph").click()
    foot.get_by_role("button", name="Previous paragraph").click()
    expect(foot).to_contain_text("3 of 3 here")
    is_seen(page, PASSAGES[5][0])
    page.keyboard.press("Escape")
    expect(foot).to_be_hidden()
    assert lit(page) == []
    assert page.url == before
    expect(page.locator(".dim, .lit, .following")).to_have_count(0)


def test_the_page_does_not_move_where_a_lit_paragraph_is_seen(page: Page) -> None:
    link = note(page, "one-customer", "payers")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    expect(page.locator("aside.follow")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == before


def test_a_label_of_the_list_lights_and_scrolls_to_the_nearest(page: Page) -> None:
    page.locator("#cc-argues").evaluate("e => e.style.minHeight = '200vh'")
    page.locator("#cc-claim-sense a").click()
    expect(page.locator("aside.follow")).to_contain_text("2 of 2 here")
    is_seen(page, "one-customer")
    expect(page.locator("#one-customer")).to_have_class(re.compile("lit"))


def test_a_second_click_a_modifier_and_a_claim_not_here_lead_to_the_page(page: Page) -> None:
    link = note(page, "one-customer", "payers")
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.close()
    expect(page.locator("aside.follow")).to_be_hidden()
    link.click()
    link.click()
    page.wait_for_url("**/claims/payers.html")


def test_back_and_forward_follow(page: Page) -> None:
    note(page, "one-customer", "payers").click()
    note(page, "one-customer", "sense").click()
    expect(page.locator("aside.follow > :first-child")).to_have_text("It sounds like good sense")
    page.go_back()
    expect(page.locator("aside.follow")).to_be_hidden()
    assert page.url.endswith("allen.html"), "one step, however many claims"
    page.go_forward()
    expect(page.locator("aside.follow > :first-child")).to_have_text("It sounds like good sense")
    page.reload()
    assert lit(page) == ["the-question", "one-customer"]


@pytest.mark.parametrize("claim", ["__proto__", "constructor", "", "%22%3E%3Cimg%20onerror%3Dx%3E", "%", "other"])  # fmt: skip
def test_a_claim_that_is_not_here_changes_nothing(page: Page, pages: str, claim: str) -> None:
    page.goto(f"{pages}/essays/allen.html?claim={claim}#%")
    expect(page.locator(".bar [aria-current]")).to_have_count(1)
    expect(page.locator("aside.follow")).to_be_hidden()
    expect(page.locator(".dim, .lit")).to_have_count(0)


def test_a_claim_with_an_odd_id_is_followed(page: Page) -> None:
    note(page, "again", ODD).click()
    assert lit(page) == ["again"]
    page.reload()
    assert lit(page) == ["again"]
    foot = page.locator("aside.follow")
    expect(foot.get_by_role("button", name="Next paragraph")).to_be_hidden()
    expect(foot.get_by_role("link", name="Next: ")).to_be_hidden()
    page.keyboard.press("n")
    assert "allen" in page.url


def test_n_leads_to_the_next_author_and_carries_the_claim(page: Page) -> None:
    page.keyboard.press("n")
    assert page.url.endswith("allen.html"), "nothing is followed yet"
    note(page, "one-customer", "payers").click()
    search = page.locator("input[name=q]")
    search.fill("")
    search.press("n")
    search.press("Escape")
    expect(search).to_have_value("n")
    expect(page.locator("aside.follow")).to_be_visible()
    search.blur()
    page.keyboard.press("Control+n")
    page.keyboard.press("n")
    page.wait_for_url("**/essays/bingham.html?claim=payers#only-those")
    expect(page.get_by_role("region", name="Followed claim")).to_contain_text("3 here")


def test_a_name_carries_the_claim_while_it_is_followed(page: Page) -> None:
    name = page.locator("#one-customer + .notes").get_by_role("link", name="Bingham")
    note(page, "one-customer", "payers").click()
    name.click()
    page.wait_for_url("**/bingham.html?claim=payers#only-those")
    page.go_back()
    page.keyboard.press("Escape")
    name.click()
    page.wait_for_url("**/bingham.html#only-those")


def test_by_keyboard_the_focus_goes_to_the_foot_and_back(page: Page) -> None:
    note(page, "one-customer", "payers").press("Enter")
    foot = page.locator("aside.follow")
    expect(foot).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(foot).to_contain_text("2 of 3 here")
    page.keyboard.press("Escape")
    expect(note(page, "again", "payers")).to_be_focused()


def test_a_shared_address_shows_its_first_lit_paragraph(page: Page, pages: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 400})
    page.goto(f"{pages}/essays/allen.html?claim=payers")
    is_seen(page, "one-customer")


def test_a_line_of_notes_opens_by_a_tap(browser: Browser, pages: str, watch: Watch) -> None:
    page = open_page(browser, watch, 390, has_touch=True, is_mobile=True)
    page.goto(f"{pages}/essays/allen.html")
    line = page.locator("#one-customer + .notes")
    line.dispatch_event("click")
    expect(line).to_have_class(re.compile(r"\bopen\b"))
    line.dispatch_event("click")
    expect(line).not_to_have_class(re.compile(r"\bopen\b"))
    note(page, "one-customer", "payers").tap()
    foot = page.locator("aside.follow")
    expect(foot).to_contain_text("1 of 3 here")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for control in foot.locator("button:visible, a:visible").all():
        box = control.bounding_box()
        assert box and box["height"] >= 24 and box["width"] >= 24
    page.context.close()


# --- Previews ----------------------------------------------------------------------------------------


def test_hover_shows_the_sentence_and_the_other_authors(page: Page) -> None:
    card = page.get_by_role("tooltip")
    link = note(page, "one-customer", "payers")
    expect(card).to_be_hidden()
    link.hover()
    expect(card.locator("p")).to_have_text(
        [
            "Whoever pays is a customer, and nobody else.",
            "Bingham asserts: “only those who <b>pay</b>”",
            "McLeod grants: “who pays”",
        ]
    )
    box = card.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 10, steps=4)
    page.wait_for_timeout(500)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(5, 5)
    link.hover()
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_focus_shows_it_and_escape_closes_it_before_the_foot(page: Page) -> None:
    note(page, "again", "payers").click()
    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("aside.follow")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("aside.follow")).to_be_hidden()


def test_a_label_is_described_by_its_sentence(page: Page) -> None:
    for name, _, tags in PASSAGES:
        for _, claim, _ in tags:
            expect(note(page, name, claim)).to_have_accessible_description(CLAIMS[claim][1])
    expect(page.locator("#cc-claim-payers a")).to_have_accessible_description("")
    page.locator("#cc-claim-payers a").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Bingham asserts")
    expect(page.get_by_role("tooltip")).not_to_contain_text("Whoever pays")


def test_a_file_is_asked_for_once_and_a_broken_one_harms_nothing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    card = page.get_by_role("tooltip")
    for _ in range(2):
        note(page, "again", ODD).hover()
        expect(card).to_have_text("A claim with an odd id.")
        page.mouse.move(5, 5)
        expect(card).to_be_hidden()
    assert [unquote(url).rpartition("/")[2] for url in asked] == [f"{ODD}.json"]


def test_on_another_page_the_file_has_the_sentence(page: Page, pages: str) -> None:
    page.goto(f"{pages}/claims/payers.html")
    link = page.get_by_role("link", name="Drop the notion")
    link.hover()
    expect(page.get_by_role("tooltip").locator("p").first).to_have_text(CLAIMS["drop"][1])
    expect(link).to_have_attribute("aria-describedby", "cc-preview")
    page.keyboard.press("Escape")
    expect(link).not_to_have_attribute("aria-describedby", "cc-preview")


def test_from_a_disk_everything_works_but_the_other_authors_words(
    browser: Browser, folder: Path, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto((folder / "essays" / "allen.html").as_uri())
    note(page, "one-customer", "payers").hover()
    expect(page.get_by_role("tooltip")).to_have_text("Whoever pays is a customer, and nobody else.")
    note(page, "one-customer", "payers").click()
    expect(page.locator("aside.follow")).to_contain_text("1 of 3 here")
    page.keyboard.press("n")
    page.wait_for_url("**/bingham.html?claim=payers#only-those")
    expect(page.locator("aside.follow")).to_be_visible()
    page.context.close()


# --- Copying and citing ------------------------------------------------------------------------------

SELECT = """([from, begin, to, end]) => {
  const text = (id) => document.getElementById(id).firstChild;
  const [a, b] = [text(from), text(to)];
  getSelection().setBaseAndExtent(a, a.data.indexOf(begin), b, b.data.indexOf(end) + end.length);
}"""


QUOTATION = "quotationOf(getSelection().getRangeAt(0))"


def select(page: Page, first: str, begin: str, last: str, end: str) -> None:
    page.evaluate(SELECT, [first, begin, last, end])


def copied(page: Page) -> str:
    """What the page puts into the clipboard; nothing where it leaves that to the browser."""
    result: str = page.evaluate(
        """() => {
          const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
          document.querySelector("main").dispatchEvent(event);
          return event.clipboardData.getData("text/plain");
        }"""
    )
    return result


def test_paragraphs_are_copied_without_notes_numbers_and_buttons(page: Page) -> None:
    page.locator("#an-emphatic-no").hover()
    select(page, "an-emphatic-no", "An emphatic", "one-customer", "one customer.")
    text = copied(page)
    lines = text.split("\n\n")
    assert [line[:20] for line in lines] == [
        "An emphatic no, “nev",
        "Nothing is claimed h",
        "There is only one cu",
    ]
    assert "¶" not in text and "Bingham" not in text and "Drop" not in text
    expect(page.locator(".sheet")).to_have_count(0)


def test_a_copy_within_a_paragraph_and_outside_essays_is_the_browsers(page: Page) -> None:
    select(page, "one-customer", "There is", "one-customer", "customer.")
    assert copied(page) == ""
    page.evaluate("getSelection().removeAllRanges()")
    assert copied(page) == ""


def test_copying_offers_the_source(page: Page) -> None:
    select(page, "one-customer", "There is", "one-customer", "customer.")
    expect(page.get_by_role("button", name="Cite", exact=True)).to_be_visible()
    copied(page)
    expect(page.get_by_role("button", name="Cite what is copied")).to_be_visible()


def cited(page: Page) -> dict[str, str]:
    boxes = page.locator("dialog pre")
    return {box.get_attribute("aria-label") or "": box.text_content() or "" for box in boxes.all()}


def test_selected_words_are_cited(page: Page, pages: str) -> None:
    page.locator("#an-emphatic-no").click()
    page.wait_for_timeout(300)
    expect(page.locator(".quote")).to_have_count(0)
    select(page, "an-emphatic-no", "“never” they", "an-emphatic-no", "half-baked & d")
    page.get_by_role("button", name="Cite", exact=True).click()
    expect(page.get_by_role("dialog", name="Cite ¶2")).to_be_visible()
    address = (
        f"{pages}/essays/allen.html#an-emphatic-no:~:text="
        "%E2%80%9Cnever%E2%80%9D%20they%20said%3B%20half%2Dbaked%20%26%20done"
    )
    assert cited(page) == {
        "link": address,
        "plain text": "“‘never’ they said; half-baked & done” "
        f"James Allen, “The problem”, Blog, ¶ 2. {address}",
        "BibTeX": f"@misc{{allen-p2,\n  url = {{{address}}},\n}}",
        "CSL-JSON": f'[{{"id": "allen-p2", "URL": "{address}"}}]',
    }
    assert json.loads(cited(page)["CSL-JSON"])[0]["URL"] == address
    assert violations(page) == ""
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize(
    ("first", "begin", "last", "end", "expected"),
    [
        ("nothing-here", "hing is clai", "nothing-here", "clai", "Nothing%20is%20claimed"),
        ("again", " only one", "again", "one customer, ", "only%20one%20customer%2C"),
        ("one-customer", "There is only one", "one-customer", "one customer", "There%20is%20only%20one%20customer,-.%20And%20so"),
        ("again", "only one", "again", "one customer", "only%20one%20customer,-%2C%20again.%20And"),
        ("an-emphatic-no", "An emphatic", "one-customer", "one customer", "An%20emphatic%20no%2C%20%E2%80%9Cnever%E2%80%9D%20they,There%20is%20only%20one%20customer"),
    ],
)  # fmt: skip
def test_the_directive_names_whole_words_once(
    page: Page, first: str, begin: str, last: str, end: str, expected: str
) -> None:
    select(page, first, begin, last, end)
    quotation = unit(page, QUOTATION)
    assert quotation["hash"] == f"{first}:~:text={expected}"


def test_the_browser_goes_where_the_directive_says(page: Page, pages: str) -> None:
    page.set_viewport_size({"width": 900, "height": 300})
    for name, begin, end in [
        ("again", "only one", "one customer"),
        ("one-customer", "There is", "on, "),
    ]:
        select(page, name, begin, name, end)
        hash = unit(page, QUOTATION)["hash"]
        page.goto("about:blank")
        page.goto(f"{pages}/essays/allen.html#{hash.removeprefix(name)}")
        expect(page.locator(f"#{name}")).to_be_in_viewport()
        page.goto("about:blank")
        page.goto(f"{pages}/essays/allen.html#{name}:~:text=no%20such%20words")
        expect(page.locator(f"#{name}")).to_be_in_viewport()


def test_what_is_selected_outside_passages_is_not_cited(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(300)
    expect(page.locator(".quote")).to_have_count(0)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    page.get_by_role("button", name="Cite", exact=True).press("Enter")
    expect(page.get_by_role("dialog", name="Cite ¶1–6")).to_be_visible()


def test_one_button_moves_to_the_paragraph_that_is_pointed_at(page: Page, pages: str) -> None:
    page.locator("#an-emphatic-no").hover()
    expect(page.locator(".pilcrow")).to_have_text("¶2")
    page.locator(f'[id="{PASSAGES[5][0]}"]').hover()
    expect(page.locator(".pilcrow")).to_have_text(["¶6"])
    note(page, "one-customer", "payers").focus()
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Cite ¶4").press("Enter")
    expect(page.get_by_role("dialog", name="Cite ¶4")).to_be_visible()
    assert cited(page)["link"] == f"{pages}/essays/allen.html#one-customer"
    assert cited(page)["plain text"].startswith("James Allen")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cite ¶4")).to_be_focused()


def test_a_form_is_copied_or_selected_to_be_copied(page: Page, pages: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=pages)
    page.locator("#again").hover()
    page.locator(".pilcrow").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("dialog [role=status]")).to_have_text("Copied: link.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{pages}/essays/allen.html#again"
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.locator("dialog [role=status]")).to_contain_text("to be copied as usual")
    assert page.evaluate("getSelection().toString()").startswith("@misc{allen-p5")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()


# --- Notes on and off, and what seems wrong ----------------------------------------------------------


def test_notes_are_switched_off_and_stay_off(page: Page, pages: str) -> None:
    switch = page.get_by_role("switch", name="Notes")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.press("Space")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(page.locator(".notes").first).to_be_hidden()
    page.goto(f"{pages}/essays/bingham.html")
    expect(page.locator(".notes").first).to_be_hidden()
    switch.click()
    expect(page.locator(".notes").first).to_be_visible()
    page.reload()
    expect(page.locator(".notes").first).to_be_visible()


REPORT = """(document.body.dataset.report = given,
  reportAddress(make("a", { class: "asserts" }), "¶4 http://x/#a&b", "50 % & “more”"))"""


def test_a_mail_is_filled(page: Page) -> None:
    body = (
        "Passage%3A%20%C2%B64%20http%3A%2F%2Fx%2F%23a%26b%0D%0A"
        "Claim%3A%2050%20%25%20%26%20%E2%80%9Cmore%E2%80%9D%0D%0A"
        "Tagged%20as%3A%20asserts%0D%0A%0D%0AWhat%20seems%20wrong%3A%20"
    )
    subject = "A%20tag%20seems%20wrong%3A%2050%20%25%20%26%20%E2%80%9Cmore%E2%80%9D"
    for place, start in {
        "tags@example.org": "mailto:tags@example.org?",
        "mailto:tags@example.org?cc=b@example.org": "mailto:tags@example.org?cc=b@example.org&",
    }.items():
        assert unit(page, REPORT, place) == f"{start}subject={subject}&body={body}"


def test_an_issue_is_filled(page: Page) -> None:
    address = unit(page, REPORT, "https://example.org/issues/new?labels=tag")
    assert parse_qs(urlsplit(address).query) == {
        "labels": ["tag"],
        "title": ["A tag seems wrong: 50 % & “more”"],
        "body": [
            "Passage: ¶4 http://x/#a&b\nClaim: 50 % & “more”\nTagged as: asserts\n\n"
            "What seems wrong: "
        ],
    }


@pytest.mark.parametrize("place", ["javascript:alert(1)@x", "", "somebody", "ftp://x@y"])
def test_nothing_else_is_an_address_for_reports(page: Page, place: str) -> None:
    assert unit(page, REPORT, place) == ""


def test_a_tag_that_seems_wrong_is_told_from_the_foot_and_a_claims_page(
    page: Page, pages: str
) -> None:
    note(page, "again", "payers").click()
    address = page.get_by_role("link", name="A tag seems wrong?").get_attribute("href") or ""
    assert address.startswith("mailto:tags@example.org?")
    told = unquote(address)
    assert f"¶5 {pages}/essays/allen.html#again" in told and "Tagged as: illustrates" in told
    page.goto(f"{pages}/essays/bingham.html?claim=payers")
    expect(page.get_by_role("link", name="A tag seems wrong?")).to_be_hidden()
    page.goto(f"{pages}/claims/payers.html")
    page.get_by_role("blockquote").hover()
    address = page.get_by_role("link", name="A tag seems wrong?").get_attribute("href") or ""
    assert "one-customer" in address and "labels=tag" in address


# --- For everybody -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_what_scripts_make_is_accessible(
    browser: Browser, pages: str, watch: Watch, width: int, scheme: str
) -> None:
    page = open_page(browser, watch, width, color_scheme=scheme)
    page.goto(f"{pages}/essays/allen.html?claim=payers")
    note(page, "one-customer", "payers").focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert violations(page) == ""
    page.context.close()
