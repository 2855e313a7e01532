"""Pronouns, relatives, and people outside the household."""

from __future__ import annotations

from minutes_split.mentions.base import Mention
from minutes_split.rules.antecedents import antecedents
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Claim, Context, How, Parties, rule

_TIES = frozenset({"partner", "boyfriend", "girlfriend"})
"""Relations that make nobody a member of the household unless the roster says so."""
_PARTS = frozenset({"victim", "perpetrator", "patient"})
"""Parts that people have in a case: where the roster gives everybody's and nobody's is this one, somebody else is meant."""
_OF_A_HOME = frozenset({"tenant"})
"""Whose home was visited is told by such a word, so that it is the family's only where nobody else was met."""
_YOUNG = frozenset({"child", "boy", "girl", "son", "daughter", "pupil", "sibling"})
_ANYBODY = frozenset(
    {
        "child",
        "boy",
        "girl",
        "pupil",
        "patient",
        "victim",
        "perpetrator",
        "applicant",
        "tenant",
        "carer",
        "parent",
        "household",
        "couple",
    }
)
"""Words for people that say nothing of whose they are: "a boy" is any boy."""


@rule("pronoun-of-last", "pronoun")
def pronoun_of_last(context: Context, mention: Mention) -> Claim | None:
    """A pronoun means those who were spoken of last and fit it, whatever the heading says."""
    meant = antecedents(context, mention.sex, many=mention.many, but_last=mention.form == "object-of")
    how: How = "doubt" if DOUBT in meant.parties else "referring"
    return Claim("pronoun-of-last", how, meant.parties, (mention.span,), meant.unsure)


@rule("somebodys-relative", "kin")
def somebodys_relative(context: Context, mention: Mention) -> Claim | None:
    """A relative of somebody named or meant in the unit belongs to that person's family."""
    relation, _, form = mention.form.partition(":")
    if not mention.owned or relation in _TIES or form == "restrictive":
        return None
    return Claim("somebodys-relative", "referring", NOBODY, (mention.span,))


@rule("partner", "kin")
def partner(context: Context, mention: Mention) -> Claim | None:
    """A partner, boyfriend or girlfriend is an outsider unless the family's roster has one, or the word says who has just been named."""
    relation, _, form = mention.form.partition(":")
    if relation not in _TIES:
        return None
    if form == "appended":
        return Claim("partner", "referring", NOBODY, (mention.span,))
    family = context.ground.family
    if context.ground.pure and family is not None and form != "indefinite":
        fits = any(
            context.knows(family, relation=r) for r in (relation, "partner", "husband", "wife", "father", "mother")
        )
        if fits and relation == "partner":
            return Claim("partner", "referring", context.ground.owner or NOBODY, (mention.span,))
    return Claim("partner", "referring", frozenset({STRANGER}), (mention.span,))


@rule("relative-on-the-ground", "kin")
def relative_on_the_ground(context: Context, mention: Mention) -> Claim | None:
    """ "Mum", "the children", "the boy" are those of the family whose ground it is, or of whom the unit or the last one speaks."""
    relation, _, form = mention.form.partition(":")
    if mention.owned or relation in _TIES or form in ("indefinite", "restrictive", "counted"):
        return None
    if context.heading and len(context.named) == 1:
        return Claim("relative-on-the-ground", "referring", context.named, (mention.span,))
    meant = _ground_of(context)
    if meant is None:
        return Claim("relative-on-the-ground", "doubt", frozenset({DOUBT}), (mention.span,))
    (family,) = meant
    unsure = not context.ground.pure
    if relation in _OF_A_HOME and not context.ground.pure:
        return Claim("relative-on-the-ground", "doubt", frozenset({DOUBT}), (mention.span,))
    if relation in _PARTS and context.knows(family, relation=relation) is False:
        return Claim("relative-on-the-ground", "doubt", frozenset({DOUBT}), (mention.span,))
    if mention.many and relation != "household" and not _has_several(context, family, relation, mention.sex):
        return Claim("relative-on-the-ground", "passing", frozenset({DOUBT}), (mention.span,))
    if relation in ("boy", "girl") and (
        context.knows(family, sex=mention.sex, child=True) is False
        or _just_named(context, family, mention.sex)
        or _stranger_was_last(context, mention.sex)
    ):
        return Claim("relative-on-the-ground", "doubt", frozenset({DOUBT}), (mention.span,))
    return Claim("relative-on-the-ground", "referring", meant, (mention.span,), unsure)


@rule("relative-of-another-family-only", "kin")
def relative_of_another_family_only(context: Context, mention: Mention) -> Claim | None:
    """A relative whom only another family of the roster has may be theirs."""
    relation, _, _ = mention.form.partition(":")
    meant = _ground_of(context)
    (family,) = meant or {context.ground.family}
    if (
        mention.owned
        or family is None
        or relation in _ANYBODY - {"carer"}
        or context.knows(family, relation=relation) is not False
    ):
        return None
    others = frozenset(
        other for other in context.of_family if other != family and context.knows(other, relation=relation)
    )
    return Claim("relative-of-another-family-only", "doubt", others, (mention.span,)) if others else None


@rule("any-relative", "kin")
def any_relative(context: Context, mention: Mention) -> Claim | None:
    """ "A boy", "another mother" is somebody else; "a sister" is somebody's in the unit; "the girl who" could be anybody."""
    relation, _, form = mention.form.partition(":")
    if relation in _TIES or (mention.owned and form != "restrictive"):
        return None
    if form == "restrictive":
        return Claim("any-relative", "doubt", frozenset({DOUBT}), (mention.span,))
    if form != "indefinite":
        return None
    if relation in _ANYBODY and not (relation in ("carer", "parent") and _first_here(context)):
        return Claim("any-relative", "referring", frozenset({STRANGER}), (mention.span,))
    return Claim("any-relative", "referring", NOBODY, (mention.span,), unsure=True)


@rule("counted-relatives", "kin")
def counted_relatives(context: Context, mention: Mention) -> Claim | None:
    """ "Both children", "the two girls" are the family's on its own ground if the roster has as many; else they may be of several families."""
    relation, _, form = mention.form.partition(":")
    if form != "counted" or mention.owned or relation in _TIES:
        return None
    meant = _ground_of(context)
    if meant is None or not context.ground.pure:
        return Claim("counted-relatives", "passing", frozenset({DOUBT}), (mention.span,))
    (family,) = meant
    if relation == "household" or not _has_several(context, family, relation, mention.sex):
        return Claim("counted-relatives", "passing", frozenset({DOUBT}), (mention.span,))
    return Claim("counted-relatives", "referring", meant, (mention.span,))


@rule("outsider", "outsider")
def outsider(context: Context, mention: Mention) -> Claim | None:
    """A neighbour, a friend, a man is somebody on no roster; "any neighbour", and friends or adults in general behind somebody of a family, are likely nobody."""
    _, _, form = mention.form.partition(":")
    if form == "any":
        return Claim("outsider", "referring", NOBODY, (mention.span,), unsure=True)
    if mention.many and form in ("", "indefinite") and _first_here(context):
        return Claim("outsider", "referring", NOBODY, (mention.span,), unsure=True)
    return Claim("outsider", "referring", frozenset({STRANGER}), (mention.span,))


def _here(context: Context) -> Parties:
    """Everybody who was spoken of in this unit before."""
    return NOBODY.union(*(figure.parties for figure in context.here)) if context.here else NOBODY


def _first_here(context: Context) -> bool:
    """Whether somebody of one family, and nobody else, was named in this unit before."""
    parties = _here(context)
    return len(parties) == 1 and not parties & {STRANGER, DOUBT}


def _just_named(context: Context, family: str, sex: str | None) -> bool:
    """Whether the family's only one of this sex was spoken of in the unit: whom "he" pushed, "the boy", is another."""
    fitting = [n for n in context.of_family.get(family, ()) if context.people[n].sex in (sex, None)]
    return len(fitting) < 2 and any(figure.sex == sex and not figure.many for figure in context.here)


def _stranger_was_last(context: Context, sex: str | None) -> bool:
    """Whether the unit before spoke of somebody else who fits: "that boy" may be the one."""
    figures = context.floor[-1].figures if context.floor else ()
    return any(figure.parties & {STRANGER, DOUBT} and not figure.many and figure.sex == sex for figure in figures)


def _by_number(context: Context) -> bool:
    """Whether the unit begins with the number or the address of one family and names no other."""
    return len(context.named) == 1 and any(first.kind == "identifier" for first in context.mentions[:1])


def _has_several(context: Context, family: str, relation: str, sex: str | None) -> bool:
    """Whether a plural of this relation may be of one family: its roster entry has two such people, or does not say."""
    people = [context.people[n] for n in context.of_family.get(family, ())]
    if relation in _YOUNG:
        fitting = [p for p in people if p.age != "adult" and (sex is None or p.sex in (sex, None))]
        return len(fitting) != 1 and (len(fitting) > 1 or all(p.age == "adult" for p in people))
    if relation == "couple":
        grown = [p for p in people if p.age != "child"]
        return len(grown) > 1
    if relation in ("mother", "father") or relation in _PARTS:
        return sum(1 for p in people if relation in p.relations) > 1
    return True


def _ground_of(context: Context) -> Parties | None:
    """The one family that has the floor: of a pure ground, of this unit, or of the unit before; a mere topic gives way to this unit."""
    here, family = _here(context), context.ground.family
    if context.ground.kind in ("topic", "none") and (_first_here(context) or (not here and _by_number(context))):
        return here or context.named
    if family is not None and context.ground.met <= {STRANGER, DOUBT} and (context.ground.pure or STRANGER not in here):
        return frozenset({family})
    for spoken in (here, context.last):
        if spoken:
            return spoken if len(spoken) == 1 and not spoken & {STRANGER, DOUBT} else None
    return None
