"""Where the cells of a table stand, once merged cells are made one.

Source: ECMA-376 part 1, 17.4 (tables).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from minutes_split.document import Cell
from minutes_split.readers.styles import is_on, number_of
from minutes_split.readers.xmltree import child

_WRAPPERS = frozenset({
    "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "mc:AlternateContent", "mc:Choice",
    "w:smartTag", "w:bookmarkStart",
})  # fmt: skip


class _Placed(NamedTuple):
    element: Element
    row: int
    column: int
    columns: int
    vertical: str
    """"restart" begins a cell over several rows, "continue" goes on with it, "" stands alone."""
    header: bool


def cells_of(table: Element, number: int) -> dict[int, Cell | None]:
    """For each `w:tc` of a table, by `id()`: where it stands, or `None` if it only continues a cell above or before.

    `number` is the table's own, from 0.
    """
    rows = [_row(element, i) for i, element in enumerate(_inside(table, "w:tr"))]
    found: dict[int, Cell | None] = {}
    for i, row in enumerate(rows):
        for placed in row:
            if placed.vertical == "continue" and _above(rows, i, placed.column) is not None:
                found[id(placed.element)] = None
            else:
                height = _height(rows, i, placed) if placed.vertical == "restart" else 1
                found[id(placed.element)] = Cell(number, i, placed.column, height, placed.columns, placed.header)
    return found


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The elements of this name that belong to `element` itself, whatever wraps them."""
    stack = [iter(element)]
    while stack:
        each = next(stack[-1], None)
        if each is None:
            stack.pop()
        elif each.tag == name:
            yield each
        elif each.tag in _WRAPPERS:
            stack.append(iter(each))


def _row(element: Element, number: int) -> list[_Placed]:
    properties = child(element, "w:trPr")
    header = is_on(child(properties, "w:tblHeader")) or False
    column = number_of(child(properties, "w:gridBefore")) or 0
    placed: list[_Placed] = []
    for cell in _inside(element, "w:tc"):
        about = child(cell, "w:tcPr")
        width = max(1, min(number_of(child(about, "w:gridSpan")) or 1, 1000))
        placed.append(_Placed(cell, number, column, width, _vertical(about), header))
        column += width
    return placed


def _vertical(about: Element | None) -> str:
    merge = child(about, "w:vMerge")
    if merge is None:
        return ""
    return "restart" if merge.get("w:val") == "restart" else "continue"


def _above(rows: list[list[_Placed]], row: int, column: int) -> _Placed | None:
    """The merged cell of the row above that stands in the same column."""
    if row == 0:
        return None
    return next((each for each in rows[row - 1] if each.column == column and each.vertical), None)


def _height(rows: list[list[_Placed]], row: int, placed: _Placed) -> int:
    height = 1
    for below in rows[row + 1 :]:
        if not any(each.column == placed.column and each.vertical == "continue" for each in below):
            break
        height += 1
    return height
