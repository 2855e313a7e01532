"""The roster made ready for look-up: every form of every name, identifiers, addresses, dates of birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any

import regex

from minutes_split.folding import fold
from minutes_split.lexicon import Lexicon
from minutes_split.mentions.tokens import keys
from minutes_split.roster import Family, Person, Roster

PROFESSIONAL = -1
"""In place of a person's number: somebody who is there for work."""
REGISTERED = -2
"""In place of a person's number: somebody of a family that only the register knows."""

Node = dict[Any, Any]
"""A trie over word keys; the entry of a node stands under `None`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the roster says of one person, with what follows from the role."""

    families: frozenset[str] = field(repr=False)
    sex: str | None
    age: str | None
    """"child" or "adult", from the role."""
    relations: frozenset[str]
    """Kin relations that the role names: "mother", "child"."""
    name: tuple[str, ...] = field(repr=False)
    """Keys of the full name; empty where only a first name is known."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody the roster knows, by every form of their name."""

    people: tuple[Facts, ...] = field(repr=False)
    of_family: dict[str, tuple[int, ...]] = field(repr=False)
    names: Node = field(repr=False)
    """Trie: word keys -> {form: people numbers}."""
    values: dict[str, frozenset[str]] = field(repr=False)
    """Normalised identifier, date of birth, postcode or address -> families."""
    codes: dict[str, frozenset[str]] = field(repr=False)
    """Case code in a family's label ("case3") -> families; a document may count its cases otherwise."""
    houses: dict[str, frozenset[str]] = field(repr=False)
    """House number as written ("14", "51a") -> families."""
    doors: dict[tuple[str, ...], frozenset[str]] = field(repr=False)
    """House number and the name of the street without "Road" -> families."""
    streets: Node = field(repr=False)
    """Trie: words of a street -> families."""
    initials: dict[str, frozenset[int]] = field(repr=False)
    letters: dict[str, frozenset[int]] = field(repr=False)
    at_work: dict[tuple[str, ...], frozenset[str | None]] = field(repr=False)
    """Surname of professionals -> their sexes, as a title or an unmistakable first name tells."""
    spelled: dict[str, frozenset[str]] = field(repr=False)
    """Single words of family names, for near misses -> families."""
    spelled_words: tuple[str, ...] = field(default=(), repr=False)
    """The same words, in one order."""


def directory(roster: Roster, lexicon: Lexicon) -> Directory:
    """`roster` compiled once; nothing in it depends on a document."""
    relations = _relations(lexicon)
    nicknames = lexicon.tables["nicknames"]["nicknames"]
    titles = {*lexicon.entries("professions", "titles"), *lexicon.entries("professions", "private_titles")}
    told = (line.split("\t") for line in sorted(lexicon.words("forenames_sex")))
    sexes = {
        name: sex for name, sex in told if sex in ("F", "M")
    }  # an accented form, once folded, has a small letter here
    short = _short_forms(lexicon)
    build = _Build(
        sexes,
        titles={keys(fold(t).text)[0] for t in titles if len(keys(fold(t).text)) == 1}
        | {"senior", "junior", "snr", "jnr"},
        street_words={keys(word)[-1] for word in lexicon.entries("organisations", "streets")},
    )
    for family in roster.families:
        for person in family.people:
            build.person(person, family, relations, nicknames)
        for value in family.identifiers:
            build.value(value, family.id)
        for address in family.addresses:
            for written in _written(fold(address).text, short):
                build.address(written, family.id)
        if family.label:
            build.label(family.label, family.id)
    for professional in roster.professionals:
        for name in (professional.name, *professional.aliases):
            build.professional(name)
    for family in roster.registered:
        build.registered(family)
    return build.directory(roster.ids)


class _Build:
    """The directory while it is made."""

    def __init__(self, sexes: dict[str, str], titles: set[str], street_words: set[str]) -> None:
        self.sexes = sexes
        self.street_words = street_words
        self.doors: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.at_work: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
        self.titles = titles
        self.people: list[Facts] = []
        self.known: dict[str, int] = {}
        self.names: Node = {}
        self.values: dict[str, set[str]] = defaultdict(set)
        self.codes: dict[str, set[str]] = defaultdict(set)
        self.houses: dict[str, set[str]] = defaultdict(set)
        self.streets: Node = {}
        self.initials: dict[str, set[int]] = defaultdict(set)
        self.letters: dict[str, set[int]] = defaultdict(set)
        self.spelled: dict[str, set[str]] = defaultdict(set)

    def directory(self, ids: tuple[str, ...]) -> Directory:
        of_family: dict[str, list[int]] = {family: [] for family in ids}
        for number, facts in enumerate(self.people):
            for family in facts.families:
                of_family[family].append(number)
        return Directory(
            tuple(self.people), {family: tuple(numbers) for family, numbers in of_family.items()}, self.names, _frozen(self.values), _frozen(self.codes), _frozen(self.houses), _frozen(self.doors), self.streets,
            _frozen(self.initials), _frozen(self.letters), _frozen(self.at_work), _frozen(self.spelled),
            tuple(sorted(self.spelled)),
        )  # fmt: skip

    def person(
        self,
        person: Person,
        family: Family,
        relations: dict[str, tuple[str, str | None, str | None]],
        nicknames: dict[str, list[str]],
    ) -> None:
        number = self._number(person, family, relations)
        for i, name in enumerate(person.names):
            words = self._name_words(name)
            if not words or (len(words) == 1 and " ".join(words[0]) in relations):
                continue  # "Nan" as an alias is a relation, not a name
            self._forms(words, number, alias=i > 0)
            for word in {key for part in words for key in part}:
                if len(word) >= 4:
                    self.spelled[word].add(family.id)
            for short in nicknames.get(" ".join(words[0]), ()):
                self._enter(keys(fold(short).text), number, "nickname")
        if person.dob:
            for written in _dates(person.dob):
                self.values[written].add(family.id)

    def _number(self, person: Person, family: Family, relations: dict[str, tuple[str, str | None, str | None]]) -> int:
        """The person's number; one person in two families has one number."""
        told = _role_facts(person.role, relations)
        sex = person.sex or told[1]
        words = self._name_words(person.name)
        name = tuple(key for word in words for key in word) if len(words) > 1 else ()
        if person.id is not None and person.id in self.known:
            number = self.known[person.id]
            old = self.people[number]
            self.people[number] = Facts(
                old.families | {family.id}, old.sex or sex, old.age or told[2], old.relations | told[0], name
            )
            return number
        self.people.append(Facts(frozenset({family.id}), sex, told[2], told[0], name))
        if person.id is not None:
            self.known[person.id] = len(self.people) - 1
        return len(self.people) - 1

    def professional(self, name: str) -> None:
        words = self._name_words(name)
        if words:
            self._forms(words, PROFESSIONAL, alias=False)
            told = {"mr": "M", "mrs": "F", "ms": "F", "miss": "F"}.get(keys(fold(name).text)[0])
            first = self.sexes.get(" ".join(words[0])) if len(words) > 1 else None
            self.at_work[words[-1]].add(told or first)

    def registered(self, family: Family) -> None:
        for person in family.people:
            for name in person.names:
                words = self._name_words(name)
                if len(words) > 1:
                    self._enter(tuple(key for part in words for key in part), REGISTERED, "full")
            if person.dob:
                for written in _dates(person.dob):
                    self.values[written].add("?")
        for value in family.identifiers:
            self.value(value, "?")
        for address in family.addresses:
            self.address(address, "?")

    def label(self, label: str, family: str) -> None:
        """A case code in the roster's own label ("Case 3 - Dunne") names the family."""
        for found in _CASE.finditer(fold(label).text):
            self.codes[_plain(found.group())].add(family)

    def value(self, value: str, family: str) -> None:
        """An identifier, with and without the word that says what it is."""
        folded = fold(value).text
        digits = [m.group() for m in _CODED.finditer(folded)]
        whole = _plain(folded)
        if whole:
            self.values[whole].add(family)
        tail = _plain(folded[folded.index(digits[0]) :]) if digits else ""
        if len(tail) >= 5:
            self.values[tail].add(family)
        last = _DIGITS.findall(folded)[-1:]
        if last and (len(last[0]) >= 5 or (len(last[0]) == 4 and not "1900" <= last[0] <= "2099")):
            self.values[last[0]].add(family)  # "0131" for EH/24/0131; four digits that could be a year are none

    def address(self, address: str, family: str) -> None:
        """The whole of it, house number with street, postcode, and the street alone."""
        folded = fold(address).text
        for whole in (folded, _POSTCODE.sub("", folded)):
            self.values[_plain(whole)].add(family)  # the town in it is then part of an address, and nobody's name
        for code in _POSTCODE.finditer(folded):
            self.values[_plain(code.group())].add(family)
        first = [part.strip() for part in _POSTCODE.sub("", folded).split(",")]
        for part, behind in zip(first, [*first[1:], ""], strict=True):
            house = _HOUSE.match(part)
            if not house:
                continue
            street = keys(house.group("street")) or keys(behind)
            self.houses[house.group("number").casefold()].add(family)
            if street:
                self.values[_plain(part)].add(family)
                if len(street) > 1 and street[-1] in self.street_words:
                    self.doors[house.group("number").casefold(), *street[:-1]].add(family)
                _insert(self.streets, street).setdefault("families", set()).add(family)
            break
        else:
            named = keys(first[0])
            if named:
                _insert(self.streets, named).setdefault("houses" if len(named) > 1 else "families", set()).add(family)

    def _name_words(self, name: str) -> list[tuple[str, ...]]:
        """The words of a name without the titles in front; a hyphenated word is one, of several keys."""
        bare = _without_brackets(fold(name).text)
        if "," in bare:
            last, _, first = bare.partition(",")
            bare = f"{first} {last}"
        words = [word for word in map(keys, bare.split()) if word]
        titles = takewhile(lambda word: len(word) == 1 and word[0] in self.titles, words)
        return words[len(list(titles)) :] or words[1:][-1:]  # "Mrs Begum" has a surname, "Mrs" has none

    def _forms(self, words: list[tuple[str, ...]], number: int, *, alias: bool) -> None:
        """Every way in which this name is written."""
        flat = tuple(key for word in words for key in word)
        first, last = words[0], words[-1]
        self._enter(flat, number, "alias" if alias and len(words) == 1 else "full" if len(words) > 1 else "first")
        if len(words) > 1:
            self._enter(first + last, number, "full")
            self._enter(last + first, number, "full")
            self._enter(last + tuple(key for word in words[:-1] for key in word), number, "full")
            self._enter((first[0][0], *last), number, "initial")
            self._enter((*first, last[0][0]), number, "first-initial")
            if len(last) > 1:  # "Philippa Jarvis-Moore" as "Philippa J-M", "Philippa Jarvis", "Philippa Moore"
                self._enter((*first, *(key[0] for key in last)), number, "first-initial")
                for key in last:
                    self._enter((*first, key), number, "full")
            for length in range(2, len(last[0])) if number >= 0 else ():
                self._enter((*first, last[0][:length]), number, "first-cut")
            if not alias or number == PROFESSIONAL:
                self._enter(first, number, "first")
                self._enter(last, number, "surname")
                if number >= 0:
                    self._enter((*last[:-1], f"{last[-1]}s"), number, "surname")
                    self._enter((*last[:-1], f"{last[-1]}es"), number, "surname")
            for word in words[1:-1]:
                self._enter(word, number, "middle")
            for word in (first, last):
                if len(word) > 1:
                    for key in word:
                        if len(key) > 2:
                            self._enter((key,), number, "part")
            self.initials["".join(word[0][0] for word in words)].add(number)
            self.initials[first[0][0] + last[0][0]].add(number)
            self.initials["".join(key[0] for key in flat)].add(number)
        self.letters[first[0][0]].add(number)

    def _enter(self, path: tuple[str, ...], number: int, form: str) -> None:
        if path:
            _insert(self.names, path).setdefault(form, set()).add(number)


def _without_brackets(name: str) -> str:
    """The name without what stands in brackets."""
    *closed, last = name.split(")")
    return "".join(part.partition("(")[0] + (" " if "(" in part else ")") for part in closed) + last


def _frozen(table: dict[Any, set[Any]]) -> dict[Any, frozenset[Any]]:
    return {key: frozenset(value) for key, value in table.items()}


def _insert(trie: Node, path: Iterable[str]) -> dict[str, set[Any]]:
    node = trie
    for key in path:
        node = node.setdefault(key, {})
    found: dict[str, set[Any]] = node.setdefault(None, {})
    return found


def _relations(lexicon: Lexicon) -> dict[str, tuple[str, str | None, str | None]]:
    """Kin word -> (relation, sex, age)."""
    found = {}
    for relation, facts in lexicon.tables["kinship"].items():
        if isinstance(facts, dict):
            for word in (*facts["one"], *facts["many"]):
                found[" ".join(keys(fold(word).text))] = (relation, facts.get("sex"), facts.get("age"))
    return found


def _role_facts(
    role: str | None, relations: dict[str, tuple[str, str | None, str | None]]
) -> tuple[frozenset[str], str | None, str | None]:
    """Relations, sex and age that a role says: "maternal grandmother and carer"; the first word that tells decides."""
    words = keys(fold(role or "").text.split(" of ")[0])
    told = []
    place = 0
    while place < len(words):
        for length in (3, 2, 1):
            fact = relations.get(" ".join(words[place : place + length]))
            if fact and place + length <= len(words):
                told.append(fact)
                place += length
                break
        else:
            place += 1
    sex = next((fact[1] for fact in told if fact[1]), None)
    age = next((fact[2] for fact in told if fact[2]), None)
    return frozenset(fact[0] for fact in told), sex, age


def _short_forms(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Word for a street -> the other ways in which it is written: "street" -> ("st", "str")."""
    forms: dict[str, tuple[str, ...]] = {}
    for word, short in lexicon.tables["organisations"]["street_forms"].items():
        for one in (word, *short):
            forms[one] = (*forms.get(one, ()), *(other for other in (word, *short) if other != one))
    return forms


def _written(address: str, short: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The address, and the same with one word for a street written another way."""
    yield address
    for word in _WORD.finditer(address):
        for other in short.get(word.group().casefold(), ()):
            yield address[: word.start()] + other + address[word.end() :]


def _plain(text: str) -> str:
    """Only letters and digits, in small letters."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _dates(day: date) -> Iterator[str]:
    """The ways in which British minutes write a date, as `_plain` leaves them, each behind "d:" and its numbers parted."""
    for year in (f"{day.year}", f"{day.year % 100:02d}"):
        yield f"d:{day.day}/{day.month}/{year}"
    yield f"d:{day.year}-{day.month}-{day.day}"


_CASE = regex.compile(
    r"\b(?:case|family|item|bed|row|pupil|child|young person|yp|plot|house|no|number|ref|mace|referral|request|household)\.?\s*(?:no\.?\s*)?\d{1,4}[a-z]?\b",
    regex.I,
)
_CODED = regex.compile(r"(?<!\S)[^\s\d]*+\d\S*+")
_WORD = regex.compile(r"[A-Za-z]++")
_DIGITS = regex.compile(r"\d+")
_POSTCODE = regex.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*(?:\d[A-Za-z]{2})?\b")
_HOUSE = regex.compile(
    r"(?:flat|apt|apartment|unit|room|plot|no\.?|number)?\s*(?P<number>\d{1,4}[a-z]?)\s*(?:/|-)?\s*(?P<street>.*)",
    regex.I,
)
