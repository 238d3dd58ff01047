"""What the pages need to know of `mkdocs.yml`, read without the renderer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from crossclaim.content.yaml import Entry, Item, read_yaml
from crossclaim.findings import Finding
from crossclaim.model import Edition, Place

SETTINGS = "mkdocs.yml"
_EXTENSIONS = ("attr_list",)
_REPORT = re.compile(r"mailto:[^\s@]+@[^\s@]+\Z|https?://\S+\Z")


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's name and what it says of itself; where pages are written and rendered.

    `language` is the site's own, and that of essays that say none; `edition` is what was asked for.
    """

    name: str = "Essays"
    description: str = ""
    language: str = "en"
    docs: str = "docs"
    site: str = "site"
    edition: Edition = Edition.READING


def read_settings(text: str, root: PurePath, essays: str) -> tuple[Settings, list[Finding]]:
    """The settings in a `mkdocs.yml`, and what in it would break the site or endanger files.

    `root` is the collection's folder, absolute; `essays` the folder in it that is never written.
    """
    value, findings = read_yaml(text, SETTINGS)
    if not isinstance(value, Entry):
        if not findings:
            hint = "write at least “site_name: …” and “use_directory_urls: false”"
            findings = [Finding("wrong-shape", Place(SETTINGS), "it holds no settings", hint)]
        return Settings(), findings
    default = Settings()

    def text_of(key: str, otherwise: str) -> str:
        setting = value.values.get(key, otherwise)
        return " ".join(setting.split()) if isinstance(setting, str) else otherwise

    settings = Settings(
        name=text_of("site_name", default.name),
        description=text_of("site_description", ""),
        language=_language(value.values.get("theme")) or default.language,
        docs=text_of("docs_dir", default.docs).replace("\0", ""),
        site=text_of("site_dir", default.site).replace("\0", ""),
    )
    findings += [
        Finding("wrong-setting", Place(SETTINGS, value.lines.get(key, 1)), message, hint)
        for key, message, hint in (
            *_rendering(value),
            *_frame(value, settings),
            *_folders(settings, root, essays),
        )
    ]
    return settings, findings


def _language(theme: object) -> str:
    language = theme.values.get("language") if isinstance(theme, Entry) else None
    return language if isinstance(language, str) else ""


def _rendering(value: Entry) -> Iterator[tuple[str, str, str]]:
    """The settings that would break the pages: key, message, hint."""
    if str(value.values.get("use_directory_urls", "true")).lower() not in ("false", "no", "off"):
        hint = "write “use_directory_urls: false”, so that pages also open from a disk"
        yield "use_directory_urls", "the pages would stand in folders", hint
    for extension in _EXTENSIONS:
        if extension not in _extensions(value):
            message = f"the Markdown extension {extension} is missing"
            yield "markdown_extensions", message, f"add “- {extension}” to markdown_extensions"


def _frame(value: Entry, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What the frame of the pages could not use: key, message, hint."""
    theme = value.values.get("theme")
    custom = theme.values.get("custom_dir") if isinstance(theme, Entry) else None
    folder = f"{settings.docs}/.theme"
    if isinstance(custom, str) and PurePath(custom) != PurePath(folder):
        message = "custom_dir names another folder than the build writes the pages’ frame to"
        yield "theme", message, f"write “custom_dir: {folder}”, or leave it out"
    extra = value.values.get("extra")
    report = extra.values.get("report") if isinstance(extra, Entry) else None
    if report is not None and not (isinstance(report, str) and _REPORT.match(report)):
        message = "“report” is no address that a reader can write to"
        yield "extra", message, "write “report: mailto:name@example.org” or “report: https://…”"


def _folders(settings: Settings, root: PurePath, essays: str) -> Iterator[tuple[str, str, str]]:
    """The folders to write to that would endanger files: key, message, hint."""
    protected = {"the essays": _absolute(root, essays)}
    for key, name, content in (
        ("docs_dir", settings.docs, "the pages"),
        ("site_dir", settings.site, "the site"),
    ):
        folder = _absolute(root, name)
        for what, other in {**protected, "the collection": root}.items():
            if folder == other or folder in other.parents:
                message = f"“{name}” holds {what}, and would be written over"
                yield key, message, "name another folder"
                break
            if other != root and other in folder.parents:
                yield key, f"“{name}” lies inside {what}", "name a folder of its own"
                break
        protected[content] = folder


def _extensions(value: Entry) -> set[str]:
    listed = value.values.get("markdown_extensions")
    if isinstance(listed, Entry):
        return set(listed.values)
    names: set[str] = set()
    for item in listed if isinstance(listed, list) else []:
        inner = item.value if isinstance(item, Item) else None
        names |= set(inner.values) if isinstance(inner, Entry) else {str(inner)}
    return {name.removeprefix("markdown.extensions.") for name in names}


def _absolute(root: PurePath, name: str) -> PurePath:
    """A folder's path without any “..”."""
    path = PurePath(root.anchor)
    for part in (root / name).parts[1:]:
        path = path.parent if part == ".." else path / part
    return path
