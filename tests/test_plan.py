"""What a plan takes, what it refuses, and what it leaves out."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re
from collections.abc import Callable

import pytest
from test_guard import DOCUMENT, KEYED, ROSTER, UNITS, view

from minutes_split import guard
from minutes_split.errors import ExcerptError, MinutesSplitError, PlanError, WireError
from minutes_split.guard import Excerpt, family_view
from minutes_split.plan import Pasted, Plan, Written, keyed
from minutes_split.policy import Policy


@dataclasses.dataclass(frozen=True)
class Minutes:
    document = DOCUMENT
    units = UNITS
    roster = ROSTER
    policy: Policy = dataclasses.field(default_factory=Policy)


def plan() -> Plan:
    """A plan with two excerpts and own words that rest on what is about both families."""
    excerpts = view(policy=KEYED).excerpts
    return (
        Plan("A", purpose="child protection plan")
        .paste(excerpts[1], field="What is working well")
        .write("Jayden was hurt by another child.", field="Danger and harm", basis=("key-3",))
        .paste(excerpts[2], field="What is working well")
    )


def test_a_plan_never_changes() -> None:
    before = Plan("A")
    after = before.paste(view().excerpts[1], field="Strengths")
    assert (len(before.entries), len(after.entries)) == (0, 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        after.family = "B"  # type: ignore[misc]  # that it cannot be set is what is tested


def test_the_text_stands_field_by_field_and_the_layout_says_where() -> None:
    told = plan()
    assert told.fields == ("What is working well", "Danger and harm")
    assert told.text == (
        "What is working well\n\nJayden is in Year 5. Jayden reads well.\n\nHe is often late.\n\n"
        "Danger and harm\n\nJayden was hurt by another child."
    )
    for passage in told.layout:
        entry = None if passage.entry is None else told.entries[passage.entry]
        assert passage.span.within(told.text) == (entry.text if entry else passage.field)


def test_references_stand_behind_the_excerpts_of_a_rendered_plan() -> None:
    first = view(policy=KEYED).excerpts[1]
    assert f"{first.text} [{first.reference}]" in plan().render()
    assert plan().render(references=False) == plan().text


def edited() -> Excerpt:
    excerpt = pickle.loads(pickle.dumps(view().excerpts[1]))
    object.__setattr__(excerpt, "text", "Something else.")
    return excerpt  # type: ignore[no-any-return]  # pickle gives no type


REFUSALS: list[tuple[Callable[[], object], type[MinutesSplitError], str]] = [
    (lambda: Plan(" "), PlanError, "plan: should be for one family, named by its id in the roster [plan-no-family]"),
    (
        lambda: Plan("A").paste(edited(), field="x"),
        ExcerptError,
        "entry 1: is not as the view made it [excerpt-edited]",
    ),
    (
        lambda: plan().paste(view(family="B").excerpts[0], field="x"),
        ExcerptError,
        "entry 4: is an excerpt of another family than the plan's [excerpt-other-family]",
    ),
    (
        lambda: Plan("A", recipients=("father-1",)).paste(view(("mother-1",)).excerpts[0], field="x"),
        ExcerptError,
        "entry 1: comes from a view for other recipients: take it from `split.view(..., recipients=...)` "
        "with the plan's [excerpt-other-recipients]",
    ),
    (
        lambda: Plan("A").paste(view().proposals[0], field="x"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
        PlanError,
        "excerpt: is a proposal, which a person has to confirm first: answer it with `Confirm` [plan-proposal]",
    ),
    (
        lambda: Plan("A").paste("Jayden is in Year 5.", field="x"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
        PlanError,
        "excerpt: is no excerpt of a view: take one from `.excerpts`, or use `write` for own words [plan-bare-words]",
    ),
    (
        lambda: Plan("A").paste(view().excerpts[0], field=" "),
        PlanError,
        "field: should be the title of a field [plan-field]",
    ),
    (lambda: Plan("A").write("\n", field="x"), PlanError, "text: should not be empty [plan-own-words]"),
    (
        lambda: Plan("A").write(view().excerpts[0], field="x"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
        PlanError,
        "text: should be text; an excerpt goes in with `paste` [plan-own-words]",
    ),
    (
        lambda: Plan("A").write("x", field="x", basis="key-1"),
        PlanError,
        "basis: should be a list of unit keys, not one text [plan-basis]",
    ),
    (lambda: Plan("A").render(), PlanError, "plan: has nothing in it [plan-empty]"),
    (lambda: Plan("A").to_json(), PlanError, "plan: has nothing in it [plan-empty]"),
    (
        lambda: plan().to_json(),
        PlanError,
        "entry 2: rests on units, whose keys go on file under a reference key: pass `policy` [plan-no-key]",
    ),
    (lambda: Plan.from_json("{"), WireError, "line 1: is not JSON [plan-json]"),
    (lambda: Plan.from_json(b"\xff"), WireError, "$: is not JSON [plan-json]"),
    (lambda: Plan.from_json(None), WireError, "$: is not JSON [plan-json]"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    (
        lambda: Plan.from_json(plan().to_json(policy=KEYED).replace("Danger and harm", " ")),
        PlanError,
        "field: should be the title of a field [plan-field]",
    ),
    (
        lambda: Plan.from_json('{"schema_version": 2, "family": "A", "entries": []}'),
        WireError,
        "$.schema_version: is none of the values that are allowed [plan-literal-error]",
    ),
    (
        lambda: Plan.from_json('{"schema_version": 1, "family": "A", "entries": []}'),
        PlanError,
        "plan: has nothing in it [plan-empty]",
    ),
    (
        lambda: Plan.from_json(plan().to_json(policy=KEYED).replace("reads well", "reads badly")),
        ExcerptError,
        "excerpt: is not as the view made it [excerpt-edited]",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "message"), REFUSALS, ids=[message for _, _, message in REFUSALS])
def test_what_a_plan_cannot_take_is_refused_with_a_code_and_no_words(
    ask: Callable[[], object], kind: type[MinutesSplitError], message: str
) -> None:
    with pytest.raises(kind) as refused:
        ask()
    assert message == str(refused.value)
    assert refused.value.__context__ is None


def test_the_seal_comes_first_for_of_an_edited_excerpt_nothing_else_is_known() -> None:
    excerpt = edited()
    object.__setattr__(excerpt, "family", "B")
    with pytest.raises(ExcerptError, match="excerpt-edited"):
        Plan("A").paste(excerpt, field="x")


def test_whatever_reads_a_plan_out_checks_every_seal_in_it_again() -> None:
    told = Plan("A").paste(view().excerpts[1], field="x")
    entry = told.entries[0]
    assert isinstance(entry, Pasted)
    object.__setattr__(entry.excerpt, "text", "Something else.")
    for step in (
        told.write("More.", field="x").render,
        told.render,
        told.to_json,
        told.to_docx,
        lambda: dataclasses.replace(told, purpose="other"),
    ):
        with pytest.raises(ExcerptError, match="excerpt-edited"):
            step()


def test_a_plan_of_many_pastes_checks_each_seal_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kills: a step that checks every entry again, so that n pastes take n * n checks."""
    checked = 0
    plain = guard._seal_of

    def counted(excerpt: Excerpt) -> str:
        nonlocal checked
        checked += 1
        return plain(excerpt)

    excerpt = view().excerpts[1]
    monkeypatch.setattr(guard, "_seal_of", counted)
    told = Plan("A")
    for _ in range(200):
        told = told.paste(excerpt, field="x")
    assert (checked, len(told.entries)) == (200, 200)
    told.render()
    assert checked == 400


def test_an_excerpt_for_more_recipients_goes_into_a_plan_for_fewer() -> None:
    wide = view(("father-1", "mother-1")).excerpts[1]
    assert Plan("A", recipients=("father-1",)).paste(wide, field="x").entries
    assert Plan("A").paste(wide, field="x").entries


def test_a_plan_comes_back_from_its_file_with_the_same_words_and_sources() -> None:
    back = Plan.from_json(plan().to_json(policy=KEYED))
    assert (back.text, back.purpose, back.fields) == (plan().text, plan().purpose, plan().fields)
    assert Plan.from_json(back.to_json()).to_json() == back.to_json()
    excerpts = [entry.excerpt for entry in back.entries if isinstance(entry, Pasted)]
    assert [e.reference for e in excerpts] == [view(policy=KEYED).excerpts[i].reference for i in (1, 2)]


def test_no_bare_key_of_a_unit_goes_on_file() -> None:
    """A digest of a short sentence can be guessed. Kills: filing `units` or `basis` as they are."""
    filed = plan().to_json(policy=KEYED)
    assert "key-" not in filed
    assert json.loads(filed)["entries"][1]["basis"][0] == keyed("key-3", KEYED)
    assert re.fullmatch("keyed:[0-9a-f]{64}", keyed("key-3", KEYED))
    assert (keyed("key-3", Policy()), keyed("key-3", None)) == ("", "")


def test_gaps_list_what_is_withheld_first_and_leave_out_what_is_quoted_or_a_basis() -> None:
    gaps = plan().gaps([Minutes()])
    assert [(gap.key, gap.severity) for gap in gaps] == [("key-6", "medium"), ("key-5", "low"), ("key-9", "low")]
    assert next(gap.severity for gap in Plan("A").gaps([Minutes()])) == "high"


def test_an_excerpt_of_other_minutes_fills_no_gap_of_these() -> None:
    """The same place in two documents. Kills: spans that are compared without their document."""
    other = dataclasses.replace(DOCUMENT, document_id="minutes-2")
    more = family_view(other, UNITS, "A", roster=ROSTER, policy=Policy()).excerpts[1]
    told = Plan("A").paste(more, field="x")
    assert told.gaps([Minutes()]) == Plan("A").gaps([Minutes()])


def test_an_excerpt_that_is_cleared_for_others_than_its_family_is_refused() -> None:
    """No view makes one; it is made here with the keys of the guard."""
    excerpt = view().excerpts[1]
    values = {f.name: getattr(excerpt, f.name) for f in dataclasses.fields(excerpt)} | {"seal": ""}
    for wrong in ({"cleared_for": frozenset("B")}, {"family": "B"}):
        made = Excerpt(**{**values, **wrong}, made_by=guard._MADE_HERE)
        with pytest.raises(ExcerptError, match="excerpt-other-family"):
            Plan("A").paste(made, field="x")


def test_a_basis_that_was_filed_is_known_again() -> None:
    back = Plan.from_json(plan().to_json(policy=KEYED))
    assert plan().gaps([Minutes(KEYED)]) == back.gaps([Minutes(KEYED)])


def test_a_plan_shows_counts_only() -> None:
    assert repr(plan()) == "<Plan: 2 fields, 2 excerpts, 1 passages in own words>"
    assert plan()._repr_html_() == "<p>Plan: 2 fields, 2 excerpts, 1 passages in own words</p>"
    quiet = repr(plan().entries) + repr(plan().layout) + repr(plan().gaps([Minutes()])) + plan()._repr_html_()
    for word in ("Jayden", "hurt", "Danger", "working", "minutes-1", "child protection", "key-"):
        assert word not in quiet
    assert repr(Written("x", "some words")) == "<Written: 10 characters on 0 units>"


def test_excerpts_of_several_minutes_go_into_one_plan() -> None:
    other = dataclasses.replace(DOCUMENT, document_id="minutes-2")
    more = family_view(other, UNITS, "A", roster=ROSTER, policy=KEYED).excerpts[1]
    told = plan().paste(more, field="What is working well")
    assert {e.excerpt.document_id for e in told.entries if isinstance(e, Pasted)} == {"minutes-1", "minutes-2"}
