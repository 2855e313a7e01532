"""Who the meeting was about: families and their people, professionals, and the authority's register."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from minutes_split.errors import Fault, RosterError
from minutes_split.strict import Strict, loaded

RESERVED = frozenset({"X", "?", "-", "!"})
"""Ids with a meaning of their own: a stranger, a doubt, nobody, must be released."""

Sex = Literal["F", "M"]


class _Quiet(Strict):
    """A model whose `repr` shows its kind and nothing else."""

    refusal = ("roster", RosterError)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


class Person(_Quiet):
    """One rostered person. The same `id` in two families is one person; the same name without it is two."""

    name: str
    id: str | None = None
    aliases: tuple[str, ...] = ()
    role: str | None = None
    sex: Sex | None = None
    dob: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


class Protected(_Quiet):
    """A value that is withheld from the recipients named in `from`, or from everybody if none is named."""

    value: str
    kind: str = "other"
    withheld_from: tuple[str, ...] = Field(default=(), alias="from")


class Recipient(_Quiet):
    """Somebody to whom a plan of the family may go; `person` is the id of a rostered person."""

    id: str
    role: str | None = None
    person: str | None = None


class Family(_Quiet):
    """A household, or the people a case is about."""

    id: str
    people: tuple[Person, ...]
    label: str | None = None
    addresses: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    protected: tuple[Protected, ...] = ()
    recipients: tuple[Recipient, ...] = ()


class Professional(_Quiet):
    """Somebody who is there for work; the name never counts as a family's."""

    name: str
    role: str | None = None
    aliases: tuple[str, ...] = ()


class Roster(Strict):
    """The families a meeting was about, the professionals, and a register that only casts doubt.

    The register holds other families that the authority knows; it may be of
    any size, and nothing is ever released because of it.
    """

    refusal = ("roster", RosterError)

    families: tuple[Family, ...]
    professionals: tuple[Professional, ...] = ()
    registered: tuple[Family, ...] = Field(default=(), alias="register")

    @classmethod
    def load(cls, data: Mapping[str, Any] | str | bytes) -> Roster:
        """A roster from a mapping or its JSON.

        Every key but `families`, `id`, `people` and `name` may be missing or null.
        Raises: `RosterError` with all faults at once, each with its path.
        """
        roster: Roster = loaded(cls, _without_nulls(_mapping(data)), prefix="roster", error=RosterError)
        faults = tuple(_faults(roster))
        if faults:
            raise RosterError.of(faults)
        return roster

    def __repr__(self) -> str:
        return (
            f"<Roster: {len(self.families)} families, {len(self.professionals)} professionals, "
            f"{len(self.registered)} in the register>"
        )

    __str__ = __repr__

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The family ids, in the roster's order."""
        return tuple(family.id for family in self.families)

    def family(self, family_id: str) -> Family | None:
        """The family with this id, or `None`."""
        return next((family for family in self.families if family.id == family_id), None)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the roster as JSON, lower-case hexadecimal."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode("utf-8")).hexdigest()


def _mapping(data: Mapping[str, Any] | str | bytes) -> object:
    if isinstance(data, Mapping):
        return data
    if not isinstance(data, str | bytes):
        raise RosterError("roster-type", "$", "should be a mapping or its JSON")
    fault = None
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as refused:
        fault = f"line {refused.lineno}" if isinstance(refused, json.JSONDecodeError) else "$"
    raise RosterError("roster-json", fault, "is not JSON")


def _without_nulls(value: object) -> object:
    """A key that is null is a key that is missing."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(item) for item in value]
    return value


def _faults(roster: Roster) -> Iterator[Fault]:
    """What the form alone cannot refuse, in the roster's order."""
    if not roster.families:
        yield Fault("roster-empty", "$.families", "names no family")
    seen: Counter[str] = Counter()
    people: dict[str, tuple[str, date | None]] = {}
    for group, families in (("families", roster.families), ("register", roster.registered)):
        for i, family in enumerate(families):
            where = f"$.{group}[{i}]"
            yield from _id_faults(family.id, f"{where}.id", seen)
            if not family.people:
                yield Fault("roster-no-people", f"{where}.people", "has nobody in it")
            for j, person in enumerate(family.people):
                yield from _person_faults(person, f"{where}.people[{j}]", people)
            for key in ("addresses", "identifiers"):
                for j, value in enumerate(getattr(family, key)):
                    if not value.strip():
                        yield Fault("roster-blank", f"{where}.{key}[{j}]", "should not be blank")
            for j, protected in enumerate(family.protected):
                if not protected.value.strip():
                    yield Fault("roster-blank", f"{where}.protected[{j}].value", "should not be blank")
    for i, professional in enumerate(roster.professionals):
        if not professional.name.strip():
            yield Fault("roster-blank", f"$.professionals[{i}].name", "should not be blank")


def _id_faults(family_id: str, where: str, seen: Counter[str]) -> Iterator[Fault]:
    if not family_id.strip():
        yield Fault("roster-blank", where, "should not be blank")
    elif family_id in RESERVED:
        yield Fault("roster-reserved-id", where, "is an id with a meaning of its own (X, ?, -, !)")
    elif seen[family_id]:
        yield Fault("roster-duplicate-id", where, "is the id of an earlier family")
    seen[family_id] += 1


def _person_faults(person: Person, where: str, people: dict[str, tuple[str, date | None]]) -> Iterator[Fault]:
    for i, name in enumerate(person.names):
        if not any(character.isalpha() for character in name):
            yield Fault(
                "roster-blank", f"{where}.name" if i == 0 else f"{where}.aliases[{i - 1}]", "should hold a letter"
            )
    if person.id is not None:
        facts = person.name.casefold(), person.dob
        if people.setdefault(person.id, facts) != facts:
            yield Fault("roster-person-conflict", f"{where}.id", "is one person with two names or two dates of birth")
