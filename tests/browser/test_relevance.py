"""What people look for is among the first five results; `tests/search_queries.yml` says what that is.

For the authors' words and quotations the bar is nine of ten; for paraphrases the figure is printed
with its failures, and must not fall below what was reached.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser

from browser_watch import Watch, open_page
from crossclaim.model import Collection

QUERIES = Path(__file__).parent.parent / "search_queries.yml"
FIRST = 5
BAR = {"words": 0.9, "quote": 0.9, "paraphrase": 0.6}
LOOK = """async ([module, queries, first]) => {
    const { search } = await import(module);
    const { passage } = await import(module.replace("engine.js", "collection.js"));
    const answers = [];
    for (const { query, facets } of queries) {
        const answer = await search({ words: query, chosen: facets ?? {} });
        const shown = [...answer.passages.slice(0, first)];
        const found = await Promise.all(shown.map(at => passage(answer.collection, at)));
        answers.push(found.map(({ essay, id }) => `${essay}#${id}`));
    }
    return answers;
}"""


def queries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text("utf-8"))
    return found


def recalls(asked: list[dict[str, Any]], answers: list[list[str]]) -> dict[str, list[float]]:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for query, answer in zip(asked, answers, strict=True):
        expected = query["expect"]
        by_kind[query["kind"]].append(len(set(expected) & set(answer)) / len(expected))
    return by_kind


def test_the_queries_name_passages_that_exist(own: Collection) -> None:
    known = {f"{essay.id}#{p.id}" for essay in own.essays for p in essay.passages}
    asked = queries()
    assert len(asked) >= 40
    for query in asked:
        assert query["expect"], query
        assert set(query["expect"]) <= known, query
        assert len(query["expect"]) <= FIRST, query


def test_what_is_expected_is_among_the_first_five(
    browser: Browser, watch: Watch, served: str
) -> None:
    page = open_page(browser, watch)
    page.goto(f"{served}/index.html")
    asked = queries()
    answers = page.evaluate(LOOK, [f"{served}/assets/search/engine.js", asked, FIRST])
    page.context.close()
    by_kind = recalls(asked, answers)
    for kind, values in by_kind.items():
        print(f"recall@{FIRST} of {len(values)} {kind}: {sum(values) / len(values):.2f}")
    for query, answer in zip(asked, answers, strict=True):
        missing = set(query["expect"]) - set(answer)
        if missing:
            print(f"  {query['kind']}: {query['query']} {query.get('facets', '')}: not {missing}")
    for kind, bar in BAR.items():
        assert sum(by_kind[kind]) / len(by_kind[kind]) >= bar, kind
