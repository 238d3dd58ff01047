"""Reading plain text: what is the essay, what is not, and nothing lost without a word.

Each case is a habit of published pages, or a sentence of an essay that looks like one.
"""

import itertools
from pathlib import Path

import pytest

from crossclaim.importing import dates, people
from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.boilerplate.clean import remove_boilerplate
from crossclaim.importing.document import Block, Document, Kind, Run, SourceBlock
from crossclaim.importing.text.paragraphs import text_paragraphs
from crossclaim.importing.text.plain import read_plain
from crossclaim.names import words

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."
THREE = "A bag in a mug is a way of having tea without being there, and it is how most of us have it today."
FOUR = "What is left in the pot tomorrow will tell you more about a house than the books in the front room."


def read(*lines: str, author: str = "Ada Byron", gap: str = "\n\n") -> Document:
    return read_plain(gap.join(("On tea", *lines)), author=author)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def left(document: Document) -> list[str]:
    return [item.text for item in document.left_out]


@pytest.mark.parametrize(
    "sentence",
    [
        "Related to this is the question of price.",
        "See also what my aunt says below.",
        "Popular opinion is against him.",
        "Popular mistakes",
        "Recommended doses",
        "Tagged, numbered and shelved, the tins fill a hall of their own behind the shop.",
        "Posted in Lagos as a young engineer, he learned to drink it cold.",
        "Copyright does not protect a recipe. It protects the words.",
        "Copyright law was changed in 1976, and nobody in the kitchen noticed.",
        "The reproduction of maps was prohibited, and we drew them from memory.",
        "Sign up early, leave late.",
        "The United States was the first to make it a law.",
        "Nobody owes you a reply.",
        "About Love",
        "Search",
        "Home",
        "© Reuters",
        "By Human Design",
        "Comments are a kind of weather, and one should dress for them.",
    ],
)
def test_an_essays_own_sentences_stay_and_end_nothing(sentence: str) -> None:
    document = read(ONE, sentence, TWO, THREE)
    assert texts(document) == [ONE, sentence, TWO, THREE]
    assert left(document) == []


@pytest.mark.parametrize(
    ("author", "sentence"),
    [
        ("Peter King", "King is a title, and not a name for a job that anyone does."),
        ("Joan Price", "Price is what is paid, and value is what is got."),
        ("John Adams", "Adams was, I am told, the first to say so."),
        ("Bob Hope", "As the years went by, hope was all that was left to us in that town."),
        ("Lisa Love", "About Love"),
    ],
)
def test_a_surname_that_is_a_word_is_no_biography(author: str, sentence: str) -> None:
    assert texts(read(ONE, TWO, sentence, THREE, author=author)) == [ONE, TWO, sentence, THREE]


@pytest.mark.parametrize(
    "line",
    [
        "Read next: How the council lost the hall",
        "Related: Nine kettles",
        "Advertisement",
        "Share this on the wall",
        "Follow us on the radio",
        "Subscribe to our newsletter",
    ],
)
def test_furniture_between_paragraphs_goes_and_the_essay_goes_on(line: str) -> None:
    document = read(ONE, TWO, line, THREE, FOUR)
    assert texts(document) == [ONE, TWO, THREE, FOUR]
    assert left(document) == [line]


@pytest.mark.parametrize(
    "line",
    ["Posted on March 3, 2014 by Ada Byron", "12 Comments", "Leave a comment", "March 3, 2014"],
)
def test_furniture_above_the_essay_does_not_end_it(line: str) -> None:
    document = read(line, ONE, TWO)
    assert texts(document) == [ONE, TWO]
    assert left(document) == [line]


def test_what_a_site_prints_above_the_title_is_no_title() -> None:
    text = "\n\n".join(["Skip to content", "Open in app", "On tea", "by Ada Byron", ONE, TWO])
    document = read_plain(text)
    assert (document.title, document.author) == ("On tea", "Ada Byron")
    assert texts(document) == [ONE, TWO]


def test_a_first_paragraph_is_no_title() -> None:
    document = read_plain(f"{ONE} {TWO}\n\n{THREE}", author="Ada Byron")
    assert document.title == ""
    assert texts(document) == [f"{ONE} {TWO}", THREE]


@pytest.mark.parametrize(
    "opening",
    [
        ["We were broke.", "Truly broke.", "Advertisement"],
        ["Dear friends,", "Share this on the wall"],
        ["Heat is not warmth.", "by Ada Byron"],
    ],
)
def test_short_sentences_above_something_certain_stay(opening: list[str]) -> None:
    *kept, gone = opening
    document = read(*opening, ONE, TWO)
    assert texts(document) == [*kept, ONE, TWO]
    assert left(document) == [gone]


def test_a_refrain_is_no_standfirst_and_a_standfirst_is() -> None:
    refrain = "Nobody owes anybody a pot of tea."
    assert texts(read(refrain, ONE, f"{refrain} That is why I pour."))[0] == refrain
    standfirst = "The kettle sings before it boils. Nobody owes anybody a pot of tea."
    document = read(standfirst, ONE, f"In fact, the kettle sings before it boils. {refrain}")
    assert left(document) == [standfirst]


def test_two_notices_and_two_biographies_are_both_kept() -> None:
    document = read("Copyright 2013 Ada Byron", "All rights reserved.", ONE, TWO)
    assert document.rights == "Copyright 2013 Ada Byron All rights reserved."
    document = read("Ada Byron is a poet.", "Ada Byron lives in London with a cat.", ONE, TWO)
    assert document.biography == "Ada Byron is a poet. Ada Byron lives in London with a cat."
    assert texts(document) == [ONE, TWO]


@pytest.mark.parametrize(
    "biography",
    [
        "Ada Byron runs payroll at a hospital.",
        "Ada King Byron is a poet, and lives in London with a cat.",
        "Dr. Ada Byron, who has written nine books, teaches at a school.",
    ],
)
def test_a_closing_biography_is_the_authors(biography: str) -> None:
    document = read(ONE, TWO, THREE, biography, "Share this on the wall")
    assert document.biography == biography
    assert texts(document) == [ONE, TWO, THREE]


def test_a_section_about_an_author_whose_name_is_not_known_is_a_biography() -> None:
    told = "He lives in London with a cat and two kettles, and has never once been early for tea."
    document = read(ONE, TWO, THREE, "About the author", told, author="")
    assert (document.author, document.biography) == ("", told)
    assert texts(document) == [ONE, TWO, THREE]


def test_notes_below_a_biography_are_the_essays() -> None:
    document = read(
        ONE, TWO, THREE, "Ada Byron is a poet.", "Notes", "1. See the kettle.", "2. See the pot."
    )
    assert document.biography == "Ada Byron is a poet."
    assert texts(document)[3:] == ["Notes", "See the kettle.", "See the pot."]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("by Ada Byron", "Ada Byron"),
        ("By Ada Byron on May 2, 2017", "Ada Byron"),
        ("BY ADA BYRON", "Ada Byron"),
        ("Von Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("Posted on May 2, 2017 by Ada Byron", "Ada Byron"),
        ("By Ada Byron and Ben Jonson", "Ada Byron and Ben Jonson"),
        ("By The Way", ""),
    ],
)
def test_who_wrote_it(line: str, author: str) -> None:
    assert read_plain("\n\n".join(["On tea", line, ONE, TWO])).author == author


@pytest.mark.parametrize(
    "sentence",
    [
        "The United States was the first to make it a law.",
        "Harper Lee is supposed to have said that tea is a quiet drug.",
        "Edda Kron was born over a shop in which nothing was ever sold.",
    ],
)
def test_an_author_is_not_guessed_from_the_middle(sentence: str) -> None:
    document = read_plain("\n\n".join(["On tea", ONE, TWO, THREE, sentence, FOUR, ONE]))
    assert document.author == ""
    assert sentence in texts(document)


@pytest.mark.parametrize(
    "first",
    [
        f"My friend – a LinkedIn recruiter – says that {ONE.lower()}",
        f"We waited – as the McAllister brothers had – and {ONE.lower()}",
        f"Photo: iStock has none of it. {ONE}",
        f"iPhones and YouTube are no help. {ONE}",
    ],
)
def test_no_name_is_cut_in_two(first: str) -> None:
    assert texts(read(first, TWO)) == [first, TWO]


def test_a_caption_is_cut_from_the_sentence_it_is_glued_to() -> None:
    for caption in ("Photo: a kettle on the stove", "The House – A Book on tea"):
        document = read(f"{caption}{ONE}", TWO)
        assert texts(document) == [ONE, TWO]
        assert left(document) == [caption]


def test_numbers_bullets_dashes_and_speech() -> None:
    document = read(
        "Three things:", "- Water", "- Leaves", "A way of saying it:", "— Where are you going?", "— Home.",
        "• Milk", "• • •", "1. Fill the kettle. It takes a while.", "2. Wait. It takes longer than that.",
        "1986. A great year for tea, they say.", ONE,
    )  # fmt: skip
    kinds = [(b.kind, b.text) for b in document.blocks]
    assert (Kind.BULLET, "Water") in kinds
    assert (Kind.BULLET, "Milk") in kinds
    assert "• • •" in left(document)
    assert (Kind.NUMBERED, "Fill the kettle. It takes a while.") in kinds
    assert (Kind.PARAGRAPH, "1986. A great year for tea, they say.") in kinds
    speech = read(ONE, "— Where are you going?", "— Home.", TWO)
    assert [b.kind for b in speech.blocks] == [Kind.PARAGRAPH] * 4
    assert texts(speech)[1] == "— Where are you going?"


def test_headings_and_what_only_looks_like_one() -> None:
    document = read(
        ONE, "## Typed by hand", TWO, "1. Water", "Short.", "2. Leaves", THREE, "(Applause)", FOUR,
        "— Anonymous", ONE, "Why I never liked C#", TWO,
    )  # fmt: skip
    heads = [b.text for b in document.blocks if b.kind is Kind.HEADING]
    assert heads == ["Typed by hand", "1. Water", "2. Leaves", "Why I never liked C#"]


def test_emphasis_only_around_a_few_words() -> None:
    document = read(
        "The file __init__.py and *two words* here.",
        "*Prices are in crowns and always were, here as elsewhere, and* so on.",
    )
    assert [run.emphasis for run in document.blocks[0].runs] == ["", "em", ""]
    assert texts(document)[0] == "The file __init__.py and two words here."
    assert [run.emphasis for run in document.blocks[1].runs] == [""]


WRAPPED = """\
It is a truth that nobody in our street would have denied, that a man
with a kettle is in want of a cup. We had nine kettles at the age of
42. I had learned by then to want for nothing else, and of a well-
regulated house to ask no more - for want of a horse - than a stove.
See https://example.org/a/very/long/address/that/no/wrapping/program/would/ever/have/broken/in/two/parts.html

Some lines are short,
And stand in a verse,
And nobody joins them
For better or worse.

So it went on for as long as the water did, and when the water had
gone we sat about the table and told each other what it had been like,
each in turn and none of us briefly, until the lamp had gone out too
and there was nothing to be seen but the stove and, beside it, the cat.
"""


def test_wrapped_lines_are_joined_and_verse_is_kept() -> None:
    paragraphs = [p.text for p in text_paragraphs(WRAPPED)[0]]
    assert paragraphs[0].startswith("It is a truth")
    assert "at the age of 42. I had learned" in paragraphs[0]
    assert "a well-regulated house" in paragraphs[0]
    assert paragraphs[0].endswith("than a stove.")
    assert paragraphs[1].startswith("See https://")
    assert paragraphs[2:6] == [
        "Some lines are short,",
        "And stand in a verse,",
        "And nobody joins them",
        "For better or worse.",
    ]
    assert len(paragraphs) == 7


def test_no_word_of_a_wrapped_text_is_lost() -> None:
    joined = " ".join(p.text for p in text_paragraphs(WRAPPED)[0]).replace(
        "well-regulated", "well- regulated"
    )
    assert words(joined) == words(WRAPPED)


FEDERALIST = Path(__file__).parent.parent.parent / "shared" / "corpora" / "federalist"


def test_the_federalist_papers_lose_no_word() -> None:
    """A real collection of wrapped text, where the workplace has it; it is no part of this project."""
    files = sorted(FEDERALIST.glob("*.txt"))
    if not files:
        print("the Federalist papers are not at hand; nothing was compared")
    for file in files:
        text = file.read_text("utf-8").split("\n", 1)[1]
        document = read_plain(text, author=file.read_text("utf-8").split("|")[1])
        kept = [b.text for b in document.blocks] + left(document)
        kept += [document.title, document.rights, document.biography]
        markers = [b.marker for b in document.blocks]
        assert sorted(words(" ".join(kept + markers))) == sorted(words(text)), file.name
        assert len(document.blocks) >= 5, file.name


@pytest.mark.parametrize(
    ("text", "appeal"),
    [
        ("Subscribe to our newsletter, they say, as if a letter could be a kettle.", False),
        ("Follow us, they say; I would rather follow the kettle.", False),
        ("Share this with a friend, he told me, and I shared the pot.", False),
        ("Support our work, begs the page, and I close it.", False),
        ("Join us, said the pot, and we did.", False),
        ("If you enjoyed this essay, please consider subscribing to our newsletter.", True),
        ("Thanks for reading The Kettle! Subscribe for free to receive new posts.", True),
        ("This is a reader-supported publication. Consider becoming a paid subscriber.", True),
    ],
)
def test_an_appeal_is_nothing_but_an_appeal(text: str, appeal: bool) -> None:
    assert patterns.is_appeal(text) == appeal
    blocks = [SourceBlock(Block(Kind.PARAGRAPH, (Run(each),)), 0) for each in (ONE, text)]
    essay = remove_boilerplate(blocks, "On tea", "Ada Byron")
    assert len(essay.blocks) == 2 - appeal
    assert [left.text for left in essay.left_out] == [text] * appeal


def test_a_line_of_dates_is_none_of_the_essay_even_as_a_heading() -> None:
    lines = [
        "Published Nov 18, 2019 at 4:07 PM | Updated at 5:36 PM CST on Nov 18, 2019",
        "PUBLISHED: 10:48, Mon, Nov 18, 2019 | UPDATED: 11:05, Tue, Nov 19, 2019",
        "Veröffentlicht am 18. November 2019 um 12:30 Uhr",
    ]
    for line, kind in itertools.product(lines, (Kind.HEADING, Kind.PARAGRAPH)):
        blocks = [Block(kind, (Run(line),), level=6 * (kind is Kind.HEADING))]
        blocks += [Block(Kind.PARAGRAPH, (Run(each),)) for each in (ONE, TWO)]
        essay = remove_boilerplate([SourceBlock(b, 0) for b in blocks], "On tea", "Ada Byron")
        assert (essay.date, [b.text for b in essay.blocks]) == ("2019-11-18", [ONE, TWO])
        assert [left.text for left in essay.left_out] == [line]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("18 October 1787", "1787-10-18"),
        ("the 18th of October, 1787", "1787-10-18"),
        ("Oct. 18th, 1787", "1787-10-18"),
        ("Massachusetts, October 18, 1787", "1787-10-18"),
        ("2016/12/22", "2016-12-22"),
        ("22.12.2016", "2016-12-22"),
        ("22 de diciembre de 2016", "2016-12-22"),
        ("December 2016", "2016-12"),
        ("3/14/2014", "2014-03-14"),
    ],
)
def test_dates_as_people_write_them(text: str, date: str) -> None:
    assert (dates.iso_date(text), dates.is_date_line(text)) == (date, True)


@pytest.mark.parametrize(
    "text",
    ["On 3 March 2014 everything changed", "I was born on Monday, October 3, 1950.", "In 2014", "12:30"],
)  # fmt: skip
def test_a_sentence_with_a_date_is_no_date_line(text: str) -> None:
    assert not dates.is_date_line(text)


def test_a_name_is_split_from_what_is_glued_to_it() -> None:
    assert people.split_name("Ada Byron22 Dec 2016651") == ("Ada Byron", "22 Dec 2016651")
    assert people.split_name("Ada ByronMay 3, 2019") == ("Ada Byron", "May 3, 2019")
    assert people.split_name("Ada Byron") == ("Ada Byron", "")
