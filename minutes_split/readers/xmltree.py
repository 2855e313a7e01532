"""XML bytes as a tree with short names, and a refusal of everything that a document has no business to hold.

Names are written with the usual prefix, whatever prefix the file uses:
`w:p`, `mc:Choice`. Strict and transitional namespaces give the same names.
Office formats have no mixed content, so all characters directly inside an
element are its `text`, and `tail` is never set. OpenDocument has: with
`mixed`, each run of characters is an element of its own, called `WORDS`.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"

# ECMA-376 parts 1 and 4, annex A; [MS-DOCX], [MS-ODRAWXML] for the later ones.
NAMESPACES: dict[str, str] = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    _TRANSITIONAL + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _TRANSITIONAL + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _TRANSITIONAL + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _TRANSITIONAL + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _TRANSITIONAL + "drawingml/2006/wordprocessingDrawing": "wp",
    _STRICT + "drawingml/wordprocessingDrawing": "wp",
    _TRANSITIONAL + "drawingml/2006/picture": "pic",
    _STRICT + "drawingml/picture": "pic",
    _TRANSITIONAL + "drawingml/2006/chart": "c",
    _STRICT + "drawingml/chart": "c",
    _TRANSITIONAL + "drawingml/2006/chartDrawing": "cdr",
    _STRICT + "drawingml/chartDrawing": "cdr",
    _TRANSITIONAL + "drawingml/2006/diagram": "dgm",
    _STRICT + "drawingml/diagram": "dgm",
    _TRANSITIONAL + "drawingml/2006/lockedCanvas": "lc",
    _STRICT + "drawingml/lockedCanvas": "lc",
    _TRANSITIONAL + "officeDocument/2006/customXml": "ds",
    _STRICT + "officeDocument/customXml": "ds",
    _TRANSITIONAL + "package/2006/relationships": "rel",
    _TRANSITIONAL + "package/2006/content-types": "ct",
    _TRANSITIONAL + "markup-compatibility/2006": "mc",
    _TRANSITIONAL + "schemaLibrary/2006/main": "sl",
    _STRICT + "schemaLibrary/main": "sl",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
    "urn:schemas-microsoft-com:office:excel": "x",
    "urn:schemas-microsoft-com:office:powerpoint": "pvml",
    _MICROSOFT + "drawing/2008/diagram": "dsp",
    _MICROSOFT + "drawing/2010/main": "a14",
    _MICROSOFT + "drawing/2014/chartex": "cx",
    _MICROSOFT + "drawing/2015/9/8/chartex": "cx1",
    _MICROSOFT + "drawing/2007/8/2/chart": "c14",
    _MICROSOFT + "word/2006/wordml": "wne",
    _MICROSOFT + "word/2010/wordml": "w14",
    _MICROSOFT + "word/2012/wordml": "w15",
    _MICROSOFT + "word/2018/wordml": "w16",
    _MICROSOFT + "word/2018/wordml/cex": "w16cex",
    _MICROSOFT + "word/2016/wordml/cid": "w16cid",
    _MICROSOFT + "word/2015/wordml/symex": "w16se",
    _MICROSOFT + "word/2020/wordml/sdtdatahash": "w16sdtdh",
    _MICROSOFT + "word/2010/wordprocessingDrawing": "wp14",
    _MICROSOFT + "word/2012/wordprocessingDrawing": "wp15",
    _MICROSOFT + "word/2010/wordprocessingShape": "wps",
    _MICROSOFT + "word/2010/wordprocessingGroup": "wpg",
    _MICROSOFT + "word/2010/wordprocessingCanvas": "wpc",
    _MICROSOFT + "word/2010/wordprocessingInk": "wpi",
}


WORDS = "#words"
"""Tag of the elements that hold characters, in a tree with mixed content."""


def parse(data: bytes, where: str, caps: Caps, *, mixed: bool = False) -> Element:
    """The tree of one part.

    Raises: `ReadError` if it is no well-formed XML, declares a document type
    or an entity, is nested too deep or holds too many elements. It never
    calls itself, so depth costs no stack.
    """
    builder = _Builder(where, caps, mixed)
    problem = ""
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        problem = f"{where}, line {error.lineno}, column {error.offset}"
    except (UnicodeError, LookupError, ValueError):
        problem = where
    if problem or builder.root is None:
        raise ReadError("xml-malformed", problem or where, "is no well-formed XML")
    return builder.root


def child(element: Element | None, *steps: str) -> Element | None:
    """The first child of this name, then its first child of the next name, and so on; `None` where one is missing."""
    for step in steps:
        if element is None:
            return None
        element = next((each for each in element if each.tag == step), None)
    return element


def children(element: Element | None, *steps: str) -> tuple[Element, ...]:
    """What is directly inside the element at the end of the steps; nothing if a step is missing."""
    found = child(element, *steps)
    return () if found is None else tuple(found)


def value(element: Element | None, *steps: str, attribute: str = "w:val") -> str:
    """An attribute of the element at the end of the steps, or ""."""
    found = child(element, *steps)
    return "" if found is None else found.get(attribute, "")


def says(element: Element, attribute: str) -> bool:
    """Whether a yes-or-no attribute says yes."""
    return element.get(attribute, "0").casefold() in ("1", "true", "on")


def words_of(element: Element) -> str:
    """All characters inside, in order, with one blank between those of different elements."""
    return " ".join(text.strip() for text in element.itertext() if text.strip())


class _Builder:
    """Grows the tree while the parser reads."""

    def __init__(self, where: str, caps: Caps, mixed: bool) -> None:
        self._mixed = mixed
        self.root: Element | None = None
        self._where = where
        self._caps = caps
        self._open: list[Element] = []
        self._words: list[str] = []
        self._count = 0
        self._names: dict[str, str] = {}
        self._prefixes: dict[str, list[str]] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words.append
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.EndNamespaceDeclHandler = self._undeclare
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > self._caps.elements:
            raise ReadError("xml-elements", self._where, f"holds more than {self._caps.elements} elements")
        if len(self._open) >= self._caps.nesting:
            raise ReadError("xml-nesting", self._where, f"is nested deeper than {self._caps.nesting} elements")
        short = self._names.get(name) or self._shorten(name)
        if attributes:
            attributes = {self._names.get(key) or self._shorten(key): value for key, value in attributes.items()}
        element = Element(short, attributes)
        if short == "mc:Choice" and "Requires" in attributes:
            element.set("Requires", " ".join(map(self._meaning, attributes["Requires"].split())))
        if self._open:
            if self._words:
                self._flush()
            self._open[-1].append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, name: str) -> None:
        if self._words:
            self._flush()
        self._open.pop()

    def _flush(self) -> None:
        holder = self._open[-1]
        if self._mixed:
            holder = Element(WORDS)
            self._open[-1].append(holder)
        holder.text = (holder.text or "") + "".join(self._words)
        self._words.clear()

    def _shorten(self, name: str) -> str:
        uri, _, local = name.rpartition(" ")
        short = f"{NAMESPACES[uri]}:{local}" if uri in NAMESPACES else f"{{{uri}}}{local}" if uri else local
        self._names[name] = short
        return short

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._prefixes.setdefault(prefix or "", []).append(uri or "")

    def _undeclare(self, prefix: str | None) -> None:
        self._prefixes[prefix or ""].pop()

    def _meaning(self, prefix: str) -> str:
        """What a prefix in `mc:Choice/@Requires` stands for here: our name of it, or the whole namespace."""
        uri = (self._prefixes.get(prefix) or [prefix])[-1]
        return NAMESPACES.get(uri, uri)

    def _refuse_doctype(self, *_: Any) -> None:
        raise ReadError("xml-doctype", self._where, "declares a document type or an entity, which no Office file does")
