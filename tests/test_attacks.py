"""Ways round the audit, tried one by one against the minutes of two neighbours: what is caught, and what is known to pass.

What passes stands in `docs/limits.md`. A row that is caught one day moves from
one table to the other, and its line in the documentation goes.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Callable
from functools import cache

import docx as python_docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from test_incidents import FIXTURES, conference, strategy

from minutes_split import Audit, AuditIndex, Document, Plan, Roster, audit, read, split

ARSON = "He is currently under investigation for arson at the garages behind Sallow Close on 24th September."
SCHOOL = "Attendance 61%, two fixed term exclusions in September (one for swearing at staff, other for bringing in a lighter)."
KNIFE = "She said it was a butter knife and he was getting a ball out of the drain."
"""Of the neighbours' minutes, all three about Connor Stott (family B) or about nobody knows whom."""
SHORT = """1. Marwood family

Alfie is well. He reads.

2. Stott family

HIV positive. On bail for arson. Lacey wets the bed. Connor lied. He hid it. Gary: 2.5 g of heroin. She is pregnant. Self-harms. Mum's boyfriend is back.
"""


@cache
def index() -> AuditIndex:
    return AuditIndex.build([strategy(), conference()])


@cache
def short_ones() -> AuditIndex:
    known = Roster.load((FIXTURES / "neighbours" / "roster.json").read_text(encoding="utf-8"))
    return AuditIndex.build([split(SHORT, known)])


def found(draft: str | Document | Plan, against: AuditIndex) -> Audit:
    return audit(draft, against=against, family=None if isinstance(draft, Plan) else "A")


def is_copied(told: Audit) -> bool:
    return any(finding.code.startswith("copied") for finding in told.findings)


# --- drafts -------------------------------------------------------------------------------------


def word(build: Callable[[WordDocument], object]) -> Document:
    """A Word document with something put in."""
    form = python_docx.Document()
    form.add_paragraph("Alfie is well. ")
    build(form)
    out = io.BytesIO()
    form.save(out)
    return read(out.getvalue())


def cells(words: str, count: int) -> Document:
    told = words.split()
    each = len(told) // count + 1

    def build(form: WordDocument) -> None:
        row = form.add_table(1, count).rows[0]
        for i, cell in enumerate(row.cells):
            cell.text = " ".join(told[i * each : (i + 1) * each])

    return word(build)


def in_pieces(form: WordDocument) -> None:
    paragraph = form.add_paragraph()
    for i in range(0, len(ARSON), 4):
        paragraph.add_run(ARSON[i : i + 4]).bold = i % 8 == 0


def hidden(form: WordDocument) -> None:
    form.add_paragraph().add_run(ARSON).font.hidden = True


def nested(form: WordDocument) -> None:
    form.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = ARSON


def raw(inside: str) -> Callable[[WordDocument], None]:
    """A run of WordprocessingML in a paragraph of its own."""
    paragraph = f"<w:p {SPACES}>{inside}</w:p>"

    def build(form: WordDocument) -> None:
        form.paragraphs[0]._p.addnext(parse_xml(paragraph))

    return build


SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{ARSON}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
CHANGE = '<w:{0} w:id="1" w:author="a" w:date="2022-01-01T00:00:00Z"><w:r><w:{1}>{2}</w:{1}></w:r></w:{0}>'


def footnote() -> Document:
    """The words before the reference in the footnote of an excerpt."""
    excerpt = next(e for e in strategy().view("A").excerpts if len(e.text) > 40)
    data = Plan("A").paste(excerpt, field="Steps").to_docx()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(b"local-", f"{ARSON} local-".encode()) if "footnotes" in name else content
            )
    return read(out.getvalue())


def entries(words: str, each: int) -> Plan:
    told, plan = words.split(), Plan("A")
    for i in range(0, len(told), each):
        plan = plan.write(" ".join(told[i : i + each]), field="Steps")
    return plan


def over_two_fields(words: str) -> Plan:
    told = words.split()
    half = len(told) // 2
    return Plan("A").write(" ".join(told[:half]), field="Danger").write(" ".join(told[half:]), field="Steps")


# --- copied text --------------------------------------------------------------------------------

COPIES: dict[str, Callable[[], str | Document | Plan]] = {
    "capitals": ARSON.upper,
    "a capital on each word": ARSON.title,
    "wrapped": lambda: textwrap.fill(ARSON, 40),
    "wrapped narrowly": lambda: textwrap.fill(ARSON, 12),
    "hyphens at line ends": lambda: ARSON.replace("investigation", "investi-\ngation").replace("garages", "gar-\nages"),
    "no-break spaces": lambda: ARSON.replace(" ", "\u00a0"),
    "tabs": lambda: ARSON.replace(" ", "\t"),
    "zero-width spaces": lambda: "\u200b".join(ARSON),
    "soft hyphens": lambda: ARSON.replace("in", "i\u00adn"),
    "Cyrillic letters": lambda: ARSON.replace("e", "е").replace("a", "а").replace("o", "о"),
    "Greek letters": lambda: ARSON.replace("o", "ο").replace("v", "ν"),
    "full-width letters": lambda: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in ARSON),
    "mathematical letters": lambda: "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in ARSON),
    "small capitals": lambda: ARSON.translate(str.maketrans("abcdegijklmnoprtuvwz", "ᴀʙᴄᴅᴇɢɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢ")),
    "accents": lambda: ARSON.replace("e", "é").replace("a", "ä"),
    "underscores": lambda: ARSON.replace(" ", "_"),
    "slashes": lambda: ARSON.replace(" ", " / "),
    "Markdown": lambda: ARSON.replace("arson", "**arson**").replace("garages", "_garages_"),
    "a quoted word each": lambda: " ".join(f'"{each}"' for each in ARSON.split()),
    "without commas and brackets": lambda: SCHOOL.replace(",", "").replace("(", "").replace(")", ""),
    "dashes for commas": lambda: SCHOOL.replace(",", " –"),
    "numbers in words": lambda: SCHOOL.replace("61%", "sixty-one per cent").replace("two", "2"),
    "halves turned round": lambda: "Other for bringing in a lighter, one for swearing at staff: two fixed term exclusions in September.",
    "an adverb now and then": lambda: " ".join(w + " also" * (i % 5 == 4) for i, w in enumerate(ARSON.split())),
    "a name now and then": lambda: " ".join(w + " Alfie" * (i % 4 == 3) for i, w in enumerate(ARSON.split())),
    "other pronouns": lambda: KNIFE.replace("he ", "they ").replace("She said", "They say"),
    "shortened": lambda: "Currently under inv for arson @ garages behind Sallow Cl 24/9.",
    "bullets of five words": lambda: "\n".join("- " + " ".join(ARSON.split()[i : i + 5]) for i in range(0, 16, 5)),
    "one cell": lambda: cells(ARSON, 1),
    "two cells": lambda: cells(ARSON, 2),
    "three cells": lambda: cells(ARSON, 3),
    "a table in a table": lambda: word(nested),
    "the header": lambda: word(lambda form: setattr(form.sections[0].header.paragraphs[0], "text", ARSON)),
    "the footer": lambda: word(lambda form: setattr(form.sections[0].footer.paragraphs[0], "text", ARSON)),
    "runs of four letters": lambda: word(in_pieces),
    "hidden text": lambda: word(hidden),
    "a comment": lambda: word(lambda form: form.add_comment(form.paragraphs[0].runs, text=ARSON, author="x", initials="x")),
    "a text box": lambda: word(raw(BOX)),
    "deleted text": lambda: word(raw(CHANGE.format("del", "delText", ARSON))),
    "an insertion": lambda: word(raw(CHANGE.format("ins", "t", ARSON))),
    "the subject of the file": lambda: word(lambda form: setattr(form.core_properties, "subject", ARSON)),
    "a footnote": footnote,
    "two fields": lambda: over_two_fields(ARSON),
    "entries of four words": lambda: entries(ARSON, 4),
}  # fmt: skip


@pytest.mark.parametrize("way", COPIES)
def test_copied_text_is_caught(way: str) -> None:
    assert is_copied(found(COPIES[way](), index()))


SHORT_COPIES = {
    "capitals": "ON BAIL FOR ARSON",
    "a hyphen": "Alfie is HIV-positive.",
    "a comma": "Is on bail, for arson, now",
    "a line end": "On bail\nfor arson",
    "bullets": "- On bail\n- for arson",
    "quotes": "“On bail” for arson",
    "Markdown": "On **bail** for arson",
    "look-alike letters": "On bаil for аrson",
    "another apostrophe": "Mum’s boyfriend is back",
    "a hyphen left out": "Self harms",
    "inside a sentence": "We know that he hid it, all of it",
}


@pytest.mark.parametrize("way", SHORT_COPIES)
def test_a_short_statement_is_caught_whatever_stands_between_its_words(way: str) -> None:
    assert is_copied(found(SHORT_COPIES[way], short_ones()))


def test_words_of_two_sentences_are_no_short_statement() -> None:
    assert not is_copied(found("She came on bail. For arson there is no proof.", short_ones()))
    assert is_copied(found("He took 2.5 g of heroin", AuditIndex.build([strategy(), split("2.5 g of heroin.\n", strategy().roster)])))  # fmt: skip


# --- names, dates, addresses, numbers -----------------------------------------------------------

TELLING: dict[str, tuple[str, ...]] = {
    "other-name": (
        "C Stott", "C. Stott", "connor", "CONNOR", "Stott's bike", "ConnorStott", "STOTT, Connor", "connor.stott@example.org",
        "@connorstott09", "Con\u200bnor", "Con-\nnor", "Connor\nStott", "Ms D Stott", "facebook.com/gary.stott",
    ),
    "near-name": ("Conor", "Conner", "the Stotts", "C0nnor", "Gaz"),
    "date-of-birth": (
        "30.9.09", "30/09/2009", "30th Sept 2009", "30-Sep-2009", "2009.09.30", "20090930", "30092009", "30|09|2009",
        "30\u00a0September\u00a02009", "Sept 30th 2009", "Wednesday, 30 September 2009", "30 of Sep '09", "09/30/2009",
        "the thirtieth of September 2009",
    ),
    "address": (
        "16 Sallow Close", "16 Sallow Cl.", "16, SALLOW CLOSE", "No. 16 Sallow Close", "no16 Sallow Close", "16\nSallow\nClose",
        "sixteen Sallow Close", "Sallow Close (16)", "Sallow Close, no. 16", "16 Sallow Clsoe", "#16 Sallow Close",
    ),
    "identifier": (
        "LCS7718820", "7718820", "7 7 1 8 8 2 0", "771.88.20", "ref7718820x", "9990388547", "999-038-8547", "(999) 038-8547",
        "999\u00a0038\u00a08547", "９９９０３８８５４７", "999\n038\n8547",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "written"), [(code, each) for code, rows in TELLING.items() for each in rows])
def test_what_tells_of_somebody_else_is_caught_however_it_is_written(code: str, written: str) -> None:
    told = found(f"Please note: {written} is what we have.", index())
    assert code in {finding.code for finding in told.findings}


def test_what_is_the_familys_own_is_not_taken_for_the_neighbours() -> None:
    for own in (
        "Alf",
        "14 Sallow Close",
        "fourteen Sallow Close",
        "19/05/2014",
        "05/19/2014",
        "LCS 7730184",
        "19052014",
    ):
        assert found(f"Please note: {own} is what we have.", index()).findings == ()


ELM_ROAD = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Ann Lee"}], "addresses": ["14 Elm Road, Erdington B23 1AA"]},
            {"id": "B", "people": [{"name": "Robert Ray"}], "addresses": ["4 Elm Road, Erdington B23 1AA"]},
        ]
    }
)


def test_number_four_is_not_number_fourteen() -> None:
    """Kills: a neighbour's address taken for the family's own because its letters stand in it."""
    minutes = split("1. Lee family\n\nAnn Lee is well.\n", ELM_ROAD)
    told = {
        words: [(f.code, f.severity) for f in audit(words, against=[minutes], family="A").findings]
        for words in ("Lives at 4 Elm Road.", "Lives at 14 Elm Road.", "Erdington B23 1AA", "Lives at 4, Elm Roda.")
    }
    assert told == {
        "Lives at 4 Elm Road.": [("address", "high")],
        "Lives at 14 Elm Road.": [],
        "Erdington B23 1AA": [],
        "Lives at 4, Elm Roda.": [("address", "medium")],
    }


WOOD_ROAD = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Ann Lee"}], "addresses": ["14 Elm Road, Erdington B23 1AA"]},
            {"id": "B", "people": [{"name": "Robert Ray"}], "addresses": ["27 St John's Wood Road, Erdington B23 1AA"]},
        ]
    }
)


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("At twenty-seven St John's Wood Rd.", ["high"]),
        ("At twenty seven St John's Wood Road.", ["high"]),
        ("At St John's Wood Road (no. 27).", ["high"]),
        ("At St John's Wood Road 27.", ["high"]),
        ("At twenty-seven St Johns Wood Raod.", ["medium"]),
        ("At St John's Wood Road they counted twenty-seven.", []),
        ("There were 27; some stood in St John's Wood Road.", []),
        ("At twenty-six St John's Wood Road.", []),
        ("St John's Wood Road is long.", []),
        ("At seven St John's Wood Road.", []),
        ("27", []),
    ],
)
def test_a_house_is_its_number_with_its_street(words: str, severity: list[str]) -> None:
    minutes = split("1. Lee family\n\nAnn Lee is well.\n", WOOD_ROAD)
    told_ = audit(words, against=[minutes], family="A").findings
    assert [f.severity for f in told_ if f.code == "address"] == severity


# --- what is known to pass ----------------------------------------------------------------------

PASSING = {
    "letters apart": " ".join(ARSON),
    "no spaces": ARSON.replace(" ", ""),
    "a full stop behind each word": ARSON.replace(" ", ". "),
    "figures for letters": ARSON.replace("o", "0").replace("i", "1").replace("e", "3"),
    "every third word left out": " ".join(w for i, w in enumerate(ARSON.split()) if i % 3 != 2),
    "words exchanged two by two": " ".join(
        w for pair in zip(ARSON.split()[1::2], ARSON.split()[::2], strict=True) for w in pair
    ),
    "other words": "The lad is being looked into over a fire at the lock-ups.",
    "initials": "We spoke to C.S. about it.",
    "a short form that is a word": "We spoke to Don today.",
    "a name letter by letter": "Ask C-o-n-n-o-r.",
    "a birthday without a year": "Born on 30 September.",
    "a house without its street": "The house at number 16.",
    "another house number": "The flat at 16a Sallow Close.",
    "a part of a number": "It begins with 999 038.",
    "a number with a slip": "Number LCS 7718802.",
    "a letter in a number": "Number LCS 771882O.",
}


@pytest.mark.parametrize("way", PASSING)
def test_what_the_limits_say_passes_passes(way: str) -> None:
    """So that `docs/limits.md` says neither more nor less than is so."""
    assert found(PASSING[way], index()).findings == ()


@pytest.mark.parametrize("draft", ["Alfie lied.", "She's pregnant.", "2.5g of heroin", "He is H.I.V. positive."])
def test_a_short_statement_that_was_changed_passes(draft: str) -> None:
    assert found(draft, short_ones()).findings == ()
