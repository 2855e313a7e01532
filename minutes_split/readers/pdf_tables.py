"""Ruled tables of a page: the cells that the drawn lines make."""

from __future__ import annotations

from dataclasses import dataclass, field

from minutes_split.readers.pdf_page import Page, Rule, Word

_NEAR = 3.0
"""Points; rules that end this close to another one meet it (Word leaves up to half a border's width)."""
_SHARE = 0.6
"""Of an edge that has to be drawn for two cells to be two."""
_MOST = 20_000
"""Fields of one grid; a drawing with more lines is no table."""


@dataclass(frozen=True, slots=True)
class Area:
    """One cell."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int
    odd: bool
    """Whether it is no rectangle, so that nobody can tell where it stands."""


@dataclass(slots=True)
class Grid:
    """A table. Fields count from 0, in rows from the top and columns from the left."""

    across: list[float]
    """Where its columns begin and the last one ends."""
    down: list[float]
    """Where its rows begin and the last one ends."""
    areas: list[Area]
    fields: list[list[int]] = field(repr=False)
    """Number of the area of each field, by row and column."""
    size: float = 11.0

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.across[0]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.across[-1]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.down[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.down[-1]

    @property
    def words(self) -> list[Word]:
        """None: the words of a table are in its cells."""
        return []

    @property
    def single(self) -> bool:
        """Whether it is a frame around one text."""
        return len(self.areas) == 1

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word is inside."""
        middle, height = (word.left + word.right) / 2, word.base - 0.3 * word.size
        return self.left <= middle <= self.right and self.top <= height <= self.bottom

    def cell_of(self, word: Word) -> tuple[int, int]:
        """The number of the area that holds the middle of a word; and of another that it reaches into, plus 1."""
        height = word.base - 0.3 * word.size
        row = _place(self.down, height)
        number = self.fields[row][_place(self.across, (word.left + word.right) / 2)]
        for x in (word.left + 0.2 * word.size, word.right - 0.2 * word.size):
            other = self.fields[row][_place(self.across, x)]
            if other != number:
                return number, other + 1
        return number, 0


def grids(page: Page) -> list[Grid]:
    """The ruled tables of a page, from the top."""
    level = _joined([rule for rule in page.rules if rule.level and rule.right - rule.left > 8])
    upright = _turned(_joined([_turn(rule) for rule in page.rules if not rule.level and rule.bottom - rule.top > 4]))
    found = []
    for ours, theirs in _groups(level, upright):
        grid = _grid(ours, theirs)
        if grid is not None and not (grid.single and _is_page(grid, page)):
            found.append(grid)
    return _outermost(found)


def _is_page(grid: Grid, page: Page) -> bool:
    """Whether a frame goes around the whole page."""
    return (grid.right - grid.left) > 0.7 * page.width and (grid.bottom - grid.top) > 0.7 * page.height


def _outermost(found: list[Grid]) -> list[Grid]:
    """Grids that lie in no other; a table in a cell makes its cell `odd`."""
    found = sorted(found, key=lambda g: (g.right - g.left) * (g.bottom - g.top), reverse=True)
    kept: list[Grid] = []
    for grid in found:
        holder = next((k for k in kept if _overlap(k, grid)), None)
        if holder is None:
            kept.append(grid)
        elif not grid.single:
            _mark_odd(holder, grid)
    return sorted(kept, key=lambda g: (g.top, g.left))


def _overlap(one: Grid, two: Grid) -> bool:
    wide = min(one.right, two.right) - max(one.left, two.left)
    high = min(one.bottom, two.bottom) - max(one.top, two.top)
    return wide > _NEAR and high > _NEAR


def _mark_odd(holder: Grid, inner: Grid) -> None:
    for number, area in enumerate(holder.areas):
        wide = min(area.right, inner.right) - max(area.left, inner.left)
        high = min(area.bottom, inner.bottom) - max(area.top, inner.top)
        if wide > _NEAR and high > _NEAR:
            holder.areas[number] = Area(
                area.left, area.top, area.right, area.bottom, area.row, area.column, area.rows, area.columns, True
            )


def _turn(rule: Rule) -> Rule:
    return Rule(rule.top, rule.left, rule.bottom, rule.right)


def _turned(rules: list[Rule]) -> list[Rule]:
    return [_turn(rule) for rule in rules]


def _joined(rules: list[Rule]) -> list[Rule]:
    """Level rules, with those that go on from each other made one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round((r.top + r.bottom) / 4), r.left)):
        last = found[-1] if found else None
        if last and abs(last.top - rule.top) <= _NEAR and rule.left <= last.right + _NEAR:
            found[-1] = Rule(
                last.left, min(last.top, rule.top), max(last.right, rule.right), max(last.bottom, rule.bottom)
            )
        else:
            found.append(rule)
    return found


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or by others."""
    if len(level) * len(upright) > 4_000_000:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, post in enumerate(upright):
        for i, beam in enumerate(level):
            if (
                beam.left - _NEAR <= post.left <= beam.right + _NEAR
                and post.top - _NEAR <= beam.top <= post.bottom + _NEAR
            ):
                parent[root(i)] = root(len(level) + j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, beam in enumerate(level):
        found.setdefault(root(i), ([], []))[0].append(beam)
    for j, post in enumerate(upright):
        found.setdefault(root(len(level) + j), ([], []))[1].append(post)
    return [group for group in found.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    across = _marks([(rule.left + rule.right) / 2 for rule in upright])
    down = _marks([(rule.top + rule.bottom) / 2 for rule in level])
    columns, rows = len(across) - 1, len(down) - 1
    if columns < 1 or rows < 1 or columns * rows > _MOST:
        return None
    number = list(range(rows * columns))

    def root(i: int) -> int:
        while number[i] != i:
            number[i] = number[number[i]]
            i = number[i]
        return i

    posts = [[r for r in upright if abs((r.left + r.right) / 2 - x) <= _NEAR] for x in across]
    beams = [[r for r in level if abs((r.top + r.bottom) / 2 - y) <= _NEAR] for y in down]
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _drawn(_turned(posts[column + 1]), down[row], down[row + 1]):
                number[root(here + 1)] = root(here)
            if row + 1 < rows and not _drawn(beams[row + 1], across[column], across[column + 1]):
                number[root(here + columns)] = root(here)
    return _with_areas(across, down, [[root(r * columns + c) for c in range(columns)] for r in range(rows)])


def _with_areas(across: list[float], down: list[float], roots: list[list[int]]) -> Grid:
    members: dict[int, list[tuple[int, int]]] = {}
    for r, row in enumerate(roots):
        for c, name in enumerate(row):
            members.setdefault(name, []).append((r, c))
    areas: list[Area] = []
    numbers: dict[int, int] = {}
    for name, places in members.items():
        first, last = min(r for r, _ in places), max(r for r, _ in places)
        left, right = min(c for _, c in places), max(c for _, c in places)
        odd = len(places) != (last - first + 1) * (right - left + 1)
        numbers[name] = len(areas)
        areas.append(
            Area(
                across[left],
                down[first],
                across[right + 1],
                down[last + 1],
                first,
                left,
                last - first + 1,
                right - left + 1,
                odd,
            )
        )
    return Grid(across, down, areas, [[numbers[name] for name in row] for row in roots])


def _drawn(rules: list[Rule], start: float, end: float) -> bool:
    """Whether level rules cover most of the way from `start` to `end`."""
    covered = sum(max(0.0, min(rule.right, end) - max(rule.left, start)) for rule in rules)
    return covered >= _SHARE * (end - start)


def _marks(places: list[float]) -> list[float]:
    """Places in order, with those that are close made one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _place(marks: list[float], at: float) -> int:
    for number, mark in enumerate(marks[1:]):
        if at < mark:
            return number
    return len(marks) - 2
