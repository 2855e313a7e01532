"""What two other programs see in the same file: LibreOffice, by what it prints, and docx2python. Left out where they are not installed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from minutes_split.document import Document
from minutes_split.readers import read
from tests.test_docx import Made, cell, item, level, lists, p, r, row, table

OFFICE = shutil.which("soffice")

PLAIN = Made(
    p("Strategy discussion", '<w:pStyle w:val="H"/>')
    + "".join(p(f"Sentence {word} of the minutes.") for word in ("amber", "birch", "cedar"))
    + item()
    + item()
    + p(r("secretword", "<w:vanish/>") + r(" shown and ") + r("CAPS", "<w:b/>"))
    + p(r("noted") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + table(row(cell("left"), cell("right")), row(cell("lower"), cell("corner")))
    + p('<w:hyperlink w:anchor="x"><w:r><w:t>linked</w:t></w:r></w:hyperlink>')
    + p("A last one" + "\u2011" + "word.")
    + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>',
    {
        "styles": '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>',
        "numbering": lists(level(0, "Family %1:")),
        "footnotes": f'<w:footnote w:id="2">{p("underneath")}</w:footnote>',
        "header1": p("OFFICIAL"),
        "footer1": p("bottomline"),
    },
)


def words(text: str) -> set[str]:
    """Words as people count them, in small letters; the mark of a footnote sticks to the word before it."""
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def seen(document: Document) -> set[str]:
    """Live words and computed numbers."""
    return words(" ".join((document.text, *(block.label for block in document.blocks))))


def by_office(data: bytes, suffix: str, to: str, folder: Path) -> bytes:
    """What LibreOffice makes of a file."""
    assert OFFICE is not None
    source = folder / f"given.{suffix}"
    source.write_bytes(data)
    home = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(  # the program is looked up above, the file is made here
        [OFFICE, home, "--headless", "--convert-to", to, "--outdir", str(folder / "made"), str(source)],
        check=True,
        timeout=120,
        capture_output=True,
    )
    return (folder / "made" / f"given.{to}").read_bytes()


needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@needs_office
def test_libreoffice_prints_the_words_and_numbers_that_are_read(tmp_path: Path) -> None:
    pdfium: Any = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra `test`)")
    ours = PLAIN.read()
    printed = by_office(PLAIN.bytes(), "docx", "pdf", tmp_path)
    told = " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed))
    assert seen(ours) == words(told)
    assert [block.label for block in ours.blocks if block.label] == re.findall(r"Family \d:", told)
    again = read(printed)
    assert seen(again) == words(told)
    assert {fault.code for fault in again.faults} <= {"cells-ambiguous"}  # a table without rules


@needs_office
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_documents_that_libreoffice_writes_are_read(suffix: str, tmp_path: Path) -> None:
    ours = PLAIN.read()
    document = read(by_office(PLAIN.bytes(), "docx", suffix, tmp_path))
    assert (document.source.format, document.faults) == (suffix, ())
    assert sorted(re.findall(r"\w+", document.text)) == sorted(re.findall(r"\w+", ours.text))
    for of in (lambda b: b.label, lambda b: b.cell and (b.cell.row, b.cell.column)):
        assert [of(b) for b in document.blocks if of(b)] == [of(b) for b in ours.blocks if of(b)]
    assert "secretword" in [aside.text.strip() for aside in document.asides if aside.kind == "hidden"]


def test_docx2python_sees_the_words_that_are_read() -> None:
    module: Any = pytest.importorskip("docx2python", reason="docx2python is not installed")
    with module.docx2python(io.BytesIO(PLAIN.bytes())) as told:
        theirs = words(re.sub(r"----\w+----|<[^<>]*>", " ", told.text))
    assert seen(PLAIN.read()) - {"family"} == theirs - {
        "family",
        "footnote",
        "secretword",
    }  # it prints hidden words as if they showed
