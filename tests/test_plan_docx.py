"""A plan from and to Word: the form is kept, each excerpt has its reference in a footnote, no tag is in the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest

from minutes_split import MinutesSplitError, Plan, Policy, Roster, Split, audit, read, split
from minutes_split.docx_form import BEFORE_HEADINGS, FURNITURE
from minutes_split.docx_writer import Paragraph, docx_of
from minutes_split.plan import Pasted

FIXTURES = Path(__file__).parent.parent / "fixtures"
KEYED = Policy.model_validate_json('{"reference_key": "a key of the authority"}')


def neighbours(name: str = "minutes", roster: str = "roster", policy: Policy = KEYED) -> Split:
    known = Roster.load((FIXTURES / "neighbours" / f"{roster}.json").read_text(encoding="utf-8"))
    return split(read(FIXTURES / "neighbours" / f"{name}.docx"), known, policy=policy)


MINUTES = neighbours()


def plan() -> Plan:
    """Three excerpts and own words, in three fields."""
    given = [e for e in MINUTES.view("A").excerpts if len(e.text) > 40]
    return (
        Plan("A", purpose="child protection plan")
        .paste(given[0], field="What is going well")
        .write("We are worried that Alfie gets hurt & that he stops telling.\nHe is eight.", field="Danger and harm")
        .paste(given[1], field="Danger and harm")
        .paste(given[2], field="Steps")
    )


def said(one: Plan) -> list[tuple[str, str, str]]:
    """Kind, field and words of each entry, in the order of the fields."""
    told = [(type(e).__name__, e.field, " ".join(e.text.split())) for e in one.entries]
    return sorted(told, key=lambda entry: one.fields.index(entry[1]))


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in python_docx.Document(io.BytesIO(data)).paragraphs]


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def test_a_plan_goes_to_word_and_comes_back() -> None:
    """Kills: a footnote that belongs to another paragraph; own words taken for an excerpt; fields in another order."""
    back = Plan.from_docx(plan().to_docx(), splits=[MINUTES], family="A", purpose="child protection plan")
    assert said(back) == said(plan())
    assert [e.excerpt for e in back.entries if isinstance(e, Pasted)] == [
        e.excerpt for e in plan().entries if isinstance(e, Pasted)
    ]


def test_python_docx_reads_the_same_words() -> None:
    told = plan()
    expected = [
        words for title in told.fields for words in (title, *(e.text for e in told.entries if e.field == title))
    ]
    assert paragraphs(told.to_docx()) == expected


def test_each_reference_stands_in_one_footnote_and_no_tag_is_in_the_file() -> None:
    data = plan().to_docx()
    notes = [b.span.within(read(data).text).strip() for b in read(data).blocks if b.kind == "note"]
    assert notes == [e.excerpt.reference for title in plan().fields for e in plan().entries
                     if e.field == title and isinstance(e, Pasted)]  # fmt: skip
    everything = b"".join(
        zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    )
    for entry in plan().entries:
        if isinstance(entry, Pasted):
            for hidden in (
                entry.excerpt.seal,
                entry.excerpt.document_id,
                entry.excerpt.source_digest,
                *entry.excerpt.units,
            ):
                assert hidden.encode() not in everything


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert plan().to_docx() == plan().to_docx()


# --- templates ----------------------------------------------------------------------------------


def template() -> bytes:
    """A form with styles, guidance, a table and a header, as python-docx makes it."""
    form = python_docx.Document()
    form.sections[0].header.paragraphs[0].text = "Thornwick Children's Trust"
    form.add_heading("Child protection plan", 0)
    form.add_paragraph("Write in plain words.")
    form.add_heading("1. Danger and harm:", 1)
    form.add_paragraph("What could happen if nothing changes?")
    form.add_heading("What is going well", 1)
    table = form.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Steps"
    table.cell(1, 0).text = "Date of review"
    form.add_paragraph("Signed:")
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


def test_what_stands_in_a_template_is_kept_and_fields_are_found_by_their_titles() -> None:
    data = plan().to_docx(template())
    told = paragraphs(data)
    own = [e.text for e in plan().entries if e.field == "Danger and harm"]
    at = told.index("1. Danger and harm:")
    assert told[at + 1 : at + 3] == own
    assert told[at + 3] == "What could happen if nothing changes?"
    assert [text for text in told if text not in {e.text for e in plan().entries}] == paragraphs(template())
    cells = python_docx.Document(io.BytesIO(data)).tables[0]
    assert cells.cell(0, 1).text.strip() == plan().entries[-1].text
    assert cells.cell(1, 1).text == ""
    names = set(zipfile.ZipFile(io.BytesIO(template())).namelist())
    for name in names - {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}:
        assert part(data, name) == part(template(), name) if name.endswith(".xml") else True


def test_a_filled_template_comes_back_with_its_own_words_beside_the_plans() -> None:
    back = Plan.from_docx(plan().to_docx(template()), splits=[MINUTES], family="A", fields=("Steps",))
    pasted = [(e.field, e.text) for e in back.entries if isinstance(e, Pasted)]
    assert [text for _, text in pasted] == [e.text for t in ("Danger and harm", "What is going well", "Steps")
                                            for e in plan().entries if e.field == t and isinstance(e, Pasted)]  # fmt: skip
    assert pasted[-1][0] == "Steps"
    written = [(e.field, e.text) for e in back.entries if not isinstance(e, Pasted)]
    assert (FURNITURE, "Thornwick Children's Trust") in written
    assert ("1. Danger and harm:", "What could happen if nothing changes?") in written


def test_words_before_the_first_heading_are_not_lost() -> None:
    data = docx_of([Paragraph("Alfie likes football."), Paragraph("Steps", 1), Paragraph("We will visit.")])
    back = Plan.from_docx(data, splits=[MINUTES], family="A")
    assert said(back) == [
        ("Written", BEFORE_HEADINGS, "Alfie likes football."),
        ("Written", "Steps", "We will visit."),
    ]


def test_a_second_filling_goes_on_with_the_footnotes_of_the_first() -> None:
    once = plan().to_docx(template())
    twice = plan().to_docx(once)
    notes = [b.span.within(read(twice).text).strip() for b in read(twice).blocks if b.kind == "note"]
    references = [e.excerpt.reference for e in plan().entries if isinstance(e, Pasted)]
    assert sorted(notes) == sorted(references * 2)
    assert read(twice).faults == ()


def test_a_field_without_a_place_in_the_template_goes_to_its_end_under_its_title() -> None:
    data = plan().write("Ring us.", field="Who to ring").to_docx(template())
    assert paragraphs(data)[-2:] == ["Who to ring", "Ring us."]
    main = part(data, "word/document.xml")
    assert main.index("Ring us.") < main.index("<w:sectPr"), "Word wants the page set-up last"


def test_a_heading_is_the_place_of_a_field_before_a_paragraph_of_the_same_words() -> None:
    form = docx_of([Paragraph("Danger and harm"), Paragraph("Danger and harm", 1), Paragraph("Signed:")])
    words = "Alfie could get hurt."
    assert paragraphs(Plan("A").write(words, field="Danger and harm").to_docx(form)) == [
        "Danger and harm", "Danger and harm", words, "Signed:",
    ]  # fmt: skip


def test_the_words_of_an_excerpt_without_its_reference_are_own_words() -> None:
    """Kills: a text that is taken for an excerpt though it was typed."""
    text = plan().entries[0].text
    back = Plan.from_docx(docx_of([Paragraph("Steps", 1), Paragraph(text)]), splits=[MINUTES], family="A")
    assert said(back) == [("Written", "Steps", " ".join(text.split()))]


def test_an_excerpt_whose_words_were_changed_in_word_comes_back_as_own_words_which_the_audit_sees() -> None:
    changed = plan().to_docx()
    form = python_docx.Document(io.BytesIO(changed))
    first = next(p for p in form.paragraphs if p.text == plan().entries[0].text)
    first.runs[0].text = first.runs[0].text.replace(" ", " not ", 1)
    out = io.BytesIO()
    form.save(out)
    back = Plan.from_docx(out.getvalue(), splits=[MINUTES], family="A")
    assert [type(e).__name__ for e in back.entries] == ["Written", "Written", "Pasted", "Pasted"]


def test_a_reference_of_another_familys_view_makes_no_excerpt() -> None:
    other = MINUTES.view("B").excerpts[0]
    data = Plan("B").paste(other, field="Steps").to_docx()
    back = Plan.from_docx(data, splits=[MINUTES], family="A")
    assert [type(e).__name__ for e in back.entries] == ["Written"]


def test_another_familys_plan_as_a_template_is_found_in_the_audit_of_the_document() -> None:
    theirs = Plan("B").paste(next(e for e in MINUTES.view("B").excerpts if len(e.text) > 60), field="Steps").to_docx()
    data = plan().to_docx(theirs)
    assert {f.severity for f in audit(read(data), against=[MINUTES], family="A").findings} >= {"high"}


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: Plan("A").to_docx(), "plan: has nothing in it [plan-empty]"),
        (lambda: plan().to_docx(b"no document"), "archive: its list of entries is missing or damaged; the file may be cut short [zip-damaged]"),
        (
            lambda: plan().to_docx(docx_of([Paragraph("Steps", 1), Paragraph("steps :", 1)])),
            "field 3: has its title in the template more than once [plan-template-field]",
        ),
        (
            lambda: Plan.from_docx(docx_of([Paragraph("Steps", 1)]), splits=[MINUTES], family="A"),
            "plan: has nothing in it [plan-empty]",
        ),
        (
            lambda: Plan.from_docx(plan().to_docx(), splits=[MINUTES], family="Z"),
            "family: is not a family of the roster [view-unknown-family]",
        ),
    ],
)  # fmt: skip
def test_what_is_no_form_or_no_plan_is_refused(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        ask()
    assert message == str(refused.value)
