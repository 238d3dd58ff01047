"""The house: which room may know which, how large a room may be, what no room may hold."""

import ast
import subprocess
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tools" / "crossclaim"

# Lower rooms know nothing of the higher ones. One line is one floor; rooms on a floor are strangers.
_GROUND = [
    {"alpha", "names", "markdown_text", "markup", "attributes", "located_yaml", "files", "model"},
    {"yaml_spans", "blocks", "excerpt", "citation", "findings"},
    {"fields"},
]
# Originals in, documents out; this part knows nothing of collections.
_READING = [
    {"document", "dates", "furniture", "part_names"},
    {"encodings", "inline", "lines", "mail", "packages", "pdf_pages", "setting"},
    {"pdf_lines", "settling", "trees", "wrapping"},
    {"linked_data", "paragraphs", "pdf_layout", "signs"},
    {"book_parts", "calls", "fallback", "listing", "pdf_blocks", "people", "sorting", "tables"}
    | {"weights"},
    {"container", "elements", "head", "headings", "labels", "outside", "page_bylines"}
    | {"page_parts", "pdf_notes", "tail"},
    {"body", "footnotes", "page_facts", "pdf", "sifting"},
    {"docx", "epub", "markdown", "plain"},
    {"html"},
    {"formats"},
]
# The editor's files, each on its own, and then together.
_FILES = [
    {"registry", "second_readings", "essay_file", "settings", "compose"},
    {"tag_lines", "registry_text"},
    {"claim_names", "passage_ids", "collection", "check", "index"},
]
_UPDATING = [
    {"changes", "three_way", "alignment"},
    {"versions", "front_matter", "units"},
    {"merging"},
    {"essays"},
]
_SEARCH = [{"words", "grammar"}, {"records", "vocabulary"}, {"shelving"}]
_SITE = [
    {"agreement", "measures", "argument_map"},
    {"templating"},
    {"adding", "starting", "renaming", "comparing", "pages", "publish", "renderer"},
    {"story"},
    {"serving", "reference"},
]
_SUGGESTING = [
    {"calibration", "lexical", "tuning", "voices"},
    {"encoding", "sentences", "stances"},
    {"meaning", "evidence"},
    {"scoring"},
    {"suggester"},
    {"choosing", "proposals", "report"},
    {"writing"},
    {"telling"},
]
_REVIEWING = [
    {"claim_search", "guard", "inline", "ranking", "actions", "spots"},
    {"forms", "new_claim", "sheet"},
    {"shelf", "steps"},
    {"desk"},
    {"views"},
    {"answers"},
    {"app"},
    {"server"},
]
_COMMANDS = [
    {"frame", "progress", "adding_report"},
    {"suggestions"},
    {"site", "essays", "claims", "agreement", "beginning", "reviewing", "suggesting"},
]


def _of(package: str, floors: list[set[str]]) -> list[set[str]]:
    return [{f"{package}.{room}" for room in floor} for floor in floors]


FLOORS = [
    *_GROUND,
    *_of("reading", _READING),
    *_FILES,
    *_of("updating", _UPDATING),
    *_of("search", _SEARCH),
    *_SITE,
    *_of("suggesting", _SUGGESTING),
    *_of("reviewing", _REVIEWING),
    *_of("commands", _COMMANDS),
    {"cli"},
    {"__main__"},
]
# Only these touch files, the network or a renderer; the others are values and pure functions.
EDGES = {
    *{"files", "collection", "adding", "renaming", "starting", "comparing", "pages", "publish"},
    *{"renderer", "story", "serving", "reference", "cli", "__main__"},
    *{
        "suggesting.writing",
        "reviewing.shelf",
        "reviewing.desk",
        "reviewing.app",
        "reviewing.server",
    },
    *{room for floor in _of("commands", _COMMANDS) for room in floor},
}


def rooms() -> dict[str, Path]:
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): path
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "__init__.py"
    }


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crossclaim"):
            base = (node.module or "").removeprefix("crossclaim").removeprefix(".")
            if (PACKAGE / base.replace(".", "/")).is_dir():
                found |= {f"{base}.{alias.name}".lstrip(".") for alias in node.names}
            else:
                found.add(base)
        elif isinstance(node, ast.Import):
            found |= {
                a.name.removeprefix("crossclaim.") for a in node.names if "crossclaim" in a.name
            }
    return found


def outside(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found


def test_every_room_has_its_floor() -> None:
    assert set(rooms()) == set().union(*FLOORS)


@pytest.mark.parametrize("room", sorted(rooms()))
def test_imports_run_one_way(room: str) -> None:
    floor = next(at for at, floor in enumerate(FLOORS) if room in floor)
    below = set().union(*FLOORS[:floor])
    assert imports(rooms()[room]) <= below


@pytest.mark.parametrize("room", sorted(set(rooms()) - EDGES))
def test_the_middle_is_pure(room: str) -> None:
    touching = {
        "pathlib.Path",
        "os",
        "shutil",
        "tempfile",
        "subprocess",
        "mkdocs",
        "click",
        "sys",
        "socket",
    }
    assert outside(rooms()[room]) & touching == set()


def test_only_the_renderer_knows_mkdocs() -> None:
    assert {room for room, path in rooms().items() if "mkdocs" in outside(path)} == {"renderer"}


def test_nothing_hooks_into_the_renderer(root: Path) -> None:
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert "hooks:" not in settings
    assert "plugins:\n  - search: {enabled: false}" in settings
    assert settings.count("  - search:") == 1
    assert "!!python" not in settings


@pytest.mark.parametrize("room", sorted(rooms()))
def test_no_room_is_too_large(room: str) -> None:
    assert len(rooms()[room].read_text("utf-8").splitlines()) <= 300


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
