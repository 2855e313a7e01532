"""Tables: where their cells stand, once merged cells are made one, and the reading of rows and cells.

Source: ECMA-376 part 1, 17.4 (tables).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from minutes_split.document import Cell
from minutes_split.readers.runs import DEAD_CHANGES, LIVE_CHANGES, as_changed
from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.styles import is_on, number_of
from minutes_split.readers.xmltree import child, children, value

_WRAPPERS = frozenset({
    "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "mc:AlternateContent", "mc:Choice",
    "w:smartTag", "w:bookmarkStart",
})  # fmt: skip

_WIDEST = 1000
"""Columns of the grid that one cell may cover; Word allows 63 columns in a table."""


class _Placed(NamedTuple):
    element: Element
    row: int
    column: int
    columns: int
    vertical: str
    """"restart" begins a cell over several rows, "continue" goes on with it, "covered" is part of the cell before it."""
    header: bool


def cells_of(table: Element, number: int) -> dict[int, Cell | None]:
    """For each `w:tc` of a table, by `id()`: where it stands, or `None` if it only continues a cell above or before.

    `number` is the table's own, from 0.
    """
    rows = [_row(element, i) for i, element in enumerate(_inside(table, "w:tr"))]
    found: dict[int, Cell | None] = {}
    for i, row in enumerate(rows):
        for placed in row.values():
            if placed.vertical == "covered" or (placed.vertical == "continue" and _goes_on(rows, i, placed.column)):
                found[id(placed.element)] = None
            else:
                height = _height(rows, i, placed.column) if placed.vertical else 1
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


def _row(element: Element, number: int) -> dict[int, _Placed]:
    """The cells of a row by the column of the grid in which each begins."""
    properties = child(element, "w:trPr")
    header = is_on(child(properties, "w:tblHeader")) or False
    column = number_of(child(properties, "w:gridBefore")) or 0
    placed: dict[int, _Placed] = {}
    for cell in _inside(element, "w:tc"):
        about = child(cell, "w:tcPr")
        width = max(1, min(number_of(child(about, "w:gridSpan")) or 1, _WIDEST))
        placed[column] = _Placed(cell, number, column, width, _vertical(about), header)
        column += width
    return placed


def _vertical(about: Element | None) -> str:
    if value(about, "w:hMerge") == "continue" or _bare(child(about, "w:hMerge")):
        return "covered"
    merge = child(about, "w:vMerge")
    if merge is None:
        return ""
    return "restart" if merge.get("w:val") == "restart" else "continue"


def _bare(merge: Element | None) -> bool:
    """Whether a merge mark says nothing, which means "continue"."""
    return merge is not None and not merge.get("w:val")


def _goes_on(rows: list[dict[int, _Placed]], row: int, column: int) -> bool:
    """Whether a merged cell of the row above stands in the same column."""
    above = rows[row - 1].get(column) if row else None
    return above is not None and above.vertical in ("restart", "continue")


def _height(rows: list[dict[int, _Placed]], row: int, column: int) -> int:
    """How many rows a merged cell covers, from its first."""
    height = 1
    while row + height < len(rows):
        below = rows[row + height].get(column)
        if below is None or below.vertical != "continue":
            break
        height += 1
    return height


def table(story: Story, element: Element, place: Place) -> list[Frame]:
    """A table; its cells are placed before they are read."""
    before = story.close_held()
    number = story.tables
    story.tables += 1
    story.cells.update(cells_of(element, number))
    about = child(element, "w:tblPr")
    for name in ("w:tblCaption", "w:tblDescription"):
        if words := value(about, name):
            story.out.put_aside("alt", words, place.path)
    return [*before, Frame(iter(element), place._replace(path=f"{place.path}/table {number + 1}"))]


def row(story: Story, element: Element, place: Place) -> Frame:
    """A row, which may be inserted or deleted as a whole."""
    for about in children(element, "w:trPr"):
        if about.tag in DEAD_CHANGES or about.tag in LIVE_CHANGES:
            place = as_changed(story, place, about)
    return Frame(iter(element), place)


def cell(story: Story, element: Element, place: Place) -> list[Frame]:
    """A cell. One that is merged into another shows nothing; words in it are put aside and reported."""
    cell = story.cells.get(id(element))
    for about in children(element, "w:tcPr"):
        if about.tag in _CELL_CHANGES:
            place = as_changed(story, place, about, _CELL_CHANGES[about.tag])
    if cell is None:
        if any((t.text or "").strip() for t in element.iter("w:t")):
            story.out.fault("cell-covered", place.path, "a cell that is merged into another has words of its own")
        return [*story.close_held(), Frame(iter(element), place._replace(dead=place.dead or "hidden"))]
    path = f"{place.path}/row {cell.row + 1}/cell {cell.column + 1}"
    return [*story.close_held(), Frame(iter(element), place._replace(cell=cell, path=path), story.close_held)]


_CELL_CHANGES = {"w:cellDel": "w:del", "w:cellIns": "w:ins"}
