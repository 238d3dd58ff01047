import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crossclaim.names import is_id, nearest, opening_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There’s only one customer. That’s", "theres-only-one-customer-thats"),
        ("Ça va, Émile?", "ca-va-emile"),
        ("Чай будит людей", "чаи-будит-людеи"),
        ("C++ & 1986!", "c-1986"),
        ("Index", "index-page"),
        ("…", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    name = slug(text)
    assert name == "" or is_id(name)


@given(st.lists(st.text(max_size=40), max_size=30))
@example(["CC", "cc", "cc-cc", "cc-page", "index"])
def test_opening_ids_are_ids_and_never_repeat(texts: list[str]) -> None:
    taken: set[str] = set()
    for text in texts:
        name = opening_id(text, taken)
        assert is_id(name)
        assert name not in taken
        taken.add(name)


def test_an_opening_id_takes_more_words_before_it_counts() -> None:
    text = "The same four words, then others"
    assert opening_id(text, {"the-same-four-words"}) == "the-same-four-words-then"
    assert opening_id("Same words", {"same-words"}) == "same-words-2"
    assert opening_id("Same words", {"same-words", "same-words-2"}) == "same-words-3"


@pytest.mark.parametrize("bad", ["", "A", "a b", "-a", "a--b", "a_b", "index", "é!", "a-"])
def test_what_is_no_id(bad: str) -> None:
    assert not is_id(bad)


def test_nearest_is_near_or_nothing() -> None:
    known = {"only-paying-customers-count", "gold-plating"}
    assert nearest("only-paying-customer-count", known) == "only-paying-customers-count"
    assert nearest("zzz", known) is None


def test_thousands_that_open_alike_are_not_counted_through_each_time() -> None:
    class Taken(set[str]):
        asked = 0

        def __contains__(self, name: object) -> bool:
            self.asked += 1
            return super().__contains__(name)

    taken = Taken()
    for _ in range(1000):
        taken.add(opening_id("Yes.", taken))
    assert taken >= {"yes", "yes-2", "yes-1000"}
    assert taken.asked < 1000 * 40
