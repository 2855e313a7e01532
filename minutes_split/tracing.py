"""Which plans and releases contain this unit? Over references, tags and text.

For the day on which somebody finds that a sentence should never have gone out:
where did it go. Words that were changed are not found; an audit looks for those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from minutes_split.attribution import Unit
from minutes_split.auditing.normal import AROUND, normalise
from minutes_split.auditing.runs import Runs
from minutes_split.errors import ViewError
from minutes_split.plan import Pasted, Plan, Written, keyed
from minutes_split.release import Release
from minutes_split.sections import Split
from minutes_split.spans import Span

How = Literal["excerpt", "basis", "reference", "text"]
"""`excerpt`: a sealed excerpt of it was pasted; `basis`: own words rest on it; `reference`: the record names an excerpt
of it; `text`: its words stand there, with or without a source."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One place in a plan or a release that has something of a unit. No words."""

    holder: Literal["plan", "release"]
    number: int
    """Which of the plans or releases, from 0."""
    how: How
    where: Span | None = None
    """In `Plan.text` or in the text of the record; `None` for a reference, which has no place."""
    field: str = field(default="", repr=False)
    """Title of the field of a plan."""


def trace(
    split: Split, unit: Unit | str | int, *, plans: Sequence[Plan] = (), releases: Sequence[Release] = ()
) -> tuple[Trace, ...]:
    """Every place in these plans and releases that has something of one unit, in their order.

    `unit` is a unit of the split, its key or its number; the split is needed
    because a key says nothing of the words.
    Raises: `ViewError` for a unit that is not in the split.
    """
    looked_for = _LookedFor(split, _units(split, unit))
    found = [Trace("plan", n, *place) for n, plan in enumerate(plans) for place in looked_for.in_plan(plan)]
    found += [Trace("release", n, *place) for n, one in enumerate(releases) for place in looked_for.in_release(one)]
    return tuple(found)


_Place = tuple[How, Span | None, str]


def _units(split: Split, unit: Unit | str | int) -> tuple[Unit, ...]:
    """The unit asked for; a key may be that of several."""
    if isinstance(unit, Unit):
        found = tuple(one for one in split.units if one.number == unit.number and one.key == unit.key)
    elif isinstance(unit, str):
        found = tuple(one for one in split.units if one.key == unit)
    else:
        found = tuple(one for one in split.units if one.number == unit)
    if not found:
        raise ViewError("trace-unknown-unit", "unit", "is no unit of this split")
    return found


class _LookedFor:
    """One unit, in all the ways in which it can be somewhere."""

    def __init__(self, split: Split, units: tuple[Unit, ...]) -> None:
        self.split = split
        self.units = units
        self.keys = {unit.key for unit in units} | {keyed(unit.key, split.policy) for unit in units} - {""}
        self.words = tuple(dict.fromkeys(_words(unit.span.within(split.document.text)) for unit in units))
        self.least = split.policy.audit_run

    def in_plan(self, plan: Plan) -> Iterator[_Place]:
        """Excerpts and bases first; then words that stand in neither."""
        done: list[Span] = []
        for passage in plan.layout:
            entry = None if passage.entry is None else plan.entries[passage.entry]
            if isinstance(entry, Pasted) and self._is_in(entry):
                done.append(passage.span)
                yield "excerpt", passage.span, passage.field
            elif isinstance(entry, Written) and self.keys & set(entry.basis):
                yield "basis", passage.span, passage.field
        for where in self._in_text(plan.text):
            if not any(span.holds(where) for span in done):
                title = next((p.field for p in plan.layout if p.span.meets(where)), "")
                yield "text", where, title

    def in_release(self, release: Release) -> Iterator[_Place]:
        """References on record, then words."""
        record = release.record
        for _ in self._references(record.family, record.recipients) & set(record.references):
            yield "reference", None, ""
        for where in self._in_text(record.text):
            yield "text", where, ""

    def _is_in(self, entry: Pasted) -> bool:
        excerpt, document = entry.excerpt, self.split.document
        if self.keys & set(excerpt.units):
            return True
        same = (excerpt.document_id, excerpt.source_digest) == (document.document_id, document.source.digest)
        return same and any(excerpt.span.meets(unit.span) for unit in self.units)

    def _references(self, family: str, recipients: Iterable[str]) -> set[str]:
        """The references under which a family may have been given it; a local one is a number and says nothing."""
        if self.split.roster.family(family) is None:
            return set()
        views = [self.split.view(family)]
        with suppress(ViewError):  # recipients whom this roster does not know
            views.append(self.split.view(family, tuple(recipients)))
        given = (excerpt for view in views for excerpt in view.excerpts if self.keys & set(excerpt.units))
        return {excerpt.reference for excerpt in given if not excerpt.reference.startswith("local-")}

    def _in_text(self, text: str) -> Iterator[Span]:
        """Where its words stand: every run of the length that an audit looks for, or the whole of a shorter unit."""
        normal = normalise(text)
        for words in self.words:
            if len(words) >= self.least:
                for run in Runs(words, self.least).find(normal.text):
                    yield normal.span(run.start, run.start + run.length)
            elif words:
                yield from (normal.span(*place) for place in _whole(words, normal.text))


def _words(text: str) -> str:
    return AROUND.sub("", normalise(text).text)


def _whole(words: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        behind = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[behind : behind + 1].isalnum()):
            yield at, behind
        at = text.find(words, at + 1)
