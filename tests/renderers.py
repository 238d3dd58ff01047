"""`make renderers`: the same docs folder read the same, whatever renders it.

Builds three collections, renders the docs folder of each with MkDocs, ProperDocs, MaterialX and
Zensical, and compares with MkDocs’ the visible text and the ids in `<article>` of every page, and
every other file. The tools stand in an environment of their own (`make renderers` installs what
tests/renderers.txt pins); one that is missing or fails ends the run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path

import yaml
from lxml import html
from lxml.etree import iterwalk

from crossclaim import pipeline
from crossclaim.commands import starter

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / ".venv" / "renderers" / "bin" / "python"
PINS = Path(__file__).with_name("renderers.txt")
SETTINGS, TEMPLATES = "mkdocs.yml", "docs/.theme"
SHOWN = 5  # differing pages of a collection, the rest are counted
# By renderer: the distribution, the module that is run, and what follows it.
RENDERERS = {
    "ProperDocs": ("properdocs", "properdocs", "build", "--quiet", "--config-file"),
    "MaterialX": ("mkdocs-materialx", "mkdocs", "build", "--quiet", "--config-file"),
    "Zensical": ("zensical", "zensical", "build", "--clean", "--config-file"),
}
_THEMES = {"__skip"}  # an id that Zensical’s own template adds
_UNSEEN = {"script", "style", "template"}
# An element with an id, or a stretch of text: what a reader sees and what a link can lead to.
Piece = tuple[str, str]


def main() -> int:
    """Compare all renderers on all collections; 1 where any page differs."""
    for distribution, *_ in RENDERERS.values():
        _installed(distribution)
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, root in _collections(Path(folder)).items():
            _, failed = pipeline.build(root)
            if failed:
                sys.exit(f"{name}: not built: {failed[0].message}")
            ours = _articles(root / "site")
            for renderer in RENDERERS:
                site = _rendered(root, renderer)
                differences = [*_differences(ours, _articles(site)), *_left_behind(root, site)]
                print(
                    f"{name}, {renderer}: {len(ours)} pages, {len(differences)} differ", flush=True
                )
                print("".join(f"  {line}\n" for line in differences[:SHOWN]), end="")
                differing += len(differences)
    return 1 if differing else 0


def _installed(distribution: str) -> None:
    """End the run unless a renderer is there in the version that is pinned."""
    (pinned,) = re.findall(rf"^{distribution}==(.+)$", PINS.read_text("utf-8"), re.MULTILINE)
    code = f"from importlib.metadata import version; print(version({distribution!r}))"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    there = done.stdout.strip() or "not there"
    if there != pinned:
        sys.exit(f"{distribution} {pinned} is needed and is {there} — run “make renderers”")
    print(f"{distribution} {there}, beside MkDocs {version('mkdocs')}", flush=True)


def _collections(folder: Path) -> dict[str, Path]:
    """Copies of this repository’s collection, of the small one, and a new one."""
    made = {"own": ROOT, "small": ROOT / "tests" / "golden" / "small"}
    for name, source in made.items():
        for part in (SETTINGS, "essays", "docs"):
            if (source / part).is_dir():
                shutil.copytree(source / part, folder / name / part)
            elif (source / part).is_file():
                (folder / name).mkdir(exist_ok=True)
                shutil.copy(source / part, folder / name / part)
    (folder / "new").mkdir()
    findings = starter.start(folder / "new", "A new one")
    assert not findings, findings
    return {name: folder / name for name in (*made, "new")}


def _rendered(root: Path, renderer: str) -> Path:
    """The site that a renderer makes of a collection’s docs folder, in a copy of it."""
    copy = root.with_name(f"{root.name}-{renderer}")
    copy.mkdir()
    shutil.copytree(root / "docs", copy / "docs")
    settings = _settings((root / SETTINGS).read_text("utf-8"), root, renderer)
    (copy / SETTINGS).write_text(settings, "utf-8")
    _, *words = RENDERERS[renderer]
    done = subprocess.run(
        [PYTHON, "-m", *words, SETTINGS],
        cwd=copy,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not (copy / "site" / "index.html").is_file():
        sys.exit(f"{renderer} fails on “{root.name}”:\n{done.stdout}{done.stderr}")
    return copy / "site"


def _settings(text: str, root: Path, renderer: str) -> str:
    """A collection’s settings as an editor has them for another renderer: its theme, our templates."""
    settings = yaml.safe_load(text)
    theme = settings.get("theme")
    options = {"name": theme} if isinstance(theme, str) else dict(theme or {})
    if (root / TEMPLATES / "main.html").is_file():
        options.setdefault("custom_dir", TEMPLATES)
    if renderer == "MaterialX" and options.get("name") == "material":
        options["name"] = "materialx"
    return yaml.safe_dump({**settings, "theme": options}, sort_keys=False, allow_unicode=True)


def _articles(site: Path) -> dict[str, list[Piece]]:
    """The pieces of every page’s article, by path."""
    made, parser = {}, html.HTMLParser(encoding="utf-8", remove_comments=True)
    for path in sorted(site.rglob("*.html")):
        if path.name != "404.html" and (articles := html.parse(path, parser).findall(".//article")):
            made[path.relative_to(site).as_posix()] = pieces(articles[0])
    return made


def pieces(article: html.HtmlElement) -> list[Piece]:
    """What is read in an article and what can be linked to, in order.

    Text runs on over elements that have no id: a renderer may colour code, word by word.
    """
    made: list[Piece] = []
    for event, element in iterwalk(article, events=("start", "end")):
        inside = event == "start"
        id = element.get("id") if inside else None
        if id and id not in _THEMES:
            made.append(("id", id))
        text = element.text if inside and element.tag not in _UNSEEN else None
        if not inside and element is not article:
            text = element.tail
        if text and made and made[-1][0] == "text":
            made[-1] = ("text", made[-1][1] + text)
        elif text:
            made.append(("text", text))
    words = ((kind, " ".join(text.split())) for kind, text in made)
    return [piece for piece in words if piece[1]]


def _differences(first: dict[str, list[Piece]], other: dict[str, list[Piece]]) -> list[str]:
    """A line for each page that is missing or reads otherwise: the first piece that differs."""
    lines = [f"{path}: not there" for path in first if path not in other]
    lines += [f"{path}: MkDocs has no such page" for path in other if path not in first]
    for path in first.keys() & other.keys():
        if first[path] != other[path]:
            paired = zip([*first[path], ("", "")], [*other[path], ("", "")], strict=False)
            one, two = next((one, two) for one, two in paired if one != two)
            lines.append(f"{path}: {_shown(one, two)} in MkDocs’, {_shown(two, one)} here")
    return sorted(lines)


def _left_behind(root: Path, site: Path) -> list[str]:
    """A line for each file beside the pages (styles, search data, redirects) that did not come along."""
    docs = root / "docs"
    files = [f.relative_to(docs) for f in sorted(docs.rglob("*")) if f.is_file()]
    return [
        f"{path.as_posix()}: not carried along as it is"
        for path in files
        if path.suffix != ".md" and not any(part.startswith(".") for part in path.parts)
        if not (site / path).is_file() or (site / path).read_bytes() != (docs / path).read_bytes()
    ]


def _shown(piece: Piece, other: Piece) -> str:
    """A piece from a little before where it differs from another."""
    kind, text = piece
    same = sum(
        1 for _ in takewhile(lambda two: two[0] == two[1], zip(text, other[1], strict=False))
    )
    start = max(same - 20, 0)
    return f"{kind} “{text[start : start + 60]}”"


if __name__ == "__main__":
    sys.exit(main())
