"""The search in a browser: facets, addresses, keys, announcements, hostile words, no script."""

import itertools
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from browser_watch import SHOTS, Watch, open_page, violations
from crossclaim import pipeline
from crossclaim.language.words import compounds, fold
from crossclaim.model import Collection, Essay, Passage, Tag
from search_collection import search_collection

FIELD, HIT, SAID = "#cc-words", ".cc-found-passages .cc-hit", ".cc-search-said"
TARGET = "article.essay p:target"
FACETS = ("author", "claim", "theme", "stance", "essay", "year", "review")


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    found = open_page(browser, watch)
    yield found
    found.context.close()


@pytest.fixture(scope="session")
def many_voices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pipeline.Checked]:
    root = search_collection(tmp_path_factory.mktemp("voices"))
    checked, failed = pipeline.build(root)
    assert not failed, failed
    return root, checked


@pytest.fixture(scope="session")
def voiced(many_voices: tuple[Path, pipeline.Checked], serve: Callable[[Path], str]) -> str:
    return serve(many_voices[0] / "site")


def ask(page: Page, address: str, query: str = "") -> None:
    """Opens the search page and waits for its answer."""
    page.goto(f"{address}/search.html{query}")
    expect(page.locator(SAID)).not_to_be_empty()
    settled(page)


def shifts(page: Page) -> float:
    """How far things have moved on the page by themselves, as Lighthouse counts."""
    moved: float = page.evaluate(
        """() => new Promise((resolve) => {
            let moved = 0;
            new PerformanceObserver((list) => {
                for (const { hadRecentInput, value } of list.getEntries())
                    if (!hadRecentInput) moved += value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(moved), 200);
        })"""
    )
    return moved


def settled(page: Page) -> None:
    expect(page.locator(".cc-search-body")).not_to_have_attribute("aria-busy", "true")


def said(page: Page) -> str:
    settled(page)
    return page.locator(SAID).inner_text()


def hits(page: Page) -> list[str]:
    """The passages shown: essay#id."""
    settled(page)
    links = page.locator(f"{HIT} .cc-hit-link").evaluate_all("all => all.map(a => a.href)")
    return [re.sub(r".*/essays/(.*)\.html#", r"\1#", link) for link in links]


def tick(page: Page, facet: str, value: str) -> None:
    box = page.locator(f'[data-facet="{facet}"]')
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    expect(box.locator("li").first).to_be_visible()
    if not box.locator(f'input[value="{value}"]').count():
        box.locator(".cc-facet-more").click()
    box.locator(f'input[value="{value}"]').click()
    settled(page)


# What the filters should leave, worked out from the collection without any index.


def values(
    collection: Collection, essay: Essay, passage: Passage, tag: Tag | None
) -> dict[str, Any]:
    theme = {claim.id: claim.theme for claim in collection.claims}
    year = re.search(r"\d{4}", essay.date)
    own = {"author": set(essay.authors), "essay": {essay.id}, "year": {year[0]} if year else set()}
    if tag:
        review = "reviewed" if tag.reviewed else "suggested"
        own |= {"claim": {tag.claim}, "theme": {theme[tag.claim]}, "stance": {tag.stance.value}}
        own |= {"review": {review}}
    return own


def fitting(
    collection: Collection, chosen: dict[str, list[str]], but: str = ""
) -> dict[str, set[str]]:
    """The passages that fit the choice in all facets but one: address to values of that one."""
    of_tags = {"claim", "theme", "stance", "review"}
    found: dict[str, set[str]] = {}
    for essay in collection.essays:
        for passage in essay.passages:
            tags: list[Tag | None] = [None, *passage.tags]
            for tag in tags:
                own = values(collection, essay, passage, tag)
                wanted = {f: set(v) for f, v in chosen.items() if v and f != but}
                if but in of_tags or wanted.keys() & of_tags:
                    if tag is None:
                        continue
                    if "review" not in wanted and but != "review":
                        wanted["review"] = {"reviewed"}
                if all(own.get(facet, set()) & any_of for facet, any_of in wanted.items()):
                    found.setdefault(f"{essay.id}#{passage.id}", set()).update(own.get(but, set()))
    return found


def counted(collection: Collection, chosen: dict[str, list[str]], facet: str) -> Counter[str]:
    return Counter(v for own in fitting(collection, chosen, facet).values() for v in own)


COUNT = """async ([module, chosen]) => {
    const { search } = await import(module);
    const { named } = await import(module.replace("engine.js", "filters.js"));
    const { FACETS } = await import(module.replace("engine.js", "facets.js"));
    const { passage } = await import(module.replace("engine.js", "collection.js"));
    const answer = await search({ words: "", chosen });
    const found = [];
    for (const record of answer.passages) {
        const { essay, id } = await passage(answer.collection, record);
        found.push(`${essay}#${id}`);
    }
    const counts = {};
    for (const facet of FACETS) {
        const names = await named(answer.collection, facet);
        counts[facet] = Object.fromEntries([...answer.counts[facet]].map(
            ([at, count]) => [names ? names[at][0] : String(at), count]));
    }
    return { found, counts };
}"""


@pytest.mark.parametrize("which", ["own", "voices"])
def test_every_facet_leaves_and_counts_what_it_should(
    page: Page,
    served: str,
    voiced: str,
    own: Collection,
    many_voices: tuple[Path, pipeline.Checked],
    which: str,
) -> None:
    address, collection = {
        "own": (served, own),
        "voices": (voiced, many_voices[1].index.collection),
    }[which]
    page.goto(f"{address}/search.html")
    chance = random.Random(4)
    every = {facet: sorted(counted(collection, {}, facet)) for facet in FACETS}
    choices: list[dict[str, list[str]]] = [{}]
    choices += [{facet: [value]} for facet in FACETS for value in every[facet]]
    for _ in range(150):
        facets = [f for f in chance.sample(FACETS, chance.randint(2, 4)) if every[f]]
        choices.append(
            {f: chance.sample(every[f], min(len(every[f]), chance.randint(1, 3))) for f in facets}
        )
    some = 0
    for chosen in choices:
        got = page.evaluate(COUNT, [f"{address}/assets/search/engine.js", chosen])
        assert set(got["found"]) == set(fitting(collection, chosen)), chosen
        for facet in FACETS:
            assert got["counts"][facet] == counted(collection, chosen, facet), (chosen, facet)
        some += bool(got["found"])
    assert some > 60


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_is_ticked_and_taken_back(
    page: Page, voiced: str, many_voices: tuple[Path, pipeline.Checked], facet: str
) -> None:
    collection = many_voices[1].index.collection
    page.goto(f"{voiced}/search.html")
    page.get_by_role("button", name="Browse by filter").click()
    expect(page.locator(".cc-facet").first).to_be_visible()
    value, count = counted(collection, {}, facet).most_common()[-1]
    tick(page, facet, value)
    assert set(hits(page)) == set(fitting(collection, {facet: [value]}))
    assert len(hits(page)) == count
    tick(page, facet, value)
    expect(page).to_have_url(f"{voiced}/search.html")


def test_three_facets_and_words_together_make_an_address_to_share(
    page: Page, browser: Browser, watch: Watch, served: str
) -> None:
    ask(page, served, "?q=customers")
    tick(page, "author", "james-allen")
    tick(page, "author", "lisa-mcleod")
    tick(page, "stance", "asserts")
    tick(page, "theme", "The verdict")
    expect(page).to_have_url(
        re.compile(
            r"\?q=customers&author=james-allen&author=lisa-mcleod&theme=The\+verdict&stance=asserts$"
        )
    )
    found, sentence = hits(page), said(page)
    assert found
    assert all(hit.startswith(("allen", "mcleod")) for hit in found)
    other = open_page(browser, watch, 390)
    other.goto(page.url)
    expect(other.locator(SAID)).to_have_text(sentence)
    assert hits(other) == found
    expect(other.locator(".cc-filters > summary")).to_have_text("Filters (4)")
    other.context.close()
    page.get_by_role("button", name="Clear all filters").click()
    expect(page).to_have_url(f"{served}/search.html?q=customers")


def test_the_back_button_undoes_a_step(page: Page, served: str) -> None:
    page.goto(f"{served}/search.html")
    page.locator(FIELD).press_sequentially("customers", delay=20)
    expect(page.locator(HIT).first).to_be_visible()
    words = said(page)
    tick(page, "author", "lisa-mcleod")
    filtered = said(page)
    assert filtered != words
    page.locator(".cc-choice input[value=essay]").check(force=True)
    expect(page).to_have_url(re.compile("sort=essay"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("sort="))
    expect(page.locator("input[value=lisa-mcleod]")).to_be_checked()
    page.go_back()
    expect(page.locator("input[value=lisa-mcleod]")).not_to_be_checked()
    expect(page.locator(SAID)).to_have_text(words)
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("")
    page.go_forward()
    expect(page.locator(FIELD)).to_have_value("customers")
    expect(page.locator(SAID)).to_have_text(words)


def test_a_result_is_a_paragraph_and_a_click_lands_on_it(page: Page, served: str) -> None:
    ask(page, served, "?q=gold+plating")
    hit = page.locator(HIT).first
    expect(hit.locator(".cc-hit-place")).to_contain_text("James Allen")
    expect(hit.locator(".cc-hit-place")).to_contain_text(
        "The problem with “internal customers” ¶ 12"
    )
    assert hit.locator(".cc-hit-text mark").all_inner_texts() == ["gold plating"]
    expect(hit.locator(".cc-hit-tags")).to_contain_text("grants")
    hit.locator(".cc-hit-link").click()
    expect(page).to_have_url(re.compile(r"/essays/allen[^?]*\.html#internal-customers-lead-to$"))
    target = page.locator(TARGET)
    expect(target).to_be_in_viewport()
    plain = page.locator("article.essay p[id]").nth(3)
    looks = "e => getComputedStyle(e).backgroundColor + getComputedStyle(e).boxShadow"
    assert target.evaluate(looks) != plain.evaluate(looks), "it is marked"


def test_claims_come_first_and_lead_to_their_paragraphs(page: Page, served: str) -> None:
    ask(page, served, "?q=breed+mediocrity")
    claim = page.locator(".cc-claim-hits .cc-hit").first
    expect(claim).to_contain_text("Internal customers breed mediocrity")
    above = page.evaluate(
        """() => document.querySelector('.cc-claim-hits').compareDocumentPosition(
            document.querySelector('.cc-found-passages')) & Node.DOCUMENT_POSITION_FOLLOWING"""
    )
    assert above
    claim.get_by_role("button", name=re.compile("Only its")).click()
    expect(page).to_have_url(re.compile("claim=internal-customers-breed-mediocrity"))
    claim.get_by_role("link").click()
    expect(page).to_have_url(f"{served}/claims/internal-customers-breed-mediocrity.html")


ANSWERED = """async ([module, queries]) => {
    const { search } = await import(module);
    const answers = [];
    for (const words of queries) {
        const { collection, claims } = await search({ words });
        answers.push(claims.map(at => collection.index.claims[at][0]));
    }
    return answers;
}"""


def test_a_claim_is_first_by_its_label_and_met_by_other_words_and_what_it_is_about(
    page: Page, served: str, own: Collection
) -> None:
    page.goto(f"{served}/index.html")

    def answers(queries: list[str]) -> list[list[str]]:
        found: list[list[str]] = page.evaluate(
            ANSWERED, [f"{served}/assets/search/engine.js", queries]
        )
        return found

    for claim, found in zip(own.claims, answers([c.name for c in own.claims]), strict=True):
        assert found[0] == claim.id, claim.name
    for claim, found in zip(own.claims, answers([c.sentence for c in own.claims]), strict=True):
        assert found[0] == claim.id, claim.sentence
    also = [(claim.id, word) for claim in own.claims for word in claim.also]
    for (claim_id, word), found in zip(also, answers([word for _, word in also]), strict=True):
        assert claim_id in found, word
    about = [" ".join(list(compounds_of(c.about))[:6]) for c in own.claims]
    for claim, found in zip(own.claims, answers(about), strict=True):
        assert claim.id in found, claim.about


def compounds_of(text: str) -> Iterator[str]:
    for parts in compounds(text):
        yield "".join(part for part, _, _ in parts)


def test_a_claim_that_was_found_has_its_sentence_as_its_description(
    page: Page, served: str
) -> None:
    ask(page, served, "?q=Internal+customers+cause+gold-plating")
    claim = page.locator(".cc-claim-hits .cc-hit-link").first
    expect(claim).to_have_accessible_name("Internal customers cause gold-plating")
    expect(claim).to_have_accessible_description(re.compile("that no real customer is willing"))


def test_results_by_author_stand_side_by_side(page: Page, served: str) -> None:
    ask(page, served, "?q=customers")
    page.locator(".cc-choice input[value=authors]").check(force=True)
    expect(page).to_have_url(re.compile("view=authors"))
    first = page.locator(".cc-by-claim").first
    expect(first).to_be_visible()
    names = first.locator("h3").all_inner_texts()
    assert sorted(names) == ["Curtis N. Bingham", "James Allen", "Lisa McLeod"]
    tops = first.locator("h3").evaluate_all(
        "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1, "one beside the other"
    for section in page.locator(".cc-by-claim").all():
        assert section.locator("h3").all_inner_texts() == names, "the same columns for every claim"
    assert page.locator(".cc-by-claim .cc-hit").count() > 30


def test_the_order_is_by_relevance_by_essay_or_by_date(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=kettle+kessel+naive+costs&sort=essay")
    essays = [hit.split("#")[0] for hit in hits(page)]
    assert essays == sorted(essays, key=["one", "three", "two"].index)
    ask(page, voiced, "?stance=asserts&stance=rejects&sort=date")
    essays = [hit.split("#")[0] for hit in hits(page)]
    assert [e for e, _ in itertools.groupby(essays)] == ["two", "one", "three"]
    ask(page, voiced, "?q=costs")
    assert hits(page)[0] == "one#costs"


SAME = [
    ("front-line kettle", "one#wakes"),
    ("frontline kettle", "one#wakes"),
    ("FRONT‑LINE KETTLE", "one#wakes"),
    ("front line cups", "one#cups"),
    ("front-line cups", "one#cups"),
    ("doesn't sleep", "one#wakes"),
    ("doesn’t sleep", "one#wakes"),
    ("doesnt sleep", "one#wakes"),
    ('"they say"', "one#cups"),
    ("“they say”", "one#cups"),
    ("«they say»", "one#cups"),
    ('"front-line kettle"', "one#wakes"),
    ('"frontline kettle"', "one#wakes"),
    ('"front line kettle"', "one#wakes"),
    ('"frontline cups"', "one#cups"),
    ('"front-line cups"', "one#cups"),
    ("naive people", "three#calms"),
    ("NAÏVE", "three#calms"),
    ("kettles calming", "three#calms"),
    ("costing", "one#costs"),
    ("calmed people", "three#calms"),
    ("front-li", "one#wakes"),
    ("front- kett", "one#wakes"),
    ("frontline", "three#nothing"),
    ("claimed about the frontline here", "three#nothing"),
    ("nobody says that our frontline cups wake", None),
    ("Haus Strasse", "two#haus"),
    ("Häusern", None),
    ("haus gross", None),
    ("Kunde", "two#haeuser"),
    ("Straße", "two#haus"),
    ("顧客", "three#kunde"),
    ("王様", "three#kunde"),
]


@pytest.mark.parametrize(("query", "expected"), SAME)
def test_quotes_hyphens_case_accents_and_endings_do_not_matter(
    page: Page, voiced: str, query: str, expected: str | None
) -> None:
    page.goto(f"{voiced}/search.html")
    page.fill(FIELD, query)
    expect(page.locator(SAID)).not_to_be_empty()
    if expected:
        assert expected in hits(page)
        assert "comes closest" not in said(page)


@pytest.mark.parametrize(
    "query", ['"say they"', '"wakes kettle"', '"kettle everybody"', '"客顧"', '"line front"']
)
def test_a_phrase_that_is_not_there_is_not_found(page: Page, voiced: str, query: str) -> None:
    ask(page, voiced, f"?q={query}")
    assert "paragraph by" not in said(page)


def test_a_passages_language_is_told(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=Kessel")
    assert page.locator(f"{HIT} .cc-hit-text").first.get_attribute("lang") == "de"


def test_suggestions_look_different_and_are_left_out_unless_asked_for(
    page: Page, voiced: str
) -> None:
    ask(page, voiced, "?claim=tea-calms")
    assert "two#haus" not in hits(page)
    ask(page, voiced, "?claim=tea-calms&review=suggested")
    assert hits(page) == ["two#haus"]
    expect(page.locator(".cc-hit-suggested")).to_have_text("asserts? (suggested)")


def test_a_misspelled_word_suggests_the_nearest(page: Page, served: str) -> None:
    ask(page, served, "?q=medocrity")
    expect(page.locator(SAID)).to_contain_text("Did you mean mediocrity?")
    page.get_by_role("link", name="mediocrity", exact=True).click()
    expect(page.locator(FIELD)).to_have_value("mediocrity")
    expect(page.locator(SAID)).to_contain_text("paragraphs by")
    ask(page, served, "?q=internal+custmoers")
    expect(page.locator(SAID)).to_contain_text("Did you mean internal customers?")
    ask(page, served, "?q=%22internal+custmoers%22")
    expect(page.locator(SAID)).to_contain_text('Did you mean "internal customers"?')


def test_a_suggestion_is_spelled_as_the_author_did(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=Hauserr")
    expect(page.locator(SAID)).to_contain_text("Did you mean Häuser?")


def test_a_phrase_is_marked_where_it_stands_and_not_word_by_word(page: Page, served: str) -> None:
    ask(page, served, "?q=%22the+customer%22")
    marks = page.locator(f"{HIT} .cc-hit-text mark").all_inner_texts()
    assert {mark.casefold() for mark in marks} == {"the customer"}


@pytest.mark.parametrize(
    "query", ["paying dying results", "mediocrity kettle", "customers zebra teams"]
)
def test_counts_hold_where_no_paragraph_has_all_the_words(
    page: Page, served: str, query: str
) -> None:
    page.goto(f"{served}/search.html")
    module = f"{served}/assets/search/engine.js"
    look = """async ([module, words, chosen]) => {
        const { search } = await import(module);
        const { passages, counts, partial } = await search({ words, chosen });
        return { found: passages.length, partial, counts: Object.fromEntries(counts.author) };
    }"""
    every = page.evaluate(look, [module, query, {}])
    assert every["partial"]
    ids = ["james-allen", "curtis-n-bingham", "lisa-mcleod"]
    got = {}
    for name in ids:
        one = page.evaluate(look, [module, query, {"author": [name]}])
        if one["counts"] and name:
            got[name] = one["found"]
            assert one["counts"] == every["counts"], "the other authors can still be chosen"
    assert sum(got.values()) >= every["found"]
    assert set(every["counts"].values()) <= set(got.values())


def test_words_that_are_small_in_another_language_must_be_there(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=kettle+ist")
    assert "paragraph by" not in said(page), "“ist” is small in German alone"


def test_the_focus_is_never_lost(page: Page, served: str) -> None:
    focused = "document.activeElement.tagName"
    page.goto(f"{served}/search.html")
    page.get_by_role("button", name="Browse by filter").press("Enter")
    expect(page.locator(".cc-facet").first).to_be_visible()
    assert page.evaluate(focused) == "SUMMARY"
    tick(page, "author", "james-allen")
    page.get_by_role("button", name="Clear all filters").press("Enter")
    settled(page)
    assert page.evaluate(focused) == "SUMMARY"
    ask(page, served, "?q=mediocrity")
    page.get_by_role("button", name=re.compile("Only its")).first.press("Enter")
    settled(page)
    assert page.evaluate(focused) == "INPUT"
    ask(page, served, "?q=customers&author=nobody")
    page.locator("input[value=nobody]").press("Space")
    expect(page).not_to_have_url(re.compile("nobody"))
    settled(page)
    assert page.evaluate(focused) == "SUMMARY"
    ask(page, served, "?q=customers")
    page.get_by_role("button", name=re.compile("More of the remaining")).press("Enter")
    expect(page.locator(HIT)).to_have_count(20)
    expect(page.locator(f"{HIT} .cc-hit-link").nth(10)).to_be_focused()
    page.reload()
    expect(page.locator(HIT)).to_have_count(20)


def test_a_filter_that_has_the_focus_shows_it(page: Page, served: str) -> None:
    ask(page, served, "?q=customers")
    page.locator(".cc-facet summary").first.focus()
    page.keyboard.press("Tab")
    box = page.locator("input[name=author]").first
    expect(box).to_be_focused()
    assert box.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_a_result_on_the_same_page_closes_the_panel(page: Page, served: str) -> None:
    page.goto(f"{served}/essays/allen-problem-with-internal-customers.html")
    page.keyboard.press("Control+k")
    page.keyboard.type('"gold plating"')
    page.locator(".cc-panel .cc-hit .cc-hit-place a").first.click()
    expect(page.locator(".cc-panel")).to_be_hidden()
    expect(page.locator(TARGET)).to_be_in_viewport()


def test_a_new_question_wins_over_more_of_the_old(page: Page, served: str) -> None:
    ask(page, served, "?q=customers")

    def slowly(route: Route) -> None:
        time.sleep(0.15)
        route.continue_()

    page.route("**/text-*.idx*", slowly)
    page.fill(FIELD, "front line")
    page.locator(".cc-more").evaluate("button => button.click()")
    expect(page.locator(SAID)).not_to_contain_text("32 paragraphs")
    settled(page)
    assert len(hits(page)) <= 10


def test_nothing_found_says_so_and_offers_the_nearest_claims(page: Page, served: str) -> None:
    ask(page, served, "?q=xylophones")
    expect(page.locator(SAID)).to_have_text(
        "Nothing was found for “xylophones”. The nearest claims:"
    )
    expect(page.locator(".cc-claim-hits .cc-hit-link")).to_have_count(3)
    ask(page, served, "?q=%21%3F")
    expect(page.locator(SAID)).to_contain_text("Nothing was found for “!?”.")


def test_an_impossible_choice_says_what_would_be_found_without_it(page: Page, served: str) -> None:
    ask(page, served, "?q=customers&author=nobody")
    expect(page.locator(SAID)).to_have_text(
        "No paragraph fits these filters; without them, 32 paragraphs would."
    )
    expect(page.locator("input[value=nobody]")).to_be_checked()


def test_what_is_found_is_announced_as_one_types(page: Page, served: str) -> None:
    page.goto(f"{served}/search.html")
    status = page.get_by_role("status")
    expect(status).to_be_empty()
    field = page.get_by_role("searchbox", name="Words to look for")
    expect(field).to_be_focused()
    field.press_sequentially("gold", delay=30)
    expect(status).to_have_text(re.compile(r"^\d+ paragraphs? by \d authors?(, \d+ claims?)?\.$"))
    field.press_sequentially("xx")
    expect(status).to_contain_text("Did you mean gold")
    assert page.evaluate("document.querySelectorAll('[role=status]').length") == 1


def test_everything_can_be_done_with_keys_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    page.keyboard.press("Control+k")
    field = page.get_by_role("searchbox", name="Search this collection")
    expect(field).to_be_focused()
    page.keyboard.type("mediocrity")
    expect(page.locator(".cc-panel .cc-hit").first).to_be_visible()
    expect(page.locator(".cc-panel [role=status]")).to_contain_text("paragraphs")
    page.keyboard.press("ArrowDown")
    links = page.locator(".cc-panel .cc-hit-link")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cc-panel")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}/search.html?q=mediocrity")
    expect(page.locator(HIT).first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/claims/"))
    page.go_back()
    expect(page.locator(HIT).first).to_be_visible()
    box = page.locator("input[name=author]").first
    box.focus()
    name = box.get_attribute("value")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(f"author={name}"))
    expect(page.locator(f"input[value={name}]")).to_be_focused()


def test_nothing_is_loaded_before_it_is_used(browser: Browser, watch: Watch, served: str) -> None:
    page = open_page(browser, watch)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("index.html", "search.html", "claims/index.html", "guide/reading.html"):
        page.goto(f"{served}/{path}", wait_until="networkidle")
        page.get_by_role("searchbox").first.focus()
        page.wait_for_timeout(100)
    assert [url for url in asked if "/assets/search/" in url] == []
    page.keyboard.type("c")
    expect(page.locator(".cc-panel")).to_be_visible()
    assert [url for url in asked if "/assets/search/" in url]
    page.context.close()


@pytest.mark.parametrize(
    "path", ["index.html", "essays/index.html", "guide/reading.html", "404.html", "search.html"]
)
def test_without_a_script_the_form_leads_to_the_claim_index(
    browser: Browser, watch: Watch, served: str, path: str
) -> None:
    page = open_page(browser, watch, java_script_enabled=False)
    page.goto(f"{served}/{path}")
    field = page.get_by_role("searchbox").locator("visible=true").first
    field.fill("customers")
    field.press("Enter")
    expect(page).to_have_url(f"{served}/claims/index.html?q=customers")
    if path == "search.html":
        page.go_back()
        expect(page.locator("noscript a")).to_have_attribute("href", "claims/index.html")
    page.context.close()


def test_a_page_from_a_disk_says_so_and_offers_the_claim_index(
    browser: Browser, watch: Watch, site: Path
) -> None:
    page = open_page(browser, watch)
    page.goto((site / "search.html").as_uri())
    sentence = "A page that is opened from a disk cannot search; the claim index lists every claim with its paragraphs."
    expect(page.locator(SAID)).to_have_text(sentence)
    page.goto((site / "essays/index.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("customers")
    expect(page.locator(SAID)).to_have_text(sentence)
    page.locator(f"{SAID} a").click()
    expect(page).to_have_url((site / "claims/index.html").as_uri())
    page.go_back()
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/claims/index\.html\?q="))
    page.context.close()


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "{{ 7*7 }} ${7*7} %00 \\",
    "constructor __proto__ toString hasOwnProperty",
    '"""""',
    "“",
    "-" * 500,
    "\u202ereversed\u0000",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_markup_and_odd_signs_do_nothing_but_search(page: Page, voiced: str, query: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{voiced}/search.html")
    page.fill(FIELD, query)
    expect(page.locator(SAID)).not_to_be_empty()
    settled(page)
    assert page.locator(".cc-search-page :is(script, img, iframe)").count() == 0
    page.reload()
    expect(page.locator(SAID)).not_to_be_empty()
    assert page.locator(".cc-search-page :is(script, img, iframe)").count() == 0


def test_words_of_the_essays_never_become_markup(page: Page, voiced: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    ask(page, voiced, "?q=costs+onerror")
    expect(page.locator(f"{HIT} .cc-hit-text").first).to_contain_text(
        "<img src=x onerror=alert(1)>"
    )
    assert page.locator(".cc-search-page :is(script, img, iframe)").count() == 0


@pytest.mark.parametrize("word", ["customers ", "a", "<b>", "“customers” "])
def test_ten_thousand_characters_are_searched_and_nothing_else(
    page: Page, served: str, word: str
) -> None:
    page.goto(f"{served}/search.html")
    text = (word * 10_000)[:10_000]
    page.evaluate(
        "text => { const f = document.querySelector('#cc-words'); f.value = text; f.dispatchEvent(new Event('input')); }",
        text,
    )
    expect(page.locator(SAID)).not_to_be_empty()
    settled(page)
    assert len(page.url) < 4000
    page.reload()
    expect(page.locator(SAID)).not_to_be_empty()


def test_an_index_that_cannot_be_read_says_so(browser: Browser, served: str) -> None:
    page = open_page(browser, Watch())  # the failure is the test's own
    page.route("**/index.idx*", lambda route: route.abort())
    page.goto(f"{served}/search.html?q=customers")
    expect(page.locator(SAID)).to_contain_text("The search could not be loaded; try again.")
    page.unroute("**/index.idx*")
    page.fill(FIELD, "customer")
    expect(page.locator(HIT).first).to_be_visible()
    page.context.close()


def test_it_works_below_a_path(browser: Browser, watch: Watch, served_below: str) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served_below}/essays/index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("gold plating")
    page.locator(".cc-panel .cc-hit").first.wait_for()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_below}/search.html?q=gold+plating")
    page.locator(f"{HIT} .cc-hit-link").first.click()
    expect(page.locator(TARGET)).to_be_visible()
    page.context.close()


def test_a_host_that_unpacks_the_files_itself_is_no_trouble(page: Page, served: str) -> None:
    import zlib

    def plain(route: Any) -> None:
        response = route.fetch()
        route.fulfill(body=zlib.decompress(response.body()), content_type="application/json")

    page.route("**/*.idx*", plain)
    ask(page, served, "?q=gold")
    assert hits(page)


WORDS = st.text(
    alphabet=st.one_of(
        # what one of the two does not know yet is no difference between the rules
        st.characters(exclude_categories=["Cn", "Cs", "Co"]),
        st.sampled_from("ab-’' ßςΣİéÉ“”客ทก\u00ad\u200d\u0301"),
    ),
    max_size=30,
)


def test_the_browser_reads_words_as_the_index_does(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    module = f"{served}/assets/search/words.js"

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(WORDS, min_size=20, max_size=40))
    def compare(texts: list[str]) -> None:
        read = page.evaluate(
            """async ([module, texts]) => {
                const { compounds } = await import(module);
                return texts.map(text => compounds(text).map(parts => parts.map(part => part.form)));
            }""",
            [module, texts],
        )
        for text, found in zip(texts, read, strict=True):
            assert found == [[fold(word) for word, _, _ in parts] for parts in compounds(text)], (
                text
            )

    compare()


LOOKS = [("found", 390, "light"), ("found", 820, "dark"), ("found", 1440, "light")]
LOOKS += [("authors", 390, "dark"), ("authors", 1440, "light")]
LOOKS += [("nothing", 390, "light"), ("start", 390, "dark"), ("start", 1440, "light")]


@pytest.mark.parametrize(("look", "width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_results(
    browser: Browser, watch: Watch, served: str, look: str, width: int, scheme: str
) -> None:
    page = open_page(browser, watch, width, color_scheme=scheme, reduced_motion="reduce")
    queries = {
        "found": "?q=internal+customers&stance=asserts",
        "authors": "?q=customers&view=authors",
        "nothing": "?q=xylophones",
        "start": "",
    }
    page.goto(f"{served}/search.html{queries[look]}")
    if look != "start":
        expect(page.locator(SAID)).not_to_be_empty()
        settled(page)
        if width < 900 and look == "found":
            page.locator(".cc-filters > summary").click()
    wrong = violations(page)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"search-{look}-{width}-{scheme}.png", full_page=True)
    assert not wrong, wrong
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("query", ["", "?q=customers", "?q=customers&view=authors", "?q=medocrity"])
def test_results_come_where_their_place_was_kept(
    browser: Browser, watch: Watch, served: str, query: str, width: int
) -> None:
    page = open_page(browser, watch, width)
    page.goto(f"{served}/search.html{query}", wait_until="networkidle")
    if query:
        settled(page)
    assert shifts(page) <= 0.02
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_panel(
    browser: Browser, watch: Watch, served: str, scheme: str
) -> None:
    page = open_page(browser, watch, color_scheme=scheme)
    page.goto(f"{served}/essays/mcleod-internal-customers.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("customers")
    page.locator(".cc-panel .cc-hit").first.wait_for()
    wrong = violations(page)
    page.screenshot(path=SHOTS / f"search-panel-{scheme}.png")
    assert not wrong, wrong
    page.context.close()
