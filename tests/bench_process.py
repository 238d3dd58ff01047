"""Run a command and print its wall seconds, processor seconds and peak memory in MB, as JSON.

    python -I -S tests/bench_process.py COMMAND …

For `bench.py`, in a process of its own with nothing else in memory: a process begins with its
parent's peak as its own. The memory is that of the command and all processes below it, together, as
looked up fifty times a second; what they share is counted in each.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

EVERY = 0.02
PAGE_MB = resource.getpagesize() / 1e6


def resident(process: int) -> float:
    """The MB in memory of a process and those below it; 0 where there is no /proc, or they ended."""
    megabytes = 0.0
    with suppress(OSError, ValueError, IndexError):
        folder = Path(f"/proc/{process}")
        megabytes = int((folder / "statm").read_text().split()[1]) * PAGE_MB
        for thread in (folder / "task").iterdir():
            below = (thread / "children").read_text().split()
            megabytes += sum(resident(int(child)) for child in below)
    return megabytes


def main(command: list[str]) -> None:
    """Run the command; where it fails, end with what it said."""
    ended, peak = threading.Event(), [0.0]

    def watch(process: int) -> None:
        while not ended.wait(EVERY):
            peak[0] = max(peak[0], resident(process))

    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        threading.Thread(target=watch, args=[process.pid], daemon=True).start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        ended.set()
        if status:
            said.seek(0)
            sys.exit(f"{' '.join(command)}:\n{said.read()[-2000:]}")
    largest = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(json.dumps([wall, used.ru_utime + used.ru_stime, max(peak[0], largest)]))


if __name__ == "__main__":
    main(sys.argv[1:])
