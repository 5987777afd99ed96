"""Records as the JSON that commands print: every field of the record, then the figures that follow from the book."""

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any

from relcraft.book.asks import state
from relcraft.book.goals import asks_of, untold
from relcraft.book.introductions import next_step
from relcraft.book.open import Book
from relcraft.book.room import room
from relcraft.domain.asking import asked_on, waits_until
from relcraft.domain.balance import Balance
from relcraft.domain.documents import TABLES, Document, to_document
from relcraft.domain.introducing import state_of
from relcraft.domain.moves import Move
from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Goal, Interaction, Introduction, Record, Tie
from relcraft.domain.warmth import WarmthReading

LEFT_OUT = "vcard"
"""The original lines of a vCard, photos and all, are for the export alone."""


def _blank(kind: type[Record]) -> Document:
    """Return every field of a kind of record in its order, at what stands for its default in JSON.

    A moment that nobody noted is null.
    """
    blank: Document = {}
    for field in fields(kind):
        default: Any = None if field.default is MISSING or isinstance(field.default, datetime) else field.default
        blank[field.name] = list(default) if isinstance(default, tuple) else default
    del blank["extra"]
    return blank


_BLANK = {kind: _blank(kind) for kind in TABLES.values()}


def record_json(record: Record) -> Document:
    """Return a record with all of its fields, whether or not they are at their default."""
    document = {**_BLANK[type(record)], **to_document(record)}
    document.pop(LEFT_OUT, None)
    return document


def contact_json(book: Book, contact: Contact) -> Document:
    """Return a contact with how warm it is, and how give and take stand."""
    return next(contacts_json(book, [contact]))


def contacts_json(book: Book, contacts: Sequence[Contact]) -> Iterator[Document]:
    """Yield each contact with how warm it is, and how give and take stand."""
    readings = book.readings
    return (_contact_json(each, readings.warmth(each.uid), readings.balance(each.uid)) for each in contacts)


def _contact_json(contact: Contact, warmth: WarmthReading, balance: Balance) -> Document:
    return {
        **record_json(contact),
        "warmth": warmth.state,
        "last_contact": None if warmth.last is None else warmth.last.on,
        "due_on": warmth.due_on,
        "is_due": warmth.is_due,
        "balance": standing_json(balance),
    }


def interaction_json(book: Book, interaction: Interaction) -> Document:
    """Return an interaction with the names of who took part."""
    return {**record_json(interaction), "contact_names": [name_of(book, uid) for uid in interaction.contacts]}


def exchange_json(book: Book, exchange: Exchange) -> Document:
    """Return an exchange with the name of the other one."""
    return {**record_json(exchange), "contact_name": name_of(book, exchange.contact)}


def follow_up_json(book: Book, follow_up: FollowUp) -> Document:
    """Return a follow-up with the name of whom it is about."""
    name = None if follow_up.contact is None else name_of(book, follow_up.contact)
    return {**record_json(follow_up), "contact_name": name}


def ask_json(book: Book, ask: Ask) -> Document:
    """Return an ask with the name of the other one, and where it stands today."""
    return {
        **record_json(ask),
        "contact_name": name_of(book, ask.contact),
        "target_name": None if ask.target is None else name_of(book, ask.target),
        "state": state(book, ask),
        "asked_on": asked_on(ask),
        "waits_until": waits_until(ask, book.rules.patience),
    }


def introduction_json(book: Book, introduction: Introduction) -> Document:
    """Return an introduction with the names of the two, and whose turn it is; a name is null where it is the user."""
    broker, first = (None if uid is None else name_of(book, uid) for uid in (introduction.broker, introduction.first))
    return {
        **record_json(introduction),
        "broker_name": broker,
        "contact_names": [first, name_of(book, introduction.second)],
        "state": state_of(introduction),
        "next_step": next_step(book, introduction),
    }


def goal_json(book: Book, goal: Goal) -> Document:
    """Return a goal with the uids of the asks that serve it, and the names of those behind it."""
    return {
        **record_json(goal),
        "asks": [ask.uid for ask in asks_of(book, goal.uid)],
        "chain_names": [name_of(book, uid) for uid in goal.chain],
        "untold": untold(goal),
    }


def tie_json(book: Book, tie: Tie) -> Document:
    """Return a tie with the names of the two."""
    return {**record_json(tie), "contact_names": [name_of(book, uid) for uid in (tie.first, tie.second)]}


def room_json(book: Book, contact: str) -> Document:
    """Return the room to ask a contact, with its reason."""
    found = room(book, contact)
    return {"kind": found.kind, "reason": found.reason, "until": found.until, "record": found.record or None}


def move_json(book: Book, number: int, move: Move) -> Document:
    """Return a move of Today with its number, and what may be done with it."""
    return {
        "number": number,
        "kind": move.kind,
        "key": move.key,
        "title": move.title,
        "reason": move.reason,
        "contact": move.contact,
        "contact_name": None if move.contact is None else name_of(book, move.contact),
        "other": move.other,
        "record": move.record,
        "choices": [{"id": choice.id, "label": choice.label} for choice in move.choices],
    }


def standing_json(balance: Balance) -> Document:
    """Return how give and take stand, in a few figures."""
    return {
        "frequency": balance.frequency,
        "two_way": balance.two_way,
        "given": balance.given,
        "received": balance.received,
        "lean": balance.lean,
        "standing": balance.standing,
    }


def balance_json(balance: Balance) -> Document:
    """Return how give and take stand, with the months and what the helpers gained."""
    return {
        **standing_json(balance),
        "count": balance.count,
        "gains": balance.gains,
        "months": [
            {"month": f"{each.year:04d}-{each.month:02d}", "given": each.given, "received": each.received}
            for each in balance.months
        ],
    }


def name_of(book: Book, uid: str) -> str:
    """Return the name of a contact; words that say so where it is no longer in the book."""
    contact = book.get("contacts", uid)
    return contact.name if isinstance(contact, Contact) else "somebody no longer in the book"
