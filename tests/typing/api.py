"""A program that uses the public names as a caller does. It is not run: what mypy says of it is part of what is kept.

mypy tests/typing/api.py
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, assert_type

from minutes_split import (
    Audit,
    AuditIndex,
    Confirm,
    Disclose,
    Document,
    Excerpt,
    FamilyView,
    Finding,
    Identify,
    MinutesSplitError,
    Plan,
    Policy,
    Question,
    Roster,
    Split,
    Splitter,
    Unit,
    audit,
    compare,
    read,
    split,
)
from minutes_split.linting import Lint, lint
from minutes_split.redaction import Redacted, redact
from minutes_split.release import Asked, Proof, Release, asked, render
from minutes_split.reports.notebook import Shown, show
from minutes_split.reports.page import Page
from minutes_split.reports.plot import Plot, plot
from minutes_split.reports.release_check import release_check
from minutes_split.reports.working import working_view
from minutes_split.wire import answers_of_checker, decisions_from_answers, from_json, split_on_file, to_json

AT = datetime(2022, 10, 12, tzinfo=UTC)

# in
assert_type(read(b""), Document)
assert_type(read(Path("minutes.docx"), name="minutes", document_id="2022-117"), Document)
document = Document.from_text("Kayleigh rang.")
roster = Roster.load({"families": [{"id": "A", "people": [{"name": "Kayleigh Harper"}]}]})
assert_type(roster, Roster)
assert_type(roster.ids, tuple[str, ...])
policy = Policy(name="Example authority", audit_run=20)
read("minutes.docx")  # type: ignore[arg-type]  # a text could be a path or the minutes

# the split
decisions = (
    Confirm(document_id="d", by="s.begum", at=AT, units=("k",), family="A"),
    Identify(document_id="d", by="s.begum", at=AT, mention="k@0", party="A", why="said so"),
    Disclose(document_id="d", by="s.begum", at=AT, unit="k", family="A"),
)
result = split(document, roster, policy=policy, decisions=decisions)
assert_type(result, Split)
assert_type(Splitter(roster).split("Kayleigh rang."), Split)
assert_type(result.units, tuple[Unit, ...])
assert_type(result.questions(), tuple[Question, ...])
assert_type(result.units[0].parties, frozenset[str] | None)
for key, change, was, now in compare(result, result):
    told: tuple[str, str, frozenset[str], frozenset[str]] = (key, change, was, now)

# the guard
view = result.view("A", recipients=("father-1",))
assert_type(view, FamilyView)
assert_type(view.excerpts, tuple[Excerpt, ...])
assert_type(view.excerpts[0].text, str)
view.excerpts[0].text = "other words"  # type: ignore[misc]  # that it cannot be set is what is tested
plan = Plan("A", purpose="child protection plan").paste(view.excerpts[0], field="Information")
assert_type(plan.write("Own words.", field="Danger and harm", basis=["k"]), Plan)

# the way out
found = audit(plan, against=[result])
assert_type(found, Audit)
assert_type(audit("pasted", against=AuditIndex.build([result]), family="A").findings, tuple[Finding, ...])
assert_type(found.verdict, Literal["nothing_found", "findings", "cannot_say"])
assert_type(asked(found), tuple[Asked, ...])
answers: Mapping[str, str] = answers_of_checker(b"{}", found)
release = Release.gate(
    plan, against=[result], checker="p.henshaw", author=["s.begum"], answers=answers, now=AT, record_id="1", used_ids=(),
    expires=AT, policy=policy, recipients=(),
)  # fmt: skip
assert_type(release, Release)
assert_type(Release.verify(release.to_dsse(), now=AT), Proof)
assert_type(render(plan, release), str)
assert_type(redact(result, "A", recipients=["father-1"]), Redacted)
assert_type(lint(result), Lint)

# pages, notebook, JSON
assert_type(release_check(plan, against=[result], release=release), Page)
assert_type(working_view(result, found=found, draft=plan), Page)
assert_type(show(view), Shown)
assert_type(plot(result), Plot)
returned: Sequence[Confirm | Identify | Disclose] = decisions_from_answers(b"{}", by="s.begum", at=AT, document_id="d")
assert_type(to_json(split_on_file(result)), str)
form = from_json(b"{}")
assert form.kind in ("split", "view")

try:
    result.view("B")
except MinutesSplitError as refused:
    assert_type(refused.code, str)
    assert_type(refused.where, str)
