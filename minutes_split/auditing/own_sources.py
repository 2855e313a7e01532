"""A plan against what it says of itself: seals, sources, clearance, the basis of own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from minutes_split.auditing.draft import Draft
from minutes_split.auditing.said import Finding
from minutes_split.auditing.sources import Kept
from minutes_split.auditing.standing import Standings
from minutes_split.guard import Excerpt
from minutes_split.plan import Pasted, Severity, Written, keyed
from minutes_split.spans import Span


class OwnSources:
    """Follows every excerpt and every basis of a plan to its source."""

    def __init__(self, standings: Standings, draft: Draft) -> None:
        self.standings = standings
        self.sources = standings.index.sources
        self.draft = draft

    def find(self) -> Iterator[Finding]:
        """Excerpts that are edited, moved, superseded or no longer cleared, and bases that nobody knows."""
        plan = self.draft.plan
        for passage in self.draft.layout if plan is not None else ():
            entry = None if passage.entry is None or plan is None else plan.entries[passage.entry]
            if isinstance(entry, Pasted):
                yield from (Finding(code, severity, passage.span) for code, severity in self._excerpt(entry.excerpt))
            elif isinstance(entry, Written) and entry.basis and set(entry.basis) - self._keys:
                yield Finding("basis-unknown", "medium", passage.span)

    def _excerpt(self, excerpt: Excerpt) -> Iterator[tuple[str, Severity]]:
        if not excerpt.is_sealed:
            yield "excerpt-edited", "high"
            return
        given = [(i, s) for i, s in enumerate(self.sources) if s.document.document_id == excerpt.document_id]
        same = [(i, s) for i, s in given if s.document.source.digest == excerpt.source_digest]
        if any(s.document.supersedes == excerpt.document_id for s in self.sources):
            yield "source-superseded", "medium"
        if not same:
            yield ("source-changed" if given else "source-not-given"), "medium"
        elif any(excerpt.span.within(s.document.text) != excerpt.text for _, s in same):
            yield "excerpt-not-in-source", "high"
        elif not all(self._is_cleared(i, s, excerpt.span) for i, s in same):
            yield "excerpt-not-cleared", "high"

    def _is_cleared(self, number: int, source: Kept, span: Span) -> bool:
        hidden = self.standings.hidden(number)
        units = [unit for unit in source.units if unit.span.meets(span)]
        return bool(units) and all(self.standings.family in u.cleared_for and u.number not in hidden for u in units)

    @cached_property
    def _keys(self) -> set[str]:
        """Every key of a unit, bare and as it stands on file."""
        keys = {(unit.key, source.policy) for source in self.sources for unit in source.units}
        return {key for key, _ in keys} | {keyed(key, policy) for key, policy in keys}
