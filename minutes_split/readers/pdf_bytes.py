"""Damage in a PDF that PDFium mends without a word, so that text would be missing in silence.

PDFium builds a new list of objects where the old one is broken, and takes what
a damaged stream still gives. So the bytes are looked at here: the list of
objects points to objects, streams end where they say, packed streams match
their checksum, every stream of page content is asked for by some page.
Source: ISO 32000-1, 7.3.8 (streams), 7.5 (file structure).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_split.errors import Fault, ReadError
from minutes_split.readers.caps import Caps

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})[ \t\r\n\f\0]+(\d{1,5})[ \t\r\n\f\0]+obj\b")
_STREAM = re.compile(rb"stream(\r\n|\n|\r)")
_LENGTH = re.compile(rb"/Length[ \t\r\n]+(\d+)(?!\d|[ \t\r\n]+\d+[ \t\r\n]+R)")
_LENGTH_APART = re.compile(rb"/Length[ \t\r\n]+(\d+)[ \t\r\n]+\d+[ \t\r\n]+R")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_NO_FILTER = re.compile(rb"/[A-Za-z0-9]+|[\[\]\s]")
"""What a list of filters is made of; anything else in it is damage."""
_BOX = re.compile(rb"/MediaBox(?!\s*+(?:\[[\s\d.+R-]*+\]|\d++\s++\d++\s++R))")
"""A page size that is none: PDFium takes another, and what lies outside it counts as cut off."""
_CONTENTS = re.compile(rb"/Contents\s*(?:(\d+)\s+\d+\s+R|\[([^\[\]]*)\])")
_REFERENCE = re.compile(rb"(?<!\d)(\d++)\s++\d++\s++R\b")
_BEGINS_TEXT = re.compile(rb"\bBT\b")
_SAYS_TEXT = re.compile(rb"Tj|TJ|'|\"")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*[\r\n]+")
_PROCEDURES = re.compile(rb"/CharProcs\s*<<([^<>]*)>>")
_KIDS = re.compile(rb"/Kids\s*\[([^\[\]]*)\]")
_COUNT = re.compile(rb"/Count\s+(\d+)")
_NO_CONTENT = re.compile(
    rb"/(?:Subtype\s*/(?:Form|Image|XML|Type1C|CIDFontType0C|OpenType)|Type\s*/(?:XRef|ObjStm|Metadata|Pattern|EmbeddedFile|CMap)|PatternType|FunctionType|ShadingType|Length1|Length2|N\s+\d|FontMatrix|CMapName)\b"
)
_WORDS = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|<<|>>|%[^\r\n]*|/[^\s()<>\[\]{}/%]*|[\[\]{}]|[^\s()<>\[\]{}/%]+",
    re.DOTALL,
)
_NUMBER = re.compile(rb"[+-]*+\d*+\.?\d*+(?:-\d*+)?(?:[eE][+-]?\d++)?")
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S "
    b"SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" true false null".split()
)
_FILTERS = frozenset(
    b"FlateDecode Fl LZWDecode LZW DCTDecode DCT CCITTFaxDecode CCF JBIG2Decode JPXDecode RunLengthDecode RL ASCIIHexDecode AHx "
    b"ASCII85Decode A85 Crypt".split()
)
_SHOWS = re.compile(rb"(?:[)>\]])\s*(?:Tj|TJ|'|\")(?=[\s/\[(<]|$)")
_SHOWS_NOTHING = re.compile(rb"(?:\(\)|<\s*+>)\s*+(?:Tj|'|\")|\[(?:\(\)|<\s*+>|[-\d.\s])*+\]\s*+TJ")
_LOOSE = 64 * 1024


@dataclass(slots=True)
class PdfObject:
    """One object of the file."""

    number: int
    start: int
    """Where it begins; of an object that is packed in a stream, where that stream's object begins."""
    about: bytes = field(repr=False)
    """What stands before its stream."""
    stream: bytes | None = field(default=None, repr=False)
    """Unpacked, if it is packed in the usual way only; else `None`."""
    packed: bytes | None = field(default=None, repr=False)
    """Its stream as it stands in the file."""
    end: int = 0
    """Where its words, or its stream, end."""
    plain: bool = False
    """Whether the stream is in the file as it is."""
    inner: bool = False
    """Whether it is packed in a stream."""
    revised: bool = False
    """Whether an older state of it stands in the file too."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """What the bytes of a file say."""

    faults: tuple[Fault, ...]
    """What is damaged, each kind once, with the number of the object."""
    shows: int | None
    """How often the pages show a piece of text, forms aside; `None` if nobody can tell."""


def look_at_bytes(data: bytes, caps: Caps) -> Bytes:
    """What is damaged, and how much text there is.

    Raises: `ReadError` if more would be unpacked than the caps allow.
    """
    found: dict[str, Fault] = {}
    encrypted = b"/Encrypt" in data
    shows: int | None = None
    objects = _objects(data, caps, found)
    _look_at_list(data, objects, found)
    if not encrypted:
        shows = _look_at_pages(objects, found)
    return Bytes(tuple(found.values()), shows)


def _fault(found: dict[str, Fault], code: str, where: str, message: str) -> None:
    found.setdefault(code, Fault(code, where, message))


def every_object(data: bytes, caps: Caps) -> list[PdfObject]:
    """Every object of the file in each of its states, those that are packed in streams behind the others.

    Raises: `ReadError` if more would be unpacked than the caps allow.
    """
    return _every(data, caps, {})


def _objects(data: bytes, caps: Caps, found: dict[str, Fault]) -> dict[int, PdfObject]:
    """Every object of the file; of those with one number the last."""
    objects: dict[int, PdfObject] = {}
    every = _every(data, caps, found)
    for one in every:
        if not one.inner:
            one.revised = one.number in objects
            objects[one.number] = one
    for one in every:
        if one.inner and one.number in objects:
            objects[one.number].revised = True
        elif one.inner:
            objects[one.number] = one
    return objects


def _every(data: bytes, caps: Caps, found: dict[str, Fault]) -> list[PdfObject]:
    objects: list[PdfObject] = []
    lengths = _Lengths(data)
    place = unpacked = 0
    while begin := _OBJECT.search(data, place):
        number = int(begin[1])
        end = data.find(b"endobj", begin.end())
        stream = _STREAM.search(data, begin.end())
        if stream is None or (0 <= end < stream.start()):
            if end < 0:
                _fault(found, "pdf-object-cut", f"object {number}", "has no end; the file may be cut short")
                end = len(data)
            objects.append(PdfObject(number, begin.start(), data[begin.end() : end], end=end))
            place = end
            continue
        about = data[begin.end() : stream.start()]
        last = _end_of_stream(data, stream.end(), about, lengths, number, found)
        one = PdfObject(number, begin.start(), about, packed=data[stream.end() : last], end=last)
        encrypted = b"/Encrypt" in data[-4096:] or b"/Encrypt" in data[:4096]
        if not encrypted:
            one.stream = _unpacked(data[stream.end() : last], about, number, caps, unpacked, found)
            one.plain = not _FILTER.search(about)
            unpacked += len(one.stream or b"")
        objects.append(one)
        place = last
    for one in list(objects):
        if one.stream is not None and re.search(rb"/Type\s*/ObjStm", one.about):
            objects.extend(_inner(one))
    return objects


class _Lengths:
    """Lengths that stand in an object of their own."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[int, int] | None = None

    def of(self, number: int) -> int | None:
        if self._known is None:
            numbers = re.compile(rb"(?<![0-9])(\d{1,10})\s+\d{1,5}\s+obj\s+(\d+)\s+endobj")
            self._known = {int(each[1]): int(each[2]) for each in numbers.finditer(self._data)}
        return self._known.get(number)


def _end_of_stream(
    data: bytes, start: int, about: bytes, lengths: _Lengths, number: int, found: dict[str, Fault]
) -> int:
    told = _LENGTH.search(about)
    apart = _LENGTH_APART.search(about)
    length = int(told[1]) if told else lengths.of(int(apart[1])) if apart else None
    if length is not None and re.match(rb"\s{0,2}endstream", data[start + length : start + length + 12]):
        return start + length
    _fault(found, "pdf-stream-length", f"object {number}", "does not end where it says")
    end = data.find(b"endstream", start)
    return len(data) if end < 0 else end


def _unpacked(
    stream: bytes, about: bytes, number: int, caps: Caps, before: int, found: dict[str, Fault]
) -> bytes | None:
    filters = _FILTER.search(about)
    names = re.findall(rb"/([A-Za-z0-9]+)", filters[1]) if filters else []
    if b"\0" in about:
        _fault(found, "pdf-object-damaged", f"object {number}", "its bytes are damaged")
    if not names and b"/Filter" not in about:
        return stream
    if not names or not _FILTERS.issuperset(names) or (filters and _NO_FILTER.sub(b"", filters[1])):
        _fault(found, "pdf-stream-damaged", f"object {number}", "is packed in a way that nobody knows")
        return None
    if names not in ([b"FlateDecode"], [b"Fl"], [b"ASCII85Decode", b"FlateDecode"]):
        return None
    unpacker = zlib.decompressobj()
    damaged = False
    plain = b""
    try:
        if len(names) == 2:
            stream = _from_85(stream)
        plain = unpacker.decompress(stream, caps.unzipped_bytes - before + 1)
        damaged = not unpacker.eof
    except (zlib.error, ValueError):
        damaged = True
    if before + len(plain) > caps.unzipped_bytes:
        raise ReadError("zip-bomb", f"object {number}", f"the file unpacks to more than {caps.unzipped_bytes} bytes")
    if damaged:
        _fault(found, "pdf-stream-damaged", f"object {number}", "its bytes are damaged")
        return None
    return plain


def _from_85(stream: bytes) -> bytes:
    from base64 import a85decode

    body = stream.strip().removeprefix(b"<~")
    if not body.endswith(b"~>"):
        raise ValueError
    return a85decode(body.removesuffix(b"~>"))


def _inner(holder: PdfObject) -> Iterator[PdfObject]:
    """The objects that are packed in a stream."""
    first = re.search(rb"/First\s+(\d+)", holder.about)
    if first is None or holder.stream is None:
        return
    numbers = [int(word) for word in holder.stream[: int(first[1])].split() if word.isdigit()]
    starts = numbers[1::2]
    for i, number in enumerate(numbers[::2][: len(starts)]):
        end = starts[i + 1] if i + 1 < len(starts) else len(holder.stream)
        about = holder.stream[int(first[1]) + starts[i] : int(first[1]) + end]
        yield PdfObject(number, holder.start, about, end=holder.end, inner=True)


def _look_at_list(data: bytes, objects: dict[int, PdfObject], found: dict[str, Fault]) -> None:
    """The list of objects, which stands at the end and says where each begins."""
    starts = list(_START.finditer(data))
    if not starts or data[starts[-1].end() :].strip(b"\r\n\t \0"):
        _fault(found, "pdf-list-missing", "file", "its list of objects is not at its end; the file may be cut short")
        return
    begin = data.find(b"%PDF-")
    at = int(starts[-1][1]) + begin
    if data[at : at + 4] == b"xref":
        _look_at_table(data, at, begin, found)
    elif not _OBJECT.match(data, at):
        _fault(found, "pdf-list-missing", "file", "its list of objects is not where it says")


def _look_at_table(data: bytes, at: int, begin: int, found: dict[str, Fault]) -> None:
    end = data.find(b"trailer", at)
    if end < 0:
        _fault(found, "pdf-list-missing", "file", "its list of objects is damaged")
        return
    place = at + 4
    while (section := _SECTION.match(data, place)) and section.end() <= end:
        first, count = int(section[1]), int(section[2])
        place = section.end()
        for number in range(first, first + min(count, (end - place) // 18 + 1)):
            entry = _ENTRY.match(data, place)
            if entry is None:
                _fault(found, "pdf-list-damaged", "file", "its list of objects is damaged")
                return
            told = _OBJECT.match(data, int(entry[1]) + begin) if entry[3] == b"n" else None
            if entry[3] == b"n" and int(entry[1]) and (told is None or int(told[1]) != number):
                _fault(found, "pdf-list-damaged", f"object {number}", "is not where the list of objects says")
                return
            place = entry.end()
            while data[place : place + 1] in (b" ", b"\r", b"\n") and place < end:
                place += 1
    if place < end:
        _fault(found, "pdf-list-damaged", "file", "its list of objects is damaged")


def _look_at_pages(objects: dict[int, PdfObject], found: dict[str, Fault]) -> int | None:
    """Pages are as many as their tree says, and no content is left over that no page asks for.

    Returns: how often content shows text; `None` if some of it cannot be looked into.
    """
    asked: set[int] = set()
    for one in objects.values():
        if one.stream is None and _BOX.search(one.about):
            _fault(found, "pdf-page-damaged", f"object {one.number}", "has a page size that cannot be read")
        for contents in _CONTENTS.finditer(one.about):
            numbers = [int(contents[1])] if contents[1] else [int(n) for n in _REFERENCE.findall(contents[2])]
            asked |= set(numbers)
            for number in numbers:
                listed = objects.get(number)
                if listed is None:
                    _fault(found, "pdf-content-missing", f"object {number}", "a page asks for it and it is not there")
                elif listed.stream is None and listed.about.strip().startswith(b"["):
                    asked |= {int(n) for n in _REFERENCE.findall(listed.about)}
        _look_at_tree(one, objects, found)
    glyphs = _glyphs(objects)
    revised = any(one.revised for one in objects.values())  # then content of an older state is left over
    shows = 0
    blind = revised or any(
        number in objects and objects[number].stream is None and b"Filter" in objects[number].about for number in asked
    )
    for one in objects.values():
        if one.stream is None or _NO_CONTENT.search(one.about) or one.number in glyphs:
            continue
        if one.number in asked:
            _look_at_content(one, found)
            shows += len(_SHOWS.findall(one.stream)) - len(_SHOWS_NOTHING.findall(one.stream))
            blind = blind or b"BI" in one.stream
        elif not revised and shows_text(one.stream[:_LOOSE]):
            _fault(found, "pdf-content-unreached", f"object {one.number}", "shows text and no page asks for it")
    return None if blind else shows


def shows_text(content: bytes) -> bool:
    """Whether orders of a page, if that is what it is, show a text."""
    begin = _BEGINS_TEXT.search(content)
    return begin is not None and _SAYS_TEXT.search(content, begin.end()) is not None


def _glyphs(objects: dict[int, PdfObject]) -> frozenset[int]:
    """Streams that draw one sign each, of fonts of type 3."""
    return frozenset(
        int(number)
        for one in objects.values()
        for procedures in _PROCEDURES.findall(one.about)
        for number in _REFERENCE.findall(procedures)
    )


def _look_at_tree(one: PdfObject, objects: dict[int, PdfObject], found: dict[str, Fault]) -> None:
    if not re.search(rb"/Type\s*/Pages\b", one.about):
        return
    kids, count = _KIDS.search(one.about), _COUNT.search(one.about)
    numbers = [int(n) for n in _REFERENCE.findall(kids[1])] if kids else []
    leaves = [n for n in numbers if n in objects and re.search(rb"/Type\s*/Page\b", objects[n].about)]
    trees = [n for n in numbers if n in objects and re.search(rb"/Type\s*/Pages\b", objects[n].about)]
    if kids is None or count is None or len(leaves) + len(trees) != len(numbers):
        _fault(found, "pdf-pages-damaged", f"object {one.number}", "points to a page that is not there")
    elif not trees and int(count[1]) != len(leaves):
        _fault(found, "pdf-pages-damaged", f"object {one.number}", "has another number of pages than it says")


def _look_at_content(one: PdfObject, found: dict[str, Fault]) -> None:
    """A stream that has no checksum may hold damaged orders; each has to be one that a page knows."""
    if not one.plain or one.stream is None or b"BI" in one.stream:
        return
    if any(not known for known in _known(one.stream)):
        _fault(found, "pdf-content-damaged", f"object {one.number}", "holds an order that pages do not have")


def _known(content: bytes) -> Iterator[bool]:
    place = 0
    for word in _WORDS.finditer(content):
        if content[place : word.start()].strip(b" \t\r\n\f\0"):
            yield False
        place = word.end()
        letters = word.group()
        if letters[:1] not in b"(</[]{}%>":
            yield letters in _OPERATORS or bool(_NUMBER.fullmatch(letters))
    yield not content[place:].strip(b" \t\r\n\f\0")
