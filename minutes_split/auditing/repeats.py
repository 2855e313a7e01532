"""What minutes say twice: a passage that repeats itself within one set of minutes is compared with once.

A row of one sentence, a form with the same line for every child: without this,
each copy in a draft would be compared with each copy in the minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_split.attribution import Unit
from minutes_split.spans import Span


def kept(units: Sequence[Unit], spans: Sequence[Span], text: str, reach: int) -> Iterator[tuple[int, int]]:
    """The units to compare with, in stretches: the first of each, and behind it the first that is not.

    A unit is left out if it, and whatever stands within `reach` characters of
    it, was there before: the same words, of the same people. So every stretch
    of so many characters still stands in what is kept, in units of the same
    standing: where it stands first, nothing that it meets was there before.
    `spans` are the places of the units in `text`.
    """
    start = 0
    for number, repeated in enumerate((*_repeated(units, spans, text, reach), True)):
        if repeated:
            if start < number:
                yield start, number
            start = number + 1


def _repeated(units: Sequence[Unit], spans: Sequence[Span], text: str, reach: int) -> Iterator[bool]:
    """For each unit whether it was there before, with the same around it."""
    kinds: dict[object, int] = {}
    whose = [
        kinds.setdefault(
            (u.status, u.parties, u.strength, u.basis, u.cleared_for, u.headings, u.reasons, u.readers), len(kinds)
        )
        for u in units
    ]
    met: set[object] = set()
    for number, span in enumerate(spans):
        first, behind = _around(spans, number, reach)
        borders = tuple(place - span.start for one in spans[first:behind] for place in one)
        around = text[spans[first].start : spans[behind - 1].end], borders, tuple(whose[first:behind])
        yield around in met
        met.add(around)


def _around(spans: Sequence[Span], number: int, reach: int) -> tuple[int, int]:
    """The units within `reach` characters of one: the first of them, and the first that is not."""
    first, behind = number, number + 1
    while first and spans[first - 1].end > spans[number].start - reach:
        first -= 1
    while behind < len(spans) and spans[behind].start < spans[number].end + reach:
        behind += 1
    return first, behind
