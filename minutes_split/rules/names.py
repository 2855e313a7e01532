"""Names, near names, initials, identifiers: somebody is pointed at by what is theirs."""

from __future__ import annotations

from minutes_split.mentions.base import Mention
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Claim, Context, Parties, rule


@rule("exact-name", "name")
def exact_name(context: Context, mention: Mention) -> Claim | None:
    """A name in the roster that only one family has points at that family."""
    if len(mention.families) != 1 or mention.form in ("either", "surname-other"):
        return None
    return Claim("exact-name", "direct", mention.families, (mention.span,))


@rule("declared-label", "label")
def declared_label(context: Context, mention: Mention) -> Claim | None:
    """A label that the document itself gives to one family means that family; one that it gives to two tells nobody which."""
    if len(mention.families) > 1:
        return Claim("declared-label", "doubt", mention.families, (mention.span,))
    return Claim(
        "declared-label",
        "direct",
        mention.families,
        (mention.span,),
        unsure=not (context.heading or mention.families <= context.named),
    )


@rule("one-person-of-two-families", "name")
def one_person_of_two_families(context: Context, mention: Mention) -> Claim | None:
    """Somebody whom the roster has in two families is about both."""
    if len(mention.families) < 2 or len(mention.people) != 1:
        return None
    return Claim("one-person-of-two-families", "direct", mention.families, (mention.span,))


@rule("same-full-name", "name")
def same_full_name(context: Context, mention: Mention) -> Claim | None:
    """People of two families with one full name may be one person, and nobody here can tell."""
    if len(mention.families) < 2 or not _one_full_name(context, mention):
        return None
    return Claim("same-full-name", "passing", mention.families, (mention.span,))


@rule("shared-name", "name")
def shared_name(context: Context, mention: Mention) -> Claim | None:
    """A name that several families have is the one whose ground it stands on, or of whom this unit or the last one speaks; else nobody can tell."""
    if len(mention.families) < 2 or len(mention.people) < 2 or _one_full_name(context, mention):
        return None
    meant = _narrowed(context, mention.families)
    if meant is None:
        return Claim("shared-name", "doubt", mention.families, (mention.span,))
    return Claim("shared-name", "referring", meant, (mention.span,))


@rule("name-of-a-professional-too", "name")
def name_of_a_professional_too(context: Context, mention: Mention) -> Claim | None:
    """A name that a professional has as well is the family's on the family's own ground; elsewhere nobody can tell."""
    if mention.form != "either":
        return None
    family = context.ground.family
    if context.heading and mention.families and mention.families <= context.named:
        return Claim("name-of-a-professional-too", "referring", mention.families, (mention.span,))
    if context.ground.pure and mention.families == {family}:
        return Claim("name-of-a-professional-too", "referring", mention.families, (mention.span,))
    return Claim("name-of-a-professional-too", "doubt", mention.families | {DOUBT}, (mention.span,))


@rule("unlisted-relative", "name")
def unlisted_relative(context: Context, mention: Mention) -> Claim | None:
    """A "Mr" or "Mrs" with a family's surname whom the roster does not list counts as that family's, where the family has the floor."""
    if mention.form != "surname-other":
        return None
    if context.ground.pure and mention.families == context.ground.owner:
        return Claim("unlisted-relative", "referring", mention.families, (mention.span,))
    return Claim("unlisted-relative", "doubt", mention.families | {DOUBT}, (mention.span,))


@rule("near-name", "near")
def near_name(context: Context, mention: Mention) -> Claim | None:
    """A near miss of a name may be that family's person, and grants nothing; a pet form is likely theirs, and a part of the name on their own ground."""
    if mention.form == "initials":
        return None
    if len(mention.families) == 1 and (
        mention.form == "nickname"
        or (mention.form == "part" and context.ground.pure and mention.families == context.ground.owner)
    ):
        return Claim("near-name", "referring", mention.families, (mention.span,), unsure=True)
    return Claim("near-name", "doubt", mention.families, (mention.span,))


@rule("initials", "near", "letter")
def initials(context: Context, mention: Mention) -> Claim | None:
    """Initials that fit one family only are likely theirs; a single letter, or initials that fit several, only on the family's own ground."""
    if mention.form not in ("initials", "letter"):
        return None
    family = context.ground.family
    if mention.form == "initials" and len(mention.families) == 1 and DOUBT not in mention.families:
        return Claim(
            "initials", "referring", mention.families, (mention.span,), unsure=mention.families != context.ground.owner
        )
    if context.ground.pure and family in mention.families:
        return Claim("initials", "referring", context.ground.owner or NOBODY, (mention.span,))
    return Claim("initials", "doubt", mention.families or {DOUBT}, (mention.span,))  # type: ignore[arg-type]  # a set literal


@rule("identifier", "identifier")
def identifier(context: Context, mention: Mention) -> Claim | None:
    """A number, date of birth or address in the roster points at the family that has it; a street alone does not."""
    if mention.form == "street":
        return _street(context, mention)
    if mention.form == "case" and context.heading and context.named and not mention.families & context.named:
        return Claim("identifier", "referring", NOBODY, (mention.span,))  # the document counts its cases in its own way
    if len(mention.families) == 1:
        return Claim("identifier", "direct", mention.families, (mention.span,), unsure=mention.form == "house")
    if mention.form == "house":
        return Claim("identifier", "doubt", mention.families, (mention.span,))
    meant = _narrowed(context, mention.families)
    if meant is None:
        return Claim("identifier", "doubt", mention.families, (mention.span,))
    return Claim("identifier", "referring", meant, (mention.span,))


@rule("stranger", "stranger")
def stranger(context: Context, mention: Mention) -> Claim | None:
    """A name, address or number that no roster knows is somebody else's, unless it follows the word for a relative."""
    if mention.form == "relative":
        return Claim("stranger", "referring", NOBODY, (mention.span,), unsure=True)
    spoken = (
        NOBODY.union(*(figure.parties for figure in context.here)) if context.here else context.ground.owner or NOBODY
    )
    named = bool(context.here) and len(spoken) == 1 and not spoken & {STRANGER, DOUBT}
    if mention.form in ("code", "street", "address", "value") and context.heading and len(context.named) == 1:
        return Claim("stranger", "referring", NOBODY, (mention.span,), unsure=True)
    if mention.form in ("code", "street"):
        if context.ground.pure or (mention.form == "street" and named):
            return Claim("stranger", "referring", NOBODY, (mention.span,), unsure=True)
        return Claim("stranger", "passing", frozenset({DOUBT}), (mention.span,))
    if mention.form == "value" and not mention.families and spoken and (context.here or context.ground.pure):
        return Claim("stranger", "referring", NOBODY, (mention.span,), unsure=True)
    return Claim("stranger", "referring", mention.families | {STRANGER}, (mention.span,))


@rule("professional", "professional")
def professional(context: Context, mention: Mention) -> Claim | None:
    """Somebody who is there for work is nobody's."""
    return Claim("professional", "referring", NOBODY, (mention.span,))


def _one_full_name(context: Context, mention: Mention) -> bool:
    """Whether two of the candidates, of different families, bear the same full name."""
    if mention.form == "surname":
        return False
    people = [context.people[number] for number in mention.people]
    return any(
        a.name == b.name and a.families != b.families for i, a in enumerate(people) for b in people[i + 1 :] if a.name
    )


def _street(context: Context, mention: Mention) -> Claim:
    """A street where a family lives is no more than a place to that family, and a doubt to all others."""
    spoken = (
        NOBODY.union(*(figure.parties for figure in context.here)) if context.here else context.ground.owner or NOBODY
    )
    if spoken and spoken <= mention.families:
        return Claim("identifier", "referring", NOBODY, (mention.span,), unsure=len(mention.families) > 1)
    return Claim("identifier", "doubt", mention.families, (mention.span,))


def _narrowed(context: Context, candidates: Parties) -> Parties | None:
    """The one candidate whose ground this is, of whom this unit speaks, or of whom the last one spoke; else `None`.

    In a heading it is the one whose own name or number stands beside it. On the ground of one candidate nobody can
    tell that another is meant.
    """
    if context.heading and len(context.named) == 1 and context.named <= candidates:
        return context.named
    if context.ground.pure and context.ground.owner is not None and context.ground.owner <= candidates:
        return context.ground.owner
    here = NOBODY.union(*(figure.parties for figure in context.here)) if context.here else NOBODY
    last = context.last if context.floor and context.floor[-1].firm else NOBODY
    for spoken in (here, last):
        if len(spoken) == 1 and spoken <= candidates:
            return None if context.ground.family in candidates - spoken else spoken
    return None
