"""`make bench-lighthouse`: what Lighthouse says of this repository's own site.

Printed, and written to build/lighthouse.json. It comes from npm, pinned here, and needs Node.js.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench_collection import ROOT, served
from browser_install import arguments, browser
from crossclaim import pipeline

RESULT = ROOT / "build" / "lighthouse.json"
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


def measure() -> list[dict[str, Any]]:
    """Lighthouse on this repository's own site: medians of three runs, for each kind of page."""
    if not shutil.which("npm"):
        sys.exit(
            "Lighthouse needs Node.js and npm — install them, then run “make bench-lighthouse” again"
        )
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
        _, failed = pipeline.build(own)
        assert not failed, failed
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


if __name__ == "__main__":
    rows = measure()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    print(f"written to {RESULT.relative_to(ROOT)}")
