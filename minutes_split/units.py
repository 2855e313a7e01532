"""Where one unit ends and the next begins: sentences, clauses of a semicolon list, headings, items, cells."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from minutes_split.document import Block, Document
from minutes_split.spans import Span

_ENDS = regex.compile(
    r"""[.!?…]["'”’)\]]{0,2}\K(?:[ \t\u00a0]++|[^\S\n]*+\n\s*+)(?=["'“‘(\[]{0,2}[\p{Lu}\d])"""
    r"""|(?<=[a-z]{2})[.!?]["'”’)\]]{0,2}\K[ \t\u00a0]++(?=[a-z])"""
    r"""|;\K\s++""",
    regex.V1,
)
"""The white space behind the end of a unit. What stands before `\\K` is seen and not taken."""
_ABBREVIATION = regex.compile(
    r"""(?:^|[\s("'“‘])(?:mr|mrs|ms|miss|mx|dr|prof|rev|sgt|insp|supt|cllr|st|no|nos|approx|appt|appts|tel|ref|re|dob|vs|v|"""
    r"""e\.g|i\.e|eg|ie|cf|etc|inc|incl|dept|est|min|mins|hr|hrs|wk|wks|yr|yrs|mth|mths|fig|para|p|pp|art|sch|sec|s|"""
    r"""mat|pat|temp|conf|neg|pos|resp|prev|poss|prob|\p{Lu})\.$""",
    regex.V1 | regex.I,
)
_ASIDE = regex.compile(r"\((?:[^\s()]++\s?){1,4}\)")
_NUMBER = regex.compile(
    r"(?:(?:item|case|no|para|point|action|part)\.?\s*\d{1,3}\.)|[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)\]]",
    regex.I,
)
_LEANS = regex.compile(
    r"(?:and\s+)?(?:it|that|this|which|who|whom|whose|namely|i\.?e\.?|e\.?g\.?|so|then|otherwise)\b", regex.I
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit before anybody knows whom it is about."""

    span: Span
    block: int
    first: bool
    """Whether it begins its block."""


def pieces(document: Document, blocks: tuple[Block, ...]) -> tuple[Piece, ...]:
    """Every unit's place, in text order; what stands between two of them is white space or a cell border."""
    found: list[Piece] = []
    for number, block in enumerate(blocks):
        spans = [block.span] if block.kind in ("heading", "furniture") else sentences(document.text, block.span)
        found.extend(Piece(span, number, i == 0) for i, span in enumerate(spans))
    return tuple(found)


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences and semicolon clauses of a stretch of text.

    A clause that leans on the one before it ("it ...", "namely ...") is no unit of its own.
    """
    found: list[Span] = []
    start = span.start
    for end in _ENDS.finditer(text, span.start, span.end):
        before = text[max(start, end.start() - 12) : end.start()]
        if before.endswith(".") and _ABBREVIATION.search(before) and "\n" not in end.group():
            continue
        if _ASIDE.match(text, end.end(), span.end):
            continue
        if _NUMBER.fullmatch(text, start, end.start()):
            continue
        if before.endswith(";") and _LEANS.match(text, end.end()):
            continue
        if end.start() > start:
            found.append(Span(start, end.start()))
        start = end.end()
    if start < span.end:
        found.append(Span(start, span.end))
    return found
