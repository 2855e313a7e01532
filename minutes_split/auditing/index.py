"""All minutes that an author could open, made ready for comparison once."""

from __future__ import annotations

import hashlib
import math
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from minutes_split.auditing.filing import as_filed, packed, unpacked
from minutes_split.auditing.names import Names
from minutes_split.auditing.normal import AROUND, WORD, Mapped, normalise, tight, with_masks
from minutes_split.auditing.repeats import kept
from minutes_split.auditing.runs import Runs
from minutes_split.auditing.said import Place
from minutes_split.auditing.sources import DEAD, Kept, Minutes, Piece, is_unread
from minutes_split.auditing.wordforms import stem_of
from minutes_split.errors import AuditError
from minutes_split.policy import Policy
from minutes_split.roster import Family
from minutes_split.spans import Span


@dataclass(frozen=True, slots=True)
class Layer:
    """The text of all sources, as it stands or with names masked: its equal runs, and where each piece is in it."""

    runs: Runs
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, pieces: Sequence[Piece], text: str | Mapped, run: int) -> Layer:
        """The text in which the pieces stand, or one made from it."""
        starts, ends = array("q", (piece.start for piece in pieces)), array("q", (piece.end for piece in pieces))
        if isinstance(text, Mapped):
            starts, ends = array("q", map(text.at, starts)), array("q", map(text.at, ends))
            text = text.text
        return cls(Runs(text, run, {*starts, *ends}), starts, ends)

    def cut(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """A stretch at the borders of the pieces that it meets: the number of each, and from where to where."""
        starts, ends = self.starts, self.ends
        first = max(0, bisect_right(starts, start) - 1)
        behind = bisect_left(starts, end, first)
        return [
            (number, max(start, starts[number]), min(end, ends[number]))
            for number in range(first, behind)
            if ends[number] > max(start, starts[number])
        ]


class AuditIndex:
    """All minutes that an author could open, made ready for comparison. It never changes."""

    def __init__(self, sources: tuple[Kept, ...], common: tuple[str, ...], policy: Policy, made_by: object) -> None:
        if made_by is not _MADE_HERE:
            raise AuditError("audit-index", "index", "is made with `AuditIndex.build` or `from_bytes`")
        self.policy = policy
        self.run = policy.audit_run
        self.sources = sources
        self._common = common
        self.names = Names(sources)
        self.pieces, self.text = self._laid_out()
        self.plain = Layer.of(self.pieces, self.text, self.run)
        self.masked = Layer.of(self.pieces, with_masks(self.text, self.names.to_mask), self.run)
        self.short = self._short_units()
        self.stems, self.weights = self._looked_up()

    @classmethod
    def build(
        cls, splits: Iterable[Minutes], *, policy: Policy | None = None, common: Sequence[str] = ()
    ) -> AuditIndex:
        """An index of these splits.

        `common` are lines that every plan of the authority holds, such as those of its template.
        Raises: `AuditError` if there is no split.
        """
        sources = tuple(Kept(s.document, tuple(s.units), s.roster, s.policy) for s in splits)
        if not sources:
            raise AuditError("audit-no-source", "against", "names no minutes to compare with")
        return cls(sources, tuple(common), policy or sources[0].policy, _MADE_HERE)

    def __repr__(self) -> str:
        units = sum(len(source.units) for source in self.sources)
        return f"<AuditIndex: {len(self.sources)} documents, {units} units>"

    @cached_property
    def families(self) -> frozenset[str]:
        """Ids of all families on the rosters."""
        return frozenset(family for source in self.sources for family in source.roster.ids)

    def own(self, family: str) -> tuple[Family, ...]:
        """What the rosters and registers say of one family."""
        rosters = {id(source.roster): source.roster for source in self.sources}.values()
        return tuple(f for roster in rosters for f in (*roster.families, *roster.registered) if f.id == family)

    @cached_property
    def unread(self) -> bool:
        """Whether something in one of the sources could not be read."""
        return any(is_unread(source.document) for source in self.sources)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that the index was built from."""
        return hashlib.sha256(self._filed()).hexdigest()

    def to_bytes(self) -> bytes:
        """The index for a file of the authority. It holds the minutes themselves; guard it as you guard them.

        The reference key is not in it.
        """
        return packed(self._filed())

    @classmethod
    def from_bytes(cls, data: bytes, *, policy: Policy | None = None) -> AuditIndex:
        """An index from its file; `policy` brings the reference key back.

        Raises: `WireError` if the file is not one of ours or was changed.
        """
        return cls(*unpacked(data, policy), _MADE_HERE)

    def _filed(self) -> bytes:
        return as_filed(self.sources, self._common, self.policy)

    # Making it ready

    def _laid_out(self) -> tuple[list[Piece], str]:
        """Every text of every source behind one another, parted by a sign that no normalised text holds."""
        pieces: list[Piece] = []
        texts: list[str] = []
        start = 0
        for number, source in enumerate(self.sources):
            normal = normalise(source.document.text)
            spans = [tight(normal.text, normal.at(u.span.start), normal.at(u.span.end)) for u in source.units]
            # Twice a run: what is shorter than one is judged together with its neighbours.
            for first, behind in kept(source.units, spans, normal.text, 2 * self.run):
                begin = spans[first].start
                for unit, span in zip(source.units[first:behind], spans[first:behind], strict=True):
                    pieces.append(Piece(start + span.start - begin, start + span.end - begin, number, unit))
                texts.append(normal.text[begin : spans[behind - 1].end])
                start += len(texts[-1]) + 1
            for aside in source.document.asides:
                told = "" if aside.kind in DEAD else normalise(aside.text).text
                if told.strip():
                    pieces.append(Piece(start, start + len(told), number, None, aside))
                    texts.append(told)
                    start += len(told) + 1
        for line in self._common:
            told = normalise(line).text.strip()
            pieces.append(Piece(start, start + len(told), -1))
            texts.append(told)
            start += len(told) + 1
        return pieces, "\n".join(texts)

    def _short_units(self) -> dict[str, list[int]]:
        """Pieces shorter than a run, by their words without what stands between and around them."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, piece in enumerate(self.pieces):
            if piece.end - piece.start < 3 * self.run:
                words = AROUND.sub("", self.text[piece.start : piece.end])
                if len(words) < self.run and _says_something(words):
                    found[" ".join(WORD.findall(words))].append(number)
        return dict(found)

    def _looked_up(self) -> tuple[dict[str, array[int]], array[float]]:
        """For each stem the pieces it stands in; for each piece how much its stems weigh together."""
        stems: dict[str, array[int]] = {}
        held: list[set[str]] = []
        masked = self.names.to_mask
        for number, piece in enumerate(self.pieces):
            words = WORD.findall(self.text, piece.start, piece.end)
            own = {stem_of(word) for word in words if word not in masked}
            own.discard("")
            held.append(own)
            for stem in own:
                if stem in stems:
                    stems[stem].append(number)
                else:
                    stems[stem] = array("l", (number,))
        weights = {stem: self.weight(len(places)) for stem, places in stems.items()}
        return stems, array("d", (sum(weights[stem] for stem in own) for own in held))

    def weight(self, places: int) -> float:
        """How much a stem that stands in so many pieces tells."""
        return math.log((len(self.pieces) + 2) / (places + 1))

    # Asked by the check

    def place(self, piece: Piece) -> Place | None:
        """Where a piece stands in its document."""
        if piece.source < 0:
            return None
        document = self.sources[piece.source].document
        if piece.unit is not None:
            return Place(document.document_id, piece.unit.key, piece.unit.span)
        at = piece.aside.at if piece.aside else 0
        return Place(document.document_id, "", Span(at, at))


_MADE_HERE = object()


def _says_something(words: str) -> bool:
    """Whether a short unit is a statement.

    It is one with two words, or with one of three letters or more. Words that
    only point, and what stands over the columns and in the cells of every form
    ("It is.", "Child", "n/a"), say nothing. Bare numbers are looked for by form.
    """
    told = WORD.findall(words)
    lettered = [word for word in told if any(c.isalpha() for c in word)]
    if words in _ANSWERS or _POINTERS.issuperset(told):
        return False
    return (len(told) > 1 and bool(lettered)) or any(len(word) > 2 for word in lettered)


_ANSWERS = frozenset(
    (
        "yes", "none", "not known", "unknown", "n/a", "not applicable", "tbc", "to be confirmed", "ongoing", "completed",
        "as above", "see above", "nil", "child", "children", "mother", "father", "parent", "parents", "family", "families",
        "name", "names", "role", "agency", "action", "actions", "date",
    )
)  # fmt: skip
"""What stands over the columns and in the cells of every form."""
_POINTING = (
    "who whom whose what when where which why how it its is was are were this that these those there "
    "the a an and or of to in on at by for from with as if so"
)
_POINTERS = frozenset(_POINTING.split())
