"""The map: every claim a box, every relation a line between the right two that no box hides."""

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from collections_made import make
from crossclaim import pipeline
from crossclaim.site.argument_map import (
    BOX_HEIGHT,
    BOX_WIDTH,
    GUTTER,
    ROW_GAP,
    THEME_HEIGHT,
    ArgumentMap,
    Edge,
    Point,
    layout_map,
    map_fragment,
)
from crossclaim.site.index import Index
from crossclaim.site.templating import render_template


def corners(picture: ArgumentMap) -> dict[str, Point]:
    """Where each claim's box begins."""
    return {
        box.claim.id: (
            column * (BOX_WIDTH + GUTTER),
            THEME_HEIGHT + ROW_GAP + row * (BOX_HEIGHT + ROW_GAP),
        )
        for column, theme in enumerate(picture.columns)
        for row, box in enumerate(theme.boxes)
    }


def stops(edge: Edge) -> list[Point]:
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", edge.path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def along(edge: Edge) -> Iterator[Point]:
    for (x1, y1), (x2, y2) in pairwise(stops(edge)):
        for n in range(33):
            yield x1 + (x2 - x1) * n / 32, y1 + (y2 - y1) * n / 32


def hidden(picture: ArgumentMap) -> list[tuple[str, str, str]]:
    """Edges that run behind a box, with the box."""
    boxes = corners(picture)
    return [
        (edge.source.id, edge.target.id, claim)
        for edge in picture.edges
        for claim, (left, top) in boxes.items()
        if any(left < x < left + BOX_WIDTH and top < y < top + BOX_HEIGHT for x, y in along(edge))
    ]


def index_of(root: Path, claims: str) -> Index:
    return pipeline.check(make(root, {"essays/claims.yml": claims})).index


def many_claims(sizes: tuple[int, ...]) -> str:
    """Claims of themes with these sizes, two relations each."""
    names = [f"c-{theme}-{n}" for theme, size in enumerate(sizes) for n in range(size)]
    return "".join(
        f"- {{id: {name}, claim: {name} says a thing., theme: T{name.split('-')[1]}, about: x,"
        f" opposes: [{names[(n * 7 + 1) % len(names)]}],"
        f" supports: [{names[(n * 5 + 2) % len(names)]}]}}\n"
        for n, name in enumerate(names)
        if n not in ((n * 7 + 1) % len(names), (n * 5 + 2) % len(names))
    )


def test_every_claim_stands_once_under_its_theme(checked: pipeline.Checked) -> None:
    index = checked.index
    picture = layout_map(index)
    assert sorted(column.theme for column in picture.columns) == sorted(index.themes)
    for column in picture.columns:
        of_theme = {claim.id for claim in index.themes[column.theme]}
        assert sorted(box.claim.id for box in column.boxes) == sorted(of_theme)


def test_a_line_joins_the_two_boxes_of_its_relation(checked: pipeline.Checked) -> None:
    picture = layout_map(checked.index)
    relations = [
        (claim.id, other, opposes)
        for claim in checked.index.claims.values()
        for others, opposes in ((claim.supports, False), (claim.opposes, True))
        for other in others
    ]
    assert [(edge.source.id, edge.target.id, edge.opposes) for edge in picture.edges] == relations
    boxes = corners(picture)
    for edge in picture.edges:
        target, *_, source = stops(edge)
        for (x, y), claim in ((target, edge.target), (source, edge.source)):
            left, top = boxes[claim.id]
            assert x in (left, left + BOX_WIDTH)
            assert top < y < top + BOX_HEIGHT


def test_no_line_runs_behind_a_box_or_out_of_the_drawing(
    checked: pipeline.Checked, tmp_path: Path
) -> None:
    uneven = index_of(tmp_path, many_claims((26, 4, 17, 9, 1, 22, 13, 8)))
    for picture in (layout_map(checked.index), layout_map(uneven)):
        assert hidden(picture) == []
        for edge in picture.edges:
            for x, y in stops(edge):
                assert 0 <= x <= picture.width
                assert 0 <= y <= picture.height


def test_lines_of_one_kind_meet_a_claims_side_at_one_point(checked: pipeline.Checked) -> None:
    ends: dict[tuple[str, bool, float], set[float]] = {}
    others: dict[Point, set[tuple[str, bool]]] = {}
    for edge in layout_map(checked.index).edges:
        x, y = stops(edge)[0]
        ends.setdefault((edge.target.id, edge.opposes, x), set()).add(y)
        others.setdefault((x, y), set()).add((edge.target.id, edge.opposes))
    assert all(len(heights) == 1 for heights in ends.values())
    assert all(len(bundles) == 1 for bundles in others.values())


def test_every_stance_an_author_takes_has_its_mark(checked: pipeline.Checked) -> None:
    index = checked.index
    for column in layout_map(index).columns:
        for box in column.boxes:
            assert [(m.writer, m.stance) for m in box.marks] == [
                (author, stance)
                for author in index.by_author(box.claim.id)
                for stance in index.by_stance(box.claim.id, author)
            ]


def test_more_marks_than_a_line_holds_are_counts(tmp_path: Path) -> None:
    essays = {
        f"essays/essay-{n}.md": f"---\ntitle: Tea {n}\nauthor: Person{n} Name{n:02}\npublish: full\n"
        f'---\n\nTea wakes.\n{{: #tea asserts="tea-wakes" }}\n'
        for n in range(12)
    }
    authors = "".join(
        f"- {{id: person{n}-name{n:02}, name: Person{n} Name{n:02}}}\n" for n in range(12)
    )
    index = pipeline.check(make(tmp_path, essays | {"essays/authors.yml": authors})).index
    boxes = {b.claim.id: b for column in layout_map(index).columns for b in column.boxes}
    assert boxes["tea-wakes"].marks == ()
    assert sum(boxes["tea-wakes"].counts.values()) == len(index.by_author("tea-wakes"))


def test_claims_without_relations_stand_last(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        "".join(
            f"- {{id: c-{n}, claim: Claim {n} says so., theme: T, about: x{more}}}\n"
            for n, more in enumerate(("", "", ", supports: [c-3]", ""))
        ),
    )
    (column,) = layout_map(index).columns
    assert [box.claim.id for box in column.boxes][2:] == ["c-0", "c-1"]


def test_it_is_the_same_every_time_and_empty_without_claims(
    checked: pipeline.Checked, tmp_path: Path
) -> None:
    assert layout_map(checked.index) == layout_map(checked.index)
    empty = layout_map(index_of(tmp_path, ""))
    assert (empty.columns, empty.edges) == ((), ())


def test_style_sheet_and_drawing_have_the_same_lengths() -> None:
    """One is in rem, the other in px; a box's and a gutter's, a gap's and a heading's."""
    style = (files("crossclaim.site") / "assets/styles/5-map.css").read_text("utf-8")
    rules = dict(re.findall(r"^\.map-columns( \w+|) \{(.*?)^\}", style, re.DOTALL | re.MULTILINE))
    for rule, name, length in (
        ("", "gap", GUTTER),
        ("", "padding", f"0 {GUTTER / 16:g}rem {ROW_GAP / 16:g}rem 0"),
        (" section", "width", BOX_WIDTH),
        (" h2", "height", THEME_HEIGHT),
        (" h2", "margin", f"0 0 {ROW_GAP / 16:g}rem"),
        (" li", "height", BOX_HEIGHT),
        (" li", "margin", f"0 0 {ROW_GAP / 16:g}rem"),
    ):
        wanted = length if isinstance(length, str) else f"{length / 16:g}rem"
        assert f" {name}: {wanted};" in rules[rule], (rule, name)


def test_the_fragment_has_no_brace_for_a_template_and_no_style(tmp_path: Path) -> None:
    fragment = map_fragment(
        index_of(tmp_path, '- {id: a-b, claim: "A {{ b }} {% c.", theme: "{# T", about: x}\n')
    )
    assert "{" not in fragment
    assert "&#123;&#123; b" in fragment
    assert not re.search(r"\bstyle=|\bon\w+=|<script", fragment)


def test_the_map_in_words_tells_every_relation_once(checked: pipeline.Checked) -> None:
    words = render_template("map.md", checked.index, up="../")
    for claim in checked.index.claims.values():
        lines = re.findall(
            rf"^- \[[^]]*\]\(\.\./claims/{claim.id}\.md\) (.*)$", words, re.MULTILINE
        )
        assert len(lines) == bool(claim.supports or claim.opposes)
        told = re.findall(r"claims/([^)]+)\.md", " ".join(lines))
        assert told == [*claim.supports, *claim.opposes]
