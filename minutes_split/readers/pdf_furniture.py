"""Running headers, footers and page numbers: lines at the edge of the paper that come back page after page."""

from __future__ import annotations

import re
from collections import Counter

from minutes_split.readers.pdf_lines import Line, rows_of, split
from minutes_split.readers.pdf_page import Page, Word

_ZONE = 0.13
"""Of the height, at the top and at the bottom (Word's margin of 2.54 cm is 0.085 of A4, LibreOffice's header reaches 0.11)."""
_DEEP = 4
"""Lines of one header or footer."""
_NUMBER = re.compile(
    r"\W*(?:page\s*)?\d{1,4}\W*(?:(?:of|/)\s*\d{1,4})?\W*|\W*(?:page\s*)[ivxl]{1,6}\W*|\W*[ivxl]{1,5}\W*", re.IGNORECASE
)


def take_furniture(pages: list[Page]) -> dict[int, tuple[list[Line], list[Line]]]:
    """Takes them out of the words of each page. Returns: by page number, the lines at the top and those at the bottom."""
    edges = {page.number: (_edge(page, top=True), _edge(page, top=False)) for page in pages}
    seen = Counter(
        key for both in edges.values() for rows in both for key in {key for row in rows for key in _keys(row)}
    )
    wanted = max(2, round(0.4 * len(pages)))
    found = {}
    for page in pages:
        top, bottom = (_running(rows, seen, wanted) for rows in edges[page.number])
        if not {id(w) for w in page.words} - {id(w) for row in (*top, *bottom) for w in row}:
            top, bottom = [], []  # nothing would be left: then these words are the page
        taken = {id(word) for row in (*top, *bottom) for word in row}
        page.words[:] = [word for word in page.words if id(word) not in taken]
        found[page.number] = ([Line(row) for row in top], [Line(row) for row in reversed(bottom)])
    return found


def _edge(page: Page, *, top: bool) -> list[list[Word]]:
    """The outermost lines of a page, from its edge inwards."""
    limit = page.height * (_ZONE if top else 1 - _ZONE)
    words = [word for word in page.words if not word.dead and (word.base < limit) == top]
    words = words if top else [word for word in words if word.base > limit]
    rows = rows_of(words)
    return (rows if top else rows[::-1])[:_DEEP]


def _running(rows: list[list[Word]], seen: Counter[tuple[str, int, int]], wanted: int) -> list[list[Word]]:
    found: list[list[Word]] = []
    for row in rows:
        if max(seen[key] for key in _keys(row)) < wanted and not (_NUMBER.fullmatch(_text(row)) and not found):
            break
        found.append(row)
    return found


def _keys(row: list[Word]) -> list[tuple[str, int, int]]:
    """For each piece of a line its words without numbers, its height and its left edge in steps of 3 points."""
    found = []
    for line in split([row]):
        words = re.sub(r"\d+|\b[ivxl]{1,6}\b", "#", _text(line.words))
        found.append((words, round(row[0].base / 3), round(line.left / 3)) if words != "#" else ("#", 0, 0))
    return found


def _text(row: list[Word]) -> str:
    return " ".join(word.text for word in row)
