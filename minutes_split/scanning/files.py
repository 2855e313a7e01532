"""Files taken apart, and every text in them looked through: packages of Office, PDFs, and the files inside them."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from minutes_split.errors import Fault, ReadError
from minutes_split.readers.archive import Archive
from minutes_split.readers.caps import Caps
from minutes_split.readers.package import Package
from minutes_split.readers.pdf import is_pdf
from minutes_split.readers.xmltree import parse
from minutes_split.scanning.pdf import taken_apart
from minutes_split.scanning.told import APART, DEAD, ORDER, Hiding, Piece, Trace, letters_in
from minutes_split.scanning.word import Styles, paragraphs
from minutes_split.spans import Span
from minutes_split.traces import Hit, Traces

# --- taking a file apart ------------------------------------------------------------------------

_DEPTH = 3
"""Files inside files inside files; what lies deeper is listed as unread."""


class Search:
    """One scan, part by part; it is thrown away at the end.

    1 the archive itself; 2 what Word shows, run by run; 3 what stands in attributes; 4 every other XML text;
    5 comments of XML, and the bare bytes without their tags; 6 what is no XML, and files inside the file;
    7 a PDF: its pages, then what stands in its objects, then the files in it.
    """

    def __init__(self, traces: Traces, caps: Caps) -> None:
        self.look_for = traces
        self.caps = caps
        self.traces: list[Trace] = []
        self.unread: list[Fault] = []
        self.parts = 0

    def look(self, data: bytes, *, depth: int, inside: str) -> None:
        """Looks at one package or PDF, `inside` being where it stands in another."""
        if not data.startswith(b"PK\3\4") and is_pdf(data):
            self._pdf(data, depth, inside)
            return
        archive = Archive(data, self.caps)
        content = {name: archive.read(name) for name in archive.names}
        self._archive(data, archive.between, inside)
        reached = _reached(data, self.caps)
        styles = self._styles(content)
        for number, (name, bytes_) in enumerate(content.items(), 1):
            self.parts += 1
            lost = reached is not None and name.casefold() not in reached
            part = _Part(name, f"{inside}{_shown(name, number)}", depth > 0, lost)
            self._part(part, bytes_, styles, depth)

    # 1

    def _archive(self, data: bytes, between: bytes, inside: str) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            told = [archive.comment, between, *(note for e in archive.infolist() for note in (e.comment, e.extra))]
        for words in told:
            if words:
                self._bytes(words, "archive", f"{inside}archive")

    def _styles(self, content: Mapping[str, bytes]) -> Styles:
        name = next((n for n in content if n.casefold().endswith("word/styles.xml")), None)
        tree = None if name is None else self._tree(content[name])
        return Styles({}) if tree is None else Styles.of(tree)

    def _tree(self, data: bytes) -> Element | None:
        try:
            return parse(data, "part", self.caps)
        except ReadError:
            return None

    def _part(self, part: _Part, data: bytes, styles: Styles, depth: int) -> None:
        self._words(part.name, "part-name", part, prose=False)
        if data.startswith((b"PK\3\4", b"%PDF-")):
            self._inner(part, data, depth)
        elif not data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<", b"\0<", b"<\0")):
            self._binary(part, data)
        elif (tree := self._tree(data)) is None:
            self.unread.append(Fault("scan-xml", part.shown, "is no well-formed XML; its bytes were looked at"))
            self._binary(part, data)
        else:
            values: set[str] = set()
            if tree.tag in _STORIES:
                values |= self._story(part, tree, styles)  # 2
            values |= self._attributes(part, tree)  # 3
            if tree.tag not in _STORIES:
                values |= self._texts(part, tree)  # 4
            self._beside(part, data, values)  # 5

    # 2

    def _story(self, part: _Part, tree: Element, styles: Styles) -> set[str]:
        every = paragraphs(tree, _STORIES[tree.tag], styles)
        values: set[str] = set()
        for live in (True, False):
            told = [[p for p in pieces if (p.hiding not in DEAD) == live] if live else pieces for pieces in every]
            values |= self._paragraphs(part, told)
        dead = [[p for p in pieces if p.hiding in DEAD] for pieces in every]
        return values | self._paragraphs(part, dead)

    def _paragraphs(self, part: _Part, told: list[list[Piece]]) -> set[str]:
        found: set[str] = set()
        for hit, over in self._places(told):
            self.traces.append(Trace(hit.kind, part.hiding(_most_hidden(over)), part.shown, over[0][1] or None))
            found.add(hit.value)
        return found

    def _places(self, told: Sequence[Sequence[Piece]]) -> Iterator[tuple[Hit, list[_Owner]]]:
        """Each value with the pieces that it stands over, each piece with the number of its paragraph; 0 is outside of any."""
        texts: list[str] = []
        owner: list[_Owner] = []
        at = 0
        for number, pieces in enumerate(told):
            for piece in pieces:
                owner.append((at, number, piece))
                texts.append(piece.text)
                at += len(piece.text)
            texts.append("\n")
            at += 1
        starts = [start for start, _, _ in owner]
        for hit in self.look_for.places("".join(texts)):
            yield hit, _over(owner, starts, hit.span)

    # 3

    def _attributes(self, part: _Part, tree: Element) -> set[str]:
        told: dict[Hiding, dict[str, None]] = defaultdict(dict)
        for element in tree.iter():
            for name, value in element.items():
                if name.rpartition(":")[2].startswith("rsid") or len(value) < 2:
                    continue
                told[_hiding_of(element.tag, name)][unquote(value)] = None
        values: set[str] = set()
        for hiding, texts in told.items():
            for text in (APART.join(texts), APART.join(_CAMEL.sub(" ", t) for t in texts)):
                values |= self._words(text, hiding, part, prose=hiding == "alt-text")
        return values

    # 4

    def _texts(self, part: _Part, tree: Element) -> set[str]:
        hiding = part.kind
        texts = [element.text for element in tree.iter() if element.text and element.text.strip()]
        values: set[str] = set()
        for text in ("".join(texts), APART.join(texts), APART.join(_CAMEL.sub(" ", t) for t in texts)):
            values |= self._words(unquote(text), hiding, part, prose=True)
        return values

    # 5

    def _beside(self, part: _Part, data: bytes, values: set[str]) -> None:
        text = _decoded(data)
        for note in _XML_COMMENT.findall(text):
            values |= self._words(note, "xml-comment", part, prose=False)
        bare = _XML_COMMENT.sub("", text)
        for joined in (_TAG.sub("", bare), _TAG.sub(" ", bare)):
            for hit in self.look_for.places(_ENTITY.sub(_character, joined)):
                if hit.value not in values and not any(hit.value in value for value in values):
                    self.traces.append(Trace(hit.kind, part.hiding("raw"), part.shown))
                    values.add(hit.value)

    # 6

    def _inner(self, part: _Part, data: bytes, depth: int) -> None:
        if depth + 1 >= _DEPTH:
            self.unread.append(Fault("scan-depth", part.shown, "is a file inside files, too deep to look into"))
            return
        try:
            self.look(data, depth=depth + 1, inside=f"{part.shown} / ")
            return
        except ReadError:
            pass
        self.unread.append(Fault("scan-inner", part.shown, "is a file inside the file and cannot be taken apart"))
        self._bytes(data, "embedded-file", part.shown)

    def _binary(self, part: _Part, data: bytes) -> None:
        plain = _plain_text(data) if part.name.casefold().endswith((".txt", ".csv", ".md")) else None
        if plain is not None:
            self._words(plain, part.hiding("embedded-file"), part, prose=True)
            return
        picture = part.name.casefold().rpartition(".")[2] in _PICTURES
        hiding: Hiding = "picture" if picture else "embedded-file"
        self._bytes(letters_in(data) if picture else data, part.hiding(hiding), part.shown)
        what = "is a picture; what it shows is not read" if picture else "is no XML; only its bare bytes were looked at"
        self.unread.append(Fault("scan-picture" if picture else "scan-binary", part.shown, what))

    def _bytes(self, data: bytes, hiding: Hiding, shown: str) -> None:
        texts = [
            data.decode("utf-8", "replace"),
            data.decode("utf-16-le", "replace"),
            data[1:].decode("utf-16-le", "replace"),
        ]
        for text in (*texts, _TAG.sub("", texts[0])):
            for hit in self.look_for.places(_UNPRINTABLE.sub("\n", text), prose=False):
                if len(hit.value) >= _LEAST_IN_BYTES:
                    self.traces.append(Trace(hit.kind, hiding, shown))

    # 7

    def _pdf(self, data: bytes, depth: int, inside: str) -> None:
        told = taken_apart(data, self.caps)
        values: set[str] = set()
        for page in told.pages:
            self.parts += 1
            part = _Part("", f"{inside}{page.where}", depth > 0, False, page.old)
            for order in page.orders:
                for hit, over in self._places([order]):
                    self.traces.append(Trace(hit.kind, part.hiding(_most_hidden(over)), part.shown))
                    values.add(hit.value)
        for text in told.texts:
            part = _Part("", f"{inside}{text.where}", depth > 0, False)
            writings = (text.text, unquote(text.text), _CAMEL.sub(" ", text.text))
            hits = [
                hit
                for words in dict.fromkeys(writings if text.hiding != "picture" else writings[:1])
                for hit in self.look_for.places(words, prose=text.prose)
                if not (text.only_new and any(hit.value in value for value in values))
                and not (text.hiding == "picture" and len(hit.value) < _LEAST_IN_BYTES)
            ]
            self.traces += [Trace(hit.kind, part.hiding(text.hiding), part.shown) for hit in hits]
            values.update(hit.value for hit in hits)
        for number, file in enumerate(told.files, 1):
            shown = f"{inside}attachment {number}"
            self._part(_Part(file.name, shown, True, False), file.data, Styles({}), depth)
        self.unread += [Fault(fault.code, f"{inside}{fault.where}", fault.message) for fault in told.unread]

    def _words(self, text: str, hiding: Hiding, part: _Part, *, prose: bool) -> set[str]:
        hits = self.look_for.places(text, prose=prose)
        self.traces += [Trace(hit.kind, part.hiding(hiding), part.shown) for hit in hits]
        return {hit.value for hit in hits}


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    shown: str
    inner: bool
    lost: bool
    """Whether nothing in the package points to it."""
    old: bool = False
    """Whether it is of an earlier state of the file."""

    def hiding(self, where: Hiding) -> Hiding:
        """Where something stands, seen from outside: in a file inside the file, everything is hidden."""
        if self.inner:
            return "embedded-file"
        return "earlier-revision" if self.old else "unreached-part" if self.lost else where

    @property
    def kind(self) -> Hiding:
        """What a part without paragraphs is for, by its folder."""
        folder, _, file = self.name.casefold().rpartition("/")
        if file.endswith(".rels"):
            return "link"
        if folder.startswith("docprops"):
            return "metadata"
        if folder.startswith("customxml"):
            return "custom-xml"
        if file.startswith(("people", "comments")):
            return "author"
        if any(step in folder for step in ("charts", "diagrams", "drawings", "media")):
            return "drawing"
        return "settings"


_PICTURES = frozenset(("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "webp", "heic", "ico"))
_STORIES: dict[str, Hiding] = {
    "w:document": "visible", "w:hdr": "header-or-footer", "w:ftr": "header-or-footer", "w:footnotes": "note",
    "w:endnotes": "note", "w:comments": "comment", "w:glossaryDocument": "building-block",
}  # fmt: skip
_LEAST_IN_BYTES = 5
"""Letters of a value that is looked for in bare bytes; shorter ones stand in every picture by chance."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_XML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?(?!xml\b).*?(?:\?>|\Z)", re.S)
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

_USUAL = re.compile(
    r"(?:word|docProps|customXml|_rels)/(?:_rels/)?"
    r"(?:document|styles|settings|numbering|fontTable|webSettings|footnotes|endnotes|comments(?:Extended|Ids|Extensible)?|people"
    r"|header\d*|footer\d*|core|app|custom|item\d*|itemProps\d*|\.rels)?(?:\.xml)?(?:\.rels)?|\[Content_Types\]\.xml"
)


def _shown(name: str, number: int) -> str:
    """A part by its usual name; any other by its number, because a name can be somebody's."""
    return name if _USUAL.fullmatch(name) else f"part {number}"


def _reached(data: bytes, caps: Caps) -> set[str] | None:
    try:
        return Package(data, caps).reached()
    except ReadError:
        return None


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def _plain_text(data: bytes) -> str | None:
    """Text that is nothing else; `None` for what a program made."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[^\n\r\t\x20-\ud7ff\ue000-\U0010ffff]", text) else text


def _character(entity: re.Match[str]) -> str:
    sixteen, ten, named = entity.groups()
    if named:
        return _NAMED[named]
    code = int(sixteen, 16) if sixteen else int(ten)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else " "


def _hiding_of(tag: str, attribute: str) -> Hiding:
    """What an attribute is for, as far as it is one of those in which names are met."""
    name = attribute.rpartition(":")[2]
    if name in ("descr", "alt", "title") or (name == "name" and tag.rpartition(":")[2] in ("docPr", "cNvPr")):
        return "alt-text"
    if name in ("author", "initials", "userId", "providerId"):
        return "author"
    if name in ("Target", "href", "tooltip", "anchor"):
        return "link"
    if name == "instr":
        return "field-instruction"
    if tag == "w:bookmarkStart":
        return "bookmark"
    return "property" if name == "val" else "attribute"


_Owner = tuple[int, int, Piece]
"""Where a piece begins, the number of its paragraph, and the piece."""


def _most_hidden(over: Sequence[_Owner]) -> Hiding:
    """What a value over these pieces is called by."""
    hidings = {piece.hiding for _, _, piece in over} - {"visible"}
    if hidings:
        return min(hidings, key=ORDER.index)
    return "split-runs" if len({p.run for _, _, p in over}) > 1 or any(p.broken for _, _, p in over) else "visible"


def _over(owner: list[_Owner], starts: list[int], span: Span) -> list[_Owner]:
    """The pieces that a stretch of text stands in; never empty, because a value holds letters."""
    first = max(0, bisect_right(starts, span.start) - 1)
    while first and owner[first][0] + len(owner[first][2].text) <= span.start:
        first -= 1
    over = owner[first : bisect_left(starts, span.end)]
    return [each for each in over if each[0] + len(each[2].text) > span.start]
