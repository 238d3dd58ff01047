"""Project Gutenberg's files: what stands around a text there, in headers of all its years."""

import itertools
import textwrap

import pytest

from crossclaim.importing.document import Document, Kind
from crossclaim.importing.gutenberg import Frame, find_frame, omissions
from crossclaim.importing.text.plain import read_plain

ONE = (
    "The kettle sings before it boils, and whoever lives with one learns to hear the difference by "
    "heart, and never asks for it again, neither of the kettle nor of those who own it.[1]"
)
TWO = (
    "My grandmother warmed the pot with water she then poured on the steps, against the ice, every "
    "winter of her life and of ours, whether or not there was anybody left to slip on them."
)
FIELDS = "Title: Of Kettles\n\nAuthor: Ada Byron\n\nRelease Date: May 3, 2008 [EBook #9]\n\nLanguage: German"
NAMED = (
    "The Project Gutenberg EBook of Of Kettles, by Ada Byron\n\nThis eBook is for anyone anywhere."
)
HEADERS = [
    f"{NAMED}\n\n\n{FIELDS}\n\n*** START OF THIS PROJECT GUTENBERG EBOOK OF KETTLES ***",
    f"The Project Gutenberg eBook of Of Kettles\n\n{FIELDS}\n\n*** START OF THE PROJECT GUTENBERG EBOOK OF\nKETTLES ***",
    "Project Gutenberg's Of Kettles, by Ada Byron\n\nCopyright laws are changing all over the world.\n\n"
    "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
    f"{NAMED}\n\nTitle: Of\n       Kettles\n\nAuthor: Ada Byron\n\n***START OF THE PROJECT GUTENBERG EBOOK OF KETTLES***",
]
CREDITS = ["Produced by Bob Hope and\nthe Proofreaders", "[Etext prepared by Bob Hope, hope@tea.example]", "",
           "Transcriber's Note:\n\nThe spelling was kept."]  # fmt: skip
PAGES = ["OF KETTLES\n\nBY ADA BYRON", "OF KETTLES\n\nBY\n\nADA BYRON\n\n\nLONDON\nPOT AND SONS\n1901",
         "Of Kettles\n\nby Ada Byron\n\nCONTENTS\n\n CHAPTER I. Of Water ..... 1\n CHAPTER II. Of Leaves ..... 9"]  # fmt: skip
ENDS = [
    "THE END\n\n\nEnd of the Project Gutenberg EBook of Of Kettles, by Ada Byron\n\n"
    "*** END OF THIS PROJECT GUTENBERG EBOOK OF KETTLES ***\n\nThis file should be named 9.txt",
    "*** END OF THE PROJECT GUTENBERG EBOOK OF KETTLES ***\n\nSection 1. General Terms of Use",
    "End of Project Gutenberg's Of Kettles, by Ada Byron",
]
TEXT = (
    f"CHAPTER I\n\nOf Water\n\n{textwrap.fill(ONE, 66)}\n\n[Illustration: A kettle]\n\n     *     *     *\n\n"
    f"CHAPTER II\n\nOf Leaves\n\n{textwrap.fill(TWO, 66)}\n\n[Footnote 1: Not in winter.\n\nNor in spring.]"
)


def kept(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind is Kind.PARAGRAPH]


@pytest.mark.parametrize("parts", list(itertools.product(HEADERS, CREDITS, PAGES, ENDS)))
def test_the_text_is_all_that_is_left_and_all_else_is_named(parts: tuple[str, ...]) -> None:
    header, made_by, page, end = parts
    document = read_plain("\n\n\n".join([header, made_by, page, TEXT, end]))
    assert (document.title, document.author) == ("Of Kettles", "Ada Byron")
    assert document.language == ("de" if "Language" in header else "")
    assert kept(document) == [ONE.removesuffix("[1]"), TWO]
    (note,) = document.notes
    assert "".join(run.text for run in note.runs) == "Not in winter. Nor in spring."
    reasons = {left.reason for left in document.left_out}
    assert {
        "Project Gutenberg's header",
        "Project Gutenberg's licence",
        "a picture's place",
    } <= reasons
    named = "\n".join(left.text for left in document.left_out)
    for line in "\n".join([header, made_by, end]).splitlines():
        assert line.strip() in named
    assert document.remarks == ()


def test_another_text_has_no_frame_and_its_contents_list_goes_only_if_it_is_one() -> None:
    assert (
        find_frame(["On Project Gutenberg", "", "It was begun in 1971.", "Note: A joke."]) is None
    )
    unfinished = ["The Project Gutenberg EBook of Tea", "*** START OF THE PROJECT GUTENBERG EBOOK"]
    assert find_frame(unfinished) == Frame(2, 2, "Tea")
    assert omissions(["Contents", "Water\nLeaves", "Water", ONE, "Leaves", TWO], framed=False) == {
        0: "the contents list; its headings come again",
        1: "the contents list; its headings come again",
    }
    assert omissions(["Contents", "may settle in the post.", "Water", ONE], framed=False) == {}
