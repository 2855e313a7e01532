"""What mutants lived on until these tests: each rule by itself, claim for claim, and the corners of the fold and the guard.

`tests/mutants.py` makes the mutants; `docs/mutants.md` has the figures.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from minutes_split import Document, Plan, Policy, Roster, Split, attribution, split
from minutes_split.document import Block
from minutes_split.errors import ExcerptError, Fault, PlanError, ViewError
from minutes_split.guard import Excerpt
from minutes_split.mentions.base import Mention
from minutes_split.mentions.directory import Facts
from minutes_split.rules import BY_KIND, UNIT_RULES, Claim, Context
from minutes_split.rules.antecedents import Meant, antecedents
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Entry, Figure, Ground, Parties
from minutes_split.spans import Span

A, B, X, D = frozenset("A"), frozenset("B"), frozenset({STRANGER}), frozenset({DOUBT})
AB = A | B
HERE = Span(3, 9)

MOTHER = Facts(A, "F", "adult", frozenset({"mother"}), ("kayleigh", "harper"))
SON = Facts(A, "M", "child", frozenset({"child", "son"}), ("jayden", "harper"))
OTHER = Facts(B, "M", "child", frozenset({"child", "son"}), ("chidi", "okafor"))
TWIN = Facts(B, None, None, frozenset(), ("jayden", "harper"))
PEOPLE = (MOTHER, SON, OTHER, TWIN)

ON_A = Ground(A, "heading")
MET = Ground(A, "heading", B)
MET_STRANGER = Ground(A, "heading", X)
NOWHERE = Ground()


def unit(ground: Ground = ON_A, **more: object) -> Context:
    """A unit under the heading of A, with nobody spoken of before."""
    plain = Context((), ground, (), (), False, False, False, PEOPLE, {"A": (0, 1), "B": (2, 3)})
    return replace(plain, **more)  # type: ignore[arg-type]  # passed on as they come


def spoken(*parties: Parties, sex: str | None = None) -> tuple[Figure, ...]:
    return tuple(Figure(each, sex) for each in parties)


def after(*parties: Parties) -> tuple[Entry, ...]:
    return tuple(Entry(each, spoken(each), firm=True) for each in parties)


def said(kind: str, context: Context, **facts: object) -> list[tuple[object, ...]]:
    """Every claim about a mention of this kind: rule, how, parties, and "unsure" where it is."""
    mention = Mention(kind, HERE, **facts)  # type: ignore[arg-type]  # passed on as they come
    return claimed([claim for rule in BY_KIND[kind] if (claim := rule(context, mention))], (HERE,))


def claimed(claims: list[Claim], spans: tuple[Span, ...]) -> list[tuple[object, ...]]:
    assert all(claim.spans == spans for claim in claims)
    return [(c.rule, c.how, c.parties, *(("unsure",) if c.unsure else ())) for c in claims]


CLAIMS: list[tuple[str, str, Context, dict[str, object], list[tuple[object, ...]]]] = [
    ("a name of one family", "name", unit(), {"families": A, "form": "full"}, [("exact-name", "direct", A)]),
    ("a name of nobody", "name", unit(), {"form": "full"}, []),
    ("a first name of two in one family", "name", unit(MET), {"families": A, "people": (0, 1), "form": "first"}, [("exact-name", "direct", A)]),
    ("one person of two families", "name", unit(), {"families": AB, "people": (1,), "form": "full"}, [("one-person-of-two-families", "direct", AB)]),
    ("two people with one full name", "name", unit(), {"families": AB, "people": (1, 3), "form": "full"}, [("same-full-name", "passing", AB)]),
    ("their surname alone", "name", unit(), {"families": AB, "people": (1, 3), "form": "surname"}, [("shared-name", "referring", A)]),
    ("a shared name on the ground of one", "name", unit(), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "referring", A)]),
    ("a shared name where both were met", "name", unit(MET), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a shared name behind one of them", "name", unit(NOWHERE, here=spoken(B)), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "referring", B)]),
    ("a shared name on one's ground behind the other", "name", unit(MET, here=spoken(B)), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a shared name behind both", "name", unit(MET, here=spoken(A, B)), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a shared name after a unit on one", "name", unit(NOWHERE, floor=after(A, B)), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "referring", B)]),
    ("a shared name after what only goes back to its heading", "name", unit(NOWHERE, floor=(Entry(B, spoken(B)),)), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a shared name after a stranger", "name", unit(NOWHERE, floor=after(X)), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a shared name on a third family's ground", "name", unit(Ground(frozenset("C"), "heading")), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a shared name in a heading beside the family's own", "name", unit(NOWHERE, heading=True, named=B), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "referring", B)]),
    ("the same in a sentence", "name", unit(NOWHERE, named=B), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a heading that names both", "name", unit(NOWHERE, heading=True, named=AB), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a heading that names a third", "name", unit(NOWHERE, heading=True, named=frozenset("C")), {"families": AB, "people": (1, 2), "form": "first"}, [("shared-name", "doubt", AB)]),
    ("a professional's name too, own ground", "name", unit(), {"families": A, "form": "either"}, [("name-of-a-professional-too", "referring", A)]),
    ("a professional's name too, somebody met", "name", unit(MET), {"families": A, "form": "either"}, [("name-of-a-professional-too", "doubt", A | D)]),
    ("a professional's name too, other ground", "name", unit(), {"families": B, "form": "either"}, [("name-of-a-professional-too", "doubt", B | D)]),
    ("a professional's name too, in the family's heading", "name", unit(NOWHERE, heading=True, named=A), {"families": A, "form": "either"}, [("name-of-a-professional-too", "referring", A)]),
    ("a professional's name alone in a heading", "name", unit(NOWHERE, heading=True), {"form": "either"}, [("name-of-a-professional-too", "doubt", D)]),
    ("the same outside a heading", "name", unit(NOWHERE, named=A), {"families": A, "form": "either"}, [("name-of-a-professional-too", "doubt", A | D)]),
    ("a heading that names another", "name", unit(NOWHERE, heading=True, named=B), {"families": A, "form": "either"}, [("name-of-a-professional-too", "doubt", A | D)]),
    ("an unlisted Mr on the ground", "name", unit(), {"families": A, "form": "surname-other"}, [("unlisted-relative", "referring", A)]),
    ("an unlisted Mr where another was met", "name", unit(MET), {"families": A, "form": "surname-other"}, [("unlisted-relative", "doubt", A | D)]),
    ("an unlisted Mr of the other family", "name", unit(), {"families": B, "form": "surname-other"}, [("unlisted-relative", "doubt", B | D)]),
    ("a near name", "near", unit(), {"families": B, "form": "near"}, [("near-name", "doubt", B)]),
    ("initials of the ground", "near", unit(), {"families": A, "form": "initials"}, [("initials", "referring", A)]),
    ("initials of another", "near", unit(), {"families": B, "form": "initials"}, [("initials", "referring", B, "unsure")]),
    ("initials of both, on the ground", "near", unit(), {"families": AB, "form": "initials"}, [("initials", "referring", A)]),
    ("initials of both, another met", "near", unit(MET), {"families": AB, "form": "initials"}, [("initials", "doubt", AB)]),
    ("initials that may be anybody's", "near", unit(NOWHERE), {"families": D, "form": "initials"}, [("initials", "doubt", D)]),
    ("initials of nobody", "near", unit(), {"form": "initials"}, [("initials", "doubt", D)]),
    ("a letter of the ground", "letter", unit(), {"families": A, "form": "letter"}, [("initials", "referring", A)]),
    ("a letter of another", "letter", unit(), {"families": B, "form": "letter"}, [("initials", "doubt", B)]),
    ("a letter where another was met", "letter", unit(MET), {"families": A, "form": "letter"}, [("initials", "doubt", A)]),
    ("an identifier", "identifier", unit(), {"families": B, "form": "value"}, [("identifier", "direct", B)]),
    ("a house number", "identifier", unit(), {"families": B, "form": "house"}, [("identifier", "direct", B, "unsure")]),
    ("a house number of two", "identifier", unit(), {"families": AB, "form": "house"}, [("identifier", "doubt", AB)]),
    ("an identifier of two on the ground of one", "identifier", unit(), {"families": AB, "form": "value"}, [("identifier", "referring", A)]),
    ("an identifier of two nowhere", "identifier", unit(NOWHERE), {"families": AB, "form": "value"}, [("identifier", "doubt", AB)]),
    ("a street of the ground", "identifier", unit(), {"families": A, "form": "street"}, [("identifier", "referring", NOBODY)]),
    ("a street of two on the ground of one", "identifier", unit(), {"families": AB, "form": "street"}, [("identifier", "referring", NOBODY, "unsure")]),
    ("a street of another", "identifier", unit(), {"families": B, "form": "street"}, [("identifier", "doubt", B)]),
    ("a street nowhere", "identifier", unit(NOWHERE), {"families": B, "form": "street"}, [("identifier", "doubt", B)]),
    ("a street behind its family", "identifier", unit(here=spoken(B)), {"families": B, "form": "street"}, [("identifier", "referring", NOBODY)]),
    ("a street behind a stranger", "identifier", unit(here=spoken(B, X)), {"families": B, "form": "street"}, [("identifier", "doubt", B)]),
    ("a case code that the heading counts otherwise", "identifier", unit(NOWHERE, heading=True, named=A), {"families": B, "form": "case"}, [("identifier", "referring", NOBODY)]),
    ("a case code of the heading's family", "identifier", unit(NOWHERE, heading=True, named=A), {"families": A, "form": "case"}, [("identifier", "direct", A)]),
    ("a case code in a heading without a name", "identifier", unit(NOWHERE, heading=True), {"families": B, "form": "case"}, [("identifier", "direct", B)]),
    ("a case code in a sentence", "identifier", unit(named=A), {"families": B, "form": "case"}, [("identifier", "direct", B)]),
    ("a stranger", "stranger", unit(), {"form": "name"}, [("stranger", "referring", X)]),
    ("a stranger who may be registered", "stranger", unit(), {"families": D, "form": "registered"}, [("stranger", "referring", X | D)]),
    ("a named relative", "stranger", unit(), {"form": "relative"}, [("stranger", "referring", NOBODY, "unsure")]),
    ("a code on the ground", "stranger", unit(), {"form": "code"}, [("stranger", "referring", NOBODY, "unsure")]),
    ("a code where another was met", "stranger", unit(MET), {"form": "code"}, [("stranger", "passing", D)]),
    ("an unknown value on the ground", "stranger", unit(), {"form": "value"}, [("stranger", "referring", NOBODY, "unsure")]),
    ("an unknown value where another was met", "stranger", unit(MET), {"form": "value"}, [("stranger", "referring", X)]),
    ("an unknown value behind somebody", "stranger", unit(MET, here=spoken(A)), {"form": "value"}, [("stranger", "referring", NOBODY, "unsure")]),
    ("an unknown value behind a professional", "stranger", unit(here=spoken(NOBODY)), {"form": "value"}, [("stranger", "referring", X)]),
    ("an unknown value nowhere", "stranger", unit(NOWHERE), {"form": "value"}, [("stranger", "referring", X)]),
    ("a value that somebody may have", "stranger", unit(), {"families": B, "form": "value"}, [("stranger", "referring", B | X)]),
    ("a professional", "professional", unit(), {}, [("professional", "referring", NOBODY)]),
    ("somebody's relative", "kin", unit(), {"form": "brother:", "owned": True}, [("somebodys-relative", "referring", NOBODY)]),
    ("somebody's partner", "kin", unit(MET), {"form": "partner:", "owned": True}, [("partner", "referring", X)]),
    ("somebody's girl who", "kin", unit(), {"form": "girl:restrictive", "owned": True}, [("any-relative", "doubt", D)]),
    ("a boyfriend", "kin", unit(), {"form": "boyfriend:"}, [("partner", "referring", X)]),
    ("a partner where the roster has the mother", "kin", unit(), {"form": "partner:"}, [("partner", "referring", A)]),
    ("a partner where another was met", "kin", unit(MET), {"form": "partner:"}, [("partner", "referring", X)]),
    ("any partner", "kin", unit(), {"form": "partner:indefinite"}, [("partner", "referring", X)]),
    ("Mum on the ground", "kin", unit(), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "referring", A)]),
    ("Mum where a stranger was met", "kin", unit(MET_STRANGER), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "referring", A, "unsure")]),
    ("Mum behind a stranger in the unit", "kin", unit(MET_STRANGER, here=spoken(X)), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "doubt", D)]),
    ("Mum where another was met", "kin", unit(MET, floor=after(B)), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "referring", B, "unsure")]),
    ("Mum nowhere", "kin", unit(NOWHERE), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "doubt", D)]),
    ("Mum behind both", "kin", unit(MET, here=spoken(A, B)), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "doubt", D)]),
    ("Mum after a doubt", "kin", unit(NOWHERE, floor=after(D)), {"form": "mother:", "sex": "F"}, [("relative-on-the-ground", "doubt", D)]),
    ("the victim, where nobody is one", "kin", unit(), {"form": "victim:"}, [("relative-on-the-ground", "doubt", D)]),
    ("the household", "kin", unit(), {"form": "household:", "many": True}, [("relative-on-the-ground", "referring", A)]),
    ("the children, where there is one", "kin", unit(), {"form": "child:", "many": True}, [("relative-on-the-ground", "passing", D)]),
    ("the mothers, where there is one", "kin", unit(), {"form": "mother:", "many": True}, [("relative-on-the-ground", "passing", D)]),
    ("the grandparents", "kin", unit(), {"form": "grandparent:", "many": True}, [("relative-on-the-ground", "referring", A)]),
    ("the girl, where there is none", "kin", unit(), {"form": "girl:", "sex": "F"}, [("relative-on-the-ground", "doubt", D)]),
    ("the boy", "kin", unit(), {"form": "boy:", "sex": "M"}, [("relative-on-the-ground", "referring", A)]),
    ("a boy", "kin", unit(), {"form": "boy:indefinite", "sex": "M"}, [("any-relative", "referring", X)]),
    ("a carer behind the family", "kin", unit(here=spoken(A)), {"form": "carer:indefinite"}, [("any-relative", "referring", NOBODY, "unsure")]),
    ("a carer behind both", "kin", unit(here=spoken(A, B)), {"form": "carer:indefinite"}, [("any-relative", "referring", X)]),
    ("a carer behind a stranger", "kin", unit(here=spoken(X)), {"form": "carer:indefinite"}, [("any-relative", "referring", X)]),
    ("a child behind the family", "kin", unit(here=spoken(A)), {"form": "child:indefinite"}, [("any-relative", "referring", X)]),
    ("an aunt", "kin", unit(Ground(AB, "heading")), {"form": "aunt:indefinite"}, [("any-relative", "referring", NOBODY, "unsure")]),
    ("the girl who", "kin", unit(NOWHERE), {"form": "girl:restrictive"}, [("any-relative", "doubt", D)]),
    ("both children, where there is one", "kin", unit(), {"form": "child:counted", "many": True}, [("counted-relatives", "passing", D)]),
    ("both grandparents", "kin", unit(), {"form": "grandparent:counted", "many": True}, [("counted-relatives", "referring", A)]),
    ("both grandparents where a stranger was met", "kin", unit(MET_STRANGER), {"form": "grandparent:counted", "many": True}, [("counted-relatives", "passing", D)]),
    ("both households", "kin", unit(), {"form": "household:counted", "many": True}, [("counted-relatives", "passing", D)]),
    ("a neighbour", "outsider", unit(), {"form": "neighbour:"}, [("outsider", "referring", X)]),
    ("friends behind the family", "outsider", unit(here=spoken(A)), {"form": "friend:", "many": True}, [("outsider", "referring", NOBODY, "unsure")]),
    ("a friend behind the family", "outsider", unit(here=spoken(A)), {"form": "friend:"}, [("outsider", "referring", X)]),
    ("friends behind nobody", "outsider", unit(), {"form": "friend:", "many": True}, [("outsider", "referring", X)]),
    ("the friends behind the family", "outsider", unit(here=spoken(A)), {"form": "friend:definite", "many": True}, [("outsider", "referring", X)]),
    ("the other boy", "contrast", unit(), {}, [("contrast", "doubt", D)]),
    ("likewise", "additive", unit(), {}, [("additive", "doubt", D)]),
    ("see case 8", "cross", unit(), {}, [("cross-reference", "doubt", D)]),
    ("next door", "nearby", unit(), {}, [("next-door", "referring", X)]),
    ("both, on the ground", "plural", unit(), {}, [("plural-over-families", "referring", NOBODY, "unsure")]),
    ("both, another met", "plural", unit(MET), {}, [("plural-over-families", "passing", D)]),
    ("both, by topic", "plural", unit(Ground(A, "topic")), {}, [("plural-over-families", "passing", D)]),
    ("both, of a family of one", "plural", unit(of_family={"A": (0,)}), {}, [("plural-over-families", "passing", D)]),
    ("the incident on the ground", "event", unit(), {}, [("event", "referring", NOBODY, "unsure")]),
    ("the incident after a unit on one", "event", unit(MET, floor=after(B)), {}, [("event", "referring", B, "unsure")]),
    ("the incident after a unit on both", "event", unit(MET, floor=after(AB)), {}, [("event", "passing", AB | D)]),
    ("the incident after a stranger", "event", unit(MET, floor=after(X)), {}, [("event", "passing", X | D)]),
    ("somebody on the ground", "someone", unit(), {}, [("somebody", "referring", NOBODY, "unsure")]),
    ("somebody where another was met", "someone", unit(MET), {}, [("somebody", "passing", D)]),
    ("an unread word", "unread", unit(mentions=(Mention("unread", HERE),), unread_words=1), {}, [("unread", "referring", NOBODY, "unsure")]),
    ("more unread words than may be", "unread", unit(mentions=(Mention("unread", HERE),) * 2, unread_words=1), {}, [("unread", "passing", D)]),
    ("a pronoun of the last unit", "pronoun", unit(floor=after(B)), {"sex": "F"}, [("pronoun-of-last", "referring", B)]),
    ("a pronoun of nobody", "pronoun", unit(NOWHERE), {"sex": "F"}, [("pronoun-of-last", "doubt", D)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "context", "facts", "claims"), [each[1:] for each in CLAIMS], ids=[each[0] for each in CLAIMS]
)
def test_the_rules_say_this_and_nothing_else_of_a_mention(
    kind: str, context: Context, facts: dict[str, object], claims: list[tuple[object, ...]]
) -> None:
    assert sorted(said(kind, context, **facts), key=str) == sorted(claims, key=str)


STANDING = [
    ("under its heading", unit(), [("under-heading", "standing", A)]),
    ("under its heading, behind the family", unit(floor=after(A)), [("under-heading", "standing", A)]),
    (
        "on shared ground, behind one of the two",
        unit(Ground(AB, "heading"), floor=after(A)),
        [("under-heading", "standing", AB)],
    ),
    ("under nothing", unit(NOWHERE), []),
    ("under nothing, after a unit", unit(NOWHERE, floor=after(B)), [("same-breath", "standing", B)]),
    ("under nothing, a new paragraph", unit(NOWHERE, floor=after(B), opens=True), []),
    ("after another family, in its paragraph", unit(MET, floor=after(B)), [("same-breath", "standing", B)]),
    ("after another family, a new paragraph", unit(MET, floor=after(B), opens=True), []),
    (
        "a new paragraph that follows the family",
        unit(MET, floor=after(A), opens=True),
        [("back-to-heading", "standing", A)],
    ),
    ("in the paragraph of the family again", unit(MET, floor=after(A)), [("same-breath", "standing", A)]),
    ("after a stranger, in the paragraph", unit(MET_STRANGER, floor=after(X)), [("same-breath", "standing", X)]),
    (
        "after a stranger, a new paragraph",
        unit(MET_STRANGER, floor=after(X), opens=True),
        [("back-to-heading", "standing", A)],
    ),
    (
        "after a stranger, behind the family",
        unit(MET_STRANGER, floor=after(X, A)),
        [("back-to-heading", "standing", A)],
    ),
    ("after a stranger, behind nobody", unit(MET_STRANGER), [("back-to-heading", "standing", A)]),
    ("in a list of who was there", unit(NOWHERE, attendance=True), [("who-was-there", "standing", NOBODY)]),
    ("on shared ground", unit(Ground(AB, "heading")), [("under-heading", "standing", AB)]),
    ("on shared ground where a stranger was met", unit(Ground(AB, "heading", X)), []),
    ("on a stranger's ground", unit(Ground(X, "heading")), [("under-heading", "standing", X)]),
]


@pytest.mark.parametrize(("context", "claims"), [each[1:] for each in STANDING], ids=[each[0] for each in STANDING])
def test_a_unit_that_names_nobody_stands_here_and_nowhere_else(
    context: Context, claims: list[tuple[object, ...]]
) -> None:
    found = [claim for rule in UNIT_RULES if (claim := rule(context))]
    assert sorted(claimed(found, ()), key=str) == sorted(claims, key=str)


def figure(parties: Parties, sex: str | None = None, *, many: bool = False) -> Figure:
    return Figure(parties, sex, many)


MEANT = [
    ("who fits in the unit", unit(here=(figure(A, "F"), figure(B, "M"))), "F", False, False, Meant(A)),
    ("all who fit", unit(here=(figure(A, "F"), figure(B, "F"))), "F", False, False, Meant(AB)),
    ("somebody of unknown sex may be meant too", unit(here=(figure(A, "F"), figure(B))), "F", False, False, Meant(AB)),
    ("a plural means everybody", unit(here=(figure(A, "F"), figure(B, "M"))), "F", True, False, Meant(AB)),
    ("several are no single person", unit(NOWHERE, here=(figure(B, many=True),)), "F", False, False, Meant(D)),
    ("a stranger behind the family is hardly meant", unit(here=(figure(A, "F"), figure(X, "F"))), "F", False, False, Meant(A, unsure=True)),
    ("a stranger before the family may be", unit(here=(figure(X, "F"), figure(A, "F"))), "F", False, False, Meant(A | X)),
    ("the last figure is not its own object", unit(here=(figure(A, "F"), figure(B, "F"))), "F", False, True, Meant(A)),
    ("a professional of that sex in the unit", unit(here=(figure(NOBODY, "F"),)), "F", False, False, Meant(NOBODY)),
    ("a professional of unknown sex in the unit", unit(NOWHERE, here=(figure(NOBODY),), floor=after(B)), "F", False, False, Meant(B)),
    ("a professional before", unit(NOWHERE, floor=(Entry(NOBODY, (figure(NOBODY, "F"),)),)), "F", False, False, Meant(NOBODY)),
    ("the unit before", unit(floor=(Entry(B, (figure(B, "F"),)),)), "F", False, False, Meant(B)),
    ("who is passed over is added", unit(floor=(Entry(B, (figure(B, "F"),)), Entry(A, (figure(A, "M"),)))), "F", False, False, Meant(AB, unsure=True)),
    ("a stranger of another sex is passed over for good", unit(floor=(Entry(B, (figure(B, "F"),)), Entry(X, (figure(X, "M"),)))), "F", False, False, Meant(B)),
    ("a stranger of unknown sex may be meant, and who came before", unit(floor=(Entry(B, (figure(B, "F"),)), Entry(X, (figure(X),)))), "F", False, False, Meant(B | X, unsure=True)),
    ("several strangers, one of unknown sex", unit(floor=(Entry(B, (figure(B, "F"),)), Entry(X, (figure(X, "M"), figure(X, many=True))))), "F", False, False, Meant(B | X, unsure=True)),
    ("the family of the ground", unit(), "F", False, False, Meant(A)),
    ("nobody of that sex on the ground", unit(of_family={"A": (1,)}), "F", False, False, Meant(D)),
    ("a ground on which another was met", unit(MET), "F", False, False, Meant(D)),
    ("a ground, and somebody passed over", unit(floor=(Entry(B, (figure(B, "M"),)),)), "F", False, False, Meant(AB)),
    ("nobody fits and somebody was passed over", unit(NOWHERE, floor=(Entry(B, (figure(B, "M"),)),)), "F", False, False, Meant(B | D)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("context", "sex", "many", "but_last", "meant"), [each[1:] for each in MEANT], ids=[each[0] for each in MEANT]
)
def test_a_word_of_reference_means_these_and_nobody_else(
    context: Context, sex: str, many: bool, but_last: bool, meant: Meant
) -> None:
    assert antecedents(context, sex, many=many, but_last=but_last) == meant


KNOWS = [
    ("somebody of that relation", {"relation": "mother"}, True),
    ("nobody of that relation", {"relation": "aunt"}, False),
    ("nobody of that sex with it", {"relation": "mother", "sex": "M"}, False),
    ("a child", {"child": True}, True),
    ("a child of that sex", {"child": True, "sex": "M"}, True),
    ("no child of that sex", {"child": True, "sex": "F"}, False),
]


@pytest.mark.parametrize(("facts", "known"), [each[1:] for each in KNOWS], ids=[each[0] for each in KNOWS])
def test_the_roster_knows_whom_it_has(facts: dict[str, object], known: bool) -> None:
    assert unit().knows("A", **facts) is known  # type: ignore[arg-type]  # passed on as they come


@pytest.mark.parametrize(
    ("people", "form", "claim"),
    [
        ((SON, SON), "child:", ("relative-on-the-ground", "referring", A)),
        ((MOTHER, MOTHER), "child:", ("relative-on-the-ground", "referring", A)),
        ((SON,), "sibling:", ("relative-on-the-ground", "passing", D)),
        ((MOTHER, SON), "child:", ("relative-on-the-ground", "passing", D)),
        ((MOTHER, MOTHER), "mother:", ("relative-on-the-ground", "referring", A)),
        ((MOTHER, SON), "mother:", ("relative-on-the-ground", "passing", D)),
    ],
    ids=["two children", "no child is listed", "siblings of one", "one child", "two mothers", "one mother"],
)
def test_a_plural_is_the_familys_if_its_entry_has_two_such_people_or_does_not_say(
    people: tuple[Facts, ...], form: str, claim: tuple[object, ...]
) -> None:
    context = unit(people=people, of_family={"A": tuple(range(len(people)))})
    assert claim in said("kin", context, form=form, many=True)


def test_the_roster_cannot_tell_where_it_does_not_say() -> None:
    silent = unit(of_family={"B": (3,)})
    assert [silent.knows("B", relation="mother"), silent.knows("B", sex="F"), silent.knows("B", child=True)] == [
        None
    ] * 3
    assert silent.knows("B") is True
    assert unit().knows("nobody's") is False


def test_girls_of_a_family_with_boys_alone_may_be_anybodys() -> None:
    claims = said("kin", unit(people=(SON, SON), of_family={"A": (0, 1)}), form="girl:", many=True, sex="F")
    assert ("relative-on-the-ground", "passing", D) in claims


def test_a_relative_whom_only_the_other_family_has_may_be_theirs() -> None:
    has = replace(OTHER, relations=frozenset({"uncle"}))
    context = unit(people=(MOTHER, SON, has, TWIN), of_family={"A": (0, 1), "B": (2,)})
    assert ("relative-of-another-family-only", "doubt", B) in said("kin", context, form="uncle:")
    for facts in ({"form": "uncle:", "owned": True}, {"form": "child:"}, {"form": "mother:"}, {"form": "aunt:"}):
        assert not [claim for claim in said("kin", context, **facts) if claim[0] == "relative-of-another-family-only"]


# --- the whole way ------------------------------------------------------------------------------

ROSTER = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Kayleigh Harper", "role": "mother", "sex": "F"}, {"name": "Jayden Harper", "role": "son", "sex": "M"}]},
            {"id": "B", "people": [{"name": "Ngozi Okafor", "role": "mother", "sex": "F"}, {"name": "Chidi Okafor", "role": "son", "sex": "M"}]},
        ]
    }
)  # fmt: skip


def found(text: str, roster: Roster = ROSTER, **more: object) -> Split:
    return split(Document.from_text(text), roster, **more)  # type: ignore[arg-type]  # passed on as they come


def about(text: str, part: str, **more: object) -> tuple[str, Parties | None, str | None]:
    """Status, parties and strength of the unit in which `part` stands."""
    result = found(text, **more)
    (told,) = [u for u in result.units if part in u.span.within(text)]
    return told.status, told.parties, told.strength


def test_people_of_two_families_with_one_full_name_keep_a_sentence_from_both() -> None:
    """Mutant: the claim of `same-full-name` is not heard, and the heading gives the sentence away."""
    twins = Roster.load(
        {
            "families": [
                {"id": "A", "people": [{"name": "Chloe Dunne"}, {"name": "Kayleigh Harper"}]},
                {"id": "B", "people": [{"name": "Chloe Dunne"}]},
            ]
        }
    )
    result = found("Harper family\n\nChloe Dunne rang on Monday.\n", twins)
    assert not result.view("A").excerpts[1:]
    assert all("Chloe" not in each.text for each in (*result.view("A").excerpts, *result.view("A").proposals))


def test_an_excerpt_that_was_pickled_is_the_same_excerpt_with_the_same_seal() -> None:
    import pickle

    excerpts = found("Harper family\n\nJayden is in Year 5.\n").view("A").excerpts
    assert excerpts
    for excerpt in excerpts:
        assert isinstance(excerpt, Excerpt)
        assert pickle.loads(pickle.dumps(excerpt)) == excerpt


def test_a_tag_has_the_form_of_the_web_annotation_data_model() -> None:
    """Every key and constant of it. Mutant: a key that no other tool reads."""
    text = "Harper family\n\nJayden is in Year 5.\n"
    excerpt = next(each for each in found(text).view("A").excerpts if each.text.startswith("Jayden"))
    tag = excerpt.tag
    assert tag.to_dict() == {
        "type": "SpecificResource",
        "source": excerpt.document_id,
        "state": {"type": "State", "digest": f"sha256:{excerpt.source_digest}"},
        "selector": [
            {"type": "TextPositionSelector", "start": 15, "end": 35},
            {"type": "TextQuoteSelector", "exact": "Jayden is in Year 5."},
        ],
        "heading": ["Harper family"],
        "rules": list(excerpt.rules),
        "policy": Policy().digest,
        "lexicon": tag.lexicon_digest,
        "generator": tag.library,
    }
    assert (tag.source_digest, len(tag.lexicon_digest)) == (excerpt.source_digest, 64)


def test_a_view_shows_headings_once_references_basis_and_proposals_with_their_rules() -> None:
    view = found("1. Harper family\n\nJayden is in Year 5.\n\nKayleigh rang.\n", policy=Policy(release="likely")).view(
        "A"
    )
    shown = view.show()
    assert shown.count("1. Harper family") == 2  # the heading's own excerpt, and once above what stands under it
    for number, excerpt in enumerate(view.excerpts, 1):
        assert f"[local-{number}, {excerpt.basis}] {excerpt.text}" in shown
    assert not shown.startswith("\n")


def test_a_plan_takes_its_purpose_recipients_and_entries_by_name_only_and_keeps_them_as_tuples() -> None:
    """Mutants: a list inside a frozen plan; a purpose that is taken for recipients."""
    with pytest.raises(TypeError):
        Plan("A", "purpose")  # type: ignore[misc]  # the wrong kind of value is what is tested
    filled = Plan("A").write("Own words.", field="harm")
    plan = Plan("A", purpose="p", recipients=["r"], entries=list(filled.entries))  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    assert (plan.recipients, plan.entries) == (("r",), filled.entries)
    assert hash(plan) == hash(replace(plan))


@pytest.mark.parametrize("family", [None, 7, "", "  "])
def test_a_plan_for_no_family_is_refused(family: object) -> None:
    with pytest.raises(PlanError) as refused:
        Plan(family)  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    assert (refused.value.code, refused.value.where) == ("plan-no-family", "plan")


def test_an_excerpt_of_another_family_in_a_plan_is_told_by_the_number_of_its_entry() -> None:
    pasted = Plan("B").paste(found("Okafor family\n\nChidi is in Year 7.\n").view("B").excerpts[-1], field="harm")
    own = Plan("A").write("Own words.", field="harm")
    with pytest.raises(ExcerptError) as refused:
        Plan("A", entries=(*own.entries, *pasted.entries))
    assert (refused.value.code, refused.value.where) == ("excerpt-other-family", "entry 2")


def test_a_unit_with_two_families_named_is_mixed_and_a_sentence_on_a_strangers_ground_is_a_strangers() -> None:
    """Mutants of the fold: `len(families) == 1` left out, `> 1` for `> 2`."""
    assert about("Harper family\n\nJayden met Chidi.\n", "met") == ("mixed", AB, None)
    status, parties, strength = about("Harper family\n\nMrs Lowe from number 9 called.\n", "Lowe")
    assert (status, strength) == ("stranger", None)
    assert parties is not None and STRANGER in parties


def test_what_names_the_family_is_named_and_what_stands_there_is_carried() -> None:
    """Mutant: the basis of everything is `carried`."""
    text = "Harper family\n\nJayden is in Year 5. Attendance is 88 %.\n"
    basis = {unit.span.within(text): unit.basis for unit in found(text).units}
    assert (basis["Jayden is in Year 5."], basis["Attendance is 88 %."]) == ("named", "carried")


def test_a_pronoun_looks_back_twelve_units_and_no_farther() -> None:
    """Mutant: `REACH` of 13. The floor keeps the last twelve units that spoke of anybody."""
    assert attribution.REACH == 12


@pytest.mark.parametrize(
    "name", ["tag", "cleared_for", "heading", "rules", "units", "recipients", "document_id", "basis"]
)
def test_every_field_of_an_excerpt_is_under_its_seal(name: str) -> None:
    """On its way through a pickle, where anything could be changed. Mutants: a tag or a set that the seal takes for its type."""
    excerpt = found("Harper family\n\nJayden is in Year 5.\n").view("A").excerpts[-1]
    made, values = excerpt.__reduce__()
    changed = {
        "tag": replace(excerpt.tag, policy_digest="0" * 64), "cleared_for": AB, "heading": ("Okafor family",), "rules": (), "units": (),
        "recipients": ("father-1",), "document_id": "another", "basis": "decided",
    }  # fmt: skip
    place = [f.name for f in fields(Excerpt)].index(name)
    with pytest.raises(ExcerptError) as refused:
        made(*values[:place], changed[name], *values[place + 1 :])
    assert refused.value.code == "excerpt-edited"


def test_what_goes_out_is_this_json_byte_for_byte() -> None:
    outward = found("Harper family\n\nJayden is in Year 5.\n").view("A").outward()
    assert outward.to_json() == (
        b'{"headings":[[],["Harper family"]],"references":["local-1","local-2"],"texts":["Harper family","Jayden is in Year 5."]}'
    )


def test_a_view_shows_its_headings_above_what_stands_under_them() -> None:
    shown = found("Harper family\n\nJayden is in Year 5.\n").view("A").show()
    assert shown == "[local-1, named] Harper family\n\nHarper family\n[local-2, named] Jayden is in Year 5."


def test_cells_of_one_row_are_one_excerpt_and_cells_of_two_rows_are_two() -> None:
    """Mutant: rows are looked at and not compared."""
    text = "Harper family\n\n| Jayden Harper | Jayden is well |\n| Jayden Harper | Kayleigh rang |\n"
    texts = [each.text for each in found(text).view("A").excerpts]
    assert texts == ["Harper family", "Jayden Harper | Jayden is well", "Jayden Harper | Kayleigh rang"]


def test_a_record_with_words_has_the_headings_apart_by_a_slash() -> None:
    rows = found("1. Harper family\n\n1.1 Jayden\n\nJayden is in Year 5.\n").view("A").to_records(words=True)
    assert rows[-1]["heading"] == "1. Harper family / 1.1 Jayden"


def test_a_unit_that_is_cleared_for_nobodys_reason_is_told_by_its_number() -> None:
    result = found("Harper family\n\nJayden met Chidi.\n")
    wrong = replace(next(u for u in result.units if u.status == "mixed"), cleared_for=A)
    with pytest.raises(ViewError) as refused:
        replace(result, units=(wrong,)).view("A")
    assert (refused.value.code, refused.value.where) == ("view-contradiction", f"unit {wrong.number}")


def test_an_empty_plan_is_refused_as_a_plan() -> None:
    for call in (Plan("A").to_json, Plan("A").to_docx):
        with pytest.raises(PlanError) as refused:
            call()
        assert (refused.value.code, refused.value.where) == ("plan-empty", "plan")


@pytest.mark.parametrize("where", ["document", "block"])
def test_a_word_document_that_was_not_read_whole_makes_no_plan(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutants: only the faults of the document count, or only both together."""
    read = Document.from_text("Danger and harm\nOwn words.\n")
    block = Block(Span(0, 15), "paragraph", faults=("unread",) if where == "block" else ())
    read = replace(
        read, blocks=(block,), faults=(Fault("unread", "part 1", "is not read"),) if where == "document" else ()
    )
    monkeypatch.setattr("minutes_split.plan.read", lambda data: read)
    with pytest.raises(PlanError) as refused:
        Plan.from_docx(b"", splits=(), family="A")
    assert (refused.value.code, refused.value.where) == ("plan-unread", "document")
