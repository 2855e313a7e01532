"""What an audit says: findings with a place and a severity, passages to look at, and what it cannot say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NoReturn

from minutes_split.errors import AuditError
from minutes_split.guard import Excerpt
from minutes_split.plan import SEVERITIES, Severity
from minutes_split.spans import Span

GUARANTEE = "every-run-1"
"""Which guarantee an audit gives; the property test of this name proves it."""


Verdict = Literal["nothing_found", "findings", "cannot_say"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the minutes. `key` is that of a unit, empty for text that is not live."""

    document_id: str = field(repr=False)
    key: str = field(repr=False)
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the draft that has to be looked at. It holds places, not words."""

    code: str
    severity: Severity
    where: Span
    """In the text of the draft (`Plan.text`, `Document.text`), or of its part that `part` names."""
    source: Place | None = None
    instead: tuple[Excerpt, ...] = ()
    """Excerpts of the family that stand nearest the source: what may be pasted."""
    field: str = field(default="", repr=False)
    """Title of the field of a plan."""
    part: str = "text"
    allegation: bool = False
    """Whether the words are of an offence, an allegation or the like."""

    @property
    def message(self) -> str:
        """What was found, in one plain sentence without the words."""
        return MESSAGES[self.code]


MESSAGES = {
    "copied": "stands in a part of the minutes that is not cleared for the family",
    "copied-unit": "is the whole of a short statement that is not cleared for the family",
    "copied-names-changed": "stands, with other names, in a part of the minutes that is not cleared for the family",
    "copied-edited": "is close to a statement that is not cleared for the family",
    "copied-basis": "own words repeat the unit they rest on, which is not cleared for the family",
    "copied-carried": "is the family's by its position only, and stands in a part that is not cleared for it as well",
    "unconfirmed": "is likely the family's, and no person has confirmed it",
    "other-name": "is the name of somebody of another family",
    "near-name": "is close to the name of somebody of another family",
    "date-of-birth": "is the date of birth of somebody of another family",
    "address": "is the address of another family",
    "identifier": "is an identifier of another family",
    "protected-value": "is a value that is protected from those who will read this",
    "excerpt-edited": "is not as the view made it",
    "excerpt-not-in-source": "does not stand in its source at the place it names",
    "excerpt-not-cleared": "is no longer cleared for the family in its source",
    "source-changed": "comes from another version of its source than the one compared with",
    "source-superseded": "comes from a document that another one replaces",
    "source-not-given": "comes from a document that was not compared with",
    "basis-unknown": "rests on a unit that is in none of the documents compared with",
    "invisible-characters": "holds characters that nobody can see",
    "look-alike-letters": "mixes letters of two scripts in one word",
}


LIMITS = (
    "Statements in other words are not looked for.",
    "Nothing here shows that anybody read what was found.",
)


Reason = Literal["carried", "without source", "common wording"]


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A passage for the checker to see, though nothing was found in it."""

    reason: Reason
    """`carried`: the family's by its position and not by a name; `without source`: words for which none is stated;
    `common wording`: words that tell of nobody in particular, and stand in something withheld too."""
    where: Span
    field: str = field(default="", repr=False)
    allegation: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in a draft, and what cannot be said of it. It is no yes or no: `bool(audit)` raises."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    to_check: tuple[ToCheck, ...]
    limits: tuple[str, ...]
    guarantee: str
    id: str
    """SHA-256 over draft, family, recipients, sources, policy, guarantee and findings."""

    def __bool__(self) -> NoReturn:
        raise AuditError("audit-as-bool", "audit", "is no yes or no: read `.verdict` and `.findings`")

    def __repr__(self) -> str:
        counted = Counter(finding.severity for finding in self.findings)
        said = ", ".join(f"{counted[severity]} {severity}" for severity in SEVERITIES)
        return f"<Audit: {self.verdict}; {said}; {len(self.to_check)} passages to check>"

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    def to_records(self) -> list[dict[str, str | int | bool]]:
        """A row of scalars for each finding, without words."""
        return [
            {
                "code": f.code,
                "severity": f.severity,
                "message": f.message,
                "part": f.part,
                "field": f.field,
                "start": f.where.start,
                "end": f.where.end,
                "allegation": f.allegation,
                "source_document_id": f.source.document_id if f.source else "",
                "source_start": f.source.span.start if f.source else -1,
                "source_end": f.source.span.end if f.source else -1,
                "instead": " ".join(excerpt.reference for excerpt in f.instead),
            }
            for f in self.findings
        ]
