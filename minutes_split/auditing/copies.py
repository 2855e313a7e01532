"""The finding on words that stand in something not cleared for the family, with what may be pasted instead."""

from __future__ import annotations

from minutes_split.auditing.draft import Draft, Part
from minutes_split.auditing.index import AuditIndex
from minutes_split.auditing.normal import normalise
from minutes_split.auditing.said import Finding
from minutes_split.auditing.sources import Kept, Piece
from minutes_split.auditing.standing import Standings
from minutes_split.errors import ViewError
from minutes_split.guard import Excerpt, family_view
from minutes_split.plan import Written, keyed
from minutes_split.protected import is_proposed
from minutes_split.spans import Span

EXCERPTS_NEAR = 3
"""So many excerpts are offered instead of what was found."""
LEAST_OFFERED = 25
"""Normalised characters: what is shorter is a crumb of a table and helps nobody."""
PROSE_WORDS = 5
"""Words, from which an excerpt without a full stop counts as prose."""


class Copies:
    """Makes the findings on copies for one draft."""

    def __init__(self, standings: Standings, draft: Draft) -> None:
        self.standings = standings
        self.draft = draft
        self.index: AuditIndex = standings.index
        self._offered: dict[int, tuple[Excerpt, ...]] = {}

    def finding(self, code: str, part: Part, where: Span, number: int, *, carried: bool = False) -> Finding:
        """A finding on words that stand in the piece of this number."""
        piece = self.index.pieces[number]
        words = where.within(part.text)
        allegation = self.standings.alleges(words)
        severity = self.standings.severity(number, allegation=allegation)
        if not allegation and (carried or self.standings.is_procedure(normalise(words).text)):
            severity = "medium"
        if piece.unit is not None and is_proposed(piece.unit, self.standings.family):
            code = "unconfirmed"
        elif carried:
            code = "copied-carried"
        elif part.name == "text" and self._is_basis(where, piece):
            code = "copied-basis"
        place = self.index.place(piece)
        return Finding(code, severity, where, place, self._instead(piece), part=part.name, allegation=allegation)

    def is_title(self, part: Part, where: Span, number: int) -> bool:
        """Whether a place is the title of a field, or a heading that stands over something in the minutes as well."""
        if self.draft.is_title(part, where):
            return True
        headings = self.draft.is_heading(part, where) and self.standings.is_heading(number)
        return headings and not self.standings.alleges(where.within(part.text))

    def _is_basis(self, where: Span, piece: Piece) -> bool:
        entry = self.draft.entry_at(where)
        if not isinstance(entry, Written) or piece.unit is None:
            return False
        policy = self.index.sources[piece.source].policy
        return piece.unit.key in entry.basis or keyed(piece.unit.key, policy) in entry.basis

    def _instead(self, piece: Piece) -> tuple[Excerpt, ...]:
        """The family's excerpts that stand nearest in the same document, prose before anything else."""
        if piece.source < 0:
            return ()
        if piece.source not in self._offered:
            view = self._view(self.index.sources[piece.source])
            self._offered[piece.source] = tuple(e for e in view if len(normalise(e.text).text) >= LEAST_OFFERED)
        at = piece.unit.span.start if piece.unit else piece.aside.at if piece.aside else 0
        near = sorted(self._offered[piece.source], key=lambda e: (not _is_prose(e), abs(e.span.start - at), e.span))
        return tuple(near[:EXCERPTS_NEAR])

    def _view(self, source: Kept) -> tuple[Excerpt, ...]:
        own, recipients = self.standings.family, self.standings.recipients
        if source.roster.family(own) is None:
            return ()
        try:
            view = family_view(
                source.document, source.units, own, roster=source.roster, policy=source.policy, recipients=recipients
            )
        except ViewError:  # a recipient whom this roster does not know
            return ()
        return view.excerpts


def _is_prose(excerpt: Excerpt) -> bool:
    words = excerpt.text.rstrip("\"'”’) ")
    return words.endswith((".", "!", "?")) or len(words.split()) >= PROSE_WORDS
