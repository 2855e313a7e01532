"""What the laws share: invented minutes, a count of the examples in which a premise holds, and how many are tried.

A law at scale tries 2,000 examples, and 100,000 with `--hypothesis-profile=nightly`. It takes its rosters out of a few,
so that each is compiled once.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from minutes_split import Policy, Roster, Split, Splitter
from minutes_split.testing import Minutes, minutes, rosters

KEYED = Policy.model_validate_json(json.dumps({"reference_key": "a key for the tests"}))


@dataclass(slots=True)
class Premise:
    """Counts the examples in which what a law supposes was really there."""

    tried: int = 0
    held: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def holds(self, premise: bool, *seen: str) -> None:
        """Of the example at hand: whether the premise held, and what else was in it."""
        self.tried += 1
        self.held += premise
        if premise:
            self.seen.update({*seen})
        event(f"premise {'held' if premise else 'did not hold'}")

    def require(self, share: float = 0.8, **seen: float) -> None:
        """A law whose premise seldom holds proves nothing; nor does it of what stood in few of its examples."""
        assert self.tried >= 20
        assert self.held >= share * self.tried, f"the premise held in {self.held} of {self.tried} examples"
        for what, least in seen.items():
            assert self.seen[what] >= least * self.held, f"{what}: in {self.seen[what]} of {self.held} examples"


def is_nightly() -> bool:
    return settings().max_examples > 50


def at_scale() -> settings:
    """2,000 examples, or the 100,000 of a night."""
    return settings(max_examples=100_000 if is_nightly() else 2_000)


@st.composite
def told(draw: Any, families: tuple[int, int] = (2, 3)) -> tuple[Roster, Minutes]:
    """A roster, and minutes about its families in which somebody stands under a heading of others."""
    roster = draw(rosters(families=families))
    return roster, draw(minutes(roster).filter(_somebody_stands_elsewhere))


def told_at_scale(few: int = 60) -> st.SearchStrategy[tuple[Roster, Minutes]]:
    """The same about one of a few known rosters, and shorter."""
    return _told_of(known_rosters(10 * few if is_nightly() else few))


@st.composite
def _told_of(draw: Any, known: tuple[Roster, ...]) -> tuple[Roster, Minutes]:
    roster = draw(st.sampled_from(known))
    return roster, draw(minutes(roster, sections=(2, 3)).filter(_somebody_stands_elsewhere))


def _somebody_stands_elsewhere(written: Minutes) -> bool:
    return any(line.about and line.under and line.about != {line.under} for line in written.lines)


@lru_cache(maxsize=4)
def known_rosters(count: int) -> tuple[Roster, ...]:
    """Some rosters of two to four families, the smallest first."""
    found: dict[str, Roster] = {}

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(rosters(families=(2, 4)))
    def keep(roster: Roster) -> None:
        found[roster.digest] = roster

    keep()
    return tuple(sorted(found.values(), key=lambda roster: len(roster.model_dump_json())))


_SPLITTERS: dict[str, Splitter] = {}


def splitter(roster: Roster) -> Splitter:
    """The one splitter of a roster, with a key for its references."""
    if roster.digest not in _SPLITTERS:
        if len(_SPLITTERS) > 4_000:
            _SPLITTERS.clear()
        _SPLITTERS[roster.digest] = Splitter(roster, policy=KEYED)
    return _SPLITTERS[roster.digest]


def mapping(roster: Roster) -> dict[str, Any]:
    """A roster as a caller writes it."""
    return json.loads(roster.model_dump_json(by_alias=True))


def released(found: Split, family: str) -> set[tuple[int, int]]:
    """The places of the units in a family's excerpts."""
    return {tuple(unit.span) for unit in found.units if family in unit.cleared_for}


def offered(found: Split, family: str) -> set[int]:
    """The code points that a family's view holds, as excerpt or as proposal."""
    view = found.view(family)
    return {i for part in (*view.excerpts, *view.proposals) for i in range(*part.span)}


def some_view(found: Split) -> bool:
    """Whether anybody gets anything."""
    return any(unit.cleared_for for unit in found.units)
