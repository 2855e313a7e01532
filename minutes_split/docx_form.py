"""A Word form filled in: what stood in the form stays as it is, byte for byte, and each field gets its passages.

Fields are found by their title: a heading, after which the passages go, or the
label of a table row, beside which they go. Each reference is a footnote.
Source: ECMA-376 parts 1 and 2.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from minutes_split.document import Document
from minutes_split.docx_writer import Paragraph, docx_of, without_signs
from minutes_split.errors import PlanError
from minutes_split.readers.caps import Caps
from minutes_split.readers.package import CONTENT_TYPES, Package

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_ARROWS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can say; it says nothing."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field and what goes into it: each passage with its reference, which may be empty."""

    title: str = field(repr=False)
    passages: tuple[tuple[str, str], ...] = field(repr=False)


def title_key(title: str) -> str:
    """A title as it is compared: without case, number, spaces at the ends, and colon."""
    return " ".join(_NUMBER.sub("", title).casefold().split()).rstrip(": ")


_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+")


def filled(template: bytes | None, fields: Sequence[FormField]) -> bytes:
    """A Word document with these fields; those that the template has no title for stand at its end under their own.

    Raises: `ReadError` for a template that is no Word document, `PlanError`
    for one in which the title of a field stands more than once.
    """
    if template is None:
        template = docx_of(Paragraph(each.title, 1) for each in fields)
    form = _Form(template)
    for number, each in enumerate(fields, 1):
        form.fill(each, f"field {number}")
    return form.to_bytes()


# --- what stands in the fields ------------------------------------------------------------------

BEFORE_HEADINGS = "Before the first heading"
FURNITURE = "Headers and footers"
"""Titles for what stands in no field of a form."""


def form_passages(document: Document, titles: tuple[str, ...]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Field, words and references of each paragraph of a form; a note that is a reference belongs to the one before."""
    named = {title_key(title): title for title in titles}
    title = BEFORE_HEADINGS
    held: tuple[str, str, frozenset[str]] | None = None
    for block in document.blocks:
        text = block.span.within(document.text).strip()
        if block.kind == "note" and held is not None and _REFERENCE.fullmatch(text):
            held = (held[0], held[1], held[2] | {text})
            continue
        if held is not None:
            yield held
            held = None
        if block.kind == "heading" or title_key(text) in named:
            title = named.get(title_key(text), text) or title
        elif text:
            held = (FURNITURE if block.kind == "furniture" else title, text, frozenset())
    if held is not None:
        yield held


_REFERENCE = re.compile(r"MS-[0-9A-Z]{4}-[0-9A-Z]{4}|local-\d+")


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for white space, which Word does not keep."""
    return one.split() == other.split()


# --- where the fields are -----------------------------------------------------------------------


@dataclass(slots=True)
class _Cell:
    row: list[_Cell]
    number: int
    end: int = 0
    """The byte before which its end stands."""


@dataclass(slots=True)
class _Title:
    """A paragraph that may be a title."""

    text: str
    end: int
    """The byte behind it."""
    cell: _Cell | None
    heading: bool


class _Places:
    """The paragraphs and cells of a main part, and where they end in its bytes."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.titles: list[_Title] = []
        self.end = -1
        """The byte before which a paragraph may be added at the end of the body."""
        self.namespace = _WORD[0]
        self._path: list[str] = []
        self._open: list[_Title] = []
        self._cells: list[_Cell] = []
        self._rows: list[list[_Cell]] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._finish
        parser.CharacterDataHandler = self._characters
        self._at = parser
        parser.Parse(part, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        word = local if space in _WORD else "?"
        if word == "document":
            self.namespace = space
        elif word == "p":
            self._open.append(_Title("", 0, self._cells[-1] if self._cells else None, False))
        elif word in ("pStyle", "outlineLvl") and self._open:
            style = attributes.get(f"{space} val", "")
            self._open[-1].heading |= word == "outlineLvl" or style.casefold().startswith(("heading", "title"))
        elif word == "tr":
            self._rows.append([])
        elif word == "tc" and self._rows:
            self._cells.append(_Cell(self._rows[-1], len(self._rows[-1])))
            self._rows[-1].append(self._cells[-1])
        elif word == "sectPr" and self._path[-1:] == ["body"]:
            self.end = self._at.CurrentByteIndex
        self._path.append(word)

    def _finish(self, name: str) -> None:
        word = self._path.pop()
        at = self._at.CurrentByteIndex
        if word == "p":
            title = self._open.pop()
            title.end = _behind_tag(self.part, at)
            if "txbxContent" not in self._path:
                self.titles.append(title)
        elif word == "tc" and self._cells:
            self._cells.pop().end = at
        elif word == "tr" and self._rows:
            self._rows.pop()
        elif word == "body" and self.end < 0:
            self.end = at

    def _characters(self, text: str) -> None:
        if self._open and self._path[-1:] == ["t"]:
            self._open[-1].text += text


_TAG = re.compile(rb"<[^<>\"']*+(?:\"[^\"]*\"[^<>\"']*+|'[^']*'[^<>\"']*+)*+>")


def _behind_tag(part: bytes, at: int) -> int:
    tag = _TAG.match(part, at)
    return tag.end() if tag else at


# --- what is written ----------------------------------------------------------------------------


class _Form:
    """A template, what is to be put where in its main part, and its footnotes."""

    def __init__(self, template: bytes) -> None:
        package = Package(template, Caps())
        mains = package.related("", "officeDocument")
        if len(mains) != 1:
            raise PlanError("plan-template", "template", "is no Word document")
        self.main = mains[0]
        package.tree(self.main, "w:document")  # refuses what a document has no business to hold
        self.parts = {name: package.content(name) for name in package.names}
        self._by_folded_name = {name.casefold(): name for name in package.names}
        notes = package.related(self.main, "footnotes")
        self.notes_part = self._name(notes[0]) if notes else ""
        self.main = self._name(self.main)
        self.places = _Places(_utf8(self.parts[self.main]))
        self.added: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self._next_note = 1 + max((int(n) for n in _IDS.findall(self.parts.get(self.notes_part, b""))), default=0)

    def _name(self, part: str) -> str:
        return self._by_folded_name[part.casefold()]

    def fill(self, each: FormField, where: str) -> None:
        """Puts the passages of a field behind its title, or with a title of their own at the end."""
        words = "".join(self._paragraph(text, reference) for text, reference in each.passages)
        place = self._place_of(each.title, where)
        if place is None:
            place, words = self.places.end, self._heading(each.title) + words
        self.added.append((place, words))

    def _place_of(self, title: str, where: str) -> int | None:
        key = title_key(title)
        found = [one for one in self.places.titles if title_key(one.text) == key]
        found = [one for one in found if one.heading] or found
        if len(found) > 1:
            raise PlanError("plan-template-field", where, "has its title in the template more than once")
        if not found:
            return None
        cell = found[0].cell
        if cell is None:
            return found[0].end
        beside = cell.row[cell.number + 1 : cell.number + 2] or [cell]
        return beside[0].end

    def _paragraph(self, text: str, reference: str) -> str:
        return f'<w:p xmlns:w="{self.places.namespace}">{_run(text)}{self._note(reference) if reference else ""}</w:p>'

    def _heading(self, title: str) -> str:
        level = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        return f'<w:p xmlns:w="{self.places.namespace}">{level}{_run(title, "<w:rPr><w:b/></w:rPr>")}</w:p>'

    def _note(self, reference: str) -> str:
        number = self._next_note + len(self.notes)
        mark = f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
        self.notes.append(
            f'<w:footnote xmlns:w="{self.places.namespace}" w:id="{number}"><w:p>{mark}{_run(f" {reference}")}</w:p></w:footnote>'
        )
        return f'<w:r>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'

    def to_bytes(self) -> bytes:
        """The filled form."""
        main = self.places.part
        for place, words in sorted(self.added, key=lambda one: one[0], reverse=True):
            main = main[:place] + words.encode("utf-8") + main[place:]
        self.parts[self.main] = main
        if self.notes:
            self._put_notes("".join(self.notes))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                entry = zipfile.ZipInfo(name, _FIRST_DAY)
                entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        return out.getvalue()

    def _put_notes(self, notes: str) -> None:
        if self.notes_part:
            self.parts[self.notes_part] = _before_end(_utf8(self.parts[self.notes_part]), notes)
            return
        folder, _, file = self.main.rpartition("/")
        name = f"{folder}/footnotes.xml".lstrip("/")
        arrows = f"{folder}/_rels/{file}.rels".lstrip("/")
        if name.casefold() in self._by_folded_name:
            raise PlanError(
                "plan-template", "template", "has footnotes that nothing points to; save it with Word again"
            )
        self.parts[name] = _new_notes(self.places.namespace, notes).encode("utf-8")
        self.parts[CONTENT_TYPES] = _before_end(
            self.parts[CONTENT_TYPES],
            f'<Override xmlns="{_TYPES}" PartName="/{name}" ContentType="{_FOOTNOTES}"/>',
        )
        arrow = f'<Relationship xmlns="{_ARROWS}" Id="minutes-split-notes" Type="{_KIND}" Target="footnotes.xml"/>'
        held = self.parts.get(self._by_folded_name.get(arrows.casefold(), arrows))
        empty = f'{_XML}<Relationships xmlns="{_ARROWS}"></Relationships>'.encode()
        self.parts[self._by_folded_name.get(arrows.casefold(), arrows)] = _before_end(held or empty, arrow)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_IDS = re.compile(rb"\bid=[\"'](\d+)[\"']")


def _run(text: str, properties: str = "") -> str:
    lines = (f'<w:t xml:space="preserve">{escape(without_signs(line))}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def _new_notes(namespace: str, notes: str) -> str:
    """A part of footnotes, with the two lines that Word draws between text and notes."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    return f'{_XML}<w:footnotes xmlns:w="{namespace}">{lines}{notes}</w:footnotes>'


def _before_end(part: bytes, words: str) -> bytes:
    """A part with more in its outermost element, at the end."""
    at = part.rfind(b"</")
    if at < 0 or part.rfind(b"/>") > at:
        raise PlanError("plan-template", "template", "has an empty part; save it with Word again")
    return part[:at] + words.encode("utf-8") + part[at:]


def _utf8(part: bytes) -> bytes:
    """The part itself, if it is written as nearly all are. Raises: `PlanError` if not."""
    head = part[:200].partition(b"?>")[0].lower()
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"encoding" in head and b"utf-8" not in head):
        raise PlanError("plan-template", "template", "is not written in UTF-8; save it with Word again")
    return part
