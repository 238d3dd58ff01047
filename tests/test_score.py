"""The score: what has a mark where, which form it takes, in what order, and what it weighs."""

import gzip
import re
from pathlib import Path

import pytest
from lxml import html

from collections_made import make, many_authors
from crossclaim import pipeline
from crossclaim.model import Collection, Stance
from crossclaim.pipeline import Checked
from crossclaim.site.index import Index
from crossclaim.site.score import ScoreForm, ScoreMark, make_score, render_score


def score_index(root: Path, authors: int, essays: int, claims: int, paragraphs: int = 6) -> Index:
    """The index of a made collection."""
    checked = pipeline.check(make(root, many_authors(authors, essays, claims, paragraphs)))
    assert checked.buildable, checked.findings
    return checked.index


def marks(index: Index, up: str = "", limit: int | None = None) -> list[ScoreMark]:
    score = make_score(index, up, limit)
    rows = (row for rows in score.themes.values() for row in rows)
    return [mark for row in rows for cell in row.cells for mark in cell]


def test_every_reviewed_tag_has_one_mark_that_leads_to_its_paragraph(checked: Checked) -> None:
    index = checked.index
    page = html.fragment_fromstring(render_score(index, "../"))
    links = page.cssselect("td a")
    expected = [
        (o.tag.stance.value, f"n{o.passage.number}", f"../essays/{o.essay.id}.html#{o.passage.id}")
        for claims in index.themes.values()
        for claim in claims
        for o in index.occurrences(claim.id)
    ]
    assert [(*a.get("class").split(), a.get("href")) for a in links] == expected
    assert links[0].get("aria-label").startswith("Allen asserts: Drop the notion")
    assert all(a.get("aria-label").endswith(f", ¶{a.get('class').split()[1][1:]}") for a in links)


def test_a_mark_says_its_stance_in_the_words_of_a_reader_and_once_a_run(
    checked: Checked,
) -> None:
    index = checked.index
    page = html.fragment_fromstring(render_score(index, ""))
    for cell in page.cssselect("td"):
        said = None
        for link in cell.cssselect("a"):
            stance = link.get("class").split()[0]
            word = "grants" if stance == "concedes" else stance
            number = link.get("class").split()[1][1:]
            assert link.text == (f"¶{number}" if said == stance else f"{word} ¶{number}")
            assert f" {word}: " in link.get("aria-label")
            said = stance


def test_rows_say_how_many_make_the_claim(checked: Checked) -> None:
    index = checked.index
    page = html.fragment_fromstring(render_score(index, ""))
    rows = page.cssselect("tbody tr:has(td)")
    counts = {row.cssselect("th")[0].text_content(): row[-1].text_content().strip() for row in rows}
    assert counts == {c.name: f"{len(index.makers(c.id))} of 3" for c in index.claims.values()}
    bold = {row.cssselect("th")[0].text_content() for row in rows if row.get("class") == "all"}
    assert bold == {c.name for c in index.made_by_all()}


def test_a_limit_keeps_the_most_shared_in_the_order_of_the_themes(checked: Checked) -> None:
    index = checked.index
    score = make_score(index, "", limit=7)
    kept = [row for rows in score.themes.values() for row in rows]
    order = list(index.claims)
    assert len(kept) == 7
    assert score.left_out == len(order) - 7
    assert [order.index(r.claim.id) for r in kept] == sorted(order.index(r.claim.id) for r in kept)
    fewest = min((r.makers, r.passages) for r in kept)
    left = set(order) - {r.claim.id for r in kept}
    assert all((len(index.makers(c)), len(index.occurrences(c))) <= fewest for c in left)
    assert "claims/index.html" in render_score(index, "", 7)
    assert "claims/index.html" not in render_score(index, "", 100)


@pytest.mark.parametrize(
    ("authors", "essays", "paragraphs", "form"),
    [
        (3, 10, 8, ScoreForm.PARAGRAPHS),
        (3, 9, 9, ScoreForm.AUTHORS),
        (3, 11, 2, ScoreForm.AUTHORS),
        (60, 60, 2, ScoreForm.AUTHORS),
        (61, 61, 2, ScoreForm.STANCES),
    ],
)
def test_the_form_follows_the_size(
    tmp_path: Path, authors: int, essays: int, paragraphs: int, form: ScoreForm
) -> None:
    index = score_index(tmp_path, authors, essays, 8, paragraphs)
    assert make_score(index, "").form is form


def test_above_eighty_paragraphs_a_mark_counts_an_authors_paragraphs(tmp_path: Path) -> None:
    index = score_index(tmp_path, 4, 24, 8)
    for claim, row in zip(index.claims, _rows(index), strict=True):
        for author, cell in zip(index.authors, row, strict=True):
            by_stance = index.by_stance(claim, author)
            assert [m.stance for m in cell] == list(by_stance)
            assert [m.number for m in cell] == [min(len(o), 9) for o in by_stance.values()]
            assert all(m.address == f"claims/{claim}.html" for m in cell)


def test_above_sixty_authors_bars_count_those_who_take_a_stance(tmp_path: Path) -> None:
    index = score_index(tmp_path, 64, 64, 8)
    for claim, row in zip(index.claims, _rows(index), strict=True):
        takers = {
            stance: sum(stance in index.by_stance(claim, author) for author in index.authors)
            for stance in Stance
        }
        assert [[m.text for m in cell] for cell in row] == [
            [str(count)] if count else [] for count in takers.values()
        ]
        lengths = [m.number for cell in row for m in cell]
        assert lengths == [max(1, round(100 * n / 64)) for n in takers.values() if n]


def _rows(index: Index) -> list[tuple[tuple[ScoreMark, ...], ...]]:
    score = make_score(index, "")
    return [row.cells for rows in score.themes.values() for row in rows]


def test_forty_essays_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    index = score_index(tmp_path, 40, 40, 8, 2)
    assert [e.id for e in index.collection.essays] == [f"e{n}" for n in range(40)]


def test_essays_of_one_author_are_told_apart_in_the_names_of_marks(tmp_path: Path) -> None:
    index = score_index(tmp_path, 2, 4, 8, 3)
    assert {m.name.split(" asserts")[0] for m in marks(index) if m.stance is Stance.ASSERTS} <= {
        f"{short}, “Essay {e}”," for e in range(4) for short in index.short_names.values()
    }


def test_first_appearance_follows_the_essays(own: Collection, checked: Checked) -> None:
    rows = [r for rows in make_score(checked.index, "").themes.values() for r in rows]
    rows.sort(key=lambda row: row.first)
    taken_up = dict.fromkeys(t.claim for e in own.essays for p in e.passages for t in p.reviewed)
    assert [row.claim.id for row in rows][: len(taken_up)] == list(taken_up)


def test_a_score_is_light_and_has_one_element_a_mark(tmp_path: Path, checked: Checked) -> None:
    own = render_score(checked.index, "", 40)
    assert len(own.encode()) <= 25_000
    cells = sum(
        len(r.cells) + 4 for rs in make_score(checked.index, "").themes.values() for r in rs
    )
    assert len(re.findall("<[a-z]", own)) <= len(marks(checked.index)) + cells + 60
    for size in ((60, 180, 40), (100, 300, 40)):
        index = score_index(tmp_path / str(size[0]), *size, paragraphs=20)
        source = render_score(index, "../").encode()
        assert len(source) <= 400_000
        assert len(gzip.compress(source)) <= 40_000


def test_a_score_is_finished_html_without_style_script_or_brace(checked: Checked) -> None:
    source = render_score(checked.index, "../")
    assert "{" not in source
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", source)


def test_a_collection_without_essays_has_no_score(tmp_path: Path) -> None:
    files = {"essays/ada.md": None, "essays/ben.md": None}
    assert render_score(pipeline.check(make(tmp_path, files)).index, "").strip() == ""
