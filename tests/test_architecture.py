"""What the repository holds; who may import whom is a contract in pyproject.toml."""

import subprocess
from pathlib import Path


def test_nothing_hooks_into_the_renderer(root: Path) -> None:
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert "hooks:" not in settings
    assert "plugins:\n  - search: {enabled: false}" in settings
    assert settings.count("  - search:") == 1
    assert "!!python" not in settings


def test_no_committed_file_names_a_machine_or_a_registry(root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True
    )
    forbidden = ["pypi" + ".org", "files.python" + "hosted", "registry." + "npmjs", "/ro" + "ot/"]
    for file in listed.stdout.splitlines():
        path = root / file
        if path.suffix in (".png", ".ico", ".npz") or not path.is_file():
            continue
        text = path.read_text("utf-8")
        assert [word for word in forbidden if word in text] == [], file


def test_every_pinned_package_has_a_hash_and_no_address(root: Path) -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        entries = (root / name).read_text("utf-8").replace("\\\n", " ").splitlines()
        pins = [line for line in entries if line and not line.lstrip().startswith("#")]
        assert len(pins) > 10
        for pin in pins:
            assert "==" in pin, pin
            assert "--hash=sha256:" in pin, pin
            assert "://" not in pin, pin
