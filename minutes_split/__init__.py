"""Splits the minutes of meetings on several families into what belongs to each, and refuses the wrong paste."""

from importlib import import_module
from typing import TYPE_CHECKING

from minutes_split.attribution import Unit
from minutes_split.decisions import Confirm, Disclose, Identify
from minutes_split.document import Document
from minutes_split.errors import MinutesSplitError
from minutes_split.guard import Excerpt, FamilyView
from minutes_split.policy import Policy
from minutes_split.roster import Roster
from minutes_split.sections import Question, Split, Splitter, compare, split

if TYPE_CHECKING:
    from minutes_split.auditing import Audit, AuditIndex, Finding, audit
    from minutes_split.linting import Lint, lint
    from minutes_split.plan import Plan
    from minutes_split.readers import read
    from minutes_split.redaction import Redacted, redact
    from minutes_split.release import Release, render

_WHEN_ASKED_FOR = {
    "Audit": "auditing", "AuditIndex": "auditing", "Finding": "auditing", "audit": "auditing", "Lint": "linting",
    "lint": "linting", "Plan": "plan", "read": "readers", "Redacted": "redaction", "redact": "redaction",
    "Release": "release", "render": "release",
}  # fmt: skip
"""Names whose modules are loaded at first use, so that importing the package stays quick."""

__all__ = [
    "Audit", "AuditIndex", "Confirm", "Disclose", "Document", "Excerpt", "FamilyView", "Finding", "Identify", "Lint",
    "MinutesSplitError", "Plan", "Policy", "Question", "Redacted", "Release", "Roster", "Split", "Splitter", "Unit", "audit",
    "compare", "lint", "read", "redact", "render", "split",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _WHEN_ASKED_FOR:
        raise AttributeError(f"module 'minutes_split' has no attribute {name!r}")
    value: object = getattr(import_module(f"minutes_split.{_WHEN_ASKED_FOR[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
