"""What has been found in one part of a draft so far: one place needs one finding on copying."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_split.auditing.draft import Part
from minutes_split.auditing.said import Finding
from minutes_split.auditing.standing import Standing
from minutes_split.spans import Span, merged


class Seen:
    """One part of a draft, whose each character of it is, and where something was found."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.covered: dict[Standing, bytearray] = {
            standing: bytearray(len(part.normal.text)) for standing in ("own", "carried", "free", "withheld")
        }
        """By standing, which characters of the normalised text are in an equal run."""
        self.common: list[Span] = []
        """Words that stand in something withheld and tell of nobody in particular."""
        self._found: list[Span] = []

    def cover(self, standing: Standing, start: int, end: int) -> None:
        """Characters `start` to `end` of the normalised text stand in a piece of this standing."""
        self.covered[standing][start:end] = b"\1" * (end - start)

    def share(self, where: Span) -> float:
        """How much of a place is in earlier findings or common wording, 0 to 1."""
        spans = merged([*self._found, *self.common])
        met = sum(min(where.end, s.end) - max(where.start, s.start) for s in spans if s.meets(where))
        return met / max(1, where.end - where.start)

    def new(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those that are not inside what an earlier step found."""
        kept = [finding for finding in findings if self.share(finding.where) < 0.5]
        self._found += [finding.where for finding in kept]
        return kept
