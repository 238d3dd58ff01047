"""Live rebuild: which saves call for one, and how a build that fails is told."""

import time
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileMovedEvent, FileOpenedEvent

from collections_made import ADA, BEN, MKDOCS, essay, make
from crossclaim import pipeline
from crossclaim.commands.live import Rebuilt, Saves, Sources, Watching, mount_of, rebuild
from crossclaim.commands.serve import Said
from crossclaim.model import Edition
from crossclaim.pipeline import First

GUIDE = {"docs/guide/how.md": "# How\n"}


@pytest.fixture
def built(tmp_path: Path) -> Sources:
    root = make(tmp_path / "small", GUIDE)
    built = rebuild(root, Edition.READING)
    assert built.checked
    assert not built.wrong
    sources = Sources(root)
    with sources.watched():
        sources.built(root / built.checked.settings.docs)
    return sources


@pytest.mark.parametrize(
    ("path", "concerned"),
    [
        ("mkdocs.yml", True),
        ("README.md", False),
        ("essays/ada.md", True),
        ("essays/new.md", True),
        ("essays/claims.yml", True),
        ("essays/originals/ada.txt", True),
        ("docs/guide/how.md", True),
        ("docs/guide/new.md", True),
        ("docs/style.css", True),
        ("docs/index.md", False),
        ("docs/essays/ada.md", False),
        ("docs/.theme/main.html", False),
        ("docs/assets/crossclaim.css", False),
        ("docs/assets/.crossclaim-pages", False),
    ],
)
def test_what_the_editor_writes_calls_for_a_build_and_what_a_build_writes_does_not(
    built: Sources, path: str, concerned: bool
) -> None:
    assert built.concern(built.root / path, gone_folder=False) is concerned


def test_a_folder_that_is_gone_calls_for_a_build_unless_a_build_wrote_it(built: Sources) -> None:
    assert built.concern(built.root / "docs/guide", gone_folder=True)
    assert built.concern(built.root / "essays/originals", gone_folder=True)
    assert not built.concern(built.root / "docs/claims", gone_folder=True)
    assert not built.concern(built.root / "site", gone_folder=True)


def test_a_page_that_a_build_removes_does_not_call_for_another(built: Sources) -> None:
    (built.root / "essays/ben.md").unlink()
    assert built.concern(built.root / "essays/ben.md", gone_folder=False)
    assert not rebuild(built.root, Edition.READING).wrong
    assert not (built.root / "docs/essays/ben.md").exists()
    built.built(built.root / "docs")
    assert not built.concern(built.root / "docs/essays/ben.md", gone_folder=False)


def test_saves_are_told_together_once_all_is_still() -> None:
    saves = Saves()
    before = time.monotonic()
    for name in ("a.md", "b.md", "a.md"):
        saves.add(Path(name), False)
    paths, since = saves.wait()
    assert paths == {(Path("a.md"), False), (Path("b.md"), False)}
    assert before <= since <= time.monotonic() - 0.1


def test_reading_a_file_and_an_editors_own_files_are_no_saves() -> None:
    saves = Saves()
    watching = Watching(saves)
    for event in (
        FileOpenedEvent("essays/ada.md"),
        DirModifiedEvent("essays"),
        FileMovedEvent("essays/.ada.md.swp", "essays/ada.md~"),
    ):
        watching.on_any_event(event)
    watching.on_any_event(FileMovedEvent("essays/.writing-1", "essays/ada.md"))
    assert saves.wait()[0] == {(Path("essays/ada.md"), False)}


def test_a_build_that_fails_is_findings_and_leaves_the_last_good_site(tmp_path: Path) -> None:
    root = make(tmp_path)
    assert not rebuild(root, Edition.READING).wrong
    page = (root / "site/essays/ada.html").read_bytes()
    (root / "essays/ada.md").write_text(ADA.replace("asserts", "assert"))
    failed = rebuild(root, Edition.READING, First("essays/ada.html", lambda: None))
    assert [finding.code for finding in failed.wrong] == ["unknown-stance"]
    assert (root / "site/essays/ada.html").read_bytes() == page


def test_whatever_goes_wrong_serving_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, code in ((OSError(5, "it broke"), "not-written"), (KeyError("x"), "internal-error")):

        def broken(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("crossclaim.pipeline.build", broken)
        assert [f.code for f in rebuild(tmp_path, Edition.READING).wrong] == [code]


@pytest.mark.parametrize(
    ("line", "mount"),
    [
        ("", "/"),
        ("site_url: https://example.org", "/"),
        ("site_url: https://example.org/", "/"),
        ("site_url: https://example.org/tea/", "/tea/"),
        ("site_url: https://example.org/on/tea", "/on/tea/"),
        ("site_url: [1]", "/"),
        ("site_url: 'https://[bad'", "/"),
    ],
)
def test_the_site_stands_at_the_path_that_it_will_be_published_at(
    tmp_path: Path, line: str, mount: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{MKDOCS}{line}\n", "utf-8")
    assert mount_of(tmp_path) == mount


def test_an_error_is_told_alone_and_a_warning_once_it_is_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = "".join(f"Cup {cup} of tea.\n{{: #cup-{cup} }}\n\n" for cup in range(200))
    said = Said(Path())

    def told(ada: str, ben: str = BEN) -> tuple[list[str], list[str]]:
        checked = pipeline.check(
            make(tmp_path, {"essays/ada.md": essay(ada), "essays/ben.md": ben})
        )
        said.report(Rebuilt(checked.findings, checked, 0.5))
        out, err = capsys.readouterr()
        return out.splitlines(), err.splitlines()

    assert told(many) == ([], ["200 warnings: “crossclaim check” tells them."])
    wrong, stopped = told(many + "New.\n{: #new }\n", BEN.replace("rejects", "reject"))
    assert [line.split()[:2] for line in wrong] == [["unknown-stance", "essays/ben.md:9"]]
    assert stopped == ["Not built: 1 error. The last good site stays."]
    (warning, rebuilt), _ = told(many + "New.\n{: #new }\n")
    assert (warning.split()[0], rebuilt) == ("untagged", "Rebuilt in 0.5 s.")
    assert told(many + "New.\n{: #new }\n") == (["Rebuilt in 0.5 s."], [])
