"""The lines of a page, and in which order a person reads them: tables by their rules, columns by the white between them.

A line is never read across a gutter. Where nobody can tell whether pieces stand
side by side as columns or as the cells of a row, they are kept apart and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minutes_split.document import Cell
from minutes_split.readers.pdf_page import Page, Word
from minutes_split.readers.pdf_tables import Grid, grids

_WIDE = 1.0
"""Of the size: white of this width may be a gutter if the lines around have it too (a justified blank reaches 0.9)."""
_ALONE = 2.2
"""Of the size: white of this width parts a line even if no other line has it."""
_LABEL = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{1,5})[.):\]]{0,2}|[-•●○■▪◦‣➢✓☐☒☑–—*o§]|(?:[A-Z]{1,3}\d{1,3})"
)


@dataclass(slots=True)
class Line:
    """Words side by side, with no gutter between them."""

    words: list[Word] = field(repr=False)
    edge: float = 0.0
    """How far to the right its column goes."""

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def size(self) -> float:
        """Of most of its letters."""
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def base(self) -> float:
        """The line that its words stand on."""
        return max(self.words, key=lambda word: len(word.text)).base

    @property
    def top(self) -> float:
        """Where the tall letters end."""
        return self.base - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """Where the deep letters end."""
        return self.base + 0.22 * self.size


@dataclass(slots=True)
class Flow:
    """Lines that are read one after the other: a column, a cell, or the page."""

    lines: list[Line] = field(repr=False)
    cell: Cell | None = None
    """`table` counts from 0 on the page."""
    fault: str = ""
    """Code, if nobody can tell how it is to be read."""
    frame: tuple[int, ...] = ()
    """Where the columns of its table begin, in steps of 4 points."""
    column: bool = False
    """Whether it is one of several columns."""
    pinned: bool = False
    """Whether it stands aside from the flow of the page: a box, a margin."""


def flows(page: Page) -> list[Flow]:
    """All flows of a page in reading order."""
    tables = grids(page)
    inside: dict[int, list[Word]] = {}
    outside: list[Word] = []
    for word in page.words:
        number = next((n for n, grid in enumerate(tables) if grid.holds(word)), None)
        (outside if number is None else inside.setdefault(number, [])).append(word)
    pieces: list[Line | Grid] = list(split(rows_of(outside)))
    pieces += [grid for number, grid in enumerate(tables) if number in inside]
    found: list[Flow] = []
    count = 0
    for band in _bands(pieces):
        for flow in _flows_of(band, {id(g): inside.get(n, []) for n, g in enumerate(tables)}, count):
            found.append(flow)
            if flow.cell is not None:
                count = max(count, flow.cell.table + 1)
    return found


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand on one line, from the top of the page, each line from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.base - 0.35 * w.size, w.left)):
        for row in reversed(rows[-3:]):
            if _on_one_line(row, word):
                row.append(word)
                break
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda w: (w.left, w.number))
    return rows


def _on_one_line(row: list[Word], word: Word) -> bool:
    first = max(row[-6:], key=lambda w: w.size)
    high = min(first.base, word.base) - max(first.base - 0.7 * first.size, word.base - 0.7 * word.size)
    return high > 0.4 * 0.7 * min(first.size, word.size)


def split(rows: list[list[Word]]) -> Iterator[Line]:
    """Each row cut where white is wide enough to be a gutter."""
    for row in rows:
        part = [row[0]]
        reach = row[0].right
        for word in row[1:]:
            gap = word.left - reach
            if gap > _WIDE * max(part[-1].size, word.size) and not _is_label(part):
                yield Line(part)
                part = []
            part.append(word)
            reach = max(reach, word.right)
        yield Line(part)


def _is_label(words: list[Word]) -> bool:
    """Whether this is the number or the bullet of what follows it."""
    return len(words) == 1 and bool(_LABEL.fullmatch(words[0].text))


@dataclass(slots=True)
class _Row:
    """Pieces side by side."""

    pieces: list[Line | Grid]

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)


@dataclass(slots=True)
class _Band:
    """Rows that have the same gutters; none if a row is one piece."""

    rows: list[_Row]
    gutters: list[tuple[float, float]]


def _bands(pieces: list[Line | Grid]) -> list[_Band]:
    """The page from the top, cut into bands with the same gutters."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda p: (p.top, p.left)):
        if rows and _beside(rows[-1], piece):
            rows[-1].pieces.append(piece)
        else:
            rows.append(_Row([piece]))
    for row in rows:
        row.pieces.sort(key=lambda p: p.left)
    found: list[_Band] = []
    place = 0
    while place < len(rows):
        first = place
        while first < len(rows) and not _white(rows[first].pieces):
            first += 1
        if first == len(rows):
            found.append(_Band(rows[place:], []))
            break
        start, end, gutters = _widest(rows, place, first)
        if start > place:
            found.append(_Band(rows[place:start], []))
        found.append(_Band(rows[start:end], gutters))
        place = end
    return found


def _beside(row: _Row, piece: Line | Grid) -> bool:
    """Whether a piece stands beside those of a row, and not below."""
    for other in row.pieces:
        high = min(other.bottom, piece.bottom) - max(other.top, piece.top)
        if high > 0.4 * min(other.bottom - other.top, piece.bottom - piece.top):
            return True
    return False


def _widest(rows: list[_Row], place: int, first: int) -> tuple[int, int, list[tuple[float, float]]]:
    """The rows around `first` that leave its gutters white."""
    gutters = _white(rows[first].pieces)
    end = first + 1
    while end < len(rows) and (left := _narrowed(gutters, rows[end].pieces)) and _close(rows[end - 1], rows[end]):
        gutters, end = left, end + 1
    start = first
    while (
        start > place and (left := _narrowed(gutters, rows[start - 1].pieces)) and _close(rows[start - 1], rows[start])
    ):
        gutters, start = left, start - 1
    while end - 1 > first and len(rows[end - 1].pieces) == 1 and _at_left(rows[end - 1], gutters):
        end -= 1
    while start < first and len(rows[start].pieces) == 1 and _at_left(rows[start], gutters):
        start += 1
    return start, end, gutters


def _close(row: _Row, after: _Row) -> bool:
    size = min(p.size for p in (*row.pieces, *after.pieces))
    return after.top - row.bottom < 3 * size


def _at_left(row: _Row, gutters: list[tuple[float, float]]) -> bool:
    """Whether a row of one piece stands where any line would begin, so that it need not belong to the columns."""
    return row.pieces[0].left < gutters[0][0]


def _white(pieces: list[Line | Grid]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    reach = pieces[0].right
    for piece in pieces[1:]:
        if piece.left > reach:
            found.append((reach, piece.left))
        reach = max(reach, piece.right)
    return found


def _narrowed(gutters: list[tuple[float, float]], pieces: list[Line | Grid]) -> list[tuple[float, float]]:
    """What is left of the gutters beside these pieces; nothing if one of them is crossed, or if they have more gutters."""
    found = []
    for start, end in gutters:
        for piece in pieces:
            if piece.left < end and piece.right > start:
                middle = (piece.left + piece.right) / 2
                if middle < (start + end) / 2:
                    start = max(start, piece.right)
                else:
                    end = min(end, piece.left)
        size = min(piece.size for piece in pieces)
        if end - start < 0.7 * _WIDE * size:
            return []
        found.append((start, end))
    places = {(sum(piece.left >= end - 0.1 for _, end in found), round(piece.bottom / 3)) for piece in pieces}
    return found if len(places) == len(pieces) else []


def _flows_of(band: _Band, words: dict[int, list[Word]], tables: int) -> Iterator[Flow]:
    """The flows of one band."""
    if not band.gutters:
        yield from _column(band.rows, words, tables)
        return
    columns = _columns(band)
    if any(isinstance(piece, Grid) for row in band.rows for piece in row.pieces):
        for column in columns:
            rows = [_Row([piece]) for piece in column]
            for flow in _column(rows, words, tables):
                flow.fault = flow.fault or "layout-ambiguous"
                yield flow
        return
    if len(band.rows) == 1 and _one_line(band):
        yield Flow([Line([word for piece in band.rows[0].pieces for word in piece.words])])
        return
    yield from _side_by_side(band, columns, tables)


def _one_line(band: _Band) -> bool:
    """Whether a row that is alone with its white is a line with wide blanks."""
    return all(end - start < _ALONE * band.rows[0].pieces[0].size for start, end in band.gutters)


def _columns(band: _Band) -> list[list[Line | Grid]]:
    found: list[list[Line | Grid]] = [[] for _ in range(len(band.gutters) + 1)]
    for row in band.rows:
        for piece in row.pieces:
            found[sum(piece.left >= end - 0.1 for _, end in band.gutters)].append(piece)
    for column in found:
        column.sort(key=lambda piece: piece.top)
    return found


def _column(rows: list[_Row], words: dict[int, list[Word]], tables: int) -> Iterator[Flow]:
    lines: list[Line] = []
    for row in rows:
        for piece in row.pieces:
            if isinstance(piece, Line):
                lines.append(piece)
                continue
            if lines:
                yield Flow(lines)
                lines = []
            yield from _cells(piece, words.get(id(piece), []), tables)
            tables += 1
    if lines:
        yield Flow(lines)


def _cells(grid: Grid, words: list[Word], table: int) -> Iterator[Flow]:
    """The cells of a ruled table, row by row; a cell may hold columns of its own."""
    by_cell: dict[int, list[Word]] = {}
    crossing = set()
    for word in words:
        number, across = grid.cell_of(word)
        by_cell.setdefault(number, []).append(word)
        if across:
            crossing |= {number, across - 1}
    for number, area in enumerate(grid.areas):
        if number not in by_cell:
            continue
        cell = Cell(table, area.row, area.column, area.rows, area.columns)
        fault = "cells-ambiguous" if number in crossing or area.odd else ""
        lines = [Line(row) for row in rows_of(by_cell[number])]
        if grid.single:
            pieces: list[Line | Grid] = list(split([line.words for line in lines]))
            for band in _bands(pieces):
                for flow in _flows_of(band, {}, table):
                    flow.pinned = True
                    yield flow
            continue
        doubtful = _has_gutter(lines)
        for line in lines:
            line.edge = area.right - 4
        frame = tuple(round(x / 4) for x in grid.across)
        yield Flow(lines, cell, fault=fault or ("cells-ambiguous" if doubtful else ""), frame=frame)


def _has_gutter(lines: list[Line]) -> bool:
    """Whether the lines of a cell leave a gutter white, as columns inside a cell do."""
    pieces: list[Line | Grid] = list(split([line.words for line in lines]))
    return any(
        len(band.rows) > 1 and sum(len(row.pieces) > 1 for row in band.rows) > 1
        for band in _bands(pieces)
        if band.gutters
    )


def _side_by_side(band: _Band, columns: list[list[Line | Grid]], table: int) -> Iterator[Flow]:
    """Columns of prose one after the other; short pieces row by row; what could be both is marked."""
    told = [[piece for piece in column if isinstance(piece, Line)] for column in columns]
    prose = sum(_is_prose(column) for column in told) > 1
    if _out_of_step(told):
        for column in told:
            yield Flow(column, column=True)
        return
    groups = _groups(band)
    if prose:
        fault = "layout-ambiguous" if _rows_agree(groups, band) else ""
        for column in told:
            yield Flow(column, fault=fault, column=True)
        return
    for number, (rows, doubt) in enumerate(groups):
        for place, lines in enumerate(_columns(_Band(rows, band.gutters))):
            if lines:
                cell = Cell(table, number, place)
                yield Flow([line for line in lines if isinstance(line, Line)], cell, fault=doubt)


def _out_of_step(columns: list[list[Line]]) -> bool:
    """Whether the lines of the columns stand at heights of their own, so that nobody would read them as rows."""
    if min(len(column) for column in columns) < 3:
        return False
    first = columns[0]
    apart = [
        line
        for column in columns[1:]
        for line in column
        if all(abs(line.base - o.base) > 0.2 * line.size for o in first)
    ]
    return len(apart) * 2 > sum(len(column) for column in columns[1:])


def _is_prose(column: list[Line]) -> bool:
    """Whether most lines of a column are full of words, as running text is."""
    if len(column) < 4:
        return False
    edge = max(line.right for line in column)
    width = edge - min(line.left for line in column)
    full = sum(1 for line in column if edge - line.right < 0.2 * width)
    return full * 2 >= len(column) and sum(len(line.words) for line in column) >= 3.5 * len(column)


def _groups(band: _Band) -> list[tuple[list[_Row], str]]:
    """The rows of a table without rules: lines that stand closer to each other than to the rest.

    A line with nothing in the first column goes on from the row above. Where a
    row seems to go on in two columns at once, it is marked.
    """
    steps = [b.bottom - a.bottom for a, b in zip(band.rows, band.rows[1:], strict=False)]
    narrow = min(steps, default=0.0)
    loose = [step > 1.35 * narrow for step in steps]
    by_white = any(loose) and not all(loose)
    found: list[tuple[list[_Row], str]] = [([band.rows[0]], "")]
    for row, far in zip(band.rows[1:], loose, strict=True):
        rows, doubt = found[-1]
        first_empty = row.pieces[0].left >= band.gutters[0][1] - 0.1
        if by_white and not far:
            rows.append(row)
            found[-1] = (rows, doubt or ("" if first_empty or _all_go_on(rows[-2], row, band) else "cells-ambiguous"))
        elif first_empty and not far:
            rows.append(row)
        else:
            found.append(([row], "cells-ambiguous" if _some_goes_on(rows[-1], row, band) else ""))
    return found


def _all_go_on(row: _Row, after: _Row, band: _Band) -> bool:
    """Whether what follows in each column seems to go on from the line above it."""
    above = _columns(_Band([row], band.gutters))
    below = _columns(_Band([after], band.gutters))
    return all(not low or (high and _goes_on(high[-1], low[0])) for high, low in zip(above, below, strict=True))


def _some_goes_on(row: _Row, after: _Row, band: _Band) -> bool:
    above = _columns(_Band([row], band.gutters))
    below = _columns(_Band([after], band.gutters))
    return any(low and high and _goes_on(high[-1], low[0]) for high, low in zip(above, below, strict=True))


def _goes_on(line: Line | Grid, after: Line | Grid) -> bool:
    """Whether a sentence seems to go on from one line to the next."""
    if not (isinstance(line, Line) and isinstance(after, Line)):
        return False
    return line.words[-1].text[-1:] not in ".!?:;" and after.words[0].text[:1].islower()


def _rows_agree(groups: list[tuple[list[_Row], str]], band: _Band) -> bool:
    """Whether the columns have their white at the same heights, as the rows of a table have."""
    full = [rows for rows, _ in groups if sum(bool(c) for c in _columns(_Band(rows, band.gutters))) > 1]
    return len(full) > 1


def body_size(pages: Sequence[Page]) -> float:
    """The size of most of the letters."""
    sizes: dict[float, int] = {}
    for page in pages:
        for word in page.words:
            key = round(word.size * 2) / 2
            sizes[key] = sizes.get(key, 0) + len(word.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=11.0)
