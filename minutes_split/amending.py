"""What becomes of a plan when the minutes that it quotes are amended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from minutes_split.attribution import Unit
from minutes_split.errors import PlanError
from minutes_split.folding import fold
from minutes_split.guard import Excerpt
from minutes_split.plan import Pasted, Plan, keyed
from minutes_split.sections import Split

State = Literal["same", "moved", "changed", "gone"]
"""`same`: the words stand where they stood; `moved`: the same words stand elsewhere, or lean on others; `changed`: other
words have come in their place or beside them; `gone`: the family gets nothing like it any more."""
STATES: tuple[State, ...] = ("same", "moved", "changed", "gone")

ALIKE = 80.0
"""rapidfuzz `ratio`, 0-100, from which other words count as what a passage was changed to. # SEE docs/thresholds.md"""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one entry of a plan. No words."""

    entry: int
    """Number of the entry in the plan, from 0."""
    state: State
    reference: str
    """Of the excerpt in the plan; empty for own words."""
    excerpt: Excerpt | None = field(default=None, repr=False)
    """What may be pasted now, from a view of the amended minutes; for own words and what is gone there is none."""


def carry_over(plan: Plan, old: Split, new: Split) -> tuple[Carried, ...]:
    """What became of each entry that comes from or rests on the old minutes, in the order of the plan.

    An excerpt is looked for in the view of the amended minutes for the plan's
    family and recipients; own words are as far gone as what they rest on.
    Nothing is taken over: paste what is still right, and audit the plan again.
    Raises: `PlanError` if the old minutes are in nothing of the plan; `ViewError` if a roster does not know its family.
    """
    amended = _Amended(plan, old, new)
    carried = tuple(one for one in map(amended.carried, range(len(plan.entries))) if one is not None)
    if not carried:
        raise PlanError("plan-other-minutes", "old", "are quoted nowhere in the plan, and nothing in it rests on them")
    return carried


class _Amended:
    """Old and amended minutes, as the family of a plan gets them."""

    def __init__(self, plan: Plan, old: Split, new: Split) -> None:
        self.plan = plan
        self.old = old
        self.excerpts = new.view(plan.family, plan.recipients).excerpts
        self.keys = {unit.key for unit in new.units}
        self.words = [_plain(unit, new) for unit in new.units]

    def carried(self, number: int) -> Carried | None:
        entry = self.plan.entries[number]
        if isinstance(entry, Pasted):
            source = self.old.document
            if (entry.excerpt.document_id, entry.excerpt.source_digest) != (source.document_id, source.source.digest):
                return None
            state, excerpt = self._excerpt(entry.excerpt)
            return Carried(number, state, entry.excerpt.reference, excerpt)
        rests_on = [
            unit
            for unit in self.old.units
            if unit.key in entry.basis or keyed(unit.key, self.old.policy) in entry.basis
        ]
        return Carried(number, max(map(self._unit, rests_on), key=STATES.index), "") if rests_on else None

    def _excerpt(self, excerpt: Excerpt) -> tuple[State, Excerpt | None]:
        keys = {unit.key for unit in self.old.units if unit.span.meets(excerpt.span)}
        equal = [each for each in self.excerpts if each.text == excerpt.text]
        there = next((each for each in equal if keys & {*each.units}), None)
        if there is not None:
            return "same", there
        if equal:
            return "moved", equal[0]
        near = max(((_likeness(excerpt.text, each.text), -n) for n, each in enumerate(self.excerpts)), default=(0.0, 0))
        return ("changed", self.excerpts[-near[1]]) if near[0] >= ALIKE else ("gone", None)

    def _unit(self, unit: Unit) -> State:
        """What became of a unit that own words rest on, whoever it is about."""
        if unit.key in self.keys:
            return "same"
        words = _plain(unit, self.old)
        if words in self.words:
            return "moved"
        return "changed" if any(fuzz.ratio(words, other) >= ALIKE for other in self.words) else "gone"


def _likeness(before: str, now: str) -> float:
    """How alike two excerpts are, 0 to 100; one that only grew is the same with more behind it."""
    return 100.0 if before in now else fuzz.ratio(before, now)


def _plain(unit: Unit, split: Split) -> str:
    return " ".join(fold(unit.span.within(split.document.text)).text.casefold().split())
