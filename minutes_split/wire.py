"""What goes on file or over a wire as JSON, each form with its version and its JSON Schema.

No form holds words of the minutes unless `words=True` asks for them; a view is
its words. `view` is the one form for outside, and holds nothing that anybody
else's words could change. A unit's key is a digest of its words, and that of a
short sentence can be guessed: keys are written only where `keys=True` asks for
them, and in questions, which are answered with them.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from minutes_split.attribution import Basis, Status, Strength, Unit
from minutes_split.auditing import Audit, Finding, Place, Reason, ToCheck, Verdict
from minutes_split.decisions import Confirm, Decision, Identify
from minutes_split.decisions import _File as _DecisionsOnFile
from minutes_split.document import Document
from minutes_split.errors import DecisionError, Fault, PolicyError, WireError
from minutes_split.guard import LIBRARY, FamilyView, Proposal
from minutes_split.linting import Lint, LintFinding
from minutes_split.plan import Severity, _PlanOnFile
from minutes_split.policy import Policy
from minutes_split.redaction import Redacted
from minutes_split.roster import Roster
from minutes_split.sections import Explanation, Question, Section, Split, WithheldFrom
from minutes_split.spans import Span
from minutes_split.strict import Strict, loaded

SCHEMA_VERSION = 1
"""Rises when a form loses a key or a key changes its meaning; a new key that may be missing leaves it."""

Version = Literal[1]
Count = Field(ge=0)
"""A place counts code points of the document's text, from 0."""


class _Quiet(Strict):
    """A form whose `repr` shows its name and nothing else."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


# --- forms --------------------------------------------------------------------------------------


class FaultOnFile(_Quiet):
    """Something the reader met and could not read."""

    code: str
    where: str
    message: str


class DocumentOnFile(_Quiet):
    """Which minutes these are; the digest is SHA-256 of the file's bytes."""

    document_id: str
    format: str
    digest: str
    characters: int = Count
    supersedes: str | None = None
    faults: tuple[FaultOnFile, ...] = ()


class UnitOnFile(_Quiet):
    """The smallest thing attributed: where it stands, whom it is about, and why."""

    number: int = Count
    start: int = Count
    end: int = Count
    status: Status
    parties: tuple[str, ...] | None
    strength: Strength | None
    basis: Basis | None
    evidence: str
    cleared_for: tuple[str, ...]
    headings: tuple[int, ...]
    reasons: tuple[str, ...]
    key: str | None = None
    text: str | None = None


class SectionOnFile(_Quiet):
    """A run of units with one attribution under one heading; together they are the whole text."""

    start: int = Count
    end: int = Count
    units: tuple[int, ...]
    headings: tuple[int, ...]
    status: Status
    strength: Strength | None
    parties: tuple[str, ...] | None
    cleared_for: tuple[str, ...]


class SplitOnFile(_Quiet):
    """Minutes with every unit attributed. For inside the authority only."""

    schema_version: Version
    kind: Literal["split"]
    library: str
    document: DocumentOnFile
    families: tuple[str, ...]
    roster_digest: str
    policy_digest: str
    lexicon_digest: str
    decisions: int = Count
    stale: int = Count
    units: tuple[UnitOnFile, ...]
    sections: tuple[SectionOnFile, ...]


class ExcerptOnFile(_Quiet):
    """Words of the minutes, their short reference, and the headings they stand under."""

    text: str
    reference: str
    heading: tuple[str, ...]


class ViewOnFile(_Quiet):
    """What may leave the authority for one family, and nothing else."""

    schema_version: Version
    kind: Literal["view"]
    family: str
    excerpts: tuple[ExcerptOnFile, ...]


class WithheldUnitOnFile(_Quiet):
    """A unit that concerns the family and is withheld from it, and why."""

    unit: int = Count
    start: int = Count
    end: int = Count
    reason: str
    severity: Severity
    rules: tuple[str, ...]
    key: str | None = None
    text: str | None = None


class WithheldOnFile(_Quiet):
    """What a family does not get: what concerns it one by one, the rest as a count by reason. For inside only."""

    schema_version: Version
    kind: Literal["withheld"]
    library: str
    document: DocumentOnFile
    family: str
    recipients: tuple[str, ...]
    concerns: tuple[WithheldUnitOnFile, ...]
    others: dict[str, int]


class StaleAnswerOnFile(_Quiet):
    """An earlier answer that no longer fits the minutes and has no effect. `party` is a family id, "X" or "-"."""

    kind: Literal["confirm", "identify", "disclose"]
    party: str
    by: str
    at: datetime
    why: str | None = None


class QuestionOnFile(_Quiet):
    """Who is meant here? `key` goes into an `Identify`."""

    key: str
    unit: int = Count
    start: int = Count
    end: int = Count
    rule: str
    candidates: tuple[str, ...]
    settles: int = Count
    stale: tuple[StaleAnswerOnFile, ...] = ()
    text: str | None = None


class ProposalOnFile(_Quiet):
    """Is this about the family alone? `units` go into a `Confirm`."""

    family: str
    start: int = Count
    end: int = Count
    units: tuple[str, ...]
    basis: Basis
    rules: tuple[str, ...]
    text: str | None = None


class QuestionsOnFile(_Quiet):
    """What only a person can tell. For inside only."""

    schema_version: Version
    kind: Literal["questions"]
    library: str
    document: DocumentOnFile
    questions: tuple[QuestionOnFile, ...]
    proposals: tuple[ProposalOnFile, ...]


class ReasonOnFile(_Quiet):
    """One rule that spoke about a unit: what it says, how it knows, about whom, and on which places."""

    rule: str
    sentence: str
    how: str
    parties: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


class ExplanationOnFile(_Quiet):
    """Why a unit was decided as it was. For inside only."""

    schema_version: Version
    kind: Literal["explanation"]
    library: str
    document: DocumentOnFile
    unit: int = Count
    start: int = Count
    end: int = Count
    status: Status
    strength: Strength | None
    evidence: str
    reasons: tuple[ReasonOnFile, ...]
    text: str | None = None


class FoundAtOnFile(_Quiet):
    """Where in the minutes something stands."""

    document_id: str
    start: int = Count
    end: int = Count


class InsteadOnFile(_Quiet):
    """An excerpt that may be pasted instead."""

    reference: str
    basis: Basis
    document_id: str
    start: int = Count
    end: int = Count
    text: str | None = None


class FindingOnFile(_Quiet):
    """One thing in a draft that has to be looked at; its place is in the draft, or in the part that is named."""

    code: str
    severity: Severity
    message: str
    part: str
    field: str
    start: int = Count
    end: int = Count
    allegation: bool
    source: FoundAtOnFile | None
    instead: tuple[InsteadOnFile, ...]


class ToCheckOnFile(_Quiet):
    """A passage for a person to see, though nothing was found in it."""

    reason: Reason
    field: str
    start: int = Count
    end: int = Count
    allegation: bool


class AuditOnFile(_Quiet):
    """What was found in a draft, what is left to a person, and what the audit does not say. For inside only."""

    schema_version: Version
    kind: Literal["audit"]
    library: str
    id: str
    verdict: Verdict
    guarantee: str
    findings: tuple[FindingOnFile, ...]
    to_check: tuple[ToCheckOnFile, ...]
    limits: tuple[str, ...]


class LintFindingOnFile(_Quiet):
    """One cause why something does not split, where it stands, and how to write it instead."""

    code: str
    severity: Severity
    place: str
    unit: int = Count
    start: int = Count
    end: int = Count
    settles: int = Field(ge=1)
    advice: str
    fix: str
    text: str | None = None


class LintOnFile(_Quiet):
    """What a minute taker could write otherwise. The score is `reached / about_somebody`, in characters. For inside only."""

    schema_version: Version
    kind: Literal["lint"]
    library: str
    document: DocumentOnFile
    reached: int = Count
    about_somebody: int = Count
    findings: tuple[LintFindingOnFile, ...]


class ConfirmedOnPage(_Quiet):
    """A proposal that was ticked."""

    kind: Literal["confirm"]
    units: tuple[str, ...] = Field(min_length=1)
    family: str
    why: str = ""


class IdentifiedOnPage(_Quiet):
    """A question that was answered."""

    kind: Literal["identify"]
    mention: str
    party: str
    why: str = ""


class AnswersOnFile(_Quiet):
    """What somebody chose on a working view. It does not say who or when: that is set where it is taken in."""

    schema_version: Version
    kind: Literal["answers"]
    document_id: str
    answers: tuple[Annotated[ConfirmedOnPage | IdentifiedOnPage, Field(discriminator="kind")], ...]


class CheckedOnPage(_Quiet):
    """The answer to one finding; `key` is that of `asked(audit)`."""

    key: str
    answer: str


class CheckOnFile(_Quiet):
    """What a checker wrote on a release check."""

    schema_version: Version
    kind: Literal["check"]
    audit: str
    answers: tuple[CheckedOnPage, ...]


class ParagraphOnFile(_Quiet):
    """A paragraph of a paper; `level` 1 to 9 makes it a heading."""

    text: str
    level: int = Count


class PaperOnFile(_Quiet):
    """Minutes rebuilt for one family and its recipients. Beside `view` the one form that may leave the authority."""

    schema_version: Version
    kind: Literal["paper"]
    family: str
    paragraphs: tuple[ParagraphOnFile, ...]


class PassageOnFile(_Quiet):
    """A unit that is not in a paper, which marker stands for it, and what may be cited."""

    marker: int | None
    unit: int = Count
    start: int = Count
    end: int = Count
    reason: str
    code: str
    exemption: str


class ResidualOnFile(_Quiet):
    """A place in the paper that may let a reader guess who somebody is."""

    what: str
    start: int = Count
    end: int = Count
    disclosed: bool


class ScheduleOnFile(_Quiet):
    """What is not in a paper and why, and what a person has to look at in it. For the officer only."""

    schema_version: Version
    kind: Literal["schedule"]
    library: str
    document: DocumentOnFile
    family: str
    recipients: tuple[str, ...]
    policy_digest: str
    passages: tuple[PassageOnFile, ...]
    residual: tuple[ResidualOnFile, ...]


Form = (
    SplitOnFile
    | ViewOnFile
    | WithheldOnFile
    | QuestionsOnFile
    | ExplanationOnFile
    | AuditOnFile
    | LintOnFile
    | PaperOnFile
    | ScheduleOnFile
)

_FORMS: dict[str, type[Form]] = {
    "split": SplitOnFile,
    "view": ViewOnFile,
    "withheld": WithheldOnFile,
    "questions": QuestionsOnFile,
    "explanation": ExplanationOnFile,
    "audit": AuditOnFile,
    "lint": LintOnFile,
    "paper": PaperOnFile,
    "schedule": ScheduleOnFile,
}


# --- out ----------------------------------------------------------------------------------------


def split_on_file(split: Split, *, words: bool = False, keys: bool = False) -> SplitOnFile:
    """A split without words: places, status, parties, strength, basis, rules."""
    return SplitOnFile(
        schema_version=1,
        kind="split",
        library=LIBRARY,
        document=_document(split),
        families=split.roster.ids,
        roster_digest=split.roster.digest,
        policy_digest=split.policy.digest,
        lexicon_digest=split.lexicon.digest,
        decisions=len(split.decisions),
        stale=len(split.stale),
        units=tuple(_unit(unit, split.document.text if words else None, keys=keys) for unit in split.units),
        sections=tuple(map(_section, split.sections)),
    )


def view_on_file(view: FamilyView) -> ViewOnFile:
    """`view.outward()`, and the family that it is for."""
    outward = view.outward()
    excerpts = zip(outward.texts, outward.references, outward.headings, strict=True)
    return ViewOnFile(
        schema_version=1,
        kind="view",
        family=view.family,
        excerpts=tuple(ExcerptOnFile(text=text, reference=ref, heading=heading) for text, ref, heading in excerpts),
    )


def withheld_on_file(
    split: Split, family: str, recipients: Iterable[str] = (), *, words: bool = False, keys: bool = False
) -> WithheldOnFile:
    """What the family does not get, and why."""
    recipients = tuple(recipients)
    withheld: WithheldFrom = split.withheld(family, recipients)
    concerns = tuple(
        WithheldUnitOnFile(
            unit=w.unit,
            start=w.span.start,
            end=w.span.end,
            reason=w.reason,
            severity=_severity(w.severity),
            rules=w.rules,
            **_given(key=w.key if keys else None, text=w.span.within(split.document.text) if words else None),
        )
        for w in withheld.concerns
    )
    return WithheldOnFile(
        schema_version=1,
        kind="withheld",
        library=LIBRARY,
        document=_document(split),
        family=family,
        recipients=recipients,
        concerns=concerns,
        others=dict(withheld.others),
    )


def questions_on_file(split: Split, *, family: str | None = None, words: bool = False) -> QuestionsOnFile:
    """The open questions and proposals, of all families or of one."""
    text = split.document.text if words else None
    families = split.roster.ids if family is None else (family,)
    return QuestionsOnFile(
        schema_version=1,
        kind="questions",
        library=LIBRARY,
        document=_document(split),
        questions=tuple(_question(q, text) for q in split.questions() if family is None or family in q.candidates),
        proposals=tuple(_proposal(p, words=words) for known in families for p in split.view(known).proposals),
    )


def explanation_on_file(split: Split, offset: int, *, words: bool = False) -> ExplanationOnFile:
    """Why the unit at this code point was decided as it was."""
    told: Explanation = split.explain(offset)
    return ExplanationOnFile(
        schema_version=1,
        kind="explanation",
        library=LIBRARY,
        document=_document(split),
        unit=told.unit,
        start=told.span.start,
        end=told.span.end,
        status=_status(told.status),
        strength=_strength(told.strength),
        evidence=told.evidence,
        reasons=tuple(
            ReasonOnFile(
                rule=reason.rule,
                sentence=reason.sentence,
                how=reason.how,
                parties=tuple(sorted(reason.parties)),
                spans=tuple((span.start, span.end) for span in reason.spans),
            )
            for reason in told.reasons
        ),
        **_given(text=told.span.within(split.document.text) if words else None),
    )


def audit_on_file(found: Audit, *, words: bool = False) -> AuditOnFile:
    """An audit; with `words`, what may be pasted instead stands in it, but not what was found."""
    return AuditOnFile(
        schema_version=1,
        kind="audit",
        library=LIBRARY,
        id=found.id,
        verdict=found.verdict,
        guarantee=found.guarantee,
        findings=tuple(_finding(finding, words=words) for finding in found.findings),
        to_check=tuple(map(_to_check, found.to_check)),
        limits=found.limits,
    )


def lint_on_file(found: Lint, split: Split, *, words: bool = False) -> LintOnFile:
    """What was found in the minutes of `split`; with `words`, each finding's advice with its words beside it."""
    return LintOnFile(
        schema_version=1,
        kind="lint",
        library=LIBRARY,
        document=_document(split),
        reached=found.reached,
        about_somebody=found.about_somebody,
        findings=tuple(_lint_finding(finding, split.document if words else None) for finding in found.findings),
    )


def paper_on_file(paper: Redacted, *, family: str) -> PaperOnFile:
    """A paper's own paragraphs, and the family that it is for."""
    told = tuple(ParagraphOnFile(text=paragraph.text, level=paragraph.level) for paragraph in paper.paragraphs)
    return PaperOnFile(schema_version=1, kind="paper", family=family, paragraphs=told)


def schedule_on_file(paper: Redacted, split: Split, *, family: str, recipients: Iterable[str] = ()) -> ScheduleOnFile:
    """What is not in a paper and why, without words."""
    return ScheduleOnFile(
        schema_version=1,
        kind="schedule",
        library=LIBRARY,
        document=_document(split),
        family=family,
        recipients=tuple(recipients),
        policy_digest=paper.policy_digest,
        passages=tuple(
            PassageOnFile(
                marker=each.marker,
                unit=each.unit,
                start=each.span.start,
                end=each.span.end,
                reason=each.reason,
                code=each.code,
                exemption=each.exemption,
            )
            for each in paper.schedule
        ),
        residual=tuple(
            ResidualOnFile(what=each.kind, start=each.span.start, end=each.span.end, disclosed=each.disclosed)
            for each in paper.residual
        ),
    )


def to_json(form: Form) -> str:
    """A form as JSON in ASCII, so that nothing in it acts on a terminal; the same for the same form."""
    return json.dumps(form.model_dump(mode="json", exclude_unset=True), indent=1) + "\n"


# --- in -----------------------------------------------------------------------------------------


def from_json(data: str | bytes) -> Form:
    """A form from its JSON, checked whole.

    Raises: `WireError` with every fault: not JSON, no form of ours, of another version, not as its schema says.
    """
    read = read_json(data, partial(WireError, "wire-json"))
    form = read.get("kind") if isinstance(read, dict) else None
    if not isinstance(form, str) or form not in _FORMS:
        raise WireError("wire-kind", "$.kind", f"is none of {', '.join(_FORMS)}")
    if read.get("schema_version") != SCHEMA_VERSION:
        raise WireError(
            "wire-version", "$.schema_version", f"is not {SCHEMA_VERSION}, which is what this version reads"
        )
    return loaded(_FORMS[form], read, prefix="wire", error=WireError)


def policy_from(data: str | bytes) -> Policy:
    """A policy from its JSON or TOML. Every setting may be missing.

    Raises: `PolicyError` with every fault.
    """
    text = _text(data, partial(PolicyError, "policy-text"))
    if text.lstrip().startswith("{"):
        read: object = read_json(text, partial(PolicyError, "policy-json"))
    else:
        read = _toml(text)
    return loaded(Policy, read, prefix="policy", error=PolicyError)


def decisions_from_answers(data: str | bytes, *, by: str, at: datetime, document_id: str) -> tuple[Decision, ...]:
    """What was chosen on a working view, as decisions of the person `by` at the time `at`.

    The page cannot know who sits in front of it, and no time of its own counts:
    both are set here, by a program that knows who is logged in.
    Raises: `WireError` for its form; `DecisionError` for a name that is empty, a
    time without its offset from UTC, and answers to the questions of other minutes.
    """
    told = loaded(
        AnswersOnFile, read_json(data, partial(WireError, "wire-json"), "answers"), prefix="wire", error=WireError
    )
    faults = []
    if not isinstance(by, str) or not by.strip():
        faults.append(Fault("decision-nobody", "by", "should name the person who answered"))
    if not isinstance(at, datetime) or at.utcoffset() is None:
        faults.append(Fault("decision-time", "at", "should be a time with its offset from UTC"))
    if told.document_id != document_id:
        faults.append(Fault("decision-other-document", "$.document_id", "is not that of these minutes"))
    if faults:
        raise DecisionError.of(faults)
    return tuple(
        Confirm(document_id=document_id, by=by, at=at, why=each.why, units=each.units, family=each.family)
        if isinstance(each, ConfirmedOnPage)
        else Identify(document_id=document_id, by=by, at=at, why=each.why, mention=each.mention, party=each.party)
        for each in told.answers
    )


def answers_of_checker(data: str | bytes, found: Audit) -> dict[str, str]:
    """What a checker wrote on a release check, for `Release.gate(answers=...)`.

    Raises: `WireError` for its form, and if it was written of another audit than `found`.
    """
    told = loaded(
        CheckOnFile, read_json(data, partial(WireError, "wire-json"), "answers"), prefix="wire", error=WireError
    )
    if told.audit != found.id:
        raise WireError("wire-other-audit", "$.audit", "is not the audit that these answers were written of")
    return {each.key: each.answer for each in told.answers}


def read_json(data: str | bytes, refused: Callable[[str, str], Exception], which: str = "") -> Any:
    """JSON as Python reads it; what is none is refused with its place and without its words."""
    place = ""
    try:
        return json.loads(data)
    except (ValueError, TypeError, RecursionError) as fault:
        place = f"line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else "$"
    raise refused(f"{which}, {place}" if which else place, "is not JSON")


def _toml(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        pass
    raise PolicyError("policy-toml", "policy", "is neither JSON nor TOML")


def _text(data: str | bytes, refused: Callable[[str, str], Exception]) -> str:
    if isinstance(data, str):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise refused("$", "is not text in UTF-8")


# --- schemas ------------------------------------------------------------------------------------

SCHEMAS: Sequence[str] = (*_FORMS, "roster", "policy", "decisions", "plan", "answers", "check")
"""Names of the forms that have a JSON Schema: what is written, and what is read."""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a form, as it is committed under `minutes_split/schema/`.

    Raises: `WireError` for a name that is none of `SCHEMAS`.
    """
    if name not in SCHEMAS:
        raise WireError("wire-kind", "schema", f"is none of {', '.join(SCHEMAS)}")
    inputs: dict[str, type[BaseModel]] = {
        "roster": Roster, "policy": Policy, "decisions": _DecisionsOnFile, "plan": _PlanOnFile,
        "answers": AnswersOnFile, "check": CheckOnFile,
    }  # fmt: skip
    models: dict[str, type[BaseModel]] = {**_FORMS, **inputs}
    made = _without_titles(models[name].model_json_schema(by_alias=True))
    if name == "roster":
        made = _with_nulls(made)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:minutes-split:schema:{name}:{SCHEMA_VERSION}",
        "title": name,
    }
    return {**head, **made}


def schema_json(name: str) -> str:
    """`schema_of` as it stands in the file."""
    return json.dumps(schema_of(name), indent=1) + "\n"


def _without_titles(schema: Any) -> Any:
    """A schema without the titles that only repeat the names of keys."""
    if isinstance(schema, dict):
        return {k: _without_titles(v) for k, v in schema.items() if k != "title" or not isinstance(v, str)}
    return [_without_titles(item) for item in schema] if isinstance(schema, list) else schema


def _with_nulls(schema: Any) -> Any:
    """A schema in which every key that may be missing may be null, as `Roster.load` reads it."""
    if isinstance(schema, list):
        return [_with_nulls(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _with_nulls(value) for key, value in schema.items()}
    required = made.get("required", ())
    if isinstance(made.get("properties"), dict):
        made["properties"] = {
            key: value if key in required or {"type": "null"} in value.get("anyOf", ()) else _or_null(value)
            for key, value in made["properties"].items()
        }
    return made


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    default = {"default": schema["default"]} if "default" in schema else {}
    return {"anyOf": [{k: v for k, v in schema.items() if k != "default"}, {"type": "null"}], **default}


# --- pieces -------------------------------------------------------------------------------------


def _given(**values: Any) -> dict[str, Any]:
    """The keys that have a value: what was not asked for is not in the form."""
    return {key: value for key, value in values.items() if value is not None}


def _document(split: Split) -> DocumentOnFile:
    document = split.document
    return DocumentOnFile(
        document_id=document.document_id,
        format=document.source.format,
        digest=document.source.digest,
        characters=len(document.text),
        supersedes=document.supersedes,
        faults=tuple(map(_fault, document.faults)),
    )


def _fault(fault: Fault) -> FaultOnFile:
    return FaultOnFile(code=fault.code, where=fault.where, message=fault.message)


def _unit(unit: Unit, text: str | None, *, keys: bool) -> UnitOnFile:
    return UnitOnFile(
        number=unit.number,
        start=unit.span.start,
        end=unit.span.end,
        status=unit.status,
        parties=None if unit.parties is None else tuple(sorted(unit.parties)),
        strength=unit.strength,
        basis=unit.basis,
        evidence=unit.evidence,
        cleared_for=tuple(sorted(unit.cleared_for)),
        headings=unit.headings,
        reasons=unit.reasons,
        **_given(key=unit.key if keys else None, text=_words(unit.span, text)),
    )


def _section(section: Section) -> SectionOnFile:
    return SectionOnFile(
        start=section.span.start,
        end=section.span.end,
        units=section.units,
        headings=section.headings,
        status=_status(section.status),
        strength=_strength(section.strength),
        parties=None if section.parties is None else tuple(sorted(section.parties)),
        cleared_for=tuple(sorted(section.cleared_for)),
    )


def _question(question: Question, text: str | None) -> QuestionOnFile:
    return QuestionOnFile(
        key=question.key,
        unit=question.unit,
        start=question.span.start,
        end=question.span.end,
        rule=question.rule,
        candidates=question.candidates,
        settles=question.settles,
        **_given(
            stale=tuple(_stale_answer(decision, words=text is not None) for decision in question.stale) or None,
            text=_words(question.span, text),
        ),
    )


def _stale_answer(decision: Decision, *, words: bool) -> StaleAnswerOnFile:
    party = decision.party if isinstance(decision, Identify) else decision.family
    return StaleAnswerOnFile(
        kind=decision.kind,
        party=party,
        by=decision.by,
        at=decision.at,
        **_given(why=decision.why if words and decision.why else None),
    )


def _proposal(proposal: Proposal, *, words: bool) -> ProposalOnFile:
    return ProposalOnFile(
        family=proposal.family,
        start=proposal.span.start,
        end=proposal.span.end,
        units=proposal.units,
        basis=proposal.basis,
        rules=proposal.rules,
        **_given(text=proposal.text if words else None),
    )


def _finding(finding: Finding, *, words: bool) -> FindingOnFile:
    return FindingOnFile(
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        part=finding.part,
        field=finding.field,
        start=finding.where.start,
        end=finding.where.end,
        allegation=finding.allegation,
        source=_found_at(finding.source),
        instead=tuple(
            InsteadOnFile(
                reference=e.reference,
                basis=e.basis,
                document_id=e.document_id,
                start=e.span.start,
                end=e.span.end,
                **_given(text=e.text if words else None),
            )
            for e in finding.instead
        ),
    )


def _lint_finding(finding: LintFinding, document: Document | None) -> LintFindingOnFile:
    return LintFindingOnFile(
        code=finding.code,
        severity=finding.severity,
        place=finding.where.place,
        unit=finding.where.unit,
        start=finding.where.span.start,
        end=finding.where.span.end,
        settles=finding.settles,
        advice=finding.advice,
        fix=finding.fix,
        **_given(text=finding.show(document) if document else None),
    )


def _found_at(place: Place | None) -> FoundAtOnFile | None:
    if place is None:
        return None
    return FoundAtOnFile(document_id=place.document_id, start=place.span.start, end=place.span.end)


def _to_check(check: ToCheck) -> ToCheckOnFile:
    return ToCheckOnFile(
        reason=check.reason,
        field=check.field,
        start=check.where.start,
        end=check.where.end,
        allegation=check.allegation,
    )


def _words(span: Span, text: str | None) -> str | None:
    return None if text is None else span.within(text)


def _status(status: str) -> Status:
    return status  # type: ignore[return-value]  # a section keeps the status of its units as bare text


def _strength(strength: str | None) -> Strength | None:
    return strength  # type: ignore[return-value]  # checked by the form that it was read with


def _severity(severity: str) -> Severity:
    return severity  # type: ignore[return-value]  # checked by the form that it was read with


__all__ = [
    "SCHEMAS", "SCHEMA_VERSION", "AnswersOnFile", "AuditOnFile", "CheckOnFile", "ExplanationOnFile", "Form", "LintOnFile", "PaperOnFile", "QuestionsOnFile", "ScheduleOnFile", "SplitOnFile",
    "ViewOnFile", "WithheldOnFile", "answers_of_checker", "audit_on_file", "decisions_from_answers", "explanation_on_file", "from_json", "lint_on_file", "paper_on_file", "policy_from",
    "questions_on_file", "schedule_on_file", "schema_json", "schema_of", "split_on_file", "to_json", "view_on_file", "withheld_on_file",
]  # fmt: skip
