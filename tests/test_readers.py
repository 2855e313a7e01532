"""The one door: what it takes, what it refuses, and with which words."""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_split.document import Document, Source
from minutes_split.errors import PolicyError, ReadError
from minutes_split.readers import Caps, Reader, read
from tests.growth import LINEAR, growth

BAD = Path(__file__).parent / "bad"

REFUSED = [
    ("before-archive.docx", "zip-hidden-entry", "entry 1", "overlaps another entry, or one stands before it that is not listed"),
    ("bomb.docx", "zip-bomb", "entry 3", "unzips to more than 200 times its size"),
    ("cut-short.docx", "zip-damaged", "archive", "its list of entries is missing or damaged; the file may be cut short"),
    ("doctype.docx", "xml-doctype", "document.xml", "declares a document type or an entity, which no Office file does"),
    ("empty.txt", "document-empty", "file", "holds no bytes at all"),
    ("entity.docx", "xml-doctype", "document.xml", "declares a document type or an entity, which no Office file does"),
    ("flat.xml", "format-xml", "file", "is XML; if it is a Word document, open it in Word and save it as .docx"),
    ("latin-1.txt", "text-encoding", "byte 3", "is neither text in UTF-8 nor a format that can be read; save it as .docx"),
    ("mail.msg", "format-msg", "file", "is an Outlook message (.msg); save it as .eml, or copy its text"),
    ("main-part-missing.docx", "part-missing", "document.xml", "a part that the document needs is missing"),
    ("nested.docx", "xml-nesting", "document.xml", "is nested deeper than 2000 elements"),
    ("no-body.docx", "part-wrong", "document.xml", "has no body"),
    ("no-main-part.docx", "package-main", "package", "should point to one main document and does not"),
    ("no-text.docx", "document-empty", "document", "there is no text in it"),
    ("not-well-formed.docx", "xml-malformed", "document.xml, line 1, column 93", "is no well-formed XML"),
    ("old.doc", "format-doc", "file", "is a Word document of the old kind (.doc); open it in Word and save it as .docx"),
    ("old.xls", "format-spreadsheet", "file", "is a spreadsheet; copy the minutes into a Word document"),
    ("only-blanks.txt", "document-empty", "document", "there is no text in it"),
    ("open.odt", "part-missing", "archive", "a part that the document needs is missing"),
    ("other-root.docx", "part-wrong", "document.xml", "should hold w:document and holds something else"),
    ("outside.docx", "zip-path", "entry 4", "its name leads outside the archive"),
    ("page.html", "extra-missing", "file", "needs the extra [html]; install it with: pip install minutes-split[html]"),
    ("page.pdf", "pdf-damaged", "file", "is no PDF that can be opened; it may be cut short"),
    ("password-on-entry.docx", "zip-encrypted", "entry 3", "is encrypted; save the document without a password"),
    ("password.docx", "format-encrypted", "file", "is protected by a password; open it in Word and save it without one"),
    ("picture.png", "format-image", "file", "is an image; type what it says, or use the document it was made from"),
    ("plain.zip", "format-zip", "file", "is a zip archive and no Word document; unpack it and read what is inside"),
    ("rich.rtf", "format-rtf", "file", "is rich text (.rtf); open it in Word and save it as .docx"),
    ("sheet.xlsx", "format-spreadsheet", "file", "is a spreadsheet; copy the minutes into a Word document"),
    ("slides.pptx", "format-slides", "file", "is a presentation; copy the minutes into a Word document"),
    ("twice-in-capitals.docx", "zip-duplicate", "entry 4", "another entry has the same name"),
    ("twice.docx", "zip-duplicate", "entry 4", "another entry has the same name"),
    ("two-archives.docx", "zip-hidden-entry", "entry 1", "overlaps another entry, or one stands before it that is not listed"),
    ("two-names.docx", "zip-inconsistent", "entry 3", "has two names"),
    ("utf-16-cut.txt", "text-encoding", "byte 13", "is neither text in UTF-8 nor a format that can be read; save it as .docx"),
    ("with-nul.txt", "text-characters", "character 7", "holds a NUL, which no text does"),
    ("wrong-checksum.docx", "zip-damaged", "document.xml", "its bytes are damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code", "where", "message"), REFUSED, ids=[bad[0] for bad in REFUSED])
def test_what_cannot_be_read_is_refused_with_its_place_and_what_to_do(
    name: str, code: str, where: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if code == "extra-missing":
        monkeypatch.setitem(sys.modules, "justhtml", None)
    began = time.process_time()
    with pytest.raises(ReadError) as refused:
        read((BAD / name).read_bytes())
    assert f"{where}: {message} [{code}]" == str(refused.value)
    assert (code, where, None) == (refused.value.code, refused.value.where, refused.value.__context__)
    assert str(refused.value) == str(pickle.loads(pickle.dumps(refused.value)))
    assert time.process_time() - began < 2


def test_every_bad_input_is_in_the_table() -> None:
    assert {path.name for path in BAD.iterdir() if path.is_file() and path.suffix != ".py"} == {
        bad[0] for bad in REFUSED
    }


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(b"Mother was seen.")
    assert (read(path).source.format, read(path).source.name) == ("text", "minutes.docx")


def test_a_str_is_refused_and_told_what_to_say() -> None:
    with pytest.raises(ReadError) as refused:
        read("minutes.docx")  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    assert "is a str; say Path(...) for a file or Document.from_text(...) for a text" in str(refused.value)


def test_what_is_neither_bytes_nor_a_path_is_refused() -> None:
    with pytest.raises(ReadError, match="should be bytes or a Path"):
        read(7)  # type: ignore[arg-type]  # the wrong kind of value is what is tested


def test_a_file_that_is_not_there_is_refused_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as refused:
        read(tmp_path / "harper.docx")
    assert (str(refused.value), refused.value.__context__) == ("file: cannot be opened [file-unreadable]", None)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Mother was seen.\r\nShe was well.\r\n", "Mother was seen.\r\nShe was well.\r\n"),
        (b"\xef\xbb\xbfMother", "Mother"),
        ("Zoë".encode("utf-16"), "Zoë"),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë"),
        (b"PKU test was negative.", "PKU test was negative."),
    ],
)
def test_text_stays_as_it_is(data: bytes, text: str) -> None:
    assert text == read(data).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"# Harper family\nSeen.", "markdown"),
        (b"Harper family\n===\nSeen.", "markdown"),
        (b"| a | b |\n|---|---|\n| 1 | 2 |", "markdown"),
        (b"1. Harper family\n> quoted\n- a point", "text"),
        (b"#12 is the case number", "text"),
    ],
)
def test_markdown_is_told_from_text_by_its_headings_and_tables(data: bytes, kind: str) -> None:
    assert kind == read(data).source.format


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_any_text_comes_back_unchanged(text: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode()
    if (
        text.strip()
        and not text.lstrip().casefold().startswith(("<!doctype html", "<html", "<?xml"))
        and "%PDF-" not in text
    ):
        assert text == read(data).text


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\3\4[Content_Types].xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
)
def test_any_bytes_end_in_a_document_or_a_read_error(data: bytes, first: bytes) -> None:
    try:
        document = read(first + data)
    except ReadError as error:
        assert error.__context__ is None
    else:
        assert document.text.strip()


def test_what_the_caller_calls_the_document_stands_on_it() -> None:
    document = read(b"Mother", name="minutes of 3 March", document_id="doc-2", supersedes="doc-1")
    assert (document.source.name, document.document_id, document.supersedes) == ("minutes of 3 March", "doc-2", "doc-1")
    assert hashlib.sha256(b"Mother").hexdigest() == document.source.digest == read(b"Mother").document_id


def test_a_reader_of_the_caller_is_asked_first_and_only_if_it_is_named() -> None:
    def read_shout(data: bytes, caps: Caps) -> Document:
        return Document(data.decode()[5:], Source("shout", hashlib.sha256(data).hexdigest()))

    shout = Reader("shout", lambda data: data.startswith(b"SHOUT"), read_shout)
    assert ((found := read(b"SHOUTMother", readers=(shout,))).source.format, found.text) == ("shout", "Mother")
    assert read(b"SHOUTMother").source.format == "text"


@pytest.mark.parametrize(
    ("caps", "code"),
    [
        (Caps(file_bytes=100), "file-too-large"),
        (Caps(parts=2), "zip-parts"),
        (Caps(unzipped_bytes=500), "zip-bomb"),
        (Caps(nesting=3), "xml-nesting"),
        (Caps(elements=4), "xml-elements"),
    ],
)
def test_what_is_larger_than_the_caps_is_refused(caps: Caps, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(_small(), caps=caps)
    assert code == refused.value.code


def _small() -> bytes:
    with zipfile.ZipFile(io.BytesIO((BAD / "twice.docx").read_bytes())) as archive:
        entries = {name: archive.read(archive.getinfo(name)) for name in ("[Content_Types].xml", "_rels/.rels")}
        entries["word/document.xml"] = archive.read(archive.infolist()[2])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_caps_below_one_are_refused() -> None:
    with pytest.raises(PolicyError) as refused:
        Caps(parts=0)
    assert str(refused.value) == "$.parts: should be 1 or more [caps-range]"


def test_a_word_document_is_read_in_time_with_its_length() -> None:
    sentence = "<w:r><w:rPr><w:b/></w:rPr><w:t>The health visitor reported that mother was at home.</w:t></w:r>"

    def paragraphs(number: int) -> bytes:
        body = f"<w:p>{sentence * 8}</w:p>" * number
        with zipfile.ZipFile(io.BytesIO(_small())) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        entries["word/document.xml"] = entries["word/document.xml"].replace(b"</w:body>", body.encode() + b"</w:body>")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        return made.getvalue()

    def reading(number: int) -> Callable[[], object]:
        data = paragraphs(number)
        return lambda: read(data)

    assert growth(reading, 200) < LINEAR
    assert len(read(paragraphs(700)).blocks) == 701
