"""What a person decided: three kinds of answer, bound to the unit they were given for.

An answer holds in an amended document as long as exactly one place has its
key; otherwise it is stale: listed, without effect, and asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from minutes_split.errors import DecisionError, Fault
from minutes_split.strict import Strict, loaded

NOBODY_IS_MEANT = "-"
"""As the party of an `Identify`: a professional, or nobody."""
A_STRANGER_IS_MEANT = "X"
"""As the party of an `Identify`: somebody on no roster."""


class _Answer(Strict):
    """Who answered, when, and why. Raises: `DecisionError` for an answer that is malformed."""

    refusal = ("decision", DecisionError)

    document_id: str
    by: str
    at: datetime
    why: str = ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


class Confirm(_Answer):
    """These proposed units are about this family alone: likely becomes decided."""

    kind: Literal["confirm"] = "confirm"
    units: tuple[str, ...] = Field(min_length=1)
    """Keys of the units."""
    family: str


class Identify(_Answer):
    """Who a mention is; attribution is computed again with it."""

    kind: Literal["identify"] = "identify"
    mention: str
    """Key of the mention, as a question gives it."""
    party: str
    """A family id, "X" for somebody on no roster, "-" for a professional or nobody."""


class Disclose(_Answer):
    """This unit may go to this family, whoever else it is about; nothing else clears a mixed unit."""

    kind: Literal["disclose"] = "disclose"
    unit: str
    family: str
    recipients: tuple[str, ...] = ()
    """Those of the family who may read it; a view for anybody else, or for nobody named, is without it. Empty: all of them."""


Decision = Confirm | Identify | Disclose


class _File(Strict):
    schema_version: Literal[1]
    decisions: tuple[Confirm | Identify | Disclose, ...]


def decisions_to_json(decisions: Iterable[Decision]) -> str:
    """Decisions as they go on file."""
    return _File(schema_version=1, decisions=tuple(decisions)).model_dump_json(indent=1)


def decisions_from_json(data: str | bytes | Mapping[str, Any]) -> tuple[Decision, ...]:
    """Decisions from file. Raises: `DecisionError` with every fault."""
    return loaded(_File, data, prefix="decision", error=DecisionError).decisions


@dataclass(frozen=True, slots=True)
class Answers:
    """Decisions sorted by what they answer. Raises `DecisionError` where two of them contradict each other."""

    confirmed: Mapping[str, Confirm] = field(repr=False)
    """Unit key -> the confirmation."""
    identified: Mapping[str, Identify] = field(repr=False)
    """Mention key -> the identification."""
    disclosed: Mapping[str, tuple[Disclose, ...]] = field(repr=False)
    """Unit key -> the disclosures."""


def answers(decisions: Iterable[Decision], *, document_id: str, families: Iterable[str]) -> Answers:
    """The decisions for one document.

    Raises: `DecisionError` for a family that the roster does not know and for two answers to one question that differ.
    """
    known = {*families}
    confirmed: dict[str, Confirm] = {}
    identified: dict[str, Identify] = {}
    disclosed: dict[str, tuple[Disclose, ...]] = {}
    faults = []
    for i, decision in enumerate(decisions):
        where = f"decision {i + 1}"
        if decision.document_id != document_id:
            continue
        party = decision.party if isinstance(decision, Identify) else decision.family
        if party not in known and not (
            isinstance(decision, Identify) and party in (NOBODY_IS_MEANT, A_STRANGER_IS_MEANT)
        ):
            faults.append(Fault("decision-family", where, "names a family that the roster does not know"))
        elif isinstance(decision, Confirm):
            for key in decision.units:
                if confirmed.setdefault(key, decision).family != decision.family:
                    faults.append(Fault("decision-contradiction", where, "gives one unit to two families"))
        elif isinstance(decision, Identify):
            if identified.setdefault(decision.mention, decision).party != decision.party:
                faults.append(Fault("decision-contradiction", where, "says of one mention that it is two parties"))
        else:
            disclosed[decision.unit] = (*disclosed.get(decision.unit, ()), decision)
    if faults:
        raise DecisionError.of(faults)
    return Answers(confirmed, identified, disclosed)
