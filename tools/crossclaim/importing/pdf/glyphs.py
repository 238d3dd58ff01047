"""A PDF's pages as signs with their places, read within bounds that a broken file cannot leave."""

import itertools
import logging
import math
import re
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from crossclaim.importing.document import Step, Unreadable

MOST_PAGES = 1_000
_MOST_UNPACKED = 200_000_000  # bytes, of all streams together
_MOST_OF_ONE = 40_000_000  # bytes of one stream that is no image
_MOST_SIGNS = 5_000_000  # in the whole file
_MOST_ON_PAGE = 200_000
_PATIENCE = 60  # seconds for a whole file, and as many for each page as below
_PATIENCE_A_PAGE = 2
_MOST_CALLS = 300_000  # on a page: texts shown, and forms drawn, which cost more each time
_FORM = 20  # calls that drawing a form costs
_LARGEST_DOT = 7  # points
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign: its text, its place in points from the page's upper left corner, its type."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in points, its signs, the share that images cover.

    `sideways` is what is set along another direction, stamps mostly; `dots` are the places (left,
    middle) of small drawn marks, as some programs make bullets.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    images: float = 0
    sideways: str = ""
    dots: tuple[tuple[float, float], ...] = ()


def pages(data: bytes, step: Step | None = None) -> tuple[list[Page], dict[str, str]]:
    """The pages of a PDF and its information dictionary, texts only.

    Raises Unreadable for whatever is no PDF, is locked, broken, or would take all memory or time.
    """
    try:
        import pdfplumber
    except ImportError:
        raise Unreadable(
            "reading .pdf needs a package that is not installed", "pip install 'crossclaim[pdf]'"
        ) from None
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("the file is no PDF", "look whether it is the right file")
    _bounded(data)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(BytesIO(data)) as opened:
            found = list(_read(opened, step))
            about = {
                key: value for key, value in (opened.metadata or {}).items()
                if isinstance(value, str)
            }  # fmt: skip
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes its reader stumble over
        raise _unreadable(error) from None
    return found, about


def _unreadable(error: BaseException) -> Unreadable:
    seen = [error, *error.args, error.__cause__, error.__context__]
    names = " ".join(type(each).__name__ for each in seen)
    if "Password" in names or "Encrypt" in names:
        return Unreadable("the PDF is locked with a password", "save it without one")
    return Unreadable("the PDF is broken", "open it in another program and save it once more")


def _bounded(data: bytes) -> None:
    """Unpack every stream as far as the bounds go, keeping nothing. Raises Unreadable beyond."""
    whole = 0
    for found in _STREAM.finditer(data):
        image = b"/Image" in data[max(found.start() - 600, 0) : found.start()]
        size, inner = _unpacked(data, found.end(), _MOST_UNPACKED if image else _MOST_OF_ONE)
        if inner[:1] == b"\x78" and not image:  # packed twice
            size += _unpacked(inner, 0, _MOST_OF_ONE)[0]
        whole += size
        if whole > _MOST_UNPACKED or (not image and size > _MOST_OF_ONE):
            raise Unreadable(
                "the PDF unpacks to far more than an essay", "look whether it is the right file"
            )


def _unpacked(data: bytes, at: int, most: int) -> tuple[int, bytes]:
    """How many bytes a packed stream holds, counted no further than `most`, and how it begins."""
    if data[at : at + 1] not in (b"\x78", b"\x68", b"\x58", b"\x48", b"\x38", b"\x28", b"\x18"):
        return 0, b""
    unpacker, size, begin = zlib.decompressobj(), 0, b""
    chunk, at = data[at : at + 65_536], at + 65_536
    try:
        while chunk and size <= most and not unpacker.eof:
            part = unpacker.decompress(chunk, 1_000_000)
            begin = begin or part
            size += len(part)
            chunk = unpacker.unconsumed_tail
            if not chunk:
                chunk, at = data[at : at + 65_536], at + 65_536
    except zlib.error:
        pass
    return size, begin


def _read(opened: Any, step: Step | None) -> Iterator[Page]:
    count = len(opened.pages)
    if count > MOST_PAGES:
        raise Unreadable(
            f"the PDF has {count:,} pages, more than {MOST_PAGES:,}", "add its essays one by one"
        )
    if not count:
        raise Unreadable("the PDF has no pages", "look whether it is the right file")
    end = time.monotonic() + _PATIENCE + _PATIENCE_A_PAGE * count
    signs = 0
    for at, page in enumerate(opened.pages):
        found = _page(page, at + 1, _clock(end))
        signs += len(found.glyphs)
        if signs > _MOST_SIGNS:
            raise _too_much()
        yield found
        page.close()
        if step:
            step(at + 1, count)


def _too_much() -> Unreadable:
    return Unreadable("the PDF holds far more than an essay", "add its essays one by one")


def _clock(end: float) -> Callable[[], None]:
    """A function that raises Unreadable once it is too late, or has been called too often."""
    calls = itertools.count()

    def check() -> None:
        if time.monotonic() > end or next(calls) > _MOST_CALLS:
            raise Unreadable("the PDF takes too long to read", "save its text as .docx or .txt")

    return check


def _page(page: Any, number: int, clock: Callable[[], None]) -> Page:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage
    from pdfminer.pdfinterp import PDFPageInterpreter

    class Interpreter(PDFPageInterpreter):
        """Looks at the clock at each text and each form that is drawn, forms inside forms too."""

        def do_Do(self, xobjid_arg: Any) -> None:
            for _ in range(_FORM):
                clock()
            super().do_Do(xobjid_arg)

        def do_TJ(self, seq: Any) -> None:
            clock()
            super().do_TJ(seq)

    shown = itertools.count()

    class Device(PDFPageAggregator):
        """Counts the signs of the page."""

        def render_char(self, *given: Any, **named: Any) -> float:
            if next(shown) > _MOST_ON_PAGE:
                raise _too_much()
            return super().render_char(*given, **named)

    device = Device(page.pdf.rsrcmgr, laparams=None)
    Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    layout = device.get_result()
    glyphs: list[Glyph] = []
    sideways: list[str] = []
    images = 0.0
    dots: list[tuple[float, float]] = []
    stack: list[Any] = [layout]
    while stack:
        item = stack.pop()
        if isinstance(item, LTChar):
            if not item.upright or item.matrix[0] <= 0:
                sideways.append(item.get_text())
            elif item.x1 > 0 and item.x0 < layout.width and -2 < item.y0 < layout.height:
                glyph = _glyph(item, layout.height)
                if all(map(math.isfinite, (glyph.x0, glyph.x1, glyph.baseline, glyph.size))):
                    glyphs.append(glyph)
        elif isinstance(item, LTCurve):
            if 1 < item.width < _LARGEST_DOT and abs(item.width - item.height) < 0.5:
                dots.append((item.x0, layout.height - (item.y0 + item.y1) / 2))
        elif isinstance(item, LTImage):
            images += item.width * item.height
        elif isinstance(item, LTFigure) or item is layout:
            stack.extend(reversed(list(item)))
    share = images / max(layout.width * layout.height, 1)
    return Page(
        number,
        layout.width,
        layout.height,
        tuple(glyphs),
        share,
        "".join(sideways).strip(),
        tuple(dots),
    )


def _glyph(item: Any, height: float) -> Glyph:
    scale = abs(item.matrix[3]) or 1.0
    size = item.fontsize * scale if getattr(item, "fontsize", 0) else item.size
    text = item.get_text()
    shown = "" if text.startswith("(cid:") else text
    size = size if size >= 1 else max(item.size, 1.0)
    return Glyph(shown, item.x0, item.x1, height - item.matrix[5], size, str(item.fontname))
