"""Word documents: styles, notes and properties are read; a bomb is refused before it is unpacked."""

import re

import docx
import pytest
from docx.enum.text import WD_BREAK

from crossclaim.importing.document import Document, Kind, Unreadable
from crossclaim.importing.markup.docx import read_docx
from documents_made import saved, unzipped, word_document, zipped

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the “difference” by heart."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter."


def document(*, title: str = "On tea", byline: str = "by Ada Byron", **properties: str) -> bytes:
    word = word_document()
    for name, value in properties.items():
        setattr(word.core_properties, name, value)
    if title:
        word.add_heading(title, 0)
    if byline:
        word.add_paragraph(byline)
    word.add_paragraph(ONE)
    word.add_paragraph("Quoted once.", style="Quote")
    word.add_paragraph("Quoted hard.", style="Intense Quote")
    word.add_heading("Water", 2)
    word.add_paragraph("Cold", style="List Bullet")
    word.add_paragraph("Hot", style="List Number")
    verse = word.add_paragraph("Roses are red,")
    verse.add_run().add_break(WD_BREAK.LINE)
    verse.add_run("violets blue.").italic = True
    word.add_paragraph(TWO)
    return saved(word)


def with_footnote(data: bytes) -> bytes:
    """The document with a footnote at the end of its second paragraph of text."""
    files = unzipped(data)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    files["word/footnotes.xml"] = (
        f'<?xml version="1.0"?><w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>Not always.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = files["word/_rels/document.xml.rels"].decode()
    files["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>",
        f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>',
    ).encode()
    types = files["[Content_Types].xml"].decode()
    part = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    files["[Content_Types].xml"] = types.replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{part}"/></Types>'
    ).encode()
    body = files["word/document.xml"].decode()
    files["word/document.xml"] = body.replace(
        "by heart.</w:t></w:r>", 'by heart.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    ).encode()
    return zipped(dict(files))


def shape(read: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.quoted, block.text) for block in read.blocks]


def test_words_styles_become_blocks() -> None:
    read = read_docx(document())
    assert shape(read) == [
        ("paragraph", 0, ONE),
        ("paragraph", 1, "Quoted once."),
        ("paragraph", 1, "Quoted hard."),
        ("heading", 0, "Water"),
        ("bullet", 0, "Cold"),
        ("numbered", 0, "Hot"),
        ("paragraph", 0, "Roses are red,\nviolets blue."),
        ("paragraph", 0, TWO),
    ]
    assert [run.text for run in read.blocks[6].runs if run.emphasis == "em"] == ["violets blue."]
    assert [(left.text, left.reason.split(",")[0]) for left in read.left_out] == [
        ("On tea", "the title again"),
        ("by Ada Byron", "the byline"),
    ]


def test_a_footnote_stands_at_its_call() -> None:
    read = read_docx(with_footnote(document()))
    assert read.blocks[0].runs[-1].note == "1"
    assert [(note.label, "".join(run.text for run in note.runs)) for note in read.notes] == [
        ("1", "Not always.")
    ]
    assert shape(read)[1:] == shape(read_docx(document()))[1:]


@pytest.mark.parametrize(
    ("word", "title", "author"),
    [
        (document(author="Ben Jonson", title="On coffee"), "On coffee", "Ada Byron"),
        (document(byline="", author="Ben Jonson"), "On tea", "Ben Jonson"),
        (document(byline="", author="user"), "On tea", ""),
        (document(byline="", author="Microsoft Office User"), "On tea", ""),
    ],
)
def test_the_text_goes_before_the_properties(word: bytes, title: str, author: str) -> None:
    read = read_docx(word)
    assert (read.title, read.author) == (title, author)


def test_properties_fill_what_the_text_lacks() -> None:
    word = docx.Document()
    word.core_properties.title, word.core_properties.author = "On tea", "Ada Byron"
    word.core_properties.language = "de-AT"
    word.add_paragraph(ONE)
    word.add_paragraph(TWO)
    read = read_docx(saved(word))
    assert (read.title, read.author, read.language) == ("On tea", "Ada Byron", "de")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", read.date)
    word.core_properties.title = "Microsoft Word - Document1"
    assert read_docx(saved(word)).title == ""


def test_what_is_known_is_not_looked_for() -> None:
    read = read_docx(document(), title="Tea, again", author="Ben Jonson")
    assert (read.title, read.author) == ("Tea, again", "Ben Jonson")


def bomb(word: bytes) -> bytes:
    files: dict[str, bytes | str] = dict(unzipped(document()))
    return zipped(files | {"word/document.xml": word})


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "no .docx file"),
        (b"hello", "no .docx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old or an encrypted"),
        (zipped({"a.txt": "b"}), "no Word document"),
        (document()[:9000], "no .docx file"),
        (bomb(b"<w:document>" + b" " * 50_000_000), "unpacks to far more"),
        (bomb(LAUGHS), "entities"),
        (bomb(b"<oops"), "damaged"),
        (zipped({f"word/{n}.xml": "" for n in range(20_001)}), "unpacks to far more"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_docx(data)
    assert word in raised.value.message
    assert "\n" not in raised.value.message + raised.value.hint


def test_a_bold_line_is_a_heading_and_a_picture_is_listed() -> None:
    word = word_document()
    word.add_heading("On tea", 1)
    word.add_paragraph(ONE)
    word.add_paragraph().add_run("Water").bold = True
    word.add_paragraph(TWO)
    read = read_docx(saved(word))
    assert [(block.kind, block.text) for block in read.blocks][1] == (Kind.HEADING, "Water")


def test_heads_feet_and_deleted_words_are_named_among_what_is_left_out() -> None:
    word = word_document()
    word.add_heading("On tea", 0)
    word.add_paragraph(ONE)
    word.add_paragraph(TWO)
    word.sections[0].footer.paragraphs[0].text = "The Kettle, spring"
    files = unzipped(saved(word))
    deleted = b'<w:del w:id="2" w:author="x"><w:r><w:delText>Or so.</w:delText></w:r></w:del>'
    end = b"by heart.</w:t></w:r>"
    files["word/document.xml"] = files["word/document.xml"].replace(end, end + deleted)
    document = read_docx(zipped({**files}))
    left = {each.text: each.reason for each in document.left_out}
    assert left["The Kettle, spring"] == "a page's foot"
    assert left["Or so."] == "deleted by the author, with changes tracked"
    assert [block.text for block in document.blocks] == [ONE, TWO]


SPACES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
)


def with_xml(inside: str) -> dict[str, bytes | str]:
    """The parts of a document whose first paragraph goes on with some of Word's own XML."""
    files = unzipped(document(byline="by Ada Byron"))
    marked = f"by heart.</w:t></w:r><w:smartTag {SPACES}>{inside}</w:smartTag>".encode()
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"by heart.</w:t></w:r>", marked
    )
    return {**files}


def words_of(name: str) -> str:
    return f"<w:r><w:t>{name}</w:t></w:r>"


def maths(inside: str) -> str:
    return "<m:oMath>" + re.sub("#(.)", r"<m:r><m:t>\1</m:t></m:r>", inside) + "</m:oMath>"


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("#a#+#b", "a+b"),
        ("<m:f><m:num>#a#+#b</m:num><m:den>#c</m:den></m:f>", "(a+b)/c"),
        ("<m:sSup><m:e>#x</m:e><m:sup>#2</m:sup></m:sSup>", "x^2"),
        ("<m:sSubSup><m:e>#x</m:e><m:sub>#i</m:sub><m:sup>#n#+#1</m:sup></m:sSubSup>", "x_i^(n+1)"),
        ("<m:rad><m:deg/><m:e>#a#b</m:e></m:rad>", "√ab"),
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>#i#=#1</m:sub><m:sup>#n</m:sup><m:e>#i</m:e></m:nary>',
            "∑_(i=1)^n i",
        ),
        ("<m:d><m:e>#x</m:e><m:e>#y</m:e></m:d>", "(x, y)"),
    ],
)
def test_an_equation_is_a_line_of_text_and_a_remark(inside: str, line: str) -> None:
    for around in ("{}", "<m:oMathPara>{}</m:oMathPara>"):
        read = read_docx(zipped(with_xml(around.format(maths(inside)))))
        assert read.blocks[0].text == f"{ONE}{line}"
        assert any("equation" in remark for remark in read.remarks)


BOX = "<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>",
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>",
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    ],
)
def test_a_text_box_is_a_paragraph_below(inside: str) -> None:
    read = read_docx(zipped(with_xml(inside)))
    assert [block.text for block in read.blocks][:2] == [ONE, "Boxed."]


@pytest.mark.parametrize(
    ("inside", "text", "left"),
    [
        (f'<w:fldSimple w:instr="REF x">{words_of(" Field.")}</w:fldSimple>', " Field.", {}),
        (f"<w:ins>{words_of(' Put in.')}</w:ins>", " Put in.", {}),
        (f'<w:bdo w:val="ltr">{words_of(" Turned.")}</w:bdo>', " Turned.", {}),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "漢",
            {},
        ),
        (f"<w:moveFrom>{words_of(' Moved.')}</w:moveFrom>", "", {}),
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t> To be cut.</w:t></w:r>",
            "",
            {"To be cut.": "hidden in the document"},
        ),
        (
            f"<w:unheardOf>{words_of(' Lost words.')}</w:unheardOf>",
            "",
            {"Lost words.": "words in a part of the document that is not read"},
        ),
    ],
)
def test_what_mammoth_passes_over_is_read_or_named(
    inside: str, text: str, left: dict[str, str]
) -> None:
    read = read_docx(zipped(with_xml(inside.replace("<w:t>", '<w:t xml:space="preserve">'))))
    assert read.blocks[0].text == ONE + text
    reasons = {each.text: each.reason for each in read.left_out}
    assert {key: reasons.get(key) for key in left} == left
    assert len(read.left_out) == 2 + len(left)


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    files = with_xml("")
    for name, new in (
        ("word/document.xml", "word/document2.xml"),
        ("word/_rels/document.xml.rels", "word/_rels/document2.xml.rels"),
    ):
        files[new] = files.pop(name)
    for name in ("_rels/.rels", "[Content_Types].xml"):
        part = files[name]
        assert isinstance(part, bytes)
        files[name] = part.replace(b"word/document.xml", b"word/document2.xml")
    assert shape(read_docx(zipped(files))) == shape(read_docx(document()))


def test_strict_documents_are_read_like_others() -> None:
    files = unzipped(with_footnote(document()))
    strict = {
        name: re.sub(
            rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/(\w+)",
            rb"http://purl.oclc.org/ooxml/\1/\2",
            data,
        )
        for name, data in files.items()
    }
    read = read_docx(zipped({**strict}))
    assert shape(read) == shape(read_docx(document()))
    assert [note.label for note in read.notes] == ["1"]


def test_a_line_alone_is_a_title_without_an_essay() -> None:
    word = word_document()
    word.add_paragraph("A clock is a promise to a square")
    with pytest.raises(Unreadable) as raised:
        read_docx(saved(word))
    assert "no essay besides its title" in raised.value.message
    assert [block.text for block in read_docx(saved(word), title="On clocks").blocks] == [
        "A clock is a promise to a square"
    ]
