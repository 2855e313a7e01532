"""The base of everything that comes from outside or goes on file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from minutes_split.errors import Fault, MinutesSplitError

Model = TypeVar("Model", bound=BaseModel)


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)  # it has no public name


class _Refusing(ModelMetaclass):
    """Makes a model that is built by hand refuse with our error; pydantic's own does not ride along."""

    def __call__(cls, *args: Any, **values: Any) -> Any:  # noqa: N805 - of a metaclass the first argument is a class
        prefix, error = _refusal(cls)
        faults: tuple[Fault, ...]
        try:
            return super().__call__(*args, **values)
        except ValidationError as refused:
            faults = faults_of(refused, prefix=prefix)
        raise error.of(faults)


def _refusal(model: type) -> tuple[str, type[MinutesSplitError]]:
    told: tuple[str, type[MinutesSplitError]] = vars(Strict)["refusal"]
    return next((vars(base)["refusal"] for base in model.__mro__ if "refusal" in vars(base)), told)


class Strict(BaseModel, metaclass=_Refusing):
    """Frozen, no coercion, no unknown keys, and no input values in any message."""

    refusal: ClassVar[tuple[str, type[MinutesSplitError]]] = ("value", MinutesSplitError)
    """What the code of a refusal begins with, and which error it is."""

    model_config = ConfigDict(
        frozen=True, strict=True, populate_by_name=False, extra="forbid", hide_input_in_errors=True
    )


def json_path(place: Iterable[int | str]) -> str:
    """`("families", 0, "people", 2, "dob")` as `$.families[0].people[2].dob`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)


def faults_of(error: ValidationError, *, prefix: str) -> tuple[Fault, ...]:
    """Pydantic's findings as ours: code, place and a sentence, without the values that were wrong.

    An unknown key is data from outside and could be a name, so the place of
    an `extra_forbidden` finding ends at its parent.
    """
    found = []
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        place = item["loc"][:-1] if item["type"] == "extra_forbidden" else item["loc"]
        found.append(
            Fault(
                f"{prefix}-{item['type'].replace('_', '-')}",
                json_path(place),
                _SAID.get(item["type"], "is not of the expected form"),
            )
        )
    return tuple(found)


_SAID = {
    "date_from_datetime_parsing": "is no date (write it as YYYY-MM-DD)",
    "date_parsing": "is no date (write it as YYYY-MM-DD)",
    "date_type": "is no date (write it as YYYY-MM-DD)",
    "missing": "a required key is missing",
    "extra_forbidden": "has a key that is not known",
    "string_type": "should be text",
    "int_type": "should be a whole number",
    "float_type": "should be a number",
    "bool_type": "should be true or false",
    "dict_type": "should be an object",
    "model_type": "should be an object",
    "model_attributes_type": "should be an object",
    "tuple_type": "should be a list",
    "list_type": "should be a list",
    "literal_error": "is none of the values that are allowed",
    "string_too_short": "should not be empty",
    "greater_than_equal": "is below the smallest value that is allowed",
    "less_than_equal": "is above the largest value that is allowed",
}


def loaded(model: type[Model], data: object, *, prefix: str, error: type[MinutesSplitError]) -> Model:
    """`data` as `model`, read by the rules of JSON; raises `error` with every fault.

    Pydantic's own error is left behind, so that no input rides along in `__context__`.
    """
    faults: tuple[Fault, ...]
    try:
        return model.model_validate_json(data if isinstance(data, str | bytes) else json.dumps(data))
    except ValidationError as refused:
        faults = faults_of(refused, prefix=prefix)
    except (TypeError, ValueError, RecursionError):
        faults = (Fault(f"{prefix}-json", "$", "holds something that JSON cannot"),)
    raise error.of(faults)
