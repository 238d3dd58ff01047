"""PDFs: paragraphs told by their places on the page; what cannot be told is not guessed."""

import random
import sys
import textwrap
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from playwright.sync_api import Browser

from crossclaim.importing.document import Block, Document, Kind, Unreadable
from crossclaim.importing.formats import read_original
from crossclaim.importing.pdf import pages
from crossclaim.importing.pdf.pdf import read_pdf
from crossclaim.names import words
from pdfs_made import STYLES, printed, spaceless, written

ONE = "The kettle sings before it boils, and whoever lives with one learns to hear the difference by heart, officially or not."
TWO = "My grandmother warmed the pot with water she then poured on the steps, against the ice, every winter of her long life."
THREE = "A bag in a mug is a way of having tea without being there, and it is how most of us have it today, at work and at home."
FOUR = "What is left in the pot tomorrow will tell you more about a house than the books in the front room, which nobody reads."
FIVE = "The finest office has no kettle at all; a flask is carried in and out, and the fluff of conversation goes with it each day."
VOCABULARY = sorted(set(words(" ".join([ONE, TWO, THREE, FOUR, FIVE]).lower())))


def paragraph(number: int) -> str:
    """Prose that is said nowhere else: three to seven sentences, of any words."""
    drawn = random.Random(number)
    sentences = [
        " ".join(drawn.choices(VOCABULARY, k=drawn.randint(8, 24))).capitalize()
        for _ in range(drawn.randint(3, 7))
    ]
    return ". ".join(sentences) + "."


PARAGRAPHS = [paragraph(number) for number in range(24)]
VERSE = ["Shall I compare the kettle to a bell,", "That sings at dawn and in the evening too,",
         "And rings for those who know its ringing well?"]  # fmt: skip
QUOTED = f"Somebody else has said: {TWO.lower()} And again: {THREE.lower()}"
ESSAY = (
    "<h1>On tea and kettles</h1><p>By Ada Byron</p>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:8])
    + "<h2>Of the pot</h2>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[8:16])
    + f"<blockquote><p>{QUOTED}</p></blockquote>"
    + f"<p>{'<br>'.join(VERSE)}</p>"
    + "<p>Three things are needed, and some say four, but nobody agrees about the fourth:</p>"
    + f"<ul><li>Water, and {ONE.lower()}</li><li>Leaves<ul><li>green</li><li>black</li></ul></li></ul>"
    + "<ol><li>Boil the water.</li><li>Wait.</li></ol><h2>Of the cup</h2>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[16:])
    + "<p>It <em>sings</em> before it <b>boils</b>, and that is <i><b>all</b></i> there is.</p>"
)
FOOT = "position:absolute;bottom:0;font-size:.75em"
NOTED = (
    "<div style='position:relative;height:22cm;break-after:page'><h1>On notes</h1>"
    f"<p>A kettle<sup>1</sup> is a bell. {PARAGRAPHS[1]}</p><p>H<sub>2</sub>O is water, "
    f"and 10<sup>3</sup> is a thousand. {PARAGRAPHS[2]}<sup>2</sup></p>"
    f"<div style='{FOOT}'><div><sup>1</sup> The one in the <i>kitchen</i>, which was sold after "
    "the war to a man who had two of them and who never made tea in either, as far as we know, "
    "nor anything else.</div><div><sup>2</sup> Nobody knows.</div>"
    "<div><sup>7</sup> This is called by nothing.</div></div></div>"
    f"<p>{PARAGRAPHS[3]}</p>"
)
TITLE = "<h1>On columns of which some are long, and which nobody reads in order</h1>"
PROSE = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
COLUMNS = f"{TITLE}<div class=columns>{PROSE}</div>"
TWICE = (
    f"{TITLE}<div class=columns>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[:4])}</div>"
    f"<h2 style='text-align:center'>Of the middle</h2><div class=columns>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[4:])}</div>"
)
UNEVEN = (
    f"{TITLE}<div style='display:flex;gap:1.5em'><div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[:3])}</div>"
    f"<div style='padding-top:.6em'>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[3:6])}</div></div>"
    f"{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[6:])}"
)
BELOW = (
    f"{TITLE}<div class=columns>{PROSE.removesuffix('</p>')}<sup>1</sup></p></div>"
    "<p style='font-size:.75em'><sup>1</sup> Below both.</p>"
)
ROWS = "".join(
    f"<tr><td>{n} pots of the older kind</td><td>{n * 7} crowns</td></tr>" for n in range(12)
)
TABLE = (
    f"<h1>On tables</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[:12])}<table>{ROWS}</table>"
    f"{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[12:])}"
)
SIDEWAYS = (
    "<h1>On margins</h1><div style='position:absolute;left:0;top:3cm;writing-mode:vertical-rl'>"
    f"Printed at Ghent</div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[:8])}"
)
HANGING = "<h1>On marks</h1><ol style='padding-left:3cm'>" + "".join(
    f"<li style='padding-left:.5cm'>{p}</li>" for p in PARAGRAPHS[:8]
)
DIALOGUE = "<h1>On talk</h1>" + "".join(
    f"<p style='padding-left:3cm;text-indent:-3cm'><span style='display:inline-block;width:3cm;text-indent:0'>{who}</span>{p}</p>"
    for who, p in zip(["ADA", "BEN"] * 4, PARAGRAPHS[:8], strict=True)
)
MARGIN = "<h1>On margins</h1>" + "".join(
    f"<p><span style='float:right;width:3cm;margin-right:-3.8cm;font-size:.7em'>A note beside {n}</span>{p}</p>"
    for n, p in enumerate(PARAGRAPHS[:8])
)
ENDED = (
    f"<h1>On ends</h1><p class=first>{PARAGRAPHS[0]}<sup>1</sup></p><p>{PARAGRAPHS[1]}<sup>2</sup></p><p>* * *</p>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[2:5])
    + "<h2>Notes</h2><p>1. See the kettle.</p><p>2. See the pot.</p><p>Ada Byron is a poet, and lives in London.</p>"
)
CAPITAL = "p.first::first-letter{font-size:3em;float:left;line-height:.8}"
LATER = (
    "<h1>On pictures</h1><svg width=600 height=300><rect width=600 height=300 fill=tan /></svg>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:8])
)
CELLS = "td{padding:0 1em 0 0}"
TWO = ".columns{columns:2}"
THREE_COLUMNS = ".columns{columns:3;font-size:9pt} @page{size:A4 landscape}"
EARLY = ".columns{columns:2;column-fill:auto;height:200cm}"
WIDE = "body{font:11pt/1.4 'Liberation Serif';padding-right:4cm} @page{margin:2cm}"
PLAIN = "body{font:11pt/1.4 'Liberation Serif'} sup,sub{font-size:.6em} @page{margin:2cm}"
PRINTS = {
    **{name: (ESSAY, style) for name, style in STYLES.items()},
    **{f"{name}-plain": (ESSAY, style) for name, style in STYLES.items()},
    "notes": (NOTED, PLAIN), "columns": (COLUMNS, PLAIN + TWO), "three columns": (COLUMNS, PLAIN + THREE_COLUMNS),
    "columns twice": (TWICE, PLAIN + TWO), "columns of a book": (COLUMNS, STYLES["book"] + TWO),
    "uneven columns": (UNEVEN, PLAIN), "columns with a note": (BELOW, PLAIN + TWO),
    "columns one of which ends early": (COLUMNS, PLAIN + EARLY),
    "table": (TABLE, PLAIN + CELLS), "table in a column": (f"<div class=columns>{TABLE}</div>", PLAIN + CELLS + TWO + "p{font-size:8pt}"),
    "sideways": (SIDEWAYS, PLAIN + "p{margin-left:1cm}"), "hanging": (HANGING, PLAIN), "dialogue": (DIALOGUE, PLAIN),
    "margin": (MARGIN, WIDE), "figure": (LATER, PLAIN), "endnotes": (ENDED, PLAIN),
    "drop capital": (ENDED, PLAIN + CAPITAL),
}  # fmt: skip
essays = pytest.mark.parametrize("name", [*STYLES, *(f"{name}-plain" for name in STYLES)])


@pytest.fixture(scope="module")
def pdf(chromium: Browser) -> Callable[[str], bytes]:
    """One of PRINTS by its name, printed once; those without “-plain” have running heads."""
    return cache(lambda name: printed(chromium, *PRINTS[name], running_head=name in STYLES))


@pytest.fixture(scope="module")
def read(pdf: Callable[[str], bytes]) -> Callable[[str], Document]:
    """The document of one of PRINTS, read once."""
    return cache(lambda name: read_pdf(pdf(name)))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


@essays
def test_an_essay_comes_out_as_it_went_in_however_it_is_set(
    read: Callable[[str], Document], name: str
) -> None:
    document = read(name)
    assert (document.title, document.author) == ("On tea and kettles", "Ada Byron")
    prose = [b.text for b in document.blocks if b.kind is Kind.PARAGRAPH and not b.quoted]
    announced = "Three things are needed, and some say four, but nobody agrees about the fourth:"
    last = "It sings before it boils, and that is all there is."
    assert prose == [*PARAGRAPHS[:16], "\n".join(VERSE), announced, *PARAGRAPHS[16:], last]
    assert [b.text for b in document.blocks if b.quoted] == [QUOTED]
    assert [b.text for b in document.blocks if b.kind is Kind.HEADING] == [
        "Of the pot",
        "Of the cup",
    ]
    emphasis = [(run.text, run.emphasis) for run in document.blocks[-1].runs if run.emphasis]
    assert emphasis == [("sings", "em"), ("boils", "strong"), ("all", "both")]
    reasons = {left.reason for left in document.left_out}
    pagination = {"a page number", "a running head"} if name in STYLES else set()
    assert reasons == {"the byline, kept as author"} | pagination
    assert document.remarks == ()


@essays
def test_lists_keep_their_marks_and_their_depth(read: Callable[[str], Document], name: str) -> None:
    def item(block: Block) -> tuple[Kind, str, int, str]:
        return block.kind, block.marker, block.level, block.text

    items = [item(b) for b in read(name).blocks if b.kind in (Kind.BULLET, Kind.NUMBERED)]
    assert items == [
        (Kind.BULLET, "", 1, f"Water, and {ONE.lower()}"),
        (Kind.BULLET, "", 1, "Leaves"),
        (Kind.BULLET, "", 2, "green"),
        (Kind.BULLET, "", 2, "black"),
        (Kind.NUMBERED, "1.", 1, "Boil the water."),
        (Kind.NUMBERED, "2.", 1, "Wait."),
    ]


def test_what_is_left_out_says_on_which_page_it_stood(read: Callable[[str], Document]) -> None:
    document = read("book")
    numbers = [left for left in document.left_out if left.reason == "a page number"]
    assert len(numbers) > 3
    assert [left.where for left in numbers] == [f"page {left.text}" for left in numbers]


def test_notes_are_taken_where_a_raised_sign_calls_them(read: Callable[[str], Document]) -> None:
    document = read("notes")
    first, second = document.notes
    assert "".join(run.text for run in first.runs).startswith("The one in the kitchen, which was")
    assert [run.text for run in first.runs if run.emphasis == "em"] == ["kitchen"]
    assert "".join(run.text for run in second.runs) == "Nobody knows."
    assert texts(document)[0] == f"A kettle is a bell. {PARAGRAPHS[1]}"
    assert "10³ is a thousand" in texts(document)[1]
    calls = [run.note for block in document.blocks for run in block.runs if run.note]
    assert calls == [first.label, second.label]
    assert [left.text for left in document.left_out] == ["7 This is called by nothing."]


@pytest.mark.parametrize("name", ["endnotes", "drop capital"])
def test_notes_at_the_end_are_notes_and_a_break_is_no_passage(
    read: Callable[[str], Document], name: str
) -> None:
    document = read(name)
    assert texts(document) == PARAGRAPHS[:5]
    assert ["".join(run.text for run in note.runs) for note in document.notes] == [
        "See the kettle.",
        "See the pot.",
    ]
    assert [run.note for block in document.blocks for run in block.runs if run.note] == ["1", "2"]
    assert document.author == "Ada Byron"
    assert document.biography == "Ada Byron is a poet, and lives in London."
    assert [left.text for left in document.left_out] == ["* * *"]
    assert document.date == "", "the day somebody printed it is not its date"


@pytest.mark.parametrize("name", [name for name in PRINTS if "columns" in name])
def test_columns_are_read_one_after_the_other(read: Callable[[str], Document], name: str) -> None:
    document = read(name)
    assert document.title == "On columns of which some are long, and which nobody reads in order"
    assert [text for text in texts(document) if text in PARAGRAPHS] == PARAGRAPHS
    others = [text for text in texts(document) if text not in PARAGRAPHS]
    assert others == (["Of the middle"] if name == "columns twice" else [])
    assert ["".join(run.text for run in note.runs) for note in document.notes] == (
        ["Below both."] if name == "columns with a note" else []
    )
    (remark,) = document.remarks
    assert "column after column" in remark


@pytest.mark.parametrize("name", [name for name in PRINTS if "table" in name])
def test_a_table_becomes_lines_and_is_told(read: Callable[[str], Document], name: str) -> None:
    document = read(name)
    rows = "\n".join(f"{n} pots of the older kind | {n * 7} crowns" for n in range(12))
    assert texts(document) == [*PARAGRAPHS[:12], rows, *PARAGRAPHS[12:]]
    assert [remark for remark in document.remarks if "a table became lines" in remark]


@pytest.mark.parametrize("name", ["margin", "figure", "sideways", "hanging", "dialogue"])
def test_margins_figures_and_marks_make_no_columns(
    read: Callable[[str], Document], name: str
) -> None:
    document = read(name)
    assert document.remarks == ()
    assert [text for text in texts(document) if text in PARAGRAPHS] == PARAGRAPHS[:8] * (
        name != "dialogue"
    )
    beside = [left.text for left in document.left_out if left.reason == "a note in the margin"]
    assert beside == ([f"A note beside {n}" for n in range(8)] if name == "margin" else [])
    turned = [left.text for left in document.left_out if "sideways" in left.reason]
    assert turned == (["Printed at Ghent"] if name == "sideways" else [])


def test_what_is_known_already_is_not_looked_for(pdf: Callable[[str], bytes]) -> None:
    document = read_pdf(pdf("notes"), title="Another title", author="Ben Jonson")
    assert (document.title, document.author) == ("Another title", "Ben Jonson")
    assert "On notes" in [*texts(document), *(left.text for left in document.left_out)]


def test_progress_is_told_page_by_page(pdf: Callable[[str], bytes]) -> None:
    steps: list[tuple[int, int, str]] = []
    read_pdf(pdf("notes"), step=lambda *step: steps.append(step))
    assert steps == [(1, 2, "pages read"), (2, 2, "pages read")]


# Files by hand.


def page_of(lines: Sequence[str], size: int = 12) -> bytes:
    shown = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
    return b"BT /F1 %d Tf 15 TL 50 750 Td %s ET" % (size, shown)


TEXT = page_of(
    [
        "On tea",
        "",
        *[f"{n} pots are better than one, and that is the whole of it." for n in range(30)],
    ]
)


def test_the_file_s_own_title_and_date_are_taken_only_where_they_say_something() -> None:
    for title, taken in (
        (b"On kettles", "On kettles"),
        (b"Microsoft Word - tea.docx", "On tea"),
        (b"untitled", "On tea"),
    ):
        info = b"<< /Title (%s) /Author (Ada Byron) /CreationDate (D:20140303120000Z) >>" % title
        document = read_pdf(written(TEXT, info=info))
        assert (document.title, document.author, document.date) == (
            taken,
            "Ada Byron",
            "2014-03-03",
        )


PROSE_LINES = [f"{line[:70].rpartition(' ')[0]}." for line in PARAGRAPHS]


@pytest.mark.parametrize("widest", [0, 60, 200])
@pytest.mark.parametrize("gap", [80, 110, 145, 200, 300])
@pytest.mark.parametrize("spacing", [0, 1.5])
def test_words_are_parted_however_narrow_their_gaps(gap: int, widest: int, spacing: float) -> None:
    drawn = random.Random(gap)
    content = spaceless(PROSE_LINES, lambda: drawn.randint(gap, gap + widest), spacing)
    document = read_pdf(written(content), title="Given", author="Ada Byron")
    assert " ".join(texts(document)).split() == " ".join(PROSE_LINES).split()
    assert document.remarks == ()


def test_words_that_run_together_are_told() -> None:
    (remark,) = read_pdf(written(spaceless(PROSE_LINES, lambda: 10))).remarks
    assert "words run together (page 1)" in remark


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", [b"1 0 0 1 0 0", b"0 1 -1 0 800 0", b"0 -1 1 0 -200 700", b"-1 0 0 -1 600 800"])  # fmt: skip
def test_pages_are_read_however_they_lie(matrix: bytes, turned: int) -> None:
    document = read_pdf(written(b"%s cm %s" % (matrix, TEXT), turned=turned))
    assert document.title == "On tea"
    assert texts(document)[0].startswith("0 pots are better than one")
    assert document.left_out == ()


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_that_begin_at_whole_points_are_read_one_after_the_other(columns: int) -> None:
    lines = textwrap.wrap(" ".join(PARAGRAPHS), 40)[: 40 * columns]
    content = b" ".join(
        b"BT /F1 7 Tf 9 TL %d 750 Td %s ET"
        % (20 + 190 * n, b" ".join(b"(%s) '" % line.encode() for line in lines[40 * n :][:40]))
        for n in range(columns)
    )
    document = read_pdf(written(content), title="Given", author="Ada Byron")
    assert " ".join(texts(document)).split() == " ".join(lines).split()
    assert len(document.remarks) == 1


IMAGE = b"q 500 0 0 700 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"
FORMS = [
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 8 /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do /X\nendstream"
]
# Twelve forms, each of which draws the next ten times.
LAUGHS = [
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 60 /Resources << /XObject << /X %d 0 R >> >> >>\nstream\n%s\nendstream"
    % (6 + n, b"/X Do " * 10)
    for n in range(12)
]
DEEP = b"[" * 20_000 + b"]" * 20_000
BOMB = b"0 0 m " * 7_000_000
LOCKED = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (b)]" % (
    b"x" * 32,
    b"y" * 32,
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no PDF"),
        (b"words and words", "no PDF"),
        (b"%PDF-1.7\n", "broken"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken"),
        (written(TEXT)[:300], "broken"),
        (written(IMAGE), "pictures"),
        (written(b".7 .7 -.7 .7 0 0 cm " + TEXT), "sideways"),
        (written(b"", count=3), "pictures"),
        (written(TEXT, trailer=LOCKED), "password"),
        (written(BOMB, packed=True), "far more"),
        (written(TEXT, count=1_001), "1,001 pages"),
        (written(b"BT /F1 9 Tf (%s) Tj ET" % (b"a" * 30_000), packed=True), "far more"),
        (written(b"/X Do", objects=FORMS, resources=b"/XObject << /X 5 0 R >>"), "pictures"),
        (written(DEEP), ""),
        (written(TEXT, objects=[DEEP], info=b"5 0 R"), ""),
    ],
    ids=["empty", "text", "head", "noise", "cut", "scan", "slanted", "blank", "locked", "bomb", "long", "much", "loop", "deep", "deep-info"],
)  # fmt: skip
def test_a_broken_or_hostile_file_says_so_in_one_line(
    data: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_MAX_PAGE_CHARS", 20_000)
    limit = sys.getrecursionlimit()
    try:
        read_pdf(data)
    except Unreadable as error:
        assert says in error.message
        assert error.hint
        assert "\n" not in error.message + error.hint
    else:
        assert says == ""
    assert sys.getrecursionlimit() == limit


def test_forms_that_draw_each_other_without_end_are_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "_MAX_OPERATIONS", 20_000)
    with pytest.raises(Unreadable, match="too long"):
        read_pdf(written(b"/X Do", objects=LAUGHS, resources=b"/XObject << /X 5 0 R >>"))


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "crossclaim.importing.pdf.pdf", None)
    with pytest.raises(Unreadable, match="not installed") as raised:
        read_original(written(TEXT), ".pdf", "", "")
    assert raised.value.hint == "pip install 'crossclaim[pdf]'"


@pytest.mark.parametrize("cut", range(200, 2_400, 150))
def test_a_file_that_ends_early_raises_nothing_else(cut: int) -> None:
    whole = written(TEXT, packed=True, info=b"<< /Title (Tea) >>")
    try:
        read_pdf(whole[: min(cut, len(whole) - 1)])
    except Unreadable as error:
        assert error.message
