"""What scripts and styles add to reading: lights, previews, hops, citations, the table, paper."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from browser_watch import PAGES, Watch, open_page
from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.model import Collection

ESSAY, CLAIM, CLAIMS = PAGES["essay"], PAGES["claim"], PAGES["claims"]
SERVED = "theres-only-one-customer"
ROWS = ".cc-matrix tbody tr:not(.cc-theme-row):visible"


def passage(page: Page, name: str) -> Locator:
    return page.locator(".cc-passage", has=page.locator(f"#{name}"))


def test_a_claim_lights_its_paragraphs_and_the_address_keeps_it(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    light = page.get_by_role(
        "button", name="Light the paragraphs of: Everyone looks to the customer"
    )
    expect(light).to_have_attribute("aria-pressed", "false")
    light.click()
    expect(page).to_have_url(re.compile(r"\?claim=everyone-looks-to-the-customer$"))
    expect(page.get_by_role("status").first).to_have_text("2 of 14 paragraphs are lit.")
    assert page.locator(".cc-lit-up .cc-text").evaluate_all("all => all.map(e => e.id)") == [
        SERVED,
        "we-live-in-a",
    ]
    expect(page.locator(".cc-dim")).to_have_count(12)
    assert Axe().run(page).violations_count == 0, "what is dimmed can still be read"
    page.reload()
    expect(light).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".cc-dim")).to_have_count(12)
    light.click()
    expect(page.locator(".cc-dim")).to_have_count(0)
    page.go_back()
    expect(page.locator(".cc-dim")).to_have_count(12)
    page.context.close()


def test_a_light_for_a_claim_that_is_not_here_dims_nothing(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}?claim=%22%3E%3Cimg%20onerror%3Dx%3E")
    expect(page.locator(".cc-dim")).to_have_count(0)
    page.context.close()


def test_hovering_a_claim_previews_it_and_escape_closes_it(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    preview = page.locator("#cc-preview")
    expect(preview).to_be_hidden()
    claim = passage(page, SERVED).locator(".cc-claim").first
    claim.hover()
    expect(preview).to_be_visible()
    expect(preview).to_contain_text("Asserted by Allen, Bingham, McLeod")
    expect(preview).to_contain_text("A customer can ONLY be someone")
    box = preview.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.wait_for_timeout(600)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.context.close()


def test_focusing_a_claim_previews_it_and_describes_it(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}#{SERVED}")
    claim = passage(page, SERVED).locator(".cc-claim").first
    for _ in range(10):
        page.keyboard.press("Tab")
        if claim.evaluate("e => e === document.activeElement"):
            break
    expect(page.locator("#cc-preview")).to_be_visible()
    expect(claim).to_have_attribute("aria-describedby", "cc-preview")
    page.keyboard.press("Escape")
    expect(page.locator("#cc-preview")).to_be_hidden()
    expect(claim).to_be_focused()
    page.context.close()


def test_a_long_press_previews_a_claim_and_does_not_follow_it(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, 390, has_touch=True, is_mobile=True)
    page.goto(f"{served}/{ESSAY}")
    passage(page, SERVED).locator("summary").tap()
    claim = passage(page, SERVED).locator(".cc-claim").first
    claim.scroll_into_view_if_needed()
    box = claim.bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    at = [{"x": box["x"] + 20, "y": box["y"] + box["height"] - 8}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
    page.wait_for_timeout(700)
    expect(page.locator("#cc-preview")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)
    assert "/essays/" in page.url
    expect(page.locator("#cc-preview")).to_be_visible()
    page.context.close()


def test_one_key_leads_from_author_to_author_and_back(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}#{SERVED}")
    visited = []
    for _ in range(3):
        before = page.url
        page.keyboard.press("n")
        page.wait_for_function("before => location.href !== before", arg=before)
        page.wait_for_load_state()
        visited.append(re.sub(r".*/essays/(\w+)-.*#", r"\1#", page.url))
    assert visited == [
        "bingham#a-customer-can-only",
        "mcleod#in-fact-the-very",
        f"allen#{SERVED}",
    ]
    page.context.close()


def test_typing_an_n_elsewhere_goes_nowhere(browser: Browser, served: str, watch: Watch) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{CLAIMS}")
    page.locator("[name=words]").press_sequentially("internal n")
    page.wait_for_timeout(300)
    assert "/claims/index.html" in page.url
    expect(page.locator("[name=words]")).to_have_value("internal n")
    page.context.close()


def test_the_key_works_in_the_paragraph_that_is_pointed_at(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    page.locator(f"#{SERVED}").hover()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"bingham-.*#a-customer-can-only$"))
    page.go_back()
    page.locator("#for-employees-who-are").hover()
    page.keyboard.press("n")
    expect(page.locator(".cc-lit")).to_have_text(
        "No other author takes up a claim of this paragraph."
    )
    page.context.close()


def test_a_paragraph_can_be_linked_and_cited(browser: Browser, served: str, watch: Watch) -> None:
    page = open_page(browser, watch, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{served}/{ESSAY}?claim=drop-internal-customers")
    passage(page, SERVED).hover()
    page.get_by_role("button", name="Link to or cite paragraph 9").click()
    dialog = page.get_by_role("dialog", name="Paragraph 9")
    address = f"{served}/{ESSAY}#{SERVED}"
    checks: dict[str, Callable[[str], bool]] = {
        "Link": lambda text: text == address,
        "Plain text": lambda text: (
            "James Allen, “The problem with ‘internal" in text and "¶ 9" in text
        ),
        "BibTeX": lambda text: text.startswith("@misc{") and address in text,
        "CSL-JSON": lambda text: bool(json.loads(text)[0]["URL"] == address),
    }
    for name, check in checks.items():
        dialog.get_by_role("button", name=f"Copy {name}", exact=True).click()
        expect(dialog.get_by_role("status")).to_have_text(f"{name} copied.")
        assert check(page.evaluate("navigator.clipboard.readText()")), name
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.context.close()


def test_on_a_phone_claims_fold_to_one_quiet_line(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, 390)
    page.goto(f"{served}/{ESSAY}")
    box = passage(page, "internal-customers-lead-to")
    line = box.locator("summary")
    expect(line).to_contain_text("asserts 4")
    expect(line).to_contain_text("concedes 1")
    size = line.bounding_box()
    assert size
    assert 24 <= size["height"] <= 40
    expect(box.locator(".cc-tag").first).to_be_hidden()
    line.click()
    expect(box.locator(".cc-tag")).to_have_count(5)
    expect(box.locator(".cc-tag").first).to_be_visible()
    page.context.close()


def test_the_table_is_filtered_and_sorted_in_place_and_the_address_keeps_it(
    browser: Browser, served: str, watch: Watch, own: Collection
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{CLAIMS}")
    rows = page.locator(ROWS)
    expect(rows).to_have_count(len(own.claims))
    page.locator("[name=stance]").select_option("rejects")
    expect(rows).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text(f"2 of {len(own.claims)} claims")
    page.locator("[name=stance]").select_option("")
    page.locator("[name=words]").fill("PAYING count")
    expect(rows.first.locator("th")).to_have_text("Only paying customers count")
    page.locator("[name=words]").fill("")
    page.locator("[name=order]").select_option("makers")
    makers = rows.evaluate_all("all => all.map(e => +e.dataset.makers)")
    assert makers == sorted(makers, reverse=True)
    page.locator("[name=theme]").select_option("The verdict")
    expect(rows).to_have_count(3)
    shared = page.url
    page.goto(f"{served}/index.html")
    page.goto(shared)
    expect(rows).to_have_count(3)
    expect(page.locator("[name=theme]")).to_have_value("The verdict")
    page.go_back()
    page.go_back()
    page.goto(f"{served}/{CLAIMS}?authors=james-allen,lisa-mcleod")
    expect(page.locator("[name=other]")).to_have_value("lisa-mcleod")
    page.locator("[name=other]").select_option("curtis-n-bingham")
    expect(page).to_have_url(re.compile(r"authors=james-allen%2Ccurtis-n-bingham"))
    page.go_back()
    assert page.locator(".cc-matrix thead th:visible").all_inner_texts() == [
        "Claim", "James Allen", "Lisa McLeod",
    ]  # fmt: skip
    page.context.close()


def test_the_table_has_the_claim_first_whose_label_is_typed_and_meets_other_words(
    browser: Browser, served: str, watch: Watch, own: Collection
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{CLAIMS}")
    first, field = page.locator(ROWS).first.locator("th a"), page.locator("[name=words]")
    for claim in own.claims:
        field.fill(claim.name.upper())
        expect(first).to_have_accessible_name(claim.name)
        expect(first).to_have_attribute("href", f"../claims/{claim.id}.html")
        for words in (*claim.also, claim.sentence, " ".join(claim.about.split()[:5])):
            field.fill(words)
            expect(page.locator(f"{ROWS} th a[href$='/{claim.id}.html']")).to_have_count(1)
    page.context.close()


def test_a_claims_link_is_called_by_its_label_and_described_by_its_sentence(
    browser: Browser, served: str, watch: Watch, own: Collection
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    (claim,) = (c for c in own.claims if c.id == "only-paying-customers-count")
    link = passage(page, SERVED).locator(f".cc-claim[href$='{claim.id}.html']")
    for _ in range(2):
        expect(link).to_have_accessible_name(claim.label)
        expect(link).to_have_accessible_description(claim.sentence)
        link.hover()
        expect(page.locator("#cc-preview")).to_contain_text(claim.sentence)
        assert link.get_attribute("title") == "", "the preview says it"
        page.mouse.move(5, 5)
        expect(page.locator("#cc-preview")).to_be_hidden()
    page.emulate_media(media="print")
    printed = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert printed == f'"{claim.sentence}"'
    assert link.evaluate("e => getComputedStyle(e).fontSize") == "0px"
    page.goto(f"{served}/claims/{claim.id}.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text(claim.sentence)
    assert page.title().startswith(claim.label)
    page.context.close()


def test_the_claim_stays_in_view_and_the_words_that_decide_are_tinted(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{CLAIM}")
    page.locator("#lisa-mcleod").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#lisa-mcleod').scrollIntoView()")
    expect(page.locator(".cc-in-view")).to_be_in_viewport()
    marked = page.locator(".cc-quote .cc-decides").all_inner_texts()
    assert "Employees are not customers" not in marked
    assert any("pay" in words for words in marked)
    page.context.close()


def test_opposing_claims_stand_face_to_face(browser: Browser, served: str, watch: Watch) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{PAGES['claim-reported']}")
    face = page.get_by_role("group", name="Two claims that oppose each other").first
    left, right = (face.locator("> div").nth(at).bounding_box() for at in (0, 1))
    assert left
    assert right
    assert abs(left["y"] - right["y"]) < 2
    assert right["x"] > left["x"] + left["width"] - 2
    expect(face.locator("> div").first).to_contain_text("reports")
    page.context.close()


def test_the_map_shows_a_claims_own_lines(browser: Browser, served: str, watch: Watch) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{PAGES['map']}")
    box = page.locator(".cc-box[data-claim='internal-customers-cause-gold-plating']")
    box.hover()
    expect(page.locator(".cc-lines .cc-own")).to_have_count(2)
    box.get_by_role("link", name="James Allen asserts:").click()
    expect(page).to_have_url(re.compile(r"allen-.*#internal-customers-lead-to$"))
    page.context.close()


def test_paper_gets_the_text_its_numbers_and_its_claims(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, 390)
    page.goto(f"{served}/{ESSAY}")
    page.emulate_media(media="print")
    for gone in (".md-header", ".md-footer", ".cc-argues", ".cc-cite", ".cc-crumbs"):
        expect(page.locator(gone).first).to_be_hidden()
    box = passage(page, SERVED)
    expect(box.locator(".cc-tag").first).to_be_visible()
    expect(box.locator(".cc-number")).to_be_visible()
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    page.context.close()


@pytest.mark.parametrize("name", ["map", "claims", "claim", "essay", "home", "compare"])
def test_nothing_is_cut_off_on_paper(
    browser: Browser, served: str, watch: Watch, name: str
) -> None:
    page = open_page(browser, watch, 680)  # what a sheet of A4 has between its margins
    page.goto(f"{served}/{PAGES[name]}")
    page.emulate_media(media="print")
    cut = page.locator("article *").evaluate_all(
        """all => all.filter(e => e.checkVisibility() && !e.closest('.cc-hidden, .cc-signs')
            && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    page.context.close()


def test_links_in_the_text_become_notes_on_paper(
    browser: Browser, watch: Watch, tmp_path: Path
) -> None:
    body = "See [one](https://example.org/1) and [two](https://example.org/2).\n{: #see asserts='tea-wakes' }\n"
    pipeline.build(make(tmp_path, {"essays/ada.md": essay(body)}))
    page = open_page(browser, watch)
    page.goto((tmp_path / "site/essays/ada.html").as_uri())
    notes = page.locator(".cc-on-paper")
    expect(notes).to_be_hidden()
    page.emulate_media(media="print")
    expect(notes).to_be_visible()
    assert notes.locator("li").all_inner_texts() == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    marks = page.locator("#see a").evaluate_all(
        "all => all.map(e => getComputedStyle(e, '::after').content)"
    )
    assert all("counter(cc-link)" in mark for mark in marks)
    page.context.close()


def test_motion_is_left_out_where_it_is_not_wanted(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch, reduced_motion="reduce")
    page.goto(f"{served}/{ESSAY}")
    duration = page.locator(".cc-passage").first.evaluate(
        "e => getComputedStyle(e).transitionDuration"
    )
    assert float(duration.removesuffix("s")) < 0.001
    page.context.close()


def test_the_first_tab_stop_skips_to_the_content(
    browser: Browser, served: str, watch: Watch
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/{ESSAY}")
    page.keyboard.press("Tab")
    skip = page.locator("a.md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.context.close()


@pytest.mark.parametrize("name", ["home", "essay", "claim", "claims", "author", "map"])
def test_a_first_visit_transfers_at_most_100_kb(
    browser: Browser, served: str, site: Path, watch: Watch, name: str
) -> None:
    page = open_page(browser, watch)
    asked: set[str] = set()
    page.on("response", lambda response: asked.add(response.url.split("?")[0]))
    page.goto(f"{served}/{PAGES[name]}", wait_until="networkidle")
    files = [site / address.removeprefix(served).lstrip("/") for address in asked]
    sizes = {f.name: len(gzip.compress(f.read_bytes())) for f in files if f.is_file()}
    assert PAGES[name].rpartition("/")[2] in sizes
    assert sum(sizes.values()) <= 100_000, sizes
    page.context.close()


def test_nothing_moves_while_a_page_loads(browser: Browser, served: str, watch: Watch) -> None:
    for width in (390, 1440):
        page = open_page(browser, watch, width)
        for name in ("home", "essay", "claim", "claims", "map"):
            page.goto(f"{served}/{PAGES[name]}", wait_until="networkidle")
            moved = page.evaluate(
                """() => new Promise(done => {
                    let sum = 0;
                    new PerformanceObserver(list => {
                        for (const entry of list.getEntries()) sum += entry.value;
                    }).observe({type: 'layout-shift', buffered: true});
                    setTimeout(() => done(sum), 300);
                })"""
            )
            # A layout shift as Lighthouse reports it, to three places.
            assert moved < 0.0005, (name, width)
        page.context.close()


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a collection with sixty authors."""
    names = [f"Author {chr(65 + at // 26)}{chr(97 + at % 26)}x" for at in range(60)]
    files: dict[str, str | bytes | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in names)
    for at, name in enumerate(names):
        body = "Tea wakes.\n{: #tea asserts='tea-wakes' }\n\nIt calms.\n{: #calm rejects='tea-calms' }\n"
        files[f"essays/e{at}.md"] = essay(body, f"title: Tea {at}\nauthor: {name}")
    root = make(tmp_path_factory.mktemp("sixty"), files)
    checked, failed = pipeline.build(root)
    assert not failed
    assert checked.buildable
    return root / "site"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_table_is_usable_at_sixty_authors(
    browser: Browser, sixty: Path, watch: Watch, width: int
) -> None:
    page = open_page(browser, watch, width)
    page.goto((sixty / "claims/index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    if width == 1440:
        frame = page.locator(".cc-matrix-frame")
        frame.evaluate("e => e.scrollTo(900, 60)")
        head = page.locator(".cc-matrix thead th").first
        row = page.locator(".cc-matrix th[scope=row]").first
        edge = frame.bounding_box()
        for fixed in (head, row):
            box = fixed.bounding_box()
            assert edge
            assert box
            assert abs(box["x"] - edge["x"]) < 2, "the claims stay in view"
    assert not (sixty / "compare").exists(), "too many pairs for a page each"
    page.goto((sixty / "claims/index.html").as_uri() + "?authors=author-aax,author-bbx")
    expect(page.locator(".cc-matrix thead th:not([hidden])")).to_have_count(3)
    page.context.close()
