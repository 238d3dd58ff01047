"""MkDocs, as one replaceable step: pages in, site out. No meaning passes through here."""

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


class _Heard(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def refusals(root: Path, site: Path) -> list[Finding]:
    """Why this collection cannot be rendered to this place; nothing is written to find out."""
    found = _config_faults(root)
    if site.is_dir() and any(site.iterdir()) and not _is_ours(site):
        message = f"“{site.name}” holds files that no build wrote"
        hint = "empty it, or name another site_dir"
        found.append(Finding("page-in-the-way", Place(SETTINGS), message, hint))
    return found


def _is_ours(site: Path) -> bool:
    """Whether a folder is a site that a generator made, and nothing else."""
    generated = (site / "sitemap.xml").is_file() and (site / "404.html").is_file()
    return generated and not (site / ".git").exists()


def _options(root: Path) -> dict[str, Any]:
    """What is added to the settings, so that there is one search, and it is in the header.

    Where no plugins are named, MkDocs would bring in its own search. Settings that name their own
    templates are left alone; they name ours, as `docs/.theme` here.
    """
    from mkdocs.utils.yaml import yaml_load

    settings = yaml_load((root / SETTINGS).read_text("utf-8-sig"))
    added: dict[str, Any] = {} if "plugins" in settings else {"plugins": []}
    theme = settings.get("theme")
    named = {"name": theme} if isinstance(theme, str) else dict(theme or {})
    if named.get("name") == "material" and "custom_dir" not in named:
        added["theme"] = {**named, "custom_dir": str(files("crossclaim.site") / "theme")}
    return added


def _config_faults(root: Path) -> list[Finding]:
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    # The docs folder may not be there before the first build.
    with _listening() as heard, tempfile.TemporaryDirectory() as docs:
        try:
            load_config(str(root / SETTINGS), docs_dir=docs, **_options(root))
        except MkDocsException as error:
            return [_warned(message) for message in heard.messages or [str(error)]]
        except Exception as error:
            return [_warned(f"{type(error).__name__}: {error}")]
    return []


def render(root: Path, site: Path, passages: Mapping[str, Mapping[str, Place]]) -> list[Finding]:
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
        with _listening() as heard:
            try:
                build(load_config(str(root / SETTINGS), site_dir=str(fresh), **_options(root)))
                found = [_warned(message) for message in heard.messages]
            except MkDocsException as error:
                found = [_warned(message) for message in heard.messages or [str(error)]]
            except OSError:
                raise
            except Exception as error:  # a theme's template or a hook, of which we know nothing
                found = [_warned(f"{type(error).__name__}: {error}")]
        found = found or _lost(fresh, passages)
        if not found:
            fresh.chmod(0o755)
            _swap(fresh, site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return found


def _lost(fresh: Path, passages: Mapping[str, Mapping[str, Place]]) -> list[Finding]:
    """Passages that are not on their page as a paragraph of their own, once."""
    hint = "look in it, or in the lines above, for signs that Markdown reads as a block"
    found = []
    for page, places in passages.items():
        met = Counter(_PASSAGE.findall((fresh / page).read_text("utf-8")))
        for name, place in places.items():
            if met[name] != 1:
                message = f"“{name}” stands on its page {met[name]} times as a paragraph"
                found.append(Finding("lost-passage", place, message, hint))
    return found


@contextmanager
def _listening() -> Iterator[_Heard]:
    """Hears what MkDocs warns of, and keeps it from being printed."""
    heard = _Heard()
    logger = logging.getLogger("mkdocs")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
        logger.propagate = propagates


def _warned(message: str) -> Finding:
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


def serve(root: Path, host: str, port: int) -> list[Finding]:
    """Serve the docs folder with live reload until interrupted; a finding where it cannot.

    MkDocs watches the docs folder itself and rebuilds when a page there changes.
    """
    from mkdocs.commands.serve import serve as serve_docs
    from mkdocs.exceptions import MkDocsException

    try:
        address = f"{host}:{port}"
        serve_docs(str(root / SETTINGS), livereload=True, dev_addr=address, **_options(root))
    except MkDocsException as error:
        return [_warned(str(error))]
    except OSError as error:
        message = f"cannot listen at {host}:{port}: {error.strerror or error}"
        hint = "stop what listens there, or choose another --port"
        return [Finding("not-rendered", Place(SETTINGS), message, hint)]
    return []
