"""An export of Monica as tests ask for it: the shape of version 4, with the people and records that a test names."""

import json
from typing import Any

Raw = dict[str, Any]


def special(day: str, *, unknown: bool = False, by_age: bool = False) -> Raw:
    """Return a day as Monica keeps birthdays."""
    return {"uuid": f"s-{day}", "date": f"{day}T00:00:00Z", "is_year_unknown": unknown, "is_age_based": by_age}


def record(uuid: str, created: str = "2023-06-01", **properties: Any) -> Raw:
    """Return one record; without a `uuid` it has none, as in exports of older versions."""
    known = {"uuid": uuid} if uuid else {}
    return {**known, "created_at": f"{created}T10:00:00Z", "properties": properties}


def group(kind: str, *values: Any) -> Raw:
    """Return a collection."""
    return {"count": len(values), "type": kind, "values": list(values)}


def contact(uuid: str, name: str, *groups: Raw, **properties: Any) -> Raw:
    """Return a contact with what hangs on it."""
    first, _, last = name.partition(" ")
    names = {"first_name": first, "last_name": last or None, "is_active": True, "is_dead": False}
    return {**record(uuid, **{**names, **properties}), "data": list(groups)}


def types(*named: tuple[str, str, str]) -> list[Raw]:
    """Return kinds of contact fields: uuid, name, protocol."""
    return [record(uuid, name=name, protocol=protocol) for uuid, name, protocol in named]


def export(*groups: Raw, **more: Any) -> bytes:
    """Return the file. `more`: instance, properties of the account, and what stands at the root."""
    account = {
        "uuid": "account",
        "data": list(groups),
        "properties": more.pop("properties", {}),
        "instance": more.pop("instance", {}),
    }
    root = {"version": "1.0-preview.1", "app_version": "4.1.2", "export_date": "2026-11-20T08:00:00Z", **more}
    return json.dumps({**root, "account": account}, indent=2, ensure_ascii=True).encode()
