"""The renderer, MkDocs, as one replaceable step: pages in, site out. It adds no meaning."""

import logging
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from crossclaim.content.settings import SETTINGS
from crossclaim.findings import Finding
from crossclaim.model import Place

# Material announces its end on every run; the pages do not depend on it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


# A passage as Python-Markdown writes it; attributes may stand in any order.
_PASSAGE = re.compile(r'<p\b(?=[^>]*\bclass="cc-text")[^>]*\bid="([^"]+)"')


class _MessageHandler(logging.Handler):
    """A logging handler that keeps the messages of warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def preflight(root: Path, site: Path) -> list[Finding]:
    """Why this collection cannot be rendered to this place; nothing is written to find out."""
    findings = _check_config(root)
    if site.is_dir() and any(site.iterdir()) and not _is_generated(site):
        message = f"“{site.name}” holds files that no build wrote"
        hint = "empty it, or name another site_dir"
        findings.append(Finding("page-in-the-way", Place(SETTINGS), message, hint))
    return findings


def _is_generated(site: Path) -> bool:
    """Whether a folder is a site that a generator made, and nothing else."""
    generated = (site / "sitemap.xml").is_file() and (site / "404.html").is_file()
    return generated and not (site / ".git").exists()


def _overrides(root: Path) -> dict[str, Any]:
    """Options that override the settings, so that there is one search, and it is in the header.

    Where no plugins are named, MkDocs would bring in its own search. Settings that name their own
    templates are left alone; they name ours, as `docs/.theme` here.
    """
    from mkdocs.utils.yaml import yaml_load

    settings = yaml_load((root / SETTINGS).read_text("utf-8-sig"))
    overrides: dict[str, Any] = {} if "plugins" in settings else {"plugins": []}
    theme = settings.get("theme")
    options = {"name": theme} if isinstance(theme, str) else dict(theme or {})
    if options.get("name") == "material" and "custom_dir" not in options:
        overrides["theme"] = {**options, "custom_dir": str(files("crossclaim.site") / "theme")}
    return overrides


def _check_config(root: Path) -> list[Finding]:
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    # The docs folder may not be there before the first build.
    with _captured_messages() as captured, tempfile.TemporaryDirectory() as docs:
        try:
            load_config(str(root / SETTINGS), docs_dir=docs, **_overrides(root))
        except MkDocsException as error:
            return [_mkdocs_finding(message) for message in captured.messages or [str(error)]]
        except Exception as error:
            return [_mkdocs_finding(f"{type(error).__name__}: {error}")]
    return []


def render_site(
    root: Path, site: Path, passages: Mapping[str, Mapping[str, Place]]
) -> list[Finding]:
    """Render the docs folder to `site`; on any finding, the site stays as it was.

    The new site is made beside the old one, every passage is looked for in it (`passages`: page
    to ids to places), and then it takes the old one's place. Raises OSError.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    try:
        with _captured_messages() as captured:
            try:
                build(load_config(str(root / SETTINGS), site_dir=str(fresh), **_overrides(root)))
                findings = [_mkdocs_finding(message) for message in captured.messages]
            except MkDocsException as error:
                messages = captured.messages or [str(error)]
                findings = [_mkdocs_finding(message) for message in messages]
            except OSError:
                raise
            except Exception as error:  # a theme's template or a hook, of which we know nothing
                findings = [_mkdocs_finding(f"{type(error).__name__}: {error}")]
        findings = findings or _lost_passages(fresh, passages)
        if not findings:
            fresh.chmod(0o755)
            _swap(fresh, site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return findings


def _lost_passages(fresh: Path, passages: Mapping[str, Mapping[str, Place]]) -> list[Finding]:
    """Passages that are not on their page as a paragraph of their own, once."""
    hint = "look in it, or in the lines above, for signs that Markdown reads as a block"
    findings = []
    for page, places in passages.items():
        count = Counter(_PASSAGE.findall((fresh / page).read_text("utf-8")))
        for name, place in places.items():
            if count[name] != 1:
                message = f"“{name}” stands on its page {count[name]} times as a paragraph"
                findings.append(Finding("lost-passage", place, message, hint))
    return findings


@contextmanager
def _captured_messages() -> Iterator[_MessageHandler]:
    """The handler that keeps what MkDocs warns of, and keeps it from being printed."""
    handler = _MessageHandler()
    logger = logging.getLogger("mkdocs")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _mkdocs_finding(message: str) -> Finding:
    hint = "mend the page or setting it names; the last good site was kept"
    return Finding("not-rendered", Place(SETTINGS), f"MkDocs: {message}", hint)


def _swap(fresh: Path, site: Path) -> None:
    """The fresh site takes the old one's place; if it cannot, the old one comes back."""
    old = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    try:
        if site.exists():
            site.replace(old / site.name)
        try:
            fresh.replace(site)
        except OSError:
            (old / site.name).replace(site)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def serve_site(root: Path, host: str, port: int) -> list[Finding]:
    """Serve the docs folder with live reload until interrupted; a finding where it cannot.

    MkDocs watches the docs folder itself and rebuilds when a page there changes.
    """
    from mkdocs.commands.serve import serve as serve_docs
    from mkdocs.exceptions import MkDocsException

    try:
        address = f"{host}:{port}"
        serve_docs(str(root / SETTINGS), livereload=True, dev_addr=address, **_overrides(root))
    except MkDocsException as error:
        return [_mkdocs_finding(str(error))]
    except OSError as error:
        message = f"cannot listen at {host}:{port}: {error.strerror or error}"
        hint = "stop what listens there, or choose another --port"
        return [Finding("not-rendered", Place(SETTINGS), message, hint)]
    return []
