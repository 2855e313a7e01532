"""Which of a family's own units hold a value that is kept from those who would read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_split.attribution import Unit
from minutes_split.document import Document
from minutes_split.roster import Family, Protected
from minutes_split.spans import Span
from minutes_split.values import Squashed, forms


def is_proposed(unit: Unit, family_id: str) -> bool:
    """Whether a unit is likely the family's alone and waits for a person."""
    return (
        unit.status == "owned"
        and unit.strength == "likely"
        and unit.parties == frozenset({family_id})
        and family_id not in unit.cleared_for
    )


def is_for(unit: Unit, family_id: str, recipients: Sequence[str]) -> bool:
    """Whether these recipients may read a unit as far as disclosures go.

    What was disclosed for some of the family only is for nobody else, and not for a view that names no recipient.
    """
    readers = dict(unit.readers).get(family_id)
    return readers is None or (bool(recipients) and readers.issuperset(recipients))


def hidden_units(
    document: Document, units: Sequence[Unit], family: Family, *, recipients: tuple[str, ...] = ()
) -> frozenset[int]:
    """Numbers of units that are not for these recipients: by a value that is protected, or a disclosure to others only."""
    others = (unit.number for unit in units if not is_for(unit, family.id, recipients))
    return protected_units(document, units, family, recipients=recipients).union(others)


def protected_units(
    document: Document, units: Sequence[Unit], family: Family, *, recipients: tuple[str, ...] = ()
) -> frozenset[int]:
    """Numbers of the family's units that hold a value which these recipients must not see.

    Only units that are cleared for the family or proposed to it are read, so
    that nothing in anybody else's words can change what the family gets.
    """
    values = {value for p in family.protected if is_withheld(p, family, recipients) for value in forms(p.value, p.kind)}
    own = [
        unit
        for unit in units
        if family.id in unit.cleared_for or is_proposed(unit, family.id) or unit.status == "nobody"
    ]
    found: set[int] = set()
    for run in _neighbours(own) if values else ():
        start = run[0].span.start
        squashed = Squashed.of(document.text[start : run[-1].span.end])
        for place in (Span(s.start + start, s.end + start) for value in values for s in squashed.places(value)):
            found.update(unit.number for unit in run if unit.span.meets(place))
    return frozenset(found)


def is_withheld(protected: Protected, family: Family, recipients: Sequence[str]) -> bool:
    """Whether a value is kept from these recipients; one that names nobody is kept from all."""
    if not protected.withheld_from:
        return True
    persons = {r.id: r.person for r in family.recipients}
    return any(r in protected.withheld_from or persons.get(r) in protected.withheld_from for r in recipients)


def _neighbours(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Units in stretches without a gap, across blocks: an address may run over a line."""
    run: list[Unit] = []
    for unit in units:
        if run and unit.number != run[-1].number + 1:
            yield run
            run = []
        run.append(unit)
    if run:
        yield run
