"""What a review does to the editor's files: only what was asked for, and all of it can be undone."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_made import CLAIMS, essay
from crossclaim.content.essay_edit import tags_of
from crossclaim.content.registry import read_claims
from crossclaim.content.tag_line import Attributes, parse
from crossclaim.model import Stance
from crossclaim.reviewing.actions import (
    Accept,
    AcceptAll,
    Action,
    Add,
    NewClaim,
    Refusal,
    Reject,
    RejectAll,
    Remove,
    Restance,
    SetAside,
    TakeUp,
    apply_action,
)
from crossclaim.reviewing.claim_search import matching_claims, nearest_claims
from crossclaim.reviewing.file_passages import file_passages, only_tag_line_changed, relocate
from crossclaim.reviewing.forms import parse_action, proposed_sentence
from crossclaim.reviewing.history import History, ReviewChange, change_by
from crossclaim.reviewing.new_claim import with_claim

FILE, REGISTRY = "essays/ada.md", "essays/claims.yml"
TEXT = essay(
    """\
    # Morning

    Tea wakes everybody.
    {:#tea asserts=tea-wakes? reports="tea-calms?,  tea-wakes" }

    Here is why:

    - It is hot.
      {: .strong #hot illustrates='tea-wakes' }
    - It is dear, and nobody minds.
    - It is dear, and nobody minds.

    > They say it calms,
    and they say it often.

    Broken.
    {: #broken asserts="never closed }

    The end
    """
).rstrip("\n")
NEW = NewClaim(
    "tea-is-dear", "Tea is dear.", "Money", "The passage says that it costs.", Stance.ASSERTS
)

claims = st.sampled_from(["tea-wakes", "tea-calms"])
stances = st.sampled_from(list(Stance))
actions: st.SearchStrategy[Action] = st.one_of(
    st.builds(Accept, claims, stances),
    st.builds(Reject, claims, stances),
    st.builds(Restance, claims, stances, stances, st.booleans()),
    st.builds(Add, claims, stances),
    st.builds(Remove, claims, stances),
    st.sampled_from([AcceptAll(), RejectAll(), SetAside(), TakeUp(), NEW]),
)


def done(
    files: Mapping[str, str], number: int, action: Action
) -> tuple[dict[str, str], ReviewChange]:
    """The files after an action on a passage, and the change."""
    spot = file_passages(files[FILE])[number - 1]
    change = change_by(action, files, FILE, spot, "")
    return change.apply(files), change


def tag_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if "{:" in line]


@given(
    st.sampled_from(["\n", "\r\n"]),
    st.lists(st.tuples(st.integers(1, 8), actions), max_size=12),
)
def test_as_many_undos_as_actions_give_the_files_back_to_the_byte(
    end: str, chosen: list[tuple[int, Action]]
) -> None:
    start = {FILE: TEXT.replace("\n", end), REGISTRY: CLAIMS}
    states, history = [start], History()
    for number, action in chosen:
        try:
            after, change = done(states[-1], number, action)
        except Refusal:
            continue
        assert bool(change.edits) == (after != states[-1])
        if change.edits:
            states.append(after)
            history = history.push(change)
    last = states[-1]
    for expected in reversed(states[:-1]):
        last = history.done[-1].inverse().apply(last)
        assert last == expected
        history = history.undo()
    for expected in states[1:]:
        last = history.undone[-1].apply(last)
        assert last == expected
        history = history.redo()


@given(st.integers(1, 8), actions)
def test_an_action_changes_its_passages_tag_line_and_nothing_else(
    number: int, action: Action
) -> None:
    files = {FILE: TEXT, REGISTRY: CLAIMS}
    try:
        after, change = done(files, number, action)
    except Refusal:
        return
    before, now = file_passages(TEXT), file_passages(after[FILE])
    assert [s.text for s in now] == [s.text for s in before]
    for one, other in zip(before, now, strict=True):
        if one.number != number:
            assert other.written == one.written
    assert len(after[FILE].splitlines()) - len(TEXT.splitlines()) in (0, 1)
    assert after[REGISTRY].startswith(CLAIMS)
    if change.edits:
        attributes = now[number - 1].attributes
        assert attributes
        assert attributes.id
        assert not (attributes.aside and tags_of(attributes))


scraps = st.sampled_from(
    ["", "", "text", "more text", "# head", "> quoted", "> > deeper", "- item", "  under it", "1. one",
     "   {: .aside }", "  {: asserts='tea-wakes?' }", "> {: #q reports=tea-calms }", "{: #a }", "{: }",
     "    code", "\ttab", "```", "---", "<div>", "| a | b |", "|---|---|", "[^n]: note", "lazy", "- "]
)  # fmt: skip


@given(st.lists(scraps, max_size=12), st.sampled_from(["\n", "\r\n"]), st.integers(0, 9), actions)
def test_however_a_file_is_written_one_tag_line_changes_or_nothing_does(
    body: list[str], end: str, which: int, action: Action
) -> None:
    files = {FILE: end.join(["---", "title: x", "---", *body]), REGISTRY: CLAIMS}
    before = file_passages(files[FILE])
    if not before:
        return
    number = which % len(before) + 1
    try:
        after, change = done(files, number, action)
    except Refusal:
        return
    for one, other in zip(before, file_passages(after[FILE]), strict=True):
        assert one.text == other.text
        assert one.written == other.written or one.number == number
    assert change.inverse().apply(after) == files


names = st.sampled_from(["one", "one?", "two", "two?"])
lines = st.lists(st.tuples(stances, st.lists(names, min_size=1, max_size=3)), max_size=3)


@given(lines, st.booleans(), actions)
def test_reviewed_tags_change_only_by_actions_on_them(
    pairs: list[tuple[Stance, list[str]]], aside: bool, action: Action
) -> None:
    # The same two claims, so that actions meet the tags.
    def named(name: str) -> str:
        return name.replace("one", "tea-wakes").replace("two", "tea-calms")

    before = Attributes(
        "a", ("aside",) if aside else (), tuple((s, " ".join(map(named, v))) for s, v in pairs)
    )
    try:
        after = apply_action(before, action)
    except Refusal:
        assert isinstance(action, SetAside)
        return
    gone = {t for t in tags_of(before) if t[2]} - set(tags_of(after))
    match action:
        case Remove(claim, stance) | Restance(claim, stance, _, True):
            assert gone <= {(stance, claim, True)}
        case _:
            assert not gone
    if isinstance(action, AcceptAll | RejectAll | SetAside):
        assert all(reviewed for _, _, reviewed in tags_of(after)) or after == before


def test_a_suggestion_is_accepted_where_it_stands() -> None:
    after, _ = done({FILE: TEXT, REGISTRY: CLAIMS}, 1, Accept("tea-calms", Stance.REPORTS))
    assert tag_lines(after[FILE])[0] == (
        '{: #tea asserts="tea-wakes?" reports="tea-calms tea-wakes" }'
    )


def test_another_stance_accepts_a_suggestion() -> None:
    before = parse('{: #a asserts="one? two" }')
    after = apply_action(before, Restance("one", Stance.ASSERTS, Stance.CONCEDES, reviewed=False))
    assert str(after) == '{: #a asserts="two" concedes="one" }'


def test_setting_aside_takes_suggestions_and_leaves_what_was_reviewed() -> None:
    assert str(apply_action(parse('{: #a asserts="one?" }'), SetAside())) == "{: #a .aside }"
    with pytest.raises(Refusal, match="carries a claim"):
        apply_action(parse('{: #a asserts="one" }'), SetAside())


def test_what_is_given_a_claim_is_no_aside() -> None:
    after = apply_action(parse("{: #a .aside }"), Add("one", Stance.ASSERTS))
    assert str(after) == '{: #a asserts="one" }'


def test_a_passage_without_an_id_is_given_one_with_its_first_tag() -> None:
    files = {FILE: TEXT, REGISTRY: CLAIMS}
    files, _ = done(files, 4, Add("tea-wakes", Stance.ASSERTS))
    files, _ = done(files, 5, Add("tea-wakes", Stance.ASSERTS))
    files, _ = done(files, 6, Add("tea-calms", Stance.REPORTS))
    assert '  {: #it-is-dear-and asserts="tea-wakes" }\n' in files[FILE]
    assert '  {: #it-is-dear-and-nobody asserts="tea-wakes" }\n' in files[FILE]
    assert '{: #they-say-it-calms reports="tea-calms" }' in files[FILE]


def test_an_unreadable_tag_line_is_left_to_an_editor() -> None:
    with pytest.raises(Refusal, match=r"cannot be read: mend it in an editor, at essays/ada\.md:"):
        done({FILE: TEXT, REGISTRY: CLAIMS}, 7, AcceptAll())


def test_a_passage_is_found_again_by_its_id_or_by_being_the_same() -> None:
    before = file_passages(TEXT)
    after = file_passages(TEXT.replace("Here is why:", "First of all.\n\nHere is why:"))
    assert [s.key for s in before] == ["tea", "~2", "hot", "~4", "~5", "~6", "~7", "~8"]
    assert relocate(after, "hot", "whatever") == after[3]
    moved = relocate(after, "~6", before[5].version)
    assert moved is not None
    assert moved.text == before[5].text
    # Two that are alike: rather none than the wrong one.
    assert relocate(after, "~4", before[3].version) is None


def test_a_change_of_another_passage_or_text_is_noticed() -> None:
    other = TEXT.replace("#hot", "#hat")
    assert only_tag_line_changed(TEXT, other, 3)
    assert not only_tag_line_changed(TEXT, other, 1)
    assert not only_tag_line_changed(TEXT, TEXT.replace("Tea wakes", "Tea makes"), 1)
    assert not only_tag_line_changed(TEXT, TEXT + "\n\nMore.", 1)


def test_undo_after_an_edit_elsewhere_keeps_it_and_after_one_here_is_refused() -> None:
    files = {FILE: TEXT, REGISTRY: CLAIMS}
    after, change = done(files, 1, AcceptAll())
    elsewhere = {**after, FILE: "\n" + after[FILE].replace("The end", "The very end")}
    undone = change.inverse().apply(elsewhere)
    assert undone[FILE] == "\n" + TEXT.replace("The end", "The very end")
    here = {**after, FILE: after[FILE].replace("wakes everybody", "wakes nobody")}
    with pytest.raises(Refusal, match="was changed in its file since"):
        change.inverse().apply(here)


@pytest.mark.parametrize(
    "registry",
    [
        CLAIMS,
        CLAIMS.rstrip("\n"),
        CLAIMS.replace("\n", "\r\n"),
        CLAIMS.replace("- id: tea-calms", "\n- id: tea-calms") + "\n# The last line\n",
        "  " + CLAIMS.replace("\n", "\n  ").rstrip(" "),
        "- {id: a, claim: A b c., theme: T, about: x}\n",
        "# Nothing yet\n",
        "",
    ],
    ids=["usual", "no-end", "windows", "spaced", "indented", "flow", "comment", "empty"],
)
@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("Tea is dear.", "It says so."),
        ("“Tea”: is it #1, or not? 'No'", "- a: b # c, and so on " + "word " * 60 + "end."),
        ("1984", "yes"),
        ("Ü — 茶は高い。", "言う。"),
    ],
)
def test_a_new_claim_stands_at_the_end_of_the_registry_and_every_byte_before_stays(
    registry: str, sentence: str, about: str
) -> None:
    new = NewClaim("tea-is-dear", sentence, "Money: all", about.strip(), Stance.ASSERTS)
    lead, entry = with_claim(registry, new)
    after, found_wrong = read_claims(registry + lead + entry, REGISTRY)
    assert not found_wrong
    assert (after[-1].id, after[-1].sentence, after[-1].theme, after[-1].about) == (
        "tea-is-dear", sentence, "Money: all", about.strip(),
    )  # fmt: skip
    assert after[:-1] == read_claims(registry, REGISTRY)[0]
    assert ("\r\n" in entry) == ("\r\n" in registry)


@pytest.mark.parametrize(
    ("registry", "new", "why"),
    [
        (CLAIMS, NewClaim("tea-wakes", "Tea is dear.", "M", "x", Stance.ASSERTS), "in use"),
        (CLAIMS, NewClaim("t", "tea, wakes PEOPLE up!", "M", "x", Stance.ASSERTS), "has this sentence already, as “tea-wakes”"),
        (CLAIMS, NewClaim("t", "Tea is dear.", "", "x", Stance.ASSERTS), "lacks its theme"),
        (CLAIMS, NewClaim("T t", "Tea is dear.", "M", "x", Stance.ASSERTS), "cannot be an id"),
        (CLAIMS + "  was: [old]\n", NewClaim("old", "Tea is dear.", "M", "x", Stance.ASSERTS), "in use"),
        ("[{id: a, claim: A., theme: T, about: x}]", NEW, "takes no entry at its end"),
        ("- id: [", NEW, "has errors"),
        (CLAIMS, NewClaim("t", "Tea \x00 is dear.", "M", "x \x07", Stance.ASSERTS), "takes no entry at its end"),
    ],
)  # fmt: skip
def test_no_twin_and_nothing_half_is_made(registry: str, new: NewClaim, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        with_claim(registry, new)


def test_claims_are_found_by_the_beginnings_of_words_wherever_they_stand() -> None:
    known, _ = read_claims(CLAIMS, REGISTRY)
    assert [c.id for c in matching_claims("calm down", known)] == ["tea-calms"]
    assert [c.id for c in matching_claims("alert", known)] == ["tea-wakes"]
    assert [c.id for c in matching_claims("Téa", known)] == ["tea-wakes", "tea-calms"]
    assert matching_claims("kettle", known) == ()
    wakes, calms = known
    named = (wakes, replace(calms, label="A cup for people", also=("kettle",)))
    assert [c.id for c in matching_claims("peop", named)] == ["tea-calms", "tea-wakes"], "by label"
    assert [c.id for c in matching_claims("kettle", named)] == ["tea-calms"]
    assert matching_claims("", known) == ()


def test_the_nearest_claim_shares_the_rarest_words() -> None:
    known, _ = read_claims(CLAIMS, REGISTRY)
    assert nearest_claims("People are calmed by it.", known)[0].id == "tea-calms"
    assert nearest_claims("Nobody waked up.", known)[0].id == "tea-wakes"
    assert nearest_claims("Xylophones!", known) == ()


def test_the_nearest_claim_is_told_by_stems_of_the_essays_language_and_of_english() -> None:
    german = CLAIMS + "- {id: haus, claim: Alte Häuser kosten viel., theme: Geld, about: Preis.}\n"
    known, _ = read_claims(german, REGISTRY)
    assert nearest_claims("Mein Haus war teuer.", known) == ()
    assert nearest_claims("Mein Haus war teuer.", known, "de")[0].id == "haus"
    assert nearest_claims("Everybody was calmed.", known, "de")[0].id == "tea-calms"


def test_a_rarer_word_makes_a_nearer_claim() -> None:
    more = "".join(
        f"- {{id: tea-{n}, claim: Tea number {n} is dear., theme: Money, about: Cost.}}\n"
        for n in range(5)
    )
    known, _ = read_claims(more + CLAIMS, REGISTRY)
    assert nearest_claims("Dear tea calms.", known)[0].id == "tea-calms"


def test_a_new_claims_sentence_is_the_passages_first_that_says_something() -> None:
    assert proposed_sentence("No! Tea is dear. It is hot.") == "Tea is dear."
    assert proposed_sentence("“Tea is dear,” he said") == "“Tea is dear,” he said"
    assert proposed_sentence("Oh no! Tea is dear, he said") == "Tea is dear, he said"
    assert proposed_sentence("Oh. No. Oh!") == "Oh. No. Oh!"


def test_a_form_without_sense_is_refused() -> None:
    for form in ({}, {"do": "accept"}, {"do": "accept", "claim": "x", "stance": "loves"}):
        with pytest.raises(Refusal):
            parse_action(form, {})
    made_up = parse_action({"do": "new", "sentence": "Tea  is dear.", "stance": "asserts"}, {})
    assert isinstance(made_up, NewClaim)
    assert (made_up.id, made_up.sentence) == ("tea-is-dear", "Tea is dear.")
