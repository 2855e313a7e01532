"""Where one unit of the minutes went: plans and releases, over references, tags and text."""

from __future__ import annotations

import pickle

import pytest
from test_guard import DOCUMENT, KEYED, ROSTER, UNITS
from test_release import gated, minutes, plan

from minutes_split import Plan, Split
from minutes_split.errors import ViewError
from minutes_split.plan import keyed
from minutes_split.tracing import Trace, trace

SPLIT = Split(DOCUMENT, ROSTER, KEYED, tuple(UNITS), ())
PASTED = next(e for e in SPLIT.view("A").excerpts if "Year 5" in e.text)
UNIT = next(u for u in SPLIT.units if u.key == PASTED.units[0])


def how(found: tuple[Trace, ...]) -> list[tuple[str, int, str]]:
    return [(one.holder, one.number, one.how) for one in found]


def test_a_unit_is_found_as_an_excerpt_as_a_basis_and_as_bare_words() -> None:
    """Kills: a plan that is skipped; words in an excerpt that are told twice; a basis on file that is not known."""
    words = UNIT.span.within(DOCUMENT.text).strip()
    plans = [
        Plan("A").write("Nothing of it.", field="x"),
        Plan("A").paste(PASTED, field="x"),
        Plan("A").write("He is at school.", field="x", basis=(UNIT.key,)),
        Plan("A").write("He is at school.", field="x", basis=(keyed(UNIT.key, KEYED),)),
        Plan("A").write(f"It is said: {words.upper()}", field="x"),
        Plan.from_json(Plan("A").paste(PASTED, field="x").to_json()),
    ]
    expected = [
        ("plan", n, kind) for n, kind in ((1, "excerpt"), (2, "basis"), (3, "basis"), (4, "text"), (5, "excerpt"))
    ]
    assert how(trace(SPLIT, UNIT.key, plans=plans)) == expected
    assert how(trace(SPLIT, UNIT, plans=plans)) == how(trace(SPLIT, UNIT.number, plans=plans)) == expected


def test_the_place_is_where_the_words_stand() -> None:
    words = UNIT.span.within(DOCUMENT.text).strip()
    draft = Plan("A").write(f"Before. {words} After.", field="x")
    (found,) = trace(SPLIT, UNIT, plans=[draft])
    assert found.where is not None and found.field == "x"
    assert found.where.within(draft.text).strip(" .") in words


def test_a_release_is_found_by_the_references_on_its_record_and_by_its_text() -> None:
    released = gated()
    split = minutes()
    excerpt = plan().entries[0].excerpt  # type: ignore[union-attr]  # an entry that was pasted has an excerpt
    unit = next(u for u in split.units if u.key == excerpt.units[0])
    assert ("release", 0, "text") in how(trace(split, unit, plans=[], releases=[released]))
    other = next(u for u in split.units if "Chidi" in u.span.within(DOCUMENT.text))
    assert trace(split, other, plans=[], releases=[released]) == ()


def test_a_release_is_found_by_a_reference_under_the_key_though_its_text_was_changed() -> None:
    """Kills: references that are not looked at; local ones, which are numbers, taken for equal."""
    split = minutes(policy=KEYED)
    excerpt = split.view("A", ("mother-1",)).excerpts[1]
    draft = Plan("A", recipients=("mother-1",)).paste(excerpt, field="x")
    released = gated(draft, against=[split], policy=KEYED, answers={}, author="s.begum")
    unit = next(u for u in split.units if u.key == excerpt.units[0])
    assert ("release", 0, "reference") in how(trace(split, unit, plans=[], releases=[released]))
    assert ("release", 0, "reference") not in how(trace(minutes(), unit, plans=[], releases=[gated()]))
    others = (u for e in split.view("A").excerpts if e.reference != excerpt.reference for u in e.units)
    for other in others:
        assert ("release", 0, "reference") not in how(trace(split, other, plans=[], releases=[released]))


def test_a_short_unit_is_found_whole_and_between_words_only() -> None:
    unit = next(u for u in SPLIT.units if len(u.span.within(DOCUMENT.text).strip()) < 25)
    words = unit.span.within(DOCUMENT.text).strip(" .\n")
    assert how(trace(SPLIT, unit, plans=[Plan("A").write(f"So: {words}!", field="x")])) == [("plan", 0, "text")]
    assert trace(SPLIT, unit, plans=[Plan("A").write(f"So: x{words}!", field="x")]) == ()


def test_a_unit_that_is_not_in_the_split_is_refused() -> None:
    for wrong in ("no key", 10_000):
        with pytest.raises(ViewError) as refused:
            trace(SPLIT, wrong, plans=[])
        assert str(refused.value) == "unit: is no unit of this split [trace-unknown-unit]"


def test_a_trace_shows_no_words() -> None:
    found = trace(SPLIT, UNIT, plans=[Plan("A").paste(PASTED, field="Jayden at school")])
    assert "Jayden" not in repr(found)
    assert pickle.loads(pickle.dumps(found)) == found
