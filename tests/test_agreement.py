"""Agreement between taggers: known values, properties, and what an editor sees."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from collections_made import essay, make, tree
from crossclaim import pipeline
from crossclaim.agreement.agreement import Tagging, measure_agreement
from crossclaim.agreement.alpha import Labels, alpha, reliability
from crossclaim.cli import main
from crossclaim.content.essay import read_essay
from crossclaim.content.second_readings import read_readings

ADA = """\
Tea wakes everybody.
{: #one asserts="tea-wakes" }

Tea calms, they say.
{: #two reports="tea-calms" }

Good night.
{: #three .aside }

Not looked at yet.
{: #four }
"""


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "own", {"essays/ada.md": essay(ADA), "essays/ben.md": None})
    monkeypatch.chdir(root)
    return root


def copy(root: Path, body: str, name: str = "second") -> str:
    make(root.parent / name, {"essays/ada.md": essay(body), "essays/ben.md": None})
    return f"../{name}"


def by_coincidences(units: list[Labels]) -> float | None:
    """Alpha as Krippendorff (2004, p. 229) defines it, from the matrix of coincidences."""
    values = sorted({v for labels in units for v in labels if v is not None})
    met = {(c, k): 0.0 for c in values for k in values}
    for labels in units:
        rated = [v for v in labels if v is not None]
        for i, c in enumerate(rated):
            for j, k in enumerate(rated):
                if i != j:
                    met[c, k] += 1 / (len(rated) - 1)
    totals = {c: sum(met[c, k] for k in values) for c in values}
    count = sum(totals.values())
    expected = sum(totals[c] * totals[k] for c in values for k in values if c != k)
    if not expected:
        return None
    observed = sum(met[c, k] for c in values for k in values if c != k)
    return 1 - (count - 1) * observed / expected


def test_two_taggers_and_two_values_by_hand() -> None:
    # Ten units: two “yes” of both, one of the first, two of the second, five “no” of both.
    # Coincidences: yes-yes 4, no-no 10, yes-no 3 each way; 7 “yes” and 13 “no” of 20.
    # alpha = 1 - 19 · 3 / (7 · 13)
    counted = {("y", "y"): 2, ("y", "n"): 1, ("n", "y"): 2, ("n", "n"): 5}
    units = [labels for labels, times in counted.items() for _ in range(times)]
    assert alpha(units) == pytest.approx(1 - 19 * 3 / (7 * 13))


def test_three_taggers_five_values_and_missing_ratings_by_hand() -> None:
    # Units of three, two and three ratings; the last, of one, compares nothing.
    units: list[Labels] = [("a", "a", "b"), ("c", None, "c"), ("d", "e", "d"), (None, "e", None)]
    # observed: unit 1: 2 pairs apart each way, over 2 → 2; unit 3 the same: 4 of n = 8.
    # a 2, b 1, c 2, d 2, e 1: 64 - (4 + 1 + 4 + 4 + 1) = 50 expected.
    assert alpha(units) == pytest.approx(1 - 7 * 4 / 50)


def test_where_nothing_varies_there_is_no_alpha() -> None:
    assert alpha([("y", "y")] * 5) is None
    assert alpha([("y", None), (None, "n")]) is None
    assert alpha([]) is None


labels = st.sampled_from(["a", "b", "c", None])
tables = st.lists(st.tuples(labels, labels, labels), min_size=1, max_size=12)


@given(tables, st.randoms())
def test_alpha_is_the_definitions_whatever_the_order(units: list[Labels], chance: object) -> None:
    expected = by_coincidences(units)
    assert alpha(units) == (None if expected is None else pytest.approx(expected))
    assert alpha(units[::-1]) == pytest.approx(alpha(units))
    assert alpha([(c, a, b) for a, b, c in units]) == pytest.approx(alpha(units))
    named = {"a": "z", "b": "y", "c": "x", None: None}
    assert alpha([tuple(named[v] for v in u) for u in units]) == pytest.approx(alpha(units))


@given(st.lists(labels, min_size=2))
def test_those_who_say_the_same_agree_fully(said: list[str | None]) -> None:
    assume(len(set(said) - {None}) > 1)
    assert alpha([(one, one) for one in said]) == 1.0


def test_the_interval_holds_alpha_and_narrows_with_more_passages() -> None:
    some: list[Labels] = [("y", "y"), ("n", "n"), ("y", "n"), ("n", "n")]
    small = reliability([(number, some[number % 4]) for number in range(20)], interval=True)
    large = reliability([(number, some[number % 4]) for number in range(400)], interval=True)
    for one in (small, large):
        assert one.alpha and one.low and one.high
        assert one.low < one.alpha < one.high
    assert large.high and large.low and small.high and small.low
    assert large.high - large.low < small.high - small.low
    assert (
        reliability([(number, some[number % 4]) for number in range(400)], interval=True) == large
    )
    assert reliability([(number, some[number]) for number in range(4)], interval=True).low is None
    alike = reliability(
        [(number, labels) for number in range(12) for labels in some], interval=True
    )
    assert alike.low == alike.high == pytest.approx(alike.alpha), "every draw is the same"


def tagging(name: str, body: str, **names: str) -> Tagging:
    read, findings = read_essay(essay(body), f"{name}.md", "ada", {"Ada Byron": "ada-byron"})
    assert findings == []
    return Tagging(name, (read,), {k.replace("_", "-"): v for k, v in names.items()})


def test_pairs_stances_and_asides_are_counted_apart() -> None:
    second = ADA.replace('reports="tea-calms"', 'asserts="tea-calms tea-wakes"')
    agreement = measure_agreement(
        [tagging("a", ADA), tagging("b", second)], ["tea-wakes", "tea-calms", "dear"]
    )
    assert (agreement.pairs.units, agreement.pairs.given, agreement.pairs.same) == (9, 3, 8)
    # yes-yes 4, no-no 12, yes-no 1 each way: 5 of 18 are “yes”
    assert agreement.pairs.alpha == pytest.approx(1 - 17 * 1 / (5 * 13))
    assert (agreement.stance.units, agreement.stance.same) == (2, 1)
    # asserts, asserts; reports, asserts
    assert agreement.stance.alpha == pytest.approx(1 - 3 * 1 / (3 * 1))
    assert agreement.both.same == 7
    assert (agreement.aside.units, agreement.aside.given, agreement.aside.alpha) == (3, 1, 1.0)
    assert agreement.by_claim["dear"][0].alpha is None
    assert agreement.passages == {"ada": 3}
    assert [place.line for place in agreement.untagged] == [17]
    assert [(d.passage.id, d.claim, d.labels) for d in agreement.differences] == [
        ("two", "tea-wakes", ("–", "asserts")),
        ("two", "tea-calms", ("reports", "asserts")),
    ]


def test_a_claim_under_its_former_name_is_the_same_claim() -> None:
    second = tagging("b", ADA.replace("tea-wakes", "tea-rouses"), tea_rouses="tea-wakes")
    agreement = measure_agreement([tagging("a", ADA), second], ["tea-wakes", "tea-calms"])
    assert (agreement.pairs.alpha, agreement.differences) == (1.0, ())


def test_suggestions_count_only_when_they_are_asked_for() -> None:
    second = tagging(
        "b",
        ADA.replace('"tea-calms"', '"tea-calms?"').replace("#four", '#four asserts="tea-wakes?"'),
    )
    agreement = measure_agreement([tagging("a", ADA), second], ["tea-wakes", "tea-calms"])
    assert agreement.suggestions == 2
    assert [place.line for place in agreement.untagged] == [11, 17]
    counted = measure_agreement(
        [tagging("a", ADA), second], ["tea-wakes", "tea-calms"], suggestions=True
    )
    assert counted.pairs.alpha == 1.0
    assert [place.line for place in counted.untagged] == [17]


def test_what_only_one_has_and_what_was_edited_is_listed() -> None:
    other = ADA.replace("#one", "#uno").replace("they say", "some say")
    agreement = measure_agreement([tagging("a", ADA), tagging("b", other)], [])
    assert [place.line for place in agreement.changed] == [11]
    assert agreement.missing == ("a.md:8 #one (a) is not in b", "b.md:8 #uno (b) is not in a")
    assert agreement.passages == {"ada": 2}


def test_what_an_editor_sees(root: Path, request: pytest.FixtureRequest) -> None:
    second = copy(
        root, ADA.replace('"tea-calms"', '"tea-wakes"').replace(" .aside", ' asserts="x"')
    )
    before = tree(root)
    said = run("agreement", second)
    assert said.exit_code == 0
    golden = Path(__file__).parent / "golden" / "agreement.txt"
    if request.config.getoption("--save-golden"):
        golden.write_text(said.stdout, "utf-8")
    assert said.stdout == golden.read_text("utf-8")
    assert tree(root) == before


def test_figures_for_machines(root: Path) -> None:
    record = json.loads(run("agreement", "--json", copy(root, ADA)).stdout)
    assert record["claim"] == {
        "units": 6, "same": 6, "given": 2, "alpha": 1.0, "low": None, "high": None,
    }  # fmt: skip
    assert record["by-claim"]["tea-calms"]["stance"]["alpha"] is None
    assert record["differences"] == []
    assert record["taggers"] == ["here", "second"]


def test_the_essays_folder_alone_will_do_and_two_copies_too(root: Path) -> None:
    one = copy(root, ADA) + "/essays"
    two = copy(root, ADA.replace('"tea-calms"', '"tea-wakes"'), "third")
    record = json.loads(run("agreement", "--json", one, two).stdout)
    assert record["taggers"] == ["here", "second", "third"]
    (wakes, calms) = record["differences"]
    assert wakes["said"] == {"here": "–", "second": "–", "third": "reports"}
    assert calms["said"] == {"here": "reports", "second": "reports", "third": "–"}
    # 18 ratings, 6 “yes”: each of the two units apart adds 2 pairs each way, over 2
    assert record["claim"]["alpha"] == pytest.approx(1 - 17 * 2 * 2 / (2 * 6 * 12))


def test_a_copy_that_was_renamed_here_or_there_still_matches(root: Path) -> None:
    second = copy(root, ADA)
    assert run("claims", "rename", "tea-wakes", "tea-rouses").exit_code == 0
    assert run("-C", second, "claims", "rename", "tea-calms", "tea-soothes").exit_code == 0
    record = json.loads(run("agreement", "--json", second).stdout)
    assert record["claim"]["alpha"] == 1.0
    assert record["claims"] == 2


@pytest.mark.parametrize(
    ("copied", "said"),
    [
        (None, "missing-file ../second:1 holds no essays"),
        (ADA.replace('"tea-calms"', '"tea-calms'), "bad-attributes ../second/essays/ada.md:12"),
        (ADA.replace("reports", "report"), "unknown-stance ../second/essays/ada.md:12"),
    ],
)
def test_a_copy_that_cannot_be_read_is_one_line(root: Path, copied: str | None, said: str) -> None:
    if copied is not None:
        copy(root, copied)
    result = run("agreement", "../second")
    assert result.exit_code == 1
    assert result.stdout.startswith(said)
    assert result.stdout.count("\n") == 1


def test_without_nltk_one_line_says_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nltk.metrics.agreement", None)
    result = run("agreement", copy(root, ADA.replace("reports", "rejects")))
    assert result.exit_code == 1
    assert result.stderr == ("Error: agreement needs NLTK — pip install 'crossclaim[agreement]'\n")


def test_recorded_figures_are_said_on_the_site_until_tags_change(root: Path) -> None:
    dealt = ADA.replace("{: #four }", "{: #four .aside }")
    make(root, {"essays/ada.md": essay(dealt), "essays/ben.md": None})
    second = copy(root, dealt.replace('"tea-calms"', '"tea-calms tea-wakes"'))
    result = run("agreement", second, "--record", "Cal: the  cat", "--tagger", "Bo")
    assert result.exit_code == 0
    text = (root / "essays/agreement.yml").read_text("utf-8")
    ((reading,), findings) = read_readings(text, "essays/agreement.yml")
    assert findings == []
    assert (reading.reader, reading.tagger, reading.passages, reading.claims) == (
        "Cal: the cat", "Bo", 4, 2,
    )  # fmt: skip
    # 8 units: yes-yes 4, yes-no 1 each way, no-no 10
    assert reading.alpha == pytest.approx(1 - 15 * 1 / (5 * 11), abs=0.0005)
    assert pipeline.check(root).findings == ()
    pipeline.write_docs(root, pipeline.check(root))
    sentence = "on which claims a paragraph carries and at α = 1.00 on the stance (4 paragraphs"
    text = (root / "docs/claims/index.md").read_text("utf-8")
    assert f"= 0.73 {sentence}" in text
    assert "Tagged by Bo. A second reader, Cal: the cat, agrees" in text
    assert "changed since" not in text
    run("claims", "rename", "tea-wakes", "tea-rouses")
    pipeline.write_docs(root, pipeline.check(root))
    assert "changed since" not in (root / "docs/claims/index.md").read_text("utf-8")
    make(root, {"essays/ada.md": essay(dealt.replace("reports", "rejects"))})  # and Ben’s
    run("claims", "rename", "tea-wakes", "tea-rouses")
    pipeline.write_docs(root, pipeline.check(root))
    text = (root / "docs/claims/index.md").read_text("utf-8")
    assert "(4 paragraphs of 1 essay, 2 claims" in text
    assert "The tags of 1 essay have changed since." in text


def test_a_reader_has_one_record_and_other_lines_stay(root: Path) -> None:
    mine = "# by hand\n- {reader: Bea, date: 2020-02-02, passages: 1, claims: 1}\n"
    (root / "essays/agreement.yml").write_text(mine)
    second = copy(root, ADA)
    for _ in range(2):
        assert run("agreement", second, "--record", "Cal").exit_code == 0
    text = (root / "essays/agreement.yml").read_text("utf-8")
    assert text.startswith(mine + '\n- reader: "Cal"\n')
    assert text.count("reader") == 2
    assert pipeline.check(root).buildable


@pytest.mark.parametrize("before", ["", "[]\n", "# nobody yet", "# nobody\r\n[]\r\n"])
def test_the_first_record(root: Path, before: str) -> None:
    (root / "essays/agreement.yml").write_bytes(before.encode())
    assert run("agreement", copy(root, ADA), "--record", "Cal").exit_code == 0
    text = (root / "essays/agreement.yml").read_bytes().decode()
    assert [r.reader for r in read_readings(text, "")[0]] == ["Cal"]
    assert text.startswith(before.partition("[")[0])
    assert text.count("\n") == text.count("\r\n") or "\r" not in text


def test_a_record_that_cannot_be_kept_is_one_line(root: Path) -> None:
    odd = "[{reader: Bea, date: 2020-02-02, passages: 1, claims: 1}]\n"
    (root / "essays/agreement.yml").write_text(odd)
    said = run("agreement", copy(root, ADA), "--record", "Cal")
    assert said.exit_code == 1
    assert said.stdout.splitlines()[-1].startswith("cannot-edit essays/agreement.yml:1 an entry")
    assert (root / "essays/agreement.yml").read_text("utf-8") == odd


def test_the_copy_for_another_tagger_has_ids_and_no_tags(root: Path) -> None:
    words = (
        '{: #one was="uno" asserts="tea-wakes" reports="tea-calms?" }\n{: tea-wakes="Tea wakes" }'
    )
    tagged = ADA.replace('{: #one asserts="tea-wakes" }', words)
    make(root, {"essays/ada.md": essay(tagged, "title: On tea\nauthor: Ada Byron\noriginal: originals/a.txt"),
                "essays/originals/a.txt": "Tea.", "essays/ben.md": None, "docs/claims/x.md": "Tea wakes"})  # fmt: skip
    before = tree(root)
    said = run("agreement", "--untagged", "../second")
    assert (said.exit_code, tree(root)) == (0, before)
    assert said.stdout == (
        "Wrote 1 essay without tags to ../second.\n"
        "Once they are tagged there: crossclaim agreement ../second\n"
    )
    made = tree(root.parent / "second")
    assert made.pop("essays/ada.md") == (
        before["essays/ada.md"]
        .replace(words.encode(), b'{: #one was="uno" }')
        .replace(b' reports="tea-calms"', b"")
        .replace(b" .aside", b"")
    )
    kept = ("essays/authors.yml", "essays/claims.yml", "essays/originals/a.txt", "mkdocs.yml")
    assert made == {file: before[file] for file in kept}
    assert {f.code for f in pipeline.check(root.parent / "second").findings} == {
        "untagged", "claim-nobody-makes",
    }  # fmt: skip
    again = run("agreement", "--untagged", "../second")
    assert again.exit_code == 1
    assert again.stdout == (
        "already-added ../second:1 this is there already, and not empty — name a new folder\n"
    )
    (root.parent / "second/essays/ada.md").write_bytes(before["essays/ada.md"])
    assert json.loads(run("agreement", "--json", "../second").stdout)["differences"] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [("Tea wakes.\n", "no-id essays/ada.md:8 1 of its paragraphs have no id"),
     ('Tea wakes.\n{: #a asserts="tea-wakes\n', "bad-attributes essays/ada.md:9")],
)  # fmt: skip
def test_no_copy_is_made_of_essays_to_be_mended(root: Path, body: str, said: str) -> None:
    make(root, {"essays/ada.md": essay(body), "essays/ben.md": None})
    result = run("agreement", "--untagged", "../second")
    assert result.exit_code == 1
    assert result.stdout.startswith(said)
    assert not (root.parent / "second").exists()


def test_a_copy_is_made_or_compared(root: Path) -> None:
    assert run("agreement").exit_code == 2
    assert run("agreement", copy(root, ADA), "--untagged", "../third").exit_code == 2


def test_no_record_of_several_copies_or_of_suggestions(root: Path) -> None:
    second = copy(root, ADA)
    assert run("agreement", second, second, "--record", "Cal").exit_code == 2
    assert run("agreement", second, "--suggestions", "--record", "Cal").exit_code == 2
    assert run("agreement", second, "--tagger", "Cal").exit_code == 2
    assert not (root / "essays/agreement.yml").exists()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("alpha: 1.3", "wrong-shape e:5 “1.3” is no alpha — write a number from -1 to 1"),
        ("alpha: high", "wrong-shape e:5 “high” is no alpha — write a number from -1 to 1"),
        ("date: yesterday", "wrong-shape e:5 “yesterday” is no date — write it as 2026-11-22"),
        ("essays: {ada: {alpha: 2}}", "wrong-shape e:5 “2” is no alpha"),
        ("essays: [ada]", "wrong-shape e:5 “essays” is no list of essays"),
        ("kappa: 1", "unknown-metadata e:5 “kappa” is no name of the format"),
    ],
)
def test_a_record_is_checked(entry: str, said: str) -> None:
    text = f"- reader: Cal\n  passages: 3\n  claims: 2\n  stance-alpha: -.2\n  {entry}\n"
    if "date" not in entry:
        text += "  date: 2026-11-22\n"
    ((reading,), findings) = read_readings(text, "e")
    assert reading.stance_alpha == -0.2
    assert [str(f).startswith(said) for f in findings] == [True]


def test_a_record_without_what_it_needs() -> None:
    (_, findings) = read_readings("- tagger: Bo\n", "e")
    assert [f.code for f in findings] == ["missing-metadata"] * 4


def test_nobody_counts_twice(root: Path) -> None:
    other = copy(root, ADA)
    for words in ([".", "--record", "Ben"], [other, "essays"], [other, f"{other}/essays"]):
        said = run("agreement", *words)
        assert said.exit_code == 2
        assert "would be compared with itself" in said.stderr
    assert not (root / "essays/agreement.yml").exists()


def test_where_both_have_dealt_with_nothing_there_is_nothing_to_record(root: Path) -> None:
    said = run("agreement", copy(root, "Tea wakes.\n{: #other }\n"), "--record", "Ben")
    assert said.exit_code == 1
    assert said.stdout.startswith("not-written essays/agreement.yml:1 no passage was dealt with")
    assert not (root / "essays/agreement.yml").exists()
