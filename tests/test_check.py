"""What is seen across files only, on collections made as values. The words are golden files."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from crossclaim.content.check import check_collection, without_consequences
from crossclaim.findings import Finding
from crossclaim.model import Author, Claim, Collection, Essay, Part, Passage, Place, Stance, Tag

CLAIMS = "essays/claims.yml"


def claim(
    name: str,
    line: int,
    sentence: str = "",
    opposes: tuple[str, ...] = (),
    supports: tuple[str, ...] = (),
    was: tuple[str, ...] = (),
) -> Claim:
    return Claim(
        id=name,
        sentence=sentence or f"The sentence of {name}.",
        theme="T",
        about="x",
        place=Place(CLAIMS, line),
        opposes=opposes,
        supports=supports,
        was=was,
    )


def author(name: str, line: int, called: str) -> Author:
    return Author(id=name, name=called, place=Place("essays/authors.yml", line))


def tag(name: str, line: int, stance: Stance = Stance.ASSERTS, reviewed: bool = True) -> Tag:
    return Tag(claim=name, stance=stance, reviewed=reviewed, place=Place("essays/tea.md", line))


def passage(name: str, line: int, *tags: Tag, was: tuple[str, ...] = ()) -> Passage:
    place = Place("essays/tea.md", line)
    text = f"One two three four five six seven {line}"
    return Passage(name, text, line, tags, not tags, place, was=was, words=text)


def essay(*parts: Part, original: str = "") -> Essay:
    place = Place("essays/tea.md")
    return Essay(
        id="tea", title="Tea", authors=("ada",), parts=parts, place=place, original=original
    )


def codes(
    claims: Iterable[Claim] = (),
    parts: Iterable[Part] = (),
    authors: Iterable[Author] = (),
    *essays: Essay,
) -> list[str]:
    """Codes with their lines, but for claims that nobody makes."""
    collection = Collection(
        (*essays, essay(*parts)), tuple(claims), tuple(authors), originals=frozenset({"a.txt"})
    )
    findings = [f for f in check_collection(collection) if f.code != "claim-nobody-makes"]
    return [f"{f.code} {f.place.line}" for f in findings]


def said(claims: Iterable[Claim] = (), parts: Iterable[Part] = ()) -> list[str]:
    return [str(f) for f in check_collection(Collection((essay(*parts),), tuple(claims), ()))]


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    claims = [
        claim("tea-wakes", 1, opposes=("tea-calms",), was=("tea-stirs",)),
        claim("tea-calms", 5, supports=("tea-cures",)),
        claim("tea-cures", 9),
    ]
    parts = [
        passage("one", 8, tag("tea-wakes", 9), tag("tea-calms", 9, Stance.REPORTS), was=("zero",)),
        passage("two", 11, tag("tea-wakes", 12), tag("tea-cures", 12)),
        passage("three", 14),
    ]
    authors = [author("ada", 1, "Ada Byron"), author("ben", 2, "Ben Jonson")]
    collection = Collection((essay(*parts, original="a.txt"),), tuple(claims), tuple(authors))
    assert check_collection(replace(collection, originals=frozenset({"a.txt"}))) == ()
    assert [f.code for f in check_collection(collection)] == ["missing-original"]


@pytest.mark.parametrize(
    ("name", "called"), [("ada", "Ada Lovelace"), ("other", "Ada Byron"), ("ada", "Ben Jonson")]
)
def test_two_authors_are_not_called_alike(name: str, called: str) -> None:
    first, second = author("ada", 1, "Ada Byron"), author("ben", 4, "Ben Jonson")
    again = author(name, 7, called)
    collection = Collection((), (), (first, second, again))
    messages = [f.message for f in check_collection(collection)]
    known = {"ada": 1, "Ada Byron": 1, "Ben Jonson": 4}
    assert sorted(messages) == sorted(
        f"the author “{word}” stands here again, first at essays/authors.yml:{known[word]}"
        for word in (name, called)
        if word in known
    )
    assert {f.place.line for f in check_collection(collection)} == {7}


def test_an_author_whose_id_is_the_name_stands_once() -> None:
    assert codes(authors=[author("ada", 1, "ada")]) == []


def test_an_id_of_a_claim_is_used_once_former_ones_included() -> None:
    same = claim("a", 1, was=("old",))
    assert codes([same, claim("b", 5, was=("a",))]) == ["duplicate-claim 5"]
    assert codes([same, claim("old", 5)]) == ["duplicate-claim 5"]
    assert codes([claim("b", 1, was=("a",)), claim("a", 5)]) == ["duplicate-claim 5"]
    assert codes([claim("a", 3, was=("a",))]) == ["duplicate-claim 3"]
    assert codes([claim("a", 3, was=("old", "older", "old"))]) == ["duplicate-claim 3"]
    # The id and the sentence: two entries are two, however alike.
    assert codes([same, replace(same)]) == ["duplicate-claim 1"] * 2


def test_a_former_id_may_be_that_of_several_claims() -> None:
    heirs = [claim("a", 1, was=("old",)), claim("b", 5, was=("older", "old"))]
    assert codes(heirs) == []
    assert codes([*heirs, claim("old", 9)]) == ["duplicate-claim 9"]
    asked = Collection((essay(passage("one", 8, tag("old", 9))),), tuple(heirs), ())
    (finding,) = [f for f in check_collection(asked) if f.code == "renamed-claim"]
    assert finding.hint == "write “a” or “b”"
    third = replace(claim("c", 9), opposes=("old",))
    hints = [f.hint for f in check_collection(Collection((), (*heirs, third), ()))]
    assert "write “a” or “b”" in hints
    itself = replace(heirs[0], opposes=("old",))
    hints = [f.hint for f in check_collection(Collection((), (itself, heirs[1]), ()))]
    assert "write “b”" in hints


def test_two_claims_are_not_one_sentence() -> None:
    twins = [claim("a", 1, "Tea calms STRASSE, people."), claim("b", 5, "tea calms straße people!")]
    assert codes(twins) == ["duplicate-claim 5"]
    assert codes([claim("a", 1, "Tea calms."), claim("b", 5, "Tea calmed.")]) == []
    assert codes([claim("a", 1, "…"), claim("b", 5, "?!")]) == [], "no words are no sentence"


def test_two_claims_have_not_one_label() -> None:
    one, two = claim("a", 1), claim("b", 5)
    assert codes([replace(one, label="Tea CALMS"), replace(two, label="tea calms!")]) == [
        "bad-label 5"
    ]
    assert codes([replace(one, label="Tea calms"), replace(two, label="Tea wakes")]) == []
    assert codes([replace(one, label="…"), replace(two, label="…")]) == [], "no words, no label"
    alike = replace(one, label="Tea calms")
    assert codes([alike, replace(alike)])[0] == "bad-label 1", "two entries are two, however alike"


def test_relations_lead_to_other_claims_by_their_present_ids() -> None:
    known = claim("known", 9, was=("former",))

    for names, expected in (
        (("known",), []),
        (("a",), ["broken-relation 3"]),
        (("nowhere", "known"), ["broken-relation 3"]),
        (("former",), ["renamed-claim 3"]),
    ):
        assert codes([claim("a", 3, opposes=names), known]) == expected
        assert codes([claim("a", 3, supports=names), known]) == expected
    both = claim("a", 3, opposes=("b", "c"), supports=("c", "b"))
    messages = [line for line in said([both, claim("b", 5), claim("c", 7)]) if "both" in line]
    assert [line.split("“")[2][0] for line in messages] == ["b", "c"]


def test_ids_of_passages_former_ones_included_are_used_once_in_an_essay() -> None:
    one = passage("one", 8, was=("former",))
    assert codes(parts=[one, passage("one", 11)]) == ["duplicate-id 11"]
    assert codes(parts=[one, passage("former", 11)]) == ["duplicate-id 11"]
    assert codes(parts=[one, passage("two", 11, was=("one",))]) == ["duplicate-id 11"]
    assert codes(parts=[passage("one", 8, was=("one",))]) == ["duplicate-id 8"]
    assert codes(parts=[one, replace(one)]) == ["duplicate-id 8"] * 2
    other = replace(essay(one), id="other")
    assert codes((), [one], (), other) == [], "the next essay has ids of its own"


def test_a_passage_without_an_id_is_named_and_its_former_ids_are_checked_all_the_same() -> None:
    parts = [passage("one", 8), passage("", 11, was=("one", "Two!"))]
    assert codes(parts=parts) == ["no-id 11", "duplicate-id 11", "bad-id 11"]
    (missing, *_) = said(parts=parts)
    assert "“One two three four …” has no id" in missing


def test_what_cannot_be_an_id_is_written_as_one() -> None:
    assert [line.partition(" — ")[2] for line in said(parts=[passage("Tea, Time", 8)])] == [
        "write it as “tea-time”"
    ]
    assert [line.partition(" — ")[2] for line in said(parts=[passage("?!", 8)])] == [
        "write it as “passage”"
    ]


def test_a_passage_is_tagged_or_an_aside() -> None:
    known = [claim("a", 1)]
    tagged = passage("one", 8, tag("a", 9))
    assert codes(known, [tagged]) == []
    assert codes(known, [replace(tagged, aside=True)]) == ["tagged-aside 8"]
    assert codes(known, [replace(tagged, tags=())]) == ["untagged 8"]
    assert codes(known, [replace(tagged, tags=(), aside=True)]) == []
    (line,) = said([], [replace(tagged, tags=())])
    assert "“One two three four five six …”" in line


def test_every_suggestion_is_a_finding_of_its_own() -> None:
    parts = [
        passage("one", 8, tag("a", 9, reviewed=False), tag("b", 9), tag("c", 9, reviewed=False))
    ]
    claims = [claim(name, line) for line, name in enumerate("abc", start=1)]
    assert codes(claims, parts) == ["unreviewed 9"] * 2


def test_a_tag_names_a_claim_by_its_present_id() -> None:
    claims = [claim("a", 1, was=("old",)), claim("b", 5, was=("c",)), claim("c", 9)]
    assert codes(claims, [passage("one", 8, tag("old", 9))]) == [
        "duplicate-claim 9",
        "renamed-claim 9",
    ]
    # A former id that is in use again is that claim's.
    assert codes(claims, [passage("one", 8, tag("c", 9))]) == ["duplicate-claim 9"]
    assert codes([], [passage("one", 8, tag("b", 9), tag("d", 9))]) == ["unknown-claim 9"] * 2


def test_a_tag_given_twice_is_said_at_the_first() -> None:
    claims = [claim("a", 1), claim("b", 5), claim("c", 9)]

    def repeated(*tags: Tag) -> list[str]:
        return codes(claims, [passage("one", 8, *tags)])

    assert repeated(tag("a", 9), tag("b", 10), tag("c", 11), tag("b", 12)) == ["repeated-tag 10"]
    assert repeated(tag("c", 9), tag("b", 10), tag("a", 11), tag("b", 12), tag("b", 13)) == [
        "repeated-tag 10"
    ]
    assert repeated(tag("b", 9), tag("b", 9, Stance.REJECTS)) == [], "another stance"


@pytest.mark.parametrize(
    ("findings", "hint"),
    [
        (check_collection(Collection((), (), (author("ada", 1, "Ada"), author("ada", 4, "Ben")))),
         "keep one of the entries"),
        (check_collection(Collection((), (claim("a", 1, supports=("zzz",)),), ())),
         "add that claim, or take the name out"),
        (check_collection(Collection((), (claim("a", 1, supports=("aa",)), claim("aaa", 2)), ())),
         "did you mean “aaa”?"),
        (check_collection(Collection((essay(passage("p", 8, tag("zzz", 9))),), (), ())),
         "add it to claims.yml, or take the tag out"),
    ],
)  # fmt: skip
def test_what_to_do_is_said(findings: tuple[Finding, ...], hint: str) -> None:
    assert findings[0].hint == hint


def test_a_supported_claim_that_does_not_exist_is_named_as_supported() -> None:
    (line, *_) = said([claim("a", 1, supports=("zzz",))])
    assert "“a” supports “zzz”, which is no claim" in line


@pytest.mark.parametrize("reason", ["missing-file", "not-utf-8", "bad-yaml"])
def test_what_only_follows_from_a_registry_nobody_can_read_is_left_out(reason: str) -> None:
    def kept(file: str, code: str = reason) -> list[str]:
        findings = [
            Finding(name, Place("essays/tea.md"), "m", "h")
            for name in (
                "unknown-claim", "broken-relation", "renamed-claim", "unknown-author", "no-id",
            )
        ]  # fmt: skip
        rest = without_consequences([Finding(code, Place(file), "m", "h"), *findings])
        return [finding.code for finding in rest]

    everything = ["unknown-claim", "broken-relation", "renamed-claim", "unknown-author", "no-id"]
    assert kept(CLAIMS) == [reason, "unknown-author", "no-id"]
    assert kept("essays/authors.yml") == [reason, *everything[:3], "no-id"]
    assert kept("essays/tea.md") == [reason, *everything]
    assert kept(CLAIMS, "unknown-metadata") == ["unknown-metadata", *everything]


def test_a_claim_that_no_passage_carries_is_named_a_suggestion_being_enough() -> None:
    claims = (claim("a", 1), claim("b", 5), claim("c", 9))
    one = passage("one", 8, tag("a", 9), tag("b", 9, reviewed=False))
    findings = check_collection(Collection((essay(one),), claims, ()))
    assert [(f.code, f.place.line) for f in findings] == [
        ("unreviewed", 9),
        ("claim-nobody-makes", 9),
    ]
    assert "“c”" in findings[1].message
