"""`make bench`: what reading and building cost, printed, never judged by a clock.

Sizes are exact. Times are given as ratios within one run, since machines differ. Lighthouse comes
from npm, pinned here, and needs Node.js; without it the bench says so and fails.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from bench_collection import ROOT, SOURCE, Compressed, collection
from browser_install import arguments, browser
from crossclaim import pipeline
from crossclaim.site import pages

CACHE = ROOT / ".cache" / "lighthouse"
LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = (
    "index.html",
    "essays/allen-problem-with-internal-customers.html",
    "claims/only-paying-customers-count.html",
    "claims/index.html",
)


def lighthouse(site: Path) -> None:
    """Lighthouse's four scores and what a first visit transfers, for each kind of page."""
    if not shutil.which("npm"):
        sys.exit("Lighthouse needs Node.js and npm — install them, then run “make bench” again")
    if not (CACHE / "node_modules").is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(CACHE)]
        subprocess.run([*command, LIGHTHOUSE], check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    flags = " ".join(["--headless=new", *arguments()])
    print(f"{LIGHTHOUSE}, its default throttling (simulated slow 4G, 4x CPU):")
    for path in PAGES:
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            subprocess.run(
                [
                    str(CACHE / "node_modules/.bin/lighthouse"),
                    f"http://127.0.0.1:{server.server_port}/{path}",
                    "--quiet",
                    f"--chrome-flags={flags}",
                    "--output=json",
                    f"--output-path={out.name}",
                ],
                env={**os.environ, "CHROME_PATH": browser()},
                check=True,
            )
            report = json.loads(Path(out.name).read_text("utf-8"))
        scores = " / ".join(f"{c['score'] * 100:.0f}" for c in report["categories"].values())
        audits = report["audits"]
        print(
            f"  {path}: {scores}, LCP {audits['largest-contentful-paint']['displayValue']},"
            f" CLS {audits['cumulative-layout-shift']['displayValue']},"
            f" {audits['total-byte-weight']['numericValue'] / 1000:.1f} kB"
        )
    server.shutdown()


def growth() -> None:
    """What 30 times as many essays cost."""
    print(f"Collections of 20 paragraphs an essay, prose from {SOURCE}:")
    took: dict[int, dict[str, float]] = {}
    for essays in (10, 300):
        with tempfile.TemporaryDirectory() as folder:
            root = collection(Path(folder) / "c", essays)
            start = time.perf_counter()
            checked = pipeline.check(root)
            assert checked.buildable, checked.findings[:3]
            after_check = time.perf_counter()
            rendered = pages.render_pages(checked.index, checked.settings)
            after_pages = time.perf_counter()
            pipeline.build(root)
            after_build = time.perf_counter()
            took[essays] = {
                "check": after_check - start,
                "pages": after_pages - after_check,
                "build": after_build - after_pages,
            }
            page = len(gzip.compress(rendered["essays/essay-1.md"].encode()))
            matrix = len(gzip.compress(rendered["claims/index.md"].encode()))
            site = sum(f.stat().st_size for f in (root / "site").rglob("*") if f.is_file())
        print(
            f"  {essays} essays: an essay's page {page / 1000:.1f} kB and the table {matrix / 1000:.1f} kB"
            f" compressed, the site {site / 1e6:.1f} MB; of a build, checking is"
            f" {took[essays]['check'] / took[essays]['build']:.2f}, making pages"
            f" {took[essays]['pages'] / took[essays]['build']:.2f}"
        )
    for step in ("check", "pages", "build"):
        print(
            f"  30 times the essays take {took[300][step] / took[10][step]:.0f} times as long to {step}"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "own"
        for name in ("docs", "essays"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "mkdocs.yml", copy)
        _, failed = pipeline.build(copy)
        assert not failed, failed
        lighthouse(copy / "site")
    growth()
