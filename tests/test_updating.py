"""An original comes again: what only one side changed is changed; ids and tags go with their words."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from collections_made import make
from crossclaim.cli import main
from crossclaim.content.essay_edit import TaggedText, retagged, tagged, tags_of
from crossclaim.content.tag_line import Attributes
from crossclaim.importing.compose import essay_text
from crossclaim.importing.document import Block, Document, Kind, Note, Run
from crossclaim.importing.update import alignment
from crossclaim.importing.update.alignment import align, moved
from crossclaim.importing.update.changes import Change, ChangeKind
from crossclaim.importing.update.choice import Sought, choose
from crossclaim.importing.update.front_matter import update_front_matter
from crossclaim.importing.update.three_way import merge_texts, merge_versions
from crossclaim.importing.update.update import ExistingEssay, read_existing
from crossclaim.model import Place
from crossclaim.names import words

VOCABULARY = [
    "kettle",
    "steam",
    "teapot",
    "morning",
    "whistle",
    "water",
    "leaf",
    "cup",
    "house",
    "silence",
    "kitchen",
    "friend",
    "window",
    "garden",
    "boils",
    "waits",
    "sings",
    "wakes",
    "cools",
    "fills",
    "breaks",
    "shines",
    "leans",
    "warms",
    "never",
    "often",
    "always",
    "slowly",
    "again",
    "seldom",
    "gladly",
    "the",
    "a",
    "of",
    "in",
    "under",
    "behind",
    "and",
    "but",
    "or",
    "because",
    "while",
    "until",
    "old",
    "new",
    "loud",
    "quiet",
    "green",
    "brass",
    "heavy",
    "light",
    "cracked",
    "patient",
    "early",
    "late",
    "bitter",
    "sweet",
    "every",
    "second",
    "hundred",
    "reason",
    "price",
]


def paragraph(seed: int, size: int = 24) -> str:
    chosen = random.Random(seed).choices(VOCABULARY, k=size)
    return " ".join(chosen).capitalize() + "."


def document(*texts: str, notes: tuple[Note, ...] = ()) -> Document:
    blocks = tuple(
        Block(Kind.HEADING, (Run(text[3:]),), level=2)
        if text.startswith("## ")
        else Block(Kind.BULLET, (Run(text[2:]),), level=1)
        if text.startswith("- ")
        else Block(Kind.PARAGRAPH, (Run(text),))
        for text in texts
    )
    return Document("On kettles", "Zoë Čapek", blocks, notes=notes)


def essay(base: Document) -> str:
    """The essay of a document, every passage tagged with a claim called like its id."""
    return retagged(
        essay_text(base, "originals/kettles.txt"),
        lambda a: Attributes(a.id, (), (("asserts", f"says-{a.id}"),)),
    )


def by_id(text: str) -> dict[str, TaggedText]:
    return {p.attributes.id: p for p in tagged(text) if p.attributes}


def kinds(changes: tuple[Change, ...]) -> list[str]:
    return [change.kind.value for change in changes]


A, B, C, D, E = (paragraph(seed) for seed in range(5))


def ids_of(*texts: str) -> list[str]:
    return [p.attributes.id for p in tagged(essay(document(*texts))) if p.attributes]


def test_the_same_original_changes_nothing() -> None:
    base = document(A, "## A heading", B, "- " + C, "- " + D, E)
    assert merge_versions(essay(base), base, base) == (essay(base), ())


def test_an_edited_paragraph_keeps_id_and_tags() -> None:
    base, new = document(A, B, C), document(A, B.replace(".", " for all of us."), C)
    text, changes = merge_versions(essay(base), base, new)
    assert kinds(changes) == ["edited"]
    assert text == essay(base).replace(B, B.replace(".", " for all of us."))


def test_moved_paragraphs_take_their_tags_along() -> None:
    base, new = document(A, B, C, D), document(A, C, D, B)
    text, changes = merge_versions(essay(base), base, new)
    assert by_id(text).keys() == by_id(essay(base)).keys()
    assert [p.text for p in tagged(text)] == [A, C, D, B]
    assert kinds(changes) == ["moved"]
    for name, passage in by_id(essay(base)).items():
        assert by_id(text)[name].text == passage.text
        assert by_id(text)[name].attributes == passage.attributes


def test_a_split_paragraphs_tags_stay_and_are_suggested_for_the_rest() -> None:
    whole = f"{B} {C}"
    base, new = document(A, whole, D), document(A, B, C, D)
    text, changes = merge_versions(essay(base), base, new)
    _, first, second, _ = tagged(text)
    name = ids_of(A, whole)[1]
    assert first.attributes == Attributes(name, (), (("asserts", f"says-{name}"),))
    assert second.attributes and second.attributes.pairs == (("asserts", f"says-{name}?"),)
    assert kinds(changes) == ["split"]


def test_a_short_first_piece_does_not_take_the_id() -> None:
    base, new = document(A, f"Here is why. {B}"), document(A, "Here is why.", B)
    text, _ = merge_versions(essay(base), base, new)
    assert by_id(text)[ids_of(A, f"Here is why. {B}")[1]].text == B


def test_merged_paragraphs_keep_every_tag_and_both_addresses() -> None:
    base, new = document(A, B, C, D), document(A, f"{B} {C}", D)
    text, changes = merge_versions(essay(base), base, new)
    one, other = ids_of(A, B, C)[1:]
    attributes = by_id(text)[one].attributes
    assert attributes and attributes.was == (other,)
    assert {claim for _, claim, _ in tags_of(attributes)} == {f"says-{one}", f"says-{other}"}
    assert kinds(changes) == ["merged"]


def test_the_editors_and_the_authors_changes_both_count() -> None:
    base = document(A, B, C)
    mine = essay(base).replace(B.split()[0], f"*{B.split()[0]}*", 1)
    new = document(A, B.replace(".", " at last."), C)
    text, changes = merge_versions(mine, base, new)
    assert f"*{B.split()[0]}*" in text
    assert "at last." in text
    assert kinds(changes) == ["edited"]


def test_where_both_changed_the_same_words_the_editors_stay() -> None:
    base = document(A, B, C)
    last = B.split()[-1]
    mine = essay(base).replace(last, "mine.")
    text, changes = merge_versions(mine, base, document(A, B.replace(last, "theirs."), C))
    assert text == mine
    assert kinds(changes) == ["conflict"]
    assert changes[0].open


def test_what_the_editor_took_out_stays_out() -> None:
    base = document(A, "Share this essay.", B)
    mine = re.sub(r"Share this essay\.\n\{.*\}\n\n", "", essay(base))
    text, changes = merge_versions(mine, base, document(A, "Share this essay.", B, C))
    assert "Share" not in text
    assert kinds(changes) == ["left out", "new"]


def test_what_the_editor_put_in_stays_in() -> None:
    base = document(A, B)
    mine = essay(base) + "\nAn editor's note.\n{: #note .aside }\n"
    text, _ = merge_versions(mine, base, document(A, B, C))
    assert "An editor's note.\n{: #note .aside }" in text
    assert C in text


def test_a_paragraph_that_is_gone_stays_if_it_was_tagged_and_is_named() -> None:
    base = document(A, B, C)
    text, changes = merge_versions(essay(base), base, document(A, C))
    assert text == essay(base)
    assert kinds(changes) == ["unplaced"]
    untagged = essay_text(base, "originals/kettles.txt")
    text, changes = merge_versions(untagged, base, document(A, C))
    assert B not in text
    assert kinds(changes) == ["removed"]


def test_two_candidates_are_no_match() -> None:
    old = "The first thing to say of kettles is that they are loud."
    one = "The first thing to say of kettles is that they are cheap."
    two = "The first thing to say of kettles is that they are heavy."
    base, new = document(A, old, B), document(A, one, two, B)
    text, changes = merge_versions(essay(base), base, new)
    assert sorted(kinds(changes)) == ["new", "new", "unplaced"]
    assert by_id(text)[ids_of(A, old)[1]].text == old


def test_another_paragraph_in_the_same_place_is_not_the_old_one() -> None:
    base, new = document(A, B, C), document(A, D, C)
    text, changes = merge_versions(essay(base), base, new)
    assert by_id(text)[ids_of(A, B)[1]].text == B
    assert sorted(kinds(changes)) == ["new", "unplaced"]


def test_lists_and_quotations_change_in_place() -> None:
    quoted = Document(
        "On kettles",
        "Zoë Čapek",
        (
            Block(Kind.PARAGRAPH, (Run(A),)),
            Block(Kind.PARAGRAPH, (Run(B),), quoted=1),
            Block(Kind.PARAGRAPH, (Run(C),), quoted=1),
            Block(Kind.NUMBERED, (Run(D),), marker="1.", level=1),
            Block(Kind.NUMBERED, (Run(E),), marker="2.", level=1),
        ),
    )
    changed = Document(
        "On kettles",
        "Zoë Čapek",
        tuple(
            Block(b.kind, (Run(b.text + " So be it."),), b.marker, b.level, b.quoted)
            for b in quoted.blocks
        ),
    )
    text, changes = merge_versions(essay(quoted), quoted, changed)
    assert kinds(changes) == ["edited"] * 5
    assert by_id(text).keys() == by_id(essay(quoted)).keys()
    expected = essay(changed)
    for old, new in zip(by_id(essay(changed)), by_id(essay(quoted)), strict=True):
        expected = expected.replace(f"{{: #{old} ", f"{{: #{new} ").replace(
            f"says-{old}", f"says-{new}"
        )
    assert text == expected


def test_footnotes_are_brought_up_to_date() -> None:
    def noted(words: str) -> Document:
        block = Block(Kind.PARAGRAPH, (Run(A), Run("", note="1")))
        return Document("On kettles", "Zoë Čapek", (block,), notes=(Note("1", (Run(words),)),))

    text, _ = merge_versions(essay(noted("See above.")), noted("See above."), noted("See below."))
    assert "[^1]: See below." in text
    assert "above" not in text


def test_without_the_former_original_the_new_text_counts() -> None:
    text, changes = merge_versions(
        essay(document(A, B)), None, document(A, B.replace(".", " today."), C)
    )
    assert kinds(changes) == ["edited", "new"]
    assert [p.text for p in tagged(text)] == [A, B.replace(".", " today."), C]


texts = st.lists(st.integers(0, 400), min_size=1, max_size=9, unique=True).map(
    lambda seeds: [paragraph(seed, 8 + seed % 30) for seed in seeds]
)


@given(texts, st.randoms(use_true_random=False))
def test_ids_follow_their_words_through_any_changes(old: list[str], chance: random.Random) -> None:
    new, origin = list[str](), list[set[int]]()
    for number in (
        chance.sample(range(len(old)), len(old)) if chance.random() < 0.3 else range(len(old))
    ):
        kind = chance.choice(["keep", "keep", "edit", "split", "merge", "drop", "before"])
        own = old[number].split()
        if kind == "before":
            new.append(paragraph(chance.randrange(1000, 9999), 20))
            origin.append(set())
        if kind == "edit":
            own[chance.randrange(len(own))] = chance.choice(["astonishing", "unheard", "remote"])
        if kind == "drop":
            continue
        if kind == "split" and len(own) > 12:
            half = len(own) // 2
            new += [" ".join(own[:half]), " ".join(own[half:])]
            origin += [{number}, {number}]
        elif kind == "merge" and new and origin[-1]:
            new[-1] += " " + " ".join(own)
            origin[-1] = origin[-1] | {number}
        else:
            new.append(" ".join(own))
            origin.append({number})
    if not new:
        return
    base = document(*old)
    text, changes = merge_versions(essay(base), base, document(*new))
    found_ids = by_id(text)
    named = {
        name
        for p in found_ids.values()
        if p.attributes
        for name in (p.attributes.id, *p.attributes.was)
    }
    unplaced = {c.name.removeprefix("#") for c in changes if c.open}
    for number, name in enumerate(ids_of(*old)):
        assert name in named, "every address still leads somewhere"
        home = next(
            p
            for p in found_ids.values()
            if p.attributes and name in (p.attributes.id, *p.attributes.was)
        )
        assert home.attributes and f"says-{name}" in {
            claim for _, claim, _ in tags_of(home.attributes)
        }
        if name in unplaced:
            assert words(home.text) == words(old[number]), "what is not placed is as it was"
        else:
            places = [i for i, other in enumerate(new) if words(other) == words(home.words)]
            assert any(number in origin[i] for i in places), "and never to another paragraph"


@given(texts)
def test_a_text_is_aligned_with_itself(texts: list[str]) -> None:
    links = align(texts, texts)
    assert [(link.old, link.new) for link in links] == [
        (number, number) for number in range(len(texts))
    ]
    assert all(link.of_old == link.of_new == 1.0 for link in links)
    assert not moved(links)


sentences = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)


@given(sentences, sentences)
def test_a_change_on_one_side_is_the_result(base: str, changed: str) -> None:
    assert merge_texts(base, changed, base) == changed
    assert merge_texts(base, base, changed) == changed
    assert merge_texts(base, changed, changed) == changed


@given(sentences, sentences, sentences)
def test_merging_does_not_ask_who_is_who(base: str, one: str, other: str) -> None:
    assert merge_texts(base, one, other) == merge_texts(base, other, one)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Tea wakes us.", "Tea never wakes anybody.", None),
        (
            "Black tea wakes everybody.",
            "Tea wakes everybody at night.",
            "Black tea wakes everybody at night.",
        ),
    ],
)
def test_changes_that_meet_are_no_merge(one: str, other: str, expected: str | None) -> None:
    assert merge_texts("Tea wakes everybody.", one, other) == expected


def test_every_kind_of_change_has_its_word() -> None:
    assert len({kind.value for kind in ChangeKind}) == len(ChangeKind)


def test_a_changed_paragraph_is_compared_with_few_others() -> None:
    chance = random.Random(3)
    old = [" ".join(chance.choices(VOCABULARY, k=12)) + f" for {n} of them" for n in range(300)]
    new = [text.replace(" of ", " out of ") for text in old]
    links = align(old, new)
    assert [(link.old, link.new) for link in links] == [(n, n) for n in range(300)]
    compared = alignment._compared([(*t.split(),) for t in old], [(*t.split(),) for t in new], ())
    assert len(compared) < 20 * len(old)


# --- Which essay a file updates


def existing(
    id: str, *texts: str, title: str = "On kettles", author: str = "Zoë Čapek"
) -> ExistingEssay:
    base = replace(document(*texts), title=title, author=author, address=f"https://e.org/{id}")
    return read_existing(id, essay_text(base, f"originals/{id}.txt").encode())


def chosen(
    essays: list[ExistingEssay], *texts: str, name: str = "other.txt", **asked: str
) -> tuple[str, list[str]]:
    """The id of the essay that is updated, and the findings."""
    essay, findings = choose(essays, Sought(name, document(*texts), Place(name), **asked))
    return essay.id if essay else "", [str(finding) for finding in findings]


LONG = [paragraph(seed, 60) for seed in range(2000, 2012)]


def test_another_text_with_the_same_title_and_author_is_another_essay() -> None:
    name, findings = chosen([existing("kettles", *LONG[:6])], *LONG[6:])
    assert name == ""
    assert [f.split(" — ")[0] for f in findings] == [
        "another-text other.txt:1 has the same title and author as the essay “kettles”, and is "
        "another text: 0 % of the text is the same"
    ]
    assert "--update kettles" in findings[0]


@pytest.mark.parametrize("name", ["kettles.txt", "kettles.2.txt", "Kettles.md"])
def test_another_text_whose_name_is_taken_is_refused(name: str) -> None:
    essays = [existing("kettles", *LONG[:6], title="Something else")]
    chosen_id, findings = chosen(essays, *LONG[6:], name=name)
    assert chosen_id == ""
    code = "already-added essays/kettles.md" if "2" not in name else "another-text kettles.2.txt"
    assert [f.split(":")[0] for f in findings] == [code]
    assert "--update kettles" in findings[0]


def test_another_text_with_the_same_title_by_somebody_else_is_not_worth_a_word() -> None:
    assert chosen([existing("kettles", *LONG[:6], author="Ada Byron")], *LONG[6:]) == ("", [])


def test_half_of_the_text_is_enough_whatever_else_was_changed() -> None:
    new = [paragraph(seed, 60) for seed in (2100, 2101)]
    shuffled = [LONG[5], new[0], LONG[0] + " " + LONG[3], LONG[8], new[1]]
    for essays in (
        [existing("kettles", *LONG[:6], author="Ada Byron")],
        [existing("another", *LONG[6:]), existing("kettles", *LONG[:6])],
    ):
        assert chosen(essays, *shuffled) == ("kettles", [])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_salutation_signature_and_quotation_make_no_two_texts_the_same(count: int) -> None:
    around = "To the Lovers of Tea in the County of York:", "Yours, and the kettle's, KETTLEFRIEND"
    quoted = f"As the proverb has it, “{LONG[11]}”"
    texts = [[around[0], *LONG[n : n + count], quoted, around[1]] for n in (0, count)]
    assert chosen([existing("kettles", *texts[0])], *texts[1])[0] == ""
    assert chosen([existing("kettles", *texts[0])], *texts[0])[0] == "kettles"


def test_what_an_author_writes_in_every_essay_makes_no_two_the_same() -> None:
    series = [existing(f"part-{n}", LONG[0], LONG[n], title=f"Part {n}") for n in (1, 2)]
    again = existing("kettles", LONG[0], LONG[3])
    assert chosen([again], LONG[0], LONG[4])[0] == "kettles"
    assert chosen([again, *series], LONG[0], LONG[4])[0] == ""


def test_texts_of_a_few_short_lines_are_told_apart_as_well() -> None:
    lines = "The kettle sings.", "Nobody minds.", "It boils over."
    assert chosen([existing("kettles", *lines)], *lines[:2], "It boils.")[0] == "kettles"
    assert chosen([existing("kettles", *lines)], "A pot is warm.", "So what?")[0] == ""


def test_the_editor_may_name_the_essay() -> None:
    essays = [existing("kettles", *LONG[:6]), existing("pots", *LONG[6:])]
    assert chosen(essays, *LONG[:6], update="pots") == ("pots", [])
    name, findings = chosen(essays, *LONG[:6], update="kettels")
    assert (name, findings[0].split(" ")[0]) == ("", "unknown-essay")
    assert "“kettles”" in findings[0]
    assert chosen(essays, *LONG[:6], essay="kettles-again") == ("", [])
    assert chosen(essays, *LONG[:6], essay="pots")[1][0].startswith("already-added")


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        ("Zoë Čapek", {"author": "Ada Byron"}, "author: Ada Byron\n"),
        ("Zoë Čapek", {"author": "Ada Byron and Jan Novák"}, "author:\n- Ada Byron\n- Jan Novák\n"),
        ("Ada Byron and Jan Novák", {"author": "Ada Byron"}, "author: Ada Byron\n"),
        ("Zoë Čapek", {"title": "On pots", "publish": "full"}, "title: On pots\n"),
        ("Zoë Čapek", {"date": "1987"}, "date: '1987'\n"),
    ],
)
def test_what_the_editor_gives_wins(before: str, given: dict[str, str], after: str) -> None:
    base = replace(document(A), author=before)
    text = essay_text(base, "originals/kettles.txt")
    changed, changes = update_front_matter(text, base, base, given)
    assert after in changed
    assert [change.name for change in changes] == [*given]
    assert kinds(changes) == ["edited"] * len(given)
    assert update_front_matter(changed, base, base, given) == (changed, ())


def test_an_author_is_filled_in_and_never_replaced_unasked() -> None:
    base = document(A)
    other = replace(base, author="Z. Čapek")
    text = essay_text(base, "originals/kettles.txt")
    assert update_front_matter(text, base, other, {}) == (text, ())
    nameless = text.replace("author: Zoë Čapek\n", "")
    changed, _ = update_front_matter(nameless, replace(base, author=""), other, {})
    assert "author: Z. Čapek\n" in changed


def test_an_author_given_on_an_update_is_written_and_registered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, {"tea.txt": f"On tea\n\nby Ada Byron\n\n{LONG[0]}\n\n{LONG[1]}\n"})
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["add", "tea.txt"]).exit_code == 0
    said = CliRunner().invoke(main, ["add", "tea.txt", "--author", "Jan Novák"])
    assert said.exit_code == 0, said.output
    assert "author: Jan Novák\n" in (tmp_path / "essays/tea.md").read_text("utf-8")
    assert "Jan Novák" in (tmp_path / "essays/authors.yml").read_text("utf-8")
