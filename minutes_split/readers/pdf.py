"""PDF: paragraphs put together again from letters and places.

The text is what a person sees, in the order in which it is read. Lines are
joined with one blank, a line that ends in a hyphen with a line end, so that
the word can be matched and nothing is invented. Running headers, footers and
page numbers are furniture, which stands before all else. A page that is a picture is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from minutes_split.document import BlockKind, Document, Source
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.extras import needed
from minutes_split.readers.pdf_bytes import look_at_bytes
from minutes_split.readers.pdf_furniture import take_furniture
from minutes_split.readers.pdf_lines import body_size, flows
from minutes_split.readers.pdf_page import Page, Sheet, Word
from minutes_split.readers.pdf_paragraphs import Extra, Paragraph, joined, one_table_over_pages, paragraphs_of, say
from minutes_split.readers.transcript import Transcript

_ONE_AT_A_TIME = Lock()
_MESSAGES = {
    "characters-unknown": "signs that no table turns into characters",
    "text-half-covered": "words that are covered in part",
    "text-not-seen": "words that are in the file and do not show when the page is drawn",
    "text-half-struck": "words that a line strikes out in part",
    "text-other-words": "words that are drawn as others than the file gives for them",
    "text-over-text": "words that are printed over each other",
    "pdf-scanned": "words that a machine read from a picture; nobody has compared them",
}


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark stands within the first 1,024 bytes (ISO 32000-1, annex H)."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes, caps: Caps) -> Document:
    """A PDF from its bytes.

    `Block.path` is `page 3, 72 90 523 118`: left, top, right, bottom in points.
    Raises: `ReadError` if the extra `[pdf]` is missing, if it is protected,
    damaged or larger than `caps`, or if a page is a picture.
    """
    pdfium = needed("pypdfium2", "pdf")
    told = look_at_bytes(data, caps)
    with opened(pdfium, data) as document:
        pages, about, attached = _pages_of(pdfium, document, caps)
    out = Transcript()
    out.faults.extend(told.faults)
    shown = sum(page.shows for page in pages)
    if told.shows is not None and shown < told.shows and not told.faults:
        out.fault(
            "pdf-text-lost", "file", f"shows text {told.shows} times, of which {told.shows - shown} were not read"
        )
    if about:
        out.put_aside("metadata", about, "file")
    for number, name in enumerate(attached, 1):
        out.put_aside("embedded", name, f"attachment {number}")
        out.fault("embedded-unread", f"attachment {number}", "holds an embedded file that is not read")
    _require_words(pages)
    furniture = take_furniture(pages)
    body = body_size(pages)
    made = []
    for page in pages:
        _report(page, out)
        made.append(paragraphs_of(page, flows(page)))
    one_table_over_pages(made)
    items: list[Paragraph | Extra] = []
    for page, found in zip(pages, made, strict=True):
        top, bottom = furniture[page.number]
        items += [_extra(line.words, page, "furniture", "header") for line in top]
        items += found
        items += [_extra(words, page, "note", "turned") for words in _turned(page)]
        items += [_extra(line.words, page, "furniture", "footer") for line in bottom]
        items += [Extra("note", words, page.number, "comment", aside="comment") for words in page.comments]
        items += [Extra("note", words, page.number, "aloud", aside="alt") for words in page.aloud if words]
    say(joined(items), out, body)
    out.end_aside()
    source = Source("pdf", hashlib.sha256(data).hexdigest())
    return Document(out.text, source, tuple(out.blocks), out.marks, tuple(out.asides), tuple(out.faults))


@contextmanager
def opened(pdfium: Any, data: bytes) -> Iterator[Any]:
    """The file, open in PDFium, which does one thing at a time.

    Raises: `ReadError` if it is protected by a password, or no PDF that can be opened.
    """
    with _ONE_AT_A_TIME:
        document, code = None, 0
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            code = getattr(error, "err_code", 0) or 0
        if document is None:
            if code == pdfium.raw.FPDF_ERR_PASSWORD:
                raise ReadError("format-encrypted", "file", "is protected by a password; save it without one")
            raise ReadError("pdf-damaged", "file", "is no PDF that can be opened; it may be cut short")
        try:
            yield document
        finally:
            document.close()


def _pages_of(pdfium: Any, document: Any, caps: Caps) -> tuple[list[Page], str, list[str]]:
    """Every page, what the file says about itself, and the names of the files in it."""
    if len(document) > caps.pages:
        raise ReadError("pdf-pages", "file", f"has more than {caps.pages} pages")
    pages = []
    characters = 0
    for number in range(1, len(document) + 1):
        page = Sheet(pdfium.raw, document.raw, number, caps).read()
        characters += sum(len(word.text) for word in page.words)
        if characters > caps.elements:
            raise ReadError("pdf-characters", f"page {number}", f"the file has more than {caps.elements} characters")
        pages.append(page)
    if document.get_formtype() in (pdfium.raw.FORMTYPE_XFA_FULL, pdfium.raw.FORMTYPE_XFA_FOREGROUND):
        pages[0].faults.append(("pdf-form", "is a form whose text is made by a program; it is not read"))
    about = " ".join(value for value in document.get_metadata_dict(skip_empty=True).values() if value)
    attached = [document.get_attachment(i).get_name() for i in range(min(document.count_attachments(), caps.parts))]
    return pages, about, attached


def _require_words(pages: list[Page]) -> None:
    """Refuses pages that show something and have no words; a machine's reading under a picture is doubtful."""
    for page in pages:
        live = [word for word in (*page.words, *page.turned) if not word.dead]
        unseen = [word for word in page.words if word.dead == "hidden" and word.look and word.look.mode in (3, 7)]
        if page.pictures > 0.4 and len(unseen) > len(live):
            for word in unseen:
                word.dead, word.unread = None, "pdf-scanned"
        elif not live and (page.pictures > 0.02 or page.drawings > 60):
            raise ReadError(
                "pdf-image-page", f"page {page.number}",
                "is a picture and has no text; use the document that it was made from, or a text of it that somebody checked",
            )  # fmt: skip


def _report(page: Page, out: Transcript) -> None:
    """What was met on the page and could not be read."""
    where = f"page {page.number}"
    for code, message in page.faults:
        out.fault(code, where, message)
    for code, what in _MESSAGES.items():
        if any(word.unread == code for word in (*page.words, *page.turned)):
            out.fault(code, where, f"holds {what}")
    if page.shows and not page.words and not page.turned and not page.furniture:
        out.fault("pdf-text-lost", where, "shows text that cannot be read")
    if page.pictures > 0.35 and not any(word.unread == "pdf-scanned" for word in page.words):
        out.fault("picture-unread", where, "is a picture for the most part; what the picture says is not read")
    elif page.pictures > 0:
        out.put_aside("embedded", "", f"{where}/picture")


def _extra(words: list[Word], page: Page, kind: BlockKind, place: str) -> Extra:
    unread = any(word.unread for word in words)
    return Extra(kind, " ".join(word.text for word in words), page.number, place, unread=unread)


def _turned(page: Page) -> list[list[Word]]:
    """Words that do not run from left to right, in the order of the file, those that follow each other together."""
    found: list[list[Word]] = []
    for word in page.turned:
        if not word.dead:
            if found and word.number == found[-1][-1].number + 1:
                found[-1].append(word)
            else:
                found.append([word])
    return found
