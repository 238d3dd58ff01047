"""Fixtures shared by all tests."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from browser_install import arguments
from browser_install import browser as installed_browser
from crossclaim import pipeline
from crossclaim.commands import progress
from crossclaim.language.vocabulary import read_vocabulary, vocabulary_data
from crossclaim.model import Collection
from crossclaim.site.search import near_words

ROOT = Path(__file__).parent.parent

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

# `pytest --hypothesis-profile=long` searches further; a busy machine is no failure.
settings.register_profile("usual", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile("usual")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--save-golden", action="store_true", help="Save what golden tests produce.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in tests/browser or asks for the browser is marked so."""
    for item in items:
        if "browser" in item.path.parts or "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """With `--cov --cov-report=json`: what is covered in all, and the modules that are least."""
    report = ROOT / "build" / "coverage.json"
    if not config.getoption("cov_source", None) or not report.exists():
        return
    measured = json.loads(report.read_text("utf-8"))
    by_file = {file: data["summary"] for file, data in measured["files"].items()}
    least = sorted(by_file, key=lambda file: by_file[file]["percent_covered"])[:10]
    for file in least:
        summary = by_file[file]
        terminalreporter.write_line(
            f"{summary['percent_covered']:6.1f} %  {file}: "
            f"{summary['missing_lines']} lines, {summary['missing_branches']} branches missing"
        )
    total = measured["totals"]
    terminalreporter.write_line(
        f"{total['percent_covered']:6.1f} %  of all {total['num_statements']:,} lines and "
        f"{total['num_branches']:,} branches are covered"
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def checked() -> pipeline.Checked:
    """The project's own collection, checked."""
    return pipeline.check(ROOT)


@pytest.fixture(scope="session")
def own(checked: pipeline.Checked) -> Collection:
    """The project's own collection."""
    return checked.index.collection


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project's own site, built once from a copy of its files."""
    copy = tmp_path_factory.mktemp("project") / "collection"
    for name in ("mkdocs.yml", "docs", "essays"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    built, failed = pipeline.build(copy)
    assert not failed, failed
    assert not built.findings, built.findings
    yield copy / "site"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that all tests of a process share."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=installed_browser(), args=arguments())
        yield launched
        launched.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser for one test: the pages that it has not closed are closed after it."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def no_near_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds without the vocabulary: what is near in meaning is not their subject, and costs."""
    nothing = read_vocabulary(vocabulary_data({}), "en")
    monkeypatch.setattr(near_words, "vocabulary", lambda language: nothing)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a small command may take the second after which it tells its progress."""
    monkeypatch.setattr(progress, "_PATIENCE", 3600.0)
