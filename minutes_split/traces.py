"""What a roster knows of people, looked for in a text: names, numbers, addresses, dates of birth, protected values.

Nothing found means that nothing of what was looked for was there: words that
point at somebody without a name are not looked for, nor are near misses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from minutes_split.errors import ViewError
from minutes_split.folding import fold
from minutes_split.lexicon import default_lexicon
from minutes_split.protected import is_withheld
from minutes_split.roster import Family, Person, Roster
from minutes_split.spans import Span
from minutes_split.values import Squashed, forms, squashed

TraceKind = Literal["protected-value", "identifier", "date-of-birth", "address", "name"]
_KINDS: tuple[TraceKind, ...] = ("protected-value", "identifier", "date-of-birth", "address", "name")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text that names somebody, or gives a value away."""

    kind: TraceKind
    span: Span
    whose: tuple[str, ...] = field(repr=False)
    """Whom it may mean: stable names of rostered persons or families, for consistent labels."""
    value: str = field(repr=False)
    """The value as it is looked for: letters and digits only."""


@dataclass(frozen=True, slots=True)
class _Value:
    kind: TraceKind
    whose: tuple[str, ...]
    single: bool
    """Whether it is one word of a name, which may be an ordinary word as well."""


class Traces:
    """What is looked for: all that a roster knows of others than one family, and what is protected from its recipients.

    Without a family it is all that the roster knows of any.
    """

    def __init__(self, values: Mapping[str, _Value]) -> None:
        self._values = dict(values)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for value in sorted(self._values):
            self._by_beginning[value[:_BEGINNING]].append(value)

    def __repr__(self) -> str:
        return f"<Traces: {len(self._values)} values>"

    @classmethod
    def of(cls, roster: Roster, *, family: str | None = None, recipients: Sequence[str] = ()) -> Traces:
        """Everything to look for on behalf of `family` and `recipients`.

        Raises: `ViewError` for a family that the roster does not know.
        """
        own = roster.family(family) if family is not None else None
        if family is not None and own is None:
            raise ViewError("view-unknown-family", "family", "is not a family of the roster")
        mine, working = _own_values(own), _working_words(roster)
        found: dict[str, _Value] = {}
        for other in roster.families:
            if other.id != family:
                _enter(found, _values_of(other, single=True), mine, working)
        for other in roster.registered:
            if other.id != family:
                _enter(found, _values_of(other, single=False), mine, working)
        if own is not None:
            _enter(found, _protected_of(own, recipients), frozenset(), frozenset())
        return cls(found)

    def places(self, text: str, *, prose: bool = True) -> tuple[Hit, ...]:
        """Every place, in text order, not overlapping; the longest wins.

        `prose` says that capitals and beginnings of sentences mean something, as they do not in a name of a file.
        """
        read = Squashed.of(text)
        found: list[Hit] = []
        for at in read.starts:
            for value in self._beginning_at(read.text, at):
                end = at + len(value)
                if not read.text.startswith(value, at) or end not in read.ends:
                    continue
                span, told = Span(read.starts[at], read.ends[end]), self._values[value]
                if not told.single or _is_a_name(text, span, value, prose=prose):
                    found.append(Hit(told.kind, span, told.whose, value))
        return _longest(found)

    def _beginning_at(self, text: str, at: int) -> Iterator[str]:
        """The values that may begin at a place, by their first letters."""
        for length in range(1, _BEGINNING + 1):
            yield from self._by_beginning.get(text[at : at + length], ()) if at + length <= len(text) else ()


_BEGINNING = 4


def _enter(
    found: dict[str, _Value], values: Iterable[tuple[str, _Value]], mine: frozenset[str], working: frozenset[str]
) -> None:
    """Takes values in; one that stands for several people is all of theirs, and the gravest kind it has.

    Not what the family itself is called by, nor the names of professionals, unless such a name is protected.
    """
    for value, told in values:
        if value in mine or (value in working and told.kind != "protected-value"):
            continue
        before = found.get(value)
        if before is not None:
            kind = min(before.kind, told.kind, key=_KINDS.index)
            told = _Value(kind, tuple(sorted({*before.whose, *told.whose})), before.single and told.single)
        found[value] = told


def _values_of(family: Family, *, single: bool) -> Iterator[tuple[str, _Value]]:
    household = (f"family:{family.id}",)
    for person in family.people:
        whose = (_identity(person, family),)
        for name in person.names:
            words = _name_words(name)
            whole = [word for word in (squashed(part) for part in name.split()) if word in words]
            if len(whole) > 1:
                for full in (squashed(name), "".join(whole), whole[0] + whole[-1], whole[-1] + whole[0]):
                    yield full, _Value("name", whose, False)
            if single:
                yield from ((word, _Value("name", whose, True)) for word in words)
        if person.dob:
            yield from ((form, _Value("date-of-birth", whose, False)) for form in _dates(person.dob))
    for address in family.addresses:
        for form in forms(address, "address"):
            if any(c.isdigit() for c in form):
                yield form, _Value("address", household, False)
    for identifier in family.identifiers:
        for form in _identifier_forms(identifier):
            yield form, _Value("identifier", household, False)
    for protected in family.protected:
        for form in forms(protected.value, protected.kind):
            yield form, _Value("protected-value", household, False)


def _protected_of(own: Family, recipients: Sequence[str]) -> Iterator[tuple[str, _Value]]:
    for protected in own.protected:
        if is_withheld(protected, own, recipients):
            for form in forms(protected.value, protected.kind):
                yield form, _Value("protected-value", (f"family:{own.id}",), False)


def _own_values(own: Family | None) -> frozenset[str]:
    """What the family itself is called by, which nobody has to hide from it."""
    return frozenset() if own is None else frozenset(value for value, _ in _values_of(own, single=True))


def _working_words(roster: Roster) -> frozenset[str]:
    """Names of professionals, and each word of them."""
    names = [name for p in roster.professionals for name in (p.name, *p.aliases)]
    return frozenset({squashed(name) for name in names} | {word for name in names for word in _name_words(name)})


def _identity(person: Person, family: Family) -> str:
    """One person, however often and in however many families; without an id, a name in its family."""
    return f"person:{person.id}" if person.id else f"family:{family.id}:{squashed(person.name)}"


_BREAK = re.compile(r"[\s\-]+")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "sir",
        "lady",
        "of",
        "de",
        "the",
        "and",
        "van",
        "al",
        "el",
        "baby",
        "child",
        "unborn",
        "mum",
        "mother",
        "dad",
        "father",
        "nan",
        "nana",
        "gran",
        "grandma",
        "grandad",
        "aunt",
        "auntie",
        "uncle",
    ]
)


def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another, squashed; the parts of a double name too."""
    words = [squashed(part) for part in fold(name).text.split()]
    parts = [squashed(part) for part in _BREAK.split(fold(name).text)]
    return tuple(w for w in dict.fromkeys((*words, *parts)) if len(w) > 1 and w not in _TITLES and not w.isdigit())


def _identifier_forms(identifier: str) -> frozenset[str]:
    """An identifier, and its digits alone if there are enough of them to be nobody else's."""
    whole = squashed(identifier)
    digits = re.sub(r"^[a-z]+", "", whole)
    return frozenset({whole, *([digits] if len(digits) >= 6 and digits.isdigit() else [])})


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def _dates(day: date) -> frozenset[str]:
    """A date as it is written in the UK, squashed, with its year."""
    months = {_MONTHS[day.month - 1], _LONG[day.month - 1], *(["sept"] if day.month == 9 else [])}
    th = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    days = {str(day.day), f"{day.day:02}", f"{day.day}{th}"}
    made = {f"{day:%Y%m%d}"}
    for year in (f"{day:%Y}", f"{day:%y}"):
        made |= {f"{day:%d%m}{year}"}
        made |= {f"{d}{month}{year}" for d in days for month in months}
        made |= {f"{d}of{month}{year}" for d in days for month in months}
        made |= {f"{month}{d}{year}" for d in days for month in months}
    return frozenset(made | {f"{day.day}{day.month}{day:%Y}"})


def _is_a_name(text: str, span: Span, value: str, *, prose: bool) -> bool:
    """Whether a word that is one of somebody's names stands here as a name.

    An ordinary word ("Will", "Rose") is one only with a capital inside a sentence.
    """
    words = span.within(text)
    if any(c.isspace() for c in words):
        return False
    if value not in _ordinary():
        return True
    if not prose or not words[0].isupper():
        return False
    before = text[: span.start].rstrip(" \t\"'“‘(-•*")
    begins = not before or before[-1] in ".!?:;\n"
    return not begins or bool(_POSSESSIVE.match(text, span.end)) or bool(_DOES.match(text, span.end))


_POSSESSIVE = re.compile(r"['’]s\b")
_DOES = re.compile(
    r"\s+(?:is|was|has|had|does|did|said|says|told|stated|reported|attended|lives|lived|went|can|could|will|would|hit)\b"
)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words that are no name, or that are a name and a word as well."""
    lexicon = default_lexicon()
    return (lexicon.words("words") - lexicon.words("forenames")) | lexicon.words("word_names")


def _longest(found: list[Hit]) -> tuple[Hit, ...]:
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.span.start, -h.span.end, _KINDS.index(h.kind))):
        if not kept or hit.span.start >= kept[-1].span.end:
            kept.append(hit)
        elif hit.span.end > kept[-1].span.end:
            last = kept[-1]
            kind = min(last.kind, hit.kind, key=_KINDS.index)
            whose = tuple(sorted({*last.whose, *hit.whose}))
            kept[-1] = Hit(kind, Span(last.span.start, hit.span.end), whose, last.value)
    return tuple(kept)


__all__ = ["Hit", "TraceKind", "Traces"]
