"""The built site as files: every link leads somewhere, nothing leaves for another host."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html

from crossclaim.pipeline import Checked

OURS = re.compile(r"(?:index|(?:essays|claims|authors|compare|guide)/[^/]+)\.html\Z")


@cache
def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


@cache
def anchors(path: Path) -> frozenset[str]:
    return frozenset(page(path).xpath("//@id"))


def pages_of(site: Path) -> list[Path]:
    files = sorted(site.rglob("*.html"))
    return [p for p in files if OURS.match(p.relative_to(site).as_posix())]


def test_every_page_is_there(site: Path, checked: Checked) -> None:
    paths = {p.relative_to(site).as_posix() for p in pages_of(site)}
    collection = checked.index.collection
    assert paths >= {"index.html", "essays/index.html", "claims/index.html", "authors/index.html"}
    assert paths >= {f"essays/{e.id}.html" for e in collection.essays}
    assert paths >= {f"claims/{c.id}.html" for c in collection.claims}
    assert paths >= {f"authors/{a.id}.html" for a in collection.authors}


def test_every_link_leads_to_a_file_and_every_anchor_to_an_element(site: Path) -> None:
    broken = []
    for source in pages_of(site):
        for link in page(source).xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            address, anchor = urldefrag(link)
            if urlsplit(address).scheme:
                continue
            assert not address.startswith("/"), f"{source}: {link} works at a server's root only"
            target = (source.parent / unquote(address)).resolve() if address else source
            if not target.is_file() or (
                anchor and target.suffix == ".html" and unquote(anchor) not in anchors(target)
            ):
                broken.append(f"{source.relative_to(site)}: {link}")
    assert broken == []


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    for source in pages_of(site):
        loaded = page(source).xpath(
            "//script/@src | //img/@src | //link[not(@rel='canonical')]/@href | //iframe/@src"
        )
        assert [address for address in loaded if urlsplit(address).netloc] == [], source
    for sheet in site.rglob("*.css"):
        assert "url(http" not in sheet.read_text("utf-8"), sheet


def test_ids_are_unique_on_every_page(site: Path) -> None:
    for source in pages_of(site):
        ids = page(source).xpath("//@id")
        assert len(ids) == len(set(ids)), source


def test_every_passage_has_a_permanent_link_and_its_claims(site: Path, checked: Checked) -> None:
    for essay in checked.index.collection.essays:
        source = page(site / f"essays/{essay.id}.html")
        cells = [(a.get("href"), a.text) for a in source.cssselect("nav.bar a")]
        assert cells == [(f"#{p.id}", f"¶{p.number}") for p in essay.passages]
        for passage in essay.passages:
            (text,) = source.xpath(f"//p[@id='{passage.id}']")
            notes = text.getnext()
            if not passage.tags:
                assert notes is None or notes.get("class") != "notes"
                continue
            shown = [(a.get("class"), a.get("href")) for a in notes.cssselect("a[class]")]
            assert shown == [(t.stance.value, f"../claims/{t.claim}.html") for t in passage.tags]


def test_what_an_essay_argues_has_every_claim_with_its_sentence_and_paragraphs(
    site: Path, checked: Checked
) -> None:
    for essay in checked.index.collection.essays:
        listed = {}
        for item in page(site / f"essays/{essay.id}.html").cssselect(".argues li"):
            label, *paragraphs = item.cssselect("a")
            sentence = item.cssselect("span")[0].text
            listed[label.get("href")] = (label.text, sentence, {a.get("href") for a in paragraphs})
        expected: dict[str, tuple[str, str, set[str]]] = {}
        for passage in essay.passages:
            for tag in passage.reviewed:
                claim = checked.index.claims[tag.claim]
                entry: tuple[str, str, set[str]] = (claim.name, claim.sentence, set())
                expected.setdefault(f"../claims/{claim.id}.html", entry)[2].add(f"#{passage.id}")
        assert listed == expected


def test_every_page_forbids_what_it_does_not_need(site: Path) -> None:
    for source in sorted(site.rglob("*.html")):
        if "/samples/" in source.as_posix():
            continue
        tree = page(source)
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy and "unsafe" not in policy, source
        assert tree.xpath("//@style | //style | //script[not(@src)]") == [], source
        handlers = [a for e in tree.iter() if e.tag for a in e.attrib if a.startswith("on")]
        assert handlers == [], source
        sheets = tree.xpath("//link[@rel='stylesheet']")
        assert len(sheets) <= 1, source
        assert tree.xpath("//script[not(@defer)]") == [], source


def test_claim_pages_quote_every_passage_in_full(site: Path, checked: Checked) -> None:
    for claim in checked.index.claims.values():
        source = page(site / f"claims/{claim.id}.html")
        quoted = [" ".join(q.text_content().split()) for q in source.cssselect("blockquote")]
        for occurrence in checked.index.occurrences(claim.id):
            essay = page(site / f"essays/{occurrence.essay.id}.html")
            (text,) = essay.xpath(f"//*[@id='{occurrence.passage.id}']")
            assert " ".join(text.text_content().split()) in quoted
        assert len(quoted) == len(checked.index.occurrences(claim.id))


def test_a_view_that_is_reported_is_not_shown_as_the_authors(site: Path, checked: Checked) -> None:
    """Allen reports that internal customers give everyone a mission; he does not hold it."""
    claim = checked.index.claims["internal-customers-give-a-mission"]
    author = page(site / "authors/james-allen.html")
    lists = {
        heading.text_content(): heading.getnext().text_content()
        for heading in author.cssselect("article > h2")
    }
    assert [heading for heading, listed in lists.items() if claim.name in listed] == ["Reports"]
    assert checked.index.makers(claim.id) == ()


def test_navigation_does_not_grow_with_the_collection(site: Path) -> None:
    for source in pages_of(site):
        for link in page(source).cssselect(".head a"):
            target = link.get("href")
            assert not re.search(r"(essays|claims|authors)/(?!index)", target), (source, target)


@pytest.mark.parametrize("kind", ["essays", "claims", "authors"])
def test_every_page_has_a_title_a_language_and_one_heading(site: Path, kind: str) -> None:
    for source in [*(site / kind).glob("*.html"), site / "index.html"]:
        tree = page(source)
        assert tree.get("lang") == "en"
        assert tree.findtext(".//title").strip()
        assert len(tree.cssselect("h1")) == 1, source
