"""An answer in an amended document: it holds where it was given, or it is stale; it never comes to stand at another sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minutes_split import Confirm, Disclose, Document, Identify, Roster, Split, split
from minutes_split.decisions import Decision
from minutes_split.errors import DecisionError
from minutes_split.spans import Span
from minutes_split.testing import Minutes
from tests.laws import Premise, told

AT = datetime(2024, 3, 4, tzinfo=UTC)
HOUSES = Roster.load(
    {
        "families": [
            {
                "id": "A",
                "people": [
                    {"name": "Kayleigh Harper", "sex": "F", "role": "mother"},
                    {"name": "Jayden Harper", "sex": "M", "role": "child"},
                ],
            },
            {"id": "B", "people": [{"name": "Ngozi Okafor", "sex": "F", "role": "mother"}]},
        ]
    }
)
UPSET = "She was very upset about the fire."


def of(*sentences: str) -> Document:
    return Document.from_text("Update\n\n" + " ".join(sentences) + "\n", document_id="minutes-1")


def disclosed(before: Split, number: int = -1) -> Disclose:
    return Disclose(document_id="minutes-1", by="j.smith", at=AT, unit=before.units[number].key, family="A")


def opened(document: Document, decision: Decision) -> tuple[list[tuple[str, frozenset[str] | None]], bool]:
    """What is cleared for A by the answer, with whom it is about, and whether the answer is stale."""
    after, plain = split(document, HOUSES, decisions=[decision]), split(document, HOUSES)
    told_of = zip(after.units, plain.units, strict=True)
    cleared = [(u.span.within(document.text), u.parties) for u, old in told_of if u.cleared_for != old.cleared_for]
    return cleared, bool(after.stale)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("Kayleigh rang.", UPSET), ("Kayleigh rang.", UPSET, "Ngozi left early."), "holds"),
        (("Kayleigh rang.", UPSET), ("Ngozi left early.", "Kayleigh rang.", UPSET), "holds"),
        (("Kayleigh rang.", UPSET), ("Ngozi rang.", UPSET), "stale"),
        (("Kayleigh rang.", UPSET), ("Kayleigh rang.", "Ngozi rang.", UPSET), "stale"),
        (("Ngozi rang.", UPSET), ("Kayleigh rang.", UPSET, "Ngozi rang.", UPSET), "holds"),
        (("Kayleigh rang.", UPSET), ("Kayleigh rang.", UPSET, "Kayleigh rang.", UPSET), "stale"),
        (("Kayleigh rang.", "Mum cried.", UPSET), ("Ngozi rang.", "Mum cried.", UPSET), "stale"),
        (("Kayleigh rang.", UPSET), ("Kayleigh rang.", "She was a little upset about the fire."), "stale"),
    ],
)
def test_an_answer_holds_at_its_sentence_as_long_as_what_it_leans_on_is_there(
    before: tuple[str, ...], after: tuple[str, ...], expected: str
) -> None:
    """Kills: a key of the words alone; a rank among equals that another sentence can take."""
    old = split(of(*before), HOUSES)
    cleared, stale = opened(of(*after), disclosed(old))
    assert stale == (expected == "stale")
    assert cleared == ([(UPSET, old.units[-1].parties)] if expected == "holds" else [])


def test_an_answer_never_opens_a_sentence_that_came_in_after_it() -> None:
    """Mutant: `floor` left out of the key; the count left out of the rank."""
    premise = Premise()

    @given(told(), st.integers(0, 200), st.integers(0, 200), st.booleans(), st.integers(0, 3))
    def law(case: tuple[Roster, Minutes], pick: int, line: int, beside: bool, what: int) -> None:
        roster, written = case
        before = split(Document.from_text(written.text, document_id="minutes-1"), roster)
        kept = [unit for unit in before.units if unit.status != "nobody" and "A" not in unit.cleared_for]
        assume(kept)
        unit = kept[pick % len(kept)]
        names = [person.name for family in roster.families for person in family.people]
        said = unit.span.within(written.text).strip()
        put_in = (f"{names[pick % len(names)]} rang.", "A man from number 9 called.", said, f"{names[0]} came. {said}")
        lines = written.text.split("\n")
        at = written.text.count("\n", 0, unit.span.start) if beside else line % (len(lines) + 1)
        lines.insert(at, put_in[what])
        start = sum(len(one) + 1 for one in lines[:at])
        new = Span(start, start + len(lines[at]))
        amended = Document.from_text("\n".join(lines), document_id="minutes-1")
        answer = Disclose(document_id="minutes-1", by="j.smith", at=AT, unit=unit.key, family="A")
        after, plain = split(amended, roster, decisions=[answer]), split(amended, roster)
        both = zip(after.units, plain.units, strict=True)
        opened_ = [u.span for u, old in both if u.cleared_for != old.cleared_for]
        premise.holds(bool(opened_))
        assert len(opened_) <= 1
        for span in opened_:
            assert " ".join(span.within(amended.text).split()) == " ".join(said.split())
            copied = what == 2 or (what == 3 and unit.evidence.startswith(("direct/", "opening/")))
            assert copied or not span.meets(new)  # a copy that leans on nobody is the same wherever it stands

    law()
    premise.require(0.3)


@pytest.mark.parametrize(
    "pair",
    [
        lambda key: (confirm(key, "A"), confirm(key, "B")),
        lambda key: (identify(key, "A"), identify(key, "X")),
    ],
)
def test_two_answers_that_differ_are_an_error(pair: Any) -> None:
    document = of("Kayleigh rang.", UPSET)
    key = split(document, HOUSES).units[-1].key
    with pytest.raises(DecisionError) as refused:
        split(document, HOUSES, decisions=pair(key))
    assert refused.value.code == "decision-contradiction"


def confirm(key: str, family: str) -> Confirm:
    return Confirm(document_id="minutes-1", by="j.smith", at=AT, units=(key,), family=family)


def identify(key: str, party: str) -> Identify:
    return Identify(document_id="minutes-1", by="j.smith", at=AT, mention=f"{key}@0", party=party)
