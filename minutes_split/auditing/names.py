"""What the rosters and registers know of people: names, values and dates of birth, by what they look like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from minutes_split.auditing.addresses import Streets
from minutes_split.auditing.normal import WORD, normalise
from minutes_split.auditing.sources import Kept
from minutes_split.lexicon import default_lexicon
from minutes_split.roster import Family
from minutes_split.values import forms, squashed

ValueKind = Literal["other-name", "address", "identifier", "protected-value"]


class Names:
    """What the rosters and registers of all minutes know of people, by what it looks like."""

    def __init__(self, sources: tuple[Kept, ...]) -> None:
        self.words: dict[str, set[str]] = defaultdict(set)
        """Each word of a name of the rosters, and the families it is a name in."""
        self.working: set[str] = set()
        """Words of the names of professionals."""
        self.values: dict[str, dict[str, ValueKind]] = defaultdict(dict)
        """Each squashed value, the families it belongs to, and what it is."""
        self.registered: set[str] = set()
        """Squashed names that only a register holds."""
        self.births: dict[date, set[str]] = defaultdict(set)
        self.streets = Streets()
        """House numbers and streets of all families."""
        self.short_forms: dict[str, set[str]] = defaultdict(set)
        """Short and pet forms of forenames of the rosters, and the families they may be somebody of."""
        rosters = {id(source.roster): source.roster for source in sources}.values()
        for roster in rosters:
            for professional in roster.professionals:
                for name in (professional.name, *professional.aliases):
                    self.working.update(name_words(name))
                    self.values[squashed(name)][""] = "other-name"
            for family in roster.families:
                self._learn(family, register=False)
        for roster in rosters:
            for family in roster.registered:
                self._learn(family, register=True)
        self.to_mask = frozenset(self.words) | self.working
        self.only_working = frozenset(self.working - set(self.words))
        """Words of the names of professionals that are a name in no family."""
        self.short_forms = {word: families for word, families in self.short_forms.items() if word not in self.to_mask}
        self.by_beginning: dict[str, list[str]] = defaultdict(list)
        for value in self.values:
            self.by_beginning[value[:BEGINNING]].append(value)
        self.written = frozenset(word for source in sources for word in LOWER.findall(source.document.text))
        """Words that the minutes write in small letters."""
        self.ordinary = default_lexicon().words("words")
        """Words of the language; some are names as well."""

    def _learn(self, family: Family, *, register: bool) -> None:
        for person in family.people:
            for name in person.names:
                words = name_words(name)
                if len(words) > 1:
                    self._value(squashed(name), family.id, "other-name", register=register)
                if not register:
                    for word in words:
                        self.words[word].add(family.id)
                    for short in _short_forms().get(words[0], ()) if words else ():
                        self.short_forms[short].add(family.id)
            if person.dob:
                self.births[person.dob].add(family.id)
        for address in dict.fromkeys(family.addresses):
            self.streets.learn(address)
            for form in forms(address, "address"):
                if any(c.isdigit() for c in form):
                    self._value(form, family.id, "address", register=register)
        for identifier in family.identifiers:
            self._value(squashed(identifier), family.id, "identifier", register=register)
            digits = _LABEL.sub("", squashed(identifier))
            if len(digits) >= 6:
                self._value(digits, family.id, "identifier", register=register)
        for protected in family.protected:
            if protected.kind == "address":
                self.streets.learn(protected.value)
            for form in forms(protected.value, protected.kind):
                self._value(form, family.id, "protected-value", register=register)

    def _value(self, value: str, family: str, kind: ValueKind, *, register: bool) -> None:
        if len(value) < 4:
            return
        if register and value not in self.values:
            self.registered.add(value)
        self.values[value].setdefault(family, kind)
        if kind == "protected-value":
            self.values[value][family] = kind


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[str, ...]]:
    """Forename -> its short and pet forms that are no word of the language."""
    lexicon = default_lexicon()
    ordinary = lexicon.words("words")
    table = lexicon.tables.get("nicknames", {}).get("nicknames", {})
    return {name: tuple(n for n in short if len(n) > 2 and n not in ordinary) for name, short in table.items()}


BEGINNING = 4


LOWER = re.compile(r"(?<![\w'’])[a-z]{3,}(?!\w)")


_LABEL = re.compile(r"^[a-z]+")


_NO_NAMES = (
    "mr mrs ms miss mx dr prof sir lady of de the and van al el "
    "baby child unborn mum mother dad father nan nana gran grandma grandad aunt auntie uncle"
)


TITLES = frozenset(_NO_NAMES.split())


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another."""
    words = WORD.findall(normalise(name).text)
    return tuple(word for word in words if len(word) > 1 and word not in TITLES)


def nearest_name(word: str, names: list[str], least: float) -> float:
    """How near the nearest name is, 0 to 100; 0 if none is near."""
    best = 0.0
    for name in names:
        if abs(len(name) - len(word)) > 2 or len(name) < 4:
            continue
        score = fuzz.ratio(word, name)
        if score >= least or (len(name) > 4 and OSA.distance(word, name, score_cutoff=1) <= 1):
            best = max(best, score)
    return best


_KINDS: tuple[ValueKind, ...] = ("protected-value", "identifier", "address", "other-name")


def worst_kind(kinds: Iterable[ValueKind]) -> ValueKind:
    """The kind that weighs most."""
    return min(kinds, key=_KINDS.index)
