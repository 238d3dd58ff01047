"""Fidelity, both ways: the three originals against the pages of the built site.

The lines that are the essay proper are named here by hand, so that the reader under test has no
part in deciding what should be on the page.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from collections_made import make
from crossclaim.cli import main
from crossclaim.names import words

ORIGINALS = Path(__file__).parent.parent / "essays" / "originals"


@dataclass(frozen=True)
class Original:
    """What a person sees in an original: where the essay stands in it, and what else is kept."""

    essay: str
    file: str
    proper: range  # lines, from 1
    passages: int
    title: int  # line
    glued: str = ""  # what is glued to the essay's first line and is not the essay
    biography: int = 0
    notice: int = 0

    @property
    def lines(self) -> list[str]:
        text = (ORIGINALS / self.file).read_text("utf-8")
        return ["", *text.splitlines()]

    @property
    def text(self) -> str:
        """The essay proper, emphasis marks and bullets off."""
        lines = [self.lines[number] for number in self.proper]
        return unmarked("\n".join(lines).removeprefix(self.glued))


THREE = [
    Original(
        "allen-problem-with-internal-customers",
        "allen-problem-with-internal-customers.txt",
        range(3, 28),
        passages=14,
        title=1,
        glued="Founder's Mentality - Internal customers",
        biography=33,
    ),
    Original(
        "bingham-internal-customers-are-not-customers",
        "bingham-internal-customers-are-not-customers.txt",
        range(23, 45),
        passages=10,
        title=5,
        biography=21,
        notice=45,
    ),
    Original(
        "mcleod-internal-customers",
        "mcleod-internal-customers.txt",
        range(6, 34),
        passages=13,
        title=1,
        biography=35,
    ),
]
each = pytest.mark.parametrize("original", THREE, ids=lambda o: o.essay.split("-")[0])


def unmarked(text: str) -> str:
    """A text without the emphasis marks and bullets of the originals."""
    return re.sub(r"\*(?=\S)([^*\n]+?)(?<=\S)\*", r"\1", text).replace("•", "")


def article(site: Path, original: Original) -> html.HtmlElement:
    page = html.fromstring((site / f"essays/{original.essay}.html").read_bytes())
    (element,) = page.cssselect("article")
    return element


def shown(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def numbered(element: html.HtmlElement) -> str:
    """A passage's words, after the number that its item shows."""
    item = element.getparent()
    if item.tag != "li" or item.getparent().tag != "ol" or item.index(element):
        return shown(element)
    return f"{item.getparent().index(item) + 1}. {shown(element)}"


@each
def test_every_word_of_the_essay_stands_on_the_page_once_and_in_order(
    original: Original, site: Path
) -> None:
    elements = article(site, original).cssselect("p[id], article > h2, article > h3")
    text = " ".join(numbered(element) for element in elements if "id" in element.attrib)
    assert words(text) == words(original.text)


@each
def test_every_sign_of_the_essay_stands_on_the_page(original: Original, site: Path) -> None:
    elements = article(site, original).cssselect("p[id], article > h2, article > h3")
    text = " ".join(numbered(element) for element in elements if "id" in element.attrib)
    assert text == " ".join(original.text.split())


@each
def test_every_word_on_the_page_is_the_originals_or_the_sites_furniture(
    original: Original, site: Path
) -> None:
    page = article(site, original)
    for element in page.cssselect(".crumbs, .sum, .bar, .notes, .argues, .links, .turn, .about a"):
        element.drop_tree()
    (rights,) = page.cssselect(".about p:last-child")
    rights.text = (rights.text or "").removeprefix("Rights: ")
    for element in [rights]:
        if not original.notice:
            assert "carries no notice" in shown(element)
            element.drop_tree()
    left = words(shown(page).replace("Founder's Mentality blog", ""))
    whole = unmarked("\n".join(original.lines[1:])).replace("customersOn", "customers On")
    assert set(left) <= set(words(whole))
    kept = [original.lines[n] for n in (original.title, original.biography, original.notice) if n]
    expected = len(words(original.text)) + sum(len(words(line)) for line in kept)
    byline = page.cssselect(".byline")[0]
    assert len(left) <= expected + len(words(shown(byline))), "nothing stands there twice"


@each
def test_attribution_stands_on_the_page(original: Original, site: Path) -> None:
    page = shown(article(site, original))
    for number in (original.title, original.biography, original.notice):
        if number:
            kept = re.sub(r"[* ]+", " ", unmarked(original.lines[number])).strip()
            assert kept in re.sub(r"[* ]+", " ", page)


@each
def test_the_committed_essay_is_what_add_writes_and_an_editors_hand(
    original: Original, tmp_path: Path, root: Path
) -> None:
    make(tmp_path)
    command = ["-C", str(tmp_path), "add", str(ORIGINALS / original.file)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    added = (tmp_path / f"essays/{original.file.removesuffix('.txt')}.md").read_text("utf-8")
    committed = (root / f"essays/{original.essay}.md").read_text("utf-8")

    def body(text: str) -> str:
        undecided = re.sub(r"^ *\{: [\w-]+=.*\}\n", "", text, flags=re.MULTILINE)
        untagged = re.sub(r"(\{: #[\w-]+)[^}]*\}", r"\1 }", undecided)
        return untagged.split("---\n", 2)[2]

    assert body(committed) == body(added)
    kept = tmp_path / "essays/originals" / original.file
    assert kept.read_bytes() == (ORIGINALS / original.file).read_bytes()


@each
def test_add_says_what_it_took_and_every_line_it_left_out(
    original: Original, tmp_path: Path
) -> None:
    make(tmp_path)
    command = ["-C", str(tmp_path), "add", "--dry-run", str(ORIGINALS / original.file)]
    output = CliRunner().invoke(main, command).output
    taken = {original.title, original.biography, original.notice, *original.proper}
    for number, line in enumerate(original.lines):
        if line.strip() and number not in taken:
            assert f"  line {number}: " in output, line
            assert line.strip() in output
    if original.glued:
        assert f"“{original.glued}”" in output
    assert f"passages:    {original.passages}" in output
    for number in (original.biography, original.notice):
        if number:
            kept = re.sub(r"[* ]+", " ", unmarked(original.lines[number])).strip()
            assert kept in re.sub(r"[* ]+", " ", output)
    assert not (tmp_path / f"essays/{original.essay}.md").exists(), "--dry-run writes nothing"


def test_no_headings_became_lists_and_no_lists_headings(own: object, site: Path) -> None:
    def heads(original: Original) -> list[str]:
        return [shown(h) for h in article(site, original).cssselect("article > h2[id]")]

    allen, _, mcleod = THREE
    assert heads(allen) == []
    assert heads(mcleod) == [
        "1. Stop talking about internal customers, start talking about winning",
        "2. Connect the dots to actual human customers",
        "3. Correlate non-performance to customer impact",
    ]
    assert len(article(site, allen).cssselect("article > ul > li")) == 3
    assert len(article(site, allen).cssselect("article > ol > li")) == 4


def test_the_glued_caption_the_platform_and_the_chrome_are_nowhere(site: Path) -> None:
    everything = "\n".join(page.read_text("utf-8") for page in site.rglob("*.html"))
    for chrome in (
        "customersOn",
        "This post was published",
        "Popular in the Community",
        "Leave a Reply",
        "This entry was posted",
        "Eight Imperatives",
        "LinkedIn",
        "CHIEF CUSTOMER OFFICER",
    ):
        assert chrome not in everything, chrome


def test_really_italic_and_only_that(site: Path) -> None:
    bingham = article(site, THREE[1])
    assert [e.text for e in bingham.cssselect("p[id] em")] == ["raison d'être"]
    assert shown(bingham.cssselect("p[id]")[-1]).endswith("customers first.*")
