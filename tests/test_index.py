"""Who makes what, on a collection small enough to see at a glance."""

from dataclasses import replace
from pathlib import Path

import pytest

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.model import Stance
from crossclaim.site.index import Index

CLAIMS = "\n".join(
    f"- {{id: {name}, claim: Claim {name}., theme: {theme}, about: x{more}}}"
    for name, theme, more in [
        ("all", "T", ""),
        ("some", "T", ", opposes: [all], supports: [one]"),
        ("one", "U", ""),
        ("reported", "T", ""),
        ("maybe", "U", ""),
    ]
)
AUTHORS = "\n".join(f"- name: {n}" for n in ["Ada Byron", "Ben Jonson", "Cy Jonson", "Idle Hand"])


@pytest.fixture
def index(tmp_path: Path) -> Index:
    def by(author: str, body: str) -> str:
        return essay(body, f"title: By {author}\nauthor: {author}")

    root = make(
        tmp_path,
        {
            "essays/claims.yml": CLAIMS,
            "essays/authors.yml": AUTHORS,
            "essays/ada.md": by(
                "Ada Byron",
                'A.\n{: #a asserts="all" }\n\nB.\n{: #b illustrates="some" reports="reported" }\n',
            ),
            "essays/ben.md": by(
                "Ben Jonson",
                'A.\n{: #a asserts="all one" }\n\nB.\n{: #b rejects="some" asserts="maybe?" }\n',
            ),
            "essays/cy.md": by(
                "Cy Jonson",
                'A.\n{: #a illustrates="all" }\n\nB.\n{: #b asserts="some all" concedes="reported" }\n',
            ),
        },
    )
    return pipeline.check(root).index


def ids(claims: object) -> list[str]:
    return [c.id for c in claims]  # type: ignore[attr-defined]


def test_makers_assert_or_illustrate(index: Index) -> None:
    assert index.makers("all") == ("ada-byron", "ben-jonson", "cy-jonson")
    assert index.makers("some") == ("ada-byron", "cy-jonson"), "Ben rejects it"
    assert index.makers("reported") == (), "reporting or conceding is not making"
    assert index.makers("maybe") == (), "a suggestion is nobody's"


def test_claims_by_who_makes_them(index: Index) -> None:
    assert ids(index.made_by_all()) == ["all"]
    assert ids(index.made_by_some()) == ["some"]
    assert ids(index.made_only_by("ben-jonson")) == ["one"]
    assert ids(index.made_by_both("ada-byron", "cy-jonson")) == ["all", "some"]
    assert ids(index.made_by_nobody()) == ["reported"]
    assert {s: ids(c) for s, c in index.discussed_by("ben-jonson").items()} == {
        Stance.REJECTS: ["some"]
    }


def test_authors_without_essays_are_not_counted(index: Index) -> None:
    assert "idle-hand" not in index.authors


def test_short_names_are_whole_where_they_would_be_alike(index: Index) -> None:
    assert index.short_names == {
        "ada-byron": "Byron",
        "ben-jonson": "Ben Jonson",
        "cy-jonson": "Cy Jonson",
    }


def test_positions_by_stance(index: Index) -> None:
    by_stance = index.by_stance("all", "cy-jonson")
    assert list(by_stance) == [Stance.ASSERTS, Stance.ILLUSTRATES]
    assert [o.passage.id for o in by_stance[Stance.ASSERTS]] == ["b"]


def test_others_are_the_writers_of_other_essays(index: Index) -> None:
    first = index.collection.essays[0]
    assert index.other_writers(first, "all", 3) == ((("ben-jonson",), ("cy-jonson",)), 2)
    assert index.other_writers(first, "all", 1) == ((("ben-jonson",),), 2)


def test_relations_are_seen_from_both_sides(index: Index) -> None:
    def seen(claim: str) -> list[tuple[str, str]]:
        return [(r.name, r.other.id) for r in index.relations(index.claims[claim])]

    assert seen("some") == [("opposes", "all"), ("supports", "one")]
    assert seen("all") == [("is opposed by", "some")]
    assert seen("one") == [("is supported by", "some")]


def test_suggestions_are_kept_apart(index: Index) -> None:
    assert index.occurrences("maybe") == ()
    assert [o.essay.id for o in index.suggested_occurrences("maybe")] == ["ben"]


def test_themes_keep_the_order_of_the_file(index: Index) -> None:
    assert {t: ids(c) for t, c in index.themes.items()} == {
        "T": ["all", "some", "reported"],
        "U": ["one", "maybe"],
    }


def written(tmp_path: Path, essays: dict[str, str], *authors: str) -> Index:
    """An index of essays, each with its writers before it and one passage, “claim” by stance."""
    files: dict[str, str | None] = {"essays/ada.md": None, "essays/ben.md": None}
    files["essays/claims.yml"] = CLAIMS
    files["essays/authors.yml"] = "".join(f"- name: {name}\n" for name in authors)
    for number, (writers, tags) in enumerate(essays.items()):
        front = f"title: T{number}\nauthor: [{writers}]"
        files[f"essays/e{number}.md"] = essay(f"A.\n{{: #a {tags} }}\n", front)
    return pipeline.check(make(tmp_path, files)).index


@pytest.mark.parametrize(
    ("essays", "by_all"),
    [
        ({}, []),
        ({"Ada Byron": 'asserts="all"'}, []),
        ({"Ada Byron": 'asserts="all one"', "Ben Jonson": 'illustrates="all"'}, ["all"]),
        ({"Ada Byron, Ben Jonson": 'asserts="all"'}, ["all"]),
    ],
)
def test_all_are_at_least_two(tmp_path: Path, essays: dict[str, str], by_all: list[str]) -> None:
    index = written(tmp_path, essays, "Ada Byron", "Ben Jonson")
    assert ids(index.made_by_all()) == by_all
    assert ids(index.made_by_some()) == []


def test_the_short_name_is_the_last_word(tmp_path: Path) -> None:
    names = ("Ada Augusta Byron", "Plato", "Jean de la Fontaine")
    index = written(tmp_path, {", ".join(names): 'asserts="all"'}, *names)
    assert list(index.short_names.values()) == ["Byron", "Plato", "Fontaine"]


def test_a_short_name_is_the_one_given_else_without_what_stands_in_brackets(tmp_path: Path) -> None:
    names = ("Brutus (Robert Yates)", "Centinel [S. Bryan]", "(Anonymous)", "Ann Burgh", "Al Burgh")
    quoted = ", ".join(f'"{name}"' for name in names)
    index = written(tmp_path, {quoted: 'asserts="all"'}, *names)
    assert list(index.short_names.values()) == [
        "Brutus", "Centinel", "(Anonymous)", "Ann Burgh", "Al Burgh",
    ]  # fmt: skip
    authors = [*index.collection.authors]
    authors[3] = replace(authors[3], short="Burgh")
    authors[4] = replace(authors[4], short="B.")
    given = Index(replace(index.collection, authors=tuple(authors)))
    assert list(given.short_names.values())[3:] == ["Burgh", "B."]
    authors[4] = replace(authors[4], short="")
    given = Index(replace(index.collection, authors=tuple(authors)))
    assert list(given.short_names.values())[3:] == ["Burgh", "Al Burgh"], "given ones stay"


def test_initials_are_the_shortest_beginnings_that_differ(tmp_path: Path) -> None:
    names = ("Brutus", "Cato", "Burgh", "Bo", "Bob", "Élan")
    index = written(tmp_path, {", ".join(names): 'asserts="all"'}, *names)
    assert list(index.initials.values()) == ["Br", "C", "Bu", "Bo", "Bob", "É"]
    alone = written(tmp_path / "2", {"Ada Byron": 'asserts="all"'}, "Ada Byron")
    assert list(alone.initials.values()) == ["B"]
    assert written(tmp_path / "3", {}).initials == {}


def test_a_note_names_claims_by_their_ids_or_their_labels(tmp_path: Path) -> None:
    claims = "- {id: tea-wakes, claim: A., theme: T, about: 'Not tea-calms, tea-cools: its-own.'}\n"
    claims += "- {id: tea-calms, claim: B., label: Calm it, theme: T, about: Calm it is “Calm it” and “tea-wakes”.}\n"
    index = pipeline.check(make(tmp_path, {"essays/claims.yml": claims})).index
    wakes, calms = index.claims.values()
    assert "".join(p if isinstance(p, str) else f"<{p.id}>" for p in index.about_parts(wakes)) == (
        "Not <tea-calms>, tea-cools: its-own."
    )
    assert index.own_about(wakes) == "Not , tea-cools: its-own."
    assert index.about_parts(calms) == ("Calm it is ", calms, " and ", wakes, ".")


def test_what_several_wrote_together_is_each_ones_and_stands_once(tmp_path: Path) -> None:
    index = written(
        tmp_path,
        {
            "Ben Jonson, Ada Byron": 'asserts="all"',
            "Ada Byron, Ada Byron": 'rejects="all" asserts="one"',
            "Ben Jonson": 'illustrates="all"',
        },
        "Ada Byron",
        "Ben Jonson",
    )
    assert [
        (writers, [o.essay.id for o in occurrences])
        for writers, occurrences in index.by_writers("all").items()
    ] == [
        (("ben-jonson", "ada-byron"), ["e0"]),
        (("ada-byron",), ["e1"]),
        (("ben-jonson",), ["e2"]),
    ]
    assert [
        (author, [o.essay.id for o in occurrences])
        for author, occurrences in index.by_author("all").items()
    ] == [("ada-byron", ["e0", "e1"]), ("ben-jonson", ["e0", "e2"])], "as in authors.yml"
    assert [e.id for e in index.essays_by("ada-byron")] == ["e0", "e1"]
    assert [e.id for e in index.essays_by("ben-jonson")] == ["e0", "e2"]
    assert index.makers("all") == ("ada-byron", "ben-jonson")
    assert index.by_writers("maybe") == {}
    assert index.by_author("maybe") == {}


def test_what_nobody_says_has_no_passages_and_no_writers(index: Index) -> None:
    assert index.made_by("idle-hand") == ()
    assert index.other_writers(index.collection.essays[0], "maybe", 3) == ((), 0)
    assert index.by_stance("maybe", "ada-byron") == {}
    assert index.occurrences("nothing") == index.suggested_occurrences("nothing") == ()


def test_a_relation_both_claims_name_is_told_once_from_each_side(tmp_path: Path) -> None:
    claims = CLAIMS.replace("id: all, claim", "id: all, opposes: [some], supports: [some], claim")
    root = make(tmp_path, {"essays/claims.yml": claims.replace("[one]", "[one, one, all]")})
    index = pipeline.check(root).index

    def names(claim: str) -> list[tuple[str, str, bool]]:
        return [(r.name, r.other.id, r.forward) for r in index.relations(index.claims[claim])]

    assert names("all") == [
        ("opposes", "some", True),
        ("supports", "some", True),
        ("is supported by", "some", False),
    ]
    assert names("some") == [
        ("opposes", "all", True),
        ("supports", "one", True),
        ("supports", "all", True),
        ("is supported by", "all", False),
    ]
    assert names("reported") == []
