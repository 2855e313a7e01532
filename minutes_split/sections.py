"""Minutes split by family: every unit with its attribution, runs of them as sections, and what each family may see."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, TypeVar

import regex

from minutes_split.attribution import Attribution, Fold, Status, Strength, Unit
from minutes_split.blocks import blocks as blocks_of
from minutes_split.decisions import Answers, Confirm, Decision, Disclose, Identify, answers
from minutes_split.document import Block, Document
from minutes_split.errors import DecisionError, Fault, ViewError
from minutes_split.folding import fold
from minutes_split.frame import Frame, frame
from minutes_split.guard import FamilyView, family_view
from minutes_split.lexicon import Lexicon, default_lexicon
from minutes_split.mentions.base import Mention
from minutes_split.mentions.declared import declared
from minutes_split.mentions.directory import directory
from minutes_split.mentions.find import find_mentions
from minutes_split.mentions.phrases import phrases
from minutes_split.mentions.reading import Known
from minutes_split.mentions.recognised import Recogniser, with_recognised
from minutes_split.policy import Policy
from minutes_split.protected import is_for, protected_units
from minutes_split.roster import Roster
from minutes_split.rules import RULE_NAMES, RULES, UNIT_RULES
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Parties
from minutes_split.rules.closed import WITHHOLDING
from minutes_split.spans import Span
from minutes_split.tables import Stand, stands
from minutes_split.units import Piece, pieces

Severity = Literal["high", "medium", "low"]
"""`high`: an offence or allegation stands in it; `medium`: the family is concerned; `low`."""


Value = TypeVar("Value")

WithheldReason = Literal["mixed", "stranger", "unresolved", "another-family", "protected", "closed", "unread-place"]


@dataclass(frozen=True, slots=True)
class Section:
    """A run of units with one attribution under one heading. Sections tile the text, white space included."""

    span: Span
    units: tuple[int, ...]
    """Numbers of its units."""
    headings: tuple[int, ...]
    """Numbers of the heading units that it stands under."""
    status: Status
    strength: Strength | None
    parties: Parties | None = field(repr=False)
    cleared_for: Parties = field(repr=False)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A unit that a family does not get, and why. No words."""

    unit: int
    key: str = field(repr=False)
    span: Span
    reason: WithheldReason
    """`closed`: who told, or a part that was not for the family; `unread-place`: not read whole."""
    severity: Severity
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithheldFrom:
    """What a family does not get: what concerns it, one by one and the gravest first; the rest as a count by reason."""

    concerns: tuple[Withheld, ...] = field(repr=False)
    others: tuple[tuple[str, int], ...]

    def __repr__(self) -> str:
        return f"<WithheldFrom: {len(self.concerns)} units concern the family, {sum(n for _, n in self.others)} do not>"

    def __iter__(self) -> Iterator[Withheld]:
        return iter(self.concerns)

    def __len__(self) -> int:
        return len(self.concerns)


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that spoke about a unit."""

    rule: str
    sentence: str
    """What the rule says, in one plain sentence."""
    how: str
    spans: tuple[Span, ...]
    parties: Parties = field(repr=False)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a unit was decided as it was. `show(text)` is the display with words."""

    unit: int
    span: Span
    status: Status
    strength: Strength | None
    evidence: str
    reasons: tuple[Reason, ...]

    def show(self, document: Document) -> str:
        """The unit and its reasons, with the words that they rest on."""
        lines = [f"{self.span.start}-{self.span.end}: {self.status}{f', {self.strength}' if self.strength else ''}"]
        for reason in self.reasons:
            words = "; ".join(f'"{" ".join(span.within(document.text).split())}"' for span in reason.spans)
            whom = ", ".join(sorted(reason.parties)) or "nobody"
            lines.append(f"  {reason.rule} ({reason.how}: {whom}){f' on {words}' if words else ''}. {reason.sentence}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Question:
    """Who is meant here? One answer (`Identify`) settles this unit and what leans on it."""

    key: str = field(repr=False)
    """The mention's key, for `Identify`."""
    unit: int
    span: Span
    rule: str
    candidates: tuple[str, ...] = field(repr=False)
    """Family ids, with "X" where it may be somebody on no roster."""
    settles: int = 1
    """How many units it would settle: its own and those that lean on it."""
    stale: tuple[Decision, ...] = field(default=(), repr=False)
    """Earlier answers, most likely to this question, that no longer fit the minutes; they have no effect."""


class Splitter:
    """A roster compiled once, for any number of documents."""

    def __init__(
        self,
        roster: Roster,
        *,
        policy: Policy | None = None,
        lexicon: Lexicon | None = None,
        recognisers: Sequence[Recogniser] = (),
    ) -> None:
        """`recognisers` see people in a text; what they see can only be doubted, never granted."""
        self.roster = roster
        self.policy = policy or Policy()
        self.lexicon = lexicon or default_lexicon()
        self.recognisers = tuple(recognisers)
        self._phrases = phrases(self.lexicon)
        self._directory = directory(roster, self.lexicon)

    def __repr__(self) -> str:
        return f"<Splitter: {len(self.roster.families)} families>"

    def split(self, minutes: Document | str, *, decisions: Iterable[Decision] = ()) -> Split:
        """`minutes` with every unit attributed, and what a person decided taken in.

        Raises: `ReadError` for a text that is empty or no text; `DecisionError` for decisions that contradict each other.
        """
        decided = tuple(decisions)
        document = minutes if isinstance(minutes, Document) else Document.from_text(minutes)
        layout = blocks_of(document)
        declares = frame(document, layout, self.lexicon)
        known = Known(
            self._directory,
            self._phrases,
            declared(document, declares, self._directory, self._phrases),
            self.policy.near_score,
        )
        places = pieces(document, layout)
        mentions = [
            find_mentions(
                known,
                fold(document.text[piece.span.start : piece.span.end]),
                piece.span.start,
                heading=declares.places[piece.block].heading,
            )
            for piece in places
        ]
        if self.recognisers:
            mentions = with_recognised(document.text, places, mentions, self.recognisers)
        keys = _keys(document, declares, places, mentions)
        told = answers(decided, document_id=document.document_id, families=self.roster.ids)
        cells = stands(layout, places, mentions)
        state = Fold(layout, declares, self._directory, self.policy, cells, _identified(told))
        found = (state.attribute(*each) for each in zip(places, mentions, keys, strict=True))
        units = _units(declares, places, keys, found, self.policy, told, cells)
        _require_open(document, units, self.roster, told)
        units = _withheld_places(units, document, layout, self.policy)
        stale = _stale(decided, units, mentions, document.document_id)
        names = tuple(recogniser.name for recogniser in self.recognisers)
        return Split(
            document, self.roster, self.policy, units, layout, decided, stale, self.lexicon, names, _own(units)
        )


def split(
    minutes: Document | str, roster: Roster, *, policy: Policy | None = None, decisions: Iterable[Decision] = ()
) -> Split:
    """`minutes` split by the families of `roster`; the same as `Splitter(roster).split(minutes)`."""
    return Splitter(roster, policy=policy).split(minutes, decisions=decisions)


@dataclass(frozen=True, slots=True)
class Split:
    """Minutes with every unit attributed. Its `repr` shows counts only."""

    document: Document = field(repr=False)
    roster: Roster = field(repr=False)
    policy: Policy = field(repr=False)
    units: tuple[Unit, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    stale: tuple[Decision, ...] = field(default=(), repr=False)
    """Decisions whose place is no longer there, or no longer one; they have no effect."""
    lexicon: Lexicon = field(default_factory=default_lexicon, repr=False)
    recognisers: tuple[str, ...] = ()
    """Names of the caller's recognisers that were used."""

    own: Mapping[str, tuple[int, ...]] | None = field(default=None, repr=False, compare=False)
    """Family -> numbers of the units that its view is made from; without it a view reads all units."""

    @property
    def words_digest(self) -> str:
        """Digest of the lexicon, followed by the name of each recogniser; it stands in tags and releases."""
        return "+".join((self.lexicon.digest, *self.recognisers))

    def __repr__(self) -> str:
        counts = Counter(unit.status for unit in self.units)
        told = ", ".join(f"{counts[status]} {status}" for status in sorted(counts))
        return f"<Split: {len(self.roster.families)} families, {len(self.units)} units: {told}>"

    def _repr_html_(self) -> str:
        counts = Counter(unit.status for unit in self.units)
        rows = "".join(f"<tr><td>{status}</td><td>{counts[status]}</td></tr>" for status in sorted(counts))
        return f"<table><caption>Split of {len(self.units)} units</caption><tr><th>status</th><th>units</th></tr>{rows}</table>"

    def view(self, family: str, recipients: Iterable[str] = ()) -> FamilyView:
        """All that the rules or a named person attribute to `family` alone.

        Raises: `ViewError` for a family or a recipient that the roster does not know.
        """
        return family_view(
            self.document, self._own(family), family, roster=self.roster, policy=self.policy, recipients=tuple(recipients),
            lexicon_digest=self.words_digest,
        )  # fmt: skip

    def _own(self, family: str) -> Sequence[Unit]:
        if self.own is None:
            return self.units
        return [self.units[number] for number in self.own.get(family, ())]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Runs of units with one attribution under one heading; together they are the whole text."""
        if not self.units:
            return (Section(Span(0, len(self.document.text)), (), (), "nobody", None, NOBODY, NOBODY),)
        runs: list[list[Unit]] = []
        for unit in self.units:
            if runs and _alike(runs[-1][-1], unit):
                runs[-1].append(unit)
            else:
                runs.append([unit])
        starts = [0, *(run[0].span.start for run in runs[1:]), len(self.document.text)]
        return tuple(
            Section(
                Span(starts[i], starts[i + 1]), tuple(unit.number for unit in run), run[0].headings,
                run[0].status, run[0].strength, run[0].parties, run[0].cleared_for,
            )
            for i, run in enumerate(runs)
        )  # fmt: skip

    def withheld(self, family: str, recipients: Iterable[str] = ()) -> WithheldFrom:
        """What `family` does not get: neither excerpt nor proposal nor shared.

        Raises: `ViewError` for a family or a recipient that the roster does not know.
        """
        known = self.roster.family(family)
        if known is None:
            raise ViewError("view-unknown-family", "family", "is no family of the roster")
        recipients = tuple(recipients)
        protected = protected_units(self.document, self.units, known, recipients=recipients)
        concerns, others = [], Counter[str]()
        for unit in self.units:
            hidden = unit.number in protected and unit.status != "nobody"
            reason: WithheldReason | None = "protected" if hidden else _reason(unit, family, recipients)
            if reason is None:
                continue
            concerned = family in (unit.parties or NOBODY) or reason in ("protected", "closed", "unread-place")
            if concerned or (reason != "another-family" and self._stands_under(unit, family)):
                severity: Severity = (
                    "high" if self._accuses(unit) else "medium" if family in (unit.parties or NOBODY) else "low"
                )
                concerns.append(Withheld(unit.number, unit.key, unit.span, reason, severity, unit.reasons))
            else:
                others[reason] += 1
        concerns.sort(key=lambda w: (("high", "medium", "low").index(w.severity), w.unit))
        return WithheldFrom(tuple(concerns), tuple(sorted(others.items())))

    def shared(self) -> tuple[Unit, ...]:
        """The units that are about nobody: procedure, attendance. They are in no view."""
        return tuple(unit for unit in self.units if unit.status == "nobody")

    def explain(self, offset: int) -> Explanation:
        """Why the unit at this code point of the text was decided as it was.

        Raises: `ViewError` for a place outside the text.
        """
        if not 0 <= offset < len(self.document.text):
            raise ViewError("explain-offset", "offset", "lies outside the text")
        unit = next((u for u in reversed(self.units) if u.span.start <= offset), self.units[0])
        reasons = tuple(
            Reason(
                claim.rule, _sentences().get(claim.rule, "A person decided it."), claim.how, claim.spans, claim.parties
            )
            for claim in unit.claims
            if claim.how != "standing" or not any(c.how in ("direct", "referring") and c.parties for c in unit.claims)
        )
        return Explanation(unit.number, unit.span, unit.status, unit.strength, unit.evidence, reasons)

    def questions(self) -> tuple[Question, ...]:
        """Who is meant where nobody could tell, the answer that settles most first.

        A unit that only leans on one that is asked about is not asked about itself: the answer settles it, or it is
        asked about in the next split.
        """
        found = []
        settled: set[int] = set()
        for unit in self.units:
            doubts = [
                claim for claim in unit.claims if claim.how in ("doubt", "passing") and claim.spans and claim.parties
            ]
            if unit.status not in ("unresolved", "mixed", "stranger") or not doubts or unit.number in settled:
                continue
            leaning = self._leaning(unit)
            settled.update(range(unit.number + 1, unit.number + 1 + leaning))
            claim = doubts[0]
            candidates = tuple(sorted(claim.parties - {DOUBT, STRANGER})) or tuple(self.roster.ids)
            found.append(
                Question(
                    f"{unit.key}@{claim.spans[0].start - unit.span.start}", unit.number, claim.spans[0], claim.rule,
                    candidates, 1 + leaning,
                )
            )  # fmt: skip
        asked = tuple(sorted(found, key=lambda question: (-question.settles, question.unit)))
        return _with_stale(asked, self.stale) if self.stale else asked

    def to_records(self) -> list[dict[str, str | int | None]]:
        """A row of scalars for each unit, without words, for pandas, polars or Arrow."""
        return [
            {
                "unit": unit.number, "start": unit.span.start, "end": unit.span.end, "key": unit.key, "status": unit.status,
                "strength": unit.strength, "basis": unit.basis, "evidence": unit.evidence,
                "parties": None if unit.parties is None else " ".join(sorted(unit.parties)),
                "cleared_for": " ".join(sorted(unit.cleared_for)), "reasons": " ".join(unit.reasons),
            }
            for unit in self.units
        ]  # fmt: skip

    def _stands_under(self, unit: Unit, family: str) -> bool:
        return any(self.units[number].parties == frozenset({family}) for number in unit.headings)

    def _accuses(self, unit: Unit) -> bool:
        return _accusing(self.lexicon).search(fold(unit.span.within(self.document.text)).text.casefold()) is not None

    def _leaning(self, unit: Unit) -> int:
        """The units behind it that nobody could tell and that have no doubt of their own."""
        count = 0
        for later in self.units[unit.number + 1 :]:
            if later.headings != unit.headings or later.status not in ("unresolved", "stranger"):
                break
            if any(claim.how in ("doubt", "passing") and claim.rule != "pronoun-of-last" for claim in later.claims):
                break
            count += 1
        return count


def compare(old: Split, new: Split) -> tuple[tuple[str, str, Parties, Parties], ...]:
    """What changed between two splits of one text: unit key, "released" or "withdrawn", cleared before, cleared now."""
    before = {unit.key: unit.cleared_for for unit in old.units}
    changes = []
    for unit in new.units:
        was = before.get(unit.key, NOBODY)
        if was != unit.cleared_for:
            changes.append((unit.key, "released" if unit.cleared_for - was else "withdrawn", was, unit.cleared_for))
    return tuple(changes)


def _alike(before: Unit, unit: Unit) -> bool:
    return (before.status, before.strength, before.parties, before.cleared_for, before.headings) == (
        unit.status, unit.strength, unit.parties, unit.cleared_for, unit.headings,
    )  # fmt: skip


def _reason(unit: Unit, family: str, recipients: Sequence[str]) -> WithheldReason | None:
    """Why the family does not get the unit; `None` if it does, or may be asked to confirm it, or it is about nobody."""
    if unit.status == "nobody" or (family in unit.cleared_for and is_for(unit, family, recipients)):
        return None
    if unit.status == "owned":
        if unit.parties != frozenset({family}):
            return "another-family"
        if unit.strength == "likely":
            return None
        return "closed" if WITHHOLDING & set(unit.reasons) else "unread-place"
    return unit.status


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    """Each rule's public name, and the sentence that it is."""
    told = {RULE_NAMES[rule][0]: " ".join((rule.__doc__ or "").split()) for rule in (*RULES, *UNIT_RULES)}
    return told | {
        "too-weak": "Of such evidence, too much was wrong when it was measured.",
        "unsettled": "An expression that no rule can place may be anybody.",
    }


@lru_cache(maxsize=4)
def _accusing(lexicon: Lexicon) -> regex.Pattern[str]:
    """Words of an offence or an allegation (lexicon/allegation.toml)."""
    groups = ("allegation", "offence", "violence", "sexual", "drugs")
    words = {word for group in groups for word in lexicon.entries("allegation", group)} or {"alleged"}
    return regex.compile(r"\b\L<words>\b", words=sorted(words))


def _units(
    declares: Frame,
    places: Sequence[Piece],
    keys: Sequence[str],
    found: Iterable[Attribution],
    policy: Policy,
    told: Answers,
    cells: Mapping[int, Stand],
) -> tuple[Unit, ...]:
    """The public units: numbered, keyed, cleared, with what a person confirmed or disclosed."""
    first_of_block = _first_of_block(places)
    once = _kept_once()
    units, faults = [], []
    for number, (piece, key, made) in enumerate(zip(places, keys, found, strict=True)):
        above = tuple(
            first_of_block[h] for h in declares.places[piece.block].headings if h != piece.block and h in first_of_block
        )
        cleared, strength, basis = NOBODY, made.strength, made.basis
        if (
            made.status == "owned"
            and made.parties is not None
            and (strength == "certain" or policy.release == "likely")
        ):
            cleared = made.parties
        confirmed = told.confirmed.get(key)
        if confirmed is not None:
            if made.status != "owned" or made.parties != frozenset({confirmed.family}):
                faults.append(
                    Fault(
                        "decision-not-proposed",
                        f"unit {number + 1}",
                        "is not proposed to the family that it was confirmed for",
                    )
                )
            else:
                cleared, strength, basis = frozenset({confirmed.family}), "decided", "decided"
        if WITHHOLDING & {claim.rule for claim in made.claims}:
            cleared, strength = NOBODY, None
            if confirmed is not None or told.disclosed.get(key):
                faults.append(
                    Fault(
                        "decision-protected",
                        f"unit {number + 1}",
                        "is withheld from the family itself, and no answer opens it",
                    )
                )
        disclosed = frozenset(decision.family for decision in told.disclosed.get(key, ()))
        readers = _readers(told.disclosed.get(key, ()), disclosed - cleared)
        reasons = tuple(dict.fromkeys([claim.rule for claim in made.claims]))
        units.append(
            Unit(
                number, piece.span, key, piece.block, made.status, once(made.parties), strength,
                "decided" if disclosed else basis, once(cleared | disclosed), once(above), once(made.evidence), once(reasons),
                made.claims, cells[piece.block].row if piece.block in cells else None, readers,
            )
        )  # fmt: skip
    if faults:
        raise DecisionError.of(faults)
    return tuple(units)


def _readers(disclosed: Sequence[Disclose], families: Parties) -> tuple[tuple[str, frozenset[str]], ...]:
    """The families that a unit was disclosed to for some recipients only, with all of these."""
    found = []
    for family in sorted(families):
        told = [decision.recipients for decision in disclosed if decision.family == family]
        if all(told):
            found.append((family, frozenset(recipient for recipients in told for recipient in recipients)))
    return tuple(found)


def _kept_once() -> Callable[[Value], Value]:
    """Gives values that are equal back as one: in a long paper most units have the parties and headings of others."""
    kept: dict[object, Any] = {}
    return lambda value: kept.setdefault(value, value)


def _require_open(document: Document, units: tuple[Unit, ...], roster: Roster, told: Answers) -> None:
    """Refuses a disclosure of a unit that holds a protected value of the family, and one for somebody whom it does not know."""
    for family in roster.families:
        known = {r.id for r in family.recipients} | {r for p in family.protected for r in p.withheld_from}
        for decision in (each for told_of in told.disclosed.values() for each in told_of if each.family == family.id):
            if not known.issuperset(decision.recipients):
                raise DecisionError(
                    "decision-recipient", "decisions", "are for a recipient whom the roster does not know"
                )
        if not family.protected or not told.disclosed:
            continue
        hidden = protected_units(document, units, family, recipients=tuple(r.id for r in family.recipients))
        for number in sorted(hidden):
            if any(decision.family == family.id for decision in told.disclosed.get(units[number].key, ())):
                raise DecisionError(
                    "decision-protected", f"unit {number + 1}", "holds a protected value, and no answer opens it"
                )


def _withheld_places(
    units: tuple[Unit, ...], document: Document, layout: tuple[Block, ...], policy: Policy
) -> tuple[Unit, ...]:
    """Units that touch an insertion nobody accepted, or a place that could not be read whole, go to nobody."""
    barred = [
        mark.span
        for mark in document.marks
        if mark.kind == "unread" or (mark.kind in ("inserted", "moved-to") and policy.tracked == "withheld")
    ]
    faulty = {number for number, block in enumerate(layout) if block.faults}
    if not barred and not faulty:
        return units
    return tuple(
        replace(unit, cleared_for=NOBODY, strength=None, reasons=(*unit.reasons, "unread-place"))
        if unit.block in faulty or any(unit.span.meets(span) for span in barred)
        else unit
        for unit in units
    )


def _first_of_block(places: Sequence[Piece]) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, piece in enumerate(places):
        found.setdefault(piece.block, number)
    return found


def _own(units: tuple[Unit, ...]) -> dict[str, tuple[int, ...]]:
    """Family -> numbers of the units that are cleared for it or proposed to it, and of the headings over them."""
    found: dict[str, set[int]] = defaultdict(set)
    for unit in units:
        for family in unit.cleared_for | ((unit.parties or NOBODY) if unit.status == "owned" else NOBODY):
            found[family].update((unit.number, *unit.headings))
    return {family: tuple(sorted(numbers)) for family, numbers in found.items()}


def _keys(
    document: Document, declares: Frame, places: Sequence[Piece], mentions: Sequence[tuple[Mention, ...]]
) -> list[str]:
    """For each unit a digest of its normalised text, one of its heading path and what it leans on, and its rank among equals.

    A unit with an expression that looks back ("She was upset.") leans on the
    last unit that says whom it may mean, and that one perhaps on another: an
    answer about it does not hold where somebody else has come to stand there.
    Of equal units the key says how many there are, so that none takes the
    place of another when one comes in.
    """
    first_of_block = _first_of_block(places)
    normal = [
        " ".join(fold(piece.span.within(document.text)).text.casefold().split()).encode("utf-8") for piece in places
    ]
    digests: list[str] = []
    floor = ""
    for piece, text, told_of in zip(places, normal, mentions, strict=True):
        stands = hashlib.sha256()
        for heading in declares.places[piece.block].headings:
            if heading != piece.block and heading in first_of_block:
                stands.update(normal[first_of_block[heading]] + b"\0")
        if any(mention.kind not in _STANDS_ALONE for mention in told_of):
            stands.update(b"\0" + floor.encode("ascii"))
        digests.append(hashlib.sha256(text).hexdigest()[:_HALF] + stands.hexdigest()[:_HALF])
        if any(mention.kind in _TAKES_THE_FLOOR for mention in told_of):
            floor = digests[-1]
    together = Counter(digests)
    equals: Counter[str] = Counter()
    keys = []
    for digest in digests:
        equals[digest] += 1
        rank, count = equals[digest], together[digest]
        keys.append(f"{digest}-{rank}" if count == 1 else f"{digest}-{rank}of{count}")
    return keys


_HALF = 12
"""Figures of a key that tell of the words of a unit; so many more tell of where it stands."""
_STANDS_ALONE = frozenset(("name", "label", "near", "identifier", "professional", "stranger", "unread", "handling"))
"""Kinds of mention that look back at nobody."""
_TAKES_THE_FLOOR = frozenset(
    ("name", "label", "near", "letter", "identifier", "professional", "stranger", "kin", "outsider")
)
"""Kinds of mention that a later unit may look back at."""


def _identified(told: Answers) -> dict[str, dict[int, Parties]]:
    """Unit key -> offset of a mention in its unit -> whom a person says it is."""
    found: dict[str, dict[int, Parties]] = {}
    for key, answer in told.identified.items():
        unit, _, offset = key.rpartition("@")
        if offset.isdigit():
            found.setdefault(unit, {})[int(offset)] = NOBODY if answer.party == "-" else frozenset({answer.party})
    return found


def _stale(
    decisions: tuple[Decision, ...], units: tuple[Unit, ...], mentions: Sequence[tuple[Mention, ...]], document_id: str
) -> tuple[Decision, ...]:
    """The decisions that find no place in this document."""
    if not decisions:
        return ()
    there = {unit.key for unit in units}
    there |= {
        f"{unit.key}@{m.span.start - unit.span.start}" for unit, told in zip(units, mentions, strict=True) for m in told
    }
    return tuple(d for d in decisions if d.document_id == document_id and not there.issuperset(_answered(d)))


def _answered(decision: Decision) -> tuple[str, ...]:
    """Keys of what a decision answers."""
    if isinstance(decision, Confirm):
        return decision.units
    return (decision.mention if isinstance(decision, Identify) else decision.unit,)


def _with_stale(asked: tuple[Question, ...], stale: Iterable[Decision]) -> tuple[Question, ...]:
    """Each question with the answers that no longer fit and that are nearest to it."""
    held: dict[str, list[Decision]] = defaultdict(list)
    for decision in stale:
        near = [(_distance(key, question.key), question) for key in _answered(decision) for question in asked]
        distance, question = min(near, key=lambda each: (each[0], each[1].unit), default=(_FAR, None))
        if question is not None and distance < _FAR:
            held[question.key].append(decision)
    return tuple(replace(question, stale=tuple(held[question.key])) for question in asked)


def _distance(answered: str, asked: str) -> int:
    """How far what was answered is from what is asked: the same words, or others in the same place."""
    if answered[:_HALF] == asked[:_HALF]:
        return 0 if answered[_HALF : 2 * _HALF] == asked[_HALF : 2 * _HALF] else 1
    return 2 if answered[_HALF : 2 * _HALF] == asked[_HALF : 2 * _HALF] else _FAR


_FAR = 9
"""Of a question that has nothing to do with an answer."""
