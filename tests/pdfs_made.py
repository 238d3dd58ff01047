"""PDFs for the tests, printed by a real browser or written by hand."""

import zlib
from collections.abc import Callable, Sequence

from playwright.sync_api import Browser

STYLES = {
    "web": "body{font:16px/1.5 'Liberation Sans'} p{margin:1em 0} @page{margin:2cm}",
    "book": "body{font:10.5pt/1.25 'Liberation Serif';text-align:justify;hyphens:auto}"
    "p{margin:0;text-indent:1.5em} blockquote p{text-indent:0} @page{size:A5;margin:1.6cm}",
    "ragged": "body{font:12pt/2 'DejaVu Serif'} p{margin:0;text-indent:2em} @page{margin:2.5cm}"
    "li,blockquote p{text-indent:0}",
    "tight": "body{font:9pt/1.15 'Liberation Sans';text-align:justify} p{margin:0 0 4pt}"
    "@page{margin:1.5cm 3cm}",
}


def printed(browser: Browser, body: str, style: str, running_head: bool = False) -> bytes:
    """An HTML body and its style as a PDF, with a running head and page numbers if wanted."""
    page = browser.new_page()
    page.set_content(f"<html lang=en><style>{style}</style><body>{body}</html>")
    bar = "<div style='font-size:8px;width:100%;text-align:center'>{}</div>"
    data = page.pdf(
        prefer_css_page_size=True,
        display_header_footer=running_head,
        header_template=bar.format("Ada Byron, On tea and kettles"),
        footer_template=bar.format("<span class=pageNumber></span>"),
    )
    page.close()
    return data


def spaceless(lines: Sequence[str], gap: Callable[[], int], spacing: float = 0) -> bytes:
    """Lines whose words are parted by gaps alone, thousandths of the type's size, as TeX does."""
    shown = []
    for line in lines:
        parts = [b"(%s)" % word.encode("cp1252") for word in line.split()]
        between = [b" %d " % -gap() for _ in parts[1:]] + [b""]
        shown.append(b"[%s] TJ T*" % b"".join(map(b"".join, zip(parts, between, strict=True))))
    body = b" ".join(shown)
    return b"BT /F1 10 Tf %.2f Tc 15 TL 20 750 Td %s ET" % (spacing, body)


def written(
    content: bytes, *, count: int = 1, packed: bool = False, objects: Sequence[bytes] = (),
    resources: bytes = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
    trailer: bytes = b"", info: bytes = b"", turned: int = 0,
) -> bytes:  # fmt: skip
    """A small PDF by hand: each of its pages has this content. Objects of one's own start at 5.

    `turned` is by how many degrees pages are to be shown turned clockwise.
    """
    data = zlib.compress(content) if packed else content
    filtered = b"/Filter /FlateDecode " if packed else b""
    kids = b" ".join(b"3 0 R" for _ in range(count))
    if count > 1:
        kids = b" ".join(b"%d 0 R" % (1000 + index) for index in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %%s >> /Rotate %d >>"
        % turned
    )
    numbered = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        3: page % resources,
        4: b"<< %s/Length %d >>\nstream\n%s\nendstream" % (filtered, len(data), data),
    }
    numbered |= {5 + index: each for index, each in enumerate(objects)}
    if count > 1:
        numbered |= {1000 + index: page % resources for index in range(count)}
    if info:
        numbered[900] = info
        trailer += b" /Info 900 0 R"
    text, offsets = b"%PDF-1.4\n", {}
    for number, each in numbered.items():
        offsets[number] = len(text)
        text += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(text)
    text += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        text += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(numbered) + 1
    return text + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, trailer, table,
    )  # fmt: skip
