"""A collection of one's own: from the checkout, and from the wheel alone."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collections_made import tree
from crossclaim import files, pipeline
from crossclaim.cli import main
from crossclaim.commands import starter
from crossclaim.content.settings import read_settings
from crossclaim.model import Items, Quotation, Stance

PACKAGE = Path(__file__).parent.parent / "tools" / "crossclaim"


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_new_collection_is_clean_and_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("new", "on-tea", "--title", "Tea: “yes” or # no")
    assert said.exit_code == 0
    assert said.stdout.startswith("Started a collection in on-tea, with one essay as an example.\n")
    checked = run("-C", "on-tea", "check")
    assert (checked.stdout, checked.exit_code) == ("", 0)
    built = run("-C", "on-tea", "build")
    assert "Built 1 essay, 7 claims." in built.stdout
    home = (tmp_path / "on-tea/site/index.html").read_text("utf-8")
    assert ">Tea: “yes” or # no</h1>" in home
    assert 'class="cc-find"' in home


def test_git_keeps_what_was_started_and_not_what_was_built(tmp_path: Path) -> None:
    assert starter.start(tmp_path / "new", "New") == []
    started = set(tree(tmp_path / "new"))
    assert pipeline.build(tmp_path / "new")[1] == []
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=tmp_path / "new", check=True)
    kept = subprocess.run(
        ["git", "ls-files"], cwd=tmp_path / "new", check=True, capture_output=True, text=True
    )
    assert set(kept.stdout.splitlines()) == started


def test_the_example_shows_all_there_is(tmp_path: Path) -> None:
    starter.start(tmp_path, "New")
    (essay,) = pipeline.check(tmp_path).index.collection.essays
    assert {tag.stance for p in essay.passages for tag in p.reviewed} == set(Stance)
    assert any(passage.aside for passage in essay.passages)
    assert {Items, Quotation} <= {type(part) for part in essay.parts}
    original = (tmp_path / "essays" / essay.original).read_text("utf-8")
    for passage in essay.passages:
        assert passage.text in original, passage.id
    claims = (tmp_path / "essays/claims.yml").read_text("utf-8")
    assert claims.startswith("# The claims these essays share or dispute.")


def test_the_folders_name_is_the_title_if_nobody_names_one(tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "on_green-tea")).exit_code == 0
    text = (tmp_path / "on_green-tea/mkdocs.yml").read_text("utf-8")
    assert read_settings(text, tmp_path, "essays")[0].name == "On green tea"
    assert (tmp_path / "on_green-tea/README.md").read_text("utf-8").startswith("# On green tea\n")


def test_an_empty_folder_will_do_and_one_where_git_has_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    assert run("new", ".").exit_code == 0
    assert run("check").exit_code == 0


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/note.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = tree(tmp_path)
    for name, why in (
        ("mine", "the folder is not empty"),
        ("file", "a file of this name is there already"),
    ):
        said = run("new", name)
        assert said.exit_code == 1
        assert said.stdout == f"already-added {name}:1 {why} — name a folder that is new or empty\n"
    assert tree(tmp_path) == before
    assert run("new").exit_code == 2


@pytest.mark.parametrize("name", ["new", "a/b/new", "there"])
def test_what_cannot_be_finished_is_not_begun(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    before = sorted(tmp_path.rglob("*"))
    real, count = files.write, 0

    def failing(path: Path, content: str | bytes) -> bool:
        nonlocal count
        count += 1
        if count == 6:
            path.parent.mkdir(parents=True, exist_ok=True)
            raise OSError(28, "No space left on device", str(path))
        return real(path, content)

    monkeypatch.setattr(files, "write", failing)
    said = run("new", str(tmp_path / name))
    assert said.exit_code == 1
    assert said.stdout.startswith("not-written ")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The wheel's contents, unpacked where nothing else is."""
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(made / "unpacked")
    return made / "unpacked"


def test_the_wheel_holds_every_file_of_the_package(installed: Path) -> None:
    own = {path for path in tree(PACKAGE) if "__pycache__" not in path}
    assert set(tree(installed / "crossclaim")) == own
    assert {
        "commands/starter_files/gitignore",
        "commands/starter_files/mkdocs.yml",
        "site/theme/main.html",
        "py.typed",
    } <= own


@pytest.mark.slow
def test_the_installed_package_alone_starts_checks_and_builds(
    installed: Path, tmp_path: Path
) -> None:
    def crossclaim(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        begin = "import crossclaim, sys; from crossclaim.cli import main; "
        begin += "print(crossclaim.__file__, file=sys.stderr); main()"
        environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, "-c", begin, *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

    for words, said in (
        (["new", "mine"], "Started a collection in mine"),
        (["-C", "mine", "check"], ""),
        (["-C", "mine", "build"], "Built 1 essay, 7 claims."),
        (["-C", "mine", "claims", "rename", "quiet-is-rare", "quiet-is-dear"], "is now"),
        (["-C", "mine", "agreement", "mine"], "1.00"),
    ):
        done = crossclaim(words)
        assert done.returncode == 0, done.stdout + done.stderr
        assert str(installed) in done.stderr
        assert said in done.stdout
    assert (tmp_path / "mine/site/essays/a-room-where-nobody-speaks.html").is_file()
