"""The score in a browser: its keys, its line, its order, its filters, at every width."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser_watch import Watch, open_page, violations
from collections_made import make, many_authors
from crossclaim import pipeline
from crossclaim.pipeline import Checked
from crossclaim.site.score import render_score

ASSETS = Path(pipeline.__file__).parent / "site" / "assets"
SCRIPTS = ("00-base.js", "40-score.js", "41-table.js")
# What the frame around the pages gives: its colours.
FRAME = """
:root { color-scheme: light dark; --paper: light-dark(#fffdf9, #15181c); --shade: light-dark(#f6f1e7, #1e2227);
  --ink: light-dark(#211e1a, #e7e2d8); --quiet: light-dark(#5e574d, #aca597); --line: light-dark(#dcd3c3, #3a3f46);
  --link: light-dark(#0a4d68, #93cbe4); --asserts: light-dark(#0b5a60, #73c9c6); --illustrates: light-dark(#35601f, #9ccb7d);
  --concedes: light-dark(#80520a, #e0b060); --reports: light-dark(#5c4a86, #bcaae6); --rejects: light-dark(#9c2323, #f29a93);
  --serif: serif; --sans: sans-serif; --t1: 13px; --t2: 15px; --head: 56px; }
body { margin: 0; background: var(--paper); color: var(--ink); }
main { max-width: 1224px; margin: 0 auto; padding: 0 16px; }
[hidden] { display: none !important; }
"""
STOPS = "table => [...table.querySelectorAll('a')].filter(a => a.tabIndex >= 0).length"
OUT = "document.documentElement.scrollWidth - innerWidth"


def scripts(names: tuple[str, ...] = SCRIPTS) -> str:
    return "\n".join((ASSETS / "scripts" / name).read_text("utf-8") for name in names)


def harness(folder: Path, score: str, script: bool = True) -> Path:
    """A page with nothing but a score, its style and its scripts."""
    style = FRAME + (ASSETS / "styles" / "4-score.css").read_text("utf-8")
    run = f"<script>(() => {{ 'use strict'; {scripts()} scores(); }})();</script>" if script else ""
    page = folder / "page.html"
    page.write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Score</title><style>{style}</style>"
        f"<main><h1>Score</h1><p><a href='#end'>Before</a></p>{score}<p id=end><a href='#'>After</a></p></main>{run}",
        "utf-8",
    )
    return page


@pytest.fixture
def full(tmp_path: Path, checked: Checked) -> str:
    """The address of a page with the score of all our claims."""
    return harness(tmp_path, render_score(checked.index, "../")).as_uri()


@pytest.fixture
def shown(browser: Browser, watch: Watch, full: str) -> Page:
    """That page, open."""
    page = open_page(browser, watch)
    page.goto(full)
    return page


def rows(page: Page) -> Locator:
    return page.locator(".score tbody tr:has(td):visible")


def labels(page: Page) -> list[str]:
    return rows(page).locator("th a").all_inner_texts()


def test_the_tab_key_stops_once_and_arrows_go_from_mark_to_mark(shown: Page) -> None:
    table = shown.locator(".score table")
    assert table.evaluate(STOPS) == 1
    shown.locator("[name=order]").focus()
    focused = shown.locator(":focus")
    shown.keyboard.press("Tab")
    expect(focused).to_have_accessible_name(
        "Allen asserts: Drop the notion of internal customers, ¶2"
    )
    shown.keyboard.press("ArrowRight")
    expect(focused).to_have_text("¶8")
    shown.keyboard.press("ArrowDown")
    expect(focused).to_have_accessible_name(
        "Allen grants: Internal customers sound like good sense, ¶8"
    )
    shown.keyboard.press("Home")
    expect(focused).to_have_text("Internal customers sound like good sense")
    shown.keyboard.press("End")
    expect(focused).to_have_accessible_name(re.compile("McLeod grants.*¶13"))
    shown.keyboard.press("ArrowRight")
    expect(focused).to_have_accessible_name(re.compile("McLeod grants.*¶13"))
    for _ in range(40):
        shown.keyboard.press("ArrowUp")
    assert focused.evaluate("e => Boolean(e.closest('thead'))")
    assert table.evaluate(STOPS) == 1
    shown.keyboard.press("Tab")
    expect(focused).to_have_text("After")
    shown.keyboard.press("Shift+Tab")
    assert focused.evaluate("e => Boolean(e.closest('thead'))"), "it is remembered"


def test_a_mark_in_focus_is_under_neither_the_heads_nor_the_line(shown: Page) -> None:
    shown.locator(".score td a").first.focus()
    for _ in range(26):
        shown.keyboard.press("ArrowDown")
        mark = shown.locator(":focus").bounding_box()
        line = shown.locator(".tell").bounding_box()
        head = shown.locator(".score thead").bounding_box()
        assert mark
        assert line
        assert head
        assert mark["y"] + mark["height"] <= line["y"] + 1
        assert mark["y"] >= head["y"] + head["height"] - 1


def test_what_is_pointed_at_is_told_and_its_row_and_column_are_shaded(shown: Page) -> None:
    line, band = shown.locator(".tell"), shown.locator(".band")
    expect(line).to_have_text("")
    mark = shown.locator("td a.rejects").first
    mark.hover()
    expect(line).to_have_text("Bingham rejects: Colleagues are customers too, ¶3")
    expect(shown.locator("tr.on th")).to_have_text("Colleagues are customers too")
    one, other = mark.bounding_box(), band.bounding_box()
    assert one
    assert other
    assert abs(one["x"] - other["x"]) < 1
    assert abs(one["width"] - other["width"]) < 1
    shown.locator("h1").hover()
    expect(line).to_have_text("")
    expect(band).to_be_hidden()
    shown.locator("th a", has_text="Colleagues are customers too").focus()
    expect(line).to_contain_text("Employees have customers inside their company")


def test_the_order_is_chosen_and_kept_in_the_address(shown: Page, checked: Checked) -> None:
    index = checked.index
    by_theme = [c.name for claims in index.themes.values() for c in claims]
    assert labels(shown) == by_theme
    shown.locator("[name=order]").select_option("shared")
    expect(shown).to_have_url(re.compile(r"\?order=shared$"))
    claims = sorted(
        index.claims.values(),
        key=lambda c: (
            -len(index.makers(c.id)),
            -len(index.occurrences(c.id)),
            by_theme.index(c.name),
        ),
    )
    assert labels(shown) == [c.name for c in claims]
    shown.locator("[name=order]").select_option("first")
    assert labels(shown)[0] == "Internal customers raise accountability"
    shown.reload()
    expect(shown.locator("[name=order]")).to_have_value("first")
    assert labels(shown)[0] == "Internal customers raise accountability"
    shown.go_back()
    shown.go_back()
    assert labels(shown) == by_theme
    expect(shown.locator("[scope=rowgroup]:visible")).to_have_count(5)


@pytest.mark.parametrize("order", ["__proto__", "constructor", "%22%3E%3Cimg%20onerror%3Dx%3E"])
def test_an_order_that_is_none_is_by_theme(
    browser: Browser, watch: Watch, full: str, order: str, checked: Checked
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{full}?order={order}&theme=__proto__x&stance={order}&authors={order},{order}")
    expect(page.locator("[name=order]")).to_have_value("")
    page.goto(f"{full}?order={order}")
    assert labels(page) == [c.name for claims in checked.index.themes.values() for c in claims]


def test_the_table_is_filtered_in_place_and_the_address_keeps_it(shown: Page, full: str) -> None:
    everything = len(labels(shown))
    shown.locator("[name=stance]").select_option("rejects")
    expect(rows(shown)).to_have_count(2)
    expect(shown.get_by_role("status")).to_have_text(f"2 of {everything} claims")
    shown.locator("[name=stance]").select_option("")
    shown.locator("[name=words]").fill("PAYING count")
    expect(rows(shown).first.locator("th")).to_have_text("Only paying customers count")
    shown.locator("[name=words]").fill("")
    shown.locator("[name=theme]").select_option("The verdict")
    expect(rows(shown)).to_have_count(3)
    kept = shown.url
    shown.goto("about:blank")
    shown.goto(kept)
    expect(rows(shown)).to_have_count(3)
    expect(shown.locator("[name=theme]")).to_have_value("The verdict")
    shown.locator("[name=words]").fill("zebra")
    expect(shown.get_by_role("status")).to_have_text(f"0 of {everything} claims: none fits")
    assert shown.locator(".score table").evaluate(STOPS) <= 1
    shown.goto(f"{full}?authors=james-allen,lisa-mcleod")
    expect(shown.locator("[name=other]")).to_have_value("lisa-mcleod")
    expect(shown.locator(".score thead th:visible")).to_have_count(4)
    shown.locator("[name=other]").select_option("curtis-n-bingham")
    expect(shown).to_have_url(re.compile(r"authors=james-allen%2Ccurtis-n-bingham"))
    shown.go_back()
    expect(shown.locator(".score thead a:visible").first).to_have_text("James Allen")
    expect(shown.locator(".score thead")).not_to_contain_text("Bingham", use_inner_text=True)


def test_the_claim_comes_first_whose_label_is_typed_and_other_words_meet_it(
    shown: Page, checked: Checked
) -> None:
    first, field = rows(shown).first.locator("th a"), shown.locator("[name=words]")
    for claim in checked.index.claims.values():
        field.fill(claim.name.upper())
        expect(first).to_have_accessible_name(claim.name)
        for words in (*claim.also[:1], claim.sentence, " ".join(claim.about.split()[:5])):
            field.fill(words)
            expect(rows(shown).locator(f"th a[href$='/{claim.id}.html']")).to_have_count(1)


def test_without_a_script_it_is_a_table_whose_links_the_tab_key_reaches(
    browser: Browser, tmp_path: Path, checked: Checked
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(harness(tmp_path, render_score(checked.index, "", 40), script=False).as_uri())
    expect(page.locator(".score :is(select, [type=search])")).to_have_count(0)
    cell = (
        page.get_by_role("row", name=re.compile("Serve colleagues like customers"))
        .get_by_role("cell")
        .first
    )
    expect(cell.get_by_role("link")).to_have_count(3)
    page.get_by_label("Text").check()
    expect(cell.locator("a").last).to_have_css("font-size", "13px")
    assert cell.inner_text().split() == ["reports", "¶5", "¶7", "rejects", "¶11"]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_our_score_fits_every_width_without_a_violation(
    browser: Browser, watch: Watch, full: str, width: int, scheme: str
) -> None:
    page = open_page(browser, watch, width, color_scheme=scheme)
    page.goto(full)
    assert page.evaluate(OUT) <= 0
    assert page.locator(".frame").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert violations(page) == ""
    page.get_by_label("Text").check()
    assert page.evaluate(OUT) <= 0
    assert violations(page) == ""


def test_marks_can_be_told_apart_by_shape_in_forced_colours_and_on_paper(
    browser: Browser, watch: Watch, full: str
) -> None:
    page = open_page(browser, watch, forced_colors="active")
    page.goto(full)
    shape = "e => (s => [s.borderTopStyle, s.borderTopWidth, s.borderRadius, s.rotate].join())(getComputedStyle(e, '::before'))"
    stances = ("asserts", "illustrates", "concedes", "reports", "rejects")
    shapes = {page.locator(f"td a.{stance}").first.evaluate(shape) for stance in stances}
    assert len(shapes) == 5
    page.emulate_media(media="print", forced_colors="none")
    page.set_viewport_size({"width": 680, "height": 900})
    assert page.evaluate(OUT) <= 0
    expect(page.locator(".score select").first).to_be_hidden()
    places = page.locator("tr:nth-child(2) td a").evaluate_all("all => all.map(e => e.offsetLeft)")
    assert len(set(places)) > 2


@pytest.mark.parametrize(("authors", "essays"), [(9, 27), (60, 60)])
@pytest.mark.parametrize("width", [390, 1300])
def test_a_score_of_many_authors_scrolls_in_its_frame_and_keeps_its_claims_in_view(
    browser: Browser, watch: Watch, tmp_path: Path, authors: int, essays: int, width: int
) -> None:
    files = many_authors(authors, essays, claims=24, paragraphs=12)
    index = pipeline.check(make(tmp_path / "many", files)).index
    page = open_page(browser, watch, width)
    page.goto(harness(tmp_path, render_score(index, "../")).as_uri())
    assert page.evaluate(OUT) <= 0
    frame, claim = page.locator(".frame"), page.locator(".score th[scope=row]").first
    frame.evaluate("e => e.scrollTo(10000, 0)")
    edge, box, last = (
        frame.bounding_box(),
        claim.bounding_box(),
        rows(page).first.locator("td").last.bounding_box(),
    )
    assert edge
    assert box
    assert abs(box["x"] - edge["x"]) < 2, "the claims stay in view"
    assert box["width"] >= (200 if width == 1300 else 110)
    if last:
        assert last["x"] + last["width"] <= edge["x"] + edge["width"] + 1, (
            "the last column is reached"
        )
    scrolls = frame.evaluate("e => e.scrollWidth > e.clientWidth")
    assert (frame.get_attribute("tabindex") == "0") == scrolls
    assert violations(page) == ""


@pytest.fixture
def functions(browser: Browser) -> Callable[[str], object]:
    """Runs an expression among the functions of the scripts."""
    page = browser.new_page()
    source = scripts(SCRIPTS[1:])  # what they stand on needs a page with an address
    return lambda expression: page.evaluate(f"(() => {{ {source}\n return {expression}; }})()")


def test_words_are_compared_without_case_accents_and_signs(
    functions: Callable[[str], object],
) -> None:
    assert functions("plainWords('  Él: the “Café”, 2nd-rate! ')") == "el the cafe 2nd rate"


def test_a_claim_ranks_by_where_the_words_stand(functions: Callable[[str], object]) -> None:
    texts = '["tea wakes", "tea wakes caffeine", "tea wakes caffeine it is so", "tea wakes caffeine it is so alert"]'
    for typed, rank in {
        "": 0,
        "tea wakes": 0,
        "wakes tea": 1,
        "caffeine": 2,
        "so": 3,
        "alert tea": 4,
        "x": -1,
    }.items():
        assert functions(f"rankTexts({texts}, {typed!r})") == rank, typed


def test_keys_are_compared_by_the_first_that_differs(functions: Callable[[str], object]) -> None:
    assert functions("[[1, 2], [1, 1], [0, 9]].sort(compareKeys)") == [[0, 9], [1, 1], [1, 2]]
    assert functions("compareKeys([1], [1])") == 0


def test_an_arrow_up_or_down_keeps_to_the_column(functions: Callable[[str], object]) -> None:
    assert functions("nearest([1, 5, 9], n => n, 6)") == 5
    assert functions("stepFrom([['a', 'b'], ['c']], 'b', 'ArrowLeft', 0)") == "a"
    assert functions("stepFrom([['a', 'b'], ['c']], 'b', 'ArrowRight', 0)") == "b"
    assert functions("stepFrom([['a', 'b'], ['c']], 'a', 'ArrowUp', 0)") == "a"
    assert functions("stepFrom([['a', 'b'], ['c']], 'a', 'End', 0)") == "b"
    assert functions("stepFrom([['a']], 'elsewhere', 'End', 0)") == "elsewhere"
