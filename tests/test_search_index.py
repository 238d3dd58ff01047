"""The search's files hold what the collection holds, whatever is in it."""

import json
import zlib
from collections import Counter, defaultdict
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_made import BEN, essay, make
from crossclaim import pipeline
from crossclaim.language.words import PARTS, forms
from crossclaim.site.pages import render_pages
from crossclaim.site.search.division import file_names
from crossclaim.site.search.index_files import FOLDER
from crossclaim.site.search.inverted_index import LATER_PARTS, InvertedIndex, Text
from crossclaim.site.search.lexicon import Lexicon, joinable_pairs, ways_of
from crossclaim.site.search.memory import Forgetful
from crossclaim.site.search.records import (
    EssayRecord,
    EssaySource,
    PassageRecord,
    SearchRecords,
    search_records,
)
from crossclaim.site.search.update import data_files

pytestmark = pytest.mark.usefixtures("no_near_words")

Data = dict[str, Any]


def unpacked(files: dict[str, bytes]) -> Data:
    return {
        path.removeprefix(f"{FOLDER}/").removesuffix(".idx"): json.loads(zlib.decompress(data))
        for path, data in files.items()
    }


def numbers(text: str) -> list[int]:
    """A row of numbers that is written as characters, read as the browser does."""
    points = map(ord, text)
    return [point - 35 - (point > 92) - (0x800 if point > 0xDFFF else 0) for point in points]


def first_records(data: Data) -> dict[int, int]:
    """The number of each slot's first record: passages in reading order, then the claims' texts."""
    index = data["index"]
    *starts, passages = accumulate(index["passages"], initial=0)
    claims = {of: passages + of * len(index["claims"]) for of in range(4)}
    return claims | dict(zip(numbers(index["slots"]), starts, strict=True))


def words_of(data: Data) -> dict[str, tuple[list[int], str]]:
    """Every form with its records and weights from 1 to 9, put together from all files."""
    firsts = first_records(data)
    words: dict[str, tuple[list[int], str]] = defaultdict(lambda: ([], ""))
    for name in (name for name in data if name.startswith("words-")):
        for form, (slots, steps, weights, *_) in (i for p in data[name] for i in p[0].items()):
            slot_steps, slot, records = iter(numbers(slots)), 0, words[form][0]
            for step, weight in zip(numbers(steps), weights, strict=True):
                if weight.isdigit():
                    slot += next(slot_steps)
                    records.append(firsts[slot] + step)
                else:
                    records.append(records[-1] + step)
            digits = "".join(str(ord(weight) & 15) for weight in weights)
            words[form] = records, words[form][1] + digits
    return dict(words)


def places_of(data: Data) -> dict[str, list[list[int]]]:
    """Every form's places in each of its records."""
    places: dict[str, list[list[int]]] = defaultdict(list)
    for name in (name for name in data if name.startswith("places-")):
        for form, (positions, *frequencies) in (i for p in data[name] for i in p.items()):
            row = iter(
                own * PARTS if own < LATER_PARTS else own - LATER_PARTS
                for own in numbers(positions)
            )
            many = numbers(frequencies[0]) if frequencies else [1] * len(positions)
            places[form] += [list(islice(row, count)) for count in many]
    return dict(places)


def tags_of(data: Data) -> list[list[list[int]]]:
    """Every passage's tags, read as the browser does."""
    index = data["index"]
    slots = numbers(index["slots"])
    essays = sorted(range(len(slots)), key=slots.__getitem__)
    tags: dict[int, list[list[list[int]]]] = {}
    rows: dict[int, Any] = {}

    def tag(code: int) -> list[int]:
        return [code // 10, code // 2 % 5, code % 2]

    for number in essays:
        block = slots[number] // index["tagged"]
        counts, codes = rows.setdefault(
            block, [iter(numbers(row)) for row in data[f"tags-{block}"]]
        )
        own = islice(counts, index["passages"][number])
        tags[number] = [[tag(next(codes)) for _ in range(count)] for count in own]
    return [of for number in range(len(slots)) for of in tags[number]]


def texts_of(data: Data) -> list[list[str]]:
    """Every passage's row in the document store."""
    index = data["index"]
    shown = index["shown"]
    return [
        data[f"text-{slot}-{number // shown}"]["passages"][number % shown]
        for slot, passages in zip(numbers(index["slots"]), index["passages"], strict=True)
        for number in range(passages)
    ]


def sources(records: list[EssayRecord]) -> tuple[EssaySource, ...]:
    return tuple(EssaySource(r.id, repr(r), partial(lambda own: own, r), r.title) for r in records)


TEXTS = st.text(alphabet=st.sampled_from("ab é-’ Ζ客1“.𐐀"), max_size=40)
TAG = st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 1))
PASSAGES = st.lists(st.tuples(TEXTS, st.frozensets(TAG, max_size=3)), max_size=30)


@given(st.lists(PASSAGES, max_size=8))
def test_every_file_together_says_what_the_records_say(essays: list[Any]) -> None:
    essay_records = [
        EssayRecord(
            id=f"e{number}",
            title=f"Essay {number}",
            authors=(0,),
            date="2011-05-19",
            sort_date=20110519,
            passages=tuple(
                PassageRecord(text, f"p{n}", "en", tuple(sorted(tags)), ((0, 1),) if text else ())
                for n, (text, tags) in enumerate(passages)
            ),
        )
        for number, passages in enumerate(essays)
    ]
    claims = tuple((f"c{n}", f"Claim {n}", 0, f"Claim a-b number {n}.") for n in range(3))
    given_records = SearchRecords(
        sources(essay_records),
        (("a", "Ann"),),
        ("Theme",),
        claims,
        ("About it.",) * 3,
        (("Claim", "b-side"),) * 3,
        (("claim-id",),) * 3,
        (((), ()),) * 3,
        "en",
    )
    data = unpacked(data_files(given_records))

    expected: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    texts = [passage.text for record in essay_records for passage in record.passages]
    texts += [text for of_claims in given_records.texts_of_claims() for text in of_claims]
    by_slot = {
        slot: f"Essay {number}" for number, slot in enumerate(numbers(data["index"]["slots"]))
    }
    texts += [by_slot.get(slot, "") for slot in range(max(by_slot, default=-1) + 1)]
    for record, text in enumerate(texts):
        for form in forms(text):
            expected[form.form][record].append(form.place)
    words, places = words_of(data), places_of(data)
    assert expected.keys() == words.keys() == places.keys()
    for name, (listed, weights) in words.items():
        assert dict(zip(listed, places[name], strict=True)) == expected[name]
        assert set(weights) <= set("123456789") and len(weights) == len(listed)

    passages = [p for record in essay_records for p in record.passages]
    assert tags_of(data) == [[list(tag) for tag in p.tags] for p in passages]
    assert [shown[:3] for shown in texts_of(data)] == [[p.id, p.text, p.language] for p in passages]
    assert [len(shown) > 3 for shown in texts_of(data)] == [bool(p.deciding) for p in passages]
    starts = [start.encode("utf-16-be") for start in data["index"]["starts"]]
    assert starts == sorted(starts)
    for name, start, end in zip(
        file_names(data["index"]["starts"]), starts, [*starts[1:], b"\xff" * 9], strict=True
    ):
        for own_forms, stems in data[f"words-{name}"]:
            for term in own_forms | stems:
                assert start <= term.encode("utf-16-be") < end


def test_other_endings_share_a_stem_in_the_language_they_were_met_in() -> None:
    texts = [
        Text("customers and a customer’s needs, serving", "en"),
        Text("The customer serves, argued, serviced and serviced", "en-GB"),
        Text("Die Kunden der Kundin", "de"),
        Text("clientes", "xx"),
    ]
    endings = Counter[str]()
    lexicon = Lexicon(Forgetful(), endings)
    lexicon.change(ways_of(InvertedIndex([(0, texts)]).words))
    assert lexicon.family("custom") == ["customer", "customers"]
    assert lexicon.family("serv") == ["serves", "serving"]
    assert lexicon.family("kund") == ["kunden"]
    assert all("clientes" not in lexicon.family(stem) for stem in lexicon.all_stems())
    assert {"ed", "ing"} & set(lexicon.endings()) == {"ed"}, "what only one word has is no ending"
    assert endings["ing"] == 1


def test_two_words_that_somebody_writes_as_one_are_found_by_it() -> None:
    texts = ("the front line", "a front-line", "frontline", "a way", "away")
    inverted = InvertedIndex([(0, [Text(text, "en") for text in texts])])
    joinable = joinable_pairs({*inverted.sources})
    inverted.join(joinable)
    assert joinable == {"front": ["line"]}
    assert inverted.occurrences("frontline") == 3
    assert inverted.occurrences("away") == 1, "short words are left apart"


def test_a_word_weighs_more_where_it_comes_more_often_and_the_text_is_short() -> None:
    texts = ("tea " * 3, "tea", "tea " + "and something else " * 40)
    inverted = InvertedIndex([(0, [Text(text, "en") for text in texts])])
    inverted.weigh(10.0)
    weights = [ord(weight) & 15 for weight in inverted.postings("tea").weights]
    assert weights[0] > weights[1] > weights[2]


def test_deciding_words_weigh_more() -> None:
    texts = [Text("tea and milk", "en", ((0, 3),)), Text("tea and milk", "en")]
    inverted = InvertedIndex([(0, texts)])
    inverted.weigh(4.0)
    by_form = {
        form: [ord(weight) & 15 for weight in inverted.postings(form).weights]
        for form in ("tea", "milk")
    }
    assert by_form["tea"][0] > by_form["tea"][1]
    assert by_form["milk"][0] == by_form["milk"][1]


def test_the_same_collection_gives_the_same_bytes_and_another_another_version(
    tmp_path: Path,
) -> None:
    def build_data() -> dict[str, bytes]:
        checked = pipeline.check(tmp_path)
        return data_files(search_records(checked.index, checked.settings.language))

    make(tmp_path)
    one = build_data()
    assert one == build_data()
    make(tmp_path, {"essays/ben.md": BEN.replace("to sleep", "to bed")})
    other = build_data()
    version = [unpacked(files)["index"]["version"] for files in (one, other)]
    assert version[0] != version[1]


def test_suggestions_languages_dates_and_co_authors_are_kept(tmp_path: Path) -> None:
    body = (
        'Tea **wakes** us, [they say](x.html).\n{: #p asserts="tea-wakes?" rejects="tea-calms" }\n'
    )
    front = "title: On tea\nauthor: [Ada Byron, Ben Jonson]\ndate: May 2011\nlanguage: de"
    checked = pipeline.check(make(tmp_path, {"essays/ada.md": essay(body, front)}))
    assert checked.buildable, checked.findings
    record = search_records(checked.index, "en").essays[0].record()
    assert (record.authors, record.sort_date) == ((0, 1), 20110000)
    (passage,) = record.passages
    assert passage.text == "Tea wakes us, they say."
    assert passage.language == "de"
    assert passage.tags == ((0, 0, 0), (1, 4, 1))


def test_only_small_words_that_the_collection_has_are_named(checked: pipeline.Checked) -> None:
    data = unpacked(data_files(search_records(checked.index, "en")))
    small = set(data["index"]["small"].split())
    assert {"the", "of", "and"} <= small
    assert small <= words_of(data).keys()
    assert "customers" not in small


def test_words_by_which_a_claim_is_looked_for_find_it_and_are_nowhere_to_be_read(
    tmp_path: Path,
) -> None:
    claims = """\
- id: tea-wakes
  label: Tea rouses
  claim: Tea wakes people up.
  also: [caffeine, tea-calms]
  theme: Effects
  about: The passage says so, or more than tea-calms.
- {id: tea-calms, claim: Tea calms people down., theme: Effects, about: x}
"""
    checked = pipeline.check(make(tmp_path, {"essays/claims.yml": claims, "essays/ben.md": None}))
    data = unpacked(data_files(search_records(checked.index, "en")))
    assert data["index"]["claims"] == [
        ["tea-wakes", "Tea rouses", 0],
        ["tea-calms", "Tea calms people down", 0],
    ]
    # After the passage: two claims by sentence, by what they are about, by what they are called.
    words = words_of(data)
    assert words["caffeine"][0] == [5]
    assert words["rouses"][0] == [5]
    assert words["calms"][0] == [2, 5, 6], "not where another claim’s note names it"
    spelled = data["spelling"][0].split()
    assert "calms" in spelled
    assert "caffeine" not in spelled
    for path, text in render_pages(checked.index, checked.settings).items():
        if path.endswith((".md", ".html")):
            hidden = text.count('data-also="caffeine, tea-calms"')
            assert text.count("caffeine") == hidden == path.endswith("score-claims.html"), path
