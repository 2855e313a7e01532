"""Makes the inputs in this folder that every reader has to refuse.   python tests/bad/make.py

They are small, invented, and kept beside the script, so that a test reads the
same bytes whatever version of a packer a machine has.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.{}+xml"
WORD = KIND.format("wordprocessingml.document.main")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that is there twice is the point of one of these
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def stored(entries: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


def entries(body: str = "<w:p><w:r><w:t>Minutes</w:t></w:r></w:p>", *, kind: str = WORD) -> list[tuple[str, bytes]]:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return package(document, kind)


def package(document: str, kind: str = WORD) -> list[tuple[str, bytes]]:
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    arrow = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    arrows = f'<Relationships xmlns="{PACKAGE}/relationships">{arrow}</Relationships>'
    return [
        ("[Content_Types].xml", types.encode()),
        ("_rels/.rels", arrows.encode()),
        ("word/document.xml", document.encode()),
    ]


def ole(stream: str) -> bytes:
    """The beginning of an OLE file and the name of one stream, which is all that tells what it is."""
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def with_flag(data: bytes, flag: int) -> bytes:
    """The same archive with a flag set on its last entry, in both of its headers."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = changed.rfind(mark) + offset
        changed[place : place + 2] = struct.pack("<H", struct.unpack("<H", changed[place : place + 2])[0] | flag)
    return bytes(changed)


def made() -> dict[str, bytes]:
    good = zipped(entries())
    entity = '<!DOCTYPE w [<!ENTITY e "Minutes">]>'
    first_name = good.index(b"word/document.xml")
    return {
        "empty.txt": b"",
        "only-blanks.txt": b" \n\t\n",
        "latin-1.txt": "Zoë was seen at home.".encode("latin-1"),
        "with-nul.txt": b"Mother\0father",
        "utf-16-cut.txt": "Mother".encode("utf-16")[:-1],
        "rich.rtf": b"{\\rtf1\\ansi Mother}",
        "page.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "page.html": b"<!DOCTYPE html><html><p>Mother</p></html>",
        "flat.xml": b'<?xml version="1.0"?><pkg:package/>',
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(20),
        "old.doc": ole("WordDocument"),
        "password.docx": ole("EncryptedPackage"),
        "old.xls": ole("Workbook"),
        "mail.msg": ole("__properties_version1.0"),
        "open.odt": stored([("mimetype", b"application/vnd.oasis.opendocument.text")]),
        "plain.zip": zipped([("minutes.txt", b"Mother")]),
        "sheet.xlsx": zipped(entries(kind=KIND.format("spreadsheetml.sheet.main"))),
        "slides.pptx": zipped(entries(kind=KIND.format("presentationml.presentation.main"))),
        "cut-short.docx": good[: len(good) * 2 // 3],
        "bomb.docx": zipped(entries(" " * 5_000_000)),
        "nested.docx": zipped(entries("<q>" * 100_000 + "</q>" * 100_000)),
        "doctype.docx": zipped(package(f'<!DOCTYPE w><w:document xmlns:w="{W}"/>')),
        "entity.docx": zipped(package(f'{entity}<w:document xmlns:w="{W}"><w:body>&e;</w:body></w:document>')),
        "not-well-formed.docx": zipped(package(f'<w:document xmlns:w="{W}"><w:body></w:document>')),
        "other-root.docx": zipped(package("<minutes/>")),
        "no-body.docx": zipped(package(f'<w:document xmlns:w="{W}"/>')),
        "no-text.docx": zipped(entries("<w:p/>")),
        "no-main-part.docx": zipped([*entries()[:1], ("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode())]),
        "main-part-missing.docx": zipped(entries()[:2]),
        "twice.docx": zipped([*entries(), ("word/document.xml", b"<short/>")]),
        "twice-in-capitals.docx": zipped([*entries(), ("Word/Document.xml", b"<short/>")]),
        "outside.docx": zipped([*entries(), ("../evil.xml", b"<x/>")]),
        "password-on-entry.docx": with_flag(good, 1),
        "two-names.docx": good[:first_name] + b"word/documenT.xml" + good[first_name + 17 :],
        "two-archives.docx": good + good,
        "before-archive.docx": good[:30] + good,
        "wrong-checksum.docx": good.replace(good[good.rfind(b"PK\1\2") + 16 :][:4], b"\1\2\3\4"),
    }  # fmt: skip


if __name__ == "__main__":
    for name, data in made().items():
        (Path(__file__).parent / name).write_bytes(data)
