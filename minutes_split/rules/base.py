"""What a rule is: one function that looks at one unit in its context and says what it is about, or nothing.

A rule never sees another rule's claim, so their order cannot matter. It reads
mentions, never words: what nobody can read is a mention too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from minutes_split.mentions.base import Mention
from minutes_split.mentions.directory import Facts
from minutes_split.spans import Span

STRANGER = "X"
"""A private individual on no roster, as a party."""
DOUBT = "?"
"""Somebody who could be anybody, as a party."""

Parties = frozenset[str]
NOBODY: Parties = frozenset()

How = Literal["direct", "referring", "standing", "doubt", "passing"]
"""`doubt` withholds the unit and stays with the ground; `passing` is a doubt that ends with its unit."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one rule says a unit is about, how it knows, and on which spans.

    `parties` holds family ids, `STRANGER` and `DOUBT`; empty means "about nobody".
    """

    rule: str
    how: How
    parties: Parties = field(repr=False)
    spans: tuple[Span, ...] = ()
    unsure: bool = False
    """Whether what the unit is granted is likely and no more."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody who was spoken of, as an antecedent: to which parties they may belong, and what fits them."""

    parties: Parties = field(repr=False)
    sex: str | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What an earlier unit handed on: its parties, and the figures in it that a later word may mean."""

    parties: Parties = field(repr=False)
    figures: tuple[Figure, ...] = ()
    firm: bool = False
    """Whether more told its parties than that a new paragraph goes back to its heading."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a unit stands under."""

    owner: Parties | None = field(default=None, repr=False)
    """Parties of the innermost heading, lead-in or row that names anybody; without one, the family named alone last
    (`topic`); else `None`."""
    kind: Literal["heading", "lead-in", "row", "column", "topic", "none"] = "none"
    met: Parties = field(default=NOBODY, repr=False)
    """Other parties met since the owner was named, or since its exact name last stood alone."""
    returned: bool = False
    """Whether another party was met before that."""
    closed: bool = False
    """Whether it is a part that the family did not hear."""

    @property
    def family(self) -> str | None:
        """The one rostered family that owns the ground, if one does, whatever doubt is beside it."""
        owner = (self.owner or NOBODY) - {DOUBT}
        if len(owner) != 1 or STRANGER in owner:
            return None
        (family,) = owner
        return family

    @property
    def pure(self) -> bool:
        """Whether one family owns the ground without a doubt, and nobody else was met on it since."""
        return not self.met and self.family is not None and DOUBT not in (self.owner or NOBODY)


@dataclass(frozen=True, slots=True)
class Context:
    """One unit, and all that a rule may know of it and around it."""

    mentions: tuple[Mention, ...]
    ground: Ground
    floor: tuple[Entry, ...]
    """What earlier units of this reach handed on, the last one last."""
    here: tuple[Figure, ...]
    """The figures of this unit before the mention that is looked at."""
    opens: bool
    """Whether it begins a paragraph, an item or a turn."""
    heading: bool
    """Whether it is a heading itself."""
    attendance: bool
    """Whether it stands in a list of who was there."""
    people: tuple[Facts, ...] = field(repr=False)
    of_family: dict[str, tuple[int, ...]] = field(repr=False)
    named: Parties = NOBODY
    """Families that an exact name or identifier of theirs names anywhere in the unit."""
    unread_words: int = 0
    """How many unknown words a unit may hold and still count as read."""

    @property
    def last(self) -> Parties:
        """The parties of the unit before, on this reach."""
        return self.floor[-1].parties if self.floor else NOBODY

    def knows(self, family: str, *, sex: str | None = None, relation: str = "", child: bool = False) -> bool | None:
        """Whether the roster has somebody of `family` whom the facts fit; `None` if it does not say enough to tell."""
        unsure = False
        for number in self.of_family.get(family, ()):
            facts = self.people[number]
            if (sex and facts.sex not in (sex, None)) or (child and facts.age == "adult"):
                continue
            if relation and relation not in facts.relations:
                unsure = unsure or not facts.relations
            elif (sex and not facts.sex) or (child and not facts.age):
                unsure = True
            else:
                return True
        return None if unsure else False


Rule = Callable[[Context, Mention], "Claim | None"]
"""Of a mention; the rules of a unit take its first mention or none at all."""
UnitRule = Callable[[Context], "Claim | None"]

RULE_NAMES: dict[object, tuple[str, frozenset[str]]] = {}
"""Each rule's public name, and the kinds of mention that it reads."""


def rule(name: str, *kinds: str) -> Callable[[Rule], Rule]:
    """Names a rule of a mention; it is asked about mentions of `kinds` only."""

    def named(function: Rule) -> Rule:
        RULE_NAMES[function] = name, frozenset(kinds)
        return function

    return named


def unit_rule(name: str) -> Callable[[UnitRule], UnitRule]:
    """Names a rule of a whole unit."""

    def named(function: UnitRule) -> UnitRule:
        RULE_NAMES[function] = name, frozenset()
        return function

    return named
