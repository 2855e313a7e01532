"""Running headers, footers and page numbers: lines at the edge of the paper that come back page after page.

A line is taken out of the text only if the same words stand at the same place
on most pages, and no page has other words there: a sheet for each family may
begin with the name of the family, and then that line is its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_split.readers.pdf_lines import Line, rows_of, split
from minutes_split.readers.pdf_page import Page, Word

_ZONE = 0.13
"""Of the height, at the top and at the bottom (Word's margin of 2.54 cm is 0.085 of A4, LibreOffice's header reaches 0.11)."""
_HIGH = 60
"""Points from the top; what stands above that on the first page, with white under it, is a header (Word's stands at 45)."""
_DEEP = 4
"""Lines of one header or footer."""
_MOST = 0.6
"""Of the pages on which a running line stands; a first page often has none."""
_NUMBER = re.compile(
    r"\W*(?:page\s*)?\d{1,4}\W*(?:(?:of|/)\s*\d{1,4})?\W*|\W*(?:page\s*)[ivxl]{1,6}\W*|\W*[ivxl]{1,5}\W*", re.IGNORECASE
)

_Place = tuple[int, int]
"""Height and left edge in steps of 3 points."""


def take_furniture(pages: list[Page]) -> dict[int, tuple[list[Line], list[Line]]]:
    """Takes them out of the words of each page. Returns: by page number, the lines at the top and those at the bottom."""
    edges = {page.number: (_edge(page, top=True), _edge(page, top=False)) for page in pages}
    running = _running_places(edges, len(pages))
    found = {}
    for page in pages:
        top, bottom = ([*_running(rows, running)] for rows in edges[page.number])
        if page.number == 1 and not top:
            top = _header_of_first(page, edges[1][0])
        if not {id(w) for w in page.words} - {id(w) for row in (*top, *bottom) for w in row}:
            top, bottom = [], []  # nothing would be left: then these words are the page
        taken = {id(word) for row in (*top, *bottom) for word in row}
        page.furniture = bool(taken)
        page.words[:] = [word for word in page.words if id(word) not in taken]
        found[page.number] = ([Line(row) for row in top], [Line(row) for row in reversed(bottom)])
    return found


def _edge(page: Page, *, top: bool) -> list[list[Word]]:
    """The outermost lines of a page, from its edge inwards."""
    limit = page.height * (_ZONE if top else 1 - _ZONE)
    words = [word for word in page.words if not word.dead and (word.base < limit if top else word.base > limit)]
    rows = rows_of(words)
    return (rows if top else rows[::-1])[:_DEEP]


def _running_places(edges: dict[int, tuple[list[list[Word]], list[list[Word]]]], pages: int) -> _Running:
    """The places at which the same words stand on most pages, and no others on any; and those words with their left edge."""
    said: dict[_Place, set[str]] = {}
    on: dict[_Place, set[int]] = {}
    for number, both in edges.items():
        for rows in both:
            for row in rows:
                for place, words, _ in _pieces(row):
                    said.setdefault(place, set()).add(words)
                    on.setdefault(place, set()).add(number)
    wanted = max(2, round(_MOST * pages))
    places = {place for place, words in said.items() if len(words) == 1 and len(on[place]) >= wanted}
    return _Running(frozenset(places), frozenset((place[1], *said[place]) for place in places))


@dataclass(frozen=True, slots=True)
class _Running:
    """What comes back page after page."""

    places: frozenset[_Place]
    words: frozenset[tuple[int | str, ...]] = field(repr=False)
    """Left edge and words; on some pages they stand higher or lower."""

    def holds(self, place: _Place, words: str) -> bool:
        """Whether it is a piece of a running line."""
        return place in self.places or (words != "#" and (place[1], words) in self.words)


def _running(rows: list[list[Word]], running: _Running) -> Iterator[list[Word]]:
    """Running lines; of a line that has other words too, as the name of a chapter, the piece that comes back."""
    outermost = True
    for row in rows:
        pieces = _pieces(row)
        whole = all(running.holds(place, words) or words == "#" for place, words, _ in pieces)
        if outermost and (whole or _NUMBER.fullmatch(_text(row))):
            yield row
            continue
        outermost = False  # a number further in may be one of the text
        back = [word for place, words, part in pieces if running.holds(place, words) for word in part if words != "#"]
        if back:
            yield back


def _header_of_first(page: Page, rows: list[list[Word]]) -> list[list[Word]]:
    """The line above the usual margin of the first page; no heading stands before it whose reach it could end."""
    if not rows or rows[0][0].base > _HIGH:
        return []
    below = min((w.base for w in page.words if w.base > rows[0][0].base + rows[0][0].size), default=0.0)
    return [rows[0]] if below - rows[0][0].base > 2 * rows[0][0].size else []


def _pieces(row: list[Word]) -> list[tuple[_Place, str, list[Word]]]:
    """For each piece of a line its place, its words without numbers, and its words."""
    found = []
    for line in split([row]):
        words = re.sub(r"\d+|\b[ivxl]{1,6}\b", "#", _text(line.words))
        found.append(((round(row[0].base / 3), round(line.left / 3)), words, line.words))
    return found


def _text(row: list[Word]) -> str:
    return " ".join(word.text for word in row)
