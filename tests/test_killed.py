"""A build that is killed, at whatever moment, neither spoils the site nor stops the next build."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

if __name__ == "__main__":  # where the builds are killed; see `kill_builds`
    sys.path.insert(0, str(Path(__file__).parent))

from collections_made import ADA, CLAIMS, SMALL, essay, make, tree, unmeasured
from crossclaim import files, pipeline
from crossclaim.content.memory import FOLDER, Memory, alone
from crossclaim.findings import errors

# With CROSSCLAIM_KILLS=1 builds are killed at every operation, with 5 at every fifth.
EVERY = int(os.environ.get("CROSSCLAIM_KILLS", "30"))

OLD = {**SMALL, "docs/about.md": "# About\n\n[Tea](essays/ada.md)\n"}
NEW = {
    **OLD,
    "essays/ada.md": ADA.replace("Tea wakes every", "Tea rouses every"),
    "essays/ben.md": None,
    "essays/cy.md": essay(
        "Tea is dear.\n{: #tea-is-dear rejects='tea-wakes' asserts='tea-soothes' }\n"
    ).replace("Ada Byron", "Ben Jonson"),
    "essays/claims.yml": CLAIMS.replace("tea-calms", "tea-soothes"),
    "docs/about.md": "# About tea\n\n[Tea](essays/cy.md)\n",
}
LEFT = {"docs", "essays", "mkdocs.yml", "site", FOLDER}
REMEMBERED = {".gitignore", "memory.sqlite", "memory.sqlite-wal", "memory.sqlite-shm"}


class Killed:
    """Ends this process at the nth file operation; counts them.

    An operation is what changes a file or folder of the collection, before it is done, and a
    write of half of what is to be written.
    """

    CODE = 77
    CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod")

    def __init__(self, root: Path, number: int, exchange: bool) -> None:
        self.root, self.number, self.count = str(root), number, 0
        sys.addaudithook(self._hear)
        self._really_open = open
        sys.modules["builtins"].open = sys.modules["io"].open = self._open  # type: ignore[attr-defined]
        swap, commit, change = files._exchanged, Memory.commit, Memory._change

        def exchanged(one: Path, other: Path) -> bool:
            self.pass_by()
            done = exchange and swap(one, other)
            self.pass_by()
            return done

        files._exchanged = exchanged
        Memory.commit = self._around(commit)  # type: ignore[method-assign]
        Memory._change = self._around(change)  # type: ignore[method-assign]

    def _around(self, function: Callable[..., None]) -> Callable[..., None]:
        def done(*values: object) -> None:
            self.pass_by()
            function(*values)
            self.pass_by()

        return done

    def pass_by(self) -> None:
        self.count += 1
        if self.count == self.number:
            os._exit(self.CODE)

    def _concerns(self, path: object, folder: object = -1) -> bool:
        return folder != -1 or str(path).startswith(self.root)

    def _hear(self, event: str, values: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = values
            written = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if written and self._concerns(path):
                self.pass_by()
        elif event in self.CHANGES and self._concerns(values[0], values[-1]):
            self.pass_by()

    def _open(self, path: object, mode: str = "r", *more: object, **options: object) -> object:
        file = self._really_open(path, mode, *more, **options)  # type: ignore[call-overload]
        # A file descriptor is that of a file beside the one that is to be written.
        concerned = isinstance(path, int) or self._concerns(path)
        return _Halved(file, self) if concerned and set(mode) & set("wax") else file


class _Halved:
    """A file of which half is written when the process is ended."""

    def __init__(self, file: object, killed: Killed) -> None:
        self._file, self._killed = file, killed

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def __enter__(self) -> "_Halved":
        return self

    def __exit__(self, *raised: object) -> None:
        self._file.close()  # type: ignore[attr-defined]

    def write(self, data: bytes | str) -> int:
        if self._killed.count + 1 == self._killed.number:
            self._file.write(data[: len(data) // 2])  # type: ignore[attr-defined]
            self._file.flush()  # type: ignore[attr-defined]
        self._killed.pass_by()
        return self._file.write(data)  # type: ignore[attr-defined, no-any-return]


def put(root: Path, sources: Mapping[str, str | None]) -> None:
    """Write these sources in place of all others."""
    for file in OLD.keys() | NEW.keys():
        text = sources.get(file)
        if text is None:
            (root / file).unlink(missing_ok=True)
        elif not (root / file).exists() or (root / file).read_text("utf-8") != text:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, "utf-8")


def in_a_child(work: Callable[[], int]) -> int:
    """The exit code of a process like this one that does some work."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(work())
        except BaseException as error:  # the parent has to go on
            print(repr(error), file=sys.stderr)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_builds(folder: Path, kind: str, exchange: bool, every: int) -> dict[str, object]:
    """Kill a build at every nth of its operations; what went wrong.

    `kind` is "first" for a build from nothing, "again" for one after an edit, "shown" for one that
    shows a page before all else.
    """
    trees = {}
    for name, sources in (("old", OLD), ("new", NEW)):
        clean = folder / name / "collection"
        put(clean, sources)
        assert pipeline.build(clean)[1] == []
        trees[name] = {part: tree(clean / part) for part in ("docs", "site")}
    root = folder / "killed/collection"
    page = pipeline.First("essays/ada.html", lambda: None) if kind == "shown" else None

    def prepare() -> None:
        if kind == "first":
            shutil.rmtree(root, ignore_errors=True)
        else:
            put(root, OLD)
            assert pipeline.build(root)[1] == []
            assert tree(root / "site") == trees["old"]["site"]
        put(root, NEW)

    def build(number: int) -> int:
        killed = Killed(root, number, exchange)
        pipeline.build(root, first=page)
        (folder / "count").write_text(str(killed.count))
        return 0

    prepare()
    assert in_a_child(lambda: build(0)) == 0
    total = int((folder / "count").read_text())
    wrong: list[str] = []
    kills = 0
    for number in range(1 + random.randrange(every), total + 1, every):
        prepare()
        code = in_a_child(lambda number=number: build(number))  # type: ignore[misc]
        kills += 1
        if code != Killed.CODE:
            wrong.append(f"{number}: ended with {code}")
        wrong += [f"{number}: {what}" for what in spoilt(root, kind, exchange, trees)]
        checked, failed = pipeline.build(root)
        wrong += [f"{number}: {finding}" for finding in (*checked.findings, *failed)]
        wrong += [f"{number}: afterwards {what}" for what in left_over(root, trees["new"])]
    return {"operations": total, "kills": kills, "wrong": wrong[:20]}


Trees = dict[str, dict[str, dict[str, bytes]]]


def spoilt(root: Path, kind: str, exchange: bool, trees: Trees) -> Iterator[str]:
    """What is wrong with the site once a build was killed."""
    site = tree(root / "site")
    if site == trees["new"]["site"] or (kind != "first" and site == trees["old"]["site"]):
        return
    if not (root / "site").exists():
        if kind != "first" and not exchange:
            beside = root / ".site.crossclaim-old"
            if tree(beside) == trees["old"]["site"]:
                return
        elif kind == "first":
            return
        yield "there is no site"
    old = trees["old"]["site"]
    other = {path for path in site if site[path] != old.get(path)}
    shown = {path for path in other if not path.rpartition("/")[2].startswith(".writing-")}
    page = "essays/ada.html"
    if kind == "shown" and shown <= {page} and site[page].count(b"rouses") <= 2:
        return
    yield f"the site has {sorted(other)} otherwise"


def left_over(root: Path, new: dict[str, dict[str, bytes]]) -> Iterator[str]:
    """What is not as it should be after the next build."""
    for part in ("docs", "site"):
        if tree(root / part) != new[part]:
            one, other = tree(root / part), new[part]
            differ = {p for p in one.keys() | other.keys() if one.get(p) != other.get(p)}
            yield f"{part} has {sorted(differ)} otherwise"
    if {path.name for path in root.iterdir()} != LEFT:
        yield f"there is {sorted(path.name for path in root.iterdir())}"
    if not {path.name for path in (root / FOLDER).iterdir()} <= REMEMBERED:
        yield f"there is {sorted(path.name for path in (root / FOLDER).iterdir())}"
    if (root / FOLDER / ".gitignore").read_text() != "*\n":
        yield "what is remembered is not ignored"


def run(*words: str, **options: object) -> "subprocess.Popen[str]":
    environment = {**unmeasured(), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, *words], env=environment, stdout=subprocess.PIPE, text=True, **options
    )


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("exchange", [True, False], ids=["exchanged", "renamed"])
@pytest.mark.parametrize("kind", ["first", "again", "shown"])
def test_killed_at_an_operation(kind: str, exchange: bool, tmp_path: Path) -> None:
    """The site is the old one or the new one; the next build says nothing and makes the new one."""
    killing = run(__file__, str(tmp_path), kind, str(int(exchange)), str(EVERY))
    output, _ = killing.communicate()
    assert killing.returncode == 0
    done = json.loads(output)
    print(done)
    assert done["wrong"] == []
    assert done["kills"] >= done["operations"] // EVERY > 0


def test_what_was_being_written_is_removed_and_in_nobodys_way(tmp_path: Path) -> None:
    """A file of the editor's may be one that another program is writing just now."""
    root = make(tmp_path)
    assert pipeline.build(root)[1] == []
    before = tree(root)
    folders = ["docs", "docs/assets", "docs/assets/search/data", "docs/claims", "docs/new/folder"]
    for folder in [*folders, "essays", "essays/originals"]:
        left = root / folder / ".writing-abc123"
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_text("half a f")
    assert pipeline.check(root).findings == ()
    checked, failed = pipeline.build(root)
    assert ([*checked.findings], failed) == ([], [])
    assert tree(root).keys() - before.keys() == {
        "essays/.writing-abc123",
        "essays/originals/.writing-abc123",
    }
    for path in (root / "essays").rglob(".writing-*"):
        os.utime(path, (time.time() - 3600,) * 2)
    pipeline.build(root)
    assert tree(root) == before


def test_a_site_whose_place_was_not_yet_taken_is_put_back_whatever_is_wrong(tmp_path: Path) -> None:
    root = make(tmp_path)
    pipeline.build(root)
    before = tree(root / "site")
    (root / "site").rename(root / ".site.crossclaim-old")
    (root / "essays/ada.md").write_text(ADA.replace('tea-wakes"', 'nobody-knows"'))
    checked, _ = pipeline.build(root)
    assert errors(checked.findings)
    assert tree(root / "site") == before


BUILD = "import sys; from pathlib import Path; from crossclaim import pipeline;" + (
    "print(*[str(f) for part in pipeline.build(Path(sys.argv[1])) for f in"
    " (part if isinstance(part, list) else part.findings)])"
)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_killed_at_a_moment(tmp_path: Path) -> None:
    trees = {}
    for name, sources in (("old", OLD), ("new", NEW)):
        put(tmp_path / name, sources)
        assert pipeline.build(tmp_path / name)[1] == []
        trees[name] = {part: tree(tmp_path / name / part) for part in ("docs", "site")}
    root = tmp_path / "killed"
    for _ in range(max(3, 60 // EVERY)):
        put(root, OLD)
        pipeline.build(root)
        put(root, NEW)
        building = run("-c", BUILD, str(root))
        time.sleep(random.uniform(0.1, 1.2))
        building.send_signal(signal.SIGKILL)
        building.communicate()
        assert [*spoilt(root, "again", files_are_exchanged(tmp_path), trees)] == []
        checked, failed = pipeline.build(root)
        assert [*checked.findings, *failed, *left_over(root, trees["new"])] == []


def files_are_exchanged(folder: Path) -> bool:
    """Whether two folders can change places at once here."""
    for name in ("one", "other"):
        (folder / name).mkdir(exist_ok=True)
    return files._exchanged(folder / "one", folder / "other")


def test_a_build_waits_for_another(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    root = make(tmp_path)
    with alone(root):
        building = run("-c", BUILD, str(root))
        with pytest.raises(subprocess.TimeoutExpired):
            building.wait(1.5)
        assert not (root / "site").exists()
        assert not (root / "docs/index.md").exists()
    output, _ = building.communicate()
    assert (building.returncode, output.strip()) == (0, "")
    assert (root / "site/index.html").is_file()


@pytest.mark.slow
def test_two_builds_at_once_do_not_spoil_each_other(tmp_path: Path) -> None:
    put(tmp_path / "clean", NEW)
    pipeline.build(tmp_path / "clean")
    root = tmp_path / "collection"
    for sources in (OLD, NEW):
        put(root, sources)
        both = [run("-c", BUILD, str(root)) for _ in range(2)]
        for building in both:
            output, _ = building.communicate()
            assert (building.returncode, output.strip()) == (0, "")
    for part in ("docs", "site"):
        assert tree(root / part) == tree(tmp_path / "clean" / part)
    assert {path.name for path in root.iterdir()} == LEFT


if __name__ == "__main__":
    where, what, whether, often = sys.argv[1:]
    print(json.dumps(kill_builds(Path(where), what, bool(int(whether)), int(often))))
