"""`make bench`: what building and reading cost, printed and written to build/bench.json.

    python tests/bench.py [SIZE …] [--tags N] [--lighthouse]

No test judges by it. A build's processor time is measured beside stock MkDocs and Material with its
search, on the same essays as plain pages, in turns, each in a process of its own; the ratio is what
counts, since machines differ. Weights are exact: what a browser receives from a server that
compresses, as hosts do. Numbers of essays alone leave Lighthouse out; `--lighthouse` alone is
nothing but that. It comes from npm, pinned here, and needs Node.js.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from lxml import html
from playwright.sync_api import sync_playwright

from bench_collection import ROOT, SOURCE, collection, plain, served
from browser_install import arguments, browser

SIZES = (30, 100, 300, 1000)
RESULT = ROOT / "build" / "bench.json"
CACHE = ROOT / ".cache" / "lighthouse"
LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 3
PAGES = {
    "home": "index.html",
    "an essay": "essays/allen-problem-with-internal-customers.html",
    "a claim": "claims/only-paying-customers-count.html",
    "claims": "claims/index.html",
    "map": "claims/map.html",
    "search": "search.html",
}

# Started without anything else in memory: a process begins with its parent's peak as its own.
_LAUNCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if done.returncode:
    sys.exit(done.stderr)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """The processor seconds of a command and its children, and its peak memory in MB.

    The peak is that of the largest process, should there be several.
    """

    seconds: float
    megabytes: float


def cost(*words: str, cwd: Path) -> Cost:
    """What running a module of Python costs. Raises CalledProcessError where it fails."""
    command = [sys.executable, "-I", "-S", "-c", _LAUNCH, sys.executable, "-m", *words]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=cwd, env=env, check=True, stdout=subprocess.PIPE)
    return Cost(*json.loads(done.stdout))


def median_cost(costs: list[Cost]) -> Cost:
    """The median of times and the highest peak."""
    seconds = statistics.median(c.seconds for c in costs)
    return Cost(seconds, max(c.megabytes for c in costs))


def set_aside(root: Path, folders: Iterable[Path]) -> None:
    """Move what was built out of the way; the caller's temporary folder goes with it.

    It is not deleted: for seconds after many files are, a file system may take ten times as long to
    make new ones, and the next build would pay for that.
    """
    aside = Path(tempfile.mkdtemp(dir=root.parent))
    for folder in folders:
        folder.rename(aside / folder.name)


def build_clean(root: Path) -> Cost:
    """What building a collection costs where nothing was built before."""
    set_aside(root, [path for path in root.iterdir() if path.is_dir() and path.name != "essays"])
    (root / "docs").mkdir()
    return cost("crossclaim", "build", cwd=root)


def build_plain(root: Path) -> Cost:
    """What building the same essays as plain pages costs."""
    set_aside(root, root.glob("site"))
    return cost("mkdocs", "build", "--quiet", cwd=root)


def steps(root: Path) -> dict[str, float]:
    """The processor seconds of the steps of a build."""
    command = [sys.executable, str(Path(__file__).with_name("bench_steps.py")), str(root)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    made: dict[str, float] = json.loads(done.stdout)
    return made


def weights(root: Path) -> dict[str, float]:
    """What essays weigh as Markdown and as pages (medians), and the site in MB."""
    page, fragments, elements = [], [], []
    for file in sorted((root / "essays").glob("*-*.md")):
        made = root / "docs" / "essays" / file.name
        size = file.stat().st_size
        page.append(made.stat().st_size / size)
        fragment = root / "docs/.theme/fragments/essays" / f"{file.stem}.html"
        fragments.append(fragment.stat().st_size / size)
        built = html.fromstring((root / "site/essays" / f"{file.stem}.html").read_bytes())
        passages = len(re.findall(r"^ *\{: #", file.read_text("utf-8"), re.MULTILINE))
        elements.append(sum(1 for e in built.iter() if isinstance(e.tag, str)) / passages)
    files = [f for f in (root / "site").rglob("*") if f.is_file()]
    return {
        "page_to_file": statistics.median(page),
        "page_to_file_most": max(page),
        "fragments_to_file": statistics.median(fragments),
        "elements_a_passage": statistics.median(elements),
        "site_mb": sum(f.stat().st_size for f in files) / 1e6,
        "site_files": len(files),
    }


def site_parts(site: Path) -> dict[str, float]:
    """The MB of each of a site's folders."""
    parts: Counter[str] = Counter()
    for file in site.rglob("*"):
        if file.is_file():
            parts["/".join(file.relative_to(site).parts[:-1][:2]) or "."] += file.stat().st_size
    return {name: round(size / 1e6, 3) for name, size in parts.most_common()}


def first_visit(site: Path, path: str) -> dict[str, float]:
    """What a browser with an empty cache receives at a page, in kB: fonts, and all else by kind."""
    kinds: dict[str, str] = {}
    received: Counter[str] = Counter()
    with served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=arguments())
        page = chromium.new_page()
        session = page.context.new_cdp_session(page)

        def response(event: dict[str, Any]) -> None:
            kinds[event["requestId"]] = event["type"].lower()

        def finished(event: dict[str, Any]) -> None:
            received[kinds.get(event["requestId"], "other")] += event["encodedDataLength"]

        session.on("Network.responseReceived", response)
        session.on("Network.loadingFinished", finished)
        session.send("Network.enable")
        page.goto(f"{address}/{path}", wait_until="networkidle")
        page.wait_for_timeout(500)
        chromium.close()
    fonts = received.pop("font", 0)
    kilobytes = {f"{kind}_kb": size / 1000 for kind, size in received.items()}
    return {"all_kb": sum(kilobytes.values()), "fonts_kb": fonts / 1000, **kilobytes}


def size_row(essays: int, tags: int) -> dict[str, Any]:
    """All that is measured at one number of essays."""
    with tempfile.TemporaryDirectory() as folder:
        ours = collection(Path(folder) / "ours", essays, tags)
        stock = plain(Path(folder) / "stock", ours, listed=True)
        apart = plain(Path(folder) / "apart", ours, listed=False)
        costs: dict[str, list[Cost]] = {"ours": [], "stock": [], "apart": []}
        search, parts = [], {}
        runs = RUNS if essays < 1000 else 1
        for run in range(1, runs + 1):
            costs["ours"].append(build_clean(ours))
            costs["stock"].append(build_plain(stock))
            costs["apart"].append(build_plain(apart))
            parts = steps(ours)
            search.append(parts["search"])
            say = ", ".join(f"{name} {made[-1].seconds:.1f} s" for name, made in costs.items())
            print(f"  {essays} essays, run {run} of {runs}: {say}", flush=True)
        middle = {name: median_cost(made) for name, made in costs.items()}
        first = sorted((ours / "site/essays").glob("*-*.html"))[0]
        return {
            "essays": essays,
            "tags": tags,
            **{name: asdict(made) for name, made in middle.items()},
            "ratio": middle["ours"].seconds / middle["stock"].seconds,
            "ratio_apart": middle["ours"].seconds / middle["apart"].seconds,
            "steps": parts,
            "search_ms": 1000 * statistics.median(search) / essays,
            **weights(ours),
            "site_parts": site_parts(ours / "site"),
            "visit": first_visit(ours / "site", f"essays/{first.name}"),
        }


# What a row of the table is called, how it is taken from a size's measures, and what is aimed at.
_TABLE: tuple[tuple[str, Callable[[dict[str, Any]], str], str], ...] = (
    ("clean build, processor s", lambda r: f"{r['ours']['seconds']:.2f}", ""),
    ("stock Material, processor s", lambda r: f"{r['stock']['seconds']:.2f}", ""),
    ("ratio", lambda r: f"{r['ratio']:.2f}", "≤ 3, aim 2"),
    ("ratio, stock navigation empty", lambda r: f"{r['ratio_apart']:.2f}", ""),
    ("peak memory, MB", lambda r: f"{r['ours']['megabytes']:.0f}", "< 400 at 1,000"),
    ("stock’s peak memory, MB", lambda r: f"{r['stock']['megabytes']:.0f}", ""),
    ("check, processor s", lambda r: f"{r['steps']['check']:.2f}", ""),
    ("pages, processor s", lambda r: f"{r['steps']['pages']:.2f}", ""),
    ("search index, ms an essay", lambda r: f"{r['search_ms']:.1f}", "≤ 12"),
    ("essay’s page to its file, bytes", lambda r: f"{r['page_to_file']:.2f}", "1–2"),
    ("its fragments to its file, bytes", lambda r: f"{r['fragments_to_file']:.2f}", ""),
    ("elements a passage", lambda r: f"{r['elements_a_passage']:.1f}", "≤ 14"),
    ("site, MB", lambda r: f"{r['site_mb']:.1f}", "≤ 25 at 300"),
    ("site, files", lambda r: f"{r['site_files']}", ""),
    ("first visit of an essay, kB", lambda r: f"{r['visit']['all_kb']:.1f}", "≤ 80"),
    ("its fonts, kB", lambda r: f"{r['visit']['fonts_kb']:.1f}", "≤ 60"),
)


def table(rows: list[dict[str, Any]]) -> str:
    """The measures as a table, a column for each number of essays."""
    head = ["essays", *(f"{row['essays']:,}" for row in rows), "aim"]
    lines = [head, *([name, *(show(r) for r in rows), aim] for name, show, aim in _TABLE)]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in (0, len(wide) - 1) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, wide, strict=True))
        ).rstrip()
        for line in lines
    )


def lighthouse() -> list[dict[str, Any]]:
    """Lighthouse on this repository's own site: medians of three runs, for each kind of page."""
    if not shutil.which("npm"):
        sys.exit("Lighthouse needs Node.js and npm — install them, then run “make bench” again")
    if not (CACHE / "node_modules").is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(CACHE)]
        subprocess.run([*command, LIGHTHOUSE], check=True)
    rows = []
    print(f"{LIGHTHOUSE}, medians of {RUNS} runs, its default throttling (slow 4G, 4x CPU):")
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        for name in ("docs", "essays"):
            shutil.copytree(ROOT / name, own / name)
        shutil.copy(ROOT / "mkdocs.yml", own)
        cost("crossclaim", "build", cwd=own)
        with served(own / "site") as address:
            for name, path in PAGES.items():
                load = os.getloadavg()[0]
                reports = [_report(f"{address}/{path}") for _ in range(RUNS)]
                row = {"page": name, "path": path, "load": load, **_medians(reports)}
                rows.append(row)
                scores = " / ".join(f"{score:.0f}" for score in row["scores"].values())
                print(
                    f"  {name}: {scores} ({', '.join(row['scores'])}; load {load:.1f}),"
                    f" LCP {row['lcp_ms'] / 1000:.1f} s, CLS {row['cls']:.3f},"
                    f" {row['kb']:.1f} kB, {row['blocking']:.0f} requests block rendering",
                    flush=True,
                )
    return rows


def _report(address: str) -> dict[str, Any]:
    """One run of Lighthouse."""
    flags = " ".join(["--headless=new", *arguments()])
    command = [
        str(CACHE / "node_modules/.bin/lighthouse"),
        address,
        "--quiet",
        f"--chrome-flags={flags}",
        "--output=json",
    ]
    env = {**os.environ, "CHROME_PATH": browser()}
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _score(category: str, report: dict[str, Any]) -> float:
    """What a run gives of 100 in a category."""
    score: float = 100 * report["categories"][category]["score"]
    return score


def _medians(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians of what several runs report of a page."""

    def middle(of: Callable[[dict[str, Any]], float]) -> float:
        return statistics.median(map(of, reports))

    def audit(name: str) -> float:
        return middle(lambda report: report["audits"][name]["numericValue"])

    def blocking(report: dict[str, Any]) -> float:
        details = report["audits"]["render-blocking-resources"].get("details", {})
        return len(details.get("items", []))

    failed = {
        name
        for report in reports
        for category in report["categories"].values()
        for name in (ref["id"] for ref in category["auditRefs"] if ref["weight"])
        if category["id"] != "performance" and report["audits"][name]["score"] == 0
    }
    return {
        "scores": {name: middle(partial(_score, name)) for name in reports[0]["categories"]},
        "failed": sorted(failed),
        "lcp_ms": audit("largest-contentful-paint"),
        "cls": audit("cumulative-layout-shift"),
        "kb": audit("total-byte-weight") / 1000,
        "blocking": middle(blocking),
    }


def save(result: dict[str, Any]) -> None:
    """Write what was measured so far."""
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def main(words: Iterable[str] | None = None) -> None:
    """Measure what the command line names, everything by default."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, help="numbers of essays")
    parser.add_argument("--tags", metavar="N", type=int, default=1, help="tags a paragraph")
    parser.add_argument("--lighthouse", action="store_true", help="Lighthouse on our own site")
    options = parser.parse_args(None if words is None else list(words))
    everything = not options.sizes and not options.lighthouse
    rows: list[dict[str, Any]] = []
    result: dict[str, Any] = {"prose": SOURCE, "cpus": os.cpu_count(), "load": os.getloadavg()}
    sizes = SIZES if everything else options.sizes
    if sizes:
        print(f"Essays of 20 paragraphs, {options.tags} tags each, prose from {SOURCE}:")
    for essays in sizes:
        rows.append(size_row(essays, options.tags))
        save({**result, "sizes": rows})
    if rows:
        print(table(rows), flush=True)
    if everything or options.lighthouse:
        save({**result, "sizes": rows, "lighthouse": lighthouse()})
    print(f"written to {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
