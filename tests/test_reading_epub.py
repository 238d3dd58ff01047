"""Books: chapters in their order, what stands around them listed, notes of any file at their calls."""

import pytest

from crossclaim.importing.document import Document, Unreadable
from crossclaim.importing.markup.epub import read_epub
from documents_made import as_epub, zipped

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."
THREE = "A bag in a mug is a way of having tea without being there, and it is how most of us have it today."
FACTS = (
    "<dc:title>On tea</dc:title><dc:creator>Byron, Ada</dc:creator><dc:date>2014-03-02</dc:date>"
    "<dc:language>en-GB</dc:language><dc:publisher>Kettle Press</dc:publisher>"
    "<dc:identifier>urn:isbn:1</dc:identifier><dc:source>https://example.org/tea</dc:source>"
)
BOOK = {
    "cover.xhtml": '<body><img src="c.jpg" alt="A cover"/></body>',
    "title.xhtml": '<body><section epub:type="titlepage"><h1>On tea</h1><p>Ada Byron</p></section></body>',
    "imprint.xhtml": "<body><p>Copyright &copy; 2014 Ada Byron. All rights reserved.</p><p>ISBN 1</p></body>",
    "toc.xhtml": '<body><nav epub:type="toc"><h1>Contents</h1><ol><li><a href="one.xhtml">Water</a></li></ol></nav></body>',
    "one.xhtml": f'<body><h1>Water</h1><p>{ONE}<a epub:type="noteref" href="notes.xhtml#n1">1</a></p></body>',
    "two.xhtml": f'<body><h1>Leaves</h1><p>It’s&nbsp;hot.<a id="r2" href="#x"><sup>2</sup></a> {TWO}</p><p id="x"><a href="#r2">2</a> Inside.</p><p>{THREE}</p></body>',
    "notes.xhtml": '<body><h1>Notes</h1><aside epub:type="footnote" id="n1"><p>1. Far away.</p></aside></body>',
    "index.xhtml": '<body><section epub:type="index"><h1>Index</h1><ul><li>kettle, <a href="one.xhtml">1</a></li><li>pot, <a href="two.xhtml">2</a></li></ul></section></body>',
}  # fmt: skip


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_the_chapters_are_the_text() -> None:
    document = read_epub(as_epub(BOOK, FACTS))
    assert texts(document) == ["Water", ONE, "Leaves", f"It’s\u00a0hot. {TWO}", THREE]
    assert [("".join(run.text for run in note.runs)) for note in document.notes] == [
        "Far away.",
        "Inside.",
    ]
    labels = [run.note for block in document.blocks for run in block.runs if run.note]
    assert labels == [note.label for note in document.notes]


def test_what_the_package_says() -> None:
    document = read_epub(as_epub(BOOK, FACTS))
    assert (document.title, document.author, document.date) == ("On tea", "Ada Byron", "2014-03-02")
    assert (document.language, document.publication) == ("en", "Kettle Press")
    assert document.address == "https://example.org/tea"
    assert document.rights == "Copyright © 2014 Ada Byron. All rights reserved."
    known = read_epub(as_epub(BOOK, FACTS), title="Tea", author="Ben Jonson")
    assert (known.title, known.author) == ("Tea", "Ben Jonson")


def test_what_is_left_out_says_where_and_why() -> None:
    document = read_epub(as_epub(BOOK, FACTS))
    assert {left.where: left.reason for left in document.left_out if left.where} == {
        "chapter 2, title.xhtml": "the title page",
        "chapter 3, imprint.xhtml": "the copyright page",
        "chapter 4, toc.xhtml": "the table of contents",
        "chapter 8, index.xhtml": "the index",
    }
    assert "2 chapters" in document.remarks[0]


def test_a_chapter_that_only_its_name_gives_away_is_read() -> None:
    long = "".join(f"<p>{text}</p>" for text in (ONE, TWO, THREE) * 10)
    document = read_epub(as_epub({"cover.xhtml": f"<body>{long}</body>"}, FACTS))
    assert len(document.blocks) == 30


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ('<span epub:type="ordinal">IV</span><span epub:type="title">The Pot</span>', "IV The Pot"),
        ("<span>I</span><span>THE POT</span>", "I THE POT"),
        ('<span class="dropcap">I</span><span>N THE POT</span>', "IN THE POT"),
        ("<span>Chapter</span><span>4</span><br/>The Pot", "Chapter 4 The Pot"),
        ("4.<span>A Pot</span>", "4. A Pot"),
        ("<small>Chapter</small><b>Four</b>", "Chapter Four"),
        ("<span>T</span>he Pot", "The Pot"),
        ("<span>T</span><small>HE</small> P<small>OT</small>", "THE POT"),
        ("<i>The</i> Pot’<b>s</b> lid", "The Pot’s lid"),
    ],
)
def test_the_parts_of_a_heading_do_not_run_together(heading: str, shown: str) -> None:
    book = as_epub({"a.xhtml": f"<body><p>{ONE}</p><h2>{heading}</h2><p>{TWO}</p></body>"}, FACTS)
    assert texts(read_epub(book)) == [ONE, shown, TWO]


def test_progress_is_told_chapter_by_chapter() -> None:
    steps: list[tuple[int, int, str]] = []
    read_epub(as_epub(BOOK, FACTS), step=lambda *step: steps.append(step))
    assert steps == [(n, len(BOOK), "chapters read") for n in range(1, len(BOOK) + 1)]


def test_a_broken_chapter_is_read_as_a_browser_would() -> None:
    book = as_epub({"a.xhtml": f"<body><p>{ONE}<br><p>{TWO} <b>x</body>"}, FACTS)
    assert texts(read_epub(book)) == [ONE, f"{TWO} x"]


LOCK = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)


def test_a_book_with_locked_fonts_is_read() -> None:
    lock = LOCK.format("http://www.idpf.org/2008/embedding")
    assert read_epub(as_epub(BOOK, FACTS, {"META-INF/encryption.xml": lock})).blocks


LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><package>&b;</package>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "no .epub file"),
        (b"PK\x03\x04 and nothing", "no .epub file"),
        (zipped({"a.txt": "b"}), "no EPUB"),
        (as_epub({}, FACTS), "no chapters"),
        (as_epub({"a.xhtml": "<body/>"}, FACTS), "no text"),
        (as_epub({"../../../a.xhtml": f"<body><p>{ONE}</p></body>"}, FACTS), "no chapters"),
        (as_epub({"a.xhtml": "<body><p>" + "x " * 20_000_000 + "</p></body>"}, FACTS), "unpacks to far more"),
        (as_epub(BOOK, FACTS, {"META-INF/encryption.xml": LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}), "locked"),
        (as_epub(BOOK, FACTS, {"META-INF/rights.xml": "<r/>"}), "locked"),
        (zipped({"META-INF/container.xml": LAUGHS}), "missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_epub(data)
    assert word in raised.value.message
    assert "\n" not in raised.value.message + raised.value.hint
