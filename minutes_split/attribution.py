"""The fold: the claims of a unit become its attribution, and that becomes the state for the next.

1. Where the unit stands: which ground, and who owns it.
2. Each mention is put to the rules of its kind; a mention that no rule settles is a doubt.
3. Direct and referring claims make the parties; where there are none, standing claims do.
4. A doubt about anybody but the family withholds; the class of the evidence says how strong the rest is.
5. The parties, and nothing else, are handed on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from minutes_split.document import Block
from minutes_split.frame import Frame, Place
from minutes_split.mentions.base import Mention, together
from minutes_split.mentions.directory import Directory
from minutes_split.policy import Policy
from minutes_split.rules import BY_KIND, RULE_NAMES, UNIT_RULES
from minutes_split.rules.base import (
    DOUBT,
    NOBODY,
    STRANGER,
    Claim,
    Context,
    Entry,
    Figure,
    Ground,
    Parties,
)
from minutes_split.spans import Span
from minutes_split.tables import Stand
from minutes_split.units import Piece

Status = Literal["owned", "mixed", "stranger", "unresolved", "nobody"]
"""`owned` by one family; `mixed` several; `stranger` somebody on no roster; `unresolved` nobody could tell; `nobody` procedure."""

Strength = Literal["certain", "likely", "decided"]
Basis = Literal["named", "carried", "decided"]

UNSURE = ", unsure"
"""Ends the class of evidence of a unit with a claim that is less than sure."""

REACH = 12
"""Units that a pronoun may look back; farther back nobody is found, and the pronoun stays a doubt."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing attributed, and what it was attributed to."""

    number: int
    """Its place in the document, from 0."""
    span: Span
    """Between two units stands nothing but white space and the borders of cells."""
    key: str = field(repr=False)
    """Stable name of the unit in an amended document: a digest of its normalised text, its heading path and its rank among equals."""
    block: int
    """Which block it stands in, from 0."""
    status: Status
    parties: frozenset[str] | None = field(repr=False)
    """Family ids and the two reserved members; `None` where nobody could tell, empty where it is about nobody."""
    strength: Strength | None = None
    """Of an owned unit only."""
    basis: Basis | None = None
    """`named` in the unit itself, `carried` by its position or a pronoun, `decided` by a person."""
    cleared_for: frozenset[str] = field(default=frozenset(), repr=False)
    """The families to which its text may go as an excerpt."""
    headings: tuple[int, ...] = ()
    """Numbers of the heading units that it stands under, outermost first."""
    evidence: str = ""
    """The class of its evidence: how it is known / what it stands under / whom was met there."""
    reasons: tuple[str, ...] = ()
    """Names of the rules that decided it."""
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    row: tuple[int, int] | None = None
    """Table and row, of a cell of a table that is laid out by rows."""
    readers: tuple[tuple[str, frozenset[str]], ...] = field(default=(), repr=False)
    """Families to which a person disclosed it for some recipients only, with these."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the claims of one unit come to."""

    status: Status
    parties: Parties | None = field(repr=False)
    strength: Strength | None
    basis: Basis | None
    evidence: str
    claims: tuple[Claim, ...] = field(repr=False)
    figures: tuple[Figure, ...] = field(repr=False)

    @property
    def handed_on(self) -> Parties:
        """The parties that the next unit gets to know of."""
        if self.parties is not None:
            return self.parties
        return frozenset({DOUBT}) if any(claim.how != "standing" for claim in self.claims) else NOBODY


class Fold:
    """The state of one document while its units are attributed in order."""

    def __init__(
        self,
        blocks: tuple[Block, ...],
        frame: Frame,
        directory: Directory,
        policy: Policy,
        cells: dict[int, Stand],
        identified: dict[str, dict[int, Parties]],
    ) -> None:
        self.blocks = blocks
        self.frame = frame
        self.directory = directory
        self.policy = policy
        self.certain, self.too_weak = frozenset(policy.certain), frozenset(policy.too_weak)
        self.cells = cells
        """For each block that is a table cell, the row or column that it stands in."""
        self.identified = identified
        """Unit key -> offset of a mention in the unit -> whom a person says it is."""
        self.named: dict[int, Parties] = {}
        """For each heading or lead-in block, whom it names."""
        self.reach: object = None
        self.met: dict[tuple[object, ...], tuple[Parties, bool]] = {}
        """For each reach of a heading, lead-in or row: who else was met on it, and whether its own name has come back since."""
        self.scope: tuple[object, ...] = ()
        self.floor: tuple[Entry, ...] = ()
        self.topic: Parties | None = None
        """Where no heading names anybody: the family that was last named alone."""
        self.closed: set[int] = set()
        """Heading blocks of parts that the family did not hear."""
        self.bare: int | None = None
        """A numbered heading that names nobody, until its first line has been read."""

    def attribute(self, piece: Piece, mentions: tuple[Mention, ...], key: str) -> Attribution:
        """The attribution of the next unit."""
        place = self.frame.places[piece.block]
        ground = self._ground(piece, place)
        context = Context(
            mentions, ground, self.floor, (), piece.first, place.heading and piece.first, place.attendance,
            self.directory.people, self.directory.of_family, _named(mentions), self.policy.unread_words,
        )  # fmt: skip
        claims, figures = _claims(context, self.identified.get(key, {}), piece.span.start)
        found = self._folded(context, claims, figures)
        if piece.block in self.frame.running:
            self._pass_by(place, ground, found)
        else:
            self._hand_on(piece, place, ground, found)
        return found

    # 1

    def _ground(self, piece: Piece, place: Place) -> Ground:
        """Who owns the place where the unit stands; a new reach forgets whom the old one met, and grants nothing of it."""
        owner: Parties | None = None
        kind: Literal["heading", "lead-in", "row", "column", "topic", "none"] = "none"
        under = place.headings[:-1] if place.heading and piece.first else place.headings
        for number in under:
            if self.named.get(number):
                owner, kind = self.named[number], "heading"
        if place.lead_in is not None and self.named.get(place.lead_in):
            owner, kind = self.named[place.lead_in], "lead-in"
        stand = self.cells.get(piece.block)
        if stand is not None and (stand.owner or stand.kind == "column"):
            owner, kind = stand.owner or None, stand.kind
        key = stand.key if stand is not None else None
        alone = place.listed or (stand is not None and stand.kind == "column")
        reach = (place.headings, place.lead_in, key, piece.block if alone else None)
        running = piece.block in self.frame.running
        if reach != self.reach and not running:
            self.floor = ()
            if self.scope[:1] != reach[:1]:
                self.topic = None
            self.reach = reach
        if not running:
            self.scope = reach[:3] if place.lead_in is not None or key is not None else reach[:1]
        if owner is None and self.topic is not None:
            owner, kind = self.topic, "topic"
        if self.scope not in self.met and len(self.scope) > 1 and kind not in ("lead-in", "row", "column"):
            self.met[self.scope] = self.met.get(self.scope[:1], (NOBODY, False))  # what the heading has met
        met, returned = self.met.get(self.scope, (NOBODY, False))
        closed = any(number in self.closed for number in place.headings)
        return Ground(owner, kind, met, returned, closed)

    # 3, 4

    def _folded(self, context: Context, claims: tuple[Claim, ...], figures: tuple[Figure, ...]) -> Attribution:
        said: defaultdict[str, list[Parties]] = defaultdict(list)
        for claim in claims:
            said[claim.how].append(claim.parties)
        direct = together(said["direct"])
        doubts = together(said["doubt"] + said["passing"])
        granted = together(said["direct"] + said["referring"])
        basis: Basis = "named" if direct else "carried"
        how = "direct" if direct else "referring"
        if not granted:
            granted, how = together(said["standing"]), "standing"
        everybody = granted | doubts if doubts else granted
        if how == "direct" and any(claim.rule == "pronoun-of-last" for claim in claims):
            how = "direct with pronoun"
        if direct and self._begins_with(context, direct):
            how = how.replace("direct", "opening")
        evidence = self._class(context, how, granted)
        if any(claim.unsure for claim in claims):
            evidence += UNSURE
        families = granted - {STRANGER, DOUBT}
        if len(granted) == 1 and len(families) == 1 and everybody == granted and self._too_weak(evidence):
            claims = (*claims, Claim("too-weak", "passing", frozenset({DOUBT})))
            return Attribution("unresolved", granted | {DOUBT}, None, None, evidence, claims, figures)
        if len(granted) == 1 and len(families) == 1 and everybody == granted:
            strength: Strength = "certain" if self._certain(evidence) else "likely"
            return Attribution("owned", granted, strength, basis, evidence, claims, figures)
        if not everybody:
            about_nobody = bool(said["referring"] or said["standing"])
            return Attribution(
                "nobody" if about_nobody else "unresolved",
                NOBODY if about_nobody else None,
                None,
                None,
                evidence,
                claims,
                figures,
            )
        status: Status = "unresolved"
        if len(families) > 1:
            status = "mixed"
        elif STRANGER in granted:
            status = "stranger"
        return Attribution(status, everybody, None, None, evidence, claims, figures)

    def _begins_with(self, context: Context, direct: Parties) -> bool:
        """Whether the name of the family begins a unit that stands on no ground of its own: who is named first is spoken of."""
        if context.ground.owner == direct or context.heading or not context.mentions:
            return False
        first = context.mentions[0]
        return first.begins and first.kind == "name" and first.families == direct

    def _certain(self, evidence: str) -> bool:
        """An unsure class is certain only if its sure one is, so that one more claim never makes anything surer."""
        return evidence in self.certain and evidence.removesuffix(UNSURE) in self.certain

    def _too_weak(self, evidence: str) -> bool:
        return evidence in self.too_weak or evidence.removesuffix(UNSURE) in self.too_weak

    def _class(self, context: Context, how: str, granted: Parties) -> str:
        """The class of evidence: how it is known / what it stands under / whom was met there.

        What is carried within a paragraph is a class of its own: a new paragraph is where a subject changes.
        """
        ground = context.ground
        met = "clean"
        settled = len(self.floor) > 1 and all(entry.parties == granted and entry.firm for entry in self.floor[-2:])
        if settled and (ground.met or ground.returned):
            met = "settled"
        elif ground.met - {STRANGER, DOUBT}:
            met = "family"
        elif ground.met:
            met = "other"
        elif ground.returned:
            met = "returned"
        if context.heading:
            return f"{how}/heading line"
        within = how in ("referring", "standing") and not context.opens
        if ground.owner is None or (ground.kind == "topic" and ground.owner != granted):
            where = "bare paragraph" if within else "none"
        elif ground.owner == granted:
            where = ground.kind
            if within and ground.kind == "topic":
                where = "paragraph"
            elif within and how == "referring" and met != "clean":
                where = f"{ground.kind} paragraph"
        elif ground.owner - {DOUBT} == granted:
            where = f"doubted {ground.kind}"
        else:
            where = f"{'shared' if granted <= ground.owner else 'foreign'} {'paragraph' if within else ground.kind}"
        return f"{how}/{where}/{met}"

    # 5

    def _hand_on(self, piece: Piece, place: Place, ground: Ground, found: Attribution) -> None:
        parties = found.handed_on
        if place.heading and piece.first:
            self._name_heading(piece, place, found)
            return
        if self.bare is not None and place.headings and place.headings[-1] == self.bare and ground.owner is None:
            exact = _union(found.claims, "direct")
            if len(exact) == 1 and piece.first:
                self.named[self.bare] = exact | (parties & {STRANGER})
        self.bare = None
        if self.blocks[piece.block].span.end == piece.span.end or piece.first:
            self._lead_in(piece, parties)
        alone = found.parties if found.status == "owned" and found.parties is not None else NOBODY
        owner = ground.owner if ground.owner is not None else alone
        met, returned = self.met.get(self.scope, (NOBODY, False))
        if ground.kind in ("topic", "none") and found.status == "owned" and _union(found.claims, "direct"):
            returned = returned and parties == self.topic
            self.topic = owner = parties
        if parties == owner and len(owner) == 1 and any(claim.rule == "exact-name" for claim in found.claims):
            self.met[self.scope] = NOBODY, returned or bool(met)
        else:
            lasting = _lasting(parties, found.claims) - owner
            for scope in {self.scope, self.scope[:1]}:
                met, returned = self.met.get(scope, (NOBODY, False))
                self.met[scope] = met | lasting, returned
        if parties or found.figures:
            firm = any(claim.parties and claim.rule != "back-to-heading" for claim in found.claims)
            self.floor = (*self.floor[-REACH + 1 :], Entry(_lasting(parties, found.claims), found.figures, firm))

    def _pass_by(self, place: Place, ground: Ground, found: Attribution) -> None:
        """A running line gives nobody the floor. If it speaks of others than the owner, nobody can tell whom the next words mean."""
        others = found.handed_on - (ground.owner or NOBODY)
        if others:
            for scope in {self.scope or (place.headings,), (place.headings,)}:
                met, returned = self.met.get(scope, (NOBODY, False))
                self.met[scope] = met | others, returned
            self.floor = (*self.floor[-REACH + 1 :], Entry(others | {DOUBT}))

    def _name_heading(self, piece: Piece, place: Place, found: Attribution) -> None:
        """Whom a heading names owns what stands under it; one that names nobody leaves that to the heading above it.

        One family named exactly owns it, whatever doubt is beside it. The title of the paper names the body that
        met: a stranger in it is nobody; and relatives of nobody's are no owners.
        """
        if piece.block != self.frame.title and any(claim.rule == "not-for-the-family" for claim in found.claims):
            self.closed.add(piece.block)
        told = [claim for claim in found.claims if claim.how != "standing"]
        parties = NOBODY.union(*(claim.parties for claim in told))
        exact = _union(found.claims, "direct")
        if len(exact) == 1 and parties - exact <= {DOUBT}:
            parties = exact
        if (piece.block == self.frame.title or _only_relatives(told)) and not exact:
            parties = NOBODY
        if parties:
            self.named[piece.block] = parties
        elif place.numbered and not told:
            self.bare = piece.block
        self.floor = (Entry(parties, found.figures),) if parties else ()

    def _lead_in(self, piece: Piece, parties: Parties) -> None:
        if parties:
            self.named.setdefault(piece.block, parties)


# 2


def _claims(
    context: Context, identified: dict[int, Parties], start: int
) -> tuple[tuple[Claim, ...], tuple[Figure, ...]]:
    """Every claim about the unit, and the figures that it hands on."""
    claims: list[Claim] = []
    figures: list[Figure] = []
    whose: list[Parties] = []
    for mention in context.mentions:
        here = _with_here(context, figures)
        if mention.span.start - start in identified:
            said = [Claim("a-person-decided", "direct", identified[mention.span.start - start], (mention.span,))]
        else:
            said = [claim for rule in BY_KIND[mention.kind] if (claim := rule(here, mention))]
        if not said:
            said = [Claim("unsettled", "doubt", frozenset({DOUBT}), (mention.span,))]
        claims.extend(said)
        meant = together([claim.parties for claim in said])
        if mention.kind == "kin" and not meant and mention.owner is not None and mention.owner < len(whose):
            meant = whose[mention.owner]  # "Kayleigh's mother"
        whose.append(meant)
        if mention.kind in _FIGURES and not mention.speaks and (meant or mention.kind == "professional"):
            _speak_of(figures, Figure(meant, mention.sex, mention.many))
    claims.extend(claim for rule in UNIT_RULES if (claim := rule(context)))
    return tuple(claims), tuple(figures)


def _speak_of(figures: list[Figure], figure: Figure) -> None:
    """Adds a figure. Of one that comes back, the first place counts and, until another follows, the last."""
    if figures and figures[-1] in figures[:-1]:
        figures.pop()
    figures.append(figure)


def _named(mentions: tuple[Mention, ...]) -> Parties:
    return together(
        [
            mention.families
            for mention in mentions
            if len(mention.families) == 1
            and (mention.kind == "name" or (mention.kind == "identifier" and mention.form == "value"))
            and mention.form not in ("either", "surname-other")
        ]
    )


_FIGURES = frozenset(
    {
        "name",
        "label",
        "professional",
        "near",
        "letter",
        "kin",
        "pronoun",
        "outsider",
        "stranger",
        "someone",
        "contrast",
        "nearby",
    }
)


def _with_here(context: Context, figures: list[Figure]) -> Context:
    if not figures:
        return context
    return Context(
        context.mentions, context.ground, context.floor, tuple(figures), context.opens, context.heading,
        context.attendance, context.people, context.of_family, context.named, context.unread_words,
    )  # fmt: skip


def _only_relatives(told: list[Claim]) -> bool:
    """ "Views of the children": a title that tells what is spoken of, and not of whom."""
    return all(claim.rule == "relative-on-the-ground" and claim.parties <= {DOUBT} for claim in told if claim.parties)


def _lasting(parties: Parties, claims: tuple[Claim, ...]) -> Parties:
    """The parties without a doubt that ends with its unit."""
    if DOUBT in parties and not any(DOUBT in claim.parties for claim in claims if claim.how in ("doubt", "referring")):
        return parties - {DOUBT}
    return parties


def _union(claims: tuple[Claim, ...], how: str) -> Parties:
    return together([claim.parties for claim in claims if claim.how == how])


__all__ = ["RULE_NAMES", "Attribution", "Basis", "Fold", "Status", "Strength", "Unit"]
