"""What records and their fields are called in front of the user, as the forms call them."""

from collections.abc import Iterable, Mapping

from relcraft.domain.documents import TABLES
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line

_LONGEST_NAME = 40

LABELS: Mapping[str, Mapping[str, str]] = {
    "contacts": {
        "name": "Name",
        "nicknames": "Nicknames",
        "organisation": "Organisation",
        "role": "Role",
        "circle": "Circle",
        "cadence_days": "In touch every",
        "tags": "Tags",
        "can_offer": "Can offer",
        "looking_for": "Looking for",
        "met_how": "How we met",
        "met_on": "Met on",
        "introduced_by": "Introduced by",
        "emails": "E-mails",
        "phones": "Phones",
        "urls": "Links",
        "city": "City",
        "time_zone": "Time zone",
        "birthday": "Birthday",
        "do_not_disturb": "Leave in peace",
        "notes": "Notes",
        "archived": "In the archive",
        "sort_name": "Sorted as",
        "vcard": "Address book entry",
    },
    "interactions": {
        "contacts": "With",
        "kind": "What",
        "date": "Day",
        "time": "Time",
        "zone": "Time zone",
        "initiator": "Who began it",
        "summary": "About",
        "tags": "Tags",
    },
    "exchanges": {
        "contact": "With",
        "direction": "Direction",
        "kind": "Kind",
        "size": "Size",
        "date": "Day",
        "text": "What it was",
        "gains": "Giver's gain",
        "thanked_on": "Thanked on",
        "outcome_told_on": "Outcome told on",
        "interaction": "On the occasion of",
        "ask": "Answers the",
        "introduction": "Is the",
    },
    "follow_ups": {
        "text": "What",
        "date": "Day",
        "contact": "For",
        "done_on": "Done on",
        "interaction": "Promised at",
    },
    "snoozes": {"of": "In peace", "until": "Until"},
    "asks": {
        "direction": "Direction",
        "contact": "Whom",
        "kind": "Kind",
        "what": "What",
        "target": "To meet",
        "why_them": "Why them",
        "in_it_for_them": "In it for them",
        "easy_way_out": "Easy way out",
        "channel": "By",
        "goal": "Goal",
        "chance": "Chance of a yes",
        "fear": "Holding me back",
        "steps": "So far",
        "nudges": "Nudged on",
    },
    "introductions": {
        "first": "Who",
        "second": "Meets",
        "broker": "Through",
        "steps": "So far",
        "text": "What for",
        "outcome": "What came of it",
        "ask": "From the",
    },
    "goals": {
        "words": "In your words",
        "kind": "It is to",
        "target_date": "By",
        "outcome": "What came of it",
        "state": "Stands",
        "ended_on": "Ended on",
        "chain": "Whose help led there",
        "told": "Who heard of it",
    },
    "ties": {"first": "Who", "second": "Knows", "strength": "How well", "origin": "Known from"},
    "me": {
        "name": "Your name",
        "organisation": "Organisation",
        "can_offer": "Can offer",
        "looking_for": "Looking for",
        "emails": "Own addresses",
    },
    "apart": {"first": "Who", "second": "Is not"},
    "unplaced": {
        "why": "Why it waits",
        "where": "Read from",
        "table": "Belongs to",
        "document": "What was read",
        "person": "Whom it names",
        "place": "Stands for",
    },
    "synced_cards": {
        "contact": "Who",
        "file": "File",
        "card": "What the card said",
        "folder": "Folder",
        "etag": "State of the file",
        "said": "State of the contact",
        "was": "State of the file before",
    },
}
"""By table, the fields that say something to the user, in the order of the forms. All others follow after them."""
_CALLED = {
    "apart": "pair told apart",
    "unplaced": "record that waits to be placed",
    "me": "note about you",
    "synced_cards": "card in step",
}
_SOURCES = "Known to imports as"


def label_of(table: str, name: str) -> str:
    """Return what a field is called."""
    if name == "sources":
        return _SOURCES
    return LABELS.get(table, {}).get(name) or clean_line(name.replace("_", " "))[:_LONGEST_NAME] or "A field"


def called(table: str) -> str:
    """Return what one record of a table is called, for a count of them."""
    return _CALLED.get(table) or table.replace("_", "-").removesuffix("s")


def tell_records(counts: Iterable[tuple[str, int]]) -> str:
    """Return how many records of each table there are, in words; empty where there are none."""
    counts = [(table, count) for table, count in counts if count]
    told = [
        "what you say of yourself" if table == "me" else tell_count(count, called(table))
        for table, count in counts
        if table in TABLES
    ]
    others = sum(count for table, count in counts if table not in TABLES)
    if others:
        told.append(f"{tell_count(others, 'document')} of other programs")
    return ", ".join(told)
