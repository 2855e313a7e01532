"""The minutes as an audit keeps them, and the pieces that they are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from minutes_split.attribution import Unit
from minutes_split.document import Aside, Document
from minutes_split.policy import Policy
from minutes_split.roster import Roster


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


@dataclass(frozen=True, slots=True)
class Kept:
    """One set of minutes as the index keeps it."""

    document: Document
    units: tuple[Unit, ...]
    roster: Roster
    policy: Policy


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit, an aside, or a line of common wording, in the text of all sources."""

    start: int
    end: int
    source: int
    """Which of the minutes; -1 for common wording."""
    unit: Unit | None = None
    aside: Aside | None = None


DEAD = frozenset({"metadata", "instruction"})
"""Asides that are not somebody's statement."""


def is_unread(document: Document) -> bool:
    """Whether something in a document could not be read."""
    return bool(
        document.faults
        or any(block.faults for block in document.blocks)
        or any(mark.kind == "unread" for mark in document.marks)
        or any(aside.kind == "unread" for aside in document.asides)
    )
