"""What searching costs, beside Pagefind on the same passages.

Sizes are exact: what a browser receives from a server that compresses text, as hosts do. Times are
those of this machine. `python tests/bench_search.py 3 300` measures only these numbers of essays;
`python tests/bench_search.py index` only what making the index costs.
"""

import multiprocessing
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

import bench_pagefind
from bench_collection import SOURCE, collection, served
from browser_install import arguments, browser
from crossclaim import pipeline
from crossclaim.content.memory import remembering
from crossclaim.language.words import forms
from crossclaim.site import publish, renderer
from crossclaim.site.render_keys import Docs
from crossclaim.site.search.index_files import FOLDER
from crossclaim.site.search.records import search_records
from crossclaim.site.search.update import data_files

SIZES = (3, 300, 5000)
INDEX_SIZES = (30, 100, 300, 1000)
WORDS = (
    "militia",
    "government",
    "liberty press",
    "commerce nations",
    "the people",
    '"public good"',
)
# What no paragraph has.
MEANT = ("soldiers revolting", "kings mistreating peasants", "who denies that taxes hurt trade")
FACETS = ("author=ada-alberford", "claim=claim-7", "theme=Theme+3", "stance=rejects", "year=1801")
TYPED = ("gov", "gove", "governm", "government", "people of", "power", "trial by jury", "senate")
STATUS = ".cc-search-said"
OURS, PAGEFIND = "/assets/search/", "/assets/pagefind/"

# The time from an input event to the moment the results are there.
KEYSTROKE = """([field, text, results]) => new Promise(resolve => {
    const input = document.querySelector(field);
    const place = document.querySelector(results);
    const watch = new MutationObserver(() => {
        watch.disconnect();
        resolve(performance.now() - start);
    });
    watch.observe(place, { childList: true, subtree: true, characterData: true });
    setTimeout(() => { watch.disconnect(); resolve(-1); }, 20000);
    input.focus();
    input.value = text;
    const start = performance.now();
    for (const name of ["input", "keyup"])
        input.dispatchEvent(new KeyboardEvent(name, { bubbles: true }));
})"""


class IndexCost(NamedTuple):
    """What the records and files of a search cost to make, in a process apart.

    Processor time in seconds; memory in kilobytes above what the collection takes; files, their
    bytes, and the different words in them.
    """

    processor: float
    memory: int
    files: int
    size: int
    words: int

    def __str__(self) -> str:
        return (
            f"{self.processor:.1f} s, {self.memory / 1000:.0f} MB, {self.files} files,"
            f" {self.size / 1e6:.1f} MB, {self.words} words"
        )


def _index_cost(root: Path, send: Callable[[IndexCost], None]) -> None:
    checked = pipeline.check(root)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    records = search_records(checked.index, checked.settings.language)
    data = data_files(records)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    passages = [passage for essay in records.essays for passage in essay.record().passages]
    words = len({form.form for passage in passages for form in forms(passage.text)})
    send(IndexCost(took, peak - before, len(data), sum(map(len, data.values())), words))


def index_cost(root: Path) -> IndexCost:
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_index_cost, args=(root, send.send))
    process.start()
    cost: IndexCost = receive.recv()
    process.join()
    return cost


def index_costs() -> None:
    """The cost of the index an essay, as collections grow."""
    print(f"The search index of essays of 20 paragraphs, prose from {SOURCE}:")
    for essays in INDEX_SIZES:
        with tempfile.TemporaryDirectory() as folder:
            cost = index_cost(collection(Path(folder) / "c", essays))
        print(f"  {essays}: {cost.processor * 1000 / essays:.1f} ms an essay; {cost}", flush=True)


class Meter:
    """Counts the bytes that a page receives, headers aside, by what they are for."""

    def __init__(self, page: Page) -> None:
        self.ours = self.pagefind = 0
        page.on("response", self._received)

    def _received(self, response: Response) -> None:
        url, size = response.url, int(response.headers.get("content-length", 0))
        if OURS in url:
            self.ours += size
        elif PAGEFIND in url:
            self.pagefind += size


@contextmanager
def metered(chromium: Browser) -> Iterator[tuple[Page, Meter]]:
    """A page with an empty cache, and its meter."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(120_000)
    yield page, Meter(page)
    context.close()


def first_queries(
    chromium: Browser, address: str, status: str, queries: Sequence[str] = WORDS
) -> Iterator[Meter]:
    """The meters of a first query with one facet, each word and facet in a fresh browser."""
    for words in queries:
        for facet in FACETS:
            with metered(chromium) as (page, meter):
                page.goto(f"{address}?q={words}&{facet}")
                expect(page.locator(status)).not_to_be_empty(timeout=120_000)
                page.wait_for_load_state("networkidle")
                yield meter


def keystrokes(page: Page, field: str, results: str) -> list[float]:
    """Milliseconds from keystroke to results, once what they need is loaded."""
    for text in TYPED:
        page.evaluate(KEYSTROKE, [field, text, results])
        page.wait_for_load_state("networkidle")
    return [page.evaluate(KEYSTROKE, [field, text, results]) for text in (*TYPED[::-1], *TYPED[1:])]


def spread(values: list[float] | list[int], unit: str, scale: float = 1) -> str:
    return f"{statistics.median(values) / scale:.0f} {unit} ({max(values) / scale:.0f} at most)"


def pagefind(chromium: Browser, root: Path, site: Path, address: str) -> str:
    """The same measures of Pagefind, with one record a passage and all facets counted."""
    checked = pipeline.check(root)
    own = search_records(checked.index, checked.settings.language)
    took, memory, files, size = bench_pagefind.build(own, site)
    sizes = [m.pagefind for m in first_queries(chromium, f"{address}/pagefind.html", "#said")]
    with metered(chromium) as (page, _):
        page.goto(f"{address}/pagefind.html?q=power")
        page.wait_for_function("() => globalThis.again")
        again = [page.evaluate("words => again(words)", text) for text in (*TYPED, *TYPED)]
    return (
        f"{took:.1f} s, {memory / 1000:.0f} MB, {files} files, {size / 1e6:.1f} MB;"
        f" first query {spread(sizes, 'kB', 1000)};"
        f" later ones {spread(again[len(TYPED) :], 'ms')}"
    )


def site_of(root: Path, folder: Path) -> Path:
    """A site with the collection's essays as plain pages, and its search."""
    checked = pipeline.check(root)
    records = search_records(checked.index, checked.settings.language)
    (folder / "essays").mkdir(parents=True)
    (folder / "essays/claims.yml").write_text("")
    (folder / "essays/authors.yml").write_text("")
    shutil.copy(root / "mkdocs.yml", folder)
    pipeline.write_docs(folder, pipeline.check(folder))
    shutil.rmtree(folder / "docs" / FOLDER)
    for path, data in data_files(records).items():
        (folder / "docs" / path).parent.mkdir(exist_ok=True)
        (folder / "docs" / path).write_bytes(data)
    for essay in (source.record() for source in records.essays):
        text = "\n\n".join(passage.text for passage in essay.passages)
        (folder / f"docs/essays/{essay.id}.md").write_text(f"# {essay.title}\n\n{text}\n")
    with remembering(folder) as memory:
        digests = publish.DocsFolder(folder / "docs", memory).written().digests
        docs = Docs(digests, frozenset(), {}, lambda page: [])
        failed = renderer.render_site(folder, folder / "site", docs, memory)
    assert not failed, failed
    return folder / "site"


def measure(chromium: Browser, essays: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = collection(Path(folder) / "c", essays)
        cost = index_cost(root)
        site = site_of(root, Path(folder) / "site-of-it")
        print(f"{essays} essays of 20 paragraphs, prose from {SOURCE}:\n  index: {cost}")
        with served(site) as address:
            with metered(chromium) as (page, meter):
                page.goto(f"{address}/search.html", wait_until="networkidle")
                print(f"  before the first keystroke: {meter.ours} bytes")
            for words, what in ((WORDS, "words"), (MEANT, "words by their meaning")):
                queries = first_queries(chromium, f"{address}/search.html", STATUS, words)
                sizes = [meter.ours for meter in queries]
                print(f"  a first query with one facet, {what}: {spread(sizes, 'kB', 1000)}")
            with metered(chromium) as (page, _):
                page.goto(f"{address}/search.html")
                us = keystrokes(page, "#cc-words", STATUS)
            print(f"  keystroke to results: {spread(us, 'ms')}")
            print(f"  Pagefind: {pagefind(chromium, root, site, address)}", flush=True)


if __name__ == "__main__":
    index_costs()
    if sys.argv[1:] == ["index"]:
        sys.exit()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=arguments())
        for number in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
            measure(chromium, number)
        chromium.close()
