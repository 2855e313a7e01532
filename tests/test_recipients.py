"""Recipients, and what is kept from whom: two fathers who must not learn of each other, and a MARAC pair.

The minutes and rosters are in `fixtures/core-group` and `fixtures/marac`. What
is kept is a value (an address, a name, a phrase), not a sense: a unit that
tells the same in other words is not found, which is what the checker is for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from minutes_split import AuditIndex, Confirm, Disclose, Document, Plan, Roster, Split, audit, read, redact, split
from minutes_split.errors import DecisionError, ExcerptError, ViewError
from minutes_split.values import forms, squashed

FIXTURES = Path(__file__).parent.parent / "fixtures"
AT = datetime(2024, 3, 20, tzinfo=UTC)


@cache
def confirmed(folder: str, roster: str, family: str) -> Split:
    """The minutes of a folder, with everything proposed to the family confirmed by a person."""
    known = Roster.load((FIXTURES / folder / f"{roster}.json").read_text(encoding="utf-8"))
    document = read(FIXTURES / folder / "minutes.docx")
    proposed = split(document, known).view(family).proposals
    answers = [
        Confirm(document_id=document.document_id, by="y.marsh", at=AT, units=p.units, family=family) for p in proposed
    ]
    return split(document, known, decisions=answers)


def fathers() -> Split:
    return confirmed("core-group", "fathers_roster", "B")


def pair() -> Split:
    return confirmed("marac", "pair_roster", "A")


CASES = [
    (fathers, "B", ("mother-1", "father-1", "father-2")),
    (pair, "A", ("victim-1", "perp-1")),
]


def units(one: Split, family: str, recipients: Sequence[str]) -> frozenset[str]:
    """What recipients get, by unit."""
    return frozenset(key for excerpt in one.view(family, tuple(recipients)).excerpts for key in excerpt.units)


def words(one: Split, family: str, *recipients: str) -> str:
    return "\n".join(excerpt.text for excerpt in one.view(family, recipients).excerpts)


@pytest.mark.parametrize(("minutes", "family", "known"), CASES)
def test_a_view_for_several_recipients_is_what_each_of_them_may_have(minutes, family, known) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives the arguments
    """Kills: a union; the first recipient only; a value kept from one and shown to a group that he is in."""
    one = minutes()
    differ = False
    for count in range(2, len(known) + 1):
        for group in itertools.permutations(known, count):
            each = [units(one, family, [recipient]) for recipient in group]
            assert units(one, family, group) == frozenset.intersection(*each) != frozenset()
            differ |= len({*each}) > 1
    assert differ


@pytest.mark.parametrize(("minutes", "family", "known"), CASES)
def test_no_value_kept_from_a_recipient_stands_in_what_he_gets(minutes, family, known) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives the arguments
    one = minutes()
    own = one.roster.family(family)
    kept = 0
    for recipient in known:
        given = words(one, family, recipient)
        for protected in own.protected:
            if recipient in protected.withheld_from:
                told = protected.value.split() if protected.kind == "person" else [protected.value.split(",")[0]]
                assert [name for name in told if re.search(rf"\b{name}\b", given)] == []
                kept += 1
    assert kept == len(own.protected)


# --- half-siblings with two fathers -------------------------------------------------------------


def test_each_father_gets_nothing_of_the_other() -> None:
    one = fathers()
    everything = words(one, "B", "mother-1")
    assert "Aaron Skelly not invited" in everything and "Kit gets everything" in everything
    assert "Aaron" not in words(one, "B", "father-1")
    assert "Kit" not in words(one, "B", "father-2") and "Dominic" not in words(one, "B", "father-2")
    assert "Kit gets everything" in words(one, "B", "father-1")
    assert "Aaron Skelly not invited" in words(one, "B", "father-2")


def test_the_address_kept_from_the_father_is_in_the_mothers_view_only() -> None:
    one = confirmed("core-group", "fathers_roster", "A")
    assert "22 Farrow Lane" in words(one, "A", "mother-1")
    assert "22 Farrow Lane" not in words(one, "A", "father-1")
    assert "22 Farrow Lane" not in words(one, "A", "mother-1", "father-1")
    lost = units(one, "A", ["mother-1"]) - units(one, "A", ["father-1"])
    assert {w.reason for w in one.withheld("A", ["father-1"]).concerns if w.key in lost} == {"protected"}


def test_an_excerpt_from_the_mothers_view_does_not_go_into_the_fathers_plan() -> None:
    one = fathers()
    excerpt = one.view("B", ("mother-1",)).excerpts[0]
    with pytest.raises(ExcerptError) as refused:
        Plan("B", recipients=("father-1",)).paste(excerpt, field="Family")
    assert refused.value.code == "excerpt-other-recipients"
    both = one.view("B", ("mother-1", "father-1")).excerpts[0]
    assert Plan("B", recipients=("father-1",)).paste(both, field="Family").entries


def test_the_audit_finds_the_other_father_in_a_plan_that_goes_to_one_of_them() -> None:
    one = fathers()
    told = "We will talk with Mollie about the letter from HMP Marshgate."
    draft = Plan("B", recipients=("father-1",)).write(told, field="Steps")
    assert ("protected-value", "high") in {(f.code, f.severity) for f in audit(draft, against=[one]).findings}
    draft = Plan("B", recipients=("mother-1",)).write(told, field="Steps")
    assert "protected-value" not in {f.code for f in audit(draft, against=[one]).findings}


# --- victim and alleged perpetrator in one case -------------------------------------------------


def test_what_keeps_the_victim_safe_is_in_no_view_that_the_alleged_perpetrator_is_in() -> None:
    one = pair()
    victim = words(one, "A", "victim-1")
    assert "Safe to text 9-3" in victim and "Debs in Ripley" in victim and "DASH 16" in victim
    for recipients in (("perp-1",), ("perp-1", "victim-1"), ("victim-1", "perp-1")):
        given = words(one, "A", *recipients)
        assert given and not [w for w in ("IDVA", "Debs", "Ripley", "Quarry", "DASH 16", "9-3") if w in given]
    assert "P not known" in words(one, "A", "perp-1") and "P not known" not in victim


def test_the_audit_finds_the_safety_plan_in_a_letter_to_the_alleged_perpetrator() -> None:
    one = pair()
    safe = next(e for e in one.view("A", ("victim-1",)).excerpts if "Safe to text" in e.text)
    found = audit(f"Dear Mr Roebuck, {safe.text}", against=[one], family="A", recipients=("perp-1",)).findings
    assert {("protected-value", "high"), ("copied", "high")} <= {(f.code, f.severity) for f in found}
    found = audit(f"Dear Ms Roebuck, {safe.text}", against=[one], family="A", recipients=("victim-1",)).findings
    assert not {f.code for f in found} & {"protected-value", "copied"}


def test_an_address_is_kept_back_without_its_postcode_and_in_its_short_form() -> None:
    """Kills: a street that is looked for with the postcode behind it only."""
    assert squashed("5 Quarry Mt") in forms("5 Quarry Mount ZZ99 1AA", "address")
    assert "Quarry Mt" not in words(pair(), "A", "perp-1")


def test_somebody_who_is_no_recipient_of_the_family_is_refused() -> None:
    for recipients in (("perp-1", "aunt"), ("father-1",)):
        with pytest.raises(ViewError) as refused:
            pair().view("A", recipients)
        assert str(refused.value) == (
            f"recipients[{len(recipients) - 1}]: is not a recipient of this family in the roster [view-unknown-recipient]"
        )


def test_with_nobody_named_a_value_kept_from_somebody_is_in_the_view_and_the_plan_says_so() -> None:
    """A view for the family as such is for those within the authority who are yet to say who reads it."""
    one = pair()
    assert "IDVA" in words(one, "A")
    assert all(excerpt.recipients == () for excerpt in one.view("A").excerpts)
    with pytest.raises(ExcerptError):
        Plan("A", recipients=("perp-1",)).paste(one.view("A").excerpts[0], field="x")


# --- a disclosure for some of the family --------------------------------------------------------

PARENTS = Roster.load(
    {
        "families": [
            {
                "id": "A",
                "people": [{"name": "Kayleigh Harper", "role": "mother"}],
                "recipients": [{"id": "mother-1"}, {"id": "father-1"}, {"id": "gran-1"}],
            },
            {"id": "B", "people": [{"name": "Ngozi Obi"}]},
        ]
    }
)
BOTH = "Kayleigh Harper told Ngozi Obi of the fire in the flat."


def disclosed(*readers: tuple[str, ...]) -> Split:
    """A sentence about two families, disclosed to one of them once for each of these groups."""
    document = Document.from_text(f"{BOTH}\n", document_id="minutes-1")
    (unit,) = split(document, PARENTS).units
    told = [
        Disclose(document_id="minutes-1", by="y.marsh", at=AT, unit=unit.key, family="A", recipients=group)
        for group in readers
    ]
    return split(document, PARENTS, decisions=told)


@pytest.mark.parametrize(
    "recipients", [(), ("mother-1",), ("father-1",), ("mother-1", "father-1"), ("gran-1", "mother-1")]
)
@pytest.mark.parametrize(
    ("readers", "may"),
    [
        ([()], {(), ("mother-1",), ("father-1",), ("mother-1", "father-1"), ("gran-1", "mother-1")}),
        ([("mother-1",)], {("mother-1",)}),
        ([("mother-1", "father-1")], {("mother-1",), ("father-1",), ("mother-1", "father-1")}),
        ([("mother-1",), ("father-1",)], {("mother-1",), ("father-1",), ("mother-1", "father-1")}),
        ([("mother-1",), ()], {(), ("mother-1",), ("father-1",), ("mother-1", "father-1"), ("gran-1", "mother-1")}),
    ],
)
def test_what_was_disclosed_for_some_is_for_nobody_else(
    readers: list[tuple[str, ...]], may: set[tuple[str, ...]], recipients: tuple[str, ...]
) -> None:
    """Kills: a disclosure for the mother that the father reads; a view that names nobody taken for one of hers."""
    one = disclosed(*readers)
    given = recipients in may
    assert words(one, "A", *recipients) == (BOTH if given else "")
    assert [w.reason for w in one.withheld("A", recipients)] == ([] if given else ["mixed"])
    (gap,) = Plan("A", recipients=recipients).gaps([one])
    assert gap.severity == ("low" if given else "high")
    index = AuditIndex.from_bytes(AuditIndex.build([one]).to_bytes())
    for against in ([one], index):
        codes = {f.code for f in audit(BOTH, against=against, family="A", recipients=recipients).findings}
        assert ("copied" in codes) != given
    assert ("of the fire in the flat" in redact(one, "A", recipients=recipients).text) == given


def test_a_disclosure_for_somebody_whom_the_roster_does_not_know_is_refused() -> None:
    with pytest.raises(DecisionError) as refused:
        disclosed(("aunt",))
    assert str(refused.value) == "decisions: are for a recipient whom the roster does not know [decision-recipient]"
