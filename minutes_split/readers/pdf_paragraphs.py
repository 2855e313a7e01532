"""Lines put together as paragraphs, and paragraphs as a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes_split.document import BlockKind, Cell, MarkKind
from minutes_split.readers.pdf_lines import Flow, Line, usual_step
from minutes_split.readers.pdf_page import Page, Word
from minutes_split.readers.transcript import Transcript

_LARGER = 1.12
"""Of the usual size: larger letters make a heading (Word's smallest heading style is 13 points over 11)."""
_HEADING_CHARACTERS = 120
_BLANK_LINE = 1.75
"""Of the usual step: white that looks like an empty line (Word's space after a paragraph makes 1.5)."""
_BULLET = re.compile(r"[-*•●○■▪·◦‣➢–—o]|\(?(?:[a-z]|[ivx]{1,4})[.)]")
_NUMBERED = re.compile(r"[(\[]?\d{1,3}(?:\.\d{1,3}){0,4}[.)\]]{1,2}|\d{1,2}(?:\.\d{1,2}){1,4}")
_ENDED = ".!?:;"
_CLOSING = "\"'”’)]"
_MESSAGES = {
    "layout-ambiguous": "pieces stand side by side and nobody can tell in which order they are read",
    "cells-ambiguous": "nobody can tell to which cell of a table some words belong",
    "row-broken": "a row of a table seems to go on over the end of the page",
}


@dataclass(slots=True)
class Paragraph:
    """Lines that are read as one."""

    lines: list[Line] = field(repr=False)
    page: int
    cell: Cell | None = None
    fault: str = ""
    gap: bool = False
    """Whether it stands after white like that of an empty line."""
    pinned: bool = False
    full: bool = False
    """Whether its last line has no room for another word."""

    @property
    def words(self) -> list[Word]:
        """Its words in order."""
        return [word for line in self.lines for word in line.words]

    @property
    def live(self) -> list[Word]:
        """Those that a person reads."""
        return [word for word in self.words if not word.dead]

    @property
    def ended(self) -> bool:
        """Whether its last word ends a sentence."""
        live = self.live
        return bool(live) and live[-1].text.rstrip(_CLOSING)[-1:] in _ENDED


class Writer:
    """Says the pages in order. A paragraph that goes on over a page or a column is one block; furniture waits until it has ended."""

    def __init__(self, out: Transcript, body: float) -> None:
        self._out = out
        self._body = body
        self._open: Paragraph | None = None
        self._waiting: list[tuple[str, list[Word], int, BlockKind]] = []
        self._sizes: list[float] = []
        self._done: list[Paragraph | tuple[str, list[Word], int, BlockKind] | Page] = []
        self._tables = 0
        self._table: _Table | None = None

    def page(self, page: Page, flows: list[Flow], furniture: tuple[list[Line], list[Line]]) -> None:
        """Takes one page."""
        self._done_or_waiting([("header", line.words, page.number, "furniture") for line in furniture[0]])
        self._done.append(page) if self._open is None else self._pages.append(page)
        first_table = self._tables
        continued = self._continued(flows)
        for number, flow in enumerate(flows):
            cell = flow.cell
            if cell is not None:
                cell = self._placed(cell, first_table, continued)
                self._tables = max(self._tables, cell.table + 1)
            found = paragraphs(flow, page.number, cell)
            for place, paragraph in enumerate(found):
                self._take(paragraph, may_join=place == 0, top=number == 0)
        rest = [("turned", [word], page.number, "note") for word in page.turned if not word.dead]
        footers = [("footer", line.words, page.number, "furniture") for line in furniture[1]]
        self._done_or_waiting([*_gathered(rest), *footers])
        self._table = _Table.last_of(flows, self._tables, self._done, self._open)

    _pages: list[Page]

    def end(self) -> None:
        """Says everything."""
        self._close()
        sizes = sorted({round(p.lines[0].size) for p in self._done if isinstance(p, Paragraph) and self._large(p)}, reverse=True)
        before: Paragraph | None = None
        for each in self._done:
            if isinstance(each, Paragraph):
                if each.gap and before is not None:
                    self._out.say("\n")
                    self._out.begun = self._out.length
                self._say(each, sizes)
                before = each
            elif isinstance(each, Page):
                for comment in each.comments:
                    self._out.put_aside("comment", comment, f"page {each.number}")
                    self._out.end_aside()
            else:
                self._say_aside(*each)
