"""One door for documents: `read` decides by content, never by the name of a file.

A reader is an entry in a table: a name, a test on the bytes, a function from
bytes to `Document`. A caller can put entries of its own before the table;
nothing is loaded that nobody named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from minutes_split.document import Document
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.docx import is_package, read_docx
from minutes_split.readers.eml import is_mail, read_mail
from minutes_split.readers.html import is_html, read_html
from minutes_split.readers.odt import is_open_document, read_odt
from minutes_split.readers.pdf import is_pdf, read_pdf
from minutes_split.readers.refused import refuse_known
from minutes_split.readers.text import read_text
from minutes_split.readers.vtt import is_transcript, read_transcript

__all__ = ["READERS", "Caps", "Reader", "read", "recognised"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format."""

    name: str
    recognises: Callable[[bytes], bool]
    """Whether these bytes are of this format, by what they begin with or hold."""
    read: Callable[[bytes, Caps], Document]
    """Raises `ReadError` if it cannot read them whole."""


READERS: tuple[Reader, ...] = (
    Reader("docx", is_package, read_docx),
    Reader("odt", is_open_document, read_odt),
    Reader("pdf", is_pdf, read_pdf),
    Reader("eml", is_mail, read_mail),
    Reader("html", is_html, read_html),
    Reader("vtt", is_transcript, read_transcript),
)


def read(
    data: bytes | Path,
    *,
    name: str | None = None,
    document_id: str | None = None,
    supersedes: str | None = None,
    readers: tuple[Reader, ...] = (),
    caps: Caps | None = None,
) -> Document:
    """A document from its bytes, or from the file at a `Path`; this is the only place that opens a file.

    `name` is what people call it; a path gives its own if there is none.
    `readers` are asked before those of the library; what no reader recognises
    is read as text if it is text.

    Raises: `ReadError` if it cannot be read whole: damaged, encrypted, of a
    format that is not read, larger than `caps`, or empty. A `str` is refused,
    since it could be a path or a text.
    """
    caps = caps or Caps()
    if isinstance(data, Path):
        name = data.name if name is None else name
        data = _opened(data, caps)
    if isinstance(data, str):
        raise ReadError("read-str", "data", "is a str; say Path(...) for a file or Document.from_text(...) for a text")
    if not isinstance(data, bytes | bytearray | memoryview):
        raise ReadError("read-type", "data", "should be bytes or a Path")
    document = _read(bytes(data), readers, caps)
    return replace(
        document,
        source=replace(document.source, name=name),
        document_id=document_id or document.document_id,
        supersedes=supersedes,
    )


def _read(data: bytes, readers: tuple[Reader, ...], caps: Caps) -> Document:
    if not data:
        raise ReadError("document-empty", "file", "holds no bytes at all")
    if len(data) > caps.file_bytes:
        raise ReadError("file-too-large", "file", f"is larger than {caps.file_bytes} bytes")
    return recognised(data, readers, caps)


def recognised(data: bytes, readers: tuple[Reader, ...], caps: Caps) -> Document:
    """The document by the first reader that recognises the bytes; the caller's come first, text comes last.

    Raises: `ReadError` if they are of a format that is known and not read, or no text.
    """
    for reader in (*readers, *READERS):
        if reader.recognises(data):
            return reader.read(data, caps)
    refuse_known(data)
    return read_text(data, caps)


def _opened(path: Path, caps: Caps) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(caps.file_bytes + 1)
    except OSError:
        pass
    raise ReadError("file-unreadable", "file", "cannot be opened")
