"""JSON in and out: by the quick library, or by the standard one wherever the quick one refuses or loses something."""

import json
import re
from math import isfinite
from typing import Any

import orjson

_MOST_NESTED = 1_000
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{\]}]', re.DOTALL)
"""Texts, to pass over those in them, and brackets."""
_AS_JSON_DOES = (
    orjson.OPT_NON_STR_KEYS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def encode(value: Any) -> bytes:
    """Return `value` as JSON in one line of UTF-8. Raises `TypeError` for what JSON does not have."""
    try:
        data = orjson.dumps(value, option=_AS_JSON_DOES)
    except TypeError:
        return json.dumps(value).encode()
    if b"null" in data and _has_no_number(value):
        return json.dumps(value).encode()
    return data


def _has_no_number(value: Any) -> bool:
    """Whether a NaN or an infinity is in `value`: the quick library would write null in its place."""
    if isinstance(value, float):
        return not isfinite(value)
    if isinstance(value, dict):
        return any(map(_has_no_number, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_no_number, value))


def decode(data: bytes) -> Any:
    """Return what `data` says. Raises `ValueError` where it is no JSON, or nests deeper than anybody writes."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if _too_deep(data):
            raise
        try:
            return json.loads(data)
        except RecursionError:
            raise error from None


def _too_deep(data: bytes) -> bool:
    """Whether values nest deeper than `_MOST_NESTED`: the standard library's own limit is another in each Python."""
    if data.count(b"[") + data.count(b"{") <= _MOST_NESTED:
        return False
    depth = 0
    for token in _BRACKETS.finditer(data):
        bracket = token[0]
        if bracket in (b"[", b"{"):
            depth += 1
            if depth > _MOST_NESTED:
                return True
        elif bracket in (b"]", b"}"):
            depth -= 1
    return False


def copied(value: Any) -> Any:
    """Return `value` as it would come back from the file."""
    return decode(encode(value))


def typed(value: Any, kind: type[Any]) -> Any:
    """Return `value`, which was read, where it is of `kind` and no other. Raises `TypeError`."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    return value
