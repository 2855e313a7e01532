"""Whom the rows and columns of a table name: a row stands alone, and so does a column whose header names a family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from minutes_split.document import Block, Cell
from minutes_split.mentions.base import Mention
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Parties
from minutes_split.units import Piece

_BESIDE = frozenset({"additive", "cross", "plural", "nearby", "someone"})
"""Cues that bring somebody else into a row."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a cell stands in: its row, or the column that its table is laid out by."""

    key: tuple[int, str, int]
    kind: Literal["row", "column"]
    owner: Parties = field(repr=False)

    @property
    def row(self) -> tuple[int, int] | None:
        """Table and row, if the table is laid out by rows."""
        return (self.key[0], self.key[2]) if self.kind == "row" else None


def stands(
    layout: tuple[Block, ...], places: Sequence[Piece], mentions: Sequence[tuple[Mention, ...]]
) -> dict[int, Stand]:
    """For each block that is a cell, what it stands in."""
    cells: dict[int, list[tuple[int, Cell, Parties]]] = defaultdict(list)
    for piece, told in zip(places, mentions, strict=True):
        cell = layout[piece.block].cell
        if cell is not None:
            cells[cell.table].append((piece.block, cell, _named(told)))
    found: dict[int, Stand] = {}
    for table, content in cells.items():
        columns = _columns(content)
        rows = {} if columns else _rows(content)
        for block, cell, _ in content:
            if columns:
                found[block] = Stand((table, "column", cell.column), "column", columns.get(cell.column, NOBODY))
            else:
                found[block] = Stand((table, "row", cell.row), "row", rows[cell.row])
    return found


def _named(told: tuple[Mention, ...]) -> Parties:
    """The families that a unit names without doubt, with the stranger and the doubt if it brings them in."""
    named = NOBODY.union(*(m.families for m in told if m.kind in ("name", "identifier") and len(m.families) == 1))
    if any(
        m.kind in ("outsider", "contrast")
        or (m.kind == "stranger" and m.form not in ("code", "street", "value", "relative"))
        for m in told
    ):
        named |= {STRANGER}
    return named | {DOUBT} if any(m.kind in _BESIDE for m in told) else named


def _columns(content: list[tuple[int, Cell, Parties]]) -> dict[int, Parties]:
    """Column -> family, where the first row names different families in two cells or more; else empty."""
    first = min(cell.row for _, cell, _ in content)
    named: dict[int, Parties] = defaultdict(frozenset)
    for _, cell, parties in content:
        if cell.row == first:
            named[cell.column] |= parties - {STRANGER, DOUBT}
    families = [parties for parties in named.values() if len(parties) == 1]
    return dict(named) if len(families) > 1 and len(set(families)) == len(families) else {}


def _rows(content: list[tuple[int, Cell, Parties]]) -> dict[int, Parties]:
    """Row -> whom its cells name. A merged cell counts for every row that it covers.

    A row whose first cell is empty and that names nobody continues the row before.
    """
    named: dict[int, Parties] = defaultdict(frozenset)
    leftmost: dict[int, int] = {}
    for _, cell, parties in content:
        for row in range(cell.row, cell.row + cell.rows):
            named[row] |= parties
        leftmost[cell.row] = min(cell.column, leftmost.get(cell.row, cell.column))
    margin = min(leftmost.values())
    for row in sorted(leftmost):
        if leftmost[row] > margin and not named[row]:
            named[row] = named[row - 1]
    return named
