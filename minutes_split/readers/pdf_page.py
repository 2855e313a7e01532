"""What a page of a PDF shows: its words with their places, and the rules drawn between them.

All places are points (1/72 inch) from the upper left corner of the page as a
person sees it. PDFium gives the characters and draws the page; a word is
believed only where the drawing has ink. What is white, covered, cut off,
switched off or smaller than anybody reads is dead; what has no ink for no
reason that is known here is `unread`. PDFium would give the words that are to
be read aloud (`/ActualText`) in place of the letters that are drawn; those
marks are taken off first, and where the two differ, the letters are `unread`.
Source: ISO 32000-1, 9.3.6 (render modes), 14.9.4 (`/ActualText`); the headers of PDFium, public/fpdf_text.h, fpdf_edit.h and fpdfview.h.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from minutes_split.document import AsideKind
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.pdf_strings import decoded
from minutes_split.readers.symbols import UNKNOWN, is_symbol_font, sign

TINY = 2.5
"""Points; text below this height is not read by anybody (the smallest print of forms has 4)."""
FAINT = 12
"""Steps of grey, of 255; a smaller difference from the paper is not seen."""
_GAP = 0.17
"""Of the size: a wider gap begins a new word (a blank is 0.22 to 0.28 in the usual fonts, kerning takes 0.1 at most)."""
_THIN = 2.6
"""Points; a drawn box that is not thicker is a rule (Word draws borders of up to 2.25 points with one line)."""
_PATHS = 40_000
"""Drawn objects of one page that are looked at; a page with more is a drawing."""


@dataclass(slots=True)
class Word:
    """Letters without a blank between them, on one line."""

    text: str = field(repr=False)
    left: float
    right: float
    base: float
    """The line it stands on, from the top."""
    size: float
    bold: bool
    spaced: bool
    """Whether the file has a blank or a line end before it."""
    dead: AsideKind | None = None
    """Why a person does not read it as live text."""
    unread: str = ""
    """Code of the fault if nobody can tell what it says."""
    boxes: list[tuple[float, float]] = field(default_factory=list, repr=False)
    """Left and right of each character."""
    look: Look | None = None
    bare: bool = False
    """Whether PDFium could not tell which character is shown."""
    number: int = 0
    """In the order of the file."""
    underlined: bool = False
    page: int = 0
    """From 1."""
    drawn: bytes = field(default=b"", repr=False)
    """The drawn object that its first letter belongs to."""
    broken: bool = False
    """Whether its letters belong to several drawn objects."""

    @property
    def top(self) -> float:
        """Where the tall letters end."""
        return self.base - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """Where the deep letters end."""
        return self.base + 0.22 * self.size


@dataclass(frozen=True, slots=True)
class Look:
    """What the characters of one text object have in common."""

    size: float
    bold: bool
    symbol: str
    """Name of the font if it shows signs where the file has letters."""
    mode: int
    """Render mode; 3 and 7 draw nothing."""
    grey: int
    """Brightness of its colour, 0 to 255."""
    alpha: int
    embedded: bool
    turned: bool
    """Whether it does not run from left to right."""


@dataclass(slots=True)
class Aloud:
    """Words that a mark gives for the letters drawn under it."""

    told: str | None = field(repr=False)
    """`None` if they stand somewhere else and cannot be compared."""
    drawn: list[str] = field(default_factory=list, repr=False)
    words: list[Word] = field(default_factory=list, repr=False)
    """Those with a letter of it."""

    @property
    def differs(self) -> bool:
        """Whether it says something, and not the letters that are drawn."""
        return self.told is None or (self.told != "" and _letters(self.told) != _letters("".join(self.drawn)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright, or the edge of a box."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Page:
    """One page."""

    number: int
    """From 1."""
    width: float
    height: float
    words: list[Word] = field(repr=False)
    turned: list[Word] = field(repr=False)
    """Words that do not run from left to right: a watermark, a text in the margin."""
    rules: list[Rule] = field(repr=False)
    pictures: float = 0.0
    """Share of the page that is covered by pictures, 0 to 1."""
    drawings: int = 0
    """Drawn objects that are no text."""
    shows: int = 0
    """Drawn objects that are text, outside forms."""
    furniture: bool = False
    """Whether words were taken out of it as running lines."""
    comments: list[str] = field(default_factory=list, repr=False)
    aloud: list[str] = field(default_factory=list, repr=False)
    """Words that are to be read aloud in place of others that are drawn."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    order: dict[bytes, int] = field(default_factory=dict, repr=False)
    """When each drawn object that is text is drawn."""
    over: list[tuple[int, Rule]] = field(default_factory=list, repr=False)
    """When each picture is drawn, and where."""

    def is_under_picture(self, word: Word) -> bool:
        """Whether a picture is drawn over a word, later than the word."""
        first = self.order.get(word.drawn, _PATHS)
        middle = (word.top + word.bottom) / 2
        return any(
            when > first and box.top <= middle <= box.bottom and box.left < word.right and word.left < box.right
            for when, box in self.over
        )


class Sheet:
    """One page of an open file. Made, read and closed at once: PDFium keeps nothing of it."""

    def __init__(self, pdfium: Any, document: Any, number: int, caps: Caps) -> None:
        self.pdfium = pdfium
        self.caps = caps
        self.number = number
        self._document = document
        self.handle = self._loaded()
        self.width = float(pdfium.FPDF_GetPageWidthF(self.handle))
        self.height = float(pdfium.FPDF_GetPageHeightF(self.handle))
        self._place = self._placing()

    def read(self) -> Page:
        """The page. Raises: `ReadError` if it has more characters than the caps allow."""
        try:
            comments, struck, faults = self._notes()
            picture = self._picture()  # while the marks are on: some of them switch text off
            aloud = self._unmarked()
            text = self.pdfium.FPDFText_LoadPage(self.handle)
            if not text:
                raise ReadError("pdf-damaged", f"page {self.number}", "its text cannot be read")
            try:
                words = self._words(text, aloud)
            finally:
                self.pdfium.FPDFText_ClosePage(text)
            page = Page(self.number, self.width, self.height, [], [], [*struck], comments=comments, faults=faults)
            self._drawn(page)
        finally:
            self.pdfium.FPDF_ClosePage(self.handle)
        for word in words:
            (page.turned if word.look and word.look.turned else page.words).append(word)
        _compare(page, aloud)
        _see(page, picture)
        _strike(page)
        _find_overprints(page)
        return page

    def _loaded(self) -> Any:
        handle = self.pdfium.FPDF_LoadPage(self._document, self.number - 1)
        if not handle:
            raise ReadError("pdf-damaged", f"page {self.number}", "cannot be opened")
        return handle

    def _placing(self) -> tuple[float, ...]:
        """From the coordinates of the file to points from the upper left corner, as six factors."""
        x, y = (_number(self.pdfium.FPDF_PageToDevice, i) for i in (8, 9))
        fine = 100
        size = (int(self.width * fine), int(self.height * fine))
        found = []
        for point in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
            self.pdfium.FPDF_PageToDevice(self.handle, 0, 0, *size, 0, *point, x, y)
            found.append((x.value / fine, y.value / fine))
        (ox, oy), (ax, ay), (bx, by) = found
        return (ax - ox) / 100, (bx - ox) / 100, ox, (ay - oy) / 100, (by - oy) / 100, oy

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as a person sees it."""
        a, b, e, c, d, f = self._place
        return a * x + b * y + e, c * x + d * y + f

    def _unmarked(self) -> dict[bytes, list[Aloud]]:
        """Takes off the marks that give other words for what is drawn. Returns: by drawn text, what they give."""
        pdfium = self.pdfium
        found: dict[bytes, list[Aloud]] = {}
        marked = []
        once: dict[bytes, Aloud] = {}
        for thing, kind, _ in self._objects():
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                for i in range(pdfium.FPDFPageObj_CountMarks(thing)):
                    mark = pdfium.FPDFPageObj_GetMark(thing, i)
                    if self._speaks(mark):
                        marked.append((thing, mark))
        for thing, mark in marked:  # every mark is read before one is taken off: its place may be used again
            aloud = once.setdefault(bytes(mark), Aloud(self._read_aloud(mark)))
            found.setdefault(bytes(thing), []).append(aloud)
        for thing, mark in marked:
            pdfium.FPDFPageObj_RemoveMark(thing, mark)
        return found

    def _speaks(self, mark: Any) -> bool:
        return bool(mark) and self.pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != 0

    def _read_aloud(self, mark: Any) -> str | None:
        get = self.pdfium.FPDFPageObjMark_GetParamBlobValue
        room = _number(get, 4)
        if not get(mark, b"ActualText", None, 0, room):
            return None
        letters = (get.argtypes[2]._type_ * max(1, room.value))()
        get(mark, b"ActualText", letters, room.value, room)
        return decoded(bytes(letters)[: room.value]).rstrip("\0")

    def _words(self, text: Any, aloud: dict[bytes, list[Aloud]]) -> list[Word]:
        count = self.pdfium.FPDFText_CountChars(text)
        if count < 0 or count > self.caps.elements:
            raise ReadError("pdf-characters", f"page {self.number}", f"holds more than {self.caps.elements} characters")
        found: list[Word] = []
        word: Word | None = None
        looks: dict[bytes, Look] = {}
        spaced = True
        pdfium = self.pdfium
        box = pdfium.FS_RECTF()
        x, y = (_number(pdfium.FPDFText_GetCharOrigin, i) for i in (2, 3))
        a, b, e, c, d, f = self._place
        for i in range(count):
            code = pdfium.FPDFText_GetUnicode(text, i)
            made_up = pdfium.FPDFText_IsGenerated(text, i) == 1
            if code in _BLANKS or made_up:
                spaced, word = True, None
                continue
            handle = pdfium.FPDFText_GetTextObject(text, i)
            key = bytes(handle)
            look = looks.get(key)
            if look is None:
                look = looks[key] = self._look(text, i, handle)
            pdfium.FPDFText_GetLooseCharBox(text, i, box)
            pdfium.FPDFText_GetCharOrigin(text, i, x, y)
            left, right = a * box.left + b * box.bottom + e, a * box.right + b * box.top + e
            if left > right:
                left, right = right, left
            base = c * x.value + d * y.value + f
            if word is None or not _goes_on(word, look, left, right, base):
                word = Word(
                    "", left, right, base, look.size, look.bold, spaced,
                    look=look, number=len(found), page=self.number, drawn=key,
                )  # fmt: skip
                found.append(word)
            bare = code == 0 or pdfium.FPDFText_HasUnicodeMapError(text, i) == 1
            character, known = _character(code, look)
            word.text += character
            word.boxes.append((left, right))
            word.right = max(word.right, right)
            word.broken = word.broken or word.drawn != key
            word.bare = word.bare or bare or not known
            for mark in aloud.get(key, ()):
                mark.drawn.append(character)
                mark.words.append(word)
            spaced = False
        return found

    def _look(self, text: Any, i: int, handle: Any) -> Look:
        pdfium = self.pdfium
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        a, b, _, c, d, _ = self._place
        across, down = a * matrix.a + b * matrix.b, c * matrix.a + d * matrix.b
        upright = ((a * matrix.c + b * matrix.d) ** 2 + (c * matrix.c + d * matrix.d) ** 2) ** 0.5
        size = float(pdfium.FPDFText_GetFontSize(text, i)) * upright
        font = pdfium.FPDFTextObj_GetFont(handle) if handle else None
        name = self._font_name(font) if font else ""
        weight = pdfium.FPDFFont_GetWeight(font) if font else 0
        colours = [_number(pdfium.FPDFText_GetFillColor, n) for n in (2, 3, 4, 5)]
        pdfium.FPDFText_GetFillColor(text, i, *colours)
        red, green, blue, alpha = (colour.value for colour in colours)
        return Look(
            size or 0.1,
            weight >= 600 or any(mark in name.casefold() for mark in ("bold", "black", "heavy", "demi")),
            name if is_symbol_font(name) else "",
            pdfium.FPDFTextObj_GetTextRenderMode(handle) if handle else 0,
            round(0.3 * red + 0.59 * green + 0.11 * blue),
            alpha,
            bool(font and pdfium.FPDFFont_GetIsEmbedded(font) == 1),
            abs(down) > 0.05 * (abs(across) + abs(down)) or across < 0,
        )

    def _font_name(self, font: Any) -> str:
        room = self.pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        name = (self.pdfium.FPDFFont_GetBaseFontName.argtypes[1]._type_ * max(1, room))()
        self.pdfium.FPDFFont_GetBaseFontName(font, name, room)
        told = bytes(name).split(b"\0")[0].decode("utf-8", "replace")
        return told.split("+", 1)[1] if len(told) > 7 and told[6:7] == "+" else told

    def _drawn(self, page: Page) -> None:
        """Adds the rules of the page, the share that pictures cover, and how many other objects are drawn."""
        covered = 0.0
        for number, (thing, kind, matrix) in enumerate(self._objects()):
            if number > _PATHS:
                page.faults.append(("pdf-drawing", f"draws more than {_PATHS} things; what they show is not read"))
                break
            if kind == self.pdfium.FPDF_PAGEOBJ_TEXT:
                page.shows += 1
                page.order[bytes(thing)] = number
            elif kind == self.pdfium.FPDF_PAGEOBJ_PATH:
                page.drawings += 1
                page.rules.extend(self._rules_of(thing, matrix))
            elif kind in (self.pdfium.FPDF_PAGEOBJ_IMAGE, self.pdfium.FPDF_PAGEOBJ_SHADING):
                box = self._bounds(thing, matrix)
                if kind == self.pdfium.FPDF_PAGEOBJ_IMAGE and box is not None:
                    page.over.append((number, box))
                    wide = min(box.right, self.width) - max(box.left, 0)
                    covered += max(0.0, wide) * max(0.0, min(box.bottom, self.height) - max(box.top, 0))
        page.pictures = min(1.0, covered / max(1.0, self.width * self.height))

    def _objects(self) -> Iterator[tuple[Any, int, tuple[float, ...]]]:
        """Each object with its kind and the matrix of the forms that it stands in; no form is read by a call in a call."""
        pdfium = self.pdfium
        home = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        page = self.handle
        inside = ((pdfium.FPDFPage_GetObject(page, i), home) for i in range(pdfium.FPDFPage_CountObjects(page)))
        stack: list[Iterator[tuple[Any, tuple[float, ...]]]] = [inside]
        while stack:
            thing, matrix = next(stack[-1], (None, home))
            if thing is None:
                stack.pop()
                continue
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and len(stack) < 20:
                own = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(thing, own)
                stack.append(self._inside(thing, _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)))
            else:
                yield thing, kind, matrix

    def _inside(self, form: Any, matrix: tuple[float, ...]) -> Iterator[tuple[Any, tuple[float, ...]]]:
        for i in range(self.pdfium.FPDFFormObj_CountObjects(form)):
            yield self.pdfium.FPDFFormObj_GetObject(form, i), matrix

    def _bounds(self, thing: Any, matrix: tuple[float, ...]) -> Rule | None:
        sides = [_number(self.pdfium.FPDFPageObj_GetBounds, i) for i in (1, 2, 3, 4)]
        if not self.pdfium.FPDFPageObj_GetBounds(thing, *sides):
            return None
        left, bottom, right, top = (side.value for side in sides)
        points = [
            self.at(*_moved(x, y, matrix)) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))
        ]
        return _around(points)

    def _rules_of(self, path: Any, matrix: tuple[float, ...]) -> Iterator[Rule]:
        """The straight edges of a path that can be seen."""
        pdfium = self.pdfium
        mode, stroked = _number(pdfium.FPDFPath_GetDrawMode, 1), _number(pdfium.FPDFPath_GetDrawMode, 2)
        pdfium.FPDFPath_GetDrawMode(path, mode, stroked)
        if not (mode.value or stroked.value):
            return
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(path, own)
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for points in self._outlines(path, matrix):
            box = _around(points)
            if min(box.right - box.left, box.bottom - box.top) <= _THIN:
                yield box
            elif stroked.value:
                yield from (
                    edge
                    for edge in (_around(pair) for pair in pairwise(points))
                    if min(edge.right - edge.left, edge.bottom - edge.top) <= 0.5
                )

    def _outlines(self, path: Any, matrix: tuple[float, ...]) -> Iterator[list[tuple[float, float]]]:
        pdfium = self.pdfium
        x, y = (_number(pdfium.FPDFPathSegment_GetPoint, i) for i in (1, 2))
        points: list[tuple[float, float]] = []
        count = pdfium.FPDFPath_CountSegments(path)
        for i in range(min(count, 2_000)):
            segment = pdfium.FPDFPath_GetPathSegment(path, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                if len(points) > 1:
                    yield points
                points = []
            points.append(self.at(*_moved(x.value, y.value, matrix)))
            if pdfium.FPDFPathSegment_GetClose(segment) and points:
                points.append(points[0])
        if len(points) > 1:
            yield points

    def _notes(self) -> tuple[list[str], list[Rule], list[tuple[str, str]]]:
        """What is pinned to the page: comments, strokes through words; forms and stamps become part of the page."""
        pdfium = self.pdfium
        comments: list[str] = []
        struck: list[Rule] = []
        shown = False
        for i in range(min(pdfium.FPDFPage_GetAnnotCount(self.handle), self.caps.parts)):
            note = pdfium.FPDFPage_GetAnnot(self.handle, i)
            if not note:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET):
                words = self._said(note)
                if words.strip():
                    comments.append(words)
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
                struck.extend(self._strokes(note))
            shown = shown or kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_HIGHLIGHT)
            pdfium.FPDFPage_CloseAnnot(note)
        if shown and pdfium.FPDFPage_Flatten(self.handle, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            pdfium.FPDF_ClosePage(self.handle)
            self.handle = self._loaded()
        faults = []
        if pdfium.FPDFPage_GetAnnotCount(self.handle) > self.caps.parts:
            faults.append(("pdf-notes", f"holds more than {self.caps.parts} comments"))
        return comments, struck, faults

    def _said(self, note: Any) -> str:
        get = self.pdfium.FPDFAnnot_GetStringValue
        room = get(note, b"Contents", None, 0)
        words = (get.argtypes[2]._type_ * (room // 2 + 1))()
        get(note, b"Contents", words, room)
        return bytes(words)[:room].decode("utf-16-le", "replace").split("\0")[0]

    def _strokes(self, note: Any) -> Iterator[Rule]:
        """A rule through the middle of each marked place."""
        pdfium = self.pdfium
        for i in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(note), 1_000)):
            q = pdfium.FS_QUADPOINTSF()
            if pdfium.FPDFAnnot_GetAttachmentPoints(note, i, q):
                box = _around([self.at(q.x1, q.y1), self.at(q.x2, q.y2), self.at(q.x3, q.y3), self.at(q.x4, q.y4)])
                middle = (box.top + box.bottom) / 2
                yield Rule(box.left, middle, box.right, middle)

    def _picture(self) -> Picture:
        """The page as it is drawn, in steps of grey."""
        pdfium = self.pdfium
        scale = min(1.5, 3_000 / max(self.width, self.height, 1.0))
        wide, high = max(1, int(self.width * scale)), max(1, int(self.height * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            raise ReadError("pdf-page-size", f"page {self.number}", "is too large to be drawn")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self.handle, 0, 0, wide, high, 0, pdfium.FPDF_GRAYSCALE)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            room = stride * high
            buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
            held = (pdfium.FPDFFont_GetBaseFontName.argtypes[1]._type_ * room).from_address(_address(buffer))
            return Picture(bytes(held), stride, wide, high, scale)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in steps of grey, 0 black to 255 white."""

    dots: bytes = field(repr=False)
    stride: int
    wide: int
    high: int
    scale: float
    """Dots for each point."""

    def shows(self, left: float, right: float, heights: tuple[float, ...]) -> bool:
        """Whether anything is seen between `left` and `right` on lines at these heights."""
        start, end = max(0, int(left * self.scale)), min(self.wide, int(right * self.scale) + 1)
        darkest, lightest = 255, 0
        for height in heights:
            row = int(height * self.scale)
            if 0 <= row < self.high and start < end:
                dots = self.dots[row * self.stride + start : row * self.stride + end]
                darkest, lightest = min(darkest, *dots), max(lightest, *dots)
                if lightest - darkest >= FAINT:
                    return True
        return False

    def ground(self, left: float, right: float, height: float) -> int:
        """The darkest dot of a line; of a line outside the page 255."""
        start, end = max(0, int(left * self.scale)), min(self.wide, int(right * self.scale) + 1)
        row = int(height * self.scale)
        return min(self.dots[row * self.stride + start : row * self.stride + end], default=255) if row >= 0 else 255


def _compare(page: Page, aloud: dict[bytes, list[Aloud]]) -> None:
    """Letters that are drawn under a mark with other words: nobody can tell which of the two a person is to read."""
    marks = {id(mark): mark for marks in aloud.values() for mark in marks}
    for mark in marks.values():
        if mark.differs:
            page.aloud.append(mark.told or "")
            for word in mark.words:
                word.unread = "text-other-words"
            if mark.told is None or not mark.words:
                page.faults.append(("pdf-other-words", "gives other words for what it shows, which were not read"))


def _letters(words: str) -> str:
    """Letters and digits; what stands between them is a matter of layout."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum())


def _see(page: Page, picture: Picture) -> None:
    """Marks the words that a person does not see, and those of which nobody can tell."""
    for word in (*page.words, *page.turned):
        look = word.look
        if look is None:
            continue
        if word.bare:
            word.unread = "characters-unknown"
        outside = word.right <= 0 or word.left >= page.width or word.base <= 0 or word.top >= page.height
        if look.size < TINY or look.mode in (3, 7) or look.alpha < FAINT or outside:
            word.dead = "hidden"
        elif not look.turned:
            _look_for_ink(word, look, picture)


def _look_for_ink(word: Word, look: Look, picture: Picture) -> None:
    seen = unseen = 0
    size, base = look.size, word.base
    rows = (base - 0.28 * size, base - 0.12 * size, base - 0.45 * size)
    every = tuple(base - size * part / 12 for part in range(-3, 11))
    for character, (left, right) in zip(word.text, word.boxes, strict=False):
        if not character.isalnum():
            continue
        shows = picture.shows(left, right, rows) or picture.shows(left, right, every)
        seen, unseen = (seen + 1, unseen) if shows else (seen, unseen + 1)
    if not unseen:
        return
    if seen:
        word.unread = "text-half-covered"
        return
    paper = picture.ground(word.left, word.right, rows[1])
    plain = look.embedded or word.text.isascii()  # a font of the machine may lack other signs
    same = abs(paper - look.grey) < FAINT
    if (same and not 20 < look.grey < 235) or (not same and plain):
        word.dead = "hidden"
    else:
        word.unread = "text-not-seen"


def _strike(page: Page) -> None:
    """Words with a rule through them are dead; a rule under them makes them stand out."""
    by_line: dict[int, list[Word]] = {}
    for word in page.words:
        by_line.setdefault(int(word.base // 20), []).append(word)
    for rule in page.rules:
        if rule.level and rule.bottom - rule.top <= _THIN:
            middle = (rule.top + rule.bottom) / 2
            near = [w for band in range(-1, 2) for w in by_line.get(int(middle // 20) + band, ())]
            met = [w for w in near if min(rule.right, w.right) - max(rule.left, w.left) > 0.3 * (w.right - w.left)]
            _draw_through(rule, middle, [w for w in met if 0.12 <= (w.base - middle) / w.size <= 0.5])
            for word in met:
                if -0.25 <= (word.base - middle) / word.size < 0.05 and rule.right - rule.left < page.width * 0.8:
                    word.underlined = True


def _draw_through(rule: Rule, middle: float, words: list[Word]) -> None:
    """A rule that begins and ends where words do strikes them out; a border that happens to cross a word is no such rule."""
    if not words:
        return
    left, right = min(w.left for w in words), max(w.right for w in words)
    slack = 0.6 * max(w.size for w in words)
    if rule.left < left - slack or rule.right > right + slack:
        return
    for word in words:
        shared = min(rule.right, word.right) - max(rule.left, word.left)
        if shared > 0.8 * (word.right - word.left):
            word.dead = word.dead or "deleted"
        else:
            word.unread = "text-half-struck"


def _find_overprints(page: Page) -> None:
    """A word printed twice at one place is said once; two words at one place cannot be read."""
    cells: dict[tuple[int, int], list[Word]] = {}
    kept = []
    for word in page.words:
        twice = False
        for other in _near(cells, word):
            wide = min(word.right, other.right) - max(word.left, other.left)
            high = min(word.base, other.base) - max(word.base - 0.5 * word.size, other.base - 0.5 * other.size)
            if wide > 0.5 * min(word.right - word.left, other.right - other.left) and high > 0.3 * min(
                word.size, other.size
            ):
                if word.text == other.text and abs(word.left - other.left) < 0.2 * word.size and not other.dead:
                    twice = True
                    other.bold = True
                elif not word.dead and not other.dead:
                    word.unread = other.unread = "text-over-text"
        if not twice:
            kept.append(word)
            for key in _keys(word):
                cells.setdefault(key, []).append(word)
    page.words[:] = kept


def _near(cells: dict[tuple[int, int], list[Word]], word: Word) -> Iterator[Word]:
    found: dict[int, Word] = {}
    for column, row in _keys(word):
        for beside in (row - 1, row, row + 1):
            found.update((id(other), other) for other in cells.get((column, beside), ()))
    yield from found.values()


def _keys(word: Word) -> Iterator[tuple[int, int]]:
    first, last = int(word.left // 40), int(word.right // 40)
    yield from ((column, int(word.base // 10)) for column in range(first, min(last, first + 50) + 1))


def _goes_on(word: Word, look: Look, left: float, right: float, base: float) -> bool:
    """Whether a character belongs to the word before it."""
    if look.turned or (word.look and word.look.turned):
        return bool(word.look and word.look.turned and look.turned)
    small = min(look.size, word.size)
    gap = left - word.right
    if word.look is look and (left, right) == word.boxes[-1] and abs(base - word.base) < 0.1:
        return True  # one sign for several letters, as "ffi"
    return (
        abs(base - word.base) < 0.15 * small
        and -0.4 * small < gap < _GAP * small
        and (word.look is look or abs(look.size - word.size) < 0.1 * small)
        and right > word.left
    )


def _character(code: int, look: Look) -> tuple[str, bool]:
    """The character shown, and whether it is known."""
    if look.symbol:
        shown = sign(look.symbol, code)
        return shown, shown != UNKNOWN
    if 0xF020 <= code <= 0xF0FF:
        shown = next((s for s in (sign("Symbol", code), sign("Wingdings", code)) if s in "•▪➢✓●■○"), UNKNOWN)
        return shown, shown != UNKNOWN
    if code in (2, 0xFFFE):
        return "-", True  # PDFium's mark for a hyphen that breaks a word
    if code < 0x20 or 0xD800 <= code < 0xE000 or code >= 0xFFFD or 0xE000 <= code <= 0xF8FF:
        return UNKNOWN, False
    character = chr(code)
    return character, not ("\u0590" <= character <= "\u08ff")


def _number(function: Any, argument: int) -> Any:
    """A number that PDFium writes into, of the kind that this argument points to."""
    return function.argtypes[argument]._type_()


def _address(pointer: Any) -> int:
    return pointer if isinstance(pointer, int) else int.from_bytes(bytes(pointer), "little")


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: tuple[float, ...]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> Rule:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Rule(min(across), min(down), max(across), max(down))


_BLANKS = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x200B})
