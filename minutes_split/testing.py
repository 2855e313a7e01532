"""Invented rosters and minutes for property tests, with labels that say whom each line is meant about.

    from hypothesis import given, strategies as st
    from minutes_split import split
    from minutes_split.testing import minutes, rosters

    @given(st.data())
    def test_my_export_keeps_every_excerpt(data):
        roster = data.draw(rosters())
        told = data.draw(minutes(roster))
        view = split(told.text, roster).view(roster.ids[0])
        ...

Needs hypothesis, which comes with the extra `minutes-split[test]`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from minutes_split.roster import Family, Roster
from minutes_split.spans import Span

try:
    from hypothesis import strategies as st
except ImportError as missing:  # pragma: no cover - the tests themselves need it
    raise ImportError("minutes_split.testing needs hypothesis: pip install 'minutes-split[test]'") from missing

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Kind = Literal["title", "attendance", "heading", "sentence", "item", "cell"]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of invented minutes and whom it is meant about."""

    span: Span
    kind: Kind
    about: frozenset[str] | None = field(repr=False)
    """Family ids, and "X" for somebody on no roster; empty for nobody; `None` where a careful reader could not tell."""
    under: str | None = field(default=None, repr=False)
    """The family under whose heading it stands."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Invented minutes. `lines` are in text order; between two of them stands white space or the border of a cell."""

    text: str = field(repr=False)
    lines: tuple[Told, ...]


GIRLS = (
    "Aleksandra",
    "Bethany",
    "Carys",
    "Deborah",
    "Esme",
    "Farida",
    "Gwenllian",
    "Harriet",
    "Imogen",
    "Jocelyn",
    "Keziah",
    "Leila",
)
BOYS = (
    "Alistair",
    "Benedict",
    "Callum",
    "Dominic",
    "Ewan",
    "Fergus",
    "Gareth",
    "Hamish",
    "Ibrahim",
    "Joshua",
    "Kwame",
    "Lewis",
)
SURNAMES = ("Adeyemi", "Blackwood", "Cartwright", "Donnelly", "Eastwood", "Fairbairn", "Greenhalgh", "Hathersage")
STRANGERS = ("Mrs Pemberton", "Mr Quartermaine", "Miss Ravenscroft")
PROFESSIONALS = (
    ("Dr Vivian Thistlethwaite", "paediatrician"),
    ("Ursula Yarwood", "social worker"),
    ("PC Zachary Wolstenholme", "police"),
)
STREETS = ("Larch Walk", "Mercer Lane", "Norfolk Drive", "Orchard Bank")
"""Invented people and streets; no two of these names are near misses of each other."""


@dataclass(frozen=True, slots=True)
class _One:
    first: str
    sex: str


@st.composite
def rosters(draw: DrawFn, *, families: tuple[int, int] = (2, 4)) -> Roster:
    """Rosters of invented families, each with a mother, children, often a father, an address and a case number.

    To each plan there is a recipient, "former-partner", from whom the address is kept.

    `families` is the smallest and the largest number of families, 8 at most. Ids are A, B, C ...; no surname is in two
    families, and at most one first name is.
    """
    count = draw(st.integers(*families))
    turn = draw(st.integers(0, len(SURNAMES) - 1))
    girls, boys = _turned(GIRLS, draw(st.integers(0, 11))), _turned(BOYS, draw(st.integers(0, 11)))
    shape = draw(st.lists(st.sampled_from(("M", "F", "MF", "FM", "f", "fM")), min_size=count, max_size=count))
    made: list[dict[str, Any]] = []
    for i, children in enumerate(shape):
        surname = SURNAMES[(turn + i) % len(SURNAMES)]
        people: list[dict[str, Any]] = []
        if girls:
            people.append({"name": f"{girls.pop(0)} {surname}", "role": "mother", "sex": "F"})
        if children.startswith("f") and boys:
            people.append({"name": f"{boys.pop(0)} {surname}", "role": "father", "sex": "M"})
        for sex in children.lstrip("f") or "F":
            pool = girls if sex == "F" else boys
            if pool:
                role = "daughter" if sex == "F" else "son"
                people.append(
                    {
                        "name": f"{pool.pop(0)} {surname}",
                        "role": role,
                        "sex": sex,
                        "dob": f"201{i % 8}-0{1 + i % 9}-1{i % 9}",
                    }
                )
        address = f"{31 + 2 * i} {STREETS[i % len(STREETS)]}, Thornwick"
        made.append(
            {
                "id": "ABCDEFGH"[i],
                "label": f"{surname} family",
                "people": people,
                "addresses": [address],
                "protected": [{"value": address, "kind": "address", "from": ["former-partner"]}],
                "recipients": [{"id": "former-partner", "role": "former partner"}],
                "identifiers": [f"LCS 88{i}41{i}7"],
            }
        )
    if count > 1 and draw(st.booleans()):  # a first name that two families have
        taken, child = made[0]["people"][-1], made[-1]["people"][-1]
        if taken["sex"] == child["sex"]:
            child["name"] = f"{taken['name'].split()[0]} {child['name'].split()[-1]}"
    workers = [{"name": name, "role": role} for name, role in PROFESSIONALS]
    return Roster.load({"families": made, "professionals": workers})


def _turned(names: tuple[str, ...], by: int) -> list[str]:
    return [*names[by:], *names[:by]]


def minutes(roster: Roster, *, sections: tuple[int, int] = (2, 4)) -> SearchStrategy[Minutes]:
    """Minutes of a meeting about the families of `roster`, with what each line is meant to be about.

    They hold headings, paragraphs, lists with lead-ins, tables, names, pronouns, kin, people of other families,
    strangers, contrasts, numbers, addresses and procedure. `sections` is the smallest and the largest number of headings.
    Any roster will do whose people have a first name and a surname.
    """
    return _minutes(roster, sections)


@st.composite
def _minutes(draw: DrawFn, roster: Roster, sections: tuple[int, int]) -> Minutes:
    shared = Counter(name for family in roster.families for name in {p.name.split()[0] for p in family.people})
    page = _Page(
        draw(st.sampled_from(("{n}. {name}", "{name}", "## {name}", "Case {n}: {name}"))),
        frozenset(name for name, count in shared.items() if count > 1),
    )
    page.line("title", f"{draw(st.sampled_from(_TITLES))}", frozenset())
    page.blank()
    if draw(st.booleans()):
        present = ", ".join(professional.name for professional in roster.professionals) or "the social worker"
        page.line("attendance", f"Present: {present}", frozenset())
        page.blank()
    order = draw(st.lists(st.sampled_from(roster.families), min_size=sections[0], max_size=sections[1]))
    for family in order:
        others = tuple(other for other in roster.families if other.id != family.id)
        page.heading(family)
        for part in draw(st.lists(_PARTS, min_size=1, max_size=4)):
            page.part(part, family, others)
        page.blank()
    if draw(st.booleans()):
        page.line("heading", "Any other business", frozenset())
        page.line("sentence", draw(st.sampled_from(_PROCEDURE)), frozenset())
    return page.made()


_TITLES = ("Minutes of the weekly meeting", "Core group of 4 March", "Record of a strategy discussion")
_PROCEDURE = (
    "It was agreed to meet on 3 March.", "The minutes will be sent on Friday.", "The room is booked for April.",
)  # fmt: skip
_STEPS = (
    "own", "own", "bare", "bare", "kin", "pronoun", "other", "both", "stranger", "contrast", "procedure", "professional", "number", "address",
)  # fmt: skip
_SEEDS = st.integers(0, 2**16 - 1)
_PARTS = st.one_of(
    st.tuples(st.just("paragraph"), st.lists(st.tuples(st.sampled_from(_STEPS), _SEEDS), min_size=3, max_size=6)),
    st.tuples(st.just("list"), st.lists(st.tuples(st.just("item"), _SEEDS), min_size=2, max_size=3)),
    st.tuples(st.just("table"), st.lists(st.tuples(st.sampled_from(("own", "other")), _SEEDS), min_size=1, max_size=3)),
)

_OF_ONE = (
    "{he} is in Year 5.", "{he} was at the meeting.", "{he} has a new book.", "{he} walks to school on most days.",
    "{he} asked for more time.", "{he} has been to the clinic.",
)  # fmt: skip
_BARE = (
    "Attendance is 88 %.", "Reading is at the right level.", "The house was warm and clean.", "Health is good.",
    "The plan is working.", "A place at the club has been found.",
)  # fmt: skip
_ITEMS = ("- eye test to be booked", "- school to send the report", "- home visit in two weeks", "- form to be signed")
_CELLS = ("eye test to be booked", "report to be sent", "home visit in two weeks", "form to be signed")


class _Page:
    """Minutes while they are written."""

    def __init__(self, heading: str, shared: frozenset[str]) -> None:
        self.form = heading
        self.shared = shared
        """First names that two families have: off the own ground nobody can tell whose they are."""
        self.count = 0
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Told] = []
        self.under: str | None = None
        self.alone = True
        """Whether nobody but the family of the heading was spoken of under it."""

    def made(self) -> Minutes:
        return Minutes("".join(self.parts), tuple(self.lines))

    def line(self, kind: Kind, words: str, about: frozenset[str] | None, end: str = "\n") -> None:
        self.lines.append(Told(Span(self.length, self.length + len(words)), kind, about, self.under))
        self.raw(words + end)

    def raw(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def blank(self) -> None:
        self.raw("\n")

    def heading(self, family: Family) -> None:
        self.count += 1
        self.under, self.alone = family.id, True
        name = f"{family.people[0].name.split()[-1]} family"
        self.line("heading", self.form.format(n=self.count, name=name), frozenset({family.id}))

    def part(self, part: tuple[str, list[tuple[str, int]]], family: Family, others: tuple[Family, ...]) -> None:
        kind, steps = part
        if kind == "list":
            who = _somebody(family, steps[0][1])
            words = f"Actions for {who.first}:"
            about = frozenset({family.id}) if self.clear(words, frozenset({family.id})) else None
            self.line("sentence", words, about)
            for _, seed in steps:
                self.line("item", _ITEMS[seed % len(_ITEMS)], about)
        elif kind == "table":
            for step, seed in steps:
                whose = others[seed % len(others)] if step == "other" and others else family
                self.alone = self.alone and whose is family
                name = _somebody(whose, seed).first
                told = frozenset({whose.id}) if self.clear(name, frozenset({whose.id})) else None
                self.raw("| ")
                self.line("cell", name, told, " | ")
                self.line("cell", _CELLS[seed % len(_CELLS)], told, " | ")
                self.line("cell", f"{1 + seed % 28} March", told, " |\n")
        else:
            self.paragraph(steps, family, others)

    def clear(self, words: str, about: frozenset[str] | None) -> bool:
        """Whether no name in the words could be that of somebody in another family."""
        named = self.shared & {word.strip(".:,") for word in words.split()}
        return not named or (self.alone and about is not None and about == {self.under})

    def paragraph(self, steps: list[tuple[str, int]], family: Family, others: tuple[Family, ...]) -> None:
        last: _Subject | None = None
        for place, (step, seed) in enumerate(steps):
            words, about, subject = _STEP[step](family, others, seed, last, self.alone)
            if not self.clear(words, about):
                about, subject = None, (None, subject[1] if subject else "F")
            self.line("sentence", words, about, "\n" if place == len(steps) - 1 else " ")
            last = subject or last
            self.alone = self.alone and about is not None and about <= {family.id}


_Subject = tuple[frozenset[str] | None, str]
_Said = tuple[str, frozenset[str] | None, "_Subject | None"]
_Step = Callable[[Family, tuple[Family, ...], int, "_Subject | None", bool], _Said]


def _somebody(family: Family, seed: int) -> _One:
    person = family.people[seed % len(family.people)]
    return _One(person.name.split()[0], person.sex or "F")


def _own(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    who = _somebody(family, seed)
    about = frozenset({family.id})
    return _OF_ONE[seed // 7 % len(_OF_ONE)].format(he=who.first), about, (about, who.sex)


def _bare(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    return _BARE[seed % len(_BARE)], frozenset({family.id}) if alone else None, None


def _kin(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    about = frozenset({family.id})
    if seed % 3 == 0:
        return "Dad rang on Tuesday.", about if alone else None, (about if alone else None, "M")
    return "Mum rang on Monday.", about if alone else None, (about if alone else None, "F")


def _pronoun(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    if last is None and seed % 3:
        return _bare(family, others, seed, last, alone)
    about, sex = last or (None, "F" if seed % 2 else "M")  # nobody was spoken of: a reader could not tell
    he = "She" if sex == "F" else "He"
    return _OF_ONE[seed % len(_OF_ONE)].format(he=he), about if about and len(about) == 1 else None, None


def _other(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    if not others:
        return _stranger(family, others, seed, last, alone)
    return _own(others[seed % len(others)], (), seed, last, alone)


def _both(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    if not others:
        return _stranger(family, others, seed, last, alone)
    other = others[seed % len(others)]
    about = frozenset({family.id, other.id})
    return f"{_somebody(other, seed).first} went home with {_somebody(family, seed // 3).first}.", about, (None, "F")


def _stranger(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    who = STRANGERS[seed % len(STRANGERS)]
    return f"{who} called about the noise.", frozenset({"X"}), (frozenset({"X"}), "M" if who.startswith("Mr ") else "F")


def _contrast(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    return "The other boy was not hurt.", None, (None, "M")


def _procedure(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    return _PROCEDURE[seed % len(_PROCEDURE)], frozenset(), None


def _professional(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    who = _somebody(family, seed)
    return f"The health visitor has seen {who.first} twice.", frozenset({family.id}), (frozenset({family.id}), who.sex)


def _number(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    if not family.identifiers:
        return _own(family, others, seed, last, alone)
    return f"{family.identifiers[0]} is up for review in June.", frozenset({family.id}), None


def _address(family: Family, others: tuple[Family, ...], seed: int, last: _Subject | None, alone: bool) -> _Said:
    if not family.addresses:
        return _own(family, others, seed, last, alone)
    who = _somebody(family, seed)
    about = frozenset({family.id})
    return f"{who.first} lives at {family.addresses[0]}.", about, (about, who.sex)


_STEP: dict[str, _Step] = {
    "own": _own, "bare": _bare, "kin": _kin, "pronoun": _pronoun, "other": _other, "both": _both, "stranger": _stranger,
    "contrast": _contrast, "procedure": _procedure, "professional": _professional, "number": _number,
    "address": _address,
}  # fmt: skip

__all__ = ["Minutes", "Told", "minutes", "rosters"]
