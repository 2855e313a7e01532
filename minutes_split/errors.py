"""Every refusal of this library, as one tree.

MinutesSplitError           .code  .where  .faults
├── ReadError               bytes that are no document we can read whole
├── RosterError             a roster with faults, all of them reported at once
├── PolicyError             a setting outside its range, a lexicon that does not load
├── DecisionError           an answer that contradicts another, or that nothing asks for
├── ViewError               an unknown family or recipient
├── ExcerptError            an excerpt that is edited, of another family, or built by hand
├── PlanError               a plan that cannot take what it is given
├── AuditError              an audit of nothing, or against nothing
├── ReleaseError            a release that the independent check does not cover
└── WireError               JSON that is not what the schema says

A message never quotes minutes, names, identifiers or family ids: places are
ordinals, offsets, and paths such as `$.families[0].people[2].dob`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a stable code, a place, and a sentence with no personal data."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.code}]"


class MinutesSplitError(Exception):
    """What every refusal of this library descends from.

    `code` is stable between versions; `where` is a place, never a value;
    `faults` holds every fault found when there can be more than one.
    """

    def __init__(self, code: str, where: str, message: str, *, faults: Iterable[Fault] = ()) -> None:
        self.code = code
        self.where = where
        self.message = message
        self.faults = tuple(faults) or (Fault(code, where, message),)
        super().__init__(code, where, message)

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> Self:
        """One error for several faults: the first gives the code, all are in `faults` and in the message."""
        found = tuple(faults)
        first = found[0]
        message = first.message if len(found) == 1 else f"{first.message} (and {len(found) - 1} more)"
        return cls(first.code, first.where, message, faults=found)

    def __str__(self) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        return "\n".join([f"{len(self.faults)} faults", *(f"  {fault}" for fault in self.faults)])

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.code, self.where, self.message, self.faults)


def _restore(
    kind: type[MinutesSplitError], code: str, where: str, message: str, faults: tuple[Fault, ...]
) -> MinutesSplitError:
    return kind(code, where, message, faults=faults)


class ReadError(MinutesSplitError):
    """Bytes that are no document, or a document that cannot be read whole."""


class RosterError(MinutesSplitError):
    """A roster with faults; `faults` holds all of them."""


class PolicyError(MinutesSplitError):
    """A setting outside its range, or a lexicon that does not load."""


class DecisionError(MinutesSplitError):
    """A person's answer that contradicts another or answers nothing that was asked."""


class ViewError(MinutesSplitError):
    """A family or a recipient that the roster does not know."""


class ExcerptError(MinutesSplitError):
    """An excerpt that was edited, belongs to another family, or was not made by a view."""


class PlanError(MinutesSplitError):
    """A plan that cannot take what it is given."""


class AuditError(MinutesSplitError):
    """An audit of an empty draft, or against no minutes, or read as a yes or no."""


class ReleaseError(MinutesSplitError):
    """A release that the independent check does not cover."""


class WireError(MinutesSplitError):
    """JSON that is not what the committed schema says."""
