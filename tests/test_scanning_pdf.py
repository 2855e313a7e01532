"""A scan of a PDF finds a name in every place where files have kept one, and says what it could not look at."""

from __future__ import annotations

import io
import random
import sys
import time
from typing import Any

import pytest

from minutes_split import Roster
from minutes_split.docx_writer import Paragraph, docx_of
from minutes_split.errors import ReadError
from minutes_split.readers import Caps
from minutes_split.readers.pdf_strings import Said, decoded, said
from minutes_split.scanning import Scan, scan_file
from tests.pdfs import SEEN, file, objects, picture, sheet, stream, text, updated

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra `test`)")

CANARY = b"Chidi Okafor"
ROSTER = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Jayden Harper", "role": "child"}]},
            {
                "id": "B",
                "addresses": ["16 Elm Grove, Thornwick"],
                "people": [{"name": "Chidi Okafor", "role": "child", "dob": "2011-09-03"}],
            },
        ]
    }
)


def scan(data: bytes) -> Scan:
    return scan_file(data, ROSTER, family="A")


def note(subtype: str, *entries: bytes) -> dict[str, Any]:
    """A page with something pinned to it."""
    about = b"<< /Type /Annot /Subtype /%s /Rect [72 500 172 520] %s >>" % (subtype.encode(), b" ".join(entries))
    return {"page": b"/Annots [10 0 R]", "more": {10: about}}


def attached(data: bytes, *, name: bytes = b"a.bin", about: bytes = b"") -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(a) 11 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (%s) /UF (%s) /EF << /F 12 0 R >> >>" % (name, name)
    return sheet(catalogue=names, more={11: spec, 12: stream(data, b"/Type /EmbeddedFile " + about, packed=True)})


def layer(state: bytes) -> bytes:
    shown = b"/OC /L BDC\n" + text() + b"EMC\n"
    catalogue = b"/OCProperties << /OCGs [10 0 R] /D << /OFF [%s] >> >>" % state
    layers = b"/Properties << /L 10 0 R >>"
    return sheet(shown, catalogue=catalogue, resources=layers, more={10: b"<< /Type /OCG /Name (Layer) >>"})


BAR = b"0 g 60 590 200 20 re f\n"
NOISE = bytes(random.Random(1).randrange(256) for _ in range(400))
OVER = b"q 200 0 0 30 60 585 cm /Im Do Q\n"
UTF16 = b"<" + ("\ufeff" + CANARY.decode()).encode("utf-16-be").hex().encode() + b">"
EARLIER = updated(sheet(text()), {4: stream(SEEN)})
PACKED = stream(
    b"10 0 11 30 << /Title (" + CANARY + b") /Parent 9 0 R >> ".ljust(30), b"/Type /ObjStm /N 1 /First 5", packed=True
)

HIDING: dict[str, tuple[bytes, str]] = {
    # what a page shows
    "plain sight": (sheet(text()), "visible"),
    "packed": (sheet(text(), packed=True), "visible"),
    "text split over objects": (sheet(text(b"Chi") + text(b"di", at="87.3 600")), "split-runs"),
    "text split with kerning": (sheet(b"BT /F1 11 Tf 72 600 Td [(Ch) 10 (i) -5 (di)] TJ ET\n"), "visible"),
    "letters drawn in another order": (
        sheet(text(b"di", at="87.3 600") + text(b"is well.", at="72 580") + text(b"Chi")),
        "split-runs",
    ),
    "two words drawn in another order": (
        sheet(text(b"Elm Grove", at="91 600") + text(b"Jayden.", at="72 580") + text(b"16")),
        "split-runs",
    ),
    "two words drawn in another order, close over a line of others": (
        sheet(text(b"Elm Grove", at="91 600") + text(b"Jay", at="80 590") + text(b"16")),
        "split-runs",
    ),
    "broken at the end of a line": (
        sheet(text(b"That was Oka-", at="72 600") + text(b"for.", at="72 586")),
        "split-runs",
    ),
    "turned": (sheet(b"BT /F1 11 Tf 0 1 -1 0 300 300 Tm (Chidi) Tj ET\n"), "visible"),
    "in a form inside the page": (
        sheet(
            b"/Fm Do\n",
            resources=b"/XObject << /Fm 10 0 R >>",
            more={
                10: stream(
                    text(), b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>"
                )
            },
        ),
        "visible",
    ),
    # what a page holds and does not show
    "white": (sheet(text(before=b"1 g")), "white-text"),
    "nearly white": (sheet(text(before=b"0.98 g")), "white-text"),
    "half a point": (sheet(text(size=1)), "tiny-text"),
    "render mode 3": (sheet(text(before=b"3 Tr")), "hidden-text"),
    "seen through": (
        sheet(b"/G gs\n" + text(), resources=b"/ExtGState << /G 10 0 R >>", more={10: b"<< /Type /ExtGState /ca 0 >>"}),
        "hidden-text",
    ),
    "off the page on the right": (sheet(text(at="700 600")), "hidden-text"),
    "off the page on the left": (sheet(text(at="-90 600")), "hidden-text"),
    "above the page": (sheet(text(at="72 900")), "hidden-text"),
    "below the page": (sheet(text(at="72 -20")), "hidden-text"),
    "black bar over it": (sheet(text() + BAR), "covered-text"),
    "black bar under it": (sheet(BAR + text()), "covered-text"),
    "bar over half of a word": (sheet(text(b"Chidi") + b"0 g 85 590 200 20 re f\n"), "covered-text"),
    "white bar over it": (sheet(text() + b"1 g 60 590 200 20 re f\n"), "covered-text"),
    "even picture over it": (
        sheet(text() + OVER, resources=b"/XObject << /Im 10 0 R >>", more={10: picture(b"\x80", 1, 1)}),
        "covered-text",
    ),
    "photograph over it": (
        sheet(text() + OVER, resources=b"/XObject << /Im 10 0 R >>", more={10: picture(NOISE, 20, 20)}),
        "covered-text",
    ),
    "grey on grey": (sheet(b"0.5 g 60 590 200 20 re f\n" + text(before=b"0.5 g")), "hidden-text"),
    "cut off": (sheet(b"q 0 0 10 10 re W n\n" + text() + b"Q\n"), "covered-text"),
    "layer switched off": (layer(b"10 0 R"), "covered-text"),
    "struck out": (sheet(text() + b"0.6 w 72 603.6 m 137 603.6 l S\n"), "deleted"),
    "other text for reading aloud": (
        sheet(b"/Span << /ActualText (Chidi Okafor) >> BDC\n" + text(b"X") + b"EMC\n"),
        "alt-text",
    ),
    "drawn where other words are read aloud": (
        sheet(b"/Span << /ActualText (a child) >> BDC\n" + text() + b"EMC\n"),
        "visible",
    ),
    "drawn where other words are read aloud, by a name": (
        sheet(b"/Span /M BDC\n" + text() + b"EMC\n", resources=b"/Properties << /M << /ActualText (a child) >> >>"),
        "visible",
    ),
    # what stands beside the pages
    "properties": (sheet(more={10: b"<< /Author (Chidi Okafor) >>"}, trailer=b"/Info 10 0 R"), "metadata"),
    "properties in sixteen bits": (
        sheet(more={10: b"<< /Title " + UTF16 + b" >>"}, trailer=b"/Info 10 0 R"),
        "metadata",
    ),
    "properties with a key of their own": (
        sheet(more={10: b"<< /Child (Chidi Okafor) >>"}, trailer=b"/Info 10 0 R"),
        "metadata",
    ),
    "properties with escapes": (
        sheet(more={10: b"<< /Author (C\\150idi\\\n \\(Okafor\\)) >>"}, trailer=b"/Info 10 0 R"),
        "metadata",
    ),
    "XMP": (
        sheet(
            catalogue=b"/Metadata 10 0 R",
            more={
                10: stream(
                    b"<x:xmpmeta><dc:title>Chidi Okafor</dc:title></x:xmpmeta>", b"/Type /Metadata /Subtype /XML"
                )
            },
        ),
        "metadata",
    ),
    "outline": (
        sheet(
            catalogue=b"/Outlines 10 0 R",
            more={10: b"<< /First 11 0 R >>", 11: b"<< /Title (Chidi Okafor) /Parent 10 0 R /Dest [3 0 R /Fit] >>"},
        ),
        "outline",
    ),
    "outline in a packed object": (sheet(more={11: PACKED}), "outline"),
    "comment": (sheet(**note("Text", b"/Contents (Ask Chidi Okafor.)")), "comment"),
    "rich comment": (sheet(**note("Text", b"/RC (<p>Chidi</p>)")), "comment"),
    "pop-up": (sheet(**note("Popup", b"/Contents (Chidi Okafor)")), "comment"),
    "author of a comment": (sheet(**note("Text", b"/T (Chidi Okafor)")), "author"),
    "value of a field": (sheet(**note("Widget", b"/FT /Tx /T (child) /V (Chidi Okafor)")), "form-field"),
    "name of a field": (sheet(**note("Widget", b"/FT /Tx /T (chidi_okafor)")), "form-field"),
    "choice of a field": (sheet(**note("Widget", b"/FT /Ch /Opt [(one) (Chidi Okafor)]")), "form-field"),
    "link": (sheet(**note("Link", b"/A << /S /URI /URI (mailto:chidi%2Eokafor@example.org) >>")), "link"),
    "link to a file": (sheet(**note("Link", b"/A << /S /GoToR /F (ChidiOkafor.pdf) >>")), "link"),
    "alternative text": (
        sheet(
            catalogue=b"/StructTreeRoot 10 0 R",
            more={
                10: b"<< /Type /StructTreeRoot /K 11 0 R >>",
                11: b"<< /Type /StructElem /S /Figure /P 10 0 R /Alt (Photo of Chidi Okafor) >>",
            },
        ),
        "alt-text",
    ),
    "text for reading aloud in the structure": (
        sheet(more={11: b"<< /Type /StructElem /S /Span /ActualText (Chidi Okafor) >>"}),
        "alt-text",
    ),
    "title in the structure": (sheet(more={11: b"<< /Type /StructElem /S /Sect /T (Chidi Okafor) >>"}), "alt-text"),
    "named place": (sheet(catalogue=b"/Names << /Dests << /Names [(Chidi Okafor) [3 0 R /Fit]] >> >>"), "bookmark"),
    "name of a layer": (sheet(more={10: b"<< /Type /OCG /Name (Chidi Okafor) >>"}), "raw"),
    "name in the code": (sheet(more={10: b"<< /Chidi#20Okafor 1 >>"}), "raw"),
    "program": (sheet(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert('Chidi Okafor')) >>"), "script"),
    "program in a stream": (
        sheet(
            catalogue=b"/OpenAction << /S /JavaScript /JS 10 0 R >>",
            more={10: stream(b'app.alert("Chidi Okafor");', packed=True)},
        ),
        "script",
    ),
    "words in a picture's file": (
        sheet(more={10: stream(b"\xff\xd8 Exif Chidi Okafor", b"/Subtype /Image /Filter /DCTDecode")}),
        "picture",
    ),
    # files in the file
    "Word file": (attached(docx_of([Paragraph(CANARY.decode())])), "embedded-file"),
    "PDF": (attached(sheet(text(before=b"3 Tr"))), "embedded-file"),
    "text": (attached(CANARY, about=b"/Subtype /text#2Fplain"), "embedded-file"),
    "something else": (attached(b"\x00\x01" + CANARY.decode().encode("utf-16-le")), "embedded-file"),
    "name of a file": (attached(b"x", name=b"Chidi_Okafor.txt"), "part-name"),
    "file pinned to a page": (
        sheet(
            page=b"/Annots [10 0 R]",
            more={
                10: b"<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (a) /EF << /F 11 0 R >> >> >>",
                11: stream(CANARY),
            },
        ),
        "embedded-file",
    ),
    # earlier states, and what nobody asks for
    "page of an earlier state": (EARLIER, "earlier-revision"),
    "properties of an earlier state": (
        updated(
            sheet(more={10: b"<< /Author (Chidi Okafor) >>"}, trailer=b"/Info 10 0 R"),
            {10: b"<< /Author (x) >>"},
            b"/Info 10 0 R",
        ),
        "earlier-revision",
    ),
    "content that no page asks for": (sheet(more={10: stream(text())}), "raw"),
    "remark between objects": (sheet().replace(b"xref\n", b"% Chidi Okafor\nxref\n", 1), "raw"),
    "behind the end": (sheet() + b"Chidi Okafor\n", "raw"),
}


@pytest.mark.parametrize("place", HIDING)
def test_a_name_is_found_wherever_it_hides(place: str) -> None:
    data, hiding = HIDING[place]
    told = scan(data)
    assert told.verdict == "found"
    assert hiding in {trace.hiding for trace in told.traces}


@pytest.mark.parametrize("place", HIDING)
def test_without_the_name_nothing_is_found_there(place: str) -> None:
    data = HIDING[place][0]
    own = Roster.load(
        {
            "families": [
                {"id": "A", "people": [{"name": "Jayden Harper"}]},
                {"id": "B", "people": [{"name": "Uzoma Eze"}]},
            ]
        }
    )
    assert scan_file(data, own, family="A").traces == ()


def test_a_trace_says_the_page_or_the_object_and_no_words() -> None:
    assert {("name", "page 1"), ("name", "object 10")} == {
        (trace.kind, trace.part) for trace in scan(sheet(text(), **note("Text", b"/Contents (Chidi)"))).traces
    }


@pytest.mark.parametrize(
    ("words", "kind"),
    [(b"Born 3 September 2011.", "date-of-birth"), (b"At 16, Elm Gr. now", "address"), (b"OKAFOR, Chidi", "name")],
)
def test_values_are_known_in_every_writing(words: bytes, kind: str) -> None:
    assert [kind] == [trace.kind for trace in scan(sheet(text(words))).traces]


KEYS = {
    "alt-text": "Alt ActualText E", "link": "URI", "script": "JS", "form-field": "V DV TU TM Opt RV", "comment": "Contents RC Subj",
    "metadata": "Author Creator Producer Subject Keywords", "bookmark": "Dest Names", "part-name": "UF Desc", "raw": "Other", "outline": "Title",
    "author": "T",
}  # fmt: skip


@pytest.mark.parametrize(("hiding", "key"), [(hiding, key) for hiding, keys in KEYS.items() for key in keys.split()])
def test_a_string_is_called_by_the_key_that_it_stands_under(hiding: str, key: str) -> None:
    data = sheet(more={10: b"<< /%s (Chidi Okafor) >>" % key.encode()})
    assert [hiding] == [trace.hiding for trace in scan(data).traces]


@pytest.mark.parametrize(
    ("about", "hiding"),
    [
        (b"/FT /Tx /T", "form-field"), (b"/Subtype /Widget /T", "form-field"), (b"/FT /Tx /Title", "form-field"), (b"/Pg 3 0 R /T", "alt-text"),
        (b"/Type /StructElem /T", "alt-text"), (b"/S /URI /F", "link"), (b"/EF << >> /F", "part-name"), (b"/Type /Filespec /F", "part-name"),
    ],
)  # fmt: skip
def test_some_keys_mean_something_else_in_another_object(about: bytes, hiding: str) -> None:
    data = sheet(more={10: b"<< %s (Chidi Okafor) >>" % about})
    assert [hiding] == [trace.hiding for trace in scan(data).traces]


def test_what_is_alive_is_read_over_what_is_struck_out() -> None:
    half = text(b"16", at="72 600") + text(b"Elm", at="90 600") + text(b"Grove", at="114 600")
    assert (
        scan(sheet(half + b"0.6 w 89 603.6 m 110 603.6 l S\n")).verdict == "found"
    )  # what was meant, if nothing had been struck
    between = text(b"16", at="72 600") + text(b"Oak", at="90 600") + text(b"Elm Grove", at="114 600")
    assert scan(sheet(between)).verdict == "nothing_found"
    assert scan(sheet(between + b"0.6 w 89 603.6 m 112 603.6 l S\n")).verdict == "found"


# --- what could not be looked at ----------------------------------------------------------------


def locked(user: str, strength: int = 128) -> bytes:
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed (extra `test`)")
    encryption = pytest.importorskip(
        "reportlab.lib.pdfencrypt", reason="reportlab is not installed (extra `test`)"
    ).StandardEncryption(user, "owner", strength=strength)
    saved = io.BytesIO()
    canvas = canvas_module.Canvas(saved, encrypt=encryption, invariant=1)
    canvas.drawString(72, 700, "Jayden is in Year 5.")
    canvas.setAuthor("Chidi Okafor")
    canvas.bookmarkPage("here")
    canvas.addOutlineEntry("About Chidi", "here")
    canvas.textAnnotation("Ask Chidi Okafor.", Rect=[72, 500, 172, 520])
    canvas.save()
    return saved.getvalue()


IMAGE: dict[str, Any] = {"resources": b"/XObject << /Im 10 0 R >>", "more": {10: picture(NOISE, 20, 20)}}
PAGE_OF_A_SCANNER = file({**objects(**IMAGE), 4: stream(b"q 595 0 0 842 0 0 cm /Im Do Q")})
ODD_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Odd /Encoding << /Differences [65 /g1 /g2 /g3] >> >>"
FORM = stream(b"BT /F1 9 Tf <0203> Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
UNREAD: dict[str, tuple[bytes, str, str]] = {
    "page that is a picture": (PAGE_OF_A_SCANNER, "scan-image-page", "page 1"),
    "picture on a page": (sheet(OVER, **IMAGE), "scan-picture", "page 1"),
    "picture on no page": (sheet(more={10: picture(NOISE, 20, 20)}), "scan-picture", "object 10"),
    "page that is drawn": (
        file({**objects(), 4: stream(b"".join(b"%d 9 m 9 %d l S\n" % (n, n) for n in range(70)))}),
        "scan-drawing",
        "page 1",
    ),
    "letters without a table": (sheet(b"BT /F2 11 Tf 72 600 Td (ABC) Tj ET\n", more={10: ODD_FONT}).replace(
        b"/F1 5 0 R >>", b"/F1 5 0 R /F2 10 0 R >>"), "scan-letters", "page 1"),
    "packed in a way of its own": (
        sheet(more={10: stream(b"abc", b"/Type /EmbeddedFile /Filter /LZWDecode")}), "scan-packed", "object 10"),
    "packed in steps": (
        sheet(more={10: stream(b"abc", b"/DecodeParms << /Predictor 12 >>", packed=True)}), "scan-packed", "object 10"),
    "objects packed in steps": (
        sheet(more={10: stream(b"abc", b"/Type /ObjStm /N 1 /First 4 /DecodeParms << /Predictor 12 >>", packed=True)}),
        "scan-packed", "object 10"),
    "content in no use": (sheet(more={10: stream(b"BT <0203> Tj ET")}), "scan-unreached", "object 10"),
    "content in no use of a changed file": (
        updated(sheet(more={10: stream(b"BT <0203> Tj ET")}), {4: stream(SEEN)}), "scan-unreached", "object 10"),
    "form that is not drawn": (
        sheet(resources=b"/XObject << /Fm 10 0 R >>", more={10: FORM}), "scan-unreached", "object 10"),
    "form in no use": (sheet(more={10: FORM}), "scan-unreached", "object 10"),
    "pattern": (
        sheet(resources=b"/Pattern << /P 10 0 R >>", more={10: stream(b"BT <0203> Tj ET", b"/PatternType 1")}),
        "scan-unreached", "object 10"),
    "note that is not shown": (
        sheet(**note("Stamp", b"/F 2 /AP << /N 11 0 R >>")), "scan-hidden-note", "object 10"),
    "note that is not on the screen": (
        sheet(**note("Stamp", b"/F 36 /AP << /N 11 0 R >>")), "scan-hidden-note", "object 10"),
    "other words that stand somewhere else": (
        sheet(b"/Span /M BDC\n" + text(b"X") + b"EMC\n",
              resources=b"/Properties << /M << /ActualText 10 0 R >> >>", more={10: b"(a child)"}),
        "pdf-other-words", "page 1"),
    "file inside": (attached(b"\0\1"), "scan-binary", "attachment 1"),
    "broken Word file inside": (attached(b"PK\3\4 and nothing more"), "scan-inner", "attachment 1"),
    "broken PDF inside": (attached(b"%PDF-1.7 and nothing more"), "scan-inner", "attachment 1"),
    "damaged stream": (
        sheet(packed=True).replace(b"stream\nx", b"stream\nq"), "pdf-stream-damaged", "object 4"),
    "locked against changes": (locked(""), "scan-locked", "file"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREAD)
def test_what_could_not_be_looked_at_is_said_and_leaves_the_answer_open(what: str) -> None:
    data, code, where = UNREAD[what]
    told = scan_file(data, Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden"}]}]}), family="A")
    assert (told.verdict, (code, where) in {(fault.code, fault.where) for fault in told.unread}) == ("cannot_say", True)


def test_a_paper_of_which_everything_was_looked_at_leaves_nothing_open() -> None:
    told = scan(
        sheet(text(b"Jayden reads well."), packed=True, trailer=b"/Info 10 0 R", more={10: b"<< /Title (x) >>"})
    )
    assert (told.verdict, told.unread, told.parts) == ("nothing_found", (), 1)


def test_a_page_with_few_lines_and_no_words_is_empty_and_one_with_many_is_a_drawing() -> None:
    for many, codes in ((60, []), (61, ["scan-drawing"])):
        lines = b"".join(b"%d 9 m 9 %d l S\n" % (n, n) for n in range(many))
        assert [fault.code for fault in scan(file({**objects(), 4: stream(lines)})).unread] == codes


def test_a_text_file_inside_is_read_and_a_file_of_the_library_too() -> None:
    for inside, about in ((b"Jayden reads well.", b"/Subtype /text#2Fplain"), (docx_of([Paragraph("Jayden")]), b"")):
        assert scan(attached(inside, about=about)).verdict == "nothing_found"


def test_a_form_that_is_drawn_and_a_field_with_its_look_leave_nothing_open() -> None:
    ours = stream(text(b"Jayden"), b"/Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>")
    drawn = sheet(b"/Fm Do\n", resources=b"/XObject << /Fm 10 0 R >>", more={10: ours})
    look = b"<< /Type /Annot /Subtype /Widget /FT /Tx /V (x) /F 4 /Rect [72 500 172 520] /AP << /N 11 0 R >> >>"
    states = b"<< /On 12 0 R >>"
    for data in (
        drawn,
        sheet(page=b"/Annots [10 0 R]", more={10: look, 11: ours}),
        sheet(page=b"/Annots [10 0 R]", more={10: look, 11: states, 12: ours}),
    ):
        assert scan(data).unread == ()


def test_two_letters_that_are_read_aloud_as_one_sign_leave_nothing_open() -> None:
    assert scan(sheet(b"/Span << /ActualText (-) >> BDC\n" + text(b"X") + b"EMC\n")).unread == ()


def test_of_a_locked_file_comments_outline_and_properties_are_read_all_the_same() -> None:
    assert {"metadata", "outline", "comment"} == {trace.hiding for trace in scan(locked("")).traces}


def test_a_file_that_a_reader_may_begin_before_it_is_whole_has_no_earlier_state() -> None:
    whole = objects(text(b"Jayden reads well."), more={10: b"<< /Linearized 1 >>"})
    first = file(whole, head=b"%PDF-1.7\n% /Linearized 1 /L 00000\n")
    once = updated(first, {4: whole[4]})
    linearized = once.replace(b"/L 00000", b"/L %05d" % len(once))
    assert (scan(once).parts, scan(linearized).parts) == (2, 1)
    assert scan(updated(linearized, {4: whole[4]})).parts == 2


def test_more_states_than_are_looked_at_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes_split.scanning.pdf._STATES", 1)
    data = updated(updated(sheet(), {4: stream(SEEN)}), {4: stream(SEEN)})
    assert [(fault.code, fault.where) for fault in scan(data).unread] == [("scan-state", "file")]


def test_a_file_inside_that_ends_like_a_pdf_is_no_earlier_state() -> None:
    for number in (0, 12):  # before and behind the other streams
        inside = {
            number: stream(sheet(), b"/Type /EmbeddedFile"),
            11: b"<< /Type /Filespec /EF << /F %d 0 R >> >>" % number,
        }
        told = scan(sheet(text(), more=inside))
        assert (told.parts, {trace.part for trace in told.traces}) == (2, {"page 1"})


# --- refused ------------------------------------------------------------------------------------

REFUSED = {
    "a password": (locked("secret"), "format-encrypted"),
    "cut short": (sheet()[:40], "pdf-damaged"),
    "only its name": (b"%PDF-1.7\n", "pdf-damaged"),
    "no pages": (file({1: b"<< /Type /Catalog >>", 2: b"<< >>"}), "pdf-damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_opened_is_refused(what: str) -> None:
    data, code = REFUSED[what]
    with pytest.raises(ReadError) as refused:
        scan(data)
    assert code == refused.value.code


@pytest.mark.parametrize(
    ("caps", "message"),
    [
        (Caps(file_bytes=500), "file: is larger than 500 bytes [file-too-large]"),
        (Caps(elements=10), "page 1: holds more than 10 characters [pdf-characters]"),
        (Caps(elements=40), "page 2: the file has more than 40 characters [pdf-characters]"),
        (Caps(unzipped_bytes=20), "object 4: the file unpacks to more than 20 bytes [zip-bomb]"),
        (Caps(pages=1), "file: has more than 1 pages [pdf-pages]"),
    ],
)
def test_a_file_above_its_limits_is_refused(caps: Caps, message: str) -> None:
    many = objects(text(), packed=True)
    many |= {2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>", 6: many[3]}
    try:
        told = scan_file(file(many), ROSTER, family="A", caps=caps)
    except ReadError as error:
        assert message == str(error)
    else:
        assert message in [str(fault) for fault in told.unread]


def test_a_file_of_just_the_size_that_may_be_is_read() -> None:
    data = sheet(text())
    assert scan_file(data, ROSTER, family="A", caps=Caps(file_bytes=len(data))).verdict == "found"


PREDICTED = b" /DecodeParms << /Predictor 12 /Columns 4 >>"


@pytest.mark.parametrize(
    ("about", "faults"),
    [
        (b"/Type /XRef" + PREDICTED, []),
        (b"/Type /XRef", []),
        (b"/Type /ObjStm /N 0 /First 0" + PREDICTED, ["scan-packed"]),
        (b"/Type /ObjStm /N 0 /First 0", []),
        (b"/Length1 20" + PREDICTED, []),
        (b"/Type /Else" + PREDICTED, ["scan-packed"]),
        (b"/Type /Else", []),
    ],
)
def test_a_stream_that_is_packed_in_another_way_is_listed_if_it_may_hold_words(about: bytes, faults: list[str]) -> None:
    """The list of places of a file is packed so in most files, and holds none."""
    told = scan(sheet(more={10: stream(b"nothing here", about, packed=True)}))
    assert [fault.code for fault in told.unread] == faults
    if faults:
        assert str(told.unread[0]) == (
            "object 10: is packed in a way that is not unpacked; it was not looked at [scan-packed]"
        )


def test_without_the_extra_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError) as refused:
        scan(sheet())
    assert (
        str(refused.value)
        == "file: needs the extra [pdf]; install it with: pip install minutes-split[pdf] [extra-missing]"
    )


def test_a_large_picture_is_looked_through_in_seconds_and_a_name_in_it_is_found() -> None:
    dots = random.Random(3).randbytes(4_000_000)
    for hidden in (b"\0Author\0Chidi Okafor\0", "\0Chidi Okafor\0".encode("utf-16-be"), b""):
        began = time.process_time()
        data = sheet(more={10: stream(dots + hidden + dots, b"/Subtype /Image /Filter /DCTDecode")})
        assert {trace.hiding for trace in scan(data).traces} == ({"picture"} if hidden else set())
        assert time.process_time() - began < 8


# --- strings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (b"<< /Alt (a (b) c) >>", [("name", "", "Alt"), ("string", "Alt", "a (b) c")]),
        (b"(a\\)b\\\\)", [("string", "", "a)b\\")]),
        (b"(\\101\\7z\\q)", [("string", "", "A\x07zq")]),
        (b"(a\\\r\nb\\\nc\\n)", [("string", "", "abc\n")]),
        (b"<41 4>", [("string", "", "A@")]),
        (b"/A#20B", [("name", "", "A B")]),
        (b"% words\n(x)", [("remark", "", " words"), ("string", "", "x")]),
        (b"(no end", [("string", "", "no end")]),
        (b"/F1 11 Tf (x) Tj", [("name", "", "F1"), ("string", "", "x")]),
        (b"/V 1 0 R (x)", [("name", "", "V"), ("string", "V", "x")]),
    ],
)
def test_strings_names_and_remarks_are_read_with_their_keys(code: bytes, expected: list[tuple[str, str, str]]) -> None:
    assert expected == [(each.kind, each.key, each.text) for each in said(code)]
    assert all(isinstance(each, Said) and "x" not in repr(each).replace("text", "") for each in said(code))


@pytest.mark.parametrize(
    ("letters", "text_"),
    [
        ("\ufeffŁ".encode("utf-16-be"), "Ł"), (b"\xff\xfeA\0", "A"), (b"\0A\0b", "Ab"), (b"\xef\xbb\xbf\xc5\x81", "Ł"),
        (b"\xc3\xa9", "é"), (b"\xe9", "é"), (b"\x95\x90s", "Ł’s"), (b"", ""),
    ],
)  # fmt: skip
def test_letters_are_read_in_the_way_they_are_written(letters: bytes, text_: str) -> None:
    assert text_ == decoded(letters)
