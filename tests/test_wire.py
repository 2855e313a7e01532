"""JSON there and back, and the committed schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from minutes_split import MinutesSplitError, Plan, Policy, Roster, Split, read, split, wire
from minutes_split.auditing import audit
from minutes_split.decisions import decisions_to_json
from minutes_split.linting import lint
from minutes_split.redaction import redact

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "minutes_split" / "schema"
SETS = [
    ("neighbours/minutes.docx", "neighbours/roster.json"), ("marac/minutes.docx", "marac/roster.json"),
    ("core-group/minutes.docx", "core-group/roster.json"), ("panel/minutes.docx", "panel/roster.json"),
]  # fmt: skip


def made(minutes: str, roster: str) -> Split:
    folder = ROOT / "fixtures"
    return split(read(folder / minutes), Roster.load((folder / roster).read_bytes()))


@pytest.fixture(scope="module", params=SETS, ids=lambda pair: pair[0])
def result(request: pytest.FixtureRequest) -> Split:
    return made(*request.param)


def forms(result: Split, *, words: bool) -> list[wire.Form]:
    family = result.roster.ids[0]
    found = audit(result.document.text[:4000], against=[result], family=family)
    return [
        wire.split_on_file(result, words=words, keys=words),
        wire.view_on_file(result.view(family)),
        wire.withheld_on_file(result, family, words=words, keys=words),
        wire.questions_on_file(result, words=words),
        wire.explanation_on_file(result, 40, words=words),
        wire.audit_on_file(found, words=words),
        wire.lint_on_file(lint(result), result, words=words),
        wire.paper_on_file(redact(result, family), family=family),
        wire.schedule_on_file(redact(result, family), result, family=family),
    ]


def schema(name: str) -> dict[str, Any]:
    read_schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return read_schema


@pytest.mark.parametrize("name", wire.SCHEMAS)
def test_a_committed_schema_is_the_one_that_the_models_give(name: str) -> None:
    assert wire.schema_json(name) == (SCHEMAS / f"{name}.json").read_text(encoding="utf-8"), (
        f"minutes-split schema {name} > minutes_split/schema/{name}.json"
    )


def test_there_is_a_schema_for_each_form_and_no_other() -> None:
    assert {f"{name}.json" for name in wire.SCHEMAS} == {file.name for file in SCHEMAS.iterdir()}


@pytest.mark.parametrize("name", wire.SCHEMAS)
def test_a_schema_is_one_and_has_an_id_and_a_version(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert f"urn:minutes-split:schema:{name}:{wire.SCHEMA_VERSION}" == schema(name)["$id"]


@pytest.mark.parametrize("words", [False, True])
def test_every_form_is_as_its_schema_says(result: Split, words: bool) -> None:
    for form in forms(result, words=words):
        jsonschema.validate(json.loads(wire.to_json(form)), schema(form.kind))


@pytest.mark.parametrize("words", [False, True])
def test_every_form_goes_there_and_back(result: Split, words: bool) -> None:
    for form in forms(result, words=words):
        assert form == wire.from_json(wire.to_json(form))
        assert wire.to_json(form) == wire.to_json(wire.from_json(wire.to_json(form).encode()))


def test_only_what_may_leave_holds_words_unless_they_are_asked_for(result: Split) -> None:
    names = {person.name.split()[-1] for family in result.roster.families for person in family.people}
    for form in forms(result, words=False):
        said = wire.to_json(form)
        assert form.kind in ("view", "paper") or not any(name in said for name in names)
        assert form.kind in ("view", "questions") or '"key"' not in said
        assert repr(form) == f"<{type(form).__name__}>"


def test_a_view_holds_what_is_outward_and_the_family_and_nothing_else(result: Split) -> None:
    view = result.view(result.roster.ids[0])
    outward = json.loads(view.outward().to_json())
    said = json.loads(wire.to_json(wire.view_on_file(view)))
    assert {"schema_version", "kind", "family", "excerpts"} == set(said)
    assert outward["texts"] == [excerpt["text"] for excerpt in said["excerpts"]]
    assert outward["references"] == [excerpt["reference"] for excerpt in said["excerpts"]]
    assert outward["headings"] == [excerpt["heading"] for excerpt in said["excerpts"]]


def test_the_units_of_a_split_on_file_say_what_the_units_say(result: Split) -> None:
    for unit, said in zip(result.units, wire.split_on_file(result).units, strict=True):
        assert (unit.span.start, unit.span.end, unit.status, unit.strength) == (
            said.start,
            said.end,
            said.status,
            said.strength,
        )
        assert unit.parties == (None if said.parties is None else frozenset(said.parties))


def test_json_is_ascii_so_that_nothing_in_it_acts() -> None:
    result = split(
        "Harper family\n\nKayleigh\x1b[2J \x9b Harper rang.",
        Roster.load({"families": [{"id": "A", "people": [{"name": "Kayleigh Harper"}]}]}),
    )
    said = wire.to_json(wire.split_on_file(result, words=True))
    assert said.isascii()
    assert "\x1b" not in said
    assert "\\u001b" in said


def test_rosters_plans_and_decisions_are_as_their_schemas_say() -> None:
    for _, roster in SETS:
        jsonschema.validate(json.loads((ROOT / "fixtures" / roster).read_text(encoding="utf-8")), schema("roster"))
    result = made(*SETS[0])
    plan = (
        Plan("A", purpose="plan").paste(result.view("A").excerpts[0], field="views").write("Own words.", field="views")
    )
    jsonschema.validate(json.loads(plan.to_json()), schema("plan"))
    jsonschema.validate(json.loads(decisions_to_json([])), schema("decisions"))
    jsonschema.validate(json.loads(Policy().model_dump_json()), schema("policy"))


def test_what_the_pages_write_is_as_its_schema_says() -> None:
    answers = [
        {"kind": "identify", "mention": "k@0", "party": "B"},
        {"kind": "confirm", "units": ["k"], "family": "A", "why": "read"},
    ]
    jsonschema.validate(
        {"schema_version": 1, "kind": "answers", "document_id": "d", "answers": answers}, schema("answers")
    )
    check = {"schema_version": 1, "kind": "check", "audit": "a", "answers": [{"key": "k", "answer": "Seen."}]}
    jsonschema.validate(check, schema("check"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "line 1: is not JSON [wire-json]"),
        (b"\xff", "$: is not JSON [wire-json]"),
        ("[" * 100_000, "$: is not JSON [wire-json]"),
        ("[]", "$.kind: is none of split, view, withheld, questions, explanation, audit, lint, paper, schedule [wire-kind]"),
        ('{"kind": ["split"]}', "$.kind: is none of split, view, withheld, questions, explanation, audit, lint, paper, schedule [wire-kind]"),
        ('{"kind": "view", "schema_version": 2}', "$.schema_version: is not 1, which is what this version reads [wire-version]"),
        ('{"kind": "view", "schema_version": 1, "family": "A", "excerpts": [], "Harper": 1}',
         "$: has a key that is not known [wire-extra-forbidden]"),
        ('{"kind": "view", "schema_version": 1, "family": 7, "excerpts": [{}]}',
         "4 faults\n  $.family: should be text [wire-string-type]\n"
         "  $.excerpts[0].text: a required key is missing [wire-missing]\n"
         "  $.excerpts[0].reference: a required key is missing [wire-missing]\n"
         "  $.excerpts[0].heading: a required key is missing [wire-missing]"),
    ],
)  # fmt: skip
def test_json_that_is_no_form_of_ours_is_refused_with_its_place(data: str | bytes, message: str) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        wire.from_json(data)
    assert message == str(refused.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("release = ", "policy: is neither JSON nor TOML [policy-toml]"),
        ("{", "line 1: is not JSON [policy-json]"),
        (b"\xff\xfe", "$: is not text in UTF-8 [policy-text]"),
        ("near_score = 3.0", "$.near_score: is below the smallest value that is allowed [policy-greater-than-equal]"),
        ("at = 2022-10-11", "$: holds something that JSON cannot [policy-json]"),
    ],
)
def test_a_policy_that_is_none_is_refused_with_its_place(data: str | bytes, message: str) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        wire.policy_from(data)
    assert message == str(refused.value)


def test_an_empty_policy_file_is_the_default_policy() -> None:
    assert Policy() == wire.policy_from("")
