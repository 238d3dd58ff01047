"""Plain text with all that people type into it: wrapped lines, verse, lists, quotations, notes.

Nothing of it is Markdown, whatever it looks like, and no word of it is lost.
"""

import html
import random
import re
import textwrap

import markdown
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crossclaim.content.essay import read_essay, split
from crossclaim.importing.compose import essay_text
from crossclaim.importing.document import Document, Kind
from crossclaim.importing.text.paragraphs import text_paragraphs
from crossclaim.importing.text.plain import read_plain
from crossclaim.model import Passage
from crossclaim.names import words

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."
THREE = "A bag in a mug is a way of having tea without being there, and it is how most of us have it today."
FOUR = "What is left in the pot tomorrow will tell you more about a house than the books in the front room."
LONG = f"{ONE} {TWO} {THREE} {FOUR}"


def read(text: str) -> Document:
    return read_plain(text, title="On tea", author="Ada Byron")


def kinds(document: Document) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def wrapped(*paragraphs: str, width: int = 70) -> str:
    return "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)


# Wrapped lines.

SENTENCES = [ONE, TWO, THREE, FOUR, "Nobody says so.", "In 1986. Or later - who knows? - it was sold.",
             "At 42. I had learned to want for nothing else, and of a well-regulated house no more."]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=5, max_size=9), min_size=2, max_size=6),
    st.integers(50, 90),
    st.sampled_from(["\n\n", "\n\n\n"]),
)
def test_wrapped_at_any_width_the_paragraphs_are_the_same(
    sentences: list[list[str]], width: int, gap: str
) -> None:
    paragraphs = [" ".join(each) for each in sentences]
    text = gap.join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)
    lines = [line for line in text.split("\n") if line]
    assume(len(lines) > 5)  # fewer show no width
    assert [p.text for p in text_paragraphs(text)[0]] == paragraphs
    cut = sum(not line.endswith((".", "?", "!")) for line in lines)
    # A few lines, or lines that mostly end as sentences do, may be paragraphs: nobody can tell.
    if len(lines) >= 12 and cut > 0.6 * len(lines):
        double = text.replace(gap, "\0").replace("\n", "\n\n").replace("\0", "\n\n\n\n")
        assert [p.text for p in text_paragraphs(double)[0]] == paragraphs


def test_first_lines_set_in_begin_paragraphs_and_quote_nothing() -> None:
    paragraphs = [LONG, f"{TWO} {ONE} {THREE}", f"{FOUR} {THREE}", LONG]
    text = "\n".join(
        textwrap.fill(p, 66, initial_indent="    ", break_on_hyphens=False) for p in paragraphs
    )
    document = read(text)
    assert texts(document) == paragraphs
    assert {block.quoted for block in document.blocks} == {0}


def test_a_text_of_one_line_for_each_paragraph_is_left_as_it_is() -> None:
    assert texts(read(f"{ONE}\n{LONG}\n{TWO}\n{THREE}")) == [ONE, LONG, TWO, THREE]
    assert texts(read(LONG * 20)) == [LONG * 20]
    assert read("").blocks == read(" \n\t\n\f").blocks == ()


def test_a_word_broken_at_its_hyphen_is_mended_where_the_text_knows_it() -> None:
    text = (
        "The interior of the pot is what matters, they said, and the inter-\n"
        "ior of it was washed each morning before breakfast by a very well-\n"
        "regulated hand, in the manner, it was said, of those old Anglo-\n"
        "Saxons who had lived in the house before, and who had all left be-\n"
        "hind a pot better than any well-regulated pot of ours was then.\n"
    )
    (paragraph,) = text_paragraphs(text)[0]
    for whole in ("interior of it", "well-regulated hand", "Anglo-Saxons", "be-hind"):
        assert whole in paragraph.text


VERSE = (
    "Shall I compare the kettle to a bell,\n"
    "That sings at dawn and in the evening too,\n"
    "And rings for those who know its ringing well,\n"
    "And never asks for more than is its due?"
)
ADDRESS = "Ada Byron\n12 Kettle Lane\nLondon"


@pytest.mark.parametrize("wrap", [True, False])
@pytest.mark.parametrize("lines", [VERSE, ADDRESS])
def test_verse_and_addresses_are_one_passage_with_their_lines(lines: str, wrap: bool) -> None:
    before, after = (wrapped(LONG), wrapped(LONG)) if wrap else (LONG, LONG)
    document = read(f"{before}\n\n{lines}\n\n{after}")
    assert kinds(document)[1:-1] == [(Kind.PARAGRAPH, lines)]
    assert texts(document)[0] == texts(document)[-1] == LONG


# Quotations.


def test_a_paragraph_set_in_as_a_whole_is_a_quotation() -> None:
    quoted = textwrap.indent(wrapped(f"{THREE} {FOUR}", width=60), "    ")
    verse = textwrap.indent(VERSE, "      ")
    document = read("\n\n".join([wrapped(LONG), quoted, wrapped(LONG), verse, wrapped(LONG)]))
    assert [block.quoted for block in document.blocks] == [0, 1, 0, 1, 0]
    assert texts(document)[1] == f"{THREE} {FOUR}"
    assert texts(document)[3] == VERSE


def test_mail_marks_quote_and_a_sign_before_a_number_does_not() -> None:
    mail = textwrap.indent(wrapped(LONG), "> ")
    document = read("\n\n".join([wrapped(LONG), mail, "> > Twice said.", wrapped(LONG)]))
    assert [block.quoted for block in document.blocks] == [0, 1, 2, 0]
    assert texts(document) == [LONG, LONG, "Twice said.", LONG]
    assert texts(read(f"{ONE}\n\n> 5 pots are too many.\n\n{TWO}"))[1] == "> 5 pots are too many."


# Headings.


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1 Introduction", "1 Introduction"),
        ("1. Introduction", "1. Introduction"),
        ("2.3 Of the pot", "2.3 Of the pot"),
        ("IV. THE CASE", "IV. THE CASE"),
        ("CHAPTER TWO", "CHAPTER TWO"),
        ("THE CASE IS CLOSED.", "THE CASE IS CLOSED."),
        ("The pot\n=======", "The pot"),
        ("The pot\n-------", "The pot"),
        ("What is a Kettle Worth?", "What is a Kettle Worth?"),
        ("## The pot", "The pot"),
    ],
)
def test_headings_are_told_from_prose(line: str, heading: str) -> None:
    for one in (LONG, wrapped(LONG)):
        document = read(f"{one}\n\n{line}\n\n{one}")
        assert kinds(document)[1] == (Kind.HEADING, heading)
        assert len(document.blocks) == 3


def test_a_question_apart_from_what_is_above_it_is_a_heading_and_one_in_between_is_not() -> None:
    assert kinds(read(f"{LONG}\n\n\nWhy not?\n\n{LONG}"))[1] == (Kind.HEADING, "Why not?")
    assert kinds(read(f"{LONG}\n\nWhy not?\n\n{LONG}"))[1] == (Kind.PARAGRAPH, "Why not?")


@pytest.mark.parametrize(
    "line",
    [
        "1986. A great year",
        "# hashtag",
        "HELP!",
        "(a) The first thing",
        "12 pots",
        "But is it so?",
        "1. The kettle is a bell: it calls, and those who hear it come, whoever they are and wherever.",
    ],
)
def test_prose_that_looks_like_a_heading_is_prose(line: str) -> None:
    assert kinds(read(f"{LONG}\n\n{line}\n\n{LONG}"))[1] == (Kind.PARAGRAPH, line)


def test_a_heading_in_two_lines_is_two_headings() -> None:
    document = read(f"{wrapped(LONG)}\n\nCHAPTER TWO\nThe Kettle\n\n{wrapped(LONG)}")
    assert kinds(document)[1:3] == [(Kind.HEADING, "CHAPTER TWO"), (Kind.HEADING, "The Kettle")]


# Lists.

NESTED = """\
- Water
  * hot, and drawn from the well behind the house at an hour when nobody
    else is there to draw it
  * cold
- Leaves

  A paragraph that belongs to the leaves.
o  No letter
o  Nor here
"""


def test_bullets_nest_by_their_indentation() -> None:
    document = read(f"{wrapped(LONG)}\n\n{NESTED}\n{wrapped(LONG)}")
    blocks = [(block.kind, block.level, block.text) for block in document.blocks[1:-1]]
    long = "hot, and drawn from the well behind the house at an hour when nobody else is there to draw it"
    assert blocks == [
        (Kind.BULLET, 1, "Water"),
        (Kind.BULLET, 2, long),
        (Kind.BULLET, 2, "cold"),
        (Kind.BULLET, 1, "Leaves"),
        (Kind.PARAGRAPH, 1, "A paragraph that belongs to the leaves."),
        (Kind.BULLET, 1, "No letter"),
        (Kind.BULLET, 1, "Nor here"),
    ]
    assert {block.quoted for block in document.blocks} == {0}


@pytest.mark.parametrize(
    ("signs", "kind", "marker"),
    [
        ("• •", Kind.BULLET, ""),
        ("– –", Kind.BULLET, ""),
        ("1) 2)", Kind.NUMBERED, "2."),
        ("(1) (2)", Kind.NUMBERED, "2."),
        ("1. 2.", Kind.NUMBERED, "2."),
    ],
)
def test_every_usual_sign_opens_an_item(signs: str, kind: Kind, marker: str) -> None:
    one, two = signs.split()
    document = read(f"{LONG}\n\n{one} Boil the water.\n{two} Wait.\n\n{LONG}")
    assert kinds(document)[1:3] == [(kind, "Boil the water."), (kind, "Wait.")]
    assert document.blocks[2].marker == marker


@pytest.mark.parametrize("signs", ["a. b.", "a) b)", "(a) (b)"])
def test_letters_stay_among_the_words(signs: str) -> None:
    one, two = signs.split()
    items = [f"{one} Boil the water.", f"{two} Wait."]
    assert kinds(read("\n".join([LONG, "", *items, "", LONG])))[1:3] == [
        (Kind.BULLET, item) for item in items
    ]


# Notes.


@pytest.mark.parametrize(
    ("call", "foot"),
    [
        ("*", "* The one in the kitchen."),
        ("[1]", "[1] The one in the kitchen."),
        ("¹", "¹ The one in the kitchen."),
        ("[1]", "Notes\n\n1. The one in the kitchen."),
        ("¹", "-----\n\n1 The one in the kitchen."),
        (" (1)", "NOTES\n\n(1) The one in the kitchen."),
    ],
)
def test_a_note_is_taken_where_its_call_is_certain(call: str, foot: str) -> None:
    document = read(f"{ONE}\n\nWe had a kettle{call} and a pot.\n\n{TWO}\n\n{foot}")
    (note,) = document.notes
    assert "".join(run.text for run in note.runs) == "The one in the kitchen."
    assert texts(document) == [ONE, "We had a kettle and a pot.", TWO]
    assert [run.note for run in document.blocks[1].runs] == ["", note.label, ""]


@pytest.mark.parametrize(
    ("body", "foot"),
    [
        ("A kettle* and a pot*.", "* The one in the kitchen."),
        ("A *kettle* and a pot.", "* The one in the kitchen."),
        ("A kettle[1] and a pot.", "[2] The one in the kitchen."),
        ("A kettle (1) and a pot (2).", "(1) The one in the kitchen."),
        ("A kettle in 1 kitchen.", "Notes\n\n1. The one in the kitchen."),
    ],
)
def test_what_is_not_certain_stays_as_it_was_typed(body: str, foot: str) -> None:
    document = read(f"{ONE}\n\n{body}\n\n{TWO}\n\n{foot}")
    assert document.notes == ()
    assert "The one in the kitchen." in texts(document)[-1]


# Pages, breaks, dates.


def test_page_numbers_and_running_heads_go_and_the_sentence_goes_on() -> None:
    prose = " ".join(random.Random(3).choices(words(LONG.lower()), k=900))
    lines = textwrap.wrap(prose, 66)
    pages = [lines[start : start + 20] for start in range(0, len(lines), 20)]
    text = "\n".join(
        "\n".join([*page, "", str(number), "", "ON TEA AND KETTLES", ""])
        for number, page in enumerate(pages, start=3)
    )
    document = read(text)
    assert texts(document) == [prose]
    reasons = {(left.reason, left.text) for left in document.left_out}
    assert ("a running head", "ON TEA AND KETTLES") in reasons
    assert ("a page number", "4") in reasons


def test_a_line_alone_at_the_same_distance_is_a_running_head() -> None:
    prose = " ".join(random.Random(4).choices(words(LONG.lower()), k=1400))
    lines = textwrap.wrap(prose, 66)
    pages = [lines[start : start + 24] for start in range(0, len(lines), 24)]
    document = read("\n".join("\n".join([*page, "", "On kettles", ""]) for page in pages))
    assert texts(document) == [prose]
    assert {left.text for left in document.left_out} == {"On kettles"}


def test_a_number_that_counts_no_page_stays_and_so_does_a_refrain() -> None:
    text = "\n\n".join(
        [ONE, "12", TWO, "Nobody owes you tea.", THREE, "Nobody owes you tea.", FOUR]
    )
    assert texts(read(text)) == text.split("\n\n")
    sections = "\n\n".join(["1", LONG, ONE, TWO, "2", LONG, "3", *[THREE] * 9])
    assert {"1", "2", "3"} <= set(texts(read(sections)))


@pytest.mark.parametrize("sign", ["***", "* * *", "---", "• • •", "~~~", "⁂"])
def test_a_break_between_parts_is_no_passage(sign: str) -> None:
    document = read(f"{ONE}\n\n{sign}\n\n{TWO}")
    assert texts(document) == [ONE, TWO]
    assert [(left.text, left.line) for left in document.left_out] == [(sign, 3)]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("March 3, 2014", "2014-03-03"),
        ("Monday, 3 March 2014", "2014-03-03"),
        ("3. März 2014", "2014-03-03"),
        ("2014-03-03", "2014-03-03"),
        ("Published on March 3rd, 2014", "2014-03-03"),
        ("By Ada Byron on May 2, 2017", "2017-05-02"),
        ("February 30, 2014", ""),
    ],
)
def test_the_date_above_an_essay_is_its_date(line: str, date: str) -> None:
    assert read(f"On tea\n\n{line}\n\n{ONE}\n\n{TWO}").date == date


def test_the_source_is_the_address_and_an_address_in_prose_is_not() -> None:
    assert read(f"https://example.org/tea\n\n{ONE}\n\n{TWO}").address == "https://example.org/tea"
    document = read(f"{ONE}\n\n{TWO}\n\nSource: https://example.org/tea")
    assert document.address == "https://example.org/tea"
    assert texts(document) == [ONE, TWO]
    assert read(f"{ONE}\n\nSee https://example.org/tea for more.").address == ""


def test_a_text_that_loses_most_of_its_words_says_so() -> None:
    document = read("\n\n".join([ONE, "Leave a Reply", *[f"{n} Comments" for n in range(40)]]))
    assert "words were left out, more than half: readers' comments (" in document.remarks[0]
    assert read(f"{ONE}\n\n{TWO}").remarks == ()


# Nothing is Markdown.

LITERAL = [
    "1986. A great year", "1986. A great year for tea, they say.", "# hashtag", "#hashtag of a day",
    "    four leading spaces", "\ta tab", "a\ttab", "{: .x }", "Words {: .x }", "[[x]]", "{{ x }}", "{% x %}",
    "<3", "<b>bold</b>", "<!-- x -->", "<script>x</script>", "&amp;", "&copy; 2", "2 * 3 * 4", "*not emphasis",
    "not emphasis*", "snake_case_names", "__init__.py", "a | b", "a | b\n--- | ---\nc | d", "+ plus", "~~~ tea",
    "``` tea", "`code`", "=== tea", "Tea\n= pot", "[^1]", "[^1]: tea", "[tea]: http://x.example", "![x](y)",
    "[x](y)", "http://x_y_z", "<http://x.example>", "a \\ b", "\\* tea", "!!! note", "??? note", "::: note",
    ":::", "Term\n: definition", "*[HTML]: abbreviation", "$x$", "$$x$$", "--8<-- tea", "[TOC]", "* tea", "- tea",
    "a  \nb", "~x~ ^y^ ==z== ++a++", ":smile:", "(c) tea", "-- tea", "\\(x\\)", "1. tea", "1) tea", "|x|", "| x", "a&b",
    "\u00a0\u00a0nbsp", "50 %", "^ tea", "@tea", "---8<---x", "%% x", "<p markdown=1>x",
]  # fmt: skip
RENDERER = ["attr_list", "footnotes", "toc"]


def rendered(text: str) -> list[str]:
    """The words of an essay's blocks as the renderer shows them, white space closed up."""
    body = "\n".join(line.text for line in split(text).body)
    page = markdown.markdown(body, extensions=RENDERER)
    elements = re.findall(
        r"<(?:p|li|h\d)\b[^>]*>(.*?)(?=</?(?:p|li|h\d|ul|ol|blockquote)\b)", page, re.S
    )
    plain = (html.unescape(re.sub(r"<[^>]*>", "", each)) for each in elements)
    return [" ".join(each.split()) for each in plain if each.strip()]


@pytest.mark.parametrize("literal", LITERAL)
def test_nothing_typed_is_read_as_markdown(literal: str) -> None:
    for text in (literal, f"{literal} and more of it, to the end of this sentence."):
        document = read(f"{ONE}\n\n{text}\n\n{TWO}")
        markers = [block.marker for block in document.blocks]
        kept = " ".join([*texts(document), *markers, *(left.text for left in document.left_out)])
        typed = f"{ONE}\n\n{text}\n\n{TWO}"
        assert sorted(words(kept)) == sorted(words(typed))
        shown = rendered(essay_text(document, "originals/tea.txt"))
        assert shown == [" ".join(each.split()) for each in texts(document)]
        if not document.left_out:
            signs = re.sub(r"^>? ?[*-]? ?|\s", "", text)
            assert re.sub(r"\s", "", texts(document)[1]).endswith(signs[-5:])


@pytest.mark.parametrize("literal", LITERAL)
def test_an_essays_file_holds_the_passages_that_were_read(literal: str) -> None:
    document = read(f"{ONE}\n\n{literal} and more of it.\n\n{TWO}")
    text = essay_text(document, "originals/tea.txt")
    essay, findings = read_essay(text, "essays/tea.md", "tea", {"Ada Byron": "ada-byron"})
    assert [f for f in findings if f.code not in ("incomplete-metadata",)] == []
    passages = [part for part in essay.passages if isinstance(part, Passage)]
    assert len(passages) == sum(block.kind is not Kind.HEADING for block in document.blocks)


TYPED = ["The kettle sings before it boils,", "and whoever lives with one learns to hear it.", "tea", "12", "1.",
         "(a)", "-", "* ", "•", ">", "[1]", "¹", "Notes", "***", "====", "---", "by Ada Byron", "© 2013", "12 Comments",
         "About Ada Byron", "Ada Byron is a poet.", "\n", "\n\n", "\n\n\n", "    ", "\t", " ", "\f", "—", "“", "inter-",
         "Page 3 of 9", "Source: https://example.org", "March 3, 2014", "Share this", "o ", "b)", "#", "ALL CAPS"]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(TYPED), max_size=40))
def test_whatever_is_typed_no_word_is_lost(typed: list[str]) -> None:
    text = " ".join(typed).replace("\n ", "\n")
    document = read_plain(text, author="Ada Byron")
    kept = [
        *texts(document),
        *(block.marker for block in document.blocks),
        *(left.text for left in document.left_out),
        *("".join(run.text for run in note.runs) for note in document.notes),
        document.title, document.rights, document.biography,
    ]  # fmt: skip
    kept_words = set(words(" ".join(kept)))
    signs = {"1", "¹", "o"} if document.notes else {"o"}  # calls of notes, and a bullet
    missing = set(words(text)) - kept_words - signs
    assert {word for word in missing if not re.search(rf"inter-{word}", " ".join(kept))} == set()
    essay_text(document, "originals/tea.txt")


def test_lists_quotations_and_verse_are_shown_as_they_were_typed() -> None:
    quoted = textwrap.indent(f"{wrapped(LONG)}\n\n{VERSE}", "> ", lambda _: True)
    text = "\n\n".join(
        [wrapped(LONG), NESTED, wrapped(LONG), quoted, wrapped(LONG), VERSE, ADDRESS]
    )
    document = read(text)
    shown = rendered(essay_text(document, "originals/tea.txt"))
    assert shown == [" ".join(each.split()) for each in texts(document)]
    assert [block.quoted for block in document.blocks if block.quoted] == [1, 1]


# Who and when.


def test_a_mails_head_says_title_author_and_date() -> None:
    head = (
        "From: =?utf-8?q?Zo=C3=AB_=C4=8Capek?= <zoe@tea.example>\nTo: kettles@tea.example\n"
        "Date: Tue, 2 Mar 2004 09:12:44 +0100\nSubject: Re: Why I left\n\tthe kitchen\n\n"
    )
    document = read_plain(head + wrapped(LONG, LONG))
    assert (document.title, document.author) == ("Why I left the kitchen", "Zoë Čapek")
    assert (document.date, texts(document)) == ("2004-03-02", [LONG, LONG])
    assert [left.line for left in document.left_out] == [1]
    talk = f"From: a letter\n\n{LONG}\n\n{LONG}"
    assert "From: a letter" in (read_plain(talk).title, *texts(read_plain(talk)))


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (f"On tea\n\nMara Quill\n\n4 March 2019\n\n{LONG}\n\n{LONG}", "Mara Quill"),
        (f"On tea\n\nMara Quill\n\n{LONG}\n\n{LONG}\n\nYours\n\nMara Quill", "Mara Quill"),
        (f"On tea\n\nKettle Songs\n\n{LONG}\n\n{LONG}", ""),
    ],
)
def test_a_name_below_the_title_is_the_authors_where_more_says_so(text: str, author: str) -> None:
    assert read_plain(text).author == author


DATED = "1787-10-18"


@pytest.mark.parametrize(
    ("head", "tail", "author", "date"),
    [
        ("By Cato", "", "Cato", ""),
        ("By Cato (George Quill)", "", "Cato (George Quill)", ""),
        ("by Brutus, 18 October 1787", "", "Brutus", DATED),
        ("BY AN OLD KETTLE\n\nOctober 18, 1787", "", "An Old Kettle", DATED),
        ("BY\n\nMARA QUILL", "", "Mara Quill", ""),
        ("By Mara Quill22 Dec 2016651", "", "Mara Quill", "2016-12-22"),
        ("By Mara QuillMay 3, 2019", "", "Mara Quill", "2019-05-03"),
        (
            "By Mara Quill and Ben Jonson | 2016/12/22",
            "",
            "Mara Quill and Ben Jonson",
            "2016-12-22",
        ),
        ("For the Tea Journal. Saturday, October 18, 1787\n\nQUILL", "", "Quill", DATED),
        ("Author: Mara Quill\nDate: Oct. 18th, 1787", "", "Mara Quill", DATED),
        ("", "— Publius", "Publius", ""),
        ("", "PUBLIUS.", "Publius", ""),
        ("", "Brutus", "Brutus", ""),
        ("", "A FARMER\n\nNew York, October 18, 1787.", "A Farmer", DATED),
        ("", "Le Havre, 18 October 1787\n\nMARA QUILL.", "Mara Quill", DATED),
        ("", "The Kettle Farmer.\n\n1. A note that nothing calls.", "The Kettle Farmer", ""),
        ("", "Enough.", "", ""),
        ("", "THE END", "", ""),
    ],
)
def test_bylines_and_signatures_of_many_shapes(
    head: str, tail: str, author: str, date: str
) -> None:
    document = read_plain("\n\n".join(filter(None, ["On tea", head, LONG, LONG, tail])))
    assert (document.title, document.author, document.date) == ("On tea", author, date)
    if author:
        own = [text for text in texts(document) if not text.startswith("1. A note")]
        assert own == [LONG, LONG]
        lines = {line for line in f"{head}\n{tail}".split("\n") if line and line[0] != "1"}
        assert {left.text for left in document.left_out} == lines


@pytest.mark.parametrize(
    "text",
    [f"On tea\n\nMcQUILL\n\n{LONG}\n\n{LONG}", f"On tea\n\n{LONG}\n\n{LONG}\n\nMcQuill."],
)
def test_a_name_that_the_collection_knows_needs_no_by(text: str) -> None:
    assert read_plain(text).author == ""
    document = read_plain(text, known=["mcquill", "McQuill"])
    assert (document.author, texts(document)) == ("McQuill", [LONG, LONG])


def test_lines_above_the_text_that_name_their_fields() -> None:
    head = "Title: On tea\nSubtitle: And pots\nAuthor: Mara Quill\nDate: 18 October 1787\nLanguage: French"
    document = read_plain(f"{head}\n\nOn tea\n\n{LONG}\n\nNote: {ONE}")
    assert (document.title, document.author, document.date) == ("On tea", "Mara Quill", DATED)
    assert (document.language, texts(document)) == ("fr", [LONG, f"Note: {ONE}"])
    assert [left.text for left in document.left_out] == head.split("\n")
    assert read_plain(f"On kettles, by Mara Quill\n\n{LONG}").title == "On kettles"


def test_notes_counted_anew_in_each_part_go_to_their_own_calls() -> None:
    one, two = f"{ONE}[1]\n\n[Footnote 1: First.]", f"{TWO}[1]\n\n[Footnote 1: Second.]"
    document = read(f"{one}\n\n{two}")
    notes = {note.label: "".join(run.text for run in note.runs) for note in document.notes}
    called = [run.note for block in document.blocks for run in block.runs if run.note]
    assert [notes[label] for label in called] == ["First.", "Second."]
