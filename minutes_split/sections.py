"""Minutes split by family: every unit with its attribution, runs of them as sections, and what each family may see."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutes_split.attribution import Attribution, Fold, Unit
from minutes_split.blocks import blocks as blocks_of
from minutes_split.document import Block, Document
from minutes_split.errors import ViewError
from minutes_split.folding import fold
from minutes_split.frame import Frame, frame
from minutes_split.guard import FamilyView, family_view
from minutes_split.lexicon import Lexicon, default_lexicon
from minutes_split.mentions.base import Mention
from minutes_split.mentions.declared import declared
from minutes_split.mentions.directory import directory
from minutes_split.mentions.find import Finder
from minutes_split.mentions.phrases import phrases
from minutes_split.policy import Policy
from minutes_split.roster import Roster
from minutes_split.rules.base import NOBODY, Parties
from minutes_split.spans import Span
from minutes_split.units import Piece, pieces


@dataclass(frozen=True, slots=True)
class Section:
    """A run of units with one attribution under one heading. Sections tile the text, white space included."""

    span: Span
    units: tuple[int, ...]
    status: str
    strength: str | None
    parties: frozenset[str] | None = field(repr=False)


class Splitter:
    """A roster compiled once, for any number of documents."""

    def __init__(self, roster: Roster, *, policy: Policy | None = None, lexicon: Lexicon | None = None) -> None:
        self.roster = roster
        self.policy = policy or Policy()
        self.lexicon = lexicon or default_lexicon()
        self._phrases = phrases(self.lexicon)
        self._directory = directory(roster, self.lexicon)

    def __repr__(self) -> str:
        return f"<Splitter: {len(self.roster.families)} families>"

    def split(self, minutes: Document | str) -> Split:
        """`minutes` with every unit attributed.

        Raises: `ReadError` for a text that is empty or no text.
        """
        document = minutes if isinstance(minutes, Document) else Document.from_text(minutes)
        layout = blocks_of(document)
        declares = frame(document, layout, self.lexicon)
        finder = Finder(
            self._directory, self._phrases, declared(document, declares, self._directory, self._phrases), self.policy.near_score
        )
        places = pieces(document, layout)
        mentions = [
            finder.find(fold(document.text[piece.span.start : piece.span.end]), piece.span.start) for piece in places
        ]
        rows = _rows(layout, places, mentions)
        state = Fold(layout, declares, self._directory, self.policy, rows)
        found = [state.attribute(piece, told) for piece, told in zip(places, mentions, strict=True)]
        units = _units(document, declares, places, found, self.policy)
        return Split(document, self.roster, self.policy, units, layout)


def split(minutes: Document | str, roster: Roster, *, policy: Policy | None = None) -> Split:
    """`minutes` split by the families of `roster`; the same as `Splitter(roster).split(minutes)`."""
    return Splitter(roster, policy=policy).split(minutes)


@dataclass(frozen=True, slots=True)
class Split:
    """Minutes with every unit attributed. Its `repr` shows counts only."""

    document: Document = field(repr=False)
    roster: Roster = field(repr=False)
    policy: Policy = field(repr=False)
    units: tuple[Unit, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)

    def __repr__(self) -> str:
        return f"<Split: {len(self.units)} units, {len(self.roster.families)} families>"

    def view(self, family: str, recipients: Iterable[str] = ()) -> FamilyView:
        """All that the rules or a named person attribute to `family` alone.

        Raises: `ViewError` for a family or a recipient that the roster does not know.
        """
        return family_view(
            self.document, self.units, family, roster=self.roster, policy=self.policy, recipients=tuple(recipients)
        )


def _rows(layout: tuple[Block, ...], places: Sequence[Piece], mentions: Sequence[tuple[Mention, ...]]) -> dict[tuple[int, int], Parties]:
    """For each table row the families that its cells name without doubt."""
    found: dict[tuple[int, int], Parties] = {}
    for piece, told in zip(places, mentions, strict=True):
        cell = layout[piece.block].cell
        if cell is None:
            continue
        named = NOBODY.union(*(m.families for m in told if m.kind in ("name", "identifier") and len(m.families) == 1))
        found[cell.table, cell.row] = found.get((cell.table, cell.row), NOBODY) | named
    return found


def _units(document: Document, declares: Frame, places: Sequence[Piece], found: Sequence[Attribution], policy: Policy) -> tuple[Unit, ...]:
    """The public units: numbered, keyed, cleared."""
    first_of_block: dict[int, int] = {}
    for number, piece in enumerate(places):
        first_of_block.setdefault(piece.block, number)
    equals: Counter[str] = Counter()
    units = []
    for number, (piece, told) in enumerate(zip(places, found, strict=True)):
        place = declares.places[piece.block]
        above = tuple(first_of_block[h] for h in place.headings if h != piece.block and h in first_of_block)
        cleared = NOBODY
        if told.status == "owned" and told.parties is not None and (told.strength == "certain" or policy.release == "likely"):
            cleared = told.parties
        units.append(
            Unit(
                number, piece.span, _key(document, piece, [places[n] for n in above], equals), piece.block, told.status, told.parties,
                told.strength, told.basis, cleared, above, told.evidence, tuple(dict.fromkeys(c.rule for c in told.claims)), told.claims,
            )
        )  # fmt: skip
    return tuple(units)


def _key(document: Document, piece: Piece, above: Sequence[Piece], equals: Counter[str]) -> str:
    """A digest of the normalised unit and its heading path, with its rank among equals."""
    told = hashlib.sha256()
    for span in (*(heading.span for heading in above), piece.span):
        told.update(" ".join(fold(span.within(document.text)).text.casefold().split()).encode("utf-8"))
        told.update(b"\0")
    digest = told.hexdigest()[:24]
    equals[digest] += 1
    return f"{digest}-{equals[digest]}"


__all__ = ["Section", "Split", "Splitter", "ViewError", "split"]
