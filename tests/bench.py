"""`make bench`: what building costs at any size, from nothing and after a change, beside others.

    python tests/bench.py [SIZE …] [--without NAME …] [--runs N]

Printed as a table and written to build/bench.json. Each measure is a command in a process of its
own; one round takes them all in turn, so that whatever else the machine does befalls all alike, and
the figures are medians of rounds with the least and the most. What takes minutes at a size is
measured in the first round alone. What `--without` leaves out is taken from build/bench.json, where
it stands from an earlier run, and marked so. No test judges by any of it.

Beside ours stand stock MkDocs with Material and its search, and Hugo with the barest theme, on the
same essays as plain pages: neither knows a claim, but for Hugo's lists of essays by author and claim.
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from playwright.sync_api import Browser, sync_playwright

from bench_collection import ROOT, SOURCE, collection, hugo, plain, served
from browser_install import arguments, browser

SIZES = (3, 100, 1000, 5000)
LARGE = 5000  # from here on, what takes minutes is measured once
RESULT = ROOT / "build" / "bench.json"
MEMORY = ".crossclaim"
SAVES = 3  # while `serve` runs, a round
SERVED = 1800  # seconds until `serve` must answer
NAMES = ("stock", "unlisted", "hugo", "serve", "weights")


class Cost(NamedTuple):
    """What a command costs: seconds on the wall and of the processor, MB of all its processes."""

    wall: float
    processor: float
    megabytes: float


def cost(*command: str, cwd: Path) -> Cost:
    """What running a command costs. Ends the run where it fails."""
    runner = [sys.executable, "-I", "-S", str(Path(__file__).with_name("bench_process.py"))]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run([*runner, *command], cwd=cwd, env=env, stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit(done.returncode)
    return Cost(*json.loads(done.stdout))


def python(*words: str, cwd: Path) -> Cost:
    """What running a module of Python costs."""
    return cost(sys.executable, "-m", *words, cwd=cwd)


def set_aside(root: Path, *names: str) -> None:
    """Move what was built out of the way; the caller's temporary folder goes with it.

    It is not deleted: for seconds after many files are, a file system may take ten times as long to
    make new ones, and the next build would pay for that.
    """
    aside = Path(tempfile.mkdtemp(dir=root.parent))
    for name in names:
        if (root / name).exists():
            (root / name).rename(aside / name)


class Bench:
    """Collections of one size, and what is measured on them, each as often as there are rounds."""

    def __init__(self, folder: Path, essays: int, tags: int, chromium: Browser) -> None:
        self.folder, self.chromium = folder, chromium
        self.root = collection(folder / "ours", essays, tags)
        self.essays = sorted((self.root / "essays").glob("*-*.md"))
        self.round = 0

    def measures(self, without: Iterable[str]) -> dict[str, Callable[[], list[Cost]]]:
        """What a round takes, in its order; each may cost several times."""
        every: dict[str, Callable[[], list[Cost]]] = {
            "clean": self.clean,
            "unchanged": lambda: [self.build()],
            "edited": self.edited,
            "added": self.added,
            "removed": self.removed,
            "reworded": self.reworded,
            "check": self.check,
            "check unchanged": lambda: [python("crossclaim", "check", cwd=self.root)],
            "serve": self.serve,
            "hugo": self.hugo,
            "stock": lambda: self.stock("stock", listed=True),
            "unlisted": lambda: self.stock("unlisted", listed=False),
        }
        return {name: measure for name, measure in every.items() if name not in without}

    def build(self) -> Cost:
        """What a build costs as things stand."""
        return python("crossclaim", "build", cwd=self.root)

    def clean(self) -> list[Cost]:
        """Where nothing was built before."""
        set_aside(self.root, "docs", "site", MEMORY)
        (self.root / "docs").mkdir()
        return [self.build()]

    def word(self, name: str) -> str:
        """A word that stands nowhere yet, another one in each round."""
        return f"{name}{'abcdefghij'[self.round % 10]}{self.round // 10 or ''}"

    def edit(self, word: str) -> Path:
        """Put a word before the first that stands in a paragraph of an essay, and say which essay."""
        essay = self.essays[self.round * 7 % len(self.essays)]
        front, body = essay.read_text("utf-8").removeprefix("---\n").split("\n---\n\n", 1)
        essay.write_text(f"---\n{front}\n---\n\nThe {word} {body}", "utf-8")
        return essay

    def edited(self) -> list[Cost]:
        """After a word in one essay."""
        word = self.word("edited")
        essay = self.edit(word)
        made = [self.build()]
        self.holds(self.page(essay), word)
        return made

    def page(self, essay: Path) -> Path:
        """An essay's page in the site."""
        return self.root / "site" / "essays" / f"{essay.stem}.html"

    def holds(self, page: Path, word: str) -> None:
        """End the run unless a page has a word: a build that did nothing would be the quickest."""
        if word not in page.read_text("utf-8"):
            sys.exit(f"{page}: “{word}” is not there after the build")

    @property
    def new(self) -> Path:
        """The essay that is added and removed: a copy of another."""
        return self.essays[0].with_name("the-new-one.md")

    def added(self) -> list[Cost]:
        """After an essay came."""
        shutil.copy(self.essays[0], self.new)
        made = [self.build()]
        self.holds(self.page(self.new), "<article")
        return made

    def removed(self) -> list[Cost]:
        """After that essay went."""
        self.new.unlink()
        made = [self.build()]
        if self.page(self.new).exists():
            sys.exit(f"{self.page(self.new)}: still there after its essay went")
        return made

    def reworded(self) -> list[Cost]:
        """After a word in the sentence of one claim."""
        claims, word = self.root / "essays/claims.yml", self.word("reworded")
        text = claims.read_text("utf-8")
        claims.write_text(text.replace(" claim: ", f" claim: {word.capitalize()} ", 1), "utf-8")
        made = [self.build()]
        self.holds(self.root / "site/claims/claim-0.html", word.capitalize())
        return made

    def check(self) -> list[Cost]:
        """The check where nothing is remembered. What was is put back: the site is as it was."""
        kept = self.root.with_name("memory")
        if (self.root / MEMORY).exists():
            (self.root / MEMORY).rename(kept)
        made = [python("crossclaim", "check", cwd=self.root)]
        if kept.exists():
            set_aside(self.root, MEMORY)
            kept.rename(self.root / MEMORY)
        return made

    def serve(self) -> list[Cost]:
        """From saving an essay to the word in a browser that shows its page; wall time alone.

        Each save comes when the rest that the last one changed has been rebuilt as well.
        """
        said = self.folder / "served"
        made = []
        with _serving(self.root, said) as address:
            for n in range(SAVES):
                made.append(self.saved(address, f"{self.word('saved')}{n}x"))
                limit = time.monotonic() + SERVED
                while said.read_text("utf-8").count("Rebuilt in") <= n:
                    if time.monotonic() > limit:
                        sys.exit("crossclaim serve does not say that it has rebuilt the site")
                    time.sleep(0.1)
        return made

    def saved(self, address: str, word: str) -> Cost:
        """One save."""
        essay = self.essays[self.round * 7 % len(self.essays)]
        page = self.chromium.new_page()
        page.set_default_timeout(1000 * SERVED)
        page.goto(f"{address}/essays/{essay.stem}.html")
        page.wait_for_timeout(1000)  # whoever edits has read for a moment
        start = time.perf_counter()
        self.edit(word)
        page.locator("article", has_text=word).wait_for(state="attached")
        wall = time.perf_counter() - start
        page.close()
        return Cost(wall, 0, 0)

    def hugo(self) -> list[Cost]:
        """Hugo, all pages."""
        root = self.folder / "hugo"
        if not root.exists():
            hugo(root, self.root)
        set_aside(root, "public")
        return [cost("hugo", "--quiet", cwd=root)]

    def stock(self, name: str, listed: bool) -> list[Cost]:
        """MkDocs with Material and its search, all pages."""
        root = self.folder / name
        if not root.exists():
            plain(root, self.root, listed)
        set_aside(root, "site")
        return [python("mkdocs", "build", "--quiet", cwd=root)]


@contextmanager
def _serving(root: Path, said: Path) -> Iterator[str]:
    """The address of a collection that `crossclaim serve` serves, and where it writes what it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "crossclaim", "serve", "--no-open", "--port", str(port)]
    with said.open("w") as out:
        process = subprocess.Popen(command, cwd=root, stdout=out, stderr=out)
    address, limit = f"http://127.0.0.1:{port}", time.monotonic() + SERVED
    try:
        while not _answers(f"{address}/index.html"):
            if process.poll() is not None or time.monotonic() > limit:
                sys.exit("crossclaim serve does not answer")
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=60).close()
    except OSError:
        return False
    return True


def weights(root: Path, chromium: Browser) -> dict[str, float]:
    """What essays weigh as Markdown and as pages (medians of a hundred), a visit, and the site."""
    page, elements = [], []
    files = sorted((root / "essays").glob("*-*.md"))
    for file in files[:: max(1, len(files) // 100)]:
        text = file.read_text("utf-8")
        made = root / "docs" / "essays" / file.name
        page.append(made.stat().st_size / file.stat().st_size)
        built = html.fromstring((root / "site/essays" / f"{file.stem}.html").read_bytes())
        passages = len(re.findall(r"^ *\{: #", text, re.MULTILINE))
        elements.append(sum(1 for e in built.iter() if isinstance(e.tag, str)) / passages)
    sizes = [f.stat().st_size for f in (root / "site").rglob("*") if f.is_file()]
    visit = first_visit(root / "site", f"essays/{files[0].stem}.html", chromium)
    return {
        "page to its file": statistics.median(page),
        "elements a passage": statistics.median(elements),
        "site, MB": sum(sizes) / 1e6,
        "site, files": len(sizes),
        **visit,
    }


def first_visit(site: Path, path: str, chromium: Browser) -> dict[str, float]:
    """What a browser with an empty cache receives at a page, in kB: fonts, and all else."""
    kinds: dict[str, str] = {}
    received: Counter[str] = Counter()
    with served(site) as address:
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
        page.close()
    fonts = received.pop("font", 0)
    return {"first visit, kB": received.total() / 1000, "its fonts, kB": fonts / 1000}


Row = dict[str, Any]  # "costs" by measure: {"taken": …, "rounds": [Cost, …]}; "weights"


def measured(essays: int, options: argparse.Namespace, earlier: Row) -> Row:
    """All that is measured at one number of essays, on top of what an earlier run left there."""
    costs: dict[str, Any] = dict(earlier.get("costs", {}))
    row: Row = {**earlier, "essays": essays, "tags": options.tags, "costs": costs}
    rounds = options.runs or (5 if essays < 1000 else 3)
    slow = {"clean", "stock", "unlisted"} if essays >= LARGE else set()
    with (
        tempfile.TemporaryDirectory(dir=options.folder, ignore_cleanup_errors=True) as folder,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=browser(), args=arguments())
        bench = Bench(Path(folder), essays, options.tags, chromium)
        now: dict[str, list[Cost]] = {}
        for bench.round in range(rounds):
            for name, measure in bench.measures(options.without).items():
                if bench.round and name in slow:
                    continue
                now.setdefault(name, []).extend(measure())
                print(f"  {essays:,} essays, round {bench.round + 1}: {name}", end="")
                print(f" {now[name][-1].wall:.2f} s, {now[name][-1].processor:.2f} s", flush=True)
        for name, made in now.items():
            costs[name] = {"taken": options.taken, "rounds": made}
        if "weights" not in options.without:
            row["weights"] = weights(bench.root, chromium)
        chromium.close()
    return row


def middle(row: Row, name: str, of: str) -> float | None:
    """The median of a measure, or None where it is not there."""
    if name not in row["costs"]:
        return None
    values: list[float] = [getattr(Cost(*c), of) for c in row["costs"][name]["rounds"]]
    return statistics.median(values)


def _spread(row: Row, name: str, of: str, taken: str) -> str:
    """A median with the least and the most, and a mark where it is from an earlier run."""
    median = middle(row, name, of)
    if median is None:
        return "—"
    values = [getattr(Cost(*c), of) for c in row["costs"][name]["rounds"]]
    digits = 0 if of == "megabytes" else 2
    text = f"{median:,.{digits}f}"
    if len(values) > 1 and of != "megabytes":
        text += f" ({min(values):,.{digits}f}–{max(values):,.{digits}f})"
    return text + ("" if row["costs"][name]["taken"] == taken else "*")


# A ratio's name, what is divided by what, of which seconds, and what is aimed at.
_RATIOS = (
    ("edited / clean", "edited", "clean", "processor", "≤ 0.10 at 1,000, ≤ 0.05 at 5,000"),
    ("edited / Hugo, all", "edited", "hugo", "processor", "≤ 1 at 1,000"),
    ("edited / stock, clean", "edited", "stock", "processor", "≤ 0.5 at 1,000"),
    ("clean / stock, clean", "clean", "stock", "processor", ""),
    ("unchanged / clean", "unchanged", "clean", "processor", "≤ 0.03"),
)
_AIMS = {
    ("serve", "wall"): "≤ 1 at 1,000",
    ("check", "wall"): "< 3 at 1,000",
    ("check unchanged", "wall"): "< 1 at 1,000",
    ("clean", "megabytes"): "< 1,000 at 5,000",
}


def _ratio(row: Row, one: str, other: str, of: str) -> str:
    parts = middle(row, one, of), middle(row, other, of)
    return f"{parts[0] / parts[1]:.3f}" if parts[0] is not None and parts[1] else "—"


def _scaling(row: Row, small: Row | None) -> str:
    """What an essay costs in a clean build, beside what it costs at a hundred essays."""
    costs = [middle(r, "clean", "processor") for r in (row, small) if r]
    if len(costs) < 2 or costs[0] is None or not costs[1] or not small:
        return "—"
    return f"{costs[0] / row['essays'] / (costs[1] / small['essays']):.2f}"


def table(rows: list[Row], taken: str) -> str:
    """The measures as a table, a column for each number of essays."""
    names = dict.fromkeys(name for row in rows for name in row["costs"])
    lines = [["essays", *(f"{row['essays']:,}" for row in rows), "aim"]]
    for of, unit in (("wall", "s"), ("processor", "processor s"), ("megabytes", "MB")):
        lines += [
            [f"{name}, {unit}", *(_spread(row, name, of, taken) for row in rows), aim]
            for name in names
            if of == "wall" or name != "serve"
            for aim in [_AIMS.get((name, of), "")]
        ]
    lines += [[name, *(_ratio(row, *of) for row in rows), aim] for name, *of, aim in _RATIOS]
    small = next((row for row in rows if row["essays"] == 100), None)
    lines.append(["an essay, beside 100’s", *(_scaling(row, small) for row in rows), "≤ 1.3"])
    for name in dict.fromkeys(name for row in rows for name in row.get("weights", ())):
        shown = (row.get("weights", {}).get(name) for row in rows)
        lines.append([name, *("—" if w is None else f"{w:,.1f}" for w in shown), ""])
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in (0, len(wide) - 1) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, wide, strict=True))
        ).rstrip()
        for line in lines
    )


def earlier_rows() -> dict[int, Row]:
    """What build/bench.json holds, by the number of essays."""
    with suppress(OSError, ValueError, KeyError):
        rows = json.loads(RESULT.read_text("utf-8"))["sizes"]
        return {row["essays"]: row for row in rows if "costs" in row}
    return {}


def arguments_of(words: list[str] | None) -> argparse.Namespace:
    """What the command line asks for. Ends the run where a tool is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, help="numbers of essays")
    parser.add_argument(
        "--without", action="append", choices=NAMES, default=[], help="leave one out"
    )
    parser.add_argument("--runs", metavar="N", type=int, help="rounds; 5, or 3 from 1,000 essays")
    parser.add_argument("--tags", metavar="N", type=int, default=1, help="tags a paragraph")
    parser.add_argument("--folder", type=Path, help="where collections are made and built")
    options = parser.parse_args(words)
    options.taken = f"{date.today():%Y-%m-%d} {os.getpid()}"
    if "hugo" not in options.without and not shutil.which("hugo"):
        sys.exit("Hugo is missing — apt-get install hugo, or leave it out: --without hugo")
    return options


def main(words: list[str] | None = None) -> None:
    """Measure what the command line names, everything by default."""
    options = arguments_of(words)
    rows = earlier_rows()
    sizes = options.sizes or list(SIZES)
    print(f"Essays of 20 paragraphs, {options.tags} tags each; {SOURCE}.")
    print("Wall and processor seconds of each command:", flush=True)
    for essays in sizes:
        rows[essays] = measured(essays, options, rows.get(essays, {}))
        result: dict[str, Any] = {"prose": SOURCE, "cpus": os.cpu_count(), "load": os.getloadavg()}
        result["sizes"] = [rows[size] for size in sorted(rows)]
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print("\nMedians, the least and the most; * from an earlier run; memory of all processes.")
    print(table([rows[size] for size in sorted(rows)], options.taken))
    print(f"written to {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
