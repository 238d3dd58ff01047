"""MkDocs, as one replaceable step: pages in, site out. No meaning passes through here."""

import logging
import os
import shutil
import tempfile
from pathlib import Path

from crossclaim.findings import Finding
from crossclaim.model import Place
from crossclaim.settings import SETTINGS

# Material announces its end on every run; the pages do not depend on it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class _Heard(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def render(root: Path, site: Path) -> list[Finding]:
    """Render the docs folder to `site`; on any finding, the site stays as it was.

    The new site is made beside the old one and then takes its place. Raises OSError.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    site.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    logger.propagate = False
    try:
        build(load_config(str(root / SETTINGS), site_dir=str(fresh)))
        found = [_warned(message) for message in heard.messages]
    except MkDocsException as error:
        reasons = heard.messages or [str(error) or type(error).__name__]
        found = [_warned(message) for message in reasons]
    finally:
        logger.removeHandler(heard)
    if found:
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        fresh.chmod(0o755)
        _swap(fresh, site)
    return found


def _warned(message: str) -> Finding:
    hint = "mend the page or setting it names; the last good site was kept"
    return Finding("not-rendered", Place(SETTINGS), f"MkDocs: {message}", hint)


def _swap(fresh: Path, site: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    if site.exists():
        site.replace(old / site.name)
    fresh.replace(site)
    shutil.rmtree(old, ignore_errors=True)


def serve(root: Path, host: str, port: int) -> list[Finding]:
    """Serve the docs folder with live reload until interrupted; a finding where it cannot.

    MkDocs watches the docs folder itself and rebuilds when a page there changes.
    """
    from mkdocs.commands.serve import serve as serve_docs
    from mkdocs.exceptions import MkDocsException

    try:
        serve_docs(str(root / SETTINGS), livereload=True, dev_addr=f"{host}:{port}")
    except MkDocsException as error:
        return [_warned(str(error))]
    except OSError as error:
        message = f"cannot listen at {host}:{port}: {error.strerror or error}"
        hint = "stop what listens there, or choose another --port"
        return [Finding("not-rendered", Place(SETTINGS), message, hint)]
    return []
