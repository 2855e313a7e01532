"""What a unit is about that names nobody: where it stands."""

from __future__ import annotations

from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Claim, Context, Parties, unit_rule


@unit_rule("under-heading")
def under_heading(context: Context) -> Claim | None:
    """A unit that names nobody stays with the heading, lead-in or row it stands under, as long as nobody else was met there."""
    if context.ground.owner is None or context.ground.met:
        return None
    return Claim("under-heading", "standing", _owner(context))


@unit_rule("back-to-heading")
def back_to_heading(context: Context) -> Claim | None:
    """A unit that names nobody goes back to its heading if only strangers or doubts were met under it and none of them has the floor, or if the paragraph before ended with its family."""
    family = context.ground.family
    if family is None or not context.ground.met:
        return None
    if not context.ground.met <= {STRANGER, DOUBT}:
        return (
            Claim("back-to-heading", "standing", context.last) if context.opens and context.last == {family} else None
        )
    if context.opens or not context.last or family in context.last:
        return Claim("back-to-heading", "standing", _owner(context))
    return None


@unit_rule("same-breath")
def same_breath(context: Context) -> Claim | None:
    """A unit that names nobody goes on about whom the unit before it in the same paragraph was about."""
    if context.opens or not context.last or (context.ground.owner is not None and not context.ground.met):
        return None
    if context.ground.family in context.last and context.ground.met <= {STRANGER, DOUBT}:
        return None  # back to the heading
    return Claim("same-breath", "standing", context.last)


@unit_rule("who-was-there")
def who_was_there(context: Context) -> Claim | None:
    """A line of an attendance list that names no family is about nobody."""
    return Claim("who-was-there", "standing", NOBODY) if context.attendance else None


def _owner(context: Context) -> Parties:
    """Who owns the ground; of one family with a doubt beside it, the family: the class of its evidence says "doubted"."""
    family = context.ground.family
    return frozenset({family}) if family is not None else context.ground.owner or NOBODY
