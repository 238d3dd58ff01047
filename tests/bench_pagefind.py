"""Pagefind on the same records: what it would cost a searcher, for `bench_search.py`.

Its Python interface waits a tenth of a second for each record, so its binary is spoken to here as
that interface does, without the wait.
"""

import base64
import json
import resource
import subprocess
import time
from pathlib import Path
from typing import Any

from pagefind_bin import get_executable

from crossclaim.model import Stance
from crossclaim.site.search.records import SearchRecords

_STANCES = tuple(Stance)
# A page that makes one query with one facet, counts all facets and shows ten results.
PAGE = """<!doctype html><html lang="en"><title>Pagefind</title><p id="said"></p>
<script type="module">
const start = performance.now();
const pagefind = await import("/assets/pagefind/pagefind.js");
const asked = new URLSearchParams(location.search);
const words = asked.get("q");
asked.delete("q");
await pagefind.filters();
const first = await pagefind.search(words, { filters: Object.fromEntries(asked) });
await Promise.all(first.results.slice(0, 10).map(result => result.data()));
globalThis.again = async words => {
    const before = performance.now();
    const search = await pagefind.search(words);
    await Promise.all(search.results.slice(0, 10).map(result => result.data()));
    return performance.now() - before;
};
document.querySelector("#said").textContent = `${first.results.length} found`;
</script></html>"""


class _Service:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [str(get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.sent = 0

    def send(self, **payload: Any) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.sent += 1
        message = json.dumps({"message_id": self.sent, "payload": payload}).encode()
        self.process.stdin.write(base64.b64encode(message) + b",")
        self.process.stdin.flush()
        answer = bytearray()
        while not answer.endswith(b","):
            piece = self.process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
            assert piece, "Pagefind ended"
            answer += piece
        result: dict[str, Any] = json.loads(base64.b64decode(bytes(answer[:-1])))["payload"]
        assert result["type"] != "Error", result
        return result

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


def build(records: SearchRecords, site: Path) -> tuple[float, int, int, int]:
    """Seconds, kilobytes of memory, files and bytes of an index with one record a passage."""
    out = site / "assets" / "pagefind"
    start = time.perf_counter()
    service = _Service()
    index = service.send(type="NewIndex", config={})["index_id"]
    for essay in (source.record() for source in records.essays):
        for passage in essay.passages:
            claims = [records.claims[claim] for claim, _, _ in passage.tags]
            service.send(
                type="AddRecord",
                index_id=index,
                url=f"essays/{essay.id}.html#{passage.id}",
                content=passage.text,
                language=passage.language or records.language,
                meta={"title": essay.title},
                filters={
                    "author": [records.authors[author][0] for author in essay.authors],
                    "essay": [essay.id],
                    "year": [str(essay.sort_date // 10000)],
                    "claim": [claim for claim, *_ in claims],
                    "theme": [records.themes[theme] for _, _, theme, _ in claims],
                    "stance": [_STANCES[stance].value for _, stance, _ in passage.tags],
                    "review": [
                        "reviewed" if reviewed else "suggested" for *_, reviewed in passage.tags
                    ],
                },
                sort={"date": str(essay.sort_date)},
            )
    service.send(type="WriteFiles", index_id=index, output_path=str(out))
    took = time.perf_counter() - start
    service.close()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    files = [path for path in out.rglob("*") if path.is_file()]
    (site / "pagefind.html").write_text(PAGE, "utf-8")
    return took, memory, len(files), sum(path.stat().st_size for path in files)
