"""What is withheld from the family itself: who told, and parts that were not for it to hear."""

from __future__ import annotations

from minutes_split.mentions.base import Mention
from minutes_split.rules.base import NOBODY, Claim, Context, rule, unit_rule


@rule("protected-source", "source")
def protected_source(context: Context, mention: Mention) -> Claim | None:
    """Who made a referral, or does not want to be named, is withheld from the family that it is about."""
    return Claim("protected-source", "referring", NOBODY, (mention.span,))


@rule("not-for-the-family", "handling")
def not_for_the_family(context: Context, mention: Mention) -> Claim | None:
    """A sentence that says of itself that it is not to be shared, or was told in confidence, is withheld."""
    return Claim("not-for-the-family", "referring", NOBODY, (mention.span,))


@unit_rule("closed-part")
def closed_part(context: Context) -> Claim | None:
    """What stands under a heading such as "closed session" or "professionals only" is withheld from every family."""
    return Claim("closed-part", "standing", NOBODY) if context.ground.closed else None


WITHHOLDING = frozenset({"protected-source", "not-for-the-family", "closed-part"})
"""Rules that withhold a unit from its own family, whatever it is about."""
