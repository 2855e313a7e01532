"""The four incidents that this library exists for, end to end on Word documents, each with its nets and without them.

Every net is taken out once, and the incident then goes through: so each of
these tests fails when the net that catches it is gone. Everybody is invented.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import docx as python_docx
import pytest

from minutes_split import Audit, Document, Plan, Roster, Split, audit, guard, plan, read, split
from minutes_split.auditing.edited import Edited
from minutes_split.auditing.equal import Equal
from minutes_split.auditing.people import People
from minutes_split.auditing.short import Short
from minutes_split.docx_writer import Paragraph, docx_of
from minutes_split.errors import ExcerptError, PlanError, ReleaseError
from minutes_split.release import Release

FIXTURES = Path(__file__).parent.parent / "fixtures"


@cache
def minutes(folder: str, name: str = "minutes", roster: str = "roster") -> Split:
    known = Roster.load((FIXTURES / folder / f"{roster}.json").read_text(encoding="utf-8"))
    return split(read(FIXTURES / folder / f"{name}.docx"), known)


def strategy() -> Split:
    """The strategy meeting with the police, about the Marwoods (A) and the Stotts (B) next door."""
    return minutes("neighbours")


def conference() -> Split:
    """The Marwoods' own conference, whose danger statement is empty."""
    return minutes("neighbours", "conference", "conference_roster")


# --- nets, and how they are taken out -----------------------------------------------------------


@dataclass(frozen=True)
class Net:
    """One thing that catches, as the places in the library where it is done."""

    name: str
    places: tuple[tuple[object, str, Callable[..., object]], ...]


def nothing(*_: object, **__: object) -> Iterator[object]:
    """A step that finds nothing."""
    return iter(())


COPYING = Net(
    "copied text",
    ((Equal, "verbatim", nothing), (Equal, "renamed", nothing), (Short, "find", nothing), (Edited, "find", nothing)),
)
NAMES = Net("names", ((People, "names_in", nothing), (People, "_others_values", lambda *_: {})))
BIRTHS = Net("dates of birth", ((People, "births_in", nothing),))
VALUES = Net("values", ((People, "_others_values", lambda *_: {}),))
PROTECTED = Net("protected values", ((People, "_own_protected", lambda *_: {}),))
HIDDEN = Net("hidden units", ((guard, "hidden_units", lambda *_, **__: frozenset()),))
SEAL = Net("whose an excerpt is", ((plan, "_require_own", lambda *_: None),))


def take_out(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    for place, name, instead in net.places:
        monkeypatch.setattr(place, name, instead)


def codes(found: Audit) -> set[str]:
    return {finding.code for finding in found.findings}


def copies(found: Audit) -> list[str]:
    return [f.code for f in found.findings if f.code.startswith("copied") and f.severity == "high"]


# --- 1: the statement about both families, copied from the other meeting ------------------------


def statement() -> str:
    """The danger statement of the strategy meeting, four sentences about both families."""
    text = strategy().document.text
    return text[text.index("Ms Marwood says that over") : text.index("Alfie is waking in the night")].strip()


FORM = docx_of(
    [Paragraph("Child protection plan", 1), Paragraph("What is going well", 2), Paragraph("Danger and harm", 2)]
)
"""The form that plans are written in."""


def finished(danger: str) -> bytes:
    """The Marwoods' plan as it would be sent, with excerpts of their conference and the danger statement filled in."""
    draft = Plan("A", purpose="child protection plan")
    for excerpt in conference().view("A").excerpts[3:9]:
        draft = draft.paste(excerpt, field="What is going well")
    return draft.write(danger, field="Danger and harm").to_docx(FORM)


def test_1_no_view_of_either_family_holds_the_statement_about_both() -> None:
    for family in ("A", "B"):
        view = strategy().view(family)
        for item in (*view.excerpts, *view.proposals):
            assert "metal pole" not in item.text and "robbery" not in item.text


def test_1_it_is_listed_first_among_what_concerns_the_family_and_own_words_may_rest_on_it() -> None:
    one = strategy()
    grave = [w for w in one.withheld("A").concerns if w.severity == "high"]
    listed = [w for w in grave if "metal pole" in w.span.within(one.document.text)]
    assert [w.reason for w in listed] == ["mixed"]
    draft = Plan("A").write("Alfie is frightened of being hurt again.", field="Danger and harm", basis=(listed[0].key,))
    assert audit(draft, against=[one, conference()]).findings == ()


def test_1_bare_words_are_no_excerpt_and_the_other_familys_excerpt_is_refused() -> None:
    with pytest.raises(PlanError):
        Plan("A").paste(statement(), field="Danger and harm")  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    with pytest.raises(ExcerptError):
        Plan("A").paste(strategy().view("B").excerpts[0], field="Danger and harm")


def test_1_the_finished_plan_is_caught_by_comparing_it_with_all_minutes() -> None:
    found = audit(read(finished(statement())), against=[strategy(), conference()], family="A")
    assert len(copies(found)) == 4
    first = found.findings[0]
    assert (first.code, first.severity, first.allegation) == ("copied", "high", True)
    assert first.source is not None and first.source.document_id == strategy().document.document_id
    assert first.instead and all(excerpt.family == "A" and len(excerpt.text) >= 25 for excerpt in first.instead)


def test_1_the_plan_in_own_words_is_clean() -> None:
    own = "Alfie is frightened of being hurt outside and does not sleep."
    assert audit(read(finished(own)), against=[strategy(), conference()], family="A").findings == ()


def test_1_with_other_names_and_another_tense_it_is_caught_all_the_same() -> None:
    edited = (
        statement().replace("Connor", "Alfie").replace("hit", "hits").replace("held", "holds").replace("made", "makes")
    )
    found = audit(read(finished(edited)), against=[strategy(), conference()], family="A")
    assert len(copies(found)) >= 4


def test_1_goes_through_without_the_net_for_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(COPYING, monkeypatch)
    assert copies(audit(read(finished(statement())), against=[strategy(), conference()], family="A")) == []


def test_1_goes_through_if_the_other_meeting_is_not_compared_with() -> None:
    """The author could open both; an audit against the family's own minutes alone is no audit."""
    found = audit(read(finished(statement())), against=[conference()], family="A")
    assert codes(found) == set()


def test_1_the_gate_does_not_release_it_before_each_finding_is_answered() -> None:
    draft = Plan("A", purpose="child protection plan").write(statement(), field="Danger and harm")
    now = datetime(2022, 11, 3, tzinfo=UTC)
    with pytest.raises(ReleaseError) as refused:
        Release.gate(
            draft, against=[strategy(), conference()], author="s.begum", checker="p.henshaw", answers={}, now=now,
            expires=now + timedelta(days=14), record_id="2022-1103", used_ids=(), policy=strategy().policy, recipients=(),
        )  # fmt: skip
    assert "release-unanswered" in {fault.code for fault in refused.value.faults}


# --- 2: another family's report used as a template ----------------------------------------------

LEFT = {
    "name": ("Social worker to see Connor Stott twice a month.", NAMES, "other-name"),
    "date of birth": ("Date of birth: 30/09/2009", BIRTHS, "date-of-birth"),
    "number": ("Case number LCS-7718820", VALUES, "identifier"),
    "address": ("Address: 16 Sallow Cl", VALUES, "address"),
    "sentence": ("They visit once a week. Attendance 61%, two fixed term exclusions in September.", COPYING, "copied"),
}
"""What the worker forgot to overwrite, the net that catches it, and as what."""


def report_of_another_family(left: str) -> bytes:
    """A family's finished plan, in which everything was overwritten but one line."""
    form = python_docx.Document()
    form.sections[0].header.paragraphs[0].text = "Child protection plan"
    form.add_heading("What is going well", 1)
    form.add_heading("Danger and harm", 1)
    table = form.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Notes", left
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


def plan_on_that(left: str) -> Document:
    own = Plan("A").write("We want Alfie to sleep through the night.", field="Danger and harm")
    return read(own.to_docx(report_of_another_family(left)))


@pytest.mark.parametrize("what", LEFT)
def test_2_what_was_left_of_another_familys_report_is_caught(what: str) -> None:
    left, _, code = LEFT[what]
    found = audit(plan_on_that(left), against=[strategy()], family="A")
    assert (code, "high") in {(f.code, f.severity) for f in found.findings}


@pytest.mark.parametrize("what", LEFT)
def test_2_goes_through_without_its_net(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left, net, code = LEFT[what]
    take_out(net, monkeypatch)
    assert code not in codes(audit(plan_on_that(left), against=[strategy()], family="A"))


def test_2_a_report_in_which_everything_was_overwritten_is_clean() -> None:
    assert audit(plan_on_that("Alfie will see his own worker."), against=[strategy()], family="A").findings == ()


def test_2_nothing_of_a_template_is_hidden_from_the_audit() -> None:
    """Kills: headers, comments and deleted text of the template that are not read."""
    form = python_docx.Document(io.BytesIO(report_of_another_family("")))
    form.sections[0].footer.paragraphs[0].text = "Plan for Lacey Stott"
    out = io.BytesIO()
    form.save(out)
    own = Plan("A").write("We want Alfie to sleep.", field="Danger and harm").to_docx(out.getvalue())
    assert "other-name" in codes(audit(read(own), against=[strategy()], family="A"))


# --- 3: the secret address in an attachment -----------------------------------------------------


def attachment(words: str) -> Document:
    """A letter that goes out with the plan."""
    return read(docx_of([Paragraph("Health visitor's letter", 1), Paragraph(words)]))


LETTER = "Dear Ms Kendrick, 22 Farrow Ln., Eastby. Ivy was weighed today and is thriving."


def core_group() -> Split:
    """The core group: the mother's address is kept from the father who gets the minutes."""
    return minutes("core-group")


def test_3_the_address_is_in_no_view_for_the_father() -> None:
    assert "Farrow" in core_group().view("A").outward().to_json().decode()
    assert "Farrow" not in core_group().view("A", ("father-1",)).outward().to_json().decode()


def test_3_the_view_holds_it_without_its_net(monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(HIDDEN, monkeypatch)
    assert "Farrow" in core_group().view("A", ("father-1",)).outward().to_json().decode()


def test_3_the_attachment_is_caught_before_three_people_have_read_it() -> None:
    found = audit(attachment(LETTER), against=[core_group()], family="A", recipients=("father-1",))
    assert [(f.code, f.severity) for f in found.findings if f.code == "protected-value"] == [
        ("protected-value", "high")
    ]
    found = audit(attachment(LETTER), against=[core_group()], family="A")
    assert "protected-value" not in codes(found)


def test_3_the_attachment_goes_through_without_its_net(monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(PROTECTED, monkeypatch)
    found = audit(attachment(LETTER), against=[core_group()], family="A", recipients=("father-1",))
    assert "protected-value" not in codes(found)


# --- 4: the half-siblings' fathers --------------------------------------------------------------


def fathers() -> Split:
    """Mollie's father and Kit's father, neither of whom may learn of the other; the same minutes."""
    return minutes("core-group", roster="fathers_roster")


def for_the_mother() -> Plan:
    """A plan made for the mother, with what tells of Kit and his father."""
    drafted = Plan("B", recipients=("mother-1",))
    for excerpt in fathers().view("B", ("mother-1",)).excerpts:
        if "Kit" in excerpt.text:
            drafted = drafted.paste(excerpt, field="The children")
    return drafted


def test_4_what_tells_of_the_one_father_is_in_no_view_for_the_other() -> None:
    assert len(for_the_mother().entries) >= 2
    for excerpt in fathers().view("B", ("father-2",)).excerpts:
        assert "Kit" not in excerpt.text


def test_4_the_view_holds_it_without_its_net(monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(HIDDEN, monkeypatch)
    assert any("Kit" in excerpt.text for excerpt in fathers().view("B", ("father-2",)).excerpts)


def test_4_the_mothers_excerpts_do_not_go_into_the_fathers_plan() -> None:
    for entry in for_the_mother().entries:
        with pytest.raises(ExcerptError):
            Plan("B", recipients=("father-2",)).paste(entry.excerpt, field="The children")  # type: ignore[union-attr]  # an entry that was pasted has an excerpt


def test_4_they_do_without_its_net(monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(SEAL, monkeypatch)
    entry = for_the_mother().entries[0]
    assert Plan("B", recipients=("father-2",)).paste(entry.excerpt, field="The children").entries  # type: ignore[union-attr]  # an entry that was pasted has an excerpt


def test_4_the_mothers_plan_sent_to_the_father_is_caught() -> None:
    sent = read(for_the_mother().to_docx())
    found = audit(sent, against=[fathers()], family="B", recipients=("father-2",))
    assert {("protected-value", "high"), ("copied", "high")} <= {(f.code, f.severity) for f in found.findings}
    assert audit(sent, against=[fathers()], family="B", recipients=("mother-1",)).findings == ()


@pytest.mark.parametrize("net", [PROTECTED, COPYING], ids=lambda net: net.name)
def test_4_each_of_the_two_nets_catches_what_the_other_lets_through(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = read(for_the_mother().to_docx())
    whole = codes(audit(sent, against=[fathers()], family="B", recipients=("father-2",)))
    take_out(net, monkeypatch)
    rest = codes(audit(sent, against=[fathers()], family="B", recipients=("father-2",)))
    assert rest < whole and rest
    take_out(COPYING if net is PROTECTED else PROTECTED, monkeypatch)
    assert not codes(audit(sent, against=[fathers()], family="B", recipients=("father-2",))) & {
        "copied",
        "protected-value",
    }


def test_every_net_that_is_taken_out_here_is_there() -> None:
    """A net that was renamed would be taken out of nowhere, and these tests would show nothing."""
    for net in (COPYING, NAMES, BIRTHS, VALUES, PROTECTED, HIDDEN, SEAL):
        assert all(hasattr(place, name) for place, name, _ in net.places), net.name


def test_every_test_that_the_document_names_is_there() -> None:
    told = (FIXTURES.parent / "docs" / "incidents.md").read_text(encoding="utf-8")
    there = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", told))
    assert len(named) > 20
    assert sorted(name for name in named if f"def {name}(" not in there) == []
    rows = [line for line in told.splitlines() if line.startswith("|") and not set(line) <= set("|-: ")]
    assert all("`test_" in row for row in rows if "the test that proves it" not in row)
