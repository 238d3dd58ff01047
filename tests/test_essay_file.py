from collections.abc import Iterator
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from collections_made import essay
from crossclaim.content import yaml
from crossclaim.content.essay import read_essay, split
from crossclaim.content.essay_edit import with_ids
from crossclaim.content.markdown import literal
from crossclaim.content.tag_line import Attributes
from crossclaim.model import (
    Essay,
    Heading,
    Items,
    Part,
    Passage,
    Publish,
    Quotation,
    Stance,
    Verbatim,
    walk,
)

NAMES = {"Ada Byron": "ada", "ada": "ada", "Ben Jonson": "ben"}


def read(text: str) -> Essay:
    found, findings = read_essay(text, "essays/tea.md", "tea", NAMES)
    assert findings == []
    return found


def test_metadata() -> None:
    front = (
        "title: 'No'\nauthor: [Ada Byron, Ben Jonson]\ndate: 1986\nlanguage: en\nrights: all mine"
    )
    found = read(essay("Tea.\n{: #tea .aside }\n", front))
    assert found.title == "No"
    assert found.authors == ("ada", "ben")
    assert found.date == "1986"
    assert found.publish is Publish.FULL
    assert found.rights == "all mine"
    assert found.place.line == 2


def test_former_ids_of_a_passage() -> None:
    (passage,) = read(essay('Tea.\n{: #tea asserts="a" was="old older" }\n')).passages
    assert passage.was == ("old", "older")
    assert [t.claim for t in passage.tags] == ["a"]
    (untagged,) = read(essay('Tea.\n{: #tea was="old" }\n')).passages
    assert not untagged.aside


def test_a_former_id_is_not_given_again() -> None:
    text = essay(
        'Tea wakes us all.\n{: #tea was="coffee-puts-us-all" }\n\nCoffee puts us all to sleep.\n'
    )
    assert with_ids(text)[1] == ("coffee-puts-us-all-to",)


def test_tags_stances_and_suggestions() -> None:
    (passage,) = read(essay('Tea.\n{: #tea asserts="a b?" rejects="c,d" reports="" }\n')).passages
    assert [(t.claim, t.stance, t.reviewed) for t in passage.tags] == [
        ("a", Stance.ASSERTS, True),
        ("b", Stance.ASSERTS, False),
        ("c", Stance.REJECTS, True),
        ("d", Stance.REJECTS, True),
    ]
    assert [t.claim for t in passage.reviewed] == ["a", "c", "d"]
    assert [t.claim for t in passage.suggestions] == ["b"]
    assert passage.tags[0].place.line == 9


def test_parts_keep_the_essays_shape() -> None:
    found = read(
        essay(
            """\
            # Part

            One.
            {: #one .aside }

            ### Section

            2. Two.
               {: #two .aside }

            > Three.
            > {: #three .aside }

            ***
            """
        )
    )
    heading, one, lower, items, quotation, rule = found.parts
    assert heading == Heading("Part", 2)
    assert isinstance(one, Passage)
    assert lower == Heading("Section", 3)
    assert isinstance(items, Items)
    assert isinstance(quotation, Quotation)
    assert rule == Verbatim("***")
    assert [(p.id, p.number, p.marker) for p in found.passages] == [
        ("one", 1, ""),
        ("two", 2, "2."),
        ("three", 3, ""),
    ]


def test_windows_lines_and_a_byte_order_mark_are_read() -> None:
    plain = essay('Tea\nwakes.\n{: #tea asserts="a" }\n')
    marked = "\ufeff" + plain.replace("\n", "\r\n")
    assert read(marked).passages == read(plain).passages


def test_front_matter_may_hold_dashes() -> None:
    cut = split("---\ntitle: a\nrights: b --- c\n---\nbody\n")
    assert cut.front == "title: a\nrights: b --- c"
    assert cut.body[0].number == 5


def test_ids_are_written_for_every_kind_of_passage_and_nothing_else_changes() -> None:
    before = essay(
        """\
        One two three four five.

        Has one.
        {: #has-one .aside }

        Tagged.
        {: asserts="a" }

        - Item one.
        - Item two.
          {: .aside }

        > > Deep.

        Last, no line end"""
    )
    after, given_ids = with_ids(before)
    assert given_ids == (
        "one-two-three-four", "tagged", "item-one", "item-two", "deep", "last-no-line-end",
    )  # fmt: skip
    assert [p.id for p in read(after).passages] == [
        "one-two-three-four", "has-one", "tagged", "item-one", "item-two", "deep",
        "last-no-line-end",
    ]  # fmt: skip
    assert with_ids(after) == (after, ())
    kept = [line for line in after.split("\n") if not line.strip(" >").startswith("{:")]
    assert kept == [line for line in before.split("\n") if not line.strip(" >").startswith("{:")]
    assert [p.text for p in read(after).passages] == [p.text for p in read(before).passages]


claim_names = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,4})?", fullmatch=True)
tagged = st.tuples(
    st.text(alphabet="ab Чé.,“”'\"*_{}#-1>`\\", min_size=1, max_size=50)
    .map(lambda text: literal(" ".join(text.split())))
    .filter(bool),
    st.booleans(),
    st.lists(
        st.tuples(st.sampled_from(list(Stance)), claim_names, st.booleans()), min_size=1, max_size=4
    ),
    st.sampled_from(["", "> ", "- ", "1. "]),
)


@given(st.lists(tagged, min_size=1, max_size=6))
def test_any_tagged_text_survives(
    given_passages: list[tuple[str, bool, list[tuple[Stance, str, bool]], str]],
) -> None:
    pieces = []
    for number, (text, aside, tags, marker) in enumerate(given_passages):
        pairs = tuple((s.value, f"{claim}{'' if sure else '?'}") for s, claim, sure in tags)
        line = Attributes(f"p-{number}", ("aside",) if aside else (), () if aside else pairs)
        margin = marker if marker == "> " else " " * len(marker)
        pieces.append(f"{marker}{text}\n{margin}{line}")
    text = essay("\n\n".join(pieces) + "\n")
    found = read(text)
    assert [(p.id, p.text, p.aside) for p in found.passages] == [
        (f"p-{number}", text, aside) for number, (text, aside, _, _) in enumerate(given_passages)
    ]
    for passage, (_, aside, tags, _) in zip(found.passages, given_passages, strict=True):
        expected = [] if aside else tags
        assert [(t.stance, t.claim, t.reviewed) for t in passage.tags] == [
            (stance, claim, sure) for stance, claim, sure in expected
        ]
    assert with_ids(text) == (text, ()), "written again, it is the same to the letter"


def test_the_committed_essays_are_written_again_to_the_same_bytes(root: Path) -> None:
    for path in (root / "essays").glob("*.md"):
        for data in (
            path.read_bytes(),
            path.read_bytes().replace(b"\n", b"\r\n"),
            b"\xef\xbb\xbf" + path.read_bytes(),
        ):
            text = data.decode("utf-8")
            again, ids = with_ids(text)
            assert again.encode("utf-8") == data
            assert ids == ()
            passages = read_essay(text, path.name, path.stem, {})[0].passages
            assert len(passages) >= 10


def test_ids_are_written_with_the_files_own_line_ends() -> None:
    text = essay("Tea wakes.\n\nTea calms.\n").replace("\n", "\r\n")
    after, _ = with_ids(text)
    assert after.count("\r\n") == after.count("\n") == text.count("\n") + 2


body = st.lists(
    st.sampled_from(
        ["", "", "Tea wakes.", "- item", "  more", "1. one", "> quote", "> {: #q }", "{: .aside }",
         '{: asserts="a" }', "# Head", "    code", "```", "\r", "Чай.", "> - deep", "   {: #x }"]
    ),
    max_size=20,
).map("\n".join)  # fmt: skip


@given(body)
@example("- item\n\n  more\n> quote")
def test_writing_ids_gives_every_passage_one_and_keeps_every_word(text: str) -> None:
    after, _ = with_ids(text)
    one, other = passages(text), passages(after)
    assert [p.text for p in one] == [p.text for p in other]
    assert [tags(p) for p in one] == [tags(p) for p in other]
    readable = [p for p in other if not p.id.startswith("unreadable")]
    assert all(p.id for p in readable)
    assert with_ids(after) == (after, ())


def passages(text: str) -> list[Passage]:
    found, _ = read_essay(text, "essays/tea.md", "tea", NAMES)
    return list(found.passages)


def tags(passage: Passage) -> object:
    return passage.aside, [(t.claim, t.stance, t.reviewed) for t in passage.tags]


@given(body)
def test_a_walk_meets_every_part_and_closes_what_it_opens(text: str) -> None:
    found, _ = read_essay(text, "essays/tea.md", "tea", NAMES)
    opened: list[object] = []
    leaves: list[Part] = []
    for kind, part in walk(found.parts):
        if kind == "open":
            opened.append(part)
        elif kind == "close":
            assert opened.pop() == part
        elif isinstance(part, Passage | Heading | Verbatim):
            leaves.append(part)
    assert opened == []
    assert [p.number for p in leaves if isinstance(p, Passage)] == [
        *range(1, len(passages(text)) + 1)
    ]
    assert leaves == list(flat(found.parts))


def flat(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        match part:
            case Quotation():
                yield from flat(part.parts)
            case Items():
                for item in part.items:
                    yield from flat(item)
            case _:
                yield part


WORDS = st.text("ab1 :-#\n'\"[]{},|>&*!%?~.é“\u2028\u00a0=Nul", max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["title", "a", "null", "b-c"]), WORDS), max_size=3))
@example([("a", "null")])
@example([("a", "http://x/y:z")])
@example([("a", "x #y")])
@example([("a", "x:")])
def test_plain_front_matter_is_what_yaml_reads(fields: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{name}: {words}" for name, words in fields)
    quick = yaml._plain_entry(text, 3)
    if quick is not None:
        assert quick == yaml._composed(text, 3)


def test_most_front_matter_is_plain() -> None:
    text = "title: Tea, “hot” & strong\nauthor: J. O'Neil\naddress: https://x.org/a-b?c=d"
    assert yaml._plain_entry(text, 2) == yaml._composed(text, 2)
    assert yaml._plain_entry(text, 2) is not None
