"""The same pages build under MkDocs, ProperDocs and Zensical, and read the same."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from collections_made import MKDOCS, make, tree, unmeasured
from crossclaim import pipeline
from crossclaim.commands import starter
from crossclaim.model import Place
from crossclaim.site import renderer
from crossclaim.site.renderer import Shown

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
    """Three collections, built by each generator from the same pages."""
    import shutil

    made: dict[str, dict[str, Path]] = {}
    fresh = tmp_path_factory.mktemp("fresh")
    assert starter.start(fresh, "A new one") == []
    for name, source in {"own": root, "small": GOLDEN, "new": fresh}.items():
        folder = tmp_path_factory.mktemp(name)
        for part in ("mkdocs.yml", "essays", "docs"):
            if (source / part).is_dir():
                shutil.copytree(source / part, folder / part)
            elif (source / part).is_file():
                shutil.copy(source / part, folder / part)
        _, failed = pipeline.build(folder)
        assert not failed, failed
        made[name] = {"mkdocs": folder / "site"}
        for generator in ("properdocs", "zensical"):
            (folder / "site").rename(folder / f"site-before-{generator}")
            command = [sys.executable, "-m", generator, "build", "--config-file", "mkdocs.yml"]
            done = subprocess.run(
                command, cwd=folder, env=unmeasured(), capture_output=True, text=True
            )
            assert done.returncode == 0, done.stdout + done.stderr
            made[name][generator] = folder / f"site-{generator}"
            (folder / "site").rename(made[name][generator])
            (folder / f"site-before-{generator}").rename(folder / "site")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("name", ["own", "small", "new"])
@pytest.mark.parametrize("generator", ["properdocs", "zensical"])
def test_pages_read_the_same(
    three_sites: dict[str, dict[str, Path]], name: str, generator: str
) -> None:
    first, other = three_sites[name]["mkdocs"], three_sites[name][generator]
    compared = 0
    for folder in (".", "essays", "claims", "authors"):
        for page in sorted((first / folder).glob("*.html")):
            path = page.relative_to(first)
            if page.name == "404.html" or "<article" not in page.read_text("utf-8"):  # it leads on
                continue
            assert article(page) == article(other / path), path
            compared += 1
    assert compared > 8


@pytest.mark.slow
@pytest.mark.parametrize("generator", ["mkdocs", "properdocs", "zensical"])
def test_redirects_and_assets_are_carried_over(
    three_sites: dict[str, dict[str, Path]], generator: str
) -> None:
    site = three_sites["small"][generator]
    assert "url=tea-wakes.html" in (site / "claims/tea-rouses.html").read_text("utf-8")
    assert (site / "assets/crossclaim.css").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("generator", ["mkdocs", "properdocs", "zensical"])
def test_the_search_is_the_same(three_sites: dict[str, dict[str, Path]], generator: str) -> None:
    first, other = three_sites["own"]["mkdocs"], three_sites["own"][generator]
    assert tree(other / "assets/search") == tree(first / "assets/search")
    for path in ("index.html", "search.html", "claims/index.html", "guide/reading.html"):
        page = html.fromstring((other / path).read_bytes())
        (form,) = page.cssselect("header .cc-find")
        assert urljoin(path, form.get("action")) == "claims/index.html", path
        assert not page.cssselect(".md-search"), "no generator adds a search of its own"


def test_a_header_without_templates_of_its_own_gets_the_form(tmp_path: Path) -> None:
    root = make(tmp_path)
    assert pipeline.build(root)[1] == []
    (form,) = html.fromstring((root / "site/index.html").read_bytes()).cssselect("header .cc-find")
    assert form.get("action") == "claims/index.html"
    assert pipeline.build(make(root, {"mkdocs.yml": MKDOCS.replace("plugins: []\n", "")}))[1] == []
    page = html.fromstring((root / "site/index.html").read_bytes())
    assert page.cssselect("header .cc-find")
    assert not page.cssselect(".md-search"), "MkDocs’ own search is left out unless it is asked for"
    own = {"mkdocs.yml": MKDOCS.replace("name: material", "name: material, custom_dir: own")}
    (root / "own").mkdir()
    assert pipeline.build(make(root, own))[1] == []
    assert not html.fromstring((root / "site/index.html").read_bytes()).cssselect(".cc-find")


def test_a_passage_is_lost_unless_it_stands_on_its_page_once(tmp_path: Path) -> None:
    page = "# On tea\n\nOnce.\n{: #once .cc-text }\n" + "\nTwice.\n{: #twice .cc-text }\n" * 2
    index = "# Small\n\nElsewhere.\n{: #elsewhere .cc-text }\n"
    settings = MKDOCS.partition("nav:")[0]
    files = {"mkdocs.yml": settings, "docs/essays/ada.md": page, "docs/index.md": index}
    root = make(tmp_path, files)
    names = ["once", "twice", "nowhere", "elsewhere"]
    shown = [
        Shown(name, f"{name.capitalize()}.", Place("essays/ada.md", line))
        for line, name in enumerate(names, start=8)
    ]
    lost = renderer.render_site(root, root / "site", {"essays/ada.html": shown})
    assert [(f.code, str(f.place), f.message) for f in lost] == [
        ("lost-passage", "essays/ada.md:9", "“twice” stands on its page 2 times as a paragraph"),
        ("lost-passage", "essays/ada.md:10", "“nowhere” stands on its page 0 times as a paragraph"),
        (
            "lost-passage",
            "essays/ada.md:11",
            "“elsewhere” stands on its page 0 times as a paragraph",
        ),
    ]
    assert not (root / "site").exists()
    assert renderer.render_site(root, root / "site", {"essays/ada.html": shown[:1]}) == []
    assert (root / "site/essays/ada.html").is_file()


def test_other_words_on_the_page_are_a_warning_and_the_site_stands(tmp_path: Path) -> None:
    page = "# On tea\n\nTea “wakes”.\n{: #tea .cc-text }\n"
    settings = MKDOCS.partition("nav:")[0]
    root = make(tmp_path, {"mkdocs.yml": settings, "docs/essays/ada.md": page})
    place = Place("essays/ada.md", 8)
    other = [Shown("tea", "Tea sings.", place)]
    (finding,) = renderer.render_site(root, root / "site", {"essays/ada.html": other})
    assert (finding.code, finding.place) == ("changed-words", place)
    assert (root / "site/essays/ada.html").is_file()
    same = [Shown("tea", 'Tea "wakes"', place)]
    assert renderer.render_site(root, root / "site", {"essays/ada.html": same}) == []


def test_the_form_is_one_template(root: Path) -> None:
    packaged = root / "tools/crossclaim/site/theme/main.html"
    assert (root / "docs/.theme/main.html").read_bytes() == packaged.read_bytes()


@pytest.mark.slow
def test_hostile_words_are_words_on_the_page(three_sites: dict[str, dict[str, Path]]) -> None:
    site = three_sites["small"]["mkdocs"]
    sentence, label = "Tea *wakes* <b>people</b> & {{ cats }} [up](x).", "Tea *wakes* <us>"
    for path in ("index.html", "essays/ada.html", "claims/index.html"):
        page = html.fromstring((site / path).read_bytes())
        named = {(a.text_content(), a.get("title")) for a in page.cssselect(".cc-claim")}
        assert (label, sentence) in named, path
    claim = html.fromstring((site / "claims/tea-wakes.html").read_bytes())
    assert claim.cssselect("h1")[0].text_content() == sentence
    assert claim.findtext(".//title").startswith(label)
    about = claim.cssselect("meta[name=description]")[0].get("content")
    assert about.replace("\u200b", "") == sentence  # it keeps </b> from ending anything
    header = claim.cssselect(".md-header__topic .md-ellipsis")[-1]
    assert header.text_content().strip() == label
    assert not claim.cssselect("h1 b, .md-header b")
    essay = html.fromstring((site / "essays/ada.html").read_bytes())
    assert essay.cssselect("#tea-wakes-everybody")[0].text_content() == (
        "Tea wakes everybody, “even” cats <3.1"
    )
    assert [e.text for e in essay.cssselect("#tea-wakes-everybody em")] == ["wakes"]
    assert essay.cssselect("#two-lines br")
    assert essay.cssselect(".cc-suggested .cc-doubt")
