"""Tables: which hold data, and which only lay out a page."""

from crossclaim.importing.html import signs
from crossclaim.importing.html.trees import Element

_CELL_WORDS = 20  # on average, at most; a cell with more is a column of text


def is_data(table: Element) -> bool:
    """Whether a table's rows are to be read as lines: several short cells beside each other."""
    if table.tag != "table" or (table.get("role") or "") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "ul", "ol", "blockquote"), None) is not None:
        return False
    rows = list(table.iterdescendants("tr"))
    columns = max((sum(cell.tag in ("td", "th") for cell in row) for row in rows), default=0)
    if columns < 2 or len(rows) < 2:
        return False
    cells = [signs.shown(cell) for cell in table.iterdescendants("td", "th")]
    filled = [len(cell.split()) for cell in cells if cell]
    return bool(filled) and sum(filled) <= _CELL_WORDS * len(filled)
