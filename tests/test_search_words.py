"""A text as words: what the index and the searcher's query have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossclaim.language.words import PARTS, compounds, fold, forms, whole_words


def found_by(text: str) -> list[tuple[str, int]]:
    """The forms and the word that each stands in, counted from 0."""
    return [(form.form, form.place // PARTS) for form in forms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Internal customers", [("internal", 0), ("customers", 1)]),
        ("front-line staff", [("front", 0), ("line", 0), ("frontline", 0), ("staff", 1)]),
        ("front‑line", [("front", 0), ("line", 0), ("frontline", 0)]),
        ("don’t", [("don", 0), ("t", 0), ("dont", 0)]),
        ("don't", [("don", 0), ("t", 0), ("dont", 0)]),
        ("“customers’” ‘needs’", [("customers", 0), ("needs", 1)]),
        ("co\u00adoperate", [("cooperate", 0)]),
        ("client – server", [("client", 0), ("server", 1)]),
        ("client—server", [("client", 0), ("server", 1)]),
        ("- a -- b", [("a", 0), ("b", 1)]),
        ("l’homme", [("l", 0), ("homme", 0), ("lhomme", 0)]),
        ("Straße STRASSE", [("strasse", 0), ("strasse", 1)]),
        ("naïve NAIVE nai\u0308ve", [("naive", 0), ("naive", 1), ("naive", 2)]),
        ("ΟΔΟΣ οδός", [("οδοσ", 0), ("οδοσ", 1)]),
        ("İstanbul", [("istanbul", 0)]),
        ("Işık KAPI", [("isik", 0), ("kapi", 1)]),
        ("cœur Œuvre", [("coeur", 0), ("oeuvre", 1)]),
        ("النّاس أحمد", [("الناس", 0), ("احمد", 1)]),
        ("שָׁלוֹם", [("שלום", 0)]),
        ("コーヒー", [("コ", 0), ("ー", 1), ("ヒ", 2), ("ー", 3)]),
        ("100% of 1,000", [("100", 0), ("of", 1), ("1", 2), ("000", 3)]),
        ("顧客です", [("顧", 0), ("客", 1), ("て\u3099", 2), ("す", 3)]),
        ("ﬁrst ½", [("first", 0), ("1⁄2", 1)]),
        ("", []),
        ("— … !", []),
        ("\u00ad", []),
    ],
)
def test_a_text_is_found_by_these_forms(text: str, expected: list[tuple[str, int]]) -> None:
    assert found_by(text) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_matter(text: str) -> None:
    for form in forms(text):
        assert form.form == fold(form.form.upper()) or form.form.upper().lower() != form.form


def test_a_compounds_parts_follow_one_another_within_its_word() -> None:
    parts = [(form.form, form.place, form.whole) for form in forms("a state-of-art b")]
    assert parts == [
        ("a", 0, False),
        ("state", 16, False),
        ("of", 17, False),
        ("art", 18, False),
        ("stateofart", 16, True),
        ("b", 32, False),
    ]


@given(
    st.text(st.one_of(st.characters(), st.sampled_from("ab-’'客ー\u00ad é\u0301"))),
    st.text(st.sampled_from("ab-’'‑_. é×1Œ“")),
)
def test_a_words_forms_are_those_it_has_in_its_text(any_text: str, plain_text: str) -> None:
    for text in (any_text, plain_text):
        of_words = [
            form._replace(place=form.place + number * PARTS)
            for number, word in enumerate(whole_words(text))
            for form in forms(word)
        ]
        assert of_words == list(forms(text))


@given(st.text())
def test_parts_stand_where_they_say_in_order(text: str) -> None:
    reached = 0
    for parts in compounds(text):
        for part, start, end in parts:
            assert text[start:end] == part
            assert reached <= start < end
            reached = end
