"""A draft for one family that knows where each of its passages comes from.

A plan takes sealed excerpts of that family (`paste`) and the author's own
words with what they rest on (`write`). It never changes: each step gives a new
plan and checks what it adds; whatever reads the plan out, renders it or puts it
on file checks every excerpt again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal, Protocol

from pydantic import Field

from minutes_split.attribution import Unit
from minutes_split.document import Document
from minutes_split.docx_form import FormField, filled, form_passages, same_words
from minutes_split.errors import ExcerptError, PlanError, WireError
from minutes_split.guard import Excerpt, FamilyView, Proposal, Tag, from_file, without_keys
from minutes_split.policy import Policy
from minutes_split.protected import is_for, is_proposed
from minutes_split.readers import read
from minutes_split.spans import Span
from minutes_split.strict import Strict, loaded

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


class Minutes(Protocol):
    """What a split looks like from here."""

    @property
    def document(self) -> Document: ...
    @property
    def units(self) -> Sequence[Unit]: ...
    @property
    def policy(self) -> Policy: ...


class Views(Protocol):
    """What a split gives of a family, as far as a plan asks for it."""

    def view(self, family: str, recipients: Iterable[str] = ()) -> FamilyView: ...


@dataclass(frozen=True, slots=True)
class Pasted:
    """An excerpt in a field."""

    field: str = dataclasses.field(repr=False)
    excerpt: Excerpt

    @property
    def text(self) -> str:
        """The words as they stand in the minutes."""
        return self.excerpt.text


@dataclass(frozen=True, slots=True)
class Written:
    """The author's own words in a field, and the keys of the units they rest on."""

    field: str = dataclasses.field(repr=False)
    text: str = dataclasses.field(repr=False)
    basis: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Written: {len(self.text)} characters on {len(self.basis)} units>"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where an entry stands in `Plan.text`; `entry` counts from 0, and is `None` for the title of a field."""

    span: Span
    field: str = dataclasses.field(repr=False)
    entry: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit that concerns the family and that the plan neither quotes nor rests on."""

    document_id: str = dataclasses.field(repr=False)
    key: str = dataclasses.field(repr=False)
    span: Span
    severity: Severity
    """`high`: withheld, so only own words can take it up; `medium`: a person has to confirm it; `low`: may be pasted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft for one family and the recipients named.

    Raises: `PlanError` for what a plan cannot take, `ExcerptError` for an
    excerpt that is edited, of another family, or not for these recipients.
    """

    family: str = dataclasses.field(repr=False)
    purpose: str = dataclasses.field(default="", kw_only=True, repr=False)
    recipients: tuple[str, ...] = dataclasses.field(default=(), kw_only=True, repr=False)
    entries: tuple[Pasted | Written, ...] = dataclasses.field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not isinstance(self.family, str) or not self.family.strip():
            raise PlanError("plan-no-family", "plan", "should be for one family, named by its id in the roster")
        object.__setattr__(self, "recipients", tuple(self.recipients))
        object.__setattr__(self, "entries", tuple(self.entries))
        self.require_sealed()

    def __repr__(self) -> str:
        pasted = sum(isinstance(entry, Pasted) for entry in self.entries)
        return (
            f"<Plan: {len(self.fields)} fields, {pasted} excerpts, {len(self.entries) - pasted} passages in own words>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    def require_sealed(self) -> None:
        """Every excerpt in it is as its view made it, of this family, and for these recipients."""
        for number, entry in enumerate(self.entries, 1):
            if isinstance(entry, Pasted):
                _require_own(entry.excerpt, self, f"entry {number}")

    def paste(self, excerpt: Excerpt, *, field: str) -> Plan:
        """A plan with one more excerpt, in the field named."""
        _require_field(field)
        if isinstance(excerpt, Proposal):
            raise PlanError(
                "plan-proposal",
                "excerpt",
                "is a proposal, which a person has to confirm first: answer it with `Confirm`",
            )
        if not isinstance(excerpt, Excerpt):
            raise PlanError(
                "plan-bare-words",
                "excerpt",
                "is no excerpt of a view: take one from `.excerpts`, or use `write` for own words",
            )
        _require_own(excerpt, self, f"entry {len(self.entries) + 1}")
        return self._with(Pasted(field, excerpt))

    def write(self, text: str, *, field: str, basis: Iterable[str] = ()) -> Plan:
        """A plan with one more passage in the author's own words, which rest on the units whose keys are given."""
        _require_field(field)
        if not isinstance(text, str):
            raise PlanError("plan-own-words", "text", "should be text; an excerpt goes in with `paste`")
        if not text.strip():
            raise PlanError("plan-own-words", "text", "should not be empty")
        if isinstance(basis, str):
            raise PlanError("plan-basis", "basis", "should be a list of unit keys, not one text")
        return self._with(Written(field, text, tuple(basis)))

    def _with(self, entry: Pasted | Written) -> Plan:
        """A plan with one more entry, which was checked; the others are not checked again, so that n pastes take n checks."""
        more = object.__new__(Plan)
        for each in dataclasses.fields(Plan):
            object.__setattr__(more, each.name, getattr(self, each.name))
        object.__setattr__(more, "entries", (*self.entries, entry))
        return more

    @property
    def fields(self) -> tuple[str, ...]:
        """The titles of the fields, in the order in which they were first used."""
        return tuple(dict.fromkeys(entry.field for entry in self.entries))

    @property
    def text(self) -> str:
        """The draft as it would be read, field by field, without references."""
        return "\n\n".join(words for words, _, _ in self._parts())

    @property
    def layout(self) -> tuple[Passage, ...]:
        """Where the titles and entries stand in `text`."""
        passages = []
        start = 0
        for words, title, entry in self._parts():
            passages.append(Passage(Span(start, start + len(words)), title, entry))
            start += len(words) + 2
        return tuple(passages)

    def _parts(self) -> Iterator[tuple[str, str, int | None]]:
        for title in self.fields:
            yield title, title, None
            for number, entry in enumerate(self.entries):
                if entry.field == title:
                    yield entry.text, title, number

    def render(self, *, references: bool = True) -> str:
        """The draft with the reference of each excerpt behind it; raises `PlanError` if it is empty."""
        if not self.entries:
            raise PlanError("plan-empty", "plan", "has nothing in it")
        self.require_sealed()
        words = []
        for part, _, number in self._parts():
            entry = None if number is None else self.entries[number]
            mark = f" [{entry.excerpt.reference}]" if references and isinstance(entry, Pasted) else ""
            words.append(part + mark)
        return "\n\n".join(words)

    def gaps(self, splits: Sequence[Minutes]) -> tuple[Gap, ...]:
        """What concerns the family and the plan leaves out, what is withheld first: withholding can harm too.

        A unit that nobody could attribute is in no gap; `split.withheld` lists it.
        """
        found = [gap for minutes in splits for gap in self._gaps(minutes)]
        return tuple(sorted(found, key=lambda gap: SEVERITIES.index(gap.severity)))

    def _gaps(self, minutes: Minutes) -> Iterator[Gap]:
        document_id = minutes.document.document_id
        pasted = [
            e.excerpt.span for e in self.entries if isinstance(e, Pasted) and e.excerpt.document_id == document_id
        ]
        basis = {key for e in self.entries if isinstance(e, Written) for key in e.basis}
        headings = {number for unit in minutes.units for number in unit.headings}
        for unit in minutes.units:
            if not unit.parties or self.family not in unit.parties or unit.number in headings:
                continue
            if unit.key in basis or keyed(unit.key, minutes.policy) in basis:
                continue
            if not any(span.meets(unit.span) for span in pasted):
                yield Gap(document_id, unit.key, unit.span, _severity(unit, self))

    def to_docx(self, template: bytes | None = None) -> bytes:
        """The plan as a Word document; the reference of each excerpt is a footnote, and no tag is in it.

        What stands in the template is kept. A field goes behind the heading of
        its title, or beside the label of its table row; one without a place
        goes to the end. Audit the result as a document: if the template was
        another family's plan, that family is in it.
        Raises: `PlanError` if the plan is empty, or if the title of a field
        stands in the template twice; `ReadError` if that is no Word document.
        """
        if not self.entries:
            raise PlanError("plan-empty", "plan", "has nothing in it")
        self.require_sealed()
        return filled(template, tuple(FormField(title, self._passages(title)) for title in self.fields))

    def _passages(self, title: str) -> tuple[tuple[str, str], ...]:
        held = (entry for entry in self.entries if entry.field == title)
        return tuple((e.text, e.excerpt.reference if isinstance(e, Pasted) else "") for e in held)

    @classmethod
    def from_docx(
        cls,
        data: bytes,
        *,
        splits: Sequence[Views],
        family: str,
        purpose: str = "",
        recipients: Iterable[str] = (),
        fields: Iterable[str] = (),
    ) -> Plan:
        """A plan from a Word document. Fields are its headings, and the labels of table rows that `fields` names.

        A paragraph with the reference of an excerpt in its footnote, and with
        the very words of that excerpt in a view of these splits, is that
        excerpt. Everything else comes back as own words, also what stands
        before the first heading, in headers and in other notes.
        Raises: `ReadError` for what is no document, `PlanError` for one that
        cannot be read whole or holds nothing, `ViewError` for an unknown family.
        """
        document = read(data)
        if document.faults or any(block.faults for block in document.blocks):
            raise PlanError("plan-unread", "document", "cannot be read whole")
        audience = tuple(recipients)
        known = [excerpt for split in splits for excerpt in split.view(family, audience).excerpts]
        plan = cls(family, purpose=purpose, recipients=audience)
        for title, text, references in form_passages(document, tuple(fields)):
            excerpt = next((e for e in known if e.reference in references and same_words(e.text, text)), None)
            plan = plan.paste(excerpt, field=title) if excerpt else plan.write(text, field=title)
        if not plan.entries:
            raise PlanError("plan-empty", "plan", "has nothing in it")
        return plan

    def to_json(self, *, policy: Policy | None = None) -> str:
        """The plan on file.

        Keys of units are digests of their words, and that of a short sentence
        can be guessed: they go on file under the policy's reference key only.
        Raises: `PlanError` if own words rest on units and there is no such key.
        """
        if not self.entries:
            raise PlanError("plan-empty", "plan", "has nothing in it")
        self.require_sealed()
        wire = _PlanOnFile(
            schema_version=1,
            family=self.family,
            purpose=self.purpose,
            recipients=self.recipients,
            entries=tuple(_filed(entry, policy, i) for i, entry in enumerate(self.entries, 1)),
        )
        return wire.model_dump_json(indent=1)

    @classmethod
    def from_json(cls, data: str | bytes) -> Plan:
        """A plan from its file; raises `WireError` for its form, `ExcerptError` if an excerpt was changed since."""
        wire = loaded(_PlanOnFile, _json(data), prefix="plan", error=WireError)
        plan = cls(wire.family, purpose=wire.purpose, recipients=wire.recipients)
        entries = tuple(_unfiled(entry) for entry in wire.entries)
        if not entries:
            raise PlanError("plan-empty", "plan", "has nothing in it")
        for entry in entries:
            _require_field(entry.field)
        return replace(plan, entries=entries)


def keyed(key: str, policy: Policy | None) -> str:
    """A unit's key as it stands on file, empty without a reference key."""
    secret = policy.reference_key.get_secret_value() if policy and policy.reference_key else b""
    return f"keyed:{hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()}" if secret else ""


def _severity(unit: Unit, plan: Plan) -> Severity:
    if plan.family in unit.cleared_for and is_for(unit, plan.family, plan.recipients):
        return "low"
    return "medium" if is_proposed(unit, plan.family) else "high"


def _require_field(title: str) -> None:
    if not isinstance(title, str) or not title.strip():
        raise PlanError("plan-field", "field", "should be the title of a field")


def _require_own(excerpt: Excerpt, plan: Plan, where: str) -> None:
    """The seal first: of an edited excerpt nothing else is known."""
    if not excerpt.is_sealed:
        raise ExcerptError("excerpt-edited", where, "is not as the view made it")
    if excerpt.family != plan.family or plan.family not in excerpt.cleared_for:
        raise ExcerptError("excerpt-other-family", where, "is an excerpt of another family than the plan's")
    if not set(plan.recipients) <= set(excerpt.recipients):
        raise ExcerptError(
            "excerpt-other-recipients",
            where,
            "comes from a view for other recipients: take it from `split.view(..., recipients=...)` with the plan's",
        )


# --- on file ------------------------------------------------------------------------------------


class _ExcerptOnFile(Strict):
    kind: Literal["excerpt"]
    field: str
    text: str
    start: int
    end: int
    reference: str
    heading: tuple[str, ...]
    basis: Literal["named", "carried", "decided"]
    rules: tuple[str, ...]
    cleared_for: tuple[str, ...]
    recipients: tuple[str, ...]
    family: str
    document_id: str
    source_digest: str
    policy_digest: str
    lexicon_digest: str
    library: str
    seal: str


class _WrittenOnFile(Strict):
    kind: Literal["own words"]
    field: str
    text: str
    basis: tuple[str, ...] = ()


class _PlanOnFile(Strict):
    schema_version: Literal[1]
    family: str
    purpose: str = ""
    recipients: tuple[str, ...] = ()
    entries: tuple[Annotated[_ExcerptOnFile | _WrittenOnFile, Field(discriminator="kind")], ...]


def _filed(entry: Pasted | Written, policy: Policy | None, number: int) -> _ExcerptOnFile | _WrittenOnFile:
    if isinstance(entry, Written):
        basis = tuple(key if key.startswith("keyed:") else keyed(key, policy) for key in entry.basis)
        if not all(basis):
            raise PlanError(
                "plan-no-key",
                f"entry {number}",
                "rests on units, whose keys go on file under a reference key: pass `policy`",
            )
        return _WrittenOnFile(kind="own words", field=entry.field, text=entry.text, basis=basis)
    excerpt = without_keys(entry.excerpt)
    return _ExcerptOnFile(
        kind="excerpt",
        field=entry.field,
        text=excerpt.text,
        start=excerpt.span.start,
        end=excerpt.span.end,
        reference=excerpt.reference,
        heading=excerpt.heading,
        basis=excerpt.basis,
        rules=excerpt.rules,
        cleared_for=tuple(sorted(excerpt.cleared_for)),
        recipients=excerpt.recipients,
        family=excerpt.family,
        document_id=excerpt.document_id,
        source_digest=excerpt.source_digest,
        policy_digest=excerpt.tag.policy_digest,
        lexicon_digest=excerpt.tag.lexicon_digest,
        library=excerpt.tag.library,
        seal=excerpt.seal,
    )


def _unfiled(wire: _ExcerptOnFile | _WrittenOnFile) -> Pasted | Written:
    if isinstance(wire, _WrittenOnFile):
        return Written(wire.field, wire.text, wire.basis)
    span = Span(wire.start, wire.end)
    tag = Tag(
        wire.document_id,
        wire.source_digest,
        span,
        wire.text,
        wire.heading,
        wire.rules,
        wire.policy_digest,
        wire.lexicon_digest,
        wire.library,
    )
    excerpt = from_file(
        text=wire.text,
        span=span,
        reference=wire.reference,
        tag=tag,
        heading=wire.heading,
        basis=wire.basis,
        rules=wire.rules,
        family=wire.family,
        cleared_for=frozenset(wire.cleared_for),
        recipients=wire.recipients,
        document_id=wire.document_id,
        source_digest=wire.source_digest,
        units=(),
        seal=wire.seal,
    )
    return Pasted(wire.field, excerpt)


def _json(data: str | bytes) -> object:
    fault = ""
    try:
        return json.loads(data)
    except (ValueError, TypeError, RecursionError) as refused:
        fault = f"line {refused.lineno}" if isinstance(refused, json.JSONDecodeError) else "$"
    raise WireError("plan-json", fault, "is not JSON")
