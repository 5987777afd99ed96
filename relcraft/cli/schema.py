"""The command `schema`: what every --json prints, as JSON Schema, made of the types of the records."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any, get_type_hints

import click

from relcraft.cli.as_json import LEFT_OUT
from relcraft.cli.options import words_argument
from relcraft.cli.shapes import AnyOf, MapOf, Named, Schema, schema_of
from relcraft.cli.terminal import say_json
from relcraft.domain.balance import Standing
from relcraft.domain.documents import TABLES
from relcraft.domain.errors import NotFound
from relcraft.domain.moves import MoveKind
from relcraft.domain.records import Record
from relcraft.domain.room import RoomKind
from relcraft.domain.telling import tell_choice
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import AskState, Direction, ExchangeKind, Gain, IntroductionState

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME = {"contact": str, "contact_name": str}
_OLD_NEWS = {"where": str, "name": str, "why": str}

_FIGURES: dict[str, dict[str, object]] = {
    "contacts": {
        "warmth": Warmth,
        "last_contact": date | None,
        "due_on": date | None,
        "is_due": bool,
        "balance": Named("standing"),
    },
    "interactions": {"contact_names": [str]},
    "exchanges": {"contact_name": str},
    "follow_ups": {"contact_name": str | None},
    "asks": {
        "contact_name": str,
        "target_name": str | None,
        "state": AskState,
        "asked_on": date | None,
        "waits_until": date | None,
    },
    "introductions": {
        "broker_name": str | None,
        "contact_names": [str | None],
        "state": IntroductionState,
        "next_step": str,
    },
    "goals": {"asks": [str], "chain_names": [str], "untold": [str]},
    "ties": {"contact_names": [str]},
}
"""What follows from the book, beside the fields of a record."""

_PARTS: dict[str, dict[str, object]] = {
    "standing": {
        "frequency": int,
        "two_way": float | None,
        "given": float,
        "received": float,
        "lean": float,
        "standing": Standing,
    },
    "balance": {
        "count": int,
        "gains": {str(way): {f"{gain}?": int for gain in Gain} for way in Direction},
        "months": [{"month": str, "given": float, "received": float}],
    },
    "move": {
        "number": int,
        "kind": MoveKind,
        "key": str,
        "title": str,
        "reason": str,
        "contact": str | None,
        "contact_name": str | None,
        "other": str | None,
        "record": str | None,
        "choices": [{"id": str, "label": str}],
    },
    "change": {"title": str, "at": datetime, "records": int, "whole": bool},
    "room": {"kind": RoomKind, "reason": str, "until": date | None, "record": str | None},
}

_TURNED = AnyOf(({"changes": [Named("change")]}, {"title": str, "records": int}))
_BACKUP = {
    "name": str,
    "path": str,
    "day": date,
    "at": datetime | None,
    "kind": str,
    "size": int | None,
    "people": int | None,
    "sealed": bool,
    "readable": bool,
    "trouble": str | None,
}
_SHOWN = {
    "interactions": [Named("interactions")],
    "exchanges": [Named("exchanges")],
    "follow_ups": [Named("follow_ups")],
    "asks": [Named("asks")],
    "introductions": [Named("introductions")],
    "ties": [Named("ties")],
    "room_to_ask": Named("room"),
}
_CALIBRATION = {
    "by": str,
    "group": str | None,
    "n": int,
    "yes": int | None,
    "share": float | None,
    "low": float | None,
    "high": float | None,
    "expected": float | None,
    "expected_of": int | None,
    "sure_then_silence": int | None,
}
_CAPITAL = {
    "since": date,
    "earned": float,
    "drawn": float,
    "paid_forward": float,
    "paid_forward_to": [_NAME],
    "months": [{"month": str, "earned": float, "drawn": float}],
    "kinds": [{"kind": ExchangeKind, "earned": float, "drawn": float}],
}
_SETTLING = {
    "number": int,
    "uid": str,
    "table": str,
    "of": str,
    "title": str,
    "here_changed": date | None,
    "there_changed": date | None,
    "here_deleted": bool,
    "there_deleted": bool,
    "trouble": str,
    "fields": [{"field": str, "called": str, "here": [str], "there": [str]}],
    "here": dict[str, object] | None,
    "there": dict[str, object] | None,
}
_LINK = {"from": str | None, "to": str, "weight": float, "why": str, "hint": bool}
_WAY = {
    "people": [{"contact": str, "name": str}],
    "links": [_LINK],
    "weakest": float,
    "strength": float,
    "told": str,
    "remarks": [str],
}
_LINE = {**_NAME, **_PARTS["standing"], **_PARTS["balance"]}

OUTPUTS: dict[str, object] = {
    "add": {"saved": int, "lines": [{"line": int, "told": [str]}], "refused": [{"line": int, "why": str}]},
    "backup": AnyOf(({"backups": [_BACKUP]}, {"path": str, "size": int, "sealed": bool})),
    "balance": AnyOf(
        (
            {
                "balances": [_LINE],
                "total": Named("whole_balance"),
                "capital?": _CAPITAL,
                "explanations?": MapOf([str]),
            },
            {"calibrations": [_CALIBRATION]},
        )
    ),
    "check": AnyOf(
        (
            {"file": str, "problems": [str], "remarks": [str], "records": MapOf(int)},
            {"file": str, "repaired": str, "records": MapOf(int), "mended": [str], "lost": [str]},
        )
    ),
    "config": {
        "config": str,
        "settings": [{"key": str, "value": AnyOf((str, int, float, bool, [str])), "from": str}],
        "remarks": [str],
    },
    "conflicts": {"conflicts": [_SETTLING], "count": int},
    "digest": {
        "moves": [Named("move")],
        "count": int,
        "birthdays": [{"date": date, **_NAME}],
        "follow_ups": [Named("follow_ups")],
    },
    "duplicates": {
        "duplicates": [
            {
                "number": int,
                "pair": str,
                "strength": str,
                "certain": bool,
                "stays": str,
                "goes": str,
                "names": [str],
                "agrees": [str],
                "against": [str],
            }
        ],
        "count": int,
    },
    "email": {"addresses": [{"address": str, **_NAME, "organisation": str}]},
    "import": {
        "format": str,
        "read": int,
        "added": int,
        "updated": int,
        "unchanged": int,
        "skipped": [{"where": str, "why": str}],
        "ambiguous": [_OLD_NEWS],
        "possible_duplicates": [{"where": str, "name": str, "like": str, "why": str}],
        "notes": [_OLD_NEWS],
        "made": object,
        "deleted?": [str],
    },
    **{f"list {table.replace('_', '-')}": {table: [Named(table)]} for table in _FIGURES},
    "list matches": {
        "matches": [
            {
                "giver": str | None,
                "giver_name": str,
                "taker": str,
                "taker_name": str,
                "offered": str,
                "wanted": str,
                "score": float,
            }
        ]
    },
    "locate": {"locations": [{"what": str, "path": str}]},
    "me": {"me": [Named("me")]},
    "merge": {
        "merges": [
            {
                "other": str,
                "added": [str],
                "changed": [str],
                "deleted": [str],
                "conflicts": [str],
                "possible_duplicates": [str],
            }
        ]
    },
    "path": {"target": {"kind": str, "contact": str | None, "name": str}, "paths": [_WAY]},
    "redo": _TURNED,
    "restore": AnyOf(
        (
            {"backups": [_BACKUP]},
            {"from": str, "back": MapOf(int), "gone": MapOf(int), "changed": MapOf(int)},
            {"from": str, "instead_of": str | None},
        )
    ),
    "show": AnyOf(
        (
            {"contacts": [Named("shown_contact")]},
            {"briefs": [{**_NAME, "parts": [{"heading": str, "lines": [str]}]}]},
        )
    ),
    "sync": {
        "folder": str,
        "added": [str],
        "changed": [{"name": str, "fields": [str]}],
        "archived": [str],
        "created": [str],
        "written": [{"name": str, "fields": [str]}],
        "deleted": [str],
        "conflicts": [{"name": str, "fields": [str]}],
        "left": [{"file": str, "why": str}],
        "in_step": int,
    },
    "today": {"moves": [Named("move")], "count": int},
    "undo": _TURNED,
    "unplaced": {
        "unplaced": [
            {
                "number": int,
                "uid": str,
                "table": str,
                "name": str,
                "thing": str,
                "where": str,
                "why": str,
                "person": dict[str, object],
                "record": dict[str, object] | None,
                "may_be": [{"uid": str, "name": str}],
            }
        ],
        "count": int,
    },
}
"""What each command prints with --json."""


@click.command("schema", short_help="Print what --json prints, as JSON Schema.")
@words_argument("command", "[COMMAND]", required=False)
def schema(command: str) -> None:
    """Print the JSON Schema of what a command prints with --json, or of all of them.

    Fields that a later version of Relcraft wrote into a record come out with the others, so names that are not in the
    schema may be there.

    Example: relcraft schema list contacts
    """
    if not command:
        say_json(whole_schema())
    elif command in OUTPUTS:
        say_json(schema_for(command))
    else:
        raise NotFound(f'"{command}" prints no JSON: {tell_choice(sorted(OUTPUTS))} was expected.')


def schema_for(command: str) -> Schema:
    """Return the schema of what one command prints."""
    return {"$schema": _DRAFT, "title": f"relcraft {command} --json", **schema_of(OUTPUTS[command]), "$defs": _defs()}


def whole_schema() -> Schema:
    """Return the schemas of all commands: each is under its words, and any of them fits the whole."""
    named = {f"relcraft-{command.replace(' ', '-')}": schema_of(shape) for command, shape in OUTPUTS.items()}
    any_of = [{"$ref": f"#/$defs/{name}"} for name in named]
    return {"$schema": _DRAFT, "title": "relcraft --json", "anyOf": any_of, "$defs": {**named, **_defs()}}


def _defs() -> dict[str, Schema]:
    """Return what several outputs have in common."""
    records = {table: {**_fields_of(kind), **_FIGURES.get(table, {})} for table, kind in TABLES.items()}
    shapes: dict[str, Any] = {name: records[name] for name in (*_FIGURES, "me")}
    shapes |= _PARTS
    shapes["whole_balance"] = {**shapes["standing"], **shapes["balance"]}
    shapes["shown_contact"] = {**records["contacts"], **_SHOWN}
    return {name: schema_of(shape) for name, shape in shapes.items()}


def _fields_of(kind: type[Record]) -> dict[str, object]:
    """Return the fields of a record as they are printed: a moment that nobody noted is null."""
    hints = get_type_hints(kind)
    named = {each.name: hints[each.name] for each in fields(kind) if each.name not in ("extra", LEFT_OUT)}
    return {name: datetime | None if hint is datetime else hint for name, hint in named.items()}
