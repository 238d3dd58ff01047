"""What the pages need to know of `mkdocs.yml`, read without the renderer."""

from dataclasses import dataclass
from pathlib import PurePath

from crossclaim.content.fields import load
from crossclaim.content.yaml import Entry, Item
from crossclaim.findings import Finding
from crossclaim.model import Place

SETTINGS = "mkdocs.yml"
_NEEDED = ("attr_list", "md_in_html")


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's name and what it says of itself; where pages are written and rendered.

    `language` is the site's own, and that of essays that say none.
    """

    name: str = "Essays"
    description: str = ""
    language: str = "en"
    docs: str = "docs"
    site: str = "site"


def read_settings(text: str, root: PurePath, essays: str) -> tuple[Settings, list[Finding]]:
    """The settings in a `mkdocs.yml`, and what in it would break the site or endanger files.

    `root` is the collection's folder, absolute; `essays` the folder in it that is never written.
    """
    value, found = load(text, SETTINGS)
    if not isinstance(value, Entry):
        if not found:
            hint = "write at least “site_name: …” and “use_directory_urls: false”"
            found = [Finding("wrong-shape", Place(SETTINGS), "it holds no settings", hint)]
        return Settings(), found
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
    return settings, found + _wrong(value, settings, root, essays)


def _language(theme: object) -> str:
    language = theme.values.get("language") if isinstance(theme, Entry) else None
    return language if isinstance(language, str) else ""


def _wrong(value: Entry, settings: Settings, root: PurePath, essays: str) -> list[Finding]:
    found: list[Finding] = []

    def add(key: str, message: str, hint: str) -> None:
        place = Place(SETTINGS, value.lines.get(key, 1))
        found.append(Finding("wrong-setting", place, message, hint))

    if str(value.values.get("use_directory_urls", "true")).lower() not in ("false", "no", "off"):
        hint = "write “use_directory_urls: false”, so that pages also open from a disk"
        add("use_directory_urls", "the pages would stand in folders", hint)
    for extension in _NEEDED:
        if extension not in _extensions(value):
            message = f"the Markdown extension {extension} is missing"
            add("markdown_extensions", message, f"add “- {extension}” to markdown_extensions")
    docs, site, own = (_whole(root, name) for name in (settings.docs, settings.site, essays))
    for key, name, folder, others in (
        ("docs_dir", settings.docs, docs, {"the essays": own, "the collection": root}),
        (
            "site_dir",
            settings.site,
            site,
            {"the essays": own, "the pages": docs, "the collection": root},
        ),
    ):
        for what, other in others.items():
            if folder == other or folder in other.parents:
                add(key, f"“{name}” holds {what}, and would be written over", "name another folder")
                break
            if other != root and other in folder.parents:
                add(key, f"“{name}” lies inside {what}", "name a folder of its own")
                break
    return found


def _extensions(value: Entry) -> set[str]:
    listed = value.values.get("markdown_extensions")
    if isinstance(listed, Entry):
        return set(listed.values)
    names: set[str] = set()
    for item in listed if isinstance(listed, list) else []:
        inner = item.value if isinstance(item, Item) else None
        names |= set(inner.values) if isinstance(inner, Entry) else {str(inner)}
    return {name.removeprefix("markdown.extensions.") for name in names}


def _whole(root: PurePath, name: str) -> PurePath:
    """A folder's path without any “..”."""
    whole = PurePath(root.anchor)
    for part in (root / name).parts[1:]:
        whole = whole.parent if part == ".." else whole / part
    return whole
