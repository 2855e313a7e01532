"""The same minutes as .docx, .pdf, .odt, .eml and .html, laid out as a person would, and how each of them is split.

    python -m tests.formats                     the gold cases, every format beside plain text
    python -m tests.formats FILE.jsonl ...      labelled minutes as the bench keeps them
    python -m tests.formats --show N            the same, and the first N characters that only another format leaks

A typed line becomes a paragraph, an empty line stays one, a line with a bullet an item, rows with bars a table, and
what stands out as a heading is made bold. Figures count letters and digits.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any

from minutes_split import Document, Roster, Splitter, read
from minutes_split.blocks import blocks
from minutes_split.frame import frame
from minutes_split.lexicon import default_lexicon
from tests import gold

HEADER = "OFFICIAL SENSITIVE"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, heading, item or table of a document to be made."""

    kind: str
    """`heading`, `paragraph`, `item`, `table`, or `empty` for an empty line."""
    words: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def _table(rows: list[list[str]]) -> Piece:
    """A table; a bar at the beginning of each line makes no column."""
    first = min(next((i for i, words in enumerate(row) if words), 0) for row in rows)
    return Piece("table", rows=tuple(tuple(row[first:]) for row in rows))


def pieces(text: str) -> list[Piece]:
    """What a person would make of a typed text."""
    document = Document.from_text(text)
    found = blocks(document)
    heads = frame(document, found, default_lexicon()).places
    made: list[Piece] = []
    table: list[list[str]] = []
    last = None
    for block, place in zip(found, heads, strict=True):
        words = re.sub(r"(?<=\w)-\n(?=[a-z])", "", block.span.within(text))
        words = re.sub(r"\s*\n\s*", " ", words)
        gap = last is not None and text.count("\n", last.span.end, block.span.start) > 1
        if block.cell is None and table:
            made.append(_table(table))
            table = []
        if gap and not (block.cell and table):
            made.append(Piece("empty"))
        if block.cell is not None:
            if (
                last is None
                or last.cell is None
                or last.cell.row != block.cell.row
                or last.cell.table != block.cell.table
            ):
                if table and last and last.cell and last.cell.table != block.cell.table:
                    made.append(_table(table))
                    table = []
                table.append([])
            table[-1] += [""] * (block.cell.column - len(table[-1])) + [words]
        elif place.heading:
            made.append(Piece("heading", words))
        else:
            made.append(Piece("item" if block.kind == "item" else "paragraph", words))
        last = block
    if table:
        made.append(_table(table))
    return made


# --- making ------------------------------------------------------------------------------------------------


def as_text(text: str) -> bytes:
    """As it was typed."""
    return b"\xef\xbb\xbf" + text.encode()


def as_docx(text: str) -> bytes:
    """By python-docx: bold headings, bullets by style, tables with borders, a header."""
    import docx

    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = HEADER
    for piece in pieces(text):
        if piece.kind == "table":
            wide = max(map(len, piece.rows))
            table = made.add_table(rows=0, cols=wide)
            table.style = "Table Grid"
            for row in piece.rows:
                cells = table.add_row().cells
                for cell, words in zip(cells, row, strict=False):
                    cell.text = _clean(words)
        elif piece.kind == "heading":
            made.add_paragraph().add_run(_clean(piece.words)).bold = True
        else:
            made.add_paragraph(_clean(piece.words), style="List Bullet" if piece.kind == "item" else None)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def as_pdf(text: str, *, size: float = 11) -> bytes:
    """By reportlab: A4, lines broken by its own rules, a header and page numbers, tables with rules.

    Raises: `UnicodeEncodeError` if a character is in none of the fonts that every PDF reader has.
    """
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    text.encode("cp1252")
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=size, leading=1.3 * size, spaceAfter=0.5 * size)
    bold = ParagraphStyle("bold", parent=body, fontName="Helvetica-Bold", keepWithNext=1)
    item = ParagraphStyle("item", parent=body, leftIndent=18, bulletIndent=4)
    story: list[object] = []
    for piece in pieces(text):
        if piece.kind == "empty":
            story.append(Spacer(1, 1.3 * size))
        elif piece.kind == "table":
            wide = max(map(len, piece.rows))
            rows = [[Paragraph(_marked(w), body) for w in (*row, *[""] * (wide - len(row)))] for row in piece.rows]
            style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            story.append(Table(rows, colWidths=[440 / wide] * wide, style=style))
        elif piece.kind == "heading":
            story.append(Paragraph(_marked(piece.words), bold))
        elif piece.kind == "item":
            story.append(Paragraph(_marked(piece.words), item, bulletText="\u2022"))
        else:
            story.append(Paragraph(_marked(piece.words), body))

    def furniture(canvas: Any, made: Any) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 810, HEADER)
        canvas.drawCentredString(A4[0] / 2, 30, f"Page {made.page}")

    saved = io.BytesIO()
    made = SimpleDocTemplate(
        saved, pagesize=A4, leftMargin=72, rightMargin=72, topMargin=72, bottomMargin=72, invariant=1
    )
    made.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return saved.getvalue()


def as_odt(text: str) -> bytes:
    """By hand, with what LibreOffice writes for the same keystrokes."""
    body = []
    for piece in pieces(text):
        if piece.kind == "table":
            cells = (
                "<table:table-row>"
                + "".join(f"<table:table-cell><text:p>{_xml(w)}</text:p></table:table-cell>" for w in row)
                + "</table:table-row>"
                for row in piece.rows
            )
            body.append(f"<table:table>{''.join(cells)}</table:table>")
        elif piece.kind == "heading":
            body.append(f'<text:p text:style-name="P1">{_xml(piece.words)}</text:p>')
        elif piece.kind == "item":
            body.append(f"<text:list><text:list-item><text:p>{_xml(piece.words)}</text:p></text:list-item></text:list>")
        else:
            body.append(f"<text:p>{_xml(piece.words)}</text:p>")
    return odt("".join(body))


ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
BOLD = (
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
)


def odt(body: str, *, styles: str = BOLD, master: str = "", kind: str = "text") -> bytes:
    """An OpenDocument file with this inside its text."""
    files = {
        "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {ODF}><office:master-styles>{master}</office:master-styles></office:document-styles>",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        first = zipfile.ZipInfo("mimetype", (2020, 1, 1, 0, 0, 0))
        archive.writestr(first, f"application/vnd.oasis.opendocument.{kind}")
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content.encode(), zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def as_html(text: str) -> bytes:
    """As Word puts it on a page: one paragraph a line."""
    body = []
    for piece in pieces(text):
        words = escape(piece.words)
        if piece.kind == "table":
            rows = ("<tr>" + "".join(f"<td><p>{escape(w)}</p></td>" for w in row) + "</tr>" for row in piece.rows)
            body.append(f"<table>{''.join(rows)}</table>")
        elif piece.kind == "empty":
            body.append("<p>&nbsp;</p>")
        elif piece.kind == "heading":
            body.append(f"<p><b>{words}</b></p>")
        elif piece.kind == "item":
            body.append(f"<ul><li>{words}</li></ul>")
        else:
            body.append(f"<p>{words}</p>")
    return f'<html><head><meta charset="utf-8"><title>Minutes</title></head><body>\n{"".join(body)}\n</body></html>'.encode()


def as_eml(text: str) -> bytes:
    """As Outlook sends it: the text twice, once plain and once as a page."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "minutes@example.org", "chair@example.org", "Minutes"
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content("\n".join(piece.words or " | ".join(sum(piece.rows, ())) for piece in pieces(text)) + "\n")
    mail.add_alternative(as_html(text).decode(), subtype="html")
    mail.set_boundary("=" * 15 + "1==")
    return mail.as_bytes()


MAKERS: dict[str, Callable[[str], bytes]] = {
    "text": as_text, "docx": as_docx, "pdf": as_pdf, "odt": as_odt, "eml": as_eml, "html": as_html,
}  # fmt: skip


def _clean(words: str) -> str:
    """Without characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", words)


def _xml(words: str) -> str:
    return escape(_clean(words), quote=False).replace("\t", "<text:tab/>")


def _marked(words: str) -> str:
    return escape(_clean(words), quote=False)


# --- scoring -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labelled:
    """Minutes with labels: whom each stretch of the text is about."""

    name: str
    roster: Roster
    text: str
    parts: tuple[tuple[str, frozenset[str]], ...]
    """Words, and family ids or `X`; what is about nobody or doubtful is left out."""


@dataclass(slots=True)
class Figures:
    """Letters and digits, over every family of every case."""

    due: int = 0
    useful: int = 0
    leak: int = 0
    offered: int = 0
    offered_leak: int = 0
    lost: int = 0
    """Of labelled words that are not in the document at all."""

    def __iadd__(self, other: Figures) -> Figures:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def row(self, name: str) -> str:
        """One line of the table."""
        due = self.due or 1
        return (
            f"{name:6} excerpts {self.useful / due:6.1%} leak {self.leak:5}   offered {self.offered / due:6.1%} "
            f"leak {self.offered_leak:5}   lost {self.lost}"
        )


def of_gold(cases: Iterable[gold.Case]) -> Iterator[Labelled]:
    """Gold cases."""
    for case in cases:
        parts = tuple((line.span.within(case.text), line.about) for line in case.lines if line.about)
        yield Labelled(case.name, case.roster, case.text, parts)


def of_bench(path: Path) -> Iterator[Labelled]:
    """Cases as the bench keeps them, one JSON a line."""
    for row in filter(None, path.read_text(encoding="utf-8").split("\n")):
        told = json.loads(row)
        parts = tuple(
            (each["text"], frozenset(each["about"]))
            for each in told["segments"]
            if each["about"] and not each.get("doubtful")
        )
        yield Labelled(
            str(told["id"]), Roster.load(told["roster"]), "".join(s["text"] for s in told["segments"]), parts
        )


def figures(case: Labelled, maker: Callable[[str], bytes]) -> Figures:
    """How one case is split in one format. Raises: `UnicodeEncodeError` if the format cannot hold its characters."""
    document = read(maker(case.text))
    split = Splitter(case.roster).split(document)
    solid = [place for place, character in enumerate(document.text) if character.isalnum()]
    squeezed = "".join(document.text[place] for place in solid)
    views = {family: gold.Released.of(split, family) for family in case.roster.ids}
    found = Figures()
    at = 0
    for words, about in case.parts:
        places: list[int] = []
        wanted = 0
        for piece in re.split(r"[|\t\n]", words):
            bare = "".join(c for c in re.sub(r"^\s*\(?(?:[a-z]|[ivx]{1,4})[.)]\s", "", piece) if c.isalnum())
            wanted += len(bare)
            place = squeezed.find(bare, at) if bare else -1
            if place >= 0:
                at = place + len(bare)
                places += solid[place:at]
        for family, released in views.items():
            given = sum(released.excerpts[i] for i in places)
            offered = sum(released.offered[i] for i in places)
            if about == {family}:
                found.due += wanted
                found.useful += given
                found.offered += offered
                found.lost += wanted - len(places)
            else:
                found.leak += given
                found.offered_leak += offered
    return found


def compared(
    cases: Iterable[Labelled], formats: Iterable[str] = MAKERS
) -> tuple[dict[str, Figures], dict[str, Figures], list[str]]:
    """For each format its figures and those of plain text over the same cases, and what it leaks that plain text does not."""
    ours: dict[str, Figures] = {name: Figures() for name in formats}
    plain: dict[str, Figures] = {name: Figures() for name in formats}
    worse = []
    for case in cases:
        typed = figures(case, as_text)
        for name in ours:
            try:
                made = figures(case, MAKERS[name])
            except UnicodeEncodeError:
                continue  # its characters are in none of the standard fonts
            ours[name] += made
            plain[name] += typed
            if made.leak > typed.leak or made.offered_leak > typed.offered_leak or made.offered < typed.offered:
                worse.append(
                    f"{name} {case.name}: leak {typed.leak} -> {made.leak}, offered leak {typed.offered_leak} -> "
                    f"{made.offered_leak}, offered {typed.offered} -> {made.offered} of {typed.due}, lost {made.lost}"
                )
    return ours, plain, worse


def main(arguments: list[str]) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.formats", description="Splits the same minutes in each format."
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print the first N cases that are worse than as text"
    )
    asked = parser.parse_args(arguments)
    cases = [each for path in asked.files for each in of_bench(path)] or list(of_gold(gold.cases()))
    ours, plain, worse = compared(cases)
    for name, found in ours.items():
        print(found.row(name), "" if plain[name] == plain["text"] else f"\n       {plain[name].row('text')}")
    print("\n".join(worse[: asked.show]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
