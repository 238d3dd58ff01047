"""Mutation testing: change a module in one place at a time, and see whether its tests fail.

    python tests/mutants.py [MODULE …]

Needs cosmic-ray beside the project's own packages (`make mutants` installs it). Works on copies
under build/mutants, one a module. Prints each change that every test survived, and the score.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "build" / "mutants"
PACKAGE = "tools/crossclaim"
# The tests of a module, those first that fail soonest.
MODULES = {
    "model": "test_model test_index test_essay_file test_measures test_golden",
    "content/tag_line": "test_model test_attributes test_tag_lines test_deciding_words test_essay_file",
    "content/check": "test_check test_findings",
    "site/index": "test_model test_index test_measures test_pages test_golden",
}
# One replacement an operator is enough: the others say the same again.
LEFT_OUT = [
    "core/ReplaceBinaryOperator_BitOr_(?!BitAnd)",
    "core/ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|BitOr_)",
]


def run(*words: str, cwd: Path) -> str:
    """What a command of cosmic-ray prints. Raises CalledProcessError."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def prepared(module: str) -> Path:
    """A copy of the project with the settings for one module."""
    folder = OUT / module.replace("/", "-")
    shutil.rmtree(folder, ignore_errors=True)
    leave = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("tools", "tests", "essays", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    tests = [f"tests/{name}.py" for name in MODULES[module].split()]
    tests = [test for test in tests if (folder / test).exists()]
    command = ["env", "PYTHONPATH=tools", sys.executable, "-m", "pytest", "-n", "0", "-x", *tests]
    (folder / "cosmic-ray.toml").write_text(
        f"""\
[cosmic-ray]
module-path = "{PACKAGE}/{module}.py"
timeout = 60.0
excluded-modules = []
test-command = "{" ".join(command)}"
distributor.name = "local"
filters.operators-filter.exclude-operators = {json.dumps(LEFT_OUT)}
"""
    )
    return folder


def mutate(module: str) -> tuple[int, int]:
    """Try every change of one module, print those that survive; how many were killed, of how many."""
    folder = prepared(module)
    settings, session = "cosmic-ray.toml", "session.sqlite"
    run("cosmic_ray.cli", "baseline", settings, cwd=folder)
    run("cosmic_ray.cli", "init", settings, session, cwd=folder)
    run("cosmic_ray.tools.filters.operators_filter", session, settings, cwd=folder)
    run("cosmic_ray.cli", "exec", settings, session, cwd=folder)
    killed = tried = 0
    for line in run("cosmic_ray.cli", "dump", session, cwd=folder).splitlines():
        _, result = json.loads(line)
        if result["worker_outcome"] == "skipped":
            continue
        tried += 1
        if result["test_outcome"] == "survived":
            print(result["diff"], flush=True)
        else:
            killed += 1
    print(f"{module}: {killed} of {tried} killed\n", flush=True)
    return killed, tried


def main() -> None:
    """Every module, or those named; the score of all."""
    scores = [mutate(module) for module in sys.argv[1:] or MODULES]
    killed, tried = (sum(numbers) for numbers in zip(*scores, strict=True))
    print(f"{killed} of {tried} killed, {killed / tried:.1%}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
