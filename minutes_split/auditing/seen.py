"""What has been found in one part of a draft so far: one place needs one finding on copying."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_split.auditing.draft import Part
from minutes_split.auditing.said import Finding
from minutes_split.auditing.standing import Standing
from minutes_split.spans import Span


class Seen:
    """One part of a draft, whose each character of it is, and where something was found."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.covered: dict[Standing, bytearray] = {
            standing: bytearray(len(part.normal.text)) for standing in ("own", "carried", "free", "withheld")
        }
        """By standing, which characters of the normalised text are in an equal run."""
        self.common: list[Span] = []
        """Words that stand in something withheld and tell of nobody in particular; entered by `list_common`."""
        self._told = bytearray(len(part.text))
        """Which characters of the text are in a finding or in common wording."""

    def cover(self, standing: Standing, start: int, end: int) -> None:
        """Characters `start` to `end` of the normalised text stand in a piece of this standing."""
        self.covered[standing][start:end] = b"\1" * (end - start)

    def list_common(self, where: Span) -> None:
        """Words at a place are common wording."""
        self.common.append(where)
        self._tell(where)

    def share(self, where: Span) -> float:
        """How much of a place is in earlier findings or common wording, 0 to 1."""
        return sum(self._told[where.start : where.end]) / max(1, where.end - where.start)

    def new(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those that are not inside what an earlier step found."""
        kept = [finding for finding in findings if self.share(finding.where) < 0.5]
        for finding in kept:
            self._tell(finding.where)
        return kept

    def _tell(self, where: Span) -> None:
        self._told[where.start : where.end] = b"\1" * (where.end - where.start)
