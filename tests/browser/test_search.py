"""The search in a browser: what is found and how it is told, facets, addresses, keys, no script."""

import itertools
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browser_watch import SHOTS, Watch, open_page, violations
from collections_made import make, many_authors
from crossclaim import pipeline
from crossclaim.language.words import compounds, fold
from crossclaim.model import Collection, Essay, Passage, Stance, Tag
from search_collection import search_collection

FIELD, HIT, SAID = "#cc-words", ".cc-found-passages .cc-hit", ".cc-search-said"
HELP, BROWSE = ".cc-search-help", "choose by filters"
ESSAY = "/essays/allen-problem-with-internal-customers.html"
TARGET = "article.essay p:target"
FACETS = ("author", "claim", "theme", "stance", "essay", "year", "review")


@pytest.fixture(scope="session")
def many_voices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pipeline.Checked]:
    root = search_collection(tmp_path_factory.mktemp("voices"))
    checked, failed = pipeline.build(root)
    assert not failed, failed
    return root, checked


@pytest.fixture(scope="session")
def voiced(many_voices: tuple[Path, pipeline.Checked], serve: Callable[[Path], str]) -> str:
    return serve(many_voices[0] / "site")


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The site of a collection with more authors than are named in a line."""
    root = make(tmp_path_factory.mktemp("crowd"), many_authors(9, 9, 9, 4))
    _, failed = pipeline.build(root)
    assert not failed, failed
    return serve(root / "site")


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
    found = page.locator(f"{HIT} .cc-hit-link").evaluate_all("all => all.map(a => a.href)")
    return [re.sub(r".*/essays/(.*)\.html#([^:]*).*", r"\1#\2", link) for link in found]


def group(page: Page, heading: str) -> Locator:
    """A group of results, by its heading."""
    return page.get_by_role("region", name=heading, exact=True)


def headings(page: Page) -> list[str]:
    """The headings of the groups that show."""
    settled(page)
    return page.locator(".cc-group > h2:visible").all_inner_texts()


def links(page: Page, heading: str) -> list[str]:
    """What a group's results lead to: paths below the site."""
    found = group(page, heading).locator(".cc-hit-link")
    return found.evaluate_all("all => all.map(a => new URL(a.href).pathname.slice(1))")  # type: ignore[no-any-return]


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
    page.get_by_role("button", name=BROWSE).click()
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


def test_claims_stand_above_the_paragraphs_and_lead_to_theirs(page: Page, served: str) -> None:
    ask(page, served, "?q=mediocrity")
    assert headings(page)[:2] == ["Claims", "Paragraphs"]
    claim = group(page, "Claims").locator(".cc-hit").first
    expect(claim).to_contain_text("Internal customers breed mediocrity")
    only = claim.get_by_role("button", name=re.compile(r"Only the \d+ paragraph"))
    count = int(re.findall(r"\d+", only.inner_text())[0])
    only.click()
    expect(page).to_have_url(re.compile("claim=internal-customers-breed-mediocrity"))
    assert len(hits(page)) == count
    expect(only).to_have_count(0)
    claim.get_by_role("link").click()
    expect(page).to_have_url(f"{served}/claims/internal-customers-breed-mediocrity.html")


def test_three_claims_are_shown_before_somebody_asks_for_all(page: Page, served: str) -> None:
    ask(page, served, "?q=customers")
    claims = group(page, "Claims").locator(".cc-hit-link")
    expect(claims).to_have_count(3)
    every = page.get_by_role("button", name=re.compile(r"All \d+ claims"))
    count = int(re.findall(r"\d+", every.inner_text())[0])
    every.press("Enter")
    expect(claims).to_have_count(count)
    expect(claims.nth(3)).to_be_focused()
    expect(every).to_be_hidden()


def test_an_author_is_first_and_leads_to_page_essay_and_paragraphs(
    page: Page, served: str, own: Collection
) -> None:
    ask(page, served, "?q=lisa+mcleod")
    assert headings(page) == ["Authors and essays", "Paragraphs"]
    assert links(page, "Authors and essays") == [
        "authors/lisa-mcleod.html",
        "essays/mcleod-internal-customers.html",
    ]
    passages = fitting(own, {"author": ["lisa-mcleod"]})
    assert said(page) == f"{len(passages)} paragraphs by 1 author."
    page.get_by_role("button", name=f"Only the {len(passages)} paragraphs").press("Enter")
    expect(page).to_have_url(re.compile("author=lisa-mcleod"))
    settled(page)
    expect(page.locator(FIELD)).to_be_focused()
    page.get_by_role("button", name=re.compile("More of")).click()
    expect(page.locator(HIT)).to_have_count(len(passages))
    assert set(hits(page)) == set(passages)
    assert links(page, "Authors and essays") == ["authors/lisa-mcleod.html"], "they are no choice"
    group(page, "Authors and essays").get_by_role("link", name="Lisa McLeod").click()
    expect(page).to_have_url(f"{served}/authors/lisa-mcleod.html")


def test_a_name_with_another_word_finds_what_its_bearer_says_of_it(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=Ada+cups")
    assert hits(page) == ["one#cups"]
    assert "Authors and essays" not in headings(page), "nobody is called so"
    ask(page, voiced, "?q=Ada")
    assert links(page, "Authors and essays") == [
        "authors/ada-byron.html",
        "essays/one.html",
        "essays/three.html",
    ]


def test_a_word_of_a_title_alone_finds_no_essay(page: Page, served: str) -> None:
    ask(page, served, "?q=customers+not+internal+all")
    assert links(page, "Authors and essays") == [
        "essays/bingham-internal-customers-are-not-customers.html"
    ], "half of the title is asked for"
    ask(page, served, "?q=customers")
    assert "Authors and essays" not in headings(page)


@pytest.mark.parametrize(
    ("query", "essay"),
    [
        (
            "Internal Customers are not Customers at all",
            "bingham-internal-customers-are-not-customers",
        ),
        ("flawed concept drives mediocrity", "mcleod-internal-customers"),
        ("The problem with “internal customers”", "allen-problem-with-internal-customers"),
    ],
)
def test_an_essay_is_found_by_its_title(page: Page, served: str, query: str, essay: str) -> None:
    ask(page, served, f"?q={query}")
    assert headings(page)[0] == "Authors and essays"
    assert links(page, "Authors and essays") == [f"essays/{essay}.html"]


def test_a_claim_is_found_by_an_id_that_it_had(page: Page, served: str, own: Collection) -> None:
    former = [(claim.id, id) for claim in own.claims for id in claim.was]
    assert former
    page.goto(f"{served}/index.html")
    found = page.evaluate(ANSWERED, [f"{served}/assets/search/engine.js", [id for _, id in former]])
    for (claim, id), claims in zip(former, found, strict=True):
        heirs = {each for each, other in former if other == id}
        assert claim in claims[: len(heirs)], (id, claims)


def test_the_groups_are_regions_with_headings_in_order(page: Page, served: str) -> None:
    ask(page, served, "?q=internal+customers+concept+mediocrity")
    assert headings(page) == ["Authors and essays", "Paragraphs", "Near in meaning"]
    ask(page, served, "?q=mediocrity")
    assert headings(page) == ["Claims", "Paragraphs", "Near in meaning"]
    for name in headings(page):
        expect(group(page, name)).to_be_visible()
    ask(page, served, "?q=customers&view=authors")
    levels = page.locator("main :is(h1, h2, h3, h4):visible").evaluate_all(
        "all => all.map(e => Number(e.tagName[1]))"
    )
    assert set(levels) == {1, 2, 3, 4}
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_tags_of_a_result_are_in_the_order_of_the_query(page: Page, served: str) -> None:
    def first_tag(query: str) -> str:
        ask(page, served, f"?q={query}")
        hit = page.locator(HIT).filter(has_text="¶ 12").filter(has_text="James Allen")
        return hit.locator(".cc-hit-tags li").first.inner_text()

    assert "Internal customers cause gold-plating" in first_tag("gold+plating")
    assert "Internal customers derail strategy" in first_tag("strategic+goals")
    assert "Internal customers sound like good sense" in first_tag("sounds+good")


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
    names = first.locator("h4").all_inner_texts()
    assert names == ["James Allen", "Curtis N. Bingham", "Lisa McLeod"]
    tops = first.locator("h4").evaluate_all(
        "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1, "one beside the other"
    for section in page.locator(".cc-by-claim").all():
        shown = section.locator("h4").all_inner_texts()
        others = section.locator(".cc-hit-none").all_inner_texts()
        silent = [name for name in names if name not in shown]
        assert shown == [name for name in names if name in shown], "in the same order"
        assert others == ([f"Nothing here: {', '.join(silent)}"] if silent else [])
        assert all(
            section.locator("section").evaluate_all(
                "all => all.map(e => e.matches(':has(.cc-hit)'))"
            )
        )
    assert page.locator(".cc-by-claim .cc-hit").count() > 30


def test_many_authors_with_nothing_to_a_claim_are_folded(page: Page, crowded: str) -> None:
    ask(page, crowded, "?q=text&view=authors")
    row = page.locator(".cc-by-claim").first
    shown = row.locator("h4").count()
    assert 0 < shown < 5
    folded = row.locator("details.cc-hit-none")
    expect(folded.locator("summary")).to_have_text(f"Nothing here: {9 - shown} authors")
    assert "Anna A" not in folded.inner_text()
    folded.locator("summary").click()
    assert len(re.findall("Anna A", folded.inner_text())) == 9 - shown


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


MENDED = [
    ("medocrity", "medocrity", "mediocrity"),
    ("internal custmoers", "internal custmoers", "internal customers"),
    ("who says that custmers come first", "custmers come first", "customers come first"),
]


@pytest.mark.parametrize(("query", "typed", "mended"), MENDED)
def test_a_misspelled_word_is_mended_at_once(
    page: Page, served: str, query: str, typed: str, mended: str
) -> None:
    ask(page, served, f"?q={query.replace(typed, mended)}")
    right = hits(page)
    ask(page, served, f"?q={query}")
    expect(page.locator(SAID)).to_contain_text(f"Searched for “{mended}” instead of “{typed}”.")
    assert right
    assert hits(page) == right
    expect(page.locator(FIELD)).to_have_value(query)


def test_the_mending_is_undone(page: Page, served: str) -> None:
    ask(page, served, "?q=medocrity")
    undo = page.get_by_role("link", name="Search for the words as typed")
    expect(undo).to_have_attribute("href", re.compile(r"\?q=medocrity&as=typed$"))
    undo.click()
    expect(page).to_have_url(f"{served}/search.html?q=medocrity&as=typed")
    expect(page.locator(SAID)).to_have_text("Nothing was found for “medocrity”.")
    expect(page.locator(FIELD)).to_be_focused()
    page.reload()
    expect(page.locator(SAID)).to_have_text("Nothing was found for “medocrity”.")
    page.locator(FIELD).press("End")
    page.keyboard.type("s")
    expect(page).to_have_url(f"{served}/search.html?q=medocritys")
    expect(page.locator(SAID)).to_contain_text("Searched for")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{served}/search.html?q=medocrity")
    expect(page.locator(SAID)).to_contain_text("Searched for “mediocrity”")


@pytest.mark.parametrize("word", ["silos", "xylophone", "court", "boss", '"medocrity"', "mdrity"])
def test_nothing_is_mended_that_is_known_quoted_or_far_off(
    page: Page, served: str, word: str
) -> None:
    ask(page, served, f"?q={word}")
    assert "Searched for" not in said(page)


def test_a_mended_word_is_spelled_as_the_author_did(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=Hauserr")
    expect(page.locator(SAID)).to_contain_text("Searched for “Häuser” instead of “Hauserr”.")
    assert "two#haeuser" in hits(page)


def denied(collection: Collection, claim: str) -> set[str]:
    """The passages that reject a claim, or assert one that opposes it."""
    opposed = {c.id for c in collection.claims if claim in c.opposes}
    opposed |= {other for c in collection.claims if c.id == claim for other in c.opposes}
    saying = {Stance.ASSERTS, Stance.ILLUSTRATES}
    return {
        f"{essay.id}#{passage.id}"
        for essay in collection.essays
        for passage in essay.passages
        for tag in passage.tags
        if tag.reviewed
        and (
            (tag.claim, tag.stance) == (claim, Stance.REJECTS)
            or (tag.claim in opposed and tag.stance in saying)
        )
    }


def stanced(collection: Collection, claim: str, *stances: Stance) -> set[str]:
    """The passages that take up a claim so."""
    return {
        f"{essay.id}#{passage.id}"
        for essay in collection.essays
        for passage in essay.passages
        for tag in passage.tags
        if tag.reviewed and tag.claim == claim and tag.stance in stances
    }


def test_who_denies_a_claim_is_understood_and_told(
    page: Page, served: str, own: Collection
) -> None:
    ask(page, served, "?q=who+denies+that+colleagues+are+customers+too%3F")
    expect(page.locator(SAID)).to_contain_text("Who denies “colleagues are customers too”.")
    expected = denied(own, "colleagues-are-customers")
    assert f"{len(expected)} paragraphs by 3 authors" in said(page)
    page.get_by_role("button", name=re.compile("More of")).click()
    expect(page.locator(HIT)).to_have_count(len(expected))
    assert set(hits(page)) == expected
    assert links(page, "Claims")[0] == "claims/colleagues-are-customers.html"


def test_who_says_and_who_grants_it_are_other_questions(
    page: Page, served: str, own: Collection
) -> None:
    ask(page, served, "?q=who+says+that+only+paying+customers+count")
    expect(page.locator(SAID)).to_contain_text("Who says “only paying customers count”.")
    saying = stanced(own, "only-paying-customers-count", Stance.ASSERTS, Stance.ILLUSTRATES)
    assert set(hits(page)) == saying
    ask(page, served, "?q=which+authors+grant+that+internal+customers+sound+like+good+sense")
    expect(page.locator(SAID)).to_contain_text(
        "Who grants “internal customers sound like good sense”."
    )
    assert set(hits(page)) == stanced(own, "internal-customers-make-sense", Stance.CONCEDES)


def test_arguments_for_and_against_are_what_supports_it_and_what_opposes_it(
    page: Page, served: str
) -> None:
    ask(page, served, "?q=arguments+for+internal+customers")
    expect(page.locator(SAID)).to_contain_text("Arguments for “internal customers”.")
    allen = "allen-problem-with-internal-customers"
    case = ["#given-this-if-we", "#this-puts-everyone-on", "#one-executive-in-mumbai"]
    assert {allen + passage for passage in case} <= set(hits(page))
    page.get_by_role("button", name=re.compile("All . claims")).click()
    expect(page.locator(".cc-more-claims")).to_be_hidden()
    assert "claims/internal-customers-give-a-mission.html" in links(page, "Claims")
    assert "claims/internal-customers-distract.html" not in links(page, "Claims")
    ask(page, served, "?q=what+is+wrong+with+internal+customers")
    expect(page.locator(SAID)).to_contain_text("Arguments against “internal customers”.")
    assert links(page, "Claims")[0] == "claims/drop-internal-customers.html"


def test_a_question_is_undone(page: Page, served: str) -> None:
    ask(page, served, "?q=who+says+customers+come+first")
    expect(page.locator(SAID)).to_contain_text("Who says")
    asked = hits(page)
    page.get_by_role("link", name="Search for the words as typed").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=who\+says\+customers\+come\+first&as=typed$"))
    expect(page.locator(SAID)).not_to_contain_text("Who says")
    assert hits(page) != asked
    page.go_back()
    expect(page.locator(SAID)).to_contain_text("Who says")
    assert hits(page) == asked


def test_a_question_that_names_no_claim_is_words(page: Page, served: str) -> None:
    ask(page, served, "?q=who+says+xylophones")
    assert "Who says" not in said(page)


def test_what_is_near_in_meaning_stands_apart_and_says_which_word_led_there(
    page: Page, served: str
) -> None:
    ask(page, served, "?q=dealers")
    assert headings(page) == ["Claims", "Near in meaning"]
    near = group(page, "Near in meaning")
    hit = near.locator("ol > .cc-hit")
    expect(hit).to_have_count(1)
    expect(hit.locator(".cc-hit-place")).to_contain_text("Curtis N. Bingham")
    expect(hit.locator(".cc-hit-led")).to_contain_text("dealers → distributors")
    assert "distributors" in hit.locator("mark").all_inner_texts()
    ask(page, served, "?q=bonus")
    expect(page.locator(SAID)).to_have_text(
        "Nothing has all of these words; this is near in meaning."
    )
    assert headings(page) == ["Near in meaning"]
    claim = near.locator(".cc-claim-hits .cc-hit").first
    expect(claim).to_contain_text("Only paying customers count")
    expect(claim.locator(".cc-hit-led")).to_have_text("bonus → pay")


def test_nothing_is_near_to_what_nobody_speaks_of(page: Page, served: str) -> None:
    ask(page, served, "?q=silos")
    assert said(page) == "Nothing was found for “silos”."
    assert headings(page) == []
    expect(page.locator(HELP)).to_be_visible()


@pytest.mark.parametrize("query", ["mediocrity", "front line", "TQM", "IT department"])
def test_a_paragraph_stands_in_one_group_only(page: Page, served: str, query: str) -> None:
    ask(page, served, f"?q={query}")
    all_hits = page.locator(".cc-group ol .cc-hit-link").evaluate_all("all => all.map(a => a.href)")
    assert len(all_hits) >= len(hits(page)) > 0
    assert len(all_hits) == len(set(all_hits))


ABBREVIATED = [
    (
        "TQM",
        "bingham-internal-customers-are-not-customers#the-concept-of-internal",
        "Total Quality Management",
    ),
    (
        "IT department",
        "bingham-internal-customers-are-not-customers#an-internal-customer-approach",
        "IT",
    ),
]


@pytest.mark.parametrize(("query", "passage", "mark"), ABBREVIATED)
def test_an_abbreviation_is_no_small_word_and_finds_what_it_stands_for(
    page: Page, served: str, query: str, passage: str, mark: str
) -> None:
    ask(page, served, f"?q={query}")
    assert hits(page)[0] == passage
    assert mark in page.locator(HIT).first.locator("mark").all_inner_texts()


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
        const { collection, passages, counts, near } = await search({ words, chosen });
        const counted = Object.fromEntries([...counts.author].map(
            ([at, count]) => [collection.index.authors[at][0], count]));
        return { exact: passages.length, near: near?.passages.length ?? 0, counted };
    }"""
    every = page.evaluate(look, [module, query, {}])
    assert every["exact"] == 0
    assert every["near"] == sum(every["counted"].values()) > 0, "every essay has one author"
    for name in ["james-allen", "curtis-n-bingham", "lisa-mcleod"]:
        one = page.evaluate(look, [module, query, {"author": [name]}])
        assert one["near"] == every["counted"].get(name, 0)
        assert one["counted"] == every["counted"], "the other authors can still be chosen"


def test_words_that_are_small_in_another_language_must_be_there(page: Page, voiced: str) -> None:
    ask(page, voiced, "?q=kettle+ist")
    assert "paragraph by" not in said(page), "“ist” is small in German alone"


def test_the_focus_is_never_lost(page: Page, served: str) -> None:
    focused = "document.activeElement.tagName"
    page.goto(f"{served}/search.html")
    page.get_by_role("button", name=BROWSE).press("Enter")
    expect(page.locator(".cc-facet").first).to_be_visible()
    assert page.evaluate(focused) == "SUMMARY"
    tick(page, "author", "james-allen")
    page.get_by_role("button", name="Clear all filters").press("Enter")
    settled(page)
    assert page.evaluate(focused) == "SUMMARY"
    ask(page, served, "?q=mediocrity")
    page.get_by_role("button", name=re.compile("Only the")).first.press("Enter")
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


def test_a_facet_with_one_value_is_hidden(page: Page, served: str) -> None:
    ask(page, served, "?q=mediocrity")
    author = page.locator("[data-facet=author]")
    expect(page.locator("[data-facet=claim]")).to_be_visible()
    expect(author).to_be_hidden()
    expect(page.locator("[data-facet=review]")).to_be_hidden()
    ask(page, served, "?q=mediocrity&author=lisa-mcleod")
    expect(author).to_be_visible()
    expect(author.get_by_role("checkbox")).to_be_checked()
    author.get_by_role("checkbox").click()
    expect(author).to_be_hidden()
    ask(page, served, "?q=customers")
    expect(author).to_be_visible()


def test_nothing_found_says_so_and_invites(page: Page, served: str, own: Collection) -> None:
    ask(page, served, "?q=xylophones")
    expect(page.locator(SAID)).to_have_text("Nothing was found for “xylophones”.")
    assert headings(page) == []
    expect(page.locator(".cc-filters")).to_be_hidden()
    help = page.locator(HELP)
    assert help.locator("h2:visible").all_inner_texts() == [*themes(own), "Authors"]
    expect(help.get_by_role("link", name="the score")).to_be_visible()
    page.fill(FIELD, "customers")
    expect(page.locator(HIT).first).to_be_visible()
    expect(help).to_be_hidden()
    page.fill(FIELD, "")
    expect(help).to_be_visible()
    ask(page, served, "?q=%21%3F")
    expect(page.locator(SAID)).to_have_text("Nothing was found for “!?”.")
    ask(page, served, "?q=xylophones&author=james-allen")
    expect(page.locator("input[value=james-allen]")).to_be_checked()


def themes(collection: Collection) -> list[str]:
    return list(dict.fromkeys(claim.theme for claim in collection.claims))


def test_the_examples_of_the_empty_page_find_something(page: Page, served: str) -> None:
    page.goto(f"{served}/search.html")
    examples = page.locator(".cc-search-try a").all_inner_texts()
    assert len(examples) == 3
    for words in examples:
        page.goto(f"{served}/search.html")
        page.locator(HELP).get_by_role("link", name=words, exact=True).click()
        expect(page.locator(FIELD)).to_have_value(words)
        expect(page.locator(".cc-group .cc-hit").first).to_be_visible()
        expect(page.locator(HELP)).to_be_hidden()


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
    field.press_sequentially("en plat")
    expect(status).to_have_text("Nothing has all of these words; this is near in meaning.")
    field.fill("golld")
    expect(status).to_contain_text("Searched for “gold” instead of “golld”.")
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
    box = page.locator("input[name=stance]").first
    box.focus()
    name = box.get_attribute("value")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(f"stance={name}"))
    expect(page.locator(f"input[value={name}]")).to_be_focused()


def test_the_panel_shows_authors_and_what_is_near(page: Page, served: str) -> None:
    page.goto(f"{served}{ESSAY}")
    page.keyboard.press("Control+k")
    page.keyboard.type("bingham")
    first = page.locator(".cc-panel .cc-hit").first
    expect(first).to_have_text("Author Curtis N. Bingham")
    expect(page.locator(".cc-panel [role=status]")).to_have_text("10 paragraphs by 1 author.")
    expect(first.get_by_role("button")).to_have_count(0)
    page.get_by_role("searchbox").fill("dealers")
    expect(first).to_have_text("Claim Distributors are not customers")
    expect(page.locator(".cc-panel .cc-hit-led").last).to_contain_text("dealers → distributors")
    page.get_by_role("searchbox").fill("medocrity")
    expect(page.locator(".cc-panel [role=status]")).to_contain_text(
        "Searched for “mediocrity” instead of “medocrity”. 3 paragraphs by 1 author, 1 claim."
    )
    page.get_by_role("searchbox").fill("silos")
    expect(page.locator(".cc-panel [role=status]")).to_have_text("Nothing was found for “silos”.")
    expect(page.locator(".cc-panel .cc-hit")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="All results, with filters")).to_be_focused()


def test_a_result_opens_at_its_deciding_words(page: Page, served: str, own: Collection) -> None:
    ask(page, served, "?q=logical+fallacy")
    link = page.locator(f"{HIT} .cc-hit-link").first
    href = link.get_attribute("href") or ""
    place, _, words = href.partition(":~:text=")
    assert place.endswith("#i-recently-had-a")
    beginning, *_ = unquote(words).split(",")
    passages = {p.id: p for essay in own.essays for p in essay.passages}
    assert beginning
    assert beginning in passages["i-recently-had-a"].text
    link.click()
    expect(page).to_have_url(re.compile(r"/essays/bingham[^?]*\.html#i-recently-had-a$"))
    expect(page.locator("#i-recently-had-a")).to_be_in_viewport()
    expect(page.get_by_text(beginning).last).to_be_in_viewport()


def test_coming_back_finds_the_page_where_it_was_left(page: Page, served: str) -> None:
    ask(page, served, "?q=customers")
    page.get_by_role("button", name=re.compile(r"All \d+ claims")).click()
    page.get_by_role("button", name=re.compile("More of")).click()
    expect(page.locator(HIT)).to_have_count(20)
    claims = group(page, "Claims").locator(".cc-hit").count()
    link = page.locator(f"{HIT} .cc-hit-link").nth(14)
    link.scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    assert left > 900
    link.click()
    expect(page).to_have_url(re.compile("/essays/"))
    page.go_back()
    expect(page.locator(HIT)).to_have_count(20)
    expect(link).to_be_in_viewport()
    settled(page)
    assert abs(page.evaluate("scrollY") - left) <= 2, "at once, not by scrolling there"
    expect(group(page, "Claims").locator(".cc-hit")).to_have_count(claims)
    page.fill(FIELD, "mediocrity")
    expect(page.locator(HIT)).to_have_count(3)
    page.go_back()
    expect(page.locator(HIT)).to_have_count(20)
    settled(page)


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
    page.context.close()


def test_the_empty_page_invites_without_a_script(
    browser: Browser, watch: Watch, served: str, own: Collection
) -> None:
    page = open_page(browser, watch, java_script_enabled=False)
    page.goto(f"{served}/search.html")
    expect(page.locator("noscript a")).to_have_attribute("href", "claims/index.html")
    expect(page.locator(".cc-search-try")).to_be_hidden()
    help = page.locator(HELP)
    assert help.locator("h2").all_inner_texts() == [*themes(own), "Authors"]
    expect(help.get_by_role("link", name="Customers come first")).to_be_visible()
    help.get_by_role("link", name="Curtis N. Bingham").click()
    expect(page).to_have_url(f"{served}/authors/curtis-n-bingham.html")
    page.go_back()
    help.get_by_role("link", name="the score").click()
    expect(page).to_have_url(f"{served}/claims/index.html")
    page.context.close()


def test_a_page_from_a_disk_says_how_to_serve_and_offers_the_claim_index(
    browser: Browser, watch: Watch, site: Path
) -> None:
    page = open_page(browser, watch)
    page.goto((site / "search.html").as_uri())
    sentence = (
        "A browser lets no page on a disk read the index: to search, run “python -m http.server” in "
        "this folder and open http://localhost:8000. The claim index lists every claim with its paragraphs."
    )
    expect(page.locator(SAID)).to_have_text(sentence)
    expect(page.locator(HELP)).to_be_visible()
    expect(page.locator(".cc-search-try")).to_be_hidden()
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
LOOKS += [("near", 390, "light"), ("near", 1440, "dark"), ("people", 1440, "light")]
LOOKS += [("nothing", 390, "light"), ("start", 390, "dark"), ("start", 1440, "light")]


@pytest.mark.parametrize(("look", "width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_results(
    browser: Browser, watch: Watch, served: str, look: str, width: int, scheme: str
) -> None:
    page = open_page(browser, watch, width, color_scheme=scheme, reduced_motion="reduce")
    queries = {
        "found": "?q=internal+customers&stance=asserts",
        "authors": "?q=customers&view=authors",
        "near": "?q=motivated+dealers",
        "people": "?q=flawed+concept+drives+mediocrity",
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
