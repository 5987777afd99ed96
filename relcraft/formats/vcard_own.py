"""What a contact has and vCard has no property for: the X-RELCRAFT properties that say it on a card."""

from collections.abc import Iterable
from typing import Any

from relcraft.domain.documents import from_document, to_document
from relcraft.domain.records import Contact
from relcraft.formats import vcard_values as values
from relcraft.formats.vcard_lines import Property

OWN_FIELDS = {
    "X-RELCRAFT-CIRCLE": "circle",
    "X-RELCRAFT-CADENCE": "cadence_days",
    "X-RELCRAFT-MET-HOW": "met_how",
    "X-RELCRAFT-MET-ON": "met_on",
    "X-RELCRAFT-INTRODUCED-BY": "introduced_by",
    "X-RELCRAFT-CAN-OFFER": "can_offer",
    "X-RELCRAFT-LOOKING-FOR": "looking_for",
    "X-RELCRAFT-TIME-ZONE": "time_zone",
    "X-RELCRAFT-ARCHIVED": "archived",
    "X-RELCRAFT-DO-NOT-DISTURB": "do_not_disturb",
}
"""The field that each of these properties is. A time zone stands here only where it is no name that TZ can have."""


def own_value(contact: Contact, field: str) -> str:
    """Return what a property says of a field, escaped; empty where the contact says nothing there."""
    if field == "time_zone" and values.time_zone(contact.time_zone):
        return ""
    value = to_document(contact).get(field, "")
    if isinstance(value, bool):
        return "TRUE" if value else ""
    if isinstance(value, list):
        return ",".join(map(values.escaped, value))
    return values.escaped(str(value))


def own_values(found: Iterable[Property]) -> dict[str, Any]:
    """Return the fields that the properties of a card say; what cannot be read is left out."""
    document: dict[str, Any] = {"uid": "", "name": ""}
    for entry in found:
        field = OWN_FIELDS.get(entry.name)
        if field is not None:
            document.setdefault(field, _read(field, entry.value))
    contact = from_document(Contact, document)
    return {field: getattr(contact, field) for field in document if field in _FIELDS and field not in contact.extra}


_FIELDS = frozenset(OWN_FIELDS.values())


def _read(field: str, value: str) -> object:
    text = values.text(value)
    if field in ("archived", "do_not_disturb"):
        return text.strip().upper() == "TRUE"
    if field in ("can_offer", "looking_for"):
        return [part for part in values.texts(value) if part]
    if field == "cadence_days":
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else text
    return text
