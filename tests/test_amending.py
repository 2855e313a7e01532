"""A plan whose minutes are amended: what of it still stands, and what may be pasted instead."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_decisions import HOUSES, of
from test_laws import Premise, told

from minutes_split import Document, Plan, Roster, Split, split
from minutes_split.amending import STATES, carry_over
from minutes_split.errors import PlanError
from minutes_split.testing import Minutes

HELD = "Kayleigh Harper has held her tenancy in Ripley since March."
FIRE = "Ngozi Okafor told Kayleigh of the fire."


def quoting(one: Split, *basis: str) -> Plan:
    """All excerpts of the family, and own words on a basis."""
    plan = Plan("A")
    for excerpt in one.view("A").excerpts:
        plan = plan.paste(excerpt, field="Home")
    return plan.write("She is safe there.", field="Home", basis=basis) if basis else plan


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ((HELD, FIRE), ["same", "same"]),
        (("It was agreed to meet again.", HELD, FIRE), ["same", "same"]),
        ((HELD, "Jayden Harper likes it there and has made friends.", FIRE), ["changed", "same"]),
        (("Kayleigh Harper has held her tenancy in Ripley since April.", FIRE), ["changed", "same"]),
        ((FIRE,), ["gone", "same"]),
        ((HELD,), ["same", "gone"]),
        ((HELD, "Ngozi Okafor told Kayleigh of a fire."), ["same", "changed"]),
        (("Ngozi Okafor has held her tenancy in Ripley since March.", FIRE), ["gone", "same"]),
    ],
)
def test_each_entry_is_the_same_moved_changed_or_gone(after: tuple[str, ...], expected: list[str]) -> None:
    """Kills: words of another family taken for what a passage was changed to; own words that are not looked at."""
    old, new = split(of(HELD, FIRE), HOUSES), split(of(*after), HOUSES)
    plan = quoting(old, next(unit.key for unit in old.units if "fire" in unit.span.within(old.document.text)))
    assert [entry.text for entry in plan.entries] == [HELD, "She is safe there."]
    assert expected == [one.state for one in carry_over(plan, old, new)]


def test_under_another_heading_words_have_moved() -> None:
    old = split(of(HELD), HOUSES)
    new = split(Document.from_text(f"Housing\n\n{HELD}\n", document_id="minutes-1"), HOUSES)
    (found,) = carry_over(quoting(old), old, new)
    assert (found.state, found.reference, found.excerpt) == ("moved", "local-1", new.view("A").excerpts[0])
    assert "Kayleigh" not in repr(found)


def test_own_words_are_as_far_gone_as_what_they_rest_on() -> None:
    """Kills: a unit that moved taken for changed; the best of several units."""
    old = split(of(HELD, FIRE), HOUSES)
    moved = split(Document.from_text(f"Housing\n\n{HELD} {FIRE}\n", document_id="minutes-1"), HOUSES)
    keys = tuple(unit.key for unit in old.units[1:])
    plan = Plan("A").write("There was a fire.", field="x", basis=keys)
    assert [one.state for one in carry_over(plan, old, moved)] == ["moved"]
    assert [one.state for one in carry_over(plan, old, split(of(HELD), HOUSES))] == ["gone"]


def test_a_plan_from_its_file_is_followed_as_well() -> None:
    old = split(of(HELD), HOUSES)
    assert [one.state for one in carry_over(Plan.from_json(quoting(old).to_json()), old, old)] == ["same"]


def test_minutes_that_the_plan_does_not_quote_are_refused() -> None:
    old = split(of(HELD), HOUSES)
    other = split(Document.from_text(f"{HELD}\n", document_id="minutes-2"), HOUSES)
    with pytest.raises(PlanError) as refused:
        carry_over(quoting(old), other, old)
    assert str(refused.value) == (
        "old: are quoted nowhere in the plan, and nothing in it rests on them [plan-other-minutes]"
    )


def test_what_is_carried_over_may_be_pasted_and_what_was_not_amended_is_the_same() -> None:
    """Mutant: an excerpt of the old view is given back; one of another family's view is."""
    premise = Premise()

    @given(told(), st.integers(0, 200))
    def law(case: tuple[Roster, Minutes], pick: int) -> None:
        roster, written = case
        old = split(Document.from_text(written.text, document_id="minutes-1"), roster)
        family = roster.ids[pick % len(roster.ids)]
        plan = Plan(family)
        for excerpt in old.view(family).excerpts:
            plan = plan.paste(excerpt, field="x")
        premise.holds(bool(plan.entries))
        assume(plan.entries)
        assert {one.state for one in carry_over(plan, old, old)} == {"same"}
        lines = written.text.split("\n")
        del lines[pick % len(lines)]
        assume("".join(lines).strip())
        new = split(Document.from_text("\n".join(lines), document_id="minutes-1"), roster)
        found = carry_over(plan, old, new)
        assert [one.entry for one in found] == list(range(len(plan.entries)))
        for one in found:
            assert one.state in STATES
            assert (one.excerpt is None) == (one.state == "gone")
            if one.excerpt is not None:
                assert one.excerpt in new.view(family).excerpts
                assert Plan(family).paste(one.excerpt, field="x").entries
                words = plan.entries[one.entry].text
                assert (one.excerpt.text == words) == (one.state in ("same", "moved"))

    law()
    premise.require(0.5)
