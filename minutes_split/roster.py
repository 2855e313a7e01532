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
        told = _without_nulls(_mapping(data))
        faults = [*_form_faults(cls, told), *_faults(told)]
        if faults:
            raise RosterError.of(dict.fromkeys(faults))
        roster: Roster = loaded(cls, told, prefix="roster", error=RosterError)
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
        return self._by_id.get(family_id)

    @cached_property
    def _by_id(self) -> dict[str, Family]:
        return {family.id: family for family in reversed(self.families)}  # of two with one id the first counts

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


def _form_faults(model: type[Roster], told: object) -> tuple[Fault, ...]:
    """What is not of the expected form."""
    try:
        loaded(model, told, prefix="roster", error=RosterError)
    except RosterError as refused:
        return refused.faults
    return ()


def _faults(told: object) -> Iterator[Fault]:
    """What the form alone does not refuse, in the roster's order; parts whose form is wrong are passed over."""
    if not isinstance(told, dict):
        return
    families = _listed(told, "families")
    if told.get("families") == []:
        yield Fault("roster-empty", "$.families", "names no family")
    seen: Counter[str] = Counter()
    people: dict[str, tuple[str, object]] = {}
    for group, members in (("families", families), ("register", _listed(told, "register"))):
        for i, family in enumerate(members):
            yield from _family_faults(family, f"$.{group}[{i}]", seen, people)
    for i, professional in enumerate(_listed(told, "professionals")):
        name = professional.get("name")
        if isinstance(name, str) and not name.strip():
            yield Fault("roster-blank", f"$.professionals[{i}].name", "should not be blank")


def _family_faults(
    family: dict[str, object], where: str, seen: Counter[str], people: dict[str, tuple[str, object]]
) -> Iterator[Fault]:
    family_id = family.get("id")
    if isinstance(family_id, str):
        yield from _id_faults(family_id, f"{where}.id", seen)
    if family.get("people") == []:
        yield Fault("roster-no-people", f"{where}.people", "has nobody in it")
    for i, person in enumerate(_listed(family, "people")):
        yield from _person_faults(person, f"{where}.people[{i}]", people)
    for key in ("addresses", "identifiers"):
        values = family.get(key)
        for i, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, str) and not value.strip():
                yield Fault("roster-blank", f"{where}.{key}[{i}]", "should not be blank")
    for i, protected in enumerate(_listed(family, "protected")):
        value = protected.get("value")
        if isinstance(value, str) and not value.strip():
            yield Fault("roster-blank", f"{where}.protected[{i}].value", "should not be blank")


def _id_faults(family_id: str, where: str, seen: Counter[str]) -> Iterator[Fault]:
    if not family_id.strip():
        yield Fault("roster-blank", where, "should not be blank")
    elif any(character.isspace() for character in family_id):
        yield Fault("roster-id-space", where, "should hold no white space, which parts ids in records")
    elif family_id in RESERVED:
        yield Fault("roster-reserved-id", where, "is an id with a meaning of its own (X, ?, -, !)")
    elif seen[family_id]:
        yield Fault("roster-duplicate-id", where, "is the id of an earlier family")
    seen[family_id] += 1


def _person_faults(person: dict[str, object], where: str, people: dict[str, tuple[str, object]]) -> Iterator[Fault]:
    name, aliases, known_as = person.get("name"), person.get("aliases"), person.get("id")
    if _blank(name):
        yield Fault("roster-blank", f"{where}.name", "should hold a letter")
    for i, alias in enumerate(aliases if isinstance(aliases, list) else ()):
        if _blank(alias):
            yield Fault("roster-blank", f"{where}.aliases[{i}]", "should hold a letter")
    if isinstance(known_as, str) and isinstance(name, str):
        facts = name.casefold(), person.get("dob")
        if people.setdefault(known_as, facts) != facts:
            yield Fault("roster-person-conflict", f"{where}.id", "is one person with two names or two dates of birth")


def _listed(told: dict[str, object], key: str) -> list[dict[str, object]]:
    """The objects under a key; whatever else stands there is the form's fault."""
    value = told.get(key)
    return [item if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []


def _blank(name: object) -> bool:
    """Whether a name is text without a letter."""
    return isinstance(name, str) and not any(character.isalpha() for character in name)
