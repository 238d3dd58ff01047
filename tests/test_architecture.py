"""What the repository holds, and that the contracts on imports in pyproject.toml can be broken."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collections_made import unmeasured


def contracts(root: Path) -> dict[str, dict[str, Any]]:
    """The import contracts of pyproject.toml, by their ids."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return {c["id"]: c for c in settings["tool"]["importlinter"]["contracts"]}


def lint_imports(folder: Path) -> tuple[int, str]:
    """Exit code and output of `lint-imports` on a copy of the package."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--cache-dir", folder / "cache"],
        cwd=folder,
        env={**unmeasured(), "PYTHONPATH": str(folder / "tools")},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def package(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package and its contracts."""
    folder = tmp_path_factory.mktemp("package")
    source = root / "tools/crossclaim"
    shutil.copytree(source, folder / "tools/crossclaim", ignore=shutil.ignore_patterns("assets"))
    shutil.copy(root / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def linted(package: Path) -> tuple[int, str]:
    """Exit code and output of `lint-imports` on the package as it is."""
    return lint_imports(package)


def test_the_package_keeps_its_contracts(linted: tuple[int, str]) -> None:
    code, output = linted
    assert code == 0, output


# A module, what it imports against a contract, the contract’s id, what is said of it.
AGAINST = (
    ("model", "crossclaim.cli", "layers", "crossclaim.model -> crossclaim.cli"),
    ("language/words", "crossclaim.content.yaml", "layers", "crossclaim.language.words -> "),
    ("site/index", "crossclaim.importing.dates", "layers", "crossclaim.site.index -> "),
    ("new_at_the_root", "re", "layers", "new_at_the_root"),
    ("suggesting/__init__", "crossclaim.importing.dates", "importing", "suggesting -> "),
    ("content/tag_line", "crossclaim.content.essay", "circles", "in crossclaim.content."),
    ("site/index", "crossclaim.site.search.records", "circles", "in crossclaim.site."),
    ("site/index", "pathlib", "edges", "crossclaim.site.index -> pathlib"),
    ("content/tag_line", "os.path", "edges", "crossclaim.content.tag_line -> os"),
    ("model", "click", "edges", "crossclaim.model -> click"),
    ("site/pages", "mkdocs.config", "mkdocs", "crossclaim.site.pages -> mkdocs"),
    ("pipeline", "subprocess", "processes", "crossclaim.pipeline -> subprocess"),
    ("files", "http.client", "processes", "crossclaim.files -> http"),
)


@pytest.fixture(scope="module")
def broken(package: Path, linted: tuple[int, str]) -> str:
    """What `lint-imports` says of the package with all those imports in it."""
    code, _ = linted
    assert code == 0
    for module, imported, _, _ in AGAINST:
        with (package / f"tools/crossclaim/{module}.py").open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")
    code, output = lint_imports(package)
    assert code == 1
    return output


@pytest.mark.parametrize(("contract", "said"), [case[2:] for case in AGAINST])
def test_an_import_against_a_contract_is_found(
    broken: str, linted: tuple[int, str], root: Path, contract: str, said: str
) -> None:
    name = contracts(root)[contract]["name"]
    assert said not in linted[1]
    assert f"{name} BROKEN" in broken
    told = broken.rpartition("Broken contracts")[2].partition(f"\n{name}\n")[2]
    assert said in re.split(r"\n-{5,}\n", told.partition("\n")[2])[0]


# What reaches a file, the terminal or any module at all without an import that a contract sees.
UNSEEN = {"open", "input", "print", "breakpoint", "exec", "eval", "compile", "__import__"}
UNSEEN_IN = {"builtins": {"*"}, "io": {"open", "FileIO"}, "urllib": {"request"}}


def unseen(source: str) -> Iterator[str]:
    """The ways in a module's source round the contracts on imports."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in UNSEEN:
                yield name
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                if {"*", name} & UNSEEN_IN.get(owner, set()):
                    yield f"{owner}.{name}"
            case ast.ImportFrom(module=str(owner), names=names):
                root, _, inner = owner.partition(".")
                for name in [inner] if inner else [alias.name for alias in names]:
                    if {"*", name} & UNSEEN_IN.get(root, set()):
                        yield f"{root}.{name}"
                if owner == "importlib" and "import_module" in [alias.name for alias in names]:
                    yield "importlib.import_module"
            case ast.Import(names=names):
                yield from (a.name for a in names if a.name in ("importlib", "urllib.request"))


@pytest.mark.parametrize(
    "line",
    [
        "open('a')",
        "__import__('os')",
        "print('a')",
        "import io; io.open('a')",
        "from io import open",
        "import builtins; builtins.open('a')",
        "from builtins import open",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import importlib",
        "from importlib import import_module",
    ],
)
def test_a_way_round_the_contracts_is_found(line: str) -> None:
    assert len(list(unseen(f"def f():\n    {line}\n"))) == 1


def test_modules_of_values_know_no_way_round_the_contracts(root: Path) -> None:
    edges = contracts(root)["edges"]["allowed_importers"]
    whoever_runs_it_names_a_module = {"crossclaim.language.encoder": ["importlib.import_module"]}
    read = 0
    for path in sorted((root / "tools/crossclaim").rglob("*.py")):
        module = ".".join(path.relative_to(root / "tools").with_suffix("").parts)
        if not any(f"{module}.".startswith(f"{edge}.") for edge in edges):
            expected = whoever_runs_it_names_a_module.get(module, [])
            assert list(unseen(path.read_text("utf-8"))) == expected, module
            read += 1
    assert read > 60


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


# One act has one name on the command line, in the pipeline and in the module that does it.
SAME_ACT = {"add", "build", "check"}


def test_a_public_name_stands_in_one_module_only(root: Path) -> None:
    modules: dict[str, list[str]] = {}
    for path in sorted((root / "tools/crossclaim").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
                modules.setdefault(node.name, []).append(path.name)
    twice = {name: where for name, where in modules.items() if len(where) > 1}
    assert set(twice) == SAME_ACT, twice
