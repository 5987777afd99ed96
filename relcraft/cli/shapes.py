"""Types as JSON Schema (draft 2020-12): of a field, of a list, of an object with named fields."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import EnumType
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from relcraft.domain.records import Birthday
from relcraft.domain.value import Value

Schema = dict[str, Any]

_PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    Birthday: {"type": "string", "pattern": "^([0-9]{4}|-)-[0-1][0-9]-[0-3][0-9]$"},
    object: {},
    type(None): {"type": "null"},
}
OPTIONAL = "?"
"""Ends the name of a field that is not always there."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Named(Value):
    """What is described once, under a name."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MapOf(Value):
    """An object whose names are not known before."""

    value: object


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AnyOf(Value):
    """One of several."""

    shapes: tuple[object, ...]


def schema_of(shape: object) -> Schema:
    """Return the schema of a type, or of what stands for one: a list of one shape, fields by name, or one of above."""
    match shape:
        case Named(name):
            return {"$ref": f"#/$defs/{name}"}
        case MapOf(value):
            return {"type": "object", "additionalProperties": schema_of(value)}
        case AnyOf(shapes):
            return {"anyOf": [schema_of(each) for each in shapes]}
        case [one]:
            return {"type": "array", "items": schema_of(one)}
        case Mapping():
            return _object(shape)
        case _:
            return _of_type(shape)


def _object(shape: Mapping[str, object]) -> Schema:
    properties = {name.removesuffix(OPTIONAL): schema_of(value) for name, value in shape.items()}
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in shape if not name.endswith(OPTIONAL)],
    }


def _of_type(hint: Any) -> Schema:
    hint = getattr(hint, "__supertype__", hint)
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if isinstance(hint, EnumType):
        return {"enum": [str(word.value) for word in list[Any](hint)]}
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [_of_type(each) for each in get_args(hint)]}
    if get_origin(hint) in (tuple, list):
        return {"type": "array", "items": _of_type(get_args(hint)[0])}
    if get_origin(hint) is dict:
        return {"type": "object"}
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return _object({f.name + (OPTIONAL if f.default is None else ""): hints[f.name] for f in fields(hint)})
    raise AssertionError(f"No schema is known for {hint!r}.")
