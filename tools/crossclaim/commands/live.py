"""Serve with live rebuild: a saved essay or registry becomes pages; MkDocs does the rest."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from crossclaim import pipeline
from crossclaim.content.collection import ESSAYS
from crossclaim.findings import Finding, errors, refused, unexpected
from crossclaim.model import Place
from crossclaim.site import renderer

_PAUSE = 0.2  # seconds without another event before pages are made anew


class _Rebuild(FileSystemEventHandler):
    """Makes the pages anew once the editor's files have been still for a moment."""

    def __init__(self, root: Path, say: Callable[[Sequence[Finding]], None]) -> None:
        self.root = root
        self.say = say
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
        """Check and write; with an error, say it and leave the last good pages."""
        try:
            checked = pipeline.check(self.root)
            self.say(checked.findings)
            if checked.good:
                pipeline.write(self.root, checked)
        except OSError as error:  # a file or folder that went away while it was read
            self.say([refused(error)])
        except Exception as error:  # serving goes on whatever happens
            self.say([unexpected(error, Place(ESSAYS))])


def serve(
    root: Path, host: str, port: int, say: Callable[[Sequence[Finding]], None]
) -> Sequence[Finding]:
    """Serve until interrupted. Errors at the start are returned; later ones are said."""
    checked = pipeline.check(root)
    say(checked.findings)
    if not checked.good:
        return errors(checked.findings)
    pipeline.write(root, checked)
    observer = Observer()
    observer.schedule(_Rebuild(root, say), str(root / ESSAYS), recursive=True)
    observer.start()
    try:
        failed = renderer.serve_site(root, host, port)
        say(failed)
        return failed
    finally:
        observer.stop()
        observer.join()
