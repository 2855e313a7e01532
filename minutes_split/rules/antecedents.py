"""Whom a word of reference may mean: all that fit, of the last who were spoken of."""

from __future__ import annotations

from minutes_split.rules.base import DOUBT, NOBODY, Context, Figure, Parties


def antecedents(context: Context, sex: str | None, *, many: bool) -> Parties:
    """The parties that a pronoun may mean: those who fit in this unit, else in the most recent unit that has any.

    A unit that is passed over adds its parties: nobody knows that it was not meant.
    Where nobody fits, the owner of a pure ground does if its roster entry allows it; else a doubt remains.
    """
    fitting = _fitting(context.here, sex, many)
    if fitting:
        return _parties(fitting)
    passed: Parties = NOBODY
    for entry in reversed(context.floor):
        fitting = _fitting(entry.figures, sex, many)
        if fitting:
            return _parties(fitting) | passed
        passed |= entry.parties
    family = context.ground.family
    if family is not None and context.ground.pure and context.knows(family, sex=sex) is not False:
        return passed | {family}
    return passed | {DOUBT}


def _fitting(figures: tuple[Figure, ...], sex: str | None, many: bool) -> tuple[Figure, ...]:
    if many:
        return figures
    return tuple(figure for figure in figures if not figure.many and (sex is None or figure.sex in (sex, None)))


def _parties(figures: tuple[Figure, ...]) -> Parties:
    return NOBODY.union(*(figure.parties for figure in figures))
