"""The second net: a finished text, compared with all minutes that its author could open.

The guarantee, `every-run`: every stretch of `policy.audit_run` normalised
characters of the draft that stands in a unit not cleared for the family is
found, and so is every shorter unit that stands in the draft whole. Taken off
is only what is also `named` or `decided` for the family, about nobody by its
own words, or common wording (which is listed), and the titles of a plan's
fields. What is said in other words is not looked for.
"""

from minutes_split.auditing.check import audit
from minutes_split.auditing.index import AuditIndex
from minutes_split.auditing.said import (
    GUARANTEE,
    LIMITS,
    MESSAGES,
    Audit,
    Finding,
    Place,
    Reason,
    ToCheck,
    Verdict,
)

__all__ = [
    "GUARANTEE", "LIMITS", "MESSAGES", "Audit", "AuditIndex", "Finding", "Place", "Reason", "ToCheck", "Verdict", "audit",
]  # fmt: skip
