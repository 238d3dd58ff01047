"""Documents made for tests, and the same documents as pages, Word files and books."""

import zipfile
from dataclasses import replace
from functools import cache
from html import escape
from io import BytesIO
from itertools import groupby

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from hypothesis import strategies as st

from crossclaim.importing.document import Block, Kind, Run

WORDS = [
    "kettle",
    "pot",
    "leaf",
    "water",
    "stove",
    "cup",
    "saucer",
    "spoon",
    "grandmother",
    "winter",
    "steps",
    "ice",
    "mug",
    "window",
    "harbour",
    "ferry",
    "tin",
    "shelf",
    "clock",
    "garden",
    "letter",
    "lamp",
    "oak",
    "river",
    "stone",
    "bread",
    "honey",
    "table",
    "chair",
    "road",
]
_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@st.composite
def sentences(draw: st.DrawFn, least: int = 14, most: int = 22) -> str:
    """A sentence of plain words that no rule for furniture knows."""
    chosen = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most, unique=True))
    end = draw(st.sampled_from([".", "?", "!", ".”", "’s."]))
    opening = "“" if end == ".”" else ""
    return opening + " ".join(["The", *chosen]) + end


@st.composite
def paragraph_runs(draw: st.DrawFn) -> tuple[Run, ...]:
    """A plain sentence, with a few words set apart in its middle or a line break."""
    before, after = draw(sentences()), draw(sentences())
    mark = draw(st.sampled_from(["", "em", "strong", "both", "break", "link"]))
    if mark == "":
        return (Run(f"{before} {after}"),)
    if mark == "break":  # lines of verse are short
        return (Run("The kettle and the stove,\nthe winter and the ice."),)
    if mark == "link":
        return (
            Run(f"{before} "),
            Run("the harbour", address="https://example.org/a_b"),
            Run(f" {after}"),
        )
    return (Run(f"{before} "), Run("two words", mark), Run(f" {after}"))


@st.composite
def documents(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks of every kind, in an order an essay could have them; prose first and last."""
    blocks = [Block(Kind.PARAGRAPH, draw(paragraph_runs()))]
    for _ in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(["paragraph", "heading", "quote", "bullets", "numbers"]))
        if kind == "heading":
            blocks.append(
                Block(
                    Kind.HEADING,
                    (Run(draw(sentences(3, 6)).strip("“”.?!")),),
                    level=draw(st.integers(2, 4)),
                )
            )
        if kind in ("paragraph", "heading"):
            blocks.append(Block(Kind.PARAGRAPH, draw(paragraph_runs())))
        elif kind == "quote":
            blocks += [Block(Kind.PARAGRAPH, draw(paragraph_runs()), quoted=1)] * draw(
                st.integers(1, 2)
            )
        elif kind == "bullets":
            levels = draw(st.sampled_from([(1, 1), (1, 2, 1), (1, 2, 2, 1)]))
            blocks += [
                Block(Kind.BULLET, (Run(draw(sentences())),), level=level) for level in levels
            ]
        elif kind == "numbers":
            blocks += [
                Block(Kind.NUMBERED, (Run(draw(sentences())),), f"{n}.", 1)
                for n in range(1, draw(st.integers(2, 4)))
            ]
        if kind in ("quote", "bullets", "numbers"):
            blocks.append(Block(Kind.PARAGRAPH, draw(paragraph_runs())))
    blocks.append(Block(Kind.PARAGRAPH, (Run(draw(sentences())),)))
    return tuple(_with_unique_words(block, number) for number, block in enumerate(blocks))


def _with_unique_words(block: Block, number: int) -> Block:
    """The block with words that no other has: what comes twice may be a standfirst or a label."""
    first, *rest = block.runs
    text = first.text.replace(
        "The ", f"The {'very ' * (number % 5)}{WORDS[number % 30]} {WORDS[number // 5]} ", 1
    )
    return replace(block, runs=(replace(first, text=text), *rest))


def inline_html(runs: tuple[Run, ...]) -> str:
    around = {
        "": "{}",
        "em": "<em>{}</em>",
        "strong": "<b>{}</b>",
        "both": "<strong><i>{}</i></strong>",
    }
    text = ""
    for run in runs:
        inner = around[run.emphasis].format(escape(run.text).replace("\n", "<br />"))
        text += f'<a href="{run.address}">{inner}</a>' if run.address else inner
    return text


def as_html(blocks: tuple[Block, ...]) -> str:
    """Blocks as the elements a writing program makes of them."""
    text = ""
    for kind, group in groupby(
        blocks, lambda b: (b.kind in (Kind.BULLET, Kind.NUMBERED) and b.kind, b.quoted)
    ):
        if kind[0]:
            text += _list_html(list(group))
            continue
        inner = "".join(
            f"<h{b.level}>{inline_html(b.runs)}</h{b.level}>"
            if b.kind is Kind.HEADING
            else f"<p>{inline_html(b.runs)}</p>"
            for b in group
        )
        text += f"<blockquote>{inner}</blockquote>" if kind[1] else inner
    return text


def _list_html(items: list[Block]) -> str:
    tag = "ul" if items[0].kind is Kind.BULLET else "ol"
    text, depth = "", 0
    for item in items:
        while depth > item.level:
            text, depth = f"{text}</li></{tag}>", depth - 1
        text += f"<{tag}>" if depth < item.level else "</li>"
        depth = item.level
        text += f"<li>{inline_html(item.runs)}"
    return text + f"</li></{tag}>" * depth


def as_docx(blocks: tuple[Block, ...], title: str, author: str) -> bytes:
    """Blocks as a Word document with Word's own styles."""
    document = word_document()
    document.add_heading(title, 0)
    document.add_paragraph(f"by {author}")
    for block in blocks:
        if block.kind is Kind.HEADING:
            document.add_heading(block.text, block.level)
            continue
        style = {Kind.BULLET: "List Bullet", Kind.NUMBERED: "List Number"}.get(block.kind)
        paragraph = document.add_paragraph(style="Quote" if block.quoted else style)
        for run in block.runs:
            for number, line in enumerate(run.text.split("\n")):
                word_run = paragraph.add_run()
                if number:
                    word_run.add_break(WD_BREAK.LINE)
                word_run.add_text(line)
                word_run.bold = run.emphasis in ("strong", "both") or None
                word_run.italic = run.emphasis in ("em", "both") or None
    return saved(document)


def word_document() -> docx.document.Document:
    """An empty Word document with Word's styles for paragraphs, characters and lists."""
    return docx.Document(BytesIO(_template()))


@cache
def _template() -> bytes:
    """python-docx's template without its hundred table styles: they are most of what is parsed."""
    document = docx.Document()
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE:
            style.delete()
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_epub(
    chapters: dict[str, str], metadata: str = "", more: dict[str, bytes | str] | None = None
) -> bytes:
    """A book whose chapters have these bodies, `<body>` included."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/content.opf": opf,
    }
    for name, body in chapters.items():
        files[f"OEBPS/{name}"] = (
            '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            f"<head><title/></head>{body}</html>"
        )
    return zipped(files | (more or {}))
