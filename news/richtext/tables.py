"""Tables that say which cell heads which, and layout tables turned back into text.

A head cell without `scope` is guessed by some screen readers and by others not (WCAG technique H63).
"""

from collections.abc import Iterator

from .blocks import Attributes, Block, Box, Line
from .lines import unmarked


def table_of(attributes: Attributes, caption: Line | None, rows: list[Box]) -> list[Block]:
    """One table; a single cell is no table but what it holds."""
    spanned = any("rowspan" in cell.attributes for row in rows for cell in _cells(row))
    rows = [row for row in rows if row.children and (spanned or any(cell.children for cell in _cells(row)))]
    cells = [cell for row in rows for cell in _cells(row)]
    if len(cells) == 1 or not any(cell.children for cell in cells):
        lines = [Line("p", 0, caption.attributes, caption.leaves)] if caption else []
        return [*lines, *(block for cell in cells for block in cell.children)]
    head = _head_length(rows)
    for number, row in enumerate(rows):
        row.attributes = {"section": "thead" if number < head else "tbody"}
        _scope(row)
    kept = {name: value for name, value in attributes.items() if name in {"lang", "dir"}}
    return [Box("table", kept, [*([caption] if caption else []), *rows])]


def is_layout(table: Box) -> bool:
    """Whether a table is only there to place things, as in mail: it says so, or it holds another table."""
    cells = list(cells_of(table))
    return table.attributes.get("role") == "presentation" or len(cells) == 1 or any(map(_holds_table, cells))


def cells_of(table: Box) -> Iterator[Box]:
    return (cell for row in table.children if isinstance(row, Box) for cell in _cells(row))


def _cells(row: Box) -> Iterator[Box]:
    return (cell for cell in row.children if isinstance(cell, Box))


def _holds_table(cell: Box) -> bool:
    return any(
        isinstance(block, Box) and (block.tag == "table" or _holds_table(block)) for block in cell.children
    )


def _head_length(rows: list[Box]) -> int:
    """How many rows at the top are heads: those in thead, else the first if all its cells head something."""
    length = 0
    while length < len(rows) and rows[length].attributes.get("section") == "thead":
        length += 1
    if not length and all(cell.tag == "th" or not cell.children for cell in _cells(rows[0])):
        length = 1
    return length if length < len(rows) else 0


def _scope(row: Box) -> None:
    in_head = row.attributes["section"] == "thead"
    for cell in _cells(row):
        if in_head and cell.children:
            cell.tag = "th"
        if not cell.children:
            cell.tag = "td"
        if cell.tag == "td":
            cell.attributes.pop("scope", None)
        else:
            cell.attributes.setdefault("scope", "col" if in_head else "row")
            for block in cell.children:
                if isinstance(block, Line):
                    block.leaves = unmarked(block.leaves, "strong")
