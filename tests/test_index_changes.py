"""What changed in the index between two builds: exact, in a sentence or two, or nothing."""

import json
from pathlib import Path

import pytest

from collections_made import ADA, AUTHORS, BEN, CLAIMS, make
from crossclaim import pipeline
from crossclaim.site.index import Index
from crossclaim.site.index_changes import changes_since, summary_of

EVE = """\
---
title: Tea at night
author: Eve
publication: The Cup
publish: full
---

Tea calms, and it wakes.
{: #tea-calms-and asserts="tea-calms tea-wakes" rejects="tea-dear" }

Only a kettle sings.
{: #only-a-kettle illustrates="kettles-sing" }
"""
EVE_KNOWN = f"{AUTHORS}- id: eve\n  name: Eve\n"
MORE = f"""\
{CLAIMS}- id: tea-dear
  claim: Tea is dear.
  theme: Costs
  about: The passage says that tea costs much.
- id: kettles-sing
  claim: Kettles sing.
  theme: Effects
  about: The passage says that kettles sing.
"""
NEW = {"essays/claims.yml": MORE, "essays/authors.yml": EVE_KNOWN, "essays/eve.md": EVE}


def index_of(root: Path, files: dict[str, str | None] | None = None) -> Index:
    make(root, files)
    for file, content in (files or {}).items():
        if content is None:
            (root / file).unlink(missing_ok=True)
    return pipeline.check(root).index


def said(tmp_path: Path, before: dict[str, str | None], after: dict[str, str | None]) -> list[str]:
    """What is said of two collections that differ from the small one by these files."""
    _, text = changes_since(None, index_of(tmp_path / "before", before))
    sentences, _ = changes_since(text, index_of(tmp_path / "after", after))
    return list(sentences)


def test_of_a_new_essay_it_says_what_it_shares_what_it_brings_and_what_is_its_own(
    tmp_path: Path,
) -> None:
    assert said(tmp_path, {}, dict(NEW)) == [
        "With “Tea at night”: 2 claims gained an author; 2 are new; nobody else makes 1.",
        "4 tags more.",
    ]


def test_of_an_essay_that_is_gone_it_says_the_reverse(tmp_path: Path) -> None:
    assert said(tmp_path, dict(NEW), {}) == [
        "Without “Tea at night”: 2 claims lost an author; 2 are gone.",
        "4 tags fewer.",
    ]


def test_a_single_claim_is_named(tmp_path: Path) -> None:
    both = BEN.replace('asserts="tea-calms" rejects="tea-wakes"', 'asserts="tea-calms tea-wakes"')
    assert said(tmp_path, {}, {"essays/ben.md": both}) == [
        "“Tea wakes people up” gained an author."
    ]
    assert said(tmp_path, {"essays/ben.md": both}, {}) == ["“Tea wakes people up” lost an author."]


def test_nothing_is_said_where_who_makes_what_is_the_same(tmp_path: Path) -> None:
    same: dict[str, str | None] = {
        "essays/ada.md": ADA.replace("everybody.", "the whole house."),
        "essays/claims.yml": CLAIMS.replace("Tea calms people down.", "Tea soothes."),
        "essays/ben.md": BEN.replace("title: Against tea", "title: On sleep"),
    }
    assert said(tmp_path, {}, same) == []
    assert said(tmp_path, {}, {}) == []


def test_a_suggestion_is_no_change(tmp_path: Path) -> None:
    suggested = BEN.replace("tea-wakes", "tea-wakes?")
    assert said(tmp_path, {"essays/ben.md": suggested}, {}) == ["1 tag more."]


def test_tags_that_come_and_go(tmp_path: Path) -> None:
    swapped = BEN.replace('rejects="tea-wakes"', 'reports="tea-calms"')
    assert said(tmp_path, {}, {"essays/ben.md": swapped}) == ["1 tag more, 1 fewer."]


def test_a_claim_under_another_id_is_the_same_claim(tmp_path: Path) -> None:
    renamed = CLAIMS.replace("id: tea-calms", "id: tea-soothes\n  was: [tea-calms]")
    files: dict[str, str | None] = {
        "essays/claims.yml": renamed,
        "essays/ben.md": BEN.replace("tea-calms", "tea-soothes"),
    }
    assert said(tmp_path, {}, files) == []


def test_claims_that_were_merged_have_all_their_authors(tmp_path: Path) -> None:
    twin = CLAIMS.replace("  opposes: [tea-wakes]\n", "")
    merged = twin[: twin.index("- id: tea-calms")].replace(
        "id: tea-wakes", "id: tea-wakes\n  was: [tea-calms]"
    )
    ben = BEN.replace(' rejects="tea-wakes"', "")
    before: dict[str, str | None] = {"essays/claims.yml": twin, "essays/ben.md": ben}
    after: dict[str, str | None] = {
        "essays/claims.yml": merged,
        "essays/ben.md": ben.replace("tea-calms", "tea-wakes"),
    }
    assert said(tmp_path, before, after) == []


def test_an_essay_under_another_name_is_the_same_essay(tmp_path: Path) -> None:
    assert said(tmp_path, {}, {"essays/ben.md": None, "essays/benjamin.md": BEN}) == []


def test_an_essay_that_makes_nothing_yet_is_told(tmp_path: Path) -> None:
    bare = EVE[: EVE.index("Tea calms")] + "Tea.\n{: #tea .aside }\n"
    assert said(tmp_path, {}, {**NEW, "essays/claims.yml": CLAIMS, "essays/eve.md": bare}) == [
        "“Tea at night” is new and makes no claim."
    ]


def test_several_essays_are_counted(tmp_path: Path) -> None:
    files = {**NEW, "essays/eva.md": EVE.replace("Tea at night", "Tea at noon")}
    sentences = said(tmp_path, {}, dict(files))
    assert sentences[0].startswith("With 2 new essays: 2 claims gained an author; 2 are new")


def test_an_essay_that_goes_and_takes_no_author_of_a_claim_is_told(tmp_path: Path) -> None:
    files = {**NEW, "essays/eva.md": EVE.replace("Tea at night", "Tea at noon")}
    assert said(tmp_path, dict(files), dict(NEW)) == ["“Tea at noon” is gone.", "4 tags fewer."]


def test_what_an_author_makes_already_is_nothing_gained(tmp_path: Path) -> None:
    again = ADA.replace("On tea", "Tea again")
    assert said(tmp_path, {}, {"essays/again.md": again}) == [
        "With “Tea again”: nobody else makes 1 claim.",
        "1 tag more.",
    ]


@pytest.mark.parametrize("previous", [None, "", "no JSON", "[]", "{}", "3", '{"claims": {"a": 1}}'])
def test_without_a_summary_that_can_be_read_nothing_is_said(
    tmp_path: Path, previous: str | None
) -> None:
    index = index_of(tmp_path)
    assert changes_since(previous, index) == ((), json.dumps(summary_of(index), ensure_ascii=False, separators=(",", ":")))  # fmt: skip
