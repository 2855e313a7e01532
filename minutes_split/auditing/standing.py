"""Whose each piece of the minutes is, for one family and those who will read the draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal

from minutes_split.attribution import Unit
from minutes_split.auditing.index import AuditIndex
from minutes_split.auditing.normal import WORD
from minutes_split.auditing.sources import Piece
from minutes_split.auditing.wording import SOMEBODY, is_business, is_grammar, procedure_phrases, without_procedure
from minutes_split.plan import Severity
from minutes_split.protected import hidden_units
from minutes_split.rules.base import DOUBT

COMMON_FAMILIES = 3
"""Words that stand with so many families, in two documents or more, are common wording. # SEE docs/thresholds.md"""

Standing = Literal["own", "carried", "free", "withheld"]
"""`own`: named or decided for the family; `carried`: the family's by position; `free`: about nobody; else `withheld`."""

ATTENDANCE = "who-was-there"
"""The rule that finds who was at a meeting."""


class Standings:
    """Says of each piece whose it is, and of words whether they tell of anybody."""

    def __init__(
        self, index: AuditIndex, family: str, recipients: tuple[str, ...], alleges: Callable[[str], bool]
    ) -> None:
        self.index = index
        self.family = family
        self.recipients = recipients
        self.alleges = alleges
        self._hidden: dict[int, frozenset[int]] = {}
        self._headings: dict[int, frozenset[int]] = {}
        self._known: dict[int, Standing] = {}

    def of(self, number: int) -> Standing:
        """Whose the piece of this number is."""
        standing = self._known.get(number)
        if standing is None:
            standing = self._known[number] = self._of(self.index.pieces[number])
        return standing

    def _of(self, piece: Piece) -> Standing:
        unit = piece.unit
        if piece.source < 0:
            return "free"
        standing: Standing = "withheld"
        if unit is not None and self.family in unit.cleared_for:
            standing = "carried" if unit.basis == "carried" else "own"
        elif unit is not None and self._is_of_nobody(unit, piece):
            standing = "free"
        hidden = unit is not None and standing != "withheld" and unit.number in self.hidden(piece.source)
        return "withheld" if hidden else standing

    def _is_of_nobody(self, unit: Unit, piece: Piece) -> bool:
        """Whether a unit is about nobody, and its own words show it: who was there, or the business of the meeting.

        That the splitter met no family in it is not enough: "Medical: GP, no
        STI" names a professional and nobody else, and tells of a child.
        """
        if unit.status != "nobody" or unit.parties != frozenset():
            return False
        if ATTENDANCE in unit.reasons:
            return True
        names = self.index.names
        words = self.index.text[piece.start : piece.end]
        told = WORD.findall(words)
        somebody = any(word in SOMEBODY or (word in names.words and word not in names.ordinary) for word in told)
        return not somebody and not self.alleges(words) and is_business(words, present=names.only_working)

    def is_unclaimed(self, number: int) -> bool:
        """Whether no rule says anything of whom the piece of this number is about."""
        unit = self.index.pieces[number].unit
        return unit is not None and unit.status == "unresolved" and unit.parties is None

    def hidden(self, number: int) -> frozenset[int]:
        """Units of one source that are not for the recipients."""
        if number not in self._hidden:
            source = self.index.sources[number]
            own = source.roster.family(self.family)
            told = own and hidden_units(source.document, source.units, own, recipients=self.recipients)
            self._hidden[number] = told or frozenset()
        return self._hidden[number]

    def is_heading(self, number: int) -> bool:
        """Whether the piece of this number is a heading of its minutes, with something under it."""
        piece = self.index.pieces[number]
        if piece.unit is None:
            return False
        if piece.source not in self._headings:
            units = self.index.sources[piece.source].units
            self._headings[piece.source] = frozenset(heading for unit in units for heading in unit.headings)
        return piece.unit.number in self._headings[piece.source]

    def severity(self, number: int, *, allegation: bool) -> Severity:
        """How grave it is that words of this piece reach the family."""
        piece = self.index.pieces[number]
        unit = piece.unit
        if unit is not None and unit.parties and unit.parties - {self.family, DOUBT}:
            return "high"
        if unit is not None and unit.number in self.hidden(piece.source):
            return "high"
        if unit is not None and unit.parties == frozenset({self.family}):
            return "medium"
        return "high" if allegation else "medium"

    def is_under_others(self, number: int) -> bool:
        """Whether the piece of this number stands under a heading that is about others or in doubt, and under none of the family's."""
        piece = self.index.pieces[number]
        units = self.index.sources[piece.source].units if piece.unit else ()
        over = [units[heading].parties or frozenset() for heading in (piece.unit.headings if piece.unit else ())]
        return any(over) and not any(self.family in parties for parties in over)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Every word that stands in something named or decided for the family, or about nobody."""
        return frozenset(self._words_of(n for n in range(len(self.index.pieces)) if self.of(n) in ("own", "free")))

    @cached_property
    def near_words(self) -> Counter[str]:
        """Every word that stands in something about the family alone or about nobody, and in how many pieces."""
        return self._words_of(n for n in range(len(self.index.pieces)) if self.is_near(n))

    def _words_of(self, numbers: Iterable[int]) -> Counter[str]:
        pieces = (self.index.pieces[number] for number in numbers)
        return Counter(w for piece in pieces for w in set(WORD.findall(self.index.text, piece.start, piece.end)))

    def is_near(self, number: int) -> bool:
        """Whether the splitter finds nobody but the family in the piece of this number, be it cleared or not."""
        piece = self.index.pieces[number]
        return piece.source < 0 or (piece.unit is not None and piece.unit.parties in (frozenset(), {self.family}))

    # Whether words tell of anybody

    def is_common(self, numbers: Iterable[int], words: str) -> bool:
        """Whether words stand with so many families that they tell of none.

        Three families will do, or two if the words are of procedure; in more
        than one document, and never an allegation.
        """
        held = [self.index.pieces[number] for number in numbers]
        families = _owners(held)
        least = COMMON_FAMILIES if len(families) >= COMMON_FAMILIES or not self.is_procedure(words) else 2
        return len(families) >= least and _documents(held) > 1 and not self.alleges(words)

    def is_shared(self, numbers: Iterable[int], words: str) -> bool:
        """Whether impersonal words stand in so many places that they tell of nobody in particular.

        With two families in two documents, of which one may be wrong; or, where
        nobody could attribute them, in two meetings that had no family in
        common, three if they are not of procedure.
        """
        held = [self.index.pieces[number] for number in numbers]
        if _documents(held) < 2 or not self.is_impersonal(words):
            return False
        if len(_owners(held)) > 1:
            return True
        often = _documents(held) >= COMMON_FAMILIES or self.is_procedure(words)
        return often and self._have_no_family_in_common(held)

    def _have_no_family_in_common(self, held: list[Piece]) -> bool:
        met = [set(self.index.sources[piece.source].roster.ids) - {self.family} for piece in held if piece.source >= 0]
        return bool(met) and not set.intersection(*met)

    def tells_nothing(self, words: str) -> bool:
        """Whether there is no word in it but those of grammar and of procedure."""
        rest = without_procedure(words).split()
        return self.is_impersonal(words) and all(map(is_grammar, rest))

    def is_impersonal(self, words: str) -> bool:
        """Whether there is no name, pronoun of a person, number or allegation in it."""
        told = WORD.findall(words)
        somebody = any(word in SOMEBODY or word.isdigit() or self._is_a_name(word) for word in told)
        return not somebody and not self.alleges(words)

    def _is_a_name(self, word: str) -> bool:
        return word in self.index.names.to_mask and word not in self.index.names.ordinary

    def is_procedure(self, words: str) -> bool:
        """Whether normalised words name a thing of procedure, and are impersonal."""
        if not self.is_impersonal(words):
            return False
        line = f" {' '.join(WORD.findall(words))} "
        return bool(_TIMESCALE.search(line)) or any(f" {phrase} " in line for phrase in procedure_phrases())


_TIMESCALE = re.compile(r" [a-z]+ working days ")
"""A statutory timescale; those in figures are in the lexicon."""


def _owners(held: list[Piece]) -> set[str]:
    """The families that pieces are about, each alone, whether cleared for it or not."""
    owned = (piece.unit.parties for piece in held if piece.unit and piece.unit.status == "owned")
    return {next(iter(parties)) for parties in owned if parties and len(parties) == 1}


def _documents(held: list[Piece]) -> int:
    """In how many documents pieces stand."""
    return len({piece.source for piece in held})
