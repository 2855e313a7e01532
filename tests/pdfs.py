"""PDFs put together object by object, for tests of what hides in them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

Objects = Mapping[int, bytes]


def stream(content: bytes, about: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream, with its length."""
    if packed:
        content, about = zlib.compress(content), about + b" /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (about, len(content), content)


def file(objects: Objects, trailer: bytes = b"", *, head: bytes = b"%PDF-1.7\n") -> bytes:
    """A file of these objects; number 1 is the catalogue."""
    return _listed(head, objects, b"/Root 1 0 R " + trailer)


def _listed(before: bytes, objects: Objects, trailer: bytes) -> bytes:
    out, starts = bytearray(before), {}
    for number, body in sorted(objects.items()):
        starts[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at, size = len(out), max(objects) + 1
    out += b"xref\n"
    if before.startswith(b"%PDF") and b"startxref" not in before:
        out += b"0 1\n0000000000 65535 f \n"
    for number, start in starts.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, start)
    return bytes(out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at))


def updated(before: bytes, objects: Objects, trailer: bytes = b"") -> bytes:
    """A file with a change appended, as programs do when they save in a hurry."""
    at = int(before.rsplit(b"startxref", 1)[1].split()[0])
    return _listed(before, objects, b"/Root 1 0 R /Prev %d %s" % (at, trailer))


SEEN = b"BT /F1 11 Tf 72 700 Td (Jayden is in Year 5.) Tj ET\n"


def sheet(
    shown: bytes = b"",
    *,
    catalogue: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    more: Objects | None = None,
    trailer: bytes = b"",
    packed: bool = False,
) -> bytes:
    """A file of one page, on which these orders are carried out behind one sentence."""
    return file(objects(shown, catalogue=catalogue, page=page, resources=resources, more=more, packed=packed), trailer)


def objects(
    shown: bytes = b"",
    *,
    catalogue: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    more: Objects | None = None,
    packed: bool = False,
) -> dict[int, bytes]:
    """The objects of such a file; those of the caller have numbers from 10."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (resources, page),
        4: stream(SEEN + shown, packed=packed),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(more or {}),
    }


def text(words: bytes = b"Chidi Okafor", *, at: str = "72 600", before: bytes = b"", size: int = 11) -> bytes:
    """The order that shows these words."""
    return b"BT %s /F1 %d Tf %s Td (%s) Tj ET\n" % (before, size, at.encode(), words)


def picture(dots: bytes, wide: int, high: int) -> bytes:
    """A picture in steps of grey."""
    about = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (
        wide,
        high,
    )
    return stream(dots, about, packed=True)
