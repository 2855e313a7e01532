"""Formats that are known and not read, and what a person can do instead.

They are told by their first bytes, never by the name of the file.
"""

from __future__ import annotations

from minutes_split.errors import ReadError

_SAVE_AS = "open it in Word and save it as .docx"

_BY_FIRST_BYTES: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "format-rtf", f"is rich text (.rtf); {_SAVE_AS}"),
    (b"\x89PNG\r\n\x1a\n", "format-image", "is an image; type what it says, or use the document it was made from"),
    (b"\xff\xd8\xff", "format-image", "is an image; type what it says, or use the document it was made from"),
    (b"GIF87a", "format-image", "is an image; type what it says, or use the document it was made from"),
    (b"GIF89a", "format-image", "is an image; type what it says, or use the document it was made from"),
    (b"II*\0", "format-image", "is an image; type what it says, or use the document it was made from"),
    (b"MM\0*", "format-image", "is an image; type what it says, or use the document it was made from"),
    (b"PK\3\4", "format-zip", "is a zip archive and no Word document; unpack it and read what is inside"),
    (b"PK\5\6", "format-zip", "is an empty zip archive"),
    (b"\x1f\x8b", "format-archive", "is a packed file; unpack it and read what is inside"),
    (b"7z\xbc\xaf\x27\x1c", "format-archive", "is a packed file; unpack it and read what is inside"),
    (b"Rar!\x1a\7", "format-archive", "is a packed file; unpack it and read what is inside"),
)

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BY_STREAM: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "format-encrypted", "is protected by a password; open it in Word and save it without one"),
    ("WordDocument", "format-doc", f"is a Word document of the old kind (.doc); {_SAVE_AS}"),
    ("Workbook", "format-spreadsheet", "is a spreadsheet; copy the minutes into a Word document"),
    ("PowerPoint Document", "format-slides", "is a presentation; copy the minutes into a Word document"),
    ("__properties_version1.0", "format-msg", "is an Outlook message (.msg); save it as .eml, or copy its text"),
)

_MARKUP: tuple[tuple[str, str, str], ...] = (("<?xml", "format-xml", f"is XML; if it is a Word document, {_SAVE_AS}"),)


def refuse_known(data: bytes) -> None:
    """Refuses bytes of a format that is known and not read; otherwise does nothing.

    Raises: `ReadError` whose code begins with "format-" and whose message says what to do.
    """
    for first, code, message in _BY_FIRST_BYTES:
        if data.startswith(first):
            raise ReadError(code, "file", message)
    if data.startswith(_OLE):
        _refuse_ole(data)
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().decode("latin-1").casefold()
    for first_words, code, message in _MARKUP:
        if start.startswith(first_words):
            raise ReadError(code, "file", message)


def _refuse_ole(data: bytes) -> None:
    """Refuses an OLE compound file, by the names of the streams in it."""
    for stream, code, message in _BY_STREAM:
        if stream.encode("utf-16-le") in data:
            raise ReadError(code, "file", message)
    raise ReadError("format-ole", "file", f"is an old Office file of an unknown kind; {_SAVE_AS}")
