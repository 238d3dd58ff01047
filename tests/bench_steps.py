"""The processor time that steps of a build take in this process, as JSON, for `bench.py`."""

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

from crossclaim import pipeline
from crossclaim.site import pages
from crossclaim.site.search.records import search_records
from crossclaim.site.search.update import data_files


def main(root: Path) -> None:
    """Check, index for the search and make pages, and print the seconds of each."""
    times = [time.process_time()]
    checked = pipeline.check(root)
    assert checked.buildable, checked.findings[:3]
    times.append(time.process_time())
    data_files(search_records(checked.index, checked.settings.language))
    times.append(time.process_time())
    pages.render_pages(checked.index, checked.settings)
    times.append(time.process_time())
    steps = zip(("check", "search", "pages"), pairwise(times), strict=True)
    print(json.dumps({name: after - before for name, (before, after) in steps}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
