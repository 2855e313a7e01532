"""The independent check: a record that binds one text, for one family and its recipients, to those who wrote and checked it.

A release is made by `Release.gate` alone, which computes the audit again. It
shows who said what about which findings; it cannot show that anybody read them.
The record holds the approved text: keep it as you keep the plan.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import ClassVar, Literal, Protocol

from pydantic import Field
from rapidfuzz.distance import Indel

from minutes_split.attribution import Unit
from minutes_split.auditing import LIMITS, Audit, Finding, Verdict, audit
from minutes_split.decisions import Decision
from minutes_split.document import Document
from minutes_split.dsse import (
    STATEMENT_TYPE,
    Envelope,
    Sign,
    Signature,
    Verify,
    envelope_from_json,
    envelope_to_json,
    json_object,
    pae,
    statement,
)
from minutes_split.errors import Fault, MinutesSplitError, ReleaseError, WireError
from minutes_split.folding import fold
from minutes_split.guard import LIBRARY
from minutes_split.plan import Pasted, Plan, Severity
from minutes_split.policy import Policy
from minutes_split.readers import read
from minutes_split.roster import Roster
from minutes_split.spans import Span
from minutes_split.strict import Strict, loaded
from minutes_split.units import sentences

PREDICATE_TYPE = "urn:minutes-split:release:1"
"""What kind of statement the record is, in the words of in-toto."""

Directory = Callable[[str], str]
"""From any name that a person uses to the one id that the authority knows the person by."""


class Minutes(Protocol):
    """What a split looks like from here."""

    @property
    def document(self) -> Document: ...
    @property
    def units(self) -> Sequence[Unit]: ...
    @property
    def roster(self) -> Roster: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def decisions(self) -> Sequence[Decision]: ...
    @property
    def words_digest(self) -> str: ...


# --- what the checker has to answer -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that the checker has to answer before a release: a finding, or what an audit could not say."""

    key: str
    """For `answers`. It names this finding of this audit, so that no answer outlives the text it was given for."""
    code: str
    severity: Severity
    message: str
    where: Span | None = None
    """In the text of the plan; `None` for what concerns the audit as a whole."""


def asked(found: Audit) -> tuple[Asked, ...]:
    """Everything in an audit that wants an answer: each finding, then each limit that is this audit's own."""
    equals: Counter[str] = Counter()
    made = []
    for finding in found.findings:
        told = json.dumps(_place(finding))
        equals[told] += 1
        key = _digest(f"{found.id} {told} {equals[told]}")[:16]
        made.append(Asked(key, finding.code, finding.severity, finding.message, finding.where))
    for limit in found.limits:
        if limit not in LIMITS:
            made.append(Asked(_digest(f"{found.id} {limit}")[:16], "limit", "medium", limit))
    return tuple(made)


def _place(finding: Finding) -> list[object]:
    source = finding.source
    place = [source.document_id, *source.span] if source else None
    return [finding.code, finding.severity, finding.part, *finding.where, place]


# --- the record ---------------------------------------------------------------------------------


class _Quiet(Strict):
    """A form whose `repr` shows its name and nothing else."""

    refusal: ClassVar[tuple[str, type[MinutesSplitError]]] = ("release", ReleaseError)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


_DIGEST = Field(pattern=r"^[0-9a-f]{64}$")
_SAID = Field(pattern=r"\S")


class SourceOnRecord(_Quiet):
    """Minutes that the text was compared with."""

    document_id: str = _SAID
    digest: str = _DIGEST
    """SHA-256 of the bytes of the file."""


class PersonOnRecord(_Quiet):
    """Somebody who had a part in it: the name that was given, and the id that the directory gave for it."""

    name: str = _SAID
    person: str = _SAID


class FindingOnRecord(_Quiet):
    """A finding and the checker's answer to it."""

    key: str = _SAID
    code: str = _SAID
    severity: Severity
    start: int | None = None
    end: int | None = None
    answer: str = _SAID


class AuditOnRecord(_Quiet):
    """The audit as it was computed at the gate."""

    id: str = _DIGEST
    verdict: Verdict
    guarantee: str = _SAID
    findings: tuple[FindingOnRecord, ...]
    to_check: int = Field(ge=0)
    """How many passages without a finding were laid before the checker."""


class ReleaseRecord(_Quiet):
    """Everything that a release binds. Times are with their offset from UTC."""

    schema_version: Literal[1]
    record_id: str = _SAID
    family: str = _SAID
    purpose: str
    recipients: tuple[str, ...]
    text: str = _SAID
    text_digest: str = _DIGEST
    references: tuple[str, ...]
    sources: tuple[SourceOnRecord, ...] = Field(min_length=1)
    audit: AuditOnRecord
    authors: tuple[PersonOnRecord, ...] = Field(min_length=1)
    deciders: tuple[PersonOnRecord, ...]
    checker: PersonOnRecord
    at: datetime
    expires: datetime
    policy_digest: str = _DIGEST
    lexicon_digest: str = _SAID
    library: str = _SAID
    library_digest: str = _DIGEST
    signing: Literal["signed", "unsigned"]
    """Stands under the signature, so that nobody can take the signatures off a signed record."""


@cache
def library_digest() -> str:
    """SHA-256 over the program text of the installed library."""
    told = hashlib.sha256()
    for name, place in sorted(_programs(files("minutes_split"), "")):
        told.update(f"\n{name}\n".encode())
        told.update(place.read_bytes())
    return told.hexdigest()


def _programs(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for place in folder.iterdir():
        if place.is_dir():
            yield from _programs(place, f"{path}{place.name}/")
        elif place.name.endswith(".py"):
            yield f"{path}{place.name}", place


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- the release --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Release:
    """A record that was made by `gate`, or read from file; in both cases it is proved from itself before it exists.

    Its `repr` shows counts only.
    """

    record: ReleaseRecord = field(repr=False)
    envelope: Envelope = field(repr=False)

    def __post_init__(self) -> None:
        if _record_in(self.envelope.payload) != self.record:
            raise ReleaseError("release-edited", "release", "is not what its own envelope says")
        faults = tuple(_faults(self.record, self.envelope))
        if faults:
            raise ReleaseError.of(faults)

    def __repr__(self) -> str:
        found = len(self.record.audit.findings)
        return f"<Release: {self.record.audit.verdict}, {found} answers, {self.record.signing}>"

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    @property
    def is_signed(self) -> bool:
        """Whether it carries signatures; whether they are good, only `verify` with a caller's keys can say."""
        return self.record.signing == "signed"

    @property
    def line(self) -> str:
        """The sentence about the record that stands under a rendered plan."""
        signed = (
            "The record is signed." if self.is_signed else "The record is unsigned: nothing in it shows who made it."
        )
        return f"Release record {self.record.record_id}, with the answers of a second person. {signed}"

    @classmethod
    def gate(
        cls,
        plan: Plan,
        *,
        against: Sequence[Minutes],
        checker: str,
        author: str | Sequence[str],
        answers: Mapping[str, str],
        now: datetime,
        record_id: str,
        used_ids: Collection[str],
        expires: datetime,
        policy: Policy,
        recipients: Sequence[str],
        directory: Directory | None = None,
        sign: Sign | None = None,
    ) -> Release:
        """A release of `plan`, if everything that a release needs is there.

        `against`: splits of all minutes that the author could open (no index: it does not know who decided what).
        `answers`: the checker's words for each key of `asked(audit)`. `now`, `expires`: with an offset from UTC.
        `used_ids`: the ids of all earlier records. `sign`: from bytes to signatures by key; without it the record says "unsigned".
        Raises: `ReleaseError` with every fault found; `ExcerptError` for an edited excerpt; `AuditError` as `audit` does.
        """
        # 1 The plan as it is, and the minutes it came from, under one policy and one lexicon.
        # 2 Who wrote, decided and checked, by one name each.
        # 3 The audit, computed again; an answer to each finding.
        # 4 One use, and a time at which it ends.
        # 5 The record, signed if the caller signs.
        _require_kinds(author, answers, used_ids, policy, recipients)
        sources = _sources(plan, against)  # 1
        faults = [*_plan_faults(plan, sources, policy, recipients)]
        authors, deciders, one = _people(author, sources, checker, directory)  # 2
        faults += _people_faults(authors, deciders, one)
        faults += _time_faults(now, expires)  # 4
        faults += _id_faults(record_id, used_ids)
        if faults:
            raise ReleaseError.of(faults)
        found = audit(plan, against=sources, policy=policy)  # 3
        answered, faults = _answered(found, answers)
        if faults:
            raise ReleaseError.of(faults)
        record = ReleaseRecord(  # 5
            schema_version=1,
            record_id=record_id,
            family=plan.family,
            purpose=plan.purpose,
            recipients=tuple(sorted(set(plan.recipients))),
            text=plan.text,
            text_digest=_digest(plan.text),
            references=tuple(e.excerpt.reference for e in plan.entries if isinstance(e, Pasted)),
            sources=tuple(
                SourceOnRecord(document_id=s.document.document_id, digest=s.document.source.digest) for s in sources
            ),
            audit=AuditOnRecord(
                id=found.id,
                verdict=found.verdict,
                guarantee=found.guarantee,
                findings=answered,
                to_check=len(found.to_check),
            ),
            authors=authors,
            deciders=deciders,
            checker=one,
            at=now,
            expires=expires,
            policy_digest=policy.digest,
            lexicon_digest=sources[0].words_digest,
            library=LIBRARY,
            library_digest=library_digest(),
            signing="signed" if sign else "unsigned",
        )
        payload = statement({"plan": record.text_digest}, PREDICATE_TYPE, record.model_dump(mode="json"))
        return cls(_record_in(payload), Envelope(payload, _signatures(sign, payload)))

    @classmethod
    def verify(
        cls,
        record: Release | str | bytes,
        *,
        now: datetime,
        verify: Verify | None = None,
        used_ids: Collection[str] = (),
    ) -> Proof:
        """What a record proves from itself, whatever version made it.

        `now`: the time asked about; of an old record, the time at which it was used.
        `verify(signed bytes, name of the key, signature)` gives back the person whose key it is, and raises if the
        signature is not good. `used_ids`: ids that were used for sending before.
        Nothing is computed again, so policy, lexicon and library may have changed since.
        Raises: `ReleaseError`, or `WireError` if it is no record at all.
        """
        release = record if isinstance(record, Release) else cls.from_dsse(record)
        told = release.record
        faults = [*_when_faults(told, now)]
        if isinstance(used_ids, str) or not isinstance(used_ids, Collection):
            faults.append(Fault("release-id", "used_ids", "should be a collection of ids, not one text"))
        elif told.record_id in used_ids:
            faults.append(Fault("release-replay", "record_id", "was used before"))
        if verify is not None and not release.is_signed:
            faults.append(Fault("release-unsigned", "signatures", "there are none, and a signed record was asked for"))
        if faults:
            raise ReleaseError.of(faults)
        signed_by = () if verify is None else _signed_by(release, verify)
        return Proof(release, signed_by)

    def covers(self, document: Document | str | bytes) -> tuple[Uncovered, ...]:
        """What the final document says and the approved text does not, and what it leaves out; empty if they agree.

        Order counts. How lines and cells are laid out does not, nor do references behind excerpts and `line`.
        Comments, hidden words, properties and all else that a file carries beside its text are listed as well.
        Raises: `ReadError` for bytes that are no document.
        """
        if isinstance(document, str):
            document = Document.from_text(document)
        elif not isinstance(document, Document):
            document = read(document)  # refuses what is no document
        return tuple(_uncovered(self, document))

    def to_dsse(self) -> str:
        """The record as it goes on file: a DSSE envelope with an in-toto Statement."""
        return envelope_to_json(self.envelope)

    @classmethod
    def from_dsse(cls, data: str | bytes) -> Release:
        """A record from its file, proved from itself but for its signatures.

        Raises: `WireError` for its form, `ReleaseError` if it contradicts itself.
        """
        envelope = envelope_from_json(data)
        return cls(_record_in(envelope.payload), envelope)


@dataclass(frozen=True, slots=True)
class Proof:
    """What `Release.verify` found to hold at the time it was asked about."""

    release: Release
    signed_by: tuple[str, ...] = field(default=(), repr=False)
    """The persons whose signatures were found good; empty if none was looked at."""

    @property
    def sentence(self) -> str:
        """What may be said of the signatures, in one plain sentence."""
        if self.signed_by:
            return "The record holds together, and the checker's signature is good."
        if self.release.is_signed:
            return "The record holds together; its signatures were not looked at."
        return "The record holds together; it is unsigned, so nothing in it shows who made it."


# --- at the gate: 1 the plan and its minutes ----------------------------------------------------


def _require_kinds(author: object, answers: object, used_ids: object, policy: object, recipients: object) -> None:
    """A text where a list of names is meant would be read letter by letter."""
    faults = []
    if not isinstance(author, str | Sequence):
        faults.append(Fault("release-no-author", "author", "should name those who wrote the plan"))
    if not isinstance(answers, Mapping):
        faults.append(Fault("release-answers", "answers", "should give an answer for each key of `asked(audit)`"))
    if isinstance(used_ids, str) or not isinstance(used_ids, Collection):
        faults.append(Fault("release-id", "used_ids", "should be a collection of ids, not one text"))
    if not isinstance(policy, Policy):
        faults.append(Fault("release-other-policy", "policy", "should be the policy that the minutes were split under"))
    if isinstance(recipients, str) or not isinstance(recipients, Sequence | frozenset | set):
        faults.append(Fault("release-other-recipients", "recipients", "should be a list of recipients, not one text"))
    if faults:
        raise ReleaseError.of(faults)


def _sources(plan: Plan, against: Sequence[Minutes]) -> tuple[Minutes, ...]:
    if not isinstance(plan, Plan):
        raise ReleaseError("release-no-plan", "plan", "should be a plan: bare text does not say where it comes from")
    if not isinstance(against, Sequence) or not all(hasattr(minutes, "decisions") for minutes in against):
        raise ReleaseError(
            "release-sources", "against", "should be a list of splits: an index does not know who decided what"
        )
    if not against or not plan.entries:
        raise ReleaseError(
            "release-empty-audit", "against", "an audit of nothing, or against nothing, releases nothing"
        )
    plan.require_sealed()
    return tuple(against)


def _plan_faults(plan: Plan, sources: Sequence[Minutes], policy: Policy, recipients: Sequence[str]) -> Iterator[Fault]:
    if set(recipients) != set(plan.recipients):
        yield Fault("release-other-recipients", "recipients", "are not the recipients of the plan")
    lexicon = sources[0].words_digest
    for i, minutes in enumerate(sources):
        if minutes.policy.digest != policy.digest:
            yield Fault("release-other-policy", f"against[{i}]", "was split under another policy")
        if minutes.words_digest != lexicon:
            yield Fault("release-other-lexicon", f"against[{i}]", "was split with another lexicon than the first")
    for number, entry in enumerate(plan.entries, 1):
        if not isinstance(entry, Pasted):
            continue
        if entry.excerpt.tag.policy_digest != policy.digest:
            yield Fault("release-other-policy", f"entry {number}", "comes from a view under another policy")
        if entry.excerpt.tag.lexicon_digest != lexicon:
            yield Fault("release-other-lexicon", f"entry {number}", "comes from a view with another lexicon")


# --- at the gate: 2 people ----------------------------------------------------------------------

_People = tuple[PersonOnRecord, ...]


def _people(
    author: str | Sequence[str], sources: Sequence[Minutes], checker: str, directory: Directory | None
) -> tuple[_People, _People, PersonOnRecord]:
    """Authors, deciders and checker, each with the one id of the directory."""
    authors = (author,) if isinstance(author, str) else tuple(author)
    if not authors:
        raise ReleaseError("release-no-author", "author", "should name those who wrote the plan")
    by = dict.fromkeys(decision.by for minutes in sources for decision in minutes.decisions)
    return (
        tuple(_person(name, directory, f"author[{i}]") for i, name in enumerate(authors)),
        tuple(_person(name, directory, f"decider {i}") for i, name in enumerate(by, 1)),
        _person(checker, directory, "checker"),
    )


def _person(name: str, directory: Directory | None, where: str) -> PersonOnRecord:
    if not isinstance(name, str) or not name.strip():
        raise ReleaseError("release-nobody", where, "should name a person")
    person: object = name
    if directory is not None:
        try:
            person = directory(name)
        except Exception:
            person = None
    if not isinstance(person, str) or not person.strip():
        raise ReleaseError("release-unknown-person", where, "is nobody whom the directory knows")
    return PersonOnRecord(name=name, person=person)


def _same(name: str) -> str:
    """A name without what the eye passes over."""
    return " ".join(fold(name).text.casefold().split())


def _people_faults(authors: _People, deciders: _People, checker: PersonOnRecord) -> Iterator[Fault]:
    one = {_same(checker.name), _same(checker.person)}
    for group, code, message in (
        (authors, "release-author-checks", "wrote the plan, and may not check it"),
        (deciders, "release-decider-checks", "decided what may be used, and may not check it"),
    ):
        if any(one & {_same(person.name), _same(person.person)} for person in group):
            yield Fault(code, "checker", message)


# --- at the gate: 3 answers, 4 time and use, 5 signatures ---------------------------------------


def _answered(found: Audit, answers: Mapping[str, str]) -> tuple[tuple[FindingOnRecord, ...], list[Fault]]:
    """Each question with its answer, and a fault for each question without one and each answer without a question."""
    questions = asked(found)
    made, faults = [], []
    for number, question in enumerate(questions, 1):
        answer = answers.get(question.key)
        if not isinstance(answer, str) or not answer.strip():
            faults.append(Fault("release-unanswered", f"finding {number}", f"has no answer ({question.message})"))
            continue
        start, end = question.where or (None, None)
        made.append(
            FindingOnRecord(
                key=question.key, code=question.code, severity=question.severity, start=start, end=end, answer=answer
            )
        )
    if set(answers) - {question.key for question in questions}:
        faults.append(
            Fault("release-stale-answer", "answers", "hold an answer to something that this audit did not find")
        )
    return tuple(made), faults


def _time_faults(now: datetime, expires: datetime) -> Iterator[Fault]:
    for name, time in (("now", now), ("expires", expires)):
        if not isinstance(time, datetime) or time.utcoffset() is None:
            yield Fault("release-time", name, "should be a time with its offset from UTC")
            return
    if expires <= now:
        yield Fault("release-expired", "expires", "is not after the time of the release")


def _id_faults(record_id: str, used_ids: Collection[str]) -> Iterator[Fault]:
    if not isinstance(record_id, str) or not record_id.strip():
        yield Fault("release-id", "record_id", "should not be empty")
    elif record_id in used_ids:
        yield Fault("release-replay", "record_id", "was used before")


def _signatures(sign: Sign | None, payload: bytes) -> tuple[Signature, ...]:
    if sign is None:
        return ()
    made = sign(pae(payload))
    if not isinstance(made, Mapping) or not made or not all(isinstance(s, bytes) and s for s in made.values()):
        raise ReleaseError("release-signature", "sign", "should give signatures by the name of their key")
    return tuple(Signature(keyid, sig) for keyid, sig in sorted(made.items()))


# --- a record, from itself ----------------------------------------------------------------------


class _Digests(Strict):
    sha256: str = _DIGEST


class _Subject(Strict):
    name: Literal["plan"]
    digest: _Digests


class _Statement(Strict):
    type_: str = Field(alias="_type")
    subject: tuple[_Subject, ...] = Field(min_length=1, max_length=1)
    predicateType: str  # noqa: N815 - the name in the specification
    predicate: ReleaseRecord


def _record_in(payload: bytes) -> ReleaseRecord:
    """The record that the signed bytes hold."""
    told = loaded(_Statement, json_object(payload, "release"), prefix="release", error=WireError)
    if told.type_ != STATEMENT_TYPE or told.predicateType != PREDICATE_TYPE:
        raise WireError("release-type", "$.predicateType", "is no statement about a release")
    if told.subject[0].digest.sha256 != told.predicate.text_digest:
        raise ReleaseError("release-other-text", "subject", "is not the text of the record")
    return told.predicate


def _faults(record: ReleaseRecord, envelope: Envelope) -> Iterator[Fault]:
    """Where a record contradicts itself."""
    if _digest(record.text) != record.text_digest:
        yield Fault("release-other-text", "$.text", "is not the text that was approved")
    if record.audit.verdict == "findings" and not record.audit.findings:
        yield Fault("release-unanswered", "$.audit.findings", "are not there, though the audit found something")
    if record.audit.verdict == "cannot_say" and not record.audit.findings:
        yield Fault("release-unanswered", "$.audit.findings", "do not say why the audit could not tell")
    yield from _people_faults(record.authors, record.deciders, record.checker)
    yield from _time_faults(record.at, record.expires)
    if record.signing == "signed" and not envelope.signatures:
        yield Fault("release-unsigned", "signatures", "were taken off a record that was signed")
    if record.signing == "unsigned" and envelope.signatures:
        yield Fault("release-signature", "signatures", "were put on a record that was made without any")


def _when_faults(record: ReleaseRecord, now: datetime) -> Iterator[Fault]:
    if not isinstance(now, datetime) or now.utcoffset() is None:
        yield Fault("release-time", "now", "should be a time with its offset from UTC")
    elif now < record.at:
        yield Fault("release-not-yet", "now", "is before the release was made")
    elif now >= record.expires:
        yield Fault("release-expired", "now", "is after the release ran out")


def _signed_by(release: Release, verify: Verify) -> tuple[str, ...]:
    """The persons whose keys made the signatures; every one is to be good, and one the checker's."""
    signed = pae(release.envelope.payload)
    persons = []
    for number, signature in enumerate(release.envelope.signatures, 1):
        try:
            person: object = verify(signed, signature.keyid, signature.sig)
        except Exception:
            person = None
        if not isinstance(person, str) or not person.strip():
            raise ReleaseError("release-signature", f"signature {number}", "is not good, or its key is nobody's")
        persons.append(person)
    checker = release.record.checker
    if not {_same(checker.name), _same(checker.person)} & {_same(person) for person in persons}:
        raise ReleaseError("release-signature", "signatures", "none is the checker's")
    return tuple(persons)


# --- the final document -------------------------------------------------------------------------

UncoveredKind = Literal["added", "missing", "aside", "label", "unread"]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """One place where the final document is not the approved text. No words."""

    kind: UncoveredKind
    """`added` words that nobody approved; `missing` approved words that are not there; `aside` words beside the text, such as
    comments; `label` words in a number that the program computes; `unread` something that could not be read."""
    where: Span
    """In the document's text; of `missing`, in the approved text."""
    part: str = "text"

    @property
    def message(self) -> str:
        """What is wrong there, in one plain sentence."""
        return _UNCOVERED[self.kind]


_UNCOVERED: dict[UncoveredKind, str] = {
    "added": "stands in the document and not in the approved text",
    "missing": "stands in the approved text and not in the document",
    "aside": "is in the file beside its text, and nobody approved it",
    "label": "is shown before a paragraph by its numbering, and nobody approved it",
    "unread": "could not be read, so nobody can say what it holds",
}


def _uncovered(release: Release, document: Document) -> Iterator[Uncovered]:
    drop = {_words(f"[{reference}]") for reference in release.record.references}
    approved = _sentences(release.record.text, drop, ())
    final = _sentences(document.text, drop, tuple(_words(line) for line in release.line.splitlines()))
    for missing, added in _differences(approved, final):
        yield from (Uncovered("added", sentence.span) for sentence in added)
        yield from (Uncovered("missing", sentence.span) for sentence in missing)
    for number, aside in enumerate(document.asides, 1):
        if aside.text.strip() or aside.kind in ("unread", "embedded"):
            yield Uncovered("aside", Span(aside.at, aside.at), f"aside {number}")
    for number, block in enumerate(document.blocks, 1):
        if _LETTERS.search(block.label):
            yield Uncovered("label", block.span, f"block {number}")
        if block.faults:
            yield Uncovered("unread", block.span, f"block {number}")
    for number, mark in enumerate(document.marks, 1):
        if mark.kind == "unread":
            yield Uncovered("unread", mark.span, f"mark {number}")
    for number, _ in enumerate(document.faults, 1):
        yield Uncovered("unread", Span(0, 0), f"fault {number}")


_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    words: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).text.split())


def _sentences(text: str, drop: Collection[tuple[str, ...]], lines: Collection[tuple[str, ...]]) -> list[_Sentence]:
    """The sentences of a text, line by line; without words in `drop` (references) and without whole lines in `lines`."""
    single = {words[0] for words in drop if len(words) == 1}
    found: list[_Sentence] = []
    start = 0
    for line in text.splitlines(keepends=True):
        span = Span(start, start + len(line.rstrip()))
        start += len(line)
        if _words(line) in lines:
            continue
        for place in sentences(text, span):
            words = tuple(word for word in _words(place.within(text)) if word not in single)
            if words:
                found.append(_Sentence(place, words))
    return found


def _differences(
    approved: Sequence[_Sentence], final: Sequence[_Sentence]
) -> Iterator[tuple[Sequence[_Sentence], Sequence[_Sentence]]]:
    """Stretches of sentences that are not the same on both sides, but for where a line ends."""
    ops = Indel.opcodes([s.words for s in approved], [s.words for s in final])
    left: list[_Sentence] = []
    right: list[_Sentence] = []
    for op in ops:
        if op.tag == "equal":
            yield from _told(left, right)
            left, right = [], []
        else:
            left += approved[op.src_start : op.src_end]
            right += final[op.dest_start : op.dest_end]
    yield from _told(left, right)


def _told(left: list[_Sentence], right: list[_Sentence]) -> Iterator[tuple[Sequence[_Sentence], Sequence[_Sentence]]]:
    if [word for s in left for word in s.words] != [word for s in right for word in s.words]:
        yield left, right


# --- the rendered plan --------------------------------------------------------------------------


def render(plan: Plan, release: Release) -> str:
    """The plan as Markdown, field by field, with its references and the line of its release.

    It does not ask the time: call `Release.verify` at the moment of sending.
    Raises: `ReleaseError` if the release is of another text, family, purpose or recipients.
    """
    if not isinstance(release, Release):
        raise ReleaseError("release-missing", "release", "is needed: a plan is rendered with the release of its text")
    plan.require_sealed()
    faults = tuple(_render_faults(plan, release.record))
    if faults:
        raise ReleaseError.of(faults)
    parts = []
    for passage in plan.layout:
        words = _in_markdown(passage.span.within(plan.text))
        if passage.entry is None:
            parts.append(f"## {' '.join(words.split())}")
            continue
        entry = plan.entries[passage.entry]
        parts.append(f"{words} \\[{entry.excerpt.reference}\\]" if isinstance(entry, Pasted) else words)
    return "\n\n".join([*parts, "---", _in_markdown(release.line)]) + "\n"


def _render_faults(plan: Plan, record: ReleaseRecord) -> Iterator[Fault]:
    if plan.family != record.family:
        yield Fault("release-other-family", "plan", "is for another family than the release")
    if set(plan.recipients) != set(record.recipients):
        yield Fault("release-other-recipients", "plan", "is for other recipients than the release")
    if plan.purpose != record.purpose:
        yield Fault("release-other-purpose", "plan", "is for another purpose than the release")
    if _digest(plan.text) != record.text_digest:
        yield Fault("release-other-text", "plan", "is not the text that was approved")


def _in_markdown(text: str) -> str:
    """The text as Markdown that shows it and does nothing else."""
    shown = "".join(c if c == "\n" or c.isprintable() else " " for c in text)
    shown = _MARKUP.sub(r"\\\g<0>", shown)
    return _AT_THE_BEGINNING.sub(r"\g<1>\\\g<2>", shown)


_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!@$]")
_AT_THE_BEGINNING = re.compile(r"(?m)^([^\S\n]*+\d*+)([-+=.):])")


__all__ = ["Asked", "Proof", "Release", "ReleaseRecord", "Uncovered", "asked", "library_digest", "render"]
