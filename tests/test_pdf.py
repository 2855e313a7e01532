"""PDF files drawn letter by letter, and what a person would read on them."""

from __future__ import annotations

import io
import random
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from minutes_split import Roster, Splitter
from minutes_split.document import Document
from minutes_split.errors import ReadError
from minutes_split.readers import Caps, read
from minutes_split.readers.pdf_bytes import look_at_bytes
from tests.growth import LINEAR, growth
from tests.pdfs import sheet, stream, text

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra `test`)")
canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed (extra `test`)")

A4 = (595.0, 842.0)
LEFT, RIGHT = 72, 330


def made(*pages: Callable[[Any], None], packed: bool = True) -> bytes:
    """A PDF whose pages are drawn by these; `y` counts from the bottom, as in the format."""
    saved = io.BytesIO()
    canvas = canvas_module.Canvas(saved, pagesize=A4, invariant=1, pageCompression=int(packed))
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return saved.getvalue()


def lines(*words: str, left: float = LEFT, top: float = 700, step: float = 14) -> Callable[[Any], None]:
    """Lines below each other."""

    def draw(canvas: Any) -> None:
        for number, line in enumerate(words):
            canvas.drawString(left, top - number * step, line)

    return draw


def both(*draws: Callable[[Any], None]) -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        for each in draws:
            each(canvas)

    return draw


def texts(document: Document, *kinds: str) -> list[str]:
    return [b.span.within(document.text) for b in document.blocks if not kinds or b.kind in kinds]


def unread(document: Document) -> list[str]:
    return [mark.span.within(document.text) for mark in document.marks if mark.kind == "unread"]


PROSE = (
    "Jayden is in Year 5 and has a good record of attendance, and his",
    "teacher reported that he reads well above the level that is usual for",
    "his age. Kayleigh has kept every appointment since the last meeting and",
    "she has been in touch with the school each week about his reading.",
)


def test_lines_of_a_paragraph_are_one_block_and_the_next_paragraph_another() -> None:
    document = read(made(lines(*PROSE, "She agreed.", "Chidi was seen at the shop.")))
    assert [" ".join((*PROSE, "She agreed.")), "Chidi was seen at the shop."] == texts(document)


def test_a_block_says_its_page_and_its_box_in_points() -> None:
    [block] = read(made(lines("Mother was seen."))).blocks
    assert block.path == "page 1, 72 133 159 144"


def test_a_word_broken_by_a_hyphen_keeps_its_line_end_so_that_it_can_be_matched() -> None:
    document = read(
        made(lines("The panel heard that all appointments since the last meeting with Kay-", "leigh were kept."))
    )
    assert texts(document) == [
        "The panel heard that all appointments since the last meeting with Kay-\nleigh were kept."
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = ("Kayleigh has kept every appointment and she", "has been in touch with the school each week", "about the reading of her son, who is doing",
            "well and likes the new teacher very much", "indeed, as the school has reported.")  # fmt: skip
    right = ("Ngozi has asked for a place at the centre in", "town, where the class is small and the day is", "short. Her son is on the waiting list and he",
             "has been out of school for three weeks and", "has been seen at the shop by an officer.")  # fmt: skip
    document = read(made(both(lines(*left), lines(*right, left=RIGHT))))
    assert [" ".join(left), " ".join(right)] == texts(document)


def test_columns_that_could_be_rows_are_kept_apart_and_marked() -> None:
    left = (
        "Kayleigh has kept every appointment and she",
        "has been in touch with the school each week",
        "about the reading of her son.",
    )
    right = (
        "Ngozi has asked for a place at the centre in",
        "town, where the class is small and the day",
        "is short, and she waits.",
    )
    above = both(lines(*left), lines(*right, left=RIGHT))
    below = both(lines(*left, top=630), lines(*right, left=RIGHT, top=630))
    document = read(made(both(above, below)))
    assert not [text for text in texts(document) if "Kayleigh" in text and "Ngozi" in text]
    assert "layout-ambiguous" in {fault.code for fault in document.faults}
    assert "".join(document.text.split()) == "".join("".join(unread(document)).split())


def test_what_is_marked_is_withheld_from_everybody() -> None:
    people = {
        "families": [
            {"id": "A", "people": [{"name": "Kayleigh Harper"}]},
            {"id": "B", "people": [{"name": "Ngozi Okafor"}]},
        ]
    }
    halves = (
        "Kayleigh Harper has kept every appointment",
        "and has been in touch with the school each",
        "week about the reading of her son.",
    )
    top = both(lines(*halves), lines(*halves, left=RIGHT))
    document = read(made(both(top, lines(*halves, top=630), lines(*halves, left=RIGHT, top=630))))
    view = Splitter(Roster.load(people)).split(document).view("A")
    assert (view.excerpts, view.proposals) == ((), ())


def test_short_pieces_in_columns_are_the_rows_of_a_table() -> None:
    names = ("Name", "Kayleigh Harper", "Tom Webb", "Priya Nair")
    roles = ("Role", "Mother", "Social worker", "Doctor")
    document = read(made(both(lines(*names), lines(*roles, left=RIGHT))))
    assert [word for pair in zip(names, roles, strict=True) for word in pair] == texts(document, "cell")
    assert [(b.cell.row, b.cell.column) for b in document.blocks[:4] if b.cell] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def ruled(canvas: Any) -> None:
    """Two columns, three rows; the last row is one cell."""
    canvas.grid([72, 250, 500], [700, 660, 620])
    canvas.rect(72, 590, 428, 30)
    for x, y, words in (
        (76, 688, "Harper"), (254, 688, "Kayleigh was seen and she"), (254, 674, "was well."),
        (76, 648, "Okafor"), (254, 648, "Ngozi was seen."), (76, 605, "Nobody else was seen by anybody on the day of the visit."),
    ):  # fmt: skip
        canvas.drawString(x, y, words)


def test_a_ruled_table_is_read_cell_by_cell_and_a_merged_cell_once() -> None:
    document = read(made(ruled))
    found = [
        (b.span.within(document.text), b.cell and (b.cell.row, b.cell.column, b.cell.columns)) for b in document.blocks
    ]
    assert found == [
        ("Harper", (0, 0, 1)), ("Kayleigh was seen and she was well.", (0, 1, 1)), ("Okafor", (1, 0, 1)), ("Ngozi was seen.", (1, 1, 1)),
        ("Nobody else was seen by anybody on the day of the visit.", (2, 0, 2)),
    ]  # fmt: skip


def test_a_word_over_a_rule_makes_both_cells_unread() -> None:
    document = read(made(both(ruled, lines("reachesoverthelineofthecell", left=180, top=648))))
    assert "cells-ambiguous" in {fault.code for fault in document.faults}
    assert "Ngozi was seen." in texts(document)[3] and texts(document)[3] in unread(document)


def with_furniture(number: int, *words: str) -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 800, "Official sensitive")
        canvas.drawString(280, 30, f"Page {number} of 3")
        lines(*words)(canvas)

    return draw


def test_running_lines_are_furniture_and_a_sentence_goes_on_over_the_page() -> None:
    document = read(
        made(with_furniture(1, *PROSE[:2]), with_furniture(2, *PROSE[2:]), with_furniture(3, "Chidi was seen."))
    )
    assert [" ".join(PROSE), "Chidi was seen."] == texts(document, "paragraph")
    assert texts(document, "furniture") == [
        "Official sensitive",
        "Page 1 of 3",
        "Official sensitive",
        "Page 2 of 3",
        "Official sensitive",
        "Page 3 of 3",
    ]


def test_a_heading_at_the_end_of_a_page_stands_right_above_what_it_heads() -> None:
    pages = (
        with_furniture(1, "Seen.", "Harper family"),
        with_furniture(2, "Jayden was seen."),
        with_furniture(3, "Well."),
    )
    document = read(made(*pages))
    assert texts(document, "paragraph") == ["Seen.", "Harper family", "Jayden was seen.", "Well."]
    assert [b.kind for b in document.blocks] == ["furniture"] * 6 + ["paragraph"] * 4


def test_a_name_at_the_head_of_each_sheet_is_no_running_line() -> None:
    sheets = [
        both(lines(name, top=780), lines(f"Seen at home on day {n}."))
        for n, name in enumerate(("Harper family", "Okafor family", "Harper family"))
    ]
    assert texts(read(made(*sheets)), "furniture") == []


def test_a_sentence_that_is_lost_at_the_end_of_a_page_is_marked_on_both() -> None:
    document = read(
        made(
            lines("It was reported that the mother of"),
            both(lines("Actions", top=760), lines("the boy was upset.", top=700)),
        )
    )
    assert unread(document) == ["It was reported that the mother of", "the boy was upset."]


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 650, "secretword")


def tiny(canvas: Any) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 650, "secretword")


def covered(canvas: Any) -> None:
    canvas.drawString(72, 650, "secretword")
    canvas.rect(60, 640, 200, 30, fill=1)


def invisible(canvas: Any) -> None:
    text = canvas.beginText(72, 650)
    text.setTextRenderMode(3)
    text.textOut("secretword")
    canvas.drawText(text)


def outside(canvas: Any) -> None:
    canvas.drawString(700, 650, "secretword")


@pytest.mark.parametrize("draw", [white, tiny, covered, invisible, outside], ids=lambda draw: draw.__name__)
def test_what_nobody_sees_is_put_aside(draw: Callable[[Any], None]) -> None:
    document = read(made(both(lines("Mother was seen."), draw)))
    assert document.text == "Mother was seen.\n"
    assert [(a.kind, a.text.strip()) for a in document.asides if a.kind != "metadata"] == [("hidden", "secretword")]


def test_white_letters_on_a_dark_ground_are_live() -> None:
    def header(canvas: Any) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(60, 640, 300, 30, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 650, "Harper family")

    assert "Harper family" in read(made(header)).text


def test_struck_words_are_put_aside_and_underlined_words_stand_out() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 700, "Mother was")
        wide = canvas.stringWidth("Mother was ", "Helvetica", 11)
        canvas.drawString(72 + wide, 700, "drunk")
        canvas.line(72 + wide, 703.5, 72 + wide + canvas.stringWidth("drunk", "Helvetica", 11), 703.5)
        canvas.drawString(72, 660, "Harper family")
        canvas.line(72, 658, 72 + canvas.stringWidth("Harper family", "Helvetica", 11), 658)

    document = read(made(draw))
    assert [(a.kind, a.text.strip()) for a in document.asides if a.kind != "metadata"] == [("deleted", "drunk")]
    assert [(b.span.within(document.text), b.emphasis) for b in document.blocks] == [
        ("Mother was", False),
        ("Harper family", True),
    ]


def test_half_a_word_under_a_box_is_unread() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 650, "secretwordhere")
        canvas.rect(60, 640, 30, 30, fill=1)

    assert unread(read(made(draw))) == ["secretwordhere"]


def test_bold_lines_stand_out_larger_ones_are_headings_and_bullets_are_items() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", 16)
        canvas.drawString(72, 760, "Strategy meeting")
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 720, "Harper family")
        canvas.setFont("Helvetica", 11)
        lines(*PROSE, top=700)(canvas)
        canvas.drawString(72, 640, "\u2022")
        canvas.drawString(90, 640, "Refer to the clinic.")

    found = [(b.kind, b.level, b.emphasis, b.span.within(d.text)) for d in [read(made(draw))] for b in d.blocks]
    assert [("heading", 1, False, "Strategy meeting"), ("paragraph", 0, True, "Harper family"), ("paragraph", 0, False, " ".join(PROSE)),
            ("item", 1, False, "Refer to the clinic.")] == found  # fmt: skip


def picture(canvas: Any) -> None:
    from reportlab.lib.utils import ImageReader

    dots = b"P6 40 40 255\n" + bytes(random.Random(1).randrange(256) for _ in range(4800))
    pytest.importorskip("PIL", reason="PIL is not installed (extra `test`)")
    canvas.drawImage(ImageReader(io.BytesIO(dots)), 50, 100, 500, 650)


def test_a_page_that_is_a_picture_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError) as refused:
        read(made(lines("Mother was seen."), picture))
    assert str(refused.value) == (
        "page 2: is a picture and has no text; use the document that it was made from, or a text of it that somebody checked [pdf-image-page]"
    )


def test_a_machines_reading_under_a_picture_is_unread() -> None:
    document = read(made(both(invisible, picture)))
    assert unread(document) == ["secretword"]
    assert "pdf-scanned" in {fault.code for fault in document.faults}


def aloud(words: bytes, drawn: bytes = b"Chidi") -> bytes:
    """A page on which these words are given for the letters that are drawn."""
    return sheet(b"/Span << /ActualText " + words + b" >> BDC\n" + text(drawn) + b"EMC\n")


FORM = stream(
    b"/Span << /ActualText (Jayden) >> BDC\n" + text(b"Chidi") + b"EMC\n",
    b"/Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>",
)
OTHER_WORDS = {
    "plain": (aloud(b"(Jayden)"), ["Jayden"]),
    "sixteen bits": (aloud(b"<FEFF004A00610079>"), ["Jay"]),
    "a letter less": (aloud(b"(Chid)"), ["Chid"]),
    "a name written in numbers": (sheet(b"/Span << /Actual#54ext (x) >> BDC\n" + text(b"Chidi") + b"EMC\n"), ["x"]),
    "signs and no letters": (aloud(b"(--)"), ["--"]),
    "by a name": (
        sheet(
            b"/Span /M BDC\n" + text(b"Chidi") + b"EMC\n",
            resources=b"/Properties << /M << /ActualText (Jayden) >> >>",
        ),
        ["Jayden"],
    ),
    "around another mark": (
        sheet(
            b"/Span << /ActualText (Jayden) >> BDC /P << /MCID 3 >> BDC\n" + text(b"Chidi") + b"EMC EMC\n",
        ),
        ["Jayden"],
    ),
    "in a form": (sheet(b"/Fm Do\n", resources=b"/XObject << /Fm 10 0 R >>", more={10: FORM}), ["Jayden"]),
}


@pytest.mark.parametrize("how", OTHER_WORDS)
def test_letters_for_which_the_file_gives_other_words_are_read_as_drawn_and_are_unread(how: str) -> None:
    data, said = OTHER_WORDS[how]
    document = read(data)
    assert texts(document) == ["Jayden is in Year 5.", "Chidi"]
    assert unread(document) == ["Chidi"]
    assert said == [aside.text for aside in document.asides if aside.kind == "alt"]
    assert [str(fault) for fault in document.faults] == [
        "page 1: holds words that are drawn as others than the file gives for them [text-other-words]"
    ]


def test_a_unit_with_other_words_for_what_is_drawn_goes_to_nobody() -> None:
    data = aloud(b"(Kayleigh)", b"Jayden reads well.")
    roster = Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden"}, {"name": "Kayleigh"}]}]})
    split = Splitter(roster).split(read(data))
    assert [(False, {"A"}), (True, set())] == [
        ("unread-place" in unit.reasons, set(unit.cleared_for)) for unit in split.units
    ]


def test_other_words_that_stand_somewhere_else_cannot_be_compared() -> None:
    shown = b"/Span /M BDC\n" + text(b"Chidi") + b"EMC\n"
    named = b"/Properties << /M << /ActualText 10 0 R >> >>"
    document = read(sheet(shown, resources=named, more={10: b"(Chidi)"}))
    assert unread(document) == ["Chidi"]
    assert "pdf-other-words" in {fault.code for fault in document.faults}


@pytest.mark.parametrize("words", [b"(Chidi)", b"(Chi di)", b"()", b"<FEFF004300680069006400690000>"])
def test_the_same_letters_read_aloud_leave_the_text_as_it_is(words: bytes) -> None:
    document = read(aloud(words))
    assert (texts(document), unread(document), document.faults) == (["Jayden is in Year 5.", "Chidi"], [], ())


def test_what_a_mark_switches_off_stays_off_when_it_gives_words_too() -> None:
    off = b"/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>"
    document = read(
        sheet(
            b"/OC /M BDC\n" + text(b"Chidi") + b"EMC\n", catalogue=off,
            resources=b"/Properties << /M 10 0 R >>",
            more={10: b"<< /Type /OCG /Name (x) /ActualText (Chidi) >>"},
        )
    )  # fmt: skip
    assert texts(document) == ["Jayden is in Year 5."]


def locked(*, reader: str) -> bytes:
    """A file with a password for its owner, and this one for its readers."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    saved = io.BytesIO()
    canvas = canvas_module.Canvas(saved, encrypt=StandardEncryption(reader, "owner", strength=40))
    canvas.drawString(72, 700, "Mother was seen.")
    canvas.save()
    return saved.getvalue()


def test_a_password_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        read(locked(reader="secret"))
    assert str(refused.value) == "file: is protected by a password; save it without one [format-encrypted]"


def test_a_file_that_is_locked_against_changes_only_is_read() -> None:
    document = read(locked(reader=""))
    assert (texts(document), document.faults) == (["Mother was seen."], ())


@pytest.mark.parametrize(
    ("caps", "code"),
    [(Caps(pages=1), "pdf-pages"), (Caps(elements=10), "pdf-characters"), (Caps(unzipped_bytes=20), "zip-bomb")],
)
def test_what_is_larger_than_the_caps_is_refused(caps: Caps, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(made(lines("Mother was seen."), lines("She was well.")), caps=caps)
    assert code == refused.value.code


def test_without_the_extra_the_refusal_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError) as refused:
        read(made(lines("Mother was seen.")))
    assert (
        str(refused.value)
        == "file: needs the extra [pdf]; install it with: pip install minutes-split[pdf] [extra-missing]"
    )
    assert refused.value.__context__ is None


def test_pages_are_read_in_time_with_their_number() -> None:
    page = both(*(lines(*PROSE, top=760 - 64 * n) for n in range(11)))

    def pages(number: int) -> Callable[[], object]:
        data = made(*[page] * number)
        return lambda: read(data)

    assert growth(pages, 4) < LINEAR
    assert read(made(*[page] * 16)).text.count("Jayden") == 16 * 11


def test_the_same_bytes_give_the_same_document() -> None:
    data = made(ruled, white, lines(*PROSE))
    assert read(data) == read(data)


def damaged(data: bytes, random_: random.Random) -> bytes:
    """One of four accidents: bytes changed, the end lost, a hole, a stretch of zeros."""
    kind, at = random_.randrange(4), random_.randrange(40, len(data))
    if kind == 0:
        changed = bytearray(data)
        for _ in range(random_.randrange(1, 4)):
            changed[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        return bytes(changed)
    if kind == 1:
        return data[:at]
    long = random_.randrange(1, 200)
    return data[:at] + (b"" if kind == 2 else b"\0" * min(long, len(data) - at)) + data[at + long :]


def kept(document: Document) -> int:
    """Letters and digits that were read or put aside."""
    told = [document.text, *(aside.text for aside in document.asides if aside.kind != "metadata")]
    return sum(character.isalnum() for text in told for character in text)


@pytest.mark.parametrize("packed", [True, False])
def test_no_corruption_ends_in_a_silently_shorter_document(packed: bool) -> None:
    data = made(
        both(lines(*PROSE), lines("Harper family", top=640)), ruled, lines("Chidi was seen at the shop."), packed=packed
    )
    whole = kept(read(data))
    silent = []
    for seed in range(250):
        try:
            document = read(damaged(data, random.Random(seed)))
        except ReadError:
            continue
        except Exception as error:  # whatever it is, it is the finding
            silent.append((seed, repr(error)))
            continue
        if kept(document) < whole - 4 and not document.faults:
            silent.append((seed, str(whole - kept(document))))
    assert silent == []


def test_content_that_no_page_asks_for_is_a_fault() -> None:
    data = made(lines("Mother was seen."), packed=False)
    orphan = data.replace(b"/Contents", b"/Contentz")
    with pytest.raises(ReadError):
        read(orphan)  # nothing is left on the only page
    two = made(lines("Mother was seen."), lines("She was well."), packed=False)
    at = two.find(b"/Contents")
    document = read(two[:at] + b"/Contentz" + two[at + 9 :])
    assert "pdf-content-unreached" in {fault.code for fault in document.faults}


def test_no_byte_of_a_packed_page_changes_in_silence() -> None:
    stream = zlib.compress(b"BT /F1 11 Tf 72 700 Td (Mother was seen.) Tj ET")
    assert zlib.decompress(stream)
    data = made(lines("Mother was seen."))
    begin = data.find(b"stream") + 7
    silent = 0
    for at in range(begin, data.find(b"endstream", begin) - 2):
        changed = data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :]
        try:
            silent += not read(changed).faults
        except ReadError:
            continue
    assert silent == 0


def test_of_a_header_with_the_name_of_a_chapter_only_what_comes_back_is_taken_out() -> None:
    def page(number: int, top: float) -> Callable[[Any], None]:
        def draw(canvas: Any) -> None:
            canvas.drawString(LEFT, top, "Strategy meeting")
            canvas.drawString(400, top, "Harper family" if number < 3 else "Okafor family")
            lines(f"Sentence {number} of the page.", top=700)(canvas)

        return draw

    document = read(made(*(page(number, 800 if number else 794) for number in range(6))))
    assert texts(document, "furniture") == ["Strategy meeting"] * 6
    assert texts(document, "paragraph", "heading", "cell") == [
        words
        for number in range(6)
        for words in ("Harper family" if number < 3 else "Okafor family", f"Sentence {number} of the page.")
    ]


@pytest.mark.parametrize("box", [b"[0 0 595 842 (", b"0 0 595 842]", b"[0 0 \0\0\0 842]", b"[0 0 K 842]"])
def test_a_page_size_that_cannot_be_read_is_a_fault(box: bytes) -> None:
    data = sheet()
    told = look_at_bytes(data.replace(b"[0 0 595 842]", box.ljust(13)), Caps())
    assert "pdf-page-damaged" in {fault.code for fault in told.faults}
    assert read(data).faults == ()


def test_a_list_of_filters_with_anything_else_in_it_is_a_fault() -> None:
    data = made(lines("Mother was seen."), lines("He left.")).replace(
        b"/ASCII85Decode /Flate", b"/ASCII85Decode .Flate", 1
    )
    document = read(data)
    assert texts(document) == ["He left."]
    assert "pdf-stream-damaged" in {fault.code for fault in document.faults}
