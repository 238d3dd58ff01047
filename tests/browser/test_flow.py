"""The guide's page on adding an essay, run: every command, and exactly what it says.

`make golden` saves what is said now as what the page shows.
"""

import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from browser_watch import lead_on
from crossclaim.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "editing.md"
SAMPLES = PAGE.parent / "samples"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with what the page says it answers."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def review_by_keyboard(page: Page) -> None:
    """The keys that the page names, until nothing is left to review."""

    def typed(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    def found(words: str, stance: str, number: int) -> None:
        typed("/")
        expect(page.locator("[name=find]")).to_be_focused()
        page.keyboard.type(words)
        typed("Enter")
        expect(page.locator("#live")).to_contain_text("Added")
        typed(stance)
        expect(page.locator("#here")).to_contain_text(f"Paragraph {number} of 8 reviewed")

    typed("s", "a", "a", "k")
    found("rules", "2", 3)
    typed("n")
    found("quiet", "3", 4)
    typed("n", "a", "a")
    found("meet", "2", 7)
    typed("n", "c")
    expect(page.locator("#sentence")).to_be_focused()
    page.locator("#sentence").fill("A town should pay somebody to sit with those who are alone.")
    page.locator("#theme").fill("What becomes of the lonely")
    page.locator("#about").fill("The passage asks for company for people who have none.")
    typed("Control+Enter")
    expect(page.locator(".top .count")).to_have_text("8 of 8 reviewed")


class Editor:
    """Somebody who types what the page says, in a folder that holds the page's samples."""

    def __init__(self, folder: Path, page: Page, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.page, self.patch = folder, page, patch

    def type(self, command: str) -> str:
        """Run a command where the editor is; what it says."""
        self.patch.chdir(self.folder)
        program, *words = shlex.split(command)
        if program == "cd":
            self.folder = (self.folder / words[0]).resolve()
            return ""
        if program == "cp":
            self.copy(*words)
            return ""
        assert program == "crossclaim", command
        if words[0] == "review":
            return self.review(words)
        return CliRunner().invoke(main, words).output

    def copy(self, option: str, source: str, target: str) -> None:
        """Copy a folder."""
        assert option == "-r"
        shutil.copytree(self.folder / source, self.folder / target)

    def review(self, words: list[str]) -> str:
        """Review as the page tells it: the keys it names, until nothing is left to review."""
        command = [sys.executable, "-u", "-m", "crossclaim", *words, "--no-browser", "--port", "0"]
        with subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as child:
            assert child.stdout
            said = child.stdout.readline()
            address = _ADDRESS.search(said)
            try:
                assert address, said
                lead_on(self.page, address[0], "**/essay/**")
                review_by_keyboard(self.page)
                child.send_signal(signal.SIGINT)
                said += child.stdout.read()
            finally:
                child.kill()
        return _ADDRESS.sub("http://127.0.0.1:…", said)


def test_the_page_says_what_the_program_says(
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    page = browser.new_page()
    editor = Editor(tmp_path, page, monkeypatch)
    text = PAGE.read_text("utf-8")

    def run(block: re.Match[str]) -> str:
        return "".join(f"$ {command}\n{editor.type(command)}" for command, _ in commands(block[0]))

    said = _BLOCK.sub(run, text)
    page.close()
    if request.config.getoption("--save-golden"):
        PAGE.write_text(said, "utf-8")
    assert PAGE.read_text("utf-8") == said
    essay = (tmp_path / "library/essays/let-them-talk.md").read_text("utf-8")
    found = re.findall(r"\{:.*\}", essay)
    assert [line for line in found if "?" in line] == [
        '{: #books-are-the-reason asserts="libraries-are-for-meeting?" }'
    ], "only what the new version split off waits for a review"
