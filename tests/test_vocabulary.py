"""The vocabulary, the words that are near in meaning, and abbreviations."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

import cut_vocabulary
from collections_made import make
from crossclaim import pipeline
from crossclaim.language.abbreviations import abbreviations
from crossclaim.language.stopwords import STOP_WORDS
from crossclaim.language.vocabulary import (
    Family,
    Vocabulary,
    read_vocabulary,
    vocabulary,
    vocabulary_data,
)
from crossclaim.language.words import whole_words
from crossclaim.model import Stance
from crossclaim.site.search import near_words as near_words_module
from crossclaim.site.search.examples import example_queries
from crossclaim.site.search.near_words import near_files, near_words
from crossclaim.site.search.packing import encoded

FAMILIES = (
    Family("custom", ("customer", "customers")),
    Family("client", ("client", "clients")),
    Family("tea", ("tea",)),
)
VECTORS = np.array([[100, 0, 50], [90, 0, 60], [0, 100, 0]], np.int8)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Vocabulary:
    """A vocabulary of three families, of which two are near."""
    known = Vocabulary(FAMILIES, VECTORS)
    monkeypatch.setattr(near_words_module, "vocabulary", lambda language: known)
    return known


def lines(files: Mapping[str, list[object]]) -> list[object]:
    return [line for name, file in files.items() if name != "claim-words" for line in file]


@pytest.mark.slow
def test_what_is_made_again_is_what_is_installed() -> None:
    made = cut_vocabulary.vocabulary_file()
    for language in cut_vocabulary.FAMILIES:
        again, installed = read_vocabulary(made, language), vocabulary(language)
        assert again.families == installed.families
        assert len(again.families) == cut_vocabulary.FAMILIES[language]
        # Another processor may round a number in some thousands otherwise.
        assert np.mean(again.vectors != installed.vectors) < 0.001


def test_it_is_made_once_for_each_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut_vocabulary, "vocabulary_file", lambda: b"made")
    target = tmp_path / cut_vocabulary.PATH
    target.parent.mkdir(parents=True)
    assert [cut_vocabulary.write_vocabulary(tmp_path) for _ in range(2)] == [True, False]
    target.write_bytes(b"half")
    assert [cut_vocabulary.write_vocabulary(tmp_path) for _ in range(2)] == [True, False]
    monkeypatch.setattr(cut_vocabulary, "version_of", lambda name: f"{name}, the next version")
    assert [cut_vocabulary.write_vocabulary(tmp_path) for _ in range(2)] == [True, False]


def test_a_file_gives_back_what_was_packed() -> None:
    data = vocabulary_data({"en": (FAMILIES, VECTORS)})
    known = read_vocabulary(data, "en")
    assert known.families == FAMILIES and np.array_equal(known.vectors, VECTORS)
    assert read_vocabulary(data, "eo").families == vocabulary("eo").families == ()


def test_the_nearest_come_first_and_nothing_is_near_itself(small: Vocabulary) -> None:
    customer, client, tea = small.nearest([0, 1, 2], most=2, least=0.5)
    assert [number for number, _ in customer] == [1]
    assert [number for number, _ in client] == [0]
    assert client[0][1] == pytest.approx(0.992, abs=0.001)
    assert tea == []


def test_words_of_claims_are_near_others_and_themselves(small: Vocabulary) -> None:
    near = near_words([("Customers drink.", "drinker")], {"clients", "tea"}, "en")
    starts, files = near_files(near)
    assert starts == ["c"]
    assert lines(files) == [
        "client clients\tclients\tcustomers9",
        "customer customers\tcustomers\t\tclients9",
        "tea\ttea",
    ]
    assert files["claim-words"] == ["customers drink drinker", [[encoded([0, 1]), encoded([2])]]]


def test_without_a_vocabulary_claims_have_their_own_words() -> None:
    starts, files = near_files(near_words([("Les clients boivent.",)], {"clients"}, "eo"))
    assert starts == []
    assert files == {"claim-words": ["boivent clients les", [[encoded([2, 1, 0])]]]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a term of Total Quality Management", {"=tqm": [3]}),
        ("the TQM of 1980", {"=tqm": [1]}),
        ("a low emission zone (LEZ)", {"=lez": [1, 4]}),
        ("Bank of New England", {"=bne": [0]}),
        ("École Normale Supérieure", {"=ens": [0]}),
        ("its IT department", {"=it": [1]}),
        ("Two Words only", {}),
        ("nothing of the kind", {}),
        ("Ann. Total Quality Management helps.", {"=atq": [0], "=tqm": [1]}),
    ],
)
def test_abbreviations_are_found_written_and_written_out(
    text: str, expected: dict[str, list[int]]
) -> None:
    by_form: dict[str, list[int]] = {}
    for number, form in abbreviations(whole_words(text), STOP_WORDS["en"]):
        by_form.setdefault(form, []).append(number)
    assert {form: sorted(by_form.get(form, ())) for form in expected} == expected
    assert by_form if expected else not by_form


def test_examples_find_something_and_show_no_hidden_word(tmp_path: Path) -> None:
    index = pipeline.check(make(tmp_path)).index
    examples = example_queries(index)
    hidden = {word for claim in index.claims.values() for word in claim.also}
    assert 1 <= len(examples) <= 3 and not hidden & {*examples}
    denied = [words for words in examples if words.startswith("who denies that ")]
    rejected = {o.tag.claim for claim in index.claims for o in index.occurrences(claim)
                if o.tag.stance is Stance.REJECTS}  # fmt: skip
    assert bool(denied) <= bool(rejected)
