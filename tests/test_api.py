"""The package as other programs use it."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import crossclaim
from crossclaim.commands import starter

GUIDE = Path(__file__).parent.parent / "docs/guide/python.md"


@pytest.mark.slow
def test_the_example_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert starter.start(tmp_path / "mine", "Mine") == []
    monkeypatch.chdir(tmp_path / "mine")
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False)
    assert not failed
    assert tried > 8


def test_every_public_name_is_there_and_no_other() -> None:
    assert sorted(crossclaim.__all__) == crossclaim.__all__
    assert all(getattr(crossclaim, name) for name in crossclaim.__all__)
    assert {*crossclaim.__all__, "__version__"} <= {*dir(crossclaim)}
    with pytest.raises(AttributeError, match="has no name “chek”"):
        crossclaim.chek  # type: ignore[attr-defined]  # noqa: B018


def test_to_import_it_loads_nothing() -> None:
    script = (
        "import sys; before = {*sys.modules}; import crossclaim; print({*sys.modules} - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{'crossclaim'}"
