"""What is refused, with code, place and the whole message; never a shorter answer instead.

Bytes that are no document have their own table in `test_readers.py`.
"""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from minutes_split import (
    Confirm,
    Disclose,
    Document,
    Identify,
    MinutesSplitError,
    Plan,
    Policy,
    Roster,
    Split,
    Splitter,
    read,
    split,
)
from minutes_split.auditing import AuditIndex, audit
from minutes_split.decisions import decisions_from_json
from minutes_split.errors import (
    AuditError,
    DecisionError,
    ExcerptError,
    PlanError,
    PolicyError,
    ReadError,
    RosterError,
    ViewError,
    WireError,
)
from minutes_split.guard import Excerpt
from minutes_split.lexicon import default_lexicon

TEXT = "Harper family\nJayden is in Year 5.\n\nOkafor family\nChidi is in Year 7.\nChidi met Jayden.\n"


def _family(family_id: object = "A", **more: object) -> dict[str, object]:
    return {"id": family_id, "people": [{"name": "Jayden Harper"}], **more}


def _roster() -> Roster:
    return Roster.load({"families": [_family(), {"id": "B", "people": [{"name": "Chidi Okafor"}]}]})


def _split(**more: Any) -> Split:
    return split(TEXT, _roster(), **more)


def _refusal(call: Callable[[], object]) -> MinutesSplitError:
    with pytest.raises(MinutesSplitError) as refused:
        call()
    return refused.value


def _load(*families: object, **more: object) -> Callable[[], object]:
    return lambda: Roster.load({"families": list(families), **more})


ROSTERS = [
    ("no families", _load(), "$.families: names no family [roster-empty]"),
    (
        "a family without people",
        _load({"id": "A", "people": []}),
        "$.families[0].people: has nobody in it [roster-no-people]",
    ),
    (
        "two families with one id",
        _load(_family(), _family()),
        "$.families[1].id: is the id of an earlier family [roster-duplicate-id]",
    ),
    (
        "a family of the register with a family's id",
        _load(_family(), register=[_family()]),
        "$.register[0].id: is the id of an earlier family [roster-duplicate-id]",
    ),
    *(
        (
            f"the reserved id {mark}",
            _load(_family(mark)),
            "$.families[0].id: is an id with a meaning of its own (X, ?, -, !) [roster-reserved-id]",
        )
        for mark in "X?-!"
    ),
    ("a blank id", _load(_family(" ")), "$.families[0].id: should not be blank [roster-blank]"),
    ("an id that is a number", _load(_family(7)), "$.families[0].id: should be text [roster-string-type]"),
    (
        "a date of birth that is none",
        _load({"id": "A", "people": [{"name": "Jayden Harper", "dob": "31.02.2014"}]}),
        "$.families[0].people[0].dob: is no date (write it as YYYY-MM-DD) [roster-date-parsing]",
    ),
    (
        "a day that no month has",
        _load({"id": "A", "people": [{"name": "Jayden Harper", "dob": "2014-02-30"}]}),
        "$.families[0].people[0].dob: is no date (write it as YYYY-MM-DD) [roster-date-parsing]",
    ),
    (
        "a name without a letter",
        _load({"id": "A", "people": [{"name": "??"}]}),
        "$.families[0].people[0].name: should hold a letter [roster-blank]",
    ),
    (
        "an alias without a letter",
        _load({"id": "A", "people": [{"name": "Jay", "aliases": ["J", ""]}]}),
        "$.families[0].people[0].aliases[1]: should hold a letter [roster-blank]",
    ),
    (
        "a person without a name",
        _load({"id": "A", "people": [{"role": "mother"}]}),
        "$.families[0].people[0].name: a required key is missing [roster-missing]",
    ),
    (
        "a sex that is neither F nor M",
        _load({"id": "A", "people": [{"name": "Jay", "sex": "f"}]}),
        "$.families[0].people[0].sex: is none of the values that are allowed [roster-literal-error]",
    ),
    (
        "a key that is not known",
        _load(_family(adresses=[])),
        "$.families[0]: has a key that is not known [roster-extra-forbidden]",
    ),
    (
        "people that are no list",
        _load({"id": "A", "people": "Jayden"}),
        "$.families[0].people: should be a list [roster-tuple-type]",
    ),
    (
        "one person with two names",
        _load({"id": "A", "people": [{"id": "p", "name": "Jay"}]}, {"id": "B", "people": [{"id": "p", "name": "Kay"}]}),
        "$.families[1].people[0].id: is one person with two names or two dates of birth [roster-person-conflict]",
    ),
    (
        "a blank address",
        _load(_family(addresses=["3 Mill Lane", " "])),
        "$.families[0].addresses[1]: should not be blank [roster-blank]",
    ),
    (
        "a blank protected value",
        _load(_family(protected=[{"value": ""}])),
        "$.families[0].protected[0].value: should not be blank [roster-blank]",
    ),
    (
        "a blank professional",
        _load(_family(), professionals=[{"name": ""}]),
        "$.professionals[0].name: should not be blank [roster-blank]",
    ),
    ("a list in place of a mapping", lambda: Roster.load([]), "$: should be a mapping or its JSON [roster-type]"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    ("text that is no JSON", lambda: Roster.load('{"families": [}'), "line 1: is not JSON [roster-json]"),
    ("JSON that is no mapping", lambda: Roster.load("3"), "$: should be an object [roster-model-type]"),
    (
        "something that JSON cannot hold",
        _load(_family(label=object())),
        "$: holds something that JSON cannot [roster-json]",
    ),
]


@pytest.mark.parametrize(("call", "message"), [row[1:] for row in ROSTERS], ids=[row[0] for row in ROSTERS])
def test_a_roster_with_a_fault_is_refused(call: Callable[[], object], message: str) -> None:
    refused = _refusal(call)
    assert isinstance(refused, RosterError)
    assert str(refused) == message


def test_all_faults_of_a_roster_are_told_at_once() -> None:
    refused = _refusal(_load(_family("X"), {"id": "B", "people": []}, _family("B")))
    assert str(refused) == (
        "3 faults\n"
        "  $.families[0].id: is an id with a meaning of its own (X, ?, -, !) [roster-reserved-id]\n"
        "  $.families[1].people: has nobody in it [roster-no-people]\n"
        "  $.families[2].id: is the id of an earlier family [roster-duplicate-id]"
    )
    assert (refused.code, refused.where) == ("roster-reserved-id", "$.families[0].id")


def _excerpt() -> Excerpt:
    return _split().view("A").excerpts[-1]


def _mixed_key() -> str:
    return next(unit.key for unit in _split().units if unit.status == "mixed")


def _said(kind: type, **more: Any) -> Any:
    return kind(document_id=_split().document.document_id, by="j.smith", at=datetime(2024, 3, 4, tzinfo=UTC), **more)


def _paste_edited() -> object:
    excerpt = _excerpt()
    object.__setattr__(excerpt, "text", "Jayden is in Year 6.")
    return Plan("A", purpose="plan").paste(excerpt, field="home")


REFUSALS: list[tuple[str, type[MinutesSplitError], Callable[[], object], str]] = [
    # documents
    (
        "text passed to read",
        ReadError,
        lambda: read("Harper family"),
        "data: is a str; say Path(...) for a file or Document.from_text(...) for a text [read-str]",
    ),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    ("an empty text", ReadError, lambda: split("", _roster()), "document: there is no text in it [document-empty]"),
    (
        "a text of white space",
        ReadError,
        lambda: split(" \n\u00a0\n", _roster()),
        "document: there is no text in it [document-empty]",
    ),
    (
        "NUL in a text",
        ReadError,
        lambda: split("Jay\0den", _roster()),
        "document: holds characters that no text has [document-characters]",
    ),
    (
        "half a character",
        ReadError,
        lambda: split("Jay\ud800den", _roster()),
        "document: holds characters that no text has [document-characters]",
    ),
    (
        "bytes for a text",
        ReadError,
        lambda: Document.from_text(b"Jayden"),
        "document: the text should be text [document-text]",
    ),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    # views
    (
        "a view of an unknown family",
        ViewError,
        lambda: _split().view("C"),
        "family: is not a family of the roster [view-unknown-family]",
    ),
    (
        "what is withheld from an unknown family",
        ViewError,
        lambda: _split().withheld("C"),
        "family: is no family of the roster [view-unknown-family]",
    ),
    (
        "a view for an unknown recipient",
        ViewError,
        lambda: _split().view("A", recipients=["father-1"]),
        "recipients[0]: is not a recipient of this family in the roster [view-unknown-recipient]",
    ),
    (
        "an explanation of a place behind the end",
        ViewError,
        lambda: _split().explain(len(TEXT)),
        "offset: lies outside the text [explain-offset]",
    ),
    (
        "an explanation of a place before the beginning",
        ViewError,
        lambda: _split().explain(-1),
        "offset: lies outside the text [explain-offset]",
    ),
    # excerpts
    (
        "an excerpt made by hand",
        ExcerptError,
        lambda: Excerpt(text="x"),  # type: ignore[call-arg]  # the wrong kind of value is what is tested
        "excerpt: is made by a view only, and never changed: take it from `.excerpts` [excerpt-not-made-here]",
    ),
    (
        "an excerpt with other words",
        ExcerptError,
        lambda: dataclasses.replace(_excerpt(), text="Jayden is in Year 6."),
        "excerpt: is made by a view only, and never changed: take it from `.excerpts` [excerpt-not-made-here]",
    ),
    (
        "an excerpt in a format string",
        ExcerptError,
        lambda: f"{_excerpt()}",
        "excerpt: does not go into a format string: `plan.paste(excerpt, field=...)` keeps its source; `.text` are the bare words [excerpt-as-text]",
    ),
    (
        "an excerpt added to text",
        ExcerptError,
        lambda: "Plan: " + _excerpt(),  # type: ignore[operator]  # the wrong kind of value is what is tested
        "excerpt: does not join other text: `plan.paste(excerpt, field=...)` keeps its source; `.text` are the bare words [excerpt-as-text]",
    ),
    (
        "an excerpt of another family",
        ExcerptError,
        lambda: Plan("B", purpose="plan").paste(_excerpt(), field="home"),
        "entry 1: is an excerpt of another family than the plan's [excerpt-other-family]",
    ),
    (
        "an excerpt that was edited behind its back",
        ExcerptError,
        _paste_edited,
        "entry 1: is not as the view made it [excerpt-edited]",
    ),
    # plans
    (
        "a plan for nobody",
        PlanError,
        lambda: Plan("", purpose="plan"),
        "plan: should be for one family, named by its id in the roster [plan-no-family]",
    ),
    (
        "an empty plan that is laid out",
        PlanError,
        lambda: Plan("A", purpose="plan").render(),
        "plan: has nothing in it [plan-empty]",
    ),
    (
        "an empty plan that is filed",
        PlanError,
        lambda: Plan("A", purpose="plan").to_json(),
        "plan: has nothing in it [plan-empty]",
    ),
    (
        "a passage without a field",
        PlanError,
        lambda: Plan("A", purpose="plan").write("Words.", field=" "),
        "field: should be the title of a field [plan-field]",
    ),
    (
        "own words that are none",
        PlanError,
        lambda: Plan("A", purpose="plan").write(" ", field="home"),
        "text: should not be empty [plan-own-words]",
    ),
    (
        "a basis that is one text",
        PlanError,
        lambda: Plan("A", purpose="plan").write("Words.", field="home", basis="key"),
        "basis: should be a list of unit keys, not one text [plan-basis]",
    ),
    ("a plan file that is no JSON", WireError, lambda: Plan.from_json("{"), "line 1: is not JSON [plan-json]"),
    # audits
    (
        "an audit of nothing",
        AuditError,
        lambda: audit("", against=[_split()], family="A"),
        "draft: has nothing in it [audit-empty-draft]",
    ),
    (
        "an audit of an empty plan",
        AuditError,
        lambda: audit(Plan("A", purpose="plan"), against=[_split()]),
        "draft: has nothing in it [audit-empty-draft]",
    ),
    (
        "an audit against nothing",
        AuditError,
        lambda: audit("Words.", against=[], family="A"),
        "against: names no minutes to compare with [audit-no-source]",
    ),
    (
        "an index of nothing",
        AuditError,
        lambda: AuditIndex.build([]),
        "against: names no minutes to compare with [audit-no-source]",
    ),
    (
        "an audit for nobody",
        AuditError,
        lambda: audit("Words.", against=[_split()]),
        "family: should name the family that the draft is for [audit-no-family]",
    ),
    (
        "an audit as yes or no",
        AuditError,
        lambda: bool(audit("Some words of mine.", against=[_split()], family="A")),
        "audit: is no yes or no: read `.verdict` and `.findings` [audit-as-bool]",
    ),
    # decisions
    (
        "a decision for an unknown family",
        DecisionError,
        lambda: _split(decisions=[_said(Disclose, unit=_mixed_key(), family="C")]),
        "decision 1: names a family that the roster does not know [decision-family]",
    ),
    (
        "one unit confirmed for two families",
        DecisionError,
        lambda: _split(decisions=[_said(Confirm, units=("k",), family="A"), _said(Confirm, units=("k",), family="B")]),
        "decision 2: gives one unit to two families [decision-contradiction]",
    ),
    (
        "one mention identified as two parties",
        DecisionError,
        lambda: _split(
            decisions=[_said(Identify, mention="k@0", party="A"), _said(Identify, mention="k@0", party="X")]
        ),
        "decision 2: says of one mention that it is two parties [decision-contradiction]",
    ),
    (
        "a mixed unit confirmed for one family",
        DecisionError,
        lambda: _split(decisions=[_said(Confirm, units=(_mixed_key(),), family="A")]),
        "unit 5: is not proposed to the family that it was confirmed for [decision-not-proposed]",
    ),
    (
        "decisions of another version",
        DecisionError,
        lambda: decisions_from_json({"schema_version": 2, "decisions": []}),
        "$.schema_version: is none of the values that are allowed [decision-literal-error]",
    ),
    # settings
    (
        "words for a list that the lexicon does not have",
        PolicyError,
        lambda: Splitter(_roster(), lexicon=default_lexicon().extended({"wrods": ["x"]})),
        "lexicon: there is no such word list; there are words, persons, forenames, forenames_sex, surnames, word_names, places [lexicon-list]",
    ),
]


@pytest.mark.parametrize(("kind", "call", "message"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_it_is_refused_with_code_place_and_message(
    kind: type[MinutesSplitError], call: Callable[[], object], message: str
) -> None:
    refused = _refusal(call)
    assert type(refused) is kind
    assert str(refused) == message
    assert refused.__context__ is None, "the error of somebody else rides along"


@pytest.mark.parametrize("call", [row[1] for row in ROSTERS] + [row[2] for row in REFUSALS])
def test_a_refusal_survives_a_process_pool(call: Callable[[], object]) -> None:
    refused = _refusal(call)
    again = pickle.loads(pickle.dumps(refused))
    assert (str(again), again.code, again.where, again.faults) == (
        str(refused),
        refused.code,
        refused.where,
        refused.faults,
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"unread_words": -1},
        {"near_score": 20},
        {"audit_run": 0},
        {"release": "all"},
        {"tracked": "maybe"},
        {"no_such": 1},
    ],
    ids=lambda told: next(iter(told)),
)
def test_a_setting_outside_its_range_is_refused_as_ours(settings: dict[str, object]) -> None:
    assert isinstance(_refusal(lambda: Policy(**settings)), PolicyError)  # type: ignore[arg-type]  # the wrong kind of value is what is tested


@pytest.mark.parametrize(
    "fields",
    [{"units": (), "family": "A"}, {"units": "key", "family": "A"}, {"family": "A"}],
    ids=["no units", "one text", "none"],
)
def test_a_decision_that_is_malformed_is_refused_as_ours(fields: dict[str, object]) -> None:
    assert isinstance(_refusal(lambda: _said(Confirm, **fields)), DecisionError)
