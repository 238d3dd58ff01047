"""How well the essay is found in saved web pages, beside two libraries; how fast Markdown is read.

    python tests/bench_import.py [--pages FOLDER]

The folder holds `ground-truth.json` ({id: {articleBody, url}}) and `html/ID.html.gz`, as 60 pages
of the article extraction benchmark stand in `../shared/corpora/article-gold`. Its score: texts are
multisets of runs of four tokens; for each page the shared runs, those too many and those missing,
as shares of their sum, give precision and recall; F1 is the harmonic mean of the pages' means.
"""

import argparse
import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

import trafilatura
from readability import Document as Page

from crossclaim.importing.document import Unreadable
from crossclaim.importing.formats import read_original
from crossclaim.importing.html import elements, parser

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "corpora" / "article-gold"
DOUBTFUL = 0.9  # F1; a page below is one that an alarm should tell

Reader = Callable[[bytes], str]
Runs = Counter[tuple[str, ...]]


def runs(text: str) -> Runs:
    tokens = re.findall(r"\w+", text)
    return Counter(tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3)) if tokens)


def precision_and_recall(truth: str, text: str) -> tuple[float, float]:
    right, own = runs(truth), runs(text)
    both = (right & own).total()
    whole = max((right | own).total(), 1)
    true, extra, missing = (
        both / whole,
        (own - right).total() / whole,
        (right - own).total() / whole,
    )
    precision = true / (true + extra) if true + extra else 1.0
    recall = true / (true + missing) if true + missing else 1.0
    return precision, recall


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ours(data: bytes) -> tuple[str, bool]:
    """The text of the essay, and whether a remark asks to look at it."""
    try:
        document = read_original(data, ".html", "", "")
    except Unreadable:
        return "", True
    text = "\n".join(block.text for block in document.blocks)
    return text, any("look whether" in remark for remark in document.remarks)


def readers() -> Mapping[str, Reader]:
    def readability(data: bytes) -> str:
        page = parser.parse_page(Page(parser.decode_page(data)).summary())
        return elements.visible_text(page)

    def extracted(data: bytes, tables: bool = True, precision: bool = False) -> str:
        text = trafilatura.extract(
            data, include_comments=False, include_tables=tables, favor_precision=precision
        )
        return text or ""

    return {
        "crossclaim": lambda data: ours(data)[0],
        "trafilatura": extracted,
        "trafilatura, without tables": lambda data: extracted(data, tables=False),
        "trafilatura, for precision": lambda data: extracted(data, precision=True),
        "readability-lxml": readability,
    }


def print_extraction(folder: Path) -> None:
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {i: gzip.decompress((folder / "html" / f"{i}.html.gz").read_bytes()) for i in gold}
    for name, reader in readers().items():
        start = time.process_time()
        pairs = [precision_and_recall(gold[i]["articleBody"], reader(pages[i])) for i in gold]
        seconds = time.process_time() - start
        precision, recall = (fmean(values) for values in zip(*pairs, strict=True))
        print(
            f"{name:28} F1 {f1(precision, recall):.3f}  precision {precision:.3f}  "
            f"recall {recall:.3f}  {seconds / len(gold) * 1000:.0f} ms a page"
        )
    flagged: Counter[tuple[bool, bool]] = Counter()
    for each in gold:
        text, alarm = ours(pages[each])
        good = f1(*precision_and_recall(gold[each]["articleBody"], text)) >= DOUBTFUL
        flagged[good, alarm] += 1
    for good, name in ((False, "bad"), (True, "good")):
        whole = flagged[good, True] + flagged[good, False]
        print(f"alarm: {flagged[good, True]} of {whole} {name} pages (F1 {DOUBTFUL})")


def print_markdown() -> None:
    paragraph = "The kettle sings before it boils, and *whoever* lives with one learns to hear it. "
    for count in (1000, 4000):
        text = "# On tea\n\n" + "\n\n".join(f"{n}: {paragraph * 3}" for n in range(count))
        start = time.process_time()
        read_original(text.encode(), ".md", "", "Ada Byron")
        seconds = time.process_time() - start
        print(f"Markdown, {count:,} paragraphs: {seconds:.2f} s of processor time")


def main(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--pages", type=Path, default=PAGES)
    folder = options.parse_args(arguments).pages
    logging.disable(logging.CRITICAL)  # the libraries tell what they do not understand
    if folder.is_dir():
        print_extraction(folder)
    else:
        print(f"{folder} is not there: name the folder of pages with --pages")
    print_markdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
