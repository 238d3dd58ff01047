"""Pages of a PDF: its characters with their places, read within bounds that no file can leave."""

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

from crossclaim.importing.document import Unreadable
from crossclaim.model import Step

_MAX_PAGES = 1_000
_MAX_UNPACKED = 200_000_000  # bytes, of all streams together
_MAX_STREAM = 40_000_000  # bytes of one stream that is no image
_MAX_CHARS = 5_000_000  # in the whole file
_MAX_PAGE_CHARS = 200_000
_TIME = 60  # seconds for a whole file, and as many for each page as below
_TIME_PER_PAGE = 2
_MAX_OPERATIONS = 300_000  # on a page: texts shown, and forms drawn, which cost more each time
_FORM_COST = 20  # operations
_MAX_BULLET = 7  # points
_CHUNK = 65_536  # bytes
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its text, its place in points from the page's upper left corner, its font."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its number from 1, its size in points, its characters.

    `image_share` is how much of it images cover, `rotated` the text that is set along another
    direction, stamps mostly; `bullets` are the places (left, middle) of small drawn marks.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    image_share: float = 0
    rotated: str = ""
    bullets: tuple[tuple[float, float], ...] = ()


def pdf_pages(data: bytes, step: Step | None = None) -> tuple[list[PdfPage], dict[str, str]]:
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
    _check_unpacked_size(data)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = list(_pages(pdf, step))
            metadata = pdf.metadata or {}
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes its reader stumble over
        raise _unreadable(error) from None
    return pages, {key: value for key, value in metadata.items() if isinstance(value, str)}


def _unreadable(error: BaseException) -> Unreadable:
    errors = [error, *error.args, error.__cause__, error.__context__]
    names = " ".join(type(each).__name__ for each in errors)
    if "Password" in names or "Encrypt" in names:
        return Unreadable("the PDF is locked with a password", "save it without one")
    return Unreadable("the PDF is broken", "open it in another program and save it once more")


def _too_large() -> Unreadable:
    return Unreadable("the PDF holds far more than an essay", "add its essays one by one")


def _check_unpacked_size(data: bytes) -> None:
    """Unpack every stream as far as the bounds go, keeping nothing. Raises Unreadable beyond."""
    whole = 0
    for stream in _STREAM.finditer(data):
        is_image = b"/Image" in data[max(stream.start() - 600, 0) : stream.start()]
        size, beginning = _unpacked(data, stream.end(), _MAX_UNPACKED if is_image else _MAX_STREAM)
        if beginning[:1] == b"\x78" and not is_image:  # packed twice
            size += _unpacked(beginning, 0, _MAX_STREAM)[0]
        whole += size
        if whole > _MAX_UNPACKED or (not is_image and size > _MAX_STREAM):
            raise Unreadable(
                "the PDF unpacks to far more than an essay", "look whether it is the right file"
            )


def _unpacked(data: bytes, start: int, most: int) -> tuple[int, bytes]:
    """How many bytes a packed stream holds, counted no further than `most`, and how it begins."""
    if data[start : start + 1] not in (
        b"\x78",
        b"\x68",
        b"\x58",
        b"\x48",
        b"\x38",
        b"\x28",
        b"\x18",
    ):
        return 0, b""
    unpacker, size, beginning = zlib.decompressobj(), 0, b""
    chunk, start = data[start : start + _CHUNK], start + _CHUNK
    try:
        while chunk and size <= most and not unpacker.eof:
            part = unpacker.decompress(chunk, 1_000_000)
            beginning = beginning or part
            size += len(part)
            chunk = unpacker.unconsumed_tail
            if not chunk:
                chunk, start = data[start : start + _CHUNK], start + _CHUNK
    except zlib.error:
        pass
    return size, beginning


def _pages(pdf: Any, step: Step | None) -> Iterator[PdfPage]:
    count = len(pdf.pages)
    if count > _MAX_PAGES:
        raise Unreadable(
            f"the PDF has {count:,} pages, more than {_MAX_PAGES:,}", "add its essays one by one"
        )
    if not count:
        raise Unreadable("the PDF has no pages", "look whether it is the right file")
    deadline = time.monotonic() + _TIME + _TIME_PER_PAGE * count
    chars = 0
    for number, source in enumerate(pdf.pages, start=1):
        page = _page(source, number, _limit(deadline))
        chars += len(page.chars)
        if chars > _MAX_CHARS:
            raise _too_large()
        yield page
        source.close()
        if step:
            step(number, count, "pages read")


def _limit(deadline: float) -> Callable[[], None]:
    """A function that raises Unreadable once it is too late, or has been called too often."""
    calls = itertools.count()

    def check() -> None:
        if time.monotonic() > deadline or next(calls) > _MAX_OPERATIONS:
            raise Unreadable("the PDF takes too long to read", "save its text as .docx or .txt")

    return check


def _page(source: Any, number: int, check_limit: Callable[[], None]) -> PdfPage:
    from pdfminer.layout import LTChar, LTCurve, LTImage

    layout = _layout(source, check_limit)
    chars: list[Char] = []
    rotated: list[str] = []
    bullets: list[tuple[float, float]] = []
    image_area = 0.0
    for item in _items(layout):
        if isinstance(item, LTChar):
            if not item.upright or item.matrix[0] <= 0:
                rotated.append(item.get_text())
            elif item.x1 > 0 and item.x0 < layout.width and -2 < item.y0 < layout.height:
                chars.append(_char(item, layout.height))
        elif isinstance(item, LTCurve):
            if 1 < item.width < _MAX_BULLET and abs(item.width - item.height) < 0.5:
                bullets.append((item.x0, layout.height - (item.y0 + item.y1) / 2))
        elif isinstance(item, LTImage):
            image_area += item.width * item.height
    return PdfPage(
        number,
        layout.width,
        layout.height,
        tuple(char for char in chars if _has_place(char)),
        image_area / max(layout.width * layout.height, 1),
        "".join(rotated).strip(),
        tuple(bullets),
    )


def _layout(source: Any, check_limit: Callable[[], None]) -> Any:
    """What pdfminer draws of a page, an LTPage. Raises Unreadable where that is too much."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter

    class Interpreter(PDFPageInterpreter):
        """Checks the limit at each text and each form that is drawn, forms inside forms too."""

        def do_Do(self, xobjid_arg: Any) -> None:
            for _ in range(_FORM_COST):
                check_limit()
            super().do_Do(xobjid_arg)

        def do_TJ(self, seq: Any) -> None:
            check_limit()
            super().do_TJ(seq)

    drawn = itertools.count()

    class Device(PDFPageAggregator):
        """Counts the characters of the page."""

        def render_char(self, *args: Any, **kwargs: Any) -> float:
            if next(drawn) > _MAX_PAGE_CHARS:
                raise _too_large()
            return super().render_char(*args, **kwargs)

    device = Device(source.pdf.rsrcmgr, laparams=None)
    Interpreter(source.pdf.rsrcmgr, device).process_page(source.page_obj)
    return device.get_result()


def _items(layout: Any) -> Iterator[Any]:
    """All items of a page in the order they are drawn, those in figures included."""
    from pdfminer.layout import LTFigure

    stack: list[Any] = list(reversed(list(layout)))
    while stack:
        item = stack.pop()
        if isinstance(item, LTFigure):
            stack.extend(reversed(list(item)))
        else:
            yield item


def _char(item: Any, height: float) -> Char:
    scale = abs(item.matrix[3]) or 1.0
    size = item.fontsize * scale if getattr(item, "fontsize", 0) else item.size
    size = size if size >= 1 else max(item.size, 1.0)
    text = item.get_text()
    text = "" if text.startswith("(cid:") else text
    return Char(text, item.x0, item.x1, height - item.matrix[5], size, str(item.fontname))


def _has_place(char: Char) -> bool:
    return all(map(math.isfinite, (char.x0, char.x1, char.baseline, char.size)))
