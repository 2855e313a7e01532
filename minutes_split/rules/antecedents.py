"""Whom a word of reference may mean: all that fit, of the last who were spoken of."""

from __future__ import annotations

from typing import NamedTuple

from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Context, Entry, Figure, Parties


class Meant(NamedTuple):
    """Whom a word may mean, and whether that is less than sure."""

    parties: Parties
    unsure: bool = False


def antecedents(context: Context, sex: str | None, *, many: bool, but_last: bool = False) -> Meant:
    """The parties that a pronoun may mean: those who fit in this unit, else in the most recent unit that has any.

    A unit that is passed over adds its parties: nobody knows that it was not meant. Only a stranger whose sex
    does not fit is passed over for good; one who fits may be meant, and so may whoever was spoken of before. Beside somebody of a family who is named first, a stranger is hardly meant.
    `but_last`: the last figure is the subject of the same clause, whose object is somebody else.
    A professional who fits stops the search only within the unit, and only if the sex is known; elsewhere somebody
    of a family may be meant all the same. Where nobody fits, the owner of a pure ground does if its roster entry
    allows it; else a doubt remains.
    """
    at_work = strangers = False
    passed: Parties = NOBODY
    here = context.here[:-1] if but_last else context.here
    for entry in (Entry(NOBODY, here), *reversed(context.floor)):
        fitting = _fitting(entry.figures, sex, many)
        families = tuple(figure for figure in fitting if figure.parties)
        if entry.figures is not here and families and all(figure.parties == {STRANGER} for figure in families):
            strangers = True
            passed |= entry.parties | {STRANGER}
            continue
        if families:
            return _chosen(families, passed)
        if fitting and entry.figures is here and any(figure.sex == sex for figure in fitting):
            return Meant(NOBODY)
        at_work = at_work or bool(fitting)
        passed |= _passed(entry)
    if strangers:
        return Meant(passed)
    family = context.ground.family
    if family is not None and context.ground.pure and context.knows(family, sex=sex) is not False:
        return Meant(passed | {family})
    return Meant(passed if at_work and not passed else passed | {DOUBT})


def _chosen(figures: tuple[Figure, ...], passed: Parties) -> Meant:
    """All of them; but strangers who come behind the first of a family are left out, which is less than sure."""
    first = figures[0].parties
    everybody = NOBODY.union(*(figure.parties for figure in figures)) | passed
    if (
        STRANGER in everybody
        and STRANGER not in first
        and STRANGER not in passed
        and len(first) == 1
        and everybody <= first | {STRANGER}
    ):
        return Meant(first, unsure=True)
    return Meant(everybody, unsure=bool(passed - first))


def _passed(entry: Entry) -> Parties:
    strangers = [figure for figure in entry.figures if STRANGER in figure.parties]
    if strangers and all(figure.sex is not None for figure in strangers):
        return entry.parties - {STRANGER}
    return entry.parties


def _fitting(figures: tuple[Figure, ...], sex: str | None, many: bool) -> tuple[Figure, ...]:
    if many:
        return figures
    return tuple(figure for figure in figures if not figure.many and (sex is None or figure.sex in (sex, None)))
