"""Every finding code is provoked: an input, and exactly what is said of it.

`make golden` saves what is said now as what is expected.
"""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from collections_made import make
from crossclaim.cli import main
from crossclaim.findings import CODES, Finding, Severity, summarized
from crossclaim.model import Place

CASES = sorted((Path(__file__).parent / "findings").glob("*.yml"))


class _Block(str):
    """A text that YAML keeps line by line."""


yaml.add_representer(
    _Block, lambda dump, text: dump.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def test_every_code_has_its_case() -> None:
    # What the program was not made for cannot be an input; test_cli provokes that one.
    assert {case.stem for case in CASES} == set(CODES) - {"internal-error"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_finding(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    golden = yaml.safe_load(case.read_text("utf-8"))
    encoding = golden.get("encoding", "utf-8")
    files = {f: t if t is None else t.encode(encoding) for f, t in golden["files"].items()}
    make(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, golden.get("command", ["check"]))
    if request.config.getoption("--save-golden"):
        golden["files"] = {f: t if t is None else _Block(t) for f, t in golden["files"].items()}
        golden["expected"] = _Block(result.stdout)
        case.write_text(yaml.dump(golden, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
    assert result.stdout == golden["expected"]
    lines = result.stdout.splitlines()
    told = {code: CODES[code][0] for line in lines for code in line.split()[:1] if code in CODES}
    assert result.exit_code == golden.get("exit", int(Severity.ERROR in told.values()))
    assert any(line.startswith(f"{case.stem} ") for line in lines), "the code in question is said"


def test_a_finding_is_one_line_whatever_it_quotes() -> None:
    finding = Finding("untagged", Place("a.md", 3), "“two\nlines”", "do\tthis")
    assert str(finding) == "untagged a.md:3 “two lines” — do this"
    assert finding.severity is Severity.WARNING


def finding(code: str, line: int, hint: str = "mend it", file: str = "a.md") -> Finding:
    return Finding(code, Place(file, line), f"what is wrong in {line}", hint)


def test_many_of_one_kind_stand_together_behind_the_few_and_errors_before_all() -> None:
    untagged = [finding("untagged", line, file=f"{'ab'[line % 2]}.md") for line in range(1, 220)]
    no_ids = [finding("no-id", line) for line in range(300, 306)]
    one, other = finding("unknown-claim", 999), finding("unknown-metadata", 400, "“supports”?")
    assert list(summarized([*untagged, other, *no_ids, one, one])) == [
        str(one),
        "no-id: 6 in a.md — mend it",
        *(f"  a.md:{line} what is wrong in {line}" for line in (300, 301, 302)),
        "  … 3 more",
        str(other),
        "untagged: 219 in 2 files — mend it",
        *(f"  a.md:{line} what is wrong in {line}" for line in (2, 4, 6)),
        "  … 216 more",
    ]


def test_a_few_are_told_one_by_one_and_so_is_what_is_mended_otherwise() -> None:
    few = [finding("untagged", line) for line in range(1, 6)]
    assert list(summarized(reversed(few))) == [str(one) for one in few]
    assert list(summarized([])) == []
    each_its_own = [finding("unknown-claim", line, f"write {line}") for line in range(1, 21)]
    assert list(summarized(each_its_own)) == [str(one) for one in each_its_own]
    assert list(summarized([*each_its_own, finding("unknown-claim", 21, "write it")])) == [
        "unknown-claim: 21 in a.md",
        *(f"  a.md:{line} what is wrong in {line} — write {line}" for line in (1, 2, 3)),
        "  … 18 more",
    ]


def test_a_code_that_does_not_exist_cannot_be_used() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Finding("nonsense", Place("a.md"), "x", "y")
