"""Lines put together as paragraphs, and paragraphs as a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from minutes_split.document import AsideKind, BlockKind, Cell, MarkKind
from minutes_split.readers.pdf_lines import Flow, Line
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
    "page-broken": "a sentence seems to go on over the end of the page, and nobody can tell where",
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
    frame: tuple[int, ...] = ()
    """Where the columns of its table begin, in steps of 4 points."""

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


@dataclass(frozen=True, slots=True)
class Extra:
    """Words of a page that stand outside its flow, or beside it: a comment, words to be read aloud."""

    kind: BlockKind
    text: str = field(repr=False)
    page: int
    place: str
    aside: AsideKind | None = None
    unread: bool = False


def paragraphs_of(page: Page, flows: list[Flow]) -> list[Paragraph]:
    """The paragraphs of a page in reading order; tables count from 0 on the page."""
    found: list[Paragraph] = []
    last: Flow | None = None
    habit = _habit(flows, page)
    for flow in flows:
        made = _paragraphs(flow, page.number, habit)
        if made and found and last is not None and _may_join(last, flow) and _joins(found[-1], made[0]):
            found[-1].lines += made[0].lines
            found[-1].full = made[0].full
            found[-1].fault = found[-1].fault or made[0].fault
            made = made[1:]
        elif made and found:
            made[0].gap = made[0].gap or not (last and last.cell and flow.cell and last.cell.table == flow.cell.table)
        found += made
        last = flow
    return found


def _may_join(flow: Flow, after: Flow) -> bool:
    return flow.cell is None and after.cell is None and not flow.pinned and not after.pinned


@dataclass(frozen=True, slots=True)
class _Habit:
    """How the lines of a page are broken, learned from those that surely go on: no end of a sentence, then a small letter."""

    edge: float
    """How far lines go to the right, in points."""
    step: float
    """From line to line, in sizes of the letters; 0 if nothing shows it."""
    known: bool
    """Whether there were such lines."""


def _habit(flows: list[Flow], page: Page) -> _Habit:
    """The habit of a page; where no line surely goes on, its right margin is taken to be as wide as its left one."""
    rights: list[float] = []
    steps: list[float] = []
    lefts: list[float] = []
    for flow in flows:
        if flow.cell is None:
            lefts += [line.left for line in flow.lines]
        for line, after in _going_on(flow.lines):
            steps.append((after.base - line.base) / line.size)
            if flow.cell is None:
                rights.append(line.right)
    step = sorted(steps)[len(steps) // 2] if steps else 0.0
    if len(rights) > 2:
        return _Habit(max(rights), step, True)
    return _Habit(page.width - min(lefts, default=0.0), step, False)


def _going_on(lines: list[Line]) -> list[tuple[Line, Line]]:
    return [
        (line, after)
        for line, after in pairwise(lines)
        if line.words[-1].text.rstrip(_CLOSING)[-1:] not in _ENDED
        and after.words[0].text[:1].islower()
        and 0 < after.base - line.base < 2.5 * line.size
    ]


def _paragraphs(flow: Flow, page: int, habit: _Habit) -> list[Paragraph]:
    """The lines of one flow, cut where a paragraph ends."""
    lines = [line for line in flow.lines if line.words]
    edge = _edge(flow, lines, habit)
    step, blank_line = _step(lines, habit)
    found: list[Paragraph] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        white = line.base - before.base if before else 0.0
        if before is None or _begins(found[-1], before, line, white, step, edge):
            gap = before is not None and white > blank_line
            found.append(Paragraph([], page, flow.cell, flow.fault, gap, flow.pinned, frame=flow.frame))
        found[-1].lines.append(line)
        found[-1].full = edge - line.right < 4 * line.size
    return found


def _edge(flow: Flow, lines: list[Line], habit: _Habit) -> float:
    """How far to the right the lines go: to the wall of the cell, to the edge of the column, or to that of the page."""
    wall = max((line.edge for line in lines), default=0.0)
    own = max((line.right for line in lines), default=0.0)
    sure = [line.right for line, _ in _going_on(lines)]
    if wall:
        return wall
    return own if flow.column or len(sure) > 2 else max(own if habit.known else 0.0, habit.edge)


def _step(lines: list[Line], habit: _Habit) -> tuple[float, float]:
    """The distance of two lines of a paragraph, and above which distance an empty line seems to stand between, in points."""
    size = max((line.size for line in lines), default=11.0)
    if habit.step:
        return habit.step * size, _BLANK_LINE * habit.step * size
    steps = sorted(b.base - a.base for a, b in pairwise(lines) if b.base > a.base)
    narrow = steps[len(steps) // 5] if steps else 0.0
    narrow = narrow if 0.9 * size < narrow < 2.5 * size else 1.35 * size
    return narrow, 1.6 * narrow


def _begins(paragraph: Paragraph, before: Line, line: Line, white: float, step: float, edge: float) -> bool:
    """Whether a line begins a paragraph."""
    first, last = line.words[0], before.words[-1]
    if white > 1.25 * step or white <= 0:
        return True
    if abs(line.size - before.size) > 0.08 * before.size:
        return True
    if _label(line):
        return True
    unfinished = last.text.rstrip(_CLOSING)[-1:] not in _ENDED
    small = first.text[:1].islower()
    if unfinished and small:
        return False
    if _bold(before) != _bold(line) and _bold(before) and before.right < edge - 3 * before.size:
        return True
    blank = 0.25 * before.size
    fits = before.right + blank + (first.right - first.left) < edge - 0.2 * before.size
    if fits:
        return True
    head = paragraph.lines[0]
    indented = line.left > before.left + 0.8 * line.size and not (_label(head) and len(paragraph.lines) == 1)
    return indented and not unfinished


def _bold(line: Line) -> bool:
    return all(word.bold for word in line.words)


def _label(line: Line) -> bool:
    """Whether a line begins with a bullet or a number."""
    first = line.words[0]
    if len(line.words) < 2:
        return False
    wide = line.words[1].left - first.right > 0.5 * first.size
    if _BULLET.fullmatch(first.text):
        return wide or first.text not in ("o", "-", "–", "—")
    return bool(_NUMBERED.fullmatch(first.text)) and (wide or first.text[-1] in ".)]")


def _joins(paragraph: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on in another column or on another page: in doubt it does, so that no sentence is cut."""
    live = after.live
    if not paragraph.live or not live or paragraph.ended or after.gap or paragraph.fault != after.fault:
        return False
    one, two = paragraph.lines[-1], after.lines[0]
    if abs(one.size - two.size) > 0.08 * one.size or _label(two) or _bold(one) != _bold(two):
        return False
    return live[0].text[:1].islower() or paragraph.full


def joined(items: list[Paragraph | Extra]) -> list[Paragraph | Extra]:
    """The items of all pages, with paragraphs that go on over a page made one.

    Furniture comes first, as if it stood above the first page: between two
    pages it would part a heading from what it heads, and stand under headings
    that it does not belong to.
    """
    found: list[Paragraph | Extra] = [item for item in items if isinstance(item, Extra) and item.kind == "furniture"]
    items = [item for item in items if not (isinstance(item, Extra) and item.kind == "furniture")]
    place: int | None = None
    for number, item in enumerate(items):
        if isinstance(item, Extra):
            found.append(item)
            continue
        before = found[place] if place is not None else None
        over = isinstance(before, Paragraph) and before.page != item.page and place is not None
        if over and isinstance(before, Paragraph) and _turns(before, item):
            before.lines += item.lines
            before.full, before.page = item.full, item.page
            continue
        if over and isinstance(before, Paragraph):
            _mark_broken(before, [i for i in items[number : number + 3] if isinstance(i, Paragraph)])
        place = len(found)
        found.append(item)
    return found


def _mark_broken(paragraph: Paragraph, after: list[Paragraph]) -> None:
    """A sentence that no page number ends and that seems to go on further down the next page is marked on both pages."""
    if paragraph.ended or paragraph.cell:
        return
    for other in after:
        if (
            other.page == after[0].page
            and other.live
            and other.live[0].text[:1].islower()
            and not _label(other.lines[0])
        ):
            paragraph.fault = paragraph.fault or "page-broken"
            other.fault = other.fault or "page-broken"
            return


def _turns(paragraph: Paragraph, after: Paragraph) -> bool:
    if paragraph.pinned or after.pinned or paragraph.cell or after.cell:
        return False
    return _joins(paragraph, after)


def say(items: list[Paragraph | Extra], out: Transcript, body: float) -> None:
    """Says all items. `body` is the usual size, in points."""
    sizes = sorted(
        {round(i.lines[0].size) for i in items if isinstance(i, Paragraph) and _large(i, body)}, reverse=True
    )
    begun = False
    for item in items:
        if isinstance(item, Extra):
            if item.aside is not None:
                out.put_aside(item.aside, item.text, f"page {item.page}")
                out.end_aside()
            else:
                out.say(item.text, ("unread",) if item.unread else ())
                out.end_block(item.kind, path=f"page {item.page}, {item.place}")
            continue
        if item.live and (item.gap if begun else out.length):
            out.say("\n")
            out.begun = out.length
        _say(item, out, sizes, body)
        begun = True


def _large(paragraph: Paragraph, body: float) -> bool:
    first = paragraph.lines[0]
    letters = sum(len(word.text) + 1 for word in paragraph.live)
    return (
        first.size >= _LARGER * body
        and paragraph.cell is None
        and len(paragraph.lines) <= 3
        and letters <= _HEADING_CHARACTERS
    )


def _say(paragraph: Paragraph, out: Transcript, sizes: list[int], body: float) -> None:
    path = f"page {paragraph.lines[0].words[0].page or paragraph.page}, {_box(paragraph)}"
    live = paragraph.live
    kind: BlockKind = "cell" if paragraph.cell else "note" if paragraph.pinned else "paragraph"
    level = 0
    if _large(paragraph, body) and kind == "paragraph":
        kind, level = "heading", min(9, sizes.index(round(paragraph.lines[0].size)) + 1)
    bullet = live[0] if len(live) > 1 and _BULLET.fullmatch(live[0].text) and _label(Line(live[:2])) else None
    if paragraph.fault:
        out.fault(paragraph.fault, path, _MESSAGES[paragraph.fault], on_block=True)
    before: Word | None = None
    for line in paragraph.lines:
        for number, word in enumerate(line.words):
            if word.dead:
                out.put_aside(word.dead, word.text + " ", path)
                continue
            if before is not None:
                out.say(_between(before, word, number == 0), _marks(paragraph, before, word), strong=True)
            marks: tuple[MarkKind, ...] = ("unread",) if word.unread or paragraph.fault else ()
            out.say(word.text, marks, strong=word.bold or word.underlined)
            before = word
            if word is bullet:
                out.say(" ")
                out.begun, before = out.length, None
                kind, level = ("item", 1) if kind == "paragraph" else (kind, level)
    out.end_aside()
    if live:
        out.end_block(kind, level=level, cell=paragraph.cell, path=path)


def _marks(paragraph: Paragraph, before: Word, word: Word) -> tuple[MarkKind, ...]:
    return ("unread",) if paragraph.fault or (before.unread and word.unread) else ()


def _between(before: Word, word: Word, new_line: bool) -> str:
    """What stands between two words: a blank, nothing, or the line end that breaks a word."""
    if new_line:
        breaks = before.text[-1:] in "-\u00ad\u2010" and before.text[-2:-1].isalpha() and word.text[:1].islower()
        return "\n" if breaks else " "
    follows = word.number == before.number + 1
    if follows and word.spaced:
        return " "
    gap = word.left - before.right
    return "" if gap < (0.17 if follows else 0.1) * min(word.size, before.size) else " "


def _box(paragraph: Paragraph) -> str:
    """Left, top, right, bottom of its first page's lines, in whole points."""
    page = paragraph.lines[0].words[0].page
    lines = [line for line in paragraph.lines if line.words[0].page == page]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return f"{left:.0f} {lines[0].top:.0f} {right:.0f} {lines[-1].bottom:.0f}"


def one_table_over_pages(pages: list[list[Paragraph]]) -> None:
    """Numbers the tables of the document; one that goes on at the top of the next page stays one table.

    A row that seems to go on over the page is marked on both pages.
    """
    tables = 0
    last: list[Paragraph] = []
    for found in pages:
        own = {p.cell.table for p in found if p.cell}
        goes_on = bool(last and found and found[0].cell and last[-1].cell and _same_frame(last[-1], found[0]))
        start = tables - 1 if goes_on else tables
        rows = max(
            (
                p.cell.row + p.cell.rows
                for p in last
                if p.cell and last[-1].cell and p.cell.table == last[-1].cell.table
            ),
            default=0,
        )
        if goes_on:
            _mark_broken_rows(last, found)
        for paragraph in found:
            cell = paragraph.cell
            if cell is not None:
                row = cell.row + rows if goes_on and cell.table == 0 else cell.row
                paragraph.cell = Cell(cell.table + start, row, cell.column, cell.rows, cell.columns)
        tables = start + max(own, default=-1) + 1
        if found:
            last = found


def _same_frame(paragraph: Paragraph, after: Paragraph) -> bool:
    return bool(paragraph.frame) and paragraph.frame == after.frame


def _mark_broken_rows(last: list[Paragraph], found: list[Paragraph]) -> None:
    bottom = last[-1].cell
    first = found[0].cell
    if bottom is None or first is None:
        return
    for paragraph in found:
        cell = paragraph.cell
        if cell is None or cell.table != first.table or cell.row > first.row:
            break
        above = [p for p in last if p.cell and p.cell.table == bottom.table and p.cell.column == cell.column]
        if above and above[-1].live and paragraph.live and not above[-1].ended and paragraph.live[0].text[:1].islower():
            above[-1].fault = above[-1].fault or "row-broken"
            paragraph.fault = paragraph.fault or "row-broken"
