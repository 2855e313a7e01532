"""What a roster knows of people, looked for in every corner of a Word file that somebody else made.

Nothing found means that nothing of what was looked for was there: words that
point at somebody without a name are not looked for, nor are pictures.
Source: ECMA-376 parts 1 and 2; the hiding places are those that regulators'
reports on failed redactions name (properties, changes, comments, covered text).
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from minutes_split.errors import AuditError, Fault, ReadError, RosterError
from minutes_split.readers.archive import Archive
from minutes_split.readers.caps import Caps
from minutes_split.readers.package import Package
from minutes_split.readers.xmltree import child, parse
from minutes_split.roster import Roster
from minutes_split.spans import Span
from minutes_split.traces import TraceKind, Traces

# --- what a scan of a file says -----------------------------------------------------------------

Hiding = Literal[
    "visible", "split-runs", "inserted", "deleted", "hidden-text", "white-text", "tiny-text", "covered-text", "comment", "note",
    "header-or-footer", "text-box", "field-instruction", "fallback", "building-block", "alt-text", "author", "bookmark", "link",
    "property", "attribute", "metadata", "custom-xml", "drawing", "settings", "embedded-file", "picture", "part-name",
    "unreached-part", "xml-comment", "archive", "raw",
]  # fmt: skip
"""Where something stands. `visible` is plain text on the page; `raw` is in the file, in none of the places known by name."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One value of the roster in one place of a file. No words."""

    kind: TraceKind
    hiding: Hiding
    part: str
    """A part of the package, by its usual name or by its number."""
    paragraph: int | None = None
    """From 1, in the part; `None` where there are none."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a file, and what could not be looked at. It is no yes or no: `bool(scan)` raises."""

    traces: tuple[Trace, ...]
    unread: tuple[Fault, ...]
    """Pictures, objects and parts that could not be taken apart."""
    parts: int
    """How many parts were looked at, those of files inside the file included."""

    @property
    def verdict(self) -> Literal["found", "cannot_say", "nothing_found"]:
        """`nothing_found` means that nothing of what was looked for was there."""
        return "found" if self.traces else "cannot_say" if self.unread else "nothing_found"

    def __bool__(self) -> NoReturn:
        raise AuditError("scan-as-bool", "scan", "is no yes or no: read `.verdict`, `.traces` and `.unread`")

    def __repr__(self) -> str:
        return f"<Scan: {self.verdict}; {len(self.traces)} traces, {len(self.unread)} unread, {self.parts} parts>"

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    def to_records(self) -> list[dict[str, str | int | None]]:
        """A row of scalars for each trace, without words."""
        return [{"kind": t.kind, "hiding": t.hiding, "part": t.part, "paragraph": t.paragraph} for t in self.traces]


def scan_file(
    data: bytes, roster: Roster, *, family: str | None = None, recipients: Sequence[str] = (), caps: Caps | None = None
) -> Scan:
    """Where a Word file still names anybody of another family, or holds a protected value, seen or hidden.

    Without `family`, all families of the roster are looked for.
    Raises: `ReadError` for a file that is no Word document (a .pdf is not looked into in this version), is damaged, or is
    larger than `caps`; `ViewError` for a family that the roster does not know.
    """
    if not isinstance(data, bytes):
        raise ReadError("scan-bytes", "data", "should be the bytes of a file")
    if not isinstance(roster, Roster):
        raise RosterError("roster-type", "roster", "should be a roster, as `Roster.load` makes it")
    traces = Traces.of(roster, family=family, recipients=recipients)
    if b"%PDF-" in data[:1024]:
        raise ReadError(
            "scan-pdf", "file", "is a PDF, which this version cannot take apart; scan the Word file it was made from"
        )
    if not data.startswith(b"PK\3\4"):
        raise ReadError("scan-format", "file", "is no Word document (.docx), and nothing else can be taken apart")
    file = _File(traces, caps or Caps())
    file.look(data, depth=0, inside="")
    return Scan(tuple(dict.fromkeys(file.traces)), tuple(file.unread), file.parts)


# --- taking a file apart ------------------------------------------------------------------------

_DEPTH = 3
"""Files inside files inside files; what lies deeper is listed as unread."""
_APART = "\nƺ\n"
"""Stands between texts that have nothing to do with each other, so that no value is found over the border."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    hiding: Hiding
    run: int


class _File:
    """One scan, part by part; it is thrown away at the end.

    1 the archive itself; 2 what Word shows, run by run; 3 what stands in attributes; 4 every other XML text;
    5 comments of XML, and the bare bytes without their tags; 6 what is no XML, and files inside the file.
    """

    def __init__(self, traces: Traces, caps: Caps) -> None:
        self.look_for = traces
        self.caps = caps
        self.traces: list[Trace] = []
        self.unread: list[Fault] = []
        self.parts = 0

    def look(self, data: bytes, *, depth: int, inside: str) -> None:
        """Looks at one package, `inside` being where it stands in another."""
        archive = Archive(data, self.caps)
        content = {name: archive.read(name) for name in archive.names}
        self._archive(data, inside)
        reached = _reached(data, self.caps)
        styles = self._styles(content)
        for number, (name, bytes_) in enumerate(content.items(), 1):
            self.parts += 1
            lost = reached is not None and name.casefold() not in reached
            part = _Part(name, f"{inside}{_shown(name, number)}", depth > 0, lost)
            self._part(part, bytes_, styles, depth)

    # 1

    def _archive(self, data: bytes, inside: str) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            told = [archive.comment, *(note for e in archive.infolist() for note in (e.comment, e.extra))]
        for words in told:
            if words:
                self._bytes(words, "archive", f"{inside}archive")

    def _styles(self, content: Mapping[str, bytes]) -> _Styles:
        name = next((n for n in content if n.casefold().endswith("word/styles.xml")), None)
        tree = None if name is None else self._tree(content[name])
        return _Styles({}) if tree is None else _Styles.of(tree)

    def _tree(self, data: bytes) -> Element | None:
        try:
            return parse(data, "part", self.caps)
        except ReadError:
            return None

    def _part(self, part: _Part, data: bytes, styles: _Styles, depth: int) -> None:
        self._words(part.name, "part-name", part, prose=False)
        if data.startswith(b"PK\3\4"):
            self._inner(part, data, depth)
        elif not data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<", b"\0<", b"<\0")):
            self._binary(part, data)
        elif (tree := self._tree(data)) is None:
            self.unread.append(Fault("scan-xml", part.shown, "is no well-formed XML; its bytes were looked at"))
            self._binary(part, data)
        else:
            before = len(self.traces)
            values: set[str] = set()
            if tree.tag in _STORIES:
                values |= self._story(part, tree, styles)  # 2
            values |= self._attributes(part, tree)  # 3
            if tree.tag not in _STORIES:
                values |= self._texts(part, tree)  # 4
            self._beside(part, data, values, found=len(self.traces) > before)  # 5

    # 2

    def _story(self, part: _Part, tree: Element, styles: _Styles) -> set[str]:
        paragraphs = _paragraphs(tree, _STORIES[tree.tag], styles)
        values: set[str] = set()
        for live in (True, False):
            told = [[p for p in pieces if (p.hiding not in _DEAD) == live] if live else pieces for pieces in paragraphs]
            values |= self._paragraphs(part, told)
        dead = [[p for p in pieces if p.hiding in _DEAD] for pieces in paragraphs]
        return values | self._paragraphs(part, dead)

    def _paragraphs(self, part: _Part, paragraphs: list[list[_Piece]]) -> set[str]:
        texts: list[str] = []
        owner: list[tuple[int, int, _Piece]] = []
        at = 0
        for number, pieces in enumerate(paragraphs, 1):
            for piece in pieces:
                owner.append((at, number, piece))
                texts.append(piece.text)
                at += len(piece.text)
            texts.append("\n")
            at += 1
        text = "".join(texts)
        found: set[str] = set()
        starts = [start for start, _, _ in owner]
        for hit in self.look_for.places(text):
            over = _over(owner, starts, hit.span)
            hidings = {piece.hiding for _, _, piece in over} - {"visible"}
            split = len({piece.run for _, _, piece in over}) > 1
            where: Hiding = min(hidings, key=_ORDER.index) if hidings else "split-runs" if split else "visible"
            self.traces.append(Trace(hit.kind, part.hiding(where), part.shown, over[0][1]))
            found.add(hit.value)
        return found

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
            for text in (_APART.join(texts), _APART.join(_CAMEL.sub(" ", t) for t in texts)):
                values |= self._words(text, hiding, part, prose=hiding == "alt-text")
        return values

    # 4

    def _texts(self, part: _Part, tree: Element) -> set[str]:
        hiding = part.kind
        texts = [element.text for element in tree.iter() if element.text and element.text.strip()]
        values: set[str] = set()
        for text in ("".join(texts), _APART.join(texts), _APART.join(_CAMEL.sub(" ", t) for t in texts)):
            values |= self._words(unquote(text), hiding, part, prose=True)
            values |= self._words(unquote(text), hiding, part, prose=False)
        return values

    # 5

    def _beside(self, part: _Part, data: bytes, values: set[str], *, found: bool) -> None:
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
        picture = part.name.casefold().rpartition(".")[2] in _PICTURES
        hiding: Hiding = "picture" if picture else "embedded-file"
        self._bytes(data, part.hiding(hiding), part.shown)
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

    def hiding(self, where: Hiding) -> Hiding:
        """Where something stands, seen from outside: in a file inside the file, everything is hidden."""
        return "embedded-file" if self.inner else "unreached-part" if self.lost else where

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
_DEAD: frozenset[Hiding] = frozenset(("deleted", "field-instruction", "fallback"))
_STORIES: dict[str, Hiding] = {
    "w:document": "visible", "w:hdr": "header-or-footer", "w:ftr": "header-or-footer", "w:footnotes": "note",
    "w:endnotes": "note", "w:comments": "comment", "w:glossaryDocument": "building-block",
}  # fmt: skip
_ORDER: tuple[Hiding, ...] = (
    "deleted", "hidden-text", "white-text", "tiny-text", "covered-text", "field-instruction", "comment", "building-block",
    "inserted", "text-box", "fallback", "note", "header-or-footer", "split-runs", "visible",
)  # fmt: skip
"""The most hidden first: it is what a trace is called by."""

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


# --- paragraphs of Word -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Styles:
    """For each style what it does to be overlooked, its own parents included."""

    flags: Mapping[str, frozenset[Hiding]]

    @classmethod
    def of(cls, tree: Element) -> _Styles:
        own: dict[str, frozenset[Hiding]] = {}
        parent: dict[str, str] = {}
        for style in tree.iter("w:style"):
            key = style.get("w:styleId", "")
            own[key] = _flags(child(style, "w:rPr"))
            based = child(style, "w:basedOn")
            parent[key] = "" if based is None else based.get("w:val", "")
        made: dict[str, frozenset[Hiding]] = {}
        for key in own:
            flags, step, seen = own[key], parent[key], {key}
            while step in own and step not in seen:
                seen.add(step)
                flags, step = flags | own[step], parent[step]
            made[key] = flags
        return cls(made)

    def applied(self, properties: Element | None, style: str) -> frozenset[Hiding]:
        """What the properties of a run or paragraph do, with those of its style."""
        named = child(properties, style)
        return self.flags.get(named.get("w:val", ""), frozenset()) if named is not None else frozenset()


def _flags(properties: Element | None) -> frozenset[Hiding]:
    """How a run is kept from being seen: hidden, in the colour of the paper, too small, or in the colour of its ground."""
    found: set[Hiding] = set()
    if properties is None:
        return frozenset()
    for name in ("w:vanish", "w:specVanish", "w:webHidden"):
        each = child(properties, name)
        if each is not None and each.get("w:val", "1").casefold() not in ("0", "false", "off"):
            found.add("hidden-text")
    colour = _attribute(properties, "w:color", "w:val")
    theme = _attribute(properties, "w:color", "w:themeColor").casefold()
    ground = _attribute(properties, "w:shd", "w:fill")
    marked = _attribute(properties, "w:highlight", "w:val").casefold()
    if _is_pale(colour) or theme in ("background1", "light1", "bg1"):
        found.add("white-text")
    if _is_dark(ground) or marked in ("black", "darkblue", "darkgray") or (colour and colour == ground):
        found.add("covered-text")
    size = _attribute(properties, "w:sz", "w:val")
    if size.isdigit() and int(size) <= _TINY:
        found.add("tiny-text")
    return frozenset(found)


_TINY = 6
"""Half points: three points and less is no size to be read."""


def _attribute(properties: Element, name: str, attribute: str) -> str:
    found = child(properties, name)
    return "" if found is None else found.get(attribute, "")


def _is_pale(colour: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", colour)) and min(bytes.fromhex(colour)) >= 0xE6


def _is_dark(colour: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", colour)) and max(bytes.fromhex(colour)) <= 0x33


_CHANGES: dict[str, Hiding] = {
    "w:del": "deleted", "w:moveFrom": "deleted", "w:ins": "inserted", "w:moveTo": "inserted",
    "w:txbxContent": "text-box", "mc:Fallback": "fallback",
}  # fmt: skip
_TEXTS: dict[str, Hiding | None] = {
    "w:t": None,
    "w:delText": "deleted",
    "w:instrText": "field-instruction",
    "w:delInstrText": "deleted",
    "m:t": None,
    "a:t": None,
}
_BLANKS = frozenset(("w:tab", "w:br", "w:cr", "w:ptab"))
_HYPHENS = frozenset(("w:noBreakHyphen",))


def _paragraphs(tree: Element, base: Hiding, styles: _Styles) -> list[list[_Piece]]:
    """Every paragraph of a part as its pieces, in the order in which they begin; also those inside another's text box."""
    made: list[list[_Piece]] = [[]]
    runs = 0
    waiting: list[tuple[Element, frozenset[Hiding], list[_Piece], int]] = [(tree, frozenset({base}), made[0], 0)]
    while waiting:
        element, hidings, pieces, run = waiting.pop()
        tag = element.tag
        if tag == "w:p":
            pieces = []
            made.append(pieces)
            properties = child(element, "w:pPr")
            hidings = (
                hidings | styles.applied(properties, "w:pStyle") | _flags(child(properties, "w:rPr")) & {"hidden-text"}
            )
        elif tag == "w:r":
            runs += 1
            run = runs
            properties = child(element, "w:rPr")
            hidings = hidings | styles.applied(properties, "w:rStyle") | _flags(properties)
        elif tag in _CHANGES:
            hidings = hidings | {_CHANGES[tag]}
        elif tag in _TEXTS:
            kind = _TEXTS[tag]
            pieces.append(_Piece(element.text or "", _most_hidden(hidings | ({kind} if kind else frozenset())), run))
            continue
        elif tag in _BLANKS or tag in _HYPHENS:
            pieces.append(_Piece("-" if tag in _HYPHENS else " ", _most_hidden(hidings), run))
            continue
        elif tag in ("w:pPr", "w:rPr"):
            continue
        waiting += [(each, hidings, pieces, run) for each in reversed(element)]
    return made


def _most_hidden(hidings: frozenset[Hiding]) -> Hiding:
    return min(hidings, key=_ORDER.index)


def _over(owner: list[tuple[int, int, _Piece]], starts: list[int], span: Span) -> list[tuple[int, int, _Piece]]:
    """The pieces that a stretch of text stands in; never empty, because a value holds letters."""
    first = max(0, bisect_right(starts, span.start) - 1)
    while first and owner[first][0] + len(owner[first][2].text) <= span.start:
        first -= 1
    over = owner[first : bisect_left(starts, span.end)]
    return [each for each in over if each[0] + len(each[2].text) > span.start]


__all__ = ["Scan", "Trace", "scan_file"]
