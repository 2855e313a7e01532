"""OpenDocument text: .odt and .ott, as LibreOffice and Word write them.

Tracked deletions stand in the file apart from the text, hidden text inside it;
both are put aside. Numbers of lists are computed by the program and not kept
in the file, so numbered items and headings are marked where a number matters.
Source: OASIS OpenDocument 1.3, part 3 (chapters 5 to 9, 16, 19).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from minutes_split.document import AsideKind, BlockKind, Cell, Document, MarkKind, Source
from minutes_split.errors import ReadError
from minutes_split.readers.archive import Archive
from minutes_split.readers.caps import Caps
from minutes_split.readers.transcript import Transcript
from minutes_split.readers.xmltree import WORDS, parse

_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument."
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SHORT = {
    f"{_OASIS}{long}:1.0": short
    for long, short in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("drawing", "draw"),
        ("xsl-fo-compatible", "fo"), ("svg-compatible", "svg"), ("meta", "meta"), ("presentation", "presentation"),
        ("form", "form"), ("manifest", "manifest"), ("chart", "chart"), ("datastyle", "number"),
    )
}  # fmt: skip
_SHORT["http://purl.org/dc/elements/1.1/"] = "dc"
_SHORT["http://www.w3.org/1999/xlink"] = "xlink"


def is_open_document(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument package: its kind is the first thing in it."""
    return data.startswith(b"PK\3\4") and _MIMETYPE in data[:200]


def read_odt(data: bytes, caps: Caps) -> Document:
    """An OpenDocument text from its bytes.

    `Block.path` counts the paragraphs, tables and notes of the file.
    Raises: `ReadError` if it is a spreadsheet or slides, encrypted, damaged or larger than `caps`.
    """
    archive = Archive(data, caps)
    if "mimetype" not in archive.names:
        raise ReadError("part-missing", "archive", "a part that the document needs is missing")
    kind = archive.read("mimetype").removeprefix(b"application/vnd.oasis.opendocument.")
    if kind.startswith((b"spreadsheet", b"presentation")):
        word = "spreadsheet" if kind.startswith(b"spread") else "slides"
        told = "a spreadsheet" if kind.startswith(b"spread") else "a presentation"
        raise ReadError(f"format-{word}", "file", f"is {told}; copy the minutes into a Word document")
    if not kind.startswith(b"text"):
        raise ReadError(
            "format-opendocument", "file", "is an OpenDocument file of another kind; copy its text into a Word document"
        )
    _require_plain(archive, caps)
    content, styles = _tree(archive, "content.xml", caps), _tree(archive, "styles.xml", caps)
    out = Transcript()
    _Reader(content, styles, out).read()
    _put_rest_aside(archive, caps, out)
    out.end_aside()
    source = Source("odt", hashlib.sha256(data).hexdigest())
    return Document(out.text, source, tuple(out.blocks), out.marks, tuple(out.asides), tuple(out.faults))


def _require_plain(archive: Archive, caps: Caps) -> None:
    """Every part that the list of parts names is there, and none is encrypted."""
    manifest = _tree(archive, "META-INF/manifest.xml", caps)
    for entry in manifest:
        if _local(entry.tag) == "manifest:file-entry":
            name = _get(entry, "manifest:full-path")
            if any(_local(inner.tag) == "manifest:encryption-data" for inner in entry):
                raise ReadError("format-encrypted", "file", "is protected by a password; save it without one")
            if name.endswith(".xml") and name not in archive.names:
                raise ReadError("part-missing", "archive", "a part that the document needs is missing")


def _tree(archive: Archive, name: str, caps: Caps) -> Element:
    if name not in archive.names:
        raise ReadError("part-missing", "archive", "a part that the document needs is missing")
    return parse(archive.read(name), name.rsplit("/", 1)[-1], caps, mixed=True)


def _put_rest_aside(archive: Archive, caps: Caps, out: Transcript) -> None:
    if "meta.xml" in archive.names:
        words = " ".join(_all_words(_tree(archive, "meta.xml", caps)))
        if words:
            out.put_aside("metadata", words, "meta.xml")
    for name in archive.names:
        if name.endswith("content.xml") and name != "content.xml":
            out.put_aside("embedded", " ".join(_all_words(_tree(archive, name, caps))), "object")
            out.fault("embedded-unread", "object", "holds an embedded file that is not read")


def _all_words(element: Element) -> list[str]:
    return [each.text.strip() for each in element.iter(WORDS) if each.text and each.text.strip()]


def _local(tag: str) -> str:
    """`{urn:...:text:1.0}p` as `text:p`."""
    if not tag.startswith("{"):
        return tag
    uri, _, name = tag[1:].partition("}")
    short = _SHORT.get(uri)
    return f"{short}:{name}" if short else tag


def _get(element: Element, name: str) -> str:
    for key, told in element.attrib.items():
        if _local(key) == name:
            return told
    return ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says, with what it inherits."""

    hidden: bool = False
    bold: bool = False
    underlined: bool = False
    white: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    format: str
    """"1", "a", "A", "i", "I"; empty for no number."""
    prefix: str
    suffix: str
    shown: int
    """How many levels the number shows."""
    start: int

    def written(self, number: int) -> str:
        """The number alone."""
        if self.format in ("a", "A"):
            letter = chr(ord(self.format) + (number - 1) % 26) if number > 0 else ""
            return letter * ((number - 1) // 26 + 1)
        if self.format in ("i", "I"):
            roman = roman_number(number)
            return roman.lower() if self.format == "i" else roman
        return str(number) if self.format == "1" else ""


@dataclass(slots=True)
class _Numbers:
    """The numbers of a list that is being read."""

    style: str
    levels: tuple[_Level, ...]
    counts: list[int]
    known: bool
    """Whether they begin in this list."""
    waiting: bool = False
    """Whether an item has begun whose number is not shown yet."""

    def label(self, depth: int = 0) -> str:
        """The number of the innermost level, or of the level `depth`, from 1."""
        depth = depth or len(self.counts)
        if depth > len(self.levels) or not self.levels[depth - 1].format:
            return ""
        level = self.levels[depth - 1]
        first = max(0, depth - level.shown)
        parts = [self.levels[i].written(self.counts[i]) for i in range(first, depth)]
        return level.prefix + ".".join(part for part in parts if part) + level.suffix

    def next(self, depth: int) -> str:
        """The number of the next heading of a level; deeper ones begin again."""
        if not 1 <= depth <= len(self.counts):
            return ""
        self.counts[depth - 1] += 1
        for deeper in range(depth, len(self.counts)):
            self.counts[deeper] = self.levels[deeper].start - 1
        return self.label(depth)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is, and what that makes of the words it meets."""

    path: str = ""
    kind: BlockKind = "paragraph"
    level: int = 0
    cell: Cell | None = None
    dead: AsideKind | None = None
    strong: bool = False
    white: bool = False
    """Whether its letters are white and no cell gives them a ground."""
    numbers: _Numbers | None = None
    """Of the list that it stands in."""
    label: str = ""


@dataclass(slots=True)
class _Frame:
    """An element that is being read: what is left inside it, and what to do when it ends."""

    children: Iterator[Element] = field(repr=False)
    place: _Place
    ends: bool = False
    """Whether its end ends a block."""


class _Reader:
    """Reads the body with a stack of its own, so that nesting costs no calls."""

    def __init__(self, content: Element, styles: Element, out: Transcript) -> None:
        self._content = content
        self._styles = styles
        self._out = out
        self._looks: dict[tuple[str, str], _Look] = {}
        self._parents: dict[tuple[str, str], tuple[str, Element]] = {}
        self._list_styles: dict[str, tuple[_Level, ...]] = {}
        self._outline: _Numbers | None = None
        self._deleted: dict[str, Element] = {}
        self._inserted: set[str] = set()
        self._open_insertions: set[str] = set()
        self._tables = 0
        self._count = 0
        self._told: set[str] = set()
        self._cells: dict[Element, _Place] = {}
        self._notes: list[tuple[Element, _Place]] = []
        for tree in (styles, content):
            self._gather(tree)

    def _gather(self, tree: Element) -> None:
        for element in tree.iter():
            tag = _local(element.tag)
            if tag == "style:style":
                key = (_get(element, "style:family"), _get(element, "style:name"))
                self._parents[key] = (_get(element, "style:parent-style-name"), element)
            elif tag == "text:list-style":
                self._list_styles[_get(element, "style:name")] = _levels(element)
            elif tag == "text:outline-style":
                levels = _levels(element)
                self._outline = _Numbers("", levels, [level.start - 1 for level in levels], True) if levels else None
            elif tag == "text:changed-region":
                self._gather_change(element)

    def _gather_change(self, region: Element) -> None:
        identity = _get(region, "text:id") or region.get("xml:id", "")
        for change in region:
            if _local(change.tag) == "text:deletion":
                self._deleted[identity] = change
            elif _local(change.tag) == "text:insertion":
                self._inserted.add(identity)

    def look(self, family: str, name: str) -> _Look:
        """What a style looks like, through at most 50 parents."""
        key = (family, name)
        if key in self._looks:
            return self._looks[key]
        chain: list[Element] = []
        while name and (family, name) in self._parents and len(chain) < 50:
            name, element = self._parents[family, name]
            chain.append(element)
        found = _Look()
        for element in reversed(chain):
            found = _with_style(found, element)
        self._looks[key] = found
        return found

    def read(self) -> None:
        """Reads headers, the body, footers."""
        body = next((e for e in self._content.iter() if _local(e.tag) == "office:text"), None)
        if body is None:
            raise ReadError("part-wrong", "content.xml", "has no text")
        self._furniture(("style:header", "style:header-first", "style:header-left"))
        self._run(body, _Place("content.xml"))
        self._furniture(("style:footer", "style:footer-first", "style:footer-left"))
        for identity in self._deleted:
            self._say_deleted(identity, _Place("content.xml"))

    def _furniture(self, tags: tuple[str, ...]) -> None:
        for element in self._styles.iter():
            if _local(element.tag) in tags and _get(element, "style:display") != "false":
                self._run(element, _Place("styles.xml", "furniture"))

    def _run(self, element: Element, place: _Place) -> None:
        stack = [_Frame(iter(element), place)]
        while stack:
            frame = stack[-1]
            inner = next(frame.children, None)
            if inner is not None:
                made = self._enter(inner, frame.place)
                if made is not None:
                    stack.append(made)
                continue
            stack.pop()
            if frame.ends:
                self._end(frame.place)
                while self._notes and not any(each.ends for each in stack):
                    note, where = self._notes.pop(0)
                    stack.append(_Frame(iter(note), where))

    def _end(self, place: _Place) -> None:
        self._out.end_aside()
        if place.dead is None:
            self._out.end_block(
                place.kind, level=place.level, label=place.label, cell=place.cell, path=place.path, strong=place.strong
            )

    def _enter(self, element: Element, place: _Place) -> _Frame | None:
        """What to read inside an element; `None` if there is nothing."""
        tag = _local(element.tag)
        if tag == WORDS:
            self._say(element.text or "", place)
            return None
        if tag in ("text:p", "text:h"):
            return self._paragraph(element, tag, place)
        handler = _HANDLERS.get(tag)
        if handler is not None:
            return handler(self, element, place)
        if tag in _SIGNS:
            self._say(_SIGNS[tag], place, exact=True)
        elif tag in _INSIDE or tag.startswith(("text:", "draw:")):
            if tag not in _INSIDE and tag not in _FIELDS and not tag.startswith("draw:"):
                self._out.fault(
                    "element-unknown", place.path, "holds an element that is not known; its words are read as text"
                )
            return _Frame(iter(element), self._drawn(place) if tag.startswith("draw:text-box") else place)
        elif _all_words(element) and tag not in _SILENT:
            self._out.put_aside("unread", " ".join(_all_words(element)), place.path)
            self._out.fault(
                "element-unknown", place.path, "holds an element that is not known", on_block=self._out.in_block
            )
        return None

    def _drawn(self, place: _Place) -> _Place:
        return replace(place, kind="note") if place.kind == "paragraph" else place

    def _say(self, words: str, place: _Place, *, exact: bool = False) -> None:
        if not exact:
            words = self._collapsed(words)
        if not words:
            return
        if place.dead is not None:
            self._out.put_aside(place.dead, words, place.path)
            return
        marks: tuple[MarkKind, ...] = (
            *(("inserted",) if self._open_insertions else ()),
            *(("unread",) if place.white else ()),
        )
        self._out.say(words, marks, strong=place.strong)

    def _collapsed(self, words: str) -> str:
        """White space as the format counts it: any run is one blank, none at the beginning (part 3, 6.1.2)."""
        found = " ".join(words.split())
        if words[:1].isspace() and self._out.in_block:
            found = " " + found
        return found + " " if words[-1:].isspace() and words.strip() else found

    def _paragraph(self, element: Element, tag: str, place: _Place) -> _Frame | None:
        look = self.look("paragraph", _get(element, "text:style-name"))
        self._count += 1
        path = f"{place.path.split('/')[0]}/paragraph {self._count}"
        dead = place.dead or ("hidden" if look.hidden else None)
        made = replace(place, path=path, dead=dead, strong=look.bold)
        if tag == "text:h" and place.kind in ("paragraph", "item"):
            level = _get(element, "text:outline-level")
            made = replace(made, kind="heading", level=min(9, int(level)) if level.isdigit() else 1)
        label, known = self._label(element, tag, made) if dead is None else ("", True)
        made = replace(made, label=label)
        self._out.end_aside()
        if self._out.in_block:  # a text box inside a paragraph
            self._out.end_block(place.kind, level=place.level, cell=place.cell, path=place.path)
        if not known:
            self._out.fault(
                "number-unread", path, "has a number that goes on from elsewhere and cannot be computed", on_block=True
            )
        return _Frame(iter(element), made, ends=True)

    def _label(self, element: Element, tag: str, place: _Place) -> tuple[str, bool]:
        """The number that is shown before a paragraph, and whether it is known."""
        if tag == "text:h" and self._outline is not None and _get(element, "text:is-list-header") != "true":
            return self._outline.next(place.level), True
        numbers = place.numbers
        if numbers is None or not numbers.waiting:
            return "", True
        numbers.waiting = False
        return numbers.label(), numbers.known

    def _span(self, element: Element, place: _Place) -> _Frame:
        look = self.look("text", _get(element, "text:style-name"))
        dead = place.dead or ("hidden" if look.hidden else None)
        white = place.white or (look.white and place.cell is None)
        if white and not place.white:
            self._out.fault("text-white", place.path, "holds white text; nobody can tell whether it shows")
        return _Frame(
            iter(element), replace(place, dead=dead, white=white, strong=place.strong or look.bold or look.underlined)
        )

    def _spaces(self, element: Element, place: _Place) -> None:
        count = _get(element, "text:c")
        self._say(" " * (min(int(count), 1_000) if count.isdigit() else 1), place, exact=True)

    def _list(self, element: Element, place: _Place) -> _Frame:
        name = _get(element, "text:style-name") or (place.numbers.style if place.numbers else "")
        goes_on = _get(element, "text:continue-numbering") == "true" or bool(_get(element, "text:continue-list"))
        levels = self._list_styles.get(name, ())
        above = place.numbers
        counts = [*above.counts, 0] if above else [0]
        numbers = _Numbers(name, levels, counts, known=not goes_on and (above is None or above.known))
        start = levels[len(counts) - 1].start if len(counts) <= len(levels) else 1
        numbers.counts[-1] = start - 1
        return _Frame(iter(element), replace(place, level=place.level + 1, numbers=numbers))

    def _item(self, element: Element, place: _Place) -> _Frame:
        numbers = place.numbers
        if numbers is not None:
            start = _get(element, "text:start-value")
            numbers.counts[-1] = int(start) if start.isdigit() and len(start) < 7 else numbers.counts[-1] + 1
            numbers.waiting = True
        return _Frame(iter(element), replace(place, kind="item" if place.kind == "paragraph" else place.kind))

    def _table(self, element: Element, place: _Place) -> _Frame | None:
        """A table is laid out in rows first, so that merged cells have their places."""
        table = self._tables
        self._tables += 1
        pieces: list[Element] = []
        cells: list[_Place] = []
        header = {id(r) for e in element.iter() if _local(e.tag) == "table:table-header-rows" for r in e}
        row = 0
        for line in _rows(element):
            hidden = _get(line, "table:visibility") in ("collapse", "filter")
            column = 0
            for cell in line:
                tag = _local(cell.tag)
                if tag not in ("table:table-cell", "table:covered-table-cell"):
                    continue
                repeated = min(_whole(cell, "table:number-columns-repeated"), 1_000)
                rows, columns = (_whole(cell, f"table:number-{x}-spanned") for x in ("rows", "columns"))
                where = Cell(table, row, column, rows, columns, id(line) in header)
                dead: AsideKind | None = place.dead or ("hidden" if hidden or tag != "table:table-cell" else None)
                pieces.append(cell)
                cells.append(replace(place, kind="cell", level=0, cell=where, dead=dead))
                column += repeated
            row += min(_whole(line, "table:number-rows-repeated"), 1_000)
        holder = Element("cells")
        holder.extend(Element("cell") for _ in pieces)
        for wrapper, piece in zip(holder, pieces, strict=True):
            wrapper.extend(list(piece))
        for wrapper, each in zip(holder, cells, strict=True):
            self._cells[wrapper] = each
        return _Frame(iter(holder), place)

    def _cell(self, element: Element, place: _Place) -> _Frame:
        return _Frame(iter(element), self._cells.pop(element))

    def _note(self, element: Element, place: _Place) -> None:
        """A footnote is read when its paragraph has ended; a label that the writer chose stays in the text."""
        for inner in element:
            if _local(inner.tag) == "text:note-body":
                self._count += 1
                made = replace(place, kind="note", level=0, path=f"content.xml/note {self._count}", strong=False)
                self._notes.append((inner, made))

    def _change(self, element: Element, place: _Place) -> None:
        self._say_deleted(_get(element, "text:change-id"), place)

    def _say_deleted(self, identity: str, place: _Place) -> None:
        region = self._deleted.get(identity)
        if region is not None and identity not in self._told:
            self._told.add(identity)
            words = [each for part in region if _local(part.tag) != "office:change-info" for each in _all_words(part)]
            self._out.put_aside("deleted", " ".join(words), place.path)
            self._out.end_aside()

    def _change_start(self, element: Element, place: _Place) -> None:
        if (identity := _get(element, "text:change-id")) in self._inserted:
            self._open_insertions.add(identity)

    def _change_end(self, element: Element, place: _Place) -> None:
        self._open_insertions.discard(_get(element, "text:change-id"))

    def _annotation(self, element: Element, place: _Place) -> None:
        self._out.put_aside("comment", " ".join(_all_words(element)), place.path)
        self._out.end_aside()

    def _hidden(self, element: Element, place: _Place) -> _Frame | None:
        """Hidden text and paragraphs that a condition hides."""
        said = _get(element, "text:string-value")
        words = " ".join(_all_words(element)) or said
        if _get(element, "text:is-hidden") == "false":
            return _Frame(iter(element), place)
        self._out.put_aside("hidden", words, place.path)
        self._out.end_aside()
        return None

    def _section(self, element: Element, place: _Place) -> _Frame:
        hidden = _get(element, "text:display") in ("none", "condition")
        return _Frame(iter(element), replace(place, dead=place.dead or ("hidden" if hidden else None)))

    def _picture(self, element: Element, place: _Place) -> None:
        self._out.put_aside("embedded", "", f"{place.path}/picture")

    def _alt(self, element: Element, place: _Place) -> None:
        self._out.put_aside("alt", " ".join(_all_words(element)), place.path)
        self._out.end_aside()

    def _object(self, element: Element, place: _Place) -> None:
        self._out.fault(
            "embedded-unread",
            place.path,
            "holds an embedded file or control that is not read",
            on_block=self._out.in_block,
        )


def _levels(style: Element) -> tuple[_Level, ...]:
    found = []
    for level in style:
        if not _get(level, "text:level"):
            continue
        numbered = _local(level.tag) in ("text:list-level-style-number", "text:outline-level-style")
        found.append(
            _Level(
                _get(level, "style:num-format") if numbered else "",
                _get(level, "style:num-prefix"),
                _get(level, "style:num-suffix"),
                _whole(level, "text:display-levels"),
                _whole(level, "text:start-value"),
            )
        )
    return tuple(found)


def roman_number(number: int) -> str:
    """In capitals."""
    found = ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                           (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        found += letters * (number // value)
        number %= value
    return found


def _whole(element: Element, name: str) -> int:
    told = _get(element, name)
    return max(1, int(told)) if told.isdigit() and len(told) < 7 else 1


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, through groups of rows, not those of a table inside it."""
    stack = [iter(table)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif _local(element.tag) == "table:table-row":
            yield element
        elif _local(element.tag) in ("table:table-rows", "table:table-row-group", "table:table-header-rows"):
            stack.append(iter(element))


def _with_style(look: _Look, element: Element) -> _Look:
    for properties in element:
        if _local(properties.tag) == "style:text-properties":
            for key, told in properties.attrib.items():
                name = _local(key)
                if name == "text:display":
                    look = replace(look, hidden=told in ("none", "condition"))
                elif name == "fo:color":
                    look = replace(look, white=told.casefold() in ("#ffffff", "#fff", "white"))
                elif name == "fo:background-color":
                    look = replace(look, white=look.white and told == "transparent")
                elif name == "fo:font-weight":
                    look = replace(look, bold=told == "bold" or told in ("600", "700", "800", "900"))
                elif name == "style:text-underline-style":
                    look = replace(look, underlined=told != "none")
    return look


_SIGNS = {"text:tab": "\t", "text:line-break": "\n", "text:soft-page-break": "", "text:non-breaking-hyphen": "\u2011"}
_INSIDE = frozenset({
    "text:a", "text:ruby", "text:ruby-base", "text:meta", "text:meta-field", "text:numbered-paragraph", "text:index-body",
    "text:table-of-content", "text:alphabetical-index", "text:bibliography", "text:illustration-index", "text:user-index",
    "text:index-title", "text:page-sequence", "draw:frame", "draw:text-box", "draw:g", "draw:custom-shape", "draw:rect",
    "draw:a", "draw:line", "draw:ellipse", "draw:connector", "draw:path", "draw:polygon", "draw:polyline", "draw:measure",
    "office:forms", "style:region-left", "style:region-center", "style:region-right", "text:list-header",
})  # fmt: skip
_FIELDS = frozenset({
    "text:date", "text:time", "text:page-number", "text:page-count", "text:page-continuation",
    "text:author-name", "text:author-initials", "text:sender-firstname", "text:sender-lastname",
    "text:sender-title", "text:sender-position", "text:sender-email", "text:sender-company", "text:chapter",
    "text:file-name", "text:template-name", "text:title", "text:subject", "text:keywords", "text:description",
    "text:initial-creator", "text:creator", "text:creation-date", "text:creation-time",
    "text:modification-date", "text:modification-time", "text:print-date", "text:printed-by",
    "text:editing-cycles", "text:editing-duration", "text:user-defined", "text:variable-set",
    "text:variable-get", "text:variable-input", "text:user-field-get", "text:user-field-input",
    "text:sequence", "text:expression", "text:text-input", "text:placeholder", "text:bookmark-ref",
    "text:reference-ref", "text:sequence-ref", "text:note-ref", "text:drop-down", "text:conditional-text",
    "text:word-count", "text:paragraph-count", "text:character-count", "text:table-count",
    "text:database-display", "text:database-name", "text:sheet-name", "text:measure", "text:script-field",
    "text:page-variable-get", "text:page-variable-set", "text:variable-decls", "text:bibliography-mark",
    "text:number",
})  # fmt: skip
_SILENT = frozenset({
    "text:tracked-changes", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:dde-connection-decls",
    "text:bookmark", "text:bookmark-start", "text:bookmark-end", "text:reference-mark", "text:reference-mark-start",
    "text:reference-mark-end", "text:toc-mark", "text:toc-mark-start", "text:toc-mark-end", "text:alphabetical-index-mark",
})  # fmt: skip


def _nothing(reader: _Reader, element: Element, place: _Place) -> None:
    """Elements that say nothing."""


_HANDLERS = {
    "text:span": _Reader._span, "text:s": _Reader._spaces, "text:list": _Reader._list, "text:list-item": _Reader._item,
    "table:table": _Reader._table, "cell": _Reader._cell, "text:note": _Reader._note, "text:change": _Reader._change,
    "text:change-start": _Reader._change_start, "text:change-end": _Reader._change_end,
    "office:annotation": _Reader._annotation, "text:hidden-text": _Reader._hidden,
    "text:hidden-paragraph": _Reader._hidden, "text:section": _Reader._section, "draw:image": _Reader._picture,
    "svg:title": _Reader._alt, "svg:desc": _Reader._alt, "draw:object": _Reader._object,
    "draw:object-ole": _Reader._object, "draw:plugin": _Reader._object, "draw:applet": _Reader._object,
    "text:table-of-content-source": _nothing, "text:alphabetical-index-source": _nothing, "text:ruby-text": _Reader._alt,
    **dict.fromkeys(_SILENT, _nothing),
}  # fmt: skip
