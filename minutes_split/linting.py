"""For whoever writes the minutes: what will not split, and how to write it instead.

A finding is a cause, not a passage: what leans on it is counted with it. It
holds places and sentences of ours; `show(document)` is the display with words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

import regex

from minutes_split.attribution import REACH, Unit
from minutes_split.document import Document
from minutes_split.plan import SEVERITIES, Severity
from minutes_split.roster import Roster
from minutes_split.rules import RULE_NAMES, RULES, UNIT_RULES
from minutes_split.rules.base import DOUBT, NOBODY, STRANGER, Claim, Parties
from minutes_split.sections import Split
from minutes_split.spans import Span


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said of one phenomenon, and how to write it instead."""

    subject: str
    """What it is, where its words are not shown: "A pronoun"."""
    says: str
    """What is wrong with it; `{whom}` stands for those it could mean."""
    instead: str
    """What to do, in the imperative."""
    before: str = ""
    after: str = ""
    """An invented example, as it will not split and as it will."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the minutes, for a program and for a person."""

    span: Span
    """The words that the finding is about, in `Document.text`."""
    unit: int
    """Number of the unit that they stand in, from 0."""
    place: str
    """The same in words, from numbers alone: "item 4, second sentence"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those whom an expression could mean."""

    party: str = field(repr=False)
    """A family id, "X" for somebody on no roster, "?" for anybody."""
    span: Span | None = None
    """Where somebody of it who fits was named last, if not long before."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One cause why something will not split. It holds places, not words."""

    code: str
    """Name of the rule that noticed it, or one of `OWN_CODES`; stable."""
    severity: Severity
    """`high`: other passages lean on it. `medium`: this passage alone, and other words mend it. `low`: it is about
    several people as a matter of fact, and can only be set apart."""
    where: Where
    settles: int = 1
    """How many passages go to nobody because of it, its own among them."""
    candidates: tuple[Candidate, ...] = ()
    """Those whom it could mean, in the order of the text."""

    @property
    def advice(self) -> str:
        """What is wrong and what to do, in one sentence without words of the minutes."""
        told = _advice(self.code)
        return f"{told.subject} {told.says.format(whom='one of several people')}: {told.instead}."

    @property
    def fix(self) -> str:
        """How to write it instead: what to do, with an invented example."""
        told = _advice(self.code)
        example = f" Not “{told.before}”, but “{told.after}”" if told.before else ""
        return f"{told.instead[0].upper()}{told.instead[1:]}.{example}"

    @property
    def parties(self) -> Parties:
        """All whom it could mean: family ids and the two reserved members."""
        return frozenset(candidate.party for candidate in self.candidates)

    def show(self, document: Document, *, place: bool = True) -> str:
        """The advice with the words it is about and the names that they could mean, as they stand in `document`.

        `place=False` leaves out where it is, for a list that says so itself.
        """
        told = _advice(self.code)
        subject = told.subject if self.code in _WHOLE else f"“{_words(self.where.span, document)}”"
        where = self.where.place if self.where.place.startswith("under") else f"in {self.where.place}"
        return f"{subject} {f'{where} ' if place else ''}{told.says.format(whom=self._whom(document))}: {told.instead}."

    def _whom(self, document: Document) -> str:
        told = list(dict.fromkeys(_called(candidate, document) for candidate in self.candidates))
        return " or ".join(told) if len(told) > 1 else "one of several people"


def _called(candidate: Candidate, document: Document) -> str:
    if candidate.span is not None:
        return _POSSESSIVE.sub("", _words(candidate.span, document))
    others = {STRANGER: "somebody on no roster", DOUBT: "somebody else"}
    return others.get(candidate.party, f"somebody of family {candidate.party}")


@dataclass(frozen=True, slots=True)
class Lint:
    """What a minute taker can do for these minutes. Its `repr` shows counts only."""

    findings: tuple[LintFinding, ...]
    """The gravest first, then in the order of the text."""
    reached: int
    """Characters without white space that reached one family, as an excerpt or a proposal."""
    about_somebody: int
    """Characters without white space of every passage that is or may be about somebody."""

    @property
    def score(self) -> float | None:
        """`reached / about_somebody`, 0 to 1; `None` if nothing is about anybody.

        Counted are sentences, clauses, items and cells. Not counted are white space, headings, running headers and
        footers, what is about nobody, what holds no letter, and cells that point at nobody. A passage has reached a
        family if it is owned by it with any strength (certain, likely, or decided by a person). The score says how
        much was split, not whether it was split rightly.
        """
        return self.reached / self.about_somebody if self.about_somebody else None

    def __repr__(self) -> str:
        counts = Counter(finding.severity for finding in self.findings)
        told = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES)
        return f"<Lint: {told}; {self.scored}>"

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    @property
    def scored(self) -> str:
        """The score in words."""
        if self.score is None:
            return "nothing in it is about anybody"
        return f"{self.score:.0%} of what is about somebody reached one family"

    def show(self, document: Document) -> str:
        """Every finding with its words, one a line, and the score."""
        lines = [f"{f.severity}: {f.show(document)}{_settled(f.settles)}" for f in self.findings]
        return "\n".join([*lines, f"{self.scored[0].upper()}{self.scored[1:]}."])

    def to_records(self) -> list[dict[str, str | int]]:
        """A row of scalars for each finding, without words."""
        return [
            {
                "code": f.code,
                "severity": f.severity,
                "place": f.where.place,
                "unit": f.where.unit,
                "start": f.where.span.start,
                "end": f.where.span.end,
                "settles": f.settles,
                "advice": f.advice,
                "fix": f.fix,
            }
            for f in self.findings
        ]


def lint(split: Split) -> Lint:
    """What of `split` goes to nobody and could be written so that it splits; one finding for each cause.

    It reads the claims of the units, so it says what the rules saw and never guesses at more. What is rightly about
    two families is reported as well, as `low`.
    Raises: nothing.
    """
    found = sorted(_Reading(split).findings(), key=lambda f: (SEVERITIES.index(f.severity), f.where.span))
    reached, about = _measured(split)
    return Lint(tuple(found), reached, about)


def house_style() -> str:
    """How to write minutes that split, as Markdown: what each rule says, and how to write it instead."""
    parts = ["# How to write minutes that split\n", _PREFACE, "## What the rules read\n"]
    for rule in (*RULES, *UNIT_RULES):
        name = RULE_NAMES[rule][0]
        parts.append(_chapter(name, " ".join((rule.__doc__ or "").split())))
    parts.append("## What nothing can be granted on\n")
    parts += [_chapter(code, sentence) for code, sentence in OWN_CODES.items()]
    return "\n".join(parts)


def _chapter(name: str, sentence: str) -> str:
    told = _advice(name)
    example = f"\n| not | but |\n|---|---|\n| {told.before} | {told.after} |\n" if told.before else ""
    return f"### {name}\n\n{sentence}\n\n**Write:** {told.instead}.\n{example}"


# --- causes -------------------------------------------------------------------------------------


OWN_CODES = {
    "two-families": "A sentence that names people of two families is about both, and goes to neither.",
    "heading-of-several": "What stands under a heading, a lead-in or a row is about everybody that it could mean.",
    "goes-on": "A sentence that names nobody goes on about whoever the sentence before it was about.",
    "names-nobody": "A sentence that names nobody, where no heading and nothing before it says whom it is about, goes to nobody.",
    "too-weak": "A sentence under another family's heading, or in a row that several share, needs more than one name.",
    "unsettled": "An expression that no rule can place may be anybody.",
}
"""Causes that are no single rule's, each with its sentence."""

_FACTS = frozenset({"two-families", "one-person-of-two-families", "stranger", "outsider", "next-door", "partner"})
"""What is so, however it is written."""

_WHOLE = frozenset({"two-families", "heading-of-several", "goes-on", "names-nobody", "too-weak", "unread"})
"""What is about a passage and not about an expression in it."""

_NAMES = frozenset({
    "stranger", "near-name", "shared-name", "same-full-name", "one-person-of-two-families", "name-of-a-professional-too",
    "unlisted-relative", "identifier", "initials",
})  # fmt: skip
"""What is one cause wherever the same name comes back: to mend it once, on the roster or by a rule of writing, mends it all."""

_PASSED_ON = frozenset({"pronoun-of-last", "relative-on-the-ground", "event", "names-nobody", "goes-on"})
"""A doubt of this kind that goes on in the next sentence is one cause with it."""


@dataclass(frozen=True, slots=True)
class _Cause:
    code: str
    span: Span
    parties: Parties


class _Reading:
    """One pass over the units, in which each blocked unit finds its causes or leans on an earlier one."""

    def __init__(self, split: Split) -> None:
        self.split = split
        self.layout = _Layout(split)
        self.found: list[LintFinding] = []
        self.of_unit: dict[int, int] = {}
        """Unit -> the finding that it has or leans on."""
        self.of_row: dict[tuple[int, int], int] = {}
        """Table and row -> the finding that its other cells lean on."""
        self.of_words: dict[tuple[str, str], int] = {}
        """Code and name -> its finding."""

    def findings(self) -> Iterator[LintFinding]:
        """A heading on which nothing leans is no cause."""
        blocked = [unit for unit in self.split.units if unit.status in ("unresolved", "mixed", "stranger")]
        for unit in sorted(blocked, key=self._order):
            if self.split.blocks[unit.block].kind != "furniture" and _has_a_letter(self.split, unit):
                self._read(unit)
        for finding in self.found:
            if finding.where.unit not in self.layout.headings or finding.settles > 1:
                yield replace(finding, severity=_severity(finding))

    def _order(self, unit: Unit) -> tuple[int, bool, int]:
        """In the order of the text; in a row, the cells that suffer from another one come behind it."""
        row = self._row(unit)
        if row is None:
            return unit.number, False, unit.number
        return self.layout.first_of_row[row], _suffers(_causes(unit)), unit.number

    def _read(self, unit: Unit) -> None:
        causes = _causes(unit) or self._standing(unit)
        earlier = self._earlier(unit, causes)
        if earlier is not None:
            self.of_unit[unit.number] = earlier
            self._lean(earlier)
            return
        for cause in causes:
            number = self._known(cause)
            if number is None:
                number = len(self.found)
                self.found.append(self._finding(unit, cause))
            else:
                self._lean(number)
            self.of_unit.setdefault(unit.number, number)
        row = self._row(unit)
        if causes and row is not None:
            self.of_row.setdefault(row, self.of_unit[unit.number])

    def _lean(self, number: int) -> None:
        self.found[number] = replace(self.found[number], settles=self.found[number].settles + 1)

    def _known(self, cause: _Cause) -> int | None:
        """The finding of the same name, if it was noticed before; otherwise the next finding is that of this name."""
        if cause.code not in _NAMES:
            return None
        words = cause.code, _POSSESSIVE.sub("", _words(cause.span, self.split.document)).casefold()
        if words in self.of_words:
            return self.of_words[words]
        self.of_words[words] = len(self.found)
        return None

    def _row(self, unit: Unit) -> tuple[int, int] | None:
        cell = self.split.blocks[unit.block].cell
        return (cell.table, cell.row) if cell else None

    def _standing(self, unit: Unit) -> tuple[_Cause, ...]:
        """The cause of a unit in which nothing is wrong: where it stands."""
        standing = next((claim for claim in unit.claims if claim.how == "standing" and claim.parties), None)
        if standing is not None:
            code = "goes-on" if standing.rule == "same-breath" else "heading-of-several"
            return (_Cause(code, unit.span, unit.parties or NOBODY),)
        if unit.parties is None and self._row(unit) is None and unit.block not in self.layout.heading_blocks:
            return (_Cause("names-nobody", unit.span, NOBODY),)
        return ()

    def _earlier(self, unit: Unit, causes: tuple[_Cause, ...]) -> int | None:
        """The finding that the unit leans on, if all that is wrong with it was wrong before."""
        if _suffers(causes):
            row = self._row(unit)
            if row is not None and unit.evidence.split("/")[1].endswith("row"):
                return self.of_row.get(row)
            return next((self.of_unit[number] for number in reversed(unit.headings) if number in self.of_unit), None)
        before = self.of_unit.get(unit.number - 1)
        if before is None or not causes or self.split.units[unit.number - 1].headings != unit.headings:
            return None
        finding = self.found[before]
        if all(cause.code == "goes-on" for cause in causes):
            return None if finding.code in _FACTS else before
        passed_on = finding.code in _PASSED_ON and all(cause.code in _PASSED_ON for cause in causes)
        parties = NOBODY.union(*(cause.parties for cause in causes))
        return before if passed_on and parties <= finding.parties | {DOUBT} else None

    def _finding(self, unit: Unit, cause: _Cause) -> LintFinding:
        heads = cause.code in _FACTS and unit.number in self.layout.headings
        where = Where(cause.span, unit.number, self.layout.place(unit))
        return LintFinding(
            "heading-of-several" if heads else cause.code, "medium", where, 1, self._candidates(unit, cause)
        )

    def _candidates(self, unit: Unit, cause: _Cause) -> tuple[Candidate, ...]:
        """Each party, with the last place that names somebody of it who fits, as far back as a pronoun looks."""
        sex = _SEXES.get(_words(cause.span, self.split.document).casefold())
        found: dict[str, Span] = {}
        for earlier in reversed(self.split.units[max(0, unit.number - REACH) : unit.number + 1]):
            for claim in reversed(earlier.claims):
                if claim.rule in ("exact-name", "stranger", "outsider") and claim.spans[0] < cause.span:
                    for party in claim.parties & cause.parties:
                        if self._fits(claim.spans[0], party, sex):
                            found.setdefault(party, claim.spans[0])
        rest = sorted(cause.parties - found.keys(), key=lambda party: (party in (STRANGER, DOUBT), party))
        named = sorted(found, key=lambda party: found[party])
        return (*(Candidate(party, found[party]) for party in named), *map(Candidate, rest))

    def _fits(self, span: Span, party: str, sex: str | None) -> bool:
        known = _sex_of(self.split.roster, party, span.within(self.split.document.text))
        return sex is None or known is None or known == sex


def _suffers(causes: tuple[_Cause, ...]) -> bool:
    """Whether all that is wrong is where it stands."""
    return all(cause.code in ("heading-of-several", "too-weak") for cause in causes)


def _causes(unit: Unit) -> tuple[_Cause, ...]:
    """What is wrong with the words of a unit, one cause for each rule that noticed something.

    Where two families are named, nothing else matters. Of two expressions that touch ("both children") the first
    counts; a pronoun behind another doubt leans on it.
    """
    named = NOBODY.union(*(claim.parties for claim in unit.claims if claim.how == "direct"))
    if len(named) > 1 and not any(claim.how == "direct" and claim.parties == named for claim in unit.claims):
        return (_Cause("two-families", unit.span, named),)
    about = named | NOBODY.union(*(claim.parties for claim in unit.claims if claim.how == "referring"))
    troubles = [claim for claim in unit.claims if _troubles(claim, about)]
    if not troubles and len(about) > 1:
        return (_Cause("two-families", unit.span, about),)
    kept: list[_Cause] = []
    for code in dict.fromkeys(claim.rule for claim in troubles):
        of_code = [claim for claim in troubles if claim.rule == code]
        span = of_code[0].spans[0] if of_code[0].spans else unit.span
        cause = _Cause(code, span, NOBODY.union(*(claim.parties for claim in of_code)))
        if not any(_covers(earlier, cause) for earlier in kept):
            kept.append(cause)
    return tuple(kept)


def _covers(earlier: _Cause, cause: _Cause) -> bool:
    """Whether to mend the earlier cause of a unit is to mend the later one."""
    touches = earlier.span.start <= cause.span.start <= earlier.span.end + 1 and earlier.code not in _WHOLE
    leans = (
        cause.code == "pronoun-of-last" and earlier.code in _PASSED_ON and cause.parties <= earlier.parties | {DOUBT}
    )
    return touches or (leans and earlier.span < cause.span)


def _troubles(claim: Claim, about: Parties) -> bool:
    """Whether a claim is why the unit goes to nobody: a doubt about others, several candidates, a stranger brought in."""
    if claim.how == "standing" or not claim.parties:
        return False
    if claim.how in ("doubt", "passing"):
        return not (len(about) == 1 and claim.parties == about)
    return len(claim.parties) > 1 or (claim.parties == {STRANGER} and claim.rule != "pronoun-of-last")


def _severity(finding: LintFinding) -> Severity:
    if finding.settles > 1:
        return "high"
    return "low" if finding.code in _FACTS else "medium"


_SEXES = {"he": "M", "him": "M", "his": "M", "himself": "M", "she": "F", "her": "F", "hers": "F", "herself": "F"}


def _sex_of(roster: Roster, family_id: str, words: str) -> str | None:
    """The sex that the roster gives the one person of the family whose name shares a word with these."""
    family = roster.family(family_id)
    asked = set(words.casefold().split())
    people = family.people if family else ()
    sexes = {person.sex for person in people if any(asked & set(name.casefold().split()) for name in person.names)}
    return sexes.pop() if len(sexes) == 1 else None


# --- the score ----------------------------------------------------------------------------------


def _measured(split: Split) -> tuple[int, int]:
    """Characters that reached one family, and characters about somebody. What counts: see `Lint.score`."""
    headings = frozenset(number for unit in split.units for number in unit.headings)
    reached = about = 0
    for unit in split.units:
        block = split.blocks[unit.block]
        frame = unit.number in headings or block.kind in ("heading", "furniture")
        label = unit.parties is None and block.cell is not None
        if frame or label or unit.status == "nobody" or not _has_a_letter(split, unit):
            continue
        solid = sum(1 for character in unit.span.within(split.document.text) if not character.isspace())
        about += solid
        if unit.status == "owned" and unit.strength is not None:
            reached += solid
    return reached, about


def _has_a_letter(split: Split, unit: Unit) -> bool:
    return any(character.isalpha() for character in unit.span.within(split.document.text))


# --- places in words ----------------------------------------------------------------------------


class _Layout:
    """How somebody who reads a document counts its items, headings, paragraphs and sentences."""

    def __init__(self, split: Split) -> None:
        self.split = split
        units, blocks = split.units, split.blocks
        self.headings = frozenset(number for unit in units for number in unit.headings)
        """Numbers of the units that are headings of others."""
        heads = {units[number].block for number in self.headings}
        self.heading_blocks = {block: nth for nth, block in enumerate(sorted(heads), 1)}
        """Block -> the how manieth heading it is, from 1."""
        self.of_block: dict[int, list[int]] = {}
        """Block -> its units."""
        self.first_of_row: dict[tuple[int, int], int] = {}
        for unit in units:
            self.of_block.setdefault(unit.block, []).append(unit.number)
            cell = blocks[unit.block].cell
            if cell is not None:
                self.first_of_row.setdefault((cell.table, cell.row), unit.number)
        prose = (block.cell is None and block.kind != "furniture" for block in blocks)
        self.paragraphs = (0, *accumulate(map(int, prose)))
        """How many paragraphs stand before each block."""

    def place(self, unit: Unit) -> str:
        """Where a unit stands, in words: "item 4, second sentence", "table 1, row 3, column 2"."""
        block = self.split.blocks[unit.block]
        if block.cell is not None:
            told = f"table {block.cell.table + 1}, row {block.cell.row + 1}, column {block.cell.column + 1}"
        elif unit.block in self.heading_blocks:
            number = self._number(unit.block)
            return (
                f"the heading of item {number}"
                if number
                else f"the {_ordinal(self.heading_blocks[unit.block])} heading"
            )
        else:
            told = self._paragraph(unit)
        beside = self.of_block[unit.block]
        return told if len(beside) < 2 else f"{told}, {_ordinal(beside.index(unit.number) + 1)} sentence"

    def _paragraph(self, unit: Unit) -> str:
        number = self._number(unit.block)
        if number:
            return f"item {number}"
        told = self._under(tuple(self.split.units[heading].block for heading in unit.headings))
        start = self.split.units[unit.headings[-1]].block + 1 if unit.headings else 0
        nth = self.paragraphs[unit.block + 1] - self.paragraphs[start]
        alone = nth == 1 and (unit.block + 1 == len(self.split.blocks) or unit.block + 1 in self.heading_blocks)
        return ", ".join(part for part in (told, "" if alone else f"{_ordinal(nth)} paragraph") if part) or "the text"

    def _under(self, headings: tuple[int, ...]) -> str:
        """The innermost heading: by its number, or by its place in the numbered item around it."""
        if not headings:
            return ""
        inner = headings[-1]
        numbered = next((block for block in reversed(headings) if self._number(block)), None)
        if numbered is None:
            return f"under the {_ordinal(self.heading_blocks[inner])} heading"
        told = f"item {self._number(numbered)}"
        nth = self.heading_blocks[inner] - self.heading_blocks[numbered]
        return f"{told}, under its {_ordinal(nth)} sub-heading" if nth else told

    def _number(self, block: int) -> str:
        """The number that is printed or typed before a block."""
        of = self.split.blocks[block]
        found = _LABEL.search(of.label) or _TYPED.match(self.split.document.text, of.span.start, of.span.end)
        return found["number"] if found else ""


_LABEL = regex.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})")
_TYPED = regex.compile(
    r"\s*(?:[(\[]?(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})[.)\]]*(?<=[.)\]])\s|(?i:case|item)\s+(?P<number>\d{1,3})\b)"
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    end = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{end}"


def _words(span: Span, document: Document) -> str:
    return " ".join(span.within(document.text).split())


_POSSESSIVE = regex.compile(r"['’]s$")


def _settled(settles: int) -> str:
    return f" ({settles} passages)" if settles > 1 else ""


# --- advice -------------------------------------------------------------------------------------


_PREFACE = """A sentence goes to a family if it can be seen that it is about that family alone. Three habits do most of it:

1. One heading for each family, with the family's name in it and no other.
2. In each sentence the name of whom it is about, as the roster writes it.
3. What happened between two families in sentences of its own, apart from what is about one of them.

The examples are invented. They stand under the heading "2. Harper family"; Ngozi and Chidi are of another family.
"""

_OTHERWISE = Advice("This passage", "does not say whom it is about", "name the person")


def _advice(code: str) -> Advice:
    return ADVICE.get(code, _OTHERWISE)


ADVICE = {
    "exact-name": Advice(
        "A name", "names one family", "use the name as the roster writes it, and no other family's name beside it"
    ),
    "declared-label": Advice(
        "A label", "is given to two families", "give each family a label of its own",
    ),
    "two-families": Advice(
        "A sentence", "is about more than one family",
        "write what is about one family in a sentence of its own; what only makes sense of both goes to neither",
        "Jayden is in Year 5 and Chidi is in Year 7.", "Jayden is in Year 5.",
    ),
    "one-person-of-two-families": Advice(
        "A name", "is somebody of two families, so the sentence is about both",
        "leave it as it is, and keep what is about one of the families in sentences without that name",
    ),
    "same-full-name": Advice(
        "A name", "is the full name of people of two families",
        "write what the person is in this family, under its own heading: “Mum”, “the eldest”",
    ),
    "shared-name": Advice(
        "A name", "is borne in more than one family", "write the first name and the surname",
    ),
    "name-of-a-professional-too": Advice(
        "A name", "is that of a professional as well", "write the first name of the one, the title and role of the other",
    ),
    "unlisted-relative": Advice(
        "A surname with a title", "may be somebody whom the roster does not list",
        "write the first name, or have the person put on the roster",
    ),
    "near-name": Advice(
        "A name", "is close to one on the roster and is not it", "write it as the roster does, or have the other form added as an alias",
        "Chiddi called.", "Kayleigh called.",
    ),
    "initials": Advice(
        "Initials or a single letter", "could be several people", "write the name",
    ),
    "identifier": Advice(
        "An address or a number", "is not one family's alone", "name the family, and leave the address or number out",
    ),
    "stranger": Advice(
        "A name, address or number", "is on no roster",
        "have the person put on the roster, with the role if it is a professional, or give them a sentence of their own",
        "Jayden was seen by Carol Finch.", "Jayden was seen by Dr Nair.",
    ),
    "professional": Advice(
        "A professional", "is about nobody", "write the title or the role beside the name, the first time and in the list of who was there"
    ),
    "pronoun-of-last": Advice(
        "A pronoun", "could be {whom}", "name the person",
        "Chidi hit Jayden. He was upset.", "Chidi hit Jayden. Jayden was upset.",
    ),
    "somebodys-relative": Advice(
        "A relative", "belongs to the person whose relative it is", "say whose relative it is"
    ),
    "partner": Advice(
        "A partner", "is on no roster", "have the partner put on the roster of the family, or give them a sentence of their own",
        "Kayleigh is at home with her boyfriend.", "Kayleigh is at home.",
    ),
    "relative-on-the-ground": Advice(
        "A relative", "could be {whom}", "say whose, or write the name",
        "Jayden met Chidi. Mum was told.", "Jayden met Chidi. Kayleigh was told.",
    ),
    "relative-of-another-family-only": Advice(
        "A relative", "is one that only another family has on the roster", "write the name, or have the relative put on the roster",
    ),
    "any-relative": Advice(
        "A relative or a child", "could be anybody's", "write the name if it is known, or give it a sentence of its own",
        "Jayden played with a boy.", "Jayden played.",
    ),
    "counted-relatives": Advice(
        "A number of people", "could be of several families", "name each of them",
        "Jayden met Chidi. The two boys were fine.", "Jayden met Chidi. Jayden was fine.",
    ),
    "outsider": Advice(
        "Somebody outside the household", "is on no roster", "give them a sentence of their own, without anybody of the family",
        "Jayden was with a man.", "Jayden was out.",
    ),
    "contrast": Advice(
        "“The other” or the like", "sets somebody else beside the family", "write the name",
        "The other boy was fine.", "Jayden was fine.",
    ),
    "additive": Advice(
        "“Likewise” or the like", "says that it holds for somebody else as well", "write it out for each family under its own heading",
    ),
    "cross-reference": Advice(
        "“As above” or the like", "brings in what is said elsewhere", "write it out again",
        "Jayden as above.", "Jayden is in Year 5.",
    ),
    "plural-over-families": Advice(
        "“Both”, “they all” or the like", "could be people of several families", "name each of them",
    ),
    "next-door": Advice(
        "“Next door” or the like", "is somebody else's home", "give the neighbours a sentence of their own",
        "Jayden was next door.", "Jayden was out.",
    ),
    "event": Advice(
        "“The incident” or the like", "is what was told before, and whoever was in it", "say what happened to whom",
    ),
    "somebody": Advice(
        "“Somebody” or the like", "could be anybody", "write the name if it is known, or leave the person out",
    ),
    "unread": Advice(
        "This passage", "holds words that nobody here can read", "write in whole words and plain English",
    ),
    "protected-source": Advice(
        "A sentence", "tells of somebody who does not want to be named", "put who told, and what shows it, into a part of its own"
    ),
    "not-for-the-family": Advice(
        "A sentence", "says that it is not to be shared", "put what the family is not to see under a heading “Closed session”"
    ),
    "closed-part": Advice(
        "A sentence", "stands in a part that the family did not hear", "keep out of that part what the family may see"
    ),
    "under-heading": Advice(
        "A sentence", "stays with its heading", "give each family a heading with its name and no other"
    ),
    "back-to-heading": Advice(
        "A sentence", "goes back to its heading", "begin a new paragraph and name the person after somebody else was spoken of"
    ),
    "same-breath": Advice(
        "A sentence", "goes on about the one before", "name the person again when the one before was about several"
    ),
    "who-was-there": Advice("A line", "is about nobody", "keep the list of who was there apart, under “Present”"),
    "heading-of-several": Advice(
        "What stands here", "is under a heading, a lead-in or a row that is not one family's alone",
        "give each family a heading or a row with its name and no other",
    ),
    "goes-on": Advice(
        "A sentence that names nobody", "goes on about a sentence that is not about one family alone", "name the person",
        "Chidi hit Jayden. It hurt a lot.", "Chidi hit Jayden. Jayden was hurt.",
    ),
    "names-nobody": Advice(
        "A sentence", "names nobody, and nothing before it says whom it is about", "name the person, or put the family's heading over it",
    ),
    "too-weak": Advice(
        "A name", "stands under another family's heading, or in a row that several share", "move it under the family's own heading",
    ),
    "unsettled": Advice("An expression", "can be placed by no rule", "name the person"),
}  # fmt: skip
"""By the name of the rule that notices it, or by one of `OWN_CODES`. That each example does as it says is tested."""
