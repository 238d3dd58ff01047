"""Golden collections: a folder as an editor has it, and every page that is written from it.

`make golden` saves what is written now as what is expected; read the diff before committing it.
"""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from collections_made import tree
from crossclaim import pipeline
from crossclaim.findings import errors
from crossclaim.site import pages

GOLDEN = Path(__file__).parent / "golden"


def readable(path: str, content: bytes) -> tuple[str, bytes]:
    """The search's data unpacked, so that a diff shows what changed."""
    if not path.endswith(".idx"):
        return path, content
    value = json.loads(gzip.decompress(content))
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return path.replace(".idx", ".json"), f"{text}\n".encode()


@pytest.mark.parametrize("name", ["small", "empty"])
def test_pages(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    given, expected = GOLDEN / name, GOLDEN / name / "expected"
    for part in ("mkdocs.yml", "essays"):
        source = given / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / part)
    checked = pipeline.check(tmp_path)
    assert not errors(checked.findings), checked.findings
    pipeline.write_docs(tmp_path, checked)
    written = dict(readable(*item) for item in tree(tmp_path / "docs").items())
    for asset in [path for path in written if path.endswith((".css", ".js"))]:
        written.pop(asset)  # not made from the collection
    if request.config.getoption("--save-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, content in written.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(content)
    assert written == tree(expected)


def test_pages_do_not_depend_on_the_order_files_are_found_in(root: Path) -> None:
    one, other = (
        pages.render_pages(c.index, c.settings)
        for c in (pipeline.check(root), pipeline.check(root))
    )
    assert one == other
    assert list(one) == list(other)
    assert set(one) == pages.page_paths(pipeline.check(root).index), (
        "what will be written is known before"
    )
