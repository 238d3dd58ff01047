"""The map: every claim a box, no box on another, every relation a line between the right two."""

import re
from itertools import combinations
from pathlib import Path

from collections_made import make
from crossclaim import pipeline
from crossclaim.site.argument_map import BOX_WIDTH, ArgumentMap, layout_map
from crossclaim.site.index import Index


def apart(picture: ArgumentMap) -> bool:
    return all(
        one.x + BOX_WIDTH <= other.x
        or other.x + BOX_WIDTH <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
        for one, other in combinations(picture.boxes, 2)
    )


def whole(picture: ArgumentMap) -> bool:
    return all(
        b.x >= 0
        and b.x + BOX_WIDTH <= picture.width
        and b.y >= 0
        and b.y + b.height <= picture.height
        for b in picture.boxes
    )


def test_the_collections_own_map(checked: pipeline.Checked) -> None:
    index: Index = checked.index
    picture = layout_map(index)
    assert {b.claim.id for b in picture.boxes} == set(index.claims)
    assert apart(picture)
    assert whole(picture)
    boxes = {b.claim.id: b for b in picture.boxes}
    relations = [
        (c.id, other, kind)
        for c in index.claims.values()
        for kind, others in ((False, c.supports), (True, c.opposes))
        for other in others
    ]
    assert [(edge.source.id, edge.target.id, edge.opposes) for edge in picture.edges] == relations
    for edge in picture.edges:
        numbers = [float(n) for n in re.findall(r"-?\d+", edge.path)]
        for (x, y), claim in ((numbers[:2], edge.source), (numbers[-2:], edge.target)):
            box = boxes[claim.id]
            assert abs(y - (box.y + box.height / 2)) <= 1
            assert min(abs(x - box.x), abs(x - box.x - BOX_WIDTH)) <= 1


def test_no_line_runs_behind_a_box_it_has_nothing_to_do_with(checked: pipeline.Checked) -> None:
    picture = layout_map(checked.index)
    for edge in picture.edges:
        points = [float(n) for n in re.findall(r"-?\d+", edge.path)]
        stops = list(zip(points[::2], points[1::2], strict=True))
        for box in picture.boxes:
            if box.claim in (edge.source, edge.target):
                continue
            inside = [
                (x, y)
                for x, y in stops
                if box.x <= x <= box.x + BOX_WIDTH and box.y < y < box.y + box.height
            ]
            assert inside == [], (edge.source.id, edge.target.id, box.claim.id)


def test_every_stance_an_author_takes_has_its_mark(checked: pipeline.Checked) -> None:
    index = checked.index
    for box in layout_map(index).boxes:
        assert [(m.author, m.stance) for m in box.marks] == [
            (author, stance)
            for author in index.by_author(box.claim.id)
            for stance in index.by_stance(box.claim.id, author)
        ]
        for mark in box.marks:
            assert box.x < mark.x < box.x + BOX_WIDTH
            assert box.y < mark.y < box.y + box.height


def test_one_column_for_each_theme(checked: pipeline.Checked) -> None:
    picture = layout_map(checked.index)
    columns = {b.claim.theme: b.x for b in picture.boxes}
    assert len(set(columns.values())) == len(checked.index.themes) == len(picture.columns)
    for box in picture.boxes:
        assert box.x == columns[box.claim.theme]
        assert "".join(box.lines).replace(" ", "") == box.claim.name.replace(" ", "")


def test_boxes_stand_under_their_themes_name_however_uneven_the_themes(tmp_path: Path) -> None:
    sizes = (5, 1, 1, 3, 0, 1, 1, 2, 1)
    claims = "".join(
        f"- {{id: c-{theme}-{n}, claim: Claim {n} of {theme}., theme: T{theme}, about: x}}\n"
        for theme, size in enumerate(sizes)
        for n in range(size)
    )
    picture = layout_map(pipeline.check(make(tmp_path, {"essays/claims.yml": claims})).index)
    x_of = {column.theme: column.x for column in picture.columns}
    assert len(set(x_of.values())) == 8
    assert all(box.x == x_of[box.theme] for box in picture.boxes)


def test_it_is_the_same_every_time(checked: pipeline.Checked) -> None:
    assert layout_map(checked.index) == layout_map(checked.index)


def test_hundreds_of_claims_many_themes_and_none(tmp_path: Path) -> None:
    claims = "".join(
        f"- {{id: c-{n}, claim: Claim number {n} says a thing., theme: T{n % 12}, about: x,"
        f" opposes: [c-{(n * 7 + 1) % 240}], supports: [c-{(n * 5 + 2) % 240}]}}\n"
        for n in range(240)
        if n not in ((n * 7 + 1) % 240, (n * 5 + 2) % 240)
    )
    picture = layout_map(
        pipeline.check(make(tmp_path / "many", {"essays/claims.yml": claims})).index
    )
    assert apart(picture)
    assert whole(picture)
    empty = layout_map(pipeline.check(make(tmp_path / "none", {"essays/claims.yml": ""})).index)
    assert (empty.boxes, empty.edges) == ((), ())
