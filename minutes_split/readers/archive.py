"""A zip archive that says one thing only: two programs that read it see the same parts.

The central directory at the end and the headers before each entry repeat each
other. A reader that trusts one sees another document than a reader that trusts
the other, so every difference is refused.
Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4; ECMA-376 part 2, annex C.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_FOUR_BYTES = 0xFFFFFFFF
_MANY_BYTES = 1_000_000
_OUTSIDE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


class Archive:
    """The entries of a zip archive, by name.

    Raises: `ReadError` on making it if the archive is damaged, encrypted,
    ambiguous or larger than `caps`.
    """

    def __init__(self, data: bytes, caps: Caps) -> None:
        self._data = data
        self._caps = caps
        self._zip = self._opened()
        self._read = 0
        self._between: list[bytes] = []
        entries = self._zip.infolist()
        if len(entries) > caps.parts:
            raise ReadError("zip-parts", "archive", f"holds more than {caps.parts} entries")
        self._require_plain_names(entries)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._require_no_bomb(entries)
        self._require_one_story(entries)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, in the order of the central directory."""
        return tuple(self._entries)

    @property
    def between(self) -> bytes:
        """What stands between the entries and in their own headers, which programs do not show."""
        return b"\n".join(filter(None, self._between))

    def read(self, name: str) -> bytes:
        """The bytes of an entry, checked against its CRC.

        Raises: `ReadError` if they are damaged or if more was unzipped than the caps allow.
        """
        entry = self._entries[name]
        content: bytes | None = None
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(entry.file_size + 1)
                rest = stream.read(1)
        except _OUTSIDE:
            content = None
        if content is None or rest or len(content) != entry.file_size:
            raise ReadError("zip-damaged", place_of(name), "its bytes are damaged")
        self._read += len(content)
        if self._read > self._caps.unzipped_bytes:
            raise ReadError("zip-bomb", "archive", f"unzips to more than {self._caps.unzipped_bytes} bytes")
        return content

    def _opened(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(io.BytesIO(self._data))
        except _OUTSIDE:
            pass
        raise ReadError(
            "zip-damaged", "archive", "its list of entries is missing or damaged; the file may be cut short"
        )

    def _require_plain_names(self, entries: list[zipfile.ZipInfo]) -> None:
        seen: set[str] = set()
        for number, entry in enumerate(entries, 1):
            where = f"entry {number}"
            name = entry.filename
            if not name:
                raise ReadError("zip-path", where, "has no name")
            if name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/"):
                raise ReadError("zip-path", where, "its name leads outside the archive")
            if name.casefold() in seen:
                raise ReadError("zip-duplicate", where, "another entry has the same name")
            seen.add(name.casefold())

    def _require_no_bomb(self, entries: list[zipfile.ZipInfo]) -> None:
        if sum(entry.file_size for entry in entries) > self._caps.unzipped_bytes:
            raise ReadError("zip-bomb", "archive", f"unzips to more than {self._caps.unzipped_bytes} bytes")
        for number, entry in enumerate(entries, 1):
            if entry.file_size > _MANY_BYTES and entry.file_size > self._caps.ratio * max(1, entry.compress_size):
                raise ReadError("zip-bomb", f"entry {number}", f"unzips to more than {self._caps.ratio} times its size")

    def _require_one_story(self, entries: list[zipfile.ZipInfo]) -> None:
        """Local headers and central directory agree, and no entry hides between or behind the listed ones."""
        end = 0
        for number, entry in enumerate(sorted(entries, key=lambda each: each.header_offset), 1):
            where = f"entry {number}"
            if entry.flag_bits & 0x41:
                raise ReadError("zip-encrypted", where, "is encrypted; save the document without a password")
            if entry.header_offset < end or b"PK\3\4" in self._data[end : entry.header_offset]:
                raise ReadError(
                    "zip-hidden-entry", where, "overlaps another entry, or one stands before it that is not listed"
                )
            self._between.append(self._data[end : entry.header_offset])
            end = self._end_of(entry, where)
        self._between.append(self._data[end : self._zip.start_dir])
        if end > self._zip.start_dir or b"PK\3\4" in self._data[end : self._zip.start_dir]:
            raise ReadError("zip-hidden-entry", "archive", "an entry is in the file and not in its list")
        after = self._data[self._zip.start_dir :]
        if after.count(b"PK\5\6") != 1 or b"PK\3\4" in after:
            raise ReadError("zip-hidden-entry", "archive", "a second archive follows the first")

    def _end_of(self, entry: zipfile.ZipInfo, where: str) -> int:
        """Where the bytes of an entry end, once its own header was found to say what the list says."""
        start = entry.header_offset
        header = self._data[start : start + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\3\4":
            raise ReadError("zip-inconsistent", where, "has no header where the list says")
        _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
        after = start + _LOCAL.size
        name = self._data[after : after + name_length]
        if name.decode("utf-8" if flags & 0x800 else "cp437", "replace") != entry.orig_filename:
            raise ReadError("zip-inconsistent", where, "has two names")
        if method != entry.compress_type or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReadError("zip-inconsistent", where, "is packed in a way that Office files are not")
        self._between.append(self._data[after + name_length : after + name_length + extra_length])
        described_later = bool(flags & 8) and not (crc or packed or size)
        for ours, listed in ((crc, entry.CRC), (packed, entry.compress_size), (size, entry.file_size)):
            if not described_later and ours not in (listed, _FOUR_BYTES):
                raise ReadError("zip-inconsistent", where, "has two sizes or checksums")
        return int(after + name_length + extra_length) + entry.compress_size


def place_of(name: str) -> str:
    """A part's name as a place to show: without its folder, in plain letters, at most 40 of them."""
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in name.rsplit("/", 1)[-1])[:40]
