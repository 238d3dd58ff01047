"""Live rebuild while the site is served: a saved essay or registry becomes pages."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from crossclaim import pipeline
from crossclaim.content.collection import ESSAYS
from crossclaim.findings import Finding, errors, refused, unexpected
from crossclaim.model import Edition, Place
from crossclaim.site import renderer

_PAUSE = 0.2  # seconds without another event before pages are made anew


class _Rebuild(FileSystemEventHandler):
    """Makes the pages anew once the editor's files have been still for a moment."""

    def __init__(
        self, root: Path, edition: Edition, report: Callable[[Sequence[Finding]], None]
    ) -> None:
        self.root = root
        self.edition = edition
        self.report = report
        self.timer: threading.Timer | None = None
        self.lock = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        hidden = Path(str(event.src_path)).name.startswith(".")
        if hidden or event.event_type in ("opened", "closed_no_write"):
            return
        with self.lock:
            if self.timer:
                self.timer.cancel()
            self.timer = threading.Timer(_PAUSE, self.rebuild)
            self.timer.daemon = True
            self.timer.start()

    def rebuild(self) -> None:
        """Check and write; with an error, report it and leave the last good pages."""
        try:
            checked = pipeline.check(self.root, self.edition)
            self.report(checked.findings)
            if checked.buildable:
                pipeline.write_docs(self.root, checked)
        except OSError as error:  # a file or folder that went away while it was read
            self.report([refused(error)])
        except Exception as error:  # serving goes on whatever happens
            self.report([unexpected(error, Place(ESSAYS))])


def serve_live(
    root: Path,
    host: str,
    port: int,
    edition: Edition,
    report: Callable[[Sequence[Finding]], None],
) -> Sequence[Finding]:
    """Serve until interrupted. Errors at the start are returned; all findings are reported."""
    checked = pipeline.check(root, edition)
    report(checked.findings)
    if not checked.buildable:
        return errors(checked.findings)
    pipeline.write_docs(root, checked)
    observer = Observer()
    observer.schedule(_Rebuild(root, edition, report), str(root / ESSAYS), recursive=True)
    observer.start()
    try:
        failed = renderer.serve_site(root, host, port)
        report(failed)
        return failed
    finally:
        observer.stop()
        observer.join()
