"""Moves that keep relationships alive: who is due, one dormant contact a week, one imported contact a day."""

from collections.abc import Iterator
from zlib import crc32

from relcraft.book.holding import after, in_peace, is_held
from relcraft.book.occasions import NEARNESS, seen_told
from relcraft.book.open import Book
from relcraft.domain.dates import tell_cadence, tell_when
from relcraft.domain.moves import CIRCLE_DAY, DORMANT_WEEK, Act, Choice, Move, MoveKind
from relcraft.domain.records import Contact, Date, Interaction
from relcraft.domain.steps import first_name
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.warmth import Warmth, WarmthReading, last_contact, read_warmth

_IN_TOUCH = (
    Choice(Act.WROTE, "I wrote"),
    Choice(Act.IN_TOUCH, "we wrote to each other"),
    Choice(Act.CALLED, "we spoke"),
    Choice(Act.MET, "we met"),
)


def due(book: Book) -> Iterator[Move]:
    """Yield a move for each contact who is due: by lateness times what the circle weighs. Dormant ones are not."""
    readings = book.readings
    for contact in book.contacts():
        reading = readings.warmth(contact.uid)
        if not reading.is_due or reading.last is None or reading.state is Warmth.DORMANT or contact.do_not_disturb:
            continue
        yield Move(
            kind=MoveKind.KEEP,
            key=f"keep:{contact.uid}:{reading.last.on}",
            title=f"Write to {contact.name}",
            reason=_due_told(contact, reading, book.today),
            contact=contact.uid,
            record=contact.uid,
            rank=(-reading.lateness * nearness(book, reading), -nearness(book, reading)),
            choices=_IN_TOUCH,
        )


def nearness(book: Book, reading: WarmthReading) -> int:
    """Return what the circle weighs; of a cadence without a circle, what the circle of that cadence does."""
    if reading.circle is not None:
        return NEARNESS[reading.circle]
    days = reading.cadence_days or 0
    return max((NEARNESS[circle] for circle, usual in book.rules.cadences.items() if days <= usual), default=1)


def _due_told(contact: Contact, reading: WarmthReading, today: Date) -> str:
    seen = seen_told(reading, today)
    wanted = _looks_for(contact)
    if wanted:
        return f"{seen} · {wanted}"
    if reading.last is not None and not reading.last.answered:
        return f"{seen} · a call is another way, and peace is fine too"
    return f"{seen} · you wished {tell_cadence(reading.cadence_days or 1)}"


def _looks_for(contact: Contact) -> str:
    wanted = [each for each in map(clean_line, contact.looking_for) if each]
    return f"{first_name(contact)} is looking for {tell_list(wanted)}" if wanted else ""


def dormant(book: Book) -> list[Move]:
    """Return the move of the week: a contact who was dormant when it began, another one each week; none once used.

    Whoever was dormant and has been in touch since then was the one of the week, however that came about.
    """
    began = book.rules.customs.week_began(book.today)
    if is_held(book, DORMANT_WEEK):
        return []
    readings = book.readings
    waiting: list[tuple[Contact, WarmthReading]] = []
    for contact in book.contacts():
        reading = readings.warmth(contact.uid)
        if reading.last is None:
            continue
        if reading.last.on >= began:
            if _was_dormant(book, contact, began):
                return []
        elif reading.state is Warmth.DORMANT and read_warmth(contact, reading.last, began).state is Warmth.DORMANT:
            waiting.append((contact, reading))
    free = [(contact, reading) for contact, reading in waiting if not in_peace(book, contact)]
    moves = [_dormant(book, contact, reading) for contact, reading in sorted(free, key=lambda one: _turn(one, began))]
    return next(([move] for move in moves if not is_held(book, move.key)), [])


def _turn(one: tuple[Contact, WarmthReading], began: Date) -> tuple[int, str]:
    """Return what makes the order of the dormant another one each week, and the same all week."""
    return crc32(f"{began}:{one[0].uid}".encode()), one[0].uid


def _was_dormant(book: Book, contact: Contact, on: Date) -> bool:
    """Tell whether a contact was dormant before a day. The first interaction that says no ends the look."""
    last = None
    for each in book.each_with(Interaction, contact.uid):
        if each.date >= on:
            continue
        one = last_contact((each,), on)
        if one is None:
            continue
        if read_warmth(contact, one, on).state is not Warmth.DORMANT:
            return False
        last = one
    return last is not None


def _dormant(book: Book, contact: Contact, reading: WarmthReading) -> Move:
    seen = seen_told(reading, book.today)
    return Move(
        kind=MoveKind.DORMANT,
        key=f"dormant:{contact.uid}:{reading.last.on if reading.last else ''}",
        title=f"Say hello to {contact.name}",
        reason=f"{seen} · {_looks_for(contact) or 'two lines with no ask in them'} · one such hello a week",
        contact=contact.uid,
        record=contact.uid,
        choices=_IN_TOUCH,
        spends=((DORMANT_WEEK, after(book.rules.customs.week_began(book.today), 7)),),
    )


def without_circle(book: Book) -> list[Move]:
    """Return the move of the day: an imported contact whose circle is not set, the last one in touch first."""
    if is_held(book, CIRCLE_DAY):
        return []
    waiting = [
        contact
        for contact in book.contacts()
        if contact.sources and contact.circle is None and contact.cadence_days is None and not in_peace(book, contact)
    ]
    free = [contact for contact in waiting if not is_held(book, _circle_key(contact))]
    if not free:
        return []
    first = min(free, key=lambda contact: (-_last_day(book, contact), contact.name, contact.uid))
    return [_choose_circle(book, first, len(waiting))]


def _circle_key(contact: Contact) -> str:
    return f"circle:{contact.uid}"


def _last_day(book: Book, contact: Contact) -> int:
    last = book.warmth(contact.uid).last
    return 0 if last is None else last.on.toordinal()


def _choose_circle(book: Book, contact: Contact, count: int) -> Move:
    came = contact.created.astimezone(book.now.tzinfo).date()
    of_many = (
        f"one of {count} without a circle, and one a day is plenty" if count > 1 else "the last one without a circle"
    )
    seen = seen_told(book.warmth(contact.uid), book.today)
    return Move(
        kind=MoveKind.CIRCLE,
        key=_circle_key(contact),
        title=f"Choose a circle for {contact.name}",
        reason=" · ".join(filter(None, (f"imported {tell_when(came, book.today)}", seen, of_many))),
        contact=contact.uid,
        record=contact.uid,
        choices=(Choice(Act.CIRCLE, "choose a circle"), Choice(Act.ARCHIVE, "put into the archive")),
        spends=((CIRCLE_DAY, after(book.today, 1)),),
    )
