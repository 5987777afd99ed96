"""The room to ask somebody, and the way in, as the book has them."""

from relcraft.book.open import Book
from relcraft.domain.introducing import DONE, state_of
from relcraft.domain.records import Ask, Contact, Interaction, Introduction
from relcraft.domain.room import Room, room_to_ask
from relcraft.domain.words import InteractionKind


def room(book: Book, contact: str) -> Room:
    """Return the room to ask a contact today, with its reason. Raises `NotFound`."""
    person = book.contact(contact)
    return room_to_ask(
        person,
        asks=book.with_contact(Ask, contact),
        exchanges=book.exchanges_with(contact),
        has_way_in=has_way_in(book, person),
        reading=book.warmth(contact),
        balance=book.balance(contact),
        today=book.today,
        patience=book.rules.patience,
    )


def has_way_in(book: Book, contact: Contact) -> bool:
    """Tell whether anything leads to a contact: a circle, how they met, an introduction, or what passed between.

    A connection on a network alone does not, nor does a note about somebody, a plan, or an introduction not made yet.
    """
    if contact.circle is not None or contact.met_how.strip() or contact.met_on is not None or contact.introduced_by:
        return True
    if book.warmth(contact.uid).last is not None or book.balance(contact.uid).count:
        return True
    if any(state_of(each) in DONE for each in book.with_contact(Introduction, contact.uid)):
        return True
    return any(
        each.kind is not InteractionKind.NOTE and each.date <= book.today
        for each in book.with_contact(Interaction, contact.uid)
    )
