"""Claims renamed and merged: every place follows, and every other byte stays."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from collections_made import assert_refused, essay, make, tree
from crossclaim import files, pipeline
from crossclaim.cli import main
from crossclaim.content.claim_changes import merge_claims, rename_claim, retag, split_claim
from crossclaim.content.essay_edit import tagged, tags_of
from crossclaim.content.registry import read_claims, rename_in_prose, with_changed_claims
from crossclaim.content.yaml_edit import CannotEdit

CLAIMS = """\
# What people say of tea.

# It is quick.
- id: tea-wakes   # the oldest
  claim: >-
    Tea wakes
    people up.
  theme: Effects
  about: >-
    The passage says that tea makes people alert. That it soothes is tea-calms.
  opposes: [tea-calms, "tea-bores"]  # for now
- id: 'tea-calms'
  was: [tea-soothes]
  claim: "Tea calms people down."
  theme: Effects
  about: The passage says that tea makes people calm.
  supports:
    - tea-bores
    - tea-is-slow  # surely

# Dull stuff.
# (So they say.)
- id: tea-bores
  claim: Tea is dull.
  theme: Effects
  about: The passage yawns.
  # Nobody likes this one.

- {id: tea-is-slow, claim: Tea takes its time., theme: Effects, about: x, supports: tea-calms}
"""
ADA = """\
Tea wakes everybody.
{: #one asserts="tea-wakes tea-calms?" }

Tea bores me.
{: #two reports='tea-bores' asserts="tea-calms" }

- Slow tea.
  {: #three illustrates="tea-is-slow tea-calms" }
"""
AGREED = ADA.replace(' asserts="tea-calms" }', " }")  # nobody tells the two apart
ESSAYS = {"essays/claims.yml": CLAIMS, "essays/ada.md": essay(ADA), "essays/ben.md": None}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path, ESSAYS)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, ["claims", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rename(text: str, old: str, new: str) -> str:
    changed = rename_claim(read_claims(text, "")[0], old, new)
    return with_changed_claims(text, changed, {old: new})


def merge(text: str, gone: str, kept: str) -> str:
    changed = merge_claims(read_claims(text, "")[0], [gone], kept)
    return with_changed_claims(text, changed, {gone: kept})


def test_a_claim_gets_another_name_everywhere_and_keeps_its_old_address(root: Path) -> None:
    assert run("rename", "tea-calms", "tea-relaxes").stdout == (
        "“tea-calms” is now “tea-relaxes”.\n  essays/claims.yml: 5 lines\n  essays/ada.md: 3 lines\n"
    )
    assert (root / "essays/claims.yml").read_text("utf-8") == (
        CLAIMS.replace("soothes is tea-calms", "soothes is tea-relaxes")
        .replace("[tea-calms,", "[tea-relaxes,")
        .replace("id: 'tea-calms'", "id: 'tea-relaxes'")
        .replace("was: [tea-soothes]", "was: [tea-soothes, tea-calms]")
        .replace("supports: tea-calms}", "supports: tea-relaxes}")
    )
    assert (root / "essays/ada.md").read_text("utf-8") == essay(
        ADA.replace("tea-calms", "tea-relaxes").replace("'tea-bores'", '"tea-bores"')
    )
    built, failed = pipeline.build(root)
    assert ([f.code for f in built.findings], failed) == (["unreviewed"], [])
    assert "url=tea-relaxes.html" in (root / "site/claims/tea-calms.html").read_text("utf-8")
    assert "url=tea-relaxes.html" in (root / "site/claims/tea-soothes.html").read_text("utf-8")


def test_a_claim_becomes_part_of_another(root: Path) -> None:
    said = run("merge", "tea-bores", "tea-is-slow")
    assert said.stdout == (
        "“tea-bores” said, for you to fold into “tea-is-slow”:\n"
        "  claim: Tea is dull.\n"
        "  about: The passage yawns.\n"
        "“tea-bores” is now part of “tea-is-slow”.\n"
        "  essays/claims.yml: 11 lines\n"
        "  essays/ada.md: 1 line\n"
    )
    text = (root / "essays/claims.yml").read_text("utf-8")
    head, gone = CLAIMS.split("# Dull stuff.")
    assert text == (
        head.replace('"tea-bores"]', '"tea-is-slow"]').replace("    - tea-bores\n", "")
        + gone[gone.index("- {id") :].replace("tea-is-slow,", "tea-is-slow, was: [tea-bores],", 1)
    )
    essay_text = (root / "essays/ada.md").read_text("utf-8")
    assert '{: #two reports="tea-is-slow" asserts="tea-calms" }' in essay_text
    assert pipeline.check(root).buildable


def test_relations_unite_and_never_lead_to_the_claim_itself() -> None:
    after = {c.id: c for c in read_claims(merge(CLAIMS, "tea-calms", "tea-is-slow"), "")[0]}
    assert after["tea-is-slow"].supports == ("tea-bores",)
    assert after["tea-is-slow"].was == ("tea-calms", "tea-soothes")
    assert after["tea-wakes"].opposes == ("tea-is-slow", "tea-bores")
    alone = {c.id: c for c in read_claims(merge(CLAIMS, "tea-is-slow", "tea-calms"), "")[0]}
    assert alone["tea-calms"].supports == ("tea-bores",)
    none = CLAIMS.replace("    - tea-bores\n", "").replace(", supports: tea-calms", "")
    assert "supports" not in merge(none, "tea-is-slow", "tea-calms")


def test_a_relation_comes_in_below_an_about_that_changes_too() -> None:
    text = """\
- {id: x, claim: X., theme: T, about: x}
- id: a-b
  claim: A.
  theme: T
  about: x
  opposes: [x]
- id: c
  claim: C.
  theme: T
  about: >-
    Not a-b.

- id: d
  claim: D.
  theme: T
  about: x
"""
    assert merge(text, "a-b", "c").splitlines()[1:9] == [
        "- id: c", "  was: [a-b]", "  claim: C.", "  theme: T", "  about: >-", "    Not c.",
        "  opposes: [x]", "",
    ]  # fmt: skip


def test_several_claims_become_part_of_one(root: Path) -> None:
    make(root, ESSAYS | {"essays/ada.md": essay(AGREED)})
    assert (
        run("merge", "tea-bores", "tea-calms", "tea-is-slow").stdout.count("for you to fold") == 2
    )
    (_, slow), findings = read_claims((root / "essays/claims.yml").read_text("utf-8"), "")
    assert findings == []
    assert slow.was == ("tea-calms", "tea-soothes", "tea-bores")
    assert slow.supports == ()
    last = tagged((root / "essays/ada.md").read_text("utf-8"))[-1].attributes
    assert last and str(last) == '{: #three illustrates="tea-is-slow" }'


def test_the_same_stance_twice_is_once_and_reviewed_wins() -> None:
    (passage,) = tagged('---\n---\nx\n{: #a asserts="one? two" reports="one, three" }\n')
    assert passage.attributes
    same = retag(passage.attributes, {"one": ["two"], "three": ["four"]})
    assert str(same) == '{: #a asserts="two" reports="two, four" }'
    suggested = retag(same, {"four": ["five"]})
    assert tags_of(suggested)[-1][1:] == ("five", True)


def test_opposite_stances_in_one_passage_are_the_editors(root: Path) -> None:
    before = tree(root)
    said = run("merge", "tea-bores", "tea-calms")
    assert said.exit_code == 1
    assert said.stdout == (
        "cannot-merge essays/ada.md:11 “Tea bores me. …” reports “tea-bores” and asserts "
        "“tea-calms” — choose one stance for both there, then merge\n"
    )
    assert tree(root) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "tea-calm", "x"), "unknown-claim essays/claims.yml:1 “tea-calm” is not a claim in claims.yml — did you mean “tea-calms”?"),
        (("rename", "tea-soothes", "x"), "unknown-claim essays/claims.yml:1 “tea-soothes” is not a claim in claims.yml — it is “tea-calms” now"),
        (("rename", "tea-wakes", "tea-bores"), "duplicate-claim essays/claims.yml:23 the claim id “tea-bores” is in use — choose another id, or merge the two"),
        (("rename", "tea-wakes", "tea-soothes"), "duplicate-claim essays/claims.yml:12 the claim id “tea-soothes” is in use, as a former id of “tea-calms” — choose another id, or merge the two"),
        (("rename", "tea-wakes", "Tea wakes"), "bad-id essays/claims.yml:4 “Tea wakes” cannot be the id of a claim — write lower-case letters and digits, with single hyphens between words"),
        (("rename", "tea-wakes", "index"), "bad-id essays/claims.yml:4 “index” cannot be"),
        (("merge", "tea-wakes", "tea-calm"), "unknown-claim essays/claims.yml:1 “tea-calm” is not a claim"),
        (("merge", "tea", "tea-wakes"), "unknown-claim essays/claims.yml:1 “tea” is not a claim"),
        (("merge", "tea-wakes", "tea-wakes"), "cannot-merge essays/claims.yml:4 “tea-wakes” is named twice"),
        (("merge", "tea-wakes", "tea-calms"), "cannot-merge essays/claims.yml:4 “tea-wakes” opposes “tea-calms”, so they are not one claim"),
        (("merge", "tea-calms", "tea-wakes"), "cannot-merge essays/claims.yml:4 “tea-wakes” opposes “tea-calms”, so they are not one claim"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_nothing_is_written(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    assert_refused(root, lambda: run(*words), said)


def test_two_sides_of_a_third_claim_cannot_be_one(root: Path) -> None:
    sides = CLAIMS.replace("about: x, supports: tea-calms", "about: x, opposes: [tea-bores]")
    make(root, ESSAYS | {"essays/claims.yml": sides})
    said = run("merge", "tea-is-slow", "tea-calms").stdout
    assert said.startswith(
        "cannot-merge essays/claims.yml:12 “tea-calms” would both support and oppose “tea-bores”"
    )


def test_a_dry_run_shows_every_line_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    assert run("rename", "--dry-run", "tea-wakes", "tea-stirs").stdout == (
        "essays/claims.yml:4\n"
        "  - - id: tea-wakes   # the oldest\n"
        "  + - id: tea-stirs   # the oldest\n"
        "  +   was: [tea-wakes]\n"
        "essays/ada.md:9\n"
        '  - {: #one asserts="tea-wakes tea-calms?" }\n'
        '  + {: #one asserts="tea-stirs tea-calms?" }\n'
    )
    assert run("merge", "--dry-run", "tea-bores", "tea-is-slow").exit_code == 0
    assert tree(root) == before


COMMANDS = [
    ("rename", "tea-calms", "tea-relaxes"),
    ("merge", "tea-calms", "tea-is-slow"),
    ("merge", "tea-calms", "tea-bores", "tea-is-slow"),
]


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("writes", [0, 1, 2])
def test_cut_off_anywhere_the_same_command_does_the_rest(
    root: Path, words: tuple[str, ...], writes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = essay('Tea calms.\n{: #calm asserts="tea-calms tea-wakes" }\n')
    make(root, ESSAYS | {"essays/ada.md": essay(AGREED), "essays/zoe.md": more})
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
        assert "renamed-claim" in codes
        assert "unknown-claim" not in codes
    else:
        assert tree(root) == before
    assert run(*words).exit_code == 0
    done = tree(root)
    make(root, ESSAYS | {"essays/ada.md": essay(AGREED), "essays/zoe.md": more})
    assert run(*words).exit_code == 0
    assert tree(root) == done, "as if it had not been cut off"
    again = run(*words)
    assert again.stdout.startswith("Nothing to change: ")
    assert tree(root) == done


def test_back_to_the_old_name(root: Path) -> None:
    before = tree(root)
    run("rename", "tea-wakes", "tea-stirs")
    run("rename", "tea-stirs", "tea-wakes")
    after = (root / "essays/claims.yml").read_text("utf-8")
    assert after == CLAIMS.replace("oldest\n", "oldest\n  was: [tea-stirs]\n")
    assert (root / "essays/ada.md").read_bytes() == before["essays/ada.md"]


def test_an_id_that_was_never_an_address_is_not_kept(root: Path) -> None:
    bad = CLAIMS.replace("id: tea-bores", "id: Tea bores").replace("tea-bores", "Tea bores")
    make(root, ESSAYS | {"essays/claims.yml": bad})
    assert run("rename", "Tea bores", "tea-bores").exit_code == 0
    assert (root / "essays/claims.yml").read_text("utf-8") == CLAIMS


def test_windows_line_ends_and_a_file_without_a_last_one(root: Path) -> None:
    windows = CLAIMS.rstrip("\n").replace("\n", "\r\n")
    moved = rename(windows, "tea-bores", "dull-tea")
    assert moved == rename(CLAIMS, "tea-bores", "dull-tea").rstrip("\n").replace("\n", "\r\n")
    end = "- id: a\r\n  claim: A.\r\n  theme: T\r\n  about: x\r\n\r\n- claim: B.\r\n  theme: T\r\n  about: x\r\n  id: b"
    assert rename(end, "b", "c") == end[:-1] + "c\r\n  was: [b]"
    assert merge(end, "a", "b").endswith("  id: b\r\n  was: [a]")
    assert (
        merge(end, "b", "a")
        == end.partition("\r\n\r\n")[0].replace("id: a\r\n", "id: a\r\n  was: [b]\r\n") + "\r\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "- id: &it tea\n  claim: Tea.\n  theme: T\n  about: x\n- id: b\n  claim: B.\n  theme: T\n  about: x\n  opposes: [*it]\n",
        "- &all\n  id: tea\n  claim: Tea.\n  theme: T\n  about: x\n- *all\n",
    ],
)  # fmt: skip
def test_aliases_are_refused_in_one_line(root: Path, text: str) -> None:
    make(root, ESSAYS | {"essays/claims.yml": text})
    said = run("rename", "tea", "chai")
    assert said.exit_code == 1
    assert said.stdout.count("\n") == 1
    assert (root / "essays/claims.yml").read_text("utf-8") == text


def test_what_cannot_be_written_exactly_is_not_written() -> None:
    odd = "- ? id\n  : tea\n  ? claim\n  : Tea.\n  ? theme\n  : T\n  ? about\n  : x\n"
    with pytest.raises(CannotEdit):
        rename(odd, "tea", "chai")


@pytest.mark.parametrize("broken", ["- id: [", "- id: a\n  opposes: {b: c}\n", "\xff"])
def test_a_registry_that_cannot_be_read_is_one_line(root: Path, broken: str) -> None:
    (root / "essays/claims.yml").write_bytes(broken.encode("latin-1"))
    said = run("rename", "a", "b")
    assert said.exit_code == 1
    assert said.stdout.count("\n") == 1


def test_errors_elsewhere_do_not_stand_in_the_way(root: Path) -> None:
    wrong = essay(
        'Tea.\n{: #a assert="tea-wakes" }\n\nMore.\n{: #b asserts="nonsense tea-wakes" }\n'
    )
    make(root, ESSAYS | {"essays/zoe.md": wrong.replace("author: Ada Byron", "author: Nobody")})
    assert run("rename", "tea-wakes", "tea-stirs").exit_code == 0
    assert 'asserts="nonsense tea-stirs"' in (root / "essays/zoe.md").read_text("utf-8")


def test_entries_in_braces_on_their_own_lines() -> None:
    flow = """\
\ufeff[
  {id: a, claim: A., theme: T, about: x, opposes: [c, b], supports: []},  # one
  {"id": "b", "claim": "B.", "theme": "T", "about": "See c-c.", "opposes": ["c",
    "c-c"]},
  {id: c, claim: C., theme: T, about: x}, {id: c-c, claim: D., theme: T, about: x},
]
"""
    assert rename(flow, "c-c", "d") == flow.replace("c-c", "d").replace(
        "{id: d,", "{id: d, was: [c-c],"
    )
    assert merge(flow, "c", "c-c") == flow.replace("[c, b]", "[c-c, b]").replace(
        '["c",\n    "c-c"]', '["c-c"]'
    ).replace("{id: c, claim: C., theme: T, about: x}, {id: c-c,", "{id: c-c, was: [c],")
    assert merge(flow, "c-c", "a").endswith(
        '"about": "See a.", "opposes": ["c",\n    "a"]},\n'
        "  {id: c, claim: C., theme: T, about: x},\n]\n"
    )
    apart = flow.replace("[c, b]", "c")
    assert "  # one\n" in merge(apart, "b", "a")


def test_single_words_in_prose_are_words() -> None:
    assert rename_in_prose("tea is tea-calms, not tea-calms-all", {"tea-calms": "calm"}) == (
        "tea is calm, not tea-calms-all"
    )
    assert rename_in_prose("tea", {"tea": "chai"}) == "tea"


NAMES = ("a", "b-c", "null", "2024", "é")
quotes = st.sampled_from(["", "'", '"'])


@st.composite
def registries(draw: st.DrawFn) -> str:
    """Registries in every style an editor may write."""
    ids = draw(st.permutations(NAMES))[: draw(st.integers(2, len(NAMES)))]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    margin = draw(st.sampled_from(["", "  "]))
    lines = draw(st.sampled_from([[], ["# head", ""], ["# head"]]))

    def name(text: str) -> str:
        mark = '"' if text == "null" else draw(quotes)
        return f"{mark}{text}{mark}"

    def listed(own: str, key: str, ids: list[str]) -> list[str]:
        others = [n for n in ids if n != own]
        match draw(st.sampled_from(["flow", "block", "scalar", "none", "empty"])):
            case "flow" if others:
                return [f"{key}: [{', '.join(map(name, others))}]" + draw(note)]
            case "block" if others:
                return [f"{key}:" + draw(note), *(f"- {name(n)}{draw(note)}" for n in others)]
            case "scalar" if others:
                return [f"{key}: {name(others[0])}"]
            case "empty":
                return [f"{key}:" + draw(st.sampled_from(["", " []", ' ""']))]
        return []

    note = st.sampled_from(["", "  # note"])
    some = st.lists(st.sampled_from(ids), unique=True, max_size=3)
    for own in ids:
        fields = [[f"id: {name(own)}{draw(note)}"], [f"claim: The {own}."], ["theme: T"]]
        fields += [
            ["about: >-", f"  Of {own}", "  or not b-c."],
            listed(own, "opposes", draw(some)),
        ]
        fields += [listed(own, "supports", draw(some))]
        if draw(st.booleans()):
            fields.append(listed("", "was", [f"old-{own}"]))
        fields = draw(st.permutations([f for f in fields if f]))
        flat = [line for f in fields for line in f]
        if draw(st.booleans()):
            lines.append(f"{margin}# of {own}")
        lines += [f"{margin}- {flat[0]}", *(f"{margin}  {line}" for line in flat[1:])]
        if draw(st.booleans()):
            lines.append("")
    return end.join(lines) + draw(st.sampled_from(["", end]))


Listed = tuple[str, ...]


def values(text: str) -> Mapping[str, tuple[str, str, Listed, Listed, Listed]]:
    claims, findings = read_claims(text, "")
    assert {f.code for f in findings} <= {"bad-id", "wrong-shape"}, findings
    return {c.id: (c.sentence, c.about, c.opposes, c.supports, c.was) for c in claims}


@given(registries(), st.data())
def test_whatever_the_style_a_rename_says_what_it_should_and_can_be_taken_back(
    text: str, data: st.DataObject
) -> None:
    old = data.draw(st.sampled_from(sorted(values(text))))
    new = data.draw(st.sampled_from(["x-1", "y-z"]))  # in prose a single word is no id
    made = rename(text, old, new)
    assert old not in values(made)
    assert old in values(made)[new][4]
    kept = [line for line in text.splitlines() if "#" in line]
    comments = [line.partition("#")[2] for line in kept]
    assert [line.partition("#")[2] for line in made.splitlines() if "#" in line] == comments
    assert len(made.splitlines()) <= len(text.splitlines()) + 1
    back = values(rename(made, new, old))
    assert {k: v[:4] for k, v in back.items()} == {k: v[:4] for k, v in values(text).items()}


@given(registries(), st.data())
def test_whatever_the_style_a_merge_says_what_it_should(text: str, data: st.DataObject) -> None:
    ids = data.draw(st.permutations(sorted(values(text))))
    gone, kept = ids[:2]
    before, after = values(text), values(merge(text, gone, kept))
    assert set(after) == set(before) - {gone}
    assert gone in after[kept][4]
    for name, (sentence, _, opposes, supports, _) in after.items():
        assert sentence == before[name][0]
        for held in (opposes, supports):
            assert gone not in held
            assert name not in held
            assert len(set(held)) == len(held)
    assert set(after[kept][2]) == {*before[kept][2], *before[gone][2]} - {gone, kept}
    comments = [line for line in text.splitlines() if line.strip() == "# head"]
    assert [x for x in merge(text, gone, kept).splitlines() if x.strip() == "# head"] == comments


@given(registries(), st.data())
def test_whatever_the_style_a_split_says_what_it_should(text: str, data: st.DataObject) -> None:
    before = values(text)
    old, other = data.draw(st.permutations(sorted(before)))[:2]
    heirs = data.draw(
        st.permutations([*data.draw(st.sampled_from([[], [old], [other]])), "x", "y"])
    )
    made = with_changed_claims(text, split_claim(read_claims(text, "")[0], old, heirs), {})
    after = values(made)
    assert set(after) == ({*before, *heirs} - {old}) | ({old} & set(heirs))
    names = list(after)
    assert [n for n in names if n in before] == [n for n in before if n in after]
    first = list(before).index(old)
    put_in = [n for n in heirs if n not in before]
    assert names[first + (old in heirs) :][: len(put_in)] == put_in
    for name in heirs:
        former = after[name][4]
        assert (old in former) == (old not in heirs)
        if name not in before:
            assert after[name][:2] == before[old][:2]
            assert after[name][2] == tuple(n for n in before[old][2] if n not in (old, name))
    for name in set(before) - {old, *heirs}:
        assert after[name] == before[name]
    notes = [line.partition("#")[2] for line in text.splitlines() if "#" in line]
    assert [line.partition("#")[2] for line in made.splitlines() if "#" in line] == notes
