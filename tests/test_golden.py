"""Golden collections: a folder as an editor has it, and every page that is written from it.

`make golden` saves what is written now as what is expected; read the diff before committing it.
"""

import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from collections_made import tree
from crossclaim import pipeline
from crossclaim.findings import errors
from crossclaim.site import pages
from crossclaim.site.publish import MANIFEST

GOLDEN = Path(__file__).parent / "golden"
FONTS = "assets/fonts/"


def readable(path: str, content: bytes) -> tuple[str, bytes]:
    """The search's data unpacked, so that a diff shows what changed; fonts need not be there."""
    if path == MANIFEST:
        lines = content.splitlines(keepends=True)
        return path, b"".join(line for line in lines if not line.startswith(FONTS.encode()))
    if not path.endswith(".idx"):
        return path, content
    value = json.loads(zlib.decompress(content))
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return path.replace(".idx", ".json"), f"{text}\n".encode()


@pytest.mark.parametrize("name", ["small", "empty"])
@pytest.mark.usefixtures("no_near_words")  # which are not made from the collection alone
def test_pages(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    given, expected = GOLDEN / name, GOLDEN / name / "expected"
    for part in ("mkdocs.yml", "essays"):
        source = given / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / part)
    checked = pipeline.check(tmp_path)
    assert not errors(checked.findings), checked.findings
    pipeline.write_docs(tmp_path, checked)
    written = dict(readable(*item) for item in tree(tmp_path / "docs").items())
    for asset in [
        path for path in written if path.endswith((".css", ".js")) or path.startswith(FONTS)
    ]:
        written.pop(asset)  # not made from the collection
    if request.config.getoption("--save-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, content in written.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(content)
    assert written == tree(expected)


# What `crossclaim` does where every folder is listed in one order, or in the other.
LISTED = """\
import sys
from pathlib import Path

def listing(real):
    def listed(*given, **named):
        return iter(sorted(real(*given, **named), reverse=sys.argv[1] == "backwards"))
    return listed

for name in ("glob", "rglob", "iterdir"):
    setattr(Path, name, listing(getattr(Path, name)))
from crossclaim.cli import main
main(sys.argv[2:])
"""


def test_pages_do_not_depend_on_the_order_files_are_found_in(tmp_path: Path, root: Path) -> None:
    seen = {}
    for order, seed in (("forwards", "1"), ("backwards", "2")):
        folder = tmp_path / order
        shutil.copytree(root / "essays", folder / "essays")
        shutil.copy(root / "mkdocs.yml", folder)
        for name in ("a", "b", "c"):
            (folder / "essays/more").mkdir(exist_ok=True)
            (folder / f"essays/more/{name}.md").write_text("not read\n")
        said = ""
        for words in (["build", "--pages-only"], ["check"]):
            done = subprocess.run(
                [sys.executable, "-c", LISTED, order, *words],
                cwd=folder,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            said += done.stdout
        assert said.count("ignored-file") == 3
        seen[order] = (said, tree(folder / "docs"))
    assert seen["forwards"] == seen["backwards"]
    assert len(seen["forwards"][1]) > 40


def test_what_will_be_written_is_known_before(checked: pipeline.Checked) -> None:
    made = {**pages.render_pages(checked.index, checked.settings), **pages.assets()}
    assert set(made) == pages.page_paths(checked.index)
