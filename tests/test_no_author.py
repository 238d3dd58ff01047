"""Essays that name no author: shown everywhere under their titles, counted nowhere as anybody."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_made import ADA, BEN, CLAIMS, make, tree
from crossclaim import pipeline
from crossclaim.findings import errors
from crossclaim.model import Author, Claim, Collection, Essay, Passage, Place, Stance, Tag
from crossclaim.site import pages
from crossclaim.site.argument_map import layout_map
from crossclaim.site.citation import ADDRESS, PARAGRAPH, cite
from crossclaim.site.debate import claims_of_author
from crossclaim.site.index import Index
from crossclaim.site.index_changes import summary_of
from crossclaim.site.measures import (
    closest_authors,
    compare_authors,
    disagreements,
    leave_one_author_out,
)
from crossclaim.site.score import ScoreForm, make_score
from crossclaim.site.search.records import search_records

TITLE = "A “letter” on the price of tea and of sugar"
SHORT = "“A ‘letter’ on the price of tea …”"
LETTER = f"""\
---
title: {TITLE}
publication: The Kettle
date: 1843
publish: full
---

Tea keeps us all awake.
{{: #tea-keeps-us-all asserts="tea-wakes" rejects="tea-calms" }}

And it costs us dear.
{{: #and-it-costs-us asserts="tea-is-dear" }}
"""
FILES = {
    "essays/letter.md": LETTER,
    "essays/claims.yml": f"{CLAIMS}- {{id: tea-is-dear, claim: Tea is dear., theme: Costs, about: x}}\n",
}
NAMELESS = re.compile(r"(?m)^author: .*\n")


def texts_of(tmp_path: Path, files: Mapping[str, str | None]) -> tuple[Index, dict[str, str]]:
    checked = pipeline.check(make(tmp_path, files))
    assert not errors(checked.findings)
    return checked.index, pages.render_pages(checked.index, checked.settings)


@pytest.mark.parametrize(
    "line", ["", "author:\n", "author: ''\n", "author: []\n", "author: ['']\n"]
)
def test_no_name_is_a_warning_at_the_first_line(tmp_path: Path, line: str) -> None:
    text = ADA.replace("author: Ada Byron\n", line)
    checked = pipeline.check(make(tmp_path, {"essays/ada.md": text}))
    assert [str(finding) for finding in checked.findings] == [
        "no-author essays/ada.md:1 no author is named — add “author: NAME”"
    ]
    assert checked.buildable


def test_a_name_nobody_has_is_an_error_still(tmp_path: Path) -> None:
    files = {"essays/ada.md": ADA.replace("Ada Byron", "Nobody")}
    assert [f.code for f in pipeline.check(make(tmp_path, files)).findings] == ["unknown-author"]


def test_its_passages_stand_under_their_claims_by_its_title(tmp_path: Path) -> None:
    _, texts = texts_of(tmp_path, FILES)
    wakes = texts["claims/tea-wakes.md"]
    assert f" [{SHORT}](letter.md#tea-keeps-us-all)\n" in texts["essays/ada.md"], "in the margin"
    assert (
        f"Byron and “{TITLE.replace('“', '‘').replace('”', '’')}” assert it, Jonson rejects it."
        in wakes
    )
    place = "../essays/letter.md#tea-keeps-us-all"
    assert f"\n[“A ‘letter’ on the price of tea and of sugar”, ¶1]({place}){{.asserts}}\n" in wakes
    dear = texts["claims/tea-is-dear.md"]
    assert "sugar” alone asserts it; nobody here defends the opposite." in dear
    assert "nobody here would" not in dear and "not take it up" not in dear
    voices = json.loads(texts["assets/claims/tea-wakes.json"])
    assert [voice[0] for voice in voices[1:]] == ["Byron", "Jonson", SHORT]


def test_it_has_a_page_and_nobody_else_has(tmp_path: Path) -> None:
    _, texts = texts_of(tmp_path, FILES)
    essay = texts["essays/letter.md"]
    assert "\nNo author named · The Kettle · 1843\n" in essay
    assert "2 claims](#cc-argues), 1 also made by Byron · rejects 1" in essay
    assert "[Byron](ada.md#tea-wakes-everybody)" in essay
    assert "Argues [1 claim](#cc-argues)\n" in texts["essays/ada.md"], "shared with nobody"
    assert {path for path in texts if path.startswith("authors/")} == {
        "authors/index.md", "authors/ada-byron.md", "authors/ben-jonson.md",
    }  # fmt: skip
    foot = texts[".theme/fragments/essays/letter.html"]
    assert "its author’s and is quoted" in foot
    for path in ("index.md", "essays/index.md", ".theme/fragments/404.html"):
        assert "No author named" in texts[path]


def test_it_is_cited_by_its_title(tmp_path: Path) -> None:
    index, texts = texts_of(tmp_path, FILES)
    citation = cite(index.essays["letter"], ())
    title = "“A ‘letter’ on the price of tea and of sugar”"
    assert citation.plain == f"{title}, The Kettle, 1843, ¶ {PARAGRAPH}. {ADDRESS}"
    assert f"  title = {{{{{TITLE}}}}},\n" in citation.bibtex
    assert "author" not in citation.bibtex + citation.csl
    (value,) = re.findall(r'value="([^"]*)"', texts[".theme/fragments/essays/letter.html"])
    assert "author" not in value


def test_a_score_and_a_map_show_it_and_count_it_not(tmp_path: Path) -> None:
    index, texts = texts_of(tmp_path, FILES)
    rows = [row for rows in make_score(index, "").themes.values() for row in rows]
    assert [(row.claim.id, row.makers, len(row.cells[2])) for row in rows] == [
        ("tea-wakes", 1, 1), ("tea-calms", 1, 1), ("tea-is-dear", 0, 1),
    ]  # fmt: skip
    table = texts[".theme/fragments/score-claims.html"]
    assert re.findall(r"<td>(\d of \d)", table) == ["1 of 2", "1 of 2", "0 of 2"]
    assert table.count("data-authors") == 2
    assert f'title="{TITLE}">{SHORT}</a></th>' in table
    boxes = {box.claim.id: box for column in layout_map(index).columns for box in column.boxes}
    assert [index.initials[mark.writer] for mark in boxes["tea-wakes"].marks] == ["B", "J", "“”"]
    assert f'aria-label="{SHORT} asserts: Tea is dear"' in texts[".theme/fragments/map.html"]


def test_where_columns_are_authors_it_has_one_after_theirs(tmp_path: Path) -> None:
    files: dict[str, str | None] = dict(FILES)
    files |= {f"essays/e{n}.md": ADA for n in range(9)}
    index, texts = texts_of(tmp_path, files)
    score = make_score(index, "")
    assert score.form is ScoreForm.AUTHORS
    assert [block.essay and block.essay.id for block in score.blocks] == [None, None, "letter"]
    assert texts[".theme/fragments/score-claims.html"].count("data-authors") == 2


def test_the_search_knows_no_author_of_it(tmp_path: Path) -> None:
    index, _ = texts_of(tmp_path, FILES)
    records = search_records(index, "en")
    assert [name for name, _ in records.authors] == ["ada-byron", "ben-jonson"]
    assert {e.id: e.record().authors for e in records.essays}["letter"] == ()
    assert summary_of(index)["claims"]["tea-is-dear"]["makers"] == []


def test_several_are_not_one(tmp_path: Path) -> None:
    answer = NAMELESS.sub("", BEN)
    index, texts = texts_of(tmp_path, {**FILES, "essays/ben.md": answer})
    writers = {("essays/ben",), ("ada-byron",), ("essays/letter",)}
    assert index.by_writers("tea-wakes").keys() == writers
    sides = {(d.claim.id, tuple(o.essay.id for o in d.contra)) for d in disagreements(index)}
    assert ("tea-wakes", ("ben",)) in sides and ("tea-calms", ("letter",)) in sides
    others, count = index.other_writers(index.essays["letter"], "tea-wakes", 3)
    assert (others, count) == ((("ada-byron",), ("essays/ben",)), 2)
    assert not [path for path in texts if path.startswith("compare/")]


def test_a_collection_in_which_nobody_is_named(tmp_path: Path) -> None:
    files = {"essays/ada.md": NAMELESS.sub("", ADA), "essays/ben.md": NAMELESS.sub("", BEN)}
    _, texts = texts_of(tmp_path, {**FILES, **files})
    assert "No essay here names its author." in texts["authors/index.md"]
    assert not [text for text in texts.values() if "of 0" in text or 'class="all"' in text]
    assert "“Against tea” rejects it." in texts["claims/tea-wakes.md"]


def test_what_is_rebuilt_after_a_change_of_author_or_title_is_all_it_touches(
    tmp_path: Path,
) -> None:
    named = LETTER.replace("title:", "author: Ben Jonson\ntitle:")
    for turn, text in enumerate((LETTER, LETTER.replace("price", "worth"), named, LETTER)):
        trees = []
        for folder in (tmp_path / "here", tmp_path / str(turn)):
            checked = pipeline.check(make(folder, {**FILES, "essays/letter.md": text}))
            pipeline.write_docs(folder, checked)
            trees.append(tree(folder / "docs"))
        assert trees[0] == trees[1]


# --- Whatever they say, no figure about authors changes -------------------------------------------

HERE = Place("x")
passages = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(list(Stance))), max_size=4)


def index_of(
    named: Iterable[list[tuple[str, Stance]]], nameless: Iterable[list[tuple[str, Stance]]]
) -> Index:
    """Two essays an author, and essays without, with a passage for each claim and stance."""
    claims = (
        Claim("a", "A.", "T", "x", HERE, opposes=("b",)),
        Claim("b", "B.", "T", "x", HERE),
        Claim("c", "C.", "T", "x", HERE),
    )

    def essay(id: str, authors: tuple[str, ...], tags: list[tuple[str, Stance]]) -> Essay:
        parts = tuple(
            Passage(f"p{n}", "W.", n, (Tag(claim, stance, True, HERE),), False, HERE, words="W.")
            for n, (claim, stance) in enumerate(tags, 1)
        )
        return Essay(id, id, authors, parts, HERE)

    essays = [essay(f"m{n}", (f"n{n // 2}",), tags) for n, tags in enumerate(named)]
    essays += [essay(f"z{n}", (), tags) for n, tags in enumerate(nameless)]
    authors = tuple(Author(f"n{n}", f"N{n}", HERE) for n in range(4))
    return Index(Collection(tuple(essays), claims, authors))


@given(st.lists(passages, max_size=7), st.lists(passages, max_size=5))
def test_no_figure_about_authors_changes(
    named: list[list[tuple[str, Stance]]], nameless: list[list[tuple[str, Stance]]]
) -> None:
    without, index = index_of(named, []), index_of(named, nameless)
    assert index.authors == without.authors
    for claim in index.claims.values():
        assert index.makers(claim.id) == without.makers(claim.id)
        assert index.by_author(claim.id) == without.by_author(claim.id)
        before = {one.author: one for one in leave_one_author_out(without, claim)}
        for one in leave_one_author_out(index, claim):
            assert one.only_maker <= before[one.author].only_maker
            assert set(one.lost_stances) <= set(before[one.author].lost_stances)
    assert index.made_by_all() == without.made_by_all()
    for author in index.authors:
        assert claims_of_author(index, author).keys() == claims_of_author(without, author).keys()
        assert closest_authors(index, author, 9) == closest_authors(without, author, 9)
        for other in index.authors.keys() - {author}:
            assert compare_authors(index, author, other) == compare_authors(without, author, other)
    rows = [
        [row.makers for rows in make_score(i, "").themes.values() for row in rows]
        for i in (index, without)
    ]
    assert rows[0] == rows[1]
