"""One audit, from the draft to its findings."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from minutes_split.auditing.characters import odd_characters
from minutes_split.auditing.copies import Copies
from minutes_split.auditing.draft import Draft
from minutes_split.auditing.edited import Edited
from minutes_split.auditing.equal import Equal
from minutes_split.auditing.index import AuditIndex
from minutes_split.auditing.own_sources import OwnSources
from minutes_split.auditing.people import People
from minutes_split.auditing.said import GUARANTEE, LIMITS, Audit, Finding, Reason, ToCheck, Verdict
from minutes_split.auditing.seen import Seen
from minutes_split.auditing.short import Short
from minutes_split.auditing.sources import Minutes
from minutes_split.auditing.standing import Standings
from minutes_split.auditing.wording import tells_of_harm
from minutes_split.document import Document
from minutes_split.errors import AuditError
from minutes_split.plan import SEVERITIES, Pasted, Plan, Written
from minutes_split.policy import Policy
from minutes_split.spans import Span


def audit(
    draft: Plan | Document | str,
    *,
    against: Sequence[Minutes] | AuditIndex,
    family: str | None = None,
    recipients: tuple[str, ...] | None = None,
    policy: Policy | None = None,
    alleges: Callable[[str], bool] | None = None,
) -> Audit:
    """Compares a draft for one family with all minutes that its author could open.

    Of a plan, family and recipients are the plan's own. `alleges` says whether
    words are of an offence or an allegation; the default is the lexicon's.
    Raises: `AuditError` for an empty draft, for no source, for a draft without a family, for one that carries the mark of
    what is for inside only.
    """
    index = against if isinstance(against, AuditIndex) else AuditIndex.build(against, policy=policy)
    policy = policy or index.policy
    read = Draft.of(draft)
    family = _family_of(draft, family)
    recipients = _recipients_of(draft, recipients)
    _require_recipients(index, family, recipients)
    if policy.audit_run < index.run:
        raise AuditError("audit-run", "policy.audit_run", "is shorter than the one the index was built for")
    check = _Check(index, family, recipients, policy, read, alleges or tells_of_harm)
    findings = check.findings()
    to_check = check.to_check()
    unread = index.unread or read.unread
    verdict: Verdict = "findings" if findings else "cannot_say" if unread else "nothing_found"
    limits = LIMITS + (("Part of a document could not be read.",) if unread else ())
    if family not in index.families:
        limits += ("The family is on none of the rosters, so nothing is known to be its own.",)
    told = [
        GUARANTEE, hashlib.sha256(read.text.encode("utf-8", "surrogatepass")).hexdigest(), family, recipients,
        index.digest, policy.digest, [_said(finding) for finding in findings], verdict,
    ]  # fmt: skip
    return Audit(verdict, findings, to_check, limits, GUARANTEE, hashlib.sha256(json.dumps(told).encode()).hexdigest())


def _said(finding: Finding) -> list[object]:
    source = finding.source
    place = [source.document_id, source.key, source.span] if source else None
    return [finding.code, finding.severity, finding.part, finding.where, place]


def _family_of(draft: Plan | Document | str, family: str | None) -> str:
    if isinstance(draft, Plan):
        if family not in (None, draft.family):
            raise AuditError("audit-other-family", "family", "is not the family of the plan")
        return draft.family
    if not family:
        raise AuditError("audit-no-family", "family", "should name the family that the draft is for")
    return family


def _recipients_of(draft: Plan | Document | str, recipients: tuple[str, ...] | None) -> tuple[str, ...]:
    if isinstance(draft, Plan):
        if recipients is not None and set(recipients) != set(draft.recipients):
            raise AuditError("audit-other-recipients", "recipients", "are not the recipients of the plan")
        return draft.recipients
    return tuple(recipients or ())


def _require_recipients(index: AuditIndex, family: str, recipients: tuple[str, ...]) -> None:
    known = {
        name
        for own in index.own(family)
        for name in (*(r.id for r in own.recipients), *(n for p in own.protected for n in p.withheld_from))
    }
    for i, recipient in enumerate(recipients):
        if recipient not in known:
            raise AuditError(
                "audit-unknown-recipient", f"recipients[{i}]", "is not a recipient of the family in any roster"
            )


def _order(finding: Finding) -> tuple[object, ...]:
    source = finding.source
    place = (source.document_id, source.span) if source else ("", Span(0, 0))
    return SEVERITIES.index(finding.severity), not finding.allegation, finding.part, finding.where, finding.code, place


class _Check:
    """One audit, step by step; it is thrown away at the end.

    1 equal runs; 2 short units; 3 equal runs with names masked; 4 edited copies;
    5 names; 6 values; 7 dates of birth; 8 the plan's own sources; 9 characters.
    """

    def __init__(
        self,
        index: AuditIndex,
        family: str,
        recipients: tuple[str, ...],
        policy: Policy,
        draft: Draft,
        alleges: Callable[[str], bool],
    ) -> None:
        self.draft = draft
        self.alleges = alleges
        standings = Standings(index, family, recipients, alleges)
        copies = Copies(standings, draft)
        equal = Equal(copies, policy.audit_run)
        self.on_copying = (
            equal.verbatim,  # 1
            Short(copies).find,  # 2
            equal.renamed,  # 3
            Edited(copies, policy.audit_run).find,  # 4
        )
        self.people = People(index, family, recipients, policy.near_score)
        self.own_sources = OwnSources(standings, draft)
        self.seen = tuple(Seen(part) for part in draft.parts)

    def findings(self) -> tuple[Finding, ...]:
        """Everything found, the gravest first."""
        found: list[Finding] = []
        for seen in self.seen:
            for step in self.on_copying:
                found += seen.new(step(seen))
            found += self.people.names_in(seen)  # 5
            found += self.people.values_in(seen.part)  # 6
            found += self.people.births_in(seen.part)  # 7
            found += odd_characters(seen.part)  # 9
        found += self.own_sources.find()  # 8
        once = {(f.code, f.part, f.where): f for f in reversed(found)}.values()
        return tuple(sorted((self._with_field(f) for f in once), key=_order))

    def _with_field(self, finding: Finding) -> Finding:
        return finding if finding.part != "text" else replace(finding, field=self.draft.field_at(finding.where))

    def to_check(self) -> tuple[ToCheck, ...]:
        """Passages that no finding is on, and that somebody should look at; after `findings`."""
        plan, live = self.draft.plan, self.seen[0]
        found = list(self._entries(plan) if plan is not None else self._lines(live))
        found += [ToCheck("common wording", where, self.draft.field_at(where)) for where in live.common]
        return tuple(sorted(found, key=lambda one: (one.where, one.reason)))

    def _entries(self, plan: Plan) -> Iterator[ToCheck]:
        for passage in self.draft.layout:
            entry = None if passage.entry is None else plan.entries[passage.entry]
            if isinstance(entry, Pasted) and entry.excerpt.basis == "carried":
                yield ToCheck("carried", passage.span, passage.field, self.alleges(entry.text))
            elif isinstance(entry, Written) and not entry.basis:
                yield ToCheck("without source", passage.span, passage.field, self.alleges(entry.text))

    def _lines(self, seen: Seen) -> Iterator[ToCheck]:
        """Lines of a text that stand in nothing named for the family."""
        part, covered = seen.part, seen.covered
        for line in re.finditer(r"[^\n]+", part.text):
            if not re.search(r"\w", line[0]):
                continue
            span = slice(part.normal.at(line.start()), part.normal.at(line.end()))
            length = max(1, span.stop - span.start)
            if 2 * (sum(covered["own"][span]) + sum(covered["free"][span])) > length:
                continue
            reason: Reason = "carried" if 2 * sum(covered["carried"][span]) > length else "without source"
            yield ToCheck(reason, Span(*line.span()), "", self.alleges(line[0]))
