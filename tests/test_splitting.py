"""Claims split and removed: every passage is asked for, and nothing goes without being named."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collections_made import assert_refused, essay, make, tree
from crossclaim import files, pipeline
from crossclaim.cli import main
from crossclaim.content.claim_changes import retag
from crossclaim.content.collection import load
from crossclaim.content.essay_edit import tagged
from crossclaim.content.registry import read_claims
from crossclaim.content.second_readings import tags_digest

CLAIMS = """\
# What people say of tea.
- id: tea-works  # on people
  label: Tea works
  claim: Tea works on people.
  also: [effect]
  theme: Effects
  about: >-
    The passage says that tea does something to people. What it costs is tea-is-dear.
  opposes: [tea-bores]
  was: [tea-acts]
  # Too wide.

- id: tea-bores
  claim: Tea is dull.
  theme: Effects
  about: The passage yawns, which is not “Tea works”.
  opposes: [tea-works]

- id: tea-is-dear
  claim: Tea costs too much.
  theme: Money
  about: The passage speaks of the price of tea, not of tea-works.
"""
ADA = """\
Tea wakes us, and then it calms us.
{: #both asserts="tea-works" reports='tea-is-dear' }
{: tea-works="Tea wakes us … calms us" }

Tea bores me.
{: #bores illustrates="tea-bores, tea-works?" }

> - It does nothing.
>   {: #nothing rejects="tea-works" }
"""
ESSAYS = {
    "essays/claims.yml": CLAIMS,
    "essays/ada.md": essay(ADA),
    "essays/ben.md": None,
    "essays/zoe.md": essay('Tea!\n{: #tea asserts="tea-works" }\n'),
}
SPLIT = ("split", "tea-works", "tea-wakes", "tea-calms")
ANSWERS = ("--to", "ada#both=tea-wakes,tea-calms", "--to", "ada#nothing=-", "--to", "tea-wakes")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path, ESSAYS)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossclaim.commands.claims.can_ask", lambda: True)


def run(*words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(main, ["claims", *words], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_every_passage_gets_what_was_chosen_for_it(root: Path) -> None:
    said = run(*SPLIT, *ANSWERS)
    assert said.stdout == (
        "essays/ada.md:16 “It does nothing. …” no longer rejects “tea-works”.\n"
        "  It is left without a tag: give it another, or mark it .aside.\n"
        "Reword in claims.yml: “tea-wakes” and “tea-calms” say what “tea-works” said.\n"
        "Look at what names “tea-works”: “tea-bores” (essays/claims.yml:21), "
        "“tea-is-dear” (essays/claims.yml:27).\n"
        "“tea-works” is now “tea-wakes” and “tea-calms”.\n"
        "  essays/claims.yml: 10 lines\n"
        "  essays/ada.md: 5 lines\n"
        "  essays/zoe.md: 1 line\n"
    )
    assert (root / "essays/ada.md").read_text("utf-8") == essay(
        ADA.replace('asserts="tea-works"', 'asserts="tea-wakes tea-calms"')
        .replace("'tea-is-dear'", '"tea-is-dear"')
        .replace(
            '{: tea-works="Tea wakes us … calms us" }',
            '{: tea-wakes="Tea wakes us … calms us" }\n{: tea-calms="Tea wakes us … calms us" }',
        )
        .replace("tea-works?", "tea-wakes?")
        .replace(' rejects="tea-works"', "")
    )
    assert 'asserts="tea-wakes"' in (root / "essays/zoe.md").read_text("utf-8")


def test_new_entries_stand_in_the_place_of_the_old_and_say_the_same(root: Path) -> None:
    run(*SPLIT, *ANSWERS)
    head, rest = CLAIMS.split("  # Too wide.\n")
    assert (root / "essays/claims.yml").read_text("utf-8") == (
        head.replace("id: tea-works", "id: tea-wakes").replace(
            "[tea-acts]", "[tea-acts, tea-works]"
        )
        + "  # Too wide.\n\n"
        "- id: tea-calms\n"
        "  claim: Tea works on people.\n"
        "  theme: Effects\n"
        "  about: >-\n"
        "    The passage says that tea does something to people. What it costs is tea-is-dear.\n"
        "  opposes: [tea-bores]\n"
        "  was: [tea-acts, tea-works]\n" + rest
    )


def test_check_insists_that_the_new_entries_are_worded_and_relations_decided(root: Path) -> None:
    run(*SPLIT, *ANSWERS)
    findings = [(f.code, f.hint) for f in pipeline.check(root).findings]
    assert findings == [
        ("unreviewed", "take the question mark out to accept it, or the tag to reject it"),
        ("untagged", "tag it, or mark it .aside"),
        ("duplicate-claim", "word each of its own, or merge the two (“crossclaim claims merge”)"),
        ("renamed-claim", "write “tea-wakes” or “tea-calms”"),
    ]


def test_the_old_address_names_the_heirs_and_that_of_one_heir_leads_on(root: Path) -> None:
    run(*SPLIT, *ANSWERS)
    file = root / "essays/claims.yml"
    text = file.read_text("utf-8").replace("opposes: [tea-works]", "opposes: [tea-calms]")
    file.write_text(text.replace("claim: Tea works", "claim: Tea & sugar work", 1), "utf-8")
    assert pipeline.build(root)[1] == []
    for former in ("tea-works", "tea-acts"):
        page = (root / f"site/claims/{former}.html").read_text("utf-8")
        assert '<a href="tea-wakes.html">Tea &amp; sugar work on people.</a>' in page
        assert '<a href="tea-calms.html">Tea works on people.</a>' in page
        assert "refresh" not in page
        assert "canonical" not in page
    assert run("merge", "tea-wakes", "tea-calms").exit_code == 0
    assert pipeline.build(root)[1] == []
    for former in ("tea-works", "tea-acts", "tea-wakes"):
        assert "url=tea-calms.html" in (root / f"site/claims/{former}.html").read_text("utf-8")


def test_the_claim_itself_may_stay_as_one_of_the_new(root: Path) -> None:
    words = ("split", "tea-works", "tea-works", "tea-wakes")
    answers = ("--to", "ada#both=tea-works,tea-wakes", "--to", "tea-works")
    said = run(*words, *answers)
    assert "Reword in claims.yml: “tea-wakes” says what “tea-works” says." in said.stdout
    assert "“tea-bores” (essays/claims.yml:20)" in said.stdout
    text = (root / "essays/claims.yml").read_text("utf-8")
    start = CLAIMS.index("\n- id: tea-bores")
    assert text[:start] == CLAIMS[:start]
    assert text.endswith(CLAIMS[start:])
    claims = {claim.id: claim for claim in read_claims(text, "")[0]}
    assert list(claims) == ["tea-works", "tea-wakes", "tea-bores", "tea-is-dear"]
    assert claims["tea-wakes"].was == ()
    assert "renamed-claim" not in {f.code for f in pipeline.check(root).findings}
    before = tree(root)
    assert run(*words, *answers).stdout.endswith("is now “tea-works” and “tea-wakes”.\n")
    assert tree(root) == before


def test_an_entry_that_exists_stays_as_it_is_worded(root: Path) -> None:
    said = run("split", "tea-works", "tea-bores", "tea-is-dear", "--to", "tea-is-dear").stdout
    assert said == (
        "cannot-merge essays/ada.md:8 “Tea wakes us, and then it …” asserts “tea-works” and "
        "reports “tea-is-dear” — choose one stance for both there, then split\n"
    )
    said = run("split", "tea-works", "tea-bores", "tea-is-dear", "--to", "tea-bores").stdout
    assert said.startswith(
        "“tea-works” said, for you to fold into “tea-bores” and “tea-is-dear”:\n"
        "  label: Tea works\n"
        "  claim: Tea works on people.\n"
        "  also: effect\n"
        "  about: The passage says that tea does something to people. What it costs is tea-is-dear.\n"
        "  theme: Effects\n"
        "  opposes: tea-bores\n"
    )
    text = (root / "essays/claims.yml").read_text("utf-8")
    rest = CLAIMS[CLAIMS.index("- id: tea-bores") :]
    assert text == "# What people say of tea.\n" + rest.replace(
        "tea-bores\n", "tea-bores\n  was: [tea-acts, tea-works]\n"
    ).replace("id: tea-is-dear\n", "id: tea-is-dear\n  was: [tea-acts, tea-works]\n")
    assert '{: #bores illustrates="tea-bores" }' in (root / "essays/ada.md").read_text("utf-8")


def test_somebody_at_a_terminal_is_asked_passage_by_passage(root: Path, terminal: None) -> None:
    said = run(*SPLIT, "--to", "zoe#tea=tea-calms", typed="x\n1, tea-calms\n\n2\n-\n")
    assert said.exit_code == 0
    assert said.stdout.startswith(
        "1 tea-wakes\n"
        "2 tea-calms\n"
        "Answer with numbers or ids, several with a comma; “-” for none.\n"
        "\n"
        "1/3 essays/ada.md:9 ada#both asserts “tea-works”\n"
        "  Tea wakes us, and then it calms us.\n"
        "  Deciding words: “Tea wakes us … calms us”\n"
        "Which of them? x\n"
        "Error: “x” is none of “tea-wakes” and “tea-calms”\n"
    )
    assert "2/3 essays/ada.md:13 ada#bores illustrates (suggested) “tea-works”\n" in said.stdout
    text = (root / "essays/ada.md").read_text("utf-8")
    assert '{: #both asserts="tea-wakes tea-calms"' in text
    assert '{: #bores illustrates="tea-bores, tea-calms?" }' in text
    assert "{: #nothing }" in text


def test_a_contradictory_answer_is_asked_for_again(root: Path, terminal: None) -> None:
    said = run("split", "tea-works", "tea-is-dear", "tea-wakes", typed="1\n2\n2\n2\n2\n")
    assert "Error: “Tea wakes us, and then it …” asserts “tea-works” and reports" in said.stdout
    assert said.exit_code == 0


def test_a_real_terminal_is_recognised(root: Path) -> None:
    command = [sys.executable, "-m", "crossclaim", "claims", "remove", "tea-works"]
    ours, theirs = pty.openpty()
    os.write(ours, b"y\n")
    done = subprocess.run(command, stdin=theirs, capture_output=True, encoding="utf-8", check=True)
    os.close(ours)
    os.close(theirs)
    assert "Remove “tea-works”? [y/N]:" in done.stdout
    assert "tea-works" not in (root / "essays/ada.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (SPLIT, "bad-answer essays/ada.md:9 nobody said which of the new claims stand for “tea-works” in ada#both, ada#bores, ada#nothing, zoe#tea — add --to"),
        ((*SPLIT, "--to", "ada#both=tea-wakes"), "bad-answer essays/ada.md:13 nobody said which of the new claims stand for “tea-works” in ada#bores, ada#nothing, zoe#tea — add"),
        ((*SPLIT, "--to", "tea-calms", "--to", "ada#bore=-"), "bad-answer essays/claims.yml:1 “ada#bore” does not carry “tea-works” — look"),
        ((*SPLIT, "--to", "tea-calms", "--to", "zoe#none=tea-calms"), "bad-answer essays/claims.yml:1 “zoe#none” does not carry “tea-works” — look"),
        ((*SPLIT, "--to", "tea-calms", "--to", "ada#both=tea"), "bad-answer essays/ada.md:9 “tea” is none of “tea-wakes” and “tea-calms” — answer"),
        (("split", "tea-acts", "a", "b", "--to", "a"), "unknown-claim essays/claims.yml:1 “tea-acts” is not a claim in claims.yml — it is “tea-works” now"),
        (("split", "tea-bores", "tea-acts", "b", "--to", "b"), "duplicate-claim essays/claims.yml:2 the claim id “tea-acts” is in use, as a former id of “tea-works” — choose"),
        (("split", "tea-bores", "Tea", "b", "--to", "b"), "bad-id essays/claims.yml:13 “Tea” cannot be the id of a claim"),
        (("remove", "tea-work"), "unknown-claim essays/claims.yml:1 “tea-work” is not a claim in claims.yml — did you mean “tea-works”?"),
        (("remove", "tea-acts"), "unknown-claim essays/claims.yml:1 “tea-acts” is not a claim in claims.yml — it is “tea-works” now"),
        (("remove", "tea-works", "--was", "tea"), "unknown-claim essays/claims.yml:1 “tea” is not"),
        (("remove", "tea-works", "--was", "tea-works"), "cannot-merge essays/claims.yml:2 “tea-works” is named twice"),
        (("remove", "tea-works"), "bad-answer essays/ada.md:9 “tea-works” is on 4 passages, which would lose it — give --yes to take its tags out, --dry-run to see them"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_nothing_is_written(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    assert_refused(root, lambda: run(*words), said)


@pytest.mark.parametrize(
    "words",
    [
        ("split", "tea-works", "tea-wakes"),
        ("split", "tea-works", "tea-wakes", "tea-wakes"),
        (*SPLIT, "--to", ""),
        (*SPLIT, "--to", "ada#both="),
        (*SPLIT, "--to", "both=tea-wakes"),
        (*SPLIT, "--to", "tea-wakes", "--to", "tea-calms"),
        (*SPLIT, "--to", "ada#both=tea-wakes", "--to", "ada#both=tea-calms"),
    ],
)
def test_words_that_make_no_sense_are_a_usage_error(root: Path, words: tuple[str, ...]) -> None:
    before = tree(root)
    assert run(*words).exit_code == 2
    assert tree(root) == before


@pytest.mark.parametrize(
    ("tag_line", "code"),
    [("{: asserts=tea-works }", "no-id"), ("{: #both asserts=tea-works }", "duplicate-id")],
)
def test_a_passage_without_an_id_of_its_own_cannot_be_answered_for(
    root: Path, tag_line: str, code: str
) -> None:
    more = essay(f"{ADA}\nAnd again.\n{tag_line}\n")
    make(root, ESSAYS | {"essays/ada.md": more})
    before = tree(root)
    said = run(*SPLIT, "--to", "tea-wakes").stdout.splitlines()
    assert {line.partition(" ")[0] for line in said} == {code}
    assert tree(root) == before


def test_a_dry_run_shows_every_line_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    said = run(*SPLIT, *ANSWERS, "--dry-run").stdout
    assert "  + - id: tea-calms\n" in said
    assert '  - {: #tea asserts="tea-works" }\n  + {: #tea asserts="tea-wakes" }\n' in said
    said = run("remove", "tea-works", "--dry-run").stdout
    assert said.count("  - - id: tea-works  # on people\n") == 1
    assert '  - {: #tea asserts="tea-works" }\n  + {: #tea }\n' in said
    assert tree(root) == before


COMMANDS = [
    (*SPLIT, *ANSWERS),
    ("split", "tea-works", "tea-works", "tea-wakes", "--to", "tea-works,tea-wakes"),
    ("split", "tea-works", "tea-bores", "tea-wakes", "--to", "tea-wakes"),
    ("remove", "tea-works", "--yes"),
    ("remove", "tea-works", "--was", "tea-bores", "--yes"),
]


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("writes", [0, 1, 2])
def test_cut_off_anywhere_the_same_command_does_the_rest(
    root: Path, words: tuple[str, ...], writes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    real, count = files.write, 0

    def failing(path: Path, content: str | bytes) -> bool:
        nonlocal count
        count += 1
        if count > writes:
            raise OSError(28, "No space left on device", str(path))
        return real(path, content)

    monkeypatch.setattr(files, "write", failing)
    cut = run(*words)
    assert cut.exit_code == 1
    assert "not-written" in cut.stdout
    monkeypatch.setattr(files, "write", real)
    if writes:
        codes = {f.code for f in pipeline.check(root).findings}
        assert codes & {"renamed-claim", "unknown-claim", "duplicate-claim"}
    else:
        assert tree(root) == before
    assert run(*words).exit_code == 0
    done = tree(root)
    make(root, ESSAYS)
    assert run(*words).exit_code == 0
    assert tree(root) == done, "as if it had not been cut off"


def test_a_claim_is_removed_and_all_that_goes_is_named(root: Path) -> None:
    said = run("remove", "tea-works", "--yes")
    entry, _, rest = CLAIMS.removeprefix("# What people say of tea.\n").partition("\n- id: tea-b")
    shown = "".join(f"  - {line}\n" for line in entry.splitlines())
    assert shown in said.stdout
    assert "essays/claims.yml:17\n  -   opposes: [tea-works]\n" in said.stdout
    assert said.stdout.endswith(
        "essays/ada.md:9 “Tea wakes us, and then it …” no longer asserts “tea-works”.\n"
        "  Its deciding words go: “Tea wakes us … calms us”\n"
        "essays/ada.md:13 “Tea bores me. …” no longer illustrates (suggested) “tea-works”.\n"
        "essays/ada.md:16 “It does nothing. …” no longer rejects “tea-works”.\n"
        "  It is left without a tag: give it another, or mark it .aside.\n"
        "essays/zoe.md:9 “Tea! …” no longer asserts “tea-works”.\n"
        "  It is left without a tag: give it another, or mark it .aside.\n"
        "Look at what names “tea-works”: “tea-bores” (essays/claims.yml:2), "
        "“tea-is-dear” (essays/claims.yml:7).\n"
        "Whoever follows claims/tea-works.html and claims/tea-acts.html will find nothing; "
        "--was KEPT would lead them on.\n"
        "“tea-works” is removed.\n"
        "  essays/claims.yml: 12 lines\n"
        "  essays/ada.md: 4 lines\n"
        "  essays/zoe.md: 1 line\n"
    )
    kept = "- id: tea-b" + rest.replace("  opposes: [tea-works]\n", "")
    assert (root / "essays/claims.yml").read_text("utf-8") == f"# What people say of tea.\n{kept}"
    assert "tea-works" not in (root / "essays/ada.md").read_text("utf-8")
    assert pipeline.check(root).buildable


def test_the_address_of_a_removed_claim_may_lead_to_another(root: Path) -> None:
    said = run("remove", "tea-works", "--was", "tea-bores", "--yes").stdout
    assert "Whoever follows" not in said
    claims = read_claims((root / "essays/claims.yml").read_text("utf-8"), "")[0]
    assert {c.id: c.was for c in claims}["tea-bores"] == ("tea-works", "tea-acts")


def test_an_address_that_heirs_share_outlives_one_of_them(root: Path) -> None:
    run(*SPLIT, *ANSWERS)
    said = run("remove", "tea-calms", "--yes").stdout
    assert "Whoever follows claims/tea-calms.html will find" in said
    assert run("remove", "tea-works", "--yes").stdout.startswith("unknown-claim")


def test_whoever_says_no_loses_nothing(root: Path, terminal: None) -> None:
    before = tree(root)
    said = run("remove", "tea-works", typed="n\n")
    assert (said.exit_code, said.stderr) == (1, "Nothing was written.\n")
    assert tree(root) == before
    assert run("remove", "tea-works", typed="y\n").exit_code == 0
    assert tree(root) != before


def test_a_claim_without_tags_goes_without_a_question(root: Path) -> None:
    make(root, ESSAYS | {"essays/ada.md": essay("Tea.\n{: #tea .aside }\n"), "essays/zoe.md": ""})
    assert run("remove", "tea-works").exit_code == 0


def test_a_shared_former_id_is_no_ones_to_rename_or_merge(root: Path) -> None:
    run(*SPLIT, *ANSWERS)
    before = tree(root)
    said = run("merge", "tea-works", "tea-calms").stdout
    assert said.endswith("it is “tea-wakes” or “tea-calms” now\n")
    said = run("rename", "tea-works", "tea-calms").stdout
    assert said.endswith("it is “tea-wakes” or “tea-calms” now\n")
    said = run("rename", "tea-calms", "tea-works").stdout
    assert "in use, as a former id of “tea-wakes”" in said
    assert tree(root) == before
    assert run("rename", "tea-calms", "tea-soothes").exit_code == 0
    claims = {c.id: c.was for c in read_claims((root / "essays/claims.yml").read_text(), "")[0]}
    assert claims["tea-soothes"] == ("tea-acts", "tea-works", "tea-calms")


def test_a_split_changes_the_sign_of_the_tags_and_a_renamed_heir_does_not(root: Path) -> None:
    def sign() -> str:
        collection, _ = load(root)
        return tags_digest(collection.essays[0], collection.claims)

    first = sign()
    run(*SPLIT, "--to", "tea-wakes")
    second = sign()
    assert first != second
    run("rename", "tea-wakes", "tea-stirs")
    assert sign() == second


def test_a_copy_from_before_a_split_says_other_claims(root: Path) -> None:
    shutil.copytree(root / "essays", root / "copy")
    run(*SPLIT, "--to", "tea-wakes")
    said = CliRunner().invoke(main, ["agreement", "copy"]).stdout
    assert "tea-works" in said
    assert "tea-wakes" in said
    shutil.copytree(root / "essays", root / "later")
    run("rename", "tea-wakes", "tea-stirs")
    said = CliRunner().invoke(main, ["agreement", "later"]).stdout
    assert "tea-wakes" not in said


def test_tags_become_several_or_none_where_they_stand() -> None:
    (passage,) = tagged(
        '---\n---\nx\n{: #a asserts="one?, two" reports="one" }\n{: one="x" two="x … y" }\n'
    )
    assert passage.attributes
    several = retag(passage.attributes, {"one": ["one", "two", "three"]})
    assert several.lines == (
        '{: #a asserts="one? three?, two" reports="one two three" }',
        '{: one="x" }',
        '{: two="x … y" }',
        '{: three="x" }',
    )
    assert retag(several, {"one": ["one", "two", "three"]}) == several
    assert str(retag(several, {"one": [], "two": []})) == (
        '{: #a asserts="three?" reports="three" }\n{: three="x" }'
    )
