"""A PDF taken apart: what its pages show and do not show, what stands in its objects, and the files in it.

Pages are read by PDFium, in every state that the file has had. Everything
else is read from the bytes: each object in each of its states, and what stands
between them. Source: ISO 32000-1, 7.5.6 (states), 12.3 (outline), 12.5 (comments), 14.3 (properties), 14.9 (alternative text).
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutes_split.errors import Fault, ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.extras import needed
from minutes_split.readers.pdf import opened
from minutes_split.readers.pdf_bytes import PdfObject, every_object, look_at_bytes, shows_text
from minutes_split.readers.pdf_page import FAINT, TINY, Page, Sheet, Word
from minutes_split.readers.pdf_strings import said
from minutes_split.scanning.told import APART, DEAD, Hiding, Piece, letters_in

_STATES = 50
"""Earlier states of one file that are looked at; each is read like a file of its own."""
_DRAWINGS = 60
"""Drawn objects of a page without a word, from which it may be letters that are drawn."""


@dataclass(frozen=True, slots=True)
class PageTold:
    """One page in one state of the file."""

    where: str
    old: bool
    orders: tuple[tuple[Piece, ...], ...] = field(repr=False)
    """Its letters, put into an order in several ways; a value counts that stands in any of them."""


@dataclass(frozen=True, slots=True)
class TextTold:
    """Words that stand in an object."""

    text: str = field(repr=False)
    hiding: Hiding
    where: str
    prose: bool
    only_new: bool = False
    """Whether it counts only for what was found nowhere else: pages show it, or it is looked at in another way too."""


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file in the file."""

    where: str
    name: str = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PdfTold:
    """Everything that a PDF holds."""

    pages: tuple[PageTold, ...]
    texts: tuple[TextTold, ...]
    files: tuple[FileTold, ...]
    unread: tuple[Fault, ...]


def taken_apart(data: bytes, caps: Caps) -> PdfTold:
    """Everything that a PDF holds.

    Raises: `ReadError` if the extra `[pdf]` is missing, if the file is protected by a password, cannot be opened, or is
    larger than `caps`.
    """
    # 1 The pages of the file as it is; a file that is locked against changes is written without its lock.
    # 2 The pages of each state before.
    # 3 Every object in each of its states, and what stands between them.
    # 4 What is damaged.
    if len(data) > caps.file_bytes:
        raise ReadError("file-too-large", "file", f"is larger than {caps.file_bytes} bytes")
    pdfium = needed("pypdfium2", "pdf")
    unread: list[Fault] = []
    with opened(pdfium, data) as document:  # 1
        unread += _form(pdfium, document)
        plain = _unlocked(pdfium, document)  # before pages are read: comments become part of the page then
        pages = list(_pages(pdfium, document, caps, "", unread))
    objects = every_object(data, caps)
    ends = _ends_of_states(data, objects)  # 2
    for number, end in enumerate(ends[:_STATES], 1):
        try:
            with opened(pdfium, data[:end]) as document:
                pages += _pages(pdfium, document, caps, f"state {number}, ", unread)
        except ReadError:
            unread.append(
                Fault("scan-state", f"state {number}", "is an earlier state of the file that cannot be opened")
            )
    if len(ends) > _STATES:
        unread.append(Fault("scan-state", "file", f"has more than {_STATES} earlier states"))
    if plain is not None:  # 3
        unread.append(Fault("scan-locked", "file", "is locked against changes; what is in no use was not looked at"))
        objects = every_object(plain, caps)
    made = _Objects(data if plain is None else plain, objects)
    made.read()
    unread += look_at_bytes(data, caps).faults  # 4
    return PdfTold(tuple(pages), tuple(made.texts), tuple(made.files), tuple(dict.fromkeys([*unread, *made.unread])))


# --- the file as a whole ------------------------------------------------------------------------


def _form(pdfium: Any, document: Any) -> Iterator[Fault]:
    if document.get_formtype() in (pdfium.raw.FORMTYPE_XFA_FULL, pdfium.raw.FORMTYPE_XFA_FOREGROUND):
        yield Fault("scan-form", "file", "is a form whose pages are made by a program; only its bytes were looked at")


def _unlocked(pdfium: Any, document: Any) -> bytes | None:
    """The file without its lock; `None` if it has none."""
    if pdfium.raw.FPDF_GetSecurityHandlerRevision(document.raw) < 0:
        return None
    out = io.BytesIO()
    document.save(out, flags=pdfium.raw.FPDF_REMOVE_SECURITY)
    return out.getvalue()


_END = re.compile(rb"startxref\s+\d+\s+%%EOF[ \t]*(?:\r\n|\r|\n)?")

_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s{1,8}(\d{1,12})\b")
"""How long such a file is, so that a state appended to it is none of its two halves (ISO 32000-1, annex F)."""


def _ends_of_states(data: bytes, objects: Sequence[PdfObject]) -> list[int]:
    """Where each state of the file before the last ends; not inside a stream, where another file may lie."""
    streams = sorted((one.end - len(one.packed), one.end) for one in objects if one.packed is not None)
    starts = [start for start, _ in streams]
    ends = []
    for end in _END.finditer(data):
        last = bisect_right(starts, end.start()) - 1
        if last < 0 or streams[last][1] <= end.start():
            ends.append(end.end())
    first_page = _LINEARIZED.search(data[:1024])
    if first_page is not None and len(ends) > 1 and abs(ends[1] - int(first_page[1])) <= 2:
        ends = ends[1:]  # the first page stands before the rest, for readers in a hurry; it is no state of its own
    return ends[:-1]


# --- pages --------------------------------------------------------------------------------------


def _pages(pdfium: Any, document: Any, caps: Caps, state: str, unread: list[Fault]) -> Iterator[PageTold]:
    if len(document) > caps.pages:
        raise ReadError("pdf-pages", "file", f"has more than {caps.pages} pages")
    letters = 0
    for number in range(1, len(document) + 1):
        where = f"{state}page {number}"
        try:
            page = Sheet(pdfium.raw, document.raw, number, caps).read()
        except ReadError as error:
            unread.append(Fault(error.code, where, error.message))
            continue
        letters += sum(len(word.text) for word in (*page.words, *page.turned))
        if letters > caps.elements:
            raise ReadError("pdf-characters", where, f"the file has more than {caps.elements} characters")
        unread += [Fault(code, where, message) for code, message in _not_seen(page)]
        yield PageTold(where, bool(state), tuple(_orders(page)))


def _not_seen(page: Page) -> Iterator[tuple[str, str]]:
    """What stands on a page and is no letters that anybody knows."""
    yield from page.faults
    words = (*page.words, *page.turned)
    if page.over and not words:
        yield "scan-image-page", "is a picture and has no letters; what it shows is not read"
    elif page.over:
        yield "scan-picture", "holds a picture; what it shows is not read"
    if any(word.unread == "characters-unknown" for word in words):
        yield "scan-letters", "holds signs that no table turns into letters"
    if not words and page.drawings > _DRAWINGS:
        yield "scan-drawing", "is drawn and has no letters; what the drawing says is not read"


def _orders(page: Page) -> Iterator[tuple[Piece, ...]]:
    """The letters in several orders: of what is on the page, of everything, and of what is not on it."""
    runs = {drawn: number for number, drawn in enumerate(dict.fromkeys(w.drawn for w in (*page.words, *page.turned)))}
    whole = []
    for word in sorted((*page.words, *page.turned), key=lambda word: word.number):
        whole.append((word, Piece(word.text, _why(word, page), runs[word.drawn], word.broken)))
    for wanted in ((False,), (False, True), (True,)):
        some = [(word, piece) for word, piece in whole if (piece.hiding in DEAD) in wanted]
        level = [each for each in some if not (each[0].look and each[0].look.turned)]
        yield tuple(_joined(some, lambda _one, _other: " "))
        yield tuple(_joined(_by_lines(level), _beside))


_Words = Sequence[tuple[Word, Piece]]


def _joined(words: _Words, between: Callable[[Word, Word], str]) -> Iterator[Piece]:
    """Pieces with what stands between them; a word that ends in a hyphen goes on in the next."""
    last: Word | None = None
    for word, piece in words:
        gap = "" if last is None or last.text.endswith("-") else between(last, word)
        if gap:
            yield Piece(gap, piece.hiding, piece.run)
        yield piece
        last = word


def _by_lines(words: _Words) -> list[tuple[Word, Piece]]:
    """As they stand on the paper, line by line, whatever order they were drawn in."""
    lines: list[list[tuple[Word, Piece]]] = []
    for each in sorted(words, key=lambda each: each[0].base):
        first = lines[-1][0][0] if lines else None
        if first is not None and each[0].base - first.base < 0.4 * first.size:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [each for line in lines for each in sorted(line, key=lambda each: each[0].left)]


def _beside(one: Word, other: Word) -> str:
    """What stands between two words on the paper: nothing, a blank, or the end of the line."""
    if abs(one.base - other.base) >= 0.4 * one.size:
        return "\n"
    return "" if other.left - one.right < 0.17 * min(one.size, other.size) else " "


def _why(word: Word, page: Page) -> Hiding:
    """How a word is kept from being seen."""
    look = word.look
    if word.dead == "deleted":
        return "deleted"
    if word.dead and look is not None:
        outside = word.right <= 0 or word.left >= page.width or word.base <= 0 or word.top >= page.height
        if look.mode in (3, 7) or look.alpha < FAINT or outside:
            return "hidden-text"
        if look.size < TINY:
            return "tiny-text"
        return "white-text" if look.grey > _PALE else "covered-text"
    if word.unread == "text-not-seen":
        return "hidden-text"
    return "covered-text" if word.unread == "text-half-covered" or page.is_under_picture(word) else "visible"


_PALE = 235
"""Steps of grey, of 255: letters that are brighter are white."""


# --- objects ------------------------------------------------------------------------------------

_KEYS: dict[str, Hiding] = {
    "Alt": "alt-text", "ActualText": "alt-text", "E": "alt-text", "URI": "link", "JS": "script", "V": "form-field", "DV": "form-field",
    "TU": "form-field", "TM": "form-field", "Opt": "form-field", "RV": "form-field", "Contents": "comment", "RC": "comment",
    "Subj": "comment", "Author": "metadata", "Creator": "metadata", "Producer": "metadata", "Subject": "metadata",
    "Keywords": "metadata", "Dest": "bookmark", "Names": "bookmark", "UF": "part-name", "F": "part-name", "Desc": "part-name",
}  # fmt: skip
"""What a string is for, by the key that it stands under."""
_IS_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_IS_FONT = re.compile(
    rb"/(?:Length1|Length2|Length3|FontMatrix|CMapName)\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b"
)
_IS_LIST = re.compile(rb"/Type\s*/(?:XRef|ObjStm)\b")
_IS_FILE = re.compile(rb"/Type\s*/EmbeddedFile\b")
_IS_CONTENT = re.compile(rb"/Subtype\s*/Form\b|/PatternType\b")
_PREDICTED = re.compile(rb"/Predictor\s+(?:[2-9]|1\d)\b")
_INFO = re.compile(rb"/Info\s+(\d+)\s+\d+\s+R")
_FILES = re.compile(rb"/EF\s*<<([^<>]*)>>")
_GLYPHS = re.compile(rb"/CharProcs\s*<<([^<>]*)>>")
_SCRIPTS = re.compile(rb"/JS\s+(\d+)\s+\d+\s+R\b")
_CONTENTS = re.compile(rb"/Contents\s*(?:(\d+)\s+\d+\s+R|\[([^\[\]]*)\])")
_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_FORMS = re.compile(rb"/XObject\s*<<([^<>]*)>>")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d+)\s+\d+\s+R\b")
_FLAGS = re.compile(rb"/F\s+(\d{1,9})(?!\d|\s+\d+\s+R)")
_NOT_SHOWN = 0b100010
"""Flags of a note: hidden, and not seen on the screen (ISO 32000-1, 12.5.3)."""
_REFERENCE = re.compile(rb"(?<!\d)(\d++)\s++\d++\s++R\b")
_ENTRY = re.compile(rb"\d{10} \d{5} [nf]")


class _Objects:
    """What stands in the objects of a file; it is thrown away at the end."""

    def __init__(self, data: bytes, objects: Sequence[PdfObject]) -> None:
        self.data = data
        self.objects = objects
        self.texts: list[TextTold] = []
        self.files: list[FileTold] = []
        self.unread: list[Fault] = []
        self._names: set[str] = set()
        self._last: dict[int, PdfObject] = {}
        for one in objects:
            if one.start >= self._last.get(one.number, one).start:
                self._last[one.number] = one
        whole = b"\n".join([data, *(one.about for one in objects)])
        self._info = {int(number) for number in _INFO.findall(whole)}
        self._attached = {int(n) for held in _FILES.findall(whole) for n in _REFERENCE.findall(held)}
        self._glyphs = {int(n) for held in _GLYPHS.findall(whole) for n in _REFERENCE.findall(held)}
        self._scripts = {int(number) for number in _SCRIPTS.findall(whole)}
        self._asked = self._asked_for()
        self._drawn = self._drawn_forms(whole)

    def _asked_for(self) -> set[int]:
        """Numbers of the streams that some page shows, in any state."""
        lists = {one.number: one.about for one in self.objects if one.about.strip().startswith(b"[")}
        asked: set[int] = set()
        for one in self.objects:
            for alone, several in _CONTENTS.findall(one.about):
                numbers = [int(alone)] if alone else [int(n) for n in _REFERENCE.findall(several)]
                asked.update(numbers)
                asked.update(int(n) for number in numbers for n in _REFERENCE.findall(lists.get(number, b"")))
        return asked

    def _drawn_forms(self, whole: bytes) -> set[int]:
        """Numbers of the forms that a page draws by their name, or that a note is shown with."""
        names = {name for one in self.objects if one.stream is not None for name in _DRAWS.findall(one.stream)}
        named = (each for held in _FORMS.findall(whole) for each in _NAMED.findall(held))
        drawn = {int(number) for name, number in named if name in names}
        shown = {int(n) for one in self.objects if b"/AP" in one.about for n in _REFERENCE.findall(one.about)}
        states = (one.about for one in self.objects if one.number in shown and one.packed is None)
        return drawn | shown | {int(n) for about in states for n in _REFERENCE.findall(about)}

    def read(self) -> None:
        """All objects, and what stands between them."""
        outside, end = [], 0
        for one in self.objects:
            if not one.inner:
                outside.append(self.data[end : max(end, one.start)])
                end = max(end, one.end)
            old = self._last[one.number] is not one
            self._dictionary(one, old=old)
            if one.packed is not None:
                self._stream(one, old=old)
        between = b"\n".join([*outside, self.data[end:]])
        self._put(_ENTRY.sub(b"", between).decode("utf-8", "replace"), "raw", "file", old=False)
        self._strings(between, "raw", "file", old=False)

    def _put(self, text: str, hiding: Hiding, where: str, *, old: bool, prose: bool = False, new: bool = False) -> None:
        if text.strip():
            self.texts.append(TextTold(text, "earlier-revision" if old else hiding, where, prose, new))

    def _dictionary(self, one: PdfObject, *, old: bool) -> None:
        where = f"object {one.number}"
        names = []
        flags = _FLAGS.search(one.about)
        if b"/AP" in one.about and flags is not None and int(flags[1]) & _NOT_SHOWN:
            self.unread.append(
                Fault("scan-hidden-note", where, "is a note that is not shown; how it would look was not read")
            )
        for each in said(one.about):
            if each.kind == "name":
                names.append(each.text)
                continue
            hiding = self._hiding(each.key, one) if each.kind == "string" else "raw"
            self._put(each.text, hiding, where, old=old, prose=hiding in ("alt-text", "comment"))
        self._put(APART.join(name for name in names if name not in self._names), "raw", where, old=old)
        self._names.update(names)

    def _hiding(self, key: str, one: PdfObject) -> Hiding:
        """What a string in a dictionary is for."""
        if one.number in self._info:
            return "metadata"
        if key in ("T", "Title"):
            if b"/FT" in one.about or b"/Widget" in one.about:
                return "form-field"
            if key == "T":
                return "alt-text" if b"/Pg" in one.about or b"/StructElem" in one.about else "author"
            return "outline"
        if key == "F" and b"/EF" not in one.about and b"/Filespec" not in one.about:
            return "link"
        return _KEYS.get(key, "raw")

    def _stream(self, one: PdfObject, *, old: bool) -> None:
        where, about, plain = f"object {one.number}", one.about, one.stream
        if _IS_FONT.search(about) or _IS_LIST.search(about):
            if _IS_LIST.search(about) and _PREDICTED.search(about) and b"/ObjStm" in about:
                self._unread(where)
        elif _IS_PICTURE.search(about):
            self._put(letters_in(one.packed or b"").decode("utf-8", "replace"), "picture", where, old=old)
            self.unread.append(Fault("scan-picture", where, "is a picture; what it shows is not read"))
        elif plain is None or _PREDICTED.search(about):
            self._unread(where)
        elif _IS_FILE.search(about) or one.number in self._attached or plain.startswith((b"PK\3\4", b"%PDF-")):
            self.files.append(FileTold(where, self._suffix(one), plain))
        elif one.number in self._asked or _IS_CONTENT.search(about):
            self._strings(plain, "raw", where, old=old)
            in_use = one.number in self._asked or (one.number in self._drawn and b"/PatternType" not in about)
            if not in_use and shows_text(plain):
                self.unread.append(Fault("scan-unreached", where, "shows text in a place where no page is read"))
        else:
            hiding: Hiding = "metadata" if b"/Metadata" in about else "raw"
            hiding = "script" if one.number in self._scripts else hiding
            self._put(plain.decode("utf-8", "replace"), hiding, where, old=old, new=hiding == "raw")
            self._put(_TAG.sub("", plain.decode("utf-8", "replace")), hiding, where, old=old)
            self._strings(plain, hiding, where, old=old)
            if shows_text(plain) and one.number not in self._glyphs:
                self.unread.append(Fault("scan-unreached", where, "shows text and no page asks for it"))

    def _unread(self, where: str) -> None:
        self.unread.append(Fault("scan-packed", where, "is packed in a way that is not unpacked; it was not looked at"))

    def _suffix(self, one: PdfObject) -> str:
        kind = re.search(rb"/Subtype\s*/([A-Za-z0-9.#+-]+)", one.about)
        return "a.txt" if kind is not None and kind[1].startswith(b"text#2F") else "a.bin"

    def _strings(self, code: bytes, hiding: Hiding, where: str, *, old: bool) -> None:
        """What the code shows, strings that follow each other put together; names, and strings under a key, alone."""
        shown: list[str] = []
        for each in said(code):
            if each.kind == "string" and not each.key:
                shown.append(each.text)
            else:
                told = _KEYS.get(each.key, hiding)
                self._put(each.text, told, where, old=old, new=told == hiding)
        for between in ("", " "):
            self._put(between.join(shown), hiding, where, old=old, prose=True, new=True)


_TAG = re.compile(r"<[^<>]*>")
