"""Text as it was typed, or pasted from a mail; Markdown is text too.

The text itself stays as it is. Its layout is read later, by
`minutes_split.blocks`, in the same way for pasted text and for a file.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace

from minutes_split.document import Document, Source
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKDOWN = re.compile(r"^(?:#{1,6} +\S|\S.*\n(?:={3,}|-{3,}) *$|\|.*\|\n\|[ :|-]+\|)", re.MULTILINE)


def read_text(data: bytes, caps: Caps) -> Document:
    """Bytes as text: UTF-8, or UTF-16 that says so in its first two bytes.

    Raises: `ReadError` if they are neither, or hold a NUL or nothing at all.
    """
    text, place = _decoded(data)
    if text is None:
        raise ReadError(
            "text-encoding", f"byte {place}", "is neither text in UTF-8 nor a format that can be read; save it as .docx"
        )
    if "\0" in text:
        raise ReadError("text-characters", f"character {text.index(chr(0)) + 1}", "holds a NUL, which no text does")
    kind = "markdown" if _MARKDOWN.search(text.replace("\r\n", "\n")) else "text"
    return replace(Document.from_text(text), source=Source(kind, hashlib.sha256(data).hexdigest()), document_id="")


def _decoded(data: bytes) -> tuple[str | None, int]:
    """The text, or `None` and the number of the first byte that is none, from 1."""
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding), 0
    except UnicodeDecodeError as error:
        return None, len(mark) + error.start + 1
