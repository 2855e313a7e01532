"""Headings, paragraphs, list items, table rows and cells, page furniture.

A format that knows its layout (.docx) says what its blocks are. Of plain text
nothing is known, so its lines are read as writers lay them out: wrapped lines
are one paragraph, a line of its own that is no sentence may be a heading.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import regex

from minutes_split.document import Block, Cell, Document
from minutes_split.spans import Span

PLAIN = frozenset({"text", "markdown"})

_BULLET = regex.compile(r"[ \t]*(?:[-*•·◦▪–—o]|\(?(?:[a-z]|[ivx]{1,4})[.)])[ \t]+(?=\S)", regex.V1)
_FURNITURE = regex.compile(
    r"[ \t]*(?:page[ \t]+\d+(?:[ \t]*(?:of|/)[ \t]*\d+)?|\d+[ \t]+of[ \t]+\d+|[-–—_=*~.]{3,}|-[ \t]*\d+[ \t]*-)[ \t]*",
    regex.V1 | regex.I,
)
_RULE = regex.compile(r"[ \t:|+=-]{3,}")
_MARKDOWN = regex.compile(r"(#{1,6})[ \t]+(?=\S)")


def blocks(document: Document) -> tuple[Block, ...]:
    """Every block of the document, in text order; between blocks stands nothing but layout (white space, bars)."""
    if document.blocks and document.source.format not in PLAIN:
        return tuple(block for block in document.blocks if document.text[block.span.start : block.span.end].strip())
    return tuple(_plain_blocks(document.text))


def _plain_blocks(text: str) -> Iterator[Block]:
    lines = _lines(text)
    wrap = _wrap_width(text, lines)
    table = -1
    row = 0
    place = 0
    while place < len(lines):
        line = lines[place]
        words = line.within(text)
        if _FURNITURE.fullmatch(words):
            yield Block(line, "furniture")
        elif cells := _cells(text, line):
            if place == 0 or not _cells(text, lines[place - 1]):
                table, row = table + 1, 0
            if not _RULE.fullmatch(words):
                for column, cell in enumerate(cells):
                    if cell.start < cell.end:
                        yield Block(cell, "cell", cell=Cell(table, row, column))
                row += 1
        else:
            last = place
            while wrap and (after := _goes_on_at(text, lines, last, wrap)):
                last = after
            yield _paragraph(text, Span(line.start, lines[last].end))
            place = last
        place += 1


def _paragraph(text: str, span: Span) -> Block:
    words = span.within(text)
    if marked := _MARKDOWN.match(words):
        return Block(Span(span.start + marked.end(), span.end), "heading", level=len(marked.group(1)))
    if bullet := _BULLET.match(words):
        return Block(Span(span.start + bullet.end(), span.end), "item", level=1)
    bare = words.strip(" \t*_")
    emphasis = bare.isupper() or (words.strip().startswith("**") and words.strip().endswith("**"))
    return Block(span, "paragraph", emphasis=emphasis)


def _lines(text: str) -> list[Span]:
    """Each line that has words, without the white space around it."""
    found = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            at = start + line.index(bare[0])
            found.append(Span(at, at + len(bare)))
        start += len(line)
    return found


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a line laid out as a table row, by bars or by tabs; empty if it is none."""
    words = line.within(text)
    mark = "|" if words.count("|") >= 2 or " | " in words else "\t" if words.count("\t") >= 2 else ""
    if not mark:
        return []
    found = []
    start = line.start
    for part in words.split(mark):
        bare = part.strip()
        at = start + (part.index(bare[0]) if bare else 0)
        found.append(Span(at, at + len(bare)))
        start += len(part) + 1
    return found


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The width at which the whole document was wrapped, or 0; decided once, so that no line decides for itself.

    A wrapped text has many lines that end in mid-sentence close to one width.
    """
    broken = [
        line.end - line.start
        for line, after in itertools.pairwise(lines)
        if _next_line(text, line, after) and _unfinished(text, line, after)
    ]
    if len(broken) < 3 or len(broken) * 4 < len(lines):
        return 0
    width = int(median(broken))
    near = sum(1 for length in broken if width * 0.75 <= length <= width * 1.25)
    return width if width >= 40 and near * 10 >= len(broken) * 7 else 0


def _goes_on_at(text: str, lines: list[Span], place: int, wrap: int) -> int:
    """The line that goes on with the paragraph, or 0. A sentence goes on over page numbers, which then stand in it."""
    after = place + 1
    while after < len(lines) and _is_page(lines[after].within(text)):
        after += 1
    if after >= len(lines):
        return 0
    if after == place + 1:
        return after if _goes_on(text, lines, place, wrap) else 0
    line, words = lines[place], lines[after].within(text)
    if _BULLET.match(words) or _FURNITURE.fullmatch(words) or _MARKDOWN.match(words) or _cells(text, lines[after]):
        return 0
    full = line.end - line.start + 1 + len(words.split(None, 1)[0]) > wrap * 0.9
    return after if text[line.end - 1] not in ".!?:;|" and (full or words[:1].islower()) else 0


def _is_page(words: str) -> bool:
    """Whether it is the number of a page; a line that is drawn is none."""
    return _FURNITURE.fullmatch(words) is not None and any(sign.isalnum() for sign in words)


def _goes_on(text: str, lines: list[Span], place: int, wrap: int) -> bool:
    """Whether the next line belongs to the same paragraph."""
    line, after = lines[place], lines[place + 1]
    if (
        not _next_line(text, line, after)
        or _BULLET.match(after.within(text))
        or _FURNITURE.fullmatch(after.within(text))
    ):
        return False
    first_word = after.within(text).split(None, 1)[0]
    return line.end - line.start + 1 + len(first_word) > wrap * 0.9 or _unfinished(text, line, after)


def _next_line(text: str, line: Span, after: Span) -> bool:
    """Whether no blank line stands between the two."""
    return text.count("\n", line.end, after.start) == 1


def _unfinished(text: str, line: Span, after: Span) -> bool:
    """Whether the line ends in mid-sentence: no mark at its end, and the next begins small."""
    return text[line.end - 1] not in ".!?:;|" and text[after.start].islower()


def with_kind(block: Block, kind: str, level: int) -> Block:
    """The same block read as a heading, or as no heading."""
    return replace(block, kind=kind, level=level)  # type: ignore[arg-type]  # the caller passes a BlockKind
