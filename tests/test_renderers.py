"""What is rendered, by MkDocs here. `make renderers` compares others with it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from lxml import html
from markdown import markdown

from collections_made import MKDOCS, make
from crossclaim import pipeline
from crossclaim.content.memory import remembering
from crossclaim.findings import Finding
from crossclaim.model import Place
from crossclaim.site import publish, renderer
from crossclaim.site.render_keys import Docs, Shown

FRAME = {
    "docs/.theme/main.html": "<article>{{ page.content }}</article>",
    "docs/.theme/404.html": "Nothing is here.",
}
GOLDEN = Path(__file__).parent / "golden" / "small"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small collection, built from a copy."""
    folder = tmp_path_factory.mktemp("small") / "collection"
    shutil.copytree(GOLDEN, folder, ignore=shutil.ignore_patterns("expected"))
    (folder / "docs").mkdir(exist_ok=True)
    _, failed = pipeline.build(folder)
    assert not failed, failed
    return folder / "site"


Element = tuple[str, str | None, str, str]


def elements(within: html.HtmlElement, folder: str) -> Iterator[Element]:
    """Elements as a reader has them: name, id, where they lead, text in them and after them."""
    for e in within.iter():
        if isinstance(e.tag, str):
            text = f"{e.text or ''} | {e.tail or ''}"
            address = urljoin(f"/{folder}/", (e.get("href") or "").replace(".md", ".html"))
            yield str(e.tag), e.get("id"), address, " ".join(text.split())


def test_a_page_needs_no_more_than_markdown_and_the_extensions_it_names(small_site: Path) -> None:
    settings = yaml.safe_load((small_site.parent / "mkdocs.yml").read_text("utf-8"))
    named = dict.fromkeys([*settings["markdown_extensions"], "toc", "tables", "fenced_code"])
    docs, compared = small_site.parent / "docs", 0
    for source in sorted(docs.rglob("*.md")):
        _, _, text = source.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        alone = html.fromstring(f"<div>{markdown(text, extensions=[*named])}</div>")
        folder = source.relative_to(docs).parent.as_posix()
        page = small_site / source.relative_to(docs).with_suffix(".html")
        (article,) = html.fromstring(page.read_bytes()).cssselect("article")
        built = elements(
            article, folder
        )  # the template may add to it, and drops and changes nothing
        lost = [
            e for e in list(elements(alone, folder))[1:] if not any(e == other for other in built)
        ]
        assert not lost, (page, lost[0])
        compared += 1
    assert compared > 8


def test_redirects_and_assets_are_carried_over(small_site: Path) -> None:
    assert "url=tea-wakes.html" in (small_site / "claims/tea-rouses.html").read_text("utf-8")
    assert (small_site / "assets/crossclaim.css").is_file()


def test_every_header_has_the_search(site: Path) -> None:
    for path in ("index.html", "search.html", "claims/index.html", "guide/reading.html"):
        page = html.fromstring((site / path).read_bytes())
        (form,) = page.cssselect("header .cc-find")
        assert urljoin(path, form.get("action")) == "claims/index.html", path
        assert not page.cssselect(".md-search"), "no generator adds a search of its own"


def test_every_theme_is_given_the_frame(tmp_path: Path) -> None:
    root = make(tmp_path)
    assert pipeline.build(root)[1] == []
    (form,) = html.fromstring((root / "site/index.html").read_bytes()).cssselect("header .cc-find")
    assert form.get("action") == "claims/index.html"
    assert pipeline.build(make(root, {"mkdocs.yml": MKDOCS.replace("plugins: []\n", "")}))[1] == []
    page = html.fromstring((root / "site/index.html").read_bytes())
    assert page.cssselect("header .cc-find")
    assert not page.cssselect(".md-search"), "MkDocs’ own search is left out unless it is asked for"
    plain = {"mkdocs.yml": MKDOCS.replace("{name: material, font: false}", "readthedocs")}
    assert pipeline.build(make(root, plain))[1] == []
    assert html.fromstring((root / "site/index.html").read_bytes()).cssselect(".cc-find")


def rendered(root: Path, passages: dict[str, list[Shown]]) -> list[Finding]:
    """What rendering the docs folder finds where these passages have to be shown."""
    with remembering(root) as memory:
        digests = publish.DocsFolder(root / "docs", memory).written().digests
        docs = Docs(digests, frozenset(), {}, lambda page: passages.get(page, []))
        return renderer.render_site(root, root / "site", docs, memory)


def test_a_passage_is_lost_unless_it_stands_on_its_page_once(tmp_path: Path) -> None:
    page = "# On tea\n\nOnce.\n{: #once }\n" + "\nTwice.\n{: #twice }\n" * 2
    index = "# Small\n\nElsewhere.\n{: #elsewhere }\n"
    settings = MKDOCS.partition("nav:")[0]
    files = {"mkdocs.yml": settings, "docs/essays/ada.md": page, "docs/index.md": index} | FRAME
    root = make(tmp_path, files)
    names = ["once", "twice", "nowhere", "elsewhere"]
    shown = [
        Shown(name, f"{name.capitalize()}.", Place("essays/ada.md", line))
        for line, name in enumerate(names, start=8)
    ]
    lost = rendered(root, {"essays/ada.html": shown})
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
    assert rendered(root, {"essays/ada.html": shown[:1]}) == []
    assert (root / "site/essays/ada.html").is_file()


def test_other_words_on_the_page_are_a_warning_and_the_site_stands(tmp_path: Path) -> None:
    page = "# On tea\n\nTea “wakes”.\n{: #tea }\n"
    settings = MKDOCS.partition("nav:")[0]
    root = make(tmp_path, {"mkdocs.yml": settings, "docs/essays/ada.md": page} | FRAME)
    place = Place("essays/ada.md", 8)
    other = [Shown("tea", "Tea sings.", place)]
    (finding,) = rendered(root, {"essays/ada.html": other})
    assert (finding.code, finding.place) == ("changed-words", place)
    assert (root / "site/essays/ada.html").is_file()
    same = [Shown("tea", 'Tea "wakes"', place)]
    assert rendered(root, {"essays/ada.html": same}) == []


def test_hostile_words_are_words_on_the_page(small_site: Path) -> None:
    site = small_site
    sentence, label = "Tea *wakes* <b>people</b> & {{ cats }} [up](x).", "Tea *wakes* <us>"
    for path in ("index.html", "essays/ada.html", "claims/index.html", "claims/map.html"):
        page = html.fromstring((site / path).read_bytes())
        named = {" ".join(a.text_content().split()) for a in page.cssselect("article a")}
        assert label in named, path
    claim = html.fromstring((site / "claims/tea-wakes.html").read_bytes())
    assert claim.cssselect("h1")[0].text_content() == sentence
    assert claim.findtext(".//title").startswith(label)
    about = claim.cssselect("meta[name=description]")[0].get("content")
    assert about.startswith(sentence)
    assert not claim.cssselect("h1 b, header b")
    essay = html.fromstring((site / "essays/ada.html").read_bytes())
    assert essay.cssselect("#tea-wakes-everybody")[0].text_content() == (
        "Tea wakes everybody, “even” cats <3.1"
    )
    assert [e.text for e in essay.cssselect("#tea-wakes-everybody em")] == ["wakes"]
    assert essay.cssselect("#two-lines br")
    assert essay.cssselect(".notes a.q")
