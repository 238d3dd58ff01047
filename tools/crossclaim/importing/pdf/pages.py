"""Pages of a PDF: its characters with their places, read within bounds that no file can leave."""

import contextlib
import logging
import math
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Matrix, decode_text, mult_matrix

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
_TOO_LARGE = "add its essays one by one"
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
class PageChars:
    """A page's characters, its number from 1 and its height in points.

    `image_share` is how much of it images cover, `sideways` the text that is set along another
    direction than most, stamps say; `bullets` are the places (left, middle) of small drawn marks.
    """

    number: int
    height: float
    chars: tuple[Char, ...]
    image_share: float
    sideways: str
    bullets: tuple[tuple[float, float], ...]


def read_pages(data: bytes, step: Step | None = None) -> tuple[list[PageChars], dict[str, str]]:
    """The pages of a PDF and its information dictionary, texts only.

    Raises Unreadable for whatever is no PDF, is locked, broken, or would take all memory or time.
    """
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("the file is no PDF", "look whether it is the right file")
    _check_unpacked_size(data)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        pages = list(_pages(list(PDFPage.create_pages(document)), step))
        entries = [(key, resolve1(entry)) for info in document.info for key, entry in info.items()]
        return pages, {key: decode_text(entry) for key, entry in entries if type(entry) is bytes}
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Unreadable("the PDF is locked with a password", "save it without one") from None
    except Unreadable:
        raise
    except Exception:  # whatever a broken file makes its reader stumble over
        hint = "open it in another program and save it once more"
        raise Unreadable("the PDF is broken", hint) from None


def _check_unpacked_size(data: bytes) -> None:
    """Unpack every stream as far as the bounds go, keeping nothing. Raises Unreadable beyond."""
    whole = 0
    for stream in _STREAM.finditer(data):
        is_image = b"/Image" in data[max(stream.start() - 600, 0) : stream.start()]
        most = _MAX_UNPACKED if is_image else _MAX_STREAM
        size, beginning = _unpacked(data, stream.end(), most)
        size += _unpacked(beginning, 0, most)[0]  # it may be packed twice
        whole += size
        if size > most or whole > _MAX_UNPACKED:
            hint = "look whether it is the right file"
            raise Unreadable("the PDF unpacks to far more than an essay", hint)


def _unpacked(data: bytes, start: int, most: int) -> tuple[int, bytes]:
    """How many bytes a packed stream holds, counted no further than `most`, and how it begins."""
    unpacker, size, beginning = zlib.decompressobj(), 0, b""
    with contextlib.suppress(zlib.error):
        while start < len(data) and size <= most and not unpacker.eof:
            part = unpacker.decompress(data[start : start + _CHUNK])
            size, start = size + len(part), start + _CHUNK
            beginning = beginning or part
    return size, beginning


def _pages(sources: list[PDFPage], step: Step | None) -> Iterator[PageChars]:
    count, chars = len(sources), 0
    if not 0 < count <= _MAX_PAGES:
        raise Unreadable(f"the PDF has {count:,} pages, not 1 to {_MAX_PAGES:,}", _TOO_LARGE)
    deadline = time.monotonic() + _TIME + _TIME_PER_PAGE * count
    resources = PDFResourceManager()
    for number, source in enumerate(sources, start=1):
        page = _page(source, number, resources, deadline)
        chars += len(page.chars)
        if chars > _MAX_CHARS:
            raise Unreadable("the PDF holds far more than an essay", _TOO_LARGE)
        yield page
        if step:
            step(number, count, "pages read")


class _Device(PDFPageAggregator):
    """Gathers what is drawn on a page. Raises Unreadable where that is too much."""

    def __init__(self, resources: PDFResourceManager, deadline: float) -> None:
        super().__init__(resources, laparams=None)
        self.deadline = deadline
        self.operations = self.characters = 0

    def _spend(self, operations: int) -> None:
        self.operations += operations
        if self.operations > _MAX_OPERATIONS or time.monotonic() > self.deadline:
            raise Unreadable("the PDF takes too long to read", "save its text as .docx or .txt")

    def begin_figure(self, *args: Any) -> None:
        self._spend(_FORM_COST)
        super().begin_figure(*args)

    def render_string(self, *args: Any) -> None:
        self._spend(1)
        super().render_string(*args)

    def render_char(
        self, matrix: Matrix, font: PDFFont, size: float, scaling: float, rise: float, *args: Any
    ) -> float:
        self.characters += 1
        if self.characters > _MAX_PAGE_CHARS:
            raise Unreadable("the PDF holds far more than an essay", _TOO_LARGE)
        raised = mult_matrix((1, 0, 0, 1, 0, rise), matrix)  # so that it tells the baseline
        return super().render_char(raised, font, size, scaling, 0, *args)


def _page(
    source: PDFPage, number: int, resources: PDFResourceManager, deadline: float
) -> PageChars:
    """A page, turned so that most of its text is upright."""
    drawn = _drawn(source, resources, deadline)
    turns = Counter(_turn(item) for item in _items(drawn) if isinstance(item, LTChar))
    most = max(turns, key=lambda turn: turns[turn], default=0)
    if most:
        source.rotate = (source.rotate + 90 * most) % 360
        drawn = _drawn(source, resources, deadline)
    chars: list[Char] = []
    sideways: list[str] = []
    bullets: list[tuple[float, float]] = []
    image_area = 0.0
    for item in _items(drawn):
        if isinstance(item, LTChar):
            if _turn(item) != 0:
                sideways.append(item.get_text())
            elif item.x1 > 0 and item.x0 < drawn.width and -2 < item.y0 < drawn.height:
                chars.append(_char(item, drawn.height))
        elif isinstance(item, LTCurve):
            if 1 < item.width < _MAX_BULLET and abs(item.width - item.height) < 0.5:
                bullets.append((item.x0, drawn.height - (item.y0 + item.y1) / 2))
        elif isinstance(item, LTImage):
            image_area += item.width * item.height
    share = image_area / max(drawn.width * drawn.height, 1)
    placed = tuple(c for c in chars if math.isfinite(c.x0 + c.x1 + c.baseline + c.size))
    text = "".join(sideways).strip()
    return PageChars(number, drawn.height, placed, share, text, tuple(bullets))


def _drawn(source: PDFPage, resources: PDFResourceManager, deadline: float) -> LTPage:
    device = _Device(resources, deadline)
    PDFPageInterpreter(resources, device).process_page(source)
    return device.get_result()


def _items(layout: LTPage) -> Iterator[Any]:
    """All items of a page in the order they are drawn, those in figures included."""
    stack: list[Any] = list(reversed(list(layout)))
    while stack:
        item = stack.pop()
        if isinstance(item, LTFigure):
            stack.extend(reversed(list(item)))
        else:
            yield item


def _turn(char: LTChar) -> int | None:
    """How many quarter turns, against the clock, a character's line is turned; None: aslant."""
    a, b, c, d, *_ = char.matrix
    turns = math.atan2(b, a) / (math.pi / 2)
    straight = abs(turns - round(turns)) < 0.05 and a * d - b * c > 0
    return round(turns) % 4 if straight else None


def _char(item: LTChar, height: float) -> Char:
    text = "" if item.get_text().startswith("(cid:") else item.get_text()
    size = max(item.size, 1.0)
    return Char(text, item.x0, item.x1, height - item.matrix[5], size, str(item.fontname))
