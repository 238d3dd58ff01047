"""Live rebuild while the site is served: what the editor saves becomes pages."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from crossclaim import pipeline
from crossclaim.commands.progress import Progress
from crossclaim.commands.site_server import BuiltSite, SiteServer
from crossclaim.content.collection import ESSAYS
from crossclaim.content.memory import Memory, remembering
from crossclaim.content.settings import SETTINGS
from crossclaim.content.yaml import Entry, read_yaml
from crossclaim.findings import Finding, errors, refused, summarized, unexpected
from crossclaim.model import Edition, Place
from crossclaim.site import publish

_STILL = 0.1  # seconds without another event before pages are made anew
_LONGEST = 1.0  # seconds after which they are made even so
_TICK = 1.0  # seconds between looks whether the user wants an end, where waiting hides it


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A rebuild: its findings, the collection where it could be checked, and its seconds."""

    findings: tuple[Finding, ...]
    checked: pipeline.Checked | None
    seconds: float

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What kept the last good site in its place."""
        return errors(self.findings)


def rebuild(
    root: Path,
    edition: Edition,
    first: pipeline.First | None = None,
    since: float | None = None,
    memory: Memory | None = None,
) -> Rebuilt:
    """Build the site; whatever goes wrong is a finding, and the last good site stays.

    `first` is the page that somebody looks at; `since` is when the editor saved, by the monotonic
    clock.
    """
    since = time.monotonic() if since is None else since
    checked = None
    try:
        with Progress("Building") as progress:
            checked, failed = pipeline.build(root, edition, memory, step=progress.step, first=first)
        findings = (*checked.findings, *failed)
    except OSError as error:  # a file or folder that went away while it was read
        findings = (refused(error),)
    except Exception as error:  # serving goes on whatever happens
        findings = (unexpected(error, Place(ESSAYS)),)
    return Rebuilt(findings, checked, time.monotonic() - since)


class Saves:
    """What was saved, by paths, since it was last asked for."""

    def __init__(self) -> None:
        self._paths: set[tuple[Path, bool]] = set()
        self._first = 0.0
        self._last = 0.0
        self._condition = threading.Condition()

    def add(self, path: Path, gone_folder: bool) -> None:
        """Note a file that was written, moved or removed, or a folder that is gone."""
        with self._condition:
            self._last = time.monotonic()
            if not self._paths:
                self._first = self._last
            self._paths.add((path, gone_folder))
            self._condition.notify_all()

    def wait(self) -> tuple[set[tuple[Path, bool]], float]:
        """The paths, once there are some and all has been still for a moment; since when."""
        with self._condition:
            while True:
                now = time.monotonic()
                due = min(self._last + _STILL, self._first + _LONGEST)
                if self._paths and now >= due:
                    paths, self._paths = self._paths, set()
                    return paths, self._first
                self._condition.wait(due - now if self._paths else _TICK)


class Watching(FileSystemEventHandler):
    """Notes the files that are saved; not those that are hidden, or an editor's own."""

    def __init__(self, saves: Saves) -> None:
        self.saves = saves

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note the files of an event, unless they were only read."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        gone = event.is_directory and event.event_type in ("deleted", "moved")
        if event.is_directory and not gone:  # its files have events of their own
            return
        for name in {os.fsdecode(event.src_path), os.fsdecode(event.dest_path)} - {""}:
            path = Path(name)
            if not path.name.startswith(".") and not path.name.endswith("~"):
                self.saves.add(path, gone)


class Sources:
    """The files whose saving means that the site is to be built: none that the build writes."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.docs: Path | None = None
        self.saves = Saves()
        self._own: set[str] = set()  # pages of the last build, and of the one before
        self._last: set[str] = set()
        self._observer = Observer()
        self._pages_watch: ObservedWatch | None = None

    def concern(self, path: Path, gone_folder: bool) -> bool:
        """Whether a build reads this file, or files in this folder."""
        if self.docs is None or not path.is_relative_to(self.docs):
            return path.parent != self.root or path.name == SETTINGS
        page = path.relative_to(self.docs)
        if any(part.startswith(".") for part in page.parts):
            return False
        name = page.as_posix()
        if gone_folder:
            return not any(own.startswith(f"{name}/") for own in self._own)
        return name not in self._own

    def built(self, docs: Path) -> None:
        """Take in what a build wrote; `docs` is the folder of its pages, watched from now on."""
        docs = docs.resolve()
        if docs != self.docs and docs.is_dir():
            if self._pages_watch:
                self._observer.unschedule(self._pages_watch)
            self._pages_watch = self._watch(docs)
            self.docs = docs
        before, self._last = self._last, _written(docs)
        self._own = before | self._last

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch the essays and the settings, and the pages once it is known where they are."""
        self._watch(self.root, recursive=False)
        self._watch((self.root / ESSAYS).resolve())
        self._observer.start()
        try:
            yield
        finally:
            self._observer.stop()
            self._observer.join()

    def _watch(self, folder: Path, recursive: bool = True) -> ObservedWatch:
        return self._observer.schedule(Watching(self.saves), str(folder), recursive=recursive)


def _written(docs: Path) -> set[str]:
    """The pages in the docs folder that the build wrote."""
    try:
        listed = (docs / publish.MANIFEST).read_text("utf-8", errors="replace")
    except OSError:
        return set()
    return set(listed.split("\n"))


def mount_of(root: Path) -> str:
    """The path of the address at which the site will be published, as `mkdocs.yml` names it."""
    try:
        settings, _ = read_yaml((root / SETTINGS).read_text("utf-8-sig"), SETTINGS)
        address = settings.values.get("site_url") if isinstance(settings, Entry) else None
        path = urlsplit(address).path if isinstance(address, str) else ""
    except (OSError, ValueError):
        path = ""
    return f"/{path.strip('/')}/".replace("//", "/")


def serve_live(
    root: Path,
    host: str,
    port: int,
    edition: Edition,
    serving: Callable[[str], None],
    report: Callable[[Rebuilt], None],
) -> tuple[Finding, ...]:
    """Build and serve until interrupted; what kept it from serving is returned.

    `serving` is told the address, `report` every build, the first one too.
    """
    try:
        server = SiteServer(BuiltSite(root), host, port)
    except OSError as error:
        message = f"cannot listen at {host}:{port}: {error.strerror or error}"
        hint = "stop what listens there, or choose another --port"
        built = Rebuilt((Finding("not-rendered", Place(SETTINGS), message, hint),), None, 0)
        report(built)
        return built.wrong
    sources = Sources(root)
    with server, sources.watched(), remembering(root) as memory:
        site = _LiveSite(root, edition, server, sources, memory)
        built = site.build()
        report(built)
        if built.wrong:
            return built.wrong
        with server.running():
            serving(server.address)
            try:
                while True:
                    site.follow(report)
            except KeyboardInterrupt:
                return ()


@dataclass(frozen=True, slots=True)
class _LiveSite:
    """A collection that is served: what is built, who shows it, and whose saving calls for it."""

    root: Path
    edition: Edition
    server: SiteServer
    sources: Sources
    memory: Memory

    def follow(self, report: Callable[[Rebuilt], None]) -> None:
        """Build after the next save that concerns the site, and tell the editor and open pages.

        What is saved meanwhile waits for the next round, so that no two builds overlap.
        """
        paths, since = self.sources.saves.wait()
        if any(self.sources.concern(path, gone) for path, gone in paths):
            built = self.build(since)
            self.server.news.tell([*summarized(built.wrong)])
            report(built)
            # A build leaves much behind, and looks for none of it. Not in this thread: Ctrl-C in
            # the midst of it would be lost.
            threading.Thread(target=gc.collect, daemon=True).start()

    def build(self, since: float | None = None) -> Rebuilt:
        """Build, and serve and watch the folders that the settings now name."""
        server = self.server
        first = pipeline.First(server.last, lambda: server.news.tell([])) if server.last else None
        built = rebuild(self.root, self.edition, first, since, self.memory)
        if built.checked:
            if not built.wrong:
                server.site.folder = self.root / built.checked.settings.site
                server.site.mount = mount_of(self.root)
            self.sources.built(self.root / built.checked.settings.docs)
        return built
