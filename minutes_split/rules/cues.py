"""Words that point past the sentence, and words that nobody can read."""

from __future__ import annotations

from minutes_split.mentions.base import Mention
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Claim, Context, rule


@rule("contrast", "contrast")
def contrast(context: Context, mention: Mention) -> Claim | None:
    """ "The other boy", "unlike" set somebody else beside the family."""
    return Claim("contrast", "doubt", frozenset({DOUBT}), (mention.span,))


@rule("additive", "additive")
def additive(context: Context, mention: Mention) -> Claim | None:
    """ "Likewise", "the same goes for" say that it holds for somebody else as well."""
    return Claim("additive", "doubt", frozenset({DOUBT}), (mention.span,))


@rule("cross-reference", "cross")
def cross_reference(context: Context, mention: Mention) -> Claim | None:
    """ "See case 8", "as above" bring in what is said elsewhere."""
    return Claim("cross-reference", "doubt", frozenset({DOUBT}), (mention.span,))


@rule("plural-over-families", "plural")
def plural_over_families(context: Context, mention: Mention) -> Claim | None:
    """ "Both", "each other", "the two" stay within the family if two of it are named right there, or on its own ground, where it has two people."""
    family = context.ground.family
    if _of_one_family(context, mention):
        return Claim("plural-over-families", "referring", NOBODY, (mention.span,), unsure=True)
    if (
        context.ground.pure
        and context.ground.kind != "topic"
        and family is not None
        and len(context.of_family.get(family, ())) > 1
    ):
        return Claim("plural-over-families", "referring", NOBODY, (mention.span,), unsure=True)
    return Claim("plural-over-families", "passing", frozenset({DOUBT}), (mention.span,))


def _of_one_family(context: Context, mention: Mention) -> bool:
    """ "Both of her parents", or "both" behind two of one family: the two are told beside the word."""
    behind = next((other for other in context.mentions if other.span.start >= mention.span.end), None)
    if behind is not None and behind.kind == "kin" and behind.owned and behind.many:
        return True
    parties = NOBODY.union(*(figure.parties for figure in context.here)) if context.here else NOBODY
    return len(context.here) == 2 and len(parties) == 1 and not parties & {STRANGER, DOUBT}


@rule("next-door", "nearby")
def next_door(context: Context, mention: Mention) -> Claim | None:
    """ "Next door", "the flat above" is somebody else's home."""
    return Claim("next-door", "referring", frozenset({STRANGER}), (mention.span,))


@rule("event", "event")
def event(context: Context, mention: Mention) -> Claim | None:
    """ "The incident", "that night" is what the unit before told, and whoever was in it."""
    if context.ground.pure:
        return Claim("event", "referring", NOBODY, (mention.span,), unsure=True)
    if len(context.last) == 1 and not context.last & {STRANGER, DOUBT}:
        return Claim("event", "referring", context.last, (mention.span,), unsure=True)
    return Claim("event", "passing", context.last | {DOUBT}, (mention.span,))


@rule("somebody", "someone")
def somebody(context: Context, mention: Mention) -> Claim | None:
    """ "Somebody", "others", and who speaks in quotation marks, stay unnamed: likely nobody else on a family's own ground, anybody elsewhere."""
    if context.ground.pure and (mention.form != "speaker" or context.ground.kind != "topic"):
        return Claim("somebody", "referring", NOBODY, (mention.span,), unsure=True)
    return Claim("somebody", "passing", frozenset({DOUBT}), (mention.span,))


@rule("unread", "unread")
def unread(context: Context, mention: Mention) -> Claim | None:
    """A word that nobody here can read makes what is granted likely and no more; several of them are a text that was not read."""
    if sum(1 for other in context.mentions if other.kind == "unread") > context.unread_words:
        return Claim("unread", "passing", frozenset({DOUBT}), (mention.span,))
    return Claim("unread", "referring", NOBODY, (mention.span,), unsure=True)
