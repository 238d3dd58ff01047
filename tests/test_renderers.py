"""The same pages build under MkDocs, ProperDocs and Zensical, and read the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from crossclaim import story

GOLDEN = Path(__file__).parent / "golden" / "small"


def article(path: Path) -> list[tuple[str, dict[str, str], str]]:
    """A page's own elements, as the generator left them: name, attributes, text."""
    (found,) = html.fromstring(path.read_bytes()).cssselect("article")
    skip = {"__skip"}
    return [
        (str(e.tag), dict(e.attrib), " ".join((e.text or "").split()))
        for e in found.iter()
        if isinstance(e.tag, str) and e.get("id") not in skip
    ]


@pytest.fixture(scope="module")
def three_sites(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, dict[str, Path]]:
    """Both collections, built by each generator from the same pages."""
    import shutil

    made: dict[str, dict[str, Path]] = {}
    for name, source in {"own": root, "small": GOLDEN}.items():
        folder = tmp_path_factory.mktemp(name)
        for part in ("mkdocs.yml", "essays", "docs"):
            if (source / part).is_dir():
                shutil.copytree(source / part, folder / part)
            elif (source / part).is_file():
                shutil.copy(source / part, folder / part)
        _, failed = story.build(folder)
        assert not failed, failed
        made[name] = {"mkdocs": folder / "site"}
        for generator in ("properdocs", "zensical"):
            (folder / "site").rename(folder / f"site-before-{generator}")
            command = [sys.executable, "-m", generator, "build", "--config-file", "mkdocs.yml"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            made[name][generator] = folder / f"site-{generator}"
            (folder / "site").rename(made[name][generator])
            (folder / f"site-before-{generator}").rename(folder / "site")
    return made


@pytest.mark.parametrize("name", ["own", "small"])
@pytest.mark.parametrize("generator", ["properdocs", "zensical"])
def test_pages_read_the_same(
    three_sites: dict[str, dict[str, Path]], name: str, generator: str
) -> None:
    first, other = three_sites[name]["mkdocs"], three_sites[name][generator]
    compared = 0
    for folder in (".", "essays", "claims", "authors"):
        for page in sorted((first / folder).glob("*.html")):
            path = page.relative_to(first)
            if page.name == "404.html" or "http-equiv" in page.read_text("utf-8"):
                continue
            assert article(page) == article(other / path), path
            compared += 1
    assert compared > 8


@pytest.mark.parametrize("generator", ["mkdocs", "properdocs", "zensical"])
def test_redirects_and_assets_are_carried_over(
    three_sites: dict[str, dict[str, Path]], generator: str
) -> None:
    site = three_sites["small"][generator]
    assert "url=tea-wakes.html" in (site / "claims/tea-rouses.html").read_text("utf-8")
    assert (site / "assets/crossclaim.css").is_file()


def test_hostile_words_are_words_on_the_page(three_sites: dict[str, dict[str, Path]]) -> None:
    site = three_sites["small"]["mkdocs"]
    sentence = "Tea *wakes* <b>people</b> & {{ cats }} [up](x)."
    for path in ("index.html", "essays/ada.html", "claims/index.html", "claims/tea-wakes.html"):
        page = html.fromstring((site / path).read_bytes())
        assert sentence in [a.text_content() for a in page.cssselect(".cc-claim, h1")], path
    claim = html.fromstring((site / "claims/tea-wakes.html").read_bytes())
    title = claim.findtext(".//title").replace("\u200b", "")  # keeps </b> from ending anything
    assert title.startswith(sentence)
    header = claim.cssselect(".md-header__topic .md-ellipsis")[-1]
    assert header.text_content().strip().replace("\u200b", "") == sentence
    assert not claim.cssselect("h1 b, .md-header b")
    essay = html.fromstring((site / "essays/ada.html").read_bytes())
    assert essay.cssselect("#tea-wakes-everybody")[0].text_content() == (
        "Tea wakes everybody, “even” cats <3.1"
    )
    assert [e.text for e in essay.cssselect("#tea-wakes-everybody em")] == ["wakes"]
    assert essay.cssselect("#two-lines br")
    assert essay.cssselect(".cc-suggested .cc-doubt")
