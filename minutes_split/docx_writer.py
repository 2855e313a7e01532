"""Paragraphs and rows of tables as a .docx that holds nothing else: no template, no properties, no styles, no times.

Three parts, stored without compression, so that equal paragraphs give equal
bytes wherever they are written.
Source: ECMA-376 parts 1 and 2 (the least that Word opens).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from minutes_split.document import Cell

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ARROWS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
_FOOT = "</w:body></w:document>"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can say; it says nothing."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `level` 1 to 9 makes it a heading, 0 does not."""

    text: str = field(repr=False)
    level: int = 0
    cell: Cell | None = None
    """Where it stands, if in a table; paragraphs of one table follow each other, row by row."""

    @property
    def table(self) -> int | None:
        """The number of its table; `None` outside tables."""
        return None if self.cell is None else self.cell.table


def docx_of(paragraphs: Iterable[Paragraph]) -> bytes:
    """The bytes of a Word document with these paragraphs, in this order."""
    body, last = "", None
    for table, several in groupby(paragraphs, key=lambda paragraph: paragraph.table):
        group = list(several)
        if table is not None and last is not None:
            body += _NOTHING  # without it, Word makes one table of two
        body += "".join(map(_paragraph, group)) if table is None else _table(group)
        last = table
    if last is not None:
        body += _NOTHING  # Word ends a document with a paragraph
    parts = (("[Content_Types].xml", _TYPES), ("_rels/.rels", _ARROWS), ("word/document.xml", _HEAD + body + _FOOT))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0
            archive.writestr(entry, content.encode("utf-8"))
    return out.getvalue()


_NOTHING = "<w:p/>"
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _table(paragraphs: list[Paragraph]) -> str:
    """A table as wide as its widest row; a cell that nothing stands in is empty."""
    told = [(paragraph.cell, paragraph) for paragraph in paragraphs if paragraph.cell is not None]
    wide = max(cell.column + cell.columns for cell, _ in told)
    rows = (_row(list(row), wide) for _, row in groupby(told, key=lambda each: each[0].row))
    grid = '<w:gridCol w:w="0"/>' * wide
    head = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{head}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(told: list[tuple[Cell, Paragraph]], wide: int) -> str:
    cells, at = "", 0
    for column, group in groupby(told, key=lambda each: each[0].column):
        inside = list(group)
        over = inside[0][0].columns
        span = f'<w:tcPr><w:gridSpan w:val="{over}"/></w:tcPr>' if over > 1 else ""
        words = "".join(_paragraph(paragraph) for _, paragraph in inside)
        cells += f"<w:tc>{_NOTHING}</w:tc>" * (column - at) + f"<w:tc>{span}{words}</w:tc>"
        at = column + over
    return f"<w:tr>{cells}{f'<w:tc>{_NOTHING}</w:tc>' * (wide - at)}</w:tr>"


def _paragraph(paragraph: Paragraph) -> str:
    heading = f'<w:pPr><w:outlineLvl w:val="{min(paragraph.level, 9) - 1}"/></w:pPr>' if paragraph.level else ""
    bold = "<w:rPr><w:b/></w:rPr>" if paragraph.level else ""
    lines = [_line(line) for line in paragraph.text.split("\n")]
    return f"<w:p>{heading}<w:r>{bold}{'<w:br/>'.join(lines)}</w:r></w:p>"


def _line(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(without_signs(text))}</w:t>'


def without_signs(text: str) -> str:
    """The text without the signs that XML has no way to write; a tab is a space."""
    return _NO_XML.sub("", text.replace("\t", " "))


_NO_XML = re.compile("[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
