"""The people of a Monica export: what a contact and what hangs on it say, as one of our contacts."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from relcraft.domain.records import Birthday, Contact
from relcraft.formats.monica.tree import Node

DESCRIBING = frozenset({"contact_field", "address", "pet", "debt"})
"""What hangs on a contact and is part of it: no record of its own."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s()./-]{6,}")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_STARRED = "starred"
_LONGEST_CADENCE = 36_500


@dataclass(slots=True)
class _Ways:
    """How somebody is reached."""

    emails: list[str]
    phones: list[str]
    urls: list[str]
    others: list[str]


def key_of(uuid: str) -> str:
    """Return the import key of what Monica knows by `uuid`."""
    return f"monica:{uuid}"


def name_of(node: Node) -> str:
    """Return the whole name; the nickname where there is no other."""
    names = (node.line("first_name"), node.line("middle_name"), node.line("last_name"))
    return " ".join(filter(None, names)) or node.line("nickname")


def contact_of(node: Node, key: str, field_types: Mapping[str, Node]) -> Contact:
    """Return the contact; what has no field of ours is a line of its notes. Its name may be empty."""
    parts = {kind: [Node(item) for item in items if isinstance(item, dict)] for kind, items in node.collections()}
    ways = _ways(parts.get("contact_field", []), field_types)
    addresses = parts.get("address", [])
    name, nickname = name_of(node), node.line("nickname")
    dead = node.flag("is_dead")
    tags = [tag for item in node.items("tags") if (tag := _tag(item))]
    return Contact(
        uid="",
        name=name,
        nicknames=(nickname,) if nickname and nickname != name else (),
        organisation=node.line("company"),
        role=node.line("job"),
        emails=tuple(dict.fromkeys(ways.emails)),
        phones=tuple(dict.fromkeys(ways.phones)),
        urls=tuple(dict.fromkeys(ways.urls)),
        city=next(filter(None, (address.line("city") for address in addresses)), ""),
        birthday=birthday_of(node),
        tags=tuple(dict.fromkeys((*tags, *((_STARRED,) if node.flag("is_starred") else ())))),
        cadence_days=_cadence(node),
        met_how=_met_how(node),
        met_on=_met_on(node),
        notes="\n".join(_notes(node, parts, ways.others)),
        archived=dead or not node.flag("is_active", otherwise=True),
        do_not_disturb=dead,
        sources=(key,),
    )


def as_named(contact: Contact) -> Contact:
    """Return what tells a contact from others: how records name the people whom they are about."""
    return Contact(
        uid="",
        name=contact.name,
        organisation=contact.organisation,
        emails=contact.emails,
        phones=contact.phones,
        urls=contact.urls,
        sources=contact.sources,
    )


def birthday_of(node: Node) -> Birthday | None:
    """Return the birthday; None where only an age is known."""
    special = node.node("birthdate")
    day = None if special is None else special.day("date")
    if special is None or day is None or special.flag("is_age_based"):
        return None
    return Birthday(day.month, day.day, None if special.flag("is_year_unknown") else day.year)


def _tag(item: object) -> str:
    return Node({"tag": item}).line("tag") or (Node(item).line("name") if isinstance(item, dict) else "")


def _cadence(node: Node) -> int | None:
    days = node.get("stay_in_touch_frequency")
    return days if type(days) is int and 0 < days <= _LONGEST_CADENCE else None


def _met_on(node: Node) -> date | None:
    special = node.node("first_met_date")
    if special is None or special.flag("is_age_based") or special.flag("is_year_unknown"):
        return None
    return special.day("date")


def _met_how(node: Node) -> str:
    return ", ".join(filter(None, (node.line("first_met_where"), node.line("first_met_additional_info"))))


def _ways(fields: list[Node], field_types: Mapping[str, Node]) -> _Ways:
    ways = _Ways([], [], [], [])
    for field in fields:
        value = field.line("data")
        if not value:
            continue
        kind = field_types.get(field.line("type"), Node({}))
        said = f"{kind.line('protocol')} {kind.line('type')}".lower()
        if "mailto" in said or "email" in said or (not said.strip() and _EMAIL.fullmatch(value)):
            ways.emails.append(value)
        elif "tel" in said or "phone" in said or (not said.strip() and _PHONE.fullmatch(value)):
            ways.phones.append(value)
        elif _LINK.fullmatch(value):
            ways.urls.append(value)
        else:
            ways.others.append(f"{kind.line('name') or 'Also reached by'}: {value}")
    return ways


def _notes(node: Node, parts: Mapping[str, list[Node]], others: list[str]) -> Iterator[str]:
    yield from filter(None, (node.text("description"),))
    if food := node.line("food_preferences"):
        yield f"Food: {food}"
    yield from others
    told: tuple[tuple[str, Callable[[Node], str]], ...] = (("address", _address), ("pet", _pet), ("debt", _money))
    for kind, tell in told:
        yield from filter(None, map(tell, parts.get(kind, [])))
    special = node.node("birthdate")
    day = None if special is None else special.day("date")
    if special is not None and day is not None and special.flag("is_age_based"):
        yield f"Born about {day.year}"
    if node.flag("is_dead"):
        died = node.node("deceased_date")
        on = None if died is None or died.flag("is_year_unknown") else died.day("date")
        yield "Died" if on is None else f"Died on {on}"


def _address(address: Node) -> str:
    """Return an address as a line; empty where it says no more than the city, which has a field."""
    code_and_city = " ".join(filter(None, (address.line("postal_code"), address.line("city"))))
    lines = (address.line("street"), code_and_city, address.line("province"), address.line("country"))
    whole = ", ".join(filter(None, lines))
    name = address.line("name")
    if not whole or whole == address.line("city"):
        return ""
    return f"Address ({name}): {whole}" if name else f"Address: {whole}"


def _pet(pet: Node) -> str:
    name, kind = pet.line("name"), pet.line("category")
    if not name and not kind:
        return ""
    return f"Pet: {name} ({kind})" if name and kind else f"Pet: {name or kind}"


def _money(money: Node) -> str:
    """Return money that went to and fro, as a plain line."""
    currency = money.node("currency")
    unit = money.line("currency") if currency is None else currency.line("iso") or currency.line("symbol")
    sum_told = re.sub(r"[.,]0+$", "", money.line("amount"))
    what = " ".join(filter(None, (sum_told or "something", unit)))
    day, reason = money.day("created_at"), money.line("reason")
    verb = "borrowed" if money.flag("in_debt") else "lent"
    settled = " (settled)" if money.line("status") == "complete" or money.line("status") == "completed" else ""
    return f"{verb} {what}{'' if day is None else f' on {day}'}{f': {reason}' if reason else ''}{settled}"


def same_day(birthday: Birthday | None, day: date) -> bool:
    """Whether a day of any year is the birthday, or, by another time zone, the day beside it."""
    if birthday is None:
        return False
    return abs(_day_of_year(Birthday(day.month, day.day)) - _day_of_year(birthday)) in (0, 1, 365)


def _day_of_year(birthday: Birthday) -> int:
    return date(2000, birthday.month, birthday.day).timetuple().tm_yday
