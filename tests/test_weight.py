"""What a page weighs does not grow with the collection."""

import gzip
from pathlib import Path

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.site import pages


def weights(root: Path, essays: int) -> dict[str, int]:
    """The compressed weight of one essay's page, in a collection in which all share two claims."""
    names = [f"Author {'ABCDEFGHIJ'[e // 26 % 10]}{chr(65 + e % 26)}x" for e in range(essays)]
    files = {"essays/authors.yml": "".join(f"- name: {n}\n" for n in names)}
    for e, name in enumerate(names):
        body = "\n".join(
            f"Tea wakes us, number {e}, time {n}.\n{{: #tea-{n} asserts='tea-wakes' reports='tea-calms' }}\n"
            for n in range(8)
        )
        files[f"essays/e{e:03}.md"] = essay(body, f"title: Tea {e}\nauthor: {name}")
    root = make(root, {**files, "essays/ada.md": None, "essays/ben.md": None})
    checked = pipeline.check(root)
    assert checked.buildable, checked.findings
    rendered = pages.render_pages(checked.index, checked.settings)
    return {path: len(gzip.compress(rendered[path].encode())) for path in ("essays/e001.md",)}


def test_an_essays_page_does_not_grow_with_the_number_of_essays(tmp_path: Path) -> None:
    some, many = weights(tmp_path / "some", 12), weights(tmp_path / "many", 48)
    for path, weight in some.items():
        assert many[path] < 1.1 * weight, path
