"""What the pages need to know of `mkdocs.yml`, read without the renderer."""

from dataclasses import dataclass

from crossclaim.fields import load
from crossclaim.findings import Finding
from crossclaim.located_yaml import Entry
from crossclaim.model import Place

SETTINGS = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's name and what it says of itself; where pages are written and rendered."""

    name: str = "Essays"
    description: str = ""
    docs: str = "docs"
    site: str = "site"


def read_settings(text: str) -> tuple[Settings, list[Finding]]:
    """The settings in a `mkdocs.yml`, and what in it would break the site."""
    value, found = load(text, SETTINGS)
    if not isinstance(value, Entry):
        if not found:
            hint = "write at least “site_name: …” and “use_directory_urls: false”"
            found = [Finding("wrong-shape", Place(SETTINGS), "it holds no settings", hint)]
        return Settings(), found
    if str(value.values.get("use_directory_urls", "true")).lower() not in ("false", "no", "off"):
        place = Place(SETTINGS, value.lines.get("use_directory_urls", 1))
        hint = "write “use_directory_urls: false”, so that pages also open from a disk"
        found.append(Finding("wrong-setting", place, "the pages would stand in folders", hint))

    default = Settings()

    def text_of(key: str, otherwise: str) -> str:
        setting = value.values.get(key, otherwise)
        return " ".join(setting.split()) if isinstance(setting, str) else otherwise

    return Settings(
        name=text_of("site_name", default.name),
        description=text_of("site_description", ""),
        docs=text_of("docs_dir", default.docs),
        site=text_of("site_dir", default.site),
    ), found
