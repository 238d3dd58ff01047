"""Weights, co-occurrence, leave-one-out and disagreements, on collections seen at a glance."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.model import Stance
from crossclaim.site.index import Index
from crossclaim.site.measures import (
    claims_by_weight,
    closest_authors,
    co_occurring_claims,
    compare_authors,
    disagreements,
    leave_one_author_out,
    plainest_occurrences,
)

Build = Callable[..., Index]
CLAIMS = """\
- {id: a, claim: Claim a., theme: T, about: x}
- {id: b, claim: Claim b., theme: T, about: x, opposes: [a]}
- {id: c, claim: Claim c., theme: T, about: x}
- {id: d, claim: Claim d., theme: T, about: x, opposes: [c]}
"""


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def index_of(**tags: list[str]) -> Index:
        files: dict[str, str | None] = {
            "essays/claims.yml": CLAIMS,
            "essays/authors.yml": "".join(f"- name: {name.title()} X\n" for name in tags),
            "essays/ada.md": None,
            "essays/ben.md": None,
        }
        for name, passages in tags.items():
            body = "\n\n".join(
                f"Passage {n}.\n{{: #p{n} {tag or '.aside'} }}" for n, tag in enumerate(passages)
            )
            files[f"essays/{name}.md"] = essay(body, f"title: {name}\nauthor: {name.title()} X")
        return pipeline.check(make(tmp_path, files)).index

    return index_of


def weights(index: Index) -> list[tuple[str, float, bool]]:
    """The claims of the first essay, each with its weight and whether it is a main point."""
    claims = claims_by_weight(index, index.collection.essays[0])
    return [(c.claim.id, round(c.weight, 3), c.main) for c in claims]


def test_an_essays_claims_by_weight_then_by_place(build: Build) -> None:
    index = build(ada=['reports="a"', 'asserts="b c"', 'illustrates="c"'])
    assert weights(index) == [("c", 0.75, True), ("b", 0.25, False), ("a", 0, False)]


def test_even_shares_are_main_points_in_the_order_of_the_text(build: Build) -> None:
    index = build(ada=['asserts="c a"', 'asserts="b?"', 'illustrates="b"', "", 'asserts="b"'])
    assert weights(index) == [("b", 0.667, True), ("c", 0.167, False), ("a", 0.167, False)]
    index = build(ada=['asserts="c"', 'rejects="b"', 'asserts="b"', 'asserts="a"'])
    third = round(1 / 3, 3)
    assert weights(index) == [("c", third, True), ("b", third, True), ("a", third, True)]


def under_headings(tmp_path: Path, body: str, front: str = "title: T\nauthor: Ada Byron") -> Index:
    """An essay about tea, with claims that have labels."""
    claims = """\
- {id: wakes, claim: It keeps people from sleeping., label: Strong teas wake, theme: T, about: x}
- {id: calms, claim: A cup of tea calms everybody., theme: T, about: x}
- {id: dear, claim: It costs too much., theme: T, about: x}
"""
    files = {"essays/claims.yml": claims, "essays/ada.md": essay(body, front)}
    return pipeline.check(make(tmp_path, {**files, "essays/ben.md": None})).index


BODY = """\
One two three four.
{: #a asserts="dear" }

# Why strong tea wakes us

One two three four.
{: #b asserts="wakes calms" }

## What it does

One two.
{: #c asserts="calms" }

## And a cup

> One two.
> {: #d illustrates="wakes" }

# The cups and the tea of everybody

One two three four.
{: #e asserts="calms" }
"""


def test_words_under_a_heading_that_speaks_of_the_claim_count_double(tmp_path: Path) -> None:
    # dear 4; wakes 2 × 2 by its label, and 2 × 2 two headings further down;
    # calms 2, 2, and 4 × 2 by its sentence.
    index = under_headings(tmp_path, BODY)
    assert weights(index) == [("calms", 0.5, True), ("wakes", 0.333, True), ("dear", 0.167, False)]


def test_the_title_is_a_heading_and_stop_words_are_not_shared(tmp_path: Path) -> None:
    body = "One.\n{: #a asserts='wakes' }\n\nOne.\n{: #b asserts='dear' }\n"
    index = under_headings(tmp_path, body, "title: Waking by strong tea\nauthor: Ada Byron")
    assert weights(index) == [("wakes", 0.667, True), ("dear", 0.333, False)]
    index = under_headings(tmp_path / "2", body, "title: It is too dear\nauthor: Ada Byron")
    assert weights(index) == [("wakes", 0.5, True), ("dear", 0.5, True)]


def test_words_that_most_claims_share_speak_of_none_of_them(tmp_path: Path) -> None:
    claims = "".join(
        f"- {{id: c{n}, claim: Strong tea {word} people., theme: T, about: x}}\n"
        for n, word in enumerate(["wakes", "calms", "cures", "rouses"])
    )
    body = "One.\n{: #a asserts='c0' }\n\nOne.\n{: #b asserts='c1' }\n"

    def weighed(title: str, folder: str) -> list[tuple[str, float]]:
        front = f"title: {title}\nauthor: Ada Byron"
        files = {"essays/claims.yml": claims, "essays/ada.md": essay(body, front)}
        index = pipeline.check(make(tmp_path / folder, {**files, "essays/ben.md": None})).index
        weighed = claims_by_weight(index, index.collection.essays[0])
        return [(c.claim.id, round(c.weight, 3)) for c in weighed]

    assert weighed("Strong tea for people", "1") == [("c0", 0.5), ("c1", 0.5)]
    assert weighed("Strong tea calms", "2") == [("c1", 0.667), ("c0", 0.333)]


def test_what_three_claims_of_an_essay_speak_for_is_a_main_point(build: Build) -> None:
    index = build(ada=['asserts="a"', *['asserts="b c d"'] * 9])
    assert weights(index)[-1] == ("a", 0.1, False)
    index = replace_supports(index, {"b": ("a",), "c": ("a",)})
    assert weights(index)[-1] == ("a", 0.1, False)
    index = replace_supports(index, {"d": ("a",)})
    assert weights(index)[-1] == ("a", 0.1, True)


def replace_supports(index: Index, supports: dict[str, tuple[str, ...]]) -> Index:
    claims = (replace(c, supports=supports.get(c.id, c.supports)) for c in index.collection.claims)
    return Index(replace(index.collection, claims=tuple(claims)))


def test_neighbours_share_passages(build: Build) -> None:
    index = build(
        ada=['asserts="a b"', 'asserts="a" rejects="c"', 'asserts="a b"', 'reports="a" asserts="c"']
    )
    assert [(c.id, n) for c, n in co_occurring_claims(index, index.claims["a"])] == [("b", 2)]


def test_what_would_be_missing(build: Build) -> None:
    index = build(ada=['asserts="a"'], ben=['illustrates="a"'], cy=['rejects="b"', 'asserts="c"'])
    ada, ben = leave_one_author_out(index, index.claims["a"])
    assert (ada.author, ada.only_maker, ada.lost_stances) == ("ada-x", False, (Stance.ASSERTS,))
    assert (ben.only_maker, ben.lost_stances) == (False, (Stance.ILLUSTRATES,))
    (cy,) = leave_one_author_out(index, index.claims["b"])
    assert (cy.only_maker, cy.lost_stances) == (False, (Stance.REJECTS,))
    (cy,) = leave_one_author_out(index, index.claims["c"])
    assert (cy.only_maker, cy.lost_stances) == (True, (Stance.ASSERTS,))
    index = build(ada=['asserts="a"'], ben=['asserts="a"'])
    assert leave_one_author_out(index, index.claims["a"]) == (), "nothing would be missing"


def test_the_plainest_passage_has_the_strongest_stance_then_few_claims_then_few_words(
    tmp_path: Path,
) -> None:
    def plainest(*passages: str) -> str:
        body = "\n\n".join(passages)
        root = make(tmp_path, {"essays/ada.md": essay(body), "essays/ben.md": None})
        (occurrence,) = plainest_occurrences(pipeline.check(root).index.occurrences("tea-wakes"))
        return occurrence.passage.id

    long = "Tea wakes everybody up.\n{: #long asserts='tea-wakes' }"
    short = "Tea.\n{: #short asserts='tea-wakes' }"
    two = "It.\n{: #two asserts='tea-wakes tea-calms' }"
    proof = "I.\n{: #proof illustrates='tea-wakes' }"
    doubted = "O.\n{: #doubted asserts='tea-wakes' reports='tea-calms?' }"
    assert plainest(proof, two) == "two"
    assert plainest(two, long) == "long"
    assert plainest(long, short) == "short"
    assert plainest(short, doubted) == "doubted", "a suggestion is no claim beside it"


def test_rejecting_is_sharper_than_opposing(build: Build) -> None:
    index = build(ada=['asserts="a"', 'asserts="c"'], ben=['asserts="b"', 'rejects="c"'])
    points = disagreements(index)
    assert [(p.claim.id, p.counterclaim.id) for p in points] == [("c", "c"), ("a", "b")]
    assert [o.essay.id for o in points[0].contra] == ["ben"]


def test_others_speak_first_against_a_claim(build: Build) -> None:
    index = build(ada=['asserts="a"', 'asserts="b"'], ben=['asserts="b"'])
    (opposed,) = disagreements(index)
    assert [o.essay.id for o in opposed.pro] == ["ada"]
    assert [o.essay.id for o in opposed.contra] == ["ben", "ada"]


def test_a_view_that_nobody_here_holds_meets_nobody(build: Build) -> None:
    assert disagreements(build(ada=['reports="a"', 'rejects="a"'], ben=['asserts="b"'])) == ()
    assert disagreements(build(ada=['concedes="c"'], ben=['rejects="c"', 'asserts="d"'])) == ()


def test_among_rejected_claims_those_come_first_that_most_reject_then_that_most_make(
    build: Build,
) -> None:
    index = build(
        ada=['asserts="a"', 'asserts="a"', 'asserts="b"', 'asserts="c"', 'asserts="c"'],
        ben=['rejects="a"', 'rejects="b"', 'rejects="b"', 'rejects="c"', 'illustrates="c"'],
    )
    rejected = [d for d in disagreements(index) if d.claim is d.counterclaim]
    assert [d.claim.id for d in rejected] == ["b", "c", "a"]


def test_what_only_the_same_writers_make_and_reject_is_no_disagreement(build: Build) -> None:
    assert disagreements(build(ada=['asserts="a b"', 'rejects="a"'])) == ()
    points = disagreements(build(ada=['asserts="a"', 'rejects="a"'], ben=['illustrates="a"']))
    assert [[o.essay.id for o in side] for d in points for side in (d.pro, d.contra)] == [
        ["ada", "ben"],
        ["ada"],
    ]


def test_claims_that_oppose_each_other_are_sharper_the_more_make_the_second(build: Build) -> None:
    index = build(
        ada=['asserts="a"', 'asserts="c"'],
        ben=['illustrates="d"', 'asserts="b"'],
        cy=['asserts="d"'],
    )
    assert [(p.claim.id, p.counterclaim.id) for p in disagreements(index)] == [
        ("c", "d"),
        ("a", "b"),
    ]


def test_a_suggestion_is_on_no_side(build: Build) -> None:
    assert disagreements(build(ada=['asserts="a?"'], ben=['asserts="b"', 'rejects="a?"'])) == ()


def test_two_authors_side_by_side(build: Build) -> None:
    index = build(
        ada=['asserts="a b"', 'asserts="c"'], ben=['asserts="a"', 'rejects="c"'], cy=['asserts="b"']
    )
    pair = compare_authors(index, "ada-x", "ben-x")
    assert [[c.id for c in part] for part in (pair.shared, pair.only_one, pair.only_other, pair.disputed)] == [
        ["a"], ["b"], [], ["c"],
    ]  # fmt: skip
    assert closest_authors(index, "ada-x", 1) == (("ben-x", 1),)
    assert closest_authors(index, "ada-x", 9) == (("ben-x", 1), ("cy-x", 1))
    assert closest_authors(index, "cy-x", 2) == (("ada-x", 1),), "nobody who shares nothing"


def test_what_two_wrote_together_is_no_dispute_between_them(tmp_path: Path) -> None:
    body = "Yes.\n{: #yes asserts='tea-wakes' }\n\nNo.\n{: #no rejects='tea-wakes' }\n"
    joint = essay(body, "title: J\nauthor: [Ada Byron, Ben Jonson]")
    index = pipeline.check(make(tmp_path, {"essays/ada.md": joint, "essays/ben.md": None})).index
    pair = compare_authors(index, "ada-byron", "ben-jonson")
    assert ([c.id for c in pair.shared], pair.disputed) == (["tea-wakes"], ())
